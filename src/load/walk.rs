//! Which files a site has, and what each is by its name and place.

use comemo::Tracked;

use super::decode::data_file;
use super::schema::{FILES, STEMS};
use super::{File, unreadable};
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, text};
use crate::world::{ReadError, World};

/// Folders nested deeper than this are not read.
const MOST_DEPTH: usize = 40;

/// The folders of `content/` and the files to read.
pub struct Tree {
    /// `content/`
    pub root: Folder,
    /// Every file to read; folders name them by their index.
    pub files: Vec<File>,
}

/// A folder with text of its own or below it.
pub struct Folder {
    /// The folder.
    pub dir: SourcePath,
    /// `index.md`
    pub index: Option<usize>,
    /// The sections, by name.
    pub sections: Vec<usize>,
    /// The data files, by name.
    pub data: Vec<usize>,
    /// What is copied.
    pub assets: Vec<SourcePath>,
    /// The folders below that have text.
    pub children: Vec<Folder>,
}

/// What is in a folder, by name.
struct Listing {
    dir: SourcePath,
    files: Vec<SourcePath>,
    folders: Vec<Listing>,
}

/// Walks `content/`.
pub fn content(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, out: &mut Diagnostics) -> Tree {
    let mut files = Vec::new();
    let root = match world.list(dir) {
        Err(ReadError::NotFound) => {
            out.push(
                Diagnostic::error(rules::UNREADABLE_FILE, Span::file(dir), "there is no folder `content`")
                    .help("put the text there, beginning with `content/index.md`"),
            );
            None
        }
        _ => list(world, dir, 0, false, out),
    };
    let root = root.unwrap_or_else(|| Listing { dir: dir.clone(), files: Vec::new(), folders: Vec::new() });
    let root = folder(&root, &mut files, out);
    Tree { root, files }
}

/// Every file of `static/`.
pub fn static_files(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, out: &mut Diagnostics) -> Vec<SourcePath> {
    if matches!(world.list(dir), Err(ReadError::NotFound)) {
        return Vec::new();
    }
    let mut files = Vec::new();
    if let Some(listing) = list(world, dir, 0, true, out) {
        flatten(&listing, &mut files);
    }
    files
}

/// Every template of `templates/`.
pub fn template_files(world: Tracked<'_, dyn World + '_>, dir: &SourcePath, out: &mut Diagnostics) -> Vec<SourcePath> {
    if matches!(world.list(dir), Err(ReadError::NotFound)) {
        return Vec::new();
    }
    let mut files = Vec::new();
    if let Some(listing) = list(world, dir, 0, false, out) {
        flatten(&listing, &mut files);
    }
    files.retain(|file| matches!(file.extension().as_str(), "html" | "xml" | "txt" | "css"));
    files
}

fn list(
    world: Tracked<'_, dyn World + '_>,
    dir: &SourcePath,
    depth: usize,
    verbatim: bool,
    out: &mut Diagnostics,
) -> Option<Listing> {
    let entries = match world.list(dir) {
        Ok(entries) => entries,
        Err(error) => {
            out.push(unreadable(dir, &error));
            return None;
        }
    };
    let mut listing = Listing { dir: dir.clone(), files: Vec::new(), folders: Vec::new() };
    for entry in entries.iter().filter(|entry| !ignored(&entry.name, verbatim)) {
        let path = dir.join(&entry.name);
        if !entry.valid {
            out.push(
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
            listing.folders.extend(list(world, &path, depth + 1, verbatim, out));
        } else {
            let message = format!("`{path}` is more than {MOST_DEPTH} folders deep");
            out.push(Diagnostic::error(rules::UNREADABLE_FILE, Span::file(&path), message));
        }
    }
    Some(listing)
}

/// Files that no author means to publish: hidden ones, and what editors and systems leave behind. In `static/` the
/// hidden files that servers look for are kept.
fn ignored(name: &str, verbatim: bool) -> bool {
    let kept = verbatim && matches!(name, ".well-known" | ".nojekyll" | ".htaccess" | ".domains");
    let hidden = name.starts_with('.') && !kept;
    let lower = name.to_ascii_lowercase();
    hidden
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
        || lower.ends_with('~')
        || [".swp", ".swo", ".swx", ".bak", ".orig"].iter().any(|ending| lower.ends_with(ending))
        || (name.starts_with('#') && name.ends_with('#'))
}

fn flatten(listing: &Listing, files: &mut Vec<SourcePath>) {
    files.extend(listing.files.iter().cloned());
    for folder in &listing.folders {
        flatten(folder, files);
    }
}

fn is_text(file: &SourcePath) -> bool {
    file.extension() == "md"
}

fn has_text(listing: &Listing) -> bool {
    listing.files.iter().any(is_text) || listing.folders.iter().any(has_text)
}

fn folder(listing: &Listing, files: &mut Vec<File>, out: &mut Diagnostics) -> Folder {
    let mut folder = Folder {
        dir: listing.dir.clone(),
        index: None,
        sections: Vec::new(),
        data: Vec::new(),
        assets: Vec::new(),
        children: Vec::new(),
    };
    for file in &listing.files {
        let at = files.len();
        if is_text(file) {
            match file.name() {
                "index.md" => folder.index = Some(at),
                _ => folder.sections.push(at),
            }
            files.push(File::Text(file.clone()));
        } else if data_file(file).is_some() {
            folder.data.push(at);
            files.push(File::Data(file.clone()));
        } else {
            out.extend(looks_like_data(file));
            folder.assets.push(file.clone());
        }
    }
    if folder.index.is_none() && !folder.sections.is_empty() {
        out.push(no_index(listing));
    }
    for below in &listing.folders {
        if has_text(below) {
            folder.children.push(self::folder(below, files, out));
        } else {
            flatten(below, &mut folder.assets);
        }
    }
    folder
}

fn no_index(listing: &Listing) -> Diagnostic {
    let found = Diagnostic::error(
        rules::MISSING_INDEX,
        Span::file(&listing.dir),
        format!("`{}` has sections but no `index.md`", listing.dir),
    );
    match listing.files.iter().find(|file| file.name().eq_ignore_ascii_case("index.md")) {
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
        None => None,
    }
}
