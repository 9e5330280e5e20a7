//! Which file holds which records, and the front matter of texts.

use super::settings::AUTHOR;
use super::{
    CHANGE, COMPARISON, EDITION, ERA, EVENT, FACT, Field, PARTY, PICTURE, Record, SOURCE, TERM, Type, field, needed,
};

/// A kind of data file: its stem, and the records it may hold, the main kind first.
#[derive(Debug)]
pub struct FileKind {
    /// The name without extension.
    pub stem: &'static str,
    /// What it may hold.
    pub records: &'static [&'static Record],
}

/// Every kind of data file that may be TOML, YAML, JSON or CSV.
pub static FILES: &[FileKind] = &[
    FileKind { stem: "terms", records: &[&TERM, &EDITION] },
    FileKind { stem: "editions", records: &[&EDITION] },
    FileKind { stem: "parties", records: &[&PARTY] },
    FileKind { stem: "events", records: &[&EVENT, &ERA] },
    FileKind { stem: "eras", records: &[&ERA] },
    FileKind { stem: "sources", records: &[&SOURCE] },
    FileKind { stem: "facts", records: &[&FACT] },
    FileKind { stem: "comparisons", records: &[&COMPARISON] },
    FileKind { stem: "changes", records: &[&CHANGE] },
];

/// Every stem of a data file, with those of CSV alone.
pub const STEMS: &[&str] = &[
    "changes",
    "comparisons",
    "editions",
    "effects",
    "eras",
    "events",
    "facts",
    "parties",
    "sources",
    "states",
    "terms",
];

fn layouts() -> Vec<&'static str> {
    vec!["scroll", "cards"]
}

const DRAFT: Field = field("draft", Type::Bool, "True for a draft: built only with `--drafts`.", "true");
const UPDATED: Field = field("updated", Type::Day, "When it last changed.", r#""2026-05-06""#);
const TRANSLATES: Field = field(
    "translates",
    Type::Text,
    "In a translation: a word for the original as it was then, which `expound check` gives.",
    r#""k3f9a2""#,
);
const STANDFIRST: Field =
    field("standfirst", Type::Inline, "The sentence below the title.", r#""What changed, and for whom.""#);

/// The front matter of `index.md`.
pub static EXPLAINER: Record = Record {
    name: "explainer",
    doc: "The front matter of `index.md`. What follows it is the short answer.",
    fields: &[
        needed("title", Type::Text, "The title.", r#""The deal, rewritten""#),
        STANDFIRST,
        field(
            "description",
            Type::Text,
            "One sentence for search engines and cards; the standfirst unless said.",
            r#""What the agreement of April 2026 changes.""#,
        ),
        field("authors", Type::List(&Type::Short(&Type::Text, &AUTHOR)), "Who wrote it.", r#"["A. Person"]"#),
        field("published", Type::Day, "When it was first published.", r#""2026-05-04""#),
        UPDATED,
        field("kind", Type::Text, "What kind of piece it is.", r#""Explainer""#),
        field(
            "layout",
            Type::Word(layouts),
            "All sections on one page (`scroll`, unless said) or a page a section (`cards`).",
            r#""cards""#,
        ),
        DRAFT,
        field("language", Type::Language, "Its language, if not the site's.", r#""de""#),
        field("slug", Type::Id, "Its part of the address; the folder's name unless said.", r#""deal""#),
        field("order", Type::Int, "Its position among its siblings.", "10"),
        field("tags", Type::List(&Type::Text), "Keywords.", r#"["cloud", "contracts"]"#),
        field(
            "image",
            Type::Table(&PICTURE),
            "The leading picture.",
            r#"{ src = "images/lead.jpg", alt = "A handshake" }"#,
        ),
        field("key_facts", Type::List(&Type::Ref("fact")), "Facts shown at the top.", r#"["azure-commitment"]"#),
        field("aliases", Type::List(&Type::Text), "Old addresses: paths that lead here.", r#"["/old-deal/"]"#),
        TRANSLATES,
    ],
    shared: &[],
    open: false,
};

/// The front matter of a section.
pub static SECTION: Record = Record {
    name: "section",
    doc: "The front matter of a section. It may be left out.",
    fields: &[
        field(
            "title",
            Type::Text,
            "The title; the first `# heading` unless said, else the name of the file.",
            r#""What changed""#,
        ),
        STANDFIRST,
        field("short_title", Type::Text, "A shorter title for the list of contents.", r#""Changes""#),
        field(
            "slug",
            Type::Id,
            "Its part of the address; the name of the file without its number unless said.",
            r#""what-changed""#,
        ),
        field("order", Type::Int, "Its position; the number before the name of the file unless said.", "10"),
        DRAFT,
        UPDATED,
        TRANSLATES,
    ],
    shared: &[],
    open: false,
};
