//! Which images the pages of a site show, and which files they lead to.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::doc::{Doc, Part};
use super::links::{self, LinkTarget};
use super::record::Prose;
use super::resolved::{Explainer, Site};
use super::site::{Records, Section};
use crate::base::{SourcePath, Span};

impl Records {
    /// The Markdown of records, without the notes of facts.
    pub fn prose(&self) -> Vec<&Prose> {
        let mut out: Vec<&Prose> = Vec::new();
        out.extend(self.editions.iter().filter_map(|r| r.provenance.note.as_ref()));
        for term in &self.terms {
            out.extend(term.definition.iter().chain(&term.provenance.note));
            for state in &term.states {
                out.extend(state.value.iter().chain(&state.provenance.note));
                out.extend(state.effects.iter().filter_map(|effect| effect.provenance.note.as_ref()));
            }
        }
        out.extend(self.parties.iter().filter_map(|r| r.provenance.note.as_ref()));
        out.extend(self.events.iter().flat_map(|r| r.body.iter().chain(&r.provenance.note)));
        out.extend(self.eras.iter().filter_map(|r| r.provenance.note.as_ref()));
        out.extend(self.sources.iter().filter_map(|r| r.note.as_ref()));
        for comparison in &self.comparisons {
            out.extend(comparison.caption.iter().chain(&comparison.provenance.note));
            out.extend(comparison.columns.iter().filter_map(|column| column.note.as_ref()));
            for row in &comparison.rows {
                out.extend(&row.note);
                out.extend(row.cells.values().flat_map(|cell| cell.value.iter().chain(&cell.provenance.note)));
            }
        }
        out.extend(self.changes.iter().map(|r| &r.note));
        out
    }
}

/// What pages show and lead to.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Images on pages, each with the place that names it first.
    pub images: BTreeMap<SourcePath, Span>,
    /// Files that are wanted as they are: links lead to them, or what isn't Markdown may name them.
    pub wanted: BTreeSet<SourcePath>,
}

impl Shown {
    /// Looks at all texts of a site.
    pub fn new(site: &Site) -> Self {
        let of_each = site.explainers.par_iter().map(|explainer| {
            let (mut shown, mut names) = (Self::default(), String::new());
            shown.explainer(site, explainer, &mut names);
            (shown, names)
        });
        let mut shown = Self::default();
        let mut names = String::new();
        for (more, named) in of_each.collect::<Vec<_>>() {
            for (file, place) in more.images {
                shown.images.entry(file).or_insert(place);
            }
            shown.wanted.extend(more.wanted);
            names.push_str(&named);
        }
        for (_, text) in site.templates.texts.iter().chain(&site.static_files.theme) {
            names.push_str(&text.text);
        }
        let settings = &site.settings;
        let logos = [settings.publisher.as_ref().and_then(|p| p.logo.as_ref()), settings.theme.logo.as_ref()];
        names.extend(logos.into_iter().flatten().map(|logo| logo.to_string()));
        // Raw HTML, templates and styles name files in ways of their own: the name alone is enough.
        let named = shown.images.keys().filter(|file| names.contains(file.name())).cloned().collect::<Vec<_>>();
        shown.wanted.extend(named);
        shown
    }

    fn explainer(&mut self, site: &Site, explainer: &Explainer, names: &mut String) {
        let mut text = |section: Option<&Section>,
                        from: &SourcePath,
                        doc: &Doc,
                        at: &dyn Fn(super::doc::At) -> Span| {
            for part in doc.all_parts() {
                match part {
                    Part::Image(image) => {
                        if let LinkTarget::File(_, file) = links::resolve(site, explainer, section, from, &image.src) {
                            self.images.entry(file).or_insert_with(|| at(image.at));
                        }
                    }
                    Part::LinkStart(link) => {
                        if let LinkTarget::File(_, file) = links::resolve(site, explainer, section, from, &link.href) {
                            self.wanted.insert(file);
                        }
                    }
                    Part::RawHtml(html, ..) if site.settings.raw_html => names.push_str(html),
                    _ => {}
                }
            }
        };
        for section in explainer.texts() {
            text(Some(section), &section.file, &section.body, &|at| section.locate(at));
        }
        let standfirsts = explainer.index.iter().filter_map(|index| index.meta.standfirst.as_ref());
        let standfirsts = standfirsts.chain(explainer.texts().filter_map(|section| section.standfirst.as_ref()));
        let notes = explainer.own.facts.iter().filter_map(|fact| fact.provenance.note.as_ref());
        for prose in standfirsts.chain(explainer.own.prose()).chain(notes) {
            text(None, &prose.source.span.file, &prose.doc, &|at| prose.source.locate(at.range()));
        }
        let events = explainer.own.events.iter().filter_map(|event| event.image.as_ref());
        let leading = explainer.index.iter().filter_map(|index| index.meta.image.as_ref());
        for picture in events.chain(leading) {
            let src = &picture.src;
            if let LinkTarget::File(_, file) = links::resolve(site, explainer, None, &src.span.file, src) {
                self.images.entry(file).or_insert_with(|| src.span.clone());
            }
        }
        // The addresses of sources may be files of the site.
        for source in &explainer.own.sources {
            names.extend(source.url.as_ref().map(|url| url.to_string()));
        }
    }
}
