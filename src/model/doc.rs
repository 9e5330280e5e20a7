//! Parsed Markdown: HTML with holes.
//!
//! A [`Doc`] is what a Markdown text means on its own, whatever site it stands in: runs of finished HTML, and between
//! them the parts whose output depends on the site (a term, a citation, a link, a block). Rendering fills the holes.
//! All ranges are byte offsets in the Markdown text that was parsed, not in the file.

mod plain;

use std::ops::Range;
use std::sync::Arc;

pub use plain::{is_comment, plain_text};

/// Parsed Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Doc {
    /// The HTML and the text of all parts, those of the footnotes among them.
    pub written: Box<str>,
    /// The content in order.
    pub parts: Vec<Part>,
    /// The footnotes in order of first reference, each with its content.
    pub footnotes: Vec<Footnote>,
    /// The footnotes that readers never see, in the order of the text.
    pub lost_footnotes: Vec<LostFootnote>,
    /// Number of words of running text.
    pub words: usize,
    /// Where the parts are that name, link or show something: see [`Doc::notable_parts`].
    notable: Vec<Place>,
}

/// Where a part is: in a footnote, or in the text; and which of the parts there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Place {
    note: Option<u32>,
    at: u32,
}

/// One part of a document. Most are HTML or text: the larger kinds are boxed, so that they cost those nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Finished HTML.
    Html(Piece),
    /// Plain text, not escaped, in which names of terms may become links: outside headings, links and code.
    Text(Piece, At),
    /// `[[target|text]]`.
    Reference(Box<Reference>),
    /// `[@a; @b, p. 4]`.
    Citation(Box<Citation>),
    /// A fenced block `{name}`.
    Block(Box<BlockSource>),
    /// Start of a heading; its content follows as other parts.
    HeadingStart(Box<Heading>),
    /// End of the heading (the same level as its start).
    HeadingEnd(u8),
    /// Start of a link; its content follows.
    LinkStart(Box<Link>),
    /// End of the link.
    LinkEnd,
    /// An image.
    Image(Box<Image>),
    /// A fenced or indented code block.
    Code(Box<Code>),
    /// The mark of a footnote: its index in `footnotes`, and which mark of that note this is (from 0).
    FootnoteMark(usize, usize),
    /// The place of a footnote, between two blocks: its index in `footnotes`. Only in the text, never in a note.
    Note(usize),
    /// Raw HTML as typed. Escaped unless the settings allow it. True for a block of its own, false within a line.
    RawHtml(Piece, bool, At),
    /// Start of an alert (`> [!NOTE]`), its content follows.
    AlertStart(Alert),
    /// End of the alert.
    AlertEnd,
    /// Start of a table; its rows follow as HTML.
    TableStart(At),
    /// End of the table.
    TableEnd,
}

impl Part {
    fn is_notable(&self) -> bool {
        matches!(
            self,
            Self::Reference(_)
                | Self::Citation(_)
                | Self::Block(_)
                | Self::LinkStart(_)
                | Self::Image(_)
                | Self::Code(_)
                | Self::RawHtml(..)
        )
    }
}

/// HTML or text of a part: which bytes of what its document has [written](Doc::written). So a document is one text,
/// however many parts it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Piece {
    start: u32,
    end: u32,
}

impl Piece {
    /// From a range of bytes.
    pub fn new(range: Range<usize>) -> Self {
        let At { start, end } = At::new(range);
        Self { start, end }
    }

    /// What it is, of what its document has written.
    pub fn of(self, written: &str) -> &str {
        written.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// True if nothing is in it.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Cut in two after so many bytes.
    pub fn split(self, at: usize) -> (Self, Self) {
        let middle = self.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).min(self.end);
        (Self { start: self.start, end: middle }, Self { start: middle, end: self.end })
    }
}

/// A byte range in the Markdown text. Takes no part in hashes, like [`crate::base::Span`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl std::hash::Hash for At {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl At {
    /// From a range of bytes.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }
    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a wikilink names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// `[[id]]`: a term.
    Term,
    /// `[[fact:id]]`.
    Fact,
    /// `[[event:id]]`.
    Event,
    /// `[[section:slug]]`.
    Section,
    /// `[[compare:id]]`.
    Comparison,
    /// `[[other:id]]`: a kind that does not exist (reported by the checks).
    Unknown,
}

/// A wikilink.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The kind, from the part before `:`.
    pub kind: ReferenceKind,
    /// The id; for `Unknown` with its prefix.
    pub id: Arc<str>,
    /// The text after `|`, plain.
    pub text: Option<Arc<str>>,
    /// The whole `[[…]]`.
    pub at: At,
    /// The id within it.
    pub id_at: At,
    /// True inside a heading, link or image, where nothing may be linked: rendered as text only.
    pub plain: bool,
}

/// A group of citations in one pair of brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// Each source cited.
    pub items: Vec<CitationItem>,
    /// The whole `[@…]`.
    pub at: At,
    /// As typed, for a place where it can't be a citation.
    pub source: Arc<str>,
    /// True inside a heading or link, where nothing may be linked: the numbers alone are shown.
    pub plain: bool,
}

