//! References: the wikilinks of the prose.

use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::builder::Builder;
use super::plain::plain;
use super::run::Run;
use crate::model::doc::{At, Part, Reference, ReferenceKind};

impl Builder<'_> {
    /// A wikilink, just opened.
    pub(super) fn wikilink(&mut self, target: &str, has_text: bool, range: &Range<usize>) {
        let content = self.skip();
        let text = has_text.then(|| plain(self.source, content));
        // The parser leaves out a backslash at the start.
        let typed = self.source.get(range.clone()).unwrap_or_default();
        let start = range.start + typed.find(target).unwrap_or_default();
        match reference(target, start, text, range.clone()) {
            Some(mut reference) => {
                reference.plain = self.in_heading || self.links > 0;
                let shown = reference.text.clone().unwrap_or_else(|| reference.id.replace(['-', '_'], " ").into());
                self.count(&shown);
                self.out.part(Part::Reference(Box::new(reference)));
            }
            None => {
                let run = Run::verbatim(self.source, range.clone());
                self.run(&run, range.start);
            }
        }
    }
}

/// An id as typed, in the Unicode form in which ids are kept.
pub fn id(typed: &str) -> Arc<str> {
    if typed.is_ascii() { typed.into() } else { typed.nfc().collect::<String>().into() }
}

/// The reference of a wikilink. `target` is what stands before `|` (or all of it), `target_start` its place in the
/// source. `None` if this can't be one: `[[1, 2], [3, 4]]`.
fn reference(target: &str, target_start: usize, text: Option<String>, at: Range<usize>) -> Option<Reference> {
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
