//! Which of the site's files may have changed: from the system's notices.
//!
//! Why not one of notify's debouncers: they look at what has gathered by the clock, so a change waits for the next
//! tick, and a tick short enough not to be felt keeps a processor awake. Here nothing runs until there is a notice; then
//! more are awaited for as long as they keep coming.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};

use super::change::{Change, FOLDERS, is_source};
use crate::base::SourcePath;

/// Quiet after the last notice before a change counts as whole: for one file that was closed or came by renaming, as
/// nearly every save ends, and for more than one, as when another branch is checked out. A save that is taken for whole
/// too soon costs one build more, so the first is short: it is a part of every wait for the page.
const QUIET: Duration = Duration::from_micros(500);
const QUIET_MANY: Duration = Duration::from_millis(5);
/// A file that is being written is awaited for so long: between emptying it and filling it, it is nobody's text.
const WRITING: Duration = Duration::from_millis(50);
/// A file that went is awaited for so long: many editors put the old one aside before they write the new one.
const GONE: Duration = Duration::from_millis(30);
/// Notices that never stop coming are not awaited for longer than this.
const ENOUGH: Duration = Duration::from_millis(500);
/// A folder that came up is looked at again after this: what was put in it before the system watched it has no notice.
const SETTLED: Duration = Duration::from_millis(120);
/// How often a folder that went is looked for, where nothing tells that it came back.
const LOOK: Duration = Duration::from_millis(200);
/// Whether the system tells when a file that was written is closed.
const CLOSES: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What the thread that watches is told.
pub enum Notice {
    /// The system has something to say.
    Event(notify::Result<notify::Event>),
    /// Files that are read by way of links.
    Links(Vec<(SourcePath, PathBuf)>),
}

/// Watches a site.
pub struct Watching {
    root: PathBuf,
    watcher: RecommendedWatcher,
    notices: Receiver<Notice>,
    sender: Sender<Notice>,
    /// Real files and folders, and the paths by which the site reads them.
    links: HashMap<PathBuf, Vec<SourcePath>>,
    /// Folders outside the site's own that links lead into.
    watched: HashSet<PathBuf>,
    /// Those of them that are gone.
    missing: HashSet<PathBuf>,
    /// Which folder is watched as the site's own: another one may take its name.
    armed: Option<(u64, u64)>,
}

impl Watching {
    /// Begins to watch; the sender takes links later on.
    ///
    /// # Errors
    /// If the system gives no notices, or not so many: a sentence.
    pub fn start(root: &Path) -> Result<(Self, Sender<Notice>), String> {
        let (sender, notices) = channel();
        let mut watching = Self {
            root: root.to_owned(),
            watcher: watcher(&sender)?,
            notices,
            sender: sender.clone(),
            links: HashMap::new(),
            watched: HashSet::new(),
            missing: HashSet::new(),
            armed: None,
        };
        watching.arm_all()?;
        Ok((watching, sender))
    }

