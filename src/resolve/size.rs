//! How long pages get. What texts name, and what blocks show, is written out in each place, so pages may be longer than
//! the files of the site by any factor. Nobody reads such a page, and making it would take all memory.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::{Diagnostic, SourcePath, Span, Text, rules};
use crate::model::chart::Chart;
use crate::model::date::Day;
use crate::model::doc::{Part, Reference, ReferenceKind};
use crate::model::walk::{self, Visitor};
use crate::model::*;

/// The most that an explainer may take by what its texts name, and by what its blocks and its pages of data show, in MB
/// of 2^20 bytes. Hosts of static sites refuse single files of 25 to 100 MB.
const MOST_MEGABYTES: usize = 64;
/// What a link, a mark or a name takes at least, in bytes.
const MARKUP: usize = 100;
/// What a cell of a term sheet takes at least, in bytes.
const CELL: usize = 150;

/// The texts and the records of an explainer.
pub struct Explained<'a> {
    /// Its folder.
    pub dir: &'a SourcePath,
    /// The short answer.
    pub intro: Option<&'a Section>,
    /// The sections.
    pub sections: &'a [Arc<Section>],
    /// The records that it shows.
    pub data: &'a Data,
    /// Where they are used.
    pub uses: &'a Uses,
    /// The date of the build.
    pub today: Day,
}

/// What is wrong, if the pages of an explainer come to more than [`MOST_MEGABYTES`]: told once, of the place with which
/// they do.
pub fn too_long(explained: &Explained<'_>) -> Option<Diagnostic> {
    if explained.intro.is_none() && explained.sections.is_empty() {
        return None;
    }
    let mut size = Size {
        explained,
        data: explained.data,
        titles: explained.sections.iter().map(|section| (&*section.slug, section.title.len())).collect(),
        link: MARKUP + explained.dir.as_str().len(),
        bytes: 0,
        over: None,
    };
    size.records();
    size.texts();
    let message = format!("with this, the pages of the explainer come to more than {MOST_MEGABYTES} MB");
    let found = Diagnostic::error(rules::LONG_PAGE, size.over?, message);
    Some(found.help("shorten what is named or shown many times, show less of it, or make it several explainers"))
}

/// How long the pages of an explainer are, as far as that isn't the length of its texts: rather less than more.
struct Size<'a> {
    explained: &'a Explained<'a>,
    data: &'a Data,
    titles: HashMap<&'a str, usize>,
    /// What a link within the explainer takes.
    link: usize,
    bytes: usize,
    /// The place with which it was too long.
    over: Option<Span>,
}

