//! The strip above a timeline: all of it at a glance, to scale, and a way to each part of it.
//!
//! What lies along it is in percent of its width, what lies across it in pixels, so that marks and text keep their
//! size at any width.

use super::marks::{self, MarkView};
use super::scale::{Scale, Step};
use super::{Entry, What, rails};
use crate::model::date::{Date, Day, End, Precision};
use crate::model::{Era, Importance};
use crate::render::cx::{Arg, Cx};

/// From so many entries on there is a strip.
const FROM: usize = 4;
/// How wide the strip is on the narrowest phone; all that is on it must fit there.
pub(super) const NARROW: f64 = 288.0;
/// How many labels its axis has at most.
const LABELS: usize = 7;
/// How high the lane of an era is: its name, and the band below.
const LANE: u32 = 24;
/// How many lanes there are; what has no room in them shares the last one.
const LANES: usize = 5;
/// How high the line above everything is, in which "today" stands.
const TOP: u32 = 18;

/// The strip.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct StripView {
    /// How many columns it has.
    pub columns: usize,
    /// How high it is, in pixels.
    pub height: u32,
    /// How many lanes of eras it has.
    pub lanes: u32,
    /// How many rows of marks are empty where there is room.
    pub slack: usize,
    /// True if its marks are small, because there are many.
    pub dense: bool,
    /// Where the line of time lies, from above.
    pub axis: u32,
    /// Where the labels' line of text lies, and that of the line below.
    pub label_y: u32,
    /// The line below the labels.
    pub under_y: u32,
    /// The ways to its columns.
    pub links: Vec<ColumnLink>,
    /// The lines between columns.
    pub ticks: Vec<Tick>,
    /// Events and editions.
    pub marks: Vec<MarkView>,
    /// Where the lowest mark lies.
    pub mark_y: u32,
    /// Eras.
    pub bands: Vec<Band>,
    /// Today, if it is on the strip.
    pub today: Option<Today>,
    /// The first day of the line, ISO 8601.
    pub first: String,
    /// The day after the last one.
    pub after: String,
    /// What the shapes of the marks mean; nothing where all are discs.
    pub legend: Option<Legend>,
}

/// Which shapes there are among the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Legend {
    /// Discs.
    pub events: bool,
    /// Discs of the events that the story turns on.
    pub key: bool,
    /// Diamonds.
    pub editions: bool,
    /// Bars.
    pub bars: bool,
    /// Hollow ones.
    pub future: bool,
}

/// The way to the entries of a column.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ColumnLink {
    /// Which column, from 1.
    pub at: usize,
    /// True in the later half, where there is more room before it than after it.
    pub late: bool,
    /// The id of its first entry.
    pub target: String,
    /// "2025: 6 entries".
    pub name: String,
    /// "2025: {n} of 6 entries".
    pub name_some: String,
}

/// The line before a column.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Tick {
    /// Where.
    pub x: String,
    /// What stands beside it.
    pub label: Option<String>,
    /// What stands below that: the year of months, the month of days.
    pub under: Option<String>,
}

/// The band of an era.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Band {
    /// Its entry.
    pub id: String,
    /// Where it begins, towards the start of the line.
    pub x: String,
    /// How long it is.
    pub width: String,
    /// Where it goes on beyond what is known, and how far: from, to.
    pub beyond: Option<(String, String)>,
    /// How far from above.
    pub y: u32,
    /// Its colour, from 1.
    pub tone: u8,
    /// Its name.
    pub label: String,
    /// "Right of first refusal, 21 January 2025 – 28 October 2025".
    pub title: String,
    /// Where the name stands; nothing if there is no room.
    pub label_x: Option<String>,
    /// True if the name ends there.
    pub ends: bool,
    /// Where the name stands from above.
    pub label_y: u32,
}

/// Today.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Today {
    /// Where.
    pub x: String,
    /// On which side of that the word stands: `start`, `middle`, `end`.
    pub anchor: &'static str,
}

