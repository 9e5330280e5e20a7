//! The data of an explainer to take away: `data/NAME.json` and `data/NAME.csv`.

use serde_json::Value;

use super::records::{self, Record, Table};
use super::{Files, csv};
use crate::base::Bytes;
use crate::model::Comparison;
use crate::render::cx::Cx;

/// The names of the explainer's JSON files, without folder and ending.
pub fn names(cx: &Cx<'_>) -> Vec<String> {
    let data = &cx.explainer.data;
    let kinds = [
        ("editions", data.editions.is_empty()),
        ("terms", data.terms.is_empty()),
        ("parties", data.parties.is_empty()),
        ("events", data.events.is_empty()),
        ("eras", data.eras.is_empty()),
        ("sources", data.sources.is_empty()),
        ("facts", data.facts.is_empty()),
        ("changes", data.changes.is_empty()),
    ];
    let kinds = kinds.into_iter().filter(|(_, empty)| !empty).map(|(name, _)| name.to_owned());
    kinds.chain(data.comparisons.keys().map(|id| format!("compare-{id}"))).collect()
}

/// The files for every kind of record that the explainer has.
pub fn files(cx: &Cx<'_>) -> Files {
    let tables = [
        ("editions", records::editions(cx)),
        ("terms", records::terms(cx)),
        ("parties", records::parties(cx)),
        ("events", records::events(cx)),
        ("eras", records::eras(cx)),
        ("sources", records::sources(cx)),
        ("facts", records::facts(cx)),
        ("changes", records::changes(cx)),
    ];
    let mut files = Files::new();
    for (name, table) in tables {
        if !table.records.is_empty() {
            files.push((format!("data/{name}.csv"), csv::write(&table)));
            files.push((format!("data/{name}.json"), json(cx, name, table)));
        }
    }
    // In JSON states and effects stand within their terms.
    for (name, table) in [("states", records::states(cx)), ("effects", records::effects(cx))] {
        if !table.records.is_empty() {
            files.push((format!("data/{name}.csv"), csv::write(&table)));
        }
    }
    for table in cx.explainer.data.comparisons.values() {
        let name = format!("data/compare-{}", table.head.id);
        files.push((format!("{name}.csv"), csv::write(&records::cells(cx, table))));
        files.push((format!("{name}.json"), comparison(cx, table)));
    }
    files
}

fn json(cx: &Cx<'_>, kind: &str, table: Table) -> Bytes {
    let mut envelope = envelope(cx, kind);
    envelope.insert("records".into(), table.records.into_iter().map(Value::Object).collect());
    write(envelope)
}

/// A comparison is one record with rows of its own.
fn comparison(cx: &Cx<'_>, table: &Comparison) -> Bytes {
    let mut envelope = envelope(cx, "comparison");
    envelope.insert("records".into(), Value::Array(vec![Value::Object(records::comparison(cx, table))]));
    write(envelope)
}

/// What is said about the file itself.
fn envelope(cx: &Cx<'_>, kind: &str) -> Record {
    let settings = &cx.site.settings;
    let mut envelope = Record::new();
    envelope.insert("title".into(), super::title(cx).into());
    envelope.insert("url".into(), settings.base_url.as_ref().map(|_| super::absolute(cx, "")).into());
    envelope.insert("language".into(), cx.catalogue.language().into());
    envelope.insert("license".into(), settings.license.as_ref().map(|l| l.to_string()).into());
    envelope.insert("publisher".into(), settings.publisher.as_ref().map(|p| p.name.to_string()).into());
    envelope.insert("generated".into(), cx.today.to_string().into());
    envelope.insert("kind".into(), kind.into());
    envelope
}

fn write(envelope: Record) -> Bytes {
    // A map of strings to JSON values can always be written.
    let mut text = serde_json::to_string_pretty(&Value::Object(envelope)).unwrap_or_default();
    text.push('\n');
    Bytes::new(text)
}
