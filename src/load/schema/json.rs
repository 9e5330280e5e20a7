//! JSON Schemas (draft 2020-12) of the files, for editors and other programs.

use serde_json::{Map, Value, json};

use super::settings::SEVERITY_TYPE;
use super::{EXPLAINER, FILES, Field, Record, SECTION, SETTINGS, Type};

/// The names that [`json_schema`] knows.
pub const KINDS: &[&str] = &[
    "changes",
    "comparisons",
    "editions",
    "eras",
    "events",
    "explainer",
    "facts",
    "parties",
    "section",
    "settings",
    "sources",
    "terms",
];

/// The JSON Schema of a kind of file; `None` if there is no such kind.
pub fn json_schema(kind: &str) -> Option<Value> {
    let mut schema = match kind {
        "settings" => record(&SETTINGS),
        "explainer" => record(&EXPLAINER),
        "section" => record(&SECTION),
        stem => {
            let file = FILES.iter().find(|file| file.stem == stem)?;
            let mut properties = Map::new();
            for kind in file.records {
                let list = json!({ "description": kind.doc, "type": "array", "items": record(kind) });
                properties.insert(kind.name.to_owned(), list);
            }
            properties.insert("$schema".to_owned(), json!({ "type": "string" }));
            let mapping = json!({ "type": "object", "properties": properties, "additionalProperties": false });
            let main = file.records.first()?;
            json!({
                "description": main.doc,
                "anyOf": [mapping, { "type": "array", "items": record(main) }],
            })
        }
    };
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("expound: {kind}"),
    });
    if let (Value::Object(mut head), Value::Object(body)) = (head, schema.take()) {
        head.extend(body);
        schema = Value::Object(head);
    }
    Some(schema)
}

fn record(record: &Record) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in record.all_fields() {
        properties.insert(field.name.to_owned(), property(field));
        if field.required {
            required.push(field.name);
        }
    }
    let mut schema = json!({ "type": "object", "description": record.doc, "properties": properties });
    if let Value::Object(schema) = &mut schema {
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        let others = match record.name {
            "check" => of_type(&SEVERITY_TYPE),
            _ => Value::Bool(record.open),
        };
        schema.insert("additionalProperties".to_owned(), others);
    }
    schema
}

fn property(field: &Field) -> Value {
    let mut schema = of_type(&field.ty);
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), Value::String(field.doc.to_owned()));
    }
    schema
}

fn of_type(ty: &Type) -> Value {
    match ty {
        Type::Text | Type::Inline | Type::Block | Type::Ref(_) => json!({ "type": ["string", "number"] }),
        Type::Id => json!({ "type": ["string", "number"], "pattern": ID_PATTERN }),
        Type::Cite | Type::Language => json!({ "type": "string" }),
        Type::Date => json!({ "type": ["string", "integer"] }),
        Type::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Type::Bool => json!({ "type": "boolean" }),
        Type::Count => json!({ "type": "integer", "minimum": 0 }),
        Type::Int => json!({ "type": "integer" }),
        Type::Word(words) => json!({ "enum": words() }),
        Type::Web => json!({ "type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://" }),
        Type::List(item) => json!({ "type": "array", "items": of_type(item) }),
        Type::OneOrMany(item) => json!({ "anyOf": [of_type(item), { "type": "array", "items": of_type(item) }] }),
        Type::Table(inner) => record(inner),
        Type::Short(short, inner) => json!({ "anyOf": [of_type(short), record(inner)] }),
        Type::Kinds(kinds) => {
            let each = kinds.iter().map(|(kind, inner)| {
                let mut schema = record(inner);
                if let Some(slot) = schema.pointer_mut("/properties/kind") {
                    *slot = json!({ "const": kind });
                }
                schema
            });
            json!({ "anyOf": each.collect::<Vec<_>>() })
        }
        Type::Map(item) => json!({ "type": "object", "additionalProperties": of_type(item) }),
    }
}

/// Letters and digits of any script, in lower case where there is one; `-`, `_` and `.` within.
const ID_PATTERN: &str = r"^(?!.*\p{Lu})[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$";
