//! Which of the site's files may have changed, by looking now and then: for where the system gives no notices.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime};

use super::change::{Change, is_source};
use super::snapshot::Snapshot;
use crate::base::SourcePath;
use crate::base::hash::fingerprint;
use crate::shell::disk::Touched;

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(250);
/// Times on disk are taken for no finer than this: a file that was written so recently may be written again and show
/// the same time.
const COARSE: Duration = Duration::from_secs(3);
/// Files up to this many bytes are compared by what is in them while their time says nothing.
const COMPARED_UP_TO: u64 = 4 << 20;

/// What a look at a file or folder shows; `None` if it isn't there.
#[derive(Clone, Copy)]
struct Look {
    bytes: u64,
    time: Option<SystemTime>,
    /// What is in it, where the time doesn't tell.
    content: Option<u128>,
}

impl Look {
    fn differs(self, other: Self) -> bool {
        let content = matches!((self.content, other.content), (Some(one), Some(other)) if one != other);
        (self.bytes, self.time) != (other.bytes, other.time) || content
    }
}

/// Passes changes on by looking at all that was read and listed, until nobody takes them any more. `latest` gives the
/// latest build.
pub fn poll(latest: impl Fn() -> Arc<Snapshot>, changes: &Sender<Change>) {
    // What was written while the site was read for the first time may have been read before or after.
    let began = SystemTime::now().checked_sub(COARSE).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut seen: BTreeMap<SourcePath, Option<Look>> = BTreeMap::new();
    loop {
        let started = Instant::now();
        let changed = round(&latest(), &mut seen, began);
        if !changed.is_empty() && changes.send(Change::of(changed)).is_err() {
            return;
        }
        // Where looking takes long, it is not to take all the time there is.
        std::thread::sleep(EVERY.max(started.elapsed() * 4));
    }
}

/// Looks at everything once: what is other than at the look before.
fn round(snapshot: &Snapshot, seen: &mut BTreeMap<SourcePath, Option<Look>>, began: SystemTime) -> Vec<SourcePath> {
    let world = &snapshot.world;
    let mut now = BTreeMap::new();
    for (path, what) in world.touched() {
        let disk = world.root().join(path.as_str());
        if what == Touched::Folder {
            for entry in std::fs::read_dir(&disk).into_iter().flatten().flatten() {
                let Some(name) = entry.file_name().to_str().map(|name| path.join(name)) else { continue };
                if is_source(&name) {
                    now.entry(name).or_insert_with(|| look(&entry.path()));
                }
            }
        }
        now.entry(path).or_insert_with(|| look(&disk));
    }
    let is_new = |look: &Option<Look>| look.is_some_and(|look| look.time.is_none_or(|time| time >= began));
    let mut changed: Vec<SourcePath> = now
        .iter()
        .filter(|(path, look)| match seen.get(*path) {
            Some(before) => match (before, look) {
                (Some(before), Some(look)) => before.differs(*look),
                (before, look) => before.is_some() != look.is_some(),
            },
            None => is_new(look),
        })
        .map(|(path, _)| path.clone())
        .collect();
    changed.extend(seen.keys().filter(|path| !now.contains_key(*path)).cloned());
    *seen = now;
    changed
}

fn look(path: &Path) -> Option<Look> {
    let about = std::fs::metadata(path).ok()?;
    let time = about.modified().ok();
    let recent = time.is_none_or(|time| time.elapsed().map_or(true, |age| age < COARSE));
    let content = match recent {
        true if about.is_dir() => {
            let names = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.file_name());
            let mut names: Vec<_> = names.collect();
            names.sort();
            Some(fingerprint(&names))
        }
        true if about.is_file() && about.len() <= COMPARED_UP_TO => {
            std::fs::read(path).ok().map(|bytes| fingerprint(&bytes))
        }
        _ => None,
    };
    Some(Look { bytes: if about.is_dir() { 0 } else { about.len() }, time, content })
}
