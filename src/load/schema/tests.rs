use super::*;
use crate::base::SourcePath;
use crate::load::source::Source;
use crate::load::value::Kind;
use crate::load::{format, validate};

fn records() -> Vec<&'static Record> {
    fn add(record: &'static Record, all: &mut Vec<&'static Record>) {
        if all.iter().any(|r| std::ptr::eq(*r, record)) {
            return;
        }
        all.push(record);
        for field in record.all_fields() {
            below(&field.ty, all);
        }
    }
    fn below(ty: &Type, all: &mut Vec<&'static Record>) {
        match ty {
            Type::Table(record) => add(record, all),
            Type::Short(short, record) => {
                below(short, all);
                add(record, all);
            }
            Type::Kinds(kinds) => kinds.iter().for_each(|(_, record)| add(record, all)),
            Type::List(item) | Type::OneOrMany(item) | Type::Map(item) => below(item, all),
            _ => {}
        }
    }
    let mut all = Vec::new();
    let top = FILES.iter().flat_map(|f| f.records.iter().copied()).chain(BLOCKS.iter().copied());
    for record in top.chain([&SETTINGS, &EXPLAINER, &SECTION, &STATE_ROW, &EFFECT_ROW]) {
        add(record, &mut all);
    }
    all
}

#[test]
fn the_built_in_blocks_are_those_of_the_model() {
    let names: Vec<&str> = BLOCKS.iter().map(|record| record.name).collect();
    assert_eq!(names, crate::model::Block::NAMES);
}

#[test]
fn every_example_is_a_sound_value_of_its_field() {
    let file = SourcePath::new("example.toml");
    for record in records() {
        for field in record.all_fields() {
            let text = format!("{} = {}\n", field.name, field.example);
            let mut out = Vec::new();
            let parsed = format::toml::read(&Source::new(&file, &text, 0), &mut out);
            let value = parsed.value.unwrap();
            let Kind::Table(table) = &value.kind else { panic!() };
            validate::value(table.get(field.name).unwrap(), &field.ty, field.name, &mut out);
            assert!(out.is_empty(), "{}.{}: {out:?}", record.name, field.name);
        }
    }
}

#[test]
fn names_of_fields_are_unique_and_docs_are_sentences() {
    for record in records() {
        let names: Vec<&str> = record.all_fields().map(|f| f.name).collect();
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len(), "{}", record.name);
        for field in record.all_fields() {
            assert!(field.doc.ends_with(['.', '…']), "{}.{}", record.name, field.name);
        }
    }
}

#[test]
fn every_kind_has_a_schema() {
    for kind in KINDS {
        let schema = json_schema(kind).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind}");
    }
    assert_eq!(json_schema("term"), None);
    let terms = json_schema("terms").unwrap();
    let term = &terms["anyOf"][0]["properties"]["term"]["items"];
    assert_eq!(term["required"], serde_json::json!(["name"]));
    assert_eq!(term["additionalProperties"], false);
    assert_eq!(term["properties"]["state"]["items"]["properties"]["status"]["enum"][0], "confirmed");
}
