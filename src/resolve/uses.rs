//! What an explainer uses: which records its text and blocks show, where, and in which order sources come up.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use crate::model::date::Day;
use crate::model::doc::{Part, ReferenceKind};
use crate::model::names::Names;
use crate::model::walk::{self, Visitor};
use crate::model::*;

/// Ids of the records that an explainer uses, by kind.
#[derive(Clone, Debug, Default)]
pub struct Used {
    pub editions: BTreeSet<Id>,
    pub terms: BTreeSet<Id>,
    pub parties: BTreeSet<Id>,
    pub events: BTreeSet<Id>,
    pub eras: BTreeSet<Id>,
    pub sources: BTreeSet<Id>,
    pub facts: BTreeSet<Id>,
    pub comparisons: BTreeSet<Id>,
}

/// What `find` finds.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The records.
    pub used: Used,
    /// Where they are used.
    pub uses: Uses,
    /// Sources in order of first use in the text.
    order: IndexSet<Id>,
}

/// Blocks that show more than this, in one explainer, make pages that are too long by far (the rule long-page), and looking
/// at them all might take hours.
const MOST_SHOWN: usize = 5_000_000;
/// Facts within the notes of facts are looked at in turn from this depth on, not within each other.
const DEEP: usize = 100;

/// A record that is shown, and was not looked at for what it brings with it.
enum Fresh {
    Event(Id),
    Term(Id),
    Comparison(Id),
    Edition(Id),
}

/// Walks the text in reading order.
pub fn find(
    intro: Option<&Arc<Section>>,
    sections: &[Arc<Section>],
    key_facts: &[Ref],
    own: &Records,
    data: &Data,
    names: &Names,
    today: Day,
) -> Found {
    let mut finder = Finder::new(data, Found::default());
    if let Some(intro) = intro {
        finder.section(intro, names, today);
    }
    for fact in key_facts {
        finder.fact(&fact.text);
    }
    for section in sections {
        finder.section(section, names, today);
    }
    if intro.is_some() || !sections.is_empty() {
        finder.own(own);
    }
    finder.close();
    let mut found = finder.found;
    found.uses.term_sections = IndexMapH(finder.sections_of_term);
    found.uses.source_sections = IndexMapH(finder.sections_of_source);
    let mut events: IndexMap<Id, Vec<Id>> = IndexMap::new();
    for event in data.events.values() {
        for term in &event.terms {
            events.entry(term.text.clone()).or_default().push(event.head.id.clone());
        }
    }
    found.uses.term_events = IndexMapH(events);
    found
}

/// Numbers for the sources: in order of first use in the text, then those that only the other pages show.
pub fn numbers(found: &Found, data: &Data) -> IndexMapH<Id, u32> {
    let mut finder = Finder::new(data, Found { order: found.order.clone(), ..Found::default() });
    for term in data.terms.values() {
        walk::definition(term, &mut finder);
        for state in &term.states {
            walk::state(state, &mut finder);
            for effect in &state.effects {
                finder.provenance(&effect.provenance);
            }
        }
    }
    for event in data.events.values() {
        walk::event(event, &mut finder);
    }
    for edition in data.editions.values() {
        finder.provenance(&edition.provenance);
    }
    for era in data.eras.values() {
        finder.provenance(&era.provenance);
    }
    for table in data.comparisons.values() {
        walk::comparison(table, &mut finder);
    }
    for party in data.parties.values() {
        finder.provenance(&party.provenance);
    }
    for fact in data.facts.values() {
        finder.provenance(&fact.provenance);
    }
    for change in data.changes.values() {
        finder.prose(&change.note);
    }
    let known = finder.found.order.iter().filter(|id| data.sources.contains_key(*id));
    IndexMapH(known.zip(1..).map(|(id, number)| (id.clone(), number)).collect())
}

struct Finder<'a> {
    data: &'a Data,
    section: &'a str,
    found: Found,
    sections_of_term: IndexMap<Id, Vec<Arc<str>>>,
    sections_of_source: IndexMap<Id, Vec<Arc<str>>>,
    /// The facts met in this section: the note of a fact may name it again.
    facts_met: BTreeSet<Id>,
    /// The records that were first met since the last look.
    fresh: Vec<Fresh>,
    /// True within a block.
    in_block: bool,
    /// How many statements and parts of texts the blocks have shown.
    shown: usize,
    /// How many facts, each in the note of the one before, are being looked at.
    depth: usize,
    /// Facts that are looked at once those are done.
    deeper: Vec<Id>,
}

