//! Fields of records: what would be a paragraph, a heading or a list elsewhere is text here. `27. April 2026` is a
//! date, not the twenty-seventh item of a list.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::builder::Builder;
use super::run::Run;
use crate::model::doc::At;

/// What is known of the lines of a field.
#[derive(Default)]
pub struct Fields {
    /// Where marks of blocks (`#`, `-`, `27.`) that are not yet written start.
    marks: Option<usize>,
    /// Where they end, if known before their content is met.
    marks_end: Option<usize>,
    /// True if something was written.
    written: bool,
    /// True if what comes next starts on a line of its own.
    broken: bool,
}

impl<'a> Builder<'a> {
    /// Something within a line begins at `start`: breaks the line before it, and writes the marks before it.
    pub(super) fn open(&mut self, start: usize) {
        let Some(fields) = &mut self.fields else { return };
        if fields.broken {
            self.out.html("<br>\n");
        }
        let marks = fields.marks.take().map(|from| from..fields.marks_end.take().unwrap_or(start));
        fields.broken = false;
        fields.written = true;
        let Some(marks) = marks else { return };
        let typed = self.source.get(marks.clone()).unwrap_or_default();
        // A backslash right before belongs to what comes.
        let typed = if marks.end == start { typed.strip_suffix('\\').unwrap_or(typed) } else { typed };
        let typed = typed.trim();
        if !typed.is_empty() {
            self.out.text(typed);
            self.out.html(" ");
        }
    }

    pub(super) fn field_block(&mut self, tag: &Tag<'a>, range: &Range<usize>) {
        self.count("\n");
        self.field_break();
        if let Some(fields) = &mut self.fields {
            fields.marks.get_or_insert(range.start);
            fields.marks_end = matches!(tag, Tag::Paragraph).then_some(range.start);
        }
        match tag {
            Tag::CodeBlock(_) => {
                let (text, place) = self.code_text();
                self.open(place.map_or(range.end, |p| p.start));
                self.count(&text);
                self.out.html("<code>");
                self.out.text(text.trim_end());
                self.out.html("</code>");
                self.field_break();
            }
            Tag::HtmlBlock => {
                let (html, _) = self.code_text();
                self.open(range.start);
                self.out.raw(html.trim_end(), false, At::new(range.clone()));
                self.field_break();
            }
            _ => {}
        }
    }

    pub(super) fn field_block_end(&mut self, _: &TagEnd, range: &Range<usize>) {
        // Nothing but marks: `-` alone.
        let marks = self.fields.as_mut().and_then(|f| f.marks.take());
        if let Some(from) = marks {
            self.field_text(&(from..range.end));
        }
        self.field_break();
    }

    /// A stretch of the source as text on a line of its own.
    pub(super) fn field_text(&mut self, range: &Range<usize>) {
        self.field_break();
        let typed = self.source.get(range.clone()).unwrap_or_default();
        let from = range.start + (typed.len() - typed.trim_start().len());
        let range = from..from + typed.trim().len();
        if !range.is_empty() {
            let run = Run::verbatim(self.source, range.clone());
            self.run(&run, range.start);
            self.field_break();
        }
    }

    fn field_break(&mut self) {
        if let Some(fields) = &mut self.fields {
            fields.broken |= fields.written;
        }
    }
}
