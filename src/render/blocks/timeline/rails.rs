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
    /// True if it goes on after the last entry.
    open: bool,
    tone: u8,
    pub(super) lane: u8,
}

/// The colour of the n-th era.
pub(super) fn tone(n: usize) -> u8 {
    u8::try_from(n % TONES).unwrap_or(0) + 1
}

/// The spans of all eras among `entries`, of which those from `now` on are in the future. An era covers its own entry
/// and those that follow before the day it ends: what happens on that day brings the end about.
pub(super) fn spans(entries: &[Entry<'_>], now: usize) -> Vec<Span> {
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
        let open = end.is_none();
        let lane = (0..LANES).find(|lane| spans.iter().all(|s| s.lane != *lane || s.last < first)).unwrap_or(LANES - 1);
        spans.push(Span { first, last, open, tone: tone(n), lane });
    }
    spans
}

/// The rails beside the entry at `at`.
pub(super) fn at(spans: &[Span], at: usize) -> Vec<Rail> {
    spans
        .iter()
        .filter(|s| (s.first..=s.last).contains(&at))
        .map(|s| {
            let edge = match (s.first == at, s.last == at) {
                (_, true) if s.open => "open",
                (true, true) => "only",
                (true, false) => "start",
                (false, true) => "end",
                (false, false) => "mid",
            };
            Rail { lane: s.lane, tone: s.tone, edge }
        })
        .collect()
}

/// The rails that run from before the entry at `at` into it.
pub(super) fn through(spans: &[Span], at: usize) -> Vec<Rail> {
    spans
        .iter()
        .filter(|s| s.first < at && at <= s.last)
        .map(|s| Rail { lane: s.lane, tone: s.tone, edge: "mid" })
        .collect()
}
