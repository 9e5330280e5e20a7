//! Where the parts of a document are gathered.

use std::sync::Arc;

use crate::base::escape;
use crate::model::doc::Part;

/// Up to so many bytes a piece of HTML is short, and so many of these are looked through.
const SHORT: usize = 32;
const MOST_SHORT: usize = 12;

/// Parts, and HTML that is not yet one.
pub struct Sink {
    parts: Vec<Part>,
    html: String,
    /// Short pieces of HTML that were parts already: most are the same few, as `</p>` and `<p>` with a line between.
    short: Vec<Arc<str>>,
    /// True if what was written last ends a line.
    line_ended: bool,
}

impl Sink {
    /// An empty one.
    pub fn new() -> Self {
        Self { parts: Vec::new(), html: String::new(), short: Vec::new(), line_ended: true }
    }

    /// Appends HTML.
    pub fn html(&mut self, html: &str) {
        self.html.push_str(html);
        if !html.is_empty() {
            self.line_ended = html.ends_with('\n');
        }
    }

    /// Appends HTML that starts on a line of its own.
    pub fn line(&mut self, html: &str) {
        if !self.line_ended {
            self.html.push('\n');
            self.line_ended = true;
        }
        self.html(html);
    }

    /// Appends text, escaped.
    pub fn text(&mut self, text: &str) {
        escape::text_into(&mut self.html, text);
        if !text.is_empty() {
            self.line_ended = text.ends_with('\n');
        }
    }

    /// Appends a part that stands within a line.
    pub fn part(&mut self, part: Part) {
        self.flush();
        self.parts.push(part);
        self.line_ended = false;
    }

    /// Appends a part that begins and ends a line.
    pub fn block(&mut self, part: Part) {
        self.line("");
        self.part(part);
        self.line_ended = true;
    }

    /// Appends a part that begins a line.
    pub fn start_block(&mut self, part: Part) {
        self.line("");
        self.part(part);
    }

    /// Appends a part that ends a line.
    pub fn end_block(&mut self, part: Part) {
        self.part(part);
        self.line_ended = true;
    }

    /// The parts.
    pub fn finish(mut self) -> Vec<Part> {
        self.flush();
        self.parts
    }

    /// True if nothing was written.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.html.is_empty()
    }

    fn flush(&mut self) {
        if self.html.is_empty() {
            return;
        }
        let known = self.short.iter().find(|known| ***known == *self.html).cloned();
        let html = known.unwrap_or_else(|| {
            let html = Arc::from(self.html.as_str());
            if self.html.len() <= SHORT && self.short.len() < MOST_SHORT {
                self.short.push(Arc::clone(&html));
            }
            html
        });
        self.parts.push(Part::Html(html));
        self.html.clear();
    }
}
