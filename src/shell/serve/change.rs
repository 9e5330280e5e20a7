//! What may have changed, and which files a change can be of.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::base::SourcePath;
use crate::ignored;

/// The folders below the root that a site is made of.
pub const FOLDERS: [&str; 5] = ["content", "fonts", "i18n", "templates", "static"];

/// Files and folders that may be other than they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub paths: Vec<SourcePath>,
    /// True if it could be anything.
    pub all: bool,
    /// When the first of it was noticed.
    pub since: Option<Instant>,
}

impl Change {
    /// A change of `paths`, noticed now.
    pub fn of(paths: Vec<SourcePath>) -> Self {
        Self { paths, all: false, since: Some(Instant::now()) }
    }

    /// A change of anything, noticed now.
    pub fn everything() -> Self {
        Self { all: true, ..Self::of(Vec::new()) }
    }

    /// Both changes as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let paths: BTreeSet<SourcePath> = self.paths.into_iter().chain(other.paths).collect();
        let since = [self.since, other.since].into_iter().flatten().min();
        Self { paths: paths.into_iter().collect(), all: self.all || other.all, since }
    }
}

/// True for what the site may be made of: not for what editors leave behind, nor for the output.
pub fn is_source(path: &SourcePath) -> bool {
    let mut parts = path.as_str().split('/');
    match parts.next() {
        Some("expound.toml") => parts.next().is_none(),
        Some(first) if FOLDERS.contains(&first) => !parts.any(|part| ignored(part, first == "static")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        for source in ["expound.toml", "content", "content/a.md", "content/b/LICENSE", "static/.well-known/x"] {
            assert!(is_source(&SourcePath::new(source)), "{source}");
        }
        for other in ["", "dist/index.html", "README.md", "content/.a.md.swp", "content/a.md~", "content/.git/x"] {
            assert!(!is_source(&SourcePath::new(other)), "{other}");
        }
    }

    #[test]
    fn changes_are_joined() {
        let (a, b) = (SourcePath::new("content/a.md"), SourcePath::new("content/b.md"));
        let one = Change::of(vec![b.clone(), a.clone()]);
        let both = one.clone().and(Change { all: true, ..Change::of(vec![a.clone()]) });
        assert_eq!(both, Change { paths: vec![a, b], all: true, since: one.since });
    }
}
