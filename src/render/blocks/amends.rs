//! Corrections and clarifications where they apply: at the section, the term or the event that they concern.

use crate::model::{Change, ChangeKind};
use crate::render::cx::{Cx, DateView, Html};

/// What a correction may concern.
#[derive(Clone, Copy, Debug)]
pub enum Concern<'a> {
    /// A section, by its slug.
    Section(&'a str),
    /// A term, by its id.
    Term(&'a str),
    /// An event, by its id.
    Event(&'a str),
}

/// A correction or a clarification, at what it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct AmendView {
    /// `correction` or `clarification`.
    pub kind: &'static str,
    /// The word for it.
    pub label: String,
    /// When.
    pub date: DateView,
    /// Its entry among all changes.
    pub href: String,
    /// What was wrong or unclear; nothing where that is told nearby.
    pub note_html: Option<Html>,
}

/// The corrections and clarifications that concern something, newest first. An update is told at the end alone: the
/// text itself is what is new.
pub fn concerning<'a>(cx: &'a Cx<'_>, concern: Concern<'a>) -> impl Iterator<Item = &'a Change> {
    let changes = cx.explainer.data.changes.values().map(|change| &**change);
    changes.filter(move |change| {
        let (named, id) = match concern {
            Concern::Section(slug) => (&change.section, slug),
            Concern::Term(id) => (&change.term, id),
            Concern::Event(id) => (&change.event, id),
        };
        change.kind.stands_where_it_applies() && named.as_ref().is_some_and(|named| *named.text == *id)
    })
}

/// The date of the last correction that concerns something, where HTML has a form for it.
pub fn corrected(cx: &Cx<'_>, concern: Concern<'_>) -> Option<String> {
    let mut corrections = concerning(cx, concern).filter(|change| change.kind == ChangeKind::Correction);
    corrections.find_map(|change| change.date.datetime_attr())
}

/// The views of what concerns something. In running text (`near`) a change that names a section is told in full there,
/// and only mentioned elsewhere.
pub fn view(cx: &Cx<'_>, concern: Concern<'_>, near: bool) -> Vec<AmendView> {
    concerning(cx, concern)
        .map(|change| AmendView {
            kind: change.kind.name(),
            label: cx.t(&format!("change-{}", change.kind.name()), &[]),
            date: cx.date(&change.date),
            href: cx.href(&format!("changes/#{}", change.head.id)),
            note_html: (!near || change.section.is_none()).then(|| cx.inline(&change.note)),
        })
        .collect()
}
