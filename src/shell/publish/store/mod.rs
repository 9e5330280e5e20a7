//! A store of objects: S3, Google Cloud Storage, Azure. A store can't change many objects in one step, so the order
//! makes up for it: what a page needs is there before the page, nothing is removed before every page is new, and
//! styles and scripts that old pages name stay for a day.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectStore, ObjectStoreExt, PutOptions, PutPayload};

use super::headers::{self, Headers};
use super::plan::{Change, Id, Listing, Plan};
use super::site::{Algorithm, Site};
use super::{Allowed, Sent, Target};
use crate::model::publish::{Service, Store as Said};
use crate::shell::Failure;
use crate::shell::clock;
use crate::shell::console::note;
use crate::shell::progress::Progress;

mod connect;
mod lock;
mod manifest;

use lock::{Lock, Taken};
use manifest::{Entry, Manifest};

/// So many objects are under way at a time.
const AT_ONCE: usize = 16;

/// How long styles and scripts stay that no page needs any more: pages in open tabs and in caches still name them.
const GRACE: u64 = 24 * 60 * 60;

/// A store to publish to.
pub struct Bucket {
    name: String,
    said: Said,
    allowed: Allowed,
    runtime: tokio::runtime::Runtime,
    store: Arc<dyn ObjectStore>,
    manifest: Manifest,
    /// The manifest as it was when the plan was made.
    listed: Option<Manifest>,
    /// Objects there that expound didn't write.
    foreign: usize,
}

