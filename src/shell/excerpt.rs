//! From a range of bytes to a line, a column, and the text of the line as it may be shown.

use std::cell::Cell;
use std::ops::Range;

use super::console::is_control;
use crate::base::{Bytes, SourcePath, secret};

/// Of a line that is longer than this, in bytes, the part around what is meant is shown.
const LONGEST: usize = 2_000;

/// A source file with its lines found.
pub struct Source {
    bytes: Option<Bytes>,
    /// The first byte of every line.
    starts: Vec<usize>,
    /// Where the last place began: its line, the byte, the column. Findings come in their order, so that a line of many
    /// is counted through once.
    counted: Cell<(usize, usize, usize)>,
}

impl Source {
    /// The file at `path` as it may be shown: a secret in the settings is not.
    pub fn of(path: &SourcePath, bytes: Option<Bytes>) -> Self {
        let settings = path.as_str() == "expound.toml";
        Self::new(bytes.map(|bytes| if settings { Bytes::new(secret::masked(&bytes)) } else { bytes }))
    }

    /// Finds the lines; `None` for a file that can't be read.
    pub fn new(bytes: Option<Bytes>) -> Self {
        let starts = bytes.as_deref().map_or_else(Vec::new, |bytes| {
            let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        Self { bytes, starts, counted: Cell::default() }
    }

    /// The place of a range of bytes; `None` for an empty range at the start, which means the file as a whole, and
    /// for a file that can't be read.
    pub fn place(&self, range: Range<usize>) -> Option<Place> {
        let bytes: &[u8] = self.bytes.as_ref()?;
        if range == (0..0) {
            return None;
        }
        let start = range.start.min(bytes.len());
        let end = range.end.clamp(start, bytes.len());
        let first = self.line_of(start);
        let last = self.line_of(end);
        let line = self.line(bytes, first);
        let line_start = self.starts.get(first).copied().unwrap_or_default();
        let span = start - line_start..(end - line_start).clamp(start - line_start, line.len().max(start - line_start));
        let column = self.column(bytes, first, start);
        // From within a character one could not go on.
        if bytes.get(start).is_none_or(|byte| !(0x80..0xc0).contains(byte)) {
            self.counted.set((first, start, column));
        }
        let shown = around(line, &span);
        let cut = shown.len() < line.len();
        let span = span.start - shown.start..span.end.min(shown.end.max(span.start)) - shown.start;
        let line = line.get(shown).unwrap_or_default();
        Some(Place {
            line: first + 1,
            column,
            end_line: last + 1,
            end_column: self.column(bytes, last, end),
            span,
            cut,
            text: String::from_utf8_lossy(without_bom(line)).into_owned(),
            raw: line.to_vec(),
        })
    }

    /// The number of the line that holds byte `at`, from 0.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// A line without its end.
    fn line<'a>(&self, bytes: &'a [u8], line: usize) -> &'a [u8] {
        let start = self.starts.get(line).copied().unwrap_or_default();
        let end = self.starts.get(line + 1).copied().unwrap_or(bytes.len());
        let text = bytes.get(start..end).unwrap_or_default();
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        text.strip_suffix(b"\r").unwrap_or(text)
    }

    /// The column of byte `at`, in characters from 1.
    fn column(&self, bytes: &[u8], line: usize, at: usize) -> usize {
        let start = self.starts.get(line).copied().unwrap_or_default();
        let (known, from, column) = self.counted.get();
        let (before, column) = match known == line && (start + 1..=at).contains(&from) {
            true => (bytes.get(from..at).unwrap_or_default(), column),
            false => (without_bom(bytes.get(start..at).unwrap_or_default()), 1),
        };
        String::from_utf8_lossy(before).chars().count() + column
    }
}

/// The part of a line that is shown: all of it, unless it is long.
fn around(line: &[u8], span: &Range<usize>) -> Range<usize> {
    if line.len() <= LONGEST {
        return 0..line.len();
    }
    let boundary = |mut at: usize| {
        while at > 0 && line.get(at).is_some_and(|byte| (0x80..0xc0).contains(byte)) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start.min(line.len()).saturating_sub(LONGEST / 4));
    start..boundary((start + LONGEST).min(line.len())).max(start)
}

