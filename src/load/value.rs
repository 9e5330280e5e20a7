//! The tree that every data format is read into, each node with its place.

use crate::base::{Span, Text};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its place: the whole literal.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing: `null` of JSON, an empty value of YAML.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Number),
    /// A text.
    Str(Text),
    /// A date that is no text: a TOML literal, as written.
    Date(Text),
    /// A list.
    List(Vec<Value>),
    /// Keys with values, in the order written.
    Table(Table),
}

/// A number. It keeps its digits, so that `2.50` where a text is wanted stays `2.50`.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// As written.
    pub text: Text,
    /// Its value, if it is a whole number within 64 bits.
    pub int: Option<i64>,
}

/// Keys with values, in the order written; no key twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The entries.
    pub entries: Vec<(Text, Value)>,
}

impl Table {
    /// The value of a key; `None` also if it is null or an empty text, which say nothing.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(k, _)| &*k.text == key).map(|(_, v)| v).filter(|v| !v.is_blank())
    }

    /// The key as written, with its place.
    pub fn key(&self, key: &str) -> Option<&Text> {
        self.entries.iter().find(|(k, _)| &*k.text == key).map(|(k, _)| k)
    }
}

impl Value {
    /// What it is, for messages: "a text", "a list".
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Str(_) => "a text",
            Kind::Date(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }

    /// The text of a text; numbers and dates count as the text that they are written as.
    pub fn text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::Str(text) | Kind::Date(text) => Some(text),
            Kind::Number(number) => Some(&number.text),
            _ => None,
        }
    }

    /// True for null and for a text of white space.
    pub fn is_blank(&self) -> bool {
        match &self.kind {
            Kind::Null => true,
            Kind::Str(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        if let Kind::Table(table) = &self.kind { Some(table) } else { None }
    }

    /// The list, if it is one.
    pub fn list(&self) -> Option<&[Value]> {
        if let Kind::List(list) = &self.kind { Some(list) } else { None }
    }
}

/// `text` without white space around it, with its place.
pub fn trimmed(text: &Text) -> Text {
    let inner = text.trim();
    if inner.len() == text.len() {
        return text.clone();
    }
    let start = text.len() - text.trim_start().len();
    part(text, start..start + inner.len())
}

/// A part of `text` with its place; the whole text if `range` does not lie on letters.
pub fn part(text: &Text, range: std::ops::Range<usize>) -> Text {
    match text.text.get(range.clone()) {
        Some(inner) => Text { text: inner.into(), span: text.locate(range), verbatim: text.verbatim },
        None => text.clone(),
    }
}