/// Where things lie along the strip.
pub(super) struct Line {
    pub(super) scale: Scale,
    rtl: bool,
    today: Day,
}

impl Line {
    /// The line that all entries have room on; nothing where it would tell nothing.
    pub(super) fn of(cx: &Cx<'_>, entries: &[Entry<'_>]) -> Option<Self> {
        if entries.iter().filter(|e| !matches!(e.what, What::Era(..))).count() < FROM {
            return None;
        }
        let extents = entries.iter().filter_map(|e| extent(e.date));
        let (first, mut last) = extents.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        // What ends long after everything else begins, or lasts, must not press the rest together.
        let room = last.plus_days(first.days_until(last) / 4);
        let ends = entries.iter().filter_map(|e| match e.what {
            What::Era(_, era) => era.end.as_ref().map_or(Some(cx.today), Date::latest),
            _ => lasts(e.date).then_some(cx.today),
        });
        last = ends.filter(|end| *end <= room).fold(last, Day::max);
        Some(Self { scale: Scale::over(first, last)?, rtl: cx.catalogue.direction() == "rtl", today: cx.today })
    }

    /// The column of an entry.
    pub(super) fn column_of(&self, date: &Date) -> Option<usize> {
        self.scale.column_of(date.start().or(date.end())?.earliest())
    }

    /// From where to where a date reaches; twice the same for a day.
    pub(super) fn reach(&self, date: &Date) -> Option<(f64, f64)> {
        let (first, last) = extent(date)?;
        // What lasts reaches up to now.
        let last = if lasts(date) { last.max(self.today) } else { last };
        Some(if first == last {
            (self.scale.middle(first), self.scale.middle(first))
        } else {
            (self.scale.at(first), self.scale.at(last.plus_days(1)))
        })
    }

    /// A place along the line as an attribute: percent from the left.
    pub(super) fn x(&self, at: f64) -> String {
        percent(if self.rtl { 1.0 - at } else { at })
    }
}

/// A share as a percentage with two digits at most.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// How many pixels a text takes at 12 px, roughly and rather too many.
fn width_of(text: &str) -> f64 {
    let width = |c: char| match c {
        ' ' | ',' | '.' | '\'' | '’' | 'i' | 'j' | 'l' | 't' | 'f' | 'r' | '(' | ')' => 4.2,
        'm' | 'w' | 'M' | 'W' => 10.5,
        'A'..='Z' => 8.2,
        c if u32::from(c) >= 0x2E80 => 12.0,
        _ => 6.9,
    };
    text.chars().map(width).sum()
}

/// The first and the last day that a date can be. What lasts, or whose end or beginning isn't known, is one end alone.
fn extent(date: &Date) -> Option<(Day, Day)> {
    let (first, last) = match (date.start(), date.end()) {
        (Some(start), Some(end)) => (start.earliest(), end.latest()),
        (Some(point), None) | (None, Some(point)) => (point.earliest(), point.latest()),
        (None, None) => return None,
    };
    Some((first, last.max(first)))
}

/// True for a date that has begun and has no end.
fn lasts(date: &Date) -> bool {
    matches!(date, Date::Interval(_, End::Open))
}

/// Draws the strip. `ids` are those of the entries.
pub(super) fn view(cx: &Cx<'_>, line: &Line, entries: &[Entry<'_>], ids: &[String]) -> StripView {
    let scale = &line.scale;
    let today = scale.column_of(cx.today).map(|_| {
        let at = scale.middle(cx.today);
        let anchor = if at < 0.12 {
            "start"
        } else if at > 0.88 {
            "end"
        } else {
            "middle"
        };
        Today { x: line.x(at), anchor }
    });
    let stack = marks::stack(cx, line, entries, ids);
    let bands = bands(cx, line, entries, ids);
    let lanes = bands.iter().map(|b| (b.y - TOP) / LANE + 1).max().unwrap_or(0);
    let axis = TOP + lanes * LANE + stack.height;
    let ticks = ticks(cx, line);
    let label_y = axis + 17;
    let under_y = label_y + 14;
    StripView {
        columns: scale.columns(),
        height: if ticks.iter().any(|t| t.under.is_some()) { under_y } else { label_y } + 6,
        lanes,
        slack: stack.slack,
        dense: stack.dense,
        axis,
        label_y,
        under_y,
        links: links(cx, line, entries, ids),
        ticks,
        mark_y: axis.saturating_sub(stack.pitch.div_ceil(2) + 3),
        legend: legend(&stack.marks),
        marks: stack.marks,
        bands,
        today,
        first: scale.column(0).map(|(first, _)| first.to_string()).unwrap_or_default(),
        after: scale.column(scale.columns().saturating_sub(1)).map(|(_, after)| after.to_string()).unwrap_or_default(),
    }
}

