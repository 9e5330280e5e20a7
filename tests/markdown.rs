//! Markdown cases: `markdown/NAME.md` becomes `markdown/NAME.html`. `UPDATE=1` rewrites what is expected.
//!
//! A first line `%% inline smart raw bare shift=1 prefix=x--` sets options. Below the HTML stands what else came of
//! the text: the terms and citations for the page, and the number of words.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use expound::load::markdown::{ParseOptions, parse};
use expound::model::doc::{Doc, Part, ReferenceKind};
use expound::model::names::Names;
use expound::render::prose::{CiteLink, FactLink, FillOptions, ImageLink, Scope, Target, TermLink, fill};
use proptest::prelude::*;

/// A small site: three terms, two facts, three sources, one of everything else.
struct Site;

impl Scope for Site {
    fn term(&self, id: &str) -> Option<TermLink> {
        let name = match id {
            "licence" => "Licence to the IP",
            "agi" => "Artificial general intelligence",
            "契約" => "契約",
            _ => return None,
        };
        Some(TermLink { name: name.into(), href: format!("/terms/#{id}"), popover: format!("term-{id}") })
    }

    fn fact(&self, id: &str) -> Option<FactLink> {
        let (value, cites, status, status_name) = match id {
            "commitment" => ("$250 billion", vec![("volk".into(), Some("p. 2".into()))], None, "confirmed"),
            "rate" => (
                "20 %",
                vec!["a".into(), "b".into()].into_iter().map(|id| (id, None)).collect(),
                Some("reported".to_owned()),
                "reported",
            ),
            "bare" => ("<7", Vec::new(), None, "confirmed"),
            _ => return None,
        };
        Some(FactLink { value: value.into(), cites, status, status_name })
    }

    fn target(&self, kind: ReferenceKind, id: &str) -> Option<Target> {
        let (href, title) = match (kind, id) {
            (ReferenceKind::Event, "amended") => ("/timeline/#event-amended", "The amended agreement"),
            (ReferenceKind::Section, "terms") => ("/#terms", "The terms & more"),
            (ReferenceKind::Comparison, "clouds") => ("/compare/clouds/", "Three clouds compared"),
            _ => return None,
        };
        Some(Target { href: href.to_owned(), title: title.into() })
    }

    fn citation(&self, id: &str) -> Option<CiteLink> {
        let (number, label) = match id {
            "volk" => (1, "Volk, 28 October 2025"),
            "a" => (2, "A & B"),
            "b" => (3, "B"),
            _ => return None,
        };
        Some(CiteLink { number, href: format!("#source-{id}"), label: format!("Source {number}: {label}") })
    }

    fn link(&self, href: &str) -> Option<String> {
        (!href.starts_with("javascript:")).then(|| href.to_owned())
    }

    fn image(&self, src: &str) -> Option<ImageLink> {
        let size = if src.ends_with(".svg") { None } else { Some((640, 480)) };
        (src != "missing.png").then(|| ImageLink { href: format!("/{src}"), size })
    }

    fn block(&self, index: usize) -> Option<String> {
        (index < 3).then(|| format!("<div>block {index}</div>"))
    }

    fn names(&self) -> Option<Arc<Names>> {
        let names = [("Licence to the IP", "licence"), ("IP licence", "licence"), ("AGI", "agi"), ("契約", "契約")];
        Some(Arc::new(Names::new(names.iter().map(|(name, id)| ((*name).into(), (*id).into())).collect())))
    }

    fn message(&self, key: &str) -> String {
        key.to_owned()
    }

    fn message_with(&self, key: &str, _: &str, value: &str) -> String {
        format!("{key}: {value}")
    }
}

