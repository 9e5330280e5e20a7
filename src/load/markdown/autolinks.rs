//! Addresses that stand in the text without brackets: `https://example.org/x`, `www.example.org`, `me@example.org`, as
//! GitHub Flavored Markdown's extended autolinks have them (section 6.9 of its specification, version 0.29).
//!
//! Two things go beyond it, for scripts that put no space between words: an address may follow any character but those
//! that addresses are made of, and it ends before a full-width sign or a typographic quotation mark.

use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the text.
    pub range: Range<usize>,
    /// What is put before it to make it a link: `http://`, `mailto:` or nothing.
    pub prefix: &'static str,
    /// The sign that makes it one (`:` of `https:`, the first `.` after `www`, `@`): escaped, it makes none.
    pub sign: usize,
}

/// No address is longer, in bytes: whatever is, was not typed as one.
const LONGEST: usize = 2048;
/// Nor is a name before an `@`.
const LONGEST_NAME: usize = 64;

/// The addresses in `text`, in order.
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut done = 0;
    while let Some(next) = text.get(done..).and_then(|rest| rest.find([':', '.', '@'])) {
        let sign = done + next;
        let free = found.last().map_or(0, |last| last.range.end);
        done = sign + 1;
        if let Some(link) = at(text, sign, free) {
            done = link.range.end.max(done);
            found.push(link);
        }
    }
    found
}

/// The address whose sign stands at `sign` and which begins at `free` or later.
fn at(text: &str, sign: usize, free: usize) -> Option<Found> {
    let before = text.get(free..sign)?;
    let ends = |word: &str| {
        let start = before.len().checked_sub(word.len())?;
        before.get(start..).filter(|end| end.eq_ignore_ascii_case(word)).map(|_| free + start)
    };
    if text.get(sign..)?.starts_with('@') {
        return mail(text, sign, free);
    }
    let (start, host, prefix) = if text.get(sign..)?.starts_with("://") {
        (ends("https").or_else(|| ends("http"))?, sign + 3, "")
    } else if text.get(sign..)?.starts_with('.') {
        let start = ends("www")?;
        (start, start, "http://")
    } else {
        return None;
    };
    if !may_begin(text.get(free..start)?, &['/', '.', '-', '@', '+']) {
        return None;
    }
    // No more is looked at than an address can have.
    let limit = (start + LONGEST + 1..).find(|end| *end >= text.len() || text.is_char_boundary(*end))?;
    let text = text.get(..limit.min(text.len()))?;
    let host_end = host + host_len(text.get(host..)?)?;
    let end = trimmed(text.get(start..)?, host_end - start)? + start;
    (end >= host_end).then_some(Found { range: start..end, prefix, sign })
}

/// True if an address may follow `before`: no letter or digit of Latin script, and none of the signs `inside`.
fn may_begin(before: &str, inside: &[char]) -> bool {
    before.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && !inside.contains(&c))
}

/// The length of the host that `text` begins with: labels with points in between, of which there has to be one; no `_`
/// in the last two. Nothing if a name or a password stands before the host: such an address only misleads.
fn host_len(text: &str) -> Option<usize> {
    let mut labels: Vec<&str> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let glued = is_wide(c) && text.get(start..at).is_some_and(|label| label.contains(|c: char| c.is_ascii()));
        if (c.is_alphanumeric() || matches!(c, '-' | '_')) && !glued {
            end = at + c.len_utf8();
            continue;
        }
        let label = text.get(start..at).filter(|label| !label.is_empty());
        labels.extend(label);
        if c != '.' || label.is_none() {
            break;
        }
        start = at + 1;
    }
    let authority = text.get(end..)?.split(['/', '?', '#', '<']).next()?.split(char::is_whitespace).next()?;
    let misleads = authority.contains('@');
    let valid = labels.len() > 1 && !labels.iter().rev().take(2).any(|label| label.contains('_'));
    (valid && !misleads).then_some(end)
}

/// The length of the address that `text` begins with and that reaches at least to `least`: to the next white space or
/// `<`, without the punctuation at its end.
fn trimmed(text: &str, least: usize) -> Option<usize> {
    let rest = text.get(least..)?;
    // Right behind the host only what may follow one belongs to the address.
    let follows = rest.starts_with([':', '/', '?', '#']);
    let len = if follows {
        rest.find(|c: char| c.is_whitespace() || c == '<' || ends_address(c)).unwrap_or(rest.len())
    } else {
        0
    };
    let mut link = text.get(..least + len).filter(|link| link.len() <= LONGEST)?;
    let count = |sign: char| link.matches(sign).count();
    let (mut round, mut square) = ((count('('), count(')')), (count('['), count(']')));
    while let Some(last) = link.chars().next_back() {
        let kept = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => link.len() - 1,
            ')' | ']' => {
                let (open, close) = if last == ')' { &mut round } else { &mut square };
                if *close <= *open {
                    break;
                }
                *close -= 1;
                link.len() - 1
            }
            ';' => match entity(link) {
                Some(start) => start,
                None => link.len() - 1,
            },
            _ => break,
        };
        link = link.get(..kept)?;
    }
    Some(link.len())
}