/// What the shapes mean, where there are several.
fn legend(marks: &[MarkView]) -> Option<Legend> {
    let is = |shape: &str| marks.iter().any(|mark| mark.shape == shape);
    let future = marks.iter().any(|mark| mark.future);
    let disc = |key: bool| marks.iter().any(|m| m.shape == "disc" && (m.importance == Importance::Key.name()) == key);
    let legend = Legend { events: disc(false), key: disc(true), editions: is("diamond"), bars: is("bar"), future };
    let kinds = [legend.events, legend.key, legend.editions, legend.bars, legend.future];
    (kinds.into_iter().filter(|kind| *kind).count() > 1).then_some(legend)
}

/// The ways to the columns that have entries.
fn links(cx: &Cx<'_>, line: &Line, entries: &[Entry<'_>], ids: &[String]) -> Vec<ColumnLink> {
    let mut links = Vec::new();
    for at in 0..line.scale.columns() {
        let inside = entries.iter().zip(ids).filter(|(e, _)| !matches!(e.what, What::Era(..)));
        let inside: Vec<_> = inside.filter(|(e, _)| line.column_of(e.date) == Some(at)).collect();
        let (Some((_, target)), Some(when)) = (inside.first(), line.scale.date(at)) else { continue };
        let when = cx.date(&when).text;
        let args = [("when", Arg::Text(&when)), ("count", Arg::Number(inside.len() as f64))];
        links.push(ColumnLink {
            at: at + 1,
            late: at * 2 >= line.scale.columns(),
            target: (*target).clone(),
            name: cx.t("timeline-column", &args),
            name_some: cx.t("timeline-column-some", &[args.as_slice(), &[("n", Arg::Text("{n}"))]].concat()),
        });
    }
    links
}

/// The lines between the columns, and as many labels as have room.
fn ticks(cx: &Cx<'_>, line: &Line) -> Vec<Tick> {
    let scale = &line.scale;
    let days: Vec<Day> = (0..scale.columns()).filter_map(|at| Some(scale.column(at)?.0)).collect();
    let label = |day: Day| match scale.step {
        Step::Days(_) => cx.catalogue.day_of_month(day),
        Step::Months(_) => cx.catalogue.short_month(day),
        Step::Years(_) | Step::OddYears => cx.catalogue.year(day.year),
    };
    let under = |day: Day| match scale.step {
        Step::Days(_) => Some(cx.catalogue.short_year_month(day)),
        Step::Months(_) => Some(cx.catalogue.year(day.year)),
        Step::Years(_) | Step::OddYears => None,
    };
    let column = NARROW / days.len().max(1) as f64;
    let widest = days.iter().map(|day| width_of(&label(*day))).fold(0.0, f64::max) + 8.0;
    let fits = |every: &usize| days.len().div_ceil(*every) <= LABELS && column * *every as f64 >= widest;
    let every = (1..days.len()).find(fits).unwrap_or(days.len().max(1));
    let mut ticks: Vec<Tick> = Vec::new();
    // The last line below the labels: its text, and at which tick it stands.
    let mut last: Option<(String, usize)> = None;
    for (at, day) in days.iter().enumerate() {
        let mut tick = Tick { x: line.x(at as f64 / days.len() as f64), label: None, under: None };
        if at % every == 0 {
            tick.label = Some(label(*day));
            tick.under = under(*day).filter(|text| last.as_ref().is_none_or(|(before, _)| before != text));
        }
        if let Some(text) = &tick.under {
            // Two that would run into each other: the later one says more.
            if let Some((before, its)) = &last
                && column * (at - its) as f64 <= width_of(before)
                && let Some(crowded) = ticks.get_mut(*its)
            {
                crowded.under = None;
            }
            last = Some((text.clone(), at));
        }
        ticks.push(tick);
    }
    ticks.push(Tick { x: line.x(1.0), label: None, under: None });
    ticks
}

