//! Files of text: `index.md` and the sections. A pure function of the file's name and bytes, so an unchanged file is
//! not read again.

use std::sync::Arc;

use super::blocks::{self, Surroundings};
use super::decode::fields::Fields;
use super::decode::records::picture;
use super::front;
use super::markdown::{self, ParseOptions, Quotes, Smart};
use super::schema::{EXPLAINER, Record, SECTION};
use super::source::{self, Source};
use super::validate;
use super::value::{Table, Value};
use crate::base::{Bytes, Diagnostic, Diagnostics, SharedText, SourcePath, Span, Text, rules, text};
use crate::model::doc::{Doc, Part};
use crate::model::*;

/// How texts are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextOptions {
    /// Whether quotes and dashes become typographic.
    pub smart: bool,
    /// The language, if the text itself does not say.
    pub language: Arc<str>,
    /// The names of the site's own components.
    pub components: Vec<Arc<str>>,
    /// The language in the names of the files, for texts that are translations.
    pub translation: Option<Arc<str>>,
    /// Whether what is read is remembered.
    pub remember: bool,
    /// The languages, in lower case, for which the site itself has all texts of the interface.
    pub spoken: Vec<Arc<str>>,
}

impl TextOptions {
    /// True if the site itself has all texts of the interface for a tag in lower case.
    pub fn speaks(&self, tag: &str) -> bool {
        self.spoken.iter().any(|spoken| **spoken == *tag)
    }

    /// How punctuation is set in a language.
    pub fn smart(&self, language: &str) -> Smart {
        self.smart.then(|| Quotes::of(language))
    }
}

/// A text, read.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// Front matter, if this is an `index.md`.
    pub meta: Option<ExplainerMeta>,
    /// The text.
    pub section: Arc<Section>,
}

/// Reads a text; `None` if it isn't one (its encoding is in error). What is read is remembered if `_remember`.
#[comemo::memoize(enabled = _remember)]
pub fn read(
    file: &SourcePath,
    bytes: &Bytes,
    options: &TextOptions,
    _remember: bool,
) -> Arc<(Option<TextFile>, Diagnostics)> {
    let mut out = Diagnostics::new();
    let text = source::decode(file, bytes, &mut out)
        .map(|(text, offset)| text_file(&Source::new(file, text, offset), bytes, options, &mut out));
    Arc::new((text, out))
}

fn text_file(source: &Source<'_>, bytes: &Bytes, options: &TextOptions, out: &mut Diagnostics) -> TextFile {
    let file = source.file;
    // Everything that is made from the name is made from the name without the language.
    let named = options.translation.as_deref().and_then(|tag| language::original(file, tag));
    let named = named.as_ref().unwrap_or(file);
    let index = named.name() == "index.md";
    let front = front::split(source, out);
    let empty = Value { span: source.span(0..0), kind: super::value::Kind::Table(Table::default()) };
    let (mut value, broken) = match front.matter {
        Some(parsed) => (parsed.value.unwrap_or_else(|| empty.clone()), parsed.broken),
        None => (empty.clone(), false),
    };
    if matches!(value.kind, super::value::Kind::Null) {
        value = empty.clone();
    }
    value.span = Span::file(file);
    let kind: &Record = if index { &EXPLAINER } else { &SECTION };
    validate::record(&mut value, kind, broken, out);
    let own = value.table().and_then(|table| table.get("language")).and_then(Value::text);
    let language = own.map_or(&*options.language, |language| &*language.text);
    let smart = options.smart(language);
    let fields = match Fields::of(&value, smart) {
        Some(fields) => fields,
        None => match Fields::of(&empty, smart) {
            Some(fields) => fields,
            // An empty table always has fields; said for the compiler.
            None => return TextFile { meta: None, section: Arc::new(blank(file)) },
        },
    };

    let offset = source.span(0..0).start as usize + front.offset;
    let mut doc = markdown::parse(front.body, ParseOptions { inline: false, smart });
    let around = Surroundings { file, text: front.body, offset, components: &options.components, smart, language };
    let blocks = doc
        .notable_parts()
        .filter_map(|part| if let Part::Block(block) = part { Some(block) } else { None })
        .map(|block| blocks::decode(block, &around, out))
        .collect();
    let written = fields.text("title");
    let heading = take_heading(&mut doc, written.as_ref(), &around);
    let title = written.or(heading).unwrap_or_else(|| title_from_name(named));

    let meta = index.then(|| meta(fields, title.clone()));
    if let Some(language) = fields.text("language") {
        validate::translated(&language, |tag| options.speaks(tag), out);
    }
    let (number, name) = text::numbered(named.stem());
    let slug = fields.reference("slug");
    let span = slug.as_ref().map_or_else(|| Span::file(file), |slug| slug.span.clone());
    let slug = match slug {
        _ if index => "".into(),
        Some(slug) => slug.text,
        None => text::slug(name).into(),
    };
    if slug.is_empty() && !index {
        out.push(
            Diagnostic::error(
                rules::BAD_VALUE,
                Span::file(file),
                "the name of the file gives no address: it has no letters or digits",
            )
            .help("write a `slug` in the front matter, or rename the file"),
        );
    }
    let section = Section {
        file: file.clone(),
        slug,
        span,
        title: if index { Text { text: "".into(), span: Span::file(file), verbatim: false } } else { title },
        short_title: fields.text("short_title").filter(|_| !index),
        standfirst: fields.inline("standfirst").filter(|_| !index),
        updated: fields.date("updated"),
        draft: fields.flag("draft").unwrap_or(false),
        order: fields.int("order").or(number),
        body: Arc::new(doc),
        translates: fields.text("translates"),
        language: None,
        source: SharedText::new(bytes, offset..offset + front.body.len()),
        offset: u32::try_from(offset).unwrap_or(u32::MAX),
        blocks,
    };
    TextFile { meta, section: Arc::new(section) }
}

