//! The site: explainers, their sections and their data.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::date::Date;
use super::doc::Doc;
use super::names::Names;
use super::record::*;
use crate::base::{SourcePath, Span, Text};

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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Folder {
    /// The folder: `content` or `content/energy`.
    pub dir: SourcePath,
    /// `index.md`, if there is one.
    pub index: Option<Index>,
    /// Its sections in order.
    pub sections: Vec<Arc<Section>>,
    /// Its own records.
    pub records: Records,
    /// Files beside the text that are copied.
    pub assets: Vec<SourcePath>,
    /// The folders below that have text of their own, in order.
    pub children: Vec<Arc<Folder>>,
}

/// `index.md`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Index {
    /// Front matter.
    pub meta: ExplainerMeta,
    /// The body, as a section without a title.
    pub body: Arc<Section>,
}

/// Everything that was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Loaded {
    /// The settings.
    pub settings: Arc<super::Settings>,
    /// `content/`.
    pub root: Arc<Folder>,
    /// Files in `static/`, copied as they are.
    pub static_files: Vec<SourcePath>,
    /// Templates of the site's own by name (`page.html`, `components/quote.html`), with their text.
    pub templates: Vec<(Arc<str>, Text)>,
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

/// One explainer (or hub), resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Explainer {
    /// Its folder of source files.
    pub dir: SourcePath,
    /// Its site path with a final `/`; empty for the root.
    pub path: Arc<str>,
    /// `index.md`; `None` for a hub without one.
    pub index: Option<Index>,
    /// Its sections, in order, drafts left out unless asked for.
    pub sections: Vec<Arc<Section>>,
    /// What it sees.
    pub data: Arc<Data>,
    /// Ids of records defined in this very folder (a hub does not show what is meant for those below it).
    pub own: Arc<Records>,
    /// Numbers of the cited sources, from 1, in order of first use in reading order.
    pub numbers: IndexMapH<Id, u32>,
    /// Where terms, facts, events and sources are used.
    pub uses: Arc<Uses>,
    /// The names of terms that link by themselves.
    pub names: Arc<Names>,
    /// The explainers right below, in order: indices into `Site::explainers`.
    pub children: Vec<usize>,
    /// The explainer above, if any: index into `Site::explainers`.
    pub parent: Option<usize>,
    /// Assets of its folder.
    pub assets: Vec<SourcePath>,
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The settings.
    pub settings: Arc<super::Settings>,
    /// Every explainer and hub; the root is the first, each parent stands before its children.
    pub explainers: Vec<Arc<Explainer>>,
    /// Files in `static/`.
    pub static_files: Vec<SourcePath>,
    /// Templates of the site's own.
    pub templates: Vec<(Arc<str>, Text)>,
    /// What each source file or folder became.
    pub places: BTreeMap<SourcePath, Place>,
    /// Site path → source of every file that is copied.
    pub files: BTreeMap<Arc<str>, SourcePath>,
    /// The site's own sources of the theme (`static/theme/`), by name, with their text.
    pub theme_files: Vec<(Arc<str>, Text)>,
    /// Size in pixels of every image that a page shows, where it could be read.
    pub images: BTreeMap<SourcePath, (u32, u32)>,
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
