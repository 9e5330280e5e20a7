//! What every view maker needs: the explainer at hand, the language, the addresses.

use std::cell::RefCell;

use super::i18n::Catalogue;
use crate::model::date::Day;
use crate::model::{Date, Explainer, Id, Site};

/// HTML that is finished and safe. Templates write it with `| safe`; its fields are named `…_html`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// The context of one page of an explainer, or of one block on it.
pub struct Cx<'a> {
    /// The site.
    pub site: &'a Site,
    /// The explainer at hand.
    pub explainer: &'a Explainer,
    /// The date of the build.
    pub today: Day,
    /// The texts of the interface in the page's language.
    pub catalogue: &'a Catalogue,
    /// Put before every id that is made while this context is used, so that ids are unique on the page.
    pub prefix: String,
    /// Whether filled texts are remembered for the next build.
    pub remember: bool,
    /// Whether the page has fingerprints of what it tells (`blocks::print`).
    pub tells: bool,
    /// What has been shown so far.
    pub(super) seen: RefCell<Seen>,
}

/// What a page has shown so far and has to account for at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seen {
    /// How many texts of records were written.
    pub texts: usize,
    /// The terms linked: each needs its popover.
    pub terms: Vec<Id>,
    /// The citations made, with the ids of their marks.
    pub cites: Vec<(Id, String)>,
}

/// A date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct DateView {
    /// The value of `<time datetime>`; empty where HTML has no form for it (an open interval).
    pub datetime: String,
    /// The date in words of the page's language, with its precision: "about 2021", "May 2025".
    pub text: String,
    /// As written: EDTF.
    pub edtf: String,
}

/// A citation: a mark beside a statement, that leads to its source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CiteView {
    /// The number in the list of sources.
    pub number: u32,
    /// The source's id.
    pub id: String,
    /// Where the source stands: in the list at the end of this page, or on the page of all sources.
    pub href: String,
    /// The source in short: "Paath, 27 April 2026".
    pub label: String,
    /// The place in the source: `p. 4`.
    pub locator: Option<String>,
    /// The id of this mark, that the list of sources links back to.
    pub mark: String,
}

/// How sure a statement is, as of when, its note and its sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ProvenanceView {
    /// `confirmed`, `reported`, `analysis`, `disputed` or `unknown`.
    pub status: &'static str,
    /// The word for it in the page's language; nothing for what is confirmed.
    pub status_label: Option<String>,
    /// The day as of which it holds.
    pub as_of: Option<DateView>,
    /// A remark.
    pub note_html: Option<Html>,
    /// The citations of its sources.
    pub cites: Vec<CiteView>,
}

impl<'a> Cx<'a> {
    /// The context of a page on which nothing was shown yet.
    pub fn new(site: &'a Site, explainer: &'a Explainer, today: Day, catalogue: &'a Catalogue) -> Self {
        Self {
            site,
            explainer,
            today,
            catalogue,
            prefix: String::new(),
            remember: false,
            tells: true,
            seen: RefCell::default(),
        }
    }

    /// A date in the page's language.
    pub fn date(&self, date: &Date) -> DateView {
        self.catalogue.date_view(date)
    }

    /// The address of a path below this explainer (`terms/#ip-licence`), with the base path of the site.
    pub fn href(&self, path: &str) -> String {
        self.site_href(&format!("{}{path}", self.explainer.path))
    }

    /// A text of the interface: `cx.t("not-public", &[])`. Arguments are Fluent's.
    pub fn t(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.catalogue.t(key, args)
    }

    /// The same, kept for the next who asks: for texts that stand in many places.
    pub fn t_again(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.catalogue.t_again(key, args)
    }
}

/// An argument of an interface text.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// A number: picks the plural and is written in the page's digits.
    Number(f64),
    /// A text.
    Text(&'a str),
}

impl std::hash::Hash for Arg<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        match self {
            Self::Number(number) => (0, number.to_bits()).hash(state),
            Self::Text(text) => (1, text).hash(state),
        }
    }
}
