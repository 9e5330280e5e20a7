//! The site, resolved: explainers with what they see, show and use, and where each file went.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use super::date::Day;
use super::names::Names;
use super::record::*;
use super::site::*;
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span};
use crate::fonts::Letters;

/// One explainer (or hub). What takes a look at its texts to find out is [`Resolved`], worked out when it is first
/// asked for; an explainer gives it as if it were its own.
#[derive(Clone, Debug)]
pub struct Explainer {
    /// Its folder of source files.
    pub dir: SourcePath,
    /// Its site path with a final `/`; empty for the root.
    pub path: Arc<str>,
    /// The language that it is a translation into; nothing for the original.
    pub translation: Option<Arc<str>>,
    /// `index.md`; `None` for a hub without one.
    pub index: Option<Index>,
    /// Its sections, in order, drafts left out unless asked for.
    pub sections: Vec<Arc<Section>>,
    /// Ids of records defined in this very folder (a hub does not show what is meant for those below it).
    pub own: Arc<Records>,
    /// The explainers right below, in order: indices into `Site::explainers`.
    pub children: Vec<usize>,
    /// The explainer above, if any: index into `Site::explainers`.
    pub parent: Option<usize>,
    /// Assets of its folder, sorted.
    pub assets: Arc<[SourcePath]>,
    /// The images among them that could be measured.
    pub images: Arc<Images>,
    /// The records that its texts may name.
    pub visible: Arc<LazyVisible>,
    /// What it shows and uses.
    pub resolved: Arc<LazyResolved>,
    /// The letters of its texts and its own records, but for ASCII.
    pub letters: Arc<LazyLetters>,
}

/// [`Letters`] that are collected when they are first asked for.
pub type LazyLetters = LazyLock<Letters, Box<dyn FnOnce() -> Letters + Send>>;

/// A [`Visible`] that is worked out when it is first asked for.
pub type LazyVisible = LazyLock<Visible, Box<dyn FnOnce() -> Visible + Send>>;

/// The records that a folder sees: its own and those that it inherits.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// The records.
    pub data: Arc<Data>,
    /// The names of terms that link by themselves.
    pub names: Arc<Names>,
    /// What is wrong with how its own go with those that it inherits.
    pub found: Diagnostics,
}

/// A [`Resolved`] that is worked out when it is first asked for.
pub type LazyResolved = LazyLock<Resolved, Box<dyn FnOnce() -> Resolved + Send>>;

/// What an explainer shows and uses.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// What it shows.
    pub data: Arc<Data>,
    /// Numbers of the cited sources, from 1, in order of first use in reading order.
    pub numbers: IndexMapH<Id, u32>,
    /// Where terms, facts, events and sources are used.
    pub uses: Arc<Uses>,
    /// The names of terms that link by themselves.
    pub names: Arc<Names>,
    /// What is wrong if its pages would be too long. Then none of them is made.
    pub too_long: Option<Diagnostic>,
}

impl std::ops::Deref for Explainer {
    type Target = Resolved;
    fn deref(&self) -> &Resolved {
        &self.resolved
    }
}

/// Where records are used within one explainer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Uses {
    /// Slugs of sections that name or link a term (in reading order; empty string: the short answer).
    pub term_sections: IndexMapH<Id, Vec<Arc<str>>>,
    /// Events that name a term.
    pub term_events: IndexMapH<Id, Vec<Id>>,
    /// Slugs of sections that cite a source (in prose or by a fact).
    pub source_sections: IndexMapH<Id, Vec<Arc<str>>>,
}

/// The whole site, resolved.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings.
    pub settings: Arc<super::Settings>,
    /// Every explainer and hub; the root is the first, each parent stands before its children.
    pub explainers: Vec<Arc<Explainer>>,
    /// Files in `static/`.
    pub static_files: Arc<StaticFiles>,
    /// Templates of the site's own.
    pub templates: Arc<OwnTemplates>,
    /// The fonts that the site brings along.
    pub fonts: Arc<FontFiles>,
    /// Texts of the interface of the site's own.
    pub strings: Arc<super::strings::OwnStrings>,
    /// Where the explainers are.
    pub index: SiteIndex,
    /// The date of the build.
    pub today: Day,
    /// What its pages show and lead to, worked out when it is first asked for.
    pub(crate) shown: OnceLock<Shown>,
}

