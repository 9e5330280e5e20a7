//! YAML 1.2 with the core schema, through the `saphyr-parser` crate. Its markers count characters; places here are
//! bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Mark, Tag};

use super::{MOST_DEPTH, Parsed, duplicate_key};
use crate::base::{Diagnostics, Text};
use crate::load::source::{Source, report};
use crate::load::value::{Kind, Number, Table, Value};

/// Aliases may copy so many values in one file. A few lines of aliases of aliases could otherwise ask for billions.
const MOST_COPIES: usize = 20_000;

/// Reads a YAML document.
pub fn read(source: &Source<'_>, out: &mut Diagnostics) -> Parsed {
    if let Some(at) = source.text.find('\0') {
        out.push(source.fault(at..at + 1, "a character of the code 0 may not stand in YAML").help("delete it"));
        return Parsed { value: None, broken: true };
    }
    let mut builder = Builder::new(source);
    let mut parser = Parser::new_from_str(source.text);
    let mut broken = false;
    while let Some(event) = parser.next_event() {
        let more = match event {
            Ok((event, mark)) => builder.event(event, mark),
            Err(error) => {
                let at = builder.byte(error.marker().index());
                builder.faults.push(source.fault(at..source.boundary(at + 1), explain(error.info())));
                false
            }
        };
        if !more {
            broken = true;
            break;
        }
    }
    broken |= !builder.faults.is_empty();
    let value = builder.finish();
    report(std::mem::take(&mut builder.faults), out);
    Parsed { value, broken }
}

/// The parser's words in the author's, where the fault is a common one.
fn explain(info: &str) -> String {
    let plain = match info {
        "mapping values are not allowed in this context" => {
            "a `: ` is not allowed here; a text with `: ` in it has to stand in quotes"
        }
        "while parsing a block mapping, did not find expected key" | "invalid indentation" => {
            "this line does not begin where the keys above it begin, or something before it is not closed"
        }
        "while parsing a block collection, did not find expected '-' indicator" => {
            "this line does not begin where the `- ` above it begin"
        }
        "simple key expect ':'" | "simple key expected" => "a `:` is missing after the key",
        "while parsing a flow sequence, expected ',' or ']'" => "a `,` or the closing `]` is missing here",
        "while parsing a flow mapping, did not find expected ',' or '}'" => "a `,` or the closing `}` is missing here",
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator" => {
            "the quotation mark that opens here is never closed"
        }
        "while parsing a quoted scalar, found unknown escape character" => {
            "after `\\` in double quotes, YAML knows certain letters only; write `\\\\`, or use single quotes"
        }
        "invalid trailing content after double-quoted scalar" => {
            "something follows the closing quotation mark; within double quotes, write `\\\"` for a quotation mark"
        }
        "while parsing node, found unknown anchor" => {
            "no `&name` before this names what the `*` asks for; a text with `*` at its start has to stand in quotes"
        }
        "misplaced bracket" => "this bracket closes nothing",
        "while scanning a plain scalar, found a tab" => "YAML is indented with spaces, not with tabs",
        other if other.contains("tabs disallowed") => "YAML is indented with spaces, not with tabs",
        other if other.starts_with("unexpected character") => {
            "a value can't start with this letter; put the value in quotes"
        }
        other => other,
    };
    plain.to_owned()
}

/// An open list or table.
struct Open {
    anchor: usize,
    range: Range<usize>,
    body: Body,
}

enum Body {
    List(Vec<Value>),
    /// The table and the key that waits for its value; `Some(None)` if that key is in error and its value is dropped.
    Table(Table, Option<Option<Text>>),
}

struct Builder<'s, 'a> {
    source: &'s Source<'a>,
    /// Byte of every character; empty if all are one byte long.
    bytes: Vec<usize>,
    open: Vec<Open>,
    root: Option<Value>,
    anchors: BTreeMap<usize, Value>,
    copies: usize,
    faults: Diagnostics,
    documents: usize,
}

impl<'s, 'a> Builder<'s, 'a> {
    fn new(source: &'s Source<'a>) -> Self {
        let bytes =
            if source.text.is_ascii() { Vec::new() } else { source.text.char_indices().map(|(at, _)| at).collect() };
        Self {
            source,
            bytes,
            open: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            copies: 0,
            faults: Diagnostics::new(),
            documents: 0,
        }
    }

    fn byte(&self, character: usize) -> usize {
        let len = self.source.text.len();
        if self.bytes.is_empty() { character.min(len) } else { self.bytes.get(character).copied().unwrap_or(len) }
    }

    fn range(&self, mark: Mark) -> Range<usize> {
        let start = self.byte(mark.start.index());
        start..self.byte(mark.end.index()).max(start)
    }

