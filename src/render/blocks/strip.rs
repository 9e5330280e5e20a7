//! The history of a term in a line, for its popover: editions with the same standing are one run.

use super::mark::{self, Baseline, Change};
use super::stated;
use crate::model::{Edition, Term, walk};
use crate::render::cx::{Arg, Cx};

/// So many segments at most; the earliest runs are folded into one before there are more.
const SEGMENTS: usize = 5;

/// So many letters of a value stand for a standing that isn't given.
const LETTERS: usize = 32;

/// Editions in a row in which a term stood the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct RunView {
    /// `stated`, `unstated` (not public) or `earlier` (several runs in one).
    pub kind: &'static str,
    /// How it stood, in a word or a few.
    pub label: String,
    /// The edition it began with.
    pub from: String,
    /// True for the run that is in force.
    pub current: bool,
    /// True if it is still to come.
    pub future: bool,
}

/// A run on its way into the view.
struct Run<'a> {
    from: &'a Edition,
    /// The last state of it; nothing where it isn't public.
    last: Option<Baseline<'a>>,
    current: bool,
}

/// The runs of a term, oldest first; none where there is only one, which the popover tells anyway.
pub fn view(cx: &Cx<'_>, term: &Term) -> Vec<RunView> {
    let runs = runs(cx, term);
    if runs.len() < 2 {
        return Vec::new();
    }
    let folded = if runs.len() > SEGMENTS { runs.len() - (SEGMENTS - 1) } else { 0 };
    let mut out = Vec::new();
    if let Some(first) = runs.first().filter(|_| folded > 0) {
        out.push(RunView {
            kind: "earlier",
            label: cx.t("strip-earlier", &[("n", Arg::Number(folded as f64))]),
            from: first.from.label.to_string(),
            current: runs.iter().take(folded).any(|run| run.current),
            future: false,
        });
    }
    out.extend(runs.iter().skip(folded).map(|run| RunView {
        kind: if run.last.is_some() { "stated" } else { "unstated" },
        label: label(cx, run),
        from: run.from.label.to_string(),
        current: run.current,
        future: run.from.date.is_future(cx.today) && !run.current,
    }));
    out
}

/// Every edition from the first with a public state on, so that a gap is seen as one.
fn runs<'a>(cx: &'a Cx<'_>, term: &'a Term) -> Vec<Run<'a>> {
    let editions = cx.explainer.data.editions.values().map(|e| &**e);
    let in_force = walk::current_edition(&cx.explainer.data, cx.today).map(|e| &e.head.id);
    let mut runs: Vec<Run<'a>> = Vec::new();
    for edition in editions.skip_while(|e| stated(term, &e.head.id).is_none()) {
        let now = stated(term, &edition.head.id).map(|state| Baseline { edition, state });
        let current = in_force == Some(&edition.head.id);
        match runs.last_mut() {
            Some(run) if same(cx, run.last, now) => {
                run.last = now;
                run.current |= current;
            }
            _ => runs.push(Run { from: edition, last: now, current }),
        }
    }
    runs
}

/// True if nothing is public of either, or both say the same, be it in other words.
fn same(cx: &Cx<'_>, before: Option<Baseline<'_>>, now: Option<Baseline<'_>>) -> bool {
    match (before, now) {
        (None, None) => true,
        (Some(before), Some(now)) => {
            let change = mark::compare(cx, Some(before.state), Some(now.state));
            matches!(change, Some(Change::Same | Change::Restated))
        }
        _ => false,
    }
}

fn label(cx: &Cx<'_>, run: &Run<'_>) -> String {
    let Some(last) = run.last else { return cx.t("not-public", &[]) };
    if let Some(standing) = &last.state.standing {
        return standing.to_string();
    }
    let value = last.state.value.as_ref().map(|value| cx.plain(value)).unwrap_or_default();
    shortened(&value)
}

/// The beginning of a text, cut between words where that is possible.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LETTERS) else { return text.to_owned() };
    let start = text.get(..end).unwrap_or(text);
    let cut = start.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", start.get(..cut).unwrap_or(start).trim_end_matches([' ', ',', ';', '.', ':']))
}
