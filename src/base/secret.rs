//! Secrets that were written where they don't belong: known by their keys, and never shown.

/// Whether a key of this name would hold a secret.
pub fn names_one(key: &str) -> bool {
    const PARTS: [&str; 10] = [
        "secret",
        "password",
        "passwd",
        "passphrase",
        "token",
        "accesskey",
        "accountkey",
        "apikey",
        "privatekey",
        "credential",
    ];
    let plain: String = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    plain == "key" || plain == "sas" || PARTS.iter().any(|part| plain.contains(part))
}

/// The name and password in an address (`https://NAME:PASSWORD@host/`), as a range; `None` if it carries no password.
/// A name alone, as in `ssh://git@host/`, is none.
pub fn in_address(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find("://")? + 3;
    let rest = text.get(start..)?;
    let end = rest.find(['/', '"', '\'', ' ', '\n']).unwrap_or(rest.len());
    let at = rest.get(..end)?.rfind('@')?;
    rest.get(..at)?.contains(':').then_some(start..start + at)
}

/// `text` with every password in an address replaced.
pub fn redacted(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("://") {
        let next = rest.get(at + 3..).and_then(|r| r.find("://")).map_or(rest.len(), |n| at + 3 + n);
        let (part, after) = rest.split_at(next);
        match in_address(part) {
            Some(range) => {
                out.push_str(part.get(..range.start).unwrap_or_default());
                out.push_str("***");
                out.push_str(part.get(range.end..).unwrap_or_default());
            }
            None => out.push_str(part),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The text of a settings file as it may be shown: what stands behind the key of a secret, and passwords in addresses,
/// become stars. Every byte keeps its place.
pub fn masked(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let mut at = 0;
    while at < out.len() {
        let len = out.iter().skip(at).take_while(|b| word(**b)).count();
        if len == 0 {
            at += 1;
            continue;
        }
        let end = at + len;
        let key = out.get(at..end).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
        let gap = out.iter().skip(end).take_while(|b| matches!(b, b' ' | b'\t' | b'"' | b'\'')).count();
        at = end;
        if out.get(end + gap) == Some(&b'=') && names_one(&key) {
            at = cover(&mut out, end + gap + 1);
        }
    }
    let mut line = 0;
    while line < out.len() {
        let len = out.iter().skip(line).take_while(|b| **b != b'\n').count();
        let text = out.get(line..line + len).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
        // A lossy text of another length has its places elsewhere; then the whole line is covered.
        match in_address(&text) {
            Some(range) if text.len() == len => stars(&mut out, line + range.start..line + range.end),
            Some(_) => stars(&mut out, line..line + len),
            None => {}
        }
        line += len + 1;
    }
    out
}

/// Covers the value that begins at `start`: to the end of the line, or of a text of several lines.
fn cover(out: &mut [u8], start: usize) -> usize {
    let value = start + out.iter().skip(start).take_while(|b| matches!(b, b' ' | b'\t')).count();
    let rest = out.get(value..).unwrap_or_default();
    let line = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
    let long = [b"\"\"\"", b"'''"].into_iter().find(|quotes| rest.starts_with(*quotes));
    let len = match long {
        Some(quotes) => rest.windows(3).skip(3).position(|w| w == quotes).map_or(rest.len(), |at| at + 6),
        None => line,
    };
    stars(out, value..value + len);
    value + len
}

fn stars(out: &mut [u8], range: std::ops::Range<usize>) {
    for byte in out.get_mut(range).unwrap_or_default() {
        if !matches!(*byte, b'\n' | b'\r') {
            *byte = b'*';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_hold_secrets() {
        for key in ["secret", "AWS_SECRET_ACCESS_KEY", "access-key", "api_key", "token", "github_token", "password"] {
            assert!(names_one(key), "{key}");
        }
        for key in ["bucket", "remote", "keep", "keyboard", "path", "region"] {
            assert!(!names_one(key), "{key}");
        }
    }

    #[test]
    fn values_are_covered_and_nothing_moves() {
        let text = "a = 1\ntoken = \"abc\"\r\n\"secret\" = '''x\ny''' \nremote = \"https://me:pw@host/x\"\nb = 2\n";
        let masked = String::from_utf8(masked(text.as_bytes())).unwrap();
        assert_eq!(
            masked,
            "a = 1\ntoken = *****\r\n\"secret\" = ****\n**** \nremote = \"https://*****@host/x\"\nb = 2\n"
        );
        assert_eq!(masked.len(), text.len());
    }

    #[test]
    fn passwords_in_addresses() {
        assert_eq!(in_address("ssh://git@host/x"), None);
        assert_eq!(
            redacted("to https://a:b@h/x and https://h/@y: https://q:z@i"),
            "to https://***@h/x and https://h/@y: https://***@i"
        );
    }
}
