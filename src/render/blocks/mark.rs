//! What changed between two states of a term: in one word, and word by word.

use std::collections::HashMap;

use similar::{ChangeTag, TextDiff};

use crate::model::{Edition, State, Term};
use crate::render::blocks::{StateView, state_view, stated};
use crate::render::cx::{Arg, Cx};

/// Below this likeness (0 to 1) two texts are shown whole, one after the other, rather than word by word.
const READABLE: f32 = 0.4;

/// How a state differs from the one before.
///
/// A missing state means that nothing public is known, so its appearance or disappearance says nothing about the
/// thing explained; the words in the catalogue say just that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It says something else: the standing differs, or, where one of them has none, the text.
    Changed,
    /// The standing is the same, the text differs.
    Restated,
    /// The first public state.
    New,
    /// The same.
    Same,
}

impl Change {
    /// Its name, for classes and for the catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Restated => "restated",
            Self::New => "new",
            Self::Same => "same",
        }
    }

    /// Its shape: told apart without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Changed => "≠",
            Self::Restated => "≈",
            Self::New => "+",
            Self::Same => "=",
        }
    }

    /// True if a reader who asks for changes only wants to see it.
    pub fn counts(self) -> bool {
        matches!(self, Self::Changed | Self::New)
    }
}

/// What became of a term's state against the one before.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ChangeMark {
    /// `changed`, `restated` (the standing is the same, the text differs), `new` or `same`.
    pub kind: &'static str,
    /// Its shape: `≠`, `≈`, `+` or `=`.
    pub sign: &'static str,
    /// What happened, in words of the page's language.
    pub label: String,
    /// The difference word by word, where it can be read.
    pub diff: Vec<DiffPart>,
    /// What is compared with, if it isn't the column to the left.
    pub before: Option<StateView>,
}

/// A piece of a difference word by word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct DiffPart {
    /// `same`, `del` or `ins`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// What a state is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Baseline<'a> {
    /// The edition of the earlier state.
    pub edition: &'a Edition,
    /// The state; always public.
    pub state: &'a State,
}

/// The latest public state of `term` in the editions before the `before`-th (of all editions, oldest first).
pub fn last_stated<'a>(editions: &[&'a Edition], term: &'a Term, before: usize) -> Option<Baseline<'a>> {
    editions
        .iter()
        .take(before)
        .rev()
        .find_map(|edition| stated(term, &edition.head.id).map(|state| Baseline { edition, state }))
}

/// How `now` differs from `before`; `None` if neither is public.
pub fn compare(cx: &Cx<'_>, before: Option<&State>, now: Option<&State>) -> Option<Change> {
    compare_said(before.map(|s| Said::new(cx, s)).as_ref(), now.map(|s| Said::new(cx, s)).as_ref())
}

/// What a state says, ready to be compared with many others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    standing: Option<String>,
    text: String,
}

impl Said {
    /// What `state` says.
    pub fn new(cx: &Cx<'_>, state: &State) -> Self {
        Self { standing: state.standing.as_ref().map(|s| s.to_lowercase()), text: text(cx, state) }
    }
}

/// [`compare`] for states that were looked at before.
pub fn compare_said(before: Option<&Said>, now: Option<&Said>) -> Option<Change> {
    match (before, now) {
        // Where nothing is public any more, nothing is known to have changed.
        (_, None) => None,
        (None, Some(_)) => Some(Change::New),
        (Some(a), Some(b)) => Some(match (&a.standing, &b.standing) {
            (Some(x), Some(y)) if x != y => Change::Changed,
            (Some(_), Some(_)) if a.text != b.text => Change::Restated,
            _ if a.text == b.text => Change::Same,
            _ => Change::Changed,
        }),
    }
}

/// The mark of a state beside the one it is compared with. `neighbour` is the edition shown to the left.
pub fn mark(
    cx: &Cx<'_>,
    change: Change,
    neighbour: &Edition,
    before: Option<Baseline<'_>>,
    now: Option<&State>,
) -> ChangeMark {
    let elsewhere = before.filter(|b| b.edition.head.id != neighbour.head.id);
    let label = match elsewhere {
        Some(b) => cx.t(&format!("mark-{}-since", change.name()), &[("edition", Arg::Text(&b.edition.label))]),
        None => cx.t(&format!("mark-{}", change.name()), &[]),
    };
    let differs = matches!(change, Change::Changed | Change::Restated);
    let diff = match (before, now) {
        (Some(b), Some(now)) if differs => words_again(&text(cx, b.state), &text(cx, now), cx.remember),
        _ => Vec::new(),
    };
    ChangeMark {
        kind: change.name(),
        sign: change.sign(),
        label,
        diff,
        before: elsewhere.filter(|_| differs).and_then(|b| state_view(cx, b.edition, b.state)),
    }
}

/// The text of a state's value.
fn text(cx: &Cx<'_>, state: &State) -> String {
    state.value.as_ref().map(|v| cx.plain(v)).unwrap_or_default()
}

/// [`words`], remembered.
#[comemo::memoize(enabled = _remember)]
fn words_again(before: &str, now: &str, _remember: bool) -> Vec<DiffPart> {
    words(before, now)
}

/// The difference of two texts word by word; empty where they have too little in common to be read that way.
pub fn words(before: &str, now: &str) -> Vec<DiffPart> {
    if before == now || most_in_common(before, now) < READABLE {
        return Vec::new();
    }
    word_by_word(before, now)
}

