//! A record of a data file: fields in order, written as JSON or looked up for CSV.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// One record: its fields in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record(Vec<(Cow<'static, str>, Field)>);

/// What is in a field of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A text, a number, nothing, or a list of these.
    Plain(Value),
    /// A record.
    Record(Record),
    /// Records.
    Records(Vec<Record>),
}

impl Record {
    /// One without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a field.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, field: Field) {
        self.0.push((name.into(), field));
    }

    /// Appends a field with a plain value.
    pub fn put(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        self.push(name, Field::Plain(value.into()));
    }

    /// The plain value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == name).and_then(|(_, field)| match field {
            Field::Plain(value) => Some(value),
            Field::Record(_) | Field::Records(_) => None,
        })
    }

    /// Appends the fields of another record.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, field) in &self.0 {
            match field {
                Field::Plain(value) => map.serialize_entry(name, value)?,
                Field::Record(record) => map.serialize_entry(name, record)?,
                Field::Records(records) => map.serialize_entry(name, records)?,
            }
        }
        map.end()
    }
}
