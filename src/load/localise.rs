//! Translated fields: a key `name.de` holds the field `name` in German. Before records are made of a value, the texts of
//! the wanted language take the place of the original ones, and the others go.

use super::decode::fields::{FOREIGN, GROUP, ORIGINAL, foreign_key};
use super::format::csv::Sheet;
use super::schema::{Field, Record, Type};
use super::value::{Kind, Table, Value};
use crate::base::{Span, Text};
use crate::model::language;

/// What was found on the way: where a text stands that nobody has translated, and the key that would translate it.
pub type Missing = Vec<(Span, String)>;

/// Fields that hold names or words of the trade, which are often the same in every language.
const NAMES: [(&str, &str); 4] = [("party", "name"), ("column", "label"), ("source", ""), ("image", "credit")];

/// The records whose texts can be translated in place. Texts of their own, with all that stands in them, have a file in
/// each language.
const RECORDS: [&str; 15] = [
    "cell",
    "change",
    "column",
    "comparison",
    "edition",
    "effect",
    "era",
    "event",
    "fact",
    "image",
    "party",
    "row",
    "source",
    "state",
    "term",
];

/// What the settings say that can be translated, by the table that it stands in.
const SETTINGS: [(&str, &str); 4] =
    [("settings", "title"), ("settings", "description"), ("theme", "masthead"), ("theme", "footer")];

/// The field and the language of a key such as `name.de`; `None` if it is none.
pub fn translated<'a>(record: &Record, key: &'a str) -> Option<(&'static Field, &'a str)> {
    let (name, tag) = key.split_once('.')?;
    if !RECORDS.contains(&record.name) && !SETTINGS.contains(&(record.name, name)) {
        return None;
    }
    let field = record.field(name)?;
    (is_text(&field.ty) && language::is_language(tag)).then_some((field, tag))
}

/// The language of a table that TOML makes of a key `name.de`.
pub fn dotted(value: &Value) -> Option<&str> {
    match &value.table()?.entries[..] {
        [(tag, _)] if language::is_language(tag) => Some(tag),
        _ => None,
    }
}

/// True for what can be said in another language.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Inline | Type::Block => true,
        Type::List(inner) | Type::OneOrMany(inner) => is_text(inner),
        _ => false,
    }
}

/// Leaves the texts of one language in a record and all that is in it; without a language, the original ones.
pub fn record(value: &mut Value, kind: &Record, wanted: Option<&str>, missing: &mut Missing) {
    let before = missing.len();
    let found = within(value, kind, wanted, missing);
    if let Kind::Table(table) = &mut value.kind
        && wanted.is_some()
        && !found
        && missing.len() > before
    {
        let key = Text { text: FOREIGN.into(), span: value.span.clone(), verbatim: false };
        table.entries.push((key, Value { span: value.span.clone(), kind: Kind::Bool(true) }));
    }
}

/// True if any text was there in the wanted language.
fn within(value: &mut Value, kind: &Record, wanted: Option<&str>, missing: &mut Missing) -> bool {
    let Kind::Table(table) = &mut value.kind else { return false };
    let mut found = own(table, kind, wanted, missing);
    for (key, value) in &mut table.entries {
        if let Some(field) = kind.field(key) {
            found |= inner(value, &field.ty, wanted, missing);
        }
    }
    found
}

fn inner(value: &mut Value, ty: &Type, wanted: Option<&str>, missing: &mut Missing) -> bool {
    match (ty, &mut value.kind) {
        (Type::Table(record) | Type::Short(_, record), Kind::Table(_)) => within(value, record, wanted, missing),
        (Type::List(item) | Type::OneOrMany(item), Kind::List(list)) => {
            list.iter_mut().fold(false, |found, value| inner(value, item, wanted, missing) | found)
        }
        (Type::Map(item), Kind::Table(table)) => {
            let translations = take(table, |key| key.rsplit_once('.').filter(|(_, tag)| language::is_language(tag)));
            let mut found = false;
            for (key, value) in &mut table.entries {
                let own = translations.iter().find(|t| *t.name == *key.text && wanted.is_some_and(|w| fits(&t.tag, w)));
                if let Some(own) = own {
                    // A cell that is a table keeps its sources and its status.
                    match (&mut value.kind, &own.value.kind) {
                        (Kind::Table(cell), Kind::Str(_)) => set(cell, "value", own.value.clone()),
                        _ => *value = own.value.clone(),
                    }
                    found = true;
                } else if wanted.is_some() && matches!(value.kind, Kind::Str(_)) && says_something(value) {
                    missing.push((value.span.clone(), format!("`{key}.{}`", wanted.unwrap_or_default())));
                }
                found |= inner(value, item, wanted, missing);
            }
            found
        }
        _ => false,
    }
}

/// A translation taken out of a table.
struct Translation {
    name: String,
    tag: String,
    value: Value,
}

/// Takes out the entries whose key `split` takes apart.
fn take(table: &mut Table, split: impl Fn(&str) -> Option<(&str, &str)>) -> Vec<Translation> {
    let mut taken = Vec::new();
    table.entries.retain(|(key, value)| {
        let Some((name, tag)) = split(key) else { return true };
        taken.push(Translation { name: name.to_owned(), tag: tag.to_owned(), value: value.clone() });
        false
    });
    taken
}

