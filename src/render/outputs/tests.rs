use std::collections::BTreeMap;

use serde_json::Value;

use super::testing::{HOSTILE, Options, site, today, with};
use super::*;
use crate::model::{Explainer, SiteIndex};
use crate::render::i18n::Catalogue;
use ::csv as csv_crate;

fn all(options: &Options) -> BTreeMap<String, String> {
    with(options, |cx| {
        let files = made(cx).into_iter().chain(of_site(cx));
        files.map(|(path, bytes)| (path, String::from_utf8(bytes.to_vec()).expect("UTF-8"))).collect()
    })
}

const HOSTILE_SITE: Options =
    Options { base_url: Some("https://example.org/deal/"), text: HOSTILE, prose: HOSTILE, body: HOSTILE, cards: true };

/// Reads XML to its end; panics where it is not well-formed. Gives the text of every element by name.
fn xml_elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open): (Vec<(String, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        use quick_xml::events::Event;
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) | Event::Empty(start) if start.name().as_ref() == b"link" => {
                for attribute in start.attributes() {
                    let attribute = attribute.expect("a well-formed attribute");
                    let value = std::str::from_utf8(&attribute.value).expect("UTF-8");
                    let value = quick_xml::escape::unescape(value).expect("an escaped value");
                    found.push(("@href".into(), value.into_owned()));
                }
            }
            Event::Start(start) => {
                start.attributes().for_each(|a| drop(a.expect("a well-formed attribute")));
                open.push(found.len());
                found.push((String::from_utf8_lossy(start.name().as_ref()).into_owned(), String::new()));
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].1.push_str(&text.decode().expect("text"));
                }
            }
            Event::GeneralRef(entity) => {
                let decoded = quick_xml::escape::unescape(&format!("&{};", entity.decode().expect("text")))
                    .expect("a known entity")
                    .into_owned();
                if let Some(at) = open.last() {
                    found[*at].1.push_str(&decoded);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

fn texts<'a>(elements: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    elements.iter().filter(|(n, _)| n == name).map(|(_, text)| &**text).collect()
}

#[test]
fn every_file_is_there() {
    let paths: Vec<String> = all(&Options::default()).into_keys().collect();
    assert_eq!(
        paths,
        [
            "changes/index.md",
            "cite.bib",
            "cite.csl.json",
            "compare/c/index.md",
            "data/changes.csv",
            "data/changes.json",
            "data/compare-c.csv",
            "data/compare-c.json",
            "data/editions.csv",
            "data/editions.json",
            "data/effects.csv",
            "data/eras.csv",
            "data/eras.json",
            "data/events.csv",
            "data/events.json",
            "data/facts.csv",
            "data/facts.json",
            "data/parties.csv",
            "data/parties.json",
            "data/search.json",
            "data/sources.csv",
            "data/sources.json",
            "data/states.csv",
            "data/terms.csv",
            "data/terms.json",
            "embed/compare/c/oembed.json",
            "embed/terms/oembed.json",
            "embed/timeline/oembed.json",
            "feed.xml",
            "index.md",
            "llms.txt",
            "robots.txt",
            "sitemap.xml",
            "sources/index.md",
            "terms/index.md",
            "timeline/index.md",
        ]
    );
}

#[test]
fn json_names_what_it_holds() {
    with(&Options::default(), |cx| {
        let names: Vec<String> = data::names(cx).into_iter().map(|name| format!("data/{name}.json")).collect();
        let written: Vec<String> =
            data::list(cx).into_iter().map(|(path, _)| path).filter(|p| p.ends_with(".json")).collect();
        assert_eq!(names, written);
    });
}

#[test]
fn json_has_an_envelope_and_the_names_of_data_files() {
    let files = all(&Options::default());
    let terms: Value = serde_json::from_str(&files["data/terms.json"]).expect("JSON");
    assert_eq!(terms["url"], "https://example.org/deal/");
    assert_eq!(terms["updated"], "2026-05-06");
    let term = &terms["records"][0];
    assert_eq!(term["page"], "https://example.org/deal/terms/#t");
    assert_eq!(term["definition"], "Some prose with Text and the term.");
    assert_eq!(
        term["definition_markdown"],
        "Some *prose* with Text (reported) and [the term](https://example.org/deal/terms/#t)."
    );
    assert_eq!(term["sources"], serde_json::json!(["s, Text"]));
    let states = &term["states"];
    assert_eq!((&states[0]["public"], &states[0]["edition"]), (&Value::from(true), &Value::from("e1")));
    assert_eq!(states[0]["effects"][0]["direction"], "loses");
    // The second edition says nothing of the term: told, not left out.
    assert_eq!((&states[1]["public"], &states[1]["value"]), (&Value::from(false), &Value::Null));
    let table: Value = serde_json::from_str(&files["data/compare-c.json"]).expect("JSON");
    let row = &table["records"][0]["rows"][0];
    assert_eq!(row["cells"]["a"]["sources"], serde_json::json!(["s, Text"]), "the row's sources are its cells'");
    assert_eq!(row["cells"]["b"]["public"], false);
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
        serde_json::from_str::<Value>(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(["}\n", "}]\n", "]]\n"].iter().any(|end| text.ends_with(end)), "{path}");
    }
}

#[test]
fn tables_are_rectangular_and_run_nothing() {
    for (path, text) in all(&HOSTILE_SITE).iter().filter(|(path, _)| path.ends_with(".csv")) {
        let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
        let mut reader = csv_crate::Reader::from_reader(text.as_bytes());
        let mut rows = 0;
        for row in reader.records() {
            let row = row.unwrap_or_else(|e| panic!("{path}: {e}"));
            assert!(row.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])), "{path}: {row:?}");
            rows += 1;
        }
        assert!(rows > 0, "{path}");
    }
}

