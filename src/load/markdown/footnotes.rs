//! Footnotes: found before they are referred to, numbered in the order in which they are.

use std::collections::HashMap;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::Spanned;
use crate::model::doc::{Footnote, Part};

/// The footnotes that a text defines, in the order of their definitions.
pub struct Notes {
    index: HashMap<String, usize>,
    notes: Vec<(Arc<str>, Option<Vec<Part>>)>,
}

/// Labels are the same label whatever their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

impl Notes {
    /// Collects the labels.
    pub fn new(events: &[Spanned<'_>]) -> Self {
        let mut notes = Self { index: HashMap::new(), notes: Vec::new() };
        for (event, _) in events {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event
                && !notes.index.contains_key(&key(label))
            {
                notes.index.insert(key(label), notes.notes.len());
                notes.notes.push((label.as_ref().into(), None));
            }
        }
        notes
    }

    /// The place of the note with this label.
    pub fn find(&self, label: &str) -> Option<usize> {
        self.index.get(&key(label)).copied()
    }

    /// Keeps the content of a note; of several definitions of one label the first counts.
    pub fn define(&mut self, label: &str, parts: Vec<Part>) {
        if let Some((_, content)) = self.find(label).and_then(|i| self.notes.get_mut(i)) {
            content.get_or_insert(parts);
        }
    }

    /// Numbers the marks in `parts`, which so far carry the place of the definition, and then those in the notes
    /// themselves. Notes that nothing refers to are left out.
    pub fn number(mut self, parts: &mut [Part]) -> Vec<Footnote> {
        let mut order = Order { number: HashMap::new(), notes: Vec::new() };
        order.visit(parts, &self.notes);
        let mut done = 0;
        while let Some(&(definition, _)) = order.notes.get(done) {
            let content = self.notes.get_mut(definition).and_then(|(_, content)| content.take());
            let mut content = content.unwrap_or_default();
            order.visit(&mut content, &self.notes);
            if let Some((_, note)) = order.notes.get_mut(done) {
                note.parts = content;
            }
            done += 1;
        }
        order.notes.into_iter().map(|(_, note)| note).collect()
    }
}

struct Order {
    /// Definition → number.
    number: HashMap<usize, usize>,
    /// By number: the definition, and the note.
    notes: Vec<(usize, Footnote)>,
}

impl Order {
    fn visit(&mut self, parts: &mut [Part], notes: &[(Arc<str>, Option<Vec<Part>>)]) {
        for part in parts {
            let Part::FootnoteMark(note, mark) = part else { continue };
            let definition = *note;
            let number = *self.number.entry(definition).or_insert_with(|| {
                let label = notes.get(definition).map_or_else(|| "".into(), |(label, _)| label.clone());
                self.notes.push((definition, Footnote { label, parts: Vec::new(), marks: 0 }));
                self.notes.len() - 1
            });
            *note = number;
            if let Some((_, footnote)) = self.notes.get_mut(number) {
                *mark = footnote.marks;
                footnote.marks += 1;
            }
        }
    }
}
