//! Dates: EDTF (ISO 8601-2:2019, level 1), with their precision kept.
//!
//! `2021`, `2025-05`, `2019-07-22`, `2021-22` (summer), `201X` (the 2010s), `Y12000`; `?` unsure, `~` about, `%` both;
//! `2019-07-22/2025-01-21`, `2030/..` (open), `../2030`, `2030/` (the end is not known).

mod day;
mod parse;
mod slips;

use std::fmt;

pub use day::Day;
pub use parse::DateError;

/// A point in time as precisely as it is known: a century, a decade, a year, a season, a month or a day, perhaps
/// uncertain or approximate. Made by [`Date::parse`], which keeps the fields consistent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The year; the first one of a decade or century. 0 is 1 BC.
    pub year: i32,
    /// The month, if known.
    pub month: Option<u8>,
    /// The day, if known (only with a month).
    pub day: Option<u8>,
    /// The season (only without a month).
    pub season: Option<Season>,
    /// How many last digits of the year are not known: 0, or 1 for a decade, 2 for a century.
    pub open_digits: u8,
    /// `?`: the source is unsure.
    pub uncertain: bool,
    /// `~`: about.
    pub approximate: bool,
}

/// A quarter of a year by its weather. Where an order is needed the northern half of the earth is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Season {
    /// `21`: March to May.
    Spring,
    /// `22`: June to August.
    Summer,
    /// `23`: September to November.
    Autumn,
    /// `24`: December to February of the next year.
    Winter,
}

impl Season {
    /// Its number in EDTF, 21 to 24.
    pub fn number(self) -> u8 {
        match self {
            Self::Spring => 21,
            Self::Summer => 22,
            Self::Autumn => 23,
            Self::Winter => 24,
        }
    }

    /// Its name: `spring`, `summer`, `autumn`, `winter`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
            Self::Winter => "winter",
        }
    }
}

/// How precisely a point is known, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// `20XX`
    Century,
    /// `201X`
    Decade,
    /// `2021`
    Year,
    /// `2021-22`
    Season,
    /// `2021-05`
    Month,
    /// `2021-05-17`
    Day,
}

impl Point {
    /// Exactly this day.
    pub fn of_day(day: Day) -> Self {
        Self { month: Some(day.month), day: Some(day.day), ..Self::of_year(day.year) }
    }

    /// Some time in this year.
    pub fn of_year(year: i32) -> Self {
        Self { year, month: None, day: None, season: None, open_digits: 0, uncertain: false, approximate: false }
    }

    /// How precisely it is known.
    pub fn precision(&self) -> Precision {
        match (self.open_digits, self.season, self.month, self.day) {
            (1, ..) => Precision::Decade,
            (2.., ..) => Precision::Century,
            (_, Some(_), ..) => Precision::Season,
            (.., Some(_), Some(_)) => Precision::Day,
            (.., Some(_), None) => Precision::Month,
            _ => Precision::Year,
        }
    }

    /// The first day it can be.
    pub fn earliest(&self) -> Day {
        let (month, day) = match (self.season, self.month) {
            (Some(Season::Spring), _) => (3, 1),
            (Some(Season::Summer), _) => (6, 1),
            (Some(Season::Autumn), _) => (9, 1),
            (Some(Season::Winter), _) => (12, 1),
            (None, Some(month)) => (month, self.day.unwrap_or(1)),
            (None, None) => (1, 1),
        };
        Day { year: self.year, month, day }
    }

    /// The last day it can be.
    pub fn latest(&self) -> Day {
        let (year, month) = match (self.season, self.month) {
            (Some(Season::Spring), _) => (self.year, 5),
            (Some(Season::Summer), _) => (self.year, 8),
            (Some(Season::Autumn), _) => (self.year, 11),
            (Some(Season::Winter), _) => (self.year.saturating_add(1), 2),
            (None, Some(month)) => (self.year, month),
            (None, None) => (self.year.saturating_add(self.years() - 1), 12),
        };
        let day = self.day.unwrap_or_else(|| Day::days_in_month(year, month));
        Day { year, month, day }
    }

    /// How many years it covers: 1, 10 or 100.
    fn years(&self) -> i32 {
        match self.open_digits {
            0 => 1,
            1 => 10,
            _ => 100,
        }
    }

    /// How many days off an approximate or uncertain date may well be: as many as it covers.
    fn slack(&self) -> i64 {
        if self.approximate || self.uncertain { self.earliest().days_until(self.latest()) + 1 } else { 0 }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        let magnitude = self.year.unsigned_abs();
        match self.open_digits {
            0 if magnitude > 9999 => write!(f, "Y{sign}{magnitude}")?,
            0 => write!(f, "{sign}{magnitude:04}")?,
            1 => write!(f, "{sign}{:03}X", magnitude / 10)?,
            _ => write!(f, "{sign}{:02}XX", magnitude / 100)?,
        }
        if let Some(season) = self.season {
            write!(f, "-{}", season.number())?;
        } else if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        f.write_str(match (self.uncertain, self.approximate) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "%",
        })
    }
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A date.
    Point(Point),
    /// `..`: open, it goes on (or has no start).
    Open,
    /// Empty: there is an end, but it isn't known.
    Unknown,
}

