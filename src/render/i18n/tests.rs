use super::*;
use crate::model::Date;

fn text(language: &str, date: &str) -> String {
    Catalogue::new(language, &Default::default()).date(&Date::parse(date).unwrap_or_else(|e| panic!("{date}: {e}")))
}

#[test]
fn the_languages_are_those_that_the_settings_know() {
    let languages: Vec<&str> = Catalogue::languages().collect();
    assert_eq!(languages, crate::model::language::TRANSLATED);
}

#[test]
fn dates_keep_their_precision() {
    for (date, expected) in [
        ("2019-07-22", "22 July 2019"),
        ("2025-05", "May 2025"),
        ("2021", "2021"),
        ("2021~", "about 2021"),
        ("2025-05?", "May 2025 (uncertain)"),
        ("2025-05%", "about May 2025 (uncertain)"),
        ("2019-07-22/2025-01-21", "22 July 2019 – 21 January 2025"),
        ("2030/..", "from 2030 on"),
        ("../2030", "until 2030"),
        ("2030/", "from 2030, end not known"),
        ("/2030~", "until about 2030, start not known"),
        ("2021-22", "summer 2021"),
        ("201X", "the 2010s"),
        ("20XX", "2000–2099"),
        ("-0043", "44 BC"),
        ("0476", "476 AD"),
        ("-004X", "50 BC–41 BC"),
        ("Y12000", "12,000"),
    ] {
        assert_eq!(text("en-GB", date), expected, "{date}");
    }
}

#[test]
fn dates_follow_the_language() {
    for (language, expected) in [
        ("en", "July 22, 2019"),
        ("de", "22. Juli 2019"),
        ("fr", "22 juillet 2019"),
        ("es", "22 de julio de 2019"),
        ("ja", "2019年7月22日"),
        ("ru", "22 июля 2019\u{202f}г."),
        ("de-AT", "22. Juli 2019"),
        ("not a tag", "July 22, 2019"),
    ] {
        assert_eq!(text(language, "2019-07-22"), expected, "{language}");
    }
    assert_eq!(text("ru", "2019-07"), "июль 2019\u{202f}г.");
    assert_eq!(text("ja", "2019"), "2019年");
}

#[test]
fn far_years_are_numbers() {
    for year in [i32::MIN, -2_000_000, 2_000_000, i32::MAX] {
        let text = Catalogue::new("en", &Default::default()).year(year);
        assert!(!text.is_empty(), "{year}");
    }
    assert!(!text("en", "Y2147483647/Y-2147483648").is_empty());
}

#[test]
fn numbers_and_lists() {
    let english = Catalogue::new("en", &Default::default());
    assert_eq!(english.number(1_234_567.5), "1,234,567.5");
    assert_eq!(Catalogue::new("de", &Default::default()).number(1_234_567.0), "1.234.567");
    assert_eq!(english.number(f64::NAN), "NaN");
    let items = ["a", "b", "c"].map(str::to_owned);
    assert_eq!(english.list(&items), "a, b, and c");
    assert_eq!(Catalogue::new("en-GB", &Default::default()).list(&items), "a, b and c");
    assert_eq!(english.list(&[]), "");
}

#[test]
fn plurals_and_digits() {
    let time = |language: &str, n: f64| {
        Catalogue::new(language, &Default::default()).t("reading-time", &[("count", Arg::Number(n))])
    };
    assert_eq!(time("en", 1.0), "1 minute to read");
    assert_eq!(time("en", 1234.0), "1,234 minutes to read");
    assert_eq!(time("de", 1234.0), "1.234 Minuten Lesezeit");
    // No Swedish texts: English words, English plurals and digits.
    assert_eq!(time("sv", 1234.0), "1,234 minutes to read");
}

#[test]
fn what_is_missing_shows_its_key() {
    let english = Catalogue::new("en", &Default::default());
    assert_eq!(english.t("no-such-key", &[]), "no-such-key");
    assert_eq!(english.t("no such key!", &[]), "no such key!");
    assert!(!english.has("no-such-key") && english.has("timeline"));
}

