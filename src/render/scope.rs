//! What the holes of a document are filled with on the pages of one explainer.

use std::cell::RefCell;
use std::sync::Arc;

use comemo::{Track, Tracked};

use super::cx::{Arg, CiteView, Cx, Html, ProvenanceView, Seen};
use super::images::ImageFile;
use super::prose::{CiteLink, FactLink, FillOptions, Filled, Scope, Target, TermLink, fill};
use crate::base::{SourcePath, escape};
use crate::model::doc::{Doc, ReferenceKind};
use crate::model::language::runs_left;
use crate::model::links::{self, LinkTarget};
use crate::model::names::Names;
use crate::model::{Id, Prose, Provenance, Section, SourceRef, Status};

/// The scope of a section's text, or of a record's.
pub struct TextScope<'a> {
    /// The page's context.
    pub cx: &'a Cx<'a>,
    /// The section whose text it is; `None` for a record's.
    pub section: Option<&'a Section>,
    /// The file that links are relative to.
    pub from: &'a SourcePath,
    /// The finished blocks of the text.
    pub blocks: &'a [String],
    /// The names of terms that link by themselves, if any do here.
    pub names: Option<Arc<Names>>,
}

impl Scope for TextScope<'_> {
    fn term(&self, id: &str) -> Option<TermLink> {
        let term = self.cx.explainer.data.terms.get(id)?;
        Some(TermLink {
            name: term.name.text.clone(),
            href: self.cx.href(&format!("terms/#{id}")),
            popover: popover_id(id),
        })
    }

    fn fact(&self, id: &str) -> Option<FactLink> {
        let fact = self.cx.explainer.data.facts.get(id)?;
        Some(FactLink {
            value: fact.value.text.clone(),
            cites: fact.provenance.sources.iter().map(|s| (s.id.text.clone(), s.locator.clone())).collect(),
            status: self.cx.status_label(fact.provenance.status),
            status_name: fact.provenance.status.name(),
        })
    }

    fn target(&self, kind: ReferenceKind, id: &str) -> Option<Target> {
        let explainer = self.cx.explainer;
        match kind {
            ReferenceKind::Event => {
                let event = explainer.data.events.get(id)?;
                Some(Target { href: self.cx.href(&format!("timeline/#{id}")), title: event.title.text.clone() })
            }
            ReferenceKind::Comparison => {
                let table = explainer.data.comparisons.get(id)?;
                Some(Target { href: self.cx.href(&format!("compare/{id}/")), title: table.title.text.clone() })
            }
            ReferenceKind::Section => {
                let section = explainer.sections.iter().find(|s| *s.slug == *id)?;
                let (page, anchor) = explainer.section_address(id);
                let anchor = anchor.map(|a| format!("#{a}")).unwrap_or_default();
                Some(Target { href: self.cx.site_href(&format!("{page}{anchor}")), title: section.title.text.clone() })
            }
            ReferenceKind::Term | ReferenceKind::Fact | ReferenceKind::Unknown => None,
        }
    }

    fn citation(&self, id: &str, locator: &str) -> Option<CiteLink> {
        let cite = self.cx.cite(id, Some(locator).filter(|l| !l.is_empty()))?;
        Some(CiteLink { number: cite.number, href: cite.href, label: cite.label })
    }

    fn link(&self, href: &str) -> Option<String> {
        match links::resolve(self.cx.site, self.cx.explainer, self.section, self.from, href) {
            LinkTarget::External => Some(href.to_owned()),
            LinkTarget::Unsafe => None,
            LinkTarget::Here(id) => Some(format!("#{id}")),
            LinkTarget::Page(path, id) => {
                let id = id.map(|id| format!("#{id}")).unwrap_or_default();
                Some(self.cx.site_href(&format!("{path}{id}")))
            }
            LinkTarget::File(path, _) | LinkTarget::Unknown(path) => Some(self.cx.site_href(&path)),
        }
    }

    fn image(&self, src: &str) -> Option<ImageFile> {
        match links::resolve(self.cx.site, self.cx.explainer, self.section, self.from, src) {
            LinkTarget::File(path, source) => Some(self.cx.image_file(&path, &source)),
            _ => None,
        }
    }

    fn block(&self, index: usize) -> Option<String> {
        self.blocks.get(index).cloned()
    }

    fn names(&self) -> Option<Arc<Names>> {
        self.names.clone()
    }

    fn message(&self, key: &str) -> String {
        self.cx.t(key, &[])
    }

    fn message_with(&self, key: &str, variable: &str, value: &str) -> String {
        self.cx.t(key, &[(variable, Arg::Text(value))])
    }
}

