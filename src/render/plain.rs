//! Markdown as plain text: for comparing values, for descriptions and other places that take no markup.

use crate::model::Prose;
use crate::model::doc::{Part, ReferenceKind};
use crate::render::cx::Cx;

impl Cx<'_> {
    /// The text that a reader sees, without markup and citations, with white space brought to single spaces.
    pub fn plain(&self, prose: &Prose) -> String {
        let mut out = String::new();
        for part in &prose.doc.parts {
            match part {
                Part::Html(html) => text_of_html(&mut out, html),
                Part::Text(text, _) => out.push_str(text),
                Part::Reference(r) => match &r.text {
                    Some(text) => out.push_str(text),
                    None => out.push_str(&self.reference_text(r.kind, &r.id)),
                },
                Part::Code(code) => out.push_str(&code.text),
                Part::Image(image) => out.push_str(&image.alt),
                Part::RawHtml(raw, ..) if !self.site.settings.raw_html => out.push_str(raw),
                _ => {}
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Appends the text of finished HTML: tags dropped, the entities that escaping writes undone.
fn text_of_html(out: &mut String, html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (text, from) = rest.split_at(at);
        out.push_str(text);
        if from.starts_with('<') {
            // A block or a line break parts words; an inline tag does not.
            let end = from.find('>').map_or(from.len(), |n| n + 1);
            let (tag, after) = from.split_at(end);
            if ["<br", "<p", "</p", "<li", "</li", "<div", "</div"].iter().any(|t| tag.starts_with(t)) {
                out.push(' ');
            }
            rest = after;
        } else {
            const ENTITIES: [(&str, char); 6] =
                [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&#x27;", '\'')];
            match ENTITIES.iter().find_map(|(entity, c)| from.strip_prefix(entity).map(|after| (*c, after))) {
                Some((c, after)) => {
                    out.push(c);
                    rest = after;
                }
                None => {
                    out.push('&');
                    rest = from.strip_prefix('&').unwrap_or_default();
                }
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::text_of_html;

    #[test]
    fn html_becomes_text() {
        let text = |html: &str| {
            let mut out = String::new();
            text_of_html(&mut out, html);
            out
        };
        assert_eq!(text("a <em>b</em>&amp;c"), "a b&c");
        assert_eq!(text("x<br>y"), "x y");
        assert_eq!(text("R&D, 1 &lt; 2"), "R&D, 1 < 2");
        assert_eq!(text("open <em"), "open ");
    }
}
