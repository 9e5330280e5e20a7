//! A term where it is used: its popover, and the short list of terms in running text.

use crate::model::{Edition, Term, TermsOptions, walk};
use crate::render::blocks::mark::{self, Change};
use crate::render::blocks::strip::{self, RunView};
use crate::render::blocks::{NameLink, Place, StateView, by_group, state_view, stated};
use crate::render::cx::{Arg, Cx, DateView, Html, ProvenanceView};

/// A term with its definition and its state now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TermView {
    /// The id of the popover or entry.
    pub id: String,
    /// The term, at its place in the glossary.
    pub term: NameLink,
    /// The group it belongs to.
    pub group: Option<String>,
    /// The language of its texts where nobody has translated them into that of the page.
    pub foreign: Option<String>,
    /// What it means.
    pub definition_html: Option<Html>,
    /// Its state in the latest edition that is not in the future, if that is public.
    pub current: Option<StateView>,
    /// The status, note and sources of that state.
    pub provenance: ProvenanceView,
    /// The edition in force, where the term's state in it is not public.
    pub unstated: Option<NameLink>,
    /// "Last changed in April 2026"; nothing if it never did.
    pub last_changed: Option<String>,
    /// The date of the edition that the state is from.
    pub date: Option<DateView>,
    /// Its history in short, where there is more than one state to tell; in its popover alone.
    pub strip: Vec<RunView>,
}

/// A short list of terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TermsView {
    /// The id of the block.
    pub id: String,
    /// The level of its heading.
    pub level: u8,
    /// A heading.
    pub title: Option<String>,
    /// The terms in groups.
    pub groups: Vec<TermsGroup>,
    /// The address of the glossary.
    pub href: String,
}

/// Terms under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TermsGroup {
    /// The heading.
    pub name: Option<String>,
    /// The terms.
    pub terms: Vec<TermView>,
}

/// The short list of terms in running text.
pub fn view(cx: &Cx<'_>, options: &TermsOptions, place: &Place) -> TermsView {
    let terms = walk::selected_terms(&cx.explainer.data, &options.terms, &options.groups);
    let grouped = by_group(terms.into_iter().map(|term| {
        let id = place.anchor(cx, "definition", &term.head.id);
        (term.group.as_ref().map(|g| g.to_string()), term_view(cx, term, id))
    }));
    TermsView {
        id: place.part(cx, "terms"),
        level: place.level,
        title: options.title.as_ref().map(|t| t.to_string()),
        groups: grouped.into_iter().map(|(name, terms)| TermsGroup { name, terms }).collect(),
        href: cx.href("terms/"),
    }
}

/// The popover of a term. `id` is the one that the buttons in the prose name.
pub fn popover(cx: &Cx<'_>, term: &Term, id: &str) -> TermView {
    // A popover is closed most of the time: its citations are no places to come back to.
    let quiet = cx.part(&format!("{id}-"));
    let view = TermView { strip: strip::view(cx, term), ..term_view(&quiet, term, id.to_owned()) };
    let seen = quiet.seen();
    let unmarked: Vec<_> = seen.cites.into_iter().map(|(source, _)| (source, String::new())).collect();
    cx.add(&seen.terms, &unmarked);
    view
}

/// A term with its definition alone.
pub(crate) fn defined(cx: &Cx<'_>, term: &Term, id: String) -> TermView {
    TermView {
        id,
        term: cx.term_link(term),
        group: term.group.as_ref().map(|g| g.to_string()),
        foreign: cx.foreign(&term.head),
        definition_html: term.definition.as_ref().map(|d| cx.inline(d)),
        ..TermView::default()
    }
}

/// A term with its definition and its state now.
pub(crate) fn term_view(cx: &Cx<'_>, term: &Term, id: String) -> TermView {
    let past: Vec<&Edition> =
        cx.explainer.data.editions.values().map(|e| &**e).filter(|e| !e.date.is_future(cx.today)).collect();
    let latest = past.last().copied();
    let state = latest.and_then(|e| stated(term, &e.head.id).map(|s| (e, s)));
    TermView {
        current: state.and_then(|(e, s)| state_view(cx, e, s)),
        provenance: state.map(|(_, s)| cx.provenance(&s.provenance)).unwrap_or_default(),
        unstated: latest.filter(|_| state.is_none()).map(|e| cx.edition_link(e)),
        last_changed: last_changed(cx, term, &past)
            .map(|e| cx.t("last-changed-in", &[("edition", Arg::Text(&e.label))])),
        date: state.map(|(e, _)| cx.date(&e.date)),
        ..defined(cx, term, id)
    }
}

/// The latest of `editions` in which the term's state became another one.
fn last_changed<'a>(cx: &Cx<'_>, term: &Term, editions: &[&'a Edition]) -> Option<&'a Edition> {
    let states: Vec<_> = editions.iter().filter_map(|e| stated(term, &e.head.id).map(|s| (*e, s))).collect();
    states
        .windows(2)
        .rev()
        .find(|pair| {
            matches!(pair, [(_, before), (_, now)] if mark::compare(cx, Some(before), Some(now)) == Some(Change::Changed))
        })
        .and_then(|pair| pair.last())
        .map(|(edition, _)| *edition)
}
