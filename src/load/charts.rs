//! Charts: their options, and the numbers in the text or in a sheet beside it.

use std::collections::HashMap;
use std::sync::Arc;

use comemo::Tracked;

use super::decode::fields::Fields;
use super::format::csv::{self, Sheet};
use super::source::{self, Source};
use super::unreadable;
use crate::base::text::did_you_mean;
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, Text, rules};
use crate::model::chart::{Annotation, Chart, ChartKind, Decimal, Number, Place, Plot, Series, Stop};
use crate::model::{Block, Date, Section};
use crate::world::{ReadError, World};

/// More rows than this can't be told apart, on paper or on a screen.
const MOST_ROWS: (usize, usize) = (60, 5_000);
/// More columns than this can't either.
const MOST_SERIES: usize = 8;

/// The chart that options describe. `source` is what they were read from, `whole` the place of the block.
pub fn chart(f: Fields<'_>, source: &Source<'_>, whole: &Span, out: &mut Diagnostics) -> Chart {
    let mut number = |name: &str| {
        let text = f.text(name)?;
        let number = Number::parse(&text);
        if number.is_none() {
            let message = format!("`{name}` takes a number, not `{text}`");
            out.push(Diagnostic::error(rules::BAD_VALUE, text.span.clone(), message));
        }
        number
    };
    let range = (number("from"), number("to"));
    let annotation = |f: Fields<'_>| Some(Annotation { at: f.text("at")?, text: f.text("text")? });
    let data = f.value("data").and_then(|value| value.text()).cloned();
    let in_file = |text: &Text| !text.trim().contains('\n') && !text.contains(',') && !text.contains(';');
    let mut chart = Chart {
        kind: f.word("kind", &ChartKind::ALL).unwrap_or_default(),
        title: f.text("title"),
        caption: f.inline("caption"),
        alt: f.text("alt"),
        prefix: f.text("prefix"),
        suffix: f.text("suffix"),
        range,
        highlight: f.texts("highlight"),
        annotations: f.tables("annotation").filter_map(annotation).collect(),
        x: f.text("x"),
        y: f.texts("y"),
        provenance: f.provenance(),
        file: data.clone().filter(in_file),
        ..Chart::default()
    };
    if let Some(data) = data.filter(|data| !in_file(data)) {
        // Places in the text are exact where it stands there letter by letter.
        let exact = Source::new(source.file, &data.text, data.span.start as usize);
        let sheet = match data.verbatim {
            true => csv::read(&exact, false, out),
            false => csv::read(&Source { place: source::Place::Within(&data.span), ..exact }, false, out),
        };
        if let Some(sheet) = sheet {
            fill(&mut chart, &sheet, whole, out);
        }
    }
    chart
}

/// A section whose charts have their numbers: those that stand in sheets are read. The section itself if it has none.
pub fn complete(world: Tracked<'_, dyn World + '_>, section: Arc<Section>, out: &mut Diagnostics) -> Arc<Section> {
    let in_file = |block: &Option<Block>| matches!(block, Some(Block::Chart(chart)) if chart.file.is_some());
    if !section.blocks.iter().any(in_file) {
        return section;
    }
    let mut section = (*section).clone();
    for block in &mut section.blocks {
        let Some(Block::Chart(chart)) = block else { continue };
        let Some(file) = chart.file.clone() else { continue };
        let mut filled = (**chart).clone();
        if let Some((path, sheet)) = sheet(world, &section.file, &file, out) {
            fill(&mut filled, &sheet, &Span::file(&path), out);
        }
        *chart = Arc::new(filled);
    }
    Arc::new(section)
}

fn sheet(
    world: Tracked<'_, dyn World + '_>,
    section: &SourcePath,
    file: &Text,
    out: &mut Diagnostics,
) -> Option<(SourcePath, Sheet)> {
    let dir = section.parent().unwrap_or_else(|| SourcePath::new(""));
    let path = dir.join(file);
    let mut fault = |message: String, help: &str| {
        out.push(Diagnostic::error(rules::BAD_VALUE, file.span.clone(), message).help(help));
    };
    if path.strip_prefix(&dir).is_none() {
        fault(format!("the sheet `{file}` lies outside the folder of its text"), "put it beside the text");
        return None;
    }
    if path.extension() != "csv" {
        fault(
            format!("`{file}` is no sheet that charts are made of"),
            "save it as CSV, or write the numbers here: a line of headings, then a line a row, with commas between",
        );
        return None;
    }
    let bytes = match world.read(&path) {
        Ok(bytes) => bytes,
        Err(ReadError::NotFound) => {
            let names = world.list(&dir).map(|all| all.iter().map(|e| e.name.clone()).collect::<Vec<_>>());
            let found = Diagnostic::error(rules::UNKNOWN_REFERENCE, file.span.clone(), format!("there is no `{path}`"));
            let names = names.unwrap_or_default();
            out.push(
                found.suggest(file, names.iter().map(|name| &**name)).help("a chart's sheet lies beside its text"),
            );
            return None;
        }
        Err(error) => {
            out.push(unreadable(&path, &error));
            return None;
        }
    };
    let (text, offset) = source::decode(&path, &bytes, out)?;
    let sheet = csv::read(&Source::new(&path, text, offset), false, out)?;
    Some((path.clone(), sheet))
}

