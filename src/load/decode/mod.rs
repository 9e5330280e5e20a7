//! One data file → its records. A pure function of the file's name and bytes, so an unchanged file is not read again.

mod bibliography;
mod bounds;
mod comparison;
pub mod fields;
mod html;
pub mod import;
pub mod records;
mod sheet;
mod timelinejs;
mod written;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use comparison::CompareSheet;
use fields::Fields;

use super::format::csv::Sheet;
use super::format::{self, Parsed};
use super::localise::{self, Missing};
use super::markdown::Smart;
use super::schema::{self, FILES, FileKind, Record};
use super::source::{self, Source};
use super::validate;
use super::value::{Kind, Value};
use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, Text, rules, text};
use crate::model::doc::Part;
use crate::model::*;

/// What a data file is, by its name.
#[derive(Clone, Copy, Debug)]
pub enum DataFile {
    /// Records of these kinds.
    Records(&'static FileKind),
    /// `states.csv`
    States,
    /// `effects.csv`
    Effects,
    /// `compare-ID.csv`
    Compare,
    /// `sources.bib`
    Bibtex,
}

/// What the file of this name holds; `None` if it is no data file.
pub fn data_file(file: &SourcePath) -> Option<DataFile> {
    let stem = file.stem();
    let kind = FILES.iter().find(|kind| kind.stem == stem);
    match file.extension().as_str() {
        "toml" | "yaml" | "yml" | "json" => kind.map(DataFile::Records),
        "csv" => match stem {
            "states" => Some(DataFile::States),
            "effects" => Some(DataFile::Effects),
            _ if stem.strip_prefix("compare-").is_some_and(|id| !id.is_empty()) => Some(DataFile::Compare),
            _ => kind.map(DataFile::Records),
        },
        "bib" if stem == "sources" => Some(DataFile::Bibtex),
        _ => None,
    }
}

/// What a data file holds.
#[derive(Clone, Debug, Default)]
pub struct Decoded {
    /// Its records.
    pub records: Records,
    /// Ids of changes that were made from their date and kind, and so may be changed to be unique.
    pub made_changes: BTreeSet<Id>,
    /// Rows of `states.csv`, with the term they belong to.
    pub states: Vec<(Ref, State)>,
    /// Rows of `effects.csv`, with the term and the edition they belong to.
    pub effects: Vec<(Ref, Ref, Effect)>,
    /// The rows of a comparison.
    pub sheet: Option<CompareSheet>,
    /// True if some of the file could not be read.
    pub broken: bool,
}

/// Reads a data file. `smart`: typographic quotes in Markdown. `language`: that of the texts wanted, where it isn't the
/// original. What is read is remembered if `_remember`.
#[comemo::memoize(enabled = _remember)]
pub fn read(
    file: &SourcePath,
    bytes: &Bytes,
    smart: Smart,
    language: Option<&Arc<str>>,
    _remember: bool,
) -> Arc<(Decoded, Diagnostics)> {
    let language = language.cloned();
    let mut decoder = Decoder::new(smart, language);
    match (data_file(file), source::decode(file, bytes, &mut decoder.out)) {
        (Some(kind), Some((text, offset))) => decoder.file(kind, &Source::new(file, text, offset)),
        _ => decoder.decoded.broken = true,
    }
    decoder.untranslated(file);
    Arc::new((decoder.decoded, decoder.out))
}

struct Decoder {
    decoded: Decoded,
    smart: Smart,
    language: Option<Arc<str>>,
    missing: Missing,
    out: Diagnostics,
}

impl Decoder {
    fn new(smart: Smart, language: Option<Arc<str>>) -> Self {
        Self { decoded: Decoded::default(), smart, language, missing: Missing::new(), out: Diagnostics::new() }
    }

    /// Leaves the texts of the wanted language.
    fn localise(&mut self, value: &mut Value, kind: &Record) {
        localise::record(value, kind, self.language.as_deref(), &mut self.missing);
    }

    /// One finding for all texts of a file that nobody has translated.
    fn untranslated(&mut self, file: &SourcePath) {
        let (Some(language), Some((span, key))) = (&self.language, self.missing.first()) else { return };
        let count = self.missing.len();
        let texts = if count == 1 { "one text".to_owned() } else { format!("{count} texts") };
        let verb = if count == 1 { "is" } else { "are" };
        self.out.push(
            Diagnostic::warning(
                rules::UNTRANSLATED,
                span.clone(),
                format!("{texts} of `{file}` {verb} not translated into `{language}`, this one first"),
            )
            .help(format!("add {key} beside it; until then readers get the original, marked as such")),
        );
    }