fn own(table: &mut Table, kind: &Record, wanted: Option<&str>, missing: &mut Missing) -> bool {
    let translations = take(table, |key| translated(kind, key).map(|(field, tag)| (field.name, tag)));
    let Some(wanted) = wanted else { return false };
    let mut found = false;
    keep_name(table, kind);
    for field in kind.all_fields().filter(|field| is_text(&field.ty)) {
        let own = translations.iter().find(|t| t.name == field.name && fits(&t.tag, wanted) && !t.value.is_blank());
        match own {
            Some(own) => {
                // Blocks pick groups by the name that they were given first.
                if let Some(group) = table.get("group").filter(|_| field.name == "group").cloned() {
                    set(table, GROUP, group);
                }
                set(table, field.name, own.value.clone());
                found = true;
            }
            None if NAMES
                .iter()
                .any(|(record, name)| *record == kind.name && (name.is_empty() || *name == field.name)) => {}
            None => {
                let original = table.get(field.name).filter(|value| says_something(value)).cloned();
                if let Some(value) = original {
                    missing.push((value.span.clone(), format!("`{}.{wanted}`", field.name)));
                    set(table, &foreign_key(field.name), Value { span: value.span, kind: Kind::Bool(true) });
                }
            }
        }
    }
    found
}

/// Writes down the name from which an id is made, before it is translated.
fn keep_name(table: &mut Table, kind: &Record) {
    if kind.field("id").is_none() || table.get("id").is_some() {
        return;
    }
    let label = ["label", "name", "title"].iter().find_map(|name| table.get(name).filter(|v| v.text().is_some()));
    if let Some(label) = label.cloned() {
        set(table, ORIGINAL, label);
    }
}

fn set(table: &mut Table, name: &str, value: Value) {
    match table.entries.iter_mut().find(|(key, _)| *key.text == *name) {
        Some((_, old)) => *old = value,
        None => {
            let key = Text { text: name.into(), span: value.span.clone(), verbatim: false };
            table.entries.push((key, value));
        }
    }
}

/// True if a text in the language `tag` serves where `wanted` is asked for.
fn fits(tag: &str, wanted: &str) -> bool {
    tag.eq_ignore_ascii_case(wanted) || tag.eq_ignore_ascii_case(&language::primary(wanted))
}

/// A text without what stands for something else there: `[[fact:share]]`, `[@report]`. With words of its own it stays.
fn without_references(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let end = after.find(']').unwrap_or(after.len());
        let inner = after.get(..end).unwrap_or_default();
        let double = inner.starts_with('[') && after.get(end..).is_some_and(|end| end.starts_with("]]"));
        let reference = inner.starts_with('@') || double && !inner.contains('|');
        out.push_str(before);
        if !reference {
            out.push_str(inner);
        }
        rest = after.get(end + if double { 2 } else { 1 }..).unwrap_or_default();
    }
    out + rest
}

/// True for a text that differs between languages: one with letters.
fn says_something(value: &Value) -> bool {
    match &value.kind {
        Kind::Str(text) => without_references(text).chars().any(char::is_alphabetic),
        Kind::List(list) => list.iter().any(says_something),
        _ => false,
    }
}

/// A sheet in one language; without one, as it was written. A column `azure.de` beside a column `azure` holds its cells
/// in German.
pub fn sheet(sheet: &Sheet, wanted: Option<&str>, missing: &mut Missing) -> Sheet {
    let headings: Vec<&str> = sheet.headings.iter().map(|heading| &*heading.text).collect();
    let base = |at: usize| {
        let (name, tag) = headings.get(at)?.rsplit_once('.')?;
        let of = headings.iter().position(|heading| *heading == name)?;
        language::is_language(tag).then_some((of, tag))
    };
    let translations: Vec<Option<(usize, &str)>> = (0..headings.len()).map(base).collect();
    if translations.iter().all(Option::is_none) && wanted.is_none() {
        return sheet.clone();
    }
    let own: Vec<usize> = (0..headings.len()).filter(|at| translations.get(*at).is_none_or(Option::is_none)).collect();
    let translated = |of: usize| {
        let wanted = wanted?;
        translations.iter().position(|t| t.is_some_and(|(base, tag)| base == of && fits(tag, wanted)))
    };
    let mut rows = sheet.rows.clone();
    for row in &mut rows {
        let cell = |at: &usize| {
            let original = row.cells.get(*at)?;
            let translation = translated(*at).and_then(|at| row.cells.get(at)).filter(|cell| !cell.is_empty());
            if let (Some(wanted), None, true) = (wanted, translation, original.chars().any(char::is_alphabetic)) {
                let heading = headings.get(*at).filter(|h| !matches!(h.to_lowercase().as_str(), "sources" | "source"));
                missing
                    .extend(heading.map(|heading| (original.span.clone(), format!("a column `{heading}.{wanted}`"))));
            }
            Some(translation.unwrap_or(original).clone())
        };
        let cells = own.iter().filter_map(cell).collect();
        row.cells = cells;
    }
    let headings = own.iter().filter_map(|at| sheet.headings.get(*at).cloned()).collect();
    Sheet { headings, rows, delimiter: sheet.delimiter }
}
