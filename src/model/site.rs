//! The site as it was read: folders with their sections and records, and the records that each folder sees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::block::Block;
use super::chart::Chart;
use super::date::Date;
use super::doc::{BlockSource, Doc, Part};
use super::record::*;
use crate::base::{Bytes, Diagnostics, SharedText, SourcePath, Span, Text, Version};
use crate::fonts::{self, Face};
use crate::imaging::svg::Taken;
use crate::imaging::{Probed, Trouble};

/// How an explainer is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// All sections on one page.
    #[default]
    Scroll,
    /// A page a section.
    Cards,
}

/// What somebody is who writes or publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agent {
    /// A person.
    Person,
    /// An organisation: a newsroom, an agency, a company.
    Organisation,
}

impl Agent {
    /// Each with its name in front matter and settings.
    pub const ALL: [(&'static str, Self); 2] = [("person", Self::Person), ("organisation", Self::Organisation)];
}

/// Somebody who wrote an explainer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Author {
    /// The name.
    pub name: Text,
    /// An address.
    pub url: Option<Text>,
    /// What it is, if said.
    pub kind: Option<Agent>,
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
    /// The text that this was translated from, as front matter names it.
    pub translates: Option<Text>,
    /// Its language where that isn't the page's: nobody has translated it yet.
    pub language: Option<Arc<str>>,
    /// The text as written, without front matter.
    pub source: SharedText,
    /// Byte offset of `source` in the file.
    pub offset: u32,
    /// The blocks in the text, in the order of their `Part::Block`s; `None` where one is in error or a component of
    /// the site's own that takes its options as they are.
    pub blocks: Vec<Option<Block>>,
}

impl Section {
    /// Its charts, each with its number among the blocks.
    pub fn charts(&self) -> impl Iterator<Item = (usize, &Arc<Chart>)> {
        self.blocks.iter().enumerate().filter_map(|(n, block)| match block {
            Some(Block::Chart(chart)) => Some((n, chart)),
            _ => None,
        })
    }

    /// The blocks whose options were understood, each as written.
    pub fn understood_blocks(&self) -> impl Iterator<Item = (&BlockSource, &Block)> {
        let sources = self.body.notable_parts().filter_map(|part| match part {
            Part::Block(source) => Some(&**source),
            _ => None,
        });
        sources.zip(&self.blocks).filter_map(|(source, block)| Some((source, block.as_ref()?)))
    }

    /// The place in the file of a range of the text.
    pub fn locate(&self, at: super::doc::At) -> Span {
        let start = self.offset as usize;
        Span::new(&self.file, start + at.start as usize..start + at.end as usize)
    }
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
    /// Its data files.
    pub data: Arc<[SourcePath]>,
    /// The texts that stand in other languages than `index.md`, by language.
    pub translations: Arc<BTreeMap<Arc<str>, Vec<SourcePath>>>,
    /// The languages of translations in it and in the folders below.
    pub languages: Arc<BTreeSet<Arc<str>>>,
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

impl Section {
    /// The text at hand where the page's language has none of its own.
    pub fn foreign(&self, language: &Arc<str>) -> Self {
        Self { language: Some(language.clone()), ..self.clone() }
    }

    /// The name that the file has in every language: `10-terms.md` of `10-terms.de.md`.
    pub fn original(&self, language: Option<&str>) -> SourcePath {
        language
            .and_then(|language| super::language::original(&self.file, language))
            .unwrap_or_else(|| self.file.clone())
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The state of the file that was measured.
    pub version: Version,
    /// A fingerprint of its bytes.
    pub id: u128,
    /// What its headers say, or why pages can't show it.
    pub probed: Result<Probed, Trouble>,
    /// What has to be taken out of an SVG before it is published.
    pub taken: Arc<[Taken]>,
}

impl Measured {
    /// Width and height in pixels, where known.
    pub fn size(&self) -> Option<(u32, u32)> {
        self.probed.as_ref().ok().map(|probed| probed.size).filter(|(width, height)| *width > 0 && *height > 0)
    }
}

/// Everything that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings.
    pub settings: Arc<super::Settings>,
    /// `content/`.
    pub root: Arc<Folder>,
    /// The same in other languages, as far as it is translated, by language.
    pub translations: Vec<(Arc<str>, Arc<Folder>)>,
    /// Files in `static/`, copied as they are.
    pub static_files: Arc<StaticFiles>,
    /// Templates of the site's own.
    pub templates: Arc<OwnTemplates>,
    /// The fonts that the site brings along.
    pub fonts: Arc<FontFiles>,
    /// Texts of the interface of the site's own.
    pub strings: Arc<super::strings::OwnStrings>,
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
    /// The fonts in `static/fonts/` that cards can be drawn with.
    pub fonts: Vec<(SourcePath, Bytes)>,
    /// What is wrong with them.
    pub found: Diagnostics,
}

/// The font files that the settings name, by their paths.
pub type FontFiles = BTreeMap<SourcePath, FontFile>;

/// A font file, looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct FontFile {
    /// The state of the file.
    pub version: Version,
    /// Its content.
    pub bytes: Bytes,
    /// A fingerprint of its content.
    pub id: u128,
    /// What it has, or why it can't be used.
    pub probed: Result<Arc<Face>, fonts::Trouble>,
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
