//! What the server shows now: one immutable value, replaced as a whole after each build.

use std::collections::VecDeque;
use std::sync::Arc;

use super::protocol::{About, Part, Place, Unsourced};
use super::snapshot::{Served, Snapshot};
use crate::about;
use crate::base::{SourcePath, Span};
use crate::shell::excerpt::Source;
use crate::world::World;

/// Changed files that are remembered, for pages that were not told of a build or two.
const REMEMBERED: usize = 256;

/// What the server shows.
#[derive(Clone)]
pub struct State {
    /// The latest build.
    pub latest: Arc<Snapshot>,
    /// The build whose pages are shown: the latest, or the last good one while errors hold the latest back.
    pub shown: Arc<Snapshot>,
    /// What is wrong with the latest build, as JSON.
    pub findings: Arc<serde_json::Value>,
    /// True once every rule was run on the latest build.
    pub checked: bool,
    /// Addresses of files beside the pages that changed, with the build that they changed in.
    pub files: Arc<VecDeque<(u64, String)>>,
    /// What was edited last: the build, and the page and id that show it.
    pub edited: Option<(u64, String, String)>,
    /// Another number whenever something of this is other than it was.
    pub stamp: u64,
    /// True if the build after this could not be finished.
    pub broken: bool,
}

impl State {
    /// True if errors keep the latest build from being shown.
    pub fn held_back(&self) -> bool {
        self.latest.build != self.shown.build
    }

    /// A page or file to show, with what is wrong with the present one: the last good bytes if it can't be drawn.
    pub fn file(&self, path: &str) -> Option<Arc<Served>> {
        self.shown.file(path, &self.latest.world)
    }

    /// The changed files with those of a new build added.
    pub fn with_files(&self, build: u64, changed: Vec<String>) -> Arc<VecDeque<(u64, String)>> {
        if changed.is_empty() {
            return self.files.clone();
        }
        let mut files = (*self.files).clone();
        files.extend(changed.into_iter().map(|file| (build, file)));
        while files.len() > REMEMBERED {
            files.pop_front();
        }
        Arc::new(files)
    }

    /// What the author may want to know of a page.
    pub fn about(&self, path: &str) -> Option<About> {
        let about = self.shown.prepared.about(path)?;
        let mut places = Places { state: self, last: None };
        let part = |part: &about::PagePart, places: &mut Places<'_>| Part {
            id: part.id.clone(),
            title: part.title.clone(),
            words: part.words,
            draft: part.draft,
            place: places.of(&part.span),
        };
        Some(About {
            draft: about.draft,
            words: about.words,
            minutes: about.minutes,
            parts: about.parts.iter().map(|p| part(p, &mut places)).collect(),
            unsourced: about
                .unsourced
                .iter()
                .map(|u| Unsourced { kind: u.kind, name: u.name.clone(), place: places.of(&u.span) })
                .collect(),
        })
    }
}

/// Lines and columns; neighbours mostly stand in the same file, so the last one is kept.
struct Places<'a> {
    state: &'a State,
    last: Option<(SourcePath, Source)>,
}

impl Places<'_> {
    fn of(&mut self, span: &Span) -> Place {
        if self.last.as_ref().is_none_or(|(file, _)| *file != span.file) {
            let source = Source::of(&span.file, self.state.shown.world.read(&span.file).ok());
            self.last = Some((span.file.clone(), source));
        }
        let place = self.last.as_ref().and_then(|(_, source)| source.place(span.range()));
        let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
        Place { file: span.file.to_string(), line, column }
    }
}
