//! A document as plain text: for descriptions, feeds, data files and search.

use super::{Doc, Part, Reference};
use crate::base::scan::{find, is_spaced, next_space};

impl Doc {
    /// The text that a reader sees, without markup, citations, footnotes and blocks: a line for each paragraph, item,
    /// row or line of code. An image within a line is its description. `raw_html` as in the settings: if false, HTML
    /// is text. `show` says what a reference reads as, whether it has a text of its own or not.
    pub fn plain_text(&self, raw_html: bool, show: impl Fn(&Reference) -> String) -> String {
        plain_text(&self.written, &self.parts, raw_html, show)
    }
}

/// The text that a reader sees of some parts of a document that has `written` so much, as [`Doc::plain_text`].
pub fn plain_text(written: &str, parts: &[Part], raw_html: bool, show: impl Fn(&Reference) -> String) -> String {
    let length = parts.iter().map(|part| match part {
        Part::Html(piece) | Part::Text(piece, _) => piece.len(),
        Part::Code(code) => code.text.len(),
        _ => 0,
    });
    let mut out = Plain(String::with_capacity(length.sum()));
    for part in parts {
        match part {
            Part::Html(html) => out.html(html.of(written)),
            Part::Text(text, _) => out.text(text.of(written)),
            Part::Reference(reference) => out.text(&show(reference)),
            Part::Citation(_) | Part::FootnoteMark(..) => out.trim(),
            Part::Note(_) => {}
            Part::Code(code) => {
                out.line();
                for line in code.text.lines() {
                    out.0.push_str(line);
                    out.line();
                }
            }
            Part::Image(image) if !image.block => out.text(&image.alt),
            Part::RawHtml(html, block, _) if !raw_html && !is_comment(html.of(written)) => {
                if *block {
                    out.line();
                }
                out.text(html.of(written));
                if *block {
                    out.line();
                }
            }
            Part::HeadingStart(_)
            | Part::HeadingEnd(_)
            | Part::Block(_)
            | Part::AlertStart(_)
            | Part::AlertEnd
            | Part::TableStart(_)
            | Part::TableEnd => out.line(),
            Part::LinkStart(_) | Part::LinkEnd | Part::Image(_) | Part::RawHtml(..) => {}
        }
    }
    out.trim();
    out.0
}

/// True if raw HTML is a comment and nothing else: no reader sees it, whatever the settings.
pub fn is_comment(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|inside| !inside.contains("-->"))
}

/// Text with its white space collapsed as it grows.
struct Plain(String);

impl Plain {
    fn text(&mut self, text: &str) {
        if is_spaced(text) {
            return self.0.push_str(text);
        }
        let mut done = 0;
        while let Some(space) = next_space(text, done) {
            self.0.push_str(text.get(done..space.start).unwrap_or_default());
            self.space();
            done = space.end;
        }
        self.0.push_str(text.get(done..).unwrap_or_default());
    }

    fn space(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b' ' | b'\n')) {
            self.0.push(' ');
        }
    }

    fn trim(&mut self) {
        self.0.truncate(self.0.trim_end().len());
    }

    fn line(&mut self) {
        while self.0.ends_with(' ') {
            self.0.pop();
        }
        if !matches!(self.0.as_bytes().last(), None | Some(b'\n')) {
            self.0.push('\n');
        }
    }

    /// HTML as the parser writes it: `>` stands for itself nowhere but at the end of a tag.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = find(rest.as_bytes(), |byte| (byte == b'<') | (byte == b'&')) {
            let (before, sign) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.text(before);
            rest = match sign.strip_prefix('<') {
                Some(tag) => self.tag(tag),
                None => self.entity(sign.get(1..).unwrap_or_default()),
            };
        }
        self.text(rest);
    }

    /// A tag after its `<`. Gives what comes after it.
    fn tag<'a>(&mut self, tag: &'a str) -> &'a str {
        let end = memchr::memchr(b'>', tag.as_bytes());
        let (tag, after) = end.and_then(|at| Some((tag.get(..at)?, tag.get(at + 1..)?))).unwrap_or((tag, ""));
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let length = name.bytes().position(|byte| matches!(byte, b' ' | b'/')).unwrap_or(name.len());
        match name.get(..length).unwrap_or(name) {
            "em" | "strong" | "del" | "code" | "sup" | "sub" | "span" | "input" => {}
            "td" | "th" => self.space(),
            _ => self.line(),
        }
        after
    }

    /// What stands for a sign, after its `&`. Gives what comes after it.
    fn entity<'a>(&mut self, after: &'a str) -> &'a str {
        let entities = [("lt;", "<"), ("gt;", ">"), ("amp;", "&"), ("quot;", "\""), ("#39;", "'")];
        let entity = entities.iter().find_map(|(name, c)| Some((*c, after.strip_prefix(name)?)));
        let (c, after) = entity.unwrap_or(("&", after));
        self.text(c);
        after
    }
}
