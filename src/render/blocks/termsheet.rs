//! The term sheet: terms × editions, with what changed from one edition to the next.

use crate::model::{Edition, Term, TermSheetOptions, walk};
use crate::render::blocks::as_of::{self, AsOfView};
use crate::render::blocks::citation::CitationView;
use crate::render::blocks::mark::{self, Baseline, Change, ChangeMark, Said};
use crate::render::blocks::print::{self, PrintView};
use crate::render::blocks::{Download, NameLink, Place, StateView};
use crate::render::blocks::{by_group, downloads, state_view, stated};
use crate::render::cx::{Arg, Cx, DateView, Html, ProvenanceView};
use crate::render::embed::{Embed, EmbedView};

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
    /// The control that moves through time; nothing where there are fewer than three columns, or not in their order.
    pub as_of: Option<AsOfView>,
    /// True if columns can be chosen: there are at least three.
    pub choice: bool,
    /// True if nothing changed in at least one row, so that those with changes can be singled out.
    pub sifts: bool,
    /// Where to take the data away.
    pub downloads: Vec<Download>,
    /// How to cite the table.
    pub citation: CitationView,
    /// How to embed it in a page of another site; nothing where the site's address is not known, or only a part is shown.
    pub embed: Option<EmbedView>,
}

/// A column of a term sheet: an edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct EditionView {
    /// The id of the column's heading; empty off the sheet's own page.
    pub id: String,
    /// The edition's id in the data.
    pub key: String,
    /// The edition.
    pub name: String,
    /// When it took effect.
    pub date: DateView,
    /// The first day on which it may have been in force: `2025-10-28`.
    pub day: String,
    /// True if that is after the build.
    pub future: bool,
    /// Status, note, sources.
    pub provenance: ProvenanceView,
    /// The fingerprint of what it tells.
    pub print: PrintView,
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
    /// The language of its texts where nobody has translated them into that of the page.
    pub foreign: Option<String>,
    /// Its cells, one a column.
    pub cells: Vec<CellView>,
}

impl RowView {
    /// True if a cell has a mark of this kind.
    fn has(&self, kind: &str) -> bool {
        self.cells.iter().any(|cell| cell.change.as_ref().is_some_and(|mark| mark.kind == kind))
    }

    /// True if the term changed, or was first made public.
    fn changes(&self) -> bool {
        self.has("changed") || self.has("new")
    }
}

/// A cell of a term sheet: what an edition says of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CellView {
    /// The column's name, repeated where the table is drawn as cards.
    pub edition: String,
    /// How it differs from each column before it, for scripts that put columns away: a word each, `-` for nothing, else
    /// the first letter of the kind of change, with `@` and the id of the edition compared with if that is another one.
    pub against: String,
    /// What it says; nothing if that is not public.
    pub value_html: Option<Html>,
    /// A short word for it.
    pub standing: Option<String>,
    /// Status, date, note, sources.
    pub provenance: ProvenanceView,
    /// What changed against the column before.
    pub change: Option<ChangeMark>,
    /// The last public state before, where this one is not public.
    pub last: Option<StateView>,
    /// True if that edition is a column of the table, so that its state needn't be repeated.
    pub last_shown: bool,
    /// The fingerprint of what it tells.
    pub print: PrintView,
}

