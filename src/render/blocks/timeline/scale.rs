//! Time as columns of one width each: years, decades, months, weeks, whatever divides a range well.

use crate::model::date::{Date, Day, End, Point};

/// How many columns there are at most: so many of 24 px fit beside each other on the narrowest phone.
pub const COLUMNS: usize = 12;

/// How long a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many days.
    Days(i64),
    /// So many months.
    Months(i64),
    /// So many years.
    Years(i64),
    /// Two years of which the first is odd.
    OddYears,
}

impl Step {
    /// The steps from short to long. Each is good to read, and begins where a calendar has a line.
    fn all() -> impl Iterator<Item = Self> {
        let days = [1, 2, 7].map(Self::Days);
        let months = [1, 3, 6].map(Self::Months);
        let decades = (0..9).flat_map(|n| [1, 2, 5].map(|step| Self::Years(step * 10_i64.pow(n))));
        days.into_iter().chain(months).chain(decades).chain([Self::Years(1_000_000_000)])
    }

    /// The number of the column that has this day.
    fn column_of(self, day: Day) -> i64 {
        match self {
            // Weeks begin on a Monday, as 5 January 1970 was one.
            Self::Days(7) => (day.to_epoch_days() - 4).div_euclid(7),
            Self::Days(step) => day.to_epoch_days().div_euclid(step),
            Self::Months(step) => (i64::from(day.year) * 12 + i64::from(day.month) - 1).div_euclid(step),
            Self::OddYears => (i64::from(day.year) - 1).div_euclid(2),
            Self::Years(1) => day.year.into(),
            // Before Christ the lines are at 100 BC, 200 BC (the years -99, -199), and there is no year nought.
            Self::Years(step) if day.year <= 0 => (i64::from(day.year) - 1).div_euclid(step),
            Self::Years(step) => i64::from(day.year).div_euclid(step),
        }
    }

    /// The first day of a column.
    fn start_of(self, column: i64) -> Day {
        let year = |year: i64| i32::try_from(year).unwrap_or(if year < 0 { i32::MIN } else { i32::MAX });
        match self {
            Self::Days(7) => Day::from_epoch_days(column.saturating_mul(7).saturating_add(4)),
            Self::Days(step) => Day::from_epoch_days(column.saturating_mul(step)),
            Self::Months(step) => {
                let months = column.saturating_mul(step);
                let month = u8::try_from(months.rem_euclid(12)).unwrap_or(0) + 1;
                Day { year: year(months.div_euclid(12)), month, day: 1 }
            }
            Self::OddYears => Day { year: year(column.saturating_mul(2).saturating_add(1)), month: 1, day: 1 },
            Self::Years(step) => {
                let first = column.saturating_mul(step).saturating_add(i64::from(step > 1 && column <= 0));
                Day { year: year(first), month: 1, day: 1 }
            }
        }
    }
}

/// True if pairs of years should begin with an odd one, so that this day's year is the first of all.
fn day_is_odd(first: Day) -> bool {
    first.year > 0 && first.year % 2 == 1
}

/// A range of time, divided. Within a column time runs evenly; months of 28 and of 31 days are equally wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// How long a column is.
    pub step: Step,
    /// The first day of each column, and the day after the last one.
    bounds: Vec<Day>,
}

