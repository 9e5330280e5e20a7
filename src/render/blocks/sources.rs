//! The list of sources, with the way back to each place that cites one.

use std::collections::BTreeMap;

use crate::model::{Id, ListOptions, Source};
use crate::render::blocks::{NameLink, Place};
use crate::render::cx::{Arg, Cx, DateView, Html};

/// The ids of the citation marks on a page, by source.
pub type Backlinks = BTreeMap<Id, Vec<String>>;

/// A list of sources.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct SourcesView {
    /// The id of the block.
    pub id: String,
    /// The level of its heading.
    pub level: u8,
    /// A heading.
    pub title: Option<String>,
    /// The sources that are cited, by number.
    pub cited: Vec<SourceView>,
    /// Those that are not.
    pub uncited: Vec<SourceView>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct SourceView {
    /// The id of its entry.
    pub id: String,
    /// Its number, if it is cited.
    pub number: Option<u32>,
    /// Its title.
    pub title: String,
    /// Its language, where that isn't the page's.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The address of an archived copy.
    pub archive: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub date: Option<DateView>,
    /// When it was looked at.
    pub accessed: Option<DateView>,
    /// What kind of source it is.
    pub kind: Option<String>,
    /// A remark.
    pub note_html: Option<Html>,
    /// The places on this page that cite it.
    pub backlinks: Vec<BacklinkView>,
    /// The sections that cite it, where the list is not on their page.
    pub sections: Vec<NameLink>,
}

/// A way back to a citation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct BacklinkView {
    /// The id of the mark.
    pub mark: String,
    /// The address of the mark.
    pub href: String,
    /// "Back to citation 2 of source 5".
    pub label: String,
    /// Which citation of the source it is, from 1.
    pub number: usize,
}

/// The view of `{sources}` and of the sources page: all sources, the cited ones first.
pub fn view(cx: &Cx<'_>, options: &ListOptions, backlinks: &Backlinks, place: &Place) -> SourcesView {
    let limit = options.limit.map_or(usize::MAX, |n| n as usize);
    let mut list: Vec<&Source> = cx.explainer.data.sources.values().map(|s| &**s).collect();
    list.sort_by_key(|s| number(cx, s).unwrap_or(u32::MAX));
    let mut view = build(cx, list.into_iter().take(limit), backlinks, place, true);
    view.title = options.title.as_ref().map(|t| t.to_string());
    view
}

/// The list at the end of a page: the sources that the page cites, by number.
pub fn at_end(cx: &Cx<'_>, backlinks: &Backlinks, place: &Place) -> SourcesView {
    let mut list: Vec<&Source> =
        backlinks.keys().filter_map(|id| cx.explainer.data.sources.get(id)).map(|s| &**s).collect();
    list.sort_by_key(|s| number(cx, s).unwrap_or(u32::MAX));
    build(cx, list.into_iter(), backlinks, place, false)
}

/// The number of a source in the citations of the explainer.
fn number(cx: &Cx<'_>, source: &Source) -> Option<u32> {
    cx.explainer.numbers.get(&source.head.id).copied()
}

/// Views of sources, parted into cited and not.
fn build<'a>(
    cx: &Cx<'_>,
    list: impl Iterator<Item = &'a Source>,
    backlinks: &Backlinks,
    place: &Place,
    with_sections: bool,
) -> SourcesView {
    let (cited, uncited) = list
        .map(|source| source_view(cx, source, backlinks, place, with_sections))
        .partition(|source: &SourceView| source.number.is_some());
    SourcesView { id: place.part(cx, "sources"), level: place.level, title: None, cited, uncited }
}

/// One source.
fn source_view(cx: &Cx<'_>, source: &Source, marks: &Backlinks, place: &Place, sections: bool) -> SourceView {
    let text = |t: &Option<crate::base::Text>| t.as_ref().map(|t| t.to_string());
    let number = number(cx, source);
    let backlinks = marks.get(&source.head.id).into_iter().flatten().enumerate().map(|(i, mark)| BacklinkView {
        mark: mark.clone(),
        href: format!("#{}", crate::base::escape::url_segment(mark)),
        label: cx.t_again("source-back", &[("n", Arg::Number((i + 1) as f64)), ("title", Arg::Text(&source.title))]),
        number: i + 1,
    });
    let used = cx.explainer.uses.source_sections.get(&source.head.id);
    SourceView {
        id: place.anchor(cx, "source", &source.head.id),
        number,
        title: source.title.to_string(),
        language: text(&source.language),
        url: source.url.as_ref().and_then(|u| cx.outside(u)),
        archive: source.archive.as_ref().and_then(|u| cx.outside(u)),
        publisher: text(&source.publisher),
        authors: source.authors.iter().map(|a| a.to_string()).collect(),
        date: source.date.as_ref().map(|d| cx.date(d)),
        accessed: source.accessed.as_ref().map(|d| cx.date(d)),
        kind: text(&source.kind),
        note_html: source.note.as_ref().map(|n| cx.inline(n)),
        backlinks: backlinks.collect(),
        sections: used.filter(|_| sections).into_iter().flatten().filter_map(|slug| cx.use_link(slug)).collect(),
    }
}
