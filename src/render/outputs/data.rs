//! The data of an explainer to take away: `data/NAME.json` and `data/NAME.csv`.

use super::record::{Field, Record};
use super::records::{self, Form, Table};
use super::{Machine, csv};
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

/// What makes the table of a kind of record.
pub type MakeTable = fn(&Cx<'_>, Form) -> Table;

/// The CSV and JSON files for every kind of record that the explainer has, by what they are made of.
pub fn list(cx: &Cx<'_>) -> Vec<(String, Machine)> {
    let data = &cx.explainer.data;
    let tables: [(&'static str, MakeTable, bool); 8] = [
        ("editions", records::editions, data.editions.is_empty()),
        ("terms", records::terms, data.terms.is_empty()),
        ("parties", records::parties, data.parties.is_empty()),
        ("events", records::events, data.events.is_empty()),
        ("eras", records::eras, data.eras.is_empty()),
        ("sources", records::sources, data.sources.is_empty()),
        ("facts", records::facts, data.facts.is_empty()),
        ("changes", records::changes, data.changes.is_empty()),
    ];
    let mut out = Vec::new();
    for (name, table, _) in tables.into_iter().filter(|(_, _, empty)| !empty) {
        out.push((format!("data/{name}.csv"), Machine::Csv(table)));
        out.push((format!("data/{name}.json"), Machine::Json(name, table)));
    }
    // In JSON states and effects stand within their terms.
    let mut states = data.terms.values().flat_map(|t| &t.states).peekable();
    if states.peek().is_some() {
        out.push(("data/states.csv".to_owned(), Machine::Csv(records::states)));
    }
    if states.any(|s| !s.effects.is_empty()) {
        out.push(("data/effects.csv".to_owned(), Machine::Csv(records::effects)));
    }
    for id in data.comparisons.keys() {
        out.push((format!("data/compare-{id}.csv"), Machine::ComparisonCsv(id.clone())));
        out.push((format!("data/compare-{id}.json"), Machine::ComparisonJson(id.clone())));
    }
    for section in cx.explainer.texts() {
        for (n, _) in section.charts().filter(|(_, chart)| chart.file.is_none()) {
            out.push((chart_path(&section.slug, n), Machine::Chart(section.slug.clone(), n)));
        }
    }
    out
}

/// The name of a chart among the files and pages of an explainer: its section's slug, and its place there.
pub fn chart_name(slug: &str, n: usize) -> String {
    let slug = if slug.is_empty() { "answer" } else { slug };
    format!("{slug}-{}", n + 1)
}

/// Where the numbers of a chart can be taken away that stand in the text itself, below the explainer.
pub fn chart_path(slug: &str, n: usize) -> String {
    format!("data/chart-{}.csv", chart_name(slug, n))
}

/// The numbers of a chart as CSV.
pub fn chart_csv(cx: &Cx<'_>, slug: &str, n: usize) -> Bytes {
    let section = cx.explainer.texts().find(|section| *section.slug == *slug);
    let chart = section.and_then(|section| section.charts().find(|(at, _)| *at == n));
    let Some((_, chart)) = chart else { return Bytes::default() };
    csv::lines(chart.table.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()))
}

/// The CSV file of a kind of record.
pub fn csv_file(cx: &Cx<'_>, table: MakeTable) -> Bytes {
    csv::write(&table(cx, Form::Csv))
}

/// The JSON file of a kind of record.
pub fn json_file(cx: &Cx<'_>, name: &str, table: MakeTable) -> Bytes {
    json(cx, name, table(cx, Form::Json))
}

/// The CSV file of a comparison.
pub fn comparison_csv(cx: &Cx<'_>, table: &Comparison) -> Bytes {
    csv::write(&records::cells(cx, table))
}

fn json(cx: &Cx<'_>, kind: &str, table: Table) -> Bytes {
    let mut envelope = envelope(cx, kind);
    envelope.push("records", Field::Records(table.records));
    write(&envelope)
}

/// A comparison is one record with rows of its own.
pub fn comparison_json(cx: &Cx<'_>, table: &Comparison) -> Bytes {
    let mut envelope = envelope(cx, "comparison");
    envelope.push("records", Field::Records(vec![records::comparison(cx, table)]));
    write(&envelope)
}

/// What is said about the file itself.
fn envelope(cx: &Cx<'_>, kind: &str) -> Record {
    let settings = &cx.site.settings;
    let mut envelope = Record::new();
    envelope.put("title", super::title(cx));
    envelope.put("url", settings.base_url.as_ref().map(|_| super::absolute(cx, "")));
    envelope.put("language", cx.catalogue.language());
    envelope.put("license", settings.license.as_ref().map(|l| l.to_string()));
    envelope.put("publisher", settings.publisher.as_ref().map(|p| p.name.to_string()));
    // Not the date of the build: a build that changes nothing must not change the file.
    let meta = cx.explainer.index.as_ref().map(|i| &i.meta);
    let updated = meta.and_then(|m| m.updated.as_ref().or(m.published.as_ref()));
    envelope.put("updated", updated.map(|d| d.to_edtf()));
    envelope.put("kind", kind);
    envelope
}

fn write(envelope: &Record) -> Bytes {
    // A map of strings to JSON values can always be written.
    let mut text = serde_json::to_string_pretty(envelope).unwrap_or_default();
    text.push('\n');
    Bytes::new(text)
}
