//! From numbers and dates to places on a line, and where its ticks are.

use crate::model::date::Precision;
use crate::model::{Date, chart};

/// A line from a number to another, drawn between two places.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The numbers at its ends.
    pub range: (f64, f64),
    /// The places of its ends.
    pub place: (f64, f64),
}

impl Scale {
    /// The place of a number.
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.range;
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        self.place.0 + share * (self.place.1 - self.place.0)
    }
}

/// Round numbers that enclose `low` to `high`, about `count` steps: the ends, and the step.
///
/// Steps are 1, 2, 2.5 or 5 times a power of ten (Heckbert, “Nice numbers for graph labels”, 1990).
pub fn nice(low: f64, high: f64, count: usize) -> (f64, f64, f64) {
    let (low, high) =
        if high > low { (low, high) } else { (low - low.abs().max(1.0) / 2.0, low + low.abs().max(1.0) / 2.0) };
    let rough = (high - low) / count.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .iter()
        .map(|m| m * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(power * 10.0);
    ((low / step).floor() * step, (high / step).ceil() * step, step)
}

/// The ticks between two ends, free of what computing adds to decimals.
pub fn ticks(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-6).ceil() as i64;
    let last = (high / step + 1e-6).floor() as i64;
    let digits = (-step.log10().floor() + 1.0).clamp(0.0, 12.0) as usize;
    (first..=last.min(first + 100)).map(|n| format!("{:.digits$}", n as f64 * step).parse().unwrap_or(0.0)).collect()
}

/// The ticks of an axis of dates: at most `most` of them, each with its place. Where all dates are years, a year is
/// marked in its middle, where its number lies; else years and months are marked where they begin.
pub fn dates(all: &[Date], most: usize) -> Vec<(f64, Date)> {
    let first = all.iter().filter_map(Date::earliest).min();
    let last = all.iter().filter_map(Date::latest).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let years = all.iter().all(|date| date.precision() == Precision::Year);
    let months = (i64::from(last.year) - i64::from(first.year)) * 12 + i64::from(last.month) - i64::from(first.month);
    let (low, high) = match years {
        true => (i64::from(first.year) * 12, i64::from(last.year) * 12),
        false => (
            i64::from(first.year) * 12 + i64::from(first.month) - 1,
            i64::from(first.year) * 12 + i64::from(first.month) - 1 + months,
        ),
    };
    let steps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000];
    let fits = |step: &&i64| ((high - low) / **step) < most as i64 && (!years || **step >= 12);
    let step = steps.iter().find(fits).copied().unwrap_or(12000);
    let mut out = Vec::new();
    let mut month = low.div_euclid(step) * step;
    while month <= high {
        let (year, number) = (month.div_euclid(12), month.rem_euclid(12) + 1);
        let text = if step >= 12 { format!("{year:04}") } else { format!("{year:04}-{number:02}") };
        if let Ok(date) = Date::parse(&text) {
            let at = if years {
                chart::Place::Date(date).position(0)
            } else {
                date.earliest().map_or(0.0, |day| day.to_epoch_days() as f64)
            };
            if month >= low {
                out.push((at, date));
            }
        }
        month += step;
    }
    out
}
