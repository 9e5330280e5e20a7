//! From the parser's events to the parts of a document, in one walk.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::fields::Fields;
use super::footnotes::Notes;
use super::ids::Ids;
use super::plain::{closing, plain};
use super::run::{Item, Run};
use super::sink::Sink;
use super::tables::Table;
use super::{ParseOptions, Spanned};
use crate::base::scan::count_words;
use crate::model::doc::{At, Citation, Doc, Heading, Link, Part};
use crate::model::language;

/// The walk.
pub struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) events: &'a [Spanned<'a>],
    /// The next event.
    pub(super) next: usize,
    pub(super) out: Sink,
    /// The labels of the footnotes that are being written.
    labels: Vec<CowStr<'a>>,
    ids: Ids,
    notes: Notes,
    pub(super) table: Table,
    /// For a field of a record: what is known of its lines.
    pub(super) fields: Option<Fields>,
    pub(super) in_heading: bool,
    /// How many links are open: `<https://…>` may stand within a link, where it is text.
    pub(super) links: usize,
    /// The running text, for counting.
    words: String,
}

impl<'a> Builder<'a> {
    /// The walk over `events`, which are those of `source`.
    pub fn new(source: &'a str, options: ParseOptions, events: &'a [Spanned<'a>]) -> Self {
        Self {
            source,
            events,
            next: 0,
            out: Sink::new(source.len()),
            labels: Vec::new(),
            ids: Ids::new(events),
            notes: Notes::new(events),
            table: Table::default(),
            fields: options.inline.then(Fields::default),
            in_heading: false,
            links: 0,
            words: String::with_capacity(source.len()),
        }
    }

    /// Walks.
    pub fn build(mut self) -> Doc {
        while let Some((event, range)) = self.events.get(self.next) {
            self.next += 1;
            match event {
                Event::Start(tag) if self.fields.is_some() && is_block(tag) => self.field_block(tag, range),
                Event::End(tag) if self.fields.is_some() && is_block_end(tag) => self.field_block_end(tag, range),
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag),
                event => self.leaf(event, range),
            }
        }
        // Text that makes nothing, such as a definition of a link, is still what the author wrote in the field.
        if self.fields.is_some() && self.out.is_empty() && !self.source.trim().is_empty() {
            self.out.text(self.source.trim());
            self.words.push_str(self.source);
        }
        let (written, parts) = self.out.finish();
        let (mut parts, footnotes, lost) = self.notes.number(&written, parts);
        parts.shrink_to_fit();
        Doc::new(written, parts, (footnotes, lost), count_words(&self.words))
    }

    /// An event without content of its own.
    fn leaf(&mut self, event: &Event<'a>, range: &Range<usize>) {
        match event {
            Event::Text(_) | Event::SoftBreak => {
                self.next -= 1;
                let (run, taken) = Run::read(self.source, self.events.get(self.next..).unwrap_or_default());
                self.next += taken.max(1);
                self.run(&run, range.start);
            }
            Event::Code(text) => {
                self.open(range.start);
                self.count(text);
                self.out.html("<code>");
                self.out.text(text);
                self.out.html("</code>");
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                self.open(range.start);
                self.out.raw(html, false, At::new(range.clone()));
            }
            Event::HardBreak => {
                self.words.push('\n');
                self.out.html("<br>\n");
            }
            Event::Rule if self.fields.is_some() => self.field_text(range),
            Event::Rule => self.out.line("<hr>\n"),
            Event::FootnoteReference(label) => match self.notes.find(label) {
                Some(note) if self.links == 0 => self.out.part(Part::FootnoteMark(note, 0)),
                _ => self.out.text(&format!("[^{label}]")),
            },
            Event::TaskListMarker(done) => {
                // A sign, not a form's control: there is nothing to operate, and a control would want a name.
                self.out.html(if *done { "☑ " } else { "☐ " });
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.count(text);
                self.out.text(text);
            }
            Event::Start(_) | Event::End(_) => {}
        }
    }

