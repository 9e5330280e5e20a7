//! Which files a site has, and what each is by its name and place.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use comemo::Tracked;
use rayon::prelude::*;

use super::decode::data_file;
use super::schema::{FILES, STEMS};
use super::unreadable;
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, text};
use crate::model::{Folder as Read, language};
use crate::world::{ReadError, World};

/// Folders nested deeper than this are not read.
const MOST_DEPTH: usize = 40;

/// A folder with text of its own or below it.
pub struct Folder<'a> {
    /// The folder.
    pub dir: SourcePath,
    /// `index.md`
    pub index: Option<SourcePath>,
    /// The sections, by name.
    pub sections: Vec<SourcePath>,
    /// The texts in other languages than that of `index.md`, by language and name.
    pub translations: BTreeMap<Arc<str>, Vec<SourcePath>>,
    /// The data files, by name.
    pub data: Vec<SourcePath>,
    /// What is copied, by name.
    pub assets: Vec<SourcePath>,
    /// The folders below that have text.
    pub children: Vec<Child<'a>>,
    /// What is wrong with the names of files.
    pub found: Diagnostics,
}

/// A folder below another.
pub enum Child<'a> {
    /// Its files are those that were read before.
    Same(&'a Arc<Read>),
    /// It is to be read.
    New(Listing<'a>),
}

impl Child<'_> {
    /// The folder.
    pub fn dir(&self) -> &SourcePath {
        match self {
            Self::Same(same) => &same.dir,
            Self::New(listing) => &listing.dir,
        }
    }
}

/// What is in a folder, by name.
pub struct Listing<'a> {
    dir: SourcePath,
    files: Vec<SourcePath>,
    folders: Vec<Child<'a>>,
    found: Diagnostics,
}

/// Lists `content/`. Folders of which `before` has the same version are not listed again.
pub fn content<'a>(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, before: Option<&'a Arc<Read>>) -> Child<'a> {
    if matches!(world.list(dir), Err(ReadError::NotFound)) {
        let found = Diagnostic::error(rules::UNREADABLE_FILE, Span::file(dir), "there is no folder `content`")
            .help("put the text there, beginning with `content/index.md`");
        return Child::New(Listing { dir: dir.clone(), files: Vec::new(), folders: Vec::new(), found: vec![found] });
    }
    list(world, dir, 0, false, before)
}

/// Every file of `static/`.
pub fn static_files(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, out: &mut Diagnostics) -> Vec<SourcePath> {
    if matches!(world.list(dir), Err(ReadError::NotFound)) {
        return Vec::new();
    }
    flat(list(world, dir, 0, true, None), out)
}

/// Every file of a folder that may not be there.
pub fn flat_files(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, out: &mut Diagnostics) -> Vec<SourcePath> {
    if matches!(world.list(dir), Err(ReadError::NotFound)) {
        return Vec::new();
    }
    flat(list(world, dir, 0, false, None), out)
}

/// Every template of `templates/`.
pub fn template_files(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, out: &mut Diagnostics) -> Vec<SourcePath> {
    if matches!(world.list(dir), Err(ReadError::NotFound)) {
        return Vec::new();
    }
    let mut files = flat(list(world, dir, 0, false, None), out);
    files.retain(|file| matches!(file.extension().as_str(), "html" | "xml" | "svg" | "txt" | "css"));
    files
}

