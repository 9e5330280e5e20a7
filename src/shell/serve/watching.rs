//! Which of the site's files may have changed: from the system's notices, or by looking now and then.
//!
//! Why not one of notify's debouncers: they look at what has gathered by the clock, so a change waits for the next
//! tick, and a tick short enough not to be felt keeps a processor awake. Here nothing runs until there is a notice; then
//! more are awaited for as long as they keep coming.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::SourcePath;
use crate::load::ignored;
use crate::shell::disk::{DiskWorld, Touched};

/// Files and folders that may be other than they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub paths: Vec<SourcePath>,
    /// True if it could be anything.
    pub all: bool,
}

/// Quiet after the last notice before a change counts as whole. Editors that save by renaming make three or four
/// notices within a few hundred microseconds.
const QUIET: Duration = Duration::from_micros(1200);
/// A file that is being written is awaited for so long: between emptying it and filling it, it is nobody's text.
const WRITING: Duration = Duration::from_millis(50);
/// A file that went is awaited for so long: many editors put the old one aside before they write the new one.
const GONE: Duration = Duration::from_millis(30);
/// Notices that never stop coming are not awaited for longer than this.
const ENOUGH: Duration = Duration::from_millis(250);
/// How often files are looked at where the system gives no notices.
const POLL: Duration = Duration::from_millis(250);
/// A folder that came up is looked at again after this: what was put in it before the system watched it has no notice.
const SETTLED: Duration = Duration::from_millis(120);

/// The folders below the root that are watched with all that is in them.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

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
    /// Real files and folders, and the paths by which the site reads them.
    links: HashMap<PathBuf, Vec<SourcePath>>,
    watched: HashSet<PathBuf>,
}

impl Watching {
    /// Begins to watch; the sender takes links later on.
    ///
    /// # Errors
    /// If the system gives no notices, or not so many: a sentence.
    pub fn start(root: &Path) -> Result<(Self, Sender<Notice>), String> {
        let (sender, notices) = channel();
        let to = sender.clone();
        let watcher = notify::recommended_watcher(move |event| {
            let _ = to.send(Notice::Event(event));
        });
        let watcher = watcher.map_err(|error| why(&error))?;
        let mut watching =
            Self { root: root.to_owned(), watcher, notices, links: HashMap::new(), watched: HashSet::new() };
        watching.watcher.watch(root, RecursiveMode::NonRecursive).map_err(|error| why(&error))?;
        for folder in FOLDERS {
            watching.arm(folder)?;
        }
        Ok((watching, sender))
    }

    fn arm(&mut self, folder: &str) -> Result<(), String> {
        let path = self.root.join(folder);
        // A folder that came back has the notices of the one that went.
        let _ = self.watcher.unwatch(&path);
        if !path.is_dir() {
            return Ok(());
        }
        self.watcher.watch(&path, RecursiveMode::Recursive).map_err(|error| why(&error))
    }

