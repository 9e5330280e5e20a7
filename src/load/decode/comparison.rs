//! Free tables: from data files, and from a sheet `compare-ID.csv`.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::fields::{Fields, prose};
use super::sheet;
use crate::base::{Diagnostic, Diagnostics, Numbered, Span, Text, rules, text};
use crate::load::format::csv::{Sheet, normal};
use crate::load::markdown::Smart;
use crate::model::*;

/// A comparison of a data file.
pub fn comparison(f: Fields<'_>, out: &mut Diagnostics) -> Option<Comparison> {
    let title = f.text("title");
    let head = f.head(title.as_ref())?;
    let columns: Vec<Column> = f.tables("columns").filter_map(column).collect();
    let columns = distinct(columns, "columns", |c| (&c.id, &c.span), out);
    let mut taken: Numbered = f.tables("row").filter_map(|r| r.id(None)).map(|(id, _)| id.to_string()).collect();
    let rows: Vec<Row> = f.tables("row").filter_map(|r| row(r, &mut taken)).collect();
    let rows = distinct(rows, "rows", |r| (&r.id, &r.span), out);
    Some(Comparison {
        title: title.unwrap_or_else(|| Text { text: head.id.clone(), span: head.span.clone(), verbatim: false }),
        caption: f.inline("caption"),
        columns,
        rows,
        provenance: f.provenance(),
        head,
    })
}

fn column(f: Fields<'_>) -> Option<Column> {
    let label = f.text("label");
    let (id, span) = f.id(label.as_ref())?;
    let label = label.unwrap_or_else(|| Text { text: id.clone(), span: span.clone(), verbatim: false });
    Some(Column { id, span, label, note: f.inline("note") })
}

fn row(f: Fields<'_>, taken: &mut Numbered) -> Option<Row> {
    let label = f.text("label")?;
    let id = match f.id(None) {
        Some((id, _)) => id,
        None => free_id(f.original().as_ref().unwrap_or(&label), taken)?,
    };
    let (mut cells, mut blanks) = (IndexMap::new(), Vec::new());
    if let Some(table) = f.value("cells").and_then(|v| v.table()) {
        for (key, value) in &table.entries {
            let key = super::fields::composed(key.clone());
            if value.is_blank() {
                blanks.push((key.text, value.span.clone()));
                continue;
            }
            let cell = match f.inner(value) {
                Some(inner) => {
                    Cell { span: value.span.clone(), value: inner.inline("value"), provenance: inner.provenance() }
                }
                None => Cell {
                    span: value.span.clone(),
                    value: value.text().map(|text| prose(text, true, f.smart())),
                    provenance: Provenance::default(),
                },
            };
            cells.insert(key.text, cell);
        }
    }
    Some(Row {
        id,
        span: label.span.clone(),
        note: f.inline("note"),
        sources: f.sources(),
        cells: IndexMapH(cells),
        blanks,
        label,
    })
}

/// The slug of a label that no other row has.
fn free_id(label: &str, taken: &mut Numbered) -> Option<Id> {
    let slug = text::slug(label);
    let slug = if slug.is_empty() { "row".to_owned() } else { slug };
    Some(taken.free(&slug).into())
}

/// Leaves out what has the id of an earlier one, and says so.
fn distinct<T>(all: Vec<T>, what: &str, key: impl Fn(&T) -> (&Id, &Span), out: &mut Diagnostics) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    let mut places: HashMap<Id, Span> = HashMap::new();
    for one in all {
        let (id, span) = key(&one);
        match places.get(id) {
            Some(first) => out.push(
                Diagnostic::error(
                    rules::DUPLICATE_ID,
                    span.clone(),
                    format!("there are two {what} with the id `{id}`"),
                )
                .label(first.clone(), "the other one is here")
                .help("give one of them another `id`"),
            ),
            None => {
                places.insert(id.clone(), span.clone());
                kept.push(one);
            }
        }
    }
    kept
}

/// The rows and columns that a sheet `compare-ID.csv` gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CompareSheet {
    /// The id of the comparison.
    pub id: Id,
    /// The place of the sheet.
    pub span: Span,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Reads the rows and columns off a sheet. `original` is the same in the language in which it was written, which ids are
/// made from.
pub fn compare_sheet(
    sheet: &Sheet,
    original: &Sheet,
    id: Id,
    smart: Smart,
    out: &mut Diagnostics,
) -> Option<CompareSheet> {
    let heading = |at: usize| sheet.headings.get(at);
    let mut end = sheet.headings.len();
    let (mut note_at, mut sources_at) = (None, None);
    while end > 1 {
        match heading(end - 1).map(|h| normal(h)).as_deref() {
            Some("note" | "notes") if note_at.is_none() => note_at = Some(end - 1),
            Some("sources" | "source") if sources_at.is_none() => sources_at = Some(end - 1),
            Some("") => {}
            _ => break,
        }
        end -= 1;
    }
    let first = sheet.headings.first()?;
    if end < 2 {
        out.push(
            Diagnostic::error(rules::BAD_SYNTAX, first.span.clone(), "the sheet has no columns to compare")
                .help("the first column holds the labels of the rows; each further one is a column of the table"),
        );
    }
    let mut taken = Numbered::default();
    let columns: Vec<(usize, Column)> = (1..end)
        .filter_map(|at| {
            let label = heading(at).filter(|h| !h.is_empty())?.clone();
            let id = free_id(&label, &mut taken)?;
            Some((at, Column { id, span: label.span.clone(), label, note: None }))
        })
        .collect();
    let mut taken = Numbered::default();
    let mut rows = Vec::new();
    for (row, original) in sheet.rows.iter().zip(&original.rows) {
        let filled = |at: usize| row.cells.get(at).filter(|cell| !cell.is_empty());
        let Some(label) = filled(0) else {
            let cell = row.cells.first().map_or_else(|| row.span.clone(), |c| c.span.clone());
            out.push(
                Diagnostic::error(rules::MISSING_KEY, cell, "this row has no label")
                    .help("write it in the first column"),
            );
            continue;
        };
        let cells = columns.iter().filter_map(|(at, column)| {
            let text = filled(*at)?;
            let value = Some(prose(text, true, smart));
            Some((column.id.clone(), Cell { span: text.span.clone(), value, provenance: Provenance::default() }))
        });
        let blanks = columns.iter().filter_map(|(at, column)| {
            let cell = row.cells.get(*at).filter(|cell| cell.is_empty())?;
            Some((column.id.clone(), cell.span.clone()))
        });
        rows.push(Row {
            id: free_id(original.cells.first().unwrap_or(label), &mut taken)?,
            span: label.span.clone(),
            label: label.clone(),
            note: note_at.and_then(filled).map(|text| prose(text, true, smart)),
            sources: sources_at
                .and_then(filled)
                .map(|cell| sheet::parts(cell, sheet.delimiter, true).iter().map(super::fields::cite).collect())
                .unwrap_or_default(),
            cells: IndexMapH(cells.collect()),
            blanks: blanks.collect(),
        });
    }
    Some(CompareSheet { id, span: first.span.clone(), columns: columns.into_iter().map(|(_, c)| c).collect(), rows })
}
