//! One build, as it is served: its files, made when they are asked for and kept for as long as the build is the latest.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::Prepared;
use crate::base::hash::short_hash;
use crate::base::{Bytes, Diagnostics, SourcePath};
use crate::bundle::Output;
use crate::shell::disk::DiskWorld;
use crate::shell::images::Workshop;
use crate::world::World;

/// Where the images of the preview are made.
static WORKSHOP: LazyLock<Workshop> = LazyLock::new(Workshop::of_user);

/// One build.
pub struct Snapshot {
    /// Its number, from 1.
    pub build: u64,
    /// The site.
    pub prepared: Prepared,
    /// What it was read from.
    pub world: DiskWorld,
    files: Mutex<Files>,
    /// Pages of earlier builds, for those that can't be drawn now.
    last_good: HashMap<String, Arc<Served>>,
}

/// Pages, and other files that are made, by their site path. Who asks for one that is being drawn waits for it instead of drawing it too.
type Files = HashMap<String, Arc<OnceLock<Arc<Served>>>>;

/// Pages of earlier builds that are kept.
const KEPT: usize = 256;

/// Files of this build that are kept: whoever asks for all of a large site is not to fill the memory.
const MOST: usize = 1024;

/// A file, made.
#[derive(Debug)]
pub struct Served {
    /// Its bytes, as a build would write them.
    pub bytes: Bytes,
    /// A hash of them.
    pub etag: String,
    /// True if it is drawn from a template.
    pub is_page: bool,
    /// What went wrong when it was drawn; then `bytes` are the last good ones, or none.
    pub faults: Diagnostics,
}

impl Served {
    fn new(bytes: Bytes, is_page: bool) -> Self {
        Self { etag: short_hash(&bytes, 20), bytes, is_page, faults: Diagnostics::new() }
    }
}

impl Snapshot {
    /// A build of which nothing was asked yet. `before` are those whose pages are the last good ones, the best last.
    pub fn new(build: u64, prepared: Prepared, world: DiskWorld, before: &[&Self]) -> Self {
        let mut last_good = HashMap::new();
        for before in before {
            last_good.extend(before.last_good.iter().take(KEPT).map(|(path, page)| (path.clone(), page.clone())));
        }
        for before in before {
            let files = before.files();
            let made = files.iter().filter_map(|(path, slot)| Some((path, slot.get()?)));
            let good = made.filter(|(_, served)| served.is_page && served.faults.is_empty());
            last_good.extend(good.take(KEPT).map(|(path, page)| (path.clone(), page.clone())));
        }
        Self { build, prepared, world, files: Mutex::default(), last_good }
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pages that were drawn, with their entity tags; not more than a few hundred.
    pub fn drawn(&self) -> Vec<(String, String)> {
        let files = self.files();
        let made = files.iter().filter_map(|(path, slot)| Some((path, slot.get()?)));
        let pages = made.filter(|(_, served)| served.is_page).take(KEPT);
        pages.map(|(path, served)| (path.clone(), served.etag.clone())).collect()
    }

    /// The path before every address of the site, with leading and final `/`.
    pub fn base_path(&self) -> &str {
        &self.prepared.settings().base_path
    }

    /// True if the build has something at a site path.
    pub fn has(&self, path: &str) -> bool {
        self.prepared.find(path).is_some()
    }

    /// What is at a site path. Files that are copied are those of the disk as it is `now`: what they were in an earlier
    /// build is not kept.
    pub fn file(&self, path: &str, now: &DiskWorld) -> Option<Arc<Served>> {
        let known = self.files().get(path).cloned();
        if let Some(made) = known.as_ref().and_then(|slot| slot.get()) {
            return Some(made.clone());
        }
        let output = self.prepared.find(path)?;
        let make: Box<dyn Fn() -> Result<Bytes, Diagnostics>> = match output {
            Output::Bytes(bytes) => return Some(Arc::new(Served::new(bytes, false))),
            // Large files are not kept: they are read again when they are asked for again.
            Output::Copy(source) => {
                let bytes = now.read(&source).or_else(|_| now.read_copied(&source)).ok()?;
                return Some(Arc::new(Served::new(bytes, false)));
            }
            Output::Page(page) => Box::new(move || WORKSHOP.page(&*page)),
            Output::Made(made) => Box::new(move || WORKSHOP.make(&made, now).map_err(|found| vec![found])),
        };
        let is_page = !path.starts_with("assets/") && !path.ends_with(".svg");
        let slot = {
            let mut files = self.files();
            if known.is_none() && files.len() >= MOST {
                files.clear();
            }
            files.entry(path.to_owned()).or_default().clone()
        };
        let drawn = || match catch_unwind(AssertUnwindSafe(&make)) {
            Ok(Ok(bytes)) => Served::new(bytes, is_page),
            Ok(Err(faults)) => self.last(path, faults),
            Err(_) => self.last(path, vec![bug(path)]),
        };
        Some(slot.get_or_init(|| Arc::new(drawn())).clone())
    }

    fn last(&self, path: &str, faults: Diagnostics) -> Served {
        match self.last_good.get(path) {
            Some(good) => Served { bytes: good.bytes.clone(), etag: good.etag.clone(), is_page: true, faults },
            None => Served { bytes: Bytes::default(), etag: String::new(), is_page: true, faults },
        }
    }
}

/// A finding for what is no fault of the author's.
pub fn bug(what: &str) -> crate::Diagnostic {
    use crate::base::{Diagnostic, Rule, Span};
    let span = Span::file(&SourcePath::new("expound.toml"));
    Diagnostic::error(Rule("internal-error"), span, format!("expound has a bug: it could not finish `{what}`"))
        .help("please report it with, if you can, the content that led to it; saving again tries again")
}
