//! Reads a site: bytes → typed, spanned records. Everything comes through [`World`].
//!
//! Each file is read by a memoised function of its name and bytes, so a file that did not change is not parsed again;
//! what is found in it is put together to folders anew each time, which is cheap.

mod assemble;
mod blocks;
mod charts;
mod decode;
mod fonts;
pub mod format;
mod front;
pub mod images;
mod localise;
pub mod markdown;
mod publish;
pub mod schema;
mod security;
mod settings;
mod source;
mod strings;
mod text;
pub mod theme;
mod translate;
mod validate;
pub mod value;
mod walk;

pub use decode::import;
pub use walk::ignored;

use std::sync::Arc;

use comemo::Tracked;

use crate::base::hash::fingerprint;
use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, Span, Text, rules};
use crate::model::strings::OwnStrings;
use crate::model::{Loaded, OwnTemplates, StaticFiles};
use crate::world::{ReadError, World};

/// What may be asked for besides what the settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LoadOptions {
    /// Whether drafts are read; otherwise they are left out, and so is what is wrong in them.
    pub drafts: bool,
    /// The address readers will use, in place of the settings' `base_url`.
    pub base_url: Option<String>,
    /// Whether what is read is remembered, for programs that read again after an edit.
    pub remember: bool,
}

/// Reads everything. The result is always whole: what can't be read is reported and left out. What `before` has of the
/// same version is not read again.
pub fn load(
    world: Tracked<'_, dyn World + '_>,
    options: &LoadOptions,
    before: Option<&Loaded>,
) -> (Loaded, Diagnostics) {
    let mut out = Diagnostics::new();
    let strings = strings::read(world, before);
    out.extend(strings.found.iter().cloned());
    let (settings, source) = settings(world, options, &strings, &mut out);
    let templates = templates(world, before);
    out.extend(templates.found.iter().cloned());
    let text_options = text::TextOptions {
        smart: settings.settings.smart_punctuation,
        language: settings.settings.language.clone(),
        components: templates.texts.iter().filter_map(|(name, _)| component(name)).collect(),
        translation: None,
        remember: options.remember,
        spoken: strings.texts.keys().filter(|tag| strings.missing(tag).is_empty()).cloned().collect(),
    };
    let manner = fingerprint(&(&source, &text_options, options));
    let content = SourcePath::new("content");
    let root_before = before.filter(|before| before.manner == manner).map(|before| &before.root);
    let manner_of = assemble::Manner { options, text: &text_options, author: settings.author.as_ref() };
    let root =
        assemble::folder(world, walk::content(world, &content, root_before), root_before, &assemble::TOP, &manner_of);
    root.findings(&mut out);
    let before_alike = before.filter(|before| before.manner == manner);
    let translations = translations(world, &root, before_alike, &manner_of);
    for (language, _) in &translations {
        translate::spoken(&root, language, &text_options, &mut out);
    }
    translations.iter().for_each(|(_, root)| root.findings(&mut out));
    let static_files = static_files(world, before);
    out.extend(static_files.found.iter().cloned());
    let fonts = fonts::read(world, &settings.settings.theme, before.map(|before| &before.fonts));
    name_cells(world, &mut out);
    let settings = Arc::new(settings.settings);
    (Loaded { settings, root, translations, strings, static_files, templates, fonts, manner }, out)
}

/// Adds the row and the column to every finding that has its place in a CSV file and doesn't name them yet.
pub fn name_cells(world: Tracked<'_, dyn World + '_>, findings: &mut Diagnostics) {
    // A finding about the file as a whole has no place in it.
    let is_csv = |finding: &Diagnostic| finding.span.file.extension() == "csv" && finding.span.end > 0;
    let mut files: Vec<SourcePath> = findings.iter().filter(|f| is_csv(f)).map(|f| f.span.file.clone()).collect();
    files.sort();
    files.dedup();
    for file in files {
        let Ok(bytes) = world.read(&file) else { continue };
        let Some((text, offset)) = source::decode(&file, &bytes, &mut Diagnostics::new()) else { continue };
        format::csv::name_cells(text, offset, findings.iter_mut().filter(|f| is_csv(f) && f.span.file == file));
    }
}

/// A file of `content/`, read.
enum Read {
    Text(Arc<(Option<text::TextFile>, Diagnostics)>),
    Data(Arc<(decode::Decoded, Diagnostics)>),
    Failed(Box<Diagnostic>),
}

impl Read {
    /// True if nothing came of a text.
    fn failed(&self) -> bool {
        match self {
            Self::Text(read) => read.0.is_none(),
            Self::Data(_) => false,
            Self::Failed(_) => true,
        }
    }
}

/// Reads a file of `content/`: a text if its name ends in `.md`, else data.
fn read(world: Tracked<'_, dyn World + '_>, path: &SourcePath, options: &text::TextOptions) -> Read {
    if path.extension() != "md" {
        return read_data(world, path, options, None);
    }
    match world.read(path) {
        Ok(bytes) => Read::Text(text::read(path, &bytes, options, options.remember)),
        Err(error) => Read::Failed(Box::new(unreadable(path, &error))),
    }
}

