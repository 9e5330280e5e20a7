//! What an author may want to know of a page while writing: its parts with their places, and what lacks a source.

use indexmap::IndexSet;

use super::pages::{self, PageKind};
use crate::base::Span;
use crate::model::date::Day;
use crate::model::doc::{Part, ReferenceKind};
use crate::model::walk::{self, Visitor};
use crate::model::*;

/// What the preview tells the author of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// True if the page shows a draft, or is part of one.
    pub draft: bool,
    /// Words of running text.
    pub words: usize,
    /// Minutes that a reader takes for them.
    pub minutes: usize,
    /// The texts on the page in reading order.
    pub parts: Vec<PagePart>,
    /// Facts, states and events on the page that name no source.
    pub unsourced: Vec<Unsourced>,
}

/// A text of its own on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePart {
    /// The id of its element on the page; empty for the page's own text.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub span: Span,
    /// Words of running text.
    pub words: usize,
    /// True for a draft.
    pub draft: bool,
}

/// A record on a page that names no source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsourced {
    /// `fact`, `state` or `event`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// Where it is written.
    pub span: Span,
}

/// What the author may want to know of the page at a site path (`terms/index.html`); `None` if no page is there.
pub fn about(site: &Site, path: &str) -> Option<About> {
    let mut above = site.above(path).into_iter().rev();
    let spec = above.find_map(|at| pages::of_explainer(site, at).find(|spec| spec.file(site) == path))?;
    let explainer = site.explainers.get(spec.explainer)?;
    let index = explainer.index.as_ref();
    let mut on_page = OnPage { explainer, shown: Shown::default(), about: About::default() };
    let draft = |index: Option<&Index>| index.is_some_and(|index| index.meta.draft);
    let chain = std::iter::successors(Some(explainer), |e| site.explainers.get(e.parent?));
    on_page.about.draft = chain.clone().any(|e| draft(e.index.as_ref()));
    match &spec.kind {
        PageKind::Explainer => {
            if let Some(index) = index {
                on_page.text(&index.body, "", &index.meta.title, site.today);
                on_page.shown.facts.extend(index.meta.key_facts.iter().map(|fact| fact.text.clone()));
            }
            if explainer.layout() == Layout::Scroll {
                for section in &explainer.sections {
                    on_page.text(section, &section.slug, &section.title, site.today);
                }
            }
        }
        PageKind::Section(slug) => {
            for section in explainer.sections.iter().filter(|section| section.slug == *slug) {
                on_page.about.draft |= section.draft;
                on_page.text(section, "", &section.title, site.today);
            }
        }
        PageKind::Terms => {
            for term in explainer.data.terms.values() {
                on_page.record(&term.head.id, &term.name, &term.head.span);
                on_page.shown.term(&term.head.id);
            }
        }
        PageKind::Timeline => {
            for event in explainer.data.events.values() {
                on_page.record(&event.head.id, &event.title, &event.head.span);
                on_page.shown.event(&event.head.id);
            }
        }
        PageKind::Comparison(id) => {
            if let Some(table) = explainer.data.comparisons.get(id) {
                on_page.record("", &table.title, &table.head.span);
                walk::comparison(table, &mut on_page.shown);
            }
        }
        PageKind::Sources => {
            for source in explainer.data.sources.values() {
                on_page.record(&format!("source-{}", source.head.id), &source.title, &source.head.span);
            }
        }
        PageKind::Hub | PageKind::Changes | PageKind::Embed(_) | PageKind::NotFound => {}
    }
    Some(on_page.close())
}

/// What is known of a page so far.
struct OnPage<'a> {
    explainer: &'a Explainer,
    shown: Shown,
    about: About,
}

impl OnPage<'_> {
    fn text(&mut self, section: &Section, id: &str, title: &str, today: Day) {
        self.about.parts.push(PagePart {
            id: id.to_owned(),
            title: title.to_owned(),
            span: Span::new(&section.file, section.offset as usize..section.offset as usize),
            words: section.body.words,
            draft: section.draft,
        });
        for part in section.body.notable_parts() {
            self.shown.part(part);
        }
        for block in section.blocks.iter().flatten() {
            walk::block_sources(&self.explainer.data, block, today, &mut self.shown);
        }
        let here = |sections: &Vec<std::sync::Arc<str>>| sections.contains(&section.slug);
        let terms = self.explainer.uses.term_sections.iter().filter(|(_, sections)| here(sections));
        self.shown.terms.extend(terms.map(|(id, _)| id.clone()));
    }

    fn record(&mut self, id: &str, title: &str, span: &Span) {
        let (id, title, span) = (id.to_owned(), title.to_owned(), span.clone());
        self.about.parts.push(PagePart { id, title, span, words: 0, draft: false });
    }

    fn close(mut self) -> About {
        let data = &self.explainer.data;
        let sourced = |provenance: &Provenance, text: Option<&Prose>| {
            sourced::is_sourced(provenance, text, |id| data.facts.get(id).map(|fact| &**fact))
        };
        let mut note = |kind, name: &str, span: &Span| {
            self.about.unsourced.push(Unsourced { kind, name: name.to_owned(), span: span.clone() });
        };
        for fact in self.shown.facts.iter().filter_map(|id| data.facts.get(id)) {
            if !sourced(&fact.provenance, None) {
                note("fact", fact.label.as_ref().unwrap_or(&fact.value), &fact.head.span);
            }
        }
        for term in self.shown.terms.iter().filter_map(|id| data.terms.get(id)) {
            for state in &term.states {
                if let Some(value) = state.value.as_ref().filter(|value| !sourced(&state.provenance, Some(value))) {
                    note("state", &format!("{}, {}", term.name, state.edition), &value.source.span);
                }
            }
        }
        for event in self.shown.events.iter().filter_map(|id| data.events.get(id)) {
            if !sourced(&event.provenance, event.body.as_ref()) {
                note("event", &event.title, &event.head.span);
            }
        }
        self.about.words = self.about.parts.iter().map(|part| part.words).sum();
        self.about.minutes = self.about.words.div_ceil(super::assemble::WORDS_A_MINUTE);
        self.about
    }
}

/// The records that a page shows.
#[derive(Default)]
struct Shown {
    facts: IndexSet<Id>,
    terms: IndexSet<Id>,
    events: IndexSet<Id>,
}

impl Shown {
    fn part(&mut self, part: &Part) {
        let Part::Reference(reference) = part else { return };
        match reference.kind {
            ReferenceKind::Fact => &mut self.facts,
            ReferenceKind::Event => &mut self.events,
            ReferenceKind::Term => &mut self.terms,
            ReferenceKind::Section | ReferenceKind::Comparison | ReferenceKind::Unknown => return,
        }
        .insert(reference.id.as_ref().into());
    }
}

impl Visitor for Shown {
    fn provenance(&mut self, provenance: &Provenance) {
        if let Some(note) = &provenance.note {
            self.prose(note);
        }
    }

    fn sources(&mut self, _: &[SourceRef]) {}

    fn prose(&mut self, prose: &Prose) {
        for part in prose.doc.notable_parts() {
            self.part(part);
        }
    }

    fn term(&mut self, id: &Id) {
        self.terms.insert(id.clone());
    }

    fn party(&mut self, _: &str) {}

    fn event(&mut self, id: &Id) {
        self.events.insert(id.clone());
    }

    fn era(&mut self, _: &Id) {}

    fn edition(&mut self, _: &str) {}

    fn comparison(&mut self, _: &Id) {}
}
