//! Dates in words, as precise as they are.

use icu::calendar::Gregorian;
use icu::datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu::datetime::fieldsets::{D, M, Y, YM, YMD};

use super::super::cx::{Arg, DateView};
use super::Catalogue;
use crate::model::date::{Date, Day, End, Point, Precision, Season};

/// How many dates are kept.
const KNOWN_DATES: usize = 1 << 14;

/// CLDR's forms of a day, a month and a year. `None` where CLDR has none (in practice: never).
pub(super) struct Formatters {
    day: Option<Formatter<Gregorian, YMD>>,
    month: Option<Formatter<Gregorian, YM>>,
    year: Option<Formatter<Gregorian, Y>>,
    short_month: Option<Formatter<Gregorian, M>>,
    short_year_month: Option<Formatter<Gregorian, YM>>,
    day_alone: Option<Formatter<Gregorian, D>>,
}

impl Catalogue {
    /// A date in words: "22 July 2019", "about 2021", "May 2025 (uncertain)", "since 2030".
    pub fn date(&self, date: &Date) -> String {
        match date {
            Date::Point(point) => self.point(point),
            Date::Interval(End::Point(from), End::Point(to)) => {
                self.t("date-range", &[("from", Arg::Text(&self.point(from))), ("to", Arg::Text(&self.point(to)))])
            }
            Date::Interval(End::Point(from), End::Open) => self.around("date-since", from, &self.point(from)),
            Date::Interval(End::Point(from), End::Unknown) => self.around("date-unknown-end", from, &self.point(from)),
            Date::Interval(End::Open, End::Point(to)) => self.around("date-until", to, &self.point(to)),
            Date::Interval(End::Unknown, End::Point(to)) => self.around("date-unknown-start", to, &self.point(to)),
            Date::Interval(..) => date.to_edtf(),
        }
    }

    /// A date with everything that a `<time>` element wants.
    pub fn date_view(&self, date: &Date) -> DateView {
        // Pages, feeds and files of data name the same dates again and again.
        if let Some(known) = self.known_dates.read().ok().and_then(|known| known.get(date).cloned()) {
            return known;
        }
        let view = DateView {
            datetime: date.datetime_attr().unwrap_or_default(),
            text: self.date(date),
            edtf: date.to_edtf(),
        };
        if let Ok(mut known) = self.known_dates.write() {
            if known.len() >= KNOWN_DATES {
                known.clear();
            }
            known.insert(*date, view.clone());
        }
        view
    }

    /// A year in the language's way: "2021", "44 BC", "2021年".
    pub fn year(&self, year: i32) -> String {
        match (&self.formatters().year, icu::calendar::Date::try_new_gregorian(year, 1, 1)) {
            (Some(formatter), Ok(day)) => formatter.format(&day).to_string(),
            // Beyond what CLDR's calendar counts: the bare number.
            _ => self.number(year.into()),
        }
    }

    /// A month without its year, as short as the language has it: "Apr", "4月".
    pub fn short_month(&self, month: Day) -> String {
        let day = icu::calendar::Date::try_new_gregorian(month.year, month.month, 1).ok();
        let text = day.and_then(|day| self.formatters().short_month.as_ref().map(|f| f.format(&day).to_string()));
        text.unwrap_or_else(|| self.number(month.month.into()))
    }

    /// A month with its year, short: "Apr 2026".
    pub fn short_year_month(&self, month: Day) -> String {
        let day = icu::calendar::Date::try_new_gregorian(month.year, month.month, 1).ok();
        let text = day.and_then(|day| self.formatters().short_year_month.as_ref().map(|f| f.format(&day).to_string()));
        text.unwrap_or_else(|| format!("{} {}", self.short_month(month), self.year(month.year)))
    }

    /// A day of a month alone: "5", "5日".
    pub fn day_of_month(&self, day: Day) -> String {
        let date = icu::calendar::Date::try_new_gregorian(day.year, day.month, day.day).ok();
        let text = date.and_then(|date| self.formatters().day_alone.as_ref().map(|f| f.format(&date).to_string()));
        text.unwrap_or_else(|| self.number(day.day.into()))
    }

    /// A text around a date. Some languages put an article before a day ("depuis le 22 juillet"), none before a year, so
    /// the text may ask for the `$precision`: `day`, or `other`.
    fn around(&self, key: &str, point: &Point, date: &str) -> String {
        let about = point.approximate && key != "date-about" && key != "date-about-uncertain";
        let precision = if point.precision() == Precision::Day && !about { "day" } else { "other" };
        self.t(key, &[("date", Arg::Text(date)), ("precision", Arg::Text(precision))])
    }

    fn point(&self, point: &Point) -> String {
        let exact = self.exact(point);
        match (point.approximate, point.uncertain) {
            (false, false) => exact,
            (true, false) => self.around("date-about", point, &exact),
            (false, true) => self.around("date-uncertain", point, &exact),
            (true, true) => self.around("date-about-uncertain", point, &exact),
        }
    }

    fn exact(&self, point: &Point) -> String {
        let first = point.earliest();
        match point.precision() {
            Precision::Decade if point.year > 0 => {
                self.t("date-decade", &[("year", Arg::Text(&self.year(point.year)))])
            }
            Precision::Century | Precision::Decade => {
                let (from, to) = (self.year(point.year), self.year(point.latest().year));
                self.t("date-century", &[("first", Arg::Text(&from)), ("last", Arg::Text(&to))])
            }
            Precision::Year => self.year(point.year),
            Precision::Season => {
                let key = match point.season {
                    Some(Season::Spring) | None => "date-spring",
                    Some(Season::Summer) => "date-summer",
                    Some(Season::Autumn) => "date-autumn",
                    Some(Season::Winter) => "date-winter",
                };
                self.t(key, &[("year", Arg::Text(&self.year(point.year)))])
            }
            precision => {
                let text =
                    icu::calendar::Date::try_new_gregorian(first.year, first.month, first.day).ok().and_then(|day| {
                        let formatters = self.formatters();
                        if precision == Precision::Month {
                            formatters.month.as_ref().map(|f| f.format(&day).to_string())
                        } else {
                            formatters.day.as_ref().map(|f| f.format(&day).to_string())
                        }
                    });
                text.unwrap_or_else(|| point.to_string())
            }
        }
    }

    fn formatters(&self) -> &Formatters {
        self.dates.get_or_init(|| {
            let locale = || (&self.locale).into();
            Formatters {
                day: Formatter::try_new(locale(), YMD::long()).ok(),
                month: Formatter::try_new(locale(), YM::long()).ok(),
                year: Formatter::try_new(locale(), Y::long()).ok(),
                short_month: Formatter::try_new(locale(), M::medium()).ok(),
                short_year_month: Formatter::try_new(locale(), YM::medium()).ok(),
                day_alone: Formatter::try_new(locale(), D::short()).ok(),
            }
        })
    }
}
