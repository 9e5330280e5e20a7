//! JSON (RFC 8259), through the `jsonc-parser` crate held to the letter of the format.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{MOST_DEPTH, Parsed};
use crate::base::Diagnostics;
use crate::load::source::Source;
use crate::load::value::{Kind, Number, Table, Value};

/// Reads a JSON document.
pub fn read(source: &Source<'_>, out: &mut Diagnostics) -> Parsed {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    if let Some(at) = too_deep(source.text) {
        out.push(source.fault(at..at + 1, format!("values are nested more than {MOST_DEPTH} deep")));
        return Parsed { value: None, broken: true };
    }
    match parse_to_ast(source.text, &CollectOptions::default(), &strict) {
        Ok(result) => {
            let before = out.len();
            let value = result.value.as_ref().map(|root| value(source, root, out));
            if value.is_none() {
                out.push(source.fault(0..0, "the file is empty").help("write `[]` if it is to hold nothing"));
            }
            Parsed { value, broken: out.len() > before }
        }
        Err(error) => {
            let range = error.range();
            let start = source.boundary(range.start);
            let end = source.boundary(range.end).max(start);
            let fault = source.fault(start..end, lower_first(&error.kind().to_string()));
            out.push(match error.kind() {
                ParseErrorKind::CommentsNotAllowed => fault.help("JSON has no comments; YAML and TOML have"),
                ParseErrorKind::TrailingCommasNotAllowed => fault.help("take the last comma away"),
                ParseErrorKind::ExpectedComma => fault.help("put a `,` between the two"),
                _ => fault,
            });
            Parsed { value: None, broken: true }
        }
    }
}

/// The place where brackets are nested deeper than allowed. Looked for before parsing, which calls itself.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn value(source: &Source<'_>, node: &ast::Value<'_>, out: &mut Diagnostics) -> Value {
    let at = node.range();
    let range = at.start..at.end;
    let kind = match node {
        ast::Value::StringLit(text) => Kind::Str(source.quoted(&text.value, range.clone())),
        ast::Value::NumberLit(number) => {
            Kind::Number(Number { text: source.text_at(number.value, range.clone()), int: number.value.parse().ok() })
        }
        ast::Value::BooleanLit(truth) => Kind::Bool(truth.value),
        ast::Value::NullKeyword(_) => Kind::Null,
        ast::Value::Array(list) => Kind::List(list.elements.iter().map(|e| value(source, e, out)).collect()),
        ast::Value::Object(object) => Kind::Table(table(source, object, out)),
    };
    Value { span: source.span(range), kind }
}

fn table(source: &Source<'_>, object: &ast::Object<'_>, out: &mut Diagnostics) -> Table {
    let mut table = Table::default();
    for property in &object.properties {
        let at = property.name.range();
        let key = source.quoted(property.name.as_str(), at.start..at.end);
        if let Some(first) = table.key(&key) {
            out.push(super::duplicate_key(source, at.start..at.end, first));
            continue;
        }
        table.entries.push((key, value(source, &property.value, out)));
    }
    table
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
