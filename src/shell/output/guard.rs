//! Which folders may be written: a build replaces all that is in the output, so it must not be a folder that someone
//! keeps things in.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::manifest::{self, MARKER};
use crate::shell::Failure;
use crate::shell::disk::reason;

/// The folders of a site that hold what it is made from.
const SOURCES: [&str; 6] = ["content", "fonts", "i18n", "templates", "static", ".git"];

/// Checks that `out` may be replaced by the output of the site at `root` (which is free of links). Gives the folder
/// with links followed, and the folder beside it in which to prepare.
pub fn check(root: &Path, out: &Path) -> Result<(PathBuf, PathBuf), Failure> {
    let shown = out.display();
    let refused = |why: &str| {
        Err(Failure::new(format!("the output folder `{shown}` {why}"))
            .help("everything in the output folder is replaced by a build; choose another with `--out DIR`"))
    };
    let real = real_path(out)
        .map_err(|error| Failure::new(format!("the output folder `{shown}` can't be reached: {}", reason(&error))))?;
    let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
        return refused("is the root of the file system");
    };
    if real == root {
        return refused("is the site's own folder");
    }
    if root.starts_with(&real) {
        return refused("holds the site's own folder");
    }
    if let Some(home) = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok()) {
        if real == home {
            return refused("is your home folder");
        }
        if home.starts_with(&real) {
            return refused("holds your home folder");
        }
    }
    for source in SOURCES {
        let folder = root.join(source);
        for folder in [fs::canonicalize(&folder).ok(), Some(folder)].into_iter().flatten() {
            if real == folder {
                return refused(&format!("is `{source}`, a source folder of the site"));
            }
            if real.starts_with(&folder) {
                return refused(&format!("lies in `{source}`, a source folder of the site"));
            }
            if folder.starts_with(&real) {
                return refused(&format!("holds `{source}`, a source folder of the site"));
            }
        }
    }
    match fs::symlink_metadata(&real) {
        Ok(about) if !about.is_dir() => return refused("is a file, not a folder"),
        Ok(about) if about.permissions().readonly() => {
            return Err(Failure::new(format!("the output folder `{shown}` is read-only"))
                .help("make it writable, or choose another with `--out DIR`"));
        }
        Ok(_) => check_ours(&real, &shown.to_string())?,
        Err(_) => {}
    }
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".expound");
    let work = parent.join(beside);
    Ok((real, work))
}

/// A folder with files in it must carry the marker.
fn check_ours(real: &Path, shown: &str) -> Result<(), Failure> {
    if super::exists(&real.join(MARKER)) {
        return Ok(());
    }
    let cannot = |error: std::io::Error| {
        Failure::new(format!("the output folder `{shown}` can't be read: {}", reason(&error)))
            .help("choose another with `--out DIR`")
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(real).map_err(cannot)? {
        names.push(entry.map_err(cannot)?.file_name());
    }
    match names.iter().filter(|name| !manifest::is_kept(name)).min() {
        None => Ok(()),
        Some(name) => Err(Failure::new(format!(
            "the output folder `{shown}` holds things that expound didn't write, such as `{}`",
            name.to_string_lossy()
        ))
        .help("everything in the output folder is replaced by a build; empty it, or choose another with `--out DIR`")),
    }
}

/// The absolute path with links followed as far as it exists. What doesn't exist yet is taken as written.
fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => {
                real.push(part);
                match fs::symlink_metadata(&real) {
                    // A link that leads nowhere, or in a circle, is an error rather than a name to write at.
                    Ok(_) => real = fs::canonicalize(&real)?,
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(real)
}
