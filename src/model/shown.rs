//! Which images the pages of a site show, and which files they lead to.

use rayon::prelude::*;

use super::block::Block;
use super::doc::{Doc, Part};
use super::links::{self, LinkTarget};
use super::record::Prose;
use super::resolved::{Explainer, Shown, Site};
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

impl Site {
    /// What its pages show and lead to.
    pub fn shown(&self) -> &Shown {
        self.shown.get_or_init(|| Shown::new(self))
    }
}

impl Shown {
    /// Looks at all texts of a site.
    fn new(site: &Site) -> Self {
        let of_each = site.explainers.par_iter().map(|explainer| {
            let mut shown = Self::default();
            shown.explainer(site, explainer);
            shown
        });
        let mut shown = Self::default();
        for more in of_each.collect::<Vec<_>>() {
            for (file, place) in more.images {
                shown.images.entry(file).or_insert(place);
            }
            shown.wanted.extend(more.wanted);
            shown.names.push_str(&more.names);
        }
        for (_, text) in site.templates.texts.iter().chain(&site.static_files.theme) {
            shown.name(&text.text);
        }
        let settings = &site.settings;
        let logos = [settings.publisher.as_ref().and_then(|p| p.logo.as_ref()), settings.theme.logo.as_ref()];
        logos.into_iter().flatten().for_each(|logo| shown.name(logo));
        // Raw HTML, templates and styles name files in ways of their own: the name alone is enough.
        let named = shown.images.keys().filter(|file| shown.names.contains(file.name())).cloned().collect::<Vec<_>>();
        shown.wanted.extend(named);
        shown
    }

    fn name(&mut self, text: &str) {
        self.names.push_str(text);
        self.names.push('\n');
    }

    fn explainer(&mut self, site: &Site, explainer: &Explainer) {
        let mut names = String::new();
        let mut text = |section: Option<&Section>,
                        from: &SourcePath,
                        doc: &Doc,
                        at: &dyn Fn(super::doc::At) -> Span| {
            for part in doc.notable_parts() {
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
                    Part::RawHtml(html, ..) if site.settings.raw_html => {
                        names.push_str(html.of(&doc.written));
                        names.push('\n');
                    }
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
        let charts = explainer.texts().flat_map(|section| section.charts());
        let captions = charts.flat_map(|(_, chart)| chart.caption.iter().chain(&chart.provenance.note));
        for prose in standfirsts.chain(explainer.own.prose()).chain(notes).chain(captions) {
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
        explainer.own.sources.iter().filter_map(|source| source.url.as_ref()).for_each(|url| self.name(url));
        self.name(&names);
        for section in explainer.texts() {
            for block in section.blocks.iter().flatten() {
                match block {
                    Block::Component(_, options) => self.name(options),
                    Block::Chart(chart) => {
                        let folder = section.file.parent().unwrap_or_else(|| SourcePath::new(""));
                        self.wanted.extend(chart.file.as_ref().map(|file| folder.join(file)));
                    }
                    _ => {}
                }
            }
        }
    }
}
