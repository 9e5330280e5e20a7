//! From the resolved site to a [`Bundle`]: one view and one template a page kind.

pub mod about;
pub mod assemble;
pub mod assets;
pub mod blocks;
pub mod cards;
pub mod chrome;
pub mod cx;
pub mod embed;
pub mod fonts;
pub mod highlight;
pub mod i18n;
pub mod images;
pub mod languages;
pub mod links;
pub mod outputs;
pub mod pages;
pub mod plain;
pub mod policy;
pub mod prose;
pub mod scope;
pub mod search;
pub mod shared;
pub mod single;
pub mod studio;
pub mod templates;
pub mod views;
pub mod visits;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::base::{Diagnostic, Diagnostics, rules};
use crate::bundle::{Bundle, Output};
use crate::model::Site;
use pages::PageSpec;
use studio::{Lazy, Studio};

/// What a site has to show: every file by its site path, made when it is asked for.
pub struct Outputs {
    site: Arc<Site>,
    images: images::Images,
    /// `None` if the templates are in error: then there is nothing but what is copied.
    studio: Option<Arc<Studio>>,
}

/// The files of a site, and what is wrong with its templates and styles. What is rendered is remembered for the next
/// build if `remember`.
pub fn outputs(site: &Arc<Site>, remember: bool) -> (Outputs, Diagnostics) {
    let (studio, found) = match Studio::new(site, remember) {
        Ok(studio) => {
            let found = studio.assets.1.clone();
            (Some(Arc::new(studio)), found)
        }
        Err(found) => (None, found),
    };
    (Outputs { site: site.clone(), images: images::Images::new(site), studio }, found)
}

impl Outputs {
    /// What is at a site path: the same as [`Outputs::bundle`] has there, found without listing the rest.
    pub fn find(&self, path: &str) -> Option<Output> {
        let copied = || self.site.copied(path).and_then(|source| self.images.copy(&source));
        let Some(studio) = &self.studio else { return copied() };
        let above = self.site.above(path);
        let nearest = || above.iter().rev().copied();
        let machine = nearest().find_map(|at| self.machines(studio, at).into_iter().find(|(p, _)| p == path));
        let page = || {
            let pages = nearest().flat_map(|at| pages::of_explainer(&self.site, at)).chain([PageSpec::NOT_FOUND]);
            pages.filter(|spec| spec.file(&self.site) == path).map(|spec| draw(studio, spec)).next()
        };
        let asset =
            || studio.assets.0.files.iter().find(|(p, _)| p == path).map(|(_, bytes)| Output::Bytes(bytes.clone()));
        let of_site = || {
            let named = outputs::is_of_site(path).then(|| studio.cx(0)).flatten()?;
            outputs::of_site(&named).into_iter().find(|(p, _)| p == path).map(|(_, bytes)| Output::Bytes(bytes))
        };
        let font = || {
            let made = studio.fonts.files.iter().find(|(p, _)| p == path);
            made.map(|(_, made)| Output::Made(made.clone()))
        };
        let alias = || self.aliases().find(|alias| alias.path == path).map(|alias| lead_on(studio, alias));
        let image = || self.images.find(path);
        let search = || search_files(studio).find(|(p, _)| p == path).map(|(_, output)| output);
        let made = machine.map(|(_, output)| output).or_else(page).or_else(copied).or_else(asset);
        made.or_else(image).or_else(font).or_else(of_site).or_else(search).or_else(alias)
    }

