//! Puts a staged site in the place of the output, so that at every instant the output is the old site or the new one,
//! and what was interrupted can be put right.
//!
//! In the folder beside the output (`work`) there may stand:
//!
//! | name   | what it is |
//! |--------|------------|
//! | `new`  | a site being written; worthless if nobody writes it |
//! | `next` | before the swap: the new site, complete; after it: the previous output |
//! | `old`  | the previous output, where the system can't exchange two folders in one step |
//!
//! So whatever stands at `next` or `old` may be moved to the output if there is none; and if there is one, whatever
//! is kept there and lacks in the output moves over, and the rest may go. That needs no record of how far a swap
//! came, and it is right after any interruption.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::kept;
use super::{exists, failed};
use crate::shell::Failure;

/// Called with what the swap is about to do. Tests fail or stop here.
type Before = Box<dyn Fn(&str) -> io::Result<()> + Send + Sync>;

/// An output and the folder beside it.
pub struct Swap {
    out: PathBuf,
    work: PathBuf,
    /// Whether to try to exchange folders in one step.
    exchanging: bool,
    before: Before,
}

impl Swap {
    /// The swap of `out` with what is staged in `work`, on the same file system.
    pub fn new(out: PathBuf, work: PathBuf) -> Self {
        Self { out, work, exchanging: true, before: Box::new(|_| Ok(())) }
    }

    /// Where a new site is written.
    pub fn staging(&self) -> PathBuf {
        self.work.join("new")
    }

    /// Puts right what an interrupted build left.
    pub fn recover(&self) -> Result<(), Failure> {
        let cannot = |error: io::Error| {
            failed("put right what an interrupted build left in", &self.work, &error).help(
                "the folder may hold the previous output; move it out of the way if the output is as it should be",
            )
        };
        for name in ["old", "next"] {
            let left = self.work.join(name);
            if !exists(&left) {
                continue;
            }
            if exists(&self.out) {
                self.adopt(&left, &mut Vec::new()).map_err(cannot)?;
                fs::remove_dir_all(&left).map_err(cannot)?;
            } else {
                fs::rename(&left, &self.out).map_err(cannot)?;
            }
        }
        let staging = self.staging();
        if exists(&staging) {
            fs::remove_dir_all(&staging).map_err(cannot)?;
        }
        Ok(())
    }

    /// Puts the staged site in the place of the output.
    pub fn swap_in(&self) -> Result<(), Failure> {
        let cannot = |error: io::Error| {
            let failure = failed("replace", &self.out, &error);
            match error.kind() {
                io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => failure.help(
                    "a folder that is a disk or a share of its own can't be replaced; name a folder inside it with `--out DIR`",
                ),
                _ => failure.help("the previous output is as it was"),
            }
        };
        let next = self.work.join("next");
        self.prepare(&next).map_err(cannot)?;
        let Some(previous) = self.exchange(&next).map_err(cannot)? else { return Ok(()) };
        let mut moved = Vec::new();
        if let Err(error) = self.adopt(&previous, &mut moved) {
            self.take_back(&previous, &moved);
            return Err(cannot(error));
        }
        // The new site stands. If the old one can't be cleared away now, the next build tries again.
        if (self.before)("clear").is_ok() {
            let _ = fs::remove_dir_all(&previous);
        }
        Ok(())
    }

    /// Makes the staged site complete: the files that are kept are in it, and all of it is on the disk before anything is
    /// replaced by it.
    fn prepare(&self, next: &Path) -> io::Result<()> {
        let staging = self.staging();
        let replaces = fs::metadata(&self.out);
        if let Ok(about) = &replaces {
            // Best effort: a folder that a group may write, say, stays one.
            let _ = fs::set_permissions(&staging, about.permissions());
            for path in kept(&self.out)? {
                let (from, to) = (self.out.join(&path), staging.join(&path));
                if from.symlink_metadata()?.is_file() && !exists(&to) {
                    (self.before)("copy what is kept")?;
                    make_parent(&to)?;
                    fs::copy(&from, &to)?;
                }
            }
        }
        // Only a site that stood there before can be lost.
        if replaces.is_ok() {
            (self.before)("sync")?;
            sync(&staging)?;
        }
        (self.before)("complete")?;
        fs::rename(&staging, next)
    }