fn note(map: &mut IndexMap<Id, Vec<Arc<str>>>, id: &Id, section: &str) {
    let sections = map.entry(id.clone()).or_default();
    if !sections.iter().any(|s| **s == *section) {
        sections.push(section.into());
    }
}

impl<'a> Finder<'a> {
    fn new(data: &'a Data, found: Found) -> Self {
        Self {
            data,
            section: "",
            found,
            sections_of_term: IndexMap::new(),
            sections_of_source: IndexMap::new(),
            facts_met: BTreeSet::new(),
            fresh: Vec::new(),
            in_block: false,
            shown: 0,
            depth: 0,
            deeper: Vec::new(),
        }
    }

    fn section(&mut self, section: &'a Section, names: &Names, today: Day) {
        self.section = &section.slug;
        self.facts_met.clear();
        if let Some(standfirst) = &section.standfirst {
            self.prose(standfirst);
        }
        let mut blocks = section.blocks.iter();
        // Where no term links by itself, what is only text says nothing here.
        let parts: Box<dyn Iterator<Item = &Part>> = match names.names.is_empty() {
            true => Box::new(section.body.notable_parts()),
            false => Box::new(section.body.all_parts()),
        };
        for part in parts {
            if let Part::Block(_) = part {
                if let Some(Some(block)) = blocks.next()
                    && self.shown < MOST_SHOWN
                {
                    self.in_block = true;
                    walk::block_sources(self.data, block, today, self);
                    self.in_block = false;
                }
            } else {
                self.part(part);
            }
            if let Part::Text(text, _) = part {
                for (_, id) in names.find(text.of(&section.body.written)) {
                    note(&mut self.sections_of_term, &id, self.section);
                    self.term(&id);
                }
            }
        }
        // What was wrong or unclear in a section is told at its end.
        for change in self.data.changes.values() {
            let here = change.section.as_ref().is_some_and(|slug| *slug.text == *section.slug);
            if here && change.kind.stands_where_it_applies() {
                self.prose(&change.note);
            }
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Reference(reference) => match reference.kind {
                ReferenceKind::Term => {
                    if self.data.terms.contains_key(&reference.id) {
                        note(&mut self.sections_of_term, &reference.id, self.section);
                    }
                    self.term(&reference.id);
                }
                ReferenceKind::Fact => self.fact(&reference.id),
                ReferenceKind::Event => self.event(&reference.id),
                ReferenceKind::Comparison => self.comparison(&reference.id),
                ReferenceKind::Section | ReferenceKind::Unknown => {}
            },
            Part::Citation(citation) => {
                for item in &citation.items {
                    self.source(&item.id);
                }
            }
            _ => {}
        }
    }

    fn fact(&mut self, id: &str) {
        let data = self.data;
        let Some((id, fact)) = data.facts.get_key_value(id) else { return };
        self.found.used.facts.insert(id.clone());
        if !self.facts_met.insert(id.clone()) {
            return;
        }
        // The note of a fact may name facts, and theirs others.
        if self.depth == DEEP {
            self.deeper.push(id.clone());
            return;
        }
        self.depth += 1;
        self.provenance(&fact.provenance);
        self.depth -= 1;
        while let Some(id) = if self.depth == 0 { self.deeper.pop() } else { None } {
            if let Some(fact) = data.facts.get(&id) {
                self.depth = 1;
                self.provenance(&fact.provenance);
                self.depth = 0;
            }
        }
    }

    fn source(&mut self, id: &str) {
        let Some((id, _)) = self.data.sources.get_key_value(id) else { return };
        note(&mut self.sections_of_source, id, self.section);
        self.found.used.sources.insert(id.clone());
        self.found.order.insert(id.clone());
    }