/// What pages show and lead to.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Images on pages, each with the place that names it first.
    pub images: BTreeMap<SourcePath, Span>,
    /// Files that are wanted as they are: links lead to them, or what isn't Markdown may name them.
    pub wanted: BTreeSet<SourcePath>,
    /// What isn't Markdown and may name files: HTML in texts, options of components, templates, styles.
    pub names: String,
}

/// Explainers by their folder of sources and by their site path: indices into `Site::explainers`.
#[derive(Clone, Debug, Default)]
pub struct SiteIndex {
    by_dir: FxHashMap<SourcePath, usize>,
    /// The texts of originals by their files: the explainer, and which of its texts it is. Each link is looked up.
    texts: FxHashMap<SourcePath, (usize, usize)>,
    /// Translations by their folder of sources and their language.
    translated: FxHashMap<SourcePath, Vec<(Arc<str>, usize)>>,
    by_path: FxHashMap<Arc<str>, usize>,
}

impl SiteIndex {
    /// Notes where the explainers are. Of several at one path the last counts.
    pub fn new(explainers: &[Arc<Explainer>]) -> Self {
        let originals = explainers.iter().enumerate().filter(|(_, e)| e.translation.is_none());
        let by_dir = originals.clone().map(|(at, e)| (e.dir.clone(), at)).collect();
        let texts = originals
            .flat_map(|(at, e)| e.texts().enumerate().map(move |(n, text)| (text.file.clone(), (at, n))))
            .collect();
        let mut translated: FxHashMap<SourcePath, Vec<(Arc<str>, usize)>> = FxHashMap::default();
        for (at, explainer) in explainers.iter().enumerate() {
            if let Some(language) = &explainer.translation {
                translated.entry(explainer.dir.clone()).or_default().push((language.clone(), at));
            }
        }
        let by_path = explainers.iter().enumerate().map(|(at, e)| (e.path.clone(), at)).collect();
        Self { by_dir, texts, translated, by_path }
    }

    /// The explainer of a folder of sources, in a language or as it was written.
    pub fn of_dir(&self, dir: &SourcePath, language: Option<&str>) -> Option<usize> {
        match language {
            None => self.by_dir.get(dir).copied(),
            Some(language) => self.translations(dir).iter().find(|(l, _)| **l == *language).map(|(_, at)| *at),
        }
    }

    /// The translations of the explainer of a folder of sources, by language.
    pub fn translations(&self, dir: &SourcePath) -> &[(Arc<str>, usize)] {
        self.translated.get(dir).map_or(&[], |all| all)
    }
}

impl Site {
    /// The explainers whose site path a site path lies below, the root first.
    pub fn above(&self, path: &str) -> Vec<usize> {
        let ends = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        ends.filter_map(|end| self.index.by_path.get(path.get(..end)?).copied()).collect()
    }

    /// The explainer whose sources a source file or folder is one of.
    fn home(&self, file: &SourcePath) -> Option<usize> {
        let mut dir = file.as_str();
        loop {
            match self.index.by_dir.get(dir) {
                Some(at) => return Some(*at),
                None if dir.is_empty() => return None,
                None => dir = dir.rsplit_once('/').map_or("", |(above, _)| above),
            }
        }
    }

    /// What a source file or folder became in a translation, if there is one.
    pub fn place_in(&self, file: &SourcePath, language: &str) -> Option<Place> {
        let home = self.explainers.get(self.home(file)?)?;
        let explainer = self.index.of_dir(&home.dir, Some(language))?;
        let own = self.explainers.get(explainer)?;
        if own.dir == *file {
            return Some(Place { explainer, kind: PlaceKind::Folder });
        }
        own.section_of(file).is_some().then_some(Place { explainer, kind: PlaceKind::Text })
    }

    /// The text that a source file became in the language that it was written in, and its explainer.
    pub fn text(&self, file: &SourcePath) -> Option<(&Explainer, &Section)> {
        let (explainer, n) = self.index.texts.get(file)?;
        let explainer = self.explainers.get(*explainer)?;
        Some((explainer, explainer.texts().nth(*n)?))
    }

