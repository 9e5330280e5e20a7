//! Fills the holes of a parsed document: what [`Doc`] leaves open, a [`Scope`] answers.

mod fill;
pub(super) mod marks;
mod notes;
mod pictures;

use std::sync::Arc;

use super::images::ImageFile;
use crate::model::Id;
use crate::model::doc::*;
use crate::model::names::Names;

/// What the holes of a document are filled with. Every answer is plain text; escaping is done where it is written.
#[comemo::track]
pub trait Scope {
    /// The link of a term.
    fn term(&self, id: &str) -> Option<TermLink>;
    /// A named value.
    fn fact(&self, id: &str) -> Option<FactLink>;
    /// The address and the title of an event, a section or a comparison.
    fn target(&self, kind: ReferenceKind, id: &str) -> Option<Target>;
    /// The citation of a source, perhaps with a locator (`p. 4`; else empty).
    fn citation(&self, id: &str, locator: &str) -> Option<CiteLink>;
    /// The address of a link as written: other source files become their pages, the base path is put before internal
    /// ones; `None` if it must not be a link at all (an unsafe scheme).
    fn link(&self, href: &str) -> Option<String>;
    /// Address and size of an image as written.
    fn image(&self, src: &str) -> Option<ImageFile>;
    /// The finished HTML of the n-th block of the document.
    fn block(&self, index: usize) -> Option<String>;
    /// The names of terms that link by themselves, or `None` if none do.
    fn names(&self) -> Option<Arc<Names>>;
    /// A text of the interface in the page's language ("Note", "Back to text").
    fn message(&self, key: &str) -> String;
    /// A text of the interface with a variable in it: "Footnote { $number }".
    fn message_with(&self, key: &str, variable: &str, value: &str) -> String;
}

/// A term as the prose links it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TermLink {
    /// Its name.
    pub name: Arc<str>,
    /// Its place in the glossary.
    pub href: String,
    /// The id of its popover on the page.
    pub popover: String,
}

/// A fact as the prose shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FactLink {
    /// The value.
    pub value: Arc<str>,
    /// Its citations: source and locator.
    pub cites: Vec<(Id, Option<Arc<str>>)>,
    /// The word for its status, if not confirmed.
    pub status: Option<String>,
    /// The status's name in data files, as a class.
    pub status_name: &'static str,
}

/// Something that can be linked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// Its address.
    pub href: String,
    /// Its title, used where the link has no text of its own.
    pub title: Arc<str>,
}

/// A source as a citation shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CiteLink {
    /// Its number in the list at the end.
    pub number: u32,
    /// Its place in the list at the end of the page.
    pub href: String,
    /// What it is, for screen readers: "Source 3: Paath, 27 April 2026".
    pub label: String,
}

/// How a document is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FillOptions {
    /// Put before every id made from the text, so that ids are unique on a page of many sections; may be empty.
    pub prefix: String,
    /// Added to heading levels.
    pub heading_shift: i8,
    /// Whether raw HTML goes through.
    pub raw_html: bool,
    /// Whether code stands in one colour.
    pub plain_code: bool,
    /// Whether the first image may load eagerly (it is near the top of the page).
    pub eager_first_image: bool,
    /// For use outside the site's pages (feeds): no ids, anchors, buttons, highlighting or scroll boxes.
    pub bare: bool,
    /// Sources that stand right after the text anyway: facts from them are shown without citing them again.
    pub cited: Vec<Id>,
    /// Whether citations that the text ends with are handed over, to stand in one pair of brackets with those that
    /// follow the text.
    pub hand_over: bool,
    /// The name of the status that is told right after the text: facts of the same status are shown without it.
    pub told_status: Option<&'static str>,
}

/// A filled document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filled {
    /// The HTML.
    pub html: String,
    /// The terms linked, in order of first use: their popovers have to be on the page.
    pub terms: Vec<Id>,
    /// The citations made: the source and the id of the mark, for back-links.
    pub cites: Vec<(Id, String)>,
    /// The citations that the text ended with, handed over: the source, and where in it.
    pub handed: Vec<(Id, Option<Arc<str>>)>,
}

/// Fills the holes of a document.
pub fn fill(doc: &Doc, options: &FillOptions, scope: &dyn Scope) -> Filled {
    fill::Filler::new(options, scope).fill(doc)
}
