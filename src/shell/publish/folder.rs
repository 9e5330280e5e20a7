//! A folder, such as one that a server shows. It is replaced in one step, as the output of a build is.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::compress;
use super::plan::{Id, Listing, Plan};
use super::site::{Algorithm, Site};
use super::{Sent, Target};
use crate::model::publish::Encoding;
use crate::shell::Failure;
use crate::shell::disk::reason;
use crate::shell::output::{OutputFolder, WriteError, manifest};
use crate::shell::progress::Progress;

/// A file below this size gains nothing from being compressed: it is one packet on the wire in any case.
const SMALL: u64 = 1024;

/// A folder to publish to, held against others as long as this value lives.
pub struct Folder {
    out: OutputFolder,
    said: String,
    precompress: Vec<Encoding>,
}

impl Folder {
    /// Takes hold of a folder; `path` is as the settings have it.
    pub fn open(root: &Path, path: &str, precompress: &[Encoding]) -> Result<Self, Failure> {
        let out = OutputFolder::open(root, &root.join(path)).map_err(in_settings)?;
        Ok(Self { out, said: path.to_owned(), precompress: precompress.to_vec() })
    }

    /// Adds the compressed forms of every file that gains from it.
    fn compress(&self, site: &mut Site<'_>, progress: &Progress) -> Result<(), Failure> {
        let wanted: Vec<(Arc<str>, Encoding)> = site
            .files()
            .filter(|(path, file)| file.size >= SMALL && compress::is_text(path))
            .flat_map(|(path, _)| self.precompress.iter().map(|encoding| (path.clone(), *encoding)))
            .filter(|(path, encoding)| !site.has(&format!("{path}.{}", encoding.extension())))
            .collect();
        progress.steps("compressing", wanted.len());
        let made = wanted.par_iter().map(|(path, encoding)| {
            let bytes = site.read(path)?;
            let small = compress::compress(&bytes, *encoding)
                .map_err(|error| Failure::new(format!("`{path}` can't be compressed: {}", reason(&error))))?;
            progress.step();
            let gains = small.len() < bytes.len();
            Ok(gains.then(|| (format!("{path}.{}", encoding.extension()), small)))
        });
        let made = made.collect::<Result<Vec<_>, Failure>>()?;
        for (path, bytes) in made.into_iter().flatten() {
            site.add(&path, bytes);
        }
        Ok(())
    }
}

impl Target for Folder {
    fn describe(&self) -> String {
        format!("the folder `{}`", self.said)
    }

    fn list(&mut self, site: &mut Site<'_>, progress: &Progress) -> Result<Listing, Failure> {
        self.compress(site, progress)?;
        let folder = self.out.path();
        let written: Vec<String> = manifest::read(folder).into_iter().collect();
        let read = |path: String| {
            let bytes = fs::read(folder.join(&path)).ok()?;
            let algorithm = Algorithm::Sha256;
            Some((path, Some(Id { algorithm, digest: algorithm.digest(&bytes) })))
        };
        Ok(written.into_par_iter().filter_map(read).collect())
    }

    fn send(&mut self, site: &Site<'_>, plan: &Plan, progress: &Progress) -> Result<Sent, Failure> {
        progress.steps("writing", site.len());
        match self.out.write(&site.bundle(), site.world(), progress) {
            Ok(_) => Ok(Sent { what: format!("{} files in `{}`", plan.unchanged + plan.sends().count(), self.said) }),
            Err(WriteError::Failure(failure)) => Err(in_settings(failure)),
            Err(WriteError::Findings(_)) => Err(Failure::new("pages could not be made")),
        }
    }
}

/// Failures of an output folder speak of the option of `build`.
fn in_settings(mut failure: Failure) -> Failure {
    for help in &mut failure.help {
        *help = help.replace("with `--out DIR`", "as the `path` of this target");
    }
    failure
}
