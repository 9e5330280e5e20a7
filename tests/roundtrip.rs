//! What is handed out can be taken in again: records in any format give the same files, and files of data, read as
//! data files, give themselves.

use std::collections::BTreeMap;

use expound::base::{Bytes, SourcePath};
use expound::bundle::Output;
use expound::load::import;
use expound::load::schema::{FILES, FileKind};
use expound::model::Day;
use expound::world::MemoryWorld;
use expound::{BuildOptions, build};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

type Records = Vec<Map<String, Value>>;

/// The kinds that stand in files of their own, one record a row.
const KINDS: [&str; 7] = ["editions", "parties", "events", "eras", "sources", "facts", "changes"];

/// Words as people type them, with letters that formats give a meaning.
fn words() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Azure",
        "été",
        "契約",
        "e\u{301}",
        "😀",
        "a: b",
        "# c",
        "\"quoted\"",
        "it's",
        "1,000",
        "{x}",
        "[y",
        "- z",
        "\\n",
        "%",
        "& co",
        "50 %",
        "@me",
        "!x",
        "a|b",
        "no",
        "null",
        "true",
        "1e3",
        "~",
        "<b>",
        "*",
        "\t",
        "=1+1",
        "+2",
        "-x",
        "'",
        "`",
        "|",
        ">",
        "?",
        "2024-05-07",
        "\u{a0}",
        "\u{2028}",
    ]);
    prop::collection::vec(piece, 1..4).prop_map(|pieces| format!("w {} w", pieces.join(" ")))
}

fn date() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "2021",
        "2025-05",
        "2019-07-22",
        "2021~",
        "2025-05?",
        "2019/2021",
        "2030/..",
        "-0043",
        "2021-21",
    ])
    .prop_map(str::to_owned)
}

/// A record of a kind, with some of its fields.
fn record(kind: &'static str, id: String) -> impl Strategy<Value = Map<String, Value>> {
    let texts = prop::collection::vec(words(), 8);
    let dates = prop::collection::vec(date(), 3);
    (texts, dates, prop::collection::vec(any::<bool>(), 8), 0..3_usize).prop_map(move |(texts, dates, has, at)| {
        let importance = ["key", "normal", "minor"][at];
        let change = ["correction", "update", "clarification"][at];
        let fields = match kind {
            "editions" => json!({ "label": texts[0], "date": dates[0] }),
            "parties" => json!({ "name": texts[0], "role": texts[1], "url": "https://example.org/?a=1&b=%20" }),
            "events" => json!({ "date": dates[0], "title": texts[0], "body": texts[1], "group": texts[2], "importance": importance }),
            "eras" => json!({ "label": texts[0], "start": "2019-07", "end": "2025?", "group": texts[1] }),
            "sources" => json!({ "title": texts[0], "publisher": texts[1], "authors": [texts[2].replace(';', ""), "A. Person"], "date": dates[0], "url": "https://example.org/", "accessed": dates[1], "kind": texts[3] }),
            "facts" => json!({ "value": texts[0], "label": texts[1], "review_by": "2030" }),
            _ => json!({ "date": "2025-05-06", "kind": change, "note": texts[0] }),
        };
        let Value::Object(mut fields) = fields else { unreachable!() };
        if ["editions", "events", "eras", "facts"].contains(&kind) {
            fields.insert("status".to_owned(), ["confirmed", "reported", "disputed"][at].into());
            fields.insert("as_of".to_owned(), "2025-05~".into());
            fields.insert("note".to_owned(), texts[5].clone().into());
            fields.insert("sources".to_owned(), json!(["sources-0", "sources-1, p. 4"]));
        }
        let needed = ["label", "name", "date", "title", "start", "value", "kind", "note"];
        let keys: Vec<String> = fields.keys().cloned().collect();
        for (key, has) in keys.iter().zip(has.iter().cycle()) {
            if !has && !needed.contains(&&**key) {
                fields.remove(key);
            }
        }
        fields.insert("id".to_owned(), id.clone().into());
        fields
    })
}

fn kind_of(stem: &str) -> &'static FileKind {
    FILES.iter().find(|kind| kind.stem == stem).unwrap()
}

/// Records as a file of one of the formats.
fn written(stem: &str, extension: &str, records: &Records) -> String {
    match extension {
        "json" => serde_json::to_string(records).unwrap(),
        // JSON is YAML, but that says nothing of what people write: lists and keys in lines, texts in quotes.
        "yaml" => records.iter().map(yaml).collect(),
        "toml" => {
            let name = kind_of(stem).records[0].name;
            let file: Map<String, Value> = [(name.to_owned(), json!(records))].into_iter().collect();
            toml::to_string(&file).unwrap()
        }
        _ => {
            let mut columns: Vec<&str> = Vec::new();
            for key in records.iter().flat_map(|record| record.keys()) {
                if !columns.contains(&key.as_str()) {
                    columns.push(key);
                }
            }
            let mut csv = csv::Writer::from_writer(Vec::new());
            csv.write_record(&columns).unwrap();
            for record in records {
                let cell = |column: &&str| match record.get(*column) {
                    Some(Value::Array(items)) => {
                        items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join("; ")
                    }
                    Some(value) => value.as_str().unwrap().to_owned(),
                    None => String::new(),
                };
                csv.write_record(columns.iter().map(cell)).unwrap();
            }
            String::from_utf8(csv.into_inner().unwrap()).unwrap()
        }
    }
}

