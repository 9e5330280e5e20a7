//! What the pages of an explainer share, made once: the fingerprints of its sections, and their list.

use std::sync::OnceLock;

use tera::Value;

use super::blocks::print::{self, PrintView};
use super::cx::{Cx, Seen};
use super::views::ContentsItem;

/// What the pages of an explainer share.
#[derive(Debug, Default)]
pub struct Shared {
    prints: OnceLock<Vec<PrintView>>,
    /// The list of the sections, if the same on every page but for which is current: what a line about one cites would
    /// be another mark on each.
    pub contents: Option<Contents>,
}

/// A list of sections, as templates get it.
#[derive(Debug)]
pub struct Contents {
    items: Vec<ContentsItem>,
    values: Vec<Value>,
}

/// The sections of an explainer, none of them current.
pub fn contents(cx: &Cx<'_>) -> Vec<ContentsItem> {
    let sections = cx.explainer.sections.iter().map(|section| {
        let link = cx.section_link(section);
        ContentsItem {
            name: link.name,
            href: link.href,
            standfirst_html: section.standfirst.as_ref().map(|s| cx.inline(s)),
            current: false,
            print: PrintView::default(),
        }
    });
    sections.collect()
}

impl Shared {
    /// For the pages of the explainer at hand, `cx` having shown nothing.
    pub fn new(cx: &Cx<'_>) -> Self {
        let items = contents(cx);
        let values = items.iter().map(|item| Value::try_from_serializable(item).ok()).collect::<Option<Vec<_>>>();
        let same = cx.seen() == Seen::default();
        Self { prints: OnceLock::new(), contents: values.filter(|_| same).map(|values| Contents { items, values }) }
    }

    /// The fingerprint of a section of the explainer at hand, `cx` being one of its contexts.
    pub fn print(&self, cx: &Cx<'_>, section: usize) -> PrintView {
        let all = || cx.explainer.sections.iter().map(|section| print::section(cx, section)).collect();
        self.prints.get_or_init(all).get(section).cloned().unwrap_or_default()
    }
}

/// The list as a page has it: one of its sections may be current.
pub struct ContentsOn<'a> {
    /// The list.
    pub of: &'a Contents,
    /// The section at hand.
    pub current: usize,
}

impl ContentsOn<'_> {
    /// For templates.
    pub fn value(&self) -> Value {
        let mut values = self.of.values.clone();
        if let (Some(slot), Some(item)) = (values.get_mut(self.current), self.of.items.get(self.current)) {
            *slot = Value::from_serializable(&ContentsItem { current: true, ..item.clone() });
        }
        Value::from(values)
    }
}

impl std::hash::Hash for ContentsOn<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.of.items, self.current).hash(state);
    }
}
