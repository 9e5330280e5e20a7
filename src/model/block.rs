//! The blocks in a text: what each is to show.

use std::sync::Arc;

use super::date::Date;
use super::record::*;
use crate::base::Text;

/// The options of a built-in block, or the values of a component.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// `{timeline}`
    Timeline(TimelineOptions),
    /// `{terms}`
    Terms(TermsOptions),
    /// `{compare}` with `id`
    Comparison(Ref, Option<Text>),
    /// `{compare}` with editions
    TermSheet(TermSheetOptions),
    /// `{effects}`
    Effects(EffectsOptions),
    /// `{chart}`
    Chart(Arc<super::chart::Chart>),
    /// `{changes}`
    Changes(ListOptions),
    /// `{sources}`
    Sources(ListOptions),
    /// `{NAME}`: its template, and its options as JSON text (keys in the order written).
    Component(Arc<str>, Arc<str>),
}

impl Block {
    /// The names of those that are built in.
    pub const NAMES: [&str; 7] = ["timeline", "terms", "compare", "effects", "chart", "changes", "sources"];
}

/// Options of `{timeline}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimelineOptions {
    /// A heading for the block.
    pub title: Option<Text>,
    /// Only these events.
    pub events: Vec<Ref>,
    /// Only these groups.
    pub groups: Vec<Text>,
    /// Only these importances.
    pub importance: Vec<Importance>,
    /// Nothing before.
    pub from: Option<Date>,
    /// Nothing after.
    pub to: Option<Date>,
    /// Eras are not shown if false.
    pub no_eras: bool,
}

/// Options of `{terms}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TermsOptions {
    /// A heading for the block.
    pub title: Option<Text>,
    /// Only these groups.
    pub groups: Vec<Text>,
    /// Only these terms.
    pub terms: Vec<Ref>,
}

/// Options of `{compare}` as a term sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TermSheetOptions {
    /// A heading for the block.
    pub title: Option<Text>,
    /// These editions, in this order; empty: all.
    pub editions: Vec<Ref>,
    /// Only these terms.
    pub terms: Vec<Ref>,
    /// Only these groups.
    pub groups: Vec<Text>,
    /// Only terms that differ between the editions shown.
    pub changes_only: bool,
}

/// Options of `{effects}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EffectsOptions {
    /// A heading for the block.
    pub title: Option<Text>,
    /// Only these parties.
    pub parties: Vec<Ref>,
    /// At this edition; default: the latest.
    pub edition: Option<Ref>,
    /// Only these terms.
    pub terms: Vec<Ref>,
}

/// Options of `{changes}` and `{sources}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ListOptions {
    /// A heading for the block.
    pub title: Option<Text>,
    /// At most so many.
    pub limit: Option<u32>,
}
