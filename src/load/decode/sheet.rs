//! Rows of a sheet → tables, by the fields of the kind of record that the sheet holds.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::text::Patience;
use crate::base::{Diagnostics, Text};
use crate::load::format::csv::{Row, Sheet, normal};
use crate::load::localise;
use crate::load::schema::{Field, Record, Type};
use crate::load::validate::{id_fault, near_key, unknown_key};
use crate::load::value::{Kind, Table, Value, part, trimmed};

/// What a column is read as.
pub struct Column {
    /// Its place in the row.
    pub at: usize,
    field: &'static Field,
    /// The field within a table, for headings such as `image_src`.
    inner: Option<&'static Field>,
    /// The language, for headings such as `name.de`.
    language: Option<String>,
}

/// The columns whose headings are fields of `record`, and the headings that are none. A heading that was probably meant
/// as another is reported by [`report_unknown`], and taken for that one.
pub fn columns<'s>(sheet: &'s Sheet, record: &'static Record) -> (Vec<Column>, Vec<&'s Text>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let headings = headings(record);
    let names: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut present: BTreeSet<String> = sheet.headings.iter().map(|heading| normal(heading)).collect();
    let patience = Patience::default();
    for (at, heading) in sheet.headings.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
        let (name, tag) = match localise::translated(record, heading) {
            Some((field, tag)) => (field.name.to_owned(), Some(tag.to_owned())),
            None => (normal(heading), None),
        };
        let mut found = find(record, &name);
        if found.is_none() {
            unknown.push(heading);
            let near = patience
                .lasts()
                .then(|| near_key(heading, &names))
                .flatten()
                .filter(|near| present.insert((*near).to_owned()));
            found = near.and_then(|near| find(record, near));
        }
        known.extend(found.map(|(field, inner)| Column { at, field, inner, language: tag }));
    }
    (known, unknown)
}

/// The field of a heading; of a table within the record if the heading is `TABLE_FIELD`.
fn find(record: &'static Record, heading: &str) -> Option<(&'static Field, Option<&'static Field>)> {
    if let Some(field) = record.field(heading) {
        let fits = match field.ty {
            Type::List(item) => !matches!(item, Type::Table(_)),
            Type::Table(_) | Type::Kinds(_) | Type::Map(_) => false,
            _ => true,
        };
        return fits.then_some((field, None));
    }
    let (table, rest) = heading.split_once('_')?;
    let field = record.field(table)?;
    if let Type::Table(inner) = field.ty { Some((field, Some(inner.field(rest)?))) } else { None }
}

/// Reports headings that no column of this kind of record has.
pub fn report_unknown(unknown: &[&Text], record: &'static Record, out: &mut Diagnostics) {
    let known = headings(record);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let patience = Patience::default();
    for heading in unknown {
        let message = format!("there is no column `{heading}` in a sheet of {}", record.plural());
        let nested = record.field(&normal(heading)).is_some();
        out.push(if nested {
            unknown_key(heading, None, message).help("a cell can't hold this; keep these records in TOML, YAML or JSON")
        } else {
            unknown_key(heading, patience.lasts().then(|| near_key(heading, &known)).flatten(), message)
        });
    }
}

/// Every heading that a sheet of this kind of record may have.
pub fn headings(record: &'static Record) -> Vec<String> {
    let mut all = Vec::new();
    for field in record.all_fields() {
        match field.ty {
            Type::Table(inner) => all.extend(inner.all_fields().map(|f| format!("{}_{}", field.name, f.name))),
            Type::Kinds(_) | Type::Map(_) | Type::List(Type::Table(_)) => {}
            _ => all.push(field.name.to_owned()),
        }
    }
    all
}

/// The table that a row is.
pub fn table(row: &Row, columns: &[Column], delimiter: char) -> Value {
    let mut table = Table::default();
    for column in columns {
        let Some(cell) = row.cells.get(column.at) else { continue };
        // The place of the key is the cell: there a missing value has to be filled in.
        let key = |field: &Field| {
            let language = column.language.iter().map(|tag| format!(".{tag}")).collect::<String>();
            Text { text: format!("{}{language}", field.name).into(), span: cell.span.clone(), verbatim: false }
        };
        match column.inner {
            None => table.entries.push((key(column.field), value(cell, &column.field.ty, delimiter))),
            Some(_) if cell.is_empty() => {}
            Some(inner) => {
                let entry = (key(inner), value(cell, &inner.ty, delimiter));
                let open = table.entries.iter_mut().find(|(k, _)| &*k.text == column.field.name);
                if let Some((_, Value { kind: Kind::Table(inner), .. })) = open {
                    inner.entries.push(entry);
                } else {
                    let kind = Kind::Table(Table { entries: vec![entry] });
                    table.entries.push((key(column.field), Value { span: row.span.clone(), kind }));
                }
            }
        }
    }
    Value { span: row.span.clone(), kind: Kind::Table(table) }
}

/// The value that a cell is where `ty` is wanted.
fn value(cell: &Text, ty: &Type, delimiter: char) -> Value {
    let kind = match ty {
        _ if cell.is_empty() => Kind::Null,
        Type::Bool => match cell.to_lowercase().as_str() {
            "true" | "yes" | "1" | "x" => Kind::Bool(true),
            "false" | "no" | "0" => Kind::Bool(false),
            _ => Kind::Str(cell.clone()),
        },
        Type::List(item) => Kind::List(
            parts(cell, delimiter, matches!(item, Type::Cite))
                .into_iter()
                .map(|text| Value { span: text.span.clone(), kind: Kind::Str(text) })
                .collect(),
        ),
        _ => Kind::Str(cell.clone()),
    };
    Value { span: cell.span.clone(), kind }
}

/// The parts of a list in a cell, empty ones left out.
pub fn parts(cell: &Text, delimiter: char, cites: bool) -> Vec<Text> {
    let separator = match delimiter {
        ';' if cell.contains('|') => '|',
        ';' => ',',
        _ => ';',
    };
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for piece in cell.split(separator) {
        let end = start + piece.len();
        // A comma also stands between a source and the place in it: `id, p. 4`.
        match ranges.last_mut() {
            Some(last) if cites && separator == ',' && id_fault(piece.trim()).is_some() => last.end = end,
            _ => ranges.push(start..end),
        }
        start = end + separator.len_utf8();
    }
    ranges.into_iter().map(|range| trimmed(&part(cell, range))).filter(|text| !text.is_empty()).collect()
}