impl Size<'_> {
    /// Takes up what stands at `span`.
    fn add(&mut self, bytes: usize, span: impl FnOnce() -> Span) {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MOST_MEGABYTES << 20 && self.over.is_none() {
            self.over = Some(span());
        }
    }

    /// Takes up a name that is shown, if there is one, and what stands around it.
    fn name(&mut self, name: Option<&Text>, around: usize) {
        self.bytes = self.bytes.saturating_add(name.map_or(0, |name| name.len()) + around);
    }

    /// The pages that show all records.
    fn records(&mut self) {
        let data = self.data;
        for term in data.terms.values() {
            walk::definition(term, self);
            // A row of a CSV file says which term it is of.
            for state in &term.states {
                walk::state(state, self);
                self.term(&term.head.id);
                for effect in &state.effects {
                    self.provenance(&effect.provenance);
                    self.term(&term.head.id);
                    self.edition(&state.edition.text);
                    self.party(&effect.party.text);
                }
            }
            self.add(0, || term.head.span.clone());
        }
        // The term sheet, and the history of each term.
        let sheet = self.sheet(&TermSheetOptions::default()).saturating_mul(2);
        let effects = self.effects(&EffectsOptions::default());
        if let Some(term) = data.terms.values().next() {
            self.add(sheet.saturating_add(effects), || term.head.span.clone());
        }
        for event in data.events.values() {
            walk::event(event, self);
            event.terms.iter().for_each(|term| self.term(&term.text));
            self.add(0, || event.head.span.clone());
        }
        for table in data.comparisons.values() {
            walk::comparison(table, self);
            self.add(cells(table), || table.head.span.clone());
        }
        data.changes.values().for_each(|change| self.prose(&change.note));
        data.sources.values().flat_map(|source| &source.note).for_each(|note| self.prose(note));
    }

    /// The texts, and the blocks in them.
    fn texts(&mut self) {
        let sections = self.explained.sections.iter().map(|section| &**section);
        for section in self.explained.intro.into_iter().chain(sections) {
            section.standfirst.iter().for_each(|standfirst| self.prose(standfirst));
            for part in section.body.notable_parts() {
                if self.over.is_some() {
                    return;
                }
                match part {
                    Part::Reference(reference) => {
                        self.add(self.reference(reference), || section.locate(reference.at));
                    }
                    Part::Citation(citation) => {
                        let labels = citation.items.iter().map(|item| self.source(&item.id)).sum();
                        self.add(labels, || section.locate(citation.at));
                    }
                    _ => {}
                }
            }
            for (source, block) in section.understood_blocks() {
                if self.over.is_some() {
                    return;
                }
                // What is found within a block is told of the block, since its records are fine by themselves.
                let before = self.bytes;
                self.block(block);
                self.over = None;
                let bytes = std::mem::replace(&mut self.bytes, before).saturating_sub(before);
                self.add(bytes, || section.locate(source.name_at));
            }
        }
    }

    /// What a name in a text takes.
    fn reference(&self, reference: &Reference) -> usize {
        let shown = || {
            let data = self.data;
            Some(match reference.kind {
                ReferenceKind::Term => data.terms.get(&reference.id)?.name.len(),
                ReferenceKind::Fact => data.facts.get(&reference.id)?.value.len(),
                ReferenceKind::Event => data.events.get(&reference.id)?.title.len(),
                ReferenceKind::Comparison => data.comparisons.get(&reference.id)?.title.len(),
                ReferenceKind::Section => *self.titles.get(&*reference.id)?,
                ReferenceKind::Unknown => return None,
            })
        };
        let cites = || {
            let fact = (reference.kind == ReferenceKind::Fact).then(|| self.data.facts.get(&reference.id)).flatten();
            fact.map_or(0, |fact| self.cites(&fact.provenance.sources))
        };
        let shown = reference.text.as_ref().map_or_else(shown, |text| Some(text.len()));
        shown.unwrap_or(0).saturating_add(self.link).saturating_add(cites())
    }

    /// What the mark of a source takes: it says who published it.
    fn source(&self, id: &str) -> usize {
        let Some(source) = self.data.sources.get(id) else { return 0 };
        let who = source.publisher.as_ref().or(source.authors.first()).unwrap_or(&source.title);
        MARKUP.saturating_add(who.len())
    }

    fn cites(&self, sources: &[SourceRef]) -> usize {
        sources.iter().map(|source| self.source(&source.id.text)).sum()
    }

    /// What the cells of a term sheet take besides what its states say: they are there for each term in each edition,
    /// and each tells how it differs from every edition before.
    fn sheet(&self, options: &TermSheetOptions) -> usize {
        let editions = walk::selected_editions(self.data, options);
        let terms = walk::selected_terms(self.data, &options.terms, &options.groups);
        let labels: usize = editions.iter().map(|edition| edition.label.len() + CELL).sum();
        let against = if editions.len() > 2 { editions.len().saturating_mul(editions.len()) } else { 0 };
        // Where nothing is public, what was last known is repeated.
        let gaps = |term: &Term| {
            let longest = term.states.iter().filter_map(|state| state.value.as_ref()).map(|value| value.source.len());
            let stated = term.states.len().min(editions.len());
            longest.max().unwrap_or(0).saturating_mul(editions.len() - stated)
        };
        let cells = terms.len().saturating_mul(labels.saturating_add(against));
        terms.iter().map(|term| gaps(term)).fold(cells, usize::saturating_add)
    }

    /// What the cells of a table of effects take: they are there for each term and party.
    fn effects(&self, options: &EffectsOptions) -> usize {
        let terms = walk::selected_terms(self.data, &options.terms, &[]);
        let named = options.parties.iter().filter_map(|party| self.data.parties.get(&*party.text));
        let names: usize = match options.parties.is_empty() {
            true => self.data.parties.values().map(|party| party.name.len() + CELL).sum(),
            false => named.map(|party| party.name.len() + CELL).sum(),
        };
        let any = terms.iter().flat_map(|term| &term.states).any(|state| !state.effects.is_empty());
        if any { terms.len().saturating_mul(names) } else { 0 }
    }

    fn block(&mut self, block: &Block) {
        let explained = self.explained;
        let here = || Span::file(explained.dir);
        walk::block_sources(self.data, block, self.explained.today, self);
        match block {
            Block::TermSheet(options) => self.add(self.sheet(options), here),
            Block::Chart(chart) => self.add(chart_size(chart), here),
            Block::Component(_, options) => self.add(options.len(), here),
            Block::Sources(options) => {
                let sources = self.data.sources.values().take(options.limit.map_or(usize::MAX, |n| n as usize));
                let each = |source: &Source| {
                    let note = source.note.as_ref().map_or(0, |note| note.source.len());
                    let sections = explained.uses.source_sections.get(&source.head.id).map_or(0, Vec::len);
                    CELL + source.title.len() + note + sections * self.link
                };
                self.add(sources.map(|source| each(source)).sum(), here);
            }
            Block::Changes(options) => {
                let changes = self.data.changes.values().take(options.limit.map_or(usize::MAX, |n| n as usize));
                changes.for_each(|change| self.prose(&change.note));
            }
            Block::Comparison(id, _) => {
                let table = self.data.comparisons.get(&*id.text);
                self.add(table.map_or(0, |table| cells(table)), here);
            }
            Block::Effects(options) => self.add(self.effects(options), here),
            Block::Timeline(_) | Block::Terms(_) => {}
        }
    }
}