    fn arm_all(&mut self) -> Result<(), String> {
        self.armed = identity(&self.root);
        let _ = self.watcher.unwatch(&self.root);
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive).map_err(|error| why(&error))?;
        FOLDERS.into_iter().try_for_each(|folder| self.arm(folder))
    }

    fn arm(&mut self, folder: &str) -> Result<(), String> {
        let path = self.root.join(folder);
        // A folder that came back has the notices of the one that went.
        let _ = self.watcher.unwatch(&path);
        if !path.is_dir() {
            return Ok(());
        }
        match self.watcher.watch(&path, RecursiveMode::Recursive) {
            // Gone again meanwhile: there will be a notice.
            Err(_) if !path.is_dir() => Ok(()),
            result => result.map_err(|error| why(&error)),
        }
    }

    /// Passes changes on until nobody takes them any more (`None`), or the system stops giving notices: then says why.
    pub fn run(mut self, changes: &Sender<Change>) -> Option<String> {
        let mut again: Option<(Instant, Change)> = None;
        loop {
            let until = again.as_ref().map(|(at, _)| at.saturating_duration_since(Instant::now()));
            // Of a folder that somebody is in nobody hears when it goes.
            let going = !self.missing.is_empty() || !self.root.join("content").is_dir();
            let until = if going { Some(until.unwrap_or(LOOK).min(LOOK)) } else { until };
            let first = match until {
                None => self.notices.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => self.notices.recv_timeout(wait),
            };
            match first {
                Ok(notice) => {
                    let mut batch = Batch::default();
                    if !batch.take(notice, &mut self) {
                        continue;
                    }
                    self.gather(&mut batch)?;
                    let (change, came_up) = match self.finish(batch) {
                        Ok(done) => done,
                        Err(reason) => return Some(reason),
                    };
                    if !came_up.paths.is_empty() {
                        let came_up = match again.take() {
                            Some((_, earlier)) => earlier.and(came_up),
                            None => came_up,
                        };
                        again = Some((Instant::now() + SETTLED, came_up));
                    }
                    if (change.all || !change.paths.is_empty()) && changes.send(change).is_err() {
                        return None;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if identity(&self.root) != self.armed
                && let Err(reason) = self.await_root(changes)
            {
                return reason;
            }
            if let Some((_, change)) = again.take_if(|(at, _)| *at <= Instant::now())
                && changes.send(change).is_err()
            {
                return None;
            }
            let back = self.look_for_missing();
            if !back.paths.is_empty() && changes.send(back).is_err() {
                return None;
            }
        }
    }

    /// Takes what else belongs to a change; `None` if nobody watches any more.
    fn gather(&mut self, batch: &mut Batch) -> Option<()> {
        let began = Instant::now();
        let mut last = began;
        loop {
            let now = Instant::now();
            let quiet = last + if batch.paths.len() > 1 || batch.all { QUIET_MANY } else { QUIET };
            batch.waiting.retain(|_, until| *until > now);
            let until = batch.waiting.values().copied().max().unwrap_or(quiet).max(quiet);
            let wait = until.saturating_duration_since(now);
            if wait.is_zero() || now.duration_since(began) > ENOUGH {
                return Some(());
            }
            match self.notices.recv_timeout(wait) {
                // What doesn't matter doesn't break the quiet: the program's own reading, above all.
                Ok(notice) => {
                    if batch.take(notice, self) {
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// The change, and the folders that are to be looked at once more.
    fn finish(&mut self, batch: Batch) -> Result<(Change, Change), String> {
        for folder in FOLDERS {
            if batch.came_up.iter().any(|path| path.as_str() == folder) {
                self.arm(folder)?;
            }
        }
        if let Some(reason) = batch.trouble {
            return Err(reason);
        }
        let came_up = Change::of(batch.came_up.into_iter().collect());
        Ok((Change { all: batch.all, since: batch.since, ..Change::of(batch.paths.into_iter().collect()) }, came_up))
    }

    /// Waits until the site's folder is there again. The error ends the watching: `Some` says why.
    fn await_root(&mut self, changes: &Sender<Change>) -> Result<(), Option<String>> {
        changes.send(Change::everything()).map_err(|_| None)?;
        while !self.root.is_dir() {
            std::thread::sleep(LOOK);
        }
        // What is still to be told of the old folder must not be taken for the new one's, so this begins anew.
        self.watcher = watcher(&self.sender)?;
        self.arm_all()?;
        self.missing.extend(self.watched.drain());
        changes.send(Change::everything()).map_err(|_| None)
    }

    /// Watches what links lead to. What lies in folders that are new here may have changed since it was read: that is
    /// looked at once more.
    fn follow(&mut self, links: Vec<(SourcePath, PathBuf)>) -> Vec<SourcePath> {
        self.links.clear();
        let mut new = HashSet::new();
        let mut again = Vec::new();
        for (path, real) in links {
            let folder = if real.is_dir() { Some(real.as_path()) } else { real.parent() };
            let own = |folder: &Path| {
                folder == self.root || FOLDERS.iter().any(|name| folder.starts_with(self.root.join(name)))
            };
            if let Some(folder) = folder.filter(|folder| !own(folder)) {
                if !self.watched.contains(folder) && self.watch_link(folder.to_owned()) {
                    new.insert(folder.to_owned());
                }
                if new.contains(folder) {
                    again.push(path.clone());
                }
            }
            self.links.entry(real).or_default().push(path);
        }
        again
    }

    fn watch_link(&mut self, folder: PathBuf) -> bool {
        let done = self.watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok();
        if done {
            self.missing.remove(&folder);
            self.watched.insert(folder);
        } else {
            self.missing.insert(folder);
        }
        done
    }

    /// What is read by way of links in folders that are back.
    fn look_for_missing(&mut self) -> Change {
        let back: Vec<PathBuf> = self.missing.iter().filter(|folder| folder.is_dir()).cloned().collect();
        let mut paths = Vec::new();
        for folder in back {
            if self.watch_link(folder.clone()) {
                let read = self.links.iter().filter(|(real, _)| real.starts_with(&folder));
                paths.extend(read.flat_map(|(_, names)| names.iter().cloned()));
            }
        }
        Change::of(paths)
    }

    /// The site's names for a path of the system's.
    fn names(&self, path: &Path) -> Vec<SourcePath> {
        let mut names: Vec<SourcePath> = self.links.get(path).into_iter().flatten().cloned().collect();
        let below = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
        names.extend(below.map(|below| SourcePath::new(&below.replace(std::path::MAIN_SEPARATOR, "/"))));
        names.retain(is_source);
        names
    }
}

/// Notices that belong together.
#[derive(Default)]
struct Batch {
    paths: HashSet<SourcePath>,
    since: Option<Instant>,
    /// Folders that are new here.
    came_up: HashSet<SourcePath>,
    /// Files that are open for writing or no longer where they were, and until when that is awaited.
    waiting: HashMap<PathBuf, Instant>,
    /// What came up within this change: if it goes again, nobody waits for it.
    born: HashSet<PathBuf>,
    all: bool,
    trouble: Option<String>,
}

impl Batch {
    /// Takes up a notice; false if it doesn't matter.
    fn take(&mut self, notice: Notice, watching: &mut Watching) -> bool {
        let event = match notice {
            Notice::Links(links) => {
                let again = watching.follow(links);
                let matters = !again.is_empty();
                self.paths.extend(again);
                return matters;
            }
            Notice::Event(Ok(event)) => event,
            Notice::Event(Err(error)) => {
                match error.kind {
                    notify::ErrorKind::MaxFilesWatch => self.trouble = Some(why(&error)),
                    // A folder that is gone again before it could be watched is no trouble.
                    _ => self.all = true,
                }
                return true;
            }
        };
        // The system lost count.
        self.all |= event.need_rescan();
        let closed = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
        if matches!(event.kind, EventKind::Access(_)) && !closed {
            return event.need_rescan();
        }
        let mut matters = event.need_rescan();
        let went = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)));
        for path in &event.paths {
            matters |= went && *path == watching.root;
            if went && watching.watched.remove(path) {
                let _ = watching.watcher.unwatch(path);
                watching.missing.insert(path.clone());
            }
            let names = watching.names(path);
            if names.is_empty() {
                continue;
            }
            matters = true;
            self.wait_for(path, event.kind, went);
            let folder = matches!(event.kind, EventKind::Create(CreateKind::Folder))
                || (matches!(event.kind, EventKind::Modify(ModifyKind::Name(_))) && path.is_dir());
            if folder {
                self.came_up.extend(names.iter().cloned());
            }
            self.paths.extend(names);
        }
        if matters {
            self.since.get_or_insert_with(Instant::now);
        }
        matters
    }

    /// What is still to come for a path after a notice.
    fn wait_for(&mut self, path: &Path, kind: EventKind, went: bool) {
        let until = |wait| Instant::now() + wait;
        match kind {
            EventKind::Modify(ModifyKind::Metadata(_) | ModifyKind::Name(RenameMode::Both)) => {}
            EventKind::Modify(ModifyKind::Data(_)) if CLOSES => {
                self.waiting.insert(path.to_owned(), until(WRITING));
            }
            _ if went => {
                self.waiting.remove(path);
                if !self.born.remove(path) {
                    self.waiting.insert(path.to_owned(), until(GONE));
                }
            }
            EventKind::Create(CreateKind::File) if CLOSES => {
                self.born.insert(path.to_owned());
                self.waiting.insert(path.to_owned(), until(WRITING));
            }
            // Whoever makes a folder is about to put something in it.
            EventKind::Create(CreateKind::Folder) => {
                self.born.insert(path.to_owned());
                self.waiting.insert(path.to_owned(), until(GONE));
            }
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                self.born.insert(path.to_owned());
                self.waiting.remove(path);
            }
            _ => {
                self.waiting.remove(path);
            }
        }
    }
}

/// What tells a folder from another of the same name; `None` if there is none.
#[cfg(unix)]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let about = std::fs::metadata(folder).ok().filter(std::fs::Metadata::is_dir)?;
    Some((about.dev(), about.ino()))
}

/// What tells whether a folder is there.
#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    folder.is_dir().then_some((0, 0))
}

/// A watcher of nothing yet.
fn watcher(sender: &Sender<Notice>) -> Result<RecommendedWatcher, String> {
    let sender = sender.clone();
    let tell = move |event| {
        let _ = sender.send(Notice::Event(event));
    };
    // Links are followed here (`follow`): one may lead to the whole disk, or to a folder that is watched already.
    RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false)).map_err(|error| why(&error))
}

fn why(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more files for this user".to_owned(),
        notify::ErrorKind::Io(error) => crate::shell::disk::reason(error),
        _ => "the system can't watch these files".to_owned(),
    }
}