fn list<'a>(
    world: Tracked<'_, dyn World + '_>,
    dir: &SourcePath,
    depth: usize,
    verbatim: bool,
    before: Option<&'a Arc<Read>>,
) -> Child<'a> {
    if let Some(same) = before.filter(|before| before.version == world.version(dir)) {
        return Child::Same(same);
    }
    let mut listing = Listing { dir: dir.clone(), files: Vec::new(), folders: Vec::new(), found: Vec::new() };
    let entries = match world.list(dir) {
        Ok(entries) => entries,
        Err(error) => {
            listing.found.push(unreadable(dir, &error));
            return Child::New(listing);
        }
    };
    let below: HashMap<&SourcePath, &Arc<Read>> =
        before.iter().flat_map(|before| &before.children).map(|child| (&child.dir, child)).collect();
    let mut folders: Vec<SourcePath> = Vec::new();
    for entry in entries.iter().filter(|entry| !ignored(&entry.name, verbatim)) {
        let path = dir.join(&entry.name);
        if !entry.valid {
            listing.found.push(
                Diagnostic::error(
                    rules::BAD_ENCODING,
                    Span::file(dir),
                    format!("the name `{}` in `{dir}` is not UTF-8", entry.name),
                )
                .help("rename it"),
            );
        } else if !entry.is_dir {
            listing.files.push(path);
        } else if depth < MOST_DEPTH {
            folders.push(path);
        } else {
            let message = format!("`{path}` is more than {MOST_DEPTH} folders deep");
            listing.found.push(Diagnostic::error(rules::UNREADABLE_FILE, Span::file(&path), message));
        }
    }
    let child = |path: &SourcePath| list(world, path, depth + 1, verbatim, below.get(path).copied());
    listing.folders = folders.par_iter().map(child).collect();
    Child::New(listing)
}