/// Puts the numbers of a sheet into a chart.
fn fill(chart: &mut Chart, sheet: &Sheet, whole: &Span, out: &mut Diagnostics) {
    let rows = sheet.rows.iter().map(|row| row.cells.clone());
    chart.table = Arc::new(std::iter::once(sheet.headings.clone()).chain(rows).collect());
    let names: Vec<&str> = sheet.headings.iter().map(|heading| &*heading.text).collect();
    let mut column = |name: &Text| {
        let at = names.iter().position(|known| *known == &*name.text);
        if at.is_none() {
            let found =
                Diagnostic::error(rules::UNKNOWN_REFERENCE, name.span.clone(), format!("there is no column `{name}`"));
            out.push(match did_you_mean(name, names.iter().copied()) {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help(format!("the columns are {}", quoted(&names))),
            });
        }
        at
    };
    let x = chart.x.as_ref().map_or(Some(0), &mut column).unwrap_or(0);
    let mut y: Vec<usize> = chart.y.iter().filter_map(&mut column).collect();
    if chart.y.is_empty() {
        y = (0..names.len()).filter(|at| *at != x).collect();
    }
    shape(chart.kind, &y, sheet, whole, out);
    y.truncate(MOST_SERIES);
    let cell = |row: &csv::Row, at: usize| row.cells.get(at).cloned();
    let labels: Vec<Option<Text>> = sheet.rows.iter().map(|row| cell(row, x)).collect();
    let places = places(chart.kind, &labels);
    twice(&labels, &places, out);
    let rows = labels.iter().zip(places);
    let mut plot = Plot {
        heading: names.get(x).copied().unwrap_or_default().to_owned(),
        rows: rows
            .map(|(label, place)| Stop { label: label.as_ref().map(|l| l.to_string()).unwrap_or_default(), place })
            .collect(),
        series: y
            .iter()
            .map(|at| Series {
                name: names.get(*at).copied().unwrap_or_default().to_owned(),
                values: values(chart.kind, sheet.rows.iter().map(|row| cell(row, *at)), out),
            })
            .collect(),
    };
    if chart.kind.has_axis() {
        in_order(&mut plot);
    }
    chart.plot = Arc::new(plot);
    for note in &chart.annotations {
        if !chart.kind.has_axis() {
            let message = "only lines and areas have an axis with places for words";
            out.push(Diagnostic::error(rules::BAD_VALUE, note.at.span.clone(), message));
        } else if chart.plot.position_of(&note.at).is_none() {
            let message = format!("`{}` is no place of the axis", note.at);
            out.push(
                Diagnostic::error(rules::UNKNOWN_REFERENCE, note.at.span.clone(), message)
                    .help("write the label of a row, or a date or a number between the first row and the last"),
            );
        }
    }
    let known: Vec<&str> =
        chart.plot.series.iter().map(|s| &*s.name).chain(chart.plot.rows.iter().map(|r| &*r.label)).collect();
    for wanted in chart.highlight.iter().filter(|wanted| !known.contains(&&*wanted.text)) {
        let message = format!("the chart has no column and no row `{wanted}`");
        let found = Diagnostic::error(rules::UNKNOWN_REFERENCE, wanted.span.clone(), message);
        out.push(found.suggest(wanted, known.iter().copied()));
    }
}

/// Says so where the table has more or less than its kind of chart can show.
fn shape(kind: ChartKind, y: &[usize], sheet: &Sheet, whole: &Span, out: &mut Diagnostics) {
    let mut fault = |message: String, help: &str| {
        out.push(Diagnostic::error(rules::BAD_VALUE, whole.clone(), message).help(help));
    };
    if y.is_empty() {
        fault(
            "the chart has no column with numbers".to_owned(),
            "the first column holds labels, each further one numbers",
        );
    }
    if sheet.rows.is_empty() {
        fault("the chart has no rows".to_owned(), "below the line of headings goes a line for each row");
    }
    if kind == ChartKind::Slope && y.len() != 2 {
        let message = format!("a slope goes from one column to another, and here are {}", y.len());
        fault(message, "name the two with `y = [\"2019\", \"2024\"]`");
    }
    if y.len() > MOST_SERIES {
        let message = format!("{} columns are more than a chart can tell apart", y.len());
        fault(message, "name the ones that matter with `y`; at most 8");
    }
    let most = if kind.has_axis() { MOST_ROWS.1 } else { MOST_ROWS.0 };
    if sheet.rows.len() > most {
        let message = format!("{} rows are more than a chart can show", sheet.rows.len());
        fault(message, "leave out the small ones, or put them together");
    }
}

