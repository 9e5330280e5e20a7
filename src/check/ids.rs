//! The ids that pages have by what the content says: enough for nearly every link, so that pages need not be rendered
//! to check the links to them.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::model::links::id_prefix;
use crate::model::{Explainer, Layout, Section, Site};

use super::scope::sections;

/// The ids of the pages of every explainer.
pub struct Ids<'a> {
    pages: HashMap<String, Page<'a>>,
    known: Vec<OnceLock<HashSet<String>>>,
    explainers: Vec<&'a Explainer>,
}

/// What stands at an address.
#[derive(Clone, Copy)]
enum Page<'a> {
    /// An explainer: its sections, or its short answer alone (`cards`).
    Explainer(usize),
    /// A section with a page of its own.
    Section(&'a Section),
    /// The glossary.
    Terms(usize),
    /// The timeline.
    Timeline(usize),
}

impl<'a> Ids<'a> {
    /// Notes where the pages of the site are.
    pub fn new(site: &'a Site) -> Self {
        let explainers: Vec<&Explainer> = site.explainers.iter().map(|explainer| &**explainer).collect();
        let mut pages = HashMap::new();
        for (at, explainer) in explainers.iter().enumerate() {
            let base = &*explainer.path;
            pages.insert(base.to_owned(), Page::Explainer(at));
            pages.insert(format!("{base}terms/"), Page::Terms(at));
            pages.insert(format!("{base}timeline/"), Page::Timeline(at));
            if explainer.layout() == Layout::Cards {
                let sections = explainer.sections.iter();
                pages.extend(sections.map(|section| (format!("{base}{}/", section.slug), Page::Section(section))));
            }
        }
        let known = explainers.iter().map(|_| OnceLock::new()).collect();
        Self { pages, known, explainers }
    }

    /// True if the page at an address (with a final `/`, empty for the root) certainly has this id. If not, only the
    /// finished page tells.
    pub fn has(&self, page: &str, id: &str) -> bool {
        match self.pages.get(page) {
            Some(Page::Explainer(at)) => self.of_explainer(*at).is_some_and(|known| known.contains(id)),
            Some(Page::Section(section)) => section.body.headings().any(|heading| *heading.id == *id),
            Some(Page::Terms(at)) => self.explainers.get(*at).is_some_and(|e| e.data.terms.contains_key(id)),
            Some(Page::Timeline(at)) => self.explainers.get(*at).is_some_and(|e| e.data.events.contains_key(id)),
            None => false,
        }
    }

    fn of_explainer(&self, at: usize) -> Option<&HashSet<String>> {
        let explainer = self.explainers.get(at)?;
        Some(self.known.get(at)?.get_or_init(|| {
            let mut ids = HashSet::new();
            for section in sections(explainer) {
                if !section.slug.is_empty() && explainer.layout() == Layout::Cards {
                    break;
                }
                let prefix = id_prefix(explainer, section);
                ids.extend(section.body.headings().map(|heading| match heading.explicit {
                    true => heading.id.to_string(),
                    false => format!("{prefix}{}", heading.id),
                }));
                ids.insert(section.slug.to_string());
            }
            ids
        }))
    }
}
