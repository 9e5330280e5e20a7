//! Builds again when files change: one thread that builds, and one that then looks for everything that is wrong.
//!
//! A build is shown as soon as its files can be asked for. The rules are run after that, with one thread and without
//! haste, and not to the end if the next build comes first.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use tokio::sync::watch;

use super::change::Change;
use super::snapshot::{Snapshot, bug};
use super::state::State;
use super::terminal::{Line, Terminal};
use crate::base::{Diagnostic, Severity, SourcePath, escape};
use crate::shell::clock;
use crate::shell::disk::{DiskWorld, Touched};
use crate::shell::report::{Format, Report};
use crate::world::World;
use crate::{BuildOptions, Prepared, prepare};

/// How long a build is left alone before its rules are run: the page that waits for it comes first.
const PATIENCE: Duration = Duration::from_millis(40);

/// Builds after which what no build needed any more is forgotten.
const FORGET_AFTER: usize = 12;

/// What a rebuild needs.
pub struct Rebuild {
    /// What is asked for.
    pub options: BuildOptions,
    /// Says what happens.
    pub terminal: Arc<Terminal>,
}

/// Makes the first build.
pub fn first(world: DiskWorld, rebuild: &Rebuild) -> State {
    let prepared = prepare(&world, &rebuild.options, None);
    let snapshot = Arc::new(Snapshot::new(1, prepared, world, &[]));
    let findings = as_json(&snapshot, snapshot.prepared.found());
    State {
        latest: snapshot.clone(),
        shown: snapshot,
        findings: Arc::new(findings),
        checked: false,
        files: Arc::new(VecDeque::new()),
        edited: None,
        stamp: 0,
        broken: false,
    }
}

/// A build whose rules are to be run, with what there is to say of it and the state before it.
struct Task {
    snapshot: Arc<Snapshot>,
    line: Option<Line>,
    old: Option<State>,
}

/// Builds after every change, until nobody can tell of one any more.
pub fn run(rebuild: &Rebuild, states: &watch::Sender<State>, changes: &Receiver<Change>, after: impl Fn(&State)) {
    let (check, to_check) = channel::<Task>();
    std::thread::scope(|scope| {
        let checker = std::thread::Builder::new().name("check".to_owned()).stack_size(super::STACK);
        let started = checker.spawn_scoped(scope, move || checks(rebuild, states, &to_check));
        if let Err(error) = started {
            rebuild.terminal.say(&format!("no thread can be started for the checks: {error}"));
        }
        let _ = check.send(Task { snapshot: states.borrow().latest.clone(), line: None, old: None });
        while let Ok(change) = changes.recv() {
            let mut all = change;
            while let Ok(more) = changes.try_recv() {
                all = all.and(more);
            }
            let old = states.borrow().clone();
            // What a build that wasn't finished had noticed is still to be taken up.
            all.all |= old.broken;
            let next = catch_unwind(AssertUnwindSafe(|| next(rebuild, &old, &all)));
            let (state, line) = match next {
                Ok(None) => continue,
                Ok(Some((state, line))) => (state, line),
                Err(_) => {
                    rebuild.terminal.say("this build could not be finished; what was there before is still served");
                    states.send_modify(|state| {
                        state.findings = Arc::new(as_json(&state.latest, &[bug("the build")]));
                        state.checked = true;
                        state.broken = true;
                        state.stamp += 1;
                    });
                    continue;
                }
            };
            states.send_replace(state.clone());
            let line = Line { time: all.since.map(|since| since.elapsed()), ..line };
            after(&state);
            // The old state is let go of where it keeps nobody waiting.
            let _ = check.send(Task { snapshot: state.latest.clone(), line: Some(line), old: Some(old) });
        }
        drop(check);
    });
}

/// The state after a change, and what to say of it; `None` if nothing is other than it was.
fn next(rebuild: &Rebuild, old: &State, change: &Change) -> Option<(State, Line)> {
    let today = clock::today().unwrap_or_else(|_| old.latest.world.today());
    let world = old.latest.world.after(&change.paths, today);
    let changed: Vec<SourcePath> = match change.all {
        true => vec![SourcePath::new("")],
        false => change.paths.iter().filter(|path| really(&old.latest.world, &world, path)).cloned().collect(),
    };
    if changed.is_empty() && today == old.latest.world.today() {
        return None;
    }
    let world = if change.all { old.latest.world.after(&changed, today) } else { world };
    let before = (!change.all).then_some(&old.latest.prepared);
    let prepared = prepare(&world, &rebuild.options, before);
    let build = old.latest.build + 1;
    let good = !prepared.found().iter().any(|d| d.severity == Severity::Error);
    let latest = Arc::new(Snapshot::new(build, prepared, world, &[&old.shown, &old.latest]));
    let shown_is_good = !old.shown.prepared.found().iter().any(|d| d.severity == Severity::Error);
    let shown = if good || !shown_is_good { latest.clone() } else { old.shown.clone() };
    let files = changed.iter().filter_map(|file| address(&latest.prepared, file)).collect();
    let edited = changed.iter().find_map(|file| latest.prepared.shown_at(file));
    let findings = Arc::new(as_json(&latest, latest.prepared.found()));
    let state = State {
        files: old.with_files(build, files),
        edited: edited.map(|(page, id)| (build, page, id)).or_else(|| old.edited.clone()),
        findings,
        checked: false,
        stamp: old.stamp + 1,
        broken: false,
        latest,
        shown,
    };
    let line = Line { changed, all: change.all, held_back: state.held_back(), ..Line::default() };
    Some((state, line))
}

