//! One build at a time for one output folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::failed;
use crate::shell::Failure;

/// Holds the folder beside an output. The system lets go of it when the process ends, however it ends.
pub struct Lock {
    work: PathBuf,
    file: File,
}

impl Lock {
    /// Takes hold of `work`, the folder beside `out`.
    pub fn take(work: &Path, out: &Path) -> Result<Self, Failure> {
        let path = work.join("lock");
        // The build that held it may take the file away between our opening and our locking; then it is tried again.
        for _ in 0..100 {
            fs::create_dir_all(work).map_err(|error| cannot_stage(work, &error))?;
            let file = match File::options().read(true).write(true).create(true).truncate(false).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(cannot_stage(work, &error)),
            };
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Self { work: work.to_owned(), file }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) => return Err(failed("lock", &path, &error)),
            }
        }
        Err(Failure::new(format!("another `expound` is writing to `{}` right now", out.display()))
            .help("wait until it is done, or write elsewhere with `--out DIR`"))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.work.join("lock"));
        let _ = self.file.unlock();
        // Stays if there is something in it that the next build must see to.
        let _ = fs::remove_dir(&self.work);
    }
}

fn cannot_stage(work: &Path, error: &io::Error) -> Failure {
    failed("write", work, error)
        .help("the new site is prepared beside the output folder and then takes its place; the folder around it must be writable")
}

/// Whether `file` is still the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => ours.dev() == there.dev() && ours.ino() == there.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
