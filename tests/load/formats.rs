//! One set of records in every format reads the same.

use super::{placeless, records, site};

const EVENTS: [(&str, &str); 4] = [
    (
        "events.toml",
        r#"
[[event]]
id = "vote"
date = 2024-05-07
title = "The vote: «Да»"
body = "It *passed*. [[term]]"
group = "Council"
importance = "key"
terms = ["loan", "fine"]
parties = ["readers"]
edition = "new"
image = { src = "images/x.jpg", alt = "A hand", credit = "A. P." }
sources = ["minutes, p. 4", "gazette"]
status = "reported"
as_of = "2024-05~"
note = "Late"

[[event]]
date = "2019/2021"
title = "Talks"
"#,
    ),
    (
        "events.yaml",
        r#"
event:
  - id: vote
    date: 2024-05-07
    title: 'The vote: «Да»'
    body: "It *passed*. [[term]]"
    group: Council
    importance: key
    terms: [loan, fine]
    parties:
      - readers
    edition: new
    image: { src: images/x.jpg, alt: A hand, credit: A. P. }
    sources: ["minutes, p. 4", gazette]
    status: reported
    as_of: 2024-05~
    note: Late
  - date: 2019/2021
    title: Talks
    group:
"#,
    ),
    (
        "events.json",
        r#"[
  { "id": "vote", "date": "2024-05-07", "title": "The vote: «\u0414а»", "body": "It *passed*. [[term]]",
    "group": "Council", "importance": "key", "terms": ["loan", "fine"], "parties": ["readers"], "edition": "new",
    "image": { "src": "images/x.jpg", "alt": "A hand", "credit": "A. P." }, "sources": ["minutes, p. 4", "gazette"],
    "status": "reported", "as_of": "2024-05~", "note": "Late" },
  { "date": "2019/2021", "title": "Talks", "body": null, "terms": [] }
]"#,
    ),
    (
        "events.csv",
        "\u{FEFF}ID,Date,Title,Body,Group,Importance,Terms,Parties,Edition,image_src,image_alt,image_credit,Sources,Status,As of,Note\r\n\
         vote,2024-05-07,The vote: «Да»,It *passed*. [[term]],Council,key,loan; fine,readers,new,images/x.jpg,A hand,A. P.,\"minutes, p. 4;gazette\",reported,2024-05~,Late\r\n\
         ,2019/2021, Talks ,,,,,,,,,,,,,\r\n",
    ),
];

#[test]
fn events_read_the_same_from_every_format() {
    let [toml, yaml, json, csv] = EVENTS.map(|(name, text)| placeless(&records(name, text).events));
    assert!(toml.contains("2019") && toml.contains("Council"), "{toml}");
    assert_eq!(toml, yaml);
    assert_eq!(toml, json);
    assert_eq!(toml, csv);
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    for (name, text) in &EVENTS[..3] {
        let plain = records(name, text);
        let other = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let marked = records(name, &other);
        assert_eq!(placeless(&plain.events), placeless(&marked.events), "{name}");
        let title = &marked.events[1].title;
        assert!(title.verbatim);
        assert_eq!(&other[title.span.range()], "Talks", "{name}");
    }
}

#[test]
fn places_are_bytes_of_the_file_even_after_letters_of_many_bytes() {
    for (name, text) in EVENTS {
        let event = records(name, text).events[0].clone();
        let span = event.group.clone().expect("a group").span.range();
        assert_eq!(&text[span], "Council", "{name}");
        assert_eq!(&text[event.terms[1].span.range()], "fine", "{name}");
        assert_eq!(&text[event.date_span.range()].trim_matches('"'), &"2024-05-07", "{name}");
        let source = &event.provenance.sources[0];
        assert_eq!((&*source.id.text, source.locator.as_deref()), ("minutes", Some("p. 4")), "{name}");
        assert_eq!(&text[source.id.span.range()], "minutes", "{name}");
    }
}

