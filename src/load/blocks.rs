//! Fenced blocks `{NAME}` in the text: their TOML options → typed options.

use std::sync::Arc;

use serde_json::Value as Json;

use super::charts;
use super::decode::fields::Fields;
use super::format;
use super::markdown::Smart;
use super::schema::{BLOCKS, COMPONENT, Record};
use super::source::{Place, Source};
use super::validate;
use super::value::{Kind, Value};
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules};
use crate::model::doc::BlockSource;
use crate::model::*;

/// The text that a block stands in.
pub struct Surroundings<'a> {
    /// Its file.
    pub file: &'a SourcePath,
    /// The text.
    pub text: &'a str,
    /// The byte of the file at which the text starts.
    pub offset: usize,
    /// The names of the site's own components.
    pub components: &'a [Arc<str>],
    /// Whether quotes in Markdown become typographic.
    pub smart: Smart,
    /// The language of the text.
    pub language: &'a str,
}

/// The options of a block, those in error left out; `None` if there is no such block, or it can't be read.
pub fn decode(block: &BlockSource, around: &Surroundings<'_>, out: &mut Diagnostics) -> Option<Block> {
    let at =
        |range: std::ops::Range<usize>| Span::new(around.file, around.offset + range.start..around.offset + range.end);
    let whole = at(block.at.range());
    // Where the body stands in the file letter by letter (perhaps with other line ends), places in it are exact.
    let raw = around.text.get(block.body_at.range()).unwrap_or_default();
    let source = if *raw == *block.body || raw.replace("\r\n", "\n") == *block.body {
        Source::new(around.file, raw, around.offset + block.body_at.start as usize)
    } else {
        Source { file: around.file, text: &block.body, place: Place::Within(&whole) }
    };
    if !block.well_formed {
        let message = format!("`{}` is not the name of a block", block.name);
        out.push(
            Diagnostic::error(rules::UNKNOWN_BLOCK, at(block.name_at.range()), message).help(expected(&block.name)),
        );
        return None;
    }
    let built_in = BLOCKS.iter().find(|record| record.name == &*block.name);
    let own = around.components.contains(&block.name);
    if built_in.is_none() && !own {
        let known = BLOCKS.iter().map(|record| record.name).chain(around.components.iter().map(|name| &**name));
        let found = Diagnostic::error(
            rules::UNKNOWN_BLOCK,
            at(block.name_at.range()),
            format!("there is no block `{{{}}}`", block.name),
        );
        out.push(found.suggest(&block.name, known).help(format!(
            "the built-in blocks are {}; a block of your own needs a template `templates/components/{}.html`",
            BLOCKS.iter().map(|record| format!("`{{{}}}`", record.name)).collect::<Vec<_>>().join(", "),
            block.name,
        )));
        return None;
    }
    let parsed = format::toml::read(&source, out);
    let mut value = parsed.value?;
    value.span = whole.clone();
    // A component of the same name stands in place of a built-in block.
    let record: &Record = if own { &COMPONENT } else { built_in? };
    validate::record(&mut value, record, parsed.broken, out);
    if parsed.broken {
        return None;
    }
    if own {
        let options = json(&value).to_string();
        return Some(Block::Component(block.name.clone(), options.into()));
    }
    let fields = Fields::of(&value, around.smart)?;
    if record.name == "chart" {
        return Some(Block::Chart(Arc::new(charts::chart(fields, &source, &value.span, around.language, out))));
    }
    Some(built(record.name, fields, out))
}

/// What to write in place of an info string that only looks like a block's.
fn expected(info: &str) -> String {
    let name = info.trim_start_matches('{').split(|c: char| c == '{' || c == '}' || c.is_whitespace()).next();
    let name = name.filter(|name| !name.is_empty()).unwrap_or("timeline");
    format!("a block's name stands alone between braces, `{{{name}}}`; its options are lines of TOML below it")
}

fn built(name: &str, f: Fields<'_>, out: &mut Diagnostics) -> Block {
    let title = f.text("title");
    match name {
        "timeline" => Block::Timeline(TimelineOptions {
            title,
            events: f.references("events"),
            groups: f.texts("groups"),
            importance: f
                .texts("importance")
                .iter()
                .filter_map(|text| Importance::ALL.iter().find(|(word, _)| *word == &*text.text))
                .map(|(_, importance)| *importance)
                .collect(),
            from: f.date("from"),
            to: f.date("to"),
            no_eras: f.flag("eras") == Some(false),
        }),
        "terms" => Block::Terms(TermsOptions { title, groups: f.texts("groups"), terms: f.references("terms") }),
        "compare" => compare(f, out),
        "effects" => Block::Effects(EffectsOptions {
            title,
            parties: f.references("parties"),
            edition: f.reference("edition"),
            terms: f.references("terms"),
        }),
        "changes" => Block::Changes(ListOptions { title, limit: f.count("limit") }),
        _ => Block::Sources(ListOptions { title, limit: f.count("limit") }),
    }
}

fn compare(f: Fields<'_>, out: &mut Diagnostics) -> Block {
    let title = f.text("title");
    if let Some(id) = f.reference("id") {
        let others = ["editions", "terms", "groups", "changes_only"];
        for other in others.iter().filter_map(|name| f.value(name).map(|value| (name, value))) {
            let message = format!("`id` shows a comparison as it is; `{}` belongs to the term sheet", other.0);
            out.push(
                Diagnostic::error(rules::BAD_VALUE, other.1.span.clone(), message)
                    .label(id.span.clone(), "the comparison")
                    .help("take one of the two away"),
            );
        }
        return Block::Comparison(id, title);
    }
    let editions = f.references("editions");
    let different: std::collections::BTreeSet<&str> = editions.iter().map(|e| &*e.text).collect();
    if let (1, Some(value)) = (different.len(), f.value("editions")) {
        out.push(
            Diagnostic::error(
                rules::BAD_VALUE,
                value.span.clone(),
                "a term sheet needs two different editions or more",
            )
            .help("add another, or take `editions` away to show all of them"),
        );
    }
    Block::TermSheet(TermSheetOptions {
        title,
        editions,
        terms: f.references("terms"),
        groups: f.texts("groups"),
        changes_only: f.flag("changes_only").unwrap_or(false),
    })
}

/// The options as JSON. Dates are texts, as written; numbers that JSON can't hold, too.
fn json(value: &Value) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(truth) => Json::Bool(*truth),
        Kind::Number(number) => number.int.map(Json::from).unwrap_or_else(|| {
            let float = number.text.replace('_', "").parse::<f64>().ok();
            float
                .and_then(serde_json::Number::from_f64)
                .map_or_else(|| Json::String(number.text.to_string()), Json::Number)
        }),
        Kind::Str(text) | Kind::Date(text) => Json::String(text.to_string()),
        Kind::List(list) => list.iter().map(json).collect(),
        Kind::Table(table) => table.entries.iter().map(|(key, value)| (key.to_string(), json(value))).collect(),
    }
}