#[test]
fn directions() {
    for (language, direction) in [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("uz-Arab", "rtl"), ("ja", "ltr")] {
        assert_eq!(Catalogue::new(language, &Default::default()).direction(), direction, "{language}");
    }
}

#[test]
fn arguments_are_not_read_as_messages() {
    let english = Catalogue::new("en", &Default::default());
    assert_eq!(english.t("by", &[("authors", Arg::Text("{ $x } { timeline }"))]), "By { $x } { timeline }");
}

/// The files of the repository below `dir` that end in one of `endings`, with their text.
#[allow(clippy::disallowed_methods, reason = "a test reads its own sources")]
fn files(dir: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let mut out = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!out.is_empty(), "{dir}");
    out
}

/// The keys that templates and code ask for by name, each with a file that does.
fn keys_in_use() -> std::collections::BTreeMap<String, String> {
    let mut keys = std::collections::BTreeMap::new();
    let mut all = files("templates", &[".html"]);
    all.extend(files("src/render", &[".rs"]).into_iter().filter(|(name, _)| !name.ends_with("tests.rs")));
    for (name, text) in all {
        // A call may run over several lines.
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for call in ["t(key=\"", ".t(\"", "message(\"", ".around(\""] {
            for rest in text.split(call).skip(1) {
                let key: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                if rest.get(key.len()..).is_some_and(|after| after.starts_with('"')) && !key.is_empty() {
                    keys.insert(key, name.clone());
                }
            }
        }
    }
    keys
}

/// The keys that are made of a prefix and the name of a status, a direction and so on.
fn keys_made() -> Vec<String> {
    use crate::model::{ChangeKind, Direction, Status};
    let names = |prefix: &str, names: &[&str]| names.iter().map(|n| format!("{prefix}-{n}")).collect::<Vec<_>>();
    [
        names("status", &Status::ALL.map(|(name, _)| name)),
        names("direction", &Direction::ALL.map(|(name, _)| name)),
        names("tally", &Direction::ALL.map(|(name, _)| name)),
        names("mark", &["changed", "restated", "new", "same"]),
        names("mark", &["changed-since", "restated-since", "new-since", "same-since"]),
        names("change", &ChangeKind::ALL.map(|(name, _)| name)),
        names("alert", &["note", "tip", "important", "warning", "caution"]),
        names("date", &["spring", "summer", "autumn", "winter"]),
        names("chart-kind", &crate::model::chart::ChartKind::ALL.map(|(name, _)| name)),
        names("about", &["terms", "timeline", "sources", "changes"]),
    ]
    .concat()
}

#[test]
fn every_key_in_use_exists() {
    let english = Catalogue::new("en", &Default::default());
    let used = keys_in_use();
    assert!(used.len() > 20, "{used:?}");
    let missing: Vec<_> = used.iter().filter(|(key, _)| !english.has(key)).collect();
    assert!(missing.is_empty(), "not in en.ftl: {missing:#?}");
    let missing: Vec<_> = keys_made().into_iter().filter(|key| !english.has(key)).collect();
    assert!(missing.is_empty(), "not in en.ftl: {missing:#?}");
}

/// The texts of a translation: each key with the variables that it uses, in order.
fn texts_of((code, text): &(&'static str, &'static str)) -> std::collections::BTreeMap<String, Vec<String>> {
    use fluent_syntax::ast::Entry;
    let parsed = fluent_syntax::parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut texts = std::collections::BTreeMap::new();
    for entry in parsed.body {
        match entry {
            Entry::Message(message) => {
                let shown = format!("{message:?}");
                let mut variables: Vec<String> = shown
                    .split("VariableReference { id: Identifier { name: \"")
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next().map(str::to_owned))
                    .collect();
                variables.sort();
                variables.dedup();
                let first = texts.insert(message.id.name.to_owned(), variables).is_none();
                assert!(first, "{}: `{}` is there twice", code, message.id.name);
            }
            Entry::Junk { content } => panic!("{}: {content}", code),
            _ => {}
        }
    }
    texts
}

