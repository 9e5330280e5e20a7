//! Lines and areas: what lies along an axis.

use super::canvas::{Hold, lines, spread, width};
use super::draw::{LINE, Pen, written};
use super::scale::{self, Scale, nice, ticks};
use crate::model::chart::Place;
use crate::model::date::Precision;

impl Pen<'_> {
    /// The frame of a line or an area: grid, axes, words above. The scales of rows and of numbers, and where the
    /// drawing ends.
    fn frame(&mut self, low: f64, high: f64, right: f64) -> (Scale, Scale, f64) {
        let (first, last, step) = nice(low, high, if self.narrow() { 4 } else { 5 });
        let marks = ticks(first, last, step);
        let labels: Vec<String> = marks.iter().map(|tick| written(self.cx, self.chart, *tick, None)).collect();
        let left = labels.iter().map(|label| width(label)).fold(0.0, f64::max) + 8.0;
        let above = if self.chart.annotations.is_empty() { 0.0 } else { LINE * 2.0 + 6.0 };
        let top = above + LINE / 2.0;
        let height = if self.narrow() { 220.0 } else { 300.0 };
        let numbers = Scale { range: (first, last), place: (top + height, top) };
        let end = (self.width - right).max(left + 60.0);
        let stops: Vec<f64> = self.plot.rows.iter().enumerate().map(|(at, row)| row.place.position(at)).collect();
        let low = stops.iter().copied().fold(f64::INFINITY, f64::min);
        let high = stops.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let range = if low < high { (low, high) } else { (low - 1.0, low + 1.0) };
        let rows = Scale { range, place: (left + 6.0, end - 6.0) };
        for (tick, label) in marks.iter().zip(&labels) {
            let y = numbers.at(*tick);
            let class = if *tick == 0.0 { "base" } else { "grid" };
            self.canvas.line((left, y), (end, y), class);
            self.canvas.text(left - 6.0, y, Hold::End, "tick", label);
        }
        self.stops(rows, &stops, top + height, (left, end));
        self.notes(rows, top + height);
        (rows, numbers, top + height + LINE + 8.0)
    }

    /// The labels below.
    fn stops(&mut self, rows: Scale, stops: &[f64], y: f64, (left, end): (f64, f64)) {
        let dates: Vec<_> = self
            .plot
            .rows
            .iter()
            .filter_map(|row| if let Place::Date(date) = row.place { Some(date) } else { None })
            .collect();
        let numbered = self.plot.rows.iter().all(|row| matches!(row.place, Place::Number(_)));
        let marks: Vec<(f64, String)> = if !dates.is_empty() {
            let years = dates.iter().all(|date| date.precision() == Precision::Year);
            let most = ((end - left) / if years { 42.0 } else { 76.0 }).floor().max(2.0) as usize;
            let found = scale::dates(&dates, most);
            found.into_iter().map(|(at, date)| (at, self.cx.date(&date).text)).collect()
        } else if numbered {
            self.spaced_ticks(rows.range.0, rows.range.1, rows)
                .into_iter()
                .map(|v| (v, self.cx.catalogue.number(v)))
                .collect()
        } else {
            stops.iter().zip(&self.plot.rows).map(|(at, row)| (*at, row.label.clone())).collect()
        };
        let mut free = f64::NEG_INFINITY;
        for (at, label) in marks {
            let x = rows.at(at);
            if x < left - 1.0 || x > end + 1.0 {
                continue;
            }
            self.canvas.line((x, y), (x, y + 4.0), "base");
            let label = lines(&label, 120.0, 1).concat();
            let half = width(&label) / 2.0;
            let middle = x.clamp(half, (self.width - half).max(half));
            if middle - half > free {
                self.canvas.text(middle, y + LINE / 2.0 + 6.0, Hold::Middle, "tick", &label);
                free = middle + half + 8.0;
            }
        }
    }

    /// Words at places of the axis, above it, each with a line down.
    fn notes(&mut self, rows: Scale, bottom: f64) {
        let mut free = [f64::NEG_INFINITY; 2];
        let mut notes: Vec<(f64, String)> = Vec::new();
        for note in &self.chart.annotations {
            if let Some(at) = self.plot.position_of(&note.at) {
                notes.push((rows.at(at), note.text.to_string()));
            }
        }
        notes.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (x, text) in notes {
            let text = lines(&text, self.width * 0.6, 1).concat();
            let half = width(&text) / 2.0;
            let middle = x.clamp(half, (self.width - half).max(half));
            let level = free.iter().position(|free| middle - half > *free);
            let y = level.map_or(LINE / 2.0, |level| LINE * (level as f64 + 0.5));
            self.canvas.line((x, y + LINE / 2.0), (x, bottom), "note");
            // Where there is no room the words stand below the chart alone.
            if let Some(free) = level.and_then(|level| free.get_mut(level)) {
                *free = middle + half + 8.0;
                self.canvas.text(middle, y, Hold::Middle, "", &text);
            } else {
                self.left_out = true;
            }
        }
    }

    /// How much room names at the ends of lines take.
    fn names(&self) -> (f64, Vec<Vec<String>>) {
        if self.plot.series.len() < 2 {
            return (6.0, Vec::new());
        }
        let most = self.width * 0.28;
        let wrapped: Vec<Vec<String>> = self.plot.series.iter().map(|series| lines(&series.name, most, 2)).collect();
        let longest = wrapped.iter().flatten().map(|line| width(line)).fold(0.0, f64::max);
        (longest + 14.0, wrapped)
    }

    fn write_names(&mut self, wrapped: &[Vec<String>], middles: &[f64], x: f64, (top, bottom): (f64, f64)) {
        let tall = |at: usize| wrapped.get(at).map_or(1, Vec::len) as f64 * LINE;
        let mut places: Vec<(f64, f64)> = middles.iter().enumerate().map(|(at, y)| (*y, tall(at))).collect();
        spread(&mut places, top - LINE, bottom + LINE / 2.0);
        for (at, (middle, tall)) in places.iter().enumerate() {
            let look = self.look(at, None);
            for (n, line) in wrapped.get(at).into_iter().flatten().enumerate() {
                let y = middle - tall / 2.0 + LINE * (n as f64 + 0.5);
                self.canvas.text(x, y, Hold::Start, &format!("name {look}"), line);
            }
        }
    }

    pub(super) fn lines(&mut self) -> f64 {
        let (low, high) = self.range(false);
        let (right, wrapped) = self.names();
        let (rows, numbers, end) = self.frame(low, high, right);
        let stops: Vec<f64> =
            self.plot.rows.iter().enumerate().map(|(at, row)| rows.at(row.place.position(at))).collect();
        let mut middles = Vec::new();
        for n in 0..self.plot.series.len() {
            let points: Vec<Option<(f64, f64)>> =
                stops.iter().enumerate().map(|(row, x)| Some((*x, numbers.at(self.value(n, row)?)))).collect();
            let look = self.look(n, None);
            self.canvas.path(&points, &format!("line {look}"));
            // A number without neighbours has no line; few numbers are marked each.
            let few = stops.len() <= 12;
            for (at, point) in points.iter().enumerate() {
                let alone = points.get(at + 1).copied().flatten().is_none()
                    && at.checked_sub(1).is_none_or(|before| points.get(before).copied().flatten().is_none());
                if let Some((x, y)) = point.filter(|_| few || alone) {
                    self.canvas.dot(x, y, 3.0, &format!("dot {look}"));
                }
            }
            middles.push(points.iter().rev().flatten().next().map_or(numbers.place.1, |(_, y)| *y));
        }
        self.write_names(&wrapped, &middles, rows.place.1 + 14.0, (numbers.place.1, numbers.place.0));
        end
    }

    pub(super) fn area(&mut self) -> f64 {
        let count = self.plot.rows.len();
        let mut sums = vec![0.0; count];
        for n in 0..self.plot.series.len() {
            for (row, sum) in sums.iter_mut().enumerate() {
                *sum += self.value(n, row).unwrap_or(0.0).max(0.0);
            }
        }
        let high = sums.iter().copied().fold(self.chart.range.1.map_or(0.0, |to| to.get()), f64::max);
        let (right, wrapped) = self.names();
        let (rows, numbers, end) = self.frame(0.0, if high > 0.0 { high } else { 1.0 }, right);
        let stops: Vec<f64> =
            self.plot.rows.iter().enumerate().map(|(at, row)| rows.at(row.place.position(at))).collect();
        let mut below = vec![0.0; count];
        let mut middles = Vec::new();
        for n in 0..self.plot.series.len() {
            let above: Vec<f64> =
                below.iter().enumerate().map(|(row, b)| b + self.value(n, row).unwrap_or(0.0).max(0.0)).collect();
            let edge = |values: &[f64]| -> Vec<(f64, f64)> {
                stops.iter().zip(values).map(|(x, value)| (*x, numbers.at(*value))).collect()
            };
            let (mut outline, base) = (edge(&above), edge(&below));
            outline.extend(base.into_iter().rev());
            let look = self.look(n, None);
            self.canvas.shape(&outline, &format!("area {look}"));
            let last = |values: &[f64]| values.last().copied().unwrap_or(0.0);
            middles.push(numbers.at((last(&above) + last(&below)) / 2.0));
            below = above;
        }
        self.write_names(&wrapped, &middles, rows.place.1 + 14.0, (numbers.place.1, numbers.place.0));
        end
    }
}
