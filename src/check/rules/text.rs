//! Rules about good text.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::BLOCKED_HTML,
        default: Severity::Warning,
        fixed: false,
        summary: "HTML that browsers will block, because the page's policy doesn't allow it",
        why: "Every page says what it may load and run, so that no text can put a program on it. A script, a style or a frame that is not named there does nothing.",
        file: "10-what-changed.md",
        bad: r#"<p style="color: red" onclick="more()">The licence is not exclusive.</p>"#,
        good: r#"<p class="loud">The licence is not exclusive.</p>"#,
        help: "Put rules of style in a file `static/theme/NAME.css` and scripts in a file `static/theme/NAME.js`: they become parts of the site's own. What else a site needs, such as the frame of a video host, is named under `[security]` in `expound.toml`; there, `policy = \"off\"` leaves the policy out. Only HTML that `raw_html = true` lets through is looked at; templates of the site are not.",
    },
    RuleInfo {
        rule: rules::FOOTNOTE_UNDEFINED,
        default: Severity::Warning,
        fixed: false,
        summary: "The mark of a footnote that isn't there",
        why: "Readers see the mark as it is typed, `[^1]`.",
        file: "10-what-changed.md",
        bad: "The rate is said to be unchanged.[^rate]",
        good: r#"The rate is said to be unchanged.[^rate]

[^rate]: Two reports agree on it; the announcement doesn't name it."#,
        help: "Write the footnote, or correct the label.",
    },
    RuleInfo {
        rule: rules::FOOTNOTE_UNUSED,
        default: Severity::Warning,
        fixed: false,
        summary: "A footnote that no mark refers to, or whose label is taken",
        why: "It is not on the page: readers have no way to it.",
        file: "10-what-changed.md",
        bad: r#"The rate is said to be unchanged.

[^rate]: Two reports agree on it; the announcement doesn't name it."#,
        good: r#"The rate is said to be unchanged.[^rate]

[^rate]: Two reports agree on it; the announcement doesn't name it."#,
        help: "Write its mark where it belongs, give a second footnote of one label another, or take it out.",
    },
    RuleInfo {
        rule: rules::HEADING_SKIP,
        default: Severity::Warning,
        fixed: false,
        summary: "A heading that skips a level, or that is on the level of the title",
        why: "Who listens to a page goes from heading to heading by level; a gap sounds like a missing part.",
        file: "10-what-changed.md",
        bad: r#"## The money

#### What stops"#,
        good: r#"## The money

### What stops"#,
        help: "The title of a section is level 1, so headings in it begin with `##`, and each goes down at most one level. Size is a matter for the stylesheet.",
    },
    RuleInfo {
        rule: rules::LONG_PAGE,
        default: Severity::Error,
        fixed: true,
        summary: "Values or blocks that make pages of more than 64 MB",
        why: "What a text names and what a block shows is written out in each place. No phone shows such a page, hosts refuse it, and making it would take all memory.",
        file: "10-what-changed.md",
        bad: "[[fact:whole-contract]]     (a value of 100,000 letters, named in 1,000 places)",
        good: "[[fact:stake]]              (the value is `27%`; the contract is a file that the text links to)",
        help: "Values are a few words, and names of records too. For a block say what it is to show (`terms`, `editions`, `from`, `groups`), or make several explainers.",
    },
    RuleInfo {
        rule: rules::MISSING_ALT,
        default: Severity::Warning,
        fixed: false,
        summary: "An image without a text for those who don't see it",
        why: "Who listens to the page hears the name of a file, or nothing.",
        file: "10-what-changed.md",
        bad: "![](images/signing.jpg)",
        good: "![Two executives shake hands in front of a wall of servers](images/signing.jpg)",
        help: r#"Say what the image shows, and what a reader is to take from it. For the image of an event or of an explainer it is the key `alt`; there, `alt = ""` says that the image only decorates."#,
    },
    RuleInfo {
        rule: rules::RAW_HTML,
        default: Severity::Warning,
        fixed: false,
        summary: "HTML in the text, which readers would see as it is typed",
        why: "Unless the settings let it through, HTML is shown, not run: text from elsewhere must not be able to put a program on the page.",
        file: "10-what-changed.md",
        bad: "The licence is <b>not</b> exclusive.",
        good: "The licence is **not** exclusive.",
        help: "Write Markdown. For a sign that looks like HTML write `&lt;`. `raw_html = true` under `[markdown]` lets HTML through, for the whole site.",
    },
    RuleInfo {
        rule: rules::STALE_TRANSLATION,
        default: Severity::Warning,
        fixed: false,
        summary: "A translation of a text that has changed since",
        why: "Readers of one language learn what the others no longer say.",
        file: "10-terms.de.md",
        bad: "+++\ntranslates = \"k3f9a2mq\"\n+++\n\n# Die Bedingungen",
        good: "+++\ntranslates = \"x7d1e8pw\"\n+++\n\n# Die neuen Bedingungen",
        help: "See what has changed in the original, change the translation, and write the word that the finding gives.",
    },
    RuleInfo {
        rule: rules::UNMARKED_TRANSLATION,
        default: Severity::Warning,
        fixed: false,
        summary: "A translation that does not say which text it was made from",
        why: "When the original changes, nobody is told that the translation is out of date.",
        file: "10-terms.de.md",
        bad: "# Die Bedingungen",
        good: "+++\ntranslates = \"k3f9a2mq\"\n+++\n\n# Die Bedingungen",
        help: "Once the translation is what the original says, write the line that the finding gives into its front matter.",
    },
    RuleInfo {
        rule: rules::UNTRANSLATED,
        default: Severity::Warning,
        fixed: false,
        summary: "Texts that nobody has translated",
        why: "Readers get them in another language, marked as such for screen readers.",
        file: "terms.toml",
        bad: "name = \"Licence\"",
        good: "name = \"Licence\"\nname.de = \"Lizenz\"",
        help: "Beside `10-terms.md` goes a file `10-terms.de.md`; beside a field `name` in a data file goes a field `name.de`.",
    },
    RuleInfo {
        rule: rules::UNTRANSLATED_LANGUAGE,
        default: Severity::Error,
        fixed: false,
        summary: "A language for which there are no texts of the interface",
        why: "Labels, headings of lists and what screen readers hear would be English on a page that says it isn't.",
        file: "expound.toml",
        bad: r#"language = "nl""#,
        good: r#"language = "de-AT""#,
        help: "The interface speaks Arabic (`ar`), English (`en`), French (`fr`), German (`de`), Japanese (`ja`) and Spanish (`es`); dates and numbers follow any language. For another language, `expound i18n nl > i18n/nl.ftl` gives you all texts to translate. To publish with English labels all the same, turn the rule off.",
    },
    RuleInfo {
        rule: rules::VAGUE_LINK_TEXT,
        default: Severity::Warning,
        fixed: false,
        summary: "A link whose text doesn't say where it leads",
        why: r#"Many readers go from link to link, and hear "here, here, more"."#,
        file: "10-what-changed.md",
        bad: "The announcement is [here](https://openai.com/index/).",
        good: "[The announcement](https://openai.com/index/) names no rate.",
        help: "Link the words that name what is there. The rule knows such words in English, French, German and Spanish, by the language of the page.",
    },
];
