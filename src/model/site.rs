//! The site: explainers, their sections and their data.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::date::{Date, Day};
use super::doc::Doc;
use super::names::Names;
use super::record::*;
use crate::base::{Diagnostics, SourcePath, Span, Text, Version};

/// How an explainer is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// All sections on one page.
    #[default]
    Scroll,
    /// A page a section.
    Cards,
}

/// Somebody who wrote an explainer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Author {
    /// The name.
    pub name: Text,
    /// An address.
    pub url: Option<Text>,
}

/// The front matter of `index.md`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExplainerMeta {
    /// The title.
    pub title: Text,
    /// The sentence below the title.
    pub standfirst: Option<Prose>,
    /// One sentence for search engines and cards; default: the standfirst.
    pub description: Option<Text>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// What kind of piece: "Explainer", "Analysis".
    pub kind: Option<Text>,
    /// How it is laid out.
    pub layout: Layout,
    /// Not built unless drafts are asked for.
    pub draft: bool,
    /// Its language, if not the site's.
    pub language: Option<Arc<str>>,
    /// Its part of the address, if not its folder's name.
    pub slug: Option<Text>,
    /// Position among its siblings, before those without: written, or the number before its folder's name.
    pub order: Option<i64>,
    /// Keywords.
    pub tags: Vec<Text>,
    /// The leading picture.
    pub image: Option<Picture>,
    /// Facts shown at the top.
    pub key_facts: Vec<Ref>,
    /// Old addresses.
    pub aliases: Vec<Text>,
}

/// One section of an explainer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Section {
    /// Its file.
    pub file: SourcePath,
    /// Its slug: the anchor or the folder of its page.
    pub slug: Arc<str>,
    /// The place of the slug, or of the file.
    pub span: Span,
    /// Its title.
    pub title: Text,
    /// A shorter title for the contents list.
    pub short_title: Option<Text>,
    /// A sentence below the title.
    pub standfirst: Option<Prose>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// True for a draft.
    pub draft: bool,
    /// Position, if set in front matter or by a numeric prefix.
    pub order: Option<i64>,
    /// The text.
    pub body: Arc<Doc>,
    /// The text as written, without front matter.
    pub source: Arc<str>,
    /// Byte offset of `source` in the file.
    pub offset: u32,
    /// The blocks in the text, in the order of their `Part::Block`s; `None` where one is in error or a component of
    /// the site's own that takes its options as they are.
    pub blocks: Vec<Option<Block>>,
}

impl Section {
    /// The place in the file of a range of the text.
    pub fn locate(&self, at: super::doc::At) -> Span {
        let start = self.offset as usize;
        Span::new(&self.file, start + at.start as usize..start + at.end as usize)
    }
}

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
    /// `{changes}`
    Changes(ListOptions),
    /// `{sources}`
    Sources(ListOptions),
    /// `{NAME}`: its template, and its options as JSON text (keys in the order written).
    Component(Arc<str>, Arc<str>),
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

/// The records of one folder as its files give them, before inheritance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Records {
    /// Editions.
    pub editions: Vec<Arc<Edition>>,
    /// Terms.
    pub terms: Vec<Arc<Term>>,
    /// Parties.
    pub parties: Vec<Arc<Party>>,
    /// Events.
    pub events: Vec<Arc<Event>>,
    /// Eras.
    pub eras: Vec<Arc<Era>>,
    /// Sources.
    pub sources: Vec<Arc<Source>>,
    /// Facts.
    pub facts: Vec<Arc<Fact>>,
    /// Comparisons.
    pub comparisons: Vec<Arc<Comparison>>,
    /// Changes.
    pub changes: Vec<Arc<Change>>,
}