/// Where the character reference starts that a text ends with: `&copy;`.
fn entity(text: &str) -> Option<usize> {
    let start = text.rfind('&')?;
    let name = text.get(start + 1..text.len() - 1)?;
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(start)
}

/// True for what is in no address as people type them: full-width punctuation, typographic quotation marks.
fn ends_address(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201F}' | '\u{2039}' | '\u{203A}' | '«' | '»' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{301F}')
        || matches!(c, '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// True for letters of scripts that put no spaces between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
}

/// The e-mail address with its `@` at `sign`.
fn mail(text: &str, sign: usize, free: usize) -> Option<Found> {
    let before = text.get(free..sign)?;
    let name = before
        .bytes()
        .rev()
        .take(LONGEST_NAME + 1)
        .take_while(|b| b.is_ascii_alphanumeric() || b"._-+".contains(b))
        .count();
    let mut start = sign - name;
    if name == 0 || name > LONGEST_NAME {
        return None;
    }
    let mut prefix = "mailto:";
    let written = text.get(free..start)?;
    if let Some(kept) = written.len().checked_sub(prefix.len())
        && written.get(kept..).is_some_and(|end| end.eq_ignore_ascii_case(prefix))
    {
        start = free + kept;
        prefix = "";
    }
    if !may_begin(text.get(free..start)?, &['/', ':', '@']) {
        return None;
    }
    let host = text.get(sign + 1..)?;
    let len = host.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count();
    let host = host.get(..len)?.trim_end_matches('.');
    let labels: Vec<&str> = host.split('.').collect();
    let valid = labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && !host.ends_with(['-', '_']);
    let end = sign + 1 + host.len();
    // A second `@` right behind makes it something else.
    (valid && !text.get(end..)?.starts_with('@')).then_some(Found { range: start..end, prefix, sign })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        find(text).iter().map(|found| format!("{}{}", found.prefix, &text[found.range.clone()])).collect()
    }

    #[test]
    fn web_addresses() {
        assert_eq!(
            links("See https://example.org/a?b=c#d, or HTTP://x.org."),
            ["https://example.org/a?b=c#d", "HTTP://x.org"]
        );
        assert_eq!(
            links("www.example.org/a (www.example.com)"),
            ["http://www.example.org/a", "http://www.example.com"]
        );
        assert_eq!(links("https://localhost/ https:// http://. https://a_b.org www. www"), [""; 0]);
        assert_eq!(links("https://a_b.example.org:8080/x"), ["https://a_b.example.org:8080/x"]);
        assert_eq!(links("xhttps://example.org awww.example.org ftp://www.example.org"), [""; 0]);
    }

    #[test]
    fn what_ends_them() {
        assert_eq!(links("(https://example.org/a_(b))"), ["https://example.org/a_(b)"]);
        assert_eq!(
            links("https://example.org/a))) [https://example.org/b]."),
            ["https://example.org/a", "https://example.org/b"]
        );
        assert_eq!(
            links("https://example.org/?a=b&amp; https://example.org/?a=b&c;d"),
            ["https://example.org/?a=b", "https://example.org/?a=b&c;d"]
        );
        assert_eq!(
            links("\"https://example.org/\", https://example.org<b https://example.org!?"),
            ["https://example.org/", "https://example.org", "https://example.org"]
        );
        assert_eq!(
            links("„https://example.org/x“ «https://example.org»"),
            ["https://example.org/x", "https://example.org"]
        );
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(
            links("詳細はhttps://example.org/aを、またはwww.example.jp。"),
            ["https://example.org/aを", "http://www.example.jp"]
        );
        assert_eq!(
            links("https://example.orgです https://日本語.jp/x https://münchen.de"),
            ["https://example.org", "https://日本語.jp/x", "https://münchen.de"]
        );
    }

    #[test]
    fn mail_addresses() {
        assert_eq!(
            links("Write to a.b+c@example.org. Or MAILTO:me@x.org!"),
            ["mailto:a.b+c@example.org", "MAILTO:me@x.org"]
        );
        assert_eq!(links("a@b a@b.c- a@b._ @b.org a@@b.org a@b.org@c.org xmpp:a@b.org"), ["mailto:a@b._"; 0]);
    }

    #[test]
    fn names_before_hosts_are_no_addresses() {
        assert_eq!(links("https://bank.example@evil.example/x https://a:b@c.org"), [""; 0]);
    }

    #[test]
    fn long_input_takes_no_longer_than_it_is() {
        let hostile = ["https://a.b", "www.", "a@", "https://a.b/))", "a.b@c.d@", "https://a@", "&a;"];
        for text in hostile {
            find(&text.repeat(20_000));
        }
    }
}