#[test]
fn feeds_are_well_formed_and_stable() {
    for base_url in [Some("https://example.org/deal/"), None] {
        let options = Options { base_url, ..HOSTILE_SITE };
        let feed = &all(&options)["feed.xml"];
        let elements = xml_elements(feed);
        let ids = texts(&elements, "id");
        assert_eq!(ids.len(), 4, "{feed}");
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "each id is its own");
        assert!(ids.iter().all(|id| id.starts_with(if base_url.is_some() { "tag:example.org," } else { "urn:uuid:" })));
        assert_eq!(texts(&elements, "updated").first(), Some(&"2026-05-06T00:00:00Z"));
        assert!(texts(&elements, "title").iter().all(|t| t.contains("</script>")), "{feed}");
        assert_eq!(*feed, all(&options)["feed.xml"]);
    }
}

#[test]
fn feed_entries_lead_to_what_changed() {
    let elements = xml_elements(&all(&Options::default())["feed.xml"]);
    let links = texts(&elements, "@href");
    for expected in [
        "https://example.org/deal/feed.xml",
        "https://example.org/deal/#first",
        "https://example.org/deal/terms/#t",
        "https://example.org/deal/",
    ] {
        assert!(links.contains(&expected), "{expected} in {links:?}");
    }
    let titles = texts(&elements, "title");
    assert!(titles.contains(&"Correction: Text") && titles.contains(&"Update: Text"), "{titles:?}");
    assert_eq!(texts(&elements, "name"), ["Text"]);
}

#[test]
fn sitemaps_list_every_page() {
    let options = Options { cards: true, ..Options::default() };
    let map = &all(&options)["sitemap.xml"];
    let elements = xml_elements(map);
    let base = "https://example.org/deal/";
    let expected: Vec<String> = ["", "first/", "terms/", "timeline/", "compare/c/", "sources/", "changes/"]
        .iter()
        .map(|path| format!("{base}{path}"))
        .collect();
    assert_eq!(texts(&elements, "loc"), expected);
    assert!(texts(&elements, "lastmod").iter().all(|day| *day == "2026-05-06"));
    let local = all(&Options { base_url: None, ..options });
    assert!(!local.contains_key("sitemap.xml") && !local["robots.txt"].contains("Sitemap"));
    assert!(all(&Options::default())["robots.txt"].ends_with("\nSitemap: https://example.org/deal/sitemap.xml\n"));
}

#[test]
fn json_ld_describes_the_article() {
    let script = with(&Options::default(), |cx| jsonld::write(cx).expect("an article"));
    let whole: Value = serde_json::from_str(&script).expect("JSON");
    let article = &whole["@graph"][0];
    assert_eq!(article["@type"], serde_json::json!(["NewsArticle", "BackgroundNewsArticle"]));
    assert_eq!(article["datePublished"], "2026-05-04");
    assert_eq!(article["mainEntityOfPage"], "https://example.org/deal/");
    assert_eq!(article["citation"][0]["url"], "https://example.org/s?a=(1)&b=2");
    let corrections = article["correction"].as_array().expect("a list");
    assert_eq!(corrections.len(), 1, "updates are no corrections");
    assert_eq!(corrections[0]["@type"], "CorrectionComment");
    let set = &whole["@graph"][1];
    assert_eq!((&set["@type"], &set["hasDefinedTerm"][0]["name"]), (&"DefinedTermSet".into(), &"Text".into()));
    let card = article["image"]["url"].as_str().expect("the card");
    assert!(card.starts_with("https://example.org/deal/cards/explainer.png?v="), "{card}");
    assert!(article.get("license").is_none(), "nothing that isn't known");
}

#[test]
fn json_ld_cannot_leave_its_script() {
    let script = with(&HOSTILE_SITE, |cx| jsonld::write(cx).expect("an article"));
    assert!(!script.contains(['<', '>', '&', '\u{2028}']), "{script}");
    let whole: Value = serde_json::from_str(&script).expect("JSON");
    assert_eq!(whole["@graph"][0]["headline"], HOSTILE);
}

