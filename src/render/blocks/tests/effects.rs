use super::{name, with};
use crate::model::EffectsOptions;
use crate::render::blocks::Place;
use crate::render::blocks::effects::{EffectsView, view};

const PARTIES: &str = "[[party]]\nid = \"a\"\nname = \"Alpha\"\n[[party]]\nid = \"b\"\nname = \"Beta\"\n[[party]]\nid = \"c\"\nname = \"Gamma\"\n";

const TERMS: &str = r#"
[[edition]]
id = "old"
label = "Old"
date = "2020"
[[edition]]
id = "now"
label = "Now"
date = "2026-04"
[[edition]]
id = "next"
label = "Next"
date = "2030"

[[term]]
id = "right"
name = "Right"
[[term.state]]
edition = "old"
value = "shut"
[[term.state.effect]]
party = "c"
direction = "loses"
[[term.state]]
edition = "now"
value = "open"
[[term.state.effect]]
party = "a"
direction = "gains"
note = "May sell"
[[term.state.effect]]
party = "b"
direction = "loses"
status = "analysis"

[[term]]
id = "silent"
name = "Silent"
"#;

fn effects(options: &EffectsOptions) -> EffectsView {
    with(&[("parties.toml", PARTIES), ("terms.toml", TERMS)], |cx| view(cx, options, &Place::IN_TEXT))
}

fn parties(view: &EffectsView) -> Vec<&str> {
    view.parties.iter().map(|p| p.name.as_str()).collect()
}

#[test]
fn the_edition_in_force_is_shown_and_the_unaffected_are_not() {
    let view = effects(&EffectsOptions::default());
    assert_eq!(view.edition.as_ref().map(|e| e.name.as_str()), Some("Now"));
    assert_eq!(parties(&view), ["Alpha", "Beta"]);
    assert_eq!(view.rows.len(), 1);
    let cells = &view.rows[0].cells;
    assert_eq!((cells[0].effects[0].direction, cells[0].effects[0].analysis), ("gains", false));
    assert_eq!((cells[1].effects[0].direction, cells[1].effects[0].analysis), ("loses", true));
    assert!(view.analysis);
}

#[test]
fn what_is_asked_for_is_shown_though_it_is_empty() {
    let view = effects(&EffectsOptions {
        parties: vec![name("c"), name("a")],
        terms: vec![name("silent")],
        ..Default::default()
    });
    assert_eq!(parties(&view), ["Gamma", "Alpha"]);
    assert_eq!(view.rows.len(), 1);
    assert!(view.rows[0].cells.iter().all(|c| c.effects.is_empty()));
}

#[test]
fn another_edition_may_be_asked_for() {
    let view = effects(&EffectsOptions { edition: Some(name("old")), ..Default::default() });
    assert_eq!(parties(&view), ["Gamma"]);
    let view = effects(&EffectsOptions { edition: Some(name("next")), ..Default::default() });
    assert!(view.rows.is_empty() && view.parties.is_empty());
}

#[test]
fn directions_are_counted_by_party() {
    let view = effects(&EffectsOptions::default());
    let tallies: Vec<_> = view.parties.iter().flat_map(|p| &p.tally).map(|t| t.label.as_str()).collect();
    assert_eq!(tallies, ["gains 1", "gives up 1"]);
}

#[test]
fn empty_data_makes_an_empty_table() {
    let view = with(&[], |cx| view(cx, &EffectsOptions::default(), &Place::OWN));
    assert!(view.rows.is_empty() && view.edition.is_none());
}