/// One folder below `content/`, read: its text and its own records.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder: `content` or `content/energy`.
    pub dir: SourcePath,
    /// The state of everything at or below it that this was read from: as long as a world gives the same, so does
    /// reading it.
    pub version: Version,
    /// `index.md`, if there is one.
    pub index: Option<Index>,
    /// Its sections in order.
    pub sections: Vec<Arc<Section>>,
    /// Its own records. Shared with the build before if their files are the same.
    pub records: Arc<Records>,
    /// Files beside the text that are copied, sorted.
    pub assets: Arc<[SourcePath]>,
    /// The images among them that could be measured.
    pub images: Arc<Images>,
    /// The folders below that have text of their own, in order.
    pub children: Vec<Arc<Folder>>,
    /// True if a text of it could not be read.
    pub unread: bool,
    /// What is wrong in this folder's files, without those below.
    pub found: Diagnostics,
}

impl Folder {
    /// What is wrong in its files and in those of the folders below.
    pub fn findings(&self, out: &mut Diagnostics) {
        out.extend(self.found.iter().cloned());
        for child in &self.children {
            child.findings(out);
        }
    }
}

/// `index.md`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Index {
    /// Front matter.
    pub meta: ExplainerMeta,
    /// The body, as a section without a title.
    pub body: Arc<Section>,
}

/// Images by their source.
pub type Images = BTreeMap<SourcePath, Measured>;

/// An image, measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The state of the file that was measured.
    pub version: Version,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Everything that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings.
    pub settings: Arc<super::Settings>,
    /// `content/`.
    pub root: Arc<Folder>,
    /// Files in `static/`, copied as they are.
    pub static_files: Arc<StaticFiles>,
    /// Templates of the site's own.
    pub templates: Arc<OwnTemplates>,
    /// A fingerprint of all that decides how the files of `content/` are read.
    pub manner: u128,
}

/// What is in `templates/`.
#[derive(Clone, Debug, Default)]
pub struct OwnTemplates {
    /// The state of the folder that this was read from.
    pub version: Version,
    /// Templates by name (`page.html`, `components/quote.html`), with their text.
    pub texts: Vec<(Arc<str>, Text)>,
    /// What is wrong with them.
    pub found: Diagnostics,
}

/// What is in `static/`.
#[derive(Clone, Debug, Default)]
pub struct StaticFiles {
    /// The state of the folder that this was read from.
    pub version: Version,
    /// The files, sorted.
    pub paths: Vec<SourcePath>,
    /// The images among them that could be measured.
    pub images: Images,
    /// The sources of the theme (`static/theme/`), by name, with their text.
    pub theme: Vec<(Arc<str>, Text)>,
    /// What is wrong with them.
    pub found: Diagnostics,
}

/// The records that an explainer sees: its own and those inherited, by id, in a fixed order (editions and events by
/// date, the rest as written).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Data {
    /// Editions, oldest first.
    pub editions: IndexMapH<Id, Arc<Edition>>,
    /// Terms.
    pub terms: IndexMapH<Id, Arc<Term>>,
    /// Parties.
    pub parties: IndexMapH<Id, Arc<Party>>,
    /// Events, oldest first.
    pub events: IndexMapH<Id, Arc<Event>>,
    /// Eras, oldest first.
    pub eras: IndexMapH<Id, Arc<Era>>,
    /// Sources.
    pub sources: IndexMapH<Id, Arc<Source>>,
    /// Facts.
    pub facts: IndexMapH<Id, Arc<Fact>>,
    /// Comparisons.
    pub comparisons: IndexMapH<Id, Arc<Comparison>>,
    /// Changes, newest first.
    pub changes: IndexMapH<Id, Arc<Change>>,
}

