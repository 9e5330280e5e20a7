//! An explainer as one file: all its pages, with styles, scripts, pictures and data inside, that opens without a
//! network. It is made from the finished pages, so whatever a site's own templates show is in it.
//!
//! The explainer's page comes first, as it is; what the other pages have in `<main>` follows, each page in a
//! `<section>` of its own. Ids of the pages that follow get the page's name in front, and every address within the site
//! becomes a place in the file, the file itself as a `data:` address, or an address of the web.

mod addresses;
mod html;
mod join;

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{self, PageKind, PageSpec};
use super::{Outputs, assemble};
use crate::base::{Bytes, Diagnostics, SourcePath};
use crate::bundle::{Made, Output};

use html::{Tag, Token, tokens};

/// Why there is no file.
#[derive(Debug)]
pub enum SingleError {
    /// There is no explainer at the path, or none was named and there are several: their paths, with their titles.
    Which(Vec<(String, String)>),
    /// What is wrong with its templates.
    Findings(Diagnostics),
}

/// An explainer as one file.
#[derive(Debug, Default)]
pub struct Single {
    /// A name for the file, without the ending.
    pub name: String,
    /// The file.
    pub html: String,
    /// How many pages are in it.
    pub pages: usize,
    /// How many bytes of it are pictures and other files, by their paths.
    pub files: BTreeMap<String, usize>,
}

/// A page of the explainer, drawn.
struct Leaf {
    /// Its address below the site's root.
    address: String,
    /// The id of the place where it begins; empty for the first.
    root: String,
    /// What stands before its ids.
    prefix: String,
    title: String,
    html: String,
}

/// The explainer at `path` (`energy/`), or the one at the root, as one file. `read` gives the content of source files,
/// and `make` what is made of them.
///
/// # Errors
/// If there is no such explainer, or a page can't be drawn.
pub fn single(
    outputs: &Outputs,
    path: Option<&str>,
    read: &dyn Fn(&SourcePath) -> Option<Bytes>,
    make: &dyn Fn(&Made) -> Option<Bytes>,
) -> Result<Single, SingleError> {
    let Some(studio) = &outputs.studio else { return Ok(Single::default()) };
    let site = &outputs.site;
    let there: Vec<usize> =
        site.explainers.iter().enumerate().filter(|(_, e)| pages::has_text(e)).map(|(at, _)| at).collect();
    let address = |at: usize| site.explainers.get(at).map_or("", |e| &*e.path).trim_matches('/');
    let wanted = path.map_or("", |path| path.trim_matches('/')).trim_start_matches('.').trim_matches('/');
    let chosen = match there.iter().find(|at| address(**at) == wanted) {
        None if path.is_none() && there.len() == 1 => there.first(),
        chosen => chosen,
    };
    let title_of = |at: usize| studio.cx(at).map(|cx| super::outputs::title(&cx)).unwrap_or_default();
    let Some(&at) = chosen else {
        return Err(SingleError::Which(there.iter().map(|at| (address(*at).to_owned(), title_of(*at))).collect()));
    };
    let studio = studio.forgetful();
    let mut leaves = Vec::new();
    // What is made for pages of other sites shows nothing that the explainer's own pages don't.
    let own = |spec: &PageSpec| !matches!(spec.kind, PageKind::Embed(_));
    for spec in pages::of_explainer(site, at).filter(own) {
        let (title, bytes) = assemble::leaf(&studio, &spec).map_err(SingleError::Findings)?;
        let name = match &spec.kind {
            PageKind::Explainer => String::new(),
            PageKind::Comparison(id) => format!("_compare-{id}"),
            PageKind::Section(slug) => format!("_section-{slug}"),
            kind => format!("_{}", super::chrome::class(kind)),
        };
        let prefix = if name.is_empty() { String::new() } else { format!("{name}--") };
        let html = String::from_utf8_lossy(&bytes).into_owned();
        leaves.push(Leaf { address: spec.address(site), root: name, prefix, title, html });
    }
    let name = match crate::base::text::slug(&title_of(at)) {
        name if name.is_empty() => "explainer".to_owned(),
        name => name,
    };
    let whole = Whole::new(outputs, &leaves, read, make);
    let html = join::join(&whole, &leaves);
    Ok(Single { name, html, pages: leaves.len(), files: whole.files.into_inner() })
}

