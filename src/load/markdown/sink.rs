//! Where the parts of a document are gathered.

use crate::base::escape;
use crate::model::doc::{At, Part, Piece};

/// Parts, and HTML that is not yet one.
pub struct Sink {
    /// The HTML and the text of all parts.
    written: String,
    /// Where the HTML begins that is not yet a part.
    begun: usize,
    parts: Vec<Part>,
    /// True if what was written last ends a line.
    line_ended: bool,
    /// What was being gathered, and whether its line had ended, when the footnotes that are being gathered began.
    outer: Vec<(Vec<Part>, bool)>,
}

impl Sink {
    /// An empty one for some `length` bytes of Markdown.
    pub fn new(length: usize) -> Self {
        Self {
            // Tags are longer than the signs that they are made from.
            written: String::with_capacity(length + length / 4),
            begun: 0,
            parts: Vec::with_capacity(length / 64),
            line_ended: true,
            outer: Vec::new(),
        }
    }

    /// Appends HTML.
    pub fn html(&mut self, html: &str) {
        self.written.push_str(html);
        if !html.is_empty() {
            self.line_ended = html.ends_with('\n');
        }
    }

    /// Appends HTML that starts on a line of its own.
    pub fn line(&mut self, html: &str) {
        if !self.line_ended {
            self.written.push('\n');
            self.line_ended = true;
        }
        self.html(html);
    }

    /// Appends text, escaped.
    pub fn text(&mut self, text: &str) {
        escape::text_into(&mut self.written, text);
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

    /// Appends text as a part of its own.
    pub fn linkable(&mut self, text: &str, at: At) {
        let piece = self.piece(text);
        self.part(Part::Text(piece, at));
    }

    /// Appends HTML as the author wrote it: a block of its own, or within a line.
    pub fn raw(&mut self, html: &str, block: bool, at: At) {
        if block {
            self.line("");
        }
        // As in text: what browsers would show for it.
        let piece = if html.contains('\0') { self.piece(&html.replace('\0', "\u{fffd}")) } else { self.piece(html) };
        self.part(Part::RawHtml(piece, block, at));
        self.line_ended = block;
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

    /// A footnote begins: what is written from now on is its content.
    pub fn begin_note(&mut self) {
        self.flush();
        self.outer.push((std::mem::take(&mut self.parts), std::mem::replace(&mut self.line_ended, true)));
    }

    /// The footnote that began last ends: its content.
    pub fn end_note(&mut self) -> Vec<Part> {
        self.flush();
        let (parts, line_ended) = self.outer.pop().unwrap_or_default();
        self.line_ended = line_ended;
        std::mem::replace(&mut self.parts, parts)
    }

    /// What was written, and the parts.
    pub fn finish(mut self) -> (Box<str>, Vec<Part>) {
        self.flush();
        (self.written.into_boxed_str(), self.parts)
    }

    /// True if nothing was written.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.begun == self.written.len()
    }

    /// What stands between parts becomes one.
    fn flush(&mut self) {
        if self.begun < self.written.len() {
            self.parts.push(Part::Html(Piece::new(self.begun..self.written.len())));
            self.begun = self.written.len();
        }
    }

    /// Writes what is no HTML between parts.
    fn piece(&mut self, text: &str) -> Piece {
        self.flush();
        self.written.push_str(text);
        let piece = Piece::new(self.begun..self.written.len());
        self.begun = self.written.len();
        piece
    }
}
