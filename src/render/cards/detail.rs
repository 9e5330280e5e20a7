//! What a card says below its title: the change that tells most, a corner of a table, the run of the events.

use std::cmp::Reverse;

use crate::model::{Comparison, Edition, Importance, State, Term};
use crate::render::blocks::{mark, stated};
use crate::render::cx::{Arg, Cx};

/// What stands below a card's title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// A sentence or two.
    Text(String),
    /// What became of a term.
    Change {
        /// The term.
        term: String,
        /// What it was.
        before: String,
        /// What it is now.
        after: String,
    },
    /// What a comparison compares, and in what respects.
    Columns {
        /// The heads of its columns.
        columns: Vec<String>,
        /// The heads of its rows.
        rows: String,
    },
    /// The first rows of a table, each with its heading and a cell a column.
    Table {
        /// The heads of its columns.
        columns: Vec<String>,
        /// Its rows.
        rows: Vec<(String, Vec<String>)>,
    },
    /// Events in their order.
    Events {
        /// Where each stands, in thousandths of the whole, and whether it is a key event.
        dots: Vec<(u16, bool)>,
        /// Where each era begins and ends.
        eras: Vec<(u16, u16)>,
        /// The first year.
        from: String,
        /// The last.
        to: String,
        /// How many there are, in words.
        count: String,
    },
}

/// More columns, or rows, than these have no room.
const COLUMNS: usize = 4;
const ROWS: usize = 2;

/// A term that the newest edition changed.
struct Changed<'a> {
    term: &'a Term,
    before: &'a State,
    after: &'a State,
}

/// The terms that the newest edition in force changed, those first that touch most parties.
fn changed<'a>(cx: &Cx<'a>) -> (Option<(&'a Edition, &'a Edition)>, Vec<Changed<'a>>) {
    let data = &cx.explainer.data;
    let editions: Vec<&Edition> =
        data.editions.values().map(|e| &**e).filter(|e| !e.date.is_future(cx.today)).collect();
    let [.., previous, newest] = &*editions else { return (None, Vec::new()) };
    let earlier = editions.get(..editions.len() - 1).unwrap_or_default();
    let change = |term: &'a Term| {
        let after = stated(term, &newest.head.id)?;
        let before = earlier.iter().rev().find_map(|edition| stated(term, &edition.head.id))?;
        let change = mark::compare(cx, Some(before), Some(after))?;
        (change == mark::Change::Changed).then_some(Changed { term, before, after })
    };
    let mut out: Vec<Changed<'_>> = data.terms.values().filter_map(|term| change(term)).collect();
    out.sort_by_key(|c| {
        let in_a_word = c.before.standing.is_some() && c.after.standing.is_some();
        Reverse((in_a_word, c.after.effects.len()))
    });
    (Some((previous, newest)), out)
}

/// What a state says: its short word where both have one, else its text.
fn says(cx: &Cx<'_>, state: &State, short: bool) -> String {
    match &state.standing {
        Some(standing) if short => first_upper(standing),
        _ => state.value.as_ref().map(|value| cx.plain(value)).unwrap_or_default(),
    }
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Changed<'_> {
    fn sides(&self, cx: &Cx<'_>) -> [String; 2] {
        let short = self.before.standing.is_some() && self.after.standing.is_some();
        [self.before, self.after].map(|state| says(cx, state, short))
    }
}

/// The change that tells most.
pub fn change(cx: &Cx<'_>) -> Option<Detail> {
    let (_, all) = changed(cx);
    let told = all.first()?;
    let [before, after] = told.sides(cx);
    Some(Detail::Change { term: told.term.name.to_string(), before, after })
}

/// The two newest editions, and what changed most between them.
pub fn sheet(cx: &Cx<'_>) -> Option<Detail> {
    let (editions, all) = changed(cx);
    let (previous, newest) = editions?;
    // What was last said in an edition before these two doesn't stand in their columns.
    let in_both = all.iter().filter(|c| stated(c.term, &previous.head.id).is_some());
    let rows: Vec<(String, Vec<String>)> =
        in_both.take(ROWS).map(|c| (c.term.name.to_string(), c.sides(cx).to_vec())).collect();
    let columns = vec![previous.label.to_string(), newest.label.to_string()];
    (!rows.is_empty()).then_some(Detail::Table { columns, rows })
}

/// The columns and rows of a comparison, by their names.
pub fn table(comparison: &Comparison) -> Option<Detail> {
    let mut columns: Vec<String> = comparison.columns.iter().map(|column| column.label.to_string()).collect();
    if columns.len() > COLUMNS {
        columns.truncate(COLUMNS - 1);
        columns.push("…".to_owned());
    }
    let rows: Vec<&str> = comparison.rows.iter().map(|row| &*row.label.text).collect();
    (!columns.is_empty()).then(|| Detail::Columns { columns, rows: rows.join(" · ") })
}

/// The events between the first and the last.
pub fn events(cx: &Cx<'_>) -> Option<Detail> {
    let data = &cx.explainer.data;
    let day = |date: &crate::model::Date| date.earliest().or(date.latest());
    let days: Vec<(i64, bool)> = (data.events.values())
        .filter_map(|e| Some((day(&e.date)?.to_epoch_days(), e.importance == Importance::Key)))
        .collect();
    let (first, last) = (days.iter().map(|d| d.0).min()?, days.iter().map(|d| d.0).max()?);
    let place = |day: i64| ((day.clamp(first, last) - first) * 1000 / (last - first).max(1)) as u16;
    let eras = data.eras.values().filter_map(|era| {
        let start = day(&era.start)?.to_epoch_days();
        let end = era.end.as_ref().and_then(|end| end.latest()).map_or(last, |end| end.to_epoch_days());
        (start < last && end > first).then(|| (place(start), place(end)))
    });
    let year = |day: i64| cx.catalogue.year(crate::model::Day::from_epoch_days(day).year);
    Some(Detail::Events {
        eras: eras.filter(|(start, end)| end > start).collect(),
        dots: days.iter().map(|(day, key)| (place(*day), *key)).collect(),
        from: year(first),
        to: year(last),
        count: cx.t("card-events", &[("count", Arg::Number(days.len() as f64))]),
    })
}