/// One explainer (or hub). What takes a look at its texts to find out is [`Resolved`], worked out when it is first
/// asked for; an explainer gives it as if it were its own.
#[derive(Clone, Debug)]
pub struct Explainer {
    /// Its folder of source files.
    pub dir: SourcePath,
    /// Its site path with a final `/`; empty for the root.
    pub path: Arc<str>,
    /// `index.md`; `None` for a hub without one.
    pub index: Option<Index>,
    /// Its sections, in order, drafts left out unless asked for.
    pub sections: Vec<Arc<Section>>,
    /// Ids of records defined in this very folder (a hub does not show what is meant for those below it).
    pub own: Arc<Records>,
    /// The explainers right below, in order: indices into `Site::explainers`.
    pub children: Vec<usize>,
    /// The explainer above, if any: index into `Site::explainers`.
    pub parent: Option<usize>,
    /// Assets of its folder, sorted.
    pub assets: Arc<[SourcePath]>,
    /// The images among them that could be measured.
    pub images: Arc<Images>,
    /// The records that its texts may name.
    pub visible: Arc<LazyVisible>,
    /// What it shows and uses.
    pub resolved: Arc<LazyResolved>,
}

/// A [`Visible`] that is worked out when it is first asked for.
pub type LazyVisible = LazyLock<Visible, Box<dyn FnOnce() -> Visible + Send>>;

/// The records that a folder sees: its own and those that it inherits.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// The records.
    pub data: Arc<Data>,
    /// The names of terms that link by themselves.
    pub names: Arc<Names>,
    /// What is wrong with how its own go with those that it inherits.
    pub found: Diagnostics,
}

/// A [`Resolved`] that is worked out when it is first asked for.
pub type LazyResolved = LazyLock<Resolved, Box<dyn FnOnce() -> Resolved + Send>>;

/// What an explainer shows and uses.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// What it shows.
    pub data: Arc<Data>,
    /// Numbers of the cited sources, from 1, in order of first use in reading order.
    pub numbers: IndexMapH<Id, u32>,
    /// Where terms, facts, events and sources are used.
    pub uses: Arc<Uses>,
    /// The names of terms that link by themselves.
    pub names: Arc<Names>,
}

impl std::ops::Deref for Explainer {
    type Target = Resolved;
    fn deref(&self) -> &Resolved {
        &self.resolved
    }
}

/// Where records are used within one explainer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Uses {
    /// Slugs of sections that name or link a term (in reading order; empty string: the short answer).
    pub term_sections: IndexMapH<Id, Vec<Arc<str>>>,
    /// Events that name a term.
    pub term_events: IndexMapH<Id, Vec<Id>>,
    /// Slugs of sections that cite a source (in prose or by a fact).
    pub source_sections: IndexMapH<Id, Vec<Arc<str>>>,
}

/// The whole site, resolved.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings.
    pub settings: Arc<super::Settings>,
    /// Every explainer and hub; the root is the first, each parent stands before its children.
    pub explainers: Vec<Arc<Explainer>>,
    /// Files in `static/`.
    pub static_files: Arc<StaticFiles>,
    /// Templates of the site's own.
    pub templates: Arc<OwnTemplates>,
    /// Where the explainers are.
    pub index: SiteIndex,
    /// The date of the build.
    pub today: Day,
}

/// Explainers by their folder of sources and by their site path: indices into `Site::explainers`.
#[derive(Clone, Debug, Default)]
pub struct SiteIndex {
    by_dir: HashMap<SourcePath, usize>,
    by_path: HashMap<Arc<str>, usize>,
}

impl SiteIndex {
    /// Notes where the explainers are. Of several at one path the last counts.
    pub fn new(explainers: &[Arc<Explainer>]) -> Self {
        let by_dir = explainers.iter().enumerate().map(|(at, e)| (e.dir.clone(), at)).collect();
        let by_path = explainers.iter().enumerate().map(|(at, e)| (e.path.clone(), at)).collect();
        Self { by_dir, by_path }
    }

    /// The explainer of a folder of sources.
    pub fn of_dir(&self, dir: &SourcePath) -> Option<usize> {
        self.by_dir.get(dir).copied()
    }
}

impl Site {
    /// The explainers whose site path a site path lies below, the root first.
    pub fn above(&self, path: &str) -> Vec<usize> {
        let ends = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        ends.filter_map(|end| self.index.by_path.get(path.get(..end)?).copied()).collect()
    }

