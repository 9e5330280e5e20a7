//! French sets a space before `; : ! ?` and within « », on which no line may break.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Spanned;

/// The space before a colon is as wide as others, the rest are narrow (Imprimerie nationale).
fn space_before(sign: char) -> Option<&'static str> {
    match sign {
        ';' | '!' | '?' | '»' => Some("\u{202F}"),
        ':' => Some("\u{A0}"),
        _ => None,
    }
}

/// Puts spaces that don't break in place of those that were typed. What was typed without a space stays.
pub fn narrow<'a>(events: Vec<Spanned<'a>>, source: &str) -> Vec<Spanned<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            _ => {}
        }
        let text = match &event {
            // Only where text and source are the same bytes is known where each sign stands.
            Event::Text(text) if !code && source.get(range.clone()) == Some(&**text) => text.to_string(),
            _ => {
                out.push((event, range));
                continue;
            }
        };
        let mut done = 0;
        let mut before: Option<(usize, char)> = None;
        for (at, sign) in text.char_indices() {
            let space = match before {
                Some((space, ' ')) => space_before(sign).map(|narrow| (space, narrow)),
                Some((_, '«')) if sign == ' ' => Some((at, "\u{202F}")),
                _ => None,
            };
            if let Some((space, narrow)) = space.filter(|(space, _)| *space >= done) {
                push(&mut out, &text, done..space, range.start);
                let place = range.start + space..range.start + space + 1;
                out.push((Event::Text(CowStr::Borrowed(narrow)), place));
                done = space + 1;
            }
            before = Some((at, sign));
        }
        if done == 0 {
            out.push((event, range));
        } else {
            push(&mut out, &text, done..text.len(), range.start);
        }
    }
    out
}

/// The same in a text without markup; `None` where nothing changes.
pub fn plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 4);
    let mut letters = text.chars().peekable();
    let mut before = None;
    while let Some(c) = letters.next() {
        let space = match (c, letters.peek()) {
            (' ', Some(sign)) if before.is_some() => {
                space_before(*sign).or((before == Some('«')).then_some("\u{202F}"))
            }
            _ => None,
        };
        match space {
            Some(space) => out.push_str(space),
            None => out.push(c),
        }
        before = Some(c);
    }
    (out != text).then_some(out)
}

fn push(out: &mut Vec<Spanned<'_>>, text: &str, part: std::ops::Range<usize>, start: usize) {
    if let Some(inner) = text.get(part.clone()).filter(|inner| !inner.is_empty()) {
        out.push((Event::Text(inner.to_owned().into()), start + part.start..start + part.end));
    }
}
