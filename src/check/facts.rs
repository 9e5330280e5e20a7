//! The rule fact-typed-by-hand: text that repeats a fact's value goes out of date when the fact changes.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::base::{Diagnostic, Diagnostics, rules};
use crate::model::doc::At;
use crate::model::{Fact, Site};

use super::prose::{inside, text_ranges};
use super::scope::{Home, Passage, Scope};

/// The values of the facts of every folder, prepared for finding them in text.
pub struct Values<'a>(Vec<Option<Finder<'a>>>);

/// The values of the facts that one folder defines.
pub struct Finder<'a> {
    automaton: AhoCorasick,
    /// For each pattern the facts that have it as their value.
    facts: Vec<Vec<&'a Fact>>,
}

impl<'a> Values<'a> {
    /// Prepares the facts of every folder of the site.
    pub fn new(site: &'a Site) -> Self {
        Self(site.explainers.iter().map(|explainer| Finder::new(&explainer.own.facts)).collect())
    }

    /// What the explainer with this index sees: the values of its own facts and of those of the folders above.
    pub fn above(&self, site: &Site, at: usize) -> Vec<&Finder<'a>> {
        let parent = |at: &usize| site.explainers.get(*at)?.parent.filter(|parent| parent < at);
        std::iter::successors(Some(at), parent).filter_map(|at| self.0.get(at)?.as_ref()).collect()
    }
}

impl<'a> Finder<'a> {
    fn new(facts: &'a [std::sync::Arc<Fact>]) -> Option<Self> {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut owners: Vec<Vec<&Fact>> = Vec::new();
        for fact in facts.iter().filter(|fact| is_telling(&fact.value)) {
            for spelling in spellings(fact.value.trim()) {
                let at = *known.entry(spelling.clone()).or_insert_with(|| {
                    patterns.push(spelling);
                    owners.push(Vec::new());
                    patterns.len() - 1
                });
                if let Some(owners) = owners.get_mut(at) {
                    owners.push(fact);
                }
            }
        }
        if patterns.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok()?;
        Some(Self { automaton, facts: owners })
    }
}

/// True if a value is one that nobody would write by chance: four characters or more, a digit among them, and more
/// than a year.
fn is_telling(value: &str) -> bool {
    let value = value.trim();
    let length = value.chars().count();
    let year = length == 4 && value.chars().all(|c| c.is_ascii_digit());
    length >= 4 && !year && value.chars().any(char::is_numeric)
}

/// The ways to type a value: with plain, no-break or narrow spaces, with straight or curly apostrophes.
fn spellings(value: &str) -> Vec<String> {
    let mut out = vec![value.to_owned()];
    let mut add = |text: String| {
        if !out.contains(&text) {
            out.push(text);
        }
    };
    let plain: String = value.chars().map(|c| if matches!(c, '\u{A0}' | '\u{202F}') { ' ' } else { c }).collect();
    for space in [" ", "\u{A0}", "\u{202F}"] {
        let spaced = plain.replace(' ', space);
        add(spaced.replace('’', "'"));
        add(spaced.replace('\'', "’"));
    }
    out
}

/// Reports the values of facts that the texts repeat.
pub fn check(scope: &Scope<'_>, finders: &[&Finder<'_>], out: &mut Diagnostics) {
    if finders.is_empty() {
        return;
    }
    for passage in &scope.passages {
        if !matches!(passage.home, Home::FactNote(_)) && passage.text.contains(char::is_numeric) {
            check_passage(scope, passage, finders, out);
        }
    }
}

