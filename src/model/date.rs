//! Dates: EDTF (ISO 8601-2:2019, level 1), with their precision kept.

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The year; 0 is 1 BC.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A point in time as precisely as it is known: a year, a month or a day, perhaps uncertain or approximate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The year.
    pub year: i32,
    /// The month, if known.
    pub month: Option<u8>,
    /// The day, if known (only with a month).
    pub day: Option<u8>,
    /// `?`: the source is unsure.
    pub uncertain: bool,
    /// `~`: about.
    pub approximate: bool,
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

/// A date as data files hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// One point.
    Point(Point),
    /// From one end to the other.
    Interval(End, End),
}