    /// Pages of an explainer show all that its own folder says of these kinds, whether or not its text does.
    fn own(&mut self, own: &Records) {
        let used = &mut self.found.used;
        used.events.extend(own.events.iter().map(|event| event.head.id.clone()));
        used.editions.extend(own.editions.iter().map(|edition| edition.head.id.clone()));
        used.comparisons.extend(own.comparisons.iter().map(|table| table.head.id.clone()));
        // Not in the text, so not where it is used there either.
        let sources = std::mem::take(&mut self.sections_of_source);
        let order = std::mem::take(&mut self.found.order);
        for era in &own.eras {
            self.provenance(&era.provenance);
        }
        for change in &own.changes {
            self.prose(&change.note);
        }
        self.sections_of_source = sources;
        self.found.order = order;
    }

    /// What is shown brings more with it: a term its states and their parties, an event its terms.
    fn close(&mut self) {
        self.section = "";
        self.facts_met.clear();
        let sources = std::mem::take(&mut self.sections_of_source);
        let order = std::mem::take(&mut self.found.order);
        let used = &self.found.used;
        self.fresh = (used.events.iter().cloned().map(Fresh::Event))
            .chain(used.terms.iter().cloned().map(Fresh::Term))
            .chain(used.comparisons.iter().cloned().map(Fresh::Comparison))
            .chain(used.editions.iter().cloned().map(Fresh::Edition))
            .collect();
        while let Some(fresh) = self.fresh.pop() {
            self.bring(fresh);
        }
        self.sections_of_source = sources;
        self.found.order = order;
    }

    /// What one record that is shown brings with it.
    fn bring(&mut self, fresh: Fresh) {
        let data = self.data;
        match fresh {
            Fresh::Event(id) => {
                let Some(event) = data.events.get(&id) else { return };
                walk::event(event, self);
                event.terms.iter().for_each(|term| self.term(&term.text));
            }
            Fresh::Term(id) => {
                let Some(term) = data.terms.get(&id) else { return };
                walk::definition(term, self);
                for state in &term.states {
                    walk::state(state, self);
                    for effect in &state.effects {
                        self.party(&effect.party.text);
                        self.provenance(&effect.provenance);
                    }
                }
            }
            Fresh::Comparison(id) => {
                if let Some(table) = data.comparisons.get(&id) {
                    walk::comparison(table, self);
                }
            }
            Fresh::Edition(id) => {
                if let Some(edition) = data.editions.get(&id) {
                    self.provenance(&edition.provenance);
                }
            }
        }
    }
}

impl Visitor for Finder<'_> {
    fn provenance(&mut self, provenance: &Provenance) {
        self.shown += usize::from(self.in_block);
        self.sources(&provenance.sources);
        if let Some(note) = &provenance.note {
            self.prose(note);
        }
    }

    fn sources(&mut self, sources: &[SourceRef]) {
        for source in sources {
            self.source(&source.id.text);
        }
    }

    fn prose(&mut self, prose: &Prose) {
        self.shown += if self.in_block { prose.doc.parts.len() } else { 0 };
        for part in prose.doc.notable_parts() {
            self.part(part);
        }
    }

    fn term(&mut self, id: &Id) {
        if let Some((id, _)) = self.data.terms.get_key_value(id)
            && self.found.used.terms.insert(id.clone())
        {
            self.fresh.push(Fresh::Term(id.clone()));
        }
    }

    fn party(&mut self, id: &str) {
        if let Some((id, _)) = self.data.parties.get_key_value(id) {
            self.found.used.parties.insert(id.clone());
        }
    }

    fn event(&mut self, id: &Id) {
        if let Some((id, _)) = self.data.events.get_key_value(id)
            && self.found.used.events.insert(id.clone())
        {
            self.fresh.push(Fresh::Event(id.clone()));
        }
    }

    fn era(&mut self, id: &Id) {
        self.found.used.eras.insert(id.clone());
    }

    fn edition(&mut self, id: &str) {
        if let Some((id, _)) = self.data.editions.get_key_value(id)
            && self.found.used.editions.insert(id.clone())
        {
            self.fresh.push(Fresh::Edition(id.clone()));
        }
    }

    fn comparison(&mut self, id: &Id) {
        if let Some((id, _)) = self.data.comparisons.get_key_value(id)
            && self.found.used.comparisons.insert(id.clone())
        {
            self.fresh.push(Fresh::Comparison(id.clone()));
        }
    }
}
