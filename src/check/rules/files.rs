//! Rules that reading the site's files applies.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::BAD_DATE,
        default: Severity::Error,
        fixed: false,
        summary: "A date that is not EDTF, or no day of the calendar",
        why: "A date that can't be read can't be put in order, and a guess would be printed as if somebody had said it.",
        file: "events.toml",
        bad: r#"date = "27/04/2026""#,
        good: r#"date = "2026-04-27"     # or as much as is known: "2026-04", "2026", "2026~" for about 2026"#,
        help: "Write year, month and day as far as they are known: `2019-07-22`, `2025-05`, `2021`. `~` after a date means about, `?` uncertain; an interval is `start/end`, `..` for an open end.",
    },
    RuleInfo {
        rule: rules::BAD_ENCODING,
        default: Severity::Error,
        fixed: true,
        summary: "A file that is not UTF-8",
        why: "Letters outside plain English would turn into others on the page, in names above all.",
        file: "sources.csv",
        bad: r#"id,title
lemonde,L\xE9gislation        (the byte E9: Latin-1)"#,
        good: r#"id,title
lemonde,Législation"#,
        help: r#"Save the file as UTF-8; spreadsheets call it "CSV UTF-8". The message gives the first byte that doesn't fit."#,
    },
    RuleInfo {
        rule: rules::BAD_SYNTAX,
        default: Severity::Error,
        fixed: true,
        summary: "A file that can't be read as TOML, YAML, JSON, CSV, BibTeX, front matter or CSS",
        why: "What follows the slip can't be told for certain, and may be missing.",
        file: "facts.toml",
        bad: r#"[[fact]]
id = "stake
value = "about 27%""#,
        good: r#"[[fact]]
id = "stake"
value = "about 27%""#,
        help: "The message says what was expected and where; the slip is there or just before.",
    },
    RuleInfo {
        rule: rules::BAD_VALUE,
        default: Severity::Error,
        fixed: false,
        summary: "A value of the wrong type, or outside the words that are allowed",
        why: "A word that means nothing to the program would be dropped without a trace.",
        file: "events.toml",
        bad: r#"importance = "high""#,
        good: r#"importance = "key"      # key, normal or minor"#,
        help: "The message lists what is allowed. Addresses of sources, parties and authors begin with `https://` or `http://`; colours are CSS colours.",
    },
    RuleInfo {
        rule: rules::BLANK_ROW,
        default: Severity::Warning,
        fixed: false,
        summary: "A row without content between others in a CSV file",
        why: "Some programs stop at such a row and lose what follows. This one reads on, but the row is probably a slip.",
        file: "events.csv",
        bad: r#"date,title
2025-01-21,First refusal
,
2025-10-28,Recapitalised"#,
        good: r#"date,title
2025-01-21,First refusal
2025-10-28,Recapitalised"#,
        help: "Take the row out.",
    },
    RuleInfo {
        rule: rules::MISSING_INDEX,
        default: Severity::Error,
        fixed: true,
        summary: "A folder with sections and no `index.md`",
        why: "An explainer gets its title, its authors and its short answer from `index.md`; without it the sections have no page to stand on.",
        file: "the folder content/energy",
        bad: "10-what-changed.md\n20-how-we-got-here.md",
        good: "index.md\n10-what-changed.md\n20-how-we-got-here.md",
        help: "Add an `index.md` with a `title` in its front matter.",
    },
    RuleInfo {
        rule: rules::MISSING_KEY,
        default: Severity::Error,
        fixed: false,
        summary: "A record without a key that it must have",
        why: "An event without a date has no place in the timeline, a source without a title none in the list.",
        file: "events.toml",
        bad: r#"[[event]]
title = "The amended agreement""#,
        good: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement""#,
        help: "Add the key. `docs/data.md` lists what each record needs.",
    },
    RuleInfo {
        rule: rules::TEMPLATE_ERROR,
        default: Severity::Error,
        fixed: true,
        summary: "A template that can't be read or filled",
        why: "A page whose template fails would be missing or cut short.",
        file: "templates/page.html",
        bad: "{{ page.titel }}",
        good: "{{ page.title }}",
        help: "The message names the template, the line and the page being filled. `expound templates` lists the built-in ones, with what each is given.",
    },
    RuleInfo {
        rule: rules::UNKNOWN_BLOCK,
        default: Severity::Error,
        fixed: false,
        summary: "A fenced block with a name that is neither built in nor a component of the site, or that is not written as one",
        why: "Readers would find a hole where the block should be.",
        file: "20-how-we-got-here.md",
        bad: r#"```{timline}
```"#,
        good: r#"```{timeline}
```"#,
        help: "The built-in blocks are `timeline`, `terms`, `compare`, `effects`, `changes` and `sources`; `{NAME}` is filled from `templates/components/NAME.html`. The name stands alone between braces, and options stand in lines of their own below it. For code, write the language without braces.",
    },
    RuleInfo {
        rule: rules::UNKNOWN_DATA_FILE,
        default: Severity::Warning,
        fixed: false,
        summary: "A file that looks like data but has no name that is read",
        why: "What is in it would be nowhere on the site.",
        file: "content/event.toml",
        bad: r#"[[event]]
date = "2026-04-27"
title = "The amended agreement""#,
        good: r#"# the same, in content/events.toml
[[event]]
date = "2026-04-27"
title = "The amended agreement""#,
        help: "Rename it: `terms`, `editions`, `states`, `effects`, `parties`, `events`, `eras`, `sources`, `facts`, `comparisons` or `changes`, with `.toml`, `.yaml`, `.json` or `.csv`.",
    },
    RuleInfo {
        rule: rules::UNKNOWN_KEY,
        default: Severity::Error,
        fixed: false,
        summary: "A key that no record of its kind has",
        why: "A misspelled key is a fact that was typed and is shown nowhere.",
        file: "terms.toml",
        bad: r#"[[term]]
name = "Licence"
definiton = "The right to use the models.""#,
        good: r#"[[term]]
name = "Licence"
definition = "The right to use the models.""#,
        help: "Correct the spelling or take it out. `docs/data.md` lists the keys of each record.",
    },
    RuleInfo {
        rule: rules::UNREADABLE_FILE,
        default: Severity::Error,
        fixed: true,
        summary: "A file or folder that can't be read",
        why: "What is in it can't be part of the site.",
        file: "text",
        bad: "content/images/photo.jpg -> /home/ana/photos/photo.jpg      (a link that leads out of the site)",
        good: "content/images/photo.jpg                                    (a copy of the file)",
        help: "Look at the file's permissions, and put a copy of the file where there is a link out of the site's folder. Names of files are UTF-8.",
    },
];
