//! Front matter: TOML between two lines `+++` or YAML between two lines `---`, at the very start of a file.

use super::format::{self, Parsed};
use super::source::Source;
use crate::base::Diagnostics;

/// A file taken apart.
pub struct Front<'a> {
    /// The front matter, read; `None` if there is none.
    pub matter: Option<Parsed>,
    /// The text below it.
    pub body: &'a str,
    /// The byte at which the text starts within the source.
    pub offset: usize,
}

/// Takes the front matter off a text.
pub fn split<'a>(source: &Source<'a>, out: &mut Diagnostics) -> Front<'a> {
    let text = source.text;
    let first = line(text);
    let fence = match first.trim_end() {
        "+++" => "+++",
        "---" => "---",
        _ => {
            unopened(source, out);
            return Front { matter: None, body: text, offset: 0 };
        }
    };
    let start = first.len();
    let mut at = start;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let this = line(rest);
        let closes = match this.trim_end() {
            "..." => fence == "---",
            line => line == fence,
        };
        if closes {
            let end = at + this.len();
            let inner = text.get(start..at).unwrap_or_default();
            let parsed = read(source, fence, inner, start, out);
            return Front { matter: Some(parsed), body: text.get(end..).unwrap_or_default(), offset: end };
        }
        at += this.len();
    }
    out.push(
        source
            .fault(0..fence.len(), format!("the front matter that starts here has no second `{fence}` to end it"))
            .help(format!("put a line `{fence}` between the front matter and the text")),
    );
    Front { matter: Some(Parsed { value: None, broken: true }), body: "", offset: text.len() }
}

/// Reports a text that begins with keys of front matter, and no line before them that says so.
fn unopened(source: &Source<'_>, out: &mut Diagnostics) {
    const KEYS: [&str; 6] = ["title", "standfirst", "authors", "published", "updated", "language"];
    let mut lines = source.text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let Some(first) = lines.next() else { return };
    let known = |sign: char| first.split_once(sign).is_some_and(|(key, _)| KEYS.contains(&key.trim()));
    let fence = match (known('='), known(':')) {
        (true, _) => "+++",
        // A sentence may begin with such a word; then no line ends keys.
        (_, true) if lines.take(40).any(|line| line == "---") => "---",
        _ => return,
    };
    let start = source.text.find(first).unwrap_or(0);
    out.push(
        source
            .fault(start..start + first.len(), "readers will see this front matter: no line before it says what it is")
            .help(format!("put a line `{fence}` before it, the first of the file, and one after it")),
    );
}

fn read(source: &Source<'_>, fence: &str, inner: &str, start: usize, out: &mut Diagnostics) -> Parsed {
    let offset = source.span(0..0).start as usize + start;
    let inner = Source::new(source.file, inner, offset);
    match fence {
        "+++" => format::toml::read(&inner, out),
        _ => format::yaml::read(&inner, out),
    }
}

/// The first line of a text with its end.
fn line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}
