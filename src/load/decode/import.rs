//! A sheet, or a timeline of TimelineJS → a data file in TOML, to go on with by hand: `expound import`.
//!
//! Sheets can stand in a site as they are. Who wants to write longer texts, or to name what only TOML has room for, brings
//! them over once.

use std::collections::BTreeMap;

use super::{Decoder, sheet, timelinejs};
use crate::base::{Bytes, Diagnostic, Diagnostics, Numbered, Severity, SourcePath, Text, rules, text};
use crate::load::format::{self, csv::Sheet, csv::normal};
use crate::load::schema::{FILES, FileKind, Record};
use crate::load::source::{self, Source};
use crate::load::value::{Kind, Table, Value};

/// What came of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The records, as a data file in TOML.
    pub toml: String,
    /// How many records there are of each kind: `12 events`.
    pub counts: Vec<String>,
    /// What the sheet says that records have no field for, and how often: `("title slide", 1)`.
    pub left_out: Vec<(&'static str, usize)>,
}

/// A column of a sheet, and the field that it is; no field for a column that isn't wanted.
pub type Renamed = (String, String);

/// The files that sheets can be brought into, without ending: all whose records a row has room for.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    importable().map(|kind| kind.stem)
}

fn importable() -> impl Iterator<Item = &'static FileKind> {
    FILES.iter().filter(|kind| kind.stem != "comparisons")
}

/// What a file holds, by what stands in it, else by its name; `None` if neither tells.
pub fn recognised(file: &SourcePath, bytes: &Bytes) -> Option<&'static str> {
    if file.extension() == "json" {
        return Some("events");
    }
    let mut ignored = Diagnostics::new();
    let (text, offset) = source::decode(file, bytes, &mut ignored)?;
    let sheet = read(&Source::new(file, text, offset), &mut ignored);
    if sheet.is_some_and(|sheet| timelinejs::is_timelinejs(&sheet)) {
        return Some("events");
    }
    kinds().find(|kind| *kind == file.stem().to_lowercase())
}

/// Reads a sheet of the records of `kind`, one of [`kinds`], with all that is wrong with it. Where a column has another
/// name than the field that it is, `renamed` says so.
///
/// `None` if it has errors.
pub fn import(file: &SourcePath, bytes: &Bytes, kind: &str, renamed: &[Renamed]) -> (Option<Imported>, Diagnostics) {
    let mut decoder = Decoder::new(None, None);
    let imported = importable().find(|known| known.stem == kind).and_then(|kind| {
        let (text, offset) = source::decode(file, bytes, &mut decoder.out)?;
        let source = Source::new(file, text, offset);
        let mut sheet = read(&source, &mut decoder.out)?;
        let mut wrong_names = Diagnostics::new();
        rename(&mut sheet, renamed, &mut wrong_names);
        let imported = decoder.bring(kind, &sheet);
        unknown_columns(&sheet, kind, &mut decoder.out);
        decoder.out.extend(wrong_names);
        let found = decoder.out.iter_mut();
        if file.extension() == "json" {
            for found in found.filter(|found| found.rule == rules::MISSING_KEY) {
                found.help =
                    vec!["a slide has its date in `start_date`, its title in `text`, as `headline`".to_owned()];
            }
        } else {
            format::csv::name_cells(text, offset, found.filter(|found| found.span.end > 0));
        }
        Some(imported)
    });
    let sound = !decoder.out.iter().any(|found| found.severity == Severity::Error);
    (imported.filter(|_| sound), decoder.out)
}

fn read(source: &Source<'_>, out: &mut Diagnostics) -> Option<Sheet> {
    if source.file.extension() != "json" {
        return format::csv::read(source, false, out);
    }
    let value = format::json::read(source, out).value?;
    let sheet = timelinejs::sheet_of_json(&value);
    if sheet.is_none() {
        let message = "this is no timeline of TimelineJS: it has no list `events`";
        let help = "records in JSON need no import: put the file into the explainer's folder as it is";
        out.push(Diagnostic::error(rules::BAD_VALUE, source.span(0..0), message).help(help));
    }
    sheet
}

/// Gives columns the names of the fields that they are.
fn rename(sheet: &mut Sheet, renamed: &[Renamed], out: &mut Diagnostics) {
    let names: Vec<String> = sheet.headings.iter().map(|h| h.to_string()).filter(|h| !h.is_empty()).collect();
    for (column, field) in renamed {
        let at = sheet.headings.iter_mut().find(|heading| normal(heading) == normal(column));
        if let Some(heading) = at {
            heading.text = field.as_str().into();
        } else if let Some(first) = sheet.headings.first() {
            let message = format!("the sheet has no column `{column}`");
            let found = Diagnostic::error(rules::UNKNOWN_KEY, first.span.clone(), message);
            out.push(match text::did_you_mean(column, names.iter().map(String::as_str)) {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help(format!("its columns are {}", text::listed(names.iter().map(String::as_str)))),
            });
        }
    }
}