#[test]
fn states_and_effects_may_stand_in_sheets() {
    let nested = r#"
[[term]]
name = "Loan"
autolink = false
[[term.state]]
edition = "old"
value = "Three weeks"
[[term.state]]
edition = "new"
value = "Six weeks"
standing = "longer"
sources = ["minutes"]
[[term.state.effect]]
party = "readers"
direction = "gains"
note = "Time"
"#;
    let (sheets, findings) = site(&[
        super::INDEX,
        ("content/terms.csv", "name,autolink\nLoan,no\n"),
        (
            "content/states.csv",
            "term,edition,value,standing,sources\nloan,old,Three weeks,,\nloan,new,Six weeks,longer,minutes\n",
        ),
        ("content/effects.csv", "term;edition;party;direction;note\nloan;new;readers;gains;Time\n"),
    ]);
    assert_eq!(findings, [""; 0]);
    assert_eq!(placeless(&sheets.root.records.terms), placeless(&records("terms.toml", nested).terms));
}

#[test]
fn comparisons_may_stand_in_sheets() {
    let nested = r#"
[[comparison]]
id = "places"
title = "Where"
columns = [{ id = "central-library", label = "Central library" }, { id = "bus", label = "Bus" }]
[[comparison.row]]
label = "Open"
note = "In term"
sources = ["a", "b"]
cells = { central-library = "Always", bus = "Never" }
[[comparison.row]]
label = "Books"
cells = { central-library = "", bus = "Few" }
"#;
    let sheet = "Aspect,Central library,Bus,note,sources\nOpen,Always,Never,In term,a;b\nBooks,,Few,,\n";
    let (sheets, findings) = site(&[
        super::INDEX,
        ("content/comparisons.csv", "id,title\nplaces,Where\n"),
        ("content/compare-places.csv", sheet),
    ]);
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        placeless(&sheets.root.records.comparisons),
        placeless(&records("comparisons.toml", nested).comparisons)
    );
    let alone = records("compare-places.csv", sheet).comparisons[0].clone();
    assert_eq!((&*alone.head.id, &*alone.title.text, alone.rows.len()), ("places", "places", 2));
}

#[test]
fn numbers_and_dates_are_texts_where_a_text_is_wanted() {
    let yaml = "edition:\n  - id: 2019\n    label: 2019\n    date: 2019\nterm:\n  - name: Rate\n    state:\n      - edition: 2019\n        value: 2.50\n";
    let all = records("terms.yaml", yaml);
    assert_eq!(&*all.editions[0].head.id, "2019");
    let state = &all.terms[0].states[0];
    assert_eq!((&*state.edition.text, &*state.value.as_ref().expect("a value").source.text), ("2019", "2.50"));
}

#[test]
fn several_files_of_a_kind_all_count() {
    let (loaded, findings) = site(&[
        super::INDEX,
        ("content/facts.toml", "[[fact]]\nid = \"a\"\nvalue = \"1\"\n"),
        ("content/facts.yaml", "- id: b\n  value: 2\n"),
        ("content/facts.csv", "id,value\nc,3\n"),
    ]);
    assert_eq!(findings, [""; 0]);
    let ids: Vec<&str> = loaded.root.records.facts.iter().map(|f| &*f.head.id).collect();
    assert_eq!(ids, ["c", "a", "b"]);
}

#[test]
fn aliases_of_yaml_repeat_what_they_name() {
    let yaml = "- id: a\n  value: x\n  sources: &s [one, two]\n- id: b\n  value: y\n  sources: *s\n";
    let facts = records("facts.yaml", yaml).facts;
    assert_eq!(placeless(&facts[0].provenance), placeless(&facts[1].provenance));
    assert_eq!(facts[1].provenance.sources.len(), 2);
}

#[test]
fn a_change_has_an_id_of_its_own_date_and_kind() {
    let toml = "[[change]]\ndate = 2026-05-02\nkind = \"update\"\nnote = \"a\"\n".repeat(3);
    let ids: Vec<String> = records("changes.toml", &toml).changes.iter().map(|c| c.head.id.to_string()).collect();
    assert_eq!(ids, ["2026-05-02-update", "2026-05-02-update-2", "2026-05-02-update-3"]);
}

#[test]
fn ids_are_slugs_in_any_script() {
    let names = ["Licence to OpenAI’s IP", "Право первого отказа", "知的財産", "विशेष अधिकार", "Cafe\u{301}"];
    let toml: String = names.iter().map(|name| format!("[[party]]\nname = \"{name}\"\n")).collect();
    let ids: Vec<String> = records("parties.toml", &toml).parties.iter().map(|p| p.head.id.to_string()).collect();
    assert_eq!(ids, ["licence-to-openais-ip", "право-первого-отказа", "知的財産", "विशेष-अधिकार", "café"]);
}
