//! The site's own sources of the theme: files in `static/theme/`.

use std::sync::Arc;

use comemo::Tracked;

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, Text, rules};
use crate::world::World;

/// Reads the files of `static/theme/` that are bundled: style sheets and scripts.
pub fn files(
    world: Tracked<'_, dyn World + '_>,
    static_files: &[SourcePath],
    diagnostics: &mut Diagnostics,
) -> Vec<(Arc<str>, Text)> {
    let folder = SourcePath::new("static/theme");
    let mut out = Vec::new();
    for path in static_files {
        let Some(name) = path.strip_prefix(&folder).filter(|name| name.ends_with(".css") || name.ends_with(".js"))
        else {
            continue;
        };
        let bytes = match world.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                diagnostics.push(super::unreadable(path, &error));
                continue;
            }
        };
        match std::str::from_utf8(&bytes) {
            Ok(text) => {
                let text = Text { text: text.into(), span: Span::new(path, 0..text.len()), verbatim: true };
                out.push((name.into(), text));
            }
            Err(error) => {
                let at = error.valid_up_to();
                let found = Diagnostic::error(
                    rules::BAD_ENCODING,
                    Span::new(path, at..at + 1),
                    format!("this file is not UTF-8: byte {at} is out of place"),
                );
                diagnostics.push(found.help("save it as UTF-8 in your editor"));
            }
        }
    }
    out
}