impl End {
    /// The date, if there is one.
    pub fn point(&self) -> Option<&Point> {
        match self {
            Self::Point(point) => Some(point),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// A date as data files hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// One point.
    Point(Point),
    /// From one end to the other; at least one of them is a point.
    Interval(End, End),
}

/// The place of a date in a timeline: earlier first; of dates that begin on the same day the coarser first (a year,
/// then its January, then the first of January), then the one that ends sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SortKey(i64, Precision, i64);

impl Date {
    /// Reads EDTF level 1, and the date part of a date and time (as a TOML literal gives it). White space around it is
    /// ignored. An unspecified month or day (`2004-XX`, `2004-05-XX`) gives the year or the month.
    ///
    /// # Errors
    /// What was expected, and for common slips what to write instead.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        parse::date(text)
    }

    /// The time from the start of one date to the end of another; open if there is no other.
    pub fn span(start: &Self, end: Option<&Self>) -> Self {
        let from = match start {
            Self::Point(point) => End::Point(*point),
            Self::Interval(from, _) => *from,
        };
        let to = match end {
            Some(Self::Point(point)) => End::Point(*point),
            Some(Self::Interval(_, to)) => *to,
            None => End::Open,
        };
        match (from, to) {
            (End::Point(_), _) | (_, End::Point(_)) => Self::Interval(from, to),
            _ => *start,
        }
    }

    /// The point, or the start of an interval if it is one.
    pub fn start(&self) -> Option<&Point> {
        match self {
            Self::Point(point) => Some(point),
            Self::Interval(start, _) => start.point(),
        }
    }

    /// The point, or the end of an interval if it is one.
    pub fn end(&self) -> Option<&Point> {
        match self {
            Self::Point(point) => Some(point),
            Self::Interval(_, end) => end.point(),
        }
    }

    /// The first day it can be or begin; `None` if its start is open or unknown.
    pub fn earliest(&self) -> Option<Day> {
        self.start().map(Point::earliest)
    }

    /// The last day it can be or end; `None` if its end is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        self.end().map(Point::latest)
    }

    /// The year it begins in, or ends in if no start is known.
    pub fn year(&self) -> Option<i32> {
        self.start().or(self.end()).map(|point| point.year)
    }

    /// The precision of its start, or of its end if no start is known.
    pub fn precision(&self) -> Precision {
        self.start().or(self.end()).map_or(Precision::Century, Point::precision)
    }

    /// The place in a timeline. An interval without a known start stands at its end.
    pub fn sort_key(&self) -> SortKey {
        let first = self.start().or(self.end()).map_or(i64::MIN, |point| point.earliest().to_epoch_days());
        let last = self.latest().map_or(i64::MAX, Day::to_epoch_days);
        SortKey(first, self.precision(), last)
    }

    /// True if it can only lie, or begin, after `today`.
    pub fn is_future(&self, today: Day) -> bool {
        self.earliest().is_some_and(|day| day > today)
    }

    /// True if it has certainly ended by `today`.
    pub fn is_past(&self, today: Day) -> bool {
        self.latest().is_some_and(|day| day < today)
    }

    /// True for an interval whose end lies wholly before its start.
    pub fn is_reversed(&self) -> bool {
        matches!((self.earliest(), self.latest()), (Some(first), Some(last)) if last < first)
    }

    /// True if there is a day on which both can be. Open and unknown ends reach for ever.
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_by_end =
            |a: &Self, b: &Self| !matches!((a.earliest(), b.latest()), (Some(first), Some(last)) if first > last);
        starts_by_end(self, other) && starts_by_end(other, self)
    }

    /// True if the two may mean the same time: they overlap, counting an approximate or uncertain date as reaching one
    /// of its own lengths further on both sides (`2021~` agrees with `2020-11`).
    pub fn same_or_overlaps(&self, other: &Self) -> bool {
        let starts_by_end = |a: &Self, b: &Self| match (a.start(), b.end()) {
            (Some(start), Some(end)) => {
                let first = start.earliest().to_epoch_days() - start.slack();
                first <= end.latest().to_epoch_days() + end.slack()
            }
            _ => true,
        };
        starts_by_end(self, other) && starts_by_end(other, self)
    }

    /// The date as EDTF, in one form a meaning: reading it gives the same date.
    pub fn to_edtf(&self) -> String {
        self.to_string()
    }

    /// The value of HTML's `<time datetime>`: a year of four digits or more, a month or a day. `None` for intervals,
    /// seasons, decades and years before 1, for which HTML has no form.
    pub fn datetime_attr(&self) -> Option<String> {
        let Self::Point(point) = self else { return None };
        if point.year < 1 {
            return None;
        }
        match (point.precision(), point.month, point.day) {
            (Precision::Year, ..) => Some(format!("{:04}", point.year)),
            (Precision::Month, Some(month), _) => Some(format!("{:04}-{month:02}", point.year)),
            (Precision::Day, Some(month), Some(day)) => Some(format!("{:04}-{month:02}-{day:02}", point.year)),
            _ => None,
        }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self::Point(Point::of_day(day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: &End| match end {
            End::Point(point) => point.to_string(),
            End::Open => "..".to_owned(),
            End::Unknown => String::new(),
        };
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Interval(from, to) => write!(f, "{}/{}", end(from), end(to)),
        }
    }
}

/// Serialised as EDTF.
impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests;