    /// Takes an event; false if reading must stop here.
    fn event(&mut self, event: Event<'_>, mark: Mark) -> bool {
        let range = self.range(mark);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let fault = self.source.fault(range, "a second document starts here; a file may hold one");
                    self.faults.push(fault.help("take the line `---` away, or move what follows to another file"));
                    return false;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(&text, style, tag.as_deref(), range);
                self.close(value, anchor);
            }
            Event::SequenceStart(anchor, tag) => return self.start(anchor, tag, range, Body::List(Vec::new())),
            Event::MappingStart(anchor, tag) => {
                return self.start(anchor, tag, range, Body::Table(Table::default(), None));
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Alias(anchor) => return self.alias(anchor, range),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    fn start(&mut self, anchor: usize, tag: Option<Cow<'_, Tag>>, range: Range<usize>, body: Body) -> bool {
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && matches!(&*tag.suffix, "seq" | "map"))) {
            self.faults.push(self.source.fault(range.clone(), format!("the tag `{tag}` has no meaning here")));
        }
        if self.open.len() >= MOST_DEPTH {
            let fault = self.source.fault(range, format!("values are nested more than {MOST_DEPTH} deep"));
            self.faults.push(fault);
            return false;
        }
        self.open.push(Open { anchor, range, body });
        true
    }

    /// Closes the innermost list or table. `mark` is where the parser saw it end: right after the closing bracket, or
    /// for one without brackets somewhere after its last value.
    fn end(&mut self, mark: usize) {
        let Some(open) = self.open.pop() else { return };
        let (kind, end) = match open.body {
            Body::List(list) => {
                let end = list.last().map(|v| v.span.end);
                (Kind::List(list), end)
            }
            Body::Table(table, _) => {
                let end = table.entries.last().map(|(_, v)| v.span.end);
                (Kind::Table(table), end)
            }
        };
        let bracket = self.source.text.get(..mark).is_some_and(|text| text.ends_with([']', '}']));
        let flow = self.source.text.get(open.range.clone()).is_some_and(|text| text.starts_with(['[', '{']));
        let last = if flow && bracket { mark } else { open.range.end };
        let mut span = self.source.span(open.range.start..last.max(open.range.end));
        span.end = span.end.max(end.unwrap_or(0));
        self.close(Value { span, kind }, open.anchor);
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> bool {
        let Some(value) = self.anchors.get(&anchor).cloned() else {
            self.faults.push(self.source.fault(range.clone(), "this alias stands within what it names"));
            let span = self.source.span(range);
            self.close(Value { span, kind: Kind::Null }, 0);
            return true;
        };
        self.copies += count(&value);
        if self.copies > MOST_COPIES {
            let fault = self.source.fault(range, format!("aliases (`*name`) repeat more than {MOST_COPIES} values"));
            self.faults.push(fault.help("write the values out, or name fewer of them"));
            return false;
        }
        self.close(value, 0);
        true
    }

    /// Puts a finished value where it belongs.
    fn close(&mut self, value: Value, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return;
        };
        match &mut open.body {
            Body::List(list) => list.push(value),
            Body::Table(table, waiting) => match waiting.take() {
                Some(Some(key)) => table.entries.push((key, value)),
                Some(None) => {}
                None => {
                    let range = value.span.range();
                    let key = key_text(&value);
                    let local = self.local(range);
                    let Some(Open { body: Body::Table(table, waiting), .. }) = self.open.last_mut() else { return };
                    *waiting = Some(match key {
                        Some(key) => match table.key(&key) {
                            Some(first) => {
                                self.faults.push(duplicate_key(self.source, local, first));
                                None
                            }
                            None => Some(key),
                        },
                        None => {
                            self.faults.push(self.source.fault(local, "a key has to be a text"));
                            None
                        }
                    });
                }
            },
        }
    }

    /// A range of the file as a range of the text.
    fn local(&self, range: Range<usize>) -> Range<usize> {
        let base = self.source.span(0..0).start as usize;
        range.start.saturating_sub(base)..range.end.saturating_sub(base)
    }

    /// Closes what is still open after a fault, and gives back the whole.
    fn finish(&mut self) -> Option<Value> {
        while !self.open.is_empty() {
            self.end(0);
        }
        self.root.take()
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, range: Range<usize>) -> Value {
        let span = self.source.span(range.clone());
        let written = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.source.quoted(text, range.clone()),
            _ => self.source.text_at(text, range.clone()),
        };
        let core = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| &*tag.suffix);
        let kind = match (tag, core) {
            (None, _) if style == ScalarStyle::Plain => resolve(written),
            (None, _) | (_, Some("str")) => Kind::Str(written),
            (_, Some("int" | "float" | "bool" | "null")) => resolve(written),
            (Some(tag), _) => {
                self.faults.push(self.source.fault(range, format!("the tag `{tag}` has no meaning here")));
                Kind::Str(written)
            }
        };
        Value { span, kind }
    }
}

/// The number of values in a value, itself included.
fn count(value: &Value) -> usize {
    match &value.kind {
        Kind::List(list) => 1 + list.iter().map(count).sum::<usize>(),
        Kind::Table(table) => 1 + table.entries.iter().map(|(_, v)| 1 + count(v)).sum::<usize>(),
        _ => 1,
    }
}

fn key_text(value: &Value) -> Option<Text> {
    match &value.kind {
        Kind::Bool(truth) => Some(Text { text: truth.to_string().into(), span: value.span.clone(), verbatim: false }),
        _ => value.text().cloned(),
    }
}

/// What a plain scalar is by the core schema.
fn resolve(text: Text) -> Kind {
    match &*text.text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        plain => match number(plain) {
            Some(int) => Kind::Number(Number { text, int }),
            None => Kind::Str(text),
        },
    }
}

/// `None` if it is no number; else its value if it is a whole one.
fn number(text: &str) -> Option<Option<i64>> {
    let digits = |t: &str, radix: u32| !t.is_empty() && t.chars().all(|c| c.is_digit(radix));
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8).then(|| i64::from_str_radix(octal, 8).ok());
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return digits(hex, 16).then(|| i64::from_str_radix(hex, 16).ok());
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits(unsigned, 10) {
        return Some(text.parse().ok());
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(None);
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let sound = (digits(whole, 10) || (whole.is_empty() && digits(fraction, 10)))
        && (fraction.is_empty() || digits(fraction, 10))
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e), 10));
    sound.then_some(None)
}
