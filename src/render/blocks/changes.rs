//! What changed on the page since it was published.

use crate::model::ListOptions;
use crate::render::blocks::{NameLink, Place};
use crate::render::cx::{Cx, DateView, Html};

/// A list of changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ChangesView {
    /// The id of the block.
    pub id: String,
    /// The level of its heading.
    pub level: u8,
    /// A heading.
    pub title: Option<String>,
    /// The changes, newest first.
    pub changes: Vec<ChangeView>,
    /// True if there are more than are listed.
    pub more: bool,
    /// The address of the page of all changes.
    pub href: String,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ChangeView {
    /// The id of its entry.
    pub id: String,
    /// When it was made.
    pub date: DateView,
    /// The language of its texts where nobody has translated them into that of the page.
    pub foreign: Option<String>,
    /// `correction`, `update` or `clarification`.
    pub kind: &'static str,
    /// The word for it.
    pub label: String,
    /// What changed.
    pub note_html: Html,
    /// What it concerns: section, term, event.
    pub links: Vec<NameLink>,
}

/// The view of `{changes}`, of the changes page and of the list at the end of a page.
pub fn view(cx: &Cx<'_>, options: &ListOptions, place: &Place) -> ChangesView {
    let data = &cx.explainer.data;
    let limit = options.limit.map_or(usize::MAX, |n| n as usize);
    let changes = data.changes.values().take(limit).map(|change| {
        let section = change.section.as_ref().and_then(|slug| cx.use_link(&slug.text));
        let term = change.term.as_ref().and_then(|id| data.terms.get(&*id.text)).map(|t| cx.term_link(t));
        let event = change.event.as_ref().and_then(|id| data.events.get(&*id.text)).map(|e| cx.event_link(e));
        ChangeView {
            id: place.anchor(cx, "change", &change.head.id),
            date: cx.date(&change.date),
            foreign: cx.foreign(&change.head),
            kind: change.kind.name(),
            label: cx.t(&format!("change-{}", change.kind.name()), &[]),
            note_html: cx.inline(&change.note),
            links: [section, term, event].into_iter().flatten().collect(),
        }
    });
    ChangesView {
        id: place.part(cx, "changes"),
        level: place.level,
        title: options.title.as_ref().map(|t| t.to_string()),
        changes: changes.collect(),
        more: data.changes.len() > limit,
        href: cx.href("changes/"),
    }
}