fn options(text: &str) -> (ParseOptions, FillOptions, &str) {
    let (mut parsing, mut filling) = (ParseOptions::default(), FillOptions::default());
    let Some((first, rest)) = text.strip_prefix("%%").and_then(|t| t.split_once('\n')) else {
        return (parsing, filling, text);
    };
    for word in first.split_whitespace() {
        match word.split_once('=').unwrap_or((word, "")) {
            ("inline", _) => parsing.inline = true,
            ("smart", _) => parsing.smart = true,
            ("raw", _) => filling.raw_html = true,
            ("bare", _) => filling.bare = true,
            ("eager", _) => filling.eager_first_image = true,
            ("shift", n) => filling.heading_shift = n.parse().unwrap(),
            ("prefix", p) => filling.prefix = p.to_owned(),
            _ => panic!("no such option: {word}"),
        }
    }
    (parsing, filling, rest)
}

fn render(text: &str) -> String {
    let (parsing, filling, text) = options(text);
    let doc = parse(text, parsing);
    hold_together(text, &doc);
    let filled = fill(&doc, &filling, &Site);
    let mut out = filled.html;
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let _ = writeln!(out, "<!-- words: {}", doc.words);
    if !filled.terms.is_empty() {
        let _ = writeln!(out, "     terms: {}", filled.terms.join(", "));
    }
    for (id, mark) in &filled.cites {
        let _ = writeln!(out, "     cite: {id} at {mark}");
    }
    for part in doc.all_parts() {
        if let Part::Block(block) = part {
            let _ = writeln!(out, "     block: {} {:?} verbatim={}", block.name, block.body, block.verbatim);
        }
    }
    let plain = doc.plain_text(filling.raw_html, |r| r.text.as_deref().unwrap_or(&r.id).to_owned());
    for line in plain.lines() {
        let _ = writeln!(out, "     plain: {line}");
    }
    out.push_str("-->\n");
    out
}

/// Places are where they say.
fn hold_together(text: &str, doc: &Doc) {
    let typed = |at: expound::model::doc::At| text.get(at.range()).unwrap_or_else(|| panic!("{at:?} in {text:?}"));
    for part in doc.all_parts() {
        match part {
            Part::Text(content, at) => {
                let typed = typed(*at);
                assert!(!content.trim().is_empty());
                if !typed.contains(['\\', '&', '\n', '\'', '"', '-', '.', '\0', '>', '\r']) {
                    assert_eq!(typed.trim_end(), content.trim_end());
                }
            }
            Part::Reference(reference) => {
                assert!(typed(reference.at).starts_with("[[") && typed(reference.at).ends_with("]]"));
                if reference.id.is_ascii() {
                    assert_eq!(typed(reference.id_at), &*reference.id);
                }
            }
            Part::Citation(citation) => {
                assert!(typed(citation.at).starts_with("[@") && typed(citation.at).ends_with(']'));
                for item in &citation.items {
                    assert!(typed(item.at).starts_with('@'));
                    if item.id.is_ascii() {
                        assert_eq!(&typed(item.at)[1..], &*item.id);
                    }
                }
            }
            Part::Block(block) => {
                assert_eq!(typed(block.name_at), &*block.name);
                if block.verbatim {
                    assert_eq!(typed(block.body_at), &*block.body);
                }
                typed(block.at);
            }
            Part::HeadingStart(heading) => drop(typed(heading.at)),
            Part::LinkStart(link) => drop(typed(link.at)),
            Part::Image(image) => drop(typed(image.at)),
            Part::Code(code) => drop(typed(code.at)),
            Part::RawHtml(_, _, at) | Part::TableStart(at) => drop(typed(*at)),
            _ => {}
        }
    }
}

