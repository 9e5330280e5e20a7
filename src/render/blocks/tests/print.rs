use super::with;
use crate::render::blocks::amends::{self, Concern};
use crate::render::blocks::print;
use crate::render::cx::Cx;

const SOURCES: &str = "[[source]]\nid = \"a\"\ntitle = \"A\"\nurl = \"https://a.example\"\n[[source]]\nid = \"b\"\ntitle = \"B\"\nurl = \"https://b.example\"\n";

const TERMS: &str = r#"
[[edition]]
id = "old"
label = "Old"
date = "2019"
[[edition]]
id = "new"
label = "New"
date = "2026-04"

[[term]]
id = "sum"
name = "Sum"
[[term.state]]
edition = "new"
value = "*$1* a year"
sources = ["a", "b"]
[[term]]
id = "end"
name = "End"
[[term.state]]
edition = "new"
value = "2030"
"#;

const EVENTS: &str = "[[event]]\nid = \"signed\"\ndate = \"2020\"\ntitle = \"Signed\"\nbody = \"By both.\"\n";

const SECTION: &str = "# How\n\nThe *first* part, and [a link](https://a.example) [@a].\n\nThe second.\n";

fn of_state(cx: &Cx<'_>, term: &str, edition: &str) -> String {
    let (term, edition) = (&cx.explainer.data.terms[term], &cx.explainer.data.editions[edition]);
    let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
    print::state(cx, term, edition, state).told
}

/// The fingerprints of the state, the event and the section of a site of these files.
fn prints(terms: &str, events: &str, section: &str, changes: &str) -> [String; 3] {
    let files = [
        ("sources.toml", SOURCES),
        ("terms.toml", terms),
        ("events.toml", events),
        ("10-how.md", section),
        ("changes.toml", changes),
    ];
    with(&files, |cx| {
        [
            of_state(cx, "sum", "new"),
            print::event(cx, &cx.explainer.data.events["signed"]).told,
            print::section(cx, &cx.explainer.sections[0]).told,
        ]
    })
}

/// What differs from the fingerprints of the files above.
fn differs(terms: &str, events: &str, section: &str, changes: &str) -> [bool; 3] {
    let before = prints(TERMS, EVENTS, SECTION, "");
    let now = prints(terms, events, section, changes);
    std::array::from_fn(|n| before[n] != now[n])
}

#[test]
fn a_fingerprint_is_a_key_and_eight_letters() {
    for (print, key) in prints(TERMS, EVENTS, SECTION, "").iter().zip(["state:sum:new", "event:signed", "section:how"])
    {
        let (told, hash) = print.split_once(' ').expect("two parts");
        assert_eq!((told, hash.len()), (key, 8), "{print}");
    }
}

#[test]
fn how_it_is_written_changes_nothing() {
    // The terms in another order, with a third one; the sources in another order.
    let (head, tail) = TERMS.split_once("[[term]]\nid = \"end\"").expect("two terms");
    let (editions, sum) = head.split_once("[[term]]").expect("a term");
    let terms = format!(
        "# A remark.\n{editions}[[term]]\nid = \"end\"{tail}\n[[term]]\nid = \"more\"\nname = \"More\"\n[[term]]{}",
        sum.replace("[\"a\", \"b\"]", "[\"b\", \"a\"]")
    );
    // Another source is cited first, so that the numbers differ.
    let events = format!("\n\n{EVENTS}\n[[event]]\ndate = \"2018\"\ntitle = \"Before\"\nsources = [\"b\"]\n");
    let section = "# How\n\nThe   _first_ part,\nand [a link](https://b.example) [@a].\n\n\n\nThe second.\n";
    assert_eq!(differs(&terms, &events, section, ""), [false; 3]);
}

#[test]
fn what_is_told_changes_it() {
    let text = |a: &str, b: &str| (TERMS.replace(a, b), EVENTS.replace(a, b), SECTION.replace(a, b));
    for (a, b, expected) in [
        ("*$1* a year", "*$2* a year", [true, false, false]),
        ("value = \"*$1* a year\"", "value = \"*$1* a year\"\nstanding = \"due\"", [true, false, false]),
        ("value = \"*$1* a year\"", "value = \"*$1* a year\"\nstatus = \"reported\"", [true, false, false]),
        ("sources = [\"a\", \"b\"]", "sources = [\"a\"]", [true, false, false]),
        ("sources = [\"a\", \"b\"]", "sources = [\"a, p. 4\", \"b\"]", [true, false, false]),
        ("date = \"2020\"", "date = \"2021\"", [false, true, false]),
        ("By both.", "By one.", [false, true, false]),
        ("second", "last", [false, false, true]),
        ("[@a]", "[@b]", [false, false, true]),
        // Another term is none of their business.
        ("value = \"2030\"", "value = \"2032\"", [false, false, false]),
    ] {
        let (terms, events, section) = text(a, b);
        assert_eq!(differs(&terms, &events, &section, ""), expected, "{a} → {b}");
    }
}

#[test]
fn a_correction_changes_what_it_concerns_and_an_update_does_not() {
    let change = |kind: &str| {
        format!(
            "[[change]]\ndate = \"2026-04-30\"\nkind = \"{kind}\"\nnote = \"N\"\nsection = \"how\"\nevent = \"signed\"\n"
        )
    };
    assert_eq!(differs(TERMS, EVENTS, SECTION, &change("correction")), [false, true, true]);
    assert_eq!(differs(TERMS, EVENTS, SECTION, &change("clarification")), [false, true, true]);
    assert_eq!(differs(TERMS, EVENTS, SECTION, &change("update")), [false; 3]);
}

#[test]
fn what_is_not_public_has_no_letters() {
    with(&[("sources.toml", SOURCES), ("terms.toml", TERMS)], |cx| {
        assert_eq!(of_state(cx, "sum", "old"), "state:sum:old -");
    });
}

#[test]
fn the_last_correction_is_named_with_what_it_concerns() {
    let changes = r#"
[[change]]
date = "2026-04-28"
kind = "correction"
note = "First."
term = "sum"
[[change]]
date = "2026-04-30"
kind = "correction"
note = "Second [@b]."
term = "sum"
[[change]]
date = "2026-05-01"
kind = "clarification"
note = "Third."
term = "sum"
[[change]]
date = "2026-05-01"
kind = "update"
note = "Fourth."
term = "sum"
"#;
    with(&[("sources.toml", SOURCES), ("terms.toml", TERMS), ("changes.toml", changes)], |cx| {
        let term = &cx.explainer.data.terms["sum"];
        assert_eq!(print::term(cx, term).corrected.as_deref(), Some("2026-04-30"));
        assert_eq!(print::term(cx, &cx.explainer.data.terms["end"]).corrected, None);
        let told: Vec<_> = amends::view(cx, Concern::Term("sum"), false);
        let told: Vec<_> = told.iter().map(|a| (a.kind, a.date.datetime.as_str(), a.href.as_str())).collect();
        let expected = [
            ("clarification", "2026-05-01", "/changes/#2026-05-01-clarification"),
            ("correction", "2026-04-30", "/changes/#2026-04-30-correction"),
            ("correction", "2026-04-28", "/changes/#2026-04-28-correction"),
        ];
        assert_eq!(told, expected);
        // The source that only a correction cites has a number too.
        assert!(cx.explainer.numbers.contains_key("b"));
    });
}
