//! The names of terms, and finding them in running text.

use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;
use icu::properties::CodePointMapData;
use icu::properties::props::Script;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use super::record::Id;
use super::site::Data;

/// A name that is longer than this, in bytes, is not looked for in texts.
const LONGEST: usize = 500;

/// Names of terms, prepared for finding them in text. Two are equal if their lists are.
#[derive(Default)]
pub struct Names {
    /// Name or alias → term, as written. Of two equal names the first counts.
    pub names: Vec<(Arc<str>, Id)>,
    finder: OnceLock<Option<Finder>>,
}

impl Names {
    /// These names.
    pub fn new(names: Vec<(Arc<str>, Id)>) -> Self {
        Self { names, finder: OnceLock::new() }
    }

    /// The names and aliases of the terms that link by themselves.
    pub fn of(data: &Data) -> Self {
        let terms = data.terms.values().filter(|t| t.autolink);
        let names = terms.flat_map(|t| {
            std::iter::once(&t.name).chain(&t.aliases).map(|name| (name.text.clone(), t.head.id.clone()))
        });
        Self::new(names.collect())
    }

    /// Every name in `text`: where it stands and which term it means, in order. Where names overlap, the one that
    /// starts first, then the longest.
    ///
    /// Names are found as whole words, whatever their case, white space and Unicode form; abbreviations (`API`) only
    /// in capitals. Scripts that write no spaces have no words to keep whole.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, Id)> {
        let Some(finder) = self.finder.get_or_init(|| Finder::new(&self.names)) else { return Vec::new() };
        let folded = Folded::new(text);
        // Of those that start at one place, the longest.
        let mut found: HashMap<usize, (usize, usize)> = HashMap::new();
        for hit in finder.automaton.find_overlapping_iter(&folded.text) {
            let Some(pattern) = finder.patterns.get(hit.pattern().as_usize()) else { continue };
            if !whole(&folded.text, hit.range()) {
                continue;
            }
            let place = folded.place(hit.range());
            let Some(typed) = text.get(place.clone()) else { continue };
            if pattern.exact.as_ref().is_none_or(|exact| *exact == fold(typed, false)) {
                let best = found.entry(place.start).or_insert((place.end, pattern.name));
                if (place.end, best.1) > (best.0, pattern.name) {
                    *best = (place.end, pattern.name);
                }
            }
        }
        let mut found: Vec<(Range<usize>, usize)> =
            found.into_iter().map(|(start, (end, name))| (start..end, name)).collect();
        found.sort_by_key(|(place, _)| place.start);
        let mut end = 0;
        found.retain(|(place, _)| {
            let free = place.start >= end;
            if free {
                end = place.end;
            }
            free
        });
        let id = |name: usize| self.names.get(name).map(|(_, id)| id.clone());
        found.into_iter().filter_map(|(place, name)| Some((place, id(name)?))).collect()
    }
}

impl Clone for Names {
    fn clone(&self) -> Self {
        Self::new(self.names.clone())
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names.fmt(f)
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for Names {}

impl Hash for Names {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.names.hash(state);
    }
}

struct Finder {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
}

struct Pattern {
    /// Which of the names.
    name: usize,
    /// For an abbreviation: how it has to be written.
    exact: Option<String>,
}

impl Finder {
    fn new(names: &[(Arc<str>, Id)]) -> Option<Self> {
        let mut known = HashMap::new();
        let (mut folded, mut patterns) = (Vec::new(), Vec::new());
        for (index, (name, _)) in names.iter().enumerate() {
            let name = name.trim();
            let text = fold(name, true);
            if text.is_empty() || text.len() > LONGEST || known.insert(text.clone(), index).is_some() {
                continue;
            }
            folded.push(text);
            patterns.push(Pattern { name: index, exact: abbreviation(name).then(|| fold(name, false)) });
        }
        if patterns.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::new(folded).ok()?;
        Some(Self { automaton, patterns })
    }
}

/// True for `API` and `GPT-4`: at most five letters, all of them capitals. A word in small letters would not mean it.
fn abbreviation(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    letters().all(char::is_uppercase) && (1..=5).contains(&letters().count())
}

/// Text in the form in which names are compared.
fn fold(text: &str, lower_case: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        fold_char(&mut out, c, lower_case);
    }
    out
}

fn fold_char(out: &mut String, c: char, lower_case: bool) {
    match c {
        c if c.is_ascii_alphanumeric() => out.push(if lower_case { c.to_ascii_lowercase() } else { c }),
        c if c.is_whitespace() => {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        '’' | 'ʼ' => out.push('\''),
        '\u{2010}' | '\u{2011}' => out.push('-'),
        '\u{AD}' | '\u{200B}' | '\u{2060}' => {}
        c if lower_case => out.extend(c.to_lowercase()),
        c => out.push(c),
    }
}

/// A text folded, and how to get back to where its characters came from.
struct Folded {
    text: String,
    /// Places (folded, original) from which on the two advance alike.
    steps: Vec<(usize, usize)>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), steps: vec![(0, 0)] };
        if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            for (at, c) in text.char_indices() {
                folded.step(at);
                fold_char(&mut folded.text, c, true);
            }
        } else {
            for (at, cluster) in text.grapheme_indices(true) {
                folded.step(at);
                for c in cluster.nfc() {
                    fold_char(&mut folded.text, c, true);
                }
            }
        }
        folded.step(text.len());
        folded
    }

    /// Notes that what comes next stands at `original`.
    fn step(&mut self, original: usize) {
        let here = self.text.len();
        match self.steps.last_mut() {
            // Nothing came of what stood between.
            Some(last) if last.0 == here => last.1 = original,
            Some(last) if here - last.0 == original - last.1 => {}
            _ => self.steps.push((here, original)),
        }
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        let back = |offset: usize| {
            let after = self.steps.partition_point(|(folded, _)| *folded <= offset);
            let step = after.checked_sub(1).and_then(|i| self.steps.get(i));
            step.map_or(offset, |(folded, original)| original + (offset - folded))
        };
        back(range.start)..back(range.end)
    }
}

