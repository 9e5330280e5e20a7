//! The records of the data files.

use super::{Field, Record, Type, field, needed};
use crate::model::{ChangeKind, Direction, Importance, Status};

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|(name, _)| *name).collect()
}
fn directions() -> Vec<&'static str> {
    Direction::ALL.iter().map(|(name, _)| *name).collect()
}
fn importances() -> Vec<&'static str> {
    Importance::ALL.iter().map(|(name, _)| *name).collect()
}
fn change_kinds() -> Vec<&'static str> {
    ChangeKind::ALL.iter().map(|(name, _)| *name).collect()
}

/// The importances as a type.
pub const IMPORTANCE_TYPE: Type = Type::Word(importances);

const SOURCES: Field = field(
    "sources",
    Type::List(&Type::Cite),
    "The sources: ids, each perhaps with a place in the source after a comma.",
    r#"["paath-2026", "volk-2025, p. 4"]"#,
);
const NOTE: Field = field("note", Type::Inline, "A remark shown with it.", r#""The day is disputed.""#);

/// Where a statement comes from and how sure it is.
pub const PROVENANCE: &[Field] = &[
    SOURCES,
    field("status", Type::Word(statuses), "How sure it is; `confirmed` unless said.", r#""reported""#),
    field("as_of", Type::Date, "The date at which it held.", r#""2026-05-04""#),
    NOTE,
];

/// Sources and a remark, where a status would say nothing.
pub const SOURCES_AND_NOTE: &[Field] = &[SOURCES, NOTE];

/// What every record at the top of a file has.
pub const HEAD: &[Field] = &[
    field(
        "id",
        Type::Id,
        "The name that other records and the prose use; made from the name, title or label unless said.",
        r#""ip-licence""#,
    ),
    field("override", Type::Bool, "True if this record replaces the one of the same id in a folder above.", "true"),
];

const ROW_ID: Field = field("id", Type::Id, "The name that links use; made from the label unless said.", r#""models""#);

/// A version of the thing explained.
pub static EDITION: Record = Record {
    name: "edition",
    doc: "A version of the thing explained: of the deal, the law, the plan.",
    fields: &[
        needed("label", Type::Text, "Its name.", r#""April 2026""#),
        needed("date", Type::Date, "When it took effect.", r#""2026-04-27""#),
    ],
    shared: &[PROVENANCE, HEAD],
    open: false,
};

/// A term.
pub static TERM: Record = Record {
    name: "term",
    doc: "A term of the thing explained, with what each edition says of it.",
    fields: &[
        needed("name", Type::Text, "Its name.", r#""Licence to the models""#),
        field(
            "aliases",
            Type::List(&Type::Text),
            "Other names; they link too.",
            r#"["IP licence", "exclusive licence"]"#,
        ),
        field("group", Type::Text, "The group it is shown in.", r#""Intellectual property""#),
        field("definition", Type::Inline, "What it means.", r#""The right to use the models.""#),
        field(
            "autolink",
            Type::Bool,
            "Whether its first use in a section links by itself; `true` unless said.",
            "false",
        ),
        field(
            "state",
            Type::List(&Type::Table(&STATE)),
            "What it says in each edition; in TOML written `[[term.state]]`.",
            r#"[{ edition = "apr-2026", value = "Non-exclusive" }]"#,
        ),
    ],
    shared: &[SOURCES_AND_NOTE, HEAD],
    open: false,
};

/// What a term says in one edition.
pub static STATE: Record = Record {
    name: "state",
    doc: "What a term says in one edition. An edition without a state for a term is shown as “not public”.",
    fields: STATE_FIELDS,
    shared: &[PROVENANCE],
    open: false,
};

static STATE_FIELDS: &[Field] = &[
    needed("edition", Type::Ref("edition"), "The edition.", r#""apr-2026""#),
    field(
        "value",
        Type::Inline,
        "What the term says; leave it out if it is not public.",
        r#""Non-exclusive, through 2032""#,
    ),
    field(
        "standing",
        Type::Text,
        "A short word for it, shown as a badge and compared between editions.",
        r#""non-exclusive""#,
    ),
    field(
        "effect",
        Type::List(&Type::Table(&EFFECT)),
        "What it does to each party; in TOML written `[[term.state.effect]]`.",
        r#"[{ party = "microsoft", direction = "loses" }]"#,
    ),
];

/// A row of `states.csv`.
pub static STATE_ROW: Record = Record {
    name: "state",
    doc: "What a term says in one edition.",
    fields: &[OF_TERM],
    shared: &[STATE_FIELDS, PROVENANCE],
    open: false,
};

const OF_TERM: Field = needed("term", Type::Ref("term"), "The term.", r#""ip-licence""#);

/// What a state does to a party.
pub static EFFECT: Record = Record {
    name: "effect",
    doc: "What a state does to a party.",
    fields: EFFECT_FIELDS,
    shared: &[PROVENANCE],
    open: false,
};

static EFFECT_FIELDS: &[Field] = &[
    needed("party", Type::Ref("party"), "The party.", r#""microsoft""#),
    needed("direction", Type::Word(directions), "Which way it goes.", r#""loses""#),
];

/// A row of `effects.csv`.
pub static EFFECT_ROW: Record = Record {
    name: "effect",
    doc: "What a state does to a party.",
    fields: &[OF_TERM, needed("edition", Type::Ref("edition"), "The edition.", r#""apr-2026""#)],
    shared: &[EFFECT_FIELDS, PROVENANCE],
    open: false,
};

/// Who is affected.
pub static PARTY: Record = Record {
    name: "party",
    doc: "Somebody who is affected.",
    fields: &[
        needed("name", Type::Text, "Its name.", r#""Microsoft""#),
        field("role", Type::Text, "Its part in the matter.", r#""Investor and primary cloud""#),
        field("url", Type::Web, "Its own site.", r#""https://example.org/""#),
    ],
    shared: &[SOURCES_AND_NOTE, HEAD],
    open: false,
};

/// A picture.
pub static PICTURE: Record = Record {
    name: "image",
    doc: "A picture.",
    fields: &[
        needed("src", Type::Text, "Its file, from the folder of this file.", r#""images/signing.jpg""#),
        field(
            "alt",
            Type::Text,
            "What it shows, for those who don't see it; `\"\"` for a picture that only decorates.",
            r#""Two people shake hands""#,
        ),
        field("caption", Type::Text, "A line below it.", r#""The signing, in April""#),
        field("credit", Type::Text, "Whose it is.", r#""Photo: A. Person""#),
    ],
    shared: &[],
    open: false,
};

/// Something that happened.
pub static EVENT: Record = Record {
    name: "event",
    doc: "Something that happened, or will.",
    fields: &[
        needed("date", Type::Date, "When; an interval for what took longer.", r#""2026-04-27""#),
        needed("title", Type::Text, "What, in a line.", r#""The amended agreement""#),
        field("body", Type::Block, "More, in a sentence or a few.", r#""A sentence or a few.""#),
        field("group", Type::Text, "The track of the timeline it belongs to.", r#""Microsoft""#),
        field("importance", IMPORTANCE_TYPE, "How much it matters; `normal` unless said.", r#""key""#),
        field("terms", Type::List(&Type::Ref("term")), "Terms it touches.", r#"["ip-licence"]"#),
        field("edition", Type::Ref("edition"), "The edition that it brought in.", r#""apr-2026""#),
        field("parties", Type::List(&Type::Ref("party")), "Parties it touches.", r#"["microsoft"]"#),
        field(
            "image",
            Type::Table(&PICTURE),
            "A picture.",
            r#"{ src = "images/x.jpg", alt = "A handshake", credit = "Photo: A. Person" }"#,
        ),
    ],
    shared: &[PROVENANCE, HEAD],
    open: false,
};

/// A span of time.
pub static ERA: Record = Record {
    name: "era",
    doc: "A span of time with a name.",
    fields: &[
        needed("label", Type::Text, "Its name.", r#""Right of first refusal""#),
        needed("start", Type::Date, "When it began.", r#""2025-01-21""#),
        field("end", Type::Date, "When it ended; leave it out if it lasts.", r#""2025-10-28""#),
        field("group", Type::Text, "The track of the timeline it belongs to.", r#""Microsoft""#),
    ],
    shared: &[PROVENANCE, HEAD],
    open: false,
};

/// Where something was said.
pub static SOURCE: Record = Record {
    name: "source",
    doc: "Where something was said. Sources can also be kept in BibTeX (`sources.bib`) or in Hayagriva's YAML.",
    fields: &[
        needed("title", Type::Text, "Its title.", r#""Announcement of the new agreement""#),
        field("publisher", Type::Text, "Who published it.", r#""Paath""#),
        field("authors", Type::List(&Type::Text), "Who wrote it.", r#"["A. Person"]"#),
        field("date", Type::Date, "When it was published.", r#""2026-04-27""#),
        field("url", Type::Web, "Its address.", r#""https://example.org/story""#),
        field("archive", Type::Web, "The address of an archived copy.", r#""https://archive.example.org/story""#),
        field("accessed", Type::Date, "When it was looked at.", r#""2026-05-04""#),
        field("kind", Type::Text, "What kind of source it is: statement, report, analysis, filing, …", r#""report""#),
        field("language", Type::Language, "Its language.", r#""en""#),
        NOTE,
    ],
    shared: &[HEAD],
    open: false,
};

/// A named value.
pub static FACT: Record = Record {
    name: "fact",
    doc: "A value with a name, so that it is typed once. It needs an `id` or a `label`.",
    fields: &[
        needed("value", Type::Text, "The value as readers see it.", r#""$250 billion""#),
        field("label", Type::Text, "What it is the value of.", r#""Promised to Azure""#),
        field("review_by", Type::Date, "After this date it wants looking at again.", r#""2026-12-31""#),
    ],
    shared: &[PROVENANCE, HEAD],
    open: false,
};

/// A free table.
pub static COMPARISON: Record = Record {
    name: "comparison",
    doc: "A table of your own. Its rows may also stand in a file `compare-ID.csv`.",
    fields: &[
        needed("title", Type::Text, "Its title.", r#""Three clouds compared""#),
        field("caption", Type::Inline, "A line below the title.", r#""As of May 2026.""#),
        field(
            "columns",
            Type::List(&Type::Table(&COLUMN)),
            "What is compared. It has to be there unless a `compare-ID.csv` gives the columns.",
            r#"[{ id = "azure", label = "Azure" }]"#,
        ),
        field(
            "row",
            Type::List(&Type::Table(&ROW)),
            "In what respect; in TOML written `[[comparison.row]]`.",
            r#"[{ label = "Price", cells = { azure = "High" } }]"#,
        ),
    ],
    shared: &[PROVENANCE, HEAD],
    open: false,
};

/// A column of a free table.
pub static COLUMN: Record = Record {
    name: "column",
    doc: "A column of a comparison.",
    fields: &[
        needed("id", Type::Id, "The key that cells use.", r#""azure""#),
        needed("label", Type::Text, "Its heading.", r#""Microsoft Azure""#),
        field("note", Type::Inline, "A remark below the heading.", r#""Including the government cloud.""#),
    ],
    shared: &[],
    open: false,
};

/// A row of a free table.
pub static ROW: Record = Record {
    name: "row",
    doc: "A row of a comparison.",
    fields: &[
        needed("label", Type::Text, "Its heading.", r#""Models of its own""#),
        field("note", Type::Inline, "A remark below the heading.", r#""Frontier models only.""#),
        field(
            "sources",
            Type::List(&Type::Cite),
            "Sources for every cell of the row that names none.",
            r#"["paath-2026"]"#,
        ),
        field(
            "cells",
            Type::Map(&Type::Short(&Type::Inline, &CELL)),
            "The cells, by the id of their column: a text, or a table with its own sources and status.",
            r#"{ azure = "Yes", aws = { value = "Limited preview", status = "reported" } }"#,
        ),
        ROW_ID,
    ],
    shared: &[],
    open: false,
};

/// A cell of a free table.
pub static CELL: Record = Record {
    name: "cell",
    doc: "A cell of a comparison.",
    fields: &[field("value", Type::Inline, "What it says; leave it out if it is not public.", r#""Limited preview""#)],
    shared: &[PROVENANCE],
    open: false,
};

/// A change to the page.
pub static CHANGE: Record = Record {
    name: "change",
    doc: "A change to the page, told to its readers. A correction or a clarification is also shown at what it concerns.",
    fields: &[
        needed("date", Type::Date, "When.", r#""2026-05-02""#),
        needed("kind", Type::Word(change_kinds), "What kind.", r#""correction""#),
        needed("note", Type::Inline, "What changed.", r#""The date of the agreement was wrong.""#),
        field("section", Type::Ref("section"), "The section it concerns: its slug.", r#""what-changed""#),
        field("term", Type::Ref("term"), "The term it concerns.", r#""ip-licence""#),
        field("event", Type::Ref("event"), "The event it concerns.", r#""amended""#),
    ],
    shared: &[HEAD],
    open: false,
};
