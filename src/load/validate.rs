//! Holds values against the table of fields. Every fault of keys and values is reported here, so that the decoders can
//! take what is sound and pass over the rest.

use std::collections::BTreeSet;

use super::localise;
use super::schema::{Field, Record, Type};
use super::value::{Kind, Table, Value, trimmed};
use crate::base::{Diagnostic, Diagnostics, Span, Text, rules, secret, text, url};
use crate::model::date::Precision;
use crate::model::{Date, language};

/// Checks that `value` is a record of this kind. With `broken`, keys that are missing are not reported: the file has
/// faults, and they may be behind one.
///
/// A key that was probably meant as another is reported, and then taken for that one, so that it isn't missed as well.
pub fn record(value: &mut Value, record: &Record, broken: bool, out: &mut Diagnostics) {
    keys(value, record, out);
    Checker { broken, out }.record(value, record);
}

/// Checks one value, called `name` in messages.
pub fn value(value: &Value, ty: &Type, name: &str, out: &mut Diagnostics) {
    Checker { broken: false, out }.value(value, ty, name);
}

/// What is wrong with an id, if anything.
pub fn id_fault(id: &str) -> Option<&'static str> {
    let letter = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    if !id.starts_with(char::is_alphanumeric) {
        return Some("has to start with a letter or a digit");
    }
    if id.ends_with('.') {
        return Some("may not end with a dot");
    }
    if id.chars().any(char::is_uppercase) {
        return Some("has to be in lower case");
    }
    if !id.chars().all(|c| letter(c) || matches!(c, '-' | '_' | '.')) {
        return Some("may hold letters, digits, `-`, `_` and `.` only");
    }
    None
}

/// An error for an id that is none.
pub fn bad_id(id: &Text, name: &str) -> Option<Diagnostic> {
    let fault = id_fault(id)?;
    let found = Diagnostic::error(rules::BAD_VALUE, id.span.clone(), format!("the {name} `{id}` {fault}"));
    let slug = text::slug(id);
    Some(if slug.is_empty() { found } else { found.help(format!("write `{slug}`")) })
}

/// Reports keys that a record of this kind doesn't have, in it and in the tables within it.
fn keys(value: &mut Value, record: &Record, out: &mut Diagnostics) {
    let Kind::Table(table) = &mut value.kind else { return };
    let mut present: BTreeSet<String> = table.entries.iter().map(|(key, _)| key.to_string()).collect();
    for (key, value) in &mut table.entries {
        if localise::translated(record, key).is_some() {
            continue;
        }
        if !record.open && record.field(key).is_none() {
            if record.name.ends_with(" target") && secret::names_one(key) {
                out.push(misplaced_secret(key));
                continue;
            }
            let known: Vec<&'static str> = record.all_fields().map(|f| f.name).collect();
            let near = near_key(key, &known);
            if let Some(translated) = localise::dotted(value) {
                let message = format!("unknown key `{key}.{translated}` in {}", within(record.name));
                let near = near.map(|near| format!("{near}.{translated}"));
                out.push(unknown_key(key, near.as_deref(), message));
                continue;
            }
            out.push(unknown_key(key, near, format!("unknown key `{key}` in {}", within(record.name))));
            if let Some(near) = near.filter(|near| present.insert((*near).to_owned())) {
                key.text = near.into();
                key.verbatim = false;
            }
        }
        if let Some(field) = record.field(key) {
            keys_within(value, &field.ty, out);
        }
    }
}

fn keys_within(value: &mut Value, ty: &Type, out: &mut Diagnostics) {
    match (ty, &mut value.kind) {
        (Type::Table(inner) | Type::Short(_, inner), Kind::Table(_)) => keys(value, inner, out),
        (Type::Kinds(kinds), Kind::Table(table)) => match kind_of(table, kinds) {
            Some(inner) => keys(value, inner, out),
            None => out.extend(
                table.entries.iter().filter(|(key, _)| secret::names_one(key)).map(|(key, _)| misplaced_secret(key)),
            ),
        },
        (Type::List(item) | Type::OneOrMany(item), Kind::List(list)) => {
            list.iter_mut().for_each(|value| keys_within(value, item, out));
        }
        (Type::List(item) | Type::OneOrMany(item), _) => keys_within(value, item, out),
        (Type::Map(item), Kind::Table(table)) => {
            table.entries.iter_mut().for_each(|(_, value)| keys_within(value, item, out));
        }
        _ => {}
    }
}

