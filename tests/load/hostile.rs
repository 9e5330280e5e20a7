//! No bytes make the reader panic, hang or use up the machine; and every place it reports lies within its file.

use std::time::{Duration, Instant};

use expound::load::LoadOptions;
use proptest::prelude::*;

use super::{INDEX, bytes, faults};

const FILES: [&str; 10] = [
    "content/index.md",
    "content/10-a.md",
    "content/terms.toml",
    "content/events.yaml",
    "content/facts.json",
    "content/events.csv",
    "content/compare-x.csv",
    "content/sources.bib",
    "content/sources.yaml",
    "expound.toml",
];

/// Texts that look enough like one of the formats to get past its first letters.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "[[term]]\n",
        "name = ",
        "\"",
        "'''",
        "\"\"\"",
        "\n",
        "\r\n",
        "+++\n",
        "---\n",
        "- ",
        ": ",
        "  ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        ",",
        ";",
        "&a ",
        "*a",
        "!!str ",
        "|\n",
        ">-\n",
        "? ",
        "# ",
        "é",
        "\u{FEFF}",
        "\u{2028}",
        "😀",
        "null",
        "1e999",
        "-0x1",
        "2024-02-30",
        "@book{a,\n",
        "title = {",
        "author = {",
        "date = {",
        "\\\"u",
        "\\",
        "$",
        "@string{",
        "```{compare}\n",
        "```\n",
        "id",
        "title",
        "date",
        "Year,Headline,Text\n",
        "term:\n",
        "event",
        "<a href=",
        "<b>",
        "&amp;",
        "type: article\n",
        "key:\n",
        "\0",
        "%TAG",
        "~",
        "=",
        "(",
        ")",
    ]);
    let known = prop::collection::vec(words, 0..40).prop_map(|words| words.concat().into_bytes());
    prop_oneof![6 => known, 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_reported(file in prop::sample::select(FILES.to_vec()), data in pieces()) {
        let index = INDEX.1.as_bytes();
        let mut files: Vec<(&str, &[u8])> = vec![(INDEX.0, index)];
        files.push((file, &data));
        // `bytes` looks every place up in its file.
        bytes(&files, &LoadOptions { drafts: true, ..LoadOptions::default() });
    }
}

#[test]
fn deep_nesting_is_a_finding() {
    for (name, text) in [
        ("facts.json", "[".repeat(200_000)),
        ("facts.json", "{\"a\":".repeat(200_000)),
        ("facts.yaml", "[".repeat(200_000)),
        ("facts.yaml", "- ".repeat(20_000)),
        ("facts.yaml", "? ".repeat(20_000)),
        ("facts.yaml", (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("facts.toml", format!("a = {}", "[".repeat(200_000))),
        ("facts.toml", format!("a = {}", "{a=".repeat(20_000))),
        ("facts.toml", format!("[{}a]", "a.".repeat(20_000))),
        ("sources.bib", format!("@book{{a, title = {}", "{".repeat(100_000))),
    ] {
        let start = Instant::now();
        let found = faults(name, &text);
        assert!(!found.is_empty(), "{name}");
        assert!(found.len() < 30, "{name}: {} findings", found.len());
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn aliases_of_aliases_do_not_multiply() {
    let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        yaml.push_str(&format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")));
    }
    let found = faults("facts.yaml", &yaml);
    assert!(found.iter().any(|f| f.contains("repeat more than")), "{found:?}");
}

#[test]
fn a_large_file_reads_in_good_time() {
    let toml: String =
        (0..5_000).map(|n| format!("[[fact]]\nid = \"f{n}\"\nvalue = \"{n}\"\nsources = [\"a\"]\n\n")).collect();
    let csv: String =
        std::iter::once("id,value,sources\n".to_owned()).chain((0..5_000).map(|n| format!("f{n},{n},a;b\n"))).collect();
    let yaml: String = (0..5_000).map(|n| format!("- id: f{n}\n  value: é{n}\n  sources: [a]\n")).collect();
    for (name, text) in [("facts.toml", toml), ("facts.csv", csv), ("facts.yaml", yaml)] {
        let start = Instant::now();
        assert_eq!(faults(name, &text), [""; 0]);
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}