impl Bucket {
    /// Opens the store of the target `name`.
    pub fn open(name: &str, said: &Said, allowed: Allowed) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("no thread can be started: {error}")))?;
        let store = connect::open(&said.service)?;
        let (said, manifest) = (said.clone(), Manifest::default());
        Ok(Self { name: name.to_owned(), said, allowed, runtime, store, manifest, listed: None, foreign: 0 })
    }

    fn path(&self, path: &str) -> Result<Path, Failure> {
        Path::parse(format!("{}{path}", self.said.prefix))
            .map_err(|_| Failure::new(format!("the store can't hold a file called `{path}`")))
    }

    fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    fn fetch_manifest(&self) -> Result<Option<Manifest>, Failure> {
        let path = self.path(manifest::NAME)?;
        let bytes = self.run(async { self.store.get(&path).await?.bytes().await });
        match bytes {
            Ok(bytes) => Ok(Manifest::parse(&bytes)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.unreachable(&error)),
        }
    }

    /// Every object below the prefix, with its mark.
    fn objects(&self) -> Result<BTreeMap<String, Option<String>>, Failure> {
        let prefix = self.said.prefix.trim_end_matches('/');
        let prefix = (!prefix.is_empty()).then(|| Path::parse(prefix).ok()).flatten();
        let all = self.run(async { self.store.list(prefix.as_ref()).try_collect::<Vec<_>>().await });
        let mut all = all.map_err(|error| self.unreachable(&error))?;
        // Some stores list objects without their marks; then each is asked for its own.
        let unmarked = self.run(async {
            let each = all.iter().enumerate().filter(|(_, object)| object.e_tag.is_none());
            let each = each.map(|(at, object)| async move { (at, self.store.head(&object.location).await) });
            futures_util::stream::iter(each.collect::<Vec<_>>()).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await
        });
        for (at, head) in unmarked {
            if let (Some(object), Ok(head)) = (all.get_mut(at), head) {
                object.e_tag = head.e_tag;
            }
        }
        let below = |path: &Path| path.as_ref().strip_prefix(&*self.said.prefix).map(str::to_owned);
        Ok(all.into_iter().filter_map(|o| Some((below(&o.location)?, o.e_tag.as_deref().map(plain)))).collect())
    }

    fn unreachable(&self, error: &object_store::Error) -> Failure {
        let what = format!("{} can't be read: {}", self.describe(), reason(error));
        let failure = Failure::new(what);
        match error {
            object_store::Error::Unauthenticated { .. } | object_store::Error::PermissionDenied { .. } => {
                failure.help("the key must be allowed to list, read, write and delete objects there")
            }
            object_store::Error::NotFound { .. } => failure.help("make it first, where the store is run"),
            _ => failure.help("check the names in the settings, and the connection"),
        }
    }

    /// What is known of an object that the site has too.
    fn known(&self, path: &str, etag: Option<&str>) -> Option<Id> {
        let md5 = || {
            let digest = etag.filter(|etag| etag.len() == 32 && etag.bytes().all(|b| b.is_ascii_hexdigit()))?;
            Some(Id { algorithm: Algorithm::Md5, digest: digest.to_ascii_lowercase() })
        };
        let Some(entry) = self.manifest.files.get(path) else { return md5() };
        if entry.headers != Headers::of(path) {
            return None;
        }
        match &entry.sha256 {
            Some(digest) if etag.is_some() && entry.etag.as_deref() == etag => {
                Some(Id { algorithm: Algorithm::Sha256, digest: digest.clone() })
            }
            // Sent by a run that was interrupted before it could note that.
            None => md5(),
            Some(_) => None,
        }
    }

    /// Takes hold of the store, if it is as it was when the plan was made. `None` if it can't be held.
    fn hold(&self) -> Result<Option<Lock>, Failure> {
        let path = self.path(lock::NAME)?;
        let place = self.describe();
        let lock = match self
            .run(lock::take(self.store.clone(), path))
            .map_err(|error| self.again(self.unreachable(&error)))?
        {
            Taken::Held(lock) => lock,
            Taken::Inherited(lock) => {
                note(&format!("{place} was left by a run that didn't end; this one goes on\n"));
                lock
            }
            Taken::Busy => {
                return Err(Failure::new(format!("somebody else is publishing to {place} right now"))
                    .help("nothing was changed there by this run")
                    .help(format!("run `expound publish {}` again when the other one is done", self.name)));
            }
            Taken::Unable => {
                note(&format!("{place} can't keep two publishers apart: see to it that nobody else publishes now\n"));
                return Ok(None);
            }
        };
        let now = self.fetch_manifest();
        if matches!(&now, Ok(now) if *now == self.listed) {
            return Ok(Some(lock));
        }
        self.run(lock.give_up());
        now?;
        Err(Failure::new(format!("somebody else has published to {place} meanwhile; nothing was changed by this run"))
            .help(format!("run `expound publish {}` again: it begins from what is there now", self.name)))
    }

    async fn put(&self, path: &Path, bytes: Vec<u8>, headers: &Headers) -> object_store::Result<Option<String>> {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.content_type.clone().into());
        attributes.insert(Attribute::CacheControl, headers.cache_control.clone().into());
        let options = PutOptions { attributes, ..PutOptions::default() };
        let result = self.store.put_opts(path, PutPayload::from(bytes), options).await?;
        Ok(result.e_tag.as_deref().map(plain))
    }

    /// Sends one file, and gives what is to be noted of it.
    async fn send_one(&self, site: &Site<'_>, change: &Change) -> Result<(String, Entry), Failure> {
        let (bytes, path, headers) = (site.read(&change.path)?, self.path(&change.path)?, Headers::of(&change.path));
        let sha256 = Algorithm::Sha256.digest(&bytes);
        match self.put(&path, bytes.to_vec(), &headers).await {
            Ok(etag) => Ok((change.path.to_string(), Entry { sha256: Some(sha256), etag, headers, retired: None })),
            Err(error) => Err(Failure::new(format!("`{}` can't be sent: {}", change.path, reason(&error)))),
        }
    }

    /// Sends what the plan says, one rank after the other. What was sent is noted even if something fails.
    fn send_all(
        &mut self,
        site: &Site<'_>,
        plan: &Plan,
        lock: Option<&Lock>,
        progress: &Progress,
    ) -> Result<(), Failure> {
        // New pages come before those that link to them.
        let mut changes: Vec<(u8, bool, &Change)> =
            plan.changed.iter().map(|change| (headers::rank(&change.path), true, change)).collect();
        changes.extend(plan.new.iter().map(|change| (headers::rank(&change.path), false, change)));
        changes.sort_by_key(|(rank, changed, change)| (*rank, *changed, change.path.clone()));
        let mut result = Ok(());
        let mut noted = Vec::new();
        for group in changes.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            // After a failure nothing more is begun; what is under way is waited for, so that it can be noted.
            let stop = std::cell::Cell::new(false);
            self.run(async {
                let each = group
                    .iter()
                    .map(|(_, _, change)| *change)
                    .map(|change| async { if stop.get() { None } else { Some(self.send_one(site, change).await) } });
                let mut sending = futures_util::stream::iter(each).buffer_unordered(AT_ONCE);
                while let Some(one) = sending.next().await {
                    progress.step();
                    match one {
                        Some(Ok(one)) => {
                            noted.push(one);
                            if lock.is_some_and(Lock::is_lost) && !stop.replace(true) {
                                result = Err(Failure::new("somebody else has begun to publish there meanwhile"));
                            }
                        }
                        Some(Err(failure)) => {
                            stop.set(true);
                            result = Err(failure);
                        }
                        None => {}
                    }
                }
            });
            if result.is_err() {
                break;
            }
        }
        self.manifest.files.extend(noted);
        result
    }

    fn remove_all(&mut self, plan: &Plan) -> Result<(), Failure> {
        let this = &*self;
        let removed = this.run(async {
            let each = plan.removed.iter().map(|path| async move {
                let there = this.path(path)?;
                match this.store.delete(&there).await {
                    Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(path.clone()),
                    Err(error) => Err(Failure::new(format!("`{path}` can't be removed: {}", reason(&error)))),
                }
            });
            futures_util::stream::iter(each).buffer_unordered(AT_ONCE).collect::<Vec<Result<String, Failure>>>().await
        });
        let mut result = Ok(());
        for one in removed {
            match one {
                Ok(path) => drop(self.manifest.files.remove(&path)),
                Err(failure) => result = Err(failure),
            }
        }
        result
    }

    fn write_manifest(&self) -> Result<(), Failure> {
        let path = self.path(manifest::NAME)?;
        let headers = Headers { content_type: "application/json".to_owned(), cache_control: "no-store".to_owned() };
        self.run(self.put(&path, self.manifest.bytes(), &headers))
            .map(drop)
            .map_err(|error| Failure::new(format!("`{}` can't be sent: {}", manifest::NAME, reason(&error))))
    }

    fn again(&self, failure: Failure) -> Failure {
        failure.help(format!("run `expound publish {}` again: it goes on where this one stopped", self.name))
    }

    /// Does what the plan says, while the store is held.
    fn carry_out(
        &mut self,
        site: &Site<'_>,
        plan: &Plan,
        lock: Option<&Lock>,
        progress: &Progress,
    ) -> Result<(), Failure> {
        progress.steps("sending", plan.sends().count());
        // First it is noted what will be there: whatever happens then, the next run knows what is its own.
        let before = self.manifest.clone();
        for change in plan.sends() {
            let entry = Entry { headers: Headers::of(&change.path), ..Entry::default() };
            self.manifest.files.insert(change.path.to_string(), entry);
        }
        if let Err(failure) = self.write_manifest() {
            self.manifest = before;
            return Err(self.again(failure.help("nothing was changed there")));
        }
        if let Err(failure) = self.send_all(site, plan, lock, progress) {
            // Whoever has the store now notes what is there.
            if !lock.is_some_and(Lock::is_lost) {
                let _ = self.write_manifest();
            }
            return Err(self.again(
                failure.help("nothing was removed there: every page is the old one or the new one, and whole"),
            ));
        }
        let now = clock::seconds();
        for (path, entry) in &mut self.manifest.files {
            entry.retired = if site.has(path) { None } else { Some(entry.retired.unwrap_or(now)) };
        }
        let removal = self.remove_all(plan);
        let written = self.write_manifest();
        removal.and(written).map_err(|failure| self.again(failure.help("the new site is there, and whole")))
    }

    /// Whether an object that the site doesn't have any more is to stay for now.
    fn rests(&self, path: &str) -> bool {
        let retired = self.manifest.files.get(path).and_then(|entry| entry.retired);
        headers::is_hashed(path) && retired.is_none_or(|since| clock::seconds().saturating_sub(since) < GRACE)
    }
}

