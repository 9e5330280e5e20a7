//! Takes typed fields out of a table that was checked: what is unsound was reported and counts as absent.

use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::base::{Span, Text, text};
use crate::load::markdown::{self, ParseOptions, Smart};
use crate::load::validate::id_fault;
use crate::load::value::{Kind, Table, Value, part, trimmed};
use crate::model::{Date, Head, Id, Prose, Provenance, Ref, SourceRef, Status};

/// The field that `localise` adds to a record that isn't translated. No author can write it: keys are checked
/// before.
pub const FOREIGN: &str = "\u{0}foreign";

/// The key by which `localise` says that nobody has translated one field of a record.
pub fn foreign_key(field: &str) -> String {
    format!("{FOREIGN}.{field}")
}

/// The field that `localise` adds to a record whose name it translates: the name as it was, from which ids are
/// made.
pub const ORIGINAL: &str = "\u{0}original";

/// The field that `localise` adds to a record whose group it translates: the group as it was.
pub const GROUP: &str = "\u{0}group";

/// The fields of one record.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    table: &'a Table,
    /// The place of the record.
    pub span: &'a Span,
    smart: Smart,
}

impl<'a> Fields<'a> {
    /// The fields of `value`, if it is a table. `smart`: typographic quotes in Markdown.
    pub fn of(value: &'a Value, smart: Smart) -> Option<Self> {
        Some(Self { table: value.table()?, span: &value.span, smart })
    }

    /// The fields of a table within this one.
    pub fn inner(&self, value: &'a Value) -> Option<Self> {
        Self::of(value, self.smart)
    }

    /// Whether quotes in Markdown become typographic.
    pub fn smart(&self) -> Smart {
        self.smart
    }

