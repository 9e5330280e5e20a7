//! Content hashes.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use siphasher::sip128::{Hasher128, SipHasher13};

/// A 128-bit fingerprint of a value. The same on every machine for values built of strings and numbers.
pub fn fingerprint<T: Hash + ?Sized>(value: &T) -> u128 {
    let mut state = SipHasher13::new();
    value.hash(&mut state);
    state.finish128().as_u128()
}

/// The first `len` (at most 26) letters of a fingerprint of `bytes`, for file names: lower-case base 32.
pub fn short_hash(bytes: &[u8], len: usize) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut state = SipHasher13::new();
    state.write(bytes);
    let mut n = state.finish128().as_u128();
    let mut out = String::with_capacity(len);
    for _ in 0..len.min(26) {
        out.push(char::from(ALPHABET[(n & 31) as usize]));
        n >>= 5;
    }
    out
}

/// The state of files, as a world counts it: equal versions mean equal files; different ones say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Version(pub u128);

/// Bytes that are cheap to clone and whose hash is computed once, when it is first asked for: most of what is read and
/// written is never compared.
#[derive(Clone)]
pub struct Bytes(Arc<(OnceLock<u128>, Content)>);

enum Content {
    /// What was looked at and is UTF-8.
    Text(String),
    /// Anything.
    Any(Vec<u8>),
}

impl Bytes {
    /// Takes the bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Arc::new((OnceLock::new(), Content::Any(bytes.into()))))
    }

    /// Takes bytes that may be text, and looks now whether they are, once for everyone who asks.
    pub fn of_file(bytes: Vec<u8>) -> Self {
        let content = String::from_utf8(bytes).map_or_else(|error| Content::Any(error.into_bytes()), Content::Text);
        Self(Arc::new((OnceLock::new(), content)))
    }

    /// The text of a range, if that is UTF-8.
    pub fn text(&self, range: Range<usize>) -> Option<&str> {
        match &self.0.1 {
            Content::Text(text) => text.get(range),
            Content::Any(bytes) => std::str::from_utf8(bytes.get(range)?).ok(),
        }
    }

    fn id(&self) -> u128 {
        *self.0.0.get_or_init(|| fingerprint(&**self))
    }
}

/// A text that stands in the bytes of a file, and shares them.
#[derive(Clone, Default)]
pub struct SharedText {
    bytes: Bytes,
    range: Range<usize>,
}

impl SharedText {
    /// What stands there; nothing if that isn't UTF-8 or not among the bytes.
    pub fn new(bytes: &Bytes, range: Range<usize>) -> Self {
        if bytes.text(range.clone()).is_some() { Self { bytes: bytes.clone(), range } } else { Self::default() }
    }
}

impl Deref for SharedText {
    type Target = str;
    fn deref(&self) -> &str {
        self.bytes.text(self.range.clone()).unwrap_or_default()
    }
}

impl Hash for SharedText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
impl Eq for SharedText {}

impl fmt::Debug for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Default for Bytes {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match &self.0.1 {
            Content::Text(text) => text.as_bytes(),
            Content::Any(bytes) => bytes,
        }
    }
}

impl Hash for Bytes {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}
impl Eq for Bytes {}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.len())
    }
}

/// A shared value whose hash is computed once; clones and hashes in constant time.
pub struct Hashed<T: ?Sized>(Arc<(u128, T)>);

impl<T: Hash> Hashed<T> {
    /// Wraps and fingerprints the value.
    pub fn new(value: T) -> Self {
        Self(Arc::new((fingerprint(&value), value)))
    }

    /// The fingerprint.
    pub fn id(&self) -> u128 {
        self.0.0
    }
}

impl<T: ?Sized> Clone for Hashed<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
impl<T> Deref for Hashed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0.1
    }
}
impl<T: ?Sized> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.0.hash(state);
    }
}
impl<T: ?Sized> PartialEq for Hashed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.0 == other.0.0
    }
}
impl<T: ?Sized> Eq for Hashed<T> {}
impl<T: fmt::Debug> fmt::Debug for Hashed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.1.fmt(f)
    }
}
