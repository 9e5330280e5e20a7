//! A folder of what took long to make, by names that say what it was made of. Nothing depends on it: what is missing,
//! damaged or can't be written is made again.

use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::disk::reason;

/// What the folder may hold. The oldest go first.
const MOST_BYTES: u64 = 1 << 30;

/// What nobody wanted for so long goes.
const OLDEST: Duration = Duration::from_hours(24 * 90);

/// Stands before every entry, and before the digest of what follows.
const MARK: &[u8] = b"expound 1\n";
const DIGEST: usize = 32;

/// A cache in a folder.
pub struct Cache {
    folder: PathBuf,
    /// Why nothing can be written, if that is so.
    trouble: Mutex<Option<String>>,
    added: AtomicBool,
}

/// The folder for what is kept: `EXPOUND_CACHE` (empty for none), else where this system keeps such things.
pub fn folder() -> Option<PathBuf> {
    if let Some(folder) = env::var_os("EXPOUND_CACHE") {
        return Some(PathBuf::from(folder)).filter(|folder| !folder.as_os_str().is_empty());
    }
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else {
        absolute("XDG_CACHE_HOME").or_else(|| {
            let below = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
            absolute("HOME").map(|home| home.join(below))
        })
    };
    base.map(|base| base.join("expound"))
}

impl Cache {
    /// A cache in `folder`, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder: folder.join("images"), trouble: Mutex::default(), added: AtomicBool::new(false) }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key)
    }

    /// What is kept under a name, if it is whole.
    pub fn take(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.path(key);
        let bytes = fs::read(&path).ok()?;
        let rest = bytes.strip_prefix(MARK)?;
        let (digest, content) = rest.split_at_checked(DIGEST)?;
        if Sha256::digest(content).as_slice() != digest {
            return None;
        }
        // What is used stays. If the time can't be set, it only goes sooner.
        let _ = File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(content.to_vec())
    }

    /// Keeps something under a name.
    pub fn put(&self, key: &str, content: &[u8]) {
        if let Err(error) = self.write(key, content) {
            let words =
                format!("images, fonts and cards can't be kept in `{}`: {}", self.folder.display(), reason(&error));
            if let Ok(mut trouble) = self.trouble.lock() {
                trouble.get_or_insert(words);
            }
            return;
        }
        self.added.store(true, Ordering::Relaxed);
    }

    fn write(&self, key: &str, content: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        // Another run may read or write the same entry: it gets its name when it is whole.
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
        file.write_all(MARK)?;
        file.write_all(Sha256::digest(content).as_slice())?;
        file.write_all(content)?;
        file.persist(self.path(key)).map(drop).map_err(|error| error.error)
    }

    /// Makes room if something was added; what is wrong with the folder, if anything is.
    pub fn tidy(&self) -> Option<String> {
        if self.added.swap(false, Ordering::Relaxed) {
            prune(&self.folder, MOST_BYTES, OLDEST);
        }
        self.trouble.lock().ok()?.take()
    }
}

/// Removes what is older than `oldest`, then the oldest until no more than `most` bytes are left.
fn prune(folder: &Path, most: u64, oldest: Duration) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut all: Vec<(SystemTime, u64, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((about.modified().ok()?, about.len(), entry.path()))
        })
        .collect();
    all.sort();
    let now = SystemTime::now();
    let mut total: u64 = all.iter().map(|(_, size, _)| size).sum();
    for (time, size, path) in all {
        let old = now.duration_since(time).is_ok_and(|age| age > oldest);
        if (old || total > most) && fs::remove_file(&path).is_ok() {
            total -= size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(dir.path().to_owned());
        (dir, cache)
    }

    #[test]
    fn keeps_what_is_whole() {
        let (_dir, cache) = cache();
        assert_eq!(cache.take("a"), None);
        cache.put("a", b"content");
        assert_eq!(cache.take("a").as_deref(), Some(&b"content"[..]));
        assert_eq!(cache.tidy(), None);
        assert_eq!(cache.take("a").as_deref(), Some(&b"content"[..]));
    }

    #[test]
    fn what_is_damaged_is_not_there() {
        let (_dir, cache) = cache();
        cache.put("a", b"content");
        let whole = fs::read(cache.path("a")).unwrap();
        for cut in [0, 5, MARK.len(), MARK.len() + DIGEST - 1, whole.len() - 1] {
            fs::write(cache.path("a"), &whole[..cut]).unwrap();
            assert_eq!(cache.take("a"), None, "{cut}");
        }
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 1;
        fs::write(cache.path("a"), flipped).unwrap();
        assert_eq!(cache.take("a"), None);
        cache.put("a", b"content");
        assert_eq!(cache.take("a").as_deref(), Some(&b"content"[..]), "written again");
    }

    #[test]
    fn the_oldest_go_first() {
        let (_dir, cache) = cache();
        let now = SystemTime::now();
        for (name, days) in [("old", 100), ("older", 20), ("newer", 10)] {
            cache.put(name, &[0; 100]);
            let file = File::options().append(true).open(cache.path(name)).unwrap();
            file.set_modified(now - Duration::from_hours(24 * days)).unwrap();
        }
        prune(&cache.folder, 200, OLDEST);
        assert!(!cache.path("old").exists() && !cache.path("older").exists() && cache.path("newer").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_once() {
        let (dir, _) = cache();
        fs::write(dir.path().join("images"), "a file in its place").unwrap();
        let cache = Cache::new(dir.path().to_owned());
        cache.put("a", b"content");
        cache.put("b", b"content");
        assert!(cache.tidy().unwrap().contains("can't be kept"));
        assert_eq!(cache.tidy(), None);
        assert_eq!(cache.take("a"), None);
    }
}
