//! The control that moves a page through time: the editions as steps, and any date.

use crate::model::Edition;
use crate::render::blocks::termsheet::RowView;
use crate::render::cx::{Arg, Cx};

/// From so many editions on, a reader may want to see one of them alone.
const STEPS_FROM: usize = 3;

/// The control "as of".
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct AsOfView {
    /// Its id; the name of the group of its steps, too.
    pub id: String,
    /// The steps, oldest first.
    pub steps: Vec<StepView>,
}

/// A step: an edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct StepView {
    /// The edition's id in the data.
    pub key: String,
    /// The edition.
    pub name: String,
    /// The first day on which it may have been in force: `2025-10-28`.
    pub day: String,
    /// When that was, in words: as exact as is known.
    pub when: String,
    /// What changed with it, in words; empty where the block doesn't tell.
    pub summary: String,
}

/// The control of a term sheet with these columns and rows.
pub(super) fn of_sheet(
    cx: &Cx<'_>,
    sheet: &str,
    shown: &[(usize, &Edition)],
    rows: &[(Option<String>, RowView)],
) -> Option<AsOfView> {
    if !shown.is_sorted_by_key(|(at, _)| *at) {
        return None;
    }
    let summary = |column: usize| {
        if column == 0 {
            return cx.t("as-of-first", &[]);
        }
        let kinds = rows.iter().filter_map(|(_, row)| row.cells.get(column)?.change.as_ref().map(|mark| mark.kind));
        let kinds: Vec<_> = kinds.collect();
        let count = |wanted: &str| kinds.iter().filter(|kind| **kind == wanted).count() as f64;
        let mut sentences = vec![cx.t("as-of-changed", &[("n", Arg::Number(count("changed")))])];
        if count("new") > 0.0 {
            sentences.push(cx.t("sheet-summary-new", &[("n", Arg::Number(count("new")))]));
        }
        sentences.join(" ")
    };
    steps(cx, format!("{sheet}-as-of"), shown.iter().map(|(_, edition)| *edition), summary)
}

/// The control of a timeline.
pub(super) fn of_timeline(cx: &Cx<'_>, timeline: &str) -> Option<AsOfView> {
    let editions = cx.explainer.data.editions.values().map(|edition| &**edition);
    steps(cx, format!("{timeline}-as-of"), editions, |_| String::new())
}

fn steps<'a>(
    cx: &Cx<'_>,
    id: String,
    editions: impl Iterator<Item = &'a Edition>,
    summary: impl Fn(usize) -> String,
) -> Option<AsOfView> {
    let steps = editions.enumerate().map(|(column, edition)| {
        // Before the year 0 there is no date that a browser could be asked for.
        let day = edition.date.earliest().map(|day| day.to_string()).filter(|day| day.len() == 10)?;
        let (key, name) = (edition.head.id.to_string(), edition.label.to_string());
        Some(StepView { key, name, day, when: cx.date(&edition.date).text, summary: summary(column) })
    });
    let steps: Vec<_> = steps.collect::<Option<_>>()?;
    (steps.len() >= STEPS_FROM).then_some(AsOfView { id, steps })
}
