//! The output folder: a finished site takes the place of the one before in a single step, or nothing happens.
//!
//! The new site is staged beside the output, in `.NAME.expound`, on the same file system. Only when every file of it
//! is written does it change places with the output ([`swap`]); then what the program didn't write there (`.git`,
//! `CNAME`, dotfiles) moves over, and the previous output goes. Wherever that is interrupted, the next build puts
//! things right before it begins ([`swap::Swap::recover`]).
//!
//! A file in the output, [`MARKER`], says that the folder is the program's own and lists what it wrote.

mod file;
mod guard;
mod lock;
pub(in crate::shell) mod manifest;
mod stage;
mod swap;

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::disk::{DiskWorld, reason};
use super::progress::Progress;
use crate::base::Diagnostic;
use crate::bundle::Bundle;

pub use file::{check_file, write_file};
pub use manifest::MARKER;
pub use stage::Written;
pub(in crate::shell) use stage::validate;

/// Why a bundle was not written. The previous output is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// Pages could not be rendered.
    Findings(Vec<Diagnostic>),
    /// The machine is at fault, or a path in the bundle.
    Failure(Failure),
}

impl From<Failure> for WriteError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// An output folder that may be written, held against other builds as long as this value lives.
pub struct OutputFolder {
    out: PathBuf,
    swap: swap::Swap,
    _lock: lock::Lock,
}

impl OutputFolder {
    /// Takes hold of the output folder `out` of the site at `root`, and repairs what an interrupted build left.
    ///
    /// # Errors
    /// If the folder isn't one that may be replaced, or another build holds it.
    pub fn open(root: &Path, out: &Path) -> Result<Self, Failure> {
        let (out, work) = guard::check(root, out)?;
        let lock = lock::Lock::take(&work, &out)?;
        let swap = swap::Swap::new(out.clone(), work);
        swap.recover()?;
        Ok(Self { out, swap, _lock: lock })
    }

    /// The folder, absolute and free of links.
    pub fn path(&self) -> &Path {
        &self.out
    }

    /// Writes the bundle in place of what the folder holds.
    ///
    /// # Errors
    /// If a page can't be rendered or a file can't be written; then the folder is as it was.
    pub fn write(&self, bundle: &Bundle, world: &DiskWorld, progress: &Progress) -> Result<Written, WriteError> {
        let staging = self.swap.staging();
        let result = stage::write(bundle, world, &staging, progress);
        if result.is_err() {
            // What is left is cleared away by the next build if it can't be now.
            let _ = fs::remove_dir_all(&staging);
        }
        let written = result?;
        self.swap.swap_in()?;
        Ok(written)
    }
}

/// A failure about one path.
fn failed(doing: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("can't {doing} `{}`: {}", path.display(), reason(error)))
}

/// Whether something is there, be it a link that leads nowhere.
fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