    /// Passes changes on until nobody takes them any more. `trouble` is told why the system stopped giving notices;
    /// then this ends.
    pub fn run(mut self, changes: &Sender<Change>, trouble: impl Fn(&str)) {
        let mut again: Option<(Instant, Change)> = None;
        loop {
            let first = match &again {
                None => self.notices.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some((at, _)) => self.notices.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            let mut batch = Batch::default();
            match first {
                Ok(notice) => batch.take(notice, &mut self),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    if let Some((_, change)) = again.take()
                        && changes.send(change).is_err()
                    {
                        return;
                    }
                    continue;
                }
            }
            if !batch.matters() {
                continue;
            }
            let began = Instant::now();
            loop {
                let wait = match (batch.writing.is_empty(), batch.gone.is_empty()) {
                    (true, true) => QUIET,
                    (true, false) => GONE.saturating_sub(began.elapsed()),
                    (false, _) => WRITING.saturating_sub(began.elapsed()),
                };
                if wait.is_zero() || began.elapsed() > ENOUGH {
                    break;
                }
                match self.notices.recv_timeout(wait) {
                    Ok(notice) => batch.take(notice, &mut self),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            for folder in FOLDERS {
                if batch.came_up.iter().any(|path| path.as_str() == folder)
                    && let Err(reason) = self.arm(folder)
                {
                    trouble(&reason);
                    return;
                }
            }
            if let Some(reason) = batch.trouble {
                trouble(&reason);
                return;
            }
            if !batch.came_up.is_empty() {
                let change = Change { paths: batch.came_up.into_iter().collect(), all: false };
                again = Some((Instant::now() + SETTLED, change));
            }
            let change = Change { paths: batch.paths.into_iter().collect(), all: batch.all };
            if (change.all || !change.paths.is_empty()) && changes.send(change).is_err() {
                return;
            }
        }
    }

    /// Watches what links lead to.
    fn follow(&mut self, links: Vec<(SourcePath, PathBuf)>) {
        self.links.clear();
        for (path, real) in links {
            let folder = if real.is_dir() { Some(real.as_path()) } else { real.parent() };
            let folder = folder.filter(|folder| **folder != *self.root).map(Path::to_owned);
            if let Some(folder) = folder.filter(|folder| self.watched.insert(folder.clone())) {
                // Where it can't be watched, the next change elsewhere shows it.
                let _ = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
            }
            self.links.entry(real).or_default().push(path);
        }
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

/// True for what the site may be made of: not for what editors leave behind, nor for the output.
pub fn is_source(path: &SourcePath) -> bool {
    let mut parts = path.as_str().split('/');
    match parts.next() {
        Some("expound.toml") => parts.next().is_none(),
        Some(first) if FOLDERS.contains(&first) => !parts.any(|part| ignored(part, first == "static")),
        _ => false,
    }
}

/// Notices that belong together.
#[derive(Default)]
struct Batch {
    paths: HashSet<SourcePath>,
    /// Folders that are new here.
    came_up: HashSet<SourcePath>,
    /// Files that are open for writing.
    writing: HashSet<PathBuf>,
    /// Files and folders that are no longer where they were.
    gone: HashSet<PathBuf>,
    all: bool,
    trouble: Option<String>,
}

impl Batch {
    fn matters(&self) -> bool {
        self.all || self.trouble.is_some() || !self.paths.is_empty()
    }

    fn take(&mut self, notice: Notice, watching: &mut Watching) {
        let event = match notice {
            Notice::Links(links) => return watching.follow(links),
            Notice::Event(Ok(event)) => event,
            Notice::Event(Err(error)) => {
                match error.kind {
                    notify::ErrorKind::MaxFilesWatch => self.trouble = Some(why(&error)),
                    // A folder that is gone again before it could be watched is no trouble.
                    _ => self.all = true,
                }
                return;
            }
        };
        // The system lost count.
        self.all |= event.need_rescan();
        let closed = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
        if matches!(event.kind, EventKind::Access(_)) && !closed {
            return;
        }
        for path in &event.paths {
            let names = watching.names(path);
            if names.is_empty() {
                continue;
            }
            match event.kind {
                EventKind::Modify(ModifyKind::Data(_)) => {
                    self.writing.insert(path.clone());
                    self.gone.remove(path);
                }
                EventKind::Modify(ModifyKind::Metadata(_)) => {}
                EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                    self.writing.remove(path);
                    self.gone.insert(path.clone());
                }
                // Of a renaming both names are told at once, if at all.
                EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {}
                _ => {
                    self.writing.remove(path);
                    self.gone.remove(path);
                }
            }
            let folder = matches!(event.kind, EventKind::Create(CreateKind::Folder))
                || (matches!(event.kind, EventKind::Modify(ModifyKind::Name(_))) && path.is_dir());
            if folder {
                self.came_up.extend(names.iter().cloned());
            }
            self.paths.extend(names);
        }
    }
}

fn why(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more files for this user".to_owned(),
        notify::ErrorKind::Io(error) => crate::shell::disk::reason(error),
        _ => "the system can't watch these files".to_owned(),
    }
}

/// What a look at a path shows.
type Look = Option<(u64, Option<SystemTime>, bool)>;

/// Passes changes on by looking at all that was read, until nobody takes them any more. `world` gives what was read so
/// far.
pub fn poll(world: impl Fn() -> DiskWorldPaths, changes: &Sender<Change>) {
    let mut seen: BTreeMap<SourcePath, Look> = BTreeMap::new();
    loop {
        let DiskWorldPaths { root, paths } = world();
        let mut changed = Vec::new();
        for (path, what) in paths {
            let look = look(&root.join(path.as_str()), what);
            if let Some(before) = seen.insert(path.clone(), look)
                && before != look
            {
                changed.push(path);
            }
        }
        let change = Change { paths: changed, all: false };
        if !change.paths.is_empty() && changes.send(change).is_err() {
            return;
        }
        std::thread::sleep(POLL);
    }
}

/// What is to be looked at.
pub struct DiskWorldPaths {
    /// The root.
    pub root: PathBuf,
    /// What was read below it.
    pub paths: Vec<(SourcePath, Touched)>,
}

impl DiskWorldPaths {
    /// What a world and those before it have read.
    pub fn of(world: &DiskWorld) -> Self {
        Self { root: world.root().to_owned(), paths: world.touched() }
    }
}

fn look(path: &Path, _what: Touched) -> Look {
    let about = std::fs::metadata(path).ok()?;
    Some((if about.is_dir() { 0 } else { about.len() }, about.modified().ok(), about.is_dir()))
}
