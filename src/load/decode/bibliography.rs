//! Sources kept in BibTeX, BibLaTeX or Hayagriva's YAML, through the `hayagriva` crate.

use std::ops::Range;

use hayagriva::io::{BibLaTeXError, from_biblatex_str, from_yaml_str};
use hayagriva::types::Person;
use hayagriva::{Entry, Library};
use serde_json::Value as Json;

use super::bounds::{endless, tangled, too_many_digits};
use super::fields::prose;
use super::written::{DATES, NoDate, Written, bad_dates};
use crate::base::{Diagnostic, Diagnostics, Span, Text, rules};
use crate::load::markdown::Smart;
use crate::load::source::Source;
use crate::load::value::{Kind, Table, Value};
use crate::model::{self, Date, Head};

/// At most so many rounds of leaving out what is in error and trying again.
const MOST_ROUNDS: usize = 50;

/// Reads BibTeX. An entry in error is reported; of it the key is kept, so that what cites it isn't reported as well.
pub fn bibtex(source: &Source<'_>, smart: Smart, out: &mut Diagnostics) -> (Vec<model::Source>, bool) {
    let entries = entries(source.text);
    let mut text = source.text.to_owned();
    let mut broken = false;
    let mut lost = Vec::new();
    for _ in 0..MOST_ROUNDS {
        // In each round, since these are found only where no fault of syntax is left.
        // What is found is taken out, and then there may be more.
        for _ in 0..MOST_ROUNDS {
            let places = endless(&text);
            if places.is_empty() {
                break;
            }
            for place in places {
                let message = "the abbreviations in this lead back to themselves, or to too much text";
                out.push(source.fault(place.clone(), message).help("write out what they stand for"));
                // A number is a value as well.
                text.replace_range(place.clone(), &format!("{:<1$}", 1, place.len()));
                broken = true;
            }
        }
        let digits = too_many_digits(&text);
        broken |= !digits.is_empty();
        no_dates(source, &mut text, digits, out);
        for (name, place) in tangled(&text) {
            let fault = source.fault(place, "this leads back to its own entry, or brings too much along");
            out.push(fault.help("refer to an entry that refers to no other"));
            pass_over(&mut text, name);
            broken = true;
        }
        let errors = match from_biblatex_str(&text) {
            Ok(library) => {
                let found = sources(source, &library, &text, &entries, smart, out);
                return (found.into_iter().chain(lost).collect(), broken);
            }
            Err(errors) => errors,
        };
        broken = true;
        let mut blanked = false;
        for error in errors {
            let (range, message) = explain(&error);
            let twice = message.split_once("duplicate key \"").and_then(|(_, key)| key.split_once('"'));
            if let Some((key, _)) = twice
                && let Some(second) = entries.iter().filter(|entry| entry.key == *key).nth(1)
            {
                // The parser says where it stopped, which is in another entry.
                out.push(
                    source
                        .fault(second.key_range.clone(), format!("there are two entries `{key}`"))
                        .help("give one of them another key, or take it out"),
                );
                blanked |= blank(&mut text, second.range.clone());
                continue;
            }
            let entry = entries.iter().find(|e| e.range.contains(&range.start) || e.range.end == range.start);
            let Some(entry) = entry else {
                let place = source.boundary(range.start)..source.boundary(range.end).max(source.boundary(range.start));
                out.push(source.fault(place, message));
                continue;
            };
            let dates = match error {
                BibLaTeXError::Type(_) => bad_dates(&text, &entry.range),
                BibLaTeXError::Parse(_) => Vec::new(),
            };
            if !dates.is_empty() {
                no_dates(source, &mut text, dates, out);
                blanked = true;
                continue;
            }
            // The parser often stops far from the fault, where nothing is left of the entry.
            let key = entry.key_range.clone();
            let inside = range.start > key.end && range.end < entry.range.end && !range.is_empty();
            let place = if inside { source.boundary(range.start)..source.boundary(range.end) } else { key };
            out.push(
                source
                    .fault(place, format!("the entry `{}` is in error: {message}", entry.key))
                    .help("look for a `{`, a `\"` or a `,` that is missing in it"),
            );
            lost.push(stub(&entry.key, None, &source.span(entry.key_range.clone())));
            blanked |= blank(&mut text, entry.range.clone());
        }
        if !blanked {
            break;
        }
    }
    (lost, true)
}

