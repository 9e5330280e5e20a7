//! What is to be done: worked out from the site and from what a place has, and from nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::site::{Algorithm, Site};
use crate::shell::Failure;

/// What a file's content is known by at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// How it was worked out.
    pub algorithm: Algorithm,
    /// The digest, in hexadecimal.
    pub digest: String,
}

/// What a place has: each file by its path. `None` for one whose content can't be told without fetching it.
pub type Listing = BTreeMap<String, Option<Id>>;

/// A file to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path.
    pub path: Arc<str>,
    /// Its size in bytes.
    pub size: u64,
}

/// What is to be done, each list in the order of paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that are not there yet.
    pub new: Vec<Change>,
    /// Files that are there with another content.
    pub changed: Vec<Change>,
    /// Files that are there and no longer part of the site.
    pub removed: Vec<String>,
    /// How many files stay as they are.
    pub unchanged: usize,
}

enum State {
    New,
    Changed,
    Same,
}

impl Plan {
    /// Compares a site with what a place has.
    ///
    /// # Errors
    /// If a file of the site can't be read.
    pub fn make(site: &Site<'_>, have: &Listing) -> Result<Self, Failure> {
        let files: Vec<_> = site.files().collect();
        let states: Vec<Result<State, Failure>> = files
            .par_iter()
            .map(|(path, _)| {
                Ok(match have.get(&***path) {
                    None => State::New,
                    Some(None) => State::Changed,
                    Some(Some(id)) if id.algorithm.digest(&site.read(path)?) == id.digest => State::Same,
                    Some(Some(_)) => State::Changed,
                })
            })
            .collect();
        let mut plan = Self::default();
        for ((path, file), state) in files.into_iter().zip(states) {
            let change = Change { path: path.clone(), size: file.size };
            match state? {
                State::New => plan.new.push(change),
                State::Changed => plan.changed.push(change),
                State::Same => plan.unchanged += 1,
            }
        }
        plan.removed = have.keys().filter(|path| !site.has(path)).cloned().collect();
        Ok(plan)
    }

    /// Every file to be sent.
    pub fn sends(&self) -> impl Iterator<Item = &Change> {
        self.new.iter().chain(&self.changed)
    }

    /// How many bytes are to be sent.
    pub fn bytes(&self) -> u64 {
        self.sends().map(|change| change.size).sum()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}
