//! Rules about links and images.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::BROKEN_LINK,
        default: Severity::Error,
        fixed: false,
        summary: "A link to a page, a place on a page or a file that isn't on the site",
        why: "Readers who follow it find an error.",
        file: "10-what-changed.md",
        bad: "See [how we got here](20-how-we-got-heer.md#the-first-deal).",
        good: "See [how we got here](20-how-we-got-here.md#the-first-deal).",
        help: "Link to another section by the name of its file, to what the site makes by its address (`terms/#id`, `compare/id/`), to a heading by its id: its text in lower case with `-` for spaces. Addresses count from the folder of the file. Links to other sites are not followed. In raw HTML, which goes through as it is typed, addresses count from the finished page.",
    },
    RuleInfo {
        rule: rules::CARD_LETTERS,
        default: Severity::Warning,
        fixed: false,
        summary: "A title with letters that no font for cards has",
        why: "The picture that social networks show beside links to the page leaves the title out.",
        file: "index.md",
        bad: "+++\ntitle = \"ข้อตกลง\"\n+++",
        good: "+++\ntitle = \"ข้อตกลง\"\n+++\n\n(and `static/fonts/NotoSansThai-Bold.ttf`, which has them)",
        help: "Put a font that has the letters into `static/fonts/`, as TTF or OTF, or give the page an `image` of its own. `[cards] enabled = false` draws no cards.",
    },
    RuleInfo {
        rule: rules::MISSING_IMAGE,
        default: Severity::Error,
        fixed: false,
        summary: "An image whose file isn't there",
        why: "Readers see a broken frame.",
        file: "10-what-changed.md",
        bad: "![The signing](image/signing.jpg)",
        good: "![The signing](images/signing.jpg)",
        help: "Put the file there or correct its name, which counts from the folder of the file that names it. Upper and lower case matter.",
    },
    RuleInfo {
        rule: rules::REMOTE_IMAGE,
        default: Severity::Error,
        fixed: false,
        summary: "An image on another host, or another file that a page would load from there",
        why: "Every reader would be made known to that host, and what is loaded could change or vanish.",
        file: "10-what-changed.md",
        bad: "![The signing](https://example.org/signing.jpg)",
        good: "![The signing](images/signing.jpg)",
        help: "Save the image beside the text, if its licence allows, and name the file. In raw HTML the rule holds for frames, scripts, styles, sound and video too: keep them in `static`, or link to the page that has them. A host that is named under `[security]` for what is loaded from it is no finding.",
    },
    RuleInfo {
        rule: rules::UNSAFE_LINK,
        default: Severity::Error,
        fixed: false,
        summary: "A link that could run a program in the reader's browser",
        why: "`javascript:`, `vbscript:` and `data:` addresses run with the rights of the page.",
        file: "sources.toml",
        bad: r#"url = "javascript:alert(1)""#,
        good: r#"url = "https://example.org/report""#,
        help: "Link to a page. Entities, capitals, spaces and invisible characters within the scheme make no difference.",
    },
];
