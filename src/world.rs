//! The one door to everything outside: source bytes, folder listings, today's date.

use std::sync::Arc;

use crate::base::{Bytes, SourcePath};
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

    /// The date of the build: `SOURCE_DATE_EPOCH` if set, else today in UTC.
    fn today(&self) -> Day;
}