    /// What a source file or folder became.
    pub fn place(&self, file: &SourcePath) -> Option<Place> {
        if let Some(path) = static_path(file).filter(|_| self.static_files.paths.binary_search(file).is_ok()) {
            return Some(Place { explainer: 0, kind: PlaceKind::Asset(path.to_owned()) });
        }
        if let Some((explainer, _)) = self.index.texts.get(file) {
            return Some(Place { explainer: *explainer, kind: PlaceKind::Text });
        }
        let at = self.home(file)?;
        let explainer = self.explainers.get(at)?;
        let kind = if explainer.dir == *file {
            PlaceKind::Folder
        } else if explainer.assets.binary_search(file).is_ok() {
            PlaceKind::Asset(explainer.asset_path(file)?)
        } else {
            let in_language = |(language, _): &(Arc<str>, usize)| self.place_in(file, language);
            return self.index.translations(&explainer.dir).iter().find_map(in_language);
        };
        Some(Place { explainer: at, kind })
    }

    /// The source of the file that is copied to a site path.
    pub fn copied(&self, path: &str) -> Option<SourcePath> {
        if !self.static_files.paths.is_empty() {
            let own = SourcePath::new(STATIC).join(path);
            if static_path(&own) == Some(path) && self.static_files.paths.binary_search(&own).is_ok() {
                return Some(own);
            }
        }
        let mut above = self.above(path).into_iter().rev().filter_map(|at| self.explainers.get(at));
        above.find_map(|explainer| {
            if explainer.assets.is_empty() {
                return None;
            }
            let asset = explainer.dir.join(path.strip_prefix(&*explainer.path)?);
            let known = explainer.assets.binary_search(&asset).is_ok();
            (known && explainer.asset_path(&asset)? == path).then_some(asset)
        })
    }

    /// Every file that is copied: its site path and its source. Of several at one path the last counts.
    pub fn copies(&self) -> impl Iterator<Item = (String, &SourcePath)> {
        let assets = self.explainers.iter().flat_map(|e| e.assets.iter().filter_map(|a| Some((e.asset_path(a)?, a))));
        let own = self.static_files.paths.iter().filter_map(|file| Some((static_path(file)?.to_owned(), file)));
        assets.chain(own)
    }

    /// The size in pixels of an image, if it could be measured.
    pub fn image_size(&self, file: &SourcePath) -> Option<(u32, u32)> {
        self.image(file)?.size()
    }

    /// What is known of an image.
    pub fn image(&self, file: &SourcePath) -> Option<&Measured> {
        let own = || self.explainers.get(self.home(file)?)?.images.get(file);
        self.static_files.images.get(file).or_else(own)
    }

    /// The names in a folder of sources, as far as something was made of them; sorted.
    pub fn names_in(&self, dir: &SourcePath) -> Vec<&str> {
        let home = self.home(dir).and_then(|at| self.explainers.get(at));
        let texts = home.iter().flat_map(|e| e.index.iter().map(|i| &i.body).chain(&e.sections)).map(|s| &s.file);
        let assets = home.iter().flat_map(|e| e.assets.iter());
        let below = home.iter().flat_map(|e| &e.children).filter_map(|at| Some(&self.explainers.get(*at)?.dir));
        let all = texts.chain(assets).chain(below).chain(&self.static_files.paths);
        let mut names: Vec<&str> = all.filter(|f| f.parent().as_ref() == Some(dir)).map(SourcePath::name).collect();
        names.sort_unstable();
        names
    }
}

/// The folder of files that are copied as they are.
const STATIC: &str = "static";

/// The site path of a file in `static/`; `None` for the sources of the theme.
fn static_path(file: &SourcePath) -> Option<&str> {
    let below = file.as_str().strip_prefix(STATIC)?.strip_prefix('/')?;
    (!below.is_empty() && !below.starts_with("theme/")).then_some(below)
}

/// What a source file or folder became.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The explainer that it belongs to: an index into `Site::explainers`.
    pub explainer: usize,
    /// What it became.
    pub kind: PlaceKind,
}

/// What a source file or folder became.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A section, or the short answer.
    Text,
    /// The explainer's folder itself.
    Folder,
    /// A file copied to this site path.
    Asset(String),
}
