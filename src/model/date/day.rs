//! Days of the calendar.

use std::fmt;

use super::{Date, DateError, Precision};

/// A day of the proleptic Gregorian calendar. Days order by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The year; 0 is 1 BC.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=12).contains(&month) && day >= 1 && day <= Self::days_in_month(year, month);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `2019-07-22`.
    ///
    /// # Errors
    /// What was expected: also for a date that is less exact than a day.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        match Date::parse(text)? {
            Date::Point(point) if point.precision() == Precision::Day && !point.uncertain && !point.approximate => {
                Ok(point.earliest())
            }
            _ => Err(DateError {
                message: format!("`{}` is not an exact day", text.trim()),
                help: Some("write year, month and day: `2019-07-22`".to_owned()),
            }),
        }
    }

    /// The number of days in a month (1 to 12; 31 for a number that is no month).
    pub fn days_in_month(year: i32, month: u8) -> u8 {
        match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Days since 1 January 1970.
    pub fn to_epoch_days(self) -> i64 {
        // Years are counted from March, so that the leap day is the last one; 400 years are 146,097 days.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let cycle_year = year.rem_euclid(400);
        let day_of_cycle = cycle_year * 365 + cycle_year / 4 - cycle_year / 100 + day_of_year;
        year.div_euclid(400) * 146_097 + day_of_cycle - 719_468
    }

    /// The day so many days after 1 January 1970, kept within the years that fit.
    pub fn from_epoch_days(days: i64) -> Self {
        const FIRST: Day = Day { year: i32::MIN, month: 1, day: 1 };
        const LAST: Day = Day { year: i32::MAX, month: 12, day: 31 };
        let days = days.clamp(FIRST.to_epoch_days(), LAST.to_epoch_days()) + 719_468;
        let day_of_cycle = days.rem_euclid(146_097);
        let cycle_year = (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * cycle_year + cycle_year / 4 - cycle_year / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = days.div_euclid(146_097) * 400 + cycle_year + i64::from(month <= 2);
        Self {
            year: i32::try_from(year).unwrap_or(if year < 0 { i32::MIN } else { i32::MAX }),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }

    /// The day, in UTC, of a moment given in seconds since 1 January 1970.
    pub fn from_epoch_seconds(seconds: i64) -> Self {
        Self::from_epoch_days(seconds.div_euclid(86_400))
    }

    /// How many days `other` lies after this day (negative: before).
    pub fn days_until(self, other: Self) -> i64 {
        other.to_epoch_days() - self.to_epoch_days()
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_epoch_days(self.to_epoch_days().saturating_add(days))
    }
}

/// ISO 8601: `2019-07-22`; a year that has no four digits carries a sign.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        match year {
            0..=9999 => write!(f, "{year:04}-{month:02}-{day:02}"),
            _ => write!(f, "{year:+05}-{month:02}-{day:02}"),
        }
    }
}

/// Serialised as ISO 8601.
impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
