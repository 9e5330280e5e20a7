//! Footnotes: each stands after the block that refers to it first, where styles may move it into a gutter.

use super::fill::Filler;

impl Filler<'_> {
    /// Ids made from text hold no `:`, so these can't be taken.
    fn note_id(&self, note: usize) -> String {
        format!("{}fn:{}", self.options.prefix, note + 1)
    }

    fn mark_id(&self, note: usize, mark: usize) -> String {
        match mark {
            0 => format!("{}fnref:{}", self.options.prefix, note + 1),
            mark => format!("{}fnref:{}:{}", self.options.prefix, note + 1, mark + 1),
        }
    }

    pub(super) fn footnote_mark(&mut self, note: usize, mark: usize) {
        let number = (note + 1).to_string();
        self.out.push_str("<sup class=\"footnote-mark\">");
        if self.options.bare {
            self.out.push_str(&number);
        } else {
            self.out.push_str("<a");
            self.here(&self.note_id(note));
            self.attribute("id", &self.mark_id(note, mark));
            self.out.push_str(" role=\"doc-noteref\"");
            let label = self.scope.message_with("footnote", "number", &number);
            self.attribute("aria-label", &label);
            self.out.push('>');
            self.out.push_str(&number);
            self.out.push_str("</a>");
        }
        self.out.push_str("</sup>");
    }

    /// A note at its place.
    pub(super) fn note(&mut self, n: usize) {
        let notes = self.notes;
        let Some(note) = notes.get(n) else { return };
        self.out.push_str("<aside class=\"side-note\"");
        let number = (n + 1).to_string();
        if !self.options.bare {
            self.attribute("id", &self.note_id(n));
            self.out.push_str(" role=\"doc-footnote\"");
            let label = self.scope.message_with("footnote", "number", &number);
            self.attribute("aria-label", &label);
        }
        self.out.push_str(">\n<sup class=\"side-number\" aria-hidden=\"true\">");
        self.out.push_str(&number);
        self.out.push_str("</sup>\n");
        self.parts(&note.parts);
        if !self.options.bare {
            self.back_links(n, note.marks);
        }
        self.out.push_str("</aside>\n");
    }

    /// The ways back to the marks, at the end of the note's last paragraph.
    fn back_links(&mut self, note: usize, marks: usize) {
        const END: &str = "</p>\n";
        let in_paragraph = self.out.ends_with(END);
        if in_paragraph {
            self.out.truncate(self.out.len() - END.len());
        } else {
            self.out.push_str("<p>");
        }
        for mark in 0..marks {
            if mark > 0 || in_paragraph {
                self.out.push(' ');
            }
            self.out.push_str("<a class=\"footnote-back\"");
            self.here(&self.mark_id(note, mark));
            self.out.push_str(" role=\"doc-backlink\"");
            let number = (mark + 1).to_string();
            let label = match marks {
                1 => self.scope.message("footnote-back"),
                _ => self.scope.message_with("footnote-back-nth", "number", &number),
            };
            self.attribute("aria-label", &label);
            self.out.push_str(">↩\u{fe0e}");
            if marks > 1 {
                self.out.push_str("<sup>");
                self.out.push_str(&number);
                self.out.push_str("</sup>");
            }
            self.out.push_str("</a>");
        }
        self.out.push_str(END);
    }
}
