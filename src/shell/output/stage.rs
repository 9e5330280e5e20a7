//! Writes a bundle into an empty folder: every file once, in parallel, no more of them in memory than are being
//! written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::manifest::{self, MARKER};
use super::{WriteError, failed};
use crate::base::{Diagnostic, SourcePath};
use crate::bundle::{Bundle, Output};
use crate::shell::Failure;
use crate::shell::console::note;
use crate::shell::disk::{DiskWorld, reason};
use crate::shell::images::{Workshop, once};
use crate::shell::progress::Progress;
use crate::world::ReadError;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// HTML pages.
    pub pages: usize,
    /// Files, pages among them.
    pub files: usize,
    /// All bytes.
    pub bytes: u64,
}

/// Why one file was not written.
enum Trouble {
    Findings(Vec<Diagnostic>),
    Failure(Failure),
    /// Another file failed for the machine's sake; there is no point in trying on.
    Skipped,
}

/// Writes every file of the bundle below `dir`, and the marker.
pub fn write(bundle: &Bundle, world: &DiskWorld, dir: &Path, progress: &Progress) -> Result<Written, WriteError> {
    validate(bundle)?;
    fs::create_dir_all(dir).map_err(|error| cannot_write(dir, &error))?;
    let stop = AtomicBool::new(false);
    let workshop = Workshop::of_user();
    workshop.expect(bundle);
    let files: Vec<(&Arc<str>, &Output)> = bundle.files.iter().collect();
    let folder = |path: &str| path.rfind('/').map_or(0, |at| at);
    let results: Vec<Result<u64, Trouble>> = files
        .par_iter()
        .enumerate()
        .map(|(at, (path, output))| {
            if stop.load(Ordering::Relaxed) {
                return Err(Trouble::Skipped);
            }
            let to = dir.join(&***path);
            // The first file in a folder: to try without one costs as much as making it.
            let before = at.checked_sub(1).and_then(|before| files.get(before));
            if before.is_none_or(|(before, _)| before.get(..folder(before)) != path.get(..folder(path))) {
                // What is wrong with it is seen when the file is made.
                let _ = to.parent().map(fs::create_dir);
            }
            let result = write_one(&to, output, world, &workshop);
            if matches!(result, Err(Trouble::Failure(_))) {
                stop.store(true, Ordering::Relaxed);
            }
            progress.step();
            result
        })
        .collect();

    if let Some(trouble) = workshop.close() {
        note(&format!("{trouble}\n"));
    }
    let mut written = Written { files: files.len(), ..Written::default() };
    let mut findings = Vec::new();
    for ((path, _), result) in files.iter().zip(results) {
        match result {
            Ok(bytes) => {
                written.bytes += bytes;
                written.pages += usize::from(path.ends_with(".html"));
            }
            Err(Trouble::Findings(more)) => findings.extend(more),
            Err(Trouble::Failure(failure)) => return Err(failure.into()),
            Err(Trouble::Skipped) => {}
        }
    }
    if !findings.is_empty() {
        once(&mut findings);
        return Err(WriteError::Findings(findings));
    }
    let marker = dir.join(MARKER);
    let text = manifest::text(bundle.files.keys().map(|path| &**path));
    create(&marker, text.as_bytes()).map_err(|error| failed("write", &marker, &error))?;
    Ok(written)
}

fn write_one(to: &Path, output: &Output, world: &DiskWorld, workshop: &Workshop) -> Result<u64, Trouble> {
    let cannot = |error: io::Error| Trouble::Failure(cannot_write(to, &error));
    match output {
        Output::Bytes(bytes) => create(to, bytes).map_err(cannot),
        Output::Page(page) => {
            let bytes = workshop.page(&**page).map_err(Trouble::Findings)?;
            create(to, &bytes).map_err(cannot)
        }
        Output::Made(made) => {
            let bytes = workshop.make(made, world).map_err(|found| Trouble::Findings(vec![found]))?;
            create(to, &bytes).map_err(cannot)
        }
        Output::Copy(source) => {
            let real = world.locate_file(source).map_err(|error| Trouble::Failure(cannot_copy(source, &error)))?;
            let unreadable = |error: io::Error| cannot_copy(source, &ReadError::Other(reason(&error)));
            let mut from = File::open(real).map_err(|error| Trouble::Failure(unreadable(error)))?;
            // The contents alone: a source's permissions and times are no part of the site.
            let mut file = create_new(to).map_err(cannot)?;
            io::copy(&mut from, &mut file).map_err(cannot)
        }
    }
}

fn create(to: &Path, bytes: &[u8]) -> io::Result<u64> {
    let mut file = create_new(to)?;
    file.write_all(bytes)?;
    Ok(bytes.len() as u64)
}

/// A new file, in a folder that is made if it isn't there yet: making folders is as dear as making files, so both are
/// done on all cores.
fn create_new(to: &Path) -> io::Result<File> {
    match File::create_new(to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create_new(to)
        }
        made => made,
    }
}

fn cannot_write(to: &Path, error: &io::Error) -> Failure {
    let failure = failed("write", to, error);
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            failure.help("the file system takes this name for that of another file of the site; rename one of them")
        }
        io::ErrorKind::StorageFull => failure.help("make room on the disk; the previous output is as it was"),
        _ => failure.help("the previous output is as it was"),
    }
}

fn cannot_copy(source: &SourcePath, error: &ReadError) -> Failure {
    let why = match error {
        ReadError::NotFound => "it isn't there any more".to_owned(),
        ReadError::Escapes(target) => format!("a symbolic link leads out of the site, to `{target}`"),
        ReadError::Other(reason) => reason.clone(),
    };
    Failure::new(format!("can't read `{source}`: {why}"))
}

/// A path of the output must name a file below it: on this system too, and never one of the program's or Git's.
pub fn validate(bundle: &Bundle) -> Result<(), Failure> {
    for path in bundle.files.keys() {
        let name_of_a_file = |part: &str| {
            let mut components = Path::new(part).components();
            let one = matches!(components.next(), Some(Component::Normal(name)) if name == part);
            one && components.next().is_none() && !part.contains('\0')
        };
        if !path.split('/').all(name_of_a_file) {
            return Err(Failure::new(format!("`{path}` can't be the path of a file of the site")));
        }
        let first = path.split('/').next().unwrap_or_default();
        if first.eq_ignore_ascii_case(".git") || first.eq_ignore_ascii_case(MARKER) {
            return Err(Failure::new(format!(
                "`{path}` can't be a file of the site: `{first}` has a meaning of its own"
            )));
        }
        let mut above = path.rsplit_once('/');
        while let Some((folder, _)) = above {
            if bundle.files.contains_key(folder) {
                return Err(Failure::new(format!(
                    "`{folder}` would have to be both a file and the folder of `{path}`"
                ))
                .help("rename one of them"));
            }
            above = folder.rsplit_once('/');
        }
    }
    Ok(())
}