    /// The whole site, and the old addresses that are taken.
    pub fn bundle(&self) -> (Bundle, Diagnostics) {
        let mut bundle = Bundle::default();
        let files = &mut bundle.files;
        for (path, source) in self.site.copies() {
            files.extend(self.images.copy(source).map(|output| (path.into(), output)));
        }
        let mut found = Diagnostics::new();
        let Some(studio) = &self.studio else { return (bundle, found) };
        for (path, bytes) in &studio.assets.0.files {
            // A site's own file takes the place of a built-in one.
            files.entry(path.as_str().into()).or_insert_with(|| Output::Bytes(bytes.clone()));
        }
        for (path, output) in self.images.all() {
            files.entry(path.into()).or_insert(output);
        }
        for (path, made) in &studio.fonts.files {
            files.entry(path.as_str().into()).or_insert_with(|| Output::Made(made.clone()));
        }
        let of_site = || studio.cx(0).map(|root| outputs::of_site(&root)).unwrap_or_default();
        let of_pages = || {
            for spec in pages::pages(&self.site) {
                files.insert(spec.file(&self.site).into(), draw(studio, spec));
            }
            for at in 0..self.site.explainers.len() {
                files.extend(self.machines(studio, at).into_iter().map(|(path, output)| (path.into(), output)));
            }
        };
        let (of_site, ()) = rayon::join(of_site, of_pages);
        for (path, bytes) in of_site {
            files.entry(path.into()).or_insert(Output::Bytes(bytes));
        }
        for (path, output) in search_files(studio) {
            files.entry(path.into()).or_insert(output);
        }
        for alias in self.aliases() {
            match files.entry(alias.path.as_str().into()) {
                Entry::Vacant(place) => {
                    place.insert(lead_on(studio, alias));
                }
                Entry::Occupied(_) => found.push(taken(&alias)),
            }
        }
        found.extend(cards::check(studio));
        (bundle, found)
    }

    /// Every old address, and the one it leads to, both from the site's root.
    pub fn old_addresses(&self) -> Vec<(String, String)> {
        let lead = |alias: Alias<'_>| {
            let explainer = self.site.explainers.get(alias.explainer)?;
            let from = alias.path.strip_suffix("index.html").unwrap_or(&alias.path);
            Some((format!("/{from}"), format!("/{}", explainer.path)))
        };
        self.aliases().filter_map(lead).collect()
    }

    /// Draws every page, and keeps only what goes wrong. `None` if `stop` said so before the end.
    pub fn draw_all(&self, stop: &(dyn Fn() -> bool + Sync)) -> Option<Diagnostics> {
        let Some(studio) = &self.studio else { return Some(Diagnostics::new()) };
        let forgetful = studio.forgetful();
        let explainers = 0..self.site.explainers.len();
        let pages = explainers.into_par_iter().flat_map_iter(|at| {
            let pages = if stop() { Vec::new() } else { pages::of_explainer(&self.site, at).collect() };
            pages.into_iter().chain((at == 0).then_some(PageSpec::NOT_FOUND))
        });
        let drawn = pages.filter_map(|spec| assemble::page(&forgetful, &spec).err());
        let own_card = self.site.templates.texts.iter().any(|(name, _)| &**name == "card.svg");
        let cards = (0..self.site.explainers.len()).into_par_iter().filter(|_| own_card && self.site.settings.cards);
        let cards = cards.flat_map_iter(|at| {
            let kinds = if stop() { Vec::new() } else { cards::list(&self.site.explainers[at]) };
            kinds.into_iter().map(move |(_, kind)| PageSpec { explainer: at, kind })
        });
        let cards = cards.filter_map(|spec| cards::png(&forgetful, &spec).err());
        let redirects = self.aliases().filter_map(|a| assemble::redirect(&forgetful, a.explainer, &a.path).err());
        let found: Diagnostics =
            drawn.chain(cards).flatten_iter().collect::<Vec<_>>().into_iter().chain(redirects.flatten()).collect();
        (!stop()).then_some(found)
    }

    /// The files of an explainer that machines read, by site path.
    fn machines(&self, studio: &Arc<Studio>, at: usize) -> Vec<(String, Output)> {
        let Some(cx) = studio.cx(at) else { return Vec::new() };
        let made = |(path, file): (String, outputs::Machine)| {
            let studio = studio.clone();
            let make = move || Ok(studio.cx(at).map(|cx| outputs::make(&cx, &file)).unwrap_or_default());
            (format!("{}{path}", cx.explainer.path), Output::Page(Arc::new(Lazy(make))))
        };
        let draw = |(path, kind): (String, pages::PageKind)| {
            let drawing = cards::Drawing { studio: studio.clone(), spec: PageSpec { explainer: at, kind } };
            (format!("{}{path}", cx.explainer.path), Output::Page(Arc::new(drawing)))
        };
        let cards = if self.site.settings.cards { cards::list(cx.explainer) } else { Vec::new() };
        outputs::list(&cx).into_iter().map(made).chain(cards.into_iter().map(draw)).collect()
    }

    fn aliases(&self) -> impl Iterator<Item = Alias<'_>> {
        self.site.explainers.iter().enumerate().flat_map(|(explainer, e)| {
            let aliases = e.index.iter().flat_map(|index| &index.meta.aliases);
            aliases.filter_map(move |alias| Some(Alias { path: pages::alias_file(alias)?, explainer, alias }))
        })
    }
}

