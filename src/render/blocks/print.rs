//! Fingerprints of what a page tells: with them a reader's browser knows what is new since the visit before.
//!
//! A fingerprint is over what a reader is told (text, standing, status, dates, sources), not over how: not over places
//! in files, white space, the order of records or the numbers of citations.

use std::fmt::Write;

use super::amends::{self, Concern};
use crate::base::hash::short_hash;
use crate::base::scan::{is_spaced, next_space};
use crate::model::doc::{Doc, Part, Reference, plain_text};
use crate::model::{Comparison, Edition, Event, Fact, Prose, Provenance, Row, Section, SourceRef, State, Term};
use crate::render::cx::Cx;

/// The fingerprint of what an element tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct PrintView {
    /// Its key, which is the same on every page of the explainer, a space, and eight letters (`-` where nothing is
    /// public): `state:ip-licence:oct-2025 4f2a7c3b`. Empty for what has no fingerprint.
    pub told: String,
    /// The date of the last correction that concerns it, in the form of `<time datetime>`.
    pub corrected: Option<String>,
}

/// What is told, piece by piece.
struct Telling<'a> {
    cx: &'a Cx<'a>,
    text: String,
}

impl<'a> Telling<'a> {
    fn new(cx: &'a Cx<'a>) -> Self {
        Self { cx, text: String::new() }
    }

    /// A piece of plain text; how its words are spaced says nothing.
    fn text(mut self, text: &str) -> Self {
        if !self.cx.tells {
            return self;
        }
        self.text.reserve(text.len() + 2);
        let mut rest = text;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest.as_bytes());
            let (line, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
            rest = after.get(1..).unwrap_or_default();
            if is_spaced(line) {
                self.word(line);
                continue;
            }
            let mut done = 0;
            while let Some(space) = next_space(line, done) {
                self.word(line.get(done..space.start).unwrap_or_default());
                done = space.end;
            }
            self.word(line.get(done..).unwrap_or_default());
        }
        self.text.push('\u{1f}');
        self
    }

    fn word(&mut self, word: &str) {
        if !word.is_empty() {
            self.text.push_str(word);
            self.text.push(' ');
        }
    }

    fn prose(self, prose: Option<&Prose>) -> Self {
        if !self.cx.tells {
            return self;
        }
        let text = prose.map(|prose| self.cx.plain(prose)).unwrap_or_default();
        self.text(&text)
    }

    /// Status, date, note, and the sources in whatever order.
    fn provenance(self, provenance: &Provenance, sources: &[SourceRef]) -> Self {
        if !self.cx.tells {
            return self;
        }
        let mut ids: Vec<String> = sources
            .iter()
            .map(|source| format!("{} {}", source.id.text, source.locator.as_deref().unwrap_or_default()))
            .collect();
        ids.sort_unstable();
        let as_of = provenance.as_of.as_ref().map(|date| date.to_edtf()).unwrap_or_default();
        self.text(provenance.status.name()).text(&as_of).prose(provenance.note.as_ref()).text(&ids.join(" "))
    }

    /// The corrections and clarifications that stand with it.
    fn amends(mut self, concern: Concern<'_>) -> Self {
        let cx = self.cx;
        for change in amends::concerning(cx, concern) {
            self = self.text(&change.date.to_edtf()).text(change.kind.name()).prose(Some(&change.note));
        }
        self
    }

    fn under(self, key: String, concern: Option<Concern<'_>>) -> PrintView {
        if !self.cx.tells {
            return PrintView::default();
        }
        let told = format!("{key} {}", short_hash(self.text.as_bytes(), 8));
        PrintView { told, corrected: concern.and_then(|concern| amends::corrected(self.cx, concern)) }
    }
}

/// Of a section: its title and its text. What its blocks show has fingerprints of its own.
pub fn section(cx: &Cx<'_>, section: &Section) -> PrintView {
    let concern = Concern::Section(&section.slug);
    Telling::new(cx)
        .text(&section.title)
        .prose(section.standfirst.as_ref())
        .text(&doc(cx, &section.body))
        .amends(concern)
        .under(format!("section:{}", section.slug), Some(concern))
}

