use super::with;
use crate::render::blocks::glossary::{GlossaryView, HistoryView};
use crate::render::blocks::terms::{TermView, popover};
use crate::render::blocks::{Place, glossary};

const TERMS: &str = r#"
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
label = "Now"
date = "2026-04"
[[edition]]
id = "d"
label = "Next"
date = "2030"

[[term]]
id = "licence"
name = "Licence"
definition = "A permission, see [[sum]]."
[[term.state]]
edition = "a"
value = "shut"
[[term.state]]
edition = "c"
value = "open"
[[term.state]]
edition = "d"
value = "over"

[[term]]
id = "sum"
name = "Sum"
group = "Money"
[[term.state]]
edition = "b"
value = "*$1*"
"#;

fn term(id: &str) -> TermView {
    with(&[("terms.toml", TERMS)], |cx| {
        popover(cx, cx.explainer.data.terms.get(id).expect("the term"), &format!("term-{id}"))
    })
}

fn glossary() -> GlossaryView {
    with(&[("terms.toml", TERMS)], |cx| glossary::view(cx, &Place::OWN))
}

#[test]
fn a_popover_tells_the_state_now_and_when_it_last_changed() {
    let view = term("licence");
    assert_eq!(view.current.as_ref().map(|s| (s.edition.name.as_str(), s.value.as_str())), Some(("Now", "open")));
    assert_eq!(view.last_changed.as_deref(), Some("Last changed in Now"));
    assert_eq!(view.unstated, None);
}

#[test]
fn a_state_that_is_not_public_now_is_said_to_be_so() {
    let view = term("sum");
    assert_eq!((view.current, view.last_changed), (None, None));
    assert_eq!(view.unstated.map(|e| e.name), Some("Now".to_owned()));
}

#[test]
fn a_term_in_a_definition_needs_its_popover_too() {
    with(&[("terms.toml", TERMS)], |cx| {
        popover(cx, cx.explainer.data.terms.get("licence").expect("the term"), "term-licence");
        assert_eq!(cx.seen().terms.iter().map(|id| &**id).collect::<Vec<_>>(), ["sum"]);
    });
}

#[test]
fn the_history_begins_with_the_first_public_state_and_shows_gaps() {
    let view = glossary();
    let history = &view.groups[0].entries[0].history;
    let told: Vec<_> = history
        .iter()
        .map(|h: &HistoryView| {
            let mark = h.change.as_ref().map_or("-", |m| m.label.as_str());
            (h.edition.name.as_str(), mark, h.current, h.future)
        })
        .collect();
    let expected = [
        ("Old", "-", false, false),
        ("Middle", "-", false, false),
        ("Now", "Changed since Old", true, false),
        ("Next", "Changed", false, true),
    ];
    assert_eq!(told, expected);
    assert!(history[1].value_html.is_none());
    assert_eq!(view.groups[1].entries[0].history.first().map(|h| h.edition.name.as_str()), Some("Middle"));
}

#[test]
fn terms_stand_one_level_below_their_groups() {
    let view = glossary();
    assert_eq!((view.level, view.term_level, view.count), (2, 3, 2));
    let ungrouped = with(&[("terms.toml", "[[term]]\nname = \"T\"\n")], |cx| glossary::view(cx, &Place::OWN));
    assert_eq!(ungrouped.term_level, 2);
}

#[test]
fn back_references_name_sections_and_events() {
    let files = [
        ("terms.toml", TERMS),
        ("events.toml", "[[event]]\ndate = \"2020\"\ntitle = \"Signed\"\nterms = [\"sum\"]\n"),
        ("10-how.md", "# How\n\nThe [[sum]].\n"),
    ];
    with(&files, |cx| {
        let view = glossary::view(cx, &Place::OWN);
        let entry = &view.groups[1].entries[0];
        assert_eq!(entry.sections.iter().map(|l| l.href.as_str()).collect::<Vec<_>>(), ["/#how"]);
        assert_eq!(entry.events.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["Signed"]);
    });
}
