//! Quotation marks: `"` and `'` become those of the language of the page.

use pulldown_cmark::{CowStr, Event};

use super::{Spanned, builder::is_block};

/// The quotation marks of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotes {
    /// For `"`: before and after.
    outer: (&'static str, &'static str),
    /// For `'`: before and after.
    inner: (&'static str, &'static str),
}

/// Whether punctuation becomes typographic, and with which quotation marks.
pub type Smart = Option<Quotes>;

/// The marks of English, and of every language that is not in the table.
const ENGLISH: Quotes = Quotes::new("“", "”", "‘", "’");

/// The marks of the languages that don't have the English ones, by language tags in lower case.
///
/// Unicode CLDR 48.2, `delimiters` of every locale (https://cldr.unicode.org/). Two things are
/// added: in French, the narrow no-break spaces within the marks, which CLDR leaves to whoever sets the text; in Spanish
/// outside Latin America, the angle marks that the Real Academia Española puts first (Ortografía, 2010).
#[rustfmt::skip]
const TABLE: &[(Quotes, &str)] = &[
    (Quotes::new("„", "”", "‚", "’"), "agq ff"),
    (Quotes::new("«", "»", "‹", "›"), "am az-arab az-cyrl fa fr-ch gsw jgo kkj mzn rm sdh wae"),
    (Quotes::new("”", "“", "’", "‘"), "ar lld ms-arab syr ur"),
    (Quotes::new("«", "»", "“", "”"), "ast blo bm br ca cv dyo el es eu ewo ie it kab kk lij mg mua nnh pms pt-ao pt-ch pt-cv pt-gq pt-gw pt-lu pt-mo pt-mz pt-pt pt-st pt-tl sc sg ti"),
    (Quotes::new("«", "»", "„", "“"), "bas be bua ky os ru sah tyv uk"),
    (Quotes::new("„", "“", "„", "“"), "bg lt prg sgs"),
    (Quotes::new("“", "”", "‘", "’"), "bm-nkoo es-419 es-ar es-bo es-br es-bz es-cl es-co es-cr es-cu es-do es-ec es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-py es-sv es-uy es-ve ff-adlm uz-arab uz-cyrl"),
    (Quotes::new("„", "”", "‘", "’"), "bs"),
    (Quotes::new("„", "“", "‚", "‘"), "bs-cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl"),
    (Quotes::new("«", "»", "‘", "’"), "dua el-polyton ksf nb nn no rw"),
    (Quotes::new("“", "”", "«", "»"), "eo"),
    (Quotes::new("”", "”", "’", "’"), "fi he lag rn se sn sv yi"),
    (Quotes::new("«\u{202F}", "\u{202F}»", "«\u{202F}", "\u{202F}»"), "fr"),
    (Quotes::new("«\u{202F}", "\u{202F}»", "”", "“"), "fr-ca"),
    (Quotes::new("‘", "’", "“", "”"), "fur ia ti-er tn"),
    (Quotes::new("«", "»", "«", "»"), "ht hy oc yav"),
    (Quotes::new("„", "”", "»", "«"), "hu szl"),
    (Quotes::new("「", "」", "『", "』"), "ja yue zh-hant zh-hk zh-mo zh-tw"),
    (Quotes::new("„", "“", "«", "»"), "ka"),
    (Quotes::new("»", "«", "›", "‹"), "kk-arab ug"),
    (Quotes::new("‘", "’", "‘", "’"), "nl"),
    (Quotes::new("„", "”", "«", "»"), "nmg pl ro"),
    (Quotes::new("«", "»", "„", "”"), "shi zgh"),
    (Quotes::new("„", "”", "’", "’"), "sr"),
    (Quotes::new("“", "’", "“", "”"), "st"),
    (Quotes::new("“", "”", "“", "”"), "tk"),
    (Quotes::new("“", "”", "’", "‘"), "uz"),
];

impl Quotes {
    const fn new(open: &'static str, close: &'static str, inner_open: &'static str, inner_close: &'static str) -> Self {
        Self { outer: (open, close), inner: (inner_open, inner_close) }
    }