    fn file(&mut self, kind: DataFile, source: &Source<'_>) {
        match source.file.extension().as_str() {
            "csv" => {
                self.csv(kind, source);
            }
            "bib" => {
                let (sources, broken) = bibliography::bibtex(source, self.smart, &mut self.out);
                self.decoded.broken = broken;
                self.decoded.records.sources.extend(sources.into_iter().map(Arc::new));
            }
            extension => {
                let parsed = match extension {
                    "toml" => format::toml::read(source, &mut self.out),
                    "json" => format::json::read(source, &mut self.out),
                    _ => format::yaml::read(source, &mut self.out),
                };
                if let DataFile::Records(kind) = kind {
                    self.records(kind, extension, parsed);
                }
            }
        }
    }

    fn records(&mut self, kind: &'static FileKind, extension: &str, parsed: Parsed) {
        self.decoded.broken = parsed.broken;
        let Some(mut value) = parsed.value else { return };
        let described = value.describe();
        match &mut value.kind {
            Kind::Table(table) if kind.stem == "sources" && bibliography::is_hayagriva(table) => {
                let sources = bibliography::hayagriva(table, self.smart, &mut self.out);
                self.decoded.records.sources.extend(sources.into_iter().map(Arc::new));
            }
            Kind::Table(table) => {
                for (key, value) in &mut table.entries {
                    self.top(kind, extension, key, value, parsed.broken);
                }
            }
            Kind::List(list) => {
                if let Some(main) = kind.records.first() {
                    for value in list {
                        self.record(main, value, parsed.broken);
                    }
                }
            }
            Kind::Null => {}
            _ => {
                let names: Vec<String> = kind.records.iter().map(|r| format!("`{}`", r.name)).collect();
                let message = format!("the file holds {described}, not records");
                self.out.push(
                    Diagnostic::error(rules::BAD_VALUE, value.span.clone(), message)
                        .help(format!("its keys are {}, each with a list", names.join(" and "))),
                );
            }
        }
    }

    /// A key at the top of a file.
    fn top(&mut self, kind: &'static FileKind, extension: &str, key: &Text, value: &mut Value, broken: bool) {
        let named = |name: &str| kind.records.iter().copied().find(|record| record.name == name);
        let record = named(key).or_else(|| {
            if &*key.text == "$schema" {
                return None;
            }
            let message = format!("a file `{}` has no records `{key}`", kind.stem);
            let home = FILES.iter().find(|file| file.records.first().is_some_and(|r| r.name == &*key.text));
            if let Some(home) = home {
                let found = validate::unknown_key(key, None, message);
                self.out.push(found.help(format!("records of this kind stand in `{}.{extension}`", home.stem)));
                return None;
            }
            let names: Vec<&'static str> = kind.records.iter().map(|record| record.name).collect();
            let near = validate::near_key(key, &names);
            self.out.push(validate::unknown_key(key, near, message));
            near.and_then(named)
        });
        let Some(record) = record else { return };
        let described = value.describe();
        match &mut value.kind {
            Kind::List(list) => {
                for value in list {
                    self.record(record, value, broken);
                }
            }
            Kind::Null => {}
            Kind::Table(_) => {
                let found = Diagnostic::error(
                    rules::BAD_VALUE,
                    key.span.clone(),
                    format!("`{key}` takes a list of records, not one table"),
                );
                self.out.push(match extension {
                    "toml" => found.help(format!("head each record with `[[{key}]]`")),
                    "json" => found.help("put the record in brackets: `[{ … }]`"),
                    _ => found.help("put a `- ` before each record"),
                });
                self.record(record, value, broken);
            }
            _ => {
                let message = format!("`{key}` takes a list of records, not {described}");
                self.out.push(Diagnostic::error(rules::BAD_VALUE, value.span.clone(), message));
            }
        }
    }

