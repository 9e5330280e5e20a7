//! Markdown as plain text: for comparing values, for descriptions and other places that take no markup.

use crate::model::Prose;
use crate::model::doc::{Reference, ReferenceKind};
use crate::render::cx::Cx;

impl Cx<'_> {
    /// The text that a reader sees, without markup and citations, on one line.
    pub fn plain(&self, prose: &Prose) -> String {
        let show = |r: &Reference| self.reference_shown(r);
        prose.doc.plain_text(self.site.settings.raw_html, show).replace('\n', " ")
    }

    /// What a wikilink reads as.
    pub fn reference_shown(&self, reference: &Reference) -> String {
        match &reference.text {
            Some(text) => text.to_string(),
            None => self.reference_text(reference.kind, &reference.id),
        }
    }

    /// What a wikilink without a text of its own reads as.
    fn reference_text(&self, kind: ReferenceKind, id: &str) -> String {
        let data = &self.explainer.data;
        let text = match kind {
            ReferenceKind::Term => data.terms.get(id).map(|t| &t.name),
            ReferenceKind::Fact => data.facts.get(id).map(|f| &f.value),
            ReferenceKind::Event => data.events.get(id).map(|e| &e.title),
            ReferenceKind::Section => self.explainer.sections.iter().find(|s| &*s.slug == id).map(|s| &s.title),
            ReferenceKind::Comparison => data.comparisons.get(id).map(|c| &c.title),
            ReferenceKind::Unknown => None,
        };
        text.map_or_else(|| id.to_owned(), |t| t.to_string())
    }
}