fn check_passage(scope: &Scope<'_>, passage: &Passage<'_>, finders: &[&Finder<'_>], out: &mut Diagnostics) {
    // A line may end within a value. Each byte is replaced by one byte, so that offsets stay what they are.
    let text: String = passage.text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
    let mut found: Vec<(usize, usize, Vec<&Fact>)> = Vec::new();
    for finder in finders {
        for hit in finder.automaton.find_iter(&text) {
            let facts = finder.facts.get(hit.pattern().as_usize()).map(Vec::as_slice).unwrap_or_default();
            // A fact that a nearer folder replaces has another value here.
            let seen =
                |fact: &&&Fact| scope.see.fact(&fact.head.id).is_some_and(|seen| seen.value.text == fact.value.text);
            let facts: Vec<&Fact> = facts.iter().filter(seen).copied().collect();
            if !facts.is_empty() {
                found.push((hit.start(), hit.end(), facts));
            }
        }
    }
    if found.is_empty() {
        return;
    }
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let ranges = text_ranges(passage);
    let mut last_end = 0;
    for (start, end, facts) in found {
        if start < last_end || !inside(&ranges, start) || !inside(&ranges, end - 1) || !stands_alone(&text, start, end)
        {
            continue;
        }
        last_end = end;
        let value = facts.first().map_or("", |fact| &*fact.value.text);
        let mut ids: Vec<String> = facts.iter().take(3).map(|fact| format!("`[[fact:{}]]`", fact.head.id)).collect();
        ids.dedup();
        let message = format!("`{value}` is typed by hand, but it is the value of a fact");
        let mut diagnostic =
            Diagnostic::warning(rules::FACT_TYPED_BY_HAND, passage.locate(At::new(start..end)), message)
                .help(format!("write {}: a change to the fact then changes the text", ids.join(" or ")));
        if let [fact] = &*facts {
            diagnostic = diagnostic.label(fact.head.span.clone(), "the fact");
        }
        out.push(diagnostic);
    }
}

/// True if what stands at `start..end` is not part of a longer word or number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(value), Some(after)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return false;
    };
    let mut before = before.chars().rev();
    let mut after = after.chars();
    let (first, last) = (value.chars().next().unwrap_or(' '), value.chars().next_back().unwrap_or(' '));
    let left = before.next().unwrap_or(' ');
    let right = after.next().unwrap_or(' ');
    let number_goes_on = |sign: char, next: Option<char>| {
        matches!(sign, '.' | ',' | '-' | '–' | '/' | ':' | '\'' | '’') && next.is_some_and(char::is_numeric)
    };
    if first.is_numeric() && (number_goes_on(left, before.next()) || is_currency(left)) {
        return false;
    }
    if last.is_numeric() && (number_goes_on(right, after.next()) || matches!(right, '%' | '‰') || is_currency(right))
    {
        return false;
    }
    !joins(left, first) && !joins(last, right)
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '₩' | '€' | '₹' | '₽' | '₺' | '₴' | '₿')
}

/// True if two neighbouring characters belong to one word. Scripts that write no spaces between words don't join,
/// except to a number before them, whose unit they may be.
fn joins(left: char, right: char) -> bool {
    let unspaced = |c: char| {
        matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
            | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    };
    if !left.is_alphanumeric() || !right.is_alphanumeric() {
        return false;
    }
    if unspaced(left) || unspaced(right) { left.is_numeric() } else { true }
}

#[cfg(test)]
mod tests {
    use super::{is_telling, spellings, stands_alone};

    fn alone(text: &str, value: &str) -> bool {
        let start = text.find(value).unwrap();
        stands_alone(text, start, start + value.len())
    }

    #[test]
    fn values_stand_alone_or_not() {
        assert!(alone("paid $250 billion.", "$250 billion"));
        assert!(alone("(32.5%)", "32.5%"));
        assert!(alone("from 2019–20.", "2019–20"));
        assert!(alone("約2500億ドルの契約", "2500億ドル"));
        assert!(!alone("paid $250 billions", "$250 billion"));
        assert!(!alone("it was 132.5% more", "32.5%"));
        assert!(!alone("it was 1,250 units", "250 units"));
        assert!(!alone("for $1000 each", "1000"));
        assert!(!alone("the 1000-1 chance", "1000"));
        assert!(!alone("1000% more", "1000"));
        assert!(!alone("2500億", "2500"));
    }

    #[test]
    fn years_and_words_are_not_telling() {
        assert!(is_telling("$1bn") && is_telling("end of 2032") && is_telling("32.5%"));
        assert!(!is_telling("2032") && !is_telling("27%") && !is_telling("twelve"));
    }

    #[test]
    fn spaces_and_apostrophes_vary() {
        let all = spellings("l’an 2030");
        assert!(all.contains(&"l'an\u{A0}2030".to_owned()) && all.contains(&"l’an\u{202F}2030".to_owned()));
    }
}
