use super::with;
use crate::render::blocks::strip;

/// The runs of a term with these states, one an edition from 2019 on: `standing|value`, empty where nothing is public.
/// `*` stands before the run in force, `+` before one that is still to come.
fn runs(states: &[&str]) -> Vec<String> {
    let mut data = String::new();
    let mut term = "[[term]]\nid = \"t\"\nname = \"T\"\n".to_owned();
    for (n, state) in states.iter().enumerate() {
        let year = 2019 + n;
        data.push_str(&format!("[[edition]]\nid = \"e{year}\"\nlabel = \"{year}\"\ndate = \"{year}\"\n"));
        let Some((standing, value)) = state.split_once('|') else { continue };
        term.push_str(&format!("[[term.state]]\nedition = \"e{year}\"\nvalue = \"{value}\"\n"));
        if !standing.is_empty() {
            term.push_str(&format!("standing = \"{standing}\"\n"));
        }
    }
    data.push_str(&term);
    with(&[("terms.toml", &data)], |cx| {
        let view = strip::view(cx, &cx.explainer.data.terms["t"]);
        let mark = |run: &strip::RunView| match (run.current, run.future) {
            (true, _) => "*",
            (_, true) => "+",
            _ => "",
        };
        view.iter().map(|run| format!("{}{} {}: {}", mark(run), run.kind, run.from, run.label)).collect()
    })
}

#[test]
fn editions_with_the_same_standing_are_one_run() {
    let told = runs(&["shut|a", "Shut|b", "open|c", "open|d", "open|e", "open|f", "open|g", "open|h"]);
    assert_eq!(told, ["stated 2019: Shut", "*stated 2021: open"]);
}

#[test]
fn without_a_standing_the_text_counts() {
    let told = runs(&["", "|the first text", "|the first text", "|a text that is much longer than fits into a line"]);
    // The last of them is in force.
    assert_eq!(told, ["stated 2020: the first text", "*stated 2022: a text that is much longer than…"]);
}

#[test]
fn what_is_not_public_is_a_run_of_its_own() {
    assert_eq!(
        runs(&["shut|a", "", "", "shut|a"]),
        ["stated 2019: shut", "unstated 2020: not public", "*stated 2022: shut"]
    );
}

#[test]
fn what_is_to_come_is_said_to_be() {
    let told = runs(&["a|1", "a|1", "a|1", "a|1", "a|1", "a|1", "a|1", "a|1", "b|2"]);
    assert_eq!(told, ["*stated 2019: a", "+stated 2027: b"]);
}

#[test]
fn the_earliest_of_many_are_folded() {
    let told = runs(&["a|1", "b|1", "c|1", "d|1", "e|1"]);
    assert_eq!(told.len(), 5);
    let told = runs(&["a|1", "b|1", "c|1", "d|1", "e|1", "f|1", "g|1"]);
    let expected =
        ["earlier 2019: 3 earlier states", "stated 2022: d", "stated 2023: e", "stated 2024: f", "*stated 2025: g"];
    assert_eq!(told, expected);
}

#[test]
fn one_run_is_no_history() {
    assert!(runs(&["a|1", "a|1"]).is_empty());
    assert!(runs(&["", ""]).is_empty());
}
