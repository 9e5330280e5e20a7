//! Sets of letters.

use std::hash::Hasher;

use skrifa::raw::collections::IntSet;
use unicode_normalization::UnicodeNormalization;

/// A set of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Letters(pub(super) IntSet<u32>);

impl Letters {
    /// Adds a letter.
    pub fn insert(&mut self, letter: char) {
        self.0.insert(u32::from(letter));
    }

    /// Adds the letters of another set.
    pub fn union(&mut self, other: &Self) {
        self.0.union(&other.0);
    }

    /// Keeps what is in another set too.
    pub fn intersect(&mut self, other: &Self) {
        self.0.intersect(&other.0);
    }

    /// Takes out what is in another set.
    pub fn subtract(&mut self, other: &Self) {
        self.0.subtract(&other.0);
    }

    /// Whether a letter is in it.
    pub fn contains(&self, letter: char) -> bool {
        self.0.contains(u32::from(letter))
    }

    /// The letters in order.
    pub fn iter(&self) -> impl Iterator<Item = char> + '_ {
        self.0.iter().filter_map(char::from_u32)
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// With what may be shown in place of a letter: its capital and small form (`text-transform`), the letters that it
    /// is put together of, and those that it can be put together to (browsers try both).
    #[must_use]
    pub fn with_forms(mut self) -> Self {
        let mut more = Self::default();
        for letter in self.iter() {
            more.extend(letter.to_uppercase().chain(letter.to_lowercase()));
        }
        self.union(&more);
        let mut forms = Self::default();
        for letter in self.iter() {
            forms.extend(std::iter::once(letter).nfd());
            forms.extend(std::iter::once(letter).nfc());
        }
        self.union(&forms);
        self
    }
}

impl Extend<char> for Letters {
    fn extend<I: IntoIterator<Item = char>>(&mut self, letters: I) {
        for letter in letters {
            self.insert(letter);
        }
    }
}

impl FromIterator<char> for Letters {
    fn from_iter<I: IntoIterator<Item = char>>(letters: I) -> Self {
        let mut out = Self::default();
        out.extend(letters);
        out
    }
}

/// Collects the letters of all texts within a value: what takes part in its hash. A field that is added to a record can
/// thus not be forgotten here. What is in ASCII alone is left out, since every font is asked for all of it.
#[derive(Default)]
pub struct Collector {
    letters: Letters,
    last: Option<char>,
}

impl Collector {
    /// Takes up the letters of a text, and those that it writes by their numbers, as HTML does: `&#233;`, `&#xe9;`.
    pub fn text(&mut self, text: &str) {
        for rest in text.split("&#").skip(1) {
            let number = rest.split(';').next().unwrap_or(rest);
            let number = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            self.letters.extend(number.ok().and_then(char::from_u32));
        }
        // What follows a letter is put together with it where there is a letter for both.
        for letter in text.chars() {
            if !letter.is_ascii() {
                self.letters.insert(letter);
                if let Some(both) = self.last.and_then(|last| unicode_normalization::char::compose(last, letter)) {
                    self.letters.insert(both);
                }
            }
            self.last = Some(letter);
        }
        self.last = None;
    }

    /// What was collected.
    pub fn letters(self) -> Letters {
        self.letters
    }
}

impl Hasher for Collector {
    fn write(&mut self, bytes: &[u8]) {
        let tells = !bytes.is_ascii() || bytes.contains(&b'&');
        if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| tells) {
            self.text(text);
        }
    }

    // Numbers are no texts.
    fn write_u8(&mut self, _: u8) {}
    fn write_u16(&mut self, _: u16) {}
    fn write_u32(&mut self, _: u32) {}
    fn write_u64(&mut self, _: u64) {}
    fn write_u128(&mut self, _: u128) {}
    fn write_usize(&mut self, _: usize) {}
    fn write_i8(&mut self, _: i8) {}
    fn write_i16(&mut self, _: i16) {}
    fn write_i32(&mut self, _: i32) {}
    fn write_i64(&mut self, _: i64) {}
    fn write_i128(&mut self, _: i128) {}
    fn write_isize(&mut self, _: isize) {}

    fn finish(&self) -> u64 {
        0
    }
}