#[test]
fn markdown_resolves_what_stands_in_the_text() {
    const BODY: &str = "Setext\n------\n\nIn [[t]], [[fact:f]], [[event:ev|then]] [@s, p. 4; @s].\n\n\
        ### Sub [[t]]\n\n[out](https://example.org/x) [in](terms.toml) [ref][r] <https://example.org> <b>raw</b>\n\n\
        > quoted [[section:first]]\n\n```rust\n[[t]]\n```\n\n[r]: https://example.org/y\n";
    let text = &all(&Options { body: BODY, ..Options::default() })["index.md"];
    let terms = "https://example.org/deal/terms/#t";
    for expected in [
        "# Text\n\n> Some *prose* with",
        "\n## Text\n\n### Setext\n\nIn ",
        &format!("In [Text]({terms}), Text (reported) \\[1, Text\\], [then](https://example.org/deal/timeline/#"),
        " \\[1, p. 4; 1\\].",
        "\n#### Sub Text\n",
        "[out](https://example.org/x) ",
        "[ref](https://example.org/y) <https://example.org> \\<b>raw\\</b>",
        "> quoted [Text](https://example.org/deal/#first)",
        "```rust\n[[t]]\n```",
        "\n## Sources\n\n- \\[1\\] [Text](https://example.org/s?a=%281%29&b=2), Text, Text, 27 April 2026. Some",
    ] {
        assert!(text.contains(expected), "{expected:?} in:\n{text}");
    }
}

#[test]
fn markdown_tables_keep_their_cells() {
    let files = all(&HOSTILE_SITE);
    for path in ["terms/index.md", "compare/c/index.md"] {
        let events: Vec<_> =
            pulldown_cmark::Parser::new_ext(&files[path], pulldown_cmark::Options::ENABLE_TABLES).collect();
        use pulldown_cmark::{Event, Tag, TagEnd};
        let (mut row, mut widths, mut html) = (0, std::collections::BTreeSet::new(), 0);
        for event in events {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => row = 0,
                Event::End(TagEnd::TableCell) => row += 1,
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => drop(widths.insert(row)),
                Event::Html(_) | Event::InlineHtml(_) => html += 1,
                _ => {}
            }
        }
        assert_eq!((widths.len(), html), (1, 0), "{path}:\n{}", files[path]);
    }
}

#[test]
fn llms_txt_has_the_form() {
    let text = &all(&Options { cards: true, ..Options::default() })["llms.txt"];
    assert!(
        text.starts_with("# Text\n\n> Text\n\n## Explainer\n\n- [Text](https://example.org/deal/index.md): Text\n")
    );
    assert!(text.contains("- [Text](https://example.org/deal/first/index.md)\n"), "{text}");
    assert!(text.contains("\n## Optional\n\n- [Sources](https://example.org/deal/sources/index.md)\n"), "{text}");
    let hostile = &all(&HOSTILE_SITE)["llms.txt"];
    assert_eq!(hostile.lines().filter(|l| l.starts_with('#')).count(), 4, "{hostile}");
}

#[test]
fn a_hub_tells_of_those_below_it() {
    let mut site = site(&Options::default());
    let child = (*site.explainers[0]).clone();
    let hub = Explainer { index: None, sections: Vec::new(), children: vec![1], ..child.clone() };
    let child = Explainer { path: "below/".into(), parent: Some(0), ..child };
    site.explainers = vec![hub.into(), child.into()];
    site.index = SiteIndex::new(&site.explainers);
    let catalogue = Catalogue::new("en", &Default::default());
    let cx = Cx::new(&site, &site.explainers[0], today(), &catalogue);
    let files: BTreeMap<String, Bytes> = made(&cx).into_iter().chain(of_site(&cx)).collect();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["feed.xml", "llms.txt", "robots.txt", "sitemap.xml"]);
    let feed = String::from_utf8_lossy(&files["feed.xml"]).into_owned();
    assert!(feed.contains("https://example.org/deal/below/"), "{feed}");
    let ids = xml_elements(&feed);
    let ids = texts(&ids, "id");
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
}

/// Every file of the explainer, made.
fn made(cx: &Cx<'_>) -> Files {
    list(cx).into_iter().map(|(path, file)| (path, make(cx, &file))).collect()
}

/// What a Markdown reader with all of GFM shows of a text; `None` if it shows anything but one paragraph of plain text.
fn shown(markdown: &str) -> Option<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut out = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES)
    {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Text(text) => out.push_str(&text),
            _ => return None,
        }
    }
    Some(out)
}

proptest::proptest! {
    #[test]
    fn names_show_as_they_are(text in "[-+*_#>|~`\\[\\]()!<&;:=\\\\ .0-9a-z]{0,24}") {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        proptest::prop_assert_eq!(shown(&markdown::escaped(&text)), Some(words));
    }

    #[test]
    fn any_text_can_be_resolved(text in "(\\[\\[t|\\]\\]|\\|x|\\[@s|; |\\]|\\(a\\)|# |\n|\n\n|```|```\\{timeline\\}|> |<b>|é|\\[\\^1\\]|: |=|-| ){0,24}") {
        use crate::load::markdown::{ParseOptions, parse};
        let parsed = Arc::new(parse(&text, ParseOptions::default()));
        with(&Options::default(), |cx| {
            let mut prose = cx.explainer.data.changes[0].note.clone();
            (prose.source.text, prose.doc) = (text.as_str().into(), parsed);
            let resolved = markdown::of_prose(cx, &prose);
            assert!(!resolved.contains("\r"));
        });
    }
}
