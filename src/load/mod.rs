//! Reads a site: bytes → typed, spanned records. Everything comes through [`World`].
//!
//! Each file is read by a memoised function of its name and bytes, so a file that did not change is not parsed again;
//! what is found in it is put together to folders anew each time, which is cheap.

mod assemble;
mod blocks;
mod decode;
pub mod format;
mod front;
pub mod images;
pub mod markdown;
pub mod schema;
mod settings;
mod source;
mod text;
pub mod theme;
mod validate;
pub mod value;
mod walk;

use std::sync::Arc;

use comemo::Tracked;
use rayon::prelude::*;

use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, Span, Text, rules};
use crate::model::Loaded;
use crate::world::{ReadError, World};

/// What may be asked for besides what the settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LoadOptions {
    /// Whether drafts are read; otherwise they are left out, and so is what is wrong in them.
    pub drafts: bool,
    /// The address readers will use, in place of the settings' `base_url`.
    pub base_url: Option<String>,
}

/// Reads everything. The result is always whole: what can't be read is reported and left out.
pub fn load(world: Tracked<'_, dyn World + '_>, options: &LoadOptions) -> (Loaded, Diagnostics) {
    let mut out = Diagnostics::new();
    let settings = settings(world, options, &mut out);
    let templates = templates(world, &mut out);
    let text_options = text::TextOptions {
        smart: settings.settings.smart_punctuation,
        components: templates.iter().filter_map(|(name, _)| component(name)).collect(),
    };
    let content = SourcePath::new("content");
    let tree = walk::content(world, &content, &mut out);
    let files: Vec<Read> = tree.files.par_iter().map(|file| read(world, file, &text_options)).collect();
    let root = assemble::site(&tree.root, files, options, settings.author.as_ref(), &mut out);
    let static_files = walk::static_files(world, &SourcePath::new("static"), &mut out);
    name_cells(world, &mut out);
    (Loaded { settings: Arc::new(settings.settings), root: Arc::new(root), static_files, templates }, out)
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

/// A file of `content/` to read.
enum File {
    Text(SourcePath),
    Data(SourcePath),
}

/// A file of `content/`, read.
enum Read {
    Text(Arc<(Option<text::TextFile>, Diagnostics)>),
    Data(Arc<(decode::Decoded, Diagnostics)>),
    Failed(Box<Diagnostic>),
}

fn read(world: Tracked<'_, dyn World + '_>, file: &File, options: &text::TextOptions) -> Read {
    let (File::Text(path) | File::Data(path)) = file;
    match (world.read(path), file) {
        (Ok(bytes), File::Text(path)) => Read::Text(text::read(path, &bytes, options)),
        (Ok(bytes), File::Data(path)) => Read::Data(decode::read(path, &bytes, options.smart)),
        (Err(error), _) => Read::Failed(Box::new(unreadable(path, &error))),
    }
}

fn settings(
    world: Tracked<'_, dyn World + '_>,
    options: &LoadOptions,
    out: &mut Diagnostics,
) -> settings::SettingsFile {
    let file = SourcePath::new("expound.toml");
    let bytes: Option<Bytes> = match world.read(&file) {
        Ok(bytes) => Some(bytes),
        Err(ReadError::NotFound) => None,
        Err(error) => {
            out.push(unreadable(&file, &error));
            None
        }
    };
    settings::read(&file, bytes.as_ref(), options, out)
}

/// The site's own templates by their name, with their text.
fn templates(world: Tracked<'_, dyn World + '_>, out: &mut Diagnostics) -> Vec<(Arc<str>, Text)> {
    let dir = SourcePath::new("templates");
    let mut templates = Vec::new();
    for file in walk::template_files(world, &dir, out) {
        let bytes = match world.read(&file) {
            Ok(bytes) => bytes,
            Err(error) => {
                out.push(unreadable(&file, &error));
                continue;
            }
        };
        let Some((text, offset)) = source::decode(&file, &bytes, out) else { continue };
        let span = Span::new(&file, offset..offset + text.len());
        let name = file.strip_prefix(&dir).unwrap_or(file.as_str());
        templates.push((name.into(), Text { text: text.into(), span, verbatim: true }));
    }
    templates
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