/// Says which fields are no dates, and leaves them out.
fn no_dates(source: &Source<'_>, text: &mut String, fields: Vec<NoDate>, out: &mut Diagnostics) {
    for (name, date, place) in fields {
        let message = format!("`{}`: `{date}` is no date", text.get(name.clone()).unwrap_or_default());
        out.push(Diagnostic::error(rules::BAD_DATE, source.span(place), message).help(DATES));
        pass_over(text, name);
    }
}

/// Gives a field a name that means nothing, so that the rest of the entry can be read.
fn pass_over(text: &mut String, name: Range<usize>) {
    text.replace_range(name.clone(), &"x".repeat(name.len()));
}

/// An entry as it stands in the file.
struct Place {
    key: String,
    key_range: Range<usize>,
    range: Range<usize>,
}

/// Finds the entries of a BibTeX file: `@kind{key, …` up to the next line that starts one.
fn entries(text: &str) -> Vec<Place> {
    let starts: Vec<usize> = text
        .match_indices('@')
        .filter(|(at, _)| {
            text.get(..*at).is_some_and(|before| {
                before.trim_end_matches([' ', '\t']).ends_with(['\n', '}']) || before.trim().is_empty()
            })
        })
        .map(|(at, _)| at)
        .collect();
    let mut places = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(text.len());
        let Some(body) = text.get(*start..end) else { continue };
        let Some(open) = body.find(['{', '(']) else { continue };
        let kind = body.get(1..open).map(|k| k.trim().to_ascii_lowercase()).unwrap_or_default();
        if matches!(kind.as_str(), "string" | "preamble" | "comment") {
            continue;
        }
        let Some(rest) = body.get(open + 1..) else { continue };
        let len = rest.find([',', '}', '\n']).unwrap_or(rest.len());
        let Some(raw) = rest.get(..len) else { continue };
        let lead = raw.len() - raw.trim_start().len();
        let key_start = start + open + 1 + lead;
        let key = raw.trim().to_owned();
        places.push(Place { key_range: key_start..key_start + key.len(), key, range: *start..end });
    }
    places
}

/// Overwrites a range with spaces, so that the places of the rest stay. False if there was nothing left in it.
fn blank(text: &mut String, range: Range<usize>) -> bool {
    match text.get(range.clone()) {
        Some(old) if !old.trim().is_empty() => {
            let spaces = " ".repeat(old.len());
            text.replace_range(range, &spaces);
            true
        }
        _ => false,
    }
}

fn explain(error: &BibLaTeXError) -> (Range<usize>, String) {
    match error {
        BibLaTeXError::Parse(error) => (error.span.clone(), error.kind.to_string()),
        BibLaTeXError::Type(error) => (error.span.clone(), error.kind.to_string()),
    }
}

fn sources(
    source: &Source<'_>,
    library: &Library,
    text: &str,
    places: &[Place],
    smart: Smart,
    out: &mut Diagnostics,
) -> Vec<model::Source> {
    let written = Written::bibtex(source, text);
    let convert = |entry: &Entry| {
        let place = places.iter().find(|place| place.key == entry.key());
        let unknown = || Written::unknown(source.span(place.map_or(0..0, |place| place.key_range.clone())));
        match written.get(entry.key()) {
            Some(written) => convert(entry, written, smart, out),
            None => convert(entry, &unknown(), smart, out),
        }
    };
    library.iter().filter_map(convert).collect()
}

