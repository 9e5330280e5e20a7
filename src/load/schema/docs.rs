//! The reference of the data files, as Markdown.

use std::fmt::Write as _;

use super::{
    BLOCKS, CELL, COLUMN, COMPONENT, EFFECT, EXPLAINER, FILES, Field, PICTURE, ROW, Record, SECTION, SETTINGS, STATE,
    Type,
};

const OPENING: &str = "# The files of a site: every key

<!-- Made from src/load/schema/ by `UPDATE=1 cargo test --lib load::schema`; edit it there. -->

This page is made from the same table that checks the files. `expound schema KIND` prints it as JSON Schema.

A data file stands in a folder of `content/` and counts for that folder and everything below it. Each may be TOML,
YAML, JSON or CSV: `terms.toml`, `terms.yaml`, `terms.json`, `terms.csv`. In TOML, YAML and JSON the keys at the top
are the kinds of record, each with a list: `[[term]]` in TOML, `term:` in YAML. YAML and JSON may also be a bare list of
the file's first kind. An empty value counts as none.

A key in **bold** has to be there.

| in the tables below | what to write |
|---|---|
| text | plain text; a number is taken as it is written |
| inline Markdown | Markdown within a line: emphasis, links, `[[term]]`, `[@source]` |
| Markdown | Markdown of any length |
| id | letters and digits of any script, in lower case, with `-`, `_` and `.` between them |
| date | EDTF: `2021`, `2025-05`, `2019-07-22`, `2021~` (about), `2025-05?` (uncertain), `2019/2021`, `2030/..` (open); TOML's own dates too |
| day | a date with year, month and day |
";

const CSV: &str = "## CSV

One record a row, below a row of headings; the delimiter is `,`, `;` or a tab, whichever the headings use. A list in a
cell is separated by `;` (in a file delimited by `;`, by `|` or `,`). Blank rows are reported and passed over.

| file | headings |
|---|---|
| `terms.csv` | `id`, `name`, `aliases`, `group`, `definition`, `autolink`, `sources`, `note`, `override` |
| `states.csv` | `term`, `edition`, `value`, `standing`, `status`, `as_of`, `sources`, `note`: states of the terms of this folder |
| `effects.csv` | `term`, `edition`, `party`, `direction`, `status`, `as_of`, `sources`, `note`: effects of those states |
| `events.csv` | as below, with `image_src`, `image_alt`, `image_caption`, `image_credit`; or the headings of a TimelineJS sheet, as it is |
| `comparisons.csv` | as below, without `columns` and `row` |
| `compare-ID.csv` | the rows of the comparison `ID`: the first column holds the labels of the rows, the other headings are the columns; `note` and `sources` may follow |
| the others | as below |

Sources may also be BibTeX (`sources.bib`) or Hayagriva's YAML (`sources.yaml`).
";

/// The reference of every file, as Markdown.
pub fn data_reference() -> String {
    let mut out = String::from(OPENING);
    out.push('\n');
    out.push_str(CSV);
    for file in FILES {
        _ = write!(out, "\n## `{}`\n", file.stem);
        for record in file.records {
            let first = FILES.iter().find(|f| f.records.iter().any(|r| r.name == record.name));
            match first {
                Some(first) if first.stem != file.stem => {
                    _ = write!(out, "\n`{}`: see `{}`.\n", record.name, first.stem);
                }
                _ => section(&mut out, record, "###"),
            }
            match record.name {
                "term" => {
                    section(&mut out, &STATE, "###");
                    section(&mut out, &EFFECT, "###");
                }
                "event" => section(&mut out, &PICTURE, "###"),
                "comparison" => {
                    section(&mut out, &COLUMN, "###");
                    section(&mut out, &ROW, "###");
                    section(&mut out, &CELL, "###");
                }
                _ => {}
            }
        }
    }
    out.push_str("\n## Front matter\n\nTOML between two lines `+++`, or YAML between two lines `---`.\n");
    section(&mut out, &EXPLAINER, "###");
    section(&mut out, &SECTION, "###");
    out.push_str("\n## Blocks\n\nA fenced block with the info string `{NAME}`; its options are TOML.\n");
    for block in BLOCKS {
        section(&mut out, block, "###");
    }
    section(&mut out, &COMPONENT, "###");
    out.push_str("\n## `expound.toml`\n");
    table(&mut out, &SETTINGS);
    for field in SETTINGS.fields {
        match field.ty {
            Type::Table(inner) => {
                section(&mut out, inner, "###");
                for field in inner.fields {
                    if let Type::Table(inner) = field.ty {
                        section(&mut out, inner, "####");
                    }
                }
            }
            Type::Map(Type::Table(inner)) => section(&mut out, inner, "###"),
            Type::Map(Type::Kinds(kinds)) => {
                _ = write!(
                    out,
                    "\n### {}\n\nA table `[{0}.NAME]` for each place; its `kind` says which other keys it has. [publishing.md](publishing.md) has recipes. Keys and passwords never stand here: they come from the environment.\n",
                    field.name
                );
                kinds.iter().for_each(|(kind, inner)| section_of_kind(&mut out, kind, inner));
            }
            _ => {}
        }
    }
    out
}