/// How many terms a term sheet is about.
pub fn count(cx: &Cx<'_>, options: &TermSheetOptions) -> usize {
    walk::selected_terms(&cx.explainer.data, &options.terms, &options.groups).len()
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
        let has = |kind: &str| row.has(kind);
        changed += usize::from(has("changed"));
        new += usize::from(has("new") && !has("changed"));
        if options.changes_only && !row.changes() {
            left_out.push(row.term);
        } else {
            cx.take(&part);
            rows.push((term.group.as_ref().map(|g| g.to_string()), row));
        }
    }

    let names: Vec<&str> = shown.iter().map(|(_, e)| &*e.label.text).collect();
    let title = options.title.as_ref().map_or_else(|| default_title(cx, &names), |t| t.to_string());
    let id = place.part(cx, "sheet");
    let whole = TermSheetOptions { title: None, ..options.clone() } == TermSheetOptions::default();
    TermSheetView {
        as_of: as_of::of_sheet(cx, &id, &shown, &rows),
        choice: shown.len() > 2,
        sifts: rows.iter().any(|(_, row)| !row.changes()),
        // Under its own title the page of terms has the whole sheet; any other stands in a text alone.
        citation: match whole {
            true => CitationView::new(cx, &default_title(cx, &names), "terms/"),
            false => CitationView::new(cx, &title, ""),
        },
        embed: whole.then(|| Embed::Terms.code(cx, rows.len())).flatten(),
        id,
        level: place.level,
        title,
        summary: summary(cx, &names, changed, new, total),
        columns: shown.len() + 1,
        editions: shown
            .iter()
            .map(|(_, edition)| EditionView {
                id: if place.own { format!("edition-{}", edition.head.id) } else { String::new() },
                key: edition.head.id.to_string(),
                name: edition.label.to_string(),
                date: cx.date(&edition.date),
                day: edition.date.earliest().map(|day| day.to_string()).unwrap_or_default(),
                future: edition.date.is_future(cx.today),
                provenance: cx.provenance(&edition.provenance),
                print: print::edition(cx, edition),
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
    let said: Vec<Option<Said>> =
        all.iter().map(|e| stated(term, &e.head.id).map(|state| Said::new(cx, state))).collect();
    let said = |at: usize| said.get(at).and_then(Option::as_ref);
    // What the column `at` is compared with where `neighbour` is the one to its left.
    let baseline = |neighbour: usize, at: usize| match said(neighbour) {
        Some(_) => Some(neighbour),
        // The neighbour says nothing public: compare with what was last known, if time runs to the right.
        None if neighbour < at && said(at).is_some() => (0..neighbour).rev().find(|&at| said(at).is_some()),
        None => None,
    };
    // Made public in an edition that isn't shown between the two: so not first in this one.
    let public_between = |neighbour: usize, at: usize| (neighbour + 1..at).any(|at| said(at).is_some());
    let mut cells = Vec::new();
    for (column, (at, edition)) in shown.iter().copied().enumerate() {
        let now = stated(term, &edition.head.id);
        let left = shown.get(..column).unwrap_or_default();
        let change = left.last().and_then(|(neighbour, left)| {
            let before = baseline(*neighbour, at);
            let change = mark::compare_said(before.and_then(said), said(at))?;
            let before = before
                .and_then(|at| all.get(at))
                .and_then(|edition| Some(Baseline { edition, state: stated(term, &edition.head.id)? }));
            let mut mark = mark::mark(cx, change, left, before, now);
            if change == Change::New && public_between(*neighbour, at) {
                mark.label = cx.t("mark-new-since", &[("edition", Arg::Text(&left.label))]);
            }
            Some(mark)
        });
        let against = left.iter().filter(|_| shown.len() > 2).map(|(neighbour, _)| {
            let before = baseline(*neighbour, at);
            let Some(change) = mark::compare_said(before.and_then(said), said(at)) else { return "-".to_owned() };
            let letter = change.name().get(..1).unwrap_or("-");
            let hidden = (change == Change::New && public_between(*neighbour, at)).then_some(*neighbour);
            match hidden.or(before.filter(|before| before != neighbour)).and_then(|at| all.get(at)) {
                Some(other) => format!("{letter}@{}", other.head.id),
                None => letter.to_owned(),
            }
        });
        let last = if now.is_none() { mark::last_stated(all, term, at) } else { None };
        // A state without a value still carries why it has none.
        let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
        let (value_html, provenance) = match now {
            Some(s) => cx.stated(s.value.as_ref(), &s.provenance),
            None => (None, state.map(|s| cx.provenance(&s.provenance)).unwrap_or_default()),
        };
        cells.push(CellView {
            edition: edition.label.to_string(),
            against: against.collect::<Vec<_>>().join(" "),
            value_html,
            standing: state.and_then(|s| s.standing.as_ref()).map(|s| s.to_string()),
            provenance,
            change,
            last_shown: last.is_some_and(|last| shown.iter().any(|(_, e)| e.head.id == last.edition.head.id)),
            last: last.and_then(|last| state_view(cx, last.edition, last.state)),
            print: print::state(cx, term, edition, state),
        });
    }
    RowView { term: cx.term_link(term), foreign: cx.foreign(&term.head), cells }
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
