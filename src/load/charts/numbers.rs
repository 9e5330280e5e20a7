//! How the cells of a chart's sheet are written: its numbers, their units, and where its rows lie.

use std::collections::HashMap;

use icu::decimal::DecimalFormatter;
use icu::locale::Locale;

use crate::base::{Diagnostic, Diagnostics, Text, rules};
use crate::model::Date;
use crate::model::chart::{Chart, ChartKind, Decimal, Number, Place};

/// True if numbers have a comma before their decimals in a language: `1,5`.
pub fn has_comma(language: &str) -> bool {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let formatter = DecimalFormatter::try_new((&locale).into(), Default::default());
    let half = "0.5".parse().map(|half| formatter.map(|formatter| formatter.format_to_string(&half)));
    matches!(half, Ok(Ok(half)) if half.contains(','))
}

/// How the numbers of a sheet are written.
pub struct Written {
    /// For each column, what stands before decimals there; nothing where no cell shows it.
    columns: Vec<Option<Decimal>>,
    /// What the first column shows that shows it at all.
    anywhere: Option<Decimal>,
    /// True if a comma may stand before decimals, so that a cell such as `1.200` has to be made clear.
    unclear: bool,
}

impl Written {
    /// Looks at the columns with numbers. What one cell shows holds for its column, else for the sheet. `comma` is true
    /// where the language of the text, or what separates the cells, lets expect a comma before decimals.
    pub fn of(columns: &[Vec<Option<Text>>], comma: bool, out: &mut Diagnostics) -> Self {
        let columns: Vec<Option<Decimal>> = columns.iter().map(|cells| decided(cells, out)).collect();
        let anywhere = columns.iter().flatten().next().copied();
        Self { columns, anywhere, unclear: comma }
    }

    /// The numbers of the column at `at`.
    pub fn values(
        &self,
        at: usize,
        kind: ChartKind,
        cells: &[Option<Text>],
        out: &mut Diagnostics,
    ) -> Vec<Option<Number>> {
        let decimal = self.columns.get(at).copied().flatten().or(self.anywhere);
        if let Some(cell) = cells.iter().flatten().find(|cell| decimal.is_none() && self.unclear && either(cell)) {
            let plain: String = cell.chars().filter(|c| !matches!(c, '.' | ',')).collect();
            let exact = cell.replace(',', ".");
            out.push(
                Diagnostic::error(
                    rules::BAD_VALUE,
                    cell.span.clone(),
                    format!("`{cell}` may be more than a thousand, or have three decimals"),
                )
                .help(format!("write `{plain}` if it is more than a thousand, `{exact}0` if it has decimals")),
            );
        }
        let mut value = |cell: &Text| {
            let faults = out.len();
            let number = number(cell, decimal, out);
            if kind == ChartKind::Area && out.len() == faults && number.is_none_or(|number| number.get() < 0.0) {
                let message = "an area shows amounts on top of each other: each row needs one, and none below 0";
                out.push(
                    Diagnostic::error(rules::BAD_VALUE, cell.span.clone(), message)
                        .help("`kind = \"line\"` shows gaps, and what lies below 0"),
                );
            }
            number
        };
        cells.iter().map(|cell| value(cell.as_ref()?)).collect()
    }
}

/// What a column shows of how its numbers are written.
fn decided(cells: &[Option<Text>], out: &mut Diagnostics) -> Option<Decimal> {
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
    decimal.map(|(decimal, _)| decimal)
}

/// True for a number that has another value where a comma stands before decimals: `1.200`, `1,200`.
fn either(cell: &Text) -> bool {
    cell.contains(['.', ',']) && Number::parse(cell).is_some() && Decimal::of(cell).is_none()
}

/// A cell as a number. What says that nothing is known is a gap; what says anything else is a mistake.
fn number(cell: &Text, decimal: Option<Decimal>, out: &mut Diagnostics) -> Option<Number> {
    let gap = matches!(
        cell.trim().to_lowercase().as_str(),
        "" | "-" | "–" | "—" | "…" | ".." | "n/a" | "na" | "?" | "not public"
    );
    let number = Number::parse_as(cell, decimal);
    // A number that is written in another way than the others is reported as that.
    if number.is_none() && !gap && Number::parse(cell).is_none() {
        out.push(
            Diagnostic::error(rules::BAD_VALUE, cell.span.clone(), format!("`{cell}` is no number")).help(
                "write digits only, with the unit in `prefix`, `suffix` or the caption; leave unknown cells empty",
            ),
        );
    }
    number
}

