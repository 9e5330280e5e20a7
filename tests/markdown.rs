//! Markdown cases: `markdown/NAME.md` becomes `markdown/NAME.html`. `UPDATE=1` rewrites what is expected.
//!
//! A first line `%% inline smart raw bare shift=1 prefix=x--` sets options. Below the HTML stands what else came of
//! the text: the terms and citations for the page, and the number of words.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use expound::load::markdown::{ParseOptions, Quotes, parse};
use expound::model::doc::{Doc, Part, ReferenceKind};
use expound::model::names::Names;
use expound::render::images::ImageFile;
use expound::render::prose::{CiteLink, FactLink, FillOptions, Scope, Target, TermLink, fill};

/// A small site: three terms, two facts, three sources, one of everything else.
pub struct Site;

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

    fn citation(&self, id: &str, locator: &str) -> Option<CiteLink> {
        let (number, label) = match id {
            "volk" => (1, "Volk, 28 October 2025"),
            "a" => (2, "A & B"),
            "b" => (3, "B"),
            _ => return None,
        };
        let shown = if locator.is_empty() { number.to_string() } else { format!("{number}, {locator}") };
        Some(CiteLink { number, href: format!("#source-{id}"), label: format!("Source {shown}: {label}") })
    }

    fn link(&self, href: &str) -> Option<String> {
        (!href.starts_with("javascript:")).then(|| href.to_owned())
    }

    fn image(&self, src: &str) -> Option<ImageFile> {
        let size = if src.ends_with(".svg") { None } else { Some((640, 480)) };
        (src != "missing.png").then(|| ImageFile { href: format!("/{src}"), size, ..ImageFile::default() })
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
            ("smart", language) => parsing.smart = Some(Quotes::of(language)),
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
pub fn hold_together(text: &str, doc: &Doc) {
    let typed = |at: expound::model::doc::At| text.get(at.range()).unwrap_or_else(|| panic!("{at:?} in {text:?}"));
    for part in doc.all_parts() {
        match part {
            Part::Text(content, at) => {
                let (typed, content) = (typed(*at), content.of(&doc.written));
                assert!(!content.trim().is_empty());
                if !typed.contains(['\\', '&', '\n', '\'', '"', '-', '.', '\0', '>', '\r']) {
                    // French has a space that doesn't break before some signs.
                    let content = content.replace(['\u{a0}', '\u{202f}'], " ");
                    let typed = typed.replace(['\u{a0}', '\u{202f}'], " ");
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
