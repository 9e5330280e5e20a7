//! Rules about what is said and who said it.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::DUPLICATE_STATE,
        default: Severity::Error,
        fixed: false,
        summary: "A term with two states for one edition",
        why: "Only one of them can be what the edition said.",
        file: "terms.toml",
        bad: r#"[[term.state]]
edition = "apr-2026"
value = "Exclusive"

[[term.state]]
edition = "apr-2026"
value = "Non-exclusive""#,
        good: r#"[[term.state]]
edition = "oct-2025"
value = "Exclusive"

[[term.state]]
edition = "apr-2026"
value = "Non-exclusive""#,
        help: r#"Correct the edition of one of them. Where sources disagree, keep one state with `status = "disputed"` and say so in its `note`."#,
    },
    RuleInfo {
        rule: rules::EMPTY_CELL,
        default: Severity::Warning,
        fixed: false,
        summary: "A cell of a comparison, or a state of a term, that says nothing",
        why: "A blank can mean no, unknown, not public or forgotten; readers can't tell which.",
        file: "comparisons.toml",
        bad: r#"[[comparison.row]]
label = "Price"
cells = { azure = "Published" }          # nothing about aws"#,
        good: r#"[[comparison.row]]
label = "Price"
cells = { azure = "Published", aws = { note = "Not public", status = "unknown" } }"#,
        help: r#"Write what is known. A cell without `value` but with a `note` or `status = "unknown"` is shown as not public, and is fine; so is a term without a state for an edition."#,
    },
    RuleInfo {
        rule: rules::FACT_TYPED_BY_HAND,
        default: Severity::Warning,
        fixed: false,
        summary: "Text that repeats a fact's value instead of naming the fact",
        why: "When the fact changes, the text stays as it was and the page contradicts itself.",
        file: "30-the-terms.md",
        bad: "Microsoft's stake comes to about 27% of the company.",
        good: "Microsoft's stake comes to [[fact:stake]] of the company.",
        help: "Write `[[fact:id]]`. Values of fewer than four characters, without a digit, or that are only a year are not looked for, nor is anything in code, headings and links.",
    },
    RuleInfo {
        rule: rules::STALE_FACT,
        default: Severity::Warning,
        fixed: false,
        summary: "A fact past its review date, or older than the settings allow",
        why: "A figure that was right when it was typed may be wrong today, with nothing on the page to say so.",
        file: "facts.toml",
        bad: r#"[[fact]]
id = "stake"
value = "about 27%"
review_by = "2026-01"      # and it is May"#,
        good: r#"[[fact]]
id = "stake"
value = "about 27%"
as_of = "2026-05-04"
review_by = "2026-12""#,
        help: "See whether the value still holds; then set `as_of`, and a later `review_by`. `stale_after_days` under `[check]` gives a limit to facts without a `review_by` of their own, counted from their `as_of`.",
    },
    RuleInfo {
        rule: rules::UNDEFINED_TERM,
        default: Severity::Warning,
        fixed: false,
        summary: "A term without a definition",
        why: "Whoever opens it to learn what it means finds nothing.",
        file: "terms.toml",
        bad: r#"[[term]]
name = "Right of first refusal""#,
        good: r#"[[term]]
name = "Right of first refusal"
definition = "The right to take on work before anybody else is asked.""#,
        help: "Say in a sentence what it is.",
    },
    RuleInfo {
        rule: rules::UNKNOWN_COLUMN,
        default: Severity::Error,
        fixed: false,
        summary: "A cell for a column that its comparison doesn't have",
        why: "The cell would be shown nowhere.",
        file: "comparisons.toml",
        bad: r#"columns = [{ id = "azure", label = "Azure" }]

[[comparison.row]]
label = "Price"
cells = { azur = "Published" }"#,
        good: r#"columns = [{ id = "azure", label = "Azure" }]

[[comparison.row]]
label = "Price"
cells = { azure = "Published" }"#,
        help: "Correct the key of the cell, or add the column.",
    },
    RuleInfo {
        rule: rules::UNSOURCED_CELL,
        default: Severity::Warning,
        fixed: false,
        summary: "A cell of a comparison without a source",
        why: "Readers can't tell who says so.",
        file: "comparisons.toml",
        bad: r#"[[comparison.row]]
label = "Price"
cells = { azure = "Published" }"#,
        good: r#"[[comparison.row]]
label = "Price"
sources = ["azure-prices"]
cells = { azure = "Published" }"#,
        help: "Give the cell, its row or the whole comparison `sources`. A citation in the cell's text counts, and so does `[[fact:id]]` of a fact that has sources.",
    },
    RuleInfo {
        rule: rules::UNSOURCED_EVENT,
        default: Severity::Warning,
        fixed: false,
        summary: "An event without a source",
        why: "Readers can't tell who says that it happened, or when.",
        file: "events.toml",
        bad: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement""#,
        good: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement"
sources = ["paath-2026"]"#,
        help: r#"Add `sources`. A citation in its `body` counts; an event with `status = "unknown"` needs none."#,
    },
    RuleInfo {
        rule: rules::UNSOURCED_FACT,
        default: Severity::Warning,
        fixed: false,
        summary: "A fact without a source",
        why: "A figure without a source is an assertion of the page's own.",
        file: "facts.toml",
        bad: r#"[[fact]]
id = "stake"
value = "about 27%""#,
        good: r#"[[fact]]
id = "stake"
value = "about 27%"
sources = ["microsoft-2025"]"#,
        help: r#"Add `sources`, with a locator if it helps: `"microsoft-2025, p. 4"`."#,
    },
    RuleInfo {
        rule: rules::UNSOURCED_STATE,
        default: Severity::Warning,
        fixed: false,
        summary: "A state of a term without a source",
        why: "What an agreement says in each edition is the heart of the page; readers want to know who says so.",
        file: "terms.toml",
        bad: r#"[[term.state]]
edition = "apr-2026"
value = "Non-exclusive, through 2032""#,
        good: r#"[[term.state]]
edition = "apr-2026"
value = "Non-exclusive, through 2032"
sources = ["paath-2026"]"#,
        help: "Add `sources`. A citation in its `value` or `note` counts. A state without `value`, which is shown as not public, needs none.",
    },
];