/// One source in a citation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CitationItem {
    /// The source's id.
    pub id: Arc<str>,
    /// `p. 4`, if given.
    pub locator: Option<Arc<str>>,
    /// The `@id`.
    pub at: At,
}

/// A fenced block with `{name}` as its info string, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockSource {
    /// The name between the braces; the whole info string if it isn't one.
    pub name: Arc<str>,
    /// False if the info string only looks like `{name}`: `{timeline} now`. Such a block is an error.
    pub well_formed: bool,
    /// The body: TOML.
    pub body: Arc<str>,
    /// The whole block.
    pub at: At,
    /// The name.
    pub name_at: At,
    /// The body.
    pub body_at: At,
    /// True if the bytes at `body_at` are those of `body`, so that offsets in one are offsets in the other (false
    /// for a block that is indented or quoted).
    pub verbatim: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// The anchor, unique in this document: `{#id}` if written, else the slug of the text.
    pub id: Arc<str>,
    /// True if the author wrote the id.
    pub explicit: bool,
    /// Classes from `{.class}`.
    pub classes: Vec<Arc<str>>,
    /// The plain text.
    pub text: Arc<str>,
    /// The whole heading.
    pub at: At,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The destination as written (entities and escapes decoded).
    pub href: Arc<str>,
    /// The title, or empty.
    pub title: Arc<str>,
    /// The plain text of its content.
    pub text: Arc<str>,
    /// The whole link.
    pub at: At,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// The address as written.
    pub src: Arc<str>,
    /// The alternative text, plain.
    pub alt: Arc<str>,
    /// The title: shown as a caption where the image stands alone in its paragraph.
    pub title: Arc<str>,
    /// True if it is the only thing in its paragraph: a figure.
    pub block: bool,
    /// Whose it is: `{credit="…"}`.
    pub credit: Option<Arc<str>>,
    /// True if it is as wide as the page: `{wide}`.
    pub wide: bool,
    /// True if it only decorates: `{decorative}`.
    pub decorative: bool,
    /// What stands between the braces and isn't known, or not whole.
    pub unknown: Vec<(Arc<str>, At)>,
    /// The whole image.
    pub at: At,
}

/// A code block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// The language: the first word of the info string, or empty.
    pub language: Arc<str>,
    /// The code.
    pub text: Arc<str>,
    /// The whole block.
    pub at: At,
}

/// A footnote's content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Footnote {
    /// The label as written.
    pub label: Arc<str>,
    /// The content.
    pub parts: Vec<Part>,
    /// How many marks point to it.
    pub marks: usize,
}

/// A footnote that is not in the text that readers see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LostFootnote {
    /// The label as written.
    pub label: Arc<str>,
    /// True if another one of the same label stands before it; false if nothing refers to it.
    pub again: bool,
    /// Its label with the brackets.
    pub at: At,
}

/// The kinds of alert (GFM).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Doc {
    /// A document of these parts.
    pub fn new(
        written: Box<str>,
        parts: Vec<Part>,
        (footnotes, lost_footnotes): (Vec<Footnote>, Vec<LostFootnote>),
        words: usize,
    ) -> Self {
        let mut doc = Self { written, parts, footnotes, lost_footnotes, words, notable: Vec::new() };
        doc.note_notable();
        doc
    }

    /// Takes parts out of the text.
    pub fn take(&mut self, range: Range<usize>) {
        self.parts.drain(range);
        self.note_notable();
    }

    fn note_notable(&mut self) {
        let number = |at: usize| u32::try_from(at).ok();
        let of = |parts: &[Part], note: Option<u32>, out: &mut Vec<Place>| {
            let notable = parts.iter().enumerate().filter(|(_, part)| part.is_notable());
            out.extend(notable.filter_map(|(at, _)| Some(Place { note, at: number(at)? })));
        };
        let mut out = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            match part {
                Part::Note(note) => {
                    let parts = self.footnotes.get(*note).map_or(&[][..], |note| &note.parts);
                    of(parts, number(*note), &mut out);
                }
                part if part.is_notable() => out.extend(number(at).map(|at| Place { note: None, at })),
                _ => {}
            }
        }
        out.shrink_to_fit();
        self.notable = out;
    }

    /// The parts of [`Doc::all_parts`] that name, link or show something: references, citations, blocks, links, images,
    /// code and raw HTML. Most looks at a text are for those, and most of its parts are none.
    pub fn notable_parts(&self) -> impl Iterator<Item = &Part> {
        self.notable.iter().filter_map(|Place { note, at }| match note {
            Some(note) => self.footnotes.get(*note as usize)?.parts.get(*at as usize),
            None => self.parts.get(*at as usize),
        })
    }

    /// Every part in reading order, those of a footnote at its place.
    pub fn all_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().flat_map(|part| match part {
            Part::Note(note) => self.footnotes.get(*note).map_or(&[][..], |note| &note.parts).iter(),
            part => std::slice::from_ref(part).iter(),
        })
    }

    /// The headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.parts.iter().filter_map(|p| if let Part::HeadingStart(h) = p { Some(&**h) } else { None })
    }
}
