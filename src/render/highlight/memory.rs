//! Lines of code that were looked at before. What a line is made of follows from the line and from where the line before
//! it left off, and the same lines stand in many places.

use std::collections::HashMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use syntect::parsing::{ParseState, Scope, ScopeStack};

/// How much is remembered: bytes of lines, and places where lines leave off. What comes later is looked at each time.
const MOST: (usize, usize) = (16 << 20, 4096);

/// Where a line left off.
pub type Place = (ParseState, ScopeStack);

/// The pieces of a line: how many bytes play which role.
pub type Runs = Rc<[(usize, Option<usize>)]>;

/// What a line is made of, and the number of the place where it leaves off.
pub type Line = (Runs, Option<u32>);

/// The role that a scope plays, if any: there are few scopes, and looking through all roles takes long.
pub type Roles = FxHashMap<Scope, Option<usize>>;

/// What is remembered. Each thread has its own, since places of the engine for regular expressions stay with their thread.
#[derive(Default)]
pub struct Memory {
    /// The roles of scopes that were met.
    pub roles: Roles,
    places: Vec<Rc<Place>>,
    /// Their numbers by what of them is cheap to compare.
    numbers: HashMap<(usize, Option<Scope>), Vec<u32>>,
    lines: HashMap<u32, HashMap<Box<str>, Line>>,
    bytes: usize,
}

impl Memory {
    /// The number of a place; `None` if there are too many.
    pub fn number(&mut self, place: &Place) -> Option<u32> {
        let key = (place.1.len(), place.1.as_slice().last().copied());
        let mut known = self.numbers.get(&key).into_iter().flatten().copied();
        let found = known.find(|number| self.place(*number).is_some_and(|other| **other == *place));
        if found.is_some() || self.places.len() >= MOST.1 {
            return found;
        }
        let number = u32::try_from(self.places.len()).ok()?;
        self.places.push(Rc::new(place.clone()));
        self.numbers.entry(key).or_default().push(number);
        Some(number)
    }

    /// The place of a number.
    pub fn place(&self, number: u32) -> Option<&Rc<Place>> {
        self.places.get(usize::try_from(number).ok()?)
    }

    /// What is known of a line that begins at a place: its runs, and the place where it leaves off.
    pub fn line(&self, number: u32, line: &str) -> Option<&Line> {
        self.lines.get(&number)?.get(line)
    }

    /// Remembers a line.
    pub fn keep(&mut self, number: u32, line: &str, runs: &Runs, after: Option<u32>) {
        if self.bytes < MOST.0 {
            self.bytes += line.len() + 32 * runs.len() + 64;
            self.lines.entry(number).or_default().insert(line.into(), (runs.clone(), after));
        }
    }
}
