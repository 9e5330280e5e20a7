//! The real disk as a [`World`]: reads below the site's root, and remembers what was read.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

mod direct;

use crate::base::{Bytes, SourcePath, Version};
use crate::model::date::Day;
use crate::world::{Entry, ReadError, World};

/// Files up to this many bytes are kept for the length of a build; larger ones (photographs, films) are read again
/// when they are wanted again, so that memory stays bounded.
const CACHED_UP_TO: u64 = 1 << 20;

/// Larger files are copied, but nothing is read from them: whatever stands in one, it was not typed.
pub const READ_UP_TO: u64 = 64 << 20;

/// What was asked about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// Its size.
    Size,
    /// Its bytes.
    File,
    /// Its names.
    Folder,
}

/// What reading gave, with the number of the world that read it.
type Kept<T> = Mutex<HashMap<SourcePath, (u64, Result<T, ReadError>)>>;

/// What the worlds of one site share.
struct Shared {
    root: PathBuf,
    /// Tells the versions of this site from those of others.
    id: u64,
    /// The number of the world made last. Each has its own, also those that no build was made of.
    newest: AtomicU64,
    files: Kept<Bytes>,
    folders: Kept<Arc<[Entry]>>,
    touched: Mutex<BTreeMap<SourcePath, Touched>>,
    links: Mutex<BTreeMap<SourcePath, PathBuf>>,
    /// Folders whose paths from the root on have no link in them, with the number of the world that saw it. To look at
    /// each part for each file costs as much as opening it.
    straight: Mutex<HashMap<SourcePath, u64>>,
}

/// A site on disk, as it is during one build.
pub struct DiskWorld {
    shared: Arc<Shared>,
    /// Which one of the site's worlds this is.
    number: u64,
    today: Day,
    changes: Changes,
}

/// In which world a path was last other than before.
#[derive(Clone, Default)]
struct Changes {
    /// Itself, and so everything below it.
    at: HashMap<SourcePath, u64>,
    /// Something below it.
    below: HashMap<SourcePath, u64>,
    /// The names in it.
    names: HashMap<SourcePath, u64>,
}

impl Changes {
    fn note(&mut self, path: &SourcePath, number: u64) {
        self.at.insert(path.clone(), number);
        self.names.extend(path.parent().map(|parent| (parent, number)));
        self.below.extend(std::iter::successors(path.parent(), SourcePath::parent).map(|above| (above, number)));
    }

    /// When the path itself last changed, or a folder above it.
    fn of(&self, path: &SourcePath) -> u64 {
        if self.at.is_empty() {
            return 0;
        }
        let chain = std::iter::successors(Some(path.clone()), SourcePath::parent);
        chain.filter_map(|path| self.at.get(&path)).max().copied().unwrap_or_default()
    }
}

impl DiskWorld {
    /// The site at `root`, built on `today`.
    ///
    /// # Errors
    /// If `root` is no folder that can be reached.
    pub fn new(root: &Path, today: Day) -> io::Result<Self> {
        static SITES: AtomicU64 = AtomicU64::new(0);
        let root = fs::canonicalize(root)?;
        if !root.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let shared = Shared {
            root,
            id: SITES.fetch_add(1, Ordering::Relaxed),
            newest: AtomicU64::new(0),
            files: Mutex::default(),
            folders: Mutex::default(),
            touched: Mutex::default(),
            links: Mutex::default(),
            straight: Mutex::default(),
        };
        Ok(Self { shared: Arc::new(shared), number: 0, today, changes: Changes::default() })
    }

    /// The site as it is after `changed`: files and folders that may be other than they were. What was read of the
    /// rest is kept. A world from before a change may still be asked, and then may show what came after.
    #[must_use]
    pub fn after(&self, changed: &[SourcePath], today: Day) -> Self {
        let number = self.shared.newest.fetch_add(1, Ordering::Relaxed) + 1;
        let mut changes = self.changes.clone();
        for path in changed {
            changes.note(path, number);
        }
        Self { shared: self.shared.clone(), number, today, changes }
    }

    /// The site's root, absolute and free of links.
    pub fn root(&self) -> &Path {
        &self.shared.root
    }

    /// Everything that was asked for so far, in order; whether it was there or not.
    pub fn touched(&self) -> Vec<(SourcePath, Touched)> {
        held(&self.shared.touched).iter().map(|(path, what)| (path.clone(), *what)).collect()
    }

    /// What was last asked about a path, if anything was.
    pub fn known(&self, path: &SourcePath) -> Option<Touched> {
        held(&self.shared.touched).get(path).copied()
    }

    /// What reading a file gave, if that is kept: large files aren't.
    pub fn kept(&self, path: &SourcePath) -> Option<Result<Bytes, ReadError>> {
        held(&self.shared.files).get(path).map(|(_, result)| result.clone())
    }