#[test]
fn cases() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let update = std::env::var_os("UPDATE").is_some();
    let mut cases: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|e| e == "md"));
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = String::new();
    for path in &cases {
        let made = render(&fs::read_to_string(path).unwrap());
        let expected = path.with_extension("html");
        if update {
            fs::write(&expected, &made).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != made {
            let _ = write!(wrong, "{}\n--- made\n{made}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Texts made to be slow or deep.
fn hostile(n: usize) -> Vec<(&'static str, String)> {
    let many = |text: &str| text.repeat(n);
    let mut list: Vec<(&str, String)> = [
        ">",
        "> ",
        "[",
        "[[",
        "]",
        "]]",
        "*",
        "_ ",
        "**a ",
        "~",
        "`",
        "``` ",
        "<",
        "<!--",
        "&",
        "\\",
        "|",
        "![",
        "[@",
        "[@a",
        "[@a;",
        "[[a|",
        "[^a]",
        "(",
        "# ",
        "- ",
        "1. ",
        ": ",
        "\n",
        "\n\n",
        "a\n",
        "a\n: ",
        "[a](",
        "[a]:b\n",
        "[^a]: b\n",
        "- a\n",
        "[[a]]",
        "[@a]",
        "{",
        "<a ",
        "\"",
        "'",
        "--",
        "\0",
        "契",
        "e\u{301}",
        "\u{301}",
        "AGI ",
        "a|",
        "|-",
        "``",
        "![[",
        "!",
        "[x]\n===\n",
        "> [!NOTE]\n",
        "](",
        "$",
        "[](x)",
        "```\n",
        "~~~{a}\n",
        "<b>",
        "*a_ ",
        "a**b",
        "[a][",
    ]
    .iter()
    .map(|text| (*text, many(text)))
    .collect();
    list.push(("nested list", (0..n.min(2_000)).map(|i| format!("{}- a\n", "  ".repeat(i))).collect()));
    list.push(("links and ends", format!("{}{}", many("["), many("](a)"))));
    list.push(("wiki and ends", format!("{}{}", many("[["), many("]]"))));
    list.push(("emphasis and ends", format!("{}a{}", many("*"), many("*"))));
    list.push(("images and ends", format!("{}{}", many("![a"), many("](a)"))));
    list.push(("quotes and table", format!("{}\n{}\n{}\n", many("|a"), many("|-"), many("|a"))));
    list.push(("table of many", format!("|a|b|\n|-|-|\n{}", many("|[[a]]|[@a]|\n"))));
    list.push(("ticks", (1..n.min(500)).map(|i| format!("{} ", "`".repeat(i))).collect()));
    list.push(("headings", many("# a\n")));
    list.push(("definitions", many("[a]: b\n")));
    list.push(("footnotes", (0..n).map(|i| format!("[^{i}]: [^{}]\n", i + 1)).collect()));
    list.push(("footnote uses", format!("[^a]: b\n\n{}", many("[^a]"))));
    list
}

#[test]
fn hostile_texts_are_no_trouble() {
    for (name, text) in hostile(10_000) {
        for inline in [false, true] {
            let start = std::time::Instant::now();
            let doc = parse(&text, ParseOptions { inline, smart: true });
            hold_together(&text, &doc);
            let filled = fill(&doc, &FillOptions::default(), &Site);
            assert_well_formed(&filled.html);
            // Some hundredths of a second; a quadratic walk would take minutes.
            assert!(start.elapsed().as_secs() < 10, "{name:?} takes {:?}", start.elapsed());
        }
    }
}

/// Elements close in the order in which they opened, attributes are quoted, ids are unique, links aren't nested.
fn assert_well_formed(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        assert!(!text.contains('>'), "a lone > in {html}");
        let (tag, after) = tag.split_once('>').unwrap_or_else(|| panic!("an open tag in {html}"));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "in {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "<{name}> in {html}");
        assert!(!["script", "style", "iframe", "object"].contains(&name), "<{name}> in {html}");
        if name == "a" {
            assert!(!open.contains(&"a") && !open.contains(&"button"), "a link in a link in {html}");
        }
        let mut quoted = attributes.split('"');
        while let Some(before) = quoted.next() {
            let value = quoted.next();
            let attribute = before.trim().trim_end_matches('=');
            assert!(attribute.split(' ').all(|a| a.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{tag}");
            assert!(!attribute.starts_with("on") && attribute != "style", "{tag}");
            match (attribute, value) {
                ("id", Some(id)) => assert!(!id.is_empty() && ids.insert(id.to_owned()), "two of {id} in {html}"),
                ("href" | "src", Some(href)) => {
                    let scheme = href.trim().to_ascii_lowercase();
                    assert!(!scheme.starts_with("javascript:") && !scheme.starts_with("data:"), "{href}");
                }
                _ => {}
            }
        }
        if !["br", "hr", "img", "input"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open in {html}");
}

/// Pieces that mean something, and text.
fn piece() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "[[",
        "]]",
        "[[agi]]",
        "[[fact:rate|x]]",
        "[[compare:clouds]]",
        "|",
        "\\|",
        "[@",
        "[@a; @b, p. 4]",
        "]",
        "[",
        "(",
        ")",
        "](/x)",
        "](javascript:x)",
        "![",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "```{timeline}\n",
        "# ",
        "## AGI {#id .c}",
        "> ",
        "> [!NOTE]\n> ",
        "- ",
        "1. ",
        "- [ ] ",
        "\n",
        "\n\n",
        "    ",
        "  \n",
        "\t",
        "[^a]",
        "[^a]: ",
        "[x]: /u 'T'\n",
        "| a | b |\n|---|--:|\n| ",
        "\n: ",
        "<b>",
        "<!--",
        "-->",
        "<script>",
        "&amp;",
        "&#91;",
        "\\",
        "<https://a.b>",
        "AGI",
        "IP licence",
        "契約",
        "---\n",
        "===\n",
        "\"",
        "'",
        "--",
        "...",
        "\r\n",
        "\u{0}",
        "\u{feff}",
        "\u{202e}",
        "e\u{301}",
        "İ",
        "😀",
        " ",
        "{",
        "}",
        ";",
        ",",
        "@a",
        "fact:",
        "!",
        "<",
        ">",
        "&",
    ]);
    prop_oneof![6 => special.prop_map(str::to_owned), 1 => "[a-z]{1,6} ", 1 => ".{0,4}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_sound_page(
        pieces in prop::collection::vec(piece(), 0..40),
        inline in any::<bool>(),
        smart in any::<bool>(),
        bare in any::<bool>(),
    ) {
        let text = pieces.concat();
        let doc = parse(&text, ParseOptions { inline, smart });
        hold_together(&text, &doc);
        let options = FillOptions { bare, prefix: "p--".to_owned(), ..FillOptions::default() };
        let filled = fill(&doc, &options, &Site);
        assert_well_formed(&filled.html);
        if inline {
            for block in ["<p>", "<h1", "<ul", "<ol", "<pre", "<table", "<blockquote", "<hr", "<figure", "<section"] {
                prop_assert!(!filled.html.contains(block), "{block} in {}", filled.html);
            }
        }
        doc.plain_text(false, |reference| reference.id.to_string());
    }

    /// A field loses no word, whatever Markdown makes of what stands between the words.
    #[test]
    fn fields_keep_every_word(
        words in prop::collection::vec((prop::sample::select(vec![
            "", "- ", "1. ", "27. ", "# ", "> ", "\n", "\n\n", "* ", "+ ", "*", "**", "\n- ", "\n# ", "\n> ", "\n1) ", "\\", "    ", "\n---\n", "~~",
        ]), "[a-z]{2,5}"), 1..12),
    ) {
        let text: String = words.iter().map(|(mark, word)| format!("{mark}{word} ")).collect();
        let doc = parse(&text, ParseOptions { inline: true, smart: false });
        let plain = doc.plain_text(false, |_| String::new());
        let mut rest = plain.as_str();
        for (_, word) in &words {
            let found = rest.find(word.as_str());
            prop_assert!(found.is_some(), "{word:?} of {text:?} is not in {plain:?}");
            rest = &rest[found.unwrap() + word.len()..];
        }
    }
}
