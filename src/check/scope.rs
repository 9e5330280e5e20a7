//! What a rule sees of one explainer: its texts and its own records.

use std::collections::HashSet;

use crate::base::text::Patience;
use crate::base::{SourcePath, Span};
use crate::model::doc::{At, Doc};
use crate::model::*;

use super::CheckInput;
use super::tables::View;

/// One explainer, with what belongs to it alone.
pub struct Scope<'a> {
    /// The whole.
    pub input: &'a CheckInput<'a>,
    /// The explainer.
    pub explainer: &'a Explainer,
    /// Its texts and those of the records defined in its folder.
    pub passages: Vec<Passage<'a>>,
    /// The slugs of its sections.
    pub slugs: HashSet<&'a str>,
    /// The records that it may name.
    pub see: View<'a>,
    /// Asked before it is worked out what may be meant.
    pub patience: Patience,
}

/// A parsed text and where it stands.
pub struct Passage<'a> {
    /// The text, parsed.
    pub doc: &'a Doc,
    /// The text, as written.
    pub text: &'a str,
    /// What it is part of.
    pub home: Home<'a>,
}

/// What a text is part of.
#[derive(Clone, Copy)]
pub enum Home<'a> {
    /// The body of a section (or the short answer, whose slug is empty).
    Section(&'a Section),
    /// Markdown in front matter or in a data file.
    Prose(&'a Prose),
    /// The note of a fact, which may well repeat the fact's value.
    FactNote(&'a Prose),
}

impl<'a> Scope<'a> {
    /// Gathers the texts of an explainer.
    pub fn new(input: &'a CheckInput<'a>, explainer: &'a Explainer, see: View<'a>) -> Self {
        let slugs = explainer.sections.iter().map(|section| &*section.slug).collect();
        Self { input, explainer, passages: passages(explainer), slugs, see, patience: Patience::default() }
    }

    /// The records that its folder defines.
    pub fn own(&self) -> &'a Records {
        &self.explainer.own
    }

    /// Its language.
    pub fn language(&self) -> &'a str {
        self.explainer.language().unwrap_or(&self.input.site.settings.language)
    }

    /// The sections with a body, the short answer first.
    pub fn sections(&self) -> impl Iterator<Item = &'a Section> {
        sections(self.explainer)
    }
}

impl Passage<'_> {
    /// The place in the file of a part of the text.
    pub fn locate(&self, at: At) -> Span {
        match self.home {
            Home::Section(section) => section.locate(at),
            Home::Prose(prose) | Home::FactNote(prose) => prose.source.locate(at.range()),
        }
    }

    /// The place of `needle` within a part of the text if it stands there as it is, else of the whole part.
    pub fn locate_in(&self, at: At, needle: &str) -> Span {
        let start = at.range().start;
        let found = self.text.get(at.range()).filter(|_| !needle.is_empty()).and_then(|part| part.rfind(needle));
        match found {
            Some(offset) => self.locate(At::new(start + offset..start + offset + needle.len())),
            None => self.locate(at),
        }
    }

    /// The file it stands in.
    pub fn file(&self) -> &SourcePath {
        match self.home {
            Home::Section(section) => &section.file,
            Home::Prose(prose) | Home::FactNote(prose) => &prose.source.span.file,
        }
    }
}

/// The short answer and the sections of an explainer.
pub fn sections(explainer: &Explainer) -> impl Iterator<Item = &Section> {
    let index = explainer.index.iter().map(|index| &*index.body);
    index.chain(explainer.sections.iter().map(|section| &**section))
}

/// Every text of an explainer: its sections with what is said of their charts, its standfirsts and the Markdown of the
/// records its folder defines.
pub fn passages(explainer: &Explainer) -> Vec<Passage<'_>> {
    let mut out = Vec::new();
    for section in sections(explainer) {
        out.push(Passage { doc: &section.body, text: &section.source, home: Home::Section(section) });
    }
    let standfirsts = explainer.index.iter().filter_map(|index| index.meta.standfirst.as_ref());
    let standfirsts = standfirsts.chain(sections(explainer).filter_map(|section| section.standfirst.as_ref()));
    let prose = standfirsts.chain(explainer.own.prose());
    out.extend(prose.map(|prose| Passage { doc: &prose.doc, text: &prose.source, home: Home::Prose(prose) }));
    let charts = sections(explainer).flat_map(|section| section.charts());
    let prose = charts.flat_map(|(_, chart)| chart.caption.iter().chain(&chart.provenance.note));
    out.extend(prose.map(|prose| Passage { doc: &prose.doc, text: &prose.source, home: Home::Prose(prose) }));
    let notes = explainer.own.facts.iter().filter_map(|fact| fact.provenance.note.as_ref());
    out.extend(notes.map(|note| Passage { doc: &note.doc, text: &note.source, home: Home::FactNote(note) }));
    out
}

/// Every mention of a source in the data (not in Markdown).
pub fn source_refs(records: &Records) -> Vec<&SourceRef> {
    let mut out: Vec<&SourceRef> = Vec::new();
    out.extend(records.editions.iter().flat_map(|r| &r.provenance.sources));
    for term in &records.terms {
        out.extend(&term.provenance.sources);
        for state in &term.states {
            out.extend(&state.provenance.sources);
            out.extend(state.effects.iter().flat_map(|effect| &effect.provenance.sources));
        }
    }
    out.extend(records.parties.iter().flat_map(|r| &r.provenance.sources));
    out.extend(records.events.iter().flat_map(|r| &r.provenance.sources));
    out.extend(records.eras.iter().flat_map(|r| &r.provenance.sources));
    out.extend(records.facts.iter().flat_map(|r| &r.provenance.sources));
    for comparison in &records.comparisons {
        out.extend(&comparison.provenance.sources);
        for row in &comparison.rows {
            out.extend(&row.sources);
            out.extend(row.cells.values().flat_map(|cell| &cell.provenance.sources));
        }
    }
    out
}

/// Every mention of a party in the data.
pub fn party_refs(records: &Records) -> Vec<&Ref> {
    let effects = records.terms.iter().flat_map(|term| &term.states).flat_map(|state| &state.effects);
    effects.map(|effect| &effect.party).chain(records.events.iter().flat_map(|event| &event.parties)).collect()
}