/// The record that a table's `kind` says it is.
fn kind_of(table: &Table, kinds: &[(&str, &'static Record)]) -> Option<&'static Record> {
    let kind = trimmed(table.get("kind")?.text()?);
    kinds.iter().find(|(name, _)| *name == &*kind.text).map(|(_, record)| *record)
}

/// An error for a secret in the settings, which end up in a repository.
fn misplaced_secret(key: &Text) -> Diagnostic {
    let message = format!(
        "`{key}` would be a secret, and settings are no place for one: whoever reads the repository would have it"
    );
    Diagnostic::error(rules::UNKNOWN_KEY, key.span.clone(), message)
        .help("take it out; give it in the environment, as docs/publishing.md says for each kind of place")
        .help("if it was ever in a repository, have a new one made and this one revoked")
}

/// An error for a key that isn't known, with the one that was probably meant.
pub fn unknown_key(key: &Text, near: Option<&str>, message: String) -> Diagnostic {
    let found = Diagnostic::error(rules::UNKNOWN_KEY, key.span.clone(), message);
    let tag = near.and_then(|near| key.strip_prefix(near)?.strip_prefix(['-', '_']));
    match (near, tag.filter(|tag| language::is_language(tag))) {
        (Some(near), Some(tag)) => {
            found.help(format!("a text in another language has its tag after a dot: `{near}.{tag}`"))
        }
        (Some(near), None) => found.help(format!("did you mean `{near}`?")),
        (None, _) => found,
    }
}

/// The known key that was probably meant; a plural counts as near.
pub fn near_key<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = key.to_lowercase().replace(['-', ' '], "_");
    let same = |name: &&&str| {
        lower == ***name
            || lower.strip_suffix('s') == Some(**name)
            || lower.strip_suffix("ies").is_some_and(|stem| name.strip_suffix('y') == Some(stem))
    };
    let tagged = |name: &&&str| {
        let tag = key.strip_prefix(**name).and_then(|rest| rest.strip_prefix(['-', '_']));
        tag.is_some_and(language::is_language)
    };
    let exact = known.iter().find(same).or_else(|| known.iter().find(tagged));
    exact.copied().or_else(|| text::did_you_mean(key, known.iter().copied()))
}

struct Checker<'a> {
    broken: bool,
    out: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn record(&mut self, value: &Value, record: &Record) {
        let Some(table) = value.table() else {
            let message = format!("{} has to be keys with values, not {}", within(record.name), value.describe());
            self.out.push(Diagnostic::error(rules::BAD_VALUE, value.span.clone(), message));
            return;
        };
        for field in record.all_fields() {
            match table.get(field.name) {
                Some(value) => self.value(value, &field.ty, field.name),
                None if field.required => self.missing(value, table, record, field),
                None => {}
            }
        }
        for (key, value) in table.entries.iter().filter(|(_, value)| !value.is_blank()) {
            if let Some((field, _)) = localise::translated(record, key) {
                self.value(value, &field.ty, key);
            }
        }
    }

    fn kinds(&mut self, value: &Value, table: &Table, kinds: &[(&'static str, &'static Record)]) {
        let first = kinds.first().and_then(|(_, record)| Some((*record, record.field("kind")?)));
        match (kind_of(table, kinds), table.get("kind"), first) {
            (Some(record), ..) => self.record(value, record),
            (None, Some(kind), Some((_, field))) => self.value(kind, &field.ty, field.name),
            (None, None, Some((_, field))) if !self.broken => self.out.push(
                Diagnostic::error(rules::MISSING_KEY, value.span.clone(), "this target has no `kind`")
                    .help(format!("add it, for example `kind = {}`", field.example)),
            ),
            _ => {}
        }
    }

    fn missing(&mut self, value: &Value, table: &Table, record: &Record, field: &Field) {
        if self.broken {
            return;
        }
        let (span, message) = match table.key(field.name) {
            Some(key) => (key.span.clone(), format!("`{}` is empty", field.name)),
            None => (value.span.clone(), format!("this {} has no `{}`", record.name, field.name)),
        };
        let help = match span.file.extension().as_str() {
            "csv" => format!("fill it in, for example with `{}`", field.example.trim_matches('"')),
            "json" => format!("add it, for example `\"{}\": {}`", field.name, field.example),
            "yaml" | "yml" => format!("add it, for example `{}: {}`", field.name, field.example),
            _ => format!("add it, for example `{} = {}`", field.name, field.example),
        };
        self.out.push(Diagnostic::error(rules::MISSING_KEY, span, message).help(help));
    }

    fn wrong(&mut self, span: &Span, name: &str, expected: &str, value: &Value) {
        let message = format!("`{name}` takes {expected}, not {}", value.describe());
        self.out.push(Diagnostic::error(rules::BAD_VALUE, span.clone(), message));
    }

    fn value(&mut self, value: &Value, ty: &Type, name: &str) {
        match ty {
            Type::Text | Type::Inline | Type::Block | Type::Ref(_) => self.text(value, name, |_| None),
            Type::Cite => self.text(value, name, bad_cite),
            Type::Id => self.text(value, name, |id| bad_id(id, name)),
            Type::Web => self.text(value, name, |text| bad_address(text, name)),
            Type::Language => self.text(value, name, |text| bad_language(text, name)),
            Type::Date => self.date(value, name, false),
            Type::Day => self.date(value, name, true),
            Type::Word(words) => self.text(value, name, |text| bad_word(text, name, &words())),
            Type::Bool if matches!(value.kind, Kind::Bool(_)) => {}
            Type::Bool => {
                self.wrong(&value.span, name, "`true` or `false`", value);
                if let (Kind::Str(text), Some(last)) = (&value.kind, self.out.last_mut())
                    && let Some(truth) = truth(text)
                {
                    last.help.push(format!("write `{truth}`, without quotes"));
                }
            }
            Type::Int | Type::Count => self.int(value, ty, name),
            Type::List(item) => self.list(value, item, name),
            Type::OneOrMany(item) => match value.kind {
                Kind::List(_) => self.list(value, item, name),
                _ => self.value(value, item, name),
            },
            Type::Table(inner) => match value.kind {
                Kind::Table(_) => self.record(value, inner),
                _ => self.wrong(&value.span, name, "a table", value),
            },
            Type::Kinds(kinds) => match value.table() {
                Some(table) => self.kinds(value, table, kinds),
                None => self.wrong(&value.span, name, "a table", value),
            },
            Type::Short(short, inner) => match value.kind {
                Kind::Table(_) => self.record(value, inner),
                _ if value.text().is_none() => self.wrong(&value.span, name, "a text or a table", value),
                _ => self.value(value, short, name),
            },
            Type::Map(item) => match &value.kind {
                Kind::Table(table) => {
                    for (key, value) in table.entries.iter().filter(|(_, v)| !v.is_blank()) {
                        self.value(value, item, key);
                    }
                }
                _ => self.wrong(&value.span, name, "a table", value),
            },
        }
    }

    fn text(&mut self, value: &Value, name: &str, fault: impl Fn(&Text) -> Option<Diagnostic>) {
        match value.text() {
            Some(text) => self.out.extend(fault(&trimmed(text))),
            None => {
                self.wrong(&value.span, name, "a text", value);
                if let (Kind::Bool(_), Some(last)) = (&value.kind, self.out.last_mut()) {
                    last.help.push("put it in quotes if it is meant as a text".to_owned());
                }
            }
        }
    }

    fn date(&mut self, value: &Value, name: &str, day: bool) {
        let Some(text) = value.text() else {
            self.wrong(&value.span, name, "a date", value);
            return;
        };
        match Date::parse(text) {
            Ok(Date::Point(point)) if point.precision() == Precision::Day || !day => {}
            Ok(_) if !day => {}
            Ok(_) => self.out.push(
                Diagnostic::error(rules::BAD_DATE, text.span.clone(), format!("`{name}` takes a day, not `{text}`"))
                    .help("write year, month and day: `2026-05-04`"),
            ),
            Err(error) => {
                let found =
                    Diagnostic::error(rules::BAD_DATE, text.span.clone(), format!("`{name}`: {}", error.message));
                self.out.push(match error.help {
                    Some(help) => found.help(help),
                    None => found,
                });
            }
        }
    }

    fn int(&mut self, value: &Value, ty: &Type, name: &str) {
        let int = if let Kind::Number(number) = &value.kind { number.int } else { None };
        match (int, ty) {
            (Some(..0), Type::Count) => {
                let message = format!("`{name}` takes a number that is not below 0");
                self.out.push(Diagnostic::error(rules::BAD_VALUE, value.span.clone(), message));
            }
            (Some(_), _) => {}
            (None, _) if matches!(value.kind, Kind::Number(_)) => {
                let message = format!("`{name}` takes a whole number");
                self.out.push(Diagnostic::error(rules::BAD_VALUE, value.span.clone(), message));
            }
            (None, _) => self.wrong(&value.span, name, "a whole number", value),
        }
    }

    fn list(&mut self, value: &Value, item: &Type, name: &str) {
        let Some(list) = value.list() else {
            self.wrong(&value.span, name, "a list", value);
            if let Some(last) = self.out.last_mut() {
                match (&value.kind, item) {
                    (Kind::Table(_), _) => last.help.push(format!("in TOML, head each one with `[[…{name}]]`")),
                    (_, Type::Table(_)) => {}
                    _ => last.help.push("put it in brackets: `[…]`".to_owned()),
                }
            }
            // What stands there alone is still looked at.
            if !matches!(value.kind, Kind::List(_)) && matches!((&value.kind, item), (Kind::Table(_), Type::Table(_))) {
                self.value(value, item, name);
            }
            return;
        };
        for value in list {
            if value.is_blank() {
                let message = format!("a part of the list `{name}` is empty");
                self.out.push(Diagnostic::error(rules::BAD_VALUE, value.span.clone(), message).help("take it out"));
            } else {
                self.value(value, item, name);
            }
        }
    }
}

/// What a text says that was meant as true or false.
fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn bad_word(text: &Text, name: &str, words: &[&'static str]) -> Option<Diagnostic> {
    if words.contains(&&*text.text) {
        return None;
    }
    let list = words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ");
    let found =
        Diagnostic::error(rules::BAD_VALUE, text.span.clone(), format!("`{name}` takes one of {list}, not `{text}`"));
    let lower = text.to_lowercase();
    Some(match words.iter().find(|word| lower.starts_with(**word)) {
        Some(word) => found.help(format!("did you mean `{word}`?")),
        None => found.suggest(text, words.iter().copied()),
    })
}

/// A source that is all place and no id: `, p. 4`.
fn bad_cite(text: &Text) -> Option<Diagnostic> {
    let (id, _) = text.split_once(',')?;
    id.trim().is_empty().then(|| {
        Diagnostic::error(rules::BAD_VALUE, text.span.clone(), format!("`{text}` names no source"))
            .help("write the id of the source before the comma")
    })
}

fn bad_address(text: &Text, name: &str) -> Option<Diagnostic> {
    if url::is_web(text) {
        return None;
    }
    if url::unsafe_scheme(text) {
        let message = "this address could run a program in the reader's browser";
        return Some(
            Diagnostic::error(rules::UNSAFE_LINK, text.span.clone(), message)
                .help("write it with `https://` or `http://`"),
        );
    }
    let found =
        Diagnostic::error(rules::BAD_VALUE, text.span.clone(), format!("`{name}` takes a web address, not `{text}`"));
    Some(match text.contains("://") {
        false if text.contains('.') && !text.contains(char::is_whitespace) && url::scheme(text).is_none() => {
            found.help(format!("write `https://{}`", text.trim_start_matches('/')))
        }
        _ => found.help("write it with `https://` or `http://`"),
    })
}

fn bad_language(text: &Text, name: &str) -> Option<Diagnostic> {
    // The parser takes underscores too, and browsers don't.
    if text.parse::<unic_langid::LanguageIdentifier>().is_ok() && text.len() > 1 && !text.contains('_') {
        return None;
    }
    let found =
        Diagnostic::error(rules::BAD_VALUE, text.span.clone(), format!("`{name}` takes a language tag, not `{text}`"));
    Some(if text.contains('_') {
        found.help(format!("write `{}`", text.replace('_', "-")))
    } else {
        found.help("write a tag such as `en`, `de-AT` or `zh-Hant`")
    })
}

/// Says so if pages in this language would have a foreign interface. A tag that is none is reported as that.
pub fn translated(language: &Text, own: impl Fn(&str) -> bool, out: &mut Diagnostics) {
    let tag = language.to_lowercase();
    let spoken = language::is_translated(language) || own(&tag) || own(&language::primary(&tag));
    if bad_language(language, "").is_some() || spoken {
        return;
    }
    let known: Vec<String> = language::TRANSLATED.iter().map(|code| format!("`{code}`")).collect();
    let message = format!("there are no texts of the interface in the language `{language}`");
    out.push(
        Diagnostic::error(rules::UNTRANSLATED_LANGUAGE, language.span.clone(), message)
            .help(format!("`expound i18n {language}` prints them in English: translate them, in `i18n/{language}.ftl`"))
            .help(format!("there are texts for {}", known.join(", "))),
    );
}

/// Where a key of this kind of record stands, in words.
fn within(record: &str) -> String {
    match record {
        "settings" => "the settings".to_owned(),
        "explainer" | "section" => "the front matter".to_owned(),
        other => format!("this {other}"),
    }
}
