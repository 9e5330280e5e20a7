//! Which records a block shows, and in which order: asked both when sources are numbered and when the block is drawn.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::date::Day;
use super::*;
use crate::base::Text;

/// The events that a `{timeline}` shows, oldest first.
pub fn selected_events<'a>(data: &'a Data, options: &TimelineOptions) -> Vec<&'a Arc<Event>> {
    let within = |date: &Date| {
        let after = match (&options.from, date.latest()) {
            (Some(from), Some(latest)) => from.earliest().is_none_or(|from| latest >= from),
            _ => true,
        };
        let before = match (&options.to, date.earliest()) {
            (Some(to), Some(earliest)) => to.latest().is_none_or(|to| earliest <= to),
            _ => true,
        };
        after && before
    };
    let events: HashSet<&str> = options.events.iter().map(|id| &*id.text).collect();
    let wanted = |event: &&Arc<Event>| {
        (events.is_empty() || events.contains(&*event.head.id))
            && event.head.in_one_of(event.group.as_ref(), &options.groups)
            && (options.importance.is_empty() || options.importance.contains(&event.importance))
            && within(&event.date)
    };
    data.events.values().filter(wanted).collect()
}

/// The terms that a block with these filters shows, in the order written.
pub fn selected_terms<'a>(data: &'a Data, terms: &[Ref], groups: &[Text]) -> Vec<&'a Arc<Term>> {
    let terms: HashSet<&str> = terms.iter().map(|id| &*id.text).collect();
    let wanted = |term: &&Arc<Term>| {
        (terms.is_empty() || terms.contains(&*term.head.id)) && term.head.in_one_of(term.group.as_ref(), groups)
    };
    data.terms.values().filter(wanted).collect()
}

/// The editions that a term sheet shows, oldest first.
pub fn selected_editions<'a>(data: &'a Data, options: &TermSheetOptions) -> Vec<&'a Arc<Edition>> {
    let wanted: HashSet<&str> = options.editions.iter().map(|edition| &*edition.text).collect();
    data.editions.values().filter(|edition| wanted.is_empty() || wanted.contains(&*edition.head.id)).collect()
}

/// The edition that is in force on `today`: the latest that is not in the future, else the first.
pub fn current_edition(data: &Data, today: Day) -> Option<&Arc<Edition>> {
    let in_force = data.editions.values().rev().find(|e| !e.date.is_future(today));
    in_force.or_else(|| data.editions.values().next())
}

/// What a walk over a block's records meets, in the order in which the block shows them.
pub trait Visitor {
    /// A statement with its sources.
    fn provenance(&mut self, provenance: &Provenance);
    /// Sources without a status.
    fn sources(&mut self, sources: &[SourceRef]);
    /// Markdown of a record.
    fn prose(&mut self, prose: &Prose);
    /// A term that is shown.
    fn term(&mut self, id: &Id);
    /// A party that is shown.
    fn party(&mut self, id: &str);
    /// An event that is shown.
    fn event(&mut self, id: &Id);
    /// An era that is shown.
    fn era(&mut self, id: &Id);
    /// An edition that is shown.
    fn edition(&mut self, id: &str);
    /// A comparison that is shown.
    fn comparison(&mut self, id: &Id);
}

