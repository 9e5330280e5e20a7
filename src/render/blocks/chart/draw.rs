//! Each kind of chart, drawn once for a phone and once for a desk: letters stay as large as those around them.

use super::canvas::{Canvas, Hold, lines, spread, width};
use super::scale::{Scale, nice, ticks};
use crate::model::chart::{Chart, ChartKind, Plot};
use crate::render::cx::Cx;

/// A line of text, with the room above and below it.
pub(super) const LINE: f64 = 17.0;
/// The most series that have a look of their own.
const LOOKS: usize = 8;

/// What a drawing needs to know.
pub struct Pen<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) chart: &'a Chart,
    pub(super) plot: &'a Plot,
    pub(super) width: f64,
    pub(super) canvas: Canvas,
    /// How many decimals its numbers have.
    decimals: usize,
    /// True if words at the axis had no room.
    pub(super) left_out: bool,
}

/// A chart as an SVG of this width. `label` is the id of its description.
/// And whether words at its axis had no room in it.
pub fn draw(cx: &Cx<'_>, chart: &Chart, width: f64, class: &str, label: &str) -> (String, bool) {
    let mirrored = cx.catalogue.direction() == "rtl";
    let canvas = Canvas::new(width, mirrored);
    let mut pen = Pen { cx, chart, plot: &chart.plot, width, canvas, decimals: decimals(chart), left_out: false };
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
    pub(super) fn narrow(&self) -> bool {
        self.width < 480.0
    }

    pub(super) fn number(&self, value: f64) -> String {
        written(self.cx, self.chart, value, Some(self.decimals))
    }

    /// The class of a series, or of a row where there is but one series.
    pub(super) fn look(&self, series: usize, row: Option<usize>) -> String {
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
    pub(super) fn range(&self, zero: bool) -> (f64, f64) {
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
        let words = self.cx.t("no-figure", &[]);
        self.canvas.text(x, y, Hold::Start, "gap", &words);
    }

    pub(super) fn value(&self, series: usize, row: usize) -> Option<f64> {
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
    pub(super) fn spaced_ticks(&self, low: f64, high: f64, scale: Scale) -> Vec<f64> {
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
            self.canvas.text(x, LINE / 2.0, hold, "column", &name);
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
}

/// As many decimals as the most exact number of a chart has: all are written with as many.
pub fn decimals(chart: &Chart) -> usize {
    let decimals = |number: &crate::model::chart::Number| {
        number.get().to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
    };
    let all = chart.plot.series.iter().flat_map(|series| series.values.iter().flatten());
    all.map(decimals).max().unwrap_or(0).min(4)
}

/// A number with what stands before and after it.
pub(super) fn written(cx: &Cx<'_>, chart: &Chart, value: f64, decimals: Option<usize>) -> String {
    let said = |value: f64| match decimals {
        Some(decimals) => cx.catalogue.number_with(value, decimals),
        None => cx.catalogue.number(value),
    };
    let number = said(value.abs());
    // What the language puts before numbers below 0, marks of direction among it. A hyphen looks like no minus sign.
    let below = if value < 0.0 { said(value) } else { String::new() };
    let sign = below.strip_suffix(&*number).map(|sign| sign.replace('-', "−")).unwrap_or_default();
    let part = |text: &Option<crate::base::Text>| text.as_ref().map(|t| t.text.to_string()).unwrap_or_default();
    let suffix = part(&chart.suffix);
    // A unit isn't parted from its number.
    let space = if suffix.starts_with(|c: char| c.is_alphabetic() || c.is_whitespace()) { "\u{a0}" } else { "" };
    format!("{sign}{}{number}{space}{}", part(&chart.prefix), suffix.trim())
}
