//! Which pages the site has, and where.

use std::sync::Arc;

use super::embed::{self, Embed};
use crate::model::{Explainer, Id, Layout, Site};

/// One page of the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageSpec {
    /// The explainer that it belongs to: an index into `Site::explainers`.
    pub explainer: usize,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// The explainer: all its sections, or its short answer and contents (`cards`).
    Explainer,
    /// A list of the explainers below, for a folder without text of its own.
    Hub,
    /// One section (`cards`).
    Section(Arc<str>),
    /// Glossary and term sheet.
    Terms,
    /// The timeline.
    Timeline,
    /// One comparison.
    Comparison(Id),
    /// The sources.
    Sources,
    /// The changes.
    Changes,
    /// One block alone, for the pages of other sites.
    Embed(Embed),
    /// What a host shows where there is no page.
    NotFound,
}

impl PageSpec {
    /// What a host shows where there is no page.
    pub const NOT_FOUND: Self = Self { explainer: 0, kind: PageKind::NotFound };

    /// The address below the site's root, with a final `/` (empty for the root page); `404.html` for that page.
    pub fn address(&self, site: &Site) -> String {
        let base = site.explainers.get(self.explainer).map_or("", |e| &*e.path);
        match &self.kind {
            PageKind::Explainer | PageKind::Hub => base.to_owned(),
            PageKind::Section(slug) => format!("{base}{slug}/"),
            PageKind::Terms => format!("{base}terms/"),
            PageKind::Timeline => format!("{base}timeline/"),
            PageKind::Comparison(id) => format!("{base}compare/{id}/"),
            PageKind::Sources => format!("{base}sources/"),
            PageKind::Changes => format!("{base}changes/"),
            PageKind::Embed(embed) => format!("{base}{}", embed.path()),
            PageKind::NotFound => "404.html".to_owned(),
        }
    }

    /// The path of its file in the bundle.
    pub fn file(&self, site: &Site) -> String {
        match self.kind {
            PageKind::NotFound => self.address(site),
            _ => format!("{}index.html", self.address(site)),
        }
    }

    /// The template that draws it.
    pub fn template(&self) -> &'static str {
        match self.kind {
            PageKind::Explainer => "explainer.html",
            PageKind::Hub => "hub.html",
            PageKind::Section(_) => "section.html",
            PageKind::Terms => "terms.html",
            PageKind::Timeline => "timeline.html",
            PageKind::Comparison(_) => "compare.html",
            PageKind::Sources => "sources.html",
            PageKind::Changes => "changes.html",
            PageKind::Embed(_) => "embed.html",
            PageKind::NotFound => "404.html",
        }
    }
}

/// True for an explainer; false for a folder that only has explainers below it.
pub fn has_text(explainer: &Explainer) -> bool {
    explainer.index.is_some() || !explainer.sections.is_empty()
}

/// The path in the bundle of the page at an old address; `None` if the address isn't one of this site's.
pub fn alias_file(alias: &str) -> Option<String> {
    if crate::base::url::leaves_site(alias) {
        return None;
    }
    let path = crate::base::SourcePath::new(alias);
    match path.as_str() {
        "" => None,
        path if path.ends_with(".html") || path.ends_with(".htm") => Some(path.to_owned()),
        path => Some(format!("{path}/index.html")),
    }
}

/// The kinds of page that an explainer has.
pub fn kinds(explainer: &Explainer) -> Vec<PageKind> {
    let data = &explainer.data;
    let mut kinds = Vec::new();
    let has_text = has_text(explainer);
    if has_text {
        kinds.push(PageKind::Explainer);
        if explainer.layout() == Layout::Cards {
            kinds.extend(explainer.sections.iter().map(|s| PageKind::Section(s.slug.clone())));
        }
    } else {
        kinds.push(PageKind::Hub);
    }
    // A hub's records are there for the explainers below it.
    if has_text {
        if !data.terms.is_empty() {
            kinds.push(PageKind::Terms);
        }
        if !data.events.is_empty() || !data.editions.is_empty() {
            kinds.push(PageKind::Timeline);
        }
        kinds.extend(data.comparisons.keys().map(|id| PageKind::Comparison(id.clone())));
        if !data.sources.is_empty() {
            kinds.push(PageKind::Sources);
        }
        if !data.changes.is_empty() {
            kinds.push(PageKind::Changes);
        }
    }
    kinds
}

/// The pages of one explainer, embeds among them.
pub fn of_explainer(site: &Site, at: usize) -> impl Iterator<Item = PageSpec> {
    let explainer = site.explainers.get(at);
    let own = explainer.map(|explainer| kinds(explainer)).unwrap_or_default();
    let embeds = explainer.map(|explainer| embed::list(site, explainer)).unwrap_or_default();
    let kinds = own.into_iter().chain(embeds.into_iter().map(PageKind::Embed));
    kinds.map(move |kind| PageSpec { explainer: at, kind })
}

/// Every page of the site.
pub fn pages(site: &Site) -> Vec<PageSpec> {
    let all = (0..site.explainers.len()).flat_map(|at| of_explainer(site, at));
    all.chain([PageSpec::NOT_FOUND]).collect()
}
