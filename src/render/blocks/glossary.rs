//! The glossary: every term with its history and where it is used.

use crate::model::{Edition, Term, walk};
use crate::render::blocks::amends::{self, AmendView, Concern};
use crate::render::blocks::effects::{self, EffectView};
use crate::render::blocks::mark::{self, Baseline, ChangeMark};
use crate::render::blocks::print::{self, PrintView};
use crate::render::blocks::terms::{self, TermView};
use crate::render::blocks::{NameLink, Place, by_group, stated};
use crate::render::cx::{Cx, DateView, Html, ProvenanceView};

/// The glossary.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct GlossaryView {
    /// The entries in groups.
    pub groups: Vec<GlossaryGroup>,
    /// The number of terms.
    pub count: usize,
    /// The level of the groups' headings; terms stand one below.
    pub level: u8,
    /// The level of the terms' headings.
    pub term_level: u8,
}

/// Entries under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct GlossaryGroup {
    /// The heading.
    pub name: Option<String>,
    /// The entries.
    pub entries: Vec<EntryView>,
}

/// A term with its whole history.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct EntryView {
    /// Definition and state now.
    pub term: TermView,
    /// Other names.
    pub aliases: Vec<String>,
    /// Note and sources of the definition.
    pub provenance: ProvenanceView,
    /// Its states, oldest first.
    pub history: Vec<HistoryView>,
    /// What its state now does to parties.
    pub effects: Vec<EffectView>,
    /// Sections that use it.
    pub sections: Vec<NameLink>,
    /// Events that name it.
    pub events: Vec<NameLink>,
    /// What was corrected or made clearer about it.
    pub amends: Vec<AmendView>,
    /// The fingerprint of what its definition tells.
    pub print: PrintView,
}

/// A state of a term in its history.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct HistoryView {
    /// The edition.
    pub edition: NameLink,
    /// When it took effect.
    pub date: DateView,
    /// True if that is after the build.
    pub future: bool,
    /// True for the state in force.
    pub current: bool,
    /// The value; nothing if it is not public.
    pub value_html: Option<Html>,
    /// A short word for it.
    pub standing: Option<String>,
    /// Status, date, note, sources.
    pub provenance: ProvenanceView,
    /// What changed against the state before.
    pub change: Option<ChangeMark>,
    /// The fingerprint of what it tells.
    pub print: PrintView,
}

/// The view of the glossary: every term that the explainer sees.
pub fn view(cx: &Cx<'_>, place: &Place) -> GlossaryView {
    let terms = &cx.explainer.data.terms;
    let grouped =
        by_group(terms.values().map(|term| (term.group.as_ref().map(|g| g.to_string()), entry(cx, term, place))));
    let only_unnamed = grouped.iter().all(|(name, _)| name.is_none());
    GlossaryView {
        groups: grouped.into_iter().map(|(name, entries)| GlossaryGroup { name, entries }).collect(),
        count: terms.len(),
        level: place.level,
        term_level: if only_unnamed { place.level } else { place.level + 1 },
    }
}

/// One term.
fn entry(cx: &Cx<'_>, term: &Term, place: &Place) -> EntryView {
    let uses = &cx.explainer.uses;
    let data = &cx.explainer.data;
    let current = walk::current_edition(data, cx.today).and_then(|e| stated(term, &e.head.id));
    EntryView {
        term: terms::defined(cx, term, place.anchor(cx, "definition", &term.head.id)),
        aliases: term.aliases.iter().map(|a| a.to_string()).collect(),
        provenance: cx.provenance(&term.provenance),
        history: history(cx, term),
        effects: current.map(|state| effects::of_state(cx, state)).unwrap_or_default(),
        sections: uses
            .term_sections
            .get(&term.head.id)
            .into_iter()
            .flatten()
            .filter_map(|slug| cx.use_link(slug))
            .collect(),
        events: uses
            .term_events
            .get(&term.head.id)
            .into_iter()
            .flatten()
            .filter_map(|id| data.events.get(id).map(|e| cx.event_link(e)))
            .collect(),
        amends: amends::view(cx, Concern::Term(&term.head.id), false),
        print: print::term(cx, term),
    }
}

/// The states of a term: every edition from the first with a public state on, so that a gap is seen as one.
fn history(cx: &Cx<'_>, term: &Term) -> Vec<HistoryView> {
    let editions: Vec<&Edition> = cx.explainer.data.editions.values().map(|e| &**e).collect();
    let in_force = walk::current_edition(&cx.explainer.data, cx.today).map(|e| &e.head.id);
    let first = editions.iter().position(|e| stated(term, &e.head.id).is_some()).unwrap_or(editions.len());
    let mut before: Option<Baseline<'_>> = None;
    let mut neighbour: Option<&Edition> = None;
    let mut out = Vec::new();
    for edition in editions.into_iter().skip(first) {
        let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
        let now = state.filter(|s| s.value.is_some());
        let change = neighbour.filter(|_| now.is_some()).and_then(|neighbour| {
            let change = mark::compare(cx, before.map(|b| b.state), now)?;
            Some(mark::mark(cx, change, neighbour, before, now))
        });
        let (value_html, provenance) = match now {
            Some(s) => cx.stated(s.value.as_ref(), &s.provenance),
            None => (None, state.map(|s| cx.provenance(&s.provenance)).unwrap_or_default()),
        };
        out.push(HistoryView {
            edition: cx.edition_link(edition),
            date: cx.date(&edition.date),
            future: edition.date.is_future(cx.today),
            current: in_force == Some(&edition.head.id),
            value_html,
            standing: now.and_then(|s| s.standing.as_ref()).map(|s| s.to_string()),
            provenance,
            change,
            print: print::state(cx, term, edition, state),
        });
        neighbour = Some(edition);
        if let Some(state) = now {
            before = Some(Baseline { edition, state });
        }
    }
    out
}