/// A byte-order mark is no character of the first line.
fn without_bom(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

/// Where something stands, for people: lines and columns count from 1, columns in characters.
pub struct Place {
    /// The first line.
    pub line: usize,
    /// The first column.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// The first line's text; of a long line the part around what is meant.
    pub text: String,
    /// True if that isn't the whole line.
    pub cut: bool,
    raw: Vec<u8>,
    /// The bytes of `raw` that are meant.
    span: Range<usize>,
}

/// A line, fit to be printed, and the bytes of it that are meant.
pub struct Excerpt {
    /// The text: a character for each of the line's, and no control characters but tabs.
    pub text: String,
    /// The part to underline.
    pub span: Range<usize>,
}

impl Place {
    /// The line and the part of it that is meant.
    pub fn excerpt(&self) -> Excerpt {
        let raw = without_bom(&self.raw);
        let skipped = self.raw.len() - raw.len();
        let wanted = self.span.start.saturating_sub(skipped)..self.span.end.saturating_sub(skipped);
        let mut text = String::with_capacity(raw.len());
        let mut span = None;
        let mut at = 0;
        let mut add = |c: char, len: usize| {
            if at >= wanted.start {
                let start = text.len();
                span.get_or_insert(start..start);
            }
            text.push(shown(c));
            at += len;
            if at <= wanted.end
                && let Some(span) = &mut span
            {
                span.end = text.len();
            }
        };
        for chunk in raw.utf8_chunks() {
            chunk.valid().chars().for_each(|c| add(c, c.len_utf8()));
            if !chunk.invalid().is_empty() {
                add('\u{fffd}', chunk.invalid().len());
            }
        }
        let span = span.unwrap_or(text.len()..text.len());
        let span = if wanted.is_empty() { span.start..span.start } else { span };
        Excerpt { text, span }
    }
}

/// The character that stands for `c` on a terminal.
fn shown(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        c if is_control(c) => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn place(source: &[u8], range: Range<usize>) -> Place {
        Source::new(Some(Bytes::new(source))).place(range).unwrap()
    }

    #[test]
    fn counts_lines_and_characters() {
        let at = |source: &str, range| {
            let place = place(source.as_bytes(), range);
            (place.line, place.column, place.end_line, place.end_column)
        };
        assert_eq!(at("abc", 1..2), (1, 2, 1, 3));
        assert_eq!(at("é中x\nabc", 5..6), (1, 3, 1, 4));
        assert_eq!(at("a\r\nbc\r\n", 3..5), (2, 1, 2, 3));
        assert_eq!(at("a\nb\nc", 0..5), (1, 1, 3, 2));
        assert_eq!(at("\u{feff}abc", 3..4), (1, 1, 1, 2));
        assert_eq!(at("abc\n", 4..4), (2, 1, 2, 1));
        assert_eq!(at("abc", 90..99), (1, 4, 1, 4));
    }

    #[test]
    fn underlines_what_is_meant() {
        let underlined = |source: &[u8], range| {
            let excerpt = place(source, range).excerpt();
            excerpt.text.get(excerpt.span.clone()).map(str::to_owned).unwrap()
        };
        assert_eq!(underlined(b"a = \"b\"", 4..7), "\"b\"");
        assert_eq!(underlined("é = 中".as_bytes(), 5..8), "中");
        assert_eq!(underlined(b"\xff\xfe = x", 5..6), "x");
        assert_eq!(underlined(b"\xff\xfe = x", 0..2), "\u{fffd}\u{fffd}");
        assert_eq!(underlined(b"\x1b[1m", 0..2), "\u{241b}[");
        assert_eq!(underlined("\u{feff}title".as_bytes(), 3..8), "title");
        assert_eq!(underlined("a\u{9b}b".as_bytes(), 1..4), "\u{fffd}b");
        assert_eq!(underlined(b"first\nsecond", 2..9), "rst");
        assert_eq!(underlined(b"end\r\nx", 3..3), "");
    }

    #[test]
    fn of_a_long_line_the_part_around_is_shown() {
        let line = format!("{}x{}", "é".repeat(2_000), "中".repeat(2_000));
        let source = Source::new(Some(Bytes::new(line.as_str())));
        // In order, as findings come, and back again: each counts from the line's begin.
        for at in [0, 2_000, 4_000, 4_001, 10_000, 2_000] {
            let place = source.place(at..line.len().min(at + 3)).unwrap();
            let (column, shown) = (line.get(..at).map(|before| before.chars().count()), place.text.len());
            assert!(place.cut && shown <= LONGEST && column.is_none_or(|column| place.column == column + 1), "{at}");
            assert!(!place.text.contains('\u{fffd}'), "{at}");
        }
        let place = source.place(4_000..4_001).unwrap();
        let excerpt = place.excerpt();
        assert_eq!(excerpt.text.get(excerpt.span), Some("x"));
        assert!(!Source::new(Some(Bytes::new(*b"abc"))).place(0..1).unwrap().cut);
    }

    #[test]
    fn no_place_without_a_range_or_a_file() {
        assert!(Source::new(Some(Bytes::new(*b"abc"))).place(0..0).is_none());
        assert!(Source::new(None).place(1..2).is_none());
    }
}