    /// What was asked about the paths below a folder.
    pub fn touched_below(&self, folder: &SourcePath) -> Vec<(SourcePath, Touched)> {
        let touched = held(&self.shared.touched);
        let after = touched.range(folder.clone()..).map(|(path, what)| (path.clone(), *what));
        // Names such as `a.md` sort between a folder `a` and what is in it.
        let near = after.take_while(|(path, _)| path.as_str().starts_with(folder.as_str()));
        near.filter(|(path, _)| path != folder && path.strip_prefix(folder).is_some()).collect()
    }

    /// Paths that lead, by way of a link, to a file or folder elsewhere below the root, with where they lead.
    pub fn links(&self) -> Vec<(SourcePath, PathBuf)> {
        held(&self.shared.links).iter().map(|(path, real)| (path.clone(), real.clone())).collect()
    }

    /// Where a source file stands on disk, with links followed.
    ///
    /// # Errors
    /// If it isn't there, or a link leads out of the root or around in a circle.
    pub fn locate(&self, path: &SourcePath) -> Result<PathBuf, ReadError> {
        let plain = self.plain(path)?;
        if self.is_straight(path) && fs::symlink_metadata(&plain).is_ok_and(|about| !about.is_symlink()) {
            return Ok(plain);
        }
        let real = match fs::canonicalize(&plain) {
            Ok(real) => real,
            Err(error) => return Err(self.why_missing(&plain, &error)),
        };
        if !real.starts_with(&self.shared.root) {
            return Err(ReadError::Escapes(real.to_string_lossy().into_owned()));
        }
        if real != plain {
            held(&self.shared.links).insert(path.clone(), real.clone());
            self.refuse_circle(path, &real)?;
        }
        Ok(real)
    }

    /// True if the folder of a path is known to be reached without a link.
    fn is_straight(&self, path: &SourcePath) -> bool {
        path.parent().is_some_and(|folder| {
            let seen = held(&self.shared.straight).get(&folder).copied();
            seen.is_some_and(|seen| seen >= self.changes.of(&folder))
        })
    }

    /// As [`DiskWorld::locate`], for what is to be read: whoever opens a pipe waits for ever.
    ///
    /// # Errors
    /// If it isn't there, or is no file.
    pub fn locate_file(&self, path: &SourcePath) -> Result<PathBuf, ReadError> {
        let real = self.locate(path)?;
        let about = fs::metadata(&real).map_err(|e| read_error(&e))?;
        if about.is_file() { Ok(real) } else { Err(ReadError::Other("it is not a file".to_owned())) }
    }

    /// The path below the root with no link followed. Parts that a system would read as something else than a name
    /// (`C:`, a backslash on Windows) are no files of the site.
    fn plain(&self, path: &SourcePath) -> Result<PathBuf, ReadError> {
        let relative = Path::new(path.as_str());
        if path.as_str().contains('\0')
            || !relative.components().all(|part| matches!(part, std::path::Component::Normal(_)))
        {
            return Err(ReadError::NotFound);
        }
        Ok(if path.as_str().is_empty() { self.shared.root.clone() } else { self.shared.root.join(relative) })
    }

    /// A folder that is, by way of a link, one of the folders it lies in would never end.
    fn refuse_circle(&self, path: &SourcePath, real: &Path) -> Result<(), ReadError> {
        let mut above = path.parent();
        while let Some(folder) = above {
            if fs::canonicalize(self.plain(&folder)?).is_ok_and(|folder| folder == real) {
                return Err(ReadError::Escapes(real.to_string_lossy().into_owned()));
            }
            above = folder.parent();
        }
        Ok(())
    }

    /// A file that can't be reached: because it isn't there, or because of a link on the way.
    fn why_missing(&self, plain: &Path, error: &io::Error) -> ReadError {
        for part in plain.ancestors().take_while(|part| *part != self.shared.root) {
            let Ok(target) = fs::read_link(part) else { continue };
            return match fs::canonicalize(part) {
                Ok(real) if real.starts_with(&self.shared.root) => continue,
                Ok(real) => ReadError::Escapes(real.to_string_lossy().into_owned()),
                Err(error) => match error.kind() {
                    io::ErrorKind::NotFound => {
                        ReadError::Other(format!("a symbolic link leads to `{}`, which isn't there", target.display()))
                    }
                    io::ErrorKind::PermissionDenied => ReadError::Other(reason(&error)),
                    _ => ReadError::Escapes(target.to_string_lossy().into_owned()),
                },
            };
        }
        read_error(error)
    }