    /// True where `; : ! ?` stand after a space, as in French.
    pub fn spaced(self) -> bool {
        self.outer.0 == "«\u{202F}"
    }

    /// The marks of the language of a tag (BCP 47): of its region or script if that has its own.
    pub fn of(tag: &str) -> Self {
        let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
        let mut parts: Vec<&str> = tag.split('-').collect();
        let find = |tag: &str| TABLE.iter().find(|(_, tags)| tags.split(' ').any(|known| known == tag));
        while !parts.is_empty() {
            // `sr-Latn-RS` is looked for as that, as `sr-Latn`, `sr-RS` and `sr`.
            let region = parts.last().filter(|_| parts.len() == 3).zip(parts.first());
            let region = region.map(|(region, language)| format!("{language}-{region}"));
            let found = find(&parts.join("-")).or_else(|| find(&region?));
            if let Some((quotes, _)) = found {
                return *quotes;
            }
            parts.pop();
        }
        ENGLISH
    }
}

/// Puts the marks of a language in place of the English ones that the parser made. An apostrophe, which the parser
/// makes the same sign as a closing single mark, stays: only the next one after an opening mark closes it.
pub fn localise<'a>(events: &mut [Spanned<'a>], source: &str, quotes: Quotes) {
    // Three bytes that begin with these are a character of East Asia, or stand near them.
    let unspaced = source.bytes().fold(false, |any, byte| any | (0xe3..=0xe9).contains(&byte));
    if quotes == ENGLISH && !unspaced {
        return;
    }
    let (mut open, mut outer) = (false, false);
    for (event, range) in events {
        match event {
            Event::Start(tag) if is_block(tag) => (open, outer) = (false, false),
            Event::Text(text) if matches!(source.get(range.clone()), Some("\"" | "'")) => {
                let double = matches!(&**text, "“" | "”");
                // Where no spaces tell which mark opens, they take turns.
                let opens = if double && unspaced && beside_unspaced(source, range.clone()) {
                    !outer
                } else {
                    &**text == "“"
                };
                if double {
                    outer = opens;
                }
                let mark = match &**text {
                    "“" | "”" if opens => quotes.outer.0,
                    "“" | "”" => quotes.outer.1,
                    "‘" => {
                        open = true;
                        quotes.inner.0
                    }
                    "’" if open => {
                        open = false;
                        quotes.inner.1
                    }
                    _ => continue,
                };
                *text = CowStr::Borrowed(mark);
            }
            _ => {}
        }
    }
}

/// True for a mark right beside a character of a script that is written without spaces.
fn beside_unspaced(source: &str, range: std::ops::Range<usize>) -> bool {
    let is_unspaced =
        |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}');
    let before = source.get(..range.start).and_then(|text| text.chars().next_back());
    let after = source.get(range.end..).and_then(|text| text.chars().next());
    before.is_some_and(is_unspaced) || after.is_some_and(is_unspaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_and_scripts() {
        let outer = |tag: &str| Quotes::of(tag).outer;
        assert_eq!(outer("de"), ("„", "“"));
        assert_eq!(outer("DE_at"), ("„", "“"));
        assert_eq!(outer("fr-BE"), ("«\u{202F}", "\u{202F}»"));
        assert_eq!(outer("fr-CH"), ("«", "»"));
        assert_eq!(outer("es-MX"), ("“", "”"));
        assert_eq!(outer("es"), ("«", "»"));
        assert_eq!(outer("zh-Hant-HK"), ("「", "」"));
        assert_eq!(outer("zh-TW"), ("「", "」"));
        assert_eq!(outer("zh"), ("“", "”"));
        for tag in ["en", "en-GB", "", "x", "qq-Qqqq-QQ"] {
            assert_eq!(Quotes::of(tag), ENGLISH);
        }
    }

    #[test]
    fn no_tag_is_in_the_table_twice() {
        let mut tags: Vec<&str> = TABLE.iter().flat_map(|(_, tags)| tags.split(' ')).collect();
        let all = tags.len();
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), all);
    }
}