    /// Puts `next` in the output's place. Gives where the previous output now is, if there was one.
    fn exchange(&self, next: &Path) -> io::Result<Option<PathBuf>> {
        (self.before)("exchange")?;
        if !exists(&self.out) {
            return fs::rename(next, &self.out).map(|()| None);
        }
        if self.exchanging && exchange_folders(next, &self.out)? {
            return Ok(Some(next.to_owned()));
        }
        let old = self.work.join("old");
        (self.before)("put the output aside")?;
        fs::rename(&self.out, &old)?;
        if let Err(error) = (self.before)("put the new one there").and_then(|()| fs::rename(next, &self.out)) {
            fs::rename(&old, &self.out)?;
            return Err(error);
        }
        Ok(Some(old))
    }

    /// Moves over what is kept in a previous output and lacks in the output. `moved` gets what was.
    fn adopt(&self, previous: &Path, moved: &mut Vec<PathBuf>) -> io::Result<()> {
        for path in kept(previous)? {
            self.adopt_one(previous, &path, moved)?;
        }
        Ok(())
    }

    fn adopt_one(&self, previous: &Path, path: &Path, moved: &mut Vec<PathBuf>) -> io::Result<()> {
        let (from, to) = (previous.join(path), self.out.join(path));
        let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|about| about.is_dir());
        if !exists(&to) {
            (self.before)("move what is kept")?;
            make_parent(&to)?;
            fs::rename(&from, &to)?;
            moved.push(path.to_owned());
        } else if is_folder(&from) && is_folder(&to) {
            for entry in fs::read_dir(&from)? {
                self.adopt_one(previous, &path.join(entry?.file_name()), moved)?;
            }
        }
        Ok(())
    }

    /// Undoes a swap that could not be finished. Where even that fails, the next build finishes it.
    fn take_back(&self, previous: &Path, moved: &[PathBuf]) {
        let returned = moved.iter().rev().all(|path| fs::rename(self.out.join(path), previous.join(path)).is_ok());
        let next = self.work.join("next");
        let swapped = match self.exchanging.then(|| exchange_folders(previous, &self.out)) {
            Some(Ok(true)) => true,
            _ => fs::rename(&self.out, &next).and_then(|()| fs::rename(previous, &self.out)).is_ok(),
        };
        if returned && swapped {
            let _ = fs::remove_dir_all(&next);
        }
    }
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Exchanges two folders in one step; false if the system or the file system can't.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_folders(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_folders(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Waits until what is below `dir` is on the disk, so that not even a loss of power leaves half a site.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync(dir: &Path) -> io::Result<()> {
    rustix::fs::syncfs(fs::File::open(dir)?).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync(dir: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(dir) {
        let entry = entry?;
        if entry.file_type().is_file() {
            fs::File::options().write(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::collections::BTreeMap;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::manifest::{MARKER, text};
    use super::*;

    /// A folder's files by path; folders end in `/`.
    type Tree = BTreeMap<String, String>;

    fn tree(dir: &Path) -> Tree {
        let mut files = Tree::new();
        for entry in walkdir::WalkDir::new(dir).min_depth(1) {
            let entry = entry.unwrap();
            let name = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            if entry.file_type().is_dir() {
                files.insert(format!("{name}/"), String::new());
            } else {
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
        files
    }

    fn write(dir: &Path, files: &[(&str, &str)]) {
        for (path, content) in files {
            make_parent(&dir.join(path)).unwrap();
            fs::write(dir.join(path), content).unwrap();
        }
    }

    const KEPT: [(&str, &str); 5] = [
        (".git/HEAD", "ref"),
        (".git/objects/ab", "blob"),
        (".well-known/mine", "hers"),
        ("CNAME", "example.org"),
        ("deep/.htaccess", "deny"),
    ];

    fn old_site(out: &Path) {
        write(out, &[("index.html", "old"), ("gone.html", "old"), (".nojekyll", ""), (".well-known/ours", "old")]);
        let marker = text([".nojekyll", ".well-known/ours", "gone.html", "index.html"].into_iter());
        write(out, &[(MARKER, &marker)]);
        write(out, &KEPT);
    }

    fn new_site(out: &Path) {
        let marker = text([".well-known/ours", "a/b.html", "index.html"].into_iter());
        write(out, &[("index.html", "new"), ("a/b.html", "new"), (".well-known/ours", "new"), (MARKER, &marker)]);
    }

    fn swap(dir: &Path) -> Swap {
        let work = dir.join(".dist.expound");
        fs::create_dir_all(&work).unwrap();
        Swap::new(dir.join("dist"), work)
    }

    /// The tree of the old site, and of the new one with what is kept.
    fn expected() -> (Tree, Tree) {
        let dir = tempfile::tempdir().unwrap();
        old_site(&dir.path().join("old"));
        new_site(&dir.path().join("new"));
        write(&dir.path().join("new"), &KEPT);
        (tree(&dir.path().join("old")), tree(&dir.path().join("new")))
    }

    #[test]
    fn swaps_and_keeps_what_is_not_ours() {
        let dir = tempfile::tempdir().unwrap();
        let swap = swap(dir.path());
        old_site(&swap.out);
        new_site(&swap.staging());
        swap.swap_in().unwrap();
        assert_eq!(tree(&swap.out), expected().1);
        assert_eq!(tree(&swap.work), Tree::new());
    }

    #[test]
    fn first_output() {
        let dir = tempfile::tempdir().unwrap();
        let swap = swap(dir.path());
        new_site(&swap.staging());
        swap.swap_in().unwrap();
        assert_eq!(fs::read_to_string(swap.out.join("a/b.html")).unwrap(), "new");
    }

    /// Carries out a swap that does `trouble` at its step number `at`. False if there is no such step.
    fn with_trouble(dir: &Path, exchanging: bool, at: usize, trouble: fn() -> io::Result<()>) -> (Swap, bool) {
        let steps = std::sync::Arc::new(AtomicUsize::new(0));
        let counted = steps.clone();
        let mut swap = swap(dir);
        swap.exchanging = exchanging;
        swap.before = Box::new(move |_| if counted.fetch_add(1, Ordering::Relaxed) == at { trouble() } else { Ok(()) });
        old_site(&swap.out);
        new_site(&swap.staging());
        let _ = catch_unwind(AssertUnwindSafe(|| swap.swap_in()));
        (swap, steps.load(Ordering::Relaxed) > at)
    }

    /// More steps than a swap has, in both of its ways.
    fn each_step() -> impl Iterator<Item = (bool, usize)> {
        (0..20).flat_map(|at| [(true, at), (false, at)])
    }

    #[test]
    fn there_are_fewer_steps() {
        for exchanging in [true, false] {
            let dir = tempfile::tempdir().unwrap();
            assert!(with_trouble(dir.path(), exchanging, 7, || Ok(())).1);
            let dir = tempfile::tempdir().unwrap();
            assert!(!with_trouble(dir.path(), exchanging, 19, || Ok(())).1);
        }
    }

    #[test]
    fn a_failure_at_any_step_changes_nothing() {
        let (old, new) = expected();
        for (exchanging, at) in each_step() {
            let dir = tempfile::tempdir().unwrap();
            let (swap, reached) = with_trouble(dir.path(), exchanging, at, || Err(io::Error::other("trouble")));
            let found = tree(&swap.out);
            if !reached {
                assert_eq!(found, new);
                continue;
            }
            // Only the very last step, clearing away, comes after the point of no return.
            let cleared = !exists(&swap.work.join("next")) && !exists(&swap.work.join("old"));
            assert!(found == old || (found == new && !cleared), "step {at}: {found:?}");
            swap.recover().unwrap();
            assert_eq!(tree(&swap.out), found, "step {at}");
            assert_eq!(tree(&swap.work), Tree::new(), "step {at}");
        }
    }

    #[test]
    fn an_end_at_any_step_is_put_right() {
        let (old, new) = expected();
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        for (exchanging, at) in each_step() {
            let dir = tempfile::tempdir().unwrap();
            let (swap, _) = with_trouble(dir.path(), exchanging, at, || panic!("the end"));
            swap.recover().unwrap();
            let found = tree(&swap.out);
            assert!(found == old || found == new, "step {at}: {found:?}");
            assert_eq!(tree(&swap.work), Tree::new(), "step {at}");
        }
        std::panic::set_hook(quiet);
    }

    #[test]
    fn a_missing_output_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let swap = swap(dir.path());
        old_site(&swap.work.join("old"));
        new_site(&swap.work.join("next"));
        write(&swap.staging(), &[("index.html", "half")]);
        swap.recover().unwrap();
        assert_eq!(tree(&swap.out), expected().0);
        assert_eq!(tree(&swap.work), Tree::new());
    }
}