    /// The bytes of a file of any size, as it is now: of one that is copied as it is.
    ///
    /// # Errors
    /// If it isn't there, or can't be read.
    pub fn read_copied(&self, path: &SourcePath) -> Result<Bytes, ReadError> {
        self.touch(path, Touched::File);
        let real = self.locate_file(path)?;
        fs::read(&real).map(Bytes::new).map_err(|e| read_error(&e))
    }

    fn read_uncached(&self, path: &SourcePath) -> (Result<Bytes, ReadError>, bool) {
        let read = || -> Result<(Bytes, bool), ReadError> {
            let straight = if self.is_straight(path) { direct::open(&self.plain(path)?).ok() } else { None };
            let mut file = match straight {
                Some(file) => file,
                None => fs::File::open(self.locate_file(path)?).map_err(|e| read_error(&e))?,
            };
            let about = file.metadata().map_err(|e| read_error(&e))?;
            if !about.is_file() {
                return Err(ReadError::Other("it is not a file".to_owned()));
            }
            if about.len() > READ_UP_TO {
                return Err(ReadError::Other(format!("it is larger than {} MB", READ_UP_TO >> 20)));
            }
            let length = usize::try_from(about.len()).unwrap_or_default();
            let bytes = direct::read(&mut file, length).map_err(|e| read_error(&e))?;
            Ok((Bytes::of_file(bytes), about.len() <= CACHED_UP_TO))
        };
        match read() {
            Ok((bytes, keep)) => (Ok(bytes), keep),
            Err(error) => (Err(error), true),
        }
    }

    fn list_uncached(&self, dir: &SourcePath) -> Result<Arc<[Entry]>, ReadError> {
        let real = self.locate(dir)?;
        if real == self.plain(dir)? {
            held(&self.shared.straight).insert(dir.clone(), self.number);
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(&real).map_err(|e| read_error(&e))? {
            let entry = entry.map_err(|e| read_error(&e))?;
            let name = entry.file_name();
            let kind = entry.file_type().map_err(|e| read_error(&e))?;
            // A link that leads nowhere good is listed as a file: reading it says what is wrong with it.
            let is_dir = kind.is_dir() || (kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|m| m.is_dir()));
            entries.push(Entry { name: name.to_string_lossy().into(), is_dir, valid: name.to_str().is_some() });
        }
        entries.sort();
        Ok(entries.into())
    }

    fn touch(&self, path: &SourcePath, what: Touched) {
        let mut touched = held(&self.shared.touched);
        let old = touched.entry(path.clone()).or_insert(what);
        *old = what.max(*old);
    }
}

impl World for DiskWorld {
    fn read(&self, path: &SourcePath) -> Result<Bytes, ReadError> {
        let changed = self.changes.of(path);
        if let Some((_, known)) = held(&self.shared.files).get(path).filter(|(read, _)| *read >= changed) {
            return known.clone();
        }
        self.touch(path, Touched::File);
        let (result, keep) = self.read_uncached(path);
        if keep {
            held(&self.shared.files).insert(path.clone(), (self.number, result.clone()));
        }
        result
    }

    fn list(&self, dir: &SourcePath) -> Result<Arc<[Entry]>, ReadError> {
        let changed = self.changes.of(dir).max(self.changes.names.get(dir).copied().unwrap_or_default());
        if let Some((_, known)) = held(&self.shared.folders).get(dir).filter(|(read, _)| *read >= changed) {
            return known.clone();
        }
        self.touch(dir, Touched::Folder);
        let result = self.list_uncached(dir);
        held(&self.shared.folders).insert(dir.clone(), (self.number, result.clone()));
        result
    }

    fn size(&self, path: &SourcePath) -> Result<u64, ReadError> {
        self.touch(path, Touched::Size);
        let real = self.locate(path)?;
        let about = fs::metadata(&real).map_err(|e| read_error(&e))?;
        if about.is_file() { Ok(about.len()) } else { Err(ReadError::Other("it is not a file".to_owned())) }
    }

    fn version(&self, path: &SourcePath) -> Version {
        let below = self.changes.below.get(path).copied().unwrap_or_default();
        let number = self.changes.of(path).max(below);
        Version((u128::from(self.shared.id) << 64) | u128::from(number))
    }

    fn today(&self) -> Day {
        self.today
    }
}

/// A panic elsewhere leaves these maps whole, so a poisoned lock is as good as any.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read_error(error: &io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::NotFound,
        _ => ReadError::Other(reason(error)),
    }
}

