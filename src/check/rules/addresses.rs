//! Rules about addresses and colours.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::LOW_CONTRAST,
        default: Severity::Warning,
        fixed: false,
        summary: "Colours of the theme that are hard to read on each other",
        why: "Text and links need a contrast of 4.5:1 to what they stand on, shapes and lines that say something 3:1 (WCAG 2.2, level AA), for readers with weak eyes, bad screens or the sun in them.",
        file: "expound.toml",
        bad: r##"[theme]
accent = "#ffa500"        # 1.92:1 on the theme's background"##,
        good: r##"[theme]
accent = "#a34a00"        # 5.79:1"##,
        help: "Make the colour darker on a light background, lighter on a dark one. Colours that the settings leave out are those of the look. Every colour of the look is measured on everything that it stands on, also those that are mixed from the settings: captions and dates from `text` and `neutral`, panels from `background` and `neutral`, the tint of what changed from `accent` and `background`. A finding names the worst pair that a setting makes, and others.",
    },
    RuleInfo {
        rule: rules::PATH_COLLISION,
        default: Severity::Error,
        fixed: false,
        summary: "Two things that want one address, also by upper and lower case or by Unicode form",
        why: "One would overwrite the other: on the server, or on the computer of whoever copies the site.",
        file: "text",
        bad: r#"content/10-Terms-of-use.md
content/40-terms-of-use.md"#,
        good: r#"content/10-terms-of-use.md
content/40-older-terms-of-use.md"#,
        help: "Rename one of them, or give it another `slug`.",
    },
    RuleInfo {
        rule: rules::RESERVED_NAME,
        default: Severity::Error,
        fixed: false,
        summary: "A slug or file name that the site needs for itself, or that some systems can't hold",
        why: "It would overwrite a page of the site, or the site couldn't be copied to Windows.",
        file: "text",
        bad: r#"content/timeline/index.md
content/images/what?.png
content/con.jpg"#,
        good: r#"content/history/index.md
content/images/what.png
content/conference.jpg"#,
        help: "Rename the file or folder, or give the section another `slug`. The site keeps `terms`, `timeline`, `compare`, `sources`, `changes`, `data` and `embed` below each explainer, and files such as `index.html`, `feed.xml` and `robots.txt`.",
    },
];
