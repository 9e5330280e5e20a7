//! Tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event};

use super::builder::Builder;
use crate::model::doc::{At, Part};

/// The table that is being written.
#[derive(Default)]
pub struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    empty_cell: bool,
}

impl Builder<'_> {
    pub(super) fn table(&mut self, alignments: &[Alignment], range: &Range<usize>) {
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        self.out.block(Part::TableStart(At::new(range.clone())));
    }

    pub(super) fn table_end(&mut self) {
        self.out.html("</tbody>\n");
        self.out.block(Part::TableEnd);
    }

    pub(super) fn table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.html("<thead>\n<tr>");
    }

    pub(super) fn table_head_end(&mut self) {
        self.table.in_head = false;
        self.out.html("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn table_row(&mut self) {
        self.table.column = 0;
        self.out.html("<tr>");
    }

    pub(super) fn table_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        // An empty cell heads nothing.
        self.table.empty_cell = matches!(self.events.get(self.next), Some((Event::End(_), _)));
        self.out.html(if self.table.in_head && !self.table.empty_cell { "<th scope=\"col\"" } else { "<td" });
        self.out.html(class);
        self.out.html(">");
    }

    pub(super) fn table_cell_end(&mut self) {
        let head = self.table.in_head && !self.table.empty_cell;
        self.out.html(if head { "</th>" } else { "</td>" });
        self.table.empty_cell = false;
        self.table.column += 1;
    }
}