/// Of the short answer.
pub fn answer(cx: &Cx<'_>, section: &Section) -> PrintView {
    Telling::new(cx).text(&doc(cx, &section.body)).under("answer".to_owned(), None)
}

/// Of a term's definition, with what was corrected about the term.
pub fn term(cx: &Cx<'_>, term: &Term) -> PrintView {
    let concern = Concern::Term(&term.head.id);
    Telling::new(cx)
        .text(&term.name)
        .prose(term.definition.as_ref())
        .provenance(&term.provenance, &term.provenance.sources)
        .amends(concern)
        .under(format!("term:{}", term.head.id), Some(concern))
}

/// Of what a term says in an edition.
pub fn state(cx: &Cx<'_>, term: &Term, edition: &Edition, state: Option<&State>) -> PrintView {
    let key = format!("state:{}:{}", term.head.id, edition.head.id);
    let concern = Concern::Term(&term.head.id);
    match state.and_then(|state| Some((state, state.value.as_ref()?))) {
        _ if !cx.tells => PrintView::default(),
        None => PrintView { told: format!("{key} -"), corrected: amends::corrected(cx, concern) },
        Some((state, value)) => Telling::new(cx)
            .prose(Some(value))
            .text(state.standing.as_deref().unwrap_or_default())
            .provenance(&state.provenance, &state.provenance.sources)
            .under(key, Some(concern)),
    }
}

/// Of an event.
pub fn event(cx: &Cx<'_>, event: &Event) -> PrintView {
    let concern = Concern::Event(&event.head.id);
    Telling::new(cx)
        .text(&event.date.to_edtf())
        .text(&event.title)
        .prose(event.body.as_ref())
        .provenance(&event.provenance, &event.provenance.sources)
        .amends(concern)
        .under(format!("event:{}", event.head.id), Some(concern))
}

/// Of an edition.
pub fn edition(cx: &Cx<'_>, edition: &Edition) -> PrintView {
    Telling::new(cx)
        .text(&edition.label)
        .text(&edition.date.to_edtf())
        .provenance(&edition.provenance, &edition.provenance.sources)
        .under(format!("edition:{}", edition.head.id), None)
}

/// Of a fact.
pub fn fact(cx: &Cx<'_>, fact: &Fact) -> PrintView {
    Telling::new(cx)
        .text(&fact.value)
        .text(fact.label.as_deref().unwrap_or_default())
        .provenance(&fact.provenance, &fact.provenance.sources)
        .under(format!("fact:{}", fact.head.id), None)
}

/// Of a cell of a free table. `provenance` is the cell's, or where it names no sources its row's.
pub fn cell(cx: &Cx<'_>, table: &Comparison, row: &Row, column: &str, provenance: &Provenance) -> PrintView {
    let key = format!("cell:{}:{}:{column}", table.head.id, row.id);
    match row.cells.get(column).and_then(|cell| cell.value.as_ref()) {
        _ if !cx.tells => PrintView::default(),
        None => PrintView { told: format!("{key} -"), corrected: None },
        Some(value) => Telling::new(cx).prose(Some(value)).provenance(provenance, &provenance.sources).under(key, None),
    }
}

/// The text of a section with its footnotes, and after it what it cites and which pictures it shows.
fn doc(cx: &Cx<'_>, doc: &Doc) -> String {
    if !cx.tells {
        return String::new();
    }
    let raw_html = cx.site.settings.raw_html;
    let show = |reference: &Reference| cx.reference_shown(reference);
    let mut out = doc.plain_text(raw_html, show);
    for note in &doc.footnotes {
        let _ = write!(out, "\n{}", plain_text(&doc.written, &note.parts, raw_html, show));
    }
    for part in doc.notable_parts() {
        match part {
            Part::Citation(citation) => {
                for item in &citation.items {
                    let _ = write!(out, "\n@{} {}", item.id, item.locator.as_deref().unwrap_or_default());
                }
            }
            Part::Image(image) if image.block => {
                let _ = write!(out, "\n{} {} {}", image.src, image.alt, image.title);
            }
            _ => {}
        }
    }
    out
}
