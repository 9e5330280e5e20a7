//! What tells a reader who comes back what is new since the visit before. The browser finds that out by the
//! fingerprints on the page (`blocks::print`); here are the texts that it says it with.

use super::cx::{Arg, Cx};

/// The texts of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct VisitsView {
    /// The address of the explainer: what is kept in the browser is kept for it.
    pub explainer: String,
    /// "{n} things here are new or changed since your visit on {date}", by the plural category of the number.
    pub told: Vec<PluralView>,
}

/// A text for one plural category of a language, with `{n}` in place of the number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct PluralView {
    /// `one`, `two`, `few`, `many` or `other`.
    pub category: &'static str,
    /// The text.
    pub text: String,
}

/// The view of the notice.
pub fn view(cx: &Cx<'_>) -> VisitsView {
    let told = cx.catalogue.plurals().iter().map(|&(category, sample)| {
        let args = [("n", Arg::Number(f64::from(sample))), ("count", Arg::Text("{n}")), ("date", Arg::Text("{date}"))];
        PluralView { category, text: cx.t("visits-told", &args) }
    });
    VisitsView { explainer: cx.href(""), told: told.collect() }
}
