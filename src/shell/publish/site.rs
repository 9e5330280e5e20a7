//! A finished site, every page made: what is sent.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::Digest;

use crate::base::{Bytes, SourcePath};
use crate::bundle::{Bundle, Output};
use crate::shell::Failure;
use crate::shell::console::note;
use crate::shell::disk::{DiskWorld, reason};
use crate::shell::images::{Workshop, once};
use crate::shell::output::{self, WriteError};
use crate::shell::progress::Progress;

/// How a file's content is told from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// MD5, which stores of objects give as `ETag`.
    Md5,
    /// SHA-256.
    Sha256,
    /// The name that Git gives a file, in repositories with SHA-1.
    GitSha1,
    /// The name that Git gives a file, in repositories with SHA-256.
    GitSha256,
}

impl Algorithm {
    /// The digest of a file's content, in hexadecimal.
    pub fn digest(self, bytes: &[u8]) -> String {
        let header = format!("blob {}\0", bytes.len());
        match self {
            Self::Md5 => hex(&md5::Md5::digest(bytes)),
            Self::Sha256 => hex(&sha2::Sha256::digest(bytes)),
            Self::GitSha1 => hex(&sha1::Sha1::new().chain_update(&header).chain_update(bytes).finalize()),
            Self::GitSha256 => hex(&sha2::Sha256::new().chain_update(&header).chain_update(bytes).finalize()),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        _ = write!(out, "{byte:02x}");
    }
    out
}

/// A file of the site.
#[derive(Clone)]
pub struct File {
    content: Content,
    /// Its size in bytes.
    pub size: u64,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    /// A source file, which may be large and is read when it is needed.
    Copy(SourcePath),
}

/// Every file of a site by its path, with its content.
pub struct Site<'a> {
    world: &'a DiskWorld,
    files: BTreeMap<Arc<str>, File>,
}

impl<'a> Site<'a> {
    /// Makes every page of a bundle.
    ///
    /// # Errors
    /// If a page can't be made, a file can't be read, or a path can't be that of a file.
    pub fn make(bundle: &Bundle, world: &'a DiskWorld, progress: &Progress) -> Result<Self, WriteError> {
        output::validate(bundle)?;
        let each: Vec<(&Arc<str>, &Output)> = bundle.files.iter().collect();
        let workshop = Workshop::of_user();
        workshop.expect(bundle);
        let made: Vec<Result<File, WriteError>> = each
            .par_iter()
            .map(|(_, output)| {
                let file = match output {
                    Output::Bytes(bytes) => of_bytes(bytes.clone()),
                    Output::Page(page) => of_bytes(workshop.page(&**page).map_err(WriteError::Findings)?),
                    Output::Made(made) => {
                        of_bytes(workshop.make(made, world).map_err(|found| WriteError::Findings(vec![found]))?)
                    }
                    Output::Copy(source) => {
                        let size = world.locate_file(source).ok().and_then(|path| fs::metadata(path).ok());
                        let size = size.ok_or_else(|| unreadable(source, "it isn't there any more"))?.len();
                        File { content: Content::Copy(source.clone()), size }
                    }
                };
                progress.step();
                Ok(file)
            })
            .collect();
        if let Some(trouble) = workshop.close() {
            note(&format!("{trouble}\n"));
        }
        let (mut files, mut findings) = (BTreeMap::new(), Vec::new());
        for ((path, _), result) in each.into_iter().zip(made) {
            match result {
                Ok(file) => drop(files.insert(path.clone(), file)),
                Err(WriteError::Findings(more)) => findings.extend(more),
                Err(failure) => return Err(failure),
            }
        }
        once(&mut findings);
        if findings.is_empty() { Ok(Self { world, files }) } else { Err(WriteError::Findings(findings)) }
    }

    /// The world that source files are read from.
    pub fn world(&self) -> &DiskWorld {
        self.world
    }

    /// Every file, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &File)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether there is a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The size of the file at `path`; 0 if there is none.
    pub fn size(&self, path: &str) -> u64 {
        self.files.get(path).map_or(0, |file| file.size)
    }

    /// Adds a file, or puts another in its place.
    pub fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), of_bytes(Bytes::new(bytes)));
    }

    /// The content of the file at `path`.
    ///
    /// # Errors
    /// If it is a source file that can't be read any more.
    pub fn read(&self, path: &str) -> Result<Bytes, Failure> {
        let gone = || Failure::new(format!("there is no file `{path}`"));
        match &self.files.get(path).ok_or_else(gone)?.content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::Copy(source) => {
                let real = self.world.locate_file(source).map_err(|_| unreadable(source, "it isn't there any more"))?;
                fs::read(real).map(Bytes::new).map_err(|error| unreadable(source, &reason(&error)))
            }
        }
    }

    /// The site as a bundle again, to be written to a folder.
    pub fn bundle(&self) -> Bundle {
        let output = |file: &File| match &file.content {
            Content::Bytes(bytes) => Output::Bytes(bytes.clone()),
            Content::Copy(source) => Output::Copy(source.clone()),
        };
        Bundle { files: self.files.iter().map(|(path, file)| (path.clone(), output(file))).collect() }
    }
}

fn of_bytes(bytes: Bytes) -> File {
    File { size: bytes.len() as u64, content: Content::Bytes(bytes) }
}

fn unreadable(source: &SourcePath, why: &str) -> Failure {
    Failure::new(format!("can't read `{source}`: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests() {
        assert_eq!(Algorithm::Md5.digest(b"hello"), "5d41402abc4b2a76b9719d911017c592");
        assert_eq!(Algorithm::GitSha1.digest(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
        assert_eq!(
            Algorithm::GitSha256.digest(b"hello\n"),
            "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4"
        );
        assert!(Algorithm::Sha256.digest(b"hello").starts_with("2cf24dba5fb0a30e"));
    }
}
