//! Puts what was read together: folders with their sections and records in order, drafts left out, rows of sheets
//! joined to the records that they belong to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::decode::{CompareSheet, Decoded};
use super::{LoadOptions, Read, walk};
use crate::base::text::numbered;
use crate::base::{Diagnostic, Diagnostics, Text, rules};
use crate::model::*;

/// Builds the folders.
pub fn site(
    root: &walk::Folder,
    files: Vec<Read>,
    options: &LoadOptions,
    author: Option<&Author>,
    out: &mut Diagnostics,
) -> Folder {
    let mut builder = Builder { files, drafts: options.drafts, author, out };
    builder.folder(root, &BTreeSet::new())
}

struct Builder<'a> {
    files: Vec<Read>,
    drafts: bool,
    author: Option<&'a Author>,
    out: &'a mut Diagnostics,
}

impl Builder<'_> {
    fn folder(&mut self, folder: &walk::Folder, changes_above: &BTreeSet<Id>) -> Folder {
        let (number, _) = numbered(folder.dir.name());
        let index = folder.index.and_then(|at| self.text(at)).and_then(|(meta, section)| {
            let mut meta = meta?;
            meta.order = meta.order.or(number);
            if meta.authors.is_empty() {
                meta.authors.extend(self.author.cloned());
            }
            Some(Index { meta, body: section })
        });
        let hidden = !self.drafts && index.as_ref().is_some_and(|index| index.meta.draft);
        let before = self.out.len();
        let mut sections: Vec<Arc<Section>> =
            folder.sections.iter().filter_map(|at| self.text(*at)).map(|(_, section)| section).collect();
        sections.sort_by_cached_key(|s| (s.order.is_none(), s.order, s.file.clone()));
        if hidden {
            self.out.truncate(before);
            sections.clear();
        }
        let records = self.records(folder, changes_above);
        let mut changes = changes_above.clone();
        changes.extend(records.changes.iter().map(|change| change.head.id.clone()));
        let mut children: Vec<Arc<Folder>> = Vec::new();
        // What lies below a draft is part of it.
        for child in folder.children.iter().filter(|_| !hidden) {
            let read = self.folder(child, &changes);
            let empty = read.index.is_none() && read.sections.is_empty() && read.children.is_empty();
            // A folder of which drafts were all leaves nothing.
            if !empty || self.unread(child) {
                children.push(Arc::new(read));
            }
        }
        children.sort_by_cached_key(|child| {
            let order = child.index.as_ref().map_or_else(|| numbered(child.dir.name()).0, |index| index.meta.order);
            (order.is_none(), order, child.dir.clone())
        });
        Folder {
            dir: folder.dir.clone(),
            index: index.filter(|_| !hidden),
            sections,
            records,
            assets: if hidden { Vec::new() } else { folder.assets.clone() },
            children,
        }
    }

    /// True if a text of the folder could not be read.
    fn unread(&self, folder: &walk::Folder) -> bool {
        folder.index.iter().chain(&folder.sections).any(|at| match self.files.get(*at) {
            Some(Read::Text(read)) => read.0.is_none(),
            _ => true,
        })
    }

    /// A text with its findings; `None` if it couldn't be read or is a draft that is left out.
    fn text(&mut self, at: usize) -> Option<(Option<ExplainerMeta>, Arc<Section>)> {
        match self.files.get(at)? {
            Read::Text(read) => {
                let (text, findings) = &**read;
                let draft = text.as_ref().is_some_and(|text| text.section.draft);
                if draft && !self.drafts {
                    // Of a draft explainer the settings are wanted still: it is they that hide the rest.
                    let text = text.as_ref()?;
                    return text.meta.clone().map(|meta| (Some(meta), text.section.clone()));
                }
                self.out.extend(findings.iter().cloned());
                let text = text.as_ref()?;
                Some((text.meta.clone(), text.section.clone()))
            }
            Read::Failed(finding) => {
                self.out.push((**finding).clone());
                None
            }
            Read::Data(_) => None,
        }
    }

    /// The records of a folder's data files.
    fn records(&mut self, folder: &walk::Folder, changes_above: &BTreeSet<Id>) -> Records {
        let mut all = Records::default();
        // Where a file could not be read whole, what is not found may well be in it.
        let mut incomplete = false;
        let mut taken = changes_above.clone();
        let mut read: Vec<Arc<(Decoded, Diagnostics)>> = Vec::new();
        for at in &folder.data {
            match self.files.get(*at) {
                Some(Read::Data(data)) => {
                    self.out.extend(data.1.iter().cloned());
                    read.push(data.clone());
                }
                Some(Read::Failed(finding)) => {
                    self.out.push((**finding).clone());
                    incomplete = true;
                }
                _ => {}
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
        for data in &read {
            for (term, state) in &data.0.states {
                self.state(&mut all.terms, term, state, incomplete);
            }
        }
        for data in &read {
            for (term, edition, effect) in &data.0.effects {
                self.effect(&mut all.terms, term, edition, effect, incomplete);
            }
            if let Some(sheet) = &data.0.sheet {
                join_sheet(&mut all.comparisons, sheet);
            }
        }
        for comparison in all.comparisons.iter().filter(|c| c.columns.is_empty() && !incomplete) {
            let id = &comparison.head.id;
            self.out.push(
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

    fn state(&mut self, terms: &mut [Arc<Term>], term: &Ref, state: &State, incomplete: bool) {
        match terms.iter_mut().find(|t| *t.head.id == *term.text) {
            Some(found) => Arc::make_mut(found).states.push(state.clone()),
            None => self.no_term(terms, term, incomplete),
        }
    }

    fn effect(&mut self, terms: &mut [Arc<Term>], term: &Ref, edition: &Ref, effect: &Effect, incomplete: bool) {
        let Some(found) = terms.iter_mut().find(|t| *t.head.id == *term.text) else {
            self.no_term(terms, term, incomplete);
            return;
        };
        let found = Arc::make_mut(found);
        match found.states.iter_mut().find(|state| state.edition.text == edition.text) {
            Some(state) => state.effects.push(effect.clone()),
            None if incomplete => {}
            None => self.out.push(
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
        self.out.push(
            Diagnostic::error(
                rules::UNKNOWN_REFERENCE,
                term.span.clone(),
                format!("there is no term `{term}` in this folder"),
            )
            .suggest(term, terms.iter().map(|t| &*t.head.id))
            .help("states and effects in CSV belong to the terms of their own folder"),
        );
    }
}

/// A change with an id that no earlier one has, if its id was made and not written.
fn distinct(change: &Arc<Change>, decoded: &Decoded, taken: &mut BTreeSet<Id>) -> Arc<Change> {
    let id = &change.head.id;
    if taken.insert(id.clone()) || !decoded.made_changes.contains(id) {
        return change.clone();
    }
    let mut n = 2_usize;
    loop {
        let id: Id = format!("{id}-{n}").into();
        if taken.insert(id.clone()) {
            let head = Head { id, ..change.head.clone() };
            return Arc::new(Change { head, ..(**change).clone() });
        }
        n += 1;
    }
}

/// Adds the rows and columns of a sheet to its comparison, or makes one of it.
fn join_sheet(comparisons: &mut Vec<Arc<Comparison>>, sheet: &CompareSheet) {
    let Some(comparison) = comparisons.iter_mut().find(|c| c.head.id == sheet.id) else {
        comparisons.push(Arc::new(Comparison {
            head: Head { id: sheet.id.clone(), span: sheet.span.clone(), replaces: false },
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