/// What the system says, without its error number.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" (os error").map_or(text.as_str(), |(text, _)| text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    const DAY: Day = Day { year: 2026, month: 5, day: 1 };

    fn world(make: impl FnOnce(&Path)) -> (tempfile::TempDir, DiskWorld) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("content")).unwrap();
        make(&dir.path().join("content"));
        let world = DiskWorld::new(dir.path(), DAY).unwrap();
        (dir, world)
    }

    fn read(world: &DiskWorld, path: &str) -> Result<Vec<u8>, ReadError> {
        world.read(&SourcePath::new(path)).map(|bytes| bytes.to_vec())
    }

    #[test]
    fn what_a_discarded_world_read_is_not_kept_for_the_next() {
        let path = SourcePath::new("content/a.md");
        let (dir, first) = world(|content| fs::write(content.join("a.md"), "one").unwrap());
        let discarded = first.after(std::slice::from_ref(&path), DAY);
        assert_eq!(read(&discarded, "content/a.md").unwrap(), b"one");
        fs::write(dir.path().join("content/a.md"), "two").unwrap();
        let next = first.after(std::slice::from_ref(&path), DAY);
        assert_eq!(read(&next, "content/a.md").unwrap(), b"two");
    }

    #[test]
    fn reads_and_remembers() {
        let (dir, world) = world(|content| fs::write(content.join("a.md"), "one").unwrap());
        assert_eq!(read(&world, "content/a.md").unwrap(), b"one");
        fs::write(dir.path().join("content/a.md"), "two").unwrap();
        assert_eq!(read(&world, "content/a.md").unwrap(), b"one", "a build sees one state of a file");
        assert_eq!(read(&world, "content/b.md"), Err(ReadError::NotFound));
        assert_eq!(read(&world, "content/a.md/b"), Err(ReadError::NotFound));
        let _ = world.list(&SourcePath::new("content"));
        assert_eq!(
            world.touched().iter().map(|(path, what)| (path.as_str().to_owned(), *what)).collect::<Vec<_>>(),
            [
                ("content".to_owned(), Touched::Folder),
                ("content/a.md".to_owned(), Touched::File),
                ("content/a.md/b".to_owned(), Touched::File),
                ("content/b.md".to_owned(), Touched::File),
            ]
        );
    }

    #[test]
    fn names_are_sorted_and_flagged() {
        use std::os::unix::ffi::OsStrExt;
        let (_dir, world) = world(|content| {
            for name in [&b"b.md"[..], b"a.md", b"\xff.md"] {
                fs::write(content.join(std::ffi::OsStr::from_bytes(name)), "").unwrap();
            }
            fs::create_dir(content.join("c")).unwrap();
        });
        let entries = world.list(&SourcePath::new("content")).unwrap();
        let seen: Vec<_> = entries.iter().map(|e| (&*e.name, e.is_dir, e.valid)).collect();
        assert_eq!(
            seen,
            [("a.md", false, true), ("b.md", false, true), ("c", true, true), ("\u{fffd}.md", false, false)]
        );
    }

    #[test]
    fn links_stay_within() {
        let (_dir, world) = world(|content| {
            fs::write(content.join("a.md"), "one").unwrap();
            symlink("a.md", content.join("good.md")).unwrap();
            symlink("/etc/passwd", content.join("out.md")).unwrap();
            symlink("../..", content.join("up")).unwrap();
            symlink("nowhere", content.join("dangling.md")).unwrap();
            symlink("self.md", content.join("self.md")).unwrap();
            fs::create_dir(content.join("sub")).unwrap();
            symlink("..", content.join("sub/round")).unwrap();
        });
        assert_eq!(read(&world, "content/good.md").unwrap(), b"one");
        assert_eq!(read(&world, "content/out.md"), Err(ReadError::Escapes("/etc/passwd".to_owned())));
        assert_eq!(read(&world, "content/self.md"), Err(ReadError::Escapes("self.md".to_owned())));
        assert!(matches!(read(&world, "content/up/x"), Err(ReadError::NotFound | ReadError::Escapes(_))));
        assert!(matches!(world.list(&SourcePath::new("content/up")), Err(ReadError::Escapes(_))));
        assert!(matches!(world.list(&SourcePath::new("content/sub/round")), Err(ReadError::Escapes(_))));
        assert!(matches!(world.size(&SourcePath::new("content/out.md")), Err(ReadError::Escapes(_))));
        assert!(matches!(read(&world, "content/dangling.md"), Err(ReadError::Other(text)) if text.contains("nowhere")));
    }

    #[test]
    fn odd_files_are_named() {
        let (_dir, world) = world(|content| fs::create_dir(content.join("folder.md")).unwrap());
        assert!(matches!(read(&world, "content/folder.md"), Err(ReadError::Other(_))));
        assert_eq!(read(&world, "content/nul\0.md"), Err(ReadError::NotFound));
        assert_eq!(read(&world, "../../etc/passwd"), Err(ReadError::NotFound));
    }
}
