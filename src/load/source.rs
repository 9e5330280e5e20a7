//! A piece of a file that is being read, and how offsets in it become places in the file.

use std::ops::Range;

use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, Span, Text, rules};

/// A text to read: a whole file, its front matter, or the body of a block.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a SourcePath,
    /// The text.
    pub text: &'a str,
    /// Where the text stands in the file.
    pub place: Place<'a>,
}

/// Where a text stands in its file.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// From this byte on, as it is.
    At(usize),
    /// Somewhere within this span, but not byte for byte.
    Within(&'a Span),
}

impl<'a> Source<'a> {
    /// The text `text`, which starts at byte `offset` of `file`.
    pub fn new(file: &'a SourcePath, text: &'a str, offset: usize) -> Self {
        Self { file, text, place: Place::At(offset) }
    }

    /// The place of a byte range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.place {
            Place::At(offset) => Span::new(self.file, offset + range.start..offset + range.end),
            Place::Within(span) => span.clone(),
        }
    }

    /// A text of the source with the value `value`, written at `range`.
    pub fn text_at(&self, value: &str, range: Range<usize>) -> Text {
        let exact = matches!(self.place, Place::At(_)) && self.text.get(range.clone()) == Some(value);
        Text { text: value.into(), span: self.span(range), verbatim: exact }
    }

    /// As [`Source::text_at`], for a literal in quotes: where what stands between them is the value itself, that is
    /// its place.
    pub fn quoted(&self, value: &str, range: Range<usize>) -> Text {
        if let Some(literal) = self.text.get(range.clone()) {
            for quote in ["\"\"\"", "'''", "\"", "'"] {
                let inner = literal.strip_prefix(quote).and_then(|l| l.strip_suffix(quote));
                if let Some(inner) = inner {
                    // A line break right after the opening quotes is not part of the text (TOML).
                    let skip = inner.len() - value.len().min(inner.len());
                    let start = range.start + quote.len() + skip;
                    if inner.get(skip..) == Some(value) && matches!(inner.get(..skip), Some("" | "\n" | "\r\n")) {
                        return self.text_at(value, start..start + value.len());
                    }
                }
            }
        }
        self.text_at(value, range)
    }

    /// Reports a fault in the format of the source.
    pub fn fault(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(rules::BAD_SYNTAX, self.span(range), message)
    }

    /// `at`, moved back to where a letter starts and kept within the text.
    pub fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// At most so many faults of one file are told one by one.
const MOST_FAULTS: usize = 20;

/// Adds the faults of a file, the first of them one by one and the rest as a number.
pub fn report(faults: Vec<Diagnostic>, out: &mut Diagnostics) {
    let more = faults.len().saturating_sub(MOST_FAULTS);
    out.extend(faults.into_iter().take(MOST_FAULTS));
    if let (Some(last), true) = (out.last_mut(), more > 0) {
        last.help.push(format!("{more} more faults follow in this file; they may come from this one"));
    }
}

/// The text of a file and the byte at which it starts (after a byte order mark), or what is wrong with its encoding.
pub fn decode<'a>(file: &SourcePath, bytes: &'a Bytes, out: &mut Diagnostics) -> Option<(&'a str, usize)> {
    if let Some(text) = bytes.text(0..bytes.len()) {
        return Some(text.strip_prefix('\u{FEFF}').map_or((text, 0), |text| (text, '\u{FEFF}'.len_utf8())));
    }
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    out.push(bad_encoding(file, bytes, at));
    None
}

fn bad_encoding(file: &SourcePath, bytes: &[u8], at: usize) -> Diagnostic {
    let span = Span::new(file, at..at + 1);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Diagnostic::error(rules::BAD_ENCODING, span, "the file is UTF-16, not UTF-8 (byte 0)")
            .help("save it again with the encoding UTF-8");
    }
    let byte = bytes.get(at).copied().unwrap_or_default();
    let found = Diagnostic::error(
        rules::BAD_ENCODING,
        span,
        format!("the file is not UTF-8: byte 0x{byte:02X} at offset {at} belongs to no letter"),
    );
    match byte {
        0xA0.. => found.help(format!(
            "save it again with the encoding UTF-8; in Windows-1252 and Latin-1 this byte is `{}`",
            char::from(byte)
        )),
        _ => found.help("save it again with the encoding UTF-8"),
    }
}
