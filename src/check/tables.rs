//! Records by id, folder by folder: what an explainer sees is its own table and those of the folders above.
//!
//! `Explainer::data` holds only what the explainer shows; a name may also be that of a record that is inherited and not
//! shown, so names are looked up here.

use std::collections::HashMap;

use crate::model::*;

/// The tables of every explainer of the site.
pub struct Tables<'a>(Vec<Table<'a>>);

/// The records that one folder defines, by id.
struct Table<'a> {
    parent: Option<usize>,
    own: &'a Records,
    editions: HashMap<&'a str, &'a Edition>,
    terms: HashMap<&'a str, &'a Term>,
    parties: HashMap<&'a str, &'a Party>,
    events: HashMap<&'a str, &'a Event>,
    sources: HashMap<&'a str, &'a Source>,
    facts: HashMap<&'a str, &'a Fact>,
    comparisons: HashMap<&'a str, &'a Comparison>,
}

/// What one explainer sees.
#[derive(Clone, Copy)]
pub struct View<'a> {
    tables: &'a Tables<'a>,
    at: usize,
}

impl<'a> Tables<'a> {
    /// Sorts the records of every folder by id.
    pub fn new(site: &'a Site) -> Self {
        Self(site.explainers.iter().map(|explainer| Table::new(explainer)).collect())
    }

    /// What the explainer with this index sees.
    pub fn view(&'a self, at: usize) -> View<'a> {
        View { tables: self, at }
    }
}

impl<'a> Table<'a> {
    /// Of two records with one id the first is kept, as resolving keeps it.
    fn new(explainer: &'a Explainer) -> Self {
        let own = &*explainer.own;
        Self {
            parent: explainer.parent,
            own,
            editions: own.editions.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
            terms: own.terms.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
            parties: own.parties.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
            events: own.events.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
            sources: own.sources.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
            facts: own.facts.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
            comparisons: own.comparisons.iter().rev().map(|r| (&*r.head.id, &**r)).collect(),
        }
    }
}

impl<'a> View<'a> {
    /// The tables from the explainer's own upward.
    fn tables(self) -> impl Iterator<Item = &'a Table<'a>> {
        // A parent stands before its children, so that this ends even if the model were wrong.
        let above = |(at, table): &(usize, &'a Table<'a>)| {
            let parent = table.parent.filter(|parent| parent < at)?;
            Some((parent, self.tables.0.get(parent)?))
        };
        let first = self.tables.0.get(self.at).map(|table| (self.at, table));
        std::iter::successors(first, above).map(|(_, table)| table)
    }

    /// The records that can be seen, nearest first; of two with one id both.
    pub fn records(self) -> impl Iterator<Item = &'a Records> {
        self.tables().map(|table| table.own)
    }

    /// The edition `id`.
    pub fn edition(self, id: &str) -> Option<&'a Edition> {
        self.tables().find_map(|table| table.editions.get(id).copied())
    }

    /// The term `id`.
    pub fn term(self, id: &str) -> Option<&'a Term> {
        self.tables().find_map(|table| table.terms.get(id).copied())
    }

    /// The party `id`.
    pub fn party(self, id: &str) -> Option<&'a Party> {
        self.tables().find_map(|table| table.parties.get(id).copied())
    }

    /// The event `id`.
    pub fn event(self, id: &str) -> Option<&'a Event> {
        self.tables().find_map(|table| table.events.get(id).copied())
    }

    /// The source `id`.
    pub fn source(self, id: &str) -> Option<&'a Source> {
        self.tables().find_map(|table| table.sources.get(id).copied())
    }

    /// The fact `id`.
    pub fn fact(self, id: &str) -> Option<&'a Fact> {
        self.tables().find_map(|table| table.facts.get(id).copied())
    }

    /// The comparison `id`.
    pub fn comparison(self, id: &str) -> Option<&'a Comparison> {
        self.tables().find_map(|table| table.comparisons.get(id).copied())
    }

    /// Every term that can be seen.
    pub fn terms(self) -> impl Iterator<Item = &'a Term> {
        self.records().flat_map(|records| &records.terms).map(|term| &**term)
    }
}