fn meta(f: Fields<'_>, title: Text) -> ExplainerMeta {
    ExplainerMeta {
        title,
        standfirst: f.inline("standfirst"),
        description: f.text("description"),
        authors: f
            .list("authors")
            .iter()
            .filter_map(|value| match f.inner(value) {
                Some(author) => Some(Author {
                    name: author.text("name")?,
                    url: author.text("url"),
                    kind: author.word("kind", &Agent::ALL),
                }),
                None => value.text().map(|name| Author { name: super::value::trimmed(name), url: None, kind: None }),
            })
            .collect(),
        published: f.date("published"),
        updated: f.date("updated"),
        kind: f.text("kind"),
        layout: f.word("layout", &[("scroll", Layout::Scroll), ("cards", Layout::Cards)]).unwrap_or_default(),
        draft: f.flag("draft").unwrap_or(false),
        language: f.text("language").map(|language| language.text),
        slug: f.reference("slug"),
        order: f.int("order"),
        tags: f.texts("tags"),
        image: picture(f),
        key_facts: f.references("key_facts"),
        aliases: f.texts("aliases"),
    }
}

/// The first heading, if it is of the first level and is the title: then the page writes it, and the text doesn't.
/// With a title `written` already, only a heading that repeats it at the top of the text is taken.
fn take_heading(doc: &mut Doc, written: Option<&Text>, around: &Surroundings<'_>) -> Option<Text> {
    let start = doc.parts.iter().position(|part| matches!(part, Part::HeadingStart(_)))?;
    let Some(Part::HeadingStart(heading)) = doc.parts.get(start) else { return None };
    let repeats = |title: &Text| start == 0 && *heading.text == *title.text;
    if heading.level != 1 || heading.text.is_empty() || written.is_some_and(|title| !repeats(title)) {
        return None;
    }
    let range = heading.at.range();
    let inner = around.text.get(range.clone()).and_then(|raw| raw.find(&*heading.text));
    let (at, verbatim) = match inner {
        Some(inner) => (range.start + inner..range.start + inner + heading.text.len(), true),
        None => (range, false),
    };
    let span = Span::new(around.file, around.offset + at.start..around.offset + at.end);
    let title = Text { text: heading.text.clone(), span, verbatim };
    let len = doc.parts.iter().skip(start).position(|part| matches!(part, Part::HeadingEnd(_)))?;
    doc.take(start..start + len + 1);
    Some(title)
}

/// `what-changed` → "What changed".
fn title_from_name(file: &SourcePath) -> Text {
    let (_, name) = text::numbered(file.stem());
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    let title: String = chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
    Text { text: title.into(), span: Span::file(file), verbatim: false }
}

fn blank(file: &SourcePath) -> Section {
    Section {
        file: file.clone(),
        slug: text::slug(file.stem()).into(),
        span: Span::file(file),
        title: title_from_name(file),
        short_title: None,
        standfirst: None,
        updated: None,
        draft: false,
        order: None,
        body: Arc::new(Doc::default()),
        translates: None,
        language: None,
        source: SharedText::default(),
        offset: 0,
        blocks: Vec::new(),
    }
}