#[test]
fn translations_are_complete() {
    let english = BUILT_IN.iter().find(|(code, _)| *code == "en").map(texts_of).unwrap();
    for translation in &BUILT_IN {
        let (code, _) = translation;
        let texts = texts_of(translation);
        let missing: Vec<_> = english.keys().filter(|key| !texts.contains_key(*key)).collect();
        let unknown: Vec<_> = texts.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{}.ftl: add {missing:?}, remove {unknown:?}", code);
        for (key, variables) in &texts {
            // A language may say "one" without the number, but knows no variable that English doesn't.
            assert!(
                variables.iter().all(|v| v == "precision" || english[key].contains(v)),
                "{}.ftl: {key}: {variables:?}",
                code
            );
        }
    }
}

#[test]
fn no_text_is_left_over() {
    let english = BUILT_IN.iter().find(|(code, _)| *code == "en").map(texts_of).unwrap();
    let mut all = files("templates", &[".html"]);
    all.extend(files("src/render", &[".rs"]).into_iter().filter(|(name, _)| !name.ends_with("tests.rs")));
    let made = keys_made();
    let asked = |key: &String| made.contains(key) || all.iter().any(|(_, text)| text.contains(&format!("\"{key}\"")));
    let unused: Vec<_> = english.keys().filter(|key| !asked(key)).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}

#[test]
fn every_text_can_be_written() {
    for language in Catalogue::languages() {
        let catalogue = Catalogue::new(language, &Default::default());
        for key in texts_of(BUILT_IN.iter().find(|(code, _)| *code == "en").unwrap()) {
            let (key, variables) = key;
            let args: Vec<(&str, Arg<'_>)> = variables.iter().map(|v| (v.as_str(), Arg::Number(3.0))).collect();
            let text = catalogue.t(&key, &args);
            assert!(!text.is_empty() && !text.contains(['{', '}']), "{language}: {key}: {text}");
        }
    }
}

#[test]
fn the_language_speaks() {
    assert_eq!(Catalogue::new("de-AT", &Default::default()).t("timeline", &[]), "Zeitleiste");
    assert_eq!(text("de", "2021~"), "um 2021");
    assert_eq!(text("de", "201X"), "2010er-Jahre");
    assert_eq!(text("fr", "2030/.."), "dès 2030");
    assert_eq!(text("fr", "2030-05-02/.."), "dès le 2 mai 2030");
    assert_eq!(text("de", "../2030-05-02~"), "bis um den 2. Mai 2030");
    assert_eq!(text("ja", "2025-05?"), "2025年5月（未確定）");
    assert_eq!(text("ja", "201X"), "2010年代");
    // Text of either direction stands in marks that keep it apart.
    assert_eq!(text("ar", "2021~"), "نحو \u{2068}2021\u{2069}");
}

#[test]
fn months_are_written_in_every_language() {
    let date = Date::parse("2025-05").expect("a month");
    for (language, text) in [
        ("en", "May 2025"),
        ("pt", "maio de 2025"),
        ("pt-BR", "maio de 2025"),
        ("it", "maggio 2025"),
        ("ja", "2025年5月"),
        ("ko", "2025년 5월"),
    ] {
        assert_eq!(Catalogue::new(language, &Default::default()).date(&date), text, "{language}");
    }
}

#[test]
fn plurals_have_a_sample_each() {
    let of = |language: &str| Catalogue::new(language, &Default::default()).plurals().to_vec();
    assert_eq!(of("en-GB"), [("one", 1), ("other", 2)]);
    assert_eq!(of("ja"), [("other", 1)]);
    assert_eq!(of("ar"), [("one", 1), ("two", 2), ("few", 3), ("many", 11), ("other", 100)]);
    // Whole numbers of Polish are never of the rest.
    assert_eq!(of("pl").iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["one", "few", "many", "other"]);
}
