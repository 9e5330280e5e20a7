//! The options of blocks in the text.

use super::{IMPORTANCE_TYPE, PROVENANCE, Record, Type, field, needed};

const TITLE: super::Field = field("title", Type::Text, "A heading for the block.", r#""From one cloud to any""#);
const TERMS: super::Field = field("terms", Type::List(&Type::Ref("term")), "Only these terms.", r#"["ip-licence"]"#);
const GROUPS: super::Field = field("groups", Type::List(&Type::Text), "Only these groups.", r#"["Cloud"]"#);
const LIMIT: super::Field = field("limit", Type::Count, "At most so many.", "10");

/// Every built-in block.
pub static BLOCKS: &[&Record] = &[&TIMELINE, &TERM_LIST, &COMPARE, &EFFECTS, &CHART, &CHANGES, &SOURCES];

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

fn chart_kinds() -> Vec<&'static str> {
    crate::model::chart::ChartKind::ALL.iter().map(|(name, _)| *name).collect()
}

/// Words at a place of a chart's axis.
static ANNOTATION: Record = Record {
    name: "annotation",
    doc: "Words at a place of the axis.",
    fields: &[
        needed("at", Type::Text, "The place: a date, a number, or the label of a row.", r#""2025-10-28""#),
        needed("text", Type::Text, "The words.", r#""The second agreement""#),
    ],
    shared: &[],
    open: false,
};

/// `{chart}`
static CHART: Record = Record {
    name: "chart",
    doc: "A chart of numbers that stand in the block, or in a sheet beside the text.",
    fields: &[
        needed("title", Type::Text, "What it shows.", r#""Revenue by year""#),
        needed(
            "data",
            Type::Text,
            "The numbers: the name of a CSV file beside the text, or the lines of one. The first column holds labels or dates, each further one numbers.",
            r#""revenue.csv""#,
        ),
        field("kind", Type::Word(chart_kinds), "What it looks like; `bar` unless said.", r#""line""#),
        field(
            "caption",
            Type::Inline,
            "A line below the title: what is counted, in which unit.",
            r#""Billion dollars""#,
        ),
        field("x", Type::Text, "The column with labels or dates; the first unless said.", r#""year""#),
        field("y", Type::OneOrMany(&Type::Text), "The columns with numbers; all others unless said.", r#"["OpenAI"]"#),
        field("prefix", Type::Text, "Put before each number.", r#""$""#),
        field("suffix", Type::Text, "Put after each number.", r#"" bn""#),
        field("from", Type::Text, "Where the axis of numbers begins. Bars and areas begin at zero.", "10"),
        field("to", Type::Text, "Where the axis of numbers ends.", "100"),
        field("highlight", Type::OneOrMany(&Type::Text), "The columns or rows that stand out.", r#"["OpenAI"]"#),
        field(
            "annotation",
            Type::List(&Type::Table(&ANNOTATION)),
            "Words at places of the axis of a line or an area.",
            r#"[{ at = "2025", text = "The second agreement" }]"#,
        ),
        field(
            "alt",
            Type::Text,
            "What it shows, for those who don't see it; made from the numbers unless said.",
            r#""Revenue doubles every year.""#,
        ),
    ],
    shared: &[PROVENANCE],
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
