//! The marks of the strip: one for each event and edition, at its place in time; where several would lie on each other
//! they are stacked.

use super::strip::{Line, NARROW};
use super::{Entry, What};
use crate::model::Importance;
use crate::render::cx::{Arg, Cx};

/// How wide the strip is where there is room.
const WIDE: f64 = 704.0;
/// How many marks lie on each other before they become small.
const ROWS: usize = 8;
/// How many small marks lie on each other; further ones share the rows.
const DENSE_ROWS: usize = 10;
/// Up to so many marks are links of their own, with their title.
const TITLED: usize = 100;

/// A mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct MarkView {
    /// The id of its entry.
    pub id: String,
    /// Its date and title; nothing where there are too many.
    pub title: Option<String>,
    /// `disc` for a day, `bar` for what is less exact or lasts, `diamond` for an edition's day.
    pub shape: &'static str,
    /// `key`, `normal`, `minor`.
    pub importance: &'static str,
    /// True if it is still to come.
    pub future: bool,
    /// Where it begins.
    pub from: String,
    /// Where it ends; the same for a day.
    pub to: String,
    /// How large it is: half the size of a disc, in tenths of a pixel.
    pub radius: String,
    /// Above how many others it lies on a phone.
    pub row: usize,
    /// Above how many others it lies where there is room.
    pub row_wide: usize,
}

/// All marks.
pub(super) struct Stack {
    pub(super) marks: Vec<MarkView>,
    /// How high they lie on each other.
    pub(super) height: u32,
    /// How many rows are empty where there is room.
    pub(super) slack: usize,
    /// How far from each other the rows are.
    pub(super) pitch: u32,
    /// True if they are small.
    pub(super) dense: bool,
}

/// Half the size of a mark.
fn radius(importance: Importance, dense: bool) -> f64 {
    match (importance, dense) {
        (Importance::Key, false) => 5.5,
        (Importance::Normal, false) => 4.5,
        (Importance::Minor, false) => 3.0,
        (Importance::Key, true) => 3.5,
        (Importance::Normal, true) => 2.5,
        (Importance::Minor, true) => 2.0,
    }
}

/// How much of the line the round end of a bar takes on the narrowest phone.
const CAP: f64 = 4.0 / NARROW;

/// Marks for all entries that have one.
pub(super) fn stack(cx: &Cx<'_>, line: &Line, entries: &[Entry<'_>], ids: &[String]) -> Stack {
    let mut marks = Vec::new();
    let mut reaches: Vec<(f64, f64, Importance)> = Vec::new();
    for (entry, id) in entries.iter().zip(ids) {
        let (importance, edition, title) = match entry.what {
            What::Era(..) => continue,
            What::Edition(edition) => (Importance::Key, true, edition.label.to_string()),
            What::Event(event) => (event.importance, event.edition.is_some(), event.title.to_string()),
        };
        let Some((from, to)) = line.reach(entry.date) else { continue };
        // The round ends of a bar stay within the line.
        let (from, to) =
            if from < to { (from.clamp(CAP, 1.0 - 2.0 * CAP), to.clamp(2.0 * CAP, 1.0 - CAP)) } else { (from, to) };
        reaches.push((from, to, importance));
        let title =
            || cx.t("timeline-mark", &[("title", Arg::Text(&title)), ("when", Arg::Text(&cx.date(entry.date).text))]);
        marks.push(MarkView {
            id: id.clone(),
            title: (entries.len() <= TITLED).then(title),
            shape: if from < to {
                "bar"
            } else if edition {
                "diamond"
            } else {
                "disc"
            },
            importance: importance.name(),
            future: entry.date.is_future(cx.today),
            from: line.x(from),
            to: line.x(to),
            radius: String::new(),
            row: 0,
            row_wide: 0,
        });
    }
    let roomy = rows(&reaches, NARROW, false, usize::MAX);
    let dense = roomy.iter().any(|row| *row >= ROWS);
    let most = if dense { DENSE_ROWS } else { ROWS };
    let narrow = if dense { rows(&reaches, NARROW, true, most) } else { roomy };
    let wide = rows(&reaches, WIDE, dense, most);
    for (at, mark) in marks.iter_mut().enumerate() {
        mark.row = narrow.get(at).copied().unwrap_or(0);
        mark.row_wide = wide.get(at).copied().unwrap_or(0);
        let radius = reaches.get(at).map_or(0.0, |(.., importance)| radius(*importance, dense));
        mark.radius = radius.to_string();
    }
    let pitch = if dense { 7 } else { 12 };
    let most = |rows: &[usize]| rows.iter().max().map_or(1, |row| row + 1);
    let (narrow, wide) = (most(&narrow), most(&wide));
    let rows = narrow.max(wide);
    Stack { marks, height: u32::try_from(rows).unwrap_or(1) * pitch + 4, slack: rows - wide, pitch, dense }
}

/// The row of each mark: the lowest in which it touches no other at this width. Once `most` rows are full, marks share
/// the one that has been free for longest.
fn rows(reaches: &[(f64, f64, Importance)], width: f64, dense: bool, most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reaches.len()).collect();
    let from = |at: &usize| reaches.get(*at).map_or(0.0, |r| r.0);
    order.sort_by(|a, b| from(a).total_cmp(&from(b)));
    let mut out = vec![0; reaches.len()];
    // Where the last mark of each row ends, and how many are in it.
    let mut taken: Vec<(f64, usize)> = Vec::new();
    for at in order {
        let Some((from, to, importance)) = reaches.get(at) else { continue };
        let half = radius(*importance, dense) + 0.5;
        let (from, to) = (from * width - half, to * width + half);
        let freest = || {
            let rows = taken.iter().enumerate();
            rows.min_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map_or(0, |(row, _)| row)
        };
        let row = match taken.iter().position(|(end, _)| *end <= from) {
            Some(row) => row,
            None if taken.len() < most => taken.len(),
            None => freest(),
        };
        match taken.get_mut(row) {
            Some((end, count)) => (*end, *count) = (end.max(to), *count + 1),
            None => taken.push((to, 1)),
        }
        if let Some(out) = out.get_mut(at) {
            *out = row;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(places: &[f64]) -> Vec<(f64, f64, Importance)> {
        places.iter().map(|at| (*at, *at, Importance::Normal)).collect()
    }

    #[test]
    fn marks_that_would_touch_are_stacked() {
        assert_eq!(rows(&at(&[0.1, 0.5, 0.9]), NARROW, false, 9), [0, 0, 0]);
        assert_eq!(rows(&at(&[0.5, 0.5, 0.51, 0.6]), NARROW, false, 9), [0, 1, 2, 0]);
        // Where there is more room fewer touch.
        assert_eq!(rows(&at(&[0.5, 0.52]), NARROW, false, 9), [0, 1]);
        assert_eq!(rows(&at(&[0.5, 0.52]), WIDE, false, 9), [0, 0]);
    }

    #[test]
    fn a_bar_keeps_its_row_for_as_long_as_it_is() {
        let marks = [(0.1, 0.6, Importance::Minor), (0.3, 0.3, Importance::Key), (0.7, 0.7, Importance::Key)];
        assert_eq!(rows(&marks, NARROW, false, 9), [0, 1, 0]);
    }

    #[test]
    fn rows_are_shared_when_all_are_full() {
        let rows = rows(&at(&[0.5; 40]), NARROW, true, 10);
        assert_eq!(rows.iter().max(), Some(&9));
        assert!((0..10).all(|row| rows.iter().filter(|r| **r == row).count() == 4), "{rows:?}");
    }
}
