//! Reading EDTF.

use std::fmt;

use super::{Date, Day, End, Point, Season, slips};

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong, in one sentence without a final full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DateError {}

/// What a text that is not a date got wrong, before help is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has the form of nothing known.
    Form,
    /// The calendar has no such month.
    Month(u32),
    /// The month has no such day.
    Day(i32, u8),
    /// The year is beyond what can be counted with.
    Year,
    /// Both ends of the interval are open or unknown.
    NoPoint,
}

/// Reads a date; see [`Date::parse`].
pub(super) fn date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    strict(text).map_err(|fault| slips::explain(text, &fault))
}

/// Reads a date without looking for help.
pub(super) fn strict(text: &str) -> Result<Date, Fault> {
    let Some((from, to)) = text.split_once('/') else { return point(text).map(Date::Point) };
    let interval = (end(from)?, end(to)?);
    match interval {
        (End::Point(_), _) | (_, End::Point(_)) => Ok(Date::Interval(interval.0, interval.1)),
        _ => Err(Fault::NoPoint),
    }
}

fn end(text: &str) -> Result<End, Fault> {
    match text {
        "" => Ok(End::Unknown),
        ".." => Ok(End::Open),
        text => point(text).map(End::Point),
    }
}

fn point(text: &str) -> Result<Point, Fault> {
    let (uncertain, approximate) = match text.as_bytes().last() {
        Some(b'?') => (true, false),
        Some(b'~') => (false, true),
        Some(b'%') => (true, true),
        _ => (false, false),
    };
    let text = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let point = match text.strip_prefix('Y') {
        Some(long) => long_year(long)?,
        None => calendar(text)?,
    };
    Ok(Point { uncertain, approximate, ..point })
}

/// What follows `Y`: a year of more than four digits.
fn long_year(text: &str) -> Result<Point, Fault> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() < 5 || digits.starts_with('0') || !is_digits(digits) {
        return Err(Fault::Form);
    }
    text.parse().map(Point::of_year).map_err(|_| Fault::Year)
}

/// `2021`, `201X`, `2021-05`, `2021-22`, `2021-05-17`, perhaps followed by a time of day.
fn calendar(text: &str) -> Result<Point, Fault> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut parts = rest.splitn(3, '-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let mut point = year_digits(year, sign)?;
    let Some(month) = month else { return Ok(point) };
    if point.open_digits > 0 {
        return Err(Fault::Form);
    }
    let day = match day {
        Some(day) => Some(without_time(day)?),
        None => None,
    };
    let number = match (month, day) {
        ("XX", None | Some("XX")) => return Ok(point),
        (month, _) => two_digits(month).ok_or(Fault::Form)?,
    };
    let season = match number {
        21 => Some(Season::Spring),
        22 => Some(Season::Summer),
        23 => Some(Season::Autumn),
        24 => Some(Season::Winter),
        _ => None,
    };
    if season.is_some() {
        point.season = season;
        return if day.is_none() { Ok(point) } else { Err(Fault::Month(number.into())) };
    }
    if !(1..=12).contains(&number) {
        return Err(Fault::Month(number.into()));
    }
    point.month = Some(number);
    let Some(day) = day else { return Ok(point) };
    if day == "XX" {
        return Ok(point);
    }
    let day = two_digits(day).ok_or(Fault::Form)?;
    Day::new(point.year, number, day).map(Point::of_day).ok_or(Fault::Day(point.year, number))
}

/// Four digits, of which the last one or two may be `X`.
fn year_digits(text: &str, sign: i32) -> Result<Point, Fault> {
    let known = text.trim_end_matches('X');
    let open = text.len() - known.len();
    if text.len() != 4 || open > 2 || !is_digits(known) {
        return Err(Fault::Form);
    }
    let number: i32 = known.parse().map_err(|_| Fault::Form)?;
    if sign < 0 && number == 0 && open == 0 {
        return Err(Fault::Form);
    }
    let (unit, open_digits) = match open {
        0 => (1, 0),
        1 => (10, 1),
        _ => (100, 2),
    };
    let first = if sign < 0 { -(number * unit + unit - 1) } else { number * unit };
    Ok(Point { open_digits, ..Point::of_year(first) })
}

/// The day in front of a time of day such as `T10:00:00Z` or ` 10:00:00+01:00`.
fn without_time(text: &str) -> Result<&str, Fault> {
    let Some((day, time)) = text.split_once(['T', 't', ' ']) else { return Ok(text) };
    let clock = match time.find(['Z', 'z', '+', '-']).and_then(|at| time.split_at_checked(at)) {
        Some((clock, "Z" | "z")) => clock,
        Some((clock, zone)) if is_clock(zone.get(1..).unwrap_or_default(), 2..=2) => clock,
        Some(_) => return Err(Fault::Form),
        None => time,
    };
    if is_clock(clock, 2..=3) { Ok(day) } else { Err(Fault::Form) }
}

/// True for `10:30` or `10:30:00.5`, of so many numbers.
fn is_clock(text: &str, numbers: std::ops::RangeInclusive<usize>) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    is_digits(fraction) && numbers.contains(&parts.len()) && parts.iter().all(|p| two_digits(p).is_some_and(|n| n < 61))
}

fn two_digits(text: &str) -> Option<u8> {
    if text.len() == 2 && is_digits(text) { text.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
