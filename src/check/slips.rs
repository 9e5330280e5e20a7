//! Text that is almost a block, a link, an image, its attributes or a phrase in another language: readers would see it as
//! it is typed. unknown-block, unknown-key, bad-value, missing-image and broken-link.

use crate::base::{Diagnostic, Diagnostics, Span, rules};
use crate::model::Block;
use crate::model::doc::{At, Code, Image, Part};
use crate::model::language::is_language;

use super::scope::{Passage, Scope};

/// Names, addresses and the words between brackets are shorter than this.
const NEAR: usize = 300;

/// A run of text as long as this is nothing that a person wrote.
const LONG: usize = 20_000;

/// Looks at every text of the explainer.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    for passage in &scope.passages {
        let written = passage.doc.written.as_bytes();
        let (braces, brackets) = (memchr::memchr(b'{', written).is_some(), memchr::memchr(b'[', written).is_some());
        for part in passage.doc.notable_parts() {
            match part {
                Part::Code(code) => out.extend(no_braces(passage, code)),
                Part::Image(image) => out.extend(apart(passage, image)),
                _ => {}
            }
        }
        if !braces && !brackets {
            continue;
        }
        for part in passage.doc.all_parts() {
            let Part::Text(text, at) = part else { continue };
            let text = text.of(&passage.doc.written);
            if braces && text.contains('{') {
                out.extend(language(passage, text, *at));
            }
            if brackets && text.contains('[') {
                out.extend(spaced(passage, text, *at));
            }
        }
    }
}

/// Code whose language is the name of a block.
fn no_braces(passage: &Passage<'_>, code: &Code) -> Option<Diagnostic> {
    let name = Block::NAMES.into_iter().find(|name| *name == &*code.language)?;
    let fence = passage.text.get(code.at.range())?.lines().next()?.trim_end();
    // Further words make it something else.
    (fence.trim_start_matches(['`', '~', ' ']) == name).then(|| {
        let at = At::new(code.at.range().start..code.at.range().start + fence.len());
        Diagnostic::error(rules::UNKNOWN_BLOCK, passage.locate(at), "readers will see this block as it is typed")
            .help(format!("write its name between braces: `{{{name}}}`"))
    })
}

/// Braces that a space keeps from the image before them.
fn apart(passage: &Passage<'_>, image: &Image) -> Option<Diagnostic> {
    let end = image.at.range().end;
    let line = passage.text.get(end..)?.lines().next()?;
    let braces = line.trim();
    let inner = braces.strip_prefix('{')?.strip_suffix('}').filter(|inner| !inner.contains('}'))?.trim_start();
    let known = ["wide", "decorative", "credit="].iter().any(|name| inner.starts_with(name));
    (known && line.starts_with([' ', '\t'])).then(|| {
        let start = end + (line.len() - line.trim_start().len());
        let at = At::new(start..start + braces.len());
        Diagnostic::error(rules::UNKNOWN_KEY, passage.locate(at), "readers will see these braces as they are typed")
            .help("write them right behind the image, without a space: `![…](…){wide}`")
    })
}

/// Braces that were meant to say which language a phrase is in.
fn language(passage: &Passage<'_>, text: &str, at: At) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('{') {
        let (before, rest) = text.split_at_checked(start).unwrap_or_default();
        let Some(inner) = rest.get(1..).and_then(|rest| near(rest, '}')) else { continue };
        let tag = inner.strip_prefix("lang=").map(|tag| tag.trim_matches(['"', '“', '”']));
        let behind = before.trim_end_matches(' ').ends_with(']');
        let attribute = inner.len() < 40 && inner.trim().split('=').all(|word| !word.trim().contains([' ', '\n']));
        let meant = behind && attribute && !inner.trim().is_empty();
        if !meant && !inner.trim_start().starts_with("lang") {
            continue;
        }
        let span = place(passage, text, at, start, inner.len() + 2);
        let error = |message: String| Diagnostic::error(rules::BAD_VALUE, span.clone(), message);
        found.push(match tag {
            Some(tag) if !is_language(tag) => error(format!("`{tag}` is no language tag"))
                .help("write it as in `[Bundestag]{lang=de}`: two letters, with a region where it matters, `pt-BR`"),
            Some(tag) if before.ends_with(']') => error("only plain words may stand in these brackets".to_owned())
                .help(format!("markup goes around them: `*[word]{{lang={tag}}}*`")),
            _ => error("readers will see these braces as they are typed".to_owned())
                .help("a phrase in another language is written `[Bundestag]{lang=de}`, without spaces"),
        });
    }
    found
}

/// What stands before the first `end` of a text, if that is near: to look further would take the square of a long line.
fn near(text: &str, end: char) -> Option<&str> {
    let at = text.char_indices().take(NEAR).find(|(_, c)| *c == end)?.0;
    text.get(..at)
}

/// The place in the file of `len` bytes from `start` on of a text; of a very long one that of the whole.
fn place(passage: &Passage<'_>, text: &str, at: At, start: usize, len: usize) -> Span {
    if text.len() > LONG {
        return passage.locate(at);
    }
    if passage.text.get(at.range()) == Some(text) {
        let from = at.range().start + start;
        return passage.locate(At::new(from..from + len));
    }
    passage.locate_in(at, text.get(start..start + len).unwrap_or_default())
}

/// Links and images whose address has a space: that ends an address, so they are none.
fn spaced(passage: &Passage<'_>, text: &str, at: At) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (middle, _) in text.match_indices("](") {
        let (before, rest) = text.split_at_checked(middle).unwrap_or_default();
        let Some(address) = rest.get(2..).and_then(|rest| near(rest, ')')) else { continue };
        let words = before.bytes().rev().take(NEAR).position(|byte| byte == b'[');
        let Some(open) = words.map(|words| before.len() - 1 - words) else { continue };
        let ending = address.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        let file = (2..=5).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric);
        if !file || !address.contains(' ') || address.contains(['"', '<', '\n', '(']) {
            continue;
        }
        let image = before.get(..open).is_some_and(|before| before.ends_with('!'));
        let (rule, what) = if image { (rules::MISSING_IMAGE, "image") } else { (rules::BROKEN_LINK, "link") };
        let span = place(passage, text, at, middle + 2, address.len());
        found.push(
            Diagnostic::error(
                rule,
                span,
                format!("readers will see this {what} as it is typed: a space ends its address"),
            )
            .help(format!("write `(<{address}>)`, or rename the file")),
        );
    }
    found
}