/// Walks the records that `block` shows.
pub fn block_sources(data: &Data, block: &Block, today: Day, visitor: &mut dyn Visitor) {
    match block {
        Block::Timeline(options) => timeline(data, options, visitor),
        Block::Terms(options) => {
            for term in selected_terms(data, &options.terms, &options.groups) {
                definition(term, visitor);
            }
        }
        Block::Comparison(id, _) => {
            if let Some(table) = data.comparisons.get(&*id.text) {
                comparison(table, visitor);
            }
        }
        Block::TermSheet(options) => {
            let editions = selected_editions(data, options);
            for edition in &editions {
                visitor.edition(&edition.head.id);
                visitor.provenance(&edition.provenance);
            }
            let places: HashMap<&str, usize> =
                editions.iter().enumerate().map(|(at, edition)| (&*edition.head.id, at)).collect();
            for term in selected_terms(data, &options.terms, &options.groups) {
                visitor.term(&term.head.id);
                let place = |state: &&State| places.get(&*state.edition.text).copied();
                let mut shown: Vec<&State> = term.states.iter().filter(|state| place(state).is_some()).collect();
                // Of two states for one edition the first is shown.
                shown.sort_by_key(place);
                shown.dedup_by_key(|state| place(state));
                shown.into_iter().for_each(|shown| state(shown, visitor));
            }
        }
        Block::Effects(options) => {
            let edition = match &options.edition {
                Some(id) => data.editions.get(&*id.text),
                None => current_edition(data, today),
            };
            let Some(edition) = edition else { return };
            visitor.edition(&edition.head.id);
            for term in selected_terms(data, &options.terms, &[]) {
                for s in term.states.iter().filter(|s| *s.edition.text == *edition.head.id) {
                    let wanted = |e: &&Effect| {
                        options.parties.is_empty() || options.parties.iter().any(|p| p.text == e.party.text)
                    };
                    for effect in s.effects.iter().filter(wanted) {
                        visitor.term(&term.head.id);
                        visitor.party(&effect.party.text);
                        visitor.provenance(&effect.provenance);
                    }
                }
            }
        }
        Block::Chart(chart) => {
            if let Some(caption) = &chart.caption {
                visitor.prose(caption);
            }
            visitor.provenance(&chart.provenance);
        }
        Block::Changes(_) | Block::Sources(_) | Block::Component(..) => {}
    }
}

fn timeline(data: &Data, options: &TimelineOptions, visitor: &mut dyn Visitor) {
    for e in selected_events(data, options) {
        event(e, visitor);
    }
    if !options.no_eras {
        for era in data.eras.values() {
            visitor.era(&era.head.id);
            visitor.provenance(&era.provenance);
        }
    }
    for edition in data.editions.values() {
        visitor.edition(&edition.head.id);
        visitor.provenance(&edition.provenance);
    }
}

/// Walks one event.
pub fn event(event: &Event, visitor: &mut dyn Visitor) {
    visitor.event(&event.head.id);
    if let Some(body) = &event.body {
        visitor.prose(body);
    }
    visitor.provenance(&event.provenance);
    for party in &event.parties {
        visitor.party(&party.text);
    }
    if let Some(edition) = &event.edition {
        visitor.edition(&edition.text);
    }
}

/// Walks a term's definition.
pub fn definition(term: &Term, visitor: &mut dyn Visitor) {
    visitor.term(&term.head.id);
    if let Some(definition) = &term.definition {
        visitor.prose(definition);
    }
    visitor.provenance(&term.provenance);
}

/// Walks one state of a term, without its effects.
pub fn state(state: &State, visitor: &mut dyn Visitor) {
    visitor.edition(&state.edition.text);
    if let Some(value) = &state.value {
        visitor.prose(value);
    }
    visitor.provenance(&state.provenance);
}

/// Walks a comparison.
pub fn comparison(table: &Comparison, visitor: &mut dyn Visitor) {
    visitor.comparison(&table.head.id);
    if let Some(caption) = &table.caption {
        visitor.prose(caption);
    }
    visitor.provenance(&table.provenance);
    for column in &table.columns {
        if let Some(note) = &column.note {
            visitor.prose(note);
        }
    }
    for row in &table.rows {
        if let Some(note) = &row.note {
            visitor.prose(note);
        }
        for cell in table.columns.iter().filter_map(|c| row.cells.get(&c.id)) {
            if let Some(value) = &cell.value {
                visitor.prose(value);
            }
            visitor.provenance(&cell.provenance);
            if cell.provenance.sources.is_empty() {
                visitor.sources(&row.sources);
            }
        }
    }
}
