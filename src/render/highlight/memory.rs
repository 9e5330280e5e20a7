//! Lines of code that were looked at before. What a line is made of follows from the line and from where the line before
//! it left off, and the same lines stand in many places.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use syntect::parsing::{ParseState, Scope, ScopeStack};

/// How much is remembered: bytes of lines, and places where lines leave off. What comes later is looked at each time.
const MOST: (usize, usize) = (16 << 20, 4096);

/// Where a line left off.
pub type Place = (ParseState, ScopeStack);

/// The pieces of a line: how many bytes play which role.
pub type Runs = Arc<[(usize, Option<usize>)]>;

/// What a line is made of, and the number of the place where it leaves off.
pub type Line = (Runs, Option<u32>);

/// What is remembered.
#[derive(Default)]
pub struct Memory(RwLock<Inner>);

#[derive(Default)]
struct Inner {
    places: Vec<Arc<Place>>,
    /// Their numbers by what of them is cheap to compare.
    numbers: HashMap<(usize, Option<Scope>), Vec<u32>>,
    lines: HashMap<u32, HashMap<Box<str>, Line>>,
    bytes: usize,
}

impl Memory {
    /// The number of a place; `None` if there are too many.
    pub fn number(&self, place: &Place) -> Option<u32> {
        let key = (place.1.len(), place.1.as_slice().last().copied());
        let mut inner = self.0.write().ok()?;
        let known = inner.numbers.get(&key).into_iter().flatten().copied();
        let found = known.into_iter().find(|number| inner.place(*number).is_some_and(|other| **other == *place));
        if found.is_some() || inner.places.len() >= MOST.1 {
            return found;
        }
        let number = u32::try_from(inner.places.len()).ok()?;
        inner.places.push(Arc::new(place.clone()));
        inner.numbers.entry(key).or_default().push(number);
        Some(number)
    }

    /// The place of a number.
    pub fn place(&self, number: u32) -> Option<Arc<Place>> {
        self.0.read().ok()?.place(number).cloned()
    }

    /// What is known of a line that begins at a place: its runs, and the place where it leaves off.
    pub fn line(&self, number: u32, line: &str) -> Option<Line> {
        self.0.read().ok()?.lines.get(&number)?.get(line).cloned()
    }

    /// Remembers a line.
    pub fn keep(&self, number: u32, line: &str, runs: &Runs, after: Option<u32>) {
        let Ok(mut inner) = self.0.write() else { return };
        if inner.bytes < MOST.0 {
            inner.bytes += line.len() + 32 * runs.len() + 64;
            inner.lines.entry(number).or_default().insert(line.into(), (runs.clone(), after));
        }
    }
}

impl Inner {
    fn place(&self, number: u32) -> Option<&Arc<Place>> {
        self.places.get(usize::try_from(number).ok()?)
    }
}
