//! Makes versions of images, and draws cards, each once: what was made before is kept in a folder of the user's, by what it is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::cache::Cache;
use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, rules};
use crate::bundle::{Bundle, Made, Output, Page};
use crate::imaging::Raster;
use crate::world::World;

/// Where images are made.
#[derive(Default)]
pub struct Workshop {
    cache: Option<Cache>,
    /// Decoded images of which more versions are to be made, with how many.
    open: Mutex<BTreeMap<SourcePath, (usize, Arc<Pixels>)>>,
}

/// The pixels of an image, decoded when they are first needed.
type Pixels = OnceLock<Result<Option<Raster>, Diagnostic>>;

impl Workshop {
    /// One that keeps what it makes in `folder`.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { cache: folder.map(Cache::new), open: Mutex::default() }
    }

    /// One that keeps what it makes where this system keeps such things.
    pub fn of_user() -> Self {
        Self::new(super::cache::folder())
    }

    /// Counts what is to be made, so that an image is decoded once for all its versions, and kept no longer.
    pub fn expect(&self, bundle: &Bundle) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for output in bundle.files.values() {
            if let Output::Made(made) = output {
                open.entry(made.source.clone()).or_default().0 += 1;
            }
        }
    }

    /// Makes a file.
    ///
    /// # Errors
    /// What is wrong with its source.
    pub fn make(&self, made: &Made, world: &dyn World) -> Result<Bytes, Diagnostic> {
        let result = self.take_or_make(made, world);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((left, _)) = open.get_mut(&made.source) {
            *left = left.saturating_sub(1);
            if *left == 0 {
                open.remove(&made.source);
            }
        }
        result
    }

    /// The bytes of a page, those kept from an earlier build if it says under which name.
    ///
    /// # Errors
    /// What is wrong with the page's template.
    pub fn page(&self, page: &dyn Page) -> Result<Bytes, Diagnostics> {
        let Some((cache, key)) = self.cache.as_ref().and_then(|cache| Some((cache, page.key()?))) else {
            return page.render();
        };
        if let Some(kept) = cache.take(&key) {
            return Ok(Bytes::new(kept));
        }
        let bytes = page.render()?;
        cache.put(&key, &bytes);
        Ok(bytes)
    }

    fn take_or_make(&self, made: &Made, world: &dyn World) -> Result<Bytes, Diagnostic> {
        let cache = self.cache.as_ref().zip(made.key());
        if let Some(kept) = cache.as_ref().and_then(|(cache, key)| cache.take(key)) {
            return Ok(Bytes::new(kept));
        }
        let source = world.read(&made.source).map_err(|_| {
            let message = format!("`{}` can't be read any more", made.source);
            Diagnostic::error(rules::UNREADABLE_FILE, made.place.clone(), message).help("build again")
        })?;
        // A file that changed meanwhile must not be kept under the name of what it was.
        let same = made.is_made_of(&source);
        let pixels = self.pixels(made, same);
        let decoded = pixels.get_or_init(|| made.decode(&source));
        let raster = decoded.as_ref().map_err(Clone::clone)?;
        let bytes = made.make(&source, raster.as_ref())?;
        if let Some((cache, key)) = cache.filter(|_| same) {
            cache.put(&key, &bytes);
        }
        Ok(bytes)
    }

    fn pixels(&self, made: &Made, same: bool) -> Arc<Pixels> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(&made.source).filter(|_| same).map(|(_, pixels)| pixels.clone()).unwrap_or_default()
    }

    /// Makes room in the cache, if something was added; what is wrong with it, if anything is.
    pub fn close(&self) -> Option<String> {
        self.cache.as_ref().and_then(Cache::tidy)
    }
}

/// Keeps what is wrong with an image once: every version of it says the same.
pub fn once(findings: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    findings.retain(|found| {
        found.rule != rules::UNREADABLE_IMAGE || seen.insert((found.span.file.clone(), found.message.clone()))
    });
}
