//! Ids of headings: unique within a text, and the same as long as the headings before stay the same.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::Spanned;
use crate::base::text::slug;

/// The ids of one text. Ids written by hand are known beforehand: no made one takes them, wherever they stand.
pub struct Ids {
    written: HashSet<String>,
    used: HashSet<Arc<str>>,
    next: HashMap<String, usize>,
}

impl Ids {
    /// Collects the ids written by hand.
    pub fn new(events: &[Spanned<'_>]) -> Self {
        let written = events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
            _ => None,
        });
        Self { written: written.collect(), used: HashSet::new(), next: HashMap::new() }
    }

    /// The id of a heading with this text.
    pub fn make(&mut self, text: &str) -> Arc<str> {
        let slug = slug(text);
        let base = if slug.is_empty() { "section" } else { &slug };
        if self.written.contains(base) { self.numbered(base) } else { self.unique(base) }
    }

    /// The id of a heading whose id is written by hand: a second one with the same id is numbered.
    pub fn written(&mut self, id: &str) -> Arc<str> {
        self.unique(id)
    }

    fn unique(&mut self, id: &str) -> Arc<str> {
        if self.used.contains(id) {
            return self.numbered(id);
        }
        let id: Arc<str> = id.into();
        self.used.insert(id.clone());
        id
    }

    fn numbered(&mut self, base: &str) -> Arc<str> {
        let next = self.next.entry(base.to_owned()).or_insert(2);
        loop {
            let id: Arc<str> = format!("{base}-{next}").into();
            *next += 1;
            if !self.written.contains(&*id) && self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}