/// True if a path that something was said about has become other than it was, as far as it was looked at.
fn really(old: &DiskWorld, new: &DiskWorld, path: &SourcePath) -> bool {
    match old.known(path) {
        Some(Touched::File) => read_differs(old, new, path),
        Some(Touched::Folder) => old.list(path) != new.list(path) || below_changed(old, new, path),
        // A file that is only copied, or one that was not there.
        Some(Touched::Size) | None => {
            let parent = path.parent().unwrap_or_else(|| SourcePath::new(""));
            let listed =
                |world: &DiskWorld| world.list(&parent).is_ok_and(|all| all.iter().any(|e| *e.name == *path.name()));
            old.known(&parent).is_some() && (listed(old) || listed(new))
        }
    }
}

fn read_differs(old: &DiskWorld, new: &DiskWorld, path: &SourcePath) -> bool {
    old.kept(path).is_none_or(|old| old != new.read(path))
}

/// True if something below a folder that was read is other than it was.
fn below_changed(old: &DiskWorld, new: &DiskWorld, folder: &SourcePath) -> bool {
    let known = old.touched_below(folder);
    known.iter().any(|(path, what)| match what {
        Touched::File => read_differs(old, new, path),
        Touched::Folder => old.list(path) != new.list(path),
        Touched::Size => false,
    })
}

/// The address of a file beside the pages, as pages name it.
fn address(prepared: &Prepared, file: &SourcePath) -> Option<String> {
    let path = prepared.copied_to(file)?;
    let encoded: Vec<String> = path.split('/').map(escape::url_segment).collect();
    Some(format!("{}{}", prepared.settings().base_path, encoded.join("/")))
}

/// Runs the rules on the latest build, whenever there is a new one.
fn checks(rebuild: &Rebuild, states: &watch::Sender<State>, to_check: &Receiver<Task>) {
    // One thread: while an author writes, the other cores are for what is shown.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(super::STACK).build().ok();
    let mut next = to_check.recv().ok();
    while let Some(Task { snapshot, line, old }) = next.take() {
        let stop = || states.borrow().latest.build != snapshot.build;
        // The page that waits for this build comes first.
        let newer = match to_check.recv_timeout(PATIENCE) {
            Ok(newer) => Some(newer),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => None,
        };
        if let Some(line) = line {
            let old = old.as_ref().filter(|_| newer.is_none() && !line.held_back);
            let seen = old.and_then(|old| pages(&old.shown, &snapshot, &stop));
            rebuild.terminal.built(&Line { pages: seen, ..line });
        }
        drop(old);
        if newer.is_some() {
            next = newer;
            continue;
        }
        let work = || found(&snapshot, &stop);
        let result = catch_unwind(AssertUnwindSafe(|| match &pool {
            Some(pool) => pool.install(work),
            None => work(),
        }));
        if let Some(found) = result.unwrap_or_else(|_| Some(vec![bug("the checks")])) {
            let findings = as_json(&snapshot, &found);
            let is_latest = states.send_if_modified(|state| {
                let is_latest = state.latest.build == snapshot.build && !state.broken;
                if is_latest {
                    state.findings = Arc::new(findings);
                    state.checked = true;
                    state.stamp += 1;
                }
                is_latest
            });
            if is_latest {
                rebuild.terminal.checked(&snapshot, found);
            }
        }
        comemo::evict(FORGET_AFTER);
        next = to_check.recv().ok();
    }
}

/// Of the pages that were looked at before a build: how many are other now, and how many there are.
fn pages(old: &Snapshot, new: &Snapshot, stop: &dyn Fn() -> bool) -> Option<(usize, usize)> {
    let seen = old.drawn();
    let mut other = 0;
    for (path, etag) in &seen {
        if stop() {
            return None;
        }
        other += usize::from(new.file(path, &new.world).is_none_or(|served| served.etag != *etag));
    }
    Some((other, seen.len()))
}

/// Everything that is wrong with a build; `None` if there is a newer one.
fn found(snapshot: &Snapshot, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
    let mut found = snapshot.prepared.check(&snapshot.world, stop)?;
    found.extend(snapshot.prepared.draw(stop)?);
    Some(found)
}

fn as_json(snapshot: &Snapshot, found: &[Diagnostic]) -> serde_json::Value {
    let report = Report::new(found.to_vec(), |path| snapshot.world.read(path).ok());
    serde_json::from_str(&report.render(Format::Json, "")).unwrap_or_default()
}
