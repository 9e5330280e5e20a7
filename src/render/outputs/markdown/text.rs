//! Markdown as authors write it → Markdown that any reader understands: references, citations, links and blocks are
//! replaced in the text by what they mean; everything else stays as it was typed.

use std::ops::Range;
use std::sync::Arc;

use crate::base::SourcePath;
use crate::model::doc::*;
use crate::model::language::is_language;
use crate::model::{Block, Id, Prose, Section};
use crate::render::cx::{Arg, Cx};
use crate::render::prose::Scope;
use crate::render::prose::marks::cited_in_sentence;
use crate::render::scope::TextScope;

/// A text and where it stands.
struct Source<'a> {
    cx: &'a Cx<'a>,
    text: &'a str,
    doc: &'a Doc,
    /// What links and images are looked up with.
    scope: TextScope<'a>,
    /// The options of its blocks.
    blocks: &'a [Option<Block>],
    /// Added to the levels of headings.
    shift: usize,
}

/// What stands in place of a part of the text: text, and behind it a group of citations.
struct Edit {
    range: Range<usize>,
    text: String,
    cites: Vec<Cite>,
}

/// A source and, perhaps, the place in it.
pub type Cite = (Id, Option<Arc<str>>);

impl Edit {
    fn new(range: Range<usize>, text: String) -> Self {
        Self { range, text, cites: Vec::new() }
    }
}

/// A section's text, its headings lowered by `shift`.
pub fn of_section(cx: &Cx<'_>, section: &Section, shift: usize) -> String {
    let scope = TextScope { cx, section: Some(section), from: &section.file, blocks: &[], names: None };
    let (text, doc) = (&*section.source, &*section.body);
    let source = Source { cx, text, doc, scope, blocks: &section.blocks, shift };
    resolved(&source, title_heading(section).map(|range| Edit::new(range, String::new())))
}

/// Where in a section's text the heading stands that gave it its title, or repeats it: the page writes it already.
fn title_heading(section: &Section) -> Option<Range<usize>> {
    let text = &*section.source;
    let span = section.title.span.range();
    let inside = section.title.span.file == section.file && span.start >= section.offset as usize;
    let at = if inside { span.start - section.offset as usize } else { text.len() - text.trim_start().len() };
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = text.get(start..)?;
    let mut lines = rest.split_inclusive('\n');
    let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
    let underlined = !second.trim().is_empty() && second.trim().bytes().all(|b| b == b'=');
    let title = first.trim().trim_matches('#').trim();
    let is_heading = underlined || first.trim_start().starts_with("# ");
    let known = section.body.headings().any(|h| (start..start + first.len()).contains(&h.at.range().start));
    let is_title = is_heading && !known && (inside || title == &*section.title.text);
    is_title.then(|| start..start + first.len() + if underlined { second.len() } else { 0 })
}

/// Markdown of a record.
pub fn of_prose(cx: &Cx<'_>, prose: &Prose) -> String {
    let from: &SourcePath = &prose.source.span.file;
    let scope = TextScope { cx, section: None, from, blocks: &[], names: None };
    resolved(&Source { cx, text: &prose.source.text, doc: &prose.doc, scope, blocks: &[], shift: 0 }, None)
}