/// The bands of the eras. Each stands in the first lane that has room for it and its name on the narrowest phone.
fn bands(cx: &Cx<'_>, line: &Line, entries: &[Entry<'_>], ids: &[String]) -> Vec<Band> {
    // What is taken of each lane, from 0 to 1.
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut bands = Vec::new();
    for (entry, id) in entries.iter().zip(ids) {
        let What::Era(n, era) = entry.what else { continue };
        let Some((from, to, goes_on)) = reach_of_era(line, era) else { continue };
        let end = if goes_on { 1.0 } else { to };
        let label = era.label.to_string();
        let wide = (width_of(&label) + 4.0) / NARROW;
        // What the next name in the lane keeps clear of: readers set text wider.
        let clear = wide * 1.1;
        // The name begins with the band, or ends with it where the line is at its end.
        let (ends, name) = match (from + wide <= 1.0, to - wide >= 0.0) {
            (true, _) => (false, Some((from, from + clear))),
            (false, true) => (true, Some((to - clear, to))),
            (false, false) => (false, None),
        };
        let free = |(from, to): (f64, f64)| {
            let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|(a, b)| to <= *a || from >= *b);
            lanes.iter().position(free).or((lanes.len() < LANES).then_some(lanes.len()))
        };
        let whole = (name.map_or(from, |name| name.0.min(from)), name.map_or(end, |name| name.1.max(end)));
        let (lane, name, taken) = match (name.and(free(whole)), free((from, end))) {
            (Some(lane), _) => (lane, name, whole),
            // No room for the name, or none at all: then bands lie on each other.
            (None, lane) => (lane.unwrap_or(LANES - 1), None, (from, end)),
        };
        match lanes.get_mut(lane) {
            Some(lane) => lane.push(taken),
            None => lanes.push(vec![taken]),
        }
        let y = TOP + u32::try_from(lane).unwrap_or(0) * LANE;
        let when = cx.date(&super::span(era)).text;
        bands.push(Band {
            id: id.clone(),
            x: line.x(if line.rtl { to } else { from }),
            width: percent(to - from),
            beyond: (goes_on && to < 1.0).then(|| (line.x(to), line.x(1.0))),
            y: y + 15,
            tone: rails::tone(n),
            title: cx.t("timeline-band", &[("name", Arg::Text(&label)), ("when", Arg::Text(&when))]),
            label,
            label_x: name.map(|_| line.x(if ends { to } else { from })),
            ends,
            label_y: y + 10,
        });
    }
    bands
}

/// From where to where an era lies on the line, and whether it goes on beyond what is known or shown.
fn reach_of_era(line: &Line, era: &Era) -> Option<(f64, f64, bool)> {
    let start = era.start.earliest()?;
    let from = line.scale.at(start);
    let end = era.end.as_ref().and_then(|end| Some((end.latest()?, end.precision())));
    let after = match end {
        // The day on which an era ends belongs to what comes next; a month or a year is reached over.
        Some((day, Precision::Day)) => day,
        Some((day, _)) => day.plus_days(1),
        None => line.today,
    };
    let goes_on = end.is_none() || line.scale.column_of(after.plus_days(-1)).is_none();
    // What goes on beyond the end of the line has room to say so; and however short an era is, it can be seen.
    let most = if goes_on { 0.97 } else { 1.0 };
    let to = line.scale.at(after.max(start)).min(most).max(from + 0.008).min(1.0);
    Some((from.min(to), to, goes_on))
}
