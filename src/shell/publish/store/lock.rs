//! One publisher at a time for a store, without a server that keeps locks: an object that is only written if it isn't
//! there. Whoever has it writes it again every few seconds; one that isn't written any more was left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion};
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

use crate::shell::clock;

/// Its name, below the prefix.
pub const NAME: &str = ".expound-lock.json";

const VERSION: u32 = 1;

/// How often it is written again.
const RENEWED: Duration = Duration::from_secs(5);

/// How often one who waits looks at it.
const LOOKED_AT: Duration = Duration::from_secs(1);

/// So many looks in a row without a change, and it counts as left behind. Clocks play no part in that: those of two
/// machines may differ.
const PATIENCE: usize = 30;

/// In seconds: nobody's clock is so wrong that a lock of this age could be in use.
const AGE: u64 = 60 * 60;

#[derive(Debug, Serialize, Deserialize)]
struct Note {
    expound_lock: u32,
    /// Who holds it: a number that this run has drawn.
    owner: String,
    /// When it was written, in seconds since 1970.
    written: u64,
    /// How often it has been written, so that no two say the same.
    times: u64,
}

/// What came of trying to take hold of a store.
pub enum Taken {
    /// It is held.
    Held(Lock),
    /// The same, and another run had left it behind.
    Inherited(Lock),
    /// Somebody else is publishing.
    Busy,
    /// The store can't write an object on a condition.
    Unable,
}

/// Holds a store, until it is given up.
pub struct Lock {
    place: Place,
    lost: Arc<AtomicBool>,
    renewing: tokio::task::JoinHandle<()>,
}

#[derive(Clone)]
struct Place {
    store: Arc<dyn ObjectStore>,
    path: Path,
    owner: String,
}

impl Place {
    async fn put(&self, mode: PutMode, times: u64) -> object_store::Result<UpdateVersion> {
        let note = Note { expound_lock: VERSION, owner: self.owner.clone(), written: clock::now(), times };
        let bytes = serde_json::to_vec(&note).unwrap_or_default();
        let options = PutOptions { mode, ..PutOptions::default() };
        Ok(self.store.put_opts(&self.path, PutPayload::from(bytes), options).await?.into())
    }

    /// What is there, and its version; `None` if nothing is.
    async fn get(&self) -> object_store::Result<Option<(Option<Note>, UpdateVersion)>> {
        let found = match self.store.get(&self.path).await {
            Ok(found) => found,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
        let note = serde_json::from_slice(&found.bytes().await?).ok();
        Ok(Some((note, version)))
    }

    /// Writes it again every few seconds, for as long as it is this run's.
    async fn renew(self, mut version: UpdateVersion, lost: Arc<AtomicBool>) {
        for times in 1.. {
            sleep(RENEWED).await;
            match self.put(PutMode::Update(version.clone()), times).await {
                Ok(new) => version = new,
                Err(Error::Precondition { .. } | Error::NotFound { .. } | Error::AlreadyExists { .. }) => {
                    // It may have been written although the answer was lost on the way.
                    match self.get().await {
                        Ok(Some((Some(note), new))) if note.owner == self.owner => version = new,
                        Ok(_) => return lost.store(true, Ordering::Relaxed),
                        Err(_) => {}
                    }
                }
                // A connection that is gone for a moment; the next try comes soon.
                // A connection that is gone for a moment; the next try comes soon.
                Err(_) => {}
            }
        }
    }

    fn held(self, version: UpdateVersion) -> Lock {
        let lost = Arc::new(AtomicBool::new(false));
        let renewing = tokio::spawn(self.clone().renew(version, lost.clone()));
        Lock { place: self, lost, renewing }
    }
}

/// Takes hold of a store, with the object at `path`. Waits for one that was left behind.
///
/// # Errors
/// If the store can't be reached.
pub async fn take(store: Arc<dyn ObjectStore>, path: Path) -> object_store::Result<Taken> {
    let mut drawn = [0; 8];
    // Without it two runs would take each other for themselves; the time tells them apart too.
    let _ = getrandom::fill(&mut drawn);
    let owner = format!("{:016x}-{}", u64::from_le_bytes(drawn), clock::now());
    let place = Place { store, path, owner };
    let (mut seen, mut looks) = (None, 0);
    loop {
        match place.put(PutMode::Create, 0).await {
            Ok(version) => {
                // A store that takes no notice of the condition would write it again.
                return match place.put(PutMode::Create, 0).await {
                    Ok(_) => place.store.delete(&place.path).await.map(|()| Taken::Unable),
                    Err(_) => Ok(Taken::Held(place.held(version))),
                };
            }
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => {}
            Err(error) if is_unable(&error) => return Ok(Taken::Unable),
            Err(error) => return Err(error),
        }
        let Some((note, version)) = place.get().await? else { continue };
        if note.as_ref().is_some_and(|note| note.owner == place.owner) {
            return Ok(Taken::Held(place.held(version)));
        }
        let found = (note.as_ref().map(|note| (note.owner.clone(), note.times)), version.e_tag.clone());
        if seen.as_ref().is_some_and(|seen| *seen != found) {
            return Ok(Taken::Busy);
        }
        let old = note.is_none_or(|note| note.written + AGE < clock::now());
        looks += 1;
        if old || looks > PATIENCE {
            return match place.put(PutMode::Update(version), 0).await {
                Ok(version) => Ok(Taken::Inherited(place.held(version))),
                Err(Error::Precondition { .. } | Error::NotFound { .. }) => Ok(Taken::Busy),
                Err(error) => Err(error),
            };
        }
        seen = Some(found);
        sleep(LOOKED_AT).await;
    }
}

/// Whether a store says that it can't write on a condition.
fn is_unable(error: &Error) -> bool {
    let said = || error.to_string();
    matches!(error, Error::NotImplemented { .. } | Error::NotSupported { .. })
        || (matches!(error, Error::Generic { .. }) && (said().contains("501 ") || said().contains("NotImplemented")))
}

impl Lock {
    /// Whether somebody else has taken the store over meanwhile.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Gives the store up.
    pub async fn give_up(self) {
        self.renewing.abort();
        let _ = self.renewing.await;
        if !self.lost.load(Ordering::Relaxed) {
            // What stays of it is found to be left behind by the next run.
            let _ = self.place.store.delete(&self.place.path).await;
        }
    }
}
