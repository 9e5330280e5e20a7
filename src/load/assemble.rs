//! Reads folders: their sections and records in order, drafts left out, rows of sheets joined to the records that they
//! belong to. What was read before and is the same is not read again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use comemo::Tracked;
use rayon::prelude::*;

use super::decode::{CompareSheet, Decoded};
use super::walk::{self, Child};
use super::{LoadOptions, Read, charts, images, text};
use crate::base::text::{Patience, numbered};
use crate::base::{Diagnostic, Diagnostics, Numbered, SourcePath, Text, rules};
use crate::model::*;
use crate::world::World;

/// How folders are read.
pub struct Manner<'a> {
    /// What was asked for.
    pub options: &'a LoadOptions,
    /// How texts are read.
    pub text: &'a text::TextOptions,
    /// Who wrote what names no authors.
    pub author: Option<&'a Author>,
}

/// What is above a folder.
pub struct Above<'a> {
    /// The changes of the folders above.
    pub(super) changes: &'a BTreeSet<Id>,
    /// True if they are those of the build before.
    pub(super) same: bool,
}

/// Nothing above.
pub const TOP: Above<'static> = Above { changes: &BTreeSet::new(), same: true };

/// Reads a folder and those below it. `before` is the same folder in the build before.
pub fn folder(
    world: Tracked<'_, dyn World + '_>,
    child: Child<'_>,
    before: Option<&Arc<Folder>>,
    above: &Above<'_>,
    manner: &Manner<'_>,
) -> Arc<Folder> {
    let listing = match child {
        Child::Same(same) if above.same => return same.clone(),
        Child::Same(same) => return folder(world, walk::content(world, &same.dir, None), None, above, manner),
        Child::New(listing) => listing,
    };
    let folder = walk::folder(listing);
    let mut builder = Builder { drafts: manner.options.drafts, found: folder.found, patience: Patience::default() };
    let (number, _) = numbered(folder.dir.name());
    let index = folder.index.as_ref().map(|file| super::read(world, file, manner.text));
    let mut unread = index.iter().any(Read::failed);
    let index = index.and_then(|index| builder.text(&index)).and_then(|(meta, section)| {
        let mut meta = meta?;
        meta.order = meta.order.or(number);
        if meta.authors.is_empty() {
            meta.authors.extend(manner.author.cloned());
        }
        let body = charts::complete(world, section, &mut builder.found);
        Some(Index { meta, body })
    });
    // What stands beside an `index.md` is in its language.
    let language = index.as_ref().and_then(|index| index.meta.language.clone());
    let text = text::TextOptions { language: language.unwrap_or(manner.text.language.clone()), ..manner.text.clone() };
    let read = |file: &SourcePath| super::read(world, file, &text);
    let hidden = !builder.drafts && index.as_ref().is_some_and(|index| index.meta.draft);
    let mut sections: Vec<Arc<Section>> = Vec::new();
    if !hidden {
        let texts: Vec<Read> = folder.sections.par_iter().map(read).collect();
        unread |= texts.iter().any(Read::failed);
        for text in &texts {
            let section = builder.text(text).map(|(_, section)| section);
            sections.extend(section.map(|section| charts::complete(world, section, &mut builder.found)));
        }
        sections.sort_by_cached_key(|s| (s.order.is_none(), s.order, s.file.clone()));
    }
    let data: Vec<Read> = folder.data.par_iter().map(read).collect();
    let records = builder.records(&data, above.changes);
    let records = match before {
        Some(before) if *before.records == records => before.records.clone(),
        _ => Arc::new(records),
    };
    let mut changes = above.changes.clone();
    changes.extend(records.changes.iter().map(|change| change.head.id.clone()));
    let ids = |records: &Records| -> Vec<Id> { records.changes.iter().map(|change| change.head.id.clone()).collect() };
    let kept = |before: &Arc<Folder>| ids(&before.records) == ids(&records);
    let below = Above { changes: &changes, same: above.same && before.is_some_and(kept) };
    let known: HashMap<&SourcePath, &Arc<Folder>> =
        before.iter().flat_map(|before| &before.children).map(|child| (&child.dir, child)).collect();
    // What lies below a draft is part of it.
    let children = folder.children.into_par_iter().filter(|_| !hidden);
    let mut children: Vec<Arc<Folder>> = children
        .map(|child| {
            let before = known.get(child.dir()).copied();
            self::folder(world, child, before, &below, manner)
        })
        // A folder of which drafts were all leaves nothing.
        .filter(|read| read.unread || read.index.is_some() || !read.sections.is_empty() || !read.children.is_empty())
        .collect();
    children.sort_by_cached_key(|child| {
        let order = child.index.as_ref().map_or_else(|| numbered(child.dir.name()).0, |index| index.meta.order);
        (order.is_none(), order, child.dir.clone())
    });
    let assets: Arc<[SourcePath]> = if hidden { Arc::default() } else { folder.assets.into() };
    let images = images::measure(world, assets.iter(), before.map(|before| &*before.images));
    let mut translations = if hidden { BTreeMap::new() } else { folder.translations };
    // What translates a draft is one.
    let is_draft = |file: &SourcePath| folder.sections.contains(file) && sections.iter().all(|s| s.file != *file);
    for (language, files) in &mut translations {
        files.retain(|file| !language::original(file, language).is_some_and(|original| is_draft(&original)));
    }
    let below = children.iter().flat_map(|child| child.languages.iter());
    let languages: BTreeSet<Arc<str>> = translations.keys().chain(below).cloned().collect();
    Arc::new(Folder {
        version: world.version(&folder.dir),
        dir: folder.dir,
        index: index.filter(|_| !hidden),
        sections,
        records,
        assets,
        images: Arc::new(images),
        children,
        unread,
        data: folder.data.into(),
        translations: Arc::new(translations),
        languages: Arc::new(languages),
        found: builder.found,
    })
}

