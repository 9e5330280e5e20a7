use super::{name, with};
use crate::model::TermSheetOptions;
use crate::render::blocks::Place;
use crate::render::blocks::termsheet::{CellView, TermSheetView, view};

const EDITIONS: &str = r#"
[[edition]]
id = "a"
label = "Old"
date = "2019"
[[edition]]
id = "b"
label = "Middle"
date = "2023"
[[edition]]
id = "c"
label = "New"
date = "2025"
"#;

fn sheet(terms: &str, options: &TermSheetOptions) -> TermSheetView {
    with(&[("terms.toml", &format!("{EDITIONS}{terms}"))], |cx| view(cx, options, &Place::IN_TEXT))
}

fn term(name: &str, states: &[(&str, &str, &str)]) -> String {
    let mut out = format!("[[term]]\nname = \"{name}\"\n");
    for (edition, standing, value) in states {
        out.push_str(&format!("[[term.state]]\nedition = \"{edition}\"\n"));
        if !standing.is_empty() {
            out.push_str(&format!("standing = \"{standing}\"\n"));
        }
        if !value.is_empty() {
            out.push_str(&format!("value = \"{value}\"\n"));
        }
    }
    out
}

fn editions(ids: &[&str]) -> TermSheetOptions {
    TermSheetOptions { editions: ids.iter().map(|id| name(id)).collect(), ..Default::default() }
}

/// The marks of the only row, column by column.
fn marks(view: &TermSheetView) -> Vec<String> {
    let cells = view.groups.iter().flat_map(|g| &g.rows).flat_map(|r| &r.cells);
    cells.map(|c: &CellView| c.change.as_ref().map(|m| m.label.clone()).unwrap_or_default()).collect()
}

#[test]
fn a_new_standing_is_a_change() {
    let view = sheet(&term("Licence", &[("a", "exclusive", "x"), ("b", "open", "x")]), &editions(&["a", "b"]));
    assert_eq!(marks(&view), ["", "Changed"]);
}

#[test]
fn other_words_under_the_same_standing_are_not() {
    let terms = term("Stake", &[("a", "Holder", "27 %, worth much"), ("b", "holder", "still 27 %")]);
    let view = sheet(&terms, &editions(&["a", "b"]));
    assert_eq!(marks(&view), ["", "Details differ"]);
    assert_eq!(view.summary.as_deref(), Some("The term did not change between Old and Middle."));
}

#[test]
fn without_standings_the_text_is_compared() {
    let view = sheet(&term("Sum", &[("a", "", "$1"), ("b", "", "$1"), ("c", "", "$2")]), &editions(&[]));
    assert_eq!(marks(&view), ["", "Unchanged", "Changed"]);
}

#[test]
fn markup_is_no_change_and_facts_count_by_value() {
    let facts = "[[fact]]\nid = \"sum\"\nvalue = \"$1\"\n";
    let terms = term("Sum", &[("a", "", "about *$1* in all"), ("b", "", "about [[fact:sum]] in all")]);
    let files = [("terms.toml", &*format!("{EDITIONS}{terms}")), ("facts.toml", facts)];
    let view = with(&files, |cx| view(cx, &editions(&["a", "b"]), &Place::IN_TEXT));
    assert_eq!(marks(&view), ["", "Unchanged"]);
}

#[test]
fn a_state_that_appears_was_made_public_no_more_and_a_gap_is_no_change() {
    let view = sheet(&term("Cap", &[("b", "", "capped")]), &editions(&[]));
    assert_eq!(marks(&view), ["", "First made public", ""]);
    assert_eq!(
        view.summary.as_deref(),
        Some("The term did not change between Old and New. One was first made public.")
    );
}

#[test]
fn a_gap_is_compared_with_what_was_last_known() {
    let terms = term("Share", &[("a", "paid", "Paid"), ("c", "ended", "None")]);
    let view = sheet(&terms, &editions(&["b", "c"]));
    assert_eq!(marks(&view), ["", "Changed since Old"]);
    let row = &view.groups[0].rows[0];
    assert!(row.cells[0].value_html.is_none());
    assert_eq!(row.cells[0].last.as_ref().map(|l| l.value.as_str()), Some("Paid"), "what was last known stands there");
    assert_eq!(view.summary.as_deref(), Some("The term changed between Middle and New."));
    // Where the earlier edition is a column of its own it isn't told twice.
    let view = sheet(&terms, &editions(&["a", "b", "c"]));
    assert!(view.groups[0].rows[0].cells.iter().all(|c| c.last.is_none() || c.last_shown));
}

#[test]
fn nothing_public_on_either_side_has_no_mark() {
    let view = sheet(&term("Secret", &[("c", "", "told")]), &editions(&["a", "b"]));
    assert_eq!(marks(&view), ["", ""]);
}

#[test]
fn time_may_run_to_the_left() {
    let terms = term("Licence", &[("a", "exclusive", "x"), ("b", "open", "y")]);
    assert_eq!(marks(&sheet(&terms, &editions(&["b", "a"]))), ["", "Changed"]);
    // Nothing earlier is dug up for a column that comes before the one beside it.
    assert_eq!(marks(&sheet(&term("T", &[("a", "", "x")]), &editions(&["c", "a"]))), ["", "First made public"]);
}

