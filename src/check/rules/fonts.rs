//! Rules about the site's own fonts.

use super::RuleInfo;
use crate::base::{Severity, rules};

/// The rules, by name.
pub const RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: rules::FONT_LETTERS,
        default: Severity::Warning,
        fixed: false,
        summary: "Letters of the site that its own fonts lack",
        why: "Readers see them in another font, in the middle of a word or a line.",
        file: "expound.toml",
        bad: "[theme.fonts]\nbody = \"fonts/Literata.ttf\"      # and a text in Arabic",
        good: "[theme.fonts]\nbody = [\"fonts/Literata.ttf\", \"fonts/NotoNaskhArabic.ttf\"]",
        help: "Add a font that has them to the list; it is asked for what those before it lack. Signs such as arrows are no letters, and the fonts of code are not looked at.",
    },
    RuleInfo {
        rule: rules::FONT_LICENCE,
        default: Severity::Warning,
        fixed: false,
        summary: "A font that says of itself that its maker must agree to its use",
        why: "To publish it may break its licence. Fonts carry this note (`fsType`) for documents; licences often say more.",
        file: "expound.toml",
        bad: "[theme.fonts]\nbody = \"fonts/Restricted.ttf\"",
        good: "[theme.fonts]\nbody = \"fonts/Literata.ttf\"",
        help: "Read the font's licence. If it allows use on websites, turn the rule off: `font-licence = \"off\"` in `[check]`. Fonts under the SIL Open Font License may always be used.",
    },
    RuleInfo {
        rule: rules::UNREADABLE_FONT,
        default: Severity::Error,
        fixed: true,
        summary: "A font that can't be used",
        why: "Readers would see the site in a font that nobody chose.",
        file: "expound.toml",
        bad: "[theme.fonts]\nbody = \"fonts/Literata.woff2\"",
        good: "[theme.fonts]\nbody = \"fonts/Literata.ttf\"",
        help: "Fonts are TTF or OTF files of one font each, in `fonts/` beside `expound.toml`. WOFF and WOFF2 are what expound makes of them, and don't serve as a source. If a font is damaged, download it again.",
    },
];