/// Markdown of a record on one line.
pub fn line_of_prose(cx: &Cx<'_>, prose: &Prose) -> String {
    of_prose(cx, prose).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with every part replaced that a reader elsewhere would not understand; `edit` is one change more.
fn resolved(source: &Source<'_>, edit: Option<Edit>) -> String {
    let mut edits: Vec<Edit> = edit.into_iter().collect();
    let mut blocks = 0;
    let mut all = |parts: &[Part]| {
        for (at, part) in parts.iter().enumerate() {
            source.edits(part, parts.get(at + 1..).unwrap_or_default(), &mut blocks, &mut edits);
        }
    };
    // Blocks are counted in the order in which they are read.
    let mut rest = &source.doc.parts[..];
    while let Some(at) = rest.iter().position(|part| matches!(part, Part::Note(_))) {
        let (before, after) = rest.split_at(at);
        all(before);
        if let Some(Part::Note(note)) = after.first() {
            all(source.doc.footnotes.get(*note).map_or(&[], |note| &note.parts));
        }
        rest = after.get(1..).unwrap_or_default();
    }
    all(rest);
    edits.extend(phrases(source));
    // What encloses comes before what it encloses, and replaces it.
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut out = String::with_capacity(source.text.len() + 64);
    let mut done = 0;
    // The group of citations that comes next, and the space before it. One that follows right after it is one with it.
    let (mut cites, mut space) = (Vec::new(), "");
    let group = |cites: &mut Vec<Cite>, space: &str| {
        let group = super::citations(source.cx, &std::mem::take(cites));
        format!("{}{}", if group.is_empty() { "" } else { space }, group.trim_start())
    };
    for Edit { range, text, cites: more } in edits {
        if range.start >= done {
            let between = source.text.get(done..range.start).unwrap_or_default();
            let alone = text.is_empty() && !more.is_empty();
            if !alone || cites.is_empty() || !between.trim().is_empty() {
                out.push_str(&group(&mut cites, space));
                out.push_str(between);
                out.push_str(&text);
                space = if alone { "" } else { " " };
            }
            cites.extend(more);
            done = range.end;
        }
    }
    out.push_str(&group(&mut cites, space));
    out.push_str(source.text.get(done..).unwrap_or_default());
    let text = out.trim();
    match memchr::memchr2(b'\r', 0, text.as_bytes()) {
        // As CommonMark has it, a letter that is none is shown as such.
        Some(_) => text.replace("\r\n", "\n").replace('\0', "\u{fffd}"),
        None => text.to_owned(),
    }
}

/// Phrases in another language, `[words]{lang=de}`, as their words: outside code, where they stand for themselves. One
/// walk through the text, however many there are.
fn phrases(source: &Source<'_>) -> Vec<Edit> {
    const MIDDLE: &str = "]{lang=";
    let mut found = Vec::new();
    let (mut seen, mut quoted) = (0, false);
    for (middle, _) in source.text.match_indices(MIDDLE) {
        for byte in source.text.get(seen..middle).unwrap_or_default().bytes() {
            quoted = byte != b'\n' && (quoted != (byte == b'`'));
        }
        seen = middle;
        let Some((before, after)) = source.text.split_at_checked(middle) else { continue };
        let Some(after) = after.get(MIDDLE.len()..) else { continue };
        // A tag is short.
        let Some(end) = after.bytes().take(40).position(|byte| byte == b'}') else { continue };
        let tag = after.get(..end).unwrap_or_default();
        let open = before.rfind(['[', ']']).filter(|at| before.as_bytes().get(*at) == Some(&b'['));
        let Some(open) = open.filter(|_| !quoted && is_language(tag.trim_matches('"'))) else { continue };
        let words = before.get(open + 1..).unwrap_or_default().to_owned();
        found.push(Edit::new(open..middle + MIDDLE.len() + end + 1, words));
    }
    if !found.is_empty() {
        let code = source.doc.notable_parts().filter_map(|part| match part {
            Part::Code(code) => Some(code.at.range()),
            _ => None,
        });
        let mut code: Vec<Range<usize>> = code.collect();
        code.sort_by_key(|range| range.start);
        found.retain(|edit| {
            let after = code.partition_point(|range| range.start <= edit.range.start);
            let last = after.checked_sub(1).and_then(|at| code.get(at));
            last.is_none_or(|range| !range.contains(&edit.range.start))
        });
    }
    found
}

impl Source<'_> {
    fn edits(&self, part: &Part, next: &[Part], blocks: &mut usize, edits: &mut Vec<Edit>) {
        match part {
            Part::Reference(reference) if reference.kind == ReferenceKind::Fact => {
                let (text, cites) = self.fact(reference, next);
                edits.push(Edit { range: reference.at.range(), text, cites });
            }
            Part::Reference(reference) => edits.push(Edit::new(reference.at.range(), self.reference(reference))),
            Part::Citation(citation) => edits.push(self.citation(citation)),
            Part::Block(block) => {
                let options = self.blocks.get(*blocks).and_then(Option::as_ref);
                *blocks += 1;
                let text = options.map(|o| super::blocks::of_block(self.cx, o)).unwrap_or_default();
                edits.push(Edit::new(block.at.range(), self.indented(block.at.range().start, &text)));
            }
            Part::HeadingStart(heading) if self.shift > 0 => self.heading(heading, edits),
            Part::LinkStart(link) => edits.extend(self.link(link)),
            Part::Image(image) => {
                let address = self.scope.image(&image.src).map(|i| i.href);
                let address = address.or_else(|| self.scope.link(&image.src)).unwrap_or_default();
                let mut text =
                    format!("![{}]({})", escaped(&image.alt), destination(&super::super::full(self.cx, &address)));
                let mut range = image.at.range();
                if image.block {
                    // What stands in braces behind it says something to nobody else.
                    let rest = self.text.get(range.end..).unwrap_or_default();
                    let braces = rest.strip_prefix('{').and_then(|rest| rest.find(['}', '\n']));
                    range.end += braces.map_or(0, |end| end + 2).min(rest.len());
                    let credit = image.credit.as_ref();
                    let credit = credit.map(|credit| self.cx.t("photo-credit", &[("credit", Arg::Text(credit))]));
                    let below: Vec<String> = [Some(image.title.to_string()), credit].into_iter().flatten().collect();
                    let below = below.iter().filter(|text| !text.is_empty()).map(|text| escaped(text));
                    let below = below.collect::<Vec<_>>().join(" ");
                    if !below.is_empty() {
                        text.push_str(&format!("\n\n*{below}*"));
                    }
                }
                edits.push(Edit::new(range, text));
            }
            Part::RawHtml(raw, _, at) if !self.cx.site.settings.raw_html => {
                edits.push(Edit::new(at.range(), raw.of(&self.doc.written).replace('<', "\\<")));
            }
            _ => {}
        }
    }

    fn reference(&self, reference: &Reference) -> String {
        let (name, href) = match reference.kind {
            ReferenceKind::Term => match self.scope.term(&reference.id) {
                Some(term) => (Some(term.name), Some(term.href)),
                None => (None, None),
            },
            kind => match self.scope.target(kind, &reference.id) {
                Some(target) => (Some(target.title), Some(target.href)),
                None => (None, None),
            },
        };
        let text = reference.text.as_ref().or(name.as_ref()).unwrap_or(&reference.id);
        match href {
            Some(href) if !reference.plain => {
                format!("[{}]({})", escaped(text), destination(&super::super::full(self.cx, &href)))
            }
            _ => escaped(text),
        }
    }

    /// A value with its status, if it isn't confirmed, and (in running text) its sources, but those that the sentence
    /// cites anyway.
    fn fact(&self, reference: &Reference, next: &[Part]) -> (String, Vec<Cite>) {
        let Some(fact) = self.scope.fact(&reference.id) else {
            return (escaped(reference.text.as_ref().unwrap_or(&reference.id)), Vec::new());
        };
        let mut out = escaped(reference.text.as_ref().unwrap_or(&fact.value));
        if reference.plain {
            return (out, Vec::new());
        }
        if let Some(status) = &fact.status {
            out.push_str(&format!(" ({})", escaped(status)));
        }
        let follow = || {
            fact.cites.iter().all(|(id, locator)| cited_in_sentence(&self.doc.written, next, id, locator.as_deref()))
        };
        let cites = if self.scope.section.is_some() && !follow() { fact.cites } else { Vec::new() };
        (out, cites)
    }

    fn citation(&self, citation: &Citation) -> Edit {
        let items = citation.items.iter().map(|item| (item.id.clone(), item.locator.clone()));
        let known: Vec<Cite> = items.filter(|(id, _)| self.cx.explainer.numbers.contains_key(id)).collect();
        let text = if known.is_empty() { escaped(&citation.source) } else { String::new() };
        Edit { range: citation.at.range(), text, cites: known }
    }

    /// `[text](address)`, `[text][label]` and `[label]` get the address that the link leads to.
    fn link(&self, link: &Link) -> Option<Edit> {
        let range = link.at.range();
        let typed = self.text.get(range.clone())?;
        // An address or e-mail in angle brackets, or bare: it leads off the site as it is.
        if !typed.starts_with('[') {
            return None;
        }
        let address = destination(&super::super::full(self.cx, &self.scope.link(&link.href).unwrap_or_default()));
        let title = if link.title.is_empty() { String::new() } else { format!(" \"{}\"", escaped(&link.title)) };
        let tail = format!("]({address}{title})");
        let from =
            if typed.ends_with(')') { typed.rfind("](")? } else { typed.rfind("][").or_else(|| typed.rfind(']'))? };
        Some(Edit::new(range.start + from..range.end, tail))
    }

    /// Lowers a heading: one more `#`; a heading that is underlined is written with `#` instead.
    fn heading(&self, heading: &Heading, edits: &mut Vec<Edit>) {
        let range = heading.at.range();
        let Some(typed) = self.text.get(range.clone()) else { return };
        if typed.starts_with('#') {
            let more = self.shift.min(6_usize.saturating_sub(heading.level.into()));
            edits.push(Edit::new(range.start..range.start, "#".repeat(more)));
        } else if let Some(underline) = typed.trim_end().rfind('\n') {
            let level = (usize::from(heading.level) + self.shift).min(6);
            edits.push(Edit::new(range.start..range.start, format!("{} ", "#".repeat(level))));
            edits.push(Edit::new(range.start + underline..range.start + typed.trim_end().len(), String::new()));
        }
    }

    /// `text` in place of what begins at `start`: lines after the first carry the marks of the quotes and lists that
    /// the place stands in.
    fn indented(&self, start: usize, text: &str) -> String {
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let prefix: String = line.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
        text.trim_end().replace('\n', &format!("\n{prefix}"))
    }
}

/// `text`, so that Markdown shows it as it is, on one line.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        for (place, c) in word.char_indices() {
            let number_of_list = || {
                matches!(c, '.' | ')')
                    && word.get(..place).is_some_and(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit()))
            };
            let begins = at == 0
                && ((place == 0 && matches!(c, '#' | '-' | '+' | '='))
                    || (place + 1 == word.len() && number_of_list()));
            if begins || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// An address as it stands between the parentheses of a link.
pub fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}