/// True if what stands at `range` is not a part of a longer word, of an address or of a domain name.
fn whole(text: &str, range: Range<usize>) -> bool {
    let (Some(before), Some(name), Some(after)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return false;
    };
    let mut before = before.chars().rev();
    let mut after = after.chars();
    let joined = |edge: Option<char>, next: Option<char>, beyond: Option<char>| {
        let (Some(edge), Some(next)) = (edge, next) else { return false };
        !spaceless(edge) && (in_word(next) || next == '@' || (next == '.' && beyond.is_some_and(in_word)))
    };
    !joined(name.chars().next(), before.next(), before.next())
        && !joined(name.chars().last(), after.next(), after.next())
}

/// True for characters that make up words in a script that puts spaces between them.
fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    (c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)) && !spaceless(c)
}

/// True for characters of a script that puts no spaces between words.
fn spaceless(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    matches!(
        CodePointMapData::<Script>::new().get(c),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
            | Script::Tibetan
            | Script::Javanese
            | Script::Balinese
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[(&str, &str)]) -> Names {
        Names::new(list.iter().map(|(name, id)| ((*name).into(), (*id).into())).collect())
    }

    fn found(names: &Names, text: &str) -> Vec<String> {
        names.find(text).into_iter().map(|(place, id)| format!("{}={id}", &text[place])).collect()
    }

    #[test]
    fn whole_words_longest_first() {
        let n = names(&[("licence", "l"), ("exclusive licence", "x"), ("exclusive licence fee", "f"), ("AGI", "agi")]);
        assert_eq!(found(&n, "An Exclusive  licence, a licence."), ["Exclusive  licence=x", "licence=l"]);
        assert_eq!(found(&n, "an exclusive licence fees"), ["exclusive licence=x"]);
        assert_eq!(found(&n, "licences sublicence licence_2 licence"), ["licence=l"]);
        assert_eq!(found(&n, "exclusive\nlicence"), ["exclusive\nlicence=x"]);
        assert_eq!(found(&n, "exclusive\u{a0}licence"), ["exclusive\u{a0}licence=x"]);
    }

    #[test]
    fn abbreviations_keep_their_capitals() {
        let n = names(&[("IT", "it"), ("API", "api"), ("NASA-Treaty", "nasa"), ("SEVENX", "seven")]);
        assert_eq!(found(&n, "it IT It, API's apis API-first"), ["IT=it", "API=api", "API=api"]);
        assert_eq!(found(&n, "nasa-treaty sevenx"), ["nasa-treaty=nasa", "sevenx=seven"]);
    }

    #[test]
    fn parts_of_addresses_are_left_alone() {
        let n = names(&[("OpenAI", "o")]);
        assert_eq!(found(&n, "openai.com info@openai @openai www.openai OpenAI. OpenAI"), ["OpenAI=o", "OpenAI=o"]);
    }

    #[test]
    fn every_script() {
        let n =
            names(&[("契約", "c"), ("Straße", "s"), ("лицензия", "r"), ("ข้อตกลง", "t"), ("رخصة", "a"), ("café", "k")]);
        assert_eq!(found(&n, "この契約は新しい"), ["契約=c"]);
        assert_eq!(found(&n, "Die STRASSE, die straße, Straßen"), ["straße=s"]);
        assert_eq!(found(&n, "ЛИЦЕНЗИЯ лицензиями"), ["ЛИЦЕНЗИЯ=r"]);
        assert_eq!(found(&n, "ตามข้อตกลงใหม่"), ["ข้อตกลง=t"]);
        assert_eq!(found(&n, "هذه رخصة جديدة"), ["رخصة=a"]);
        assert_eq!(found(&n, "a cafe\u{301} x"), ["cafe\u{301}=k"]);
        assert_eq!(found(&n, "İ café İİ x café"), ["café=k", "café=k"]);
        let api = names(&[("API", "api")]);
        assert_eq!(found(&api, "使用API的"), ["API=api"]);
    }

    #[test]
    fn typography_makes_no_difference() {
        let n = names(&[("OpenAI's IP", "ip"), ("pre-order", "p")]);
        assert_eq!(found(&n, "OpenAI’s IP"), ["OpenAI’s IP=ip"]);
        assert_eq!(found(&n, "pre\u{2011}order pre-or\u{ad}der"), ["pre\u{2011}order=p", "pre-or\u{ad}der=p"]);
    }

    #[test]
    fn names_that_end_in_signs() {
        let n = names(&[("C++", "c"), (".NET", "n"), ("", "none"), ("  ", "none")]);
        assert_eq!(found(&n, "C++ C++11 ASP.NET (.NET)"), ["C++=c", ".NET=n"]);
    }

    #[test]
    fn of_equal_names_the_first_counts() {
        assert_eq!(found(&names(&[("Deal", "a"), ("deal", "b")]), "deal"), ["deal=a"]);
        assert_eq!(found(&names(&[]), "deal"), [""; 0]);
    }
}
