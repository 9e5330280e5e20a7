//! Entries by year, and the years without one.

use std::ops::Range;

use super::Entry;
use crate::model::date::{Date, Point};
use crate::render::cx::{Arg, Cx};

/// A year, decade or century as a heading names it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Year {
    year: i32,
    open_digits: u8,
}

impl Year {
    fn of(date: &Date) -> Self {
        let point = date.start().or(date.end());
        Self { year: point.map_or(0, |p| p.year), open_digits: point.map_or(0, |p| p.open_digits) }
    }

    pub(super) fn date(self) -> Date {
        Date::Point(Point { open_digits: self.open_digits, ..Point::of_year(self.year) })
    }

    /// The last year it covers.
    fn last(self) -> i32 {
        self.year.saturating_add(match self.open_digits {
            0 => 0,
            1 => 9,
            _ => 99,
        })
    }
}

/// Neighbouring entries of one year.
pub(super) struct YearSpan {
    pub(super) year: Year,
    pub(super) range: Range<usize>,
}

/// The entries in `range` by year.
pub(super) fn years(entries: &[Entry<'_>], range: Range<usize>) -> Vec<YearSpan> {
    let mut out: Vec<YearSpan> = Vec::new();
    for (at, entry) in entries.iter().enumerate().take(range.end).skip(range.start) {
        let year = Year::of(entry.date);
        match out.last_mut() {
            Some(span) if span.year == year => span.range.end = at + 1,
            _ => out.push(YearSpan { year, range: at..at + 1 }),
        }
    }
    out
}

/// The years without an entry between two, in words.
pub(super) fn gap(cx: &Cx<'_>, before: Year, after: Year) -> Option<String> {
    let (from, to) = (before.last().saturating_add(1), after.year.saturating_sub(1));
    if from > to {
        return None;
    }
    let name = |year: i32| cx.date(&Date::Point(Point::of_year(year))).text;
    Some(if from == to {
        cx.t("timeline-gap-year", &[("year", Arg::Text(&name(from)))])
    } else {
        cx.t("timeline-gap-years", &[("from", Arg::Text(&name(from))), ("to", Arg::Text(&name(to)))])
    })
}
