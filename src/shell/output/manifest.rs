//! The marker file: says that a folder is an output, and lists what was written there.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The marker's name.
pub const MARKER: &str = ".expound-output";

const NOTE: &str = "\
# This folder was written by expound, and everything in it is replaced by the next build,
# except .git, CNAME and files whose names begin with a dot that are not listed here.
# Put files of your own in the site's `static` folder instead.
";

/// The marker of an output that holds `paths`.
pub fn text<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut out = NOTE.to_owned();
    for path in paths {
        out.push_str(path);
        out.push('\n');
    }
    out
}

/// The paths that the marker of `folder` lists; none if there is no marker.
pub fn read(folder: &Path) -> BTreeSet<String> {
    let Ok(bytes) = fs::read(folder.join(MARKER)) else { return BTreeSet::new() };
    parse(&String::from_utf8_lossy(&bytes))
}

/// The paths that a marker lists.
pub fn parse(text: &str) -> BTreeSet<String> {
    let note = NOTE.lines().count();
    text.lines().skip(note).map(str::to_owned).collect()
}

/// Whether something at the top of an output folder is kept if the program didn't write it.
pub fn is_kept(name: &OsStr) -> bool {
    name == "CNAME" || is_dotfile(name)
}

fn is_dotfile(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// What stands in the output `folder` that the program didn't write and keeps: dotfiles anywhere and `CNAME`, by path
/// below it. A folder none of whose files the program wrote is one entry.
pub fn kept(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let written = read(folder);
    let mut out = Vec::new();
    collect(folder, Path::new(""), false, &written, &mut out)?;
    out.sort();
    Ok(out)
}

fn collect(
    folder: &Path,
    below: &Path,
    in_dot: bool,
    written: &BTreeSet<String>,
    out: &mut Vec<PathBuf>,
) -> io::Result<()> {
    let at_top = below.as_os_str().is_empty();
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = entry.file_name();
        if at_top && name == MARKER {
            continue;
        }
        let path = below.join(&name);
        let as_written = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let dot = in_dot || is_dotfile(&name) || (at_top && name == "CNAME");
        if entry.file_type()?.is_dir() {
            let inside = format!("{as_written}/");
            let ours = written.range(inside.clone()..).next().is_some_and(|path| path.starts_with(&inside));
            if dot && !ours {
                out.push(path);
            } else {
                collect(folder, &path, dot, written, out)?;
            }
        } else if dot && !written.contains(&as_written) {
            out.push(path);
        }
    }
    Ok(())
}
