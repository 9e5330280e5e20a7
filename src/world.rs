//! The one door to everything outside: source bytes, folder listings, today's date.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::hash::fingerprint;
use crate::base::{Bytes, SourcePath, Version};
use crate::model::date::Day;

/// Why a file or folder could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ReadError {
    /// There is no such file.
    NotFound,
    /// A symbolic link leads out of the site's root, or around in a circle: where it points to.
    Escapes(String),
    /// Anything else: the system's own words.
    Other(String),
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry {
    /// The name, as the file system gives it. Names that are not UTF-8 carry replacement characters and `valid` is false.
    pub name: Arc<str>,
    /// True for a folder (or a link to one).
    pub is_dir: bool,
    /// False if the name is not UTF-8.
    pub valid: bool,
}

/// What the pipeline may know of the outside. Every call is recorded, so that a result is used again just as long as
/// what it read still answers the same, and the preview watches just what was read.
#[comemo::track]
pub trait World: Send + Sync {
    /// The bytes of a file.
    fn read(&self, path: &SourcePath) -> Result<Bytes, ReadError>;

    /// The names in a folder, sorted by name.
    fn list(&self, dir: &SourcePath) -> Result<Arc<[Entry]>, ReadError>;

    /// The size of a file in bytes, without reading it.
    fn size(&self, path: &SourcePath) -> Result<u64, ReadError>;

    /// The state of a file, or of a folder and everything below it. Where two worlds give equal versions of a path,
    /// every other question about it or what is below it has the same answer in both.
    fn version(&self, path: &SourcePath) -> Version;

    /// The date of the build: `SOURCE_DATE_EPOCH` if set, else today in UTC.
    fn today(&self) -> Day;
}

/// A site held in memory: for tests, and for programs that make sites from elsewhere than a disk.
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    /// Path → bytes.
    pub files: BTreeMap<SourcePath, Bytes>,
    /// The date of the build.
    pub today: Day,
}

impl MemoryWorld {
    /// An empty site, built on `today`.
    pub fn new(today: Day) -> Self {
        Self { files: BTreeMap::new(), today }
    }

    /// Puts a file in place of what was there.
    pub fn write(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(SourcePath::new(path), Bytes::new(bytes));
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(&SourcePath::new(path));
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &SourcePath) -> Result<Bytes, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::NotFound)
    }

    fn list(&self, dir: &SourcePath) -> Result<Arc<[Entry]>, ReadError> {
        let mut entries: BTreeMap<&str, bool> = BTreeMap::new();
        for path in self.files.keys() {
            let Some(rest) = path.strip_prefix(dir).filter(|rest| !rest.is_empty()) else { continue };
            match rest.split_once('/') {
                Some((name, _)) => entries.insert(name, true),
                None => entries.insert(rest, false),
            };
        }
        if entries.is_empty() && !dir.as_str().is_empty() {
            return Err(ReadError::NotFound);
        }
        Ok(entries.into_iter().map(|(name, is_dir)| Entry { name: name.into(), is_dir, valid: true }).collect())
    }

    fn size(&self, path: &SourcePath) -> Result<u64, ReadError> {
        self.read(path).map(|bytes| bytes.len() as u64)
    }

    fn version(&self, path: &SourcePath) -> Version {
        let below: Vec<_> = self.files.iter().filter(|(file, _)| file.strip_prefix(path).is_some()).collect();
        Version(fingerprint(&below))
    }

    fn today(&self) -> Day {
        self.today
    }
}
