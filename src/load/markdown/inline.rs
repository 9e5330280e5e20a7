//! References: the wikilinks of the prose.

use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::model::doc::{At, Reference, ReferenceKind};

/// An id as typed, in the Unicode form in which ids are kept.
pub fn id(typed: &str) -> Arc<str> {
    if typed.is_ascii() { typed.into() } else { typed.nfc().collect::<String>().into() }
}

/// The reference of a wikilink. `target` is what stands before `|` (or all of it), `target_start` its place in the
/// source. `None` if this can't be one: `[[1, 2], [3, 4]]`.
pub fn reference(target: &str, target_start: usize, text: Option<String>, at: Range<usize>) -> Option<Reference> {
    // In a table the bar is written `\|`.
    let target = if text.is_some() { target.strip_suffix('\\').unwrap_or(target) } else { target };
    let trimmed = target.trim();
    if trimmed.is_empty() || trimmed.contains(['[', ']', '\n', '\r', '@']) {
        return None;
    }
    let start = target_start + (target.len() - target.trim_start().len());
    let (kind, name) = match trimmed.split_once(':') {
        None => (ReferenceKind::Term, trimmed),
        Some((kind, name)) => match kind.trim() {
            "fact" => (ReferenceKind::Fact, name.trim()),
            "event" => (ReferenceKind::Event, name.trim()),
            "section" => (ReferenceKind::Section, name.trim()),
            "compare" => (ReferenceKind::Comparison, name.trim()),
            _ => (ReferenceKind::Unknown, trimmed),
        },
    };
    let end = start + trimmed.len();
    Some(Reference {
        kind,
        id: id(name),
        text: text.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty()).map(Arc::from),
        at: At::new(at),
        id_at: At::new(end - name.len()..end),
        plain: false,
    })
}
