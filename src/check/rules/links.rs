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
        rule: rules::UNREADABLE_IMAGE,
        default: Severity::Error,
        fixed: false,
        summary: "An image that pages can't show",
        why: "Readers see a broken frame, or half of a picture.",
        file: "10-what-changed.md",
        bad: "![The signing](images/signing.heic)",
        good: "![The signing](images/signing.jpg)",
        help: "The message says what the file is: of a format that browsers don't show, cut short, damaged, of another format than its name says, or of more than 100 million pixels. Save it again as JPEG (photographs) or PNG (drawings, screenshots). The rule speaks once for each file, where it is used first.",
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
    RuleInfo {
        rule: rules::UNSAFE_SVG,
        default: Severity::Warning,
        fixed: false,
        summary: "An SVG with parts that could run a program or ask another host for something",
        why: "A drawing that is opened by its address can do what a page can: run scripts, load files from elsewhere.",
        file: "images/diagram.svg",
        bad: r#"<svg xmlns="http://www.w3.org/2000/svg"><script>track()</script><path d="M0 0h9"/></svg>"#,
        good: r#"<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>"#,
        help: "These parts are left out of the published file; the file itself stays as it is. Scripts, handlers of events, `foreignObject` and addresses of other files go; drawings, text, styles, animations, links and pictures within the file stay. Files in `static` are published as they are.",
    },
];
