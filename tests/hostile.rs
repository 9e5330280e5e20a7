//! Markdown that means harm, and Markdown that means nothing: every text makes a sound page, in little time.

use expound::load::markdown::{ParseOptions, Quotes, parse};
use expound::render::prose::{FillOptions, fill};
use proptest::prelude::*;

use crate::markdown::{Site, hold_together};

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
        "[[fact:rate]] ",
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
            let doc = parse(&text, ParseOptions { inline, smart: Some(Quotes::of("fr")) });
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
        let doc = parse(&text, ParseOptions { inline, smart: smart.then(|| Quotes::of("de")) });
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
        let doc = parse(&text, ParseOptions { inline: true, smart: None });
        let plain = doc.plain_text(false, |_| String::new());
        let mut rest = plain.as_str();
        for (_, word) in &words {
            let found = rest.find(word.as_str());
            prop_assert!(found.is_some(), "{word:?} of {text:?} is not in {plain:?}");
            rest = &rest[found.unwrap() + word.len()..];
        }
    }
}
