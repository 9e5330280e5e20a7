//! Rules about dates and editions.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::DATE_CONFLICT,
        default: Severity::Error,
        fixed: false,
        summary: "An event and the edition it brought in have different dates, or a page was updated before it was published",
        why: "The timeline and the term sheet would contradict each other.",
        file: "events.toml",
        bad: r#"[[event]]
date = "2026-04-28"
title = "The amended agreement"
edition = "apr-2026"          # whose date is 2026-04-27"#,
        good: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement"
edition = "apr-2026""#,
        help: r#"Correct one of the dates. Dates agree if they overlap: an event of `2026-04` and an edition of `2026-04-27` do. Where sources disagree, `status = "disputed"` on the event or the edition tells readers so and ends the finding."#,
    },
    RuleInfo {
        rule: rules::EDITION_ORDER,
        default: Severity::Warning,
        fixed: false,
        summary: "Editions that are not in the order of their dates, or that share a date",
        why: "Changes are marked from one edition to the next; of two with one date nobody can say which came first.",
        file: "terms.toml",
        bad: r#"[[edition]]
label = "April 2026"
date = "2026-04-27"

[[edition]]
label = "October 2025"
date = "2025-10-28""#,
        good: r#"[[edition]]
label = "October 2025"
date = "2025-10-28"

[[edition]]
label = "April 2026"
date = "2026-04-27""#,
        help: "Put them in order, or correct the date that is wrong. On the site they are always in the order of their dates.",
    },
    RuleInfo {
        rule: rules::EDITION_WITHOUT_EVENT,
        default: Severity::Warning,
        fixed: false,
        summary: "An edition that no event brought in",
        why: "The term sheet says that the terms changed, the timeline doesn't say how that came about.",
        file: "events.toml",
        bad: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement""#,
        good: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement"
edition = "apr-2026""#,
        help: "Name the edition in the event that brought it in, or add that event. Not reported where there are no events at all.",
    },
    RuleInfo {
        rule: rules::END_BEFORE_START,
        default: Severity::Error,
        fixed: false,
        summary: "A span of time that ends before it starts",
        why: "It has no place in the timeline.",
        file: "events.toml",
        bad: r#"[[era]]
label = "Right of first refusal"
start = "2025-10-28"
end = "2025-01-21""#,
        good: r#"[[era]]
label = "Right of first refusal"
start = "2025-01-21"
end = "2025-10-28""#,
        help: "Swap or correct the dates.",
    },
    RuleInfo {
        rule: rules::STALE_UPDATED,
        default: Severity::Warning,
        fixed: false,
        summary: "An explainer that says it was last updated before its newest change",
        why: "The day at the top is what readers go by; below it they find a correction that is newer.",
        file: "index.md",
        bad: r#"+++
title = "The new rules"
updated = 2026-05-06          # and changes.toml has a correction of 2026-05-10
+++"#,
        good: r#"+++
title = "The new rules"
updated = 2026-05-10
+++"#,
        help: r#"Set `updated` to the day of the newest change. Changes with a day to come don't count."#,
    },
];
