//! Small text helpers: slugs, suggestions, excerpts.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The slug of a title: letters and digits of any script in lower case, runs of anything else as one `-`.
/// Apostrophes vanish. Text is brought to NFC first, so that both ways to write `é` give one slug.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for byte in text.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte.to_ascii_lowercase())),
                byte => slug_char(&mut out, char::from(byte)),
            }
        }
    } else {
        text.nfc().flat_map(char::to_lowercase).for_each(|c| slug_char(&mut out, c));
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

fn slug_char(out: &mut String, c: char) {
    if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
        out.push(c);
    } else if !matches!(c, '\'' | '’' | 'ʼ') && !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

/// A number before a name, and the name without it: `10-what-changed` → 10 and `what-changed`. Numbers of four digits
/// and more are years, and belong to the name.
pub fn numbered(stem: &str) -> (Option<i64>, &str) {
    let digits = stem.len() - stem.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = stem.split_at_checked(digits).unwrap_or(("", stem));
    let name = rest.trim_start_matches(['-', '_', '.', ' ']);
    match number.parse() {
        Ok(order) if digits <= 3 && name.len() < rest.len() && !name.is_empty() => (Some(order), name),
        _ => (None, stem),
    }
}

/// A text of at most `most` bytes: what is longer ends with `…`.
pub fn shortened(mut text: String, most: usize) -> String {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push('…');
        text.shrink_to_fit();
    }
    text
}

/// Names as a list for a message: "`a`, `b`", and how many more if they are many.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 20;
    let mut names = names.into_iter();
    let mut out = names.by_ref().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.count() {
        0 => {}
        more => out.push_str(&format!(" and {more} more")),
    }
    out
}

/// For how many faults it is worked out what may be meant: each word is compared with all there are, and who has very many
/// to correct has made one mistake, not many.
#[derive(Debug, Default)]
pub struct Patience(Cell<usize>);

impl Patience {
    /// Asked before each: true for the first ones.
    pub fn lasts(&self) -> bool {
        const MOST: usize = 200;
        self.0.set(self.0.get() + 1);
        self.0.get() <= MOST
    }
}

/// The candidate nearest to `word`, if one is near enough to be what was meant: at most a third of its letters differ
/// (one at least may), or it begins with the word.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A misspelled name is short; comparing takes the product of two lengths.
    const LONGEST: usize = 200;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let length = word.chars().count();
    let allowed = (length / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let other = lower.chars().count();
            let begins = length >= 3 && lower.starts_with(&word);
            // Counting is cheap, measuring isn't, and candidates may be many.
            if !begins && other.abs_diff(length) > allowed {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&word, &lower);
            let near = distance <= allowed && distance < length && distance < other;
            (near || begins || distance == 0).then_some((distance, candidate))
        })
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// The beginning of a text: at most `max` characters as readers count them, cut between words and ended with `…` where
/// something was cut off. White space is collapsed.
pub fn excerpt(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.grapheme_indices(true).nth(max) else { return text };
    // One place is for the `…`.
    let room = text.grapheme_indices(true).nth(max.saturating_sub(1)).map_or(end, |(at, _)| at);
    let words = text.split_word_bound_indices().map(|(at, _)| at).take_while(|at| *at <= room);
    let cut = words.last().filter(|at| *at > 0).unwrap_or(room);
    let kept = text.get(..cut).unwrap_or_default();
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_end_between_words() {
        assert_eq!(excerpt("A short  text.", 20), "A short text.");
        assert_eq!(excerpt("A short text.", 13), "A short text.");
        assert_eq!(excerpt("A short text.", 12), "A short…");
        assert_eq!(excerpt("A short, text", 10), "A short…");
        assert_eq!(excerpt("Unbreakable", 5), "Unbr…");
        assert_eq!(excerpt("この契約は新しい契約です", 6), "この契約は…");
        assert_eq!(excerpt("", 5), "");
        assert_eq!(excerpt("x y", 0), "…");
    }
}
