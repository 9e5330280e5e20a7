//! Addresses as authors write them: which schemes are safe, what leaves the site, how a reference is made up.

use percent_encoding::percent_decode_str;

/// An address taken apart: `path?query#fragment`. The parts are as written, still percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// What stands before `?` and `#`.
    pub path: &'a str,
    /// What stands between `?` and `#`.
    pub query: Option<&'a str>,
    /// What stands after `#`.
    pub fragment: Option<&'a str>,
}

/// Takes an address apart.
pub fn split(href: &str) -> Parts<'_> {
    let (rest, fragment) = match href.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (href, None),
    };
    match rest.split_once('?') {
        Some((path, query)) => Parts { path, query: Some(query), fragment },
        None => Parts { path: rest, query: None, fragment },
    }
}

/// The scheme of an address (`https` of `https://…`), if it has one.
pub fn scheme(href: &str) -> Option<&str> {
    let colon = memchr::memchr(b':', href.as_bytes())?;
    let scheme = href.get(..colon)?;
    let mut chars = scheme.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let goes_on = chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && goes_on).then_some(scheme)
}

/// True if an address leads off the site: it has a scheme, or a host without one (`//host`, which browsers also read
/// out of `\\host` and `/\host`).
pub fn leaves_site(href: &str) -> bool {
    let href = href.trim();
    let mut start = href.chars();
    let host = matches!((start.next(), start.next()), (Some('/' | '\\'), Some('/' | '\\')));
    host || scheme(href).is_some()
}

/// True if this is an address of the web: `http://` or `https://` and a host.
pub fn is_web(href: &str) -> bool {
    let Some(scheme) = scheme(href) else { return false };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let Some(rest) = href.get(scheme.len() + 1..).and_then(|r| r.strip_prefix("//")) else { return false };
    rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[')
        && !href.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The text of a percent-encoded part of an address; bytes that are not UTF-8 become replacement characters.
pub fn decode(part: &str) -> String {
    if memchr::memchr(b'%', part.as_bytes()).is_none() {
        return part.to_owned();
    }
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

/// An address with what may stand nowhere in it percent-encoded, as browsers do it; the rest is left as it is.
pub fn encode(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.chars() {
        if c.is_ascii_control() || matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// True if a browser might run the address as a program: `javascript:`, `vbscript:` or `data:`, whatever the case,
/// with white space, control or invisible characters in it, or spelled with HTML entities or percent signs.
///
/// It errs on the side of caution: nothing that such a browser would run gets past it.
pub fn unsafe_scheme(href: &str) -> bool {
    const LONGEST: usize = "javascript:".len();
    // No scheme without a colon, be it written in another way.
    if memchr::memchr3(b':', b'&', b'%', href.as_bytes()).is_none() {
        return false;
    }
    let unescaped = decode_entities(&decode(href));
    let plain: String = unescaped
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace() && !invisible(*c))
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .collect();
    ["javascript:", "vbscript:", "data:"].iter().any(|bad| plain.starts_with(bad))
}

/// Characters that take no room and that some programs drop.
fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FFFD}')
}

/// Decodes the entities that can hide a scheme: numeric ones (with or without `;`) and the named ones for the
/// characters that may stand in or before it.
fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity(after) {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of the entity at the start of `text` (after its `&`), and what follows.
fn entity(text: &str) -> Option<(char, &str)> {
    for (name, c) in [("colon;", ':'), ("Tab;", '\t'), ("NewLine;", '\n'), ("nbsp;", ' '), ("shy;", '\u{AD}')] {
        if let Some(tail) = text.strip_prefix(name) {
            return Some((c, tail));
        }
    }
    let number = text.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let len = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, tail) = digits.split_at_checked(len)?;
    let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    Some((c, tail.strip_prefix(';').unwrap_or(tail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_schemes_are_found_however_spelled() {
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "  javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript :alert(1)",
            "java\u{200B}script:alert(1)",
            "javascript&#58;alert(1)",
            "javascript&#x3A;alert(1)",
            "&#106avascript:alert(1)",
            "javascript&colon;alert(1)",
            "java&Tab;script&NewLine;:alert(1)",
            "javascript%3Aalert(1)",
            "vbscript:msgbox",
            "VBSCRIPT:msgbox",
            "data:text/html,<script>",
            "data:image/svg+xml;base64,AAAA",
        ] {
            assert!(unsafe_scheme(bad), "{bad:?}");
        }
        for good in [
            "",
            "data/terms.json",
            "javascript",
            "javascript.md",
            "about-javascript:-a-history",
            "https://example.org/?q=javascript:alert",
            "#javascript:",
            "./data:x",
            "mailto:a@example.org",
            "a&b",
            "&#",
            "&#x;",
            "&#99999999999;",
        ] {
            assert!(!unsafe_scheme(good), "{good:?}");
        }
    }

    #[test]
    fn addresses_come_apart() {
        assert_eq!(split("a/b?c=d#e#f"), Parts { path: "a/b", query: Some("c=d"), fragment: Some("e#f") });
        assert_eq!(split("#e?x"), Parts { path: "", query: None, fragment: Some("e?x") });
        assert_eq!(split("a"), Parts { path: "a", query: None, fragment: None });
    }

    #[test]
    fn what_leaves_the_site() {
        for off in ["https://example.org", "mailto:x", "//host/x", "\\\\host", "/\\host", " tel:1"] {
            assert!(leaves_site(off), "{off:?}");
        }
        for on in ["", "/x", "a/b", "#x", "./a:b", "?x:y", "é:x"] {
            assert!(!leaves_site(on), "{on:?}");
        }
        assert!(is_web("https://example.org/x") && is_web("HTTP://[::1]/") && is_web("https://мир.example"));
        assert!(!is_web("https:example.org") && !is_web("ftp://x") && !is_web("https://") && !is_web("https://a b"));
    }
}