impl Scale {
    /// The finest scale that has all days from the first to the last one. Nothing if one column would do.
    pub fn over(first: Day, last: Day) -> Option<Self> {
        let fits = |step: &Step| {
            let columns = step.column_of(last).saturating_sub(step.column_of(first)).saturating_add(1);
            usize::try_from(columns).is_ok_and(|n| (2..=COLUMNS).contains(&n))
        };
        let begins_odd = |step| if step == Step::Years(2) && day_is_odd(first) { Step::OddYears } else { step };
        let step = Step::all().map(begins_odd).find(fits)?;
        let bounds = step.column_of(first)..=step.column_of(last).saturating_add(1);
        Some(Self { step, bounds: bounds.map(|column| step.start_of(column)).collect() })
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// The first day of a column, and the first one after it.
    pub fn column(&self, at: usize) -> Option<(Day, Day)> {
        Some((*self.bounds.get(at)?, *self.bounds.get(at + 1)?))
    }

    /// The column that has this day.
    pub fn column_of(&self, day: Day) -> Option<usize> {
        let after = self.bounds.partition_point(|start| *start <= day);
        after.checked_sub(1).filter(|at| *at < self.columns())
    }

    /// The time that a column covers, as a date that says no more: a year, a month, from one month to another.
    pub fn date(&self, at: usize) -> Option<Date> {
        let (first, next) = self.column(at)?;
        let last = next.plus_days(-1);
        let point = |day: Day| match self.step {
            Step::Days(_) => Point::of_day(day),
            Step::Months(_) => Point { month: Some(day.month), ..Point::of_year(day.year) },
            Step::Years(_) | Step::OddYears => Point::of_year(day.year),
        };
        let (from, to) = (point(first), point(last));
        Some(if from == to { Date::Point(from) } else { Date::Interval(End::Point(from), End::Point(to)) })
    }

    /// Where the beginning of a day lies, from 0 to 1.
    pub fn at(&self, day: Day) -> f64 {
        self.place(day.to_epoch_days() as f64)
    }

    /// Where the middle of a day lies: the place of what happened some time on it.
    pub fn middle(&self, day: Day) -> f64 {
        self.place(day.to_epoch_days() as f64 + 0.5)
    }

    /// Where a moment lies, in days since 1970.
    fn place(&self, moment: f64) -> f64 {
        let after = self.bounds.partition_point(|start| start.to_epoch_days() as f64 <= moment);
        let Some((at, (first, next))) = after.checked_sub(1).and_then(|at| Some((at, self.column(at)?))) else {
            return if after == 0 { 0.0 } else { 1.0 };
        };
        let (first, next) = (first.to_epoch_days() as f64, next.to_epoch_days() as f64);
        let within = if next > first { (moment - first) / (next - first) } else { 0.0 };
        (at as f64 + within) / self.columns().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Date::parse(text).unwrap().earliest().unwrap()
    }

    fn over(first: &str, last: &str) -> Scale {
        Scale::over(day(first), day(last)).unwrap()
    }

    fn starts(scale: &Scale) -> Vec<String> {
        scale.bounds.iter().map(Day::to_string).collect()
    }

    #[test]
    fn the_finest_step_of_twelve_columns_or_fewer_is_taken() {
        for (first, last, step, columns) in [
            ("2026-05-01", "2026-05-02", Step::Days(1), 2),
            ("2026-05-01", "2026-05-12", Step::Days(1), 12),
            ("2026-05-01", "2026-05-13", Step::Days(2), 7),
            ("2026-05-01", "2026-05-31", Step::Days(7), 5),
            ("2026-01-15", "2026-12-24", Step::Months(1), 12),
            ("2026-01-15", "2027-01-01", Step::Months(3), 5),
            ("2019-07-22", "2025-06-30", Step::Months(6), 12),
            ("2019-07-22", "2025-07-01", Step::Years(1), 7),
            ("2019-07-22", "2030-12-31", Step::Years(1), 12),
            ("2019-07-22", "2032-12-31", Step::OddYears, 7),
            ("2018", "2031", Step::Years(2), 7),
            ("1870", "2020", Step::Years(20), 9),
            ("-0753", "0476", Step::Years(200), 7),
            ("Y-2147483648", "Y2147483647", Step::Years(500_000_000), 10),
        ] {
            let scale = over(first, last);
            assert_eq!((scale.step, scale.columns()), (step, columns), "{first} to {last}");
        }
        assert_eq!(Scale::over(day("2026-05-01"), day("2026-05-01")), None);
    }

    #[test]
    fn columns_begin_where_a_calendar_has_a_line() {
        assert_eq!(
            starts(&over("2026-05-06", "2026-05-20")),
            [
                "2026-05-05",
                "2026-05-07",
                "2026-05-09",
                "2026-05-11",
                "2026-05-13",
                "2026-05-15",
                "2026-05-17",
                "2026-05-19",
                "2026-05-21"
            ]
        );
        // Mondays.
        assert_eq!(starts(&over("2026-05-01", "2026-05-31"))[..2], ["2026-04-27", "2026-05-04"]);
        assert_eq!(starts(&over("2025-11-20", "2027-02-01"))[..2], ["2025-10-01", "2026-01-01"]);
        assert_eq!(starts(&over("2019", "2032"))[..2], ["2019-01-01", "2021-01-01"]);
    }

    #[test]
    fn centuries_before_christ_are_whole() {
        let scale = over("-0150", "0250");
        assert_eq!(scale.step, Step::Years(50));
        let years: Vec<_> = scale.bounds.iter().map(|d| d.year).collect();
        // 200 BC, 150 BC, 100 BC, 50 BC, 1 AD, 50 AD, …
        assert_eq!(years, [-199, -149, -99, -49, 1, 50, 100, 150, 200, 250, 300]);
        assert_eq!(scale.column_of(day("0000")), Some(3));
        assert_eq!(scale.column_of(day("0001")), Some(4));
    }

    #[test]
    fn a_day_has_one_column_and_one_place() {
        let scale = over("2020-03", "2025-06");
        assert_eq!((scale.step, scale.columns()), (Step::Months(6), 11));
        assert_eq!(scale.column_of(day("2019-12-31")), None);
        assert_eq!(scale.column_of(day("2020-01-01")), Some(0));
        assert_eq!(scale.column_of(day("2025-06-30")), Some(10));
        assert_eq!(scale.column_of(day("2025-07-01")), None);
        assert_eq!(scale.at(day("2020-01-01")), 0.0);
        assert_eq!(scale.at(day("2020-07-01")), 1.0 / 11.0);
        assert_eq!(scale.at(day("2025-07-01")), 1.0);
        assert!(scale.middle(day("2020-07-01")) > scale.at(day("2020-07-01")));
        // What lies outside is kept at the end.
        assert_eq!((scale.at(day("1990")), scale.at(day("2050"))), (0.0, 1.0));
    }

    #[test]
    fn a_column_is_a_date_that_says_no_more() {
        let dates = |first, last| {
            let scale = over(first, last);
            (scale.date(0).unwrap().to_edtf(), scale.date(1).unwrap().to_edtf())
        };
        assert_eq!(dates("2019", "2025"), ("2019".to_owned(), "2020".to_owned()));
        assert_eq!(dates("2010", "2033"), ("2010/2011".to_owned(), "2012/2013".to_owned()));
        assert_eq!(dates("2026-01", "2026-05"), ("2026-01".to_owned(), "2026-02".to_owned()));
        assert_eq!(dates("2025-01", "2026-05"), ("2025-01/2025-03".to_owned(), "2025-04/2025-06".to_owned()));
        assert_eq!(dates("2026-05-01", "2026-05-03"), ("2026-05-01".to_owned(), "2026-05-02".to_owned()));
    }
}
