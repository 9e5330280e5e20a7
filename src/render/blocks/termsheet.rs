//! The term sheet: terms × editions, with what changed from one edition to the next.

use crate::model::{Edition, Term, TermSheetOptions, walk};
use crate::render::blocks::mark::{self, Baseline, ChangeMark};
use crate::render::blocks::{Download, NameLink, Place, StateView};
use crate::render::blocks::{by_group, downloads, state_view, stated};
use crate::render::cx::{Arg, Cx, DateView, Html, ProvenanceView};

/// A term sheet: terms by editions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TermSheetView {
    /// The id of the block.
    pub id: String,
    /// The level of headings in it.
    pub level: u8,
    /// Its caption.
    pub title: String,
    /// How many terms changed, in words; nothing for a single edition.
    pub summary: Option<String>,
    /// The columns.
    pub editions: Vec<EditionView>,
    /// The rows in groups.
    pub groups: Vec<GroupView>,
    /// The number of columns, the one with the terms' names included.
    pub columns: usize,
    /// Terms left out because nothing changed in them.
    pub left_out: Vec<NameLink>,
    /// Where to take the data away.
    pub downloads: Vec<Download>,
}

/// A column of a term sheet: an edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct EditionView {
    /// The id of the column's heading; empty off the sheet's own page.
    pub id: String,
    /// The edition.
    pub name: String,
    /// When it took effect.
    pub date: DateView,
    /// True if that is after the build.
    pub future: bool,
    /// Status, note, sources.
    pub provenance: ProvenanceView,
}

/// Rows of a term sheet under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct GroupView {
    /// The heading.
    pub name: Option<String>,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row of a term sheet: a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct RowView {
    /// The term.
    pub term: NameLink,
    /// Its cells, one a column.
    pub cells: Vec<CellView>,
}

/// A cell of a term sheet: what an edition says of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CellView {
    /// The column's name, repeated where the table is drawn as cards.
    pub edition: String,
    /// What it says; nothing if that is not public.
    pub value_html: Option<Html>,
    /// A short word for it.
    pub standing: Option<String>,
    /// Status, date, note, sources.
    pub provenance: ProvenanceView,
    /// What changed against the column before.
    pub change: Option<ChangeMark>,
    /// The last public state before, where this one is not public and that edition is not in the table.
    pub last: Option<StateView>,
}

/// The view of a term sheet.
pub fn view(cx: &Cx<'_>, options: &TermSheetOptions, place: &Place) -> TermSheetView {
    let all: Vec<&Edition> = cx.explainer.data.editions.values().map(|e| &**e).collect();
    let shown = columns(&all, options);
    let terms = walk::selected_terms(&cx.explainer.data, &options.terms, &options.groups);

    let (mut changed, mut new, total) = (0_usize, 0_usize, terms.len());
    let mut rows = Vec::new();
    let mut left_out = Vec::new();
    for term in terms {
        // A row that is left out must not count as having cited anything.
        let part = cx.part(&format!("{}-", term.head.id));
        let row = row(&part, term, &all, &shown);
        let has = |kind: &str| row.cells.iter().any(|c| c.change.as_ref().is_some_and(|m| m.kind == kind));
        changed += usize::from(has("changed"));
        new += usize::from(has("new") && !has("changed"));
        if options.changes_only && !(has("changed") || has("new")) {
            left_out.push(row.term);
        } else {
            cx.take(&part);
            rows.push((term.group.as_ref().map(|g| g.to_string()), row));
        }
    }

    let names: Vec<&str> = shown.iter().map(|(_, e)| &*e.label.text).collect();
    TermSheetView {
        id: place.part(cx, "sheet"),
        level: place.level,
        title: options.title.as_ref().map_or_else(|| default_title(cx, &names), |t| t.to_string()),
        summary: summary(cx, &names, changed, new, total),
        columns: shown.len() + 1,
        editions: shown
            .iter()
            .map(|(_, edition)| EditionView {
                id: if place.own { format!("edition-{}", edition.head.id) } else { String::new() },
                name: edition.label.to_string(),
                date: cx.date(&edition.date),
                future: edition.date.is_future(cx.today),
                provenance: cx.provenance(&edition.provenance),
            })
            .collect(),
        groups: by_group(rows).into_iter().map(|(name, rows)| GroupView { name, rows }).collect(),
        left_out,
        downloads: downloads(cx, "states", "terms"),
    }
}