/// The units in the cells: one for all, which becomes that of the chart unless it has one; more are mistakes.
pub fn units(chart: &mut Chart, columns: &[Vec<Option<Text>>], out: &mut Diagnostics) {
    let unit = |cell: &Text| cell.chars().find(|c| matches!(c, '$' | '€' | '£' | '¥' | '%'));
    let cells = columns.iter().flatten().flatten().filter(|cell| Number::parse(cell).is_some());
    let mut with = cells.filter_map(|cell| Some((unit(cell)?, cell)));
    let Some((sign, first)) = with.next() else { return };
    if let Some((_, other)) = with.find(|(other, _)| *other != sign) {
        let message = format!("`{other}` is in another unit than `{first}`");
        out.push(
            Diagnostic::error(rules::BAD_VALUE, other.span.clone(), message)
                .help("a chart has one unit: make two charts, or bring the numbers into one"),
        );
        return;
    }
    if let Some(said) = chart.prefix.as_ref().or(chart.suffix.as_ref()) {
        let both = [&chart.prefix, &chart.suffix].into_iter().flatten().any(|text| text.contains(sign));
        if !both {
            let message = format!("`{first}` is in another unit than the chart's `{}`", said.trim());
            out.push(
                Diagnostic::error(rules::BAD_VALUE, first.span.clone(), message)
                    .help("take the sign out of the cells, or correct `prefix` and `suffix`"),
            );
        }
        return;
    }
    // As the first cell has it: `10 %`, `€3`.
    let typed = first.trim().trim_start_matches(['-', '−', '+']);
    match typed.split_once(|c: char| c.is_ascii_digit()).map(|(before, _)| before) {
        Some(before) if before.contains(sign) => {
            chart.prefix = Some(Text { text: before.trim_start().into(), ..first.clone() });
        }
        _ => {
            let after = typed.trim_start_matches(|c| c != sign);
            let apart = typed.strip_suffix(after).is_some_and(|before| before.ends_with(char::is_whitespace));
            let after = format!("{}{after}", if apart { " " } else { "" });
            chart.suffix = Some(Text { text: after.into(), ..first.clone() });
        }
    }
}

/// Where the rows lie: at dates or numbers if all of them are, else in turn.
pub fn places(kind: ChartKind, labels: &[Option<Text>], out: &mut Diagnostics) -> Vec<Place> {
    let all = |place: fn(&Text) -> Option<Place>| -> Option<Vec<Place>> {
        labels.iter().map(|label| label.as_ref().and_then(place)).collect()
    };
    let date = |text: &Text| {
        let date = Date::parse(text).ok()?;
        (date.earliest().is_some() && date.latest().is_some()).then_some(Place::Date(date))
    };
    let number = |text: &Text| Number::parse(text).map(Place::Number);
    let found = if kind.has_axis() { all(date).or_else(|| all(number)) } else { None };
    found.unwrap_or_else(|| {
        if kind.has_axis() {
            not_dates(labels, out);
        }
        vec![Place::InTurn; labels.len()]
    })
}

/// Reports labels that were probably meant as dates: rows that aren't all dates stand at equal distances.
fn not_dates(labels: &[Option<Text>], out: &mut Diagnostics) {
    let labels: Vec<&Text> = labels.iter().flatten().filter(|label| !label.trim().is_empty()).collect();
    let dates = labels.iter().filter(|label| Date::parse(label).is_ok()).count();
    for label in &labels {
        let Err(error) = Date::parse(label) else { continue };
        // It names what was meant, or most of the others are dates.
        let meant = error.help.as_deref().is_some_and(|help| help.starts_with("write `"));
        if meant || dates * 2 > labels.len() {
            let found = Diagnostic::error(rules::BAD_DATE, label.span.clone(), error.message);
            out.push(match error.help {
                Some(help) => found.help(help),
                None => found,
            });
        }
    }
}

/// Reports rows at a place of the axis that an earlier row has: a line would go straight up there.
pub fn twice(labels: &[Option<Text>], places: &[Place], out: &mut Diagnostics) {
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