/// Reads a data file, with the texts in a language that isn't the original if one is named.
fn read_data(
    world: Tracked<'_, dyn World + '_>,
    path: &SourcePath,
    options: &text::TextOptions,
    language: Option<&Arc<str>>,
) -> Read {
    match world.read(path) {
        Ok(bytes) => {
            Read::Data(decode::read(path, &bytes, options.smart(&options.language), language, options.remember))
        }
        Err(error) => Read::Failed(Box::new(unreadable(path, &error))),
    }
}

/// `content/` in every language that some of it is translated into.
fn translations(
    world: Tracked<'_, dyn World + '_>,
    root: &Arc<crate::model::Folder>,
    before: Option<&Loaded>,
    manner: &assemble::Manner<'_>,
) -> Vec<(Arc<str>, Arc<crate::model::Folder>)> {
    let known = |language: &str| before?.translations.iter().find(|(l, _)| **l == *language).map(|(_, root)| root);
    let translate = |language: &Arc<str>| {
        let folder = translate::folder(world, root, language, known(language), &assemble::TOP, manner);
        (language.clone(), folder)
    };
    root.languages.iter().map(translate).filter(|(_, root)| translate::says_anything(root)).collect()
}

fn settings(
    world: Tracked<'_, dyn World + '_>,
    options: &LoadOptions,
    strings: &OwnStrings,
    out: &mut Diagnostics,
) -> (settings::SettingsFile, Option<Bytes>) {
    let file = SourcePath::new("expound.toml");
    let bytes: Option<Bytes> = match world.read(&file) {
        Ok(bytes) => Some(bytes),
        Err(ReadError::NotFound) => None,
        Err(error) => {
            out.push(unreadable(&file, &error));
            None
        }
    };
    (settings::read(&file, bytes.as_ref(), options, strings, out), bytes)
}

/// The site's own templates.
fn templates(world: Tracked<'_, dyn World + '_>, before: Option<&Loaded>) -> Arc<OwnTemplates> {
    let dir = SourcePath::new("templates");
    let version = world.version(&dir);
    if let Some(before) = before.map(|before| &before.templates).filter(|before| before.version == version) {
        return before.clone();
    }
    let mut templates = OwnTemplates { version, ..OwnTemplates::default() };
    for file in walk::template_files(world, &dir, &mut templates.found) {
        let bytes = match world.read(&file) {
            Ok(bytes) => bytes,
            Err(error) => {
                templates.found.push(unreadable(&file, &error));
                continue;
            }
        };
        let Some((text, offset)) = source::decode(&file, &bytes, &mut templates.found) else { continue };
        let span = Span::new(&file, offset..offset + text.len());
        let name = file.strip_prefix(&dir).unwrap_or(file.as_str());
        templates.texts.push((name.into(), Text { text: text.into(), span, verbatim: true }));
    }
    Arc::new(templates)
}

/// The files of `static/`.
fn static_files(world: Tracked<'_, dyn World + '_>, before: Option<&Loaded>) -> Arc<StaticFiles> {
    let dir = SourcePath::new("static");
    let version = world.version(&dir);
    let before = before.map(|before| &before.static_files);
    if let Some(before) = before.filter(|before| before.version == version) {
        return before.clone();
    }
    let mut found = Diagnostics::new();
    let paths = walk::static_files(world, &dir, &mut found);
    let images = images::measure(world, &paths, before.map(|before| &before.images));
    let theme = theme::files(world, &paths, &mut found);
    let fonts = card_fonts(world, &paths);
    Arc::new(StaticFiles { version, paths, images, theme, fonts, found })
}

/// The fonts of the site's own, as cards can be drawn with them.
fn card_fonts(world: Tracked<'_, dyn World + '_>, paths: &[SourcePath]) -> Vec<(SourcePath, Bytes)> {
    let folder = SourcePath::new("static/fonts");
    let is_font = |path: &&SourcePath| {
        path.strip_prefix(&folder).is_some() && matches!(&*path.extension(), "ttf" | "otf" | "ttc")
    };
    // A font that can't be read is reported when it is copied.
    paths.iter().filter(is_font).filter_map(|path| Some((path.clone(), world.read(path).ok()?))).collect()
}

/// `quote` of `components/quote.html`.
fn component(template: &str) -> Option<Arc<str>> {
    template.strip_prefix("components/")?.strip_suffix(".html").map(Into::into)
}

/// What is wrong with a file or folder that can't be read.
fn unreadable(path: &SourcePath, error: &ReadError) -> Diagnostic {
    let span = Span::file(path);
    match error {
        ReadError::NotFound => Diagnostic::error(rules::UNREADABLE_FILE, span, format!("there is no `{path}`")),
        ReadError::Escapes(target) => Diagnostic::error(
            rules::UNREADABLE_FILE,
            span,
            format!("`{path}` is a link that leads out of the site or in a circle, to `{target}`"),
        )
        .help("put the file itself in its place"),
        ReadError::Other(words) => {
            Diagnostic::error(rules::UNREADABLE_FILE, span, format!("`{path}` can't be read: {words}"))
        }
    }
}