/// What the cells of a comparison take at least: they are there for each row and column, and those of its CSV file say of
/// which.
fn cells(table: &Comparison) -> usize {
    let (rows, columns) = (table.rows.len(), table.columns.len());
    let above = table.columns.iter().map(|column| column.label.len() + CELL).sum();
    let beside: usize = table.rows.iter().map(|row| row.label.len()).sum();
    rows.saturating_mul(above).saturating_add(columns.saturating_mul(beside))
}

/// What a chart takes: a mark and a cell of its table for each number.
fn chart_size(chart: &Chart) -> usize {
    let table = chart.table.iter().flatten().map(|cell| cell.len() + MARKUP);
    table.sum()
}

impl Visitor for Size<'_> {
    fn provenance(&mut self, provenance: &Provenance) {
        self.bytes = self.bytes.saturating_add(MARKUP).saturating_add(self.cites(&provenance.sources));
        provenance.note.iter().for_each(|note| self.prose(note));
    }

    fn sources(&mut self, sources: &[SourceRef]) {
        self.bytes = self.bytes.saturating_add(self.cites(sources));
    }

    fn prose(&mut self, prose: &Prose) {
        let parts = prose.doc.notable_parts().map(|part| match part {
            Part::Reference(reference) => self.reference(reference),
            Part::Citation(citation) => citation.items.iter().map(|item| self.source(&item.id)).sum(),
            _ => 0,
        });
        let bytes = parts.fold(prose.source.len() + MARKUP, usize::saturating_add);
        self.add(bytes, || prose.source.span.clone());
    }

    fn term(&mut self, id: &Id) {
        self.name(self.data.terms.get(id).map(|term| &term.name), self.link);
    }

    fn party(&mut self, id: &str) {
        self.name(self.data.parties.get(id).map(|party| &party.name), MARKUP);
    }

    fn event(&mut self, id: &Id) {
        self.name(self.data.events.get(id).map(|event| &event.title), self.link);
    }

    fn era(&mut self, id: &Id) {
        self.name(self.data.eras.get(id).map(|era| &era.label), MARKUP);
    }

    fn edition(&mut self, id: &str) {
        self.name(self.data.editions.get(id).map(|edition| &edition.label), MARKUP);
    }

    fn comparison(&mut self, id: &Id) {
        self.name(self.data.comparisons.get(id).map(|table| &table.title), self.link);
    }
}
