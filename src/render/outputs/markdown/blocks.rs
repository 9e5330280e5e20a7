//! The blocks of a page as Markdown: timeline, term sheet, tables, effects, lists.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::text::{Cite, destination, escaped, line_of_prose, of_prose};
use crate::model::walk::{current_edition, selected_terms};
use crate::model::*;
use crate::render::blocks::amends::{self, Concern};
use crate::render::blocks::{Place, chart, effects, termsheet, timeline};
use crate::render::cx::{Arg, Cx};

/// A block as it stands in a text, below its title.
pub fn of_block(cx: &Cx<'_>, block: &Block) -> String {
    let data = &cx.explainer.data;
    let titled = |title: Option<&str>, text: String| match title.filter(|_| !text.trim().is_empty()) {
        Some(title) => format!("**{}**\n\n{text}", escaped(title)),
        None => text,
    };
    match block {
        Block::Timeline(options) => titled(options.title.as_deref(), timeline(cx, options, true)),
        Block::Terms(options) => {
            let terms = selected_terms(data, &options.terms, &options.groups);
            titled(options.title.as_deref(), terms.iter().map(|term| definition(cx, term, true)).collect())
        }
        Block::Comparison(id, title) => {
            let Some(table) = data.comparisons.get(&*id.text) else { return String::new() };
            titled(Some(title.as_ref().unwrap_or(&table.title)), comparison(cx, table))
        }
        Block::TermSheet(options) => term_sheet(cx, options),
        Block::Effects(options) => effects(cx, options),
        Block::Chart(chart) => titled(chart.title.as_deref(), of_chart(cx, chart)),
        Block::Changes(options) => titled(options.title.as_deref(), changes(cx, options.limit)),
        Block::Sources(options) => titled(options.title.as_deref(), sources(cx, options.limit)),
        Block::Component(_, options) => component(options),
    }
}

/// The numbers of a chart as a table, with what stands around them.
fn of_chart(cx: &Cx<'_>, chart: &crate::model::chart::Chart) -> String {
    let plot = &chart.plot;
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::new();
    if let Some(caption) = &chart.caption {
        let _ = writeln!(out, "{}\n", line_of_prose(cx, caption));
    }
    out.push_str(&line(
        std::iter::once(escaped(&plot.heading)).chain(plot.series.iter().map(|s| escaped(&s.name))).collect(),
    ));
    out.push_str(&line(
        std::iter::once("---".to_owned()).chain(plot.series.iter().map(|_| "---:".to_owned())).collect(),
    ));
    for row in chart::rows(cx, chart) {
        let cells = row.cells.iter().map(|cell| cell.as_ref().map(|c| escaped(c)).unwrap_or_default());
        out.push_str(&line(std::iter::once(escaped(&row.name)).chain(cells).collect()));
    }
    let about = provenance(cx, &chart.provenance);
    if !about.trim().is_empty() {
        let _ = writeln!(out, "\n{}", about.trim());
    }
    out.push('\n');
    out
}

/// What an author gave a component of the site's own: each option on a line. What its template makes of them is for
/// pages alone.
fn component(options: &str) -> String {
    fn words(value: &serde_json::Value) -> String {
        use serde_json::Value;
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
            Value::Object(table) => {
                table.iter().map(|(key, value)| format!("{key}: {}", words(value))).collect::<Vec<_>>().join(", ")
            }
            Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }
    let options: serde_json::Map<String, serde_json::Value> = serde_json::from_str(options).unwrap_or_default();
    options.iter().map(|(key, value)| format!("- {}: {}\n", escaped(key), escaped(&words(value)))).collect()
}

