//! The names of every rule, in one place, so that stages that may not import each other agree on them. What each rule
//! means is documented by the checks.

use super::diag::Rule;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Rule = Rule($text);)*

        /// Every rule, in alphabetical order of its name.
        pub const ALL: &[Rule] = &[$($name),*];
    };
}

rules! {
    /// Two terms that share a name, so that only one of them links by itself.
    AMBIGUOUS_NAME = "ambiguous-name";
    /// A date that is not EDTF, or no day of the calendar.
    BAD_DATE = "bad-date";
    /// A file that is not UTF-8.
    BAD_ENCODING = "bad-encoding";
    /// A file whose format (TOML, YAML, JSON, CSV, BibTeX, front matter) is broken.
    BAD_SYNTAX = "bad-syntax";
    /// A value of the wrong type or outside the words allowed.
    BAD_VALUE = "bad-value";
    /// A row without content between others in a CSV file.
    BLANK_ROW = "blank-row";
    /// HTML that the page's policy blocks.
    BLOCKED_HTML = "blocked-html";
    /// A link that leads nowhere on the site.
    BROKEN_LINK = "broken-link";
    /// A title with letters that no font for cards has.
    CARD_LETTERS = "card-letters";
    /// An edition and the event that brought it in have different dates.
    DATE_CONFLICT = "date-conflict";
    /// Two records with one id.
    DUPLICATE_ID = "duplicate-id";
    /// Two states of one term for the same edition.
    DUPLICATE_STATE = "duplicate-state";
    /// Editions that are not in the order of their dates, or share one.
    EDITION_ORDER = "edition-order";
    /// An edition that no event brought in.
    EDITION_WITHOUT_EVENT = "edition-without-event";
    /// A block whose options leave nothing to show.
    EMPTY_BLOCK = "empty-block";
    /// A cell of a comparison that says nothing.
    EMPTY_CELL = "empty-cell";
    /// A span of time that ends before it starts.
    END_BEFORE_START = "end-before-start";
    /// The text repeats a fact's value instead of naming the fact.
    FACT_TYPED_BY_HAND = "fact-typed-by-hand";
    /// Letters of the site that its own fonts lack.
    FONT_LETTERS = "font-letters";
    /// A font that says of itself that its maker must agree to its use.
    FONT_LICENCE = "font-licence";
    /// A footnote's mark without the footnote.
    FOOTNOTE_UNDEFINED = "footnote-undefined";
    /// A footnote that no mark refers to.
    FOOTNOTE_UNUSED = "footnote-unused";
    /// A heading that skips a level.
    HEADING_SKIP = "heading-skip";
    /// Pages that are too long to be made.
    LONG_PAGE = "long-page";
    /// Colours of the theme that are hard to read.
    LOW_CONTRAST = "low-contrast";
    /// An image without a text for those who don't see it.
    MISSING_ALT = "missing-alt";
    /// An image whose file isn't there.
    MISSING_IMAGE = "missing-image";
    /// A folder with sections and no `index.md`.
    MISSING_INDEX = "missing-index";
    /// A record without a key that it must have.
    MISSING_KEY = "missing-key";
    /// A record that says it replaces an inherited one, where there is none.
    NEEDLESS_OVERRIDE = "needless-override";
    /// Two outputs at one path, also by case or by Unicode form.
    PATH_COLLISION = "path-collision";
    /// HTML in the text, which readers would see as it is typed.
    RAW_HTML = "raw-html";
    /// An image that readers would fetch from another host.
    REMOTE_IMAGE = "remote-image";
    /// A slug or file name that the site needs for itself, or that some systems can't hold.
    RESERVED_NAME = "reserved-name";
    /// A fact past its review date, or older than the settings allow.
    STALE_FACT = "stale-fact";
    /// A translation of a text that has changed since.
    STALE_TRANSLATION = "stale-translation";
    /// An explainer that says it was last updated before its newest change.
    STALE_UPDATED = "stale-updated";
    /// A template that can't be read or filled.
    TEMPLATE_ERROR = "template-error";
    /// A term without a definition.
    UNDEFINED_TERM = "undefined-term";
    /// A fenced block with a name that is neither built in nor a component of the site.
    UNKNOWN_BLOCK = "unknown-block";
    /// A cell for a column that its comparison doesn't have.
    UNKNOWN_COLUMN = "unknown-column";
    /// A file that looks like data but has no name that is read.
    UNKNOWN_DATA_FILE = "unknown-data-file";
    /// A key that no record of its kind has.
    UNKNOWN_KEY = "unknown-key";
    /// An effect on a party that isn't listed.
    UNKNOWN_PARTY = "unknown-party";
    /// A reference to a record, section or source that doesn't exist.
    UNKNOWN_REFERENCE = "unknown-reference";
    /// A translation that does not say which text it was made from.
    UNMARKED_TRANSLATION = "unmarked-translation";
    /// A file or folder that can't be read.
    UNREADABLE_FILE = "unreadable-file";
    /// A font that can't be used.
    UNREADABLE_FONT = "unreadable-font";
    /// An image that pages can't show.
    UNREADABLE_IMAGE = "unreadable-image";
    /// A link that would run a program in the reader's browser.
    UNSAFE_LINK = "unsafe-link";
    /// An SVG with parts that could run a program or ask another host for something.
    UNSAFE_SVG = "unsafe-svg";
    /// A cell of a comparison without a source.
    UNSOURCED_CELL = "unsourced-cell";
    /// An event without a source.
    UNSOURCED_EVENT = "unsourced-event";
    /// A fact without a source.
    UNSOURCED_FACT = "unsourced-fact";
    /// A state of a term without a source.
    UNSOURCED_STATE = "unsourced-state";
    /// Texts that nobody has translated.
    UNTRANSLATED = "untranslated";
    /// A language for which there are no texts of the interface.
    UNTRANSLATED_LANGUAGE = "untranslated-language";
    /// A fact that nothing shows.
    UNUSED_FACT = "unused-fact";
    /// A file beside the text that nothing names.
    UNUSED_FILE = "unused-file";
    /// A party that no effect and no event names.
    UNUSED_PARTY = "unused-party";
    /// A source that nothing cites.
    UNUSED_SOURCE = "unused-source";
    /// A term that no text names.
    UNUSED_TERM = "unused-term";
    /// A link whose text doesn't say where it leads.
    VAGUE_LINK_TEXT = "vague-link-text";
}

/// The rule called `name`.
pub fn find(name: &str) -> Option<Rule> {
    ALL.iter().copied().find(|rule| rule.0 == name)
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn rules_are_in_alphabetical_order_and_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
