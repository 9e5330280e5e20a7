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
        _ => return Front { matter: None, body: text, offset: 0 },
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
