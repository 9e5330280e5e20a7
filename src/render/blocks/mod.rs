//! The signature blocks: for each one a view, finished for its template in `templates/blocks/`.
//!
//! A view holds strings in the language of the page and nothing of the model, so what a page depends on is what its
//! views hold. The same view serves the block in running text and the page of its own.

pub mod amends;
pub mod as_of;
pub mod changes;
pub mod chart;
pub mod citation;
pub mod compare;
pub mod effects;
pub mod glossary;
pub mod mark;
pub mod print;
pub mod sorting;
pub mod sources;
pub mod strip;
pub mod terms;
pub mod termsheet;
pub mod timeline;

#[cfg(test)]
mod tests;

use crate::model::{Edition, State, Term};
use crate::render::cx::Cx;

/// Where on a page a block stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The level of the block's own heading; what is in it takes the levels below.
    pub level: u8,
    /// True on the page that is the block's own: ids are bare there (`/timeline/#amended`), and the page's heading is
    /// the block's.
    pub own: bool,
}

impl Place {
    /// The place of a block on the page of its own, below the page's heading.
    pub const OWN: Place = Place { level: 2, own: true };

    /// The place of a block in the text of a section.
    pub const IN_TEXT: Place = Place { level: 3, own: false };

    /// The id of a record's mark in the block: bare on the block's own page, else with its kind.
    pub fn anchor(&self, cx: &Cx<'_>, kind: &str, id: &str) -> String {
        if self.own { id.to_owned() } else { format!("{}{kind}-{id}", cx.prefix) }
    }

    /// The id of a part of the block itself. Ids of records never begin with `_`.
    pub fn part(&self, cx: &Cx<'_>, name: &str) -> String {
        format!("_{}{name}", cx.prefix)
    }
}

/// A name with an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct NameLink {
    /// The id of what is named.
    pub id: String,
    /// The name.
    pub name: String,
    /// Its address.
    pub href: String,
}

/// A file to take away.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Download {
    /// `CSV` or `JSON`.
    pub format: &'static str,
    /// Its address.
    pub href: String,
}

/// The state of a term in one edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct StateView {
    /// The edition.
    pub edition: NameLink,
    /// The value, as plain text: it is quoted here, its markup and citations stand where it is told.
    pub value: String,
    /// A short word for it.
    pub standing: Option<String>,
}

/// What of a block can be taken away, of the files in `data/` that there are: a table as CSV, records as JSON.
pub fn downloads(cx: &Cx<'_>, csv: &str, json: &str) -> Vec<Download> {
    let made = crate::render::outputs::data::list(cx);
    [("CSV", format!("data/{csv}.csv")), ("JSON", format!("data/{json}.json"))]
        .into_iter()
        .filter(|(_, path)| made.iter().any(|(other, _)| other == path))
        .map(|(format, path)| Download { format, href: cx.href(&path) })
        .collect()
}

/// The state of `term` in `edition`, if it is public.
pub(crate) fn stated<'a>(term: &'a Term, edition: &str) -> Option<&'a State> {
    term.states.iter().find(|s| &*s.edition.text == edition && s.value.is_some())
}

/// A public state as a view shows it; `None` if it is not public.
pub(crate) fn state_view(cx: &Cx<'_>, edition: &Edition, state: &State) -> Option<StateView> {
    let value = state.value.as_ref()?;
    Some(StateView {
        edition: cx.edition_link(edition),
        value: cx.plain(value),
        standing: state.standing.as_ref().map(|s| s.to_string()),
    })
}

/// Collects items under their group, groups in order of first appearance.
pub(crate) fn by_group<T>(items: impl IntoIterator<Item = (Option<String>, T)>) -> Vec<(Option<String>, Vec<T>)> {
    let mut groups: Vec<(Option<String>, Vec<T>)> = Vec::new();
    for (group, item) in items {
        match groups.iter_mut().find(|(g, _)| *g == group) {
            Some((_, list)) => list.push(item),
            None => groups.push((group, vec![item])),
        }
    }
    groups
}