    /// The explainer whose sources a source file or folder is one of.
    fn home(&self, file: &SourcePath) -> Option<usize> {
        std::iter::successors(Some(file.clone()), SourcePath::parent)
            .find_map(|dir| self.index.by_dir.get(&dir).copied())
    }

    /// What a source file or folder became.
    pub fn place(&self, file: &SourcePath) -> Option<Place> {
        if let Some(path) = static_path(file).filter(|_| self.static_files.paths.binary_search(file).is_ok()) {
            return Some(Place { explainer: 0, kind: PlaceKind::Asset(path.to_owned()) });
        }
        let at = self.home(file)?;
        let explainer = self.explainers.get(at)?;
        let kind = if explainer.dir == *file {
            PlaceKind::Folder
        } else if explainer.section_of(file).is_some() {
            PlaceKind::Text
        } else {
            explainer.assets.binary_search(file).ok()?;
            PlaceKind::Asset(explainer.asset_path(file)?)
        };
        Some(Place { explainer: at, kind })
    }

    /// The source of the file that is copied to a site path.
    pub fn copied(&self, path: &str) -> Option<SourcePath> {
        let own = SourcePath::new(STATIC).join(path);
        if static_path(&own) == Some(path) && self.static_files.paths.binary_search(&own).is_ok() {
            return Some(own);
        }
        let mut above = self.above(path).into_iter().rev().filter_map(|at| self.explainers.get(at));
        above.find_map(|explainer| {
            let asset = explainer.dir.join(path.strip_prefix(&*explainer.path)?);
            let known = explainer.assets.binary_search(&asset).is_ok();
            (known && explainer.asset_path(&asset)? == path).then_some(asset)
        })
    }

    /// Every file that is copied: its site path and its source. Of several at one path the last counts.
    pub fn copies(&self) -> impl Iterator<Item = (String, &SourcePath)> {
        let assets = self.explainers.iter().flat_map(|e| e.assets.iter().filter_map(|a| Some((e.asset_path(a)?, a))));
        let own = self.static_files.paths.iter().filter_map(|file| Some((static_path(file)?.to_owned(), file)));
        assets.chain(own)
    }

    /// The size in pixels of an image, if it could be measured.
    pub fn image_size(&self, file: &SourcePath) -> Option<(u32, u32)> {
        let own = || self.explainers.get(self.home(file)?)?.images.get(file);
        self.static_files.images.get(file).or_else(own).map(|image| image.size)
    }

    /// The names in a folder of sources, as far as something was made of them; sorted.
    pub fn names_in(&self, dir: &SourcePath) -> Vec<&str> {
        let home = self.home(dir).and_then(|at| self.explainers.get(at));
        let texts = home.iter().flat_map(|e| e.index.iter().map(|i| &i.body).chain(&e.sections)).map(|s| &s.file);
        let assets = home.iter().flat_map(|e| e.assets.iter());
        let below = home.iter().flat_map(|e| &e.children).filter_map(|at| Some(&self.explainers.get(*at)?.dir));
        let all = texts.chain(assets).chain(below).chain(&self.static_files.paths);
        let mut names: Vec<&str> = all.filter(|f| f.parent().as_ref() == Some(dir)).map(SourcePath::name).collect();
        names.sort_unstable();
        names
    }
}

/// The folder of files that are copied as they are.
const STATIC: &str = "static";

/// The site path of a file in `static/`; `None` for the sources of the theme.
fn static_path(file: &SourcePath) -> Option<&str> {
    file.strip_prefix(&SourcePath::new(STATIC)).filter(|path| !path.is_empty() && !path.starts_with("theme/"))
}

/// What a source file or folder became.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The explainer that it belongs to: an index into `Site::explainers`.
    pub explainer: usize,
    /// What it became.
    pub kind: PlaceKind,
}

/// What a source file or folder became.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A section, or the short answer.
    Text,
    /// The explainer's folder itself.
    Folder,
    /// A file copied to this site path.
    Asset(String),
}