    /// Text outside code.
    pub(super) fn run(&mut self, run: &Run, start: usize) {
        self.open(start);
        let items = run.items(self.source);
        let mut items = items.into_iter().peekable();
        while let Some(item) = items.next() {
            match item {
                Item::Text(range) => {
                    let text = run.text.get(range.clone()).unwrap_or_default();
                    self.count(text);
                    // A citation stays on the line of what it stands for.
                    let cited = matches!(items.peek(), Some(Item::Citation(..)));
                    let trimmed = text.trim_end();
                    let (kept, end) = match cited && trimmed.len() < text.len() {
                        true => (range.start..range.start + trimmed.len(), "\u{a0}"),
                        false => (range.clone(), ""),
                    };
                    self.linked(run, kept, end);
                }
                Item::Foreign(range, tag) => {
                    let text = run.text.get(range.clone()).unwrap_or_default();
                    self.count(text);
                    let direction = if language::runs_left(&tag) { " dir=\"rtl\"" } else { "" };
                    self.out.html(&format!("<span lang=\"{tag}\"{direction}>"));
                    self.out.text(text);
                    self.out.html("</span>");
                }
                Item::Citation(range, cited) => {
                    let at = run.at(range.clone());
                    // On several lines there may be marks of a quote in between.
                    let typed = self.source.get(at.range()).filter(|typed| !typed.contains(['\n', '\r']));
                    self.words.push(' ');
                    self.out.part(Part::Citation(Box::new(Citation {
                        items: cited,
                        at,
                        source: typed.or(run.text.get(range)).unwrap_or_default().into(),
                        plain: self.in_heading || self.links > 0,
                    })));
                }
            }
        }
    }

    /// A part of a run in which addresses become links, and `end` behind it.
    fn linked(&mut self, run: &Run, range: Range<usize>, end: &str) {
        let mut done = range.start;
        let links = if self.links == 0 { run.links(self.source, range.clone()) } else { Vec::new() };
        for (place, href, shown) in links {
            let before = done..place.start.max(done);
            self.text(run.text.get(before.clone()).unwrap_or_default(), run.at(before));
            let text = Arc::from(shown.as_str());
            self.out.part(Part::LinkStart(Box::new(Link {
                href: href.into(),
                title: "".into(),
                text,
                at: run.at(place.clone()),
            })));
            self.out.text(&shown);
            self.out.part(Part::LinkEnd);
            done = place.end;
        }
        let rest = run.text.get(done..range.end).unwrap_or_default();
        let rest = if end.is_empty() { Cow::Borrowed(rest) } else { format!("{rest}{end}").into() };
        self.text(&rest, run.at(done..range.end));
    }

    fn text(&mut self, text: &str, at: At) {
        let linkable = !self.in_heading && self.links == 0 && text.contains(|c: char| !c.is_whitespace());
        if linkable {
            self.out.linkable(text, at);
        } else {
            self.out.text(text);
        }
    }

    pub(super) fn count(&mut self, text: &str) {
        self.words.push_str(text);
    }

