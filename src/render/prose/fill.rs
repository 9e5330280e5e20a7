//! The walk over the parts of a document.

use std::collections::HashSet;
use std::sync::Arc;

use super::marks::Group;
use super::{FillOptions, Filled, Scope};
use crate::base::{escape, url};
use crate::model::Id;
use crate::model::doc::*;
use crate::model::names::Names;
use crate::render::highlight::highlight;

/// The walk, and what it has written.
pub struct Filler<'a> {
    pub(super) options: &'a FillOptions,
    pub(super) scope: &'a dyn Scope,
    pub(super) out: String,
    pub(super) filled: Filled,
    /// Terms that were linked already: later names stay text.
    pub(super) linked: HashSet<Id>,
    names: Option<Arc<Names>>,
    /// The id and the text of the heading that is open.
    heading: Option<(String, String)>,
    /// True if the link that is open is written as one.
    link: bool,
    /// The group of citations that was written last.
    pub(super) group: Option<Group>,
    /// What the document has written.
    pub(super) written: &'a str,
    /// The footnotes of the text.
    pub(super) notes: &'a [Footnote],
    blocks: usize,
    pub(super) images: usize,
}

impl<'a> Filler<'a> {
    /// A walk that has not begun.
    pub fn new(options: &'a FillOptions, scope: &'a dyn Scope) -> Self {
        Self {
            options,
            scope,
            out: String::new(),
            filled: Filled::default(),
            linked: HashSet::new(),
            names: scope.names().filter(|names| !names.names.is_empty()),
            heading: None,
            link: false,
            group: None,
            written: "",
            notes: &[],
            blocks: 0,
            images: 0,
        }
    }

    /// Walks.
    pub fn fill(mut self, doc: &'a Doc) -> Filled {
        let known = doc.notable_parts().map(|part| if let Part::Code(code) = part { code.text.len() } else { 32 });
        self.out.reserve(doc.written.len() + 8 * doc.parts.len() + known.sum::<usize>());
        self.written = &doc.written;
        self.notes = &doc.footnotes;
        self.parts(&doc.parts);
        if self.options.hand_over {
            self.hand_over();
        }
        self.filled.html = self.out;
        self.filled
    }

