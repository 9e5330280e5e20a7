//! The records of the data files, as `docs/data.md` and the JSON Schemas describe them.

use std::sync::Arc;

use indexmap::IndexMap;

use super::date::Date;
use super::doc::Doc;
use crate::base::{Span, Text};

/// An identifier: the slug that other records and the prose use.
pub type Id = Arc<str>;

/// A name of another record, where it was written.
pub type Ref = Text;

/// Markdown from a data file or front matter, with its parsed form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Prose {
    /// True if it stands in another language than the page, since nobody has translated it.
    pub foreign: bool,
    /// As written.
    pub source: Text,
    /// Parsed. Offsets in it are offsets in `source`.
    pub doc: Arc<Doc>,
}

/// How sure a statement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Stated by someone who is in a position to know.
    #[default]
    Confirmed,
    /// Reported, not confirmed.
    Reported,
    /// Somebody's judgement.
    Analysis,
    /// Sources disagree.
    Disputed,
    /// Not known.
    Unknown,
}

impl Status {
    /// Every status with its name in data files.
    pub const ALL: [(&'static str, Self); 5] = [
        ("confirmed", Self::Confirmed),
        ("reported", Self::Reported),
        ("analysis", Self::Analysis),
        ("disputed", Self::Disputed),
        ("unknown", Self::Unknown),
    ];

    /// Its name in data files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, s)| *s == self).map_or("confirmed", |(n, _)| n)
    }
}

/// A source that a record names, with a locator if it was written `id, p. 4`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceRef {
    /// The source's id.
    pub id: Ref,
    /// Where in the source.
    pub locator: Option<Arc<str>>,
}

/// Where a statement comes from and how sure it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// The sources.
    pub sources: Vec<SourceRef>,
    /// How sure.
    pub status: Status,
    /// The date at which it held.
    pub as_of: Option<Date>,
    /// A remark shown with it.
    pub note: Option<Prose>,
}

/// What every top-level record has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// The id, written or made from the label.
    pub id: Id,
    /// The id's place, or the label's if the id was made from it.
    pub span: Span,
    /// Where it says `override = true`: it may replace an inherited record with the same id.
    pub replaces: Option<Span>,
    /// True if nobody has translated it into the language that is wanted: its texts are in that of the original.
    pub foreign: bool,
    /// Its group before that was translated: the name by which blocks pick it.
    pub group: Option<Text>,
}

impl Head {
    /// True if what is in `group` is in one of those wanted, or if none is.
    pub fn in_one_of(&self, group: Option<&Text>, wanted: &[Text]) -> bool {
        let named = |text: &Text| wanted.iter().any(|wanted| wanted.text == text.text);
        wanted.is_empty() || group.is_some_and(named) || self.group.as_ref().is_some_and(named)
    }
}

/// A version of the thing explained.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edition {
    /// Id and place.
    pub head: Head,
    /// Its name: "April 2026".
    pub label: Text,
    /// When it took effect.
    pub date: Date,
    /// Sources, status, note.
    pub provenance: Provenance,
}

/// A term of the thing explained.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Id and place.
    pub head: Head,
    /// Its name.
    pub name: Text,
    /// Other names; they link too.
    pub aliases: Vec<Text>,
    /// The group it is shown in.
    pub group: Option<Text>,
    /// What it means.
    pub definition: Option<Prose>,
    /// Whether its first use in a section links by itself.
    pub autolink: bool,
    /// Its states by edition, in the order written.
    pub states: Vec<State>,
    /// Sources and note of the definition.
    pub provenance: Provenance,
}

/// What a term said in one edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The place of the state.
    pub span: Span,
    /// The edition.
    pub edition: Ref,
    /// What it said; `None`: not public.
    pub value: Option<Prose>,
    /// The place of a value that was written and says nothing.
    pub blank: Option<Span>,
    /// A short word for it.
    pub standing: Option<Text>,
    /// Sources, status, date, note.
    pub provenance: Provenance,
    /// What it does to parties.
    pub effects: Vec<Effect>,
}

/// What a state does to a party.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Effect {
    /// The place of the effect.
    pub span: Span,
    /// The party.
    pub party: Ref,
    /// Which way.
    pub direction: Direction,
    /// Sources, status, date, note.
    pub provenance: Provenance,
}

/// Which way an effect goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The party gains.
    Gains,
    /// The party gives something up.
    Loses,
    /// The party keeps what it had.
    Keeps,
    /// Both.
    Mixed,
}

impl Direction {
    /// Every direction with its name in data files.
    pub const ALL: [(&'static str, Self); 4] =
        [("gains", Self::Gains), ("loses", Self::Loses), ("keeps", Self::Keeps), ("mixed", Self::Mixed)];

    /// Its name in data files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, d)| *d == self).map_or("mixed", |(n, _)| n)
    }
}

/// Who is affected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    /// Id and place.
    pub head: Head,
    /// Its name.
    pub name: Text,
    /// Its part in the matter.
    pub role: Option<Text>,
    /// Its own site.
    pub url: Option<Text>,
    /// Sources and note.
    pub provenance: Provenance,
}

/// How much an event matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Importance {
    /// A detail.
    Minor,
    /// Most events.
    #[default]
    Normal,
    /// One of the few that the story turns on.
    Key,
}

