//! What is wrong is said with its place, what was expected, and what to do; all of it at once.

use super::{INDEX, bytes, faults, site};

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let toml = r#"
[[event]]
date = "2026-13-01"
titel = "Typo"
importance = "high"
terms = "one"
sources = ["a", ""]

[[evnt]]
colour = 1

[[era]]
label = "L"
start = "soon"
"#;
    assert_eq!(
        faults("events.toml", toml),
        [
            "unknown-key [titel] unknown key `titel` in this event (did you mean `title`?)",
            "bad-date [2026-13-01] `date`: `2026-13-01` has no such month: `13` (months are `01` to `12`; `21` to `24` are spring, summer, autumn and winter, without a day)",
            "bad-value [high] `importance` takes one of `key`, `normal`, `minor`, not `high`",
            "bad-value [\"one\"] `terms` takes a list, not a text (put it in brackets: `[…]`)",
            "bad-value [\"\"] a part of the list `sources` is empty (take it out)",
            "unknown-key [evnt] a file `events` has no records `evnt` (did you mean `event`?)",
            "unknown-key [colour] unknown key `colour` in this event",
            "missing-key [[[evnt]]] this event has no `date` (add it, for example `date = \"2026-04-27\"`)",
            "missing-key [[[evnt]]] this event has no `title` (add it, for example `title = \"The amended agreement\"`)",
            "bad-date [soon] `start`: `soon` is not a date as data files write it (write a date such as `2021`, `2025-05`, `2019-07-22`, `2021~` (about), `2025-05?` (unsure), `2019/2021` (from and to) or `2030/..` (open))",
        ]
    );
}

#[test]
fn values_of_the_wrong_type() {
    for (name, text, expected) in [
        ("terms.toml", "[[term]]\nname = [\"a\"]\n", "bad-value [[\"a\"]] `name` takes a text, not a list"),
        (
            "terms.toml",
            "[[term]]\nname = \"a\"\nautolink = \"false\"\n",
            "bad-value [\"false\"] `autolink` takes `true` or `false`, not a text (write `false`, without quotes)",
        ),
        (
            "facts.yaml",
            "- id: a\n  value: true\n",
            "bad-value [true] `value` takes a text, not true or false (put it in quotes if it is meant as a text)",
        ),
        (
            "facts.toml",
            "[[fact]]\nid = \"Big Deal\"\nvalue = \"x\"\n",
            "bad-value [Big Deal] the id `Big Deal` has to be in lower case (write `big-deal`)",
        ),
        (
            "facts.toml",
            "[[fact]]\nid = \"a/b\"\nvalue = \"x\"\n",
            "bad-value [a/b] the id `a/b` may hold letters, digits, `-`, `_` and `.` only (write `a-b`)",
        ),
        (
            "facts.toml",
            "[[fact]]\nvalue = \"x\"\n",
            "missing-key [[[fact]]] this fact has no `id` (add one: nothing in the record has letters or digits to make an id from)",
        ),
        (
            "facts.toml",
            "[[fact]]\nlabel = \"!\"\nvalue = \"x\"\n",
            "missing-key [[[fact]]] this fact has no `id` (add one: nothing in the record has letters or digits to make an id from)",
        ),
        (
            "parties.toml",
            "[[party]]\nname = \"a\"\nurl = \"www.example.org\"\n",
            "bad-value [www.example.org] `url` takes a web address, not `www.example.org` (write `https://www.example.org`)",
        ),
        (
            "sources.toml",
            "[[source]]\ntitle = \"a\"\nurl = \"javascript:alert(1)\"\n",
            "unsafe-link [javascript:alert(1)] this address could run a program in the reader's browser (write it with `https://` or `http://`)",
        ),
        (
            "sources.toml",
            "[[source]]\ntitle = \"a\"\nlanguage = \"Klingonese\"\n",
            "bad-value [Klingonese] `language` takes a language tag, not `Klingonese` (write a tag such as `en`, `de-AT` or `zh-Hant`)",
        ),
        (
            "terms.toml",
            "[term]\nname = \"a\"\n",
            "bad-value [term] `term` takes a list of records, not one table (head each record with `[[term]]`)",
        ),
        (
            "terms.json",
            "3",
            "bad-value [3] the file holds a number, not records (its keys are `term` and `edition`, each with a list)",
        ),
        (
            "terms.toml",
            "[[party]]\nname = \"a\"\n",
            "unknown-key [party] a file `terms` has no records `party` (records of this kind stand in `parties.toml`)",
        ),
        (
            "terms.yaml",
            "terms:\n  - name: a\n",
            "unknown-key [terms] a file `terms` has no records `terms` (did you mean `term`?)",
        ),
        (
            "parties.yaml",
            "parties: []\n",
            "unknown-key [parties] a file `parties` has no records `parties` (did you mean `party`?)",
        ),
        (
            "terms.toml",
            "[[term]]\nname = \" \"\nid = \"x\"\n",
            "missing-key [name] `name` is empty (add it, for example `name = \"Licence to the models\"`)",
        ),
        (
            "comparisons.toml",
            "[[comparison]]\ntitle = \"x\"\n",
            "missing-key [x] the comparison `x` has no `columns` (add them, or put the table in a file `compare-x.csv`)",
        ),
        (
            "comparisons.toml",
            "[[comparison]]\ntitle = \"x\"\ncolumns = [{ id = \"a\", label = \"A\" }, { id = \"a\", label = \"B\" }]\n",
            "duplicate-id [a] there are two columns with the id `a` (give one of them another `id`)",
        ),
    ] {
        assert_eq!(faults(name, text), [expected], "{text}");
    }
}