/// Says what can be done about columns that are no fields. Until that is done nobody knows what the rows lack.
fn unknown_columns(sheet: &Sheet, kind: &FileKind, out: &mut Diagnostics) {
    // Many columns may be unknown: each is found by where it stands.
    let headings: BTreeMap<u32, &Text> = sheet.headings.iter().map(|heading| (heading.span.start, heading)).collect();
    let is_column = |found: &&mut Diagnostic| found.rule == rules::UNKNOWN_KEY;
    let mut any = false;
    for found in out.iter_mut().filter(is_column) {
        if let Some(name) = headings.get(&found.span.start).map(|heading| &heading.text) {
            let quoted =
                if name.contains(char::is_whitespace) { format!("\"{name}=…\"") } else { format!("{name}=…") };
            let leave = quoted.replace('…', "");
            found.help.push(format!(
                "name the field that it is with `--column {quoted}`, or leave it out with `--column {leave}`"
            ));
            if let (false, Some(main)) = (any, kind.records.first()) {
                let fields = sheet::headings(main);
                found.help.push(format!("the fields are {}", text::listed(fields.iter().map(String::as_str))));
            }
            any = true;
        }
    }
    if any {
        out.retain(|found| found.rule != rules::MISSING_KEY);
    }
}

impl Decoder {
    /// The rows of a sheet as records, each checked.
    fn bring(&mut self, kind: &'static FileKind, sheet: &Sheet) -> Imported {
        let mut left_out = Vec::new();
        let mut records: Vec<(&'static Record, Value)> = Vec::new();
        if kind.stem == "events" && timelinejs::is_timelinejs(sheet) {
            left_out = timelinejs::left_out(sheet);
            records.extend(timelinejs::convert(sheet, &mut self.out).into_iter().map(|row| (row.kind(), row.table)));
        } else if let Some(main) = kind.records.first() {
            let (columns, unknown) = sheet::columns(sheet, main);
            sheet::report_unknown(&unknown, main, &mut self.out);
            records.extend(sheet.rows.iter().map(|row| (*main, sheet::table(row, &columns, sheet.delimiter))));
            name(&mut records);
        }
        for (kind, record) in &records {
            self.record(kind, &mut record.clone(), false);
        }
        // Records of one kind stand together.
        let mut top = serde_json::Map::new();
        let mut counts = Vec::new();
        for kind in kind.records {
            let own: Vec<_> = records.iter().filter(|(of, _)| of.name == kind.name).collect();
            if !own.is_empty() {
                counts.push(match own.len() {
                    1 => format!("1 {}", kind.name),
                    many => format!("{many} {}", kind.plural()),
                });
                let list = own.into_iter().filter_map(|(_, record)| plain(record)).collect();
                top.insert(kind.name.to_owned(), serde_json::Value::Array(list));
            }
        }
        // What is written is plain texts, lists and tables: TOML has all of them.
        Imported { toml: toml::to_string_pretty(&top).unwrap_or_default(), counts, left_out }
    }
}

/// Gives records an id from their name, so that what refers to them still does when the name is changed.
fn name(records: &mut [(&'static Record, Value)]) {
    let written = |value: &Value, key: &str| value.table()?.get(key)?.text().cloned();
    let mut taken: Numbered =
        records.iter().filter_map(|(_, record)| written(record, "id")).map(|id| id.to_string()).collect();
    for (kind, record) in records {
        if kind.field("id").is_none() || written(record, "id").is_some() {
            continue;
        }
        let name = ["name", "label", "title"].into_iter().find_map(|key| written(record, key));
        if let (Some(name), Kind::Table(table)) = (name, &mut record.kind)
            && !text::slug(&name).is_empty()
        {
            let id = Text { text: taken.free(&text::slug(&name)).into(), span: name.span, verbatim: false };
            let key = Text { text: "id".into(), ..id.clone() };
            table.entries.retain(|(key, _)| &*key.text != "id");
            table.entries.push((key, Value { span: id.span.clone(), kind: Kind::Str(id) }));
        }
    }
}

/// A value without what is blank in it; the id of a record comes first. `None` if nothing is left.
fn plain(value: &Value) -> Option<serde_json::Value> {
    match &value.kind {
        _ if value.is_blank() => None,
        Kind::Null => None,
        Kind::Bool(flag) => Some((*flag).into()),
        Kind::Number(number) => Some(number.text.text.to_string().into()),
        Kind::Str(text) | Kind::Date(text) => Some(text.text.to_string().into()),
        Kind::List(list) => {
            let list: Vec<_> = list.iter().filter_map(plain).collect();
            (!list.is_empty()).then(|| list.into())
        }
        Kind::Table(Table { entries }) => {
            let (ids, others): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| &*key.text == "id");
            let entries = ids.into_iter().chain(others);
            let table: serde_json::Map<_, _> =
                entries.filter_map(|(key, value)| Some((key.text.to_string(), plain(value)?))).collect();
            (!table.is_empty()).then(|| table.into())
        }
    }
}