/// What every page of the file has to know of the others.
struct Whole<'a> {
    outputs: &'a Outputs,
    read: &'a dyn Fn(&SourcePath) -> Option<Bytes>,
    make: &'a dyn Fn(&Made) -> Option<Bytes>,
    /// The ids on each page, by the page's address.
    ids: BTreeMap<&'a str, Ids<'a>>,
    /// The files that went in so far, and their sizes.
    files: std::cell::RefCell<BTreeMap<String, usize>>,
}

/// The ids on a page.
struct Ids<'a> {
    leaf: &'a Leaf,
    /// Those that get the page's prefix.
    own: BTreeSet<String>,
    /// Those in definitions, which are the same on every page and stand once in the file.
    shared: BTreeSet<String>,
}

impl Ids<'_> {
    /// An id as it is in the file; `None` if it isn't on the page.
    fn now(&self, id: &str) -> Option<String> {
        if self.shared.contains(id) {
            return Some(id.to_owned());
        }
        self.own.contains(id).then(|| format!("{}{id}", self.leaf.prefix))
    }
}

impl<'a> Whole<'a> {
    fn new(
        outputs: &'a Outputs,
        leaves: &'a [Leaf],
        read: &'a dyn Fn(&SourcePath) -> Option<Bytes>,
        make: &'a dyn Fn(&Made) -> Option<Bytes>,
    ) -> Self {
        let ids = |leaf: &'a Leaf| {
            let (mut own, mut shared) = (BTreeSet::new(), BTreeSet::new());
            let tokens = tokens(&leaf.html);
            let mut at = 0;
            while let Some(token) = tokens.get(at) {
                let Token::Tag(tag) = token else {
                    at += 1;
                    continue;
                };
                let next = if is_list(tag) || is_definitions(tag) { html::end(&tokens, at) } else { at + 1 };
                // The list of sources at the end of a page isn't in the file: all are in one list.
                for token in tokens.get(at..next).into_iter().flatten().filter(|_| !is_list(tag)) {
                    let Token::Tag(inside) = token else { continue };
                    let into = if is_definitions(tag) { &mut shared } else { &mut own };
                    into.extend(inside.get("id").filter(|id| !id.is_empty()));
                }
                at = next;
            }
            (&*leaf.address, Ids { leaf, own, shared })
        };
        Self { outputs, read, make, ids: leaves.iter().map(ids).collect(), files: std::cell::RefCell::default() }
    }

    /// What is at a site path; a note is made of it if it is a file that goes in.
    fn content(&self, path: &str, note: bool) -> Option<Bytes> {
        let bytes = match self.outputs.find(path)? {
            Output::Bytes(bytes) => bytes,
            Output::Copy(source) => (self.read)(&source)?,
            Output::Page(page) => page.render().ok()?,
            Output::Made(made) => (self.make)(&made)?,
        };
        if note {
            *self.files.borrow_mut().entry(path.to_owned()).or_default() += bytes.len().div_ceil(3) * 4;
        }
        Some(bytes)
    }
}

/// The sources at the end of a page.
fn is_list(tag: &Tag<'_>) -> bool {
    tag.name == "section" && !tag.closes && tag.has_class("references")
}

/// The definitions at the end of a page.
fn is_definitions(tag: &Tag<'_>) -> bool {
    tag.name == "section" && !tag.closes && tag.has_class("popovers")
}

/// The page of all sources, if the explainer has one.
fn is_sources(leaf: &Leaf) -> bool {
    leaf.root == "_sources"
}