#[test]
fn broken_syntax() {
    for (name, text, expected) in [
        (
            "terms.toml",
            "[[term]]\nname = \"a\n",
            "bad-syntax [] invalid basic string, expected `\"` (close the quotation mark; a text of several lines stands between `\"\"\"` and `\"\"\"`)",
        ),
        (
            "terms.toml",
            "[[term]]\nname = \"a\"\nname = \"b\"\n",
            "bad-syntax [name] duplicate key (keep one of the two; a list of records is written `[[…]]`, with two brackets)",
        ),
        (
            "facts.yaml",
            "- id: a\n  value: x: y\n",
            "bad-syntax [:] a `: ` is not allowed here; a text with `: ` in it has to stand in quotes",
        ),
        (
            "facts.yaml",
            "- id: a\n  value: x\n  id: b\n",
            "bad-syntax [id] the key `id` stands here twice (keep one of the two)",
        ),
        (
            "facts.yaml",
            "- id: a\n  value: x\n---\n- id: b\n",
            "bad-syntax [---] a second document starts here; a file may hold one (take the line `---` away, or move what follows to another file)",
        ),
        ("facts.yaml", "- &a [*a]\n", "bad-syntax [*a] this alias stands within what it names"),
        (
            "facts.yaml",
            "- id: !!python/name x\n  value: y\n",
            "bad-syntax [!!python/name x] the tag `tag:yaml.org,2002:!python/name` has no meaning here",
        ),
        ("facts.yaml", "a: b\0c", "bad-syntax [\0] a character of the code 0 may not stand in YAML (delete it)"),
        (
            "facts.json",
            "[{\"id\": \"a\", \"value\": \"x\",}]",
            "bad-syntax [,] trailing commas are not allowed (take the last comma away)",
        ),
        (
            "facts.json",
            "[{\"id\": \"a\", \"id\": \"b\", \"value\": \"x\"}]",
            "bad-syntax [\"id\"] the key `id` stands here twice (keep one of the two)",
        ),
        (
            "facts.json",
            "[] // x",
            "bad-syntax [// x] comments are not allowed (JSON has no comments; YAML and TOML have)",
        ),
        ("facts.json", "", "bad-syntax [] the file is empty (write `[]` if it is to hold nothing)"),
    ] {
        let found = faults(name, text);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn a_fault_of_syntax_hides_neither_the_records_around_it_nor_makes_faults_of_its_own() {
    let (loaded, findings) = site(&[
        INDEX,
        (
            "content/facts.toml",
            "[[fact]]\nid = \"a\"\nvalue = \"x\"\n[[fact]]\nid = \"b\"\nvalue = x\n[[fact]]\nid = \"c\"\nvalue = \"y\"\n",
        ),
    ]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let ids: Vec<&str> = loaded.root.records.facts.iter().map(|f| &*f.head.id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[test]
fn files_that_are_not_utf8() {
    let options = Default::default();
    for (data, expected) in [
        (
            &b"[[fact]]\nid = \"caf\xE9\"\n"[..],
            "bad-encoding [\u{FFFD}] the file is not UTF-8: byte 0xE9 at offset 18 belongs to no letter (save it again with the encoding UTF-8; in Windows-1252 and Latin-1 this byte is `é`)",
        ),
        (
            b"\xFF\xFEa\0",
            "bad-encoding [\u{FFFD}] the file is UTF-16, not UTF-8 (byte 0) (save it again with the encoding UTF-8)",
        ),
    ] {
        let (_, found) = bytes(&[(INDEX.0, INDEX.1.as_bytes()), ("content/facts.toml", data)], &options);
        assert_eq!(found, [expected]);
    }
    for file in ["content/10-a.md", "expound.toml", "templates/page.html"] {
        let (_, found) = bytes(&[(INDEX.0, INDEX.1.as_bytes()), (file, b"\xF0\x28\x8C")], &options);
        assert!(found.len() == 1 && found[0].starts_with("bad-encoding"), "{file}: {found:?}");
    }
}

#[test]
fn settings_are_checked() {
    let settings = r##"
title = "T"
base_url = "example.org"
langauge = "de"
[check]
unused-trem = "off"
unused-fact = "warning"
stale_after_days = -1
unused-term = "off"
[theme]
mode = "dim"
[publish.cdn]
kind = "ftp"
host = "anything"
"##;
    let (loaded, findings) = site(&[INDEX, ("expound.toml", settings)]);
    assert_eq!(
        findings,
        [
            "unknown-key [langauge] unknown key `langauge` in the settings (did you mean `language`?)",
            "bad-value [example.org] `base_url` takes a web address, not `example.org` (write `https://example.org`)",
            "bad-value [-1] `stale_after_days` takes a number that is not below 0",
            "bad-value [dim] `mode` takes one of `auto`, `light`, `dark`, not `dim`",
            "bad-value [ftp] `kind` takes one of `git`, `folder`, `archive`, `s3`, `gcs`, `azure`, not `ftp`",
            "unknown-key [unused-trem] there is no rule `unused-trem` (did you mean `unused-term`?)",
            "bad-value [warning] `unused-fact` takes one of `error`, `warn`, `off`, not `warning` (did you mean `warn`?)",
        ]
    );
    assert_eq!(loaded.settings.check.get("unused-term"), Some(&None));
}

#[test]
fn the_address_of_the_site_gets_its_final_slash_and_its_path() {
    for (given, url, path) in [
        ("https://example.org", Some("https://example.org/"), "/"),
        ("https://example.org/deal", Some("https://example.org/deal/"), "/deal/"),
        ("http://localhost:8080/a/b/", Some("http://localhost:8080/a/b/"), "/a/b/"),
        ("https://example.org/?a", None, "/"),
        ("https://example.org/a/../b", None, "/"),
        ("https://user:word@example.org/", None, "/"),
        ("ftp://example.org/", None, "/"),
        ("https://example.org/\"><script>", None, "/"),
    ] {
        let (loaded, findings) = site(&[INDEX, ("expound.toml", &format!("base_url = '{given}'\n"))]);
        assert_eq!(loaded.settings.base_url.as_deref(), url, "{given}");
        assert_eq!(&*loaded.settings.base_path, path, "{given}");
        assert_eq!(findings.len(), usize::from(url.is_none()), "{given}: {findings:?}");
    }
}
