//! The options of blocks in the text.

use super::{IMPORTANCE_TYPE, Record, Type, field};

const TITLE: super::Field = field("title", Type::Text, "A heading for the block.", r#""From one cloud to any""#);
const TERMS: super::Field = field("terms", Type::List(&Type::Ref("term")), "Only these terms.", r#"["ip-licence"]"#);
const GROUPS: super::Field = field("groups", Type::List(&Type::Text), "Only these groups.", r#"["Cloud"]"#);
const LIMIT: super::Field = field("limit", Type::Count, "At most so many.", "10");

/// Every built-in block.
pub static BLOCKS: &[&Record] = &[&TIMELINE, &TERM_LIST, &COMPARE, &EFFECTS, &CHANGES, &SOURCES];

/// `{timeline}`
static TIMELINE: Record = Record {
    name: "timeline",
    doc: "The timeline, or a part of it.",
    fields: &[
        TITLE,
        field("events", Type::List(&Type::Ref("event")), "Only these events.", r#"["amended"]"#),
        GROUPS,
        field("importance", Type::OneOrMany(&IMPORTANCE_TYPE), "Only events of these importances.", r#"["key"]"#),
        field("from", Type::Date, "Nothing before.", r#""2025""#),
        field("to", Type::Date, "Nothing after.", r#""2026-04""#),
        field("eras", Type::Bool, "Whether eras are shown; `true` unless said.", "false"),
    ],
    shared: &[],
    open: false,
};

/// `{terms}`
static TERM_LIST: Record = Record {
    name: "terms",
    doc: "A short glossary in place.",
    fields: &[TITLE, GROUPS, TERMS],
    shared: &[],
    open: false,
};

/// `{compare}`
static COMPARE: Record = Record {
    name: "compare",
    doc: "A comparison by its id, or without `id` the term sheet: terms by editions.",
    fields: &[
        TITLE,
        field("id", Type::Ref("comparison"), "The comparison to show.", r#""clouds""#),
        field(
            "editions",
            Type::List(&Type::Ref("edition")),
            "Two editions or more, in this order; all unless said.",
            r#"["oct-2025", "apr-2026"]"#,
        ),
        TERMS,
        GROUPS,
        field("changes_only", Type::Bool, "Only terms that differ between the editions shown.", "true"),
    ],
    shared: &[],
    open: false,
};

/// `{effects}`
static EFFECTS: Record = Record {
    name: "effects",
    doc: "Who gains and who gives up what.",
    fields: &[
        TITLE,
        field("parties", Type::List(&Type::Ref("party")), "Only these parties.", r#"["microsoft"]"#),
        field("edition", Type::Ref("edition"), "At this edition; the latest unless said.", r#""apr-2026""#),
        TERMS,
    ],
    shared: &[],
    open: false,
};

/// `{changes}`
static CHANGES: Record = Record {
    name: "changes",
    doc: "The list of changes to the page.",
    fields: &[TITLE, LIMIT],
    shared: &[],
    open: false,
};

/// `{sources}`
static SOURCES: Record =
    Record { name: "sources", doc: "The list of sources.", fields: &[TITLE, LIMIT], shared: &[], open: false };

/// A component of the site's own: its options are its own.
pub static COMPONENT: Record = Record {
    name: "component",
    doc: "A component of the site's own, `templates/components/NAME.html`. It gets its options as they are.",
    fields: &[],
    shared: &[],
    open: true,
};
