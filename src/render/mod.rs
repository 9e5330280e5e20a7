//! From the resolved site to a [`Bundle`]: one view and one template a page kind.

pub mod about;
pub mod assemble;
pub mod assets;
pub mod blocks;
pub mod chrome;
pub mod cx;
pub mod highlight;
pub mod i18n;
pub mod links;
pub mod outputs;
pub mod pages;
pub mod plain;
pub mod prose;
pub mod scope;
pub mod studio;
pub mod templates;
pub mod views;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::base::{Diagnostic, Diagnostics, rules};
use crate::bundle::{Bundle, Output};
use crate::model::Site;
use crate::model::date::Day;

/// The site as a bundle, and what is wrong with its templates and styles. Pages are rendered when they are asked for,
/// and remembered for the next build if `remember`.
pub fn render(site: &Arc<Site>, today: Day, remember: bool) -> (Bundle, Diagnostics) {
    let mut bundle = Bundle::default();
    for (path, source) in &site.files {
        bundle.files.insert(path.clone(), Output::Copy(source.clone()));
    }
    let studio = match studio::Studio::new(site, today, remember) {
        Ok(studio) => Arc::new(studio),
        Err(found) => return (bundle, found),
    };
    let (assets, found) = &*studio.assets;
    for (path, bytes) in &assets.files {
        // A site's own file takes the place of a built-in one.
        bundle.files.entry(path.as_str().into()).or_insert_with(|| Output::Bytes(bytes.clone()));
    }
    for spec in &studio.pages {
        let (studio, path) = (studio.clone(), spec.file(site));
        let spec = spec.clone();
        let page = studio::Lazy(move || assemble::page(&studio, &spec));
        bundle.files.insert(path.into(), Output::Page(Arc::new(page)));
    }
    for at in 0..site.explainers.len() {
        let Some(cx) = studio.cx(at) else { continue };
        for (path, file) in outputs::list(&cx) {
            let studio = studio.clone();
            let make = studio::Lazy(move || Ok(studio.cx(at).map(|cx| outputs::make(&cx, &file)).unwrap_or_default()));
            bundle.files.insert(format!("{}{path}", cx.explainer.path).into(), Output::Page(Arc::new(make)));
        }
    }
    if let Some(root) = studio.cx(0) {
        for (path, bytes) in outputs::of_site(&root) {
            bundle.files.entry(path.into()).or_insert(Output::Bytes(bytes));
        }
    }
    let mut found = found.clone();
    for (at, explainer) in site.explainers.iter().enumerate() {
        for alias in explainer.index.iter().flat_map(|index| &index.meta.aliases) {
            let Some(path) = pages::alias_file(alias) else { continue };
            match bundle.files.entry(path.as_str().into()) {
                Entry::Vacant(place) => {
                    let studio = studio.clone();
                    let page = studio::Lazy(move || assemble::redirect(&studio, at, &path));
                    place.insert(Output::Page(Arc::new(page)));
                }
                Entry::Occupied(_) => found.push(
                    Diagnostic::error(
                        rules::PATH_COLLISION,
                        alias.span.clone(),
                        format!("the old address `{alias}` is that of a page or file that the site has now"),
                    )
                    .help("take it out of `aliases`, or move the other one"),
                ),
            }
        }
    }
    (bundle, found)
}

/// The ids on a page; `None` if it isn't one, or can't be rendered.
type Ids = Option<Arc<BTreeSet<Arc<str>>>>;

/// The ids of every page, found when they are asked for and then kept.
pub struct Anchors<'a> {
    bundle: &'a Bundle,
    known: Mutex<BTreeMap<String, Ids>>,
}

impl<'a> Anchors<'a> {
    /// For the pages of `bundle`.
    pub fn new(bundle: &'a Bundle) -> Self {
        Self { bundle, known: Mutex::default() }
    }

    /// The ids on the page at a site path (`terms/index.html`); `None` if no page is there or it can't be rendered.
    pub fn of(&self, path: &str) -> Ids {
        if let Some(known) = self.known.lock().ok()?.get(path) {
            return known.clone();
        }
        let ids = match self.bundle.files.get(path) {
            Some(Output::Page(page)) => page.render().ok().map(|bytes| Arc::new(ids(&String::from_utf8_lossy(&bytes)))),
            _ => None,
        };
        self.known.lock().ok()?.insert(path.to_owned(), ids.clone());
        ids
    }
}

/// The ids in finished HTML.
fn ids(html: &str) -> BTreeSet<Arc<str>> {
    let values = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|id| crate::base::escape::unescape_html(id).into()).collect()
}