pub(super) struct Builder {
    pub(super) drafts: bool,
    pub(super) found: Diagnostics,
    /// Asked before it is worked out which term may be meant.
    pub(super) patience: Patience,
}

/// Where terms are among those of their folder; of two with one id the first.
struct Places(HashMap<Id, usize>);

impl Places {
    /// Looks at the terms if that is `wanted`.
    fn new(terms: &[Arc<Term>], wanted: bool) -> Self {
        let terms = if wanted { terms } else { &[] };
        Self(terms.iter().enumerate().rev().map(|(at, term)| (term.head.id.clone(), at)).collect())
    }

    fn find<'a>(&self, terms: &'a mut [Arc<Term>], id: &str) -> Option<&'a mut Arc<Term>> {
        terms.get_mut(*self.0.get(id)?)
    }
}

impl Builder {
    /// A text with its findings; `None` if it couldn't be read or is a draft that is left out.
    pub(super) fn text(&mut self, read: &Read) -> Option<(Option<ExplainerMeta>, Arc<Section>)> {
        match read {
            Read::Text(read) => {
                let (text, findings) = &**read;
                let draft = text.as_ref().is_some_and(|text| text.section.draft);
                if draft && !self.drafts {
                    // Of a draft explainer the settings are wanted still: it is they that hide the rest.
                    let text = text.as_ref()?;
                    return text.meta.clone().map(|meta| (Some(meta), text.section.clone()));
                }
                self.found.extend(findings.iter().cloned());
                let text = text.as_ref()?;
                Some((text.meta.clone(), text.section.clone()))
            }
            Read::Failed(finding) => {
                self.found.push((**finding).clone());
                None
            }
            Read::Data(_) => None,
        }
    }

