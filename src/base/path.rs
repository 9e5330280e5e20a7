//! Paths of source files: relative to the site's root, with `/` on every system.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A path below the site's root, in normal form: `/` between parts, no leading or trailing `/`, no `.` or `..`.
/// The root itself is the empty path.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// The path `text`, brought to normal form. `..` goes up but never above the root.
    pub fn new(text: &str) -> Self {
        if is_normal(text) {
            return Self(text.into());
        }
        Self::below("", text)
    }

    /// `name`, brought to normal form, below the path `dir`, which is.
    fn below(dir: &str, name: &str) -> Self {
        let mut path = String::with_capacity(dir.len() + name.len() + 1);
        path.push_str(dir);
        for part in name.split('/') {
            match part {
                "" | "." => {}
                ".." => path.truncate(path.rfind('/').unwrap_or_default()),
                part => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(part);
                }
            }
        }
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path with `name` below it (`name` may have several parts, and `..`).
    pub fn join(&self, name: &str) -> Self {
        Self::below(&self.0, name)
    }

    /// What `name` is beside this path: in the folder that holds it.
    pub fn beside(&self, name: &str) -> Self {
        Self::below(self.0.rsplit_once('/').map_or("", |(dir, _)| dir), name)
    }

    /// The folder that holds this path; the root for a path of one part, `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        if self.0.is_empty() {
            return None;
        }
        Some(Self(self.0.rsplit_once('/').map_or("", |(dir, _)| dir).into()))
    }

    /// The last part: `index.md` of `content/index.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => self.name(),
        }
    }

    /// The extension in lower case, without the dot; empty if there is none.
    pub fn extension(&self) -> String {
        match self.name().rsplit_once('.') {
            Some((stem, ext)) if !stem.is_empty() => ext.to_ascii_lowercase(),
            _ => String::new(),
        }
    }

    /// This path relative to `dir`, if it lies below it.
    pub fn strip_prefix(&self, dir: &SourcePath) -> Option<&str> {
        if dir.0.is_empty() {
            return Some(&self.0);
        }
        let rest = self.0.strip_prefix(&*dir.0)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }
}

/// True if a path is in normal form, as nearly all are.
fn is_normal(text: &str) -> bool {
    let part = |part: &str| !matches!(part, "" | "." | "..");
    text.is_empty() || text.split('/').all(part)
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
