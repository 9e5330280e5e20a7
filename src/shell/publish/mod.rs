//! Sending a finished site to a public place, so that no visitor ever sees half of it.
//!
//! A target says what it has ([`Target::list`]), a [`Plan`] is worked out from that and the site alone, and the target
//! carries it out ([`Target::send`]). What a target must hold to: until the last step the old site stays whole; and
//! whatever interrupts it, running the command again finishes the work.

mod archive;
mod compress;
mod folder;
mod git;
mod headers;
mod hosts;
mod live;
mod plan;
mod site;
mod store;

use std::path::Path;

use super::Failure;
use super::progress::Progress;
use crate::model::publish::{Place, Target as Said};

pub use headers::FOREVER;
pub use hosts::{FRAMES, SECURITY, prepare};
pub use live::{Differences, compare};
pub use plan::{Change, Id, Listing, Plan};
pub use site::{Algorithm, File, Site};

/// What the person who publishes has allowed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed {
    /// To replace a branch by a commit that doesn't follow from it.
    pub force: bool,
    /// To replace what expound didn't write.
    pub replace: bool,
    /// To remove more files than the settings allow.
    pub confirm: bool,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// What was made there, in a few words: "commit 1a2b3c4 on `gh-pages`".
    pub what: String,
}

/// A place that a site can be sent to.
pub trait Target {
    /// What it is, in a few words: "the branch `gh-pages` of `origin`".
    fn describe(&self) -> String;

    /// The address at which readers will find the site, if that can be told.
    fn address(&self) -> Option<String> {
        None
    }

    /// Adds to the site what this place needs besides, and says what the place has.
    ///
    /// # Errors
    /// If the place can't be reached, or must not be written.
    fn list(&mut self, site: &mut Site<'_>, progress: &Progress) -> Result<Listing, Failure>;

    /// Carries out a plan.
    ///
    /// # Errors
    /// If that fails; then visitors see the site that was there before.
    fn send(&mut self, site: &Site<'_>, plan: &Plan, progress: &Progress) -> Result<Sent, Failure>;
}

/// Opens a target of the site at `root`.
///
/// # Errors
/// If the place is one that can't be written.
pub fn open(root: &Path, said: &Said, allowed: Allowed) -> Result<Box<dyn Target>, Failure> {
    Ok(match &said.place {
        Place::Git(git) => Box::new(git::Branch::new(root, git, allowed)?),
        Place::Folder { path, precompress } => Box::new(folder::Folder::open(root, path, precompress)?),
        Place::Archive { path, format } => Box::new(archive::Archive::new(root, path, *format)?),
        Place::Store(store) => Box::new(store::Bucket::open(&said.name, store, allowed)?),
    })
}