    /// The records of a folder's data files.
    pub(super) fn records(&mut self, files: &[Read], changes_above: &BTreeSet<Id>) -> Records {
        let mut all = Records::default();
        // Where a file could not be read whole, what is not found may well be in it.
        let mut incomplete = false;
        let mut taken: Numbered = changes_above.iter().map(|id| &**id).collect();
        let mut read: Vec<Arc<(Decoded, Diagnostics)>> = Vec::new();
        for file in files {
            match file {
                Read::Data(data) => {
                    self.found.extend(data.1.iter().cloned());
                    read.push(data.clone());
                }
                Read::Failed(finding) => {
                    self.found.push((**finding).clone());
                    incomplete = true;
                }
                Read::Text(_) => {}
            }
        }
        for data in &read {
            let decoded = &data.0;
            incomplete |= decoded.broken;
            let records = &decoded.records;
            all.editions.extend(records.editions.iter().cloned());
            all.terms.extend(records.terms.iter().cloned());
            all.parties.extend(records.parties.iter().cloned());
            all.events.extend(records.events.iter().cloned());
            all.eras.extend(records.eras.iter().cloned());
            all.sources.extend(records.sources.iter().cloned());
            all.facts.extend(records.facts.iter().cloned());
            all.comparisons.extend(records.comparisons.iter().cloned());
            all.changes.extend(records.changes.iter().map(|change| distinct(change, decoded, &mut taken)));
        }
        let places =
            Places::new(&all.terms, read.iter().any(|data| !data.0.states.is_empty() || !data.0.effects.is_empty()));
        for data in &read {
            for (term, state) in &data.0.states {
                self.state(&mut all.terms, &places, (term, state), incomplete);
            }
        }
        for data in &read {
            for (term, edition, effect) in &data.0.effects {
                self.effect(&mut all.terms, &places, (term, edition, effect), incomplete);
            }
            if let Some(sheet) = &data.0.sheet {
                join_sheet(&mut all.comparisons, sheet);
            }
        }
        for comparison in all.comparisons.iter().filter(|c| c.columns.is_empty() && !incomplete) {
            let id = &comparison.head.id;
            self.found.push(
                Diagnostic::error(
                    rules::MISSING_KEY,
                    comparison.head.span.clone(),
                    format!("the comparison `{id}` has no `columns`"),
                )
                .help(format!("add them, or put the table in a file `compare-{id}.csv`")),
            );
        }
        all
    }

    fn state(&mut self, terms: &mut [Arc<Term>], places: &Places, (term, state): (&Ref, &State), incomplete: bool) {
        match places.find(terms, term) {
            Some(found) => Arc::make_mut(found).states.push(state.clone()),
            None => self.no_term(terms, term, incomplete),
        }
    }

    fn effect(
        &mut self,
        terms: &mut [Arc<Term>],
        places: &Places,
        (term, edition, effect): (&Ref, &Ref, &Effect),
        incomplete: bool,
    ) {
        let Some(found) = places.find(terms, term) else {
            self.no_term(terms, term, incomplete);
            return;
        };
        let found = Arc::make_mut(found);
        match found.states.iter_mut().find(|state| state.edition.text == edition.text) {
            Some(state) => state.effects.push(effect.clone()),
            None if incomplete => {}
            None => self.found.push(
                Diagnostic::error(
                    rules::UNKNOWN_REFERENCE,
                    edition.span.clone(),
                    format!("the term `{term}` has no state in the edition `{edition}`"),
                )
                .suggest(edition, found.states.iter().map(|state| &*state.edition.text))
                .help("an effect belongs to a state: add the state first"),
            ),
        }
    }

    fn no_term(&mut self, terms: &[Arc<Term>], term: &Ref, incomplete: bool) {
        if incomplete {
            return;
        }
        let found = Diagnostic::error(
            rules::UNKNOWN_REFERENCE,
            term.span.clone(),
            format!("there is no term `{term}` in this folder"),
        );
        let found = match self.patience.lasts() {
            true => found.suggest(term, terms.iter().map(|t| &*t.head.id)),
            false => found,
        };
        self.found.push(found.help("states and effects in CSV belong to the terms of their own folder"));
    }
}

/// A change with an id that no earlier one has, if its id was made and not written.
fn distinct(change: &Arc<Change>, decoded: &Decoded, taken: &mut Numbered) -> Arc<Change> {
    let id = &change.head.id;
    if taken.take(id) || !decoded.made_changes.contains(id) {
        return change.clone();
    }
    let head = Head { id: taken.free(id).into(), ..change.head.clone() };
    Arc::new(Change { head, ..(**change).clone() })
}

/// Adds the rows and columns of a sheet to its comparison, or makes one of it.
fn join_sheet(comparisons: &mut Vec<Arc<Comparison>>, sheet: &CompareSheet) {
    let Some(comparison) = comparisons.iter_mut().find(|c| c.head.id == sheet.id) else {
        comparisons.push(Arc::new(Comparison {
            head: Head { id: sheet.id.clone(), span: sheet.span.clone(), replaces: None, foreign: false, group: None },
            title: Text { text: sheet.id.clone(), span: sheet.span.clone(), verbatim: false },
            caption: None,
            columns: sheet.columns.clone(),
            rows: sheet.rows.clone(),
            provenance: Provenance::default(),
        }));
        return;
    };
    let comparison = Arc::make_mut(comparison);
    for column in &sheet.columns {
        if comparison.columns.iter().all(|c| c.id != column.id) {
            comparison.columns.push(column.clone());
        }
    }
    comparison.rows.extend(sheet.rows.iter().cloned());
}