#[test]
fn changes_alone_name_what_they_leave_out() {
    let terms = [
        term("Kept", &[("a", "", "x"), ("b", "", "x")]),
        term("Moved", &[("a", "", "x"), ("b", "", "y")]),
        term("Told anew", &[("a", "s", "x"), ("b", "s", "y")]),
    ];
    let options = TermSheetOptions { changes_only: true, ..editions(&["a", "b"]) };
    let view = sheet(&terms.concat(), &options);
    let shown: Vec<_> = view.groups.iter().flat_map(|g| &g.rows).map(|r| r.term.name.as_str()).collect();
    let left_out: Vec<_> = view.left_out.iter().map(|t| t.name.as_str()).collect();
    assert_eq!((shown, left_out), (vec!["Moved"], vec!["Kept", "Told anew"]));
    assert_eq!(view.summary.as_deref(), Some("1 of 3 terms changed between Old and Middle."));
}

#[test]
fn terms_stand_in_groups_in_order_of_appearance() {
    let term = |name: &str, group: &str| format!("[[term]]\nname = \"{name}\"\ngroup = \"{group}\"\n");
    let view = sheet(&[term("1", "Money"), term("2", "Cloud"), term("3", "Money")].concat(), &editions(&[]));
    let groups: Vec<_> = view.groups.iter().map(|g| (g.name.as_deref(), g.rows.len())).collect();
    assert_eq!(groups, [(Some("Money"), 2), (Some("Cloud"), 1)]);
}

#[test]
fn empty_data_makes_an_empty_sheet() {
    let view = with(&[], |cx| view(cx, &TermSheetOptions::default(), &Place::IN_TEXT));
    assert!(view.groups.is_empty() && view.editions.is_empty() && view.summary.is_none());
}

#[test]
fn a_single_edition_has_no_marks_and_no_summary() {
    let view = sheet(&term("T", &[("a", "", "x")]), &editions(&["a"]));
    assert_eq!((marks(&view), view.summary), (vec![String::new()], None));
}

#[test]
fn every_column_is_compared_with_each_before_it() {
    let against = |terms: &str, shown: &[&str]| -> Vec<String> {
        sheet(terms, &editions(shown)).groups[0].rows[0].cells.iter().map(|c| c.against.clone()).collect()
    };
    let terms = term("Share", &[("a", "paid", "Paid"), ("c", "ended", "None")]);
    assert_eq!(against(&terms, &["a", "b", "c"]), ["", "-", "c c@a"], "over a gap, what was last known is named");
    let terms = term("Share", &[("b", "paid", "Paid"), ("c", "paid", "Paid, capped")]);
    assert_eq!(against(&terms, &["a", "b", "c"]), ["", "n", "n@a r"], "what was public in between isn't new");
    assert_eq!(against(&terms, &["b", "c"]), ["", ""], "nothing to put away in a table of two");
    assert_eq!(marks(&sheet(&terms, &editions(&["a", "c"]))), ["", "Made public after Old"]);
}

#[test]
fn citations_at_the_end_of_a_value_join_those_of_its_state() {
    let of = |value: &str, more: &str| {
        let state = format!("[[term.state]]\nedition = \"a\"\nvalue = \"{value}\"\nsources = [\"two\"]\n{more}");
        let sources = "[[source]]\nid = \"one\"\ntitle = \"One\"\n[[source]]\nid = \"two\"\ntitle = \"Two\"\n";
        let terms = format!("{EDITIONS}[[term]]\nname = \"Stake\"\n{state}");
        let files = [("terms.toml", terms.as_str()), ("sources.toml", sources)];
        let view = with(&files, |cx| view(cx, &editions(&["a"]), &Place::IN_TEXT));
        let cell = view.groups[0].rows[0].cells[0].clone();
        let cites: Vec<_> = cell.provenance.cites.iter().map(|c| (c.id.clone(), c.locator.clone())).collect();
        (cell.value_html.unwrap().0, cites)
    };
    let (value, cites) = of("a part [@one, p. 4]", "");
    assert_eq!(value, "a part");
    assert_eq!(cites, [("one".to_owned(), Some("p. 4".to_owned())), ("two".to_owned(), None)]);
    // A word stands between them: that the whole is reported.
    let (value, cites) = of("a part [@one, p. 4]", "status = \"reported\"\n");
    assert!(value.contains("class=\"cites\""), "{value}");
    assert_eq!(cites.len(), 1);
    // A value that is nothing else stays.
    let (value, cites) = of("[@one]", "");
    assert!(value.contains("class=\"cites\""), "{value}");
    assert_eq!(cites.len(), 1);
}

#[test]
fn a_status_is_told_once() {
    let of = |status: &str| {
        let state = format!("[[term.state]]\nedition = \"a\"\nvalue = \"about [[fact:rate]]\"\n{status}");
        let terms = format!("{EDITIONS}[[term]]\nname = \"Share\"\n{state}");
        let facts = "[[fact]]\nid = \"rate\"\nvalue = \"20%\"\nstatus = \"reported\"\n";
        let files = [("terms.toml", terms.as_str()), ("facts.toml", facts)];
        let view = with(&files, |cx| view(cx, &editions(&["a"]), &Place::IN_TEXT));
        view.groups[0].rows[0].cells[0].value_html.clone().unwrap().0
    };
    assert!(!of("status = \"reported\"\n").contains("reported"));
    assert!(of("").contains("(reported)"));
    assert!(of("status = \"analysis\"\n").contains("(reported)"));
}
