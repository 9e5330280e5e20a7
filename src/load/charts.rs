//! Charts: their options, and the numbers in the text or in a sheet beside it.

mod numbers;

use std::collections::BTreeMap;
use std::sync::Arc;

use comemo::Tracked;

use super::decode::fields::Fields;
use super::format::csv::{self, Sheet};
use super::source::{self, Source};
use super::unreadable;
use crate::base::text::{did_you_mean, listed};
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, Text, rules};
use crate::model::chart::{Annotation, Chart, ChartKind, Number, Plot, Series, Stop};
use crate::model::{Block, Section};
use crate::world::{ReadError, World};

/// More rows than this can't be told apart, on paper or on a screen.
const MOST_ROWS: (usize, usize) = (60, 5_000);
/// More columns than this can't either.
const MOST_SERIES: usize = 8;
/// Once the charts of a text have so many cells its page is too long (the rule long-page), and further ones stay empty.
const MOST_CELLS: usize = 700_000;

/// The chart that options describe. `source` is what they were read from, `whole` the place of the block.
///
/// `language` is that of the text.
pub fn chart(f: Fields<'_>, source: &Source<'_>, whole: &Span, language: &str, out: &mut Diagnostics) -> Chart {
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
    let kind = f.word("kind", &ChartKind::ALL);
    let mut chart = Chart {
        kind: kind.unwrap_or_default(),
        kind_unknown: kind.is_none() && f.value("kind").is_some(),
        title: f.text("title"),
        caption: f.inline("caption"),
        alt: f.text("alt"),
        prefix: f.text("prefix"),
        // The space before a sign is part of how the language writes it.
        suffix: f.value("suffix").and_then(|value| value.text()).cloned(),
        comma: numbers::has_comma(language),
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
            fill(&mut chart, &Table::new(sheet), whole, out);
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
    let mut known = BTreeMap::new();
    let mut cells = 0;
    for block in &mut section.blocks {
        let Some(Block::Chart(chart)) = block else { continue };
        let Some(file) = chart.file.clone().filter(|_| cells < MOST_CELLS) else { continue };
        let Some(path) = path(&section.file, &file, out) else { continue };
        let sheet = known.entry(path.clone()).or_insert_with(|| sheet(world, &path, &file, out));
        let sheet = match sheet {
            Ok(sheet) => sheet,
            Err(missing) => {
                // A sheet that isn't there is told of each chart that wants it.
                out.extend(missing.clone().map(|found| Diagnostic { span: file.span.clone(), ..found }));
                continue;
            }
        };
        let mut filled = (**chart).clone();
        fill(&mut filled, sheet, &Span::file(&path), out);
        cells += filled.table.iter().map(Vec::len).sum::<usize>();
        *chart = Arc::new(filled);
    }
    Arc::new(section)
}

/// A sheet, and its cells as a chart keeps them: charts of one sheet share them.
struct Table {
    sheet: Sheet,
    cells: Arc<Vec<Vec<Text>>>,
}

impl Table {
    fn new(sheet: Sheet) -> Self {
        let rows = sheet.rows.iter().map(|row| row.cells.clone());
        let cells = Arc::new(std::iter::once(sheet.headings.clone()).chain(rows).collect());
        Self { sheet, cells }
    }
}

/// The path of the sheet that a chart names, if it may be one.
fn path(section: &SourcePath, file: &Text, out: &mut Diagnostics) -> Option<SourcePath> {
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
    Some(path)
}

/// A sheet; or, if it isn't there, what is to be said of it. What else is wrong with it is said by then.
fn sheet(
    world: Tracked<'_, dyn World + '_>,
    path: &SourcePath,
    file: &Text,
    out: &mut Diagnostics,
) -> Result<Table, Option<Diagnostic>> {
    let bytes = match world.read(path) {
        Ok(bytes) => bytes,
        Err(ReadError::NotFound) => {
            let dir = path.parent().unwrap_or_else(|| SourcePath::new(""));
            let names = world.list(&dir).map(|all| all.iter().map(|e| e.name.clone()).collect::<Vec<_>>());
            let found = Diagnostic::error(rules::UNKNOWN_REFERENCE, file.span.clone(), format!("there is no `{path}`"));
            let names = names.unwrap_or_default();
            let found = found.suggest(file, names.iter().map(|name| &**name));
            return Err(Some(found.help("a chart's sheet lies beside its text")));
        }
        Err(error) => {
            out.push(unreadable(path, &error));
            return Err(None);
        }
    };
    let (text, offset) = source::decode(path, &bytes, out).ok_or(None)?;
    csv::read(&Source::new(path, text, offset), false, out).map(Table::new).ok_or(None)
}

/// Puts the numbers of a sheet into a chart.
fn fill(chart: &mut Chart, table: &Table, whole: &Span, out: &mut Diagnostics) {
    let Table { sheet, cells } = table;
    chart.table = cells.clone();
    let names: Vec<&str> = sheet.headings.iter().map(|heading| &*heading.text).collect();
    let mut column = |name: &Text| {
        let at = names.iter().position(|known| *known == &*name.text);
        if at.is_none() {
            let found =
                Diagnostic::error(rules::UNKNOWN_REFERENCE, name.span.clone(), format!("there is no column `{name}`"));
            out.push(match did_you_mean(name, names.iter().copied()) {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help(format!("the columns are {}", listed(names.iter().copied()))),
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
    let rows = sheet.rows.get(..most_rows(chart.kind)).unwrap_or(&sheet.rows);
    let cell = |row: &csv::Row, at: usize| row.cells.get(at).cloned();
    let labels: Vec<Option<Text>> = rows.iter().map(|row| cell(row, x)).collect();
    let places = numbers::places(chart.kind, &labels, out);
    numbers::twice(&labels, &places, out);
    let columns: Vec<Vec<Option<Text>>> = y.iter().map(|at| rows.iter().map(|row| cell(row, *at)).collect()).collect();
    let comma = chart.comma || sheet.delimiter == ';';
    let written = numbers::Written::of(&columns, comma, out);
    numbers::units(chart, &columns, out);
    let rows = labels.iter().zip(places);
    let mut plot = Plot {
        heading: names.get(x).copied().unwrap_or_default().to_owned(),
        rows: rows
            .map(|(label, place)| Stop { label: label.as_ref().map(|l| l.to_string()).unwrap_or_default(), place })
            .collect(),
        series: y
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(n, (at, cells))| Series {
                name: names.get(*at).copied().unwrap_or_default().to_owned(),
                values: written.values(n, chart.kind, cells, out),
            })
            .collect(),
    };
    if chart.kind.has_axis() {
        in_order(&mut plot);
    }
    chart.plot = Arc::new(plot);
    for note in chart.annotations.iter().filter(|_| !chart.kind_unknown) {
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

fn most_rows(kind: ChartKind) -> usize {
    if kind.has_axis() { MOST_ROWS.1 } else { MOST_ROWS.0 }
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
    if sheet.rows.len() > most_rows(kind) {
        let message = format!("{} rows are more than a chart can show", sheet.rows.len());
        fault(message, "leave out the small ones, or put them together");
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