/// Events as a list, each with its date, and among them the editions that none of them brought in; eras before them.
/// `near` is true in running text, where a correction that names a section is told in full at that section.
pub fn timeline(cx: &Cx<'_>, options: &TimelineOptions, near: bool) -> String {
    let (events, editions, eras) = timeline::shown(cx, options);
    let mut out = String::new();
    for era in eras {
        let dates = cx.date(&Date::span(&era.start, era.end.as_ref())).text;
        let _ = writeln!(out, "- {}: *{}*{}", escaped(&dates), escaped(&era.label), provenance(cx, &era.provenance));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let entry = |date: &Date, title: &str, about: &Provenance, body: Option<&Prose>, amends: &str| {
        let future = date.is_future(cx.today).then(|| format!(" ({})", escaped(&cx.t("timeline-future", &[]))));
        let body = body.map(|body| format!("\n  {}\n", of_prose(cx, body).replace('\n', "\n  ")));
        let line = format!(
            "- {}{}: **{}**{}\n{}",
            escaped(&cx.date(date).text),
            future.unwrap_or_default(),
            escaped(title),
            provenance(cx, about),
            body.map(|b| b + "\n").unwrap_or_default()
        );
        let line = match amends {
            "" => line,
            amends => format!("{}\n\n  {}\n\n", line.trim_end(), amends.trim_end().replace('\n', "\n  ")),
        };
        (date.sort_key(), line)
    };
    let mut entries: Vec<_> = events
        .iter()
        .map(|e| {
            let amends = amends(cx, Concern::Event(&e.head.id), near);
            entry(&e.date, &e.title, &e.provenance, e.body.as_ref(), &amends)
        })
        .collect();
    entries.extend(editions.iter().map(|edition| {
        let title = cx.t("timeline-edition-named", &[("edition", Arg::Text(&edition.label))]);
        entry(&edition.date, &title, &edition.provenance, None, "")
    }));
    entries.sort_by_key(|(key, _)| *key);
    out.extend(entries.into_iter().map(|(_, line)| line));
    out
}

/// A term's definition and its other names, each a paragraph.
pub fn definition(cx: &Cx<'_>, term: &Term, name: bool) -> String {
    let mut out = if name { format!("**{}**: ", escaped(&term.name)) } else { String::new() };
    out.extend(term.definition.as_ref().map(|d| line_of_prose(cx, d)));
    out.push_str(&provenance(cx, &term.provenance));
    let mut paragraphs = vec![out.trim().trim_end_matches(':').to_owned()];
    if !term.aliases.is_empty() {
        let names: Vec<String> = term.aliases.iter().map(|a| a.to_string()).collect();
        let also = cx.t("also-called", &[("names", Arg::Text(&cx.catalogue.list(&names)))]);
        paragraphs.push(format!("{}.", escaped(&also)));
    }
    paragraphs.retain(|p| !p.is_empty());
    paragraphs.join("\n\n") + "\n\n"
}

/// Terms × editions.
pub fn term_sheet(cx: &Cx<'_>, options: &TermSheetOptions) -> String {
    let data = &cx.explainer.data;
    // Which rows there are, and what changed, is as on the page.
    let view = termsheet::view(&cx.part("markdown-"), options, &Place::IN_TEXT);
    let mut heading = vec![cx.t("term", &[])];
    heading.extend(view.editions.iter().map(|e| e.name.clone()));
    let mut rows = Vec::new();
    for (row, term) in
        view.groups.iter().flat_map(|g| &g.rows).filter_map(|row| Some((row, data.terms.get(row.term.id.as_str())?)))
    {
        let mut cells = vec![escaped(&term.name)];
        for cell in &row.cells {
            let edition = data.editions.values().find(|e| *e.label.text == *cell.edition);
            let state = edition.and_then(|e| term.states.iter().find(|s| *s.edition.text == *e.head.id));
            let mut words: Vec<String> = Vec::new();
            words.extend(cell.standing.as_ref().map(|standing| format!("**{}**", escaped(standing))));
            words.extend(cell.change.as_ref().map(|change| format!("*{}*", escaped(&change.label))));
            let before = if words.is_empty() { String::new() } else { format!("{}: ", words.join(", ")) };
            cells.push(format!("{before}{}", stated(cx, state)));
        }
        rows.push(cells);
    }
    let summary = view.summary.map(|text| format!(" {}", escaped(&text))).unwrap_or_default();
    format!("**{}**{summary}\n\n{}", escaped(&view.title), table(&heading, &rows))
}

/// What a term said, or that it isn't public.
pub fn stated(cx: &Cx<'_>, state: Option<&State>) -> String {
    // A state without a value still carries why it has none.
    let about = state.map(|s| provenance(cx, &s.provenance)).unwrap_or_default();
    match state.and_then(|s| s.value.as_ref()) {
        Some(value) => format!("{}{about}", line_of_prose(cx, value)),
        None => format!("*{}*{about}", escaped(&cx.t("not-public", &[]))),
    }
}

/// A free table with its caption.
pub fn comparison(cx: &Cx<'_>, comparison: &Comparison) -> String {
    let mut heading = vec![String::new()];
    heading.extend(comparison.columns.iter().map(|c| c.label.to_string()));
    let rows: Vec<Vec<String>> = comparison
        .rows
        .iter()
        .map(|row| {
            let mut cells = vec![escaped(&row.label)];
            cells.extend(comparison.columns.iter().map(|column| cell(cx, row, row.cells.get(&column.id))));
            cells
        })
        .collect();
    let mut out = String::new();
    if let Some(caption) = &comparison.caption {
        let _ = writeln!(out, "{}\n", line_of_prose(cx, caption));
    }
    out.push_str(&table(&heading, &rows));
    let below = provenance(cx, &comparison.provenance);
    if !below.is_empty() {
        let _ = write!(out, "\n{}\n", below.trim_start());
    }
    out
}

fn cell(cx: &Cx<'_>, row: &Row, cell: Option<&Cell>) -> String {
    match cell.and_then(|c| c.value.as_ref().map(|v| (c, v))) {
        Some((cell, value)) => {
            let mut own = cell.provenance.clone();
            if own.sources.is_empty() {
                own.sources.clone_from(&row.sources);
            }
            format!("{}{}", line_of_prose(cx, value), provenance(cx, &own))
        }
        None => format!("*{}*", escaped(&cx.t("not-public", &[]))),
    }
}

/// Parties × terms at one edition, as a list for each party.
pub fn effects(cx: &Cx<'_>, options: &EffectsOptions) -> String {
    let data = &cx.explainer.data;
    let edition = match &options.edition {
        Some(id) => data.editions.get(&*id.text),
        None => current_edition(data, cx.today),
    };
    let Some(edition) = edition else { return String::new() };
    let heading = ["party", "term", "effects", "note"].map(|key| cx.t(key, &[]));
    let mut rows = Vec::new();
    for party in data.parties.values() {
        if !options.parties.is_empty() && !options.parties.iter().any(|p| *p.text == *party.head.id) {
            continue;
        }
        for term in selected_terms(data, &options.terms, &[]) {
            let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
            let effects = state.iter().flat_map(|s| &s.effects).filter(|e| *e.party.text == *party.head.id);
            for effect in effects {
                let direction = cx.t(&format!("direction-{}", effect.direction.name()), &[]);
                let note = effect.provenance.note.as_ref().map(|n| line_of_prose(cx, n)).unwrap_or_default();
                let marks = Provenance { note: None, ..effect.provenance.clone() };
                let note = format!("{note}{}", provenance(cx, &marks));
                rows.push(vec![escaped(&party.name), escaped(&term.name), escaped(&direction), note]);
            }
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let title = effects::title(cx, options, Some(edition));
    format!("**{}**\n\n{}", escaped(&title), table(&heading, &rows))
}

/// The changes to the page, newest first.
pub fn changes(cx: &Cx<'_>, limit: Option<u32>) -> String {
    let mut out = String::new();
    for change in cx.explainer.data.changes.values().take(limit.map_or(usize::MAX, |n| n as usize)) {
        let _ = writeln!(out, "- {}", change_line(cx, change, true));
    }
    out
}

fn change_line(cx: &Cx<'_>, change: &Change, note: bool) -> String {
    let kind = cx.t(&format!("change-{}", change.kind.name()), &[]);
    let note = if note { format!(": {}", line_of_prose(cx, &change.note)) } else { String::new() };
    format!("**{}**, {}{note}", escaped(&kind), escaped(&cx.date(&change.date).text))
}

/// The corrections and clarifications that concern something, each a paragraph (as a list they would go on with one
/// that stands before them); empty if there are none.
pub fn amends(cx: &Cx<'_>, concern: Concern<'_>, near: bool) -> String {
    let changes = amends::concerning(cx, concern);
    changes.map(|change| format!("{}\n\n", change_line(cx, change, !near || change.section.is_none()))).collect()
}

/// The sources by number; those that are not cited come last, without one.
pub fn sources(cx: &Cx<'_>, limit: Option<u32>) -> String {
    let data = &cx.explainer.data;
    let other = data.sources.iter().filter(|(id, _)| !cx.explainer.numbers.contains_key(*id));
    let other = other.map(|(_, source)| format!("- {}\n", source_line(cx, source)));
    numbered(cx, |_| true).chain(other).take(limit.map_or(usize::MAX, |n| n as usize)).collect()
}

/// The sources with these numbers.
pub fn sources_numbered(cx: &Cx<'_>, numbers: &BTreeSet<u32>) -> String {
    numbered(cx, |number| numbers.contains(&number)).collect()
}

fn numbered(cx: &Cx<'_>, wanted: impl Fn(u32) -> bool) -> impl Iterator<Item = String> {
    let cited = cx.explainer.numbers.iter().filter(move |(_, number)| wanted(**number));
    cited.filter_map(move |(id, number)| {
        let source = cx.explainer.data.sources.get(id)?;
        Some(format!("- \\[{number}\\] {}\n", source_line(cx, source)))
    })
}

fn source_line(cx: &Cx<'_>, source: &Source) -> String {
    let title = match &source.url {
        Some(url) => format!("[{}]({})", escaped(&source.title), destination(url)),
        None => escaped(&source.title),
    };
    let mut parts = vec![title];
    if !source.authors.is_empty() {
        let names: Vec<String> = source.authors.iter().map(|a| a.to_string()).collect();
        parts.push(escaped(&cx.catalogue.list(&names)));
    }
    parts.extend(source.publisher.as_ref().map(|p| escaped(p)));
    parts.extend(source.date.as_ref().map(|d| escaped(&cx.date(d).text)));
    if let Some(archive) = &source.archive {
        parts.push(format!("[{}]({})", escaped(&cx.t("archived-copy", &[])), destination(archive)));
    }
    let note = source.note.as_ref().map(|n| format!(" {}", line_of_prose(cx, n))).unwrap_or_default();
    format!("{}.{note}", parts.join(", "))
}

/// Status, date, source numbers and note, as they follow a statement; empty for a confirmed one without any.
pub fn provenance(cx: &Cx<'_>, provenance: &Provenance) -> String {
    let mut out = String::new();
    let mut remarks: Vec<String> = Vec::new();
    remarks.extend(cx.status_label(provenance.status).map(|label| escaped(&label)));
    if let Some(date) = &provenance.as_of {
        remarks.push(escaped(&cx.t("as-of", &[("date", Arg::Text(&cx.date(date).text))])));
    }
    if !remarks.is_empty() {
        let _ = write!(out, " ({})", remarks.join(", "));
    }
    let cites: Vec<Cite> = provenance.sources.iter().map(|s| (s.id.text.clone(), s.locator.clone())).collect();
    out.push_str(&super::citations(cx, &cites));
    if let Some(note) = &provenance.note {
        // The text of the interface is plain, the note is Markdown: it goes in last.
        let text = escaped(&cx.t("note-text", &[("note", Arg::Text("\u{1A}"))]));
        let _ = write!(out, " – {}", text.replace('\u{1A}', &line_of_prose(cx, note)));
    }
    out
}

/// A table. Headings are plain text, cells are Markdown of one line.
pub fn table(heading: &[String], rows: &[Vec<String>]) -> String {
    let mut out = String::from("|");
    for cell in heading {
        let _ = write!(out, " {} |", escaped(cell));
    }
    out.push_str("\n|");
    out.push_str(&" --- |".repeat(heading.len()));
    out.push('\n');
    for row in rows {
        out.push('|');
        for cell in row {
            let _ = write!(out, " {} |", bars_escaped(cell));
        }
        out.push('\n');
    }
    out
}

/// A bar would end the cell, even in code; one that is escaped already stays so.
fn bars_escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut escaped = false;
    for c in cell.chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}
