//! Runs of text: what the parser gives in pieces, put together again, and the citations in it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Event;
use smallvec::{SmallVec, smallvec};

use super::{Spanned, autolinks};
use crate::model::doc::{At, CitationItem};
use crate::model::language;

/// A piece of a run, as one event gave it.
struct Piece {
    /// Where it starts in the run.
    start: usize,
    /// Its length in the run.
    len: usize,
    /// Its place in the source.
    source: Range<usize>,
    /// True if source and text are the same bytes.
    verbatim: bool,
    /// True if a backslash takes the meaning from its first character.
    escaped: bool,
}

/// Text and soft line breaks without markup in between. Most are of a single piece, for which nothing is allocated.
pub struct Run<'a> {
    /// The text; line breaks are `\n`.
    pub text: Cow<'a, str>,
    pieces: SmallVec<[Piece; 2]>,
}

/// A part of a run.
pub enum Item {
    /// Text.
    Text(Range<usize>),
    /// A citation.
    Citation(Range<usize>, Vec<CitationItem>),
    /// `[text]{lang=de}`: the text, and its language.
    Foreign(Range<usize>, String),
}

impl<'a> Run<'a> {
    /// The run that starts with the first of `events`, and how many events it takes.
    pub fn read(source: &str, events: &'a [Spanned<'_>]) -> (Self, usize) {
        let mut run = Self { text: Cow::Borrowed(""), pieces: SmallVec::new() };
        let mut taken = 0;
        let is_text = |(event, _): &&Spanned<'_>| matches!(event, Event::Text(_) | Event::SoftBreak);
        if let Some(((_, first), (_, last))) = events.first().zip(events.iter().take_while(is_text).last())
            && first != last
        {
            run.text = String::with_capacity(last.end.saturating_sub(first.start)).into();
        }
        let mut previous: Option<usize> = None;
        for (event, range) in events {
            let text = match event {
                Event::Text(text) => &**text,
                Event::SoftBreak => "\n",
                _ => break,
            };
            let gap = previous.is_none_or(|end| end < range.start);
            let escaped = gap && range.start.checked_sub(1).is_some_and(|i| source.as_bytes().get(i) == Some(&b'\\'));
            run.pieces.push(Piece {
                start: run.text.len(),
                len: text.len(),
                source: range.clone(),
                verbatim: source.get(range.clone()) == Some(text),
                escaped,
            });
            match &mut run.text {
                Cow::Borrowed("") => run.text = Cow::Borrowed(text),
                whole => whole.to_mut().push_str(text),
            }
            previous = Some(range.end);
            taken += 1;
        }
        (run, taken)
    }

    /// A run of one piece of the source, as typed.
    pub fn verbatim(source: &'a str, range: Range<usize>) -> Self {
        let text = source.get(range.clone()).unwrap_or_default();
        let piece = Piece { start: 0, len: text.len(), source: range, verbatim: true, escaped: false };
        Self { text: Cow::Borrowed(text), pieces: smallvec![piece] }
    }

    fn piece(&self, offset: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.start <= offset);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The place in the source of a part of the run.
    pub fn at(&self, range: Range<usize>) -> At {
        let start = self.piece(range.start).map_or(0, |p| match p.verbatim {
            true => (p.source.start + (range.start - p.start)).min(p.source.end),
            false => p.source.start,
        });
        let end = self.piece(range.end.saturating_sub(1).max(range.start)).map_or(start, |p| match p.verbatim {
            true => (p.source.start + range.end.saturating_sub(p.start)).min(p.source.end),
            false => p.source.end,
        });
        At::new(start..end.max(start))
    }

    /// True if the character at `offset` was typed as itself: not escaped, not from an entity, not made typographic.
    fn literal(&self, offset: usize) -> bool {
        self.piece(offset).is_some_and(|p| p.verbatim && !(p.escaped && p.start == offset) && offset < p.start + p.len)
    }

    /// The addresses in a part of the run: their places, and what they lead to. An address is taken as typed: `a--b` is
    /// no dash.
    pub fn links(&self, source: &str, range: Range<usize>) -> Vec<(Range<usize>, String, String)> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        if !may_have_address(text.as_bytes()) {
            return Vec::new();
        }
        let mut typed = String::with_capacity(text.len());
        // Where pieces start, in `typed` and in the run.
        let mut starts: Vec<(usize, usize)> = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.start + piece.len <= range.start);
        for piece in self.pieces.iter().skip(first).take_while(|piece| piece.start < range.end) {
            let (from, to) = (piece.start.max(range.start), (piece.start + piece.len).min(range.end));
            let Some(shown) = self.text.get(from..to.max(from)).filter(|shown| !shown.is_empty()) else { continue };
            starts.push((typed.len(), from));
            let written = source.get(piece.source.clone()).unwrap_or_default();
            let typographic = !piece.verbatim && written.starts_with(['"', '\'', '-', '.']);
            typed.push_str(if typographic { written } else { shown });
        }
        let back = |at: usize| {
            let after = starts.partition_point(|(typed, _)| *typed <= at);
            let Some((typed_start, start)) = after.checked_sub(1).and_then(|i| starts.get(i)) else { return range.end };
            let next = starts.get(after).map_or(range.end, |(_, next)| *next);
            (start + (at - typed_start)).min(next)
        };
        autolinks::find(&typed)
            .into_iter()
            .filter(|found| self.literal(back(found.sign)))
            .filter_map(|found| {
                let shown = typed.get(found.range.clone())?;
                let href = format!("{}{shown}", found.prefix);
                Some((back(found.range.start)..back(found.range.end), href, shown.to_owned()))
            })
            .collect()
    }

    /// Takes the run apart into text and citations.
    pub fn items(&self, source: &str) -> SmallVec<[Item; 1]> {
        let mut items = SmallVec::new();
        let mut text_from = 0;
        let mut look_from = 0;
        while let Some(found) = self.text.as_bytes().get(look_from..).and_then(|t| memchr::memchr(b'[', t)) {
            let open = look_from + found;
            look_from = open + 1;
            let citation = || self.citation(source, open).map(|(end, cited)| (end, Item::Citation(open..end, cited)));
            let Some((end, item)) = citation().or_else(|| self.foreign(open)) else { continue };
            if text_from < open {
                items.push(Item::Text(text_from..open));
            }
            items.push(item);
            text_from = end;
            look_from = end;
        }
        if text_from < self.text.len() {
            items.push(Item::Text(text_from..self.text.len()));
        }
        items
    }

    /// The words in another language whose bracket opens at `open`, and where that ends: Pandoc's span.
    fn foreign(&self, open: usize) -> Option<(usize, Item)> {
        let rest = self.text.get(open + 1..)?;
        let close = rest.find([']', '['])?;
        let attribute = rest.get(close..)?.strip_prefix("]{lang=")?;
        let length = attribute.char_indices().take(40).find(|(_, c)| *c == '}')?.0;
        let tag = attribute.get(..length)?.trim_matches(['"', '”', '“']);
        let end = open + 1 + close + "]{lang=".len() + length + 1;
        let sound = self.literal(open) && self.literal(open + 1 + close) && language::is_language(tag);
        sound.then(|| (end, Item::Foreign(open + 1..open + 1 + close, tag.to_owned())))
    }

    /// The citation whose bracket opens at `open`: where it ends, and what it cites.
    fn citation(&self, source: &str, open: usize) -> Option<(usize, Vec<CitationItem>)> {
        if !self.text.get(open..)?.starts_with("[@") || !self.literal(open) || !self.literal(open + 1) {
            return None;
        }
        let inner = self.text.get(open + 1..)?;
        let close = inner
            .char_indices()
            .find(|(i, c)| (*c == ']' && self.literal(open + 1 + i)) || *c == '[')
            .filter(|(_, c)| *c == ']')?
            .0;
        let mut items = Vec::new();
        let mut start = open + 1;
        for item in inner.get(..close)?.split(';') {
            let leading = item.len() - item.trim_start().len();
            items.push(self.cited(source, item.trim(), start + leading)?);
            start += item.len() + 1;
        }
        Some((open + 1 + close + 1, items))
    }

    /// One source of a citation: `@id` or `@id, locator`. `start` is where it starts in the run.
    fn cited(&self, source: &str, item: &str, start: usize) -> Option<CitationItem> {
        let name = item.strip_prefix('@')?;
        let len = name.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(name.len());
        let rest = name.get(len..)?.trim_start();
        let locator = rest.strip_prefix(',').unwrap_or(rest).split_whitespace().collect::<Vec<_>>().join(" ");
        let at = self.at(start..start + 1 + len);
        // Ids are taken as typed: `a--b` is no dash.
        let typed = source.get(at.range())?.strip_prefix('@')?;
        if typed.is_empty() || !typed.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let locator: Option<Arc<str>> = (!locator.is_empty()).then(|| locator.into());
        Some(CitationItem { id: super::references::id(typed), locator, at })
    }
}

/// True if there is a sign in `text` that makes an address: `@`, `://`, or `www.` in any case.
fn may_have_address(text: &[u8]) -> bool {
    let goes_on = |at: usize, sign: &[u8]| {
        text.get(at..).and_then(|rest| rest.get(..sign.len())).is_some_and(|rest| rest.eq_ignore_ascii_case(sign))
    };
    // By signs that are rare in running text, unlike the point of `www.`: each that is found is looked at.
    memchr::memchr2_iter(b'@', b':', text).any(|at| text.get(at) == Some(&b'@') || goes_on(at, b"://"))
        || memchr::memchr2_iter(b'w', b'W', text).any(|at| goes_on(at, b"www."))
}