/// The numbers of a column. What one cell shows of how numbers are written holds for all of them.
fn values(kind: ChartKind, cells: impl Iterator<Item = Option<Text>>, out: &mut Diagnostics) -> Vec<Option<Number>> {
    let cells: Vec<Option<Text>> = cells.collect();
    let mut decimal: Option<(Decimal, &Text)> = None;
    for cell in cells.iter().flatten() {
        let Some(found) = Number::parse(cell).and_then(|_| Decimal::of(cell)) else { continue };
        match decimal {
            Some((known, first)) if known != found => out.push(
                Diagnostic::error(
                    rules::BAD_VALUE,
                    cell.span.clone(),
                    format!("`{cell}` is written in another way than `{first}` in the same column"),
                )
                .help("decide for one: either `1,234.5` or `1.234,5`"),
            ),
            _ => decimal = Some((found, cell)),
        }
    }
    let decimal = decimal.map(|(decimal, _)| decimal);
    let mut value = |cell: Option<Text>| {
        let cell = cell?;
        let faults = out.len();
        let number = number(&cell, decimal, out);
        if kind == ChartKind::Area && out.len() == faults && number.is_none_or(|number| number.get() < 0.0) {
            let message = "an area shows amounts on top of each other: each row needs one, and none below 0";
            out.push(
                Diagnostic::error(rules::BAD_VALUE, cell.span.clone(), message)
                    .help("`kind = \"line\"` shows gaps, and what lies below 0"),
            );
        }
        number
    };
    cells.iter().map(|cell| value(cell.clone())).collect()
}

/// A cell as a number. What says that nothing is known is a gap; what says anything else is a mistake.
fn number(cell: &Text, decimal: Option<Decimal>, out: &mut Diagnostics) -> Option<Number> {
    let gap = matches!(
        cell.trim().to_lowercase().as_str(),
        "" | "-" | "–" | "—" | "…" | ".." | "n/a" | "na" | "?" | "not public"
    );
    let number = Number::parse_as(cell, decimal);
    if number.is_none() && !gap {
        out.push(
            Diagnostic::error(rules::BAD_VALUE, cell.span.clone(), format!("`{cell}` is no number")).help(
                "write digits only, with the unit in `prefix`, `suffix` or the caption; leave unknown cells empty",
            ),
        );
    }
    number
}

/// Where the rows lie: at dates or numbers if all of them are, else in turn.
fn places(kind: ChartKind, labels: &[Option<Text>]) -> Vec<Place> {
    let all = |place: fn(&Text) -> Option<Place>| -> Option<Vec<Place>> {
        labels.iter().map(|label| label.as_ref().and_then(place)).collect()
    };
    let date = |text: &Text| {
        let date = Date::parse(text).ok()?;
        (date.earliest().is_some() && date.latest().is_some()).then_some(Place::Date(date))
    };
    let number = |text: &Text| Number::parse(text).map(Place::Number);
    let found = if kind.has_axis() { all(date).or_else(|| all(number)) } else { None };
    found.unwrap_or_else(|| vec![Place::InTurn; labels.len()])
}

/// Reports rows at a place of the axis that an earlier row has: a line would go straight up there.
fn twice(labels: &[Option<Text>], places: &[Place], out: &mut Diagnostics) {
    let mut seen: HashMap<u64, &Text> = HashMap::new();
    for (label, place) in labels.iter().zip(places).filter(|(_, place)| **place != Place::InTurn) {
        let Some(label) = label else { continue };
        if let Some(first) = seen.insert(place.position(0).to_bits(), label) {
            let message = format!("two rows stand at `{label}` of the axis");
            out.push(
                Diagnostic::error(rules::BAD_VALUE, label.span.clone(), message)
                    .label(first.span.clone(), "the other")
                    .help(
                        "a line has one number for each place: correct the label, or make a column of the second row",
                    ),
            );
        }
    }
}

/// Brings rows that have places into their order.
fn in_order(plot: &mut Plot) {
    let mut order: Vec<usize> = (0..plot.rows.len()).collect();
    let key = |at: &usize| plot.rows.get(*at).map_or(0.0, |row| row.place.position(*at));
    order.sort_by(|a, b| key(a).total_cmp(&key(b)));
    let rows = order.iter().filter_map(|at| plot.rows.get(*at).cloned()).collect();
    for series in &mut plot.series {
        series.values = order.iter().map(|at| series.values.get(*at).copied().flatten()).collect();
    }
    plot.rows = rows;
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