/// Files that no author means to publish: hidden ones, and what editors and systems leave behind. In `static/` the
/// hidden files that servers look for are kept.
pub fn ignored(name: &str, verbatim: bool) -> bool {
    let kept = verbatim && matches!(name, ".well-known" | ".nojekyll" | ".htaccess" | ".domains");
    let hidden = name.starts_with('.') && !kept;
    let lower = name.to_ascii_lowercase();
    hidden
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
        || lower.ends_with('~')
        || [".swp", ".swo", ".swx", ".bak", ".orig"].iter().any(|ending| lower.ends_with(ending))
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Every file at or below.
fn flat(child: Child<'_>, out: &mut Diagnostics) -> Vec<SourcePath> {
    // Only folders with text are remembered, and they are never made flat.
    let Child::New(listing) = child else { return Vec::new() };
    out.extend(listing.found);
    let mut files = listing.files;
    for folder in listing.folders {
        files.extend(flat(folder, out));
    }
    files.sort();
    files
}

fn is_text(file: &SourcePath) -> bool {
    file.extension() == "md"
}

fn has_text(child: &Child<'_>) -> bool {
    match child {
        Child::Same(_) => true,
        Child::New(listing) => listing.files.iter().any(is_text) || listing.folders.iter().any(has_text),
    }
}

/// What each file of a folder is by its name.
pub fn folder(listing: Listing<'_>) -> Folder<'_> {
    let mut folder = Folder {
        dir: listing.dir,
        index: None,
        sections: Vec::new(),
        translations: BTreeMap::new(),
        data: Vec::new(),
        assets: Vec::new(),
        children: Vec::new(),
        found: listing.found,
    };
    let is_index = |file: &&SourcePath| file.name().strip_prefix("index.").is_some_and(|rest| rest.ends_with(".md"));
    let languages = listing.files.iter().filter(is_index).filter_map(language::of_file);
    folder.translations = languages.map(|tag| (tag.into(), Vec::new())).collect();
    for file in &listing.files {
        if is_text(file) {
            if let Some(texts) = language::of_file(file).and_then(|tag| folder.translations.get_mut(tag)) {
                texts.push(file.clone());
                continue;
            }
            match file.name() {
                "index.md" => folder.index = Some(file.clone()),
                _ => {
                    folder.found.extend(lone_translation(file, &listing.files));
                    folder.sections.push(file.clone());
                }
            }
        } else if data_file(file).is_some() {
            folder.data.push(file.clone());
        } else {
            folder.found.extend(looks_like_data(file));
            folder.assets.push(file.clone());
        }
    }
    folder.found.extend(folder.sections.iter().filter_map(|file| almost_translation(file, &listing.files)));
    if folder.index.is_none() && !folder.sections.is_empty() {
        folder.found.push(no_index(&folder.dir, &listing.files));
    }
    for below in listing.folders {
        if has_text(&below) {
            folder.children.push(below);
        } else {
            folder.assets.extend(flat(below, &mut folder.found));
        }
    }
    folder.assets.sort();
    folder
}

/// A text that translates the one beside it, in a language that the explainer isn't in.
fn lone_translation(file: &SourcePath, files: &[SourcePath]) -> Option<Diagnostic> {
    let tag = language::of_file(file)?;
    let original = language::original(file, tag).filter(|original| files.contains(original))?;
    let message = format!("`{}` translates `{}`, and there is no `index.{tag}.md`", file.name(), original.name());
    Some(
        Diagnostic::error(rules::MISSING_INDEX, Span::file(file), message)
            .help(format!("begin with `index.{tag}.md`: the explainer's title and short answer in that language")),
    )
}

/// Reports a text that was probably meant as the translation of another, and is a section of its own by its name.
fn almost_translation(file: &SourcePath, files: &[SourcePath]) -> Option<Diagnostic> {
    let there = |stem: &str| files.iter().any(|other| is_text(other) && other.stem() == stem);
    let stem = file.stem();
    let (name, tag) = stem.rsplit_once(['.', '_', '-'])?;
    let dotted = stem.get(name.len()..)?.starts_with('.');
    let word = tag.get(..2).unwrap_or(tag);
    // With a point it can be nothing else; without, two letters after `index` are hardly a section's name.
    let meant = if dotted {
        tag.len() <= 8 && !language::is_language(tag)
    } else {
        name == "index" && language::is_language(tag)
    };
    (meant && tag.chars().all(|c| c.is_ascii_alphabetic()) && there(name)).then(|| {
        let message = format!("`{}` is a section of its own: `{tag}` after `{name}` is no language", file.name());
        let message = if dotted { message } else { format!("`{}` is a section of its own", file.name()) };
        Diagnostic::warning(rules::BAD_VALUE, Span::file(file), message)
            .help(format!("a translation has the language's tag between two points: `{name}.{word}.md`"))
    })
}

fn no_index(dir: &SourcePath, files: &[SourcePath]) -> Diagnostic {
    let found =
        Diagnostic::error(rules::MISSING_INDEX, Span::file(dir), format!("`{dir}` has sections but no `index.md`"));
    match files.iter().find(|file| file.name().eq_ignore_ascii_case("index.md")) {
        Some(other) => found.help(format!("rename `{}` to `index.md`", other.name())),
        None => found.help("add an `index.md` with a `title`; its text is the short answer"),
    }
}

/// A warning for a file that was probably meant as data.
fn looks_like_data(file: &SourcePath) -> Option<Diagnostic> {
    let extension = file.extension();
    let (stem, name) = (file.stem(), file.name());
    if !matches!(extension.as_str(), "toml" | "yaml" | "yml" | "json" | "csv" | "bib") {
        return None;
    }
    let found = || {
        Diagnostic::warning(
            rules::UNKNOWN_DATA_FILE,
            Span::file(file),
            format!("`{name}` is no data file: it is copied and not read"),
        )
    };
    if STEMS.contains(&stem) {
        let only = if extension == "bib" {
            "only `sources.bib` is read of this format"
        } else {
            "these rows are read from CSV only"
        };
        let help = match extension.as_str() {
            "bib" => format!("{only}; keep it as `{stem}.toml`, `.yaml`, `.json` or `.csv`"),
            _ => format!("{only}: rename it `{stem}.csv`, or write them within their terms in `terms.{extension}`"),
        };
        return Some(found().help(help));
    }
    let near = STEMS
        .iter()
        .copied()
        .find(|known| known.eq_ignore_ascii_case(stem) || known.strip_suffix('s') == Some(stem))
        .or_else(|| text::did_you_mean(stem, STEMS.iter().copied()));
    match near {
        Some(near) => Some(found().help(format!("did you mean `{near}.{extension}`?"))),
        None if matches!(extension.as_str(), "toml" | "yaml" | "yml") => {
            let known: Vec<String> = FILES.iter().map(|kind| format!("`{}.{extension}`", kind.stem)).collect();
            Some(found().help(format!("the data files are {}", known.join(", "))))
        }
        None if extension == "bib" => {
            let help = "of BibTeX only `sources.bib` is read: rename it; to offer it as a file, keep it in `static`";
            Some(found().help(help))
        }
        None => None,
    }
}
