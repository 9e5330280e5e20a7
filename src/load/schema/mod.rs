//! What may stand in every file: one table of the fields of every kind of record. The checks of keys and values, the
//! JSON Schemas and the reference of the data files are all made from it.

mod blocks;
mod docs;
mod files;
mod json;
mod publish;
mod records;
mod settings;
#[cfg(test)]
mod tests;

pub use blocks::{BLOCKS, COMPONENT};
pub use docs::data_reference;
pub use files::{EXPLAINER, FILES, FileKind, SECTION, STEMS};
pub use json::{KINDS, json_schema};
pub use publish::TARGETS;
pub use records::*;
pub use settings::{AUTHOR, CHECK, SETTINGS, SEVERITY_TYPE};

/// A kind of record: its fields.
#[derive(Debug)]
pub struct Record {
    /// Its name as messages say it: `term`, `settings`.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Its own fields, in the order of the reference.
    pub fields: &'static [Field],
    /// Fields that it shares with other kinds.
    pub shared: &'static [&'static [Field]],
    /// True if any other key is accepted as it is.
    pub open: bool,
}

impl Record {
    /// Every field.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().chain(self.shared.iter().copied().flatten())
    }

    /// Its name where there are several: `parties`.
    pub fn plural(&self) -> String {
        match self.name.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{}s", self.name),
        }
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.all_fields().find(|f| f.name == name)
    }
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it takes.
    pub ty: Type,
    /// True if it has to be there.
    pub required: bool,
    /// What it means, in a sentence.
    pub doc: &'static str,
    /// A value, as TOML.
    pub example: &'static str,
}

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Plain text.
    Text,
    /// Markdown within a line.
    Inline,
    /// Markdown of any length.
    Block,
    /// An id that this record gives itself.
    Id,
    /// The id of another record; of which kind.
    Ref(&'static str),
    /// A source's id, perhaps with a place in it: `id, p. 4`.
    Cite,
    /// An EDTF date.
    Date,
    /// A date with year, month and day.
    Day,
    /// True or false.
    Bool,
    /// A whole number, 0 or more.
    Count,
    /// A whole number.
    Int,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// A web address.
    Web,
    /// A language tag (BCP 47).
    Language,
    /// A list.
    List(&'static Type),
    /// A list, or one alone.
    OneOrMany(&'static Type),
    /// A table.
    Table(&'static Record),
    /// A text that stands for the table's first field, or the table.
    Short(&'static Type, &'static Record),
    /// A table whose `kind` says which of these records it is.
    Kinds(&'static [(&'static str, &'static Record)]),
    /// A table whose keys are free.
    Map(&'static Type),
}

const fn field(name: &'static str, ty: Type, doc: &'static str, example: &'static str) -> Field {
    Field { name, ty, required: false, doc, example }
}

const fn needed(name: &'static str, ty: Type, doc: &'static str, example: &'static str) -> Field {
    Field { name, ty, required: true, doc, example }
}
