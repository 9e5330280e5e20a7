//! The fields of an entry of a bibliography as they are written, with their places: what the readers of bibliographies
//! pass over in silence is found in them.

use std::collections::HashMap;
use std::ops::Range;

use biblatex::{RawBibliography, RawChunk};

use crate::base::{Diagnostic, Diagnostics, Rule, Span, Text, rules, url};
use crate::load::source::Source;
use crate::load::value::{Kind, Table, Value};
use crate::model::Date;

/// An entry as it is written.
pub struct Written {
    /// The place of its key.
    pub key: Span,
    /// Its fields: name in lower case, and value.
    fields: Vec<(String, Text)>,
}

impl Written {
    /// The entries of BibTeX that can be read, by key.
    pub fn bibtex(source: &Source<'_>, text: &str) -> HashMap<String, Self> {
        let entries = RawBibliography::parse(text).map(|raw| raw.entries).unwrap_or_default();
        let written = entries.into_iter().map(|entry| {
            let fields = entry.v.fields.iter().filter_map(|pair| {
                // What is put together from abbreviations has no place of its own.
                let [chunk] = pair.value.v.as_slice() else { return None };
                let RawChunk::Normal(value) = chunk.v else { return None };
                let lead = value.len() - value.trim_start().len();
                let start = chunk.span.start + lead;
                let span = source.span(start..start + value.trim().len());
                Some((pair.key.v.to_ascii_lowercase(), Text { text: value.trim().into(), span, verbatim: true }))
            });
            let key = source.span(entry.v.key.span.clone());
            (entry.v.key.v.to_owned(), Self { key, fields: fields.collect() })
        });
        written.collect()
    }

    /// An entry of a Hayagriva library.
    pub fn hayagriva(key: &Text, value: &Value) -> Self {
        let mut fields = Vec::new();
        for (name, value) in value.table().into_iter().flat_map(|table| &table.entries) {
            let inner = |table: &Table, name: &str| table.get(name).and_then(scalar);
            match (&*name.text, value.table()) {
                ("url", Some(table)) => {
                    fields.extend(inner(table, "value").map(|text| ("url".to_owned(), text)));
                    fields.extend(inner(table, "date").map(|text| ("urldate".to_owned(), text)));
                }
                (name, _) => fields.extend(scalar(value).map(|text| (name.to_owned(), text))),
            }
        }
        Self { key: key.span.clone(), fields }
    }

    /// An entry of which only the key is known.
    pub fn unknown(key: Span) -> Self {
        Self { key, fields: Vec::new() }
    }

    /// A field that is not empty.
    pub fn get(&self, name: &str) -> Option<&Text> {
        self.fields.iter().find(|(field, text)| field == name && !text.is_empty()).map(|(_, text)| text)
    }

    /// The date in one of these fields, as EDTF has it, which is what BibLaTeX writes; `read` is what the reader of the
    /// bibliography made of it, which is less exact. Reported where neither can be read.
    pub fn date(&self, names: &[&str], read: Option<Date>, out: &mut Diagnostics) -> Option<Date> {
        let Some((name, text)) = names.iter().find_map(|name| Some((name, self.get(name)?))) else { return read };
        let bare = bare(text);
        // A month may stand beside the year.
        let written = edtf(&bare).filter(|_| *name != "year" || read.is_none());
        let date = written.or(read);
        if date.is_none() {
            out.push(
                Diagnostic::error(rules::BAD_DATE, text.span.clone(), format!("`{name}`: `{bare}` is no date"))
                    .help(DATES),
            );
        }
        date
    }

    /// The address: in `url`, or in `howpublished` as `\url{…}`. Reported where it is none on the web.
    pub fn address(&self, out: &mut Diagnostics) -> Option<Text> {
        let text = self
            .get("url")
            .or_else(|| self.get("howpublished").filter(|text| text.contains("\\url{") || url::is_web(text)))?;
        let address = text
            .split_once("\\url{")
            .and_then(|(_, rest)| rest.split_once('}'))
            .map_or(&*text.text, |(inner, _)| inner);
        let address = bare(address);
        let found = |rule: Rule, message: String| Diagnostic::error(rule, text.span.clone(), message);
        if url::is_web(&address) {
            return Some(Text { text: address.into(), span: text.span.clone(), verbatim: false });
        }
        let message = format!("`{address}` is not an address on the web");
        out.push(match url::scheme(&address) {
            _ if url::unsafe_scheme(&address) => {
                found(rules::UNSAFE_LINK, message).help("write one that begins with `https://`")
            }
            None if address.contains('.') && !address.contains(char::is_whitespace) => {
                found(rules::BAD_VALUE, message).help(format!("write `https://{}`", address.trim_start_matches('/')))
            }
            _ => found(rules::BAD_VALUE, message).help("write one that begins with `https://`"),
        });
        None
    }
}

/// A field that isn't the date that it should be: the place of its name, its value, the place of that.
pub type NoDate = (Range<usize>, String, Range<usize>);

/// The fields for dates whose values are none.
pub fn bad_dates(text: &str, entry: &Range<usize>) -> Vec<NoDate> {
    let raw = RawBibliography::parse(text).map(|raw| raw.entries).unwrap_or_default();
    let fields = raw.into_iter().filter(|raw| entry.contains(&raw.v.key.span.start)).flat_map(|raw| raw.v.fields);
    let fields = fields.filter_map(|pair| {
        let [chunk] = pair.value.v.as_slice() else { return None };
        let RawChunk::Normal(value) = chunk.v else { return None };
        let is_date = matches!(&*pair.key.v.to_ascii_lowercase(), "date" | "year" | "urldate");
        let bad = is_date && !value.trim().is_empty() && edtf(&bare(value)).is_none();
        bad.then(|| (pair.key.span.clone(), bare(value), chunk.span.clone()))
    });
    fields.collect()
}

/// A date as BibLaTeX has it: EDTF, but that an open end is left empty.
fn edtf(text: &str) -> Option<Date> {
    let open = match (text.strip_suffix('/'), text.strip_prefix('/')) {
        (Some(start), _) => format!("{start}/.."),
        (None, Some(end)) => format!("../{end}"),
        (None, None) => text.to_owned(),
    };
    Date::parse(&open).ok()
}

/// What to write for a date.
pub const DATES: &str = "write `2026`, `2026-04` or `2026-04-27`, or two of them with `/` in between";

/// A value that is no list and no table, as text.
fn scalar(value: &Value) -> Option<Text> {
    let text = match &value.kind {
        Kind::Str(text) | Kind::Date(text) => text.text.clone(),
        Kind::Number(number) => number.text.text.clone(),
        _ => return None,
    };
    Some(Text { text: text.trim().into(), span: value.span.clone(), verbatim: false })
}

/// A value without the braces around it and TeX's backslashes before signs.
pub fn bare(text: &str) -> String {
    let text = text.trim().trim_matches(|c: char| matches!(c, '{' | '}') || c.is_whitespace());
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    out
}