impl Importance {
    /// Every importance with its name in data files.
    pub const ALL: [(&'static str, Self); 3] = [("key", Self::Key), ("normal", Self::Normal), ("minor", Self::Minor)];

    /// Its name in data files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, d)| *d == self).map_or("normal", |(n, _)| n)
    }
}

/// Something that happened, or will.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// Id and place.
    pub head: Head,
    /// When.
    pub date: Date,
    /// The place of the date.
    pub date_span: Span,
    /// What, in a line.
    pub title: Text,
    /// More, in a sentence or a few.
    pub body: Option<Prose>,
    /// The track it belongs to.
    pub group: Option<Text>,
    /// How much it matters.
    pub importance: Importance,
    /// Terms it touches.
    pub terms: Vec<Ref>,
    /// Parties it touches.
    pub parties: Vec<Ref>,
    /// The edition that it brought in.
    pub edition: Option<Ref>,
    /// A picture.
    pub image: Option<Picture>,
    /// Sources, status, date, note.
    pub provenance: Provenance,
}

/// A picture that a record shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    /// Its file, relative to the folder of the record's file.
    pub src: Text,
    /// What it shows, for those who don't see it. Empty: decoration.
    pub alt: Option<Text>,
    /// A line below it.
    pub caption: Option<Text>,
    /// Whose it is.
    pub credit: Option<Text>,
}

/// A span of time with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Era {
    /// Id and place.
    pub head: Head,
    /// Its name.
    pub label: Text,
    /// When it began.
    pub start: Date,
    /// When it ended; `None`: it lasts.
    pub end: Option<Date>,
    /// The place of the end, or of the era.
    pub end_span: Span,
    /// The track it belongs to.
    pub group: Option<Text>,
    /// Sources, status, note.
    pub provenance: Provenance,
}

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Id and place.
    pub head: Head,
    /// Its title.
    pub title: Text,
    /// Who published it.
    pub publisher: Option<Text>,
    /// Who wrote it.
    pub authors: Vec<Text>,
    /// When it was published.
    pub date: Option<Date>,
    /// Its address.
    pub url: Option<Text>,
    /// The address of an archived copy.
    pub archive: Option<Text>,
    /// When it was looked at.
    pub accessed: Option<Date>,
    /// What kind of source: "statement", "report".
    pub kind: Option<Text>,
    /// Its language (BCP 47).
    pub language: Option<Text>,
    /// A remark.
    pub note: Option<Prose>,
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Id and place.
    pub head: Head,
    /// The value as shown: "$250 billion".
    pub value: Text,
    /// What it is the value of.
    pub label: Option<Text>,
    /// After this date it wants looking at again.
    pub review_by: Option<Date>,
    /// Sources, status, date, note.
    pub provenance: Provenance,
}

/// A free table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// Id and place.
    pub head: Head,
    /// Its title.
    pub title: Text,
    /// A line below the title.
    pub caption: Option<Prose>,
    /// What is compared.
    pub columns: Vec<Column>,
    /// In what respect.
    pub rows: Vec<Row>,
    /// Sources, status, date, note for the whole table.
    pub provenance: Provenance,
}

/// A column of a free table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    /// The key that cells use.
    pub id: Id,
    /// Its place.
    pub span: Span,
    /// Its heading.
    pub label: Text,
    /// A remark below the heading.
    pub note: Option<Prose>,
}

/// A row of a free table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// The key, for links.
    pub id: Id,
    /// The place of the row.
    pub span: Span,
    /// Its heading.
    pub label: Text,
    /// A remark below the heading.
    pub note: Option<Prose>,
    /// Sources for every cell of the row that has none.
    pub sources: Vec<SourceRef>,
    /// The cells by column.
    pub cells: IndexMapH<Id, Cell>,
    /// The places of cells that were left blank, by column.
    pub blanks: Vec<(Id, Span)>,
}

/// A cell of a free table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The place of the cell.
    pub span: Span,
    /// What it says; `None`: not public.
    pub value: Option<Prose>,
    /// Sources, status, date, note.
    pub provenance: Provenance,
}

/// What kind of change to the page it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Something was wrong.
    Correction,
    /// Something is new.
    Update,
    /// Something was unclear.
    Clarification,
}

impl ChangeKind {
    /// Every kind with its name in data files.
    pub const ALL: [(&'static str, Self); 3] =
        [("correction", Self::Correction), ("update", Self::Update), ("clarification", Self::Clarification)];

    /// Its name in data files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, d)| *d == self).map_or("update", |(n, _)| n)
    }

    /// True if it is also told at what it concerns: something there was wrong or unclear.
    pub fn stands_where_it_applies(self) -> bool {
        matches!(self, Self::Correction | Self::Clarification)
    }
}

/// A change to the page, told to its readers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// Id (date and kind unless written) and place.
    pub head: Head,
    /// When.
    pub date: Date,
    /// What kind.
    pub kind: ChangeKind,
    /// What changed.
    pub note: Prose,
    /// The section it concerns.
    pub section: Option<Ref>,
    /// The term it concerns.
    pub term: Option<Ref>,
    /// The event it concerns.
    pub event: Option<Ref>,
}

/// An `IndexMap` that hashes as the list of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexMapH<K: std::hash::Hash + Eq, V>(pub IndexMap<K, V>);

impl<K: std::hash::Hash + Eq, V> Default for IndexMapH<K, V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<K: std::hash::Hash + Eq, V: std::hash::Hash> std::hash::Hash for IndexMapH<K, V> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
        for entry in &self.0 {
            entry.hash(state);
        }
    }
}

impl<K: std::hash::Hash + Eq, V> std::ops::Deref for IndexMapH<K, V> {
    type Target = IndexMap<K, V>;
    fn deref(&self) -> &IndexMap<K, V> {
        &self.0
    }
}
