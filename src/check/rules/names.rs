//! Rules about names of records.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::AMBIGUOUS_NAME,
        default: Severity::Warning,
        fixed: false,
        summary: "Two terms that share a name or an alias",
        why: "Where the text uses the name, only the first of them becomes a link, which may be the wrong one.",
        file: "terms.toml",
        bad: r#"[[term]]
name = "Licence to the models"
aliases = ["licence"]

[[term]]
name = "Licence to the brand"
aliases = ["licence"]"#,
        good: r#"[[term]]
name = "Licence to the models"
aliases = ["model licence"]

[[term]]
name = "Licence to the brand"
aliases = ["brand licence"]"#,
        help: "Keep the name with one of them. In the text, `[[id|words]]` links any words to either.",
    },
    RuleInfo {
        rule: rules::DUPLICATE_ID,
        default: Severity::Error,
        fixed: false,
        summary: "Two records of one kind with the same id",
        why: "A reference to the id could mean either of them.",
        file: "facts.toml",
        bad: r#"[[fact]]
id = "stake"
value = "32.5%"

[[fact]]
id = "stake"
value = "about 27%""#,
        good: r#"[[fact]]
id = "earlier-stake"
value = "32.5%"

[[fact]]
id = "stake"
value = "about 27%""#,
        help: "Give one of them another id. A record that is to replace one from a folder above says so with `override = true`.",
    },
    RuleInfo {
        rule: rules::EMPTY_BLOCK,
        default: Severity::Warning,
        fixed: false,
        summary: "A block that has nothing to show",
        why: "Readers would find a heading with nothing below it.",
        file: "30-the-terms.md",
        bad: r#"```{effects}
```
(and no state in terms.toml has an effect)"#,
        good: r#"```{compare}
editions = ["oct-2025", "apr-2026"]
```"#,
        help: "Take the block out, or add the records that it shows.",
    },
    RuleInfo {
        rule: rules::NEEDLESS_OVERRIDE,
        default: Severity::Warning,
        fixed: false,
        summary: "A record with `override = true` that overrides nothing",
        why: "It was meant to replace a record of a folder above, and doesn't: both may be on the site, the one under a name that was mistyped.",
        file: "deals/one/facts.toml",
        bad: r#"[[fact]]
id = "stakes"            # content/facts.toml has a fact `stake`
value = "about 27%"
override = true"#,
        good: r#"[[fact]]
id = "stake"
value = "about 27%"
override = true"#,
        help: "Write the id of the record that is to be replaced, or take `override` out.",
    },
    RuleInfo {
        rule: rules::UNKNOWN_PARTY,
        default: Severity::Error,
        fixed: false,
        summary: "An effect or an event that names a party which isn't listed",
        why: "The table of who gains and who gives up would lack a row.",
        file: "terms.toml",
        bad: r#"[[term.state.effect]]
party = "microsft"
direction = "loses""#,
        good: r#"[[term.state.effect]]
party = "microsoft"
direction = "loses""#,
        help: "Correct the id, or add the party to `parties.toml`.",
    },
    RuleInfo {
        rule: rules::UNKNOWN_REFERENCE,
        default: Severity::Error,
        fixed: false,
        summary: "A reference to a term, fact, event, section, comparison, source or edition that doesn't exist",
        why: "It would be a link that leads nowhere, or a claim whose source is missing.",
        file: "10-what-changed.md",
        bad: "The [[ip-license|licence]] is no longer exclusive [@paath-2025].",
        good: "The [[ip-licence|licence]] is no longer exclusive [@paath-2026].",
        help: "Correct the id; the message says which one was probably meant. `[[id]]` names a term, `[[fact:id]]`, `[[event:id]]`, `[[section:slug]]` and `[[compare:id]]` the others, `[@id]` a source.",
    },
    RuleInfo {
        rule: rules::UNUSED_FACT,
        default: Severity::Warning,
        fixed: false,
        summary: "A fact that nothing shows",
        why: "It will not be kept up to date, and whoever finds it later can't know whether it was left out on purpose.",
        file: "facts.toml",
        bad: r#"[[fact]]
id = "stake"
value = "about 27%"      # and no text says [[fact:stake]]"#,
        good: r#"[[fact]]
id = "stake"
value = "about 27%"      # the text: Microsoft holds [[fact:stake]]."#,
        help: "Use it, with `[[fact:id]]` or in `key_facts`, or take it out. A fact that many explainers inherit is used if one of them uses it.",
    },
    RuleInfo {
        rule: rules::UNUSED_PARTY,
        default: Severity::Warning,
        fixed: false,
        summary: "A party that no effect and no event names",
        why: "It is listed as affected, and nothing says how.",
        file: "parties.toml",
        bad: r#"[[party]]
id = "customers"
name = "Customers"       # and no effect has party = "customers""#,
        good: r#"[[party]]
id = "customers"
name = "Customers"       # terms.toml: [[term.state.effect]] party = "customers""#,
        help: "Add an effect for it, name it in an event's `parties`, or take it out.",
    },
    RuleInfo {
        rule: rules::UNUSED_SOURCE,
        default: Severity::Warning,
        fixed: false,
        summary: "A source that nothing cites",
        why: "The list of sources would claim support that no statement rests on.",
        file: "sources.toml",
        bad: r#"[[source]]
id = "batch-2026"
title = "Agents on two clouds"     # and nothing cites it"#,
        good: r#"[[source]]
id = "batch-2026"
title = "Agents on two clouds"     # the text: … stays with Azure [@batch-2026]."#,
        help: "Cite it with `[@id]` or name it in the `sources` of what it supports, or take it out. A source that many explainers inherit is used if one of them cites it.",
    },
    RuleInfo {
        rule: rules::UNUSED_TERM,
        default: Severity::Warning,
        fixed: false,
        summary: "A term that no text, block or event names",
        why: "Readers meet it in the glossary without learning why it matters.",
        file: "terms.toml",
        bad: r#"[[term]]
id = "cap"
name = "Cap on payments"     # and no text speaks of it"#,
        good: r#"[[term]]
id = "cap"
name = "Cap on payments"     # the text: under [[cap|a ceiling]] nobody has published"#,
        help: "Name it in the text, by one of its names or with `[[id]]`, list it in an event's `terms`, or take it out. A term that a `{terms}`, `{compare}` or `{effects}` block shows is used.",
    },
];
