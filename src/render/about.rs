//! What an author may want to know of a page while writing: its parts with their places, and what lacks a source.

use crate::base::Span;

/// What the preview tells the author of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// True if the page shows a draft, or is part of one.
    pub draft: bool,
    /// Words of running text.
    pub words: usize,
    /// Minutes that a reader takes for them.
    pub minutes: usize,
    /// The texts on the page in reading order.
    pub parts: Vec<PagePart>,
    /// Facts, states and events on the page that name no source.
    pub unsourced: Vec<Unsourced>,
}

/// A text of its own on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePart {
    /// The id of its element on the page; empty for the page's own text.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub span: Span,
    /// Words of running text.
    pub words: usize,
    /// True for a draft.
    pub draft: bool,
}

/// A record on a page that names no source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsourced {
    /// `fact`, `state` or `event`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// Where it is written.
    pub span: Span,
}

/// What the author may want to know of the page at a site path.
pub fn about(_site: &crate::model::Site, _path: &str) -> Option<About> {
    None
}
