//! Places in source files.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::path::SourcePath;

/// A range of bytes in one source file.
///
/// A span takes no part in hashes: a record that only moved within its file is the same record, so whatever was made
/// from it need not be made again. Code that reports spans must therefore not be memoised over hashed values that
/// carry them (see `ARCHITECTURE.md`, "Incremental").
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    /// The file, relative to the site's root.
    pub file: SourcePath,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: &SourcePath, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file: file.clone(), start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The whole of `file`: used where nothing more exact is known.
    pub fn file(file: &SourcePath) -> Self {
        Self::new(file, 0..0)
    }

    /// The part `range` of this span, counted from its start and kept within it.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let at = |n: usize| self.start.saturating_add(u32::try_from(n).unwrap_or(u32::MAX)).min(self.end);
        Self { file: self.file.clone(), start: at(range.start), end: at(range.end) }
    }

    /// The byte range.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file, self.start, self.end)
    }
}

/// A string from a source file, with its place.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text {
    /// The string as the author meant it (quotes removed, escapes decoded).
    pub text: Arc<str>,
    /// Where it stands. If `verbatim`, exactly the bytes of `text`; otherwise the whole literal.
    pub span: Span,
    /// True if the bytes at `span` are the bytes of `text`, so that offsets in one are offsets in the other.
    pub verbatim: bool,
}

impl Text {
    /// The place of a part of the text: exact where the source holds it verbatim, else the whole literal.
    pub fn locate(&self, range: Range<usize>) -> Span {
        if self.verbatim { self.span.slice(range) } else { self.span.clone() }
    }
}

impl std::ops::Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.text)
    }
}
