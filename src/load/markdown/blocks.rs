//! Blocks: lists, quotes, alerts, code, raw HTML.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};

use super::builder::Builder;
use crate::model::doc::{Alert, At, BlockSource, Code, Part};

impl<'a> Builder<'a> {
    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let alert = match kind {
            None => return self.out.line("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => Alert::Note,
            Some(BlockQuoteKind::Tip) => Alert::Tip,
            Some(BlockQuoteKind::Important) => Alert::Important,
            Some(BlockQuoteKind::Warning) => Alert::Warning,
            Some(BlockQuoteKind::Caution) => Alert::Caution,
        };
        self.out.block(Part::AlertStart(alert));
    }

    pub(super) fn quote_end(&mut self, kind: Option<BlockQuoteKind>) {
        match kind {
            None => self.out.html("</blockquote>\n"),
            Some(_) => self.out.block(Part::AlertEnd),
        }
    }

    pub(super) fn list(&mut self, start: Option<u64>) {
        match start {
            None => self.out.line("<ul>\n"),
            Some(1) => self.out.line("<ol>\n"),
            Some(start) => self.out.line(&format!("<ol start=\"{start}\">\n")),
        }
    }

    pub(super) fn item(&mut self) {
        let coming = self.events.get(self.next..).unwrap_or_default();
        let task = matches!(
            coming,
            [(Event::TaskListMarker(_), _), ..]
                | [(Event::Start(Tag::Paragraph), _), (Event::TaskListMarker(_), _), ..]
        );
        self.out.line(if task { "<li class=\"task\">" } else { "<li>" });
    }

    pub(super) fn code(&mut self, kind: &CodeBlockKind<'a>, range: &Range<usize>) {
        let (text, place) = self.code_text();
        let name = match kind {
            CodeBlockKind::Fenced(info) => block_name(info),
            CodeBlockKind::Indented => None,
        };
        let Some((name, well_formed)) = name else {
            let language = Self::language(kind);
            let code = Code { language: language.into(), text: text.into(), at: At::new(range.clone()) };
            self.out.block(Part::Code(Box::new(code)));
            return;
        };
        let typed = self.source.get(range.clone()).unwrap_or_default();
        let line_end = range.start + typed.find('\n').map_or(typed.len(), |i| i + 1);
        let name_start = range.start + typed.find(name).unwrap_or_default();
        let place = place.unwrap_or(line_end..line_end);
        let source = self.source.get(place.clone()).unwrap_or_default();
        let verbatim = same_toml(source, &text);
        self.out.block(Part::Block(Box::new(BlockSource {
            name: name.into(),
            body: if verbatim { source.into() } else { text.into() },
            well_formed,
            verbatim,
            at: At::new(range.clone()),
            name_at: At::new(name_start..name_start + name.len()),
            body_at: At::new(place),
        })));
    }

    pub(super) fn html_block(&mut self, range: &Range<usize>) {
        let (html, _) = self.code_text();
        self.out.raw(&html, true, At::new(range.clone()));
    }
}

/// The name of the block that an info string asks for (`{timeline}`), and true; or all of an info string that looks as
/// if it asked for a block, and doesn't (`{timeline} now`, `{timeline`, `timeline}`), and false. Pandoc's raw blocks and
/// attributes (`{=html}`, `{.python #id}`) are no blocks of ours.
fn block_name(info: &str) -> Option<(&str, bool)> {
    let info = info.trim();
    let Some(inner) = info.strip_prefix('{') else {
        let word = info.split(char::is_whitespace).next().unwrap_or_default();
        return (word.ends_with('}') && !word.contains('{')).then_some((info, false));
    };
    if inner.trim_start().starts_with(['=', '.', '#']) {
        return None;
    }
    let name = inner
        .strip_suffix('}')
        .map(str::trim)
        .filter(|name| name.starts_with(|c: char| c.is_alphanumeric()) && !name.contains(['{', '}']));
    Some(name.map_or((info, false), |name| (name, true)))
}

/// True if a body as typed says the same as the one that Markdown makes of it. What Markdown takes away in a list
/// (white space before lines) and on Windows (`\r`) means nothing in TOML outside strings of several lines, and with
/// the body as typed every place in it is exact.
fn same_toml(typed: &str, text: &str) -> bool {
    typed == text
        || (!text.contains("\"\"\"")
            && !text.contains("'''")
            && typed.lines().map(str::trim_start).eq(text.lines().map(str::trim_start)))
}
