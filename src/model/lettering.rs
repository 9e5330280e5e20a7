//! The letters that a site is written in.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

use super::resolved::Site;
use crate::fonts::{Collector, Letters};

impl Site {
    /// The letters of all that the site's authors wrote, but for ASCII. Each explainer keeps its own from build to build,
    /// so an edit costs the texts of one.
    pub fn letters(&self) -> Letters {
        let mut collector = Collector::default();
        (&self.settings, &self.strings).hash(&mut collector);
        for (_, text) in self.templates.texts.iter().chain(&self.static_files.theme) {
            collector.text(&text.text);
        }
        let mut letters = collector.letters();
        for explainer in &self.explainers {
            letters.union(&explainer.letters);
        }
        letters
    }

    /// The languages of its pages.
    pub fn languages(&self) -> BTreeSet<Arc<str>> {
        let own = self.explainers.iter().filter_map(|explainer| explainer.language().cloned());
        own.chain([self.settings.language.clone()]).collect()
    }
}
