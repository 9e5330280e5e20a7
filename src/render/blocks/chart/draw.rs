//! Each kind of chart, drawn once for a phone and once for a desk: letters stay as large as those around them.

use super::canvas::{Canvas, Hold, lines, spread, width};
use super::scale::{self, Scale, nice, ticks};
use crate::model::chart::{Chart, ChartKind, Place, Plot};
use crate::render::cx::Cx;

/// A line of text, with the room above and below it.
const LINE: f64 = 17.0;
/// The most series that have a look of their own.
const LOOKS: usize = 6;

/// What a drawing needs to know.
pub struct Pen<'a> {
    cx: &'a Cx<'a>,
    chart: &'a Chart,
    plot: &'a Plot,
    width: f64,
    canvas: Canvas,
    /// True if words at the axis had no room.
    left_out: bool,
}

/// A chart as an SVG of this width. `label` is the id of its description.
/// And whether words at its axis had no room in it.
pub fn draw(cx: &Cx<'_>, chart: &Chart, width: f64, class: &str, label: &str) -> (String, bool) {
    let mirrored = cx.catalogue.direction() == "rtl";
    let mut pen = Pen { cx, chart, plot: &chart.plot, width, canvas: Canvas::new(width, mirrored), left_out: false };
    let height = match chart.kind {
        ChartKind::Bar => pen.bars(),
        ChartKind::Dot => pen.dots(),
        ChartKind::Slope => pen.slope(),
        ChartKind::Line => pen.lines(),
        ChartKind::Area => pen.area(),
    };
    (pen.canvas.finish(class, label, height), pen.left_out)
}