fn word_by_word(before: &str, now: &str) -> Vec<DiffPart> {
    let diff = TextDiff::from_unicode_words(before, now);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let same: usize = runs.iter().filter(|(tag, _)| *tag == ChangeTag::Equal).map(|(_, text)| printed(text)).sum();
    let all = printed(before) + printed(now);
    if all == 0 || (2 * same) as f32 / (all as f32) < READABLE { Vec::new() } else { join(runs) }
}

/// How much of a text is printed: the blanks between words are alike in any two texts.
fn printed(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The most that two texts can have in common (0 to 1), whatever the order of their words: far less work than to compare
/// them, and most texts that were written anew end here. Words are cut finer than anywhere else, each letter beyond ASCII
/// alone, so that no two words are alike whose pieces aren't, in scripts without spaces too.
fn most_in_common(before: &str, now: &str) -> f32 {
    fn pieces(text: &str) -> impl Iterator<Item = &str> {
        let runs = text.split(|c: char| !c.is_alphanumeric());
        runs.flat_map(|run| run.split_inclusive(|c: char| !c.is_ascii())).flat_map(|piece| {
            let ascii = piece.find(|c: char| !c.is_ascii()).unwrap_or(piece.len());
            let (ascii, other) = piece.split_at_checked(ascii).unwrap_or((piece, ""));
            [ascii, other].into_iter().filter(|piece| !piece.is_empty())
        })
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    for piece in pieces(before) {
        *left.entry(piece).or_default() += 1;
    }
    let mut same = 0;
    for piece in pieces(now) {
        if let Some(count) = left.get_mut(piece).filter(|count| **count > 0) {
            *count -= 1;
            same += printed(piece);
        }
    }
    let all = printed(before) + printed(now);
    if all == 0 { 0.0 } else { (2 * same) as f32 / all as f32 }
}

/// Brings removals before additions and takes the white space between two changes into both, so that a rewritten
/// phrase reads as one removal and one addition instead of a word-by-word stutter.
fn join(runs: Vec<(ChangeTag, String)>) -> Vec<DiffPart> {
    let mut parts = Vec::new();
    let (mut del, mut ins) = (String::new(), String::new());
    let flush = |parts: &mut Vec<DiffPart>, del: &mut String, ins: &mut String| {
        for (kind, text) in [("del", std::mem::take(del)), ("ins", std::mem::take(ins))] {
            if !text.is_empty() {
                parts.push(DiffPart { kind, text });
            }
        }
    };
    let mut runs = runs.into_iter().peekable();
    while let Some((tag, text)) = runs.next() {
        match tag {
            ChangeTag::Delete => del.push_str(&text),
            ChangeTag::Insert => ins.push_str(&text),
            ChangeTag::Equal
                if text.trim().is_empty() && !(del.is_empty() && ins.is_empty()) && runs.peek().is_some() =>
            {
                del.push_str(&text);
                ins.push_str(&text);
            }
            ChangeTag::Equal => {
                flush(&mut parts, &mut del, &mut ins);
                parts.push(DiffPart { kind: "same", text });
            }
        }
    }
    flush(&mut parts, &mut del, &mut ins);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(before: &str, now: &str) -> String {
        words(before, now)
            .iter()
            .map(|p| match p.kind {
                "del" => format!("[-{}-]", p.text),
                "ins" => format!("[+{}+]", p.text),
                _ => p.text.clone(),
            })
            .collect()
    }

    proptest::proptest! {
        #[test]
        fn what_is_not_compared_has_too_little_in_common(
            before in "[abc12é日本語ّا .,'_-]{0,40}",
            now in "[abc12é日本語ّا .,'_-]{0,40}",
        ) {
            if before != now {
                proptest::prop_assert_eq!(words(&before, &now), word_by_word(&before, &now));
            }
        }
    }

    #[test]
    fn texts_without_spaces_are_compared() {
        assert!(!show("収益の分配は2030年まで続きます", "収益の分配は2032年まで続くとされます").is_empty());
    }

    #[test]
    fn a_changed_word_is_marked_alone() {
        assert_eq!(show("paid until 2030", "paid until 2032"), "paid until [-2030-][+2032+]");
    }

    #[test]
    fn neighbouring_changes_are_one() {
        assert_eq!(
            show(
                "the licence is exclusive until AGI, models included",
                "the licence is open through 2032, models included"
            ),
            "the licence is [-exclusive until AGI-][+open through 2032+], models included"
        );
    }

    #[test]
    fn texts_without_much_in_common_are_not_mixed() {
        assert_eq!(show("exclusive until AGI", "any cloud may sell them"), "");
        assert_eq!(show("same", "same"), "");
        assert_eq!(show("", "new"), "");
    }

    #[test]
    fn both_sides_can_be_read_back() {
        let (a, b) = ("Goes on, as before, until AGI is verified", "Goes on until AGI has been verified by a panel");
        let parts = words(a, b);
        let side = |skip: &str| parts.iter().filter(|p| p.kind != skip).map(|p| p.text.as_str()).collect::<String>();
        assert_eq!(side("ins"), a);
        assert_eq!(side("del"), b);
    }

    #[test]
    fn other_scripts_are_cut_at_words() {
        let parts = words("المدفوعات حتى عام 2030", "المدفوعات حتى عام 2032");
        assert_eq!(parts.last().map(|p| p.text.as_str()), Some("2032"));
    }
}