    /// Checks and decodes one record.
    fn record(&mut self, kind: &'static Record, value: &mut Value, broken: bool) {
        let before = self.out.len();
        validate::record(value, kind, broken, &mut self.out);
        self.localise(value, kind);
        let Some(fields) = Fields::of(value, self.smart) else { return };
        let records = &mut self.decoded.records;
        let kept = match kind.name {
            "edition" => keep(&mut records.editions, records::edition(fields)),
            "term" => keep(&mut records.terms, records::term(fields)),
            "party" => keep(&mut records.parties, records::party(fields)),
            "event" => {
                let event = records::event(fields);
                self.out.extend(event.as_ref().and_then(|event| event.body.as_ref()).into_iter().flat_map(blocks));
                keep(&mut records.events, event)
            }
            "era" => keep(&mut records.eras, records::era(fields)),
            "source" => keep(&mut records.sources, records::source(fields)),
            "fact" => keep(&mut records.facts, records::fact(fields)),
            "comparison" => keep(&mut records.comparisons, comparison::comparison(fields, &mut self.out)),
            _ => {
                let change = records::change(fields);
                if let Some((change, false)) = &change {
                    self.decoded.made_changes.insert(change.head.id.clone());
                }
                keep(&mut records.changes, change.map(|(change, _)| change))
            }
        };
        if !kept && !broken && self.out.len() == before {
            self.out.push(
                Diagnostic::error(rules::MISSING_KEY, value.span.clone(), format!("this {} has no `id`", kind.name))
                    .help("add one: nothing in the record has letters or digits to make an id from"),
            );
        }
    }

    fn csv(&mut self, kind: DataFile, source: &Source<'_>) {
        let Some(sheet) = format::csv::read(source, matches!(kind, DataFile::Compare), &mut self.out) else {
            self.decoded.broken = true;
            return;
        };
        match kind {
            DataFile::Compare => {
                let id = text::slug(source.file.stem().strip_prefix("compare-").unwrap_or_default());
                let original = localise::sheet(&sheet, None, &mut Missing::new());
                let shown = localise::sheet(&sheet, self.language.as_deref(), &mut self.missing);
                self.decoded.sheet = comparison::compare_sheet(&shown, &original, id.into(), self.smart, &mut self.out);
            }
            DataFile::States => {
                for row in self.rows(&sheet, &schema::STATE_ROW) {
                    let Some(fields) = Fields::of(&row, self.smart) else { continue };
                    if let (Some(term), Some(state)) = (fields.reference("term"), records::state(fields)) {
                        self.decoded.states.push((term, state));
                    }
                }
            }
            DataFile::Effects => {
                for row in self.rows(&sheet, &schema::EFFECT_ROW) {
                    let Some(fields) = Fields::of(&row, self.smart) else { continue };
                    let place = (fields.reference("term"), fields.reference("edition"), records::effect(fields));
                    if let (Some(term), Some(edition), Some(effect)) = place {
                        self.decoded.effects.push((term, edition, effect));
                    }
                }
            }
            DataFile::Records(kind) if kind.stem == "events" && timelinejs::is_timelinejs(&sheet) => {
                self.timelinejs(&sheet);
            }
            DataFile::Records(kind) => {
                let Some(main) = kind.records.first() else { return };
                let (columns, unknown) = sheet::columns(&sheet, main);
                sheet::report_unknown(&unknown, main, &mut self.out);
                for row in &sheet.rows {
                    self.record(main, &mut sheet::table(row, &columns, sheet.delimiter), false);
                }
            }
            DataFile::Bibtex => {}
        }
    }

    /// The rows of a sheet as checked tables.
    fn rows(&mut self, sheet: &Sheet, record: &'static Record) -> Vec<Value> {
        let (columns, unknown) = sheet::columns(sheet, record);
        sheet::report_unknown(&unknown, record, &mut self.out);
        let mut rows: Vec<Value> = sheet.rows.iter().map(|row| sheet::table(row, &columns, sheet.delimiter)).collect();
        for row in &mut rows {
            validate::record(row, record, false, &mut self.out);
            self.localise(row, record);
        }
        rows
    }

    fn timelinejs(&mut self, sheet: &Sheet) {
        for mut row in timelinejs::convert(sheet, &mut self.out) {
            self.record(row.kind(), &mut row.table, false);
        }
    }
}

/// Blocks in the text of a record, where none can be drawn.
fn blocks(prose: &Prose) -> impl Iterator<Item = Diagnostic> {
    prose.doc.notable_parts().filter_map(|part| {
        let Part::Block(block) = part else { return None };
        let span = prose.source.locate(block.name_at.range());
        let name = if block.well_formed { format!("{{{}}}", block.name) } else { block.name.to_string() };
        let message = format!("the block `{name}` can't stand in a record");
        Some(Diagnostic::error(rules::UNKNOWN_BLOCK, span, message).help("put it in a section"))
    })
}

/// Keeps a record that could be decoded; false if it couldn't.
fn keep<T>(list: &mut Vec<Arc<T>>, record: Option<T>) -> bool {
    let kept = record.is_some();
    list.extend(record.map(Arc::new));
    kept
}