/// True if a table at the top of `sources.yaml` is a Hayagriva library: keys with entries that have a type.
pub fn is_hayagriva(table: &Table) -> bool {
    !table.entries.is_empty()
        && table.key("source").is_none()
        && table.entries.iter().all(|(_, v)| v.table().is_some())
        && table.entries.iter().any(|(_, v)| v.table().is_some_and(|t| t.get("type").is_some()))
}

/// Reads a Hayagriva library, entry by entry, so that each fault is told and the other entries are kept.
pub fn hayagriva(table: &Table, smart: Smart, out: &mut Diagnostics) -> Vec<model::Source> {
    let mut sources = Vec::new();
    for (key, value) in &table.entries {
        let mut library = serde_json::Map::new();
        library.insert(key.to_string(), json(value));
        // JSON is YAML; only this entry is in it.
        match from_yaml_str(&Json::Object(library).to_string()) {
            Ok(library) => {
                let written = Written::hayagriva(key, value);
                sources.extend(library.iter().filter_map(|entry| convert(entry, &written, smart, out)));
            }
            Err(error) => {
                let (words, before) = (error.to_string(), out.len());
                let written = Written::hayagriva(key, value);
                match words.strip_prefix(&**key).and_then(|rest| rest.split([':', '.']).nth(1)) {
                    Some("url") => drop(written.address(out)),
                    Some("date") => drop(written.date(&["date"], None, out)),
                    _ => {}
                }
                if out.len() == before {
                    out.push(bad_entry(key, value, &words));
                }
                let title = value.table().and_then(|t| t.get("title")).and_then(Value::text);
                sources.push(stub(key, title, &key.span));
            }
        }
    }
    sources
}

/// What is wrong with an entry, out of the words of its reader: `KEY.FIELD: what at line …`.
fn bad_entry(key: &Text, value: &Value, words: &str) -> Diagnostic {
    let words = words.split(" at line ").next().unwrap_or(words);
    let field = words.strip_prefix(&**key).and_then(|rest| rest.strip_prefix('.'));
    let field = field.and_then(|rest| rest.split([':', '.', '[']).next());
    let span = field.and_then(|field| value.table()?.get(field)).map_or(&key.span, |value| &value.span).clone();
    let unknown = words.split_once("unknown variant `").and_then(|(_, rest)| rest.split_once('`'));
    let Some((unknown, rest)) = unknown else {
        let message = format!("the entry `{key}` is in error: {words}");
        return Diagnostic::error(rules::BAD_VALUE, span, message)
            .help("Hayagriva's documentation names the fields of an entry and what they take");
    };
    let mut known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    known.retain(|name| !name.starts_with(char::is_uppercase));
    let place = words.split_once(": unknown variant").map_or("", |(place, _)| place);
    let message = match place.strip_prefix(&**key).and_then(|rest| rest.strip_prefix('.')) {
        Some(field) => format!("`{field}` of the entry `{key}` can't be `{unknown}`"),
        None => format!("in the entry `{key}`, nothing can be `{unknown}`"),
    };
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::error(rules::BAD_VALUE, span, message)
        .suggest(unknown, known.iter().copied())
        .help(format!("write one of {list}"))
}

/// A source in the place of an entry that could not be read.
fn stub(key: &str, title: Option<&Text>, span: &Span) -> model::Source {
    let key = super::fields::composed(Text { text: key.into(), span: span.clone(), verbatim: false });
    model::Source {
        head: Head { id: key.text.clone(), span: span.clone(), replaces: None, foreign: false, group: None },
        title: title.cloned().unwrap_or(key),
        publisher: None,
        authors: Vec::new(),
        date: None,
        url: None,
        archive: None,
        accessed: None,
        kind: None,
        language: None,
        note: None,
    }
}

fn json(value: &Value) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(truth) => Json::Bool(*truth),
        Kind::Number(number) => match number.int {
            Some(int) => int.into(),
            None => Json::String(number.text.to_string()),
        },
        Kind::Str(text) | Kind::Date(text) => Json::String(text.to_string()),
        Kind::List(list) => list.iter().map(json).collect(),
        Kind::Table(table) => table.entries.iter().map(|(k, v)| (k.to_string(), json(v))).collect(),
    }
}