/// An old address of an explainer.
struct Alias<'a> {
    path: String,
    explainer: usize,
    alias: &'a crate::base::Text,
}

fn draw(studio: &Arc<Studio>, spec: PageSpec) -> Output {
    let studio = studio.clone();
    Output::Page(Arc::new(Lazy(move || assemble::page(&studio, &spec))))
}

/// What can be searched of all explainers, made when it is asked for.
fn search_files(studio: &Arc<Studio>) -> impl Iterator<Item = (String, Output)> {
    outputs::search::of_site(&studio.site).into_iter().map(move |(path, language)| {
        let studio = studio.clone();
        let make = move || {
            let contexts = (0..studio.site.explainers.len()).filter_map(|at| studio.cx(at));
            Ok(outputs::search::site_file(contexts, language.as_ref()))
        };
        (path, Output::Page(Arc::new(Lazy(make))))
    })
}

fn lead_on(studio: &Arc<Studio>, alias: Alias<'_>) -> Output {
    let (studio, path, explainer) = (studio.clone(), alias.path, alias.explainer);
    Output::Page(Arc::new(Lazy(move || assemble::redirect(&studio, explainer, &path))))
}

fn taken(alias: &Alias<'_>) -> Diagnostic {
    Diagnostic::error(
        rules::PATH_COLLISION,
        alias.alias.span.clone(),
        format!("the old address `{}` is that of a page or file that the site has now", alias.alias),
    )
    .help("take it out of `aliases`, or move the other one")
}

/// The ids on a page; `None` if it isn't one, or can't be rendered.
type Ids = Option<Arc<BTreeSet<Arc<str>>>>;

/// The ids of every page, found when they are asked for and then kept.
pub struct Anchors<'a> {
    outputs: &'a Outputs,
    known: Mutex<BTreeMap<String, Ids>>,
}

impl<'a> Anchors<'a> {
    /// For the pages among `outputs`.
    pub fn new(outputs: &'a Outputs) -> Self {
        Self { outputs, known: Mutex::default() }
    }

    /// The ids on the page at a site path (`terms/index.html`); `None` if no page is there or it can't be rendered.
    pub fn of(&self, path: &str) -> Ids {
        if let Some(known) = self.known.lock().ok()?.get(path) {
            return known.clone();
        }
        let ids = match self.outputs.find(path) {
            Some(Output::Page(page)) => {
                page.render().ok().map(|bytes| Arc::new(ids(std::str::from_utf8(&bytes).unwrap_or_default())))
            }
            _ => None,
        };
        self.known.lock().ok()?.insert(path.to_owned(), ids.clone());
        ids
    }
}

/// The ids in finished HTML.
fn ids(html: &str) -> BTreeSet<Arc<str>> {
    const BEFORE: &str = " id=\"";
    let values = memchr::memmem::find_iter(html.as_bytes(), BEFORE).filter_map(|at| html.get(at + BEFORE.len()..));
    let values = values.filter_map(|rest| rest.split('"').next());
    values.map(|id| crate::base::escape::unescape_html(id).into()).collect()
}
