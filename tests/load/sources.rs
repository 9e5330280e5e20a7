//! Sources in BibTeX and in Hayagriva's YAML.

use super::{INDEX, faults, records, site};

const BIBTEX: &str = r#"
@string{paath = "Paath"}

@online{paath-2026,
  title   = {The {OpenAI} agreement, \emph{amended}},
  author  = {Person, Anna and van Beethoven, Ludwig},
  date    = {2026-04-27},
  publisher = paath,
  url     = {https://example.org/story},
  urldate = {2026-05-04},
}

@article{Müller:2021,
  title = "Verträge",
  journaltitle = {Zeitschrift},
  year = 2021,
  doi = {10.1000/182},
}
"#;

#[test]
fn bibtex() {
    let sources = records("sources.bib", BIBTEX).sources;
    let [online, article] = sources.as_slice() else { panic!("{sources:?}") };
    assert_eq!((&*online.head.id, &BIBTEX[online.head.span.range()]), ("paath-2026", "paath-2026"));
    assert_eq!(&*online.title.text, "The OpenAI agreement, amended");
    let authors: Vec<&str> = online.authors.iter().map(|a| &*a.text).collect();
    assert_eq!(authors, ["Anna Person", "Ludwig van Beethoven"]);
    assert_eq!(online.publisher.as_deref(), Some("Paath"));
    assert_eq!(online.url.as_deref(), Some("https://example.org/story"));
    assert_eq!(online.date.map(|d| d.to_edtf()).as_deref(), Some("2026-04-27"));
    assert_eq!(online.accessed.map(|d| d.to_edtf()).as_deref(), Some("2026-05-04"));
    assert_eq!(&*article.head.id, "Müller:2021");
    assert_eq!(article.publisher.as_deref(), Some("Zeitschrift"));
    assert_eq!(article.url.as_deref(), Some("https://doi.org/10.1000/182"));
    assert_eq!(article.kind.as_deref(), Some("article"));
}

#[test]
fn an_entry_in_error_does_not_take_the_others_with_it() {
    let text = "@book{a,\n  title = {A},\n  year = 2020\n}\n\n@book{b,\n  title = {B,\n}\n\n@book{c,\n  title = {C},\n  year = 2021\n}\n\n@book{d, year = 2022}\n@book{e, title = {E},\n date = {2020-13-40}}\n";
    let (loaded, findings) = site(&[INDEX, ("content/sources.bib", text)]);
    let ids: Vec<&str> = loaded.root.records.sources.iter().map(|s| &*s.head.id).collect();
    assert_eq!(ids, ["a", "c", "d", "e", "b"]);
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert!(findings.iter().any(
        |f| f == "bad-date [2020-13-40] `date`: `2020-13-40` is no date (write `2026`, `2026-04` or `2026-04-27`, or two of them with `/` in between)"
    ));
    assert!(findings.iter().any(|f| f == "missing-key [d] the source `d` has no `title` (add it)"), "{findings:?}");
    assert!(findings.iter().any(|f| f.starts_with("bad-syntax [b] the entry `b` is in error: ")), "{findings:?}");
}

#[test]
fn hayagriva() {
    let yaml = "story:\n  type: article\n  title: The story\n  author: [\"Person, Anna\"]\n  date: 2026-04\n  url: { value: https://example.org/x, date: 2026-05-01 }\n  parent:\n    type: newspaper\n    title: The Daily\nbad:\n  type: sandwich\n  title: x\n";
    let (loaded, findings) = site(&[INDEX, ("content/sources.yaml", yaml)]);
    let [source, stub] = loaded.root.records.sources.as_slice() else { panic!() };
    assert_eq!((&*stub.head.id, &*stub.title.text), ("bad", "x"));
    assert_eq!((&*source.head.id, &yaml[source.head.span.range()]), ("story", "story"));
    assert_eq!(source.publisher.as_deref(), Some("The Daily"));
    assert_eq!(source.date.map(|d| d.to_edtf()).as_deref(), Some("2026-04"));
    assert_eq!(source.accessed.map(|d| d.to_edtf()).as_deref(), Some("2026-05-01"));
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].starts_with("bad-value [sandwich] `type` of the entry `bad` can't be `sandwich` (write one of ")
    );
}

#[test]
fn our_own_sources_in_yaml_are_not_taken_for_hayagrivas() {
    assert_eq!(faults("sources.yaml", "source:\n  - title: A\n    kind: report\n"), [""; 0]);
    assert_eq!(faults("sources.yaml", "- title: A\n"), [""; 0]);
}
