//! The date of the build, and how long things take.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::model::date::Day;

/// The environment variable that fixes the date of the build: seconds since 1970-01-01, in UTC.
pub const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The date of the build: that of `SOURCE_DATE_EPOCH` if it is set, else today in UTC.
///
/// # Errors
/// A message for whoever set the variable, if it is no whole number of seconds or lies after the year 9999.
pub fn today() -> Result<Day, String> {
    match std::env::var(SOURCE_DATE_EPOCH) {
        Ok(text) => parse_epoch(&text),
        Err(std::env::VarError::NotUnicode(text)) => parse_epoch(&text.to_string_lossy()),
        Err(std::env::VarError::NotPresent) => {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            Ok(day_of(now))
        }
    }
}

/// The first second of the year 10000, which no date of a page can show.
const END: u64 = 253_402_300_800;

fn parse_epoch(text: &str) -> Result<Day, String> {
    match text.trim().parse::<u64>() {
        Ok(seconds) if seconds < END => Ok(day_of(seconds)),
        _ => Err(format!(
            "`{SOURCE_DATE_EPOCH}` is `{}`; it must be a whole number of seconds since 1970, such as 1777593600",
            super::console::visible(text)
        )),
    }
}

/// The time, in seconds since 1970: that of `SOURCE_DATE_EPOCH` if it is set, else now.
pub fn seconds() -> u64 {
    fixed_seconds().unwrap_or_else(now)
}

/// The time in seconds since 1970, whatever `SOURCE_DATE_EPOCH` says; never part of any output.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// What `SOURCE_DATE_EPOCH` says, if it is set.
pub fn fixed_seconds() -> Option<u64> {
    std::env::var(SOURCE_DATE_EPOCH).ok()?.trim().parse().ok()
}

/// The day in UTC of a time in seconds since 1970.
fn day_of(seconds: u64) -> Day {
    Day::from_epoch_seconds(i64::try_from(seconds.min(END - 1)).unwrap_or_default())
}

/// Measures how long something takes, for the person who waits; never part of any output.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_seconds() {
        let day = |seconds| {
            let day = day_of(seconds);
            (day.year, day.month, day.day)
        };
        assert_eq!(day(0), (1970, 1, 1));
        assert_eq!(day(86_399), (1970, 1, 1));
        assert_eq!(day(951_782_400), (2000, 2, 29));
        assert_eq!(day(951_868_800), (2000, 3, 1));
        assert_eq!(day(1_777_593_600), (2026, 5, 1));
        assert_eq!(day(4_107_542_400), (2100, 3, 1));
        assert_eq!(day(END - 1), (9999, 12, 31));
    }

    #[test]
    fn epochs_are_whole_seconds() {
        assert!(parse_epoch(" 1777593600\n").is_ok());
        for bad in ["", "today", "-1", "1.5", "253402300800", "99999999999999999999", "\u{1b}[31m"] {
            let message = parse_epoch(bad).expect_err(bad);
            assert!(!message.contains('\u{1b}'), "{message:?}");
        }
    }
}