    /// The value of a field, as read.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.table.get(name)
    }

    /// The entries, as read.
    pub fn entries(&self) -> &'a [(Text, Value)] {
        &self.table.entries
    }

    /// A plain text, without white space around it.
    pub fn text(&self, name: &str) -> Option<Text> {
        let text = self.value(name)?.text().map(trimmed)?;
        // What stands as a heading is typeset as texts are.
        let heading = matches!(name, "title" | "label" | "caption");
        let spaced = heading && self.smart.is_some_and(markdown::Quotes::spaced);
        Some(match spaced.then(|| markdown::narrow_plain(&text)).flatten() {
            Some(typeset) => Text { text: typeset.into(), span: text.span, verbatim: false },
            None => text,
        })
    }

    /// A plain text that may be empty.
    pub fn text_or_empty(&self, name: &str) -> Option<Text> {
        let (_, value) = self.table.entries.iter().find(|(key, _)| &*key.text == name)?;
        value.text().map(trimmed)
    }

    /// The place of a text that is there and has nothing but white space in it.
    pub fn blank(&self, name: &str) -> Option<Span> {
        let (_, value) = self.table.entries.iter().find(|(key, _)| &*key.text == name)?;
        value.text().filter(|_| value.is_blank()).map(|text| text.span.clone())
    }

    /// A list of plain texts.
    pub fn texts(&self, name: &str) -> Vec<Text> {
        self.list(name).iter().filter(|v| !v.is_blank()).filter_map(|v| v.text().map(trimmed)).collect()
    }

    /// The name of another record.
    pub fn reference(&self, name: &str) -> Option<Ref> {
        self.text(name).map(composed)
    }

    /// Names of other records.
    pub fn references(&self, name: &str) -> Vec<Ref> {
        self.texts(name).into_iter().map(composed).collect()
    }

    /// Markdown within a line.
    pub fn inline(&self, name: &str) -> Option<Prose> {
        self.prose(name, true)
    }

    fn prose(&self, name: &str, inline: bool) -> Option<Prose> {
        let text = self.value(name)?.text()?;
        let says_so = |key: &str| key.strip_prefix(FOREIGN).and_then(|key| key.strip_prefix('.')) == Some(name);
        let foreign = self.table.entries.iter().any(|(key, _)| says_so(key));
        Some(Prose { foreign, ..prose(text, inline, self.smart) })
    }

    /// Markdown of any length.
    pub fn block(&self, name: &str) -> Option<Prose> {
        self.prose(name, false)
    }

    /// A date.
    pub fn date(&self, name: &str) -> Option<Date> {
        Date::parse(self.value(name)?.text()?).ok()
    }

    /// True or false.
    pub fn flag(&self, name: &str) -> Option<bool> {
        if let Kind::Bool(truth) = self.value(name)?.kind { Some(truth) } else { None }
    }

    /// A whole number.
    pub fn int(&self, name: &str) -> Option<i64> {
        if let Kind::Number(number) = &self.value(name)?.kind { number.int } else { None }
    }

    /// A whole number that is not below 0.
    pub fn count(&self, name: &str) -> Option<u32> {
        self.int(name).filter(|n| *n >= 0).map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    }

    /// One of the words in `all`.
    pub fn word<T: Copy>(&self, name: &str, all: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        all.iter().find(|(word, _)| *word == &*text.text).map(|(_, value)| *value)
    }

    /// A list, or what stands in its place alone.
    pub fn list(&self, name: &str) -> &'a [Value] {
        match self.value(name) {
            Some(Value { kind: Kind::List(list), .. }) => list,
            Some(value) => std::slice::from_ref(value),
            None => &[],
        }
    }

    /// The tables of a list.
    pub fn tables(&self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        let smart = self.smart;
        self.list(name).iter().filter_map(move |value| Self::of(value, smart))
    }

    /// Where it comes from and how sure it is.
    pub fn provenance(&self) -> Provenance {
        Provenance {
            sources: self.sources(),
            status: self.word("status", &Status::ALL).unwrap_or_default(),
            as_of: self.date("as_of"),
            note: self.inline("note"),
        }
    }

    /// The sources named.
    pub fn sources(&self) -> Vec<SourceRef> {
        self.texts("sources").iter().map(cite).collect()
    }

    /// Id and place; the id is made from `label` unless written. `None` if there is neither.
    pub fn head(&self, label: Option<&Text>) -> Option<Head> {
        let (id, span) = self.id(label)?;
        let replaces = self.value("override").filter(|_| self.flag("override") == Some(true));
        let foreign = self.flag(FOREIGN) == Some(true);
        Some(Head { id, span, replaces: replaces.map(|value| value.span.clone()), foreign, group: self.text(GROUP) })
    }

    /// The name before it was translated.
    pub fn original(&self) -> Option<Text> {
        self.text(ORIGINAL)
    }

    /// The id and its place.
    pub fn id(&self, label: Option<&Text>) -> Option<(Id, Span)> {
        if let Some(id) = self.reference("id") {
            return Some((id.text, id.span));
        }
        let label = label?;
        let original = self.original();
        let label = original.as_ref().unwrap_or(label);
        let slug = text::slug(label);
        (!slug.is_empty() && id_fault(&slug).is_none()).then(|| (slug.into(), label.span.clone()))
    }
}

/// Markdown, parsed.
pub fn prose(text: &Text, inline: bool, smart: Smart) -> Prose {
    Prose { foreign: false, source: text.clone(), doc: Arc::new(markdown::parse(text, ParseOptions { inline, smart })) }
}

/// A text in composed form (NFC), in which ids are compared.
pub fn composed(text: Text) -> Text {
    if is_nfc(&text) {
        return text;
    }
    Text { text: text.text.nfc().collect::<String>().into(), span: text.span, verbatim: false }
}

/// `id, p. 4`.
pub fn cite(text: &Text) -> SourceRef {
    let Some((id, locator)) = text.split_once(',') else {
        return SourceRef { id: composed(text.clone()), locator: None };
    };
    let locator = locator.trim();
    SourceRef {
        id: composed(trimmed(&part(text, 0..id.len()))),
        locator: (!locator.is_empty()).then(|| locator.into()),
    }
}