    /// The events from the next one to the one that closes what was just opened; the walk goes on behind them.
    pub(super) fn skip(&mut self) -> &'a [Spanned<'a>] {
        let rest = self.events.get(self.next..).unwrap_or_default();
        let len = closing(rest);
        self.next += len + 1;
        rest.get(..len).unwrap_or_default()
    }

    /// The events of what was just opened; the walk still has to go through them.
    fn peek(&self) -> &'a [Spanned<'a>] {
        let rest = self.events.get(self.next..).unwrap_or_default();
        rest.get(..closing(rest)).unwrap_or_default()
    }

    fn start(&mut self, tag: &Tag<'a>, range: &Range<usize>) {
        if is_block(tag) {
            self.words.push('\n');
        } else {
            self.open(range.start);
        }
        match tag {
            Tag::Paragraph if self.image_alone() => {}
            Tag::Paragraph => self.out.line("<p>"),
            Tag::Heading { level, id, classes, .. } => {
                let text = plain(self.source, self.peek());
                let heading = Heading {
                    level: *level as u8,
                    id: match id {
                        Some(id) => self.ids.written(id),
                        None => self.ids.make(&text),
                    },
                    explicit: id.is_some(),
                    classes: classes.iter().map(|c| c.as_ref().into()).collect(),
                    text: text.into(),
                    at: At::new(range.clone()),
                };
                self.in_heading = true;
                self.out.start_block(Part::HeadingStart(Box::new(heading)));
            }
            Tag::BlockQuote(kind) => self.quote(*kind),
            Tag::CodeBlock(kind) => self.code(kind, range),
            Tag::HtmlBlock => self.html_block(range),
            Tag::List(start) => self.list(*start),
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(label) => {
                self.out.begin_note();
                self.labels.push(label.clone());
            }
            Tag::DefinitionList => self.out.line("<dl>\n"),
            Tag::DefinitionListTitle => self.out.line("<dt>"),
            Tag::DefinitionListDefinition => self.out.line("<dd>"),
            Tag::Table(alignments) => self.table(alignments, range),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => self.table_row(),
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.out.html("<em>"),
            Tag::Strong => self.out.html("<strong>"),
            Tag::Strikethrough => self.out.html("<del>"),
            Tag::Superscript => self.out.html("<sup>"),
            Tag::Subscript => self.out.html("<sub>"),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                self.wikilink(dest_url, *has_pothole, range);
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = if *link_type == LinkType::Email { "mailto:" } else { "" };
                let link = Link {
                    href: if mail.is_empty() { (**dest_url).into() } else { format!("{mail}{dest_url}").into() },
                    title: title.as_ref().into(),
                    text: plain(self.source, self.peek()).into(),
                    at: At::new(range.clone()),
                };
                self.links += 1;
                if self.links == 1 {
                    self.out.part(Part::LinkStart(Box::new(link)));
                }
            }
            Tag::Image { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                let bang = range.start..(range.start + 1).min(range.end);
                self.out.text("!");
                self.wikilink(dest_url, *has_pothole, &(bang.end..range.end));
            }
            Tag::Image { .. } => self.image(tag, range),
            Tag::MetadataBlock(_) => {
                self.skip();
            }
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.html("</p>\n"),
            TagEnd::Heading(level) => {
                self.in_heading = false;
                self.out.end_block(Part::HeadingEnd(*level as u8));
            }
            TagEnd::BlockQuote(kind) => self.quote_end(*kind),
            TagEnd::List(true) => self.out.html("</ol>\n"),
            TagEnd::List(false) => self.out.html("</ul>\n"),
            TagEnd::Item => self.out.html("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some(label) = self.labels.pop() {
                    let note = self.out.end_note();
                    self.notes.define(&label, note);
                }
            }
            TagEnd::DefinitionList => self.out.html("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.html("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.html("</dd>\n"),
            TagEnd::Table => self.table_end(),
            TagEnd::TableHead => self.table_head_end(),
            TagEnd::TableRow => self.out.html("</tr>\n"),
            TagEnd::TableCell => self.table_cell_end(),
            TagEnd::Emphasis => self.out.html("</em>"),
            TagEnd::Strong => self.out.html("</strong>"),
            TagEnd::Strikethrough => self.out.html("</del>"),
            TagEnd::Superscript => self.out.html("</sup>"),
            TagEnd::Subscript => self.out.html("</sub>"),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                if self.links == 0 {
                    self.out.part(Part::LinkEnd);
                }
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// The text of the code block just opened, and its place.
    pub(super) fn code_text(&mut self) -> (String, Option<Range<usize>>) {
        let mut text = String::new();
        let mut place: Option<Range<usize>> = None;
        for (event, range) in self.skip() {
            if let Event::Text(line) | Event::Html(line) = event {
                text.push_str(line);
                place = Some(place.map_or_else(|| range.clone(), |p| p.start..range.end));
            }
        }
        (text, place)
    }

    pub(super) fn language(kind: &CodeBlockKind<'_>) -> String {
        match kind {
            CodeBlockKind::Indented => String::new(),
            CodeBlockKind::Fenced(info) => {
                let word = info.split([' ', '\t', ',']).next().unwrap_or_default();
                if word.starts_with('{') { String::new() } else { word.to_owned() }
            }
        }
    }
}

/// True for what stands on lines of its own.
pub fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_block_end(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
