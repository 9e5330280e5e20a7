//! Footnotes: found before they are referred to, numbered in the order in which they are.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::Spanned;
use crate::model::doc::{At, Footnote, LostFootnote, Part, Piece};

/// The footnotes that a text defines, in the order of their definitions.
pub struct Notes {
    index: HashMap<String, usize>,
    notes: Vec<Note>,
    /// Those whose label was taken.
    again: Vec<LostFootnote>,
}

/// A definition.
struct Note {
    label: Arc<str>,
    at: At,
    content: Option<Vec<Part>>,
}

/// Labels are the same label whatever their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

impl Notes {
    /// Collects the labels.
    pub fn new(events: &[Spanned<'_>]) -> Self {
        let mut notes = Self { index: HashMap::new(), notes: Vec::new(), again: Vec::new() };
        for (event, range) in events {
            let Event::Start(Tag::FootnoteDefinition(name)) = event else { continue };
            let (label, len) = (Arc::<str>::from(name.as_ref()), "[^]".len() + name.len());
            let at = At::new(range.start..(range.start + len).min(range.end));
            match notes.index.entry(key(&label)) {
                Entry::Occupied(_) => notes.again.push(LostFootnote { label, again: true, at }),
                Entry::Vacant(free) => {
                    free.insert(notes.notes.len());
                    notes.notes.push(Note { label, at, content: None });
                }
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
        if let Some(note) = self.find(label).and_then(|i| self.notes.get_mut(i)) {
            note.content.get_or_insert(parts);
        }
    }

    /// Numbers the marks in `parts`, which so far carry the place of the definition, and then those in the notes
    /// themselves, and gives each note its place in the text. The text, the notes that something refers to, and those
    /// that are left out.
    pub fn number(mut self, written: &str, mut parts: Vec<Part>) -> (Vec<Part>, Vec<Footnote>, Vec<LostFootnote>) {
        let mut order = Order { number: HashMap::new(), notes: Vec::new() };
        order.visit(&mut parts, &self.notes);
        let mut done = 0;
        while let Some(&(definition, _)) = order.notes.get(done) {
            let content = self.notes.get_mut(definition).and_then(|note| note.content.take());
            let mut content = content.unwrap_or_default();
            order.visit(&mut content, &self.notes);
            if let Some((_, note)) = order.notes.get_mut(done) {
                note.parts = content;
            }
            done += 1;
        }
        let mut lost = self.again;
        let notes = self.notes.into_iter().enumerate().filter(|(definition, _)| !order.number.contains_key(definition));
        lost.extend(notes.map(|(_, note)| LostFootnote { label: note.label, again: false, at: note.at }));
        lost.sort_by_key(|note| note.at.start);
        let notes: Vec<Footnote> = order.notes.into_iter().map(|(_, note)| note).collect();
        (place(written, parts, &notes), notes, lost)
    }
}

/// Puts each note after the block in which it is referred to first, and a note to a note after that note.
fn place(written: &str, mut parts: Vec<Part>, notes: &[Footnote]) -> Vec<Part> {
    if notes.is_empty() {
        return parts;
    }
    let mut placed = Placed { waiting: VecDeque::new(), places: Vec::new(), notes };
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Html(html) => placed.markup(written, at, *html),
            Part::HeadingEnd(_) | Part::TableEnd => placed.here(at, None),
            part => placed.marks(std::slice::from_ref(part)),
        }
    }
    placed.here(parts.len().saturating_sub(1), None);
    // From the end, so that the places before stay where they are.
    for place in placed.places.into_iter().rev() {
        let notes = place.notes.into_iter().map(Part::Note);
        match (place.cut, parts.get_mut(place.after)) {
            (Some(cut), Some(Part::Html(html))) => {
                let (before, after) = html.split(cut);
                *html = before;
                let rest = Some(Part::Html(after)).filter(|_| !after.is_empty());
                parts.splice(place.after + 1..place.after + 1, notes.chain(rest));
            }
            _ => {
                let next = (place.after + 1).min(parts.len());
                parts.splice(next..next, notes);
            }
        }
    }
    parts
}

/// Where notes stand.
struct Place {
    /// The part that they stand after.
    after: usize,
    /// For HTML: after how many of its bytes.
    cut: Option<usize>,
    notes: Vec<usize>,
}

/// A text in which notes are given their place.
struct Placed<'a> {
    /// The notes that were referred to and have no place yet.
    waiting: VecDeque<usize>,
    /// In order.
    places: Vec<Place>,
    notes: &'a [Footnote],
}

impl Placed<'_> {
    /// Takes note of first marks.
    fn marks(&mut self, parts: &[Part]) {
        self.waiting.extend(parts.iter().filter_map(|part| match part {
            Part::FootnoteMark(note, 0) => Some(*note),
            _ => None,
        }));
    }

    /// The notes that wait stand here.
    fn here(&mut self, after: usize, cut: Option<usize>) {
        let mut here = Vec::new();
        while let Some(note) = self.waiting.pop_front() {
            here.push(note);
            let notes = self.notes;
            self.marks(notes.get(note).map_or(&[], |note| &note.parts));
        }
        if !here.is_empty() {
            self.places.push(Place { after, cut, notes: here });
        }
    }

    /// HTML of the text's own markup: the notes that wait stand after the first block that it ends.
    fn markup(&mut self, written: &str, at: usize, piece: Piece) {
        const ENDS: [&str; 5] = ["</p>\n", "</ul>\n", "</ol>\n", "</dl>\n", "</blockquote>\n"];
        if self.waiting.is_empty() {
            return;
        }
        let html = piece.of(written);
        if let Some(end) = ENDS.iter().filter_map(|end| html.find(end).map(|at| at + end.len())).min() {
            self.here(at, Some(end));
        }
    }
}

struct Order {
    /// Definition → number.
    number: HashMap<usize, usize>,
    /// By number: the definition, and the note.
    notes: Vec<(usize, Footnote)>,
}

impl Order {
    fn visit(&mut self, parts: &mut [Part], notes: &[Note]) {
        for part in parts {
            let Part::FootnoteMark(note, mark) = part else { continue };
            let definition = *note;
            let number = *self.number.entry(definition).or_insert_with(|| {
                let label = notes.get(definition).map_or_else(|| "".into(), |note| note.label.clone());
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
