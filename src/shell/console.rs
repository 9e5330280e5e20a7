//! The terminal: what was asked for goes to standard output, everything said about it to standard error.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

/// Writes `text` to standard output. A reader that stopped reading (`expound schema | head`) is no error.
///
/// # Errors
/// If standard output can't be written for any other reason, such as a full disk.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes `text` to standard error. If that can't be written there is nobody left to tell.
pub fn note(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Whether a person at a terminal reads standard error.
pub fn is_interactive() -> bool {
    io::stderr().is_terminal()
}

/// `text` with every character that a terminal might act on made visible: control characters and the marks that
/// change the direction of text. Line breaks and tabs are shown as `\n` and `\t`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_control(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal, or a reader's eye, may take `c` for something else than a character: C0 and C1 controls,
/// direction marks, and the line and paragraph separators.
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown() {
        assert_eq!(visible("plain é 中"), "plain é 中");
        assert_eq!(visible("a\u{1b}[31mb\u{9b}c\u{202e}d\n\te"), "a\\u{1b}[31mb\\u{9b}c\\u{202e}d\\n\\te");
    }
}
