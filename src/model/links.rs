//! Where a link in the content leads: source files become the pages made from them.

use std::sync::Arc;

use super::resolved::{Explainer, PlaceKind, Site};
use super::site::{Layout, Section};
use crate::base::SourcePath;
use crate::base::url;

/// Where a link as written leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Another host, or `mailto:` and `tel:`: as written.
    External,
    /// A scheme that must not be linked.
    Unsafe,
    /// A place on the very page (`#x`): the id as it is on the page.
    Here(String),
    /// A page of the site: its site path with a final `/` (empty: the root), and an id on it.
    Page(String, Option<String>),
    /// A file that is copied: its site path, and its source.
    File(String, SourcePath),
    /// Nothing that is known. The site path that it would mean.
    Unknown(String),
}

/// The prefix of ids on the page that shows `section`: headings of different sections may have the same text.
pub fn id_prefix(explainer: &Explainer, section: &Section) -> String {
    match explainer.layout() {
        Layout::Scroll if !section.slug.is_empty() => format!("{}--", section.slug),
        _ => String::new(),
    }
}

impl Explainer {
    /// Its layout.
    pub fn layout(&self) -> Layout {
        self.index.as_ref().map(|i| i.meta.layout).unwrap_or_default()
    }

    /// Its language, if it isn't the site's.
    pub fn language(&self) -> Option<&Arc<str>> {
        self.index.as_ref().and_then(|index| index.meta.language.as_ref()).or(self.translation.as_ref())
    }

    /// True for the first explainer of the site, in any language.
    pub fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// The page of a section and the id on it, below the explainer.
    pub fn section_address(&self, slug: &str) -> (String, Option<String>) {
        match self.layout() {
            Layout::Scroll => (self.path.to_string(), Some(slug.to_owned())),
            Layout::Cards => ([&*self.path, slug, "/"].concat(), None),
        }
    }

    /// Its texts: the short answer, then the sections.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<Section>> {
        self.index.iter().map(|index| &index.body).chain(&self.sections)
    }

    /// The section made from a source file; the short answer for `index.md`. In a translation, the one that stands for
    /// that file.
    pub fn section_of(&self, file: &SourcePath) -> Option<&Arc<Section>> {
        let mut sections = self.index.iter().map(|i| &i.body).chain(&self.sections);
        let language = self.translation.as_deref();
        sections.find(|s| s.file == *file || language.is_some() && s.original(language) == *file)
    }

    /// The site path of a file beside this explainer's text.
    pub fn asset_path(&self, file: &SourcePath) -> Option<String> {
        Some(format!("{}{}", self.path, file.strip_prefix(&self.dir)?))
    }
}

/// Where `href`, written in `section` of `explainer`, leads.
pub fn resolve(
    site: &Site,
    explainer: &Explainer,
    section: Option<&Section>,
    from: &SourcePath,
    href: &str,
) -> LinkTarget {
    // A link to a file on the author's computer, or to a page's memory, is of no use to readers.
    let scheme = url::scheme(href.trim()).map(str::to_ascii_lowercase);
    if url::unsafe_scheme(href) || matches!(scheme.as_deref(), Some("file" | "blob")) {
        return LinkTarget::Unsafe;
    }
    if url::leaves_site(href) {
        return LinkTarget::External;
    }
    let url::Parts { path, fragment, .. } = url::split(href);
    let decoded = url::decode(path);
    if decoded.is_empty() {
        let id = fragment.unwrap_or_default();
        return LinkTarget::Here(section.map_or_else(|| id.to_owned(), |s| id_on_page(explainer, s, id)));
    }
    if let Some(absolute) = decoded.strip_prefix('/') {
        return absolute_target(site, absolute, fragment);
    }
    let file = from.beside(&decoded);
    let at_text = |other: &Explainer, target: &Section| {
        let (page, id) = match &*target.slug {
            "" => (other.path.to_string(), None),
            slug => other.section_address(slug),
        };
        LinkTarget::Page(page, fragment.map(|f| id_on_page(other, target, f)).or(id))
    };
    if explainer.translation.is_none()
        && let Some((other, target)) = site.text(&file)
    {
        return at_text(other, target);
    }
    let translated = explainer.translation.as_ref().and_then(|language| site.place_in(&file, language));
    if let Some(place) = translated.or_else(|| site.place(&file))
        && let Some(other) = site.explainers.get(place.explainer)
    {
        return match &place.kind {
            PlaceKind::Text => {
                let Some(target) = other.section_of(&file) else { return LinkTarget::Unknown(decoded) };
                at_text(other, target)
            }
            PlaceKind::Folder => LinkTarget::Page(other.path.to_string(), fragment.map(str::to_owned)),
            PlaceKind::Asset(path) => LinkTarget::File(path.clone(), file),
        };
    }
    // A page that is made, not written: `terms/#licence`.
    let made = format!("{}{}", explainer.path, decoded.trim_start_matches("./"));
    absolute_target(site, &made, fragment)
}

/// The id on the page of a heading's id as the author sees it: with the section's prefix, unless it is written by hand.
fn id_on_page(explainer: &Explainer, section: &Section, id: &str) -> String {
    match section.body.headings().find(|h| *h.id == *id) {
        Some(heading) if !heading.explicit => format!("{}{id}", id_prefix(explainer, section)),
        _ => id.to_owned(),
    }
}

/// The target of a site path. Whether a page is there is for the checks to say: they know all pages.
fn absolute_target(site: &Site, path: &str, fragment: Option<&str>) -> LinkTarget {
    let normal = SourcePath::new(path);
    let is_folder = path.ends_with('/');
    if let Some(source) = site.copied(normal.as_str()).filter(|_| !is_folder) {
        return LinkTarget::File(normal.as_str().to_owned(), source);
    }
    if normal.name().contains('.') && !is_folder {
        return LinkTarget::Unknown(normal.as_str().to_owned());
    }
    let page = if normal.as_str().is_empty() { String::new() } else { format!("{normal}/") };
    LinkTarget::Page(page, fragment.map(str::to_owned))
}