impl Pen<'_> {
    fn narrow(&self) -> bool {
        self.width < 480.0
    }

    fn number(&self, value: f64) -> String {
        number(self.cx, self.chart, value)
    }

    /// The class of a series, or of a row where there is but one series.
    fn look(&self, series: usize, row: Option<usize>) -> String {
        let named =
            |name: Option<&String>| name.is_some_and(|name| self.chart.highlight.iter().any(|h| *h.text == **name));
        let out = named(self.plot.series.get(series).map(|s| &s.name))
            || named(row.and_then(|row| self.plot.rows.get(row)).map(|r| &r.label));
        match (self.chart.highlight.is_empty(), out) {
            (true, _) => format!("s{}", series % LOOKS + 1),
            (false, true) => "s1".to_owned(),
            (false, false) => "rest".to_owned(),
        }
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.plot.series.iter().flat_map(|series| series.values.iter().flatten()).map(|number| number.get())
    }

    /// The least and the greatest number, zero among them if `zero`, and what the settings say.
    fn range(&self, zero: bool) -> (f64, f64) {
        let (mut low, mut high) =
            self.values().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if let (Some(from), false) = (self.chart.range.0, zero) {
            low = low.min(from.get());
        }
        if let Some(to) = self.chart.range.1 {
            high = high.max(to.get());
        }
        if zero { (low.min(0.0), high.max(0.0)) } else { (low, high) }
    }

    /// The names of the series with their looks, in as many lines as they need; where they end.
    fn key(&mut self) -> f64 {
        if self.plot.series.len() < 2 {
            return 0.0;
        }
        let (mut x, mut y) = (0.0, LINE / 2.0);
        for (at, series) in self.plot.series.iter().enumerate() {
            let name = lines(&series.name, self.width - 20.0, 1).concat();
            let room = 16.0 + width(&name) + 16.0;
            if x > 0.0 && x + room - 16.0 > self.width {
                (x, y) = (0.0, y + LINE + 2.0);
            }
            let look = self.look(at, None);
            match self.chart.kind {
                ChartKind::Dot => self.canvas.dot(x + 5.0, y, 5.0, &format!("dot {look}")),
                _ => self.canvas.bar(x, x + 11.0, y - 5.5, 11.0, &format!("bar {look}")),
            }
            self.canvas.text(x + 17.0, y, Hold::Start, "", &name);
            x += room;
        }
        y + LINE / 2.0 + 8.0
    }

    /// How wide the labels of rows are beside what is drawn; nothing where they stand above it.
    fn label_column(&self) -> f64 {
        if self.narrow() {
            return 0.0;
        }
        let longest = self.plot.rows.iter().map(|row| width(&row.label)).fold(0.0, f64::max);
        (longest + 12.0).min(self.width * 0.34)
    }

    /// The label of a row; how much room it takes above what is drawn, and the least that the row takes.
    fn row_label(&mut self, row: usize, y: f64, column: f64, height: f64) -> (f64, f64) {
        let Some(stop) = self.plot.rows.get(row) else { return (0.0, height) };
        if column == 0.0 {
            let wrapped = lines(&stop.label, self.width, 2);
            for (at, line) in wrapped.iter().enumerate() {
                self.canvas.text(0.0, y + LINE * (at as f64 + 0.5), Hold::Start, "", line);
            }
            return (LINE * wrapped.len() as f64, height);
        }
        let wrapped = lines(&stop.label, column - 10.0, 3);
        let tall = (LINE * wrapped.len() as f64).max(height);
        let first = y + (tall - LINE * wrapped.len() as f64) / 2.0 + LINE / 2.0;
        for (at, line) in wrapped.iter().enumerate() {
            self.canvas.text(column - 10.0, first + LINE * at as f64, Hold::End, "", line);
        }
        (0.0, tall)
    }

    fn bars(&mut self) -> f64 {
        let mut y = self.key();
        let column = self.label_column();
        let (low, high) = self.range(true);
        let room = self.values().map(|v| width(&self.number(v))).fold(0.0, f64::max) + 8.0;
        let before = if low < 0.0 { room } else { 0.0 };
        let after = if high > 0.0 { room } else { 0.0 };
        let scale = Scale { range: (low, high), place: (column + before, self.width - after) };
        let series = self.plot.series.len();
        let thick = if series > 1 { 16.0 } else { 20.0 };
        let top = y;
        for row in 0..self.plot.rows.len() {
            let (above, tall) = self.row_label(row, y, column, thick * series as f64);
            let mut at = y + above + (tall - thick * series as f64) / 2.0;
            if column == 0.0 {
                // A line through all rows would run through their labels.
                self.canvas.line((scale.at(0.0), at - 2.0), (scale.at(0.0), at + thick * series as f64), "base");
            }
            for n in 0..series {
                let look = self.look(n, Some(row));
                match self.value(n, row) {
                    Some(value) => {
                        self.canvas.bar(scale.at(0.0), scale.at(value), at, thick - 2.0, &format!("bar {look}"));
                        let (x, hold) = if value < 0.0 {
                            (scale.at(value) - 5.0, Hold::End)
                        } else {
                            (scale.at(value) + 5.0, Hold::Start)
                        };
                        let text = self.number(value);
                        self.canvas.text(x, at + thick / 2.0 - 1.0, hold, "value", &text);
                    }
                    None => self.gap(scale.at(0.0) + 5.0, at + thick / 2.0 - 1.0),
                }
                at += thick;
            }
            y += above + tall + if series > 1 { 12.0 } else { 7.0 };
        }
        if column > 0.0 {
            self.canvas.line((scale.at(0.0), top), (scale.at(0.0), (y - 4.0).max(top)), "base");
        }
        y
    }

    fn gap(&mut self, x: f64, y: f64) {
        let words = self.cx.t("not-public", &[]);
        self.canvas.text(x, y, Hold::Start, "gap", &words);
    }

    fn value(&self, series: usize, row: usize) -> Option<f64> {
        self.plot.series.get(series)?.values.get(row).copied().flatten().map(|number| number.get())
    }

    fn dots(&mut self) -> f64 {
        let mut y = self.key();
        let column = self.label_column();
        let (low, high) = self.range(false);
        let room = self.values().map(|v| width(&self.number(v))).fold(0.0, f64::max) + 14.0;
        let scale = Scale { range: (low, high), place: (column + room, self.width - room) };
        let top = y;
        let tall = 24.0;
        let mut marks = Vec::new();
        for row in 0..self.plot.rows.len() {
            let (above, tall) = self.row_label(row, y, column, tall);
            marks.push(y + above + tall / 2.0);
            y += above + tall + 4.0;
        }
        for tick in self.spaced_ticks(low, high, scale) {
            self.canvas.line((scale.at(tick), top), (scale.at(tick), y), "grid");
        }
        for (row, y) in marks.into_iter().enumerate() {
            let known: Vec<(usize, f64)> =
                (0..self.plot.series.len()).filter_map(|n| Some((n, self.value(n, row)?))).collect();
            let ends = known.iter().fold(None, |ends: Option<(f64, f64)>, (_, v)| {
                Some(ends.map_or((*v, *v), |(low, high)| (low.min(*v), high.max(*v))))
            });
            let Some((least, most)) = ends else {
                self.gap(scale.at(low), y);
                continue;
            };
            if most > least {
                self.canvas.line((scale.at(least), y), (scale.at(most), y), "span");
                let text = self.number(least);
                self.canvas.text(scale.at(least) - 10.0, y, Hold::End, "value", &text);
            }
            let text = self.number(most);
            self.canvas.text(scale.at(most) + 10.0, y, Hold::Start, "value", &text);
            for (n, value) in known {
                let look = self.look(n, Some(row));
                self.canvas.dot(scale.at(value), y, 5.5, &format!("dot {look}"));
            }
        }
        y
    }

    /// Ticks whose labels would have room beside each other.
    fn spaced_ticks(&self, low: f64, high: f64, scale: Scale) -> Vec<f64> {
        let most = ((scale.place.1 - scale.place.0).abs() / 80.0).floor().max(2.0) as usize;
        let (first, last, step) = nice(low, high, most);
        ticks(first, last, step).into_iter().filter(|tick| *tick >= low && *tick <= high).collect()
    }

    fn slope(&mut self) -> f64 {
        let names: Vec<String> = self.plot.series.iter().take(2).map(|s| s.name.clone()).collect();
        let (low, high) = self.range(false);
        let told = |row: usize, n: usize| self.value(n, row).map(|v| self.number(v)).unwrap_or_default();
        let count = self.plot.rows.len();
        let label = |row: usize| self.plot.rows.get(row).map(|r| r.label.clone()).unwrap_or_default();
        let cap = self.width * if self.narrow() { 0.42 } else { 0.34 };
        let left: Vec<String> =
            (0..count).map(|row| format!("{} {}", label(row), told(row, 0)).trim().to_owned()).collect();
        let right: Vec<String> = (0..count).map(|row| told(row, 1)).collect();
        let column = (left.iter().map(|text| width(text)).fold(0.0, f64::max) + 12.0).min(cap);
        let end = self.width - right.iter().map(|text| width(text)).fold(0.0, f64::max).max(40.0) - 12.0;
        let top = LINE + 10.0;
        let height = (count as f64 * 30.0).clamp(160.0, 640.0);
        let scale = Scale { range: (low, high), place: (top + height, top + 8.0) };
        for (name, x, hold) in names.iter().zip([(column, Hold::End), (end, Hold::Start)]).map(|(n, (x, h))| (n, x, h))
        {
            let room = if x == column { column } else { self.width - end };
            let name = lines(name, room, 1).concat();
            self.canvas.text(x, LINE / 2.0, hold, "head", &name);
            self.canvas.line((x, top), (x, top + height + 8.0), "grid");
        }
        let wrapped: Vec<Vec<String>> = left.iter().map(|text| lines(text, column - 10.0, 2)).collect();
        let mut places: Vec<(f64, f64)> = (0..count)
            .map(|row| {
                let tall = wrapped.get(row).map_or(1, Vec::len) as f64 * LINE;
                (self.value(0, row).or_else(|| self.value(1, row)).map_or(top, |v| scale.at(v)), tall)
            })
            .collect();
        spread(&mut places, top - LINE / 2.0, top + height + 8.0 + LINE / 2.0);
        let mut ends: Vec<(f64, f64)> =
            (0..count).map(|row| (self.value(1, row).map_or(top, |v| scale.at(v)), LINE)).collect();
        spread(&mut ends, top - LINE / 2.0, top + height + 8.0 + LINE / 2.0);
        for row in 0..count {
            let look = self.look(if self.chart.highlight.is_empty() { row } else { usize::MAX }, Some(row));
            let class = if self.chart.highlight.is_empty() { "rest".to_owned() } else { look };
            let from = self.value(0, row).map(|v| (column, scale.at(v)));
            let to = self.value(1, row).map(|v| (end, scale.at(v)));
            if let (Some(from), Some(to)) = (from, to) {
                self.canvas.line(from, to, &format!("line {class}"));
            }
            for point in [from, to].into_iter().flatten() {
                self.canvas.dot(point.0, point.1, 3.5, &format!("dot {class}"));
            }
            let strong = if class == "s1" { "strong" } else { "" };
            if let (Some((middle, tall)), Some(text)) = (places.get(row), wrapped.get(row)) {
                for (at, line) in text.iter().enumerate() {
                    let y = middle - tall / 2.0 + LINE * (at as f64 + 0.5);
                    self.canvas.text(column - 8.0, y, Hold::End, strong, line);
                }
            }
            if let (Some((middle, _)), Some(text), Some(_)) = (ends.get(row), right.get(row), to) {
                self.canvas.text(end + 8.0, *middle, Hold::Start, strong, text);
            }
        }
        top + height + 8.0 + LINE
    }

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
        let stops: Vec<f64> = self.plot.rows.iter().enumerate().map(|(at, row)| scale::place(row.place, at)).collect();
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
        self.notes(rows, &stops, top + height);
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
            let years = dates.iter().all(|date| date.precision() == crate::model::date::Precision::Year);
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
    fn notes(&mut self, rows: Scale, stops: &[f64], bottom: f64) {
        let mut free = [f64::NEG_INFINITY; 2];
        let mut notes: Vec<(f64, String)> = Vec::new();
        for note in &self.chart.annotations {
            if let Some(at) = place_of(self.plot, stops, &note.at) {
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

    fn lines(&mut self) -> f64 {
        let (low, high) = self.range(false);
        let (right, wrapped) = self.names();
        let (rows, numbers, end) = self.frame(low, high, right);
        let stops: Vec<f64> =
            self.plot.rows.iter().enumerate().map(|(at, row)| rows.at(scale::place(row.place, at))).collect();
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

    fn area(&mut self) -> f64 {
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
            self.plot.rows.iter().enumerate().map(|(at, row)| rows.at(scale::place(row.place, at))).collect();
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

/// Where on the axis something is: at a row's label, a date or a number.
fn place_of(plot: &Plot, stops: &[f64], at: &str) -> Option<f64> {
    if let Some(row) = plot.rows.iter().position(|row| row.label == at) {
        return stops.get(row).copied();
    }
    match plot.rows.first()?.place {
        Place::Date(_) => Some(scale::place(Place::Date(crate::model::Date::parse(at).ok()?), 0)),
        Place::Number(_) => crate::model::chart::Number::parse(at).map(crate::model::chart::Number::get),
        Place::InTurn => None,
    }
    .filter(|at| stops.first().is_some_and(|low| at >= low) && stops.last().is_some_and(|high| at <= high))
}

/// A number of the chart, with as many decimals as the most exact of them.
pub fn number(cx: &Cx<'_>, chart: &Chart, value: f64) -> String {
    let decimals = |number: &crate::model::chart::Number| {
        number.get().to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
    };
    let all = chart.plot.series.iter().flat_map(|series| series.values.iter().flatten());
    written(cx, chart, value, Some(all.map(decimals).max().unwrap_or(0).min(4)))
}

/// A number with what stands before and after it.
fn written(cx: &Cx<'_>, chart: &Chart, value: f64, decimals: Option<usize>) -> String {
    // An en dash is no minus sign, and a hyphen looks like none.
    let sign = if value < 0.0 { "−" } else { "" };
    let number = match decimals {
        Some(decimals) => cx.catalogue.number_with(value.abs(), decimals),
        None => cx.catalogue.number(value.abs()),
    };
    let part = |text: &Option<crate::base::Text>| text.as_ref().map(|t| t.text.to_string()).unwrap_or_default();
    let suffix = part(&chart.suffix);
    let space = if suffix.starts_with(|c: char| c.is_alphabetic()) { "\u{a0}" } else { "" };
    format!("{sign}{}{number}{space}{suffix}", part(&chart.prefix))
}
