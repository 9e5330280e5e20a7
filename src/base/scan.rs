//! Looking through text fast: by bytes, many at a time where they are ASCII, which most bytes of most texts are. The
//! loops that have no way out are those that a compiler turns into instructions for 16 bytes and more.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Bytes that are looked at together.
const CHUNK: usize = 32;

/// The next white space in `text` from the byte `from` on, which begins a character.
pub fn next_space(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b' ' | b'\t'..=b'\r' => return Some(at..at + 1),
            0..=0x7f => at += 1,
            _ => {
                let c = text.get(at..)?.chars().next()?;
                if c.is_whitespace() {
                    return Some(at..at + c.len_utf8());
                }
                at += c.len_utf8();
            }
        }
    }
    None
}

/// True if `text` is ASCII and the white space in it is single spaces between words, so that it need not be looked at
/// word by word. False says nothing.
pub fn is_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = bytes.iter().fold(true, |plain, byte| plain & (*byte >= b' ') & (*byte < 0x80));
    let double = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |d, (a, b)| d | ((*a == b' ') & (*b == b' ')));
    plain && !double && !text.starts_with(' ') && !text.ends_with(' ')
}

/// True if a byte is `special`. Counted, since compilers turn a chain of `or` into jumps again.
fn any<const N: usize>(chunk: &[u8; N], special: impl Fn(u8) -> bool + Copy) -> bool {
    chunk.iter().fold(0_u8, |count, byte| count + u8::from(special(*byte))) > 0
}

/// Where the first byte is that is `special`. It is fast if `special` compares without branching (`|`, not `||`).
pub fn find(bytes: &[u8], special: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let position = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| special(*byte)).map(|within| from + within)
    };
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    for (at, chunk) in chunks.iter().enumerate() {
        if any(chunk, special) {
            return position(at * CHUNK);
        }
    }
    // The last bytes are looked at together with some that were looked at already, or with copies of the first: that is
    // faster than one by one.
    let clean = match (bytes.last_chunk::<CHUNK>(), bytes.first()) {
        _ if rest.is_empty() => true,
        (Some(last), _) => !any(last, special),
        (None, first) => {
            let mut filled = [first.copied().unwrap_or_default(); CHUNK];
            filled[..bytes.len()].copy_from_slice(bytes);
            !any(&filled, special)
        }
    };
    if clean { None } else { position(bytes.len() - rest.len()) }
}

/// The number of words by Unicode's rules (UAX #29), with each CJK ideograph counted as the half word it reads like.
pub fn count_words(text: &str) -> usize {
    let (mut words, mut ideographs) = (0, 0);
    let all_ascii = text.is_ascii();
    let mut rest = text;
    while !rest.is_empty() {
        // No word goes beyond white space: what is ASCII up to there is counted by the few rules of ASCII.
        let foreign = match all_ascii {
            true => memchr::memchr(b'_', rest.as_bytes()),
            false => find(rest.as_bytes(), |byte| (byte >= 0x80) | (byte == b'_')),
        };
        let foreign = foreign.unwrap_or(rest.len());
        let (ascii, other) = rest.split_at_checked(foreign).unwrap_or((rest, ""));
        let cut = if other.is_empty() { ascii.len() } else { ascii.rfind(is_space).map_or(0, |at| at + 1) };
        let (ascii, other) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        words += ascii_words(ascii.as_bytes());
        let end = other.find(is_space).unwrap_or(other.len());
        let (piece, after) = other.split_at_checked(end).unwrap_or((other, ""));
        for word in piece.unicode_words() {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some('\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'), None) => {
                    ideographs += 1;
                }
                _ => words += 1,
            }
        }
        rest = after;
    }
    words + usize::div_ceil(ideographs, 2)
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// The number of words in ASCII without `_`: letters and digits, joined by a point or the like between two of a kind.
/// That is the number of places where letters or digits begin and are not joined to what was before.
fn ascii_words(text: &[u8]) -> usize {
    // Counted in a byte each, many places at a time.
    const PLACES: usize = 64;
    let (chunks, rest) = text.as_chunks::<PLACES>();
    let mut words = 0;
    // The bytes before, the last one first.
    let mut before = [b' '; 2];
    for chunk in chunks {
        // Of each place, and of the one before it.
        let (mut word, mut joint) = ([0_u8; PLACES + 1], [0_u8; PLACES + 1]);
        (word[0], joint[0]) = (u8::from(is_word(before[0])), u8::from(is_joint(before[0])));
        for at in 0..PLACES {
            (word[at + 1], joint[at + 1]) = (u8::from(is_word(chunk[at])), u8::from(is_joint(chunk[at])));
        }
        let (mut begin, mut joined) = (0_u8, 0_u8);
        for at in 0..PLACES {
            begin += word[at + 1] & !word[at];
            joined += word[at + 1] & joint[at];
        }
        // What a sign may join to the word before is rare enough to be looked at one by one.
        words += if joined == 0 { usize::from(begin) } else { one_by_one(chunk, before) };
        before = [chunk[PLACES - 1], chunk[PLACES - 2]];
    }
    words + one_by_one(rest, before)
}

/// The number of words that begin in `text`, which stands behind two other bytes, the last one first.
fn one_by_one(text: &[u8], mut before: [u8; 2]) -> usize {
    let mut words = 0;
    for byte in text {
        words += usize::from(word_begins(before[1], before[0], *byte));
        before = [*byte, before[0]];
    }
    words
}

/// Signs that may stand within a word.
fn is_joint(byte: u8) -> bool {
    (byte == b'.') | (byte == b'\'') | (byte == b',') | (byte == b':') | (byte == b';')
}

fn is_letter(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26
}

fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

fn is_word(byte: u8) -> bool {
    is_letter(byte) | is_digit(byte)
}

/// Whether a word begins with the last of three bytes.
fn word_begins(second: u8, before: u8, byte: u8) -> bool {
    let any = (before == b'.') | (before == b'\'');
    let letters = is_letter(byte) & is_letter(second) & (any | (before == b':'));
    let digits = is_digit(byte) & is_digit(second) & (any | (before == b',') | (before == b';'));
    is_word(byte) & !is_word(before) & !(letters | digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_counted_as_unicode_says(text in "[a-zA-Z0-9_.,:;' é\u{301}\u{200D}’\n\"/-]{0,80}") {
            proptest::prop_assert_eq!(count_words(&text), text.unicode_words().count());
        }

        #[test]
        fn spaces_are_those_of_unicode(text in "[ab \t\n\u{b}\u{85}\u{a0}\u{3000}\u{200b}é日]{0,40}") {
            let mut words = Vec::new();
            let mut done = 0;
            while let Some(space) = next_space(&text, done) {
                words.push(&text[done..space.start]);
                done = space.end;
            }
            words.push(&text[done..]);
            proptest::prop_assert_eq!(&words, &text.split(char::is_whitespace).collect::<Vec<_>>());
            let one_each = text.split_whitespace().collect::<Vec<_>>().join(" ") == text;
            proptest::prop_assert!(one_each || !is_spaced(&text));
        }

        #[test]
        fn bytes_are_found_wherever_they_are(text in "[ab]{0,100}&?[ab]{0,40}") {
            proptest::prop_assert_eq!(find(text.as_bytes(), |byte| byte == b'&'), text.find('&'));
        }
    }
}