fn section(out: &mut String, record: &Record, level: &str) {
    _ = write!(out, "\n{level} {}\n\n{}\n", record.name, record.doc);
    table(out, record);
}

/// A record that is known by its `kind`, which has this one value.
fn section_of_kind(out: &mut String, kind: &str, record: &Record) {
    _ = write!(out, "\n#### {}\n\n{}\n\n{HEADS}", record.name, record.doc);
    _ = writeln!(out, "| **`kind`** | `{kind}` | Which kind of place it is. | `\"{kind}\"` |");
    for field in record.all_fields().filter(|field| field.name != "kind") {
        out.push_str(&row(field));
    }
}

const HEADS: &str = "| key | takes | meaning | example |\n|---|---|---|---|\n";

fn table(out: &mut String, record: &Record) {
    if record.all_fields().next().is_none() {
        return;
    }
    _ = write!(out, "\n{HEADS}");
    for field in record.all_fields() {
        out.push_str(&row(field));
    }
}

fn row(field: &Field) -> String {
    let key = if field.required { format!("**`{}`**", field.name) } else { format!("`{}`", field.name) };
    format!("| {key} | {} | {} | `{}` |\n", describe(&field.ty), field.doc, field.example.replace('|', "\\|"))
}

fn describe(ty: &Type) -> String {
    match ty {
        Type::Text => "text".to_owned(),
        Type::Inline => "inline Markdown".to_owned(),
        Type::Block => "Markdown".to_owned(),
        Type::Id => "id".to_owned(),
        Type::Ref("section") => "the slug of a section".to_owned(),
        Type::Ref(kind) => format!("the id of {} {kind}", article(kind)),
        Type::Cite => "the id of a source".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Day => "day".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Count | Type::Int => "whole number".to_owned(),
        Type::Word(words) => words().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Type::Web => "web address".to_owned(),
        Type::Language => "language tag".to_owned(),
        Type::List(Type::Cite) => "list of ids of sources".to_owned(),
        Type::List(Type::Ref(kind)) => format!("list of ids of the kind {kind}"),
        Type::List(Type::Table(inner)) => format!("list of {}", inner.plural()),
        Type::List(Type::Short(short, inner)) => format!("list of {}s or of tables ({})", describe(short), inner.name),
        Type::List(item @ Type::Word(_)) => format!("list of {}", describe(item)),
        Type::List(item) => format!("list of {}s", describe(item)),
        Type::OneOrMany(item) => format!("{}, or a list of them", describe(item)),
        Type::Table(inner) => format!("table: {}", inner.name),
        Type::Kinds(_) => "a table with a `kind`".to_owned(),
        Type::Short(short, inner) => format!("{} or a table: {}", describe(short), inner.name),
        Type::Map(item) => format!("table; each value: {}", describe(item)),
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "a test may touch the disk")]

    #[test]
    fn the_reference_is_what_the_table_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data.md");
        let made = super::data_reference();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(committed == made, "docs/data.md is out of date: run `UPDATE=1 cargo test --lib load::schema`");
    }
}