/// The id of a term's popover on a page.
pub fn popover_id(term: &str) -> String {
    format!("term-{term}")
}

/// `fill`, remembered: the same text in a scope that gives the same answers is not filled again.
#[comemo::memoize(enabled = _remember)]
fn fill_again(doc: &Arc<Doc>, options: &FillOptions, scope: Tracked<dyn Scope + '_>, _remember: bool) -> Arc<Filled> {
    Arc::new(fill(doc, options, &*scope))
}

impl<'a> Cx<'a> {
    /// A context for a part of the page, with its own count of what it shows.
    pub fn part(&self, prefix: &str) -> Cx<'a> {
        Cx {
            site: self.site,
            explainer: self.explainer,
            today: self.today,
            catalogue: self.catalogue,
            prefix: format!("{}{prefix}", self.prefix),
            remember: self.remember,
            tells: self.tells,
            seen: RefCell::default(),
        }
    }

    /// What has been shown so far.
    pub fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// Takes up what a part of the page showed.
    pub fn add(&self, terms: &[Id], cites: &[(Id, String)]) {
        let mut seen = self.seen.borrow_mut();
        for id in terms {
            if !seen.terms.contains(id) {
                seen.terms.push(id.clone());
            }
        }
        seen.cites.extend_from_slice(cites);
    }

    /// Takes up what a context for a part of the page has shown.
    pub fn take(&self, part: &Cx<'_>) {
        let seen = part.seen.take();
        self.add(&seen.terms, &seen.cites);
    }

    /// A section's text, its blocks finished.
    pub fn section(
        &self,
        section: &Section,
        blocks: &[String],
        options: &FillOptions,
        names: Option<Arc<Names>>,
    ) -> Html {
        let scope = TextScope { cx: self, section: Some(section), from: &section.file, blocks, names };
        let scope: &dyn Scope = &scope;
        let filled = fill_again(&section.body, options, scope.track(), self.remember);
        self.add(&filled.terms, &filled.cites);
        Html(Arc::try_unwrap(filled).map_or_else(|kept| kept.html.clone(), |filled| filled.html))
    }

    /// Inline Markdown of a record, as HTML (no paragraph around it).
    pub fn inline(&self, prose: &Prose) -> Html {
        let filled = self.fill(prose, &[], (false, None));
        self.marked(prose, "span", filled.html)
    }

    /// Finished HTML of a record, in an element that says its language if that isn't the page's.
    fn marked(&self, prose: &Prose, element: &str, html: String) -> Html {
        Html(match self.original_language().filter(|_| prose.foreign && !html.is_empty()) {
            Some(language) => {
                let direction = match (runs_left(&language), self.catalogue.direction()) {
                    (true, "ltr") => " dir=\"rtl\"",
                    (false, "rtl") => " dir=\"ltr\"",
                    _ => "",
                };
                format!("<{element} lang=\"{}\"{direction}>{html}</{element}>", escape::html(&language))
            }
            None => html,
        })
    }

    /// Inline Markdown of a record that ends with where it comes from. Citations that the text ends with stand in the
    /// same brackets, unless something else is said between them.
    pub fn stated(&self, prose: Option<&Prose>, provenance: &Provenance) -> (Option<Html>, ProvenanceView) {
        let Some(prose) = prose else { return (None, self.provenance(provenance)) };
        let meets = provenance.status == Status::Confirmed && provenance.as_of.is_none();
        let hand_over = meets && !provenance.sources.is_empty();
        let filled = self.fill(prose, &provenance.sources, (hand_over, Some(provenance.status.name())));
        (Some(self.marked(prose, "span", filled.html)), self.provenance_after(provenance, &filled.handed))
    }

    /// Block Markdown of a record, as HTML.
    pub fn block(&self, prose: &Prose) -> Html {
        self.prose(prose, &[])
    }

    /// Block Markdown of a record whose sources are shown right after it.
    pub fn block_before(&self, prose: &Prose, sources: &[SourceRef]) -> Html {
        self.prose(prose, sources)
    }

    fn prose(&self, prose: &Prose, sources: &[SourceRef]) -> Html {
        let filled = self.fill(prose, sources, (false, None));
        self.marked(prose, "div", filled.html)
    }

    fn fill(
        &self,
        prose: &Prose,
        sources: &[SourceRef],
        (hand_over, told_status): (bool, Option<&'static str>),
    ) -> Filled {
        let options = FillOptions {
            prefix: self.next_prefix(),
            heading_shift: 3,
            raw_html: self.site.settings.raw_html,
            plain_code: !self.site.settings.highlight,
            cited: sources.iter().map(|s| s.id.text.clone()).collect(),
            hand_over,
            told_status,
            ..FillOptions::default()
        };
        let scope = TextScope { cx: self, section: None, from: &prose.source.span.file, blocks: &[], names: None };
        let filled = fill(&prose.doc, &options, &scope);
        self.add(&filled.terms, &filled.cites);
        filled
    }

    /// A prefix for ids that no other text on this page has.
    fn next_prefix(&self) -> String {
        let mut seen = self.seen.borrow_mut();
        seen.texts += 1;
        format!("{}r{}-", self.prefix, seen.texts)
    }

    /// The word for a status in the page's language; `None` if confirmed.
    pub fn status_label(&self, status: Status) -> Option<String> {
        (status != Status::Confirmed).then(|| self.t(&format!("status-{}", status.name()), &[]))
    }

    /// The citation of a source, without a mark. Its label begins with what is shown, so that what is read out and
    /// what is said to follow a link agree.
    fn cite(&self, id: &str, locator: Option<&str>) -> Option<CiteView> {
        let source = self.explainer.data.sources.get(id)?;
        let number = *self.explainer.numbers.get(id)?;
        let who = source.publisher.as_ref().or(source.authors.first()).unwrap_or(&source.title);
        let about = match &source.date {
            Some(date) => format!("{who}, {}", self.date(date).text),
            None => who.to_string(),
        };
        let shown = locator.map_or_else(|| number.to_string(), |locator| format!("{number}, {locator}"));
        let label = self.t_again("source-label", &[("number", Arg::Text(&shown)), ("label", Arg::Text(&about))]);
        Some(CiteView {
            number,
            id: id.to_owned(),
            href: format!("#source-{id}"),
            label,
            locator: locator.map(str::to_owned),
            mark: String::new(),
        })
    }

    /// The citations of a list of sources, each with a mark of its own on this page.
    pub fn cites(&self, sources: &[SourceRef]) -> Vec<CiteView> {
        self.cites_after(sources, &[])
    }

    fn cites_after(&self, sources: &[SourceRef], handed: &[(Id, Option<Arc<str>>)]) -> Vec<CiteView> {
        if sources.is_empty() {
            return Vec::new();
        }
        let prefix = self.next_prefix();
        let own = sources.iter().map(|s| (&s.id.text, s.locator.as_deref()));
        let handed = handed.iter().map(|(id, locator)| (id, locator.as_deref()));
        let handed = handed.filter(|more| !own.clone().any(|own| own == *more));
        let cites = own.clone().chain(handed).filter_map(|(id, locator)| self.cite(id, locator));
        let mut cites: Vec<CiteView> = cites.collect();
        cites.sort_by_key(|cite| cite.number);
        let cites: Vec<CiteView> = cites
            .into_iter()
            .zip(1..)
            .map(|(cite, n): (_, usize)| CiteView { mark: format!("{prefix}cite-{n}"), ..cite })
            .collect();
        let marks: Vec<_> = cites.iter().map(|c| (c.id.as_str().into(), c.mark.clone())).collect();
        self.add(&[], &marks);
        cites
    }

    /// Where a statement comes from.
    pub fn provenance(&self, provenance: &Provenance) -> ProvenanceView {
        self.provenance_after(provenance, &[])
    }

    fn provenance_after(&self, provenance: &Provenance, handed: &[(Id, Option<Arc<str>>)]) -> ProvenanceView {
        ProvenanceView {
            status: provenance.status.name(),
            status_label: self.status_label(provenance.status),
            as_of: provenance.as_of.as_ref().map(|d| self.date(d)),
            note_html: provenance.note.as_ref().map(|n| self.inline(n)),
            cites: self.cites_after(&provenance.sources, handed),
        }
    }

    /// The address of a site path, with the base path; each part percent-encoded.
    pub fn site_href(&self, path: &str) -> String {
        let (path, fragment) = path.split_once('#').map_or((path, None), |(p, f)| (p, Some(f)));
        let base = &*self.site.settings.base_path;
        let mut out = String::with_capacity(base.len() + path.len() + fragment.map_or(0, |f| f.len() + 1) + 8);
        out.push_str(base);
        escape::url_path_into(&mut out, path);
        if let Some(fragment) = fragment {
            out.push('#');
            escape::url_segment_into(&mut out, fragment);
        }
        out
    }
}