fn convert(entry: &Entry, written: &Written, smart: Smart, out: &mut Diagnostics) -> Option<model::Source> {
    let span = &written.key;
    let plain = |text: String| {
        let text = without_commands(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| Text { text: text.into(), span: span.clone(), verbatim: false })
    };
    let key = super::fields::composed(Text { text: entry.key().into(), span: span.clone(), verbatim: false });
    let Some(title) = entry.title().and_then(|t| plain(t.to_string())) else {
        out.push(
            Diagnostic::error(rules::MISSING_KEY, span.clone(), format!("the source `{key}` has no `title`"))
                .help("add it"),
        );
        return Some(stub(entry.key(), None, span));
    };
    let date = |date: &hayagriva::types::Date| {
        let mut text = format!("{:04}", date.year);
        if let Some(month) = date.month {
            text.push_str(&format!("-{:02}", month + 1));
            if let Some(day) = date.day {
                text.push_str(&format!("-{:02}", day + 1));
            }
        }
        text.push_str(if date.approximate { "~" } else { "" });
        Date::parse(&text).ok()
    };
    let container = entry.parents().iter().find_map(|parent| parent.title()).map(ToString::to_string);
    let publisher = entry.publisher().or_else(|| entry.parents().iter().find_map(Entry::publisher));
    let publisher = publisher.and_then(|p| p.name()).map(ToString::to_string);
    let organization = entry.organization().map(ToString::to_string);
    let url = written.address(out);
    let doi = entry.doi().map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")));
    let doi = doi.filter(|doi| crate::base::url::is_web(doi)).and_then(plain);
    let accessed = entry.url().and_then(|url| url.visit_date.as_ref()).and_then(date);
    let accessed = written.date(&["urldate"], accessed, out);
    let date = written.date(&["date", "year"], entry.date().and_then(date), out);
    // `howpublished` is taken for a note too.
    let is_address = |note: &Text| url.as_ref().is_some_and(|url| url.text == note.text);
    Some(model::Source {
        head: Head { id: key.text, span: span.clone(), replaces: None, foreign: false, group: None },
        title,
        publisher: container.or(publisher).or(organization).and_then(plain),
        authors: entry.authors().unwrap_or_default().iter().filter_map(|person| plain(name(person))).collect(),
        date,
        url: url.clone().or(doi),
        archive: None,
        accessed,
        kind: kind(entry).and_then(plain),
        language: entry.language().and_then(|l| plain(l.to_string())),
        note: entry
            .note()
            .and_then(|note| plain(note.to_string()))
            .filter(|note| !is_address(note))
            .map(|note| prose(&note, true, smart)),
    })
}

/// Takes TeX's commands of form off a text: `\emph{amended}` → `amended`.
fn without_commands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // What closes an open brace: nothing for a command's, the brace itself for any other.
    let mut open = Vec::new();
    while let Some(c) = rest.chars().next() {
        let command = rest.strip_prefix('\\').and_then(|after| {
            let len = after.find(|c: char| !c.is_ascii_alphabetic()).filter(|len| *len > 0)?;
            after.get(len..)?.strip_prefix('{')
        });
        if let Some(inner) = command {
            open.push(false);
            rest = inner;
            continue;
        }
        let kept = match c {
            '{' => {
                open.push(true);
                true
            }
            '}' => open.pop().unwrap_or(true),
            _ => true,
        };
        if kept {
            out.push(c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

fn name(person: &Person) -> String {
    if person.given_name.is_some() {
        person.given_first(false)
    } else {
        [person.prefix.as_deref(), Some(&person.name)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The entry's type: `article`, `report`, `web`.
fn kind(entry: &Entry) -> Option<String> {
    match serde_json::to_value(entry.entry_type()) {
        Ok(Json::String(name)) => Some(name),
        _ => None,
    }
}
