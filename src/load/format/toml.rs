//! TOML 1.1, through the `toml` crate: recovers from faults and reports all of them.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Parsed;
use crate::base::{Diagnostic, Diagnostics};
use crate::load::source::{Source, report};
use crate::load::value::{Kind, Number, Table, Value};
use crate::model::language;

/// Reads a TOML document.
pub fn read(source: &Source<'_>, out: &mut Diagnostics) -> Parsed {
    let first = DeTable::parse_recoverable(source.text);
    let readable = dotted(source.text, &first.1);
    let (document, errors) = readable.as_deref().map_or(first, DeTable::parse_recoverable);
    let broken = !errors.is_empty();
    let mut faults: Vec<_> = errors.iter().map(|error| fault(source, error)).collect();
    faults.sort_by_key(|fault| fault.span.start);
    report(faults, out);
    let span = source.span(0..0);
    Parsed { value: Some(Value { span, kind: Kind::Table(table(source, document.get_ref())) }), broken }
}

/// The text with translations in a form that TOML has: a key `name.de` beside a text `name` is read as a key of its own,
/// and [`table`] gives it its name back. `None` if there are none.
fn dotted(text: &str, errors: &[toml::de::Error]) -> Option<String> {
    let dots =
        errors.iter().filter(|error| error.message().starts_with("cannot extend value of type")).filter_map(|error| {
            let dot = error.span()?.end;
            let tag: String =
                text.get(dot..)?.strip_prefix('.')?.chars().take_while(|c| !matches!(c, '=' | ' ')).collect();
            language::is_language(&tag).then_some(dot)
        });
    let dots: Vec<usize> = dots.collect();
    let mut out = (!dots.is_empty()).then(|| text.to_owned())?;
    dots.into_iter().for_each(|dot| out.replace_range(dot..=dot, "-"));
    Some(out)
}

fn fault(source: &Source<'_>, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let start = source.boundary(range.start);
    let fault = source.fault(start..source.boundary(range.end).max(start), error.message());
    let message = error.message();
    if message.starts_with("duplicate key") {
        fault.help("keep one of the two; a list of records is written `[[…]]`, with two brackets")
    } else if message.starts_with("cannot extend value of type string") {
        fault.help("after the dot stands a language, if this is a text in another one: `name.de`")
    } else if message.starts_with("string values must be quoted") {
        fault.help("put the value in quotes: `\"…\"`")
    } else if message.starts_with("invalid basic string") {
        fault.help("close the quotation mark; a text of several lines stands between `\"\"\"` and `\"\"\"`")
    } else if line_of(source.text, start).is_some_and(colon) {
        fault.help("between a key and its value stands `=`: `name = \"…\"`")
    } else if message.starts_with("unexpected key or value")
        && line_of(source.text, start).is_some_and(|line| line.matches('"').count() > 2)
    {
        fault.help("a quotation mark within a text is written `\\\"`, or the text stands between `'` and `'`")
    } else if message.starts_with("missing escaped value") || message.starts_with("missing escape") {
        fault.help("write `\\\\` for a backslash, or put the text in single quotes")
    } else {
        fault
    }
}

/// The line around a byte of a text.
fn line_of(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    text.get(start..)?.lines().next()
}

/// True for a line that is YAML: a key, a colon, and no sign of TOML before it.
fn colon(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    })
}

fn table(source: &Source<'_>, table: &DeTable<'_>) -> Table {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    Table {
        entries: entries
            .into_iter()
            .map(|(key, item)| {
                let written = source.text.get(key.span()).filter(|raw| raw.replacen('.', "-", 1) == **key.get_ref());
                (source.quoted(written.unwrap_or(key.get_ref()), key.span()), value(source, item))
            })
            .collect(),
    }
}

fn value(source: &Source<'_>, item: &Spanned<DeValue<'_>>) -> Value {
    let range = item.span();
    let raw = source.text.get(range.clone()).unwrap_or_default();
    let kind = match item.get_ref() {
        DeValue::String(text) => Kind::Str(source.quoted(text, range.clone())),
        DeValue::Integer(int) => Kind::Number(Number {
            text: source.text_at(raw, range.clone()),
            int: i64::from_str_radix(int.as_str(), int.radix()).ok(),
        }),
        DeValue::Float(_) => Kind::Number(Number { text: source.text_at(raw, range.clone()), int: None }),
        DeValue::Boolean(truth) => Kind::Bool(*truth),
        DeValue::Datetime(_) => Kind::Date(source.text_at(raw, range.clone())),
        DeValue::Array(items) => Kind::List(items.iter().map(|item| value(source, item)).collect()),
        DeValue::Table(inner) => Kind::Table(table(source, inner)),
    };
    Value { span: source.span(range), kind }
}