/// The editions shown, each with its position among all: those asked for in that order, else all, oldest first.
fn columns<'a>(all: &[&'a Edition], options: &TermSheetOptions) -> Vec<(usize, &'a Edition)> {
    if options.editions.is_empty() {
        return all.iter().copied().enumerate().collect();
    }
    let mut shown: Vec<(usize, &Edition)> = Vec::new();
    for wanted in &options.editions {
        let found = all.iter().position(|e| *e.head.id == *wanted.text);
        if let Some((at, edition)) = found.and_then(|at| all.get(at).map(|e| (at, *e)))
            && !shown.iter().any(|(seen, _)| *seen == at)
        {
            shown.push((at, edition));
        }
    }
    shown
}

/// One row.
fn row(cx: &Cx<'_>, term: &Term, all: &[&Edition], shown: &[(usize, &Edition)]) -> RowView {
    let mut previous: Option<(usize, &Edition)> = None;
    let mut cells = Vec::new();
    for (at, edition) in shown.iter().copied() {
        let now = stated(term, &edition.head.id);
        let change = previous.and_then(|(before, neighbour)| {
            let baseline = match stated(term, &neighbour.head.id) {
                Some(state) => Some(Baseline { edition: neighbour, state }),
                // The neighbour says nothing public: compare with what was last known, if time runs to the right.
                None if before < at && now.is_some() => mark::last_stated(all, term, before),
                None => None,
            };
            let change = mark::compare(cx, baseline.map(|b| b.state), now)?;
            Some(mark::mark(cx, change, neighbour, baseline, now))
        });
        let last = if now.is_none() { mark::last_stated(all, term, at) } else { None }
            .filter(|last| !shown.iter().any(|(_, e)| e.head.id == last.edition.head.id))
            .and_then(|last| state_view(cx, last.edition, last.state));
        // A state without a value still carries why it has none.
        let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
        cells.push(CellView {
            edition: edition.label.to_string(),
            value_html: now.and_then(|s| Some(cx.inline_before(s.value.as_ref()?, &s.provenance.sources))),
            standing: state.and_then(|s| s.standing.as_ref()).map(|s| s.to_string()),
            provenance: state.map(|s| cx.provenance(&s.provenance)).unwrap_or_default(),
            change,
            last,
        });
        previous = Some((at, edition));
    }
    RowView { term: cx.term_link(term), cells }
}

/// The caption of a sheet that has none.
fn default_title(cx: &Cx<'_>, names: &[&str]) -> String {
    match names {
        [first, .., last] => cx.t("sheet-title", &[("from", Arg::Text(first)), ("to", Arg::Text(last))]),
        [only] => cx.t("sheet-title-one", &[("edition", Arg::Text(only))]),
        [] => cx.t("sheet-title-none", &[]),
    }
}

/// "6 of 8 terms changed between October 2025 and April 2026."
fn summary(cx: &Cx<'_>, names: &[&str], changed: usize, new: usize, total: usize) -> Option<String> {
    let ([from, .., to], 1..) = (names, total) else { return None };
    let number = |n: usize| Arg::Number(n as f64);
    let key = if names.len() == 2 { "sheet-summary" } else { "sheet-summary-many" };
    let args =
        [("changed", number(changed)), ("total", number(total)), ("from", Arg::Text(from)), ("to", Arg::Text(to))];
    let mut sentences = vec![cx.t(key, &args)];
    if new > 0 {
        sentences.push(cx.t("sheet-summary-new", &[("n", number(new))]));
    }
    Some(sentences.join(" "))
}
