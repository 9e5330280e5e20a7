//! Eras as rails beside the entries they cover.

use super::{Entry, What};
use crate::model::date::Date;

/// How many rails are told apart by colour.
const TONES: usize = 6;
/// How many rails run side by side; further ones share the last lane.
const LANES: u8 = 4;

/// A piece of an era's rail, beside one entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Rail {
    /// The lane it runs in, from 0.
    pub lane: u8,
    /// Its colour, from 1.
    pub tone: u8,
    /// `start`, `mid`, `end`, `only` (both ends), or `open` (the end is not known or still to come).
    pub edge: &'static str,
}

/// The entries that an era covers.
pub(super) struct Span {
    first: usize,
    last: usize,
    end: End,
    tone: u8,
    pub(super) lane: u8,
}

/// How an era's rail ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// At its last entry.
    Entry,
    /// In the years without an entry that follow.
    Gap,
    /// At the heading of the next entry's year.
    Heading,
    /// It goes on.
    Open,
}

/// The colour of the n-th era.
pub(super) fn tone(n: usize) -> u8 {
    u8::try_from(n % TONES).unwrap_or(0) + 1
}

/// The spans of all eras among `entries`, of which those from `now` on are in the future. An era covers its own entry
/// and those that follow before the day it ends: what happens on that day brings the end about. `headed` says whether
/// years have headings, at which it may end.
pub(super) fn spans(entries: &[Entry<'_>], now: usize, headed: bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (first, entry) in entries.iter().enumerate() {
        let What::Era(n, era) = entry.what else { continue };
        let end = era.end.as_ref().and_then(Date::latest);
        let last = match end {
            Some(end) => entries.iter().rposition(|e| e.date.earliest().is_some_and(|day| day < end)),
            // It lasts: as far as is known, up to now.
            None => now.checked_sub(1).filter(|_| first < now).or(entries.len().checked_sub(1)),
        };
        let last = last.map_or(first, |last| last.max(first));
        let year = |at: usize| entries.get(at).and_then(|e| e.date.year());
        let end = match (end.map(|e| e.year), year(last), year(last + 1)) {
            (None, ..) => End::Open,
            (Some(end), Some(last), Some(next)) if headed && end > last && end == next => End::Heading,
            (Some(end), Some(last), Some(next)) if end > last && end <= next && next > last + 1 => End::Gap,
            _ => End::Entry,
        };
        let lane = (0..LANES).find(|lane| spans.iter().all(|s| s.lane != *lane || s.last < first)).unwrap_or(LANES - 1);
        spans.push(Span { first, last, end, tone: tone(n), lane });
    }
    spans
}

impl Span {
    /// How many entries after its own it covers, if its own is the one at `at`.
    pub(super) fn covers_from(&self, at: usize) -> Option<usize> {
        (self.first == at).then(|| self.last.saturating_sub(self.first))
    }

    fn rail(&self, edge: &'static str) -> Rail {
        Rail { lane: self.lane, tone: self.tone, edge }
    }
}

/// The rails beside the entry at `at`.
pub(super) fn at(spans: &[Span], at: usize) -> Vec<Rail> {
    spans
        .iter()
        .filter(|s| (s.first..=s.last).contains(&at))
        .map(|s| {
            s.rail(match (s.first == at, s.last == at, s.end) {
                (_, true, End::Open) => "open",
                (true, true, End::Entry) => "only",
                (true, ..) => "start",
                (false, true, End::Entry) => "end",
                _ => "mid",
            })
        })
        .collect()
}

/// The rails in the gap of years before the entry at `at`.
pub(super) fn in_gap(spans: &[Span], at: usize) -> Vec<Rail> {
    let through = |s: &Span| s.first < at && (at <= s.last || (at == s.last + 1 && s.end == End::Heading));
    spans
        .iter()
        .filter_map(|s| {
            let ends = at == s.last + 1 && s.end == End::Gap;
            if ends { Some(s.rail("end")) } else { through(s).then(|| s.rail("mid")) }
        })
        .collect()
}

/// The rails beside the heading of a year whose first entry is the one at `at`.
pub(super) fn at_heading(spans: &[Span], at: usize) -> Vec<Rail> {
    spans
        .iter()
        .filter_map(|s| {
            let ends = at == s.last + 1 && s.end == End::Heading;
            if ends { Some(s.rail("end")) } else { (s.first < at && at <= s.last).then(|| s.rail("mid")) }
        })
        .collect()
}