    pub(super) fn parts(&mut self, parts: &[Part]) {
        for (at, part) in parts.iter().enumerate() {
            match part {
                Part::Reference(reference) => {
                    self.reference(reference, parts.get(at + 1..).unwrap_or_default());
                }
                Part::HeadingStart(heading) => {
                    let rest = parts.get(at + 1..).unwrap_or_default();
                    let end = rest.iter().position(|part| matches!(part, Part::HeadingEnd(_)));
                    self.heading(heading, rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
                }
                part => self.part(part),
            }
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Html(html) => self.out.push_str(html.of(self.written)),
            Part::Text(text, _) => self.linked_text(text.of(self.written)),
            Part::Reference(reference) => self.reference(reference, &[]),
            Part::Citation(citation) => self.citation(citation),
            Part::Block(_) => {
                if let Some(html) = self.scope.block(self.blocks) {
                    self.out.push_str(&html);
                    self.out.push('\n');
                }
                self.blocks += 1;
            }
            Part::HeadingStart(heading) => self.heading(heading, &[]),
            Part::HeadingEnd(level) => self.heading_end(*level),
            Part::LinkStart(link) => self.link(link),
            Part::LinkEnd => {
                if std::mem::take(&mut self.link) {
                    self.out.push_str("</a>");
                }
            }
            Part::Image(image) => self.image(image),
            Part::Code(code) => self.code(code),
            Part::FootnoteMark(note, mark) => self.footnote_mark(*note, *mark),
            Part::Note(note) => self.note(*note),
            Part::RawHtml(html, block, _) => self.raw_html(html.of(self.written), *block),
            Part::AlertStart(alert) => self.alert(*alert),
            Part::AlertEnd => self.out.push_str("</aside>\n"),
            Part::TableStart(_) if self.options.bare => self.out.push_str("<table>\n"),
            Part::TableStart(_) => {
                self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"");
                let label = self.scope.message("table");
                self.attribute("aria-label", &label);
                self.out.push_str(">\n<table>\n");
            }
            Part::TableEnd if self.options.bare => self.out.push_str("</table>\n"),
            Part::TableEnd => self.out.push_str("</table>\n</div>\n"),
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        escape::text_into(&mut self.out, text);
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::html_into(&mut self.out, value);
        self.out.push('"');
    }

    /// An attribute that holds an address.
    pub(super) fn address(&mut self, name: &str, href: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        // Writing to a string does not fail.
        let _ = pulldown_cmark_escape::escape_href(&mut self.out, href);
        self.out.push('"');
    }

    /// An attribute that holds the address of an id on this page.
    pub(super) fn here(&mut self, id: &str) {
        self.out.push_str(" href=\"#");
        escape::html_into(&mut self.out, &escape::url_segment(id));
        self.out.push('"');
    }

    /// Text in which the first use of a name becomes a link.
    fn linked_text(&mut self, text: &str) {
        let Some(names) = self.names.clone() else { return self.text(text) };
        let mut done = 0;
        for (place, id) in names.find(text) {
            if self.linked.contains(&id) {
                continue;
            }
            let Some(term) = self.scope.term(&id) else { continue };
            let (Some(before), Some(name)) = (text.get(done..place.start), text.get(place.clone())) else { continue };
            self.text(before);
            self.term(&id, &term, name);
            done = place.end;
        }
        self.text(text.get(done..).unwrap_or_default());
    }

    /// The level of a heading of the text on the page, 1 to 6.
    fn level(&self, level: u8) -> i16 {
        (i16::from(level) + i16::from(self.options.heading_shift)).clamp(1, 6)
    }

    fn digit(&mut self, number: i16) {
        self.out.extend(u32::try_from(number).ok().and_then(|number| char::from_digit(number, 10)));
    }

    fn heading(&mut self, heading: &Heading, content: &[Part]) {
        let level = self.level(heading.level);
        self.out.push_str("<h");
        self.digit(level);
        if !self.options.bare {
            let prefix = if heading.explicit { "" } else { &self.options.prefix };
            let id = [prefix, &heading.id].concat();
            self.attribute("id", &id);
            let text = plain_text(self.written, content, self.options.raw_html, |reference| self.shown(reference));
            self.heading = Some((id, text));
        }
        if !heading.classes.is_empty() {
            self.attribute("class", &heading.classes.join(" "));
        }
        self.out.push('>');
    }

    fn heading_end(&mut self, level: u8) {
        if let Some((id, text)) = self.heading.take() {
            self.out.push_str(" <a class=\"anchor\"");
            self.here(&id);
            let label = self.scope.message_with("permalink-to", "title", &text);
            self.attribute("aria-label", &label);
            self.out.push_str(">#</a>");
        }
        let level = self.level(level);
        self.out.push_str("</h");
        self.digit(level);
        self.out.push_str(">\n");
    }

    fn link(&mut self, link: &Link) {
        let href = self.scope.link(&link.href).filter(|href| !url::unsafe_scheme(href));
        let Some(href) = href else { return };
        self.link = true;
        self.out.push_str("<a");
        self.address("href", &href);
        if !link.title.is_empty() {
            self.attribute("title", &link.title);
        }
        if !self.options.bare && url::leaves_site(&href) && !href.starts_with("mailto:") && !href.starts_with("tel:") {
            self.out.push_str(" rel=\"noopener\"");
        }
        self.out.push('>');
    }

    fn code(&mut self, code: &Code) {
        // A block that is wider than the page scrolls, with the keyboard too.
        self.out.push_str(if self.options.bare { "<pre><code" } else { "<pre class=\"code\" tabindex=\"0\"><code" });
        if !code.language.is_empty() {
            self.attribute("class", &format!("language-{}", code.language));
        }
        self.out.push('>');
        match if self.options.bare || self.options.plain_code { None } else { highlight(&code.language, &code.text) } {
            Some(html) => self.out.push_str(&html),
            None => self.text(&code.text),
        }
        self.out.push_str("</code></pre>\n");
    }

    fn raw_html(&mut self, html: &str, block: bool) {
        if self.options.raw_html {
            self.out.push_str(html);
            return;
        }
        if is_comment(html) {
            return;
        }
        match block {
            true => {
                self.out.push_str("<p>");
                self.text(html.trim());
                self.out.push_str("</p>\n");
            }
            false => self.text(html),
        }
    }

    fn alert(&mut self, alert: Alert) {
        let (class, key) = match alert {
            Alert::Note => ("alert-note", "alert-note"),
            Alert::Tip => ("alert-tip", "alert-tip"),
            Alert::Important => ("alert-important", "alert-important"),
            Alert::Warning => ("alert-warning", "alert-warning"),
            Alert::Caution => ("alert-caution", "alert-caution"),
        };
        self.out.push_str(&format!("<aside class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\">"));
        let title = self.scope.message(key);
        self.text(&title);
        self.out.push_str("</p>\n");
    }
}