fn yaml(record: &Map<String, Value>) -> String {
    let mut out = String::new();
    for (at, (key, value)) in record.iter().enumerate() {
        out.push_str(if at == 0 { "- " } else { "  " });
        out.push_str(&format!("{key}:"));
        match value {
            Value::Array(items) => {
                items.iter().for_each(|item| out.push_str(&format!("\n    - {item}")));
                out.push('\n');
            }
            value => out.push_str(&format!(" {value}\n")),
        }
    }
    out
}

/// The files of data of a site whose records are these.
fn exported(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    world.write("expound.toml", "title = \"T\"\n[markdown]\nsmart_punctuation = false\n");
    world.write("content/index.md", "+++\ntitle = \"T\"\n+++\n\nWords.\n");
    for (name, text) in files {
        world.write(&format!("content/{name}"), text.as_str());
    }
    let built = build(&world, &BuildOptions::default());
    let broken: Vec<_> = built.diagnostics.iter().filter(|d| d.severity == expound::Severity::Error).collect();
    assert!(broken.is_empty(), "{broken:?} in {files:#?}");
    let mut data = BTreeMap::new();
    for (path, output) in &built.bundle.files {
        if let (Some(name), Output::Bytes(bytes)) = (path.strip_prefix("data/"), output) {
            data.insert(name.to_owned(), String::from_utf8(bytes.to_vec()).unwrap());
        }
        if let (Some(name), Output::Page(page)) = (path.strip_prefix("data/"), output) {
            data.insert(name.to_owned(), String::from_utf8(page.render().unwrap().to_vec()).unwrap());
        }
    }
    data
}

/// Sheets of records, brought over into TOML.
fn brought_over(records: &BTreeMap<&'static str, Records>) -> BTreeMap<String, String> {
    let one = |(stem, all): (&&'static str, &Records)| {
        let bytes = Bytes::new(written(stem, "csv", all));
        let (imported, findings) = import::import(&SourcePath::new("sheet.csv"), &bytes, stem, &[]);
        let imported = imported.unwrap_or_else(|| panic!("{findings:?}"));
        assert_eq!(imported.counts, [format!("{} {}", all.len(), kind_of(stem).records[0].plural())]);
        (format!("{stem}.toml"), imported.toml)
    };
    records.iter().map(one).collect()
}

/// What a file of data says, as the records of a data file: Markdown for what may carry it, and no field that the program
/// worked out.
fn taken_in(stem: &str, json: &str) -> Records {
    let file: Value = serde_json::from_str(json).unwrap();
    let known = kind_of(stem).records[0];
    let mut records = Records::new();
    for record in file["records"].as_array().unwrap() {
        let mut fields = Map::new();
        for (key, value) in record.as_object().unwrap() {
            let value = record.get(format!("{key}_markdown")).unwrap_or(value);
            if known.field(key).is_some() && !value.is_null() && *value != json!([]) {
                fields.insert(key.clone(), value.clone());
            }
        }
        records.push(fields);
    }
    records
}

fn all_records() -> impl Strategy<Value = BTreeMap<&'static str, Records>> {
    let each: Vec<_> =
        KINDS.iter().map(|kind| (0..2).map(|at| record(kind, format!("{kind}-{at}"))).collect::<Vec<_>>()).collect();
    each.prop_map(|each| KINDS.into_iter().zip(each).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_gives_the_same_and_what_is_given_can_be_taken_in(records in all_records()) {
        let files = |records: &BTreeMap<&'static str, Records>, extension: &str| -> BTreeMap<String, String> {
            records.iter().map(|(stem, all)| (format!("{stem}.{extension}"), written(stem, extension, all))).collect()
        };
        let json = exported(&files(&records, "json"));
        for extension in ["yaml", "toml", "csv"] {
            let other = exported(&files(&records, extension));
            prop_assert_eq!(&json, &other, "{}", extension);
        }
        prop_assert_eq!(&json, &exported(&brought_over(&records)), "imported");
        let again: BTreeMap<&'static str, Records> =
            KINDS.into_iter().map(|stem| (stem, taken_in(stem, &json[&format!("{stem}.json")]))).collect();
        for extension in ["json", "yaml", "toml", "csv"] {
            let other = exported(&files(&again, extension));
            for (name, text) in &json {
                prop_assert_eq!(text, &other[name], "{} from {}", name, extension);
            }
        }
    }
}