impl Target for Bucket {
    fn describe(&self) -> String {
        let prefix = &self.said.prefix;
        match &self.said.service {
            Service::S3 { bucket, .. } => format!("the bucket `{bucket}/{prefix}`"),
            Service::Gcs { bucket } => format!("the bucket `{bucket}/{prefix}`"),
            Service::Azure { account, container } => format!("the container `{account}/{container}/{prefix}`"),
        }
    }

    fn list(&mut self, site: &mut Site<'_>, _: &Progress) -> Result<Listing, Failure> {
        self.listed = self.fetch_manifest()?;
        self.manifest = self.listed.clone().unwrap_or_default();
        let objects = self.objects()?;
        self.manifest.files.retain(|path, _| objects.contains_key(path));
        let mut listing = Listing::new();
        for (path, etag) in objects.into_iter().filter(|(path, _)| path != manifest::NAME && path != lock::NAME) {
            if site.has(&path) {
                let id = self.known(&path, etag.as_deref());
                listing.insert(path, id);
            } else if self.manifest.files.contains_key(&path) {
                if !self.rests(&path) {
                    listing.insert(path, None);
                }
            } else if self.allowed.replace {
                listing.insert(path, None);
            } else {
                self.foreign += 1;
            }
        }
        Ok(listing)
    }

    fn send(&mut self, site: &Site<'_>, plan: &Plan, progress: &Progress) -> Result<Sent, Failure> {
        let (removed, most) = (plan.removed.len(), self.said.max_deletes);
        if removed > most as usize && !self.allowed.confirm {
            return Err(Failure::new(format!(
                "{removed} files would be removed, more than the {most} that `max_deletes` allows; nothing was sent"
            ))
            .help("look at them with `--dry-run --verbose`, and allow it with `--confirm`"));
        }
        let lock = self.hold()?;
        let result = self.carry_out(site, plan, lock.as_ref(), progress);
        if let Some(lock) = lock {
            self.run(lock.give_up());
        }
        result?;
        let others = match self.foreign {
            0 => String::new(),
            n => format!("; {n} objects that expound didn't write stay there"),
        };
        Ok(Sent { what: format!("{} files in {}{others}", site.len(), self.describe()) })
    }
}

/// A mark without its quotes.
fn plain(etag: &str) -> String {
    etag.trim_start_matches("W/").trim_matches('"').to_owned()
}

/// What a store says is wrong, in a line and without what may be a key: addresses lose what follows a `?`.
fn reason(error: &object_store::Error) -> String {
    let text = error.to_string();
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        match word.split_once('?') {
            Some((before, _)) if before.contains("://") => {
                out.push_str(before);
                out.push('…');
            }
            _ => out.push_str(word),
        }
    }
    match out.char_indices().nth(400) {
        Some((at, _)) => format!("{}…", out.get(..at).unwrap_or_default()),
        None => out,
    }
}
