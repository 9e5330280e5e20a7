//! The CommonMark specification's examples render as specified, but for what expound adds.

use std::sync::Arc;

use expound::load::markdown::{ParseOptions, parse};
use expound::model::doc::ReferenceKind;
use expound::model::names::Names;
use expound::render::images::ImageFile;
use expound::render::prose::{CiteLink, FactLink, FillOptions, Scope, Target, TermLink, fill};

#[derive(serde::Deserialize)]
struct Example {
    example: u32,
    section: String,
    markdown: String,
    html: String,
}

/// Examples that render otherwise, and why.
const EXCEPTIONS: &[(u32, &str)] = &[
    (548, "`[[[foo]]]` holds a reference to the term `foo`"),
    (559, "`[[*foo* bar]]` is a reference, not a link in brackets"),
    (590, "`![[foo]]` holds a reference to the term `foo`"),
    (602, "a bare address is a link, as in GitHub Flavored Markdown"),
    (606, "a bare e-mail address is a link, as in GitHub Flavored Markdown"),
    (608, "a bare address is a link, as in GitHub Flavored Markdown"),
    (611, "a bare address is a link, as in GitHub Flavored Markdown"),
    (612, "a bare e-mail address is a link, as in GitHub Flavored Markdown"),
];

/// A scope that knows nothing and leaves addresses as they are.
struct Neutral;

impl Scope for Neutral {
    fn term(&self, _: &str) -> Option<TermLink> {
        None
    }
    fn fact(&self, _: &str) -> Option<FactLink> {
        None
    }
    fn target(&self, _: ReferenceKind, _: &str) -> Option<Target> {
        None
    }
    fn citation(&self, _: &str, _: &str) -> Option<CiteLink> {
        None
    }
    fn link(&self, href: &str) -> Option<String> {
        Some(href.to_owned())
    }
    fn image(&self, src: &str) -> Option<ImageFile> {
        Some(ImageFile { href: src.to_owned(), ..ImageFile::default() })
    }
    fn block(&self, _: usize) -> Option<String> {
        None
    }
    fn names(&self) -> Option<Arc<Names>> {
        None
    }
    fn message(&self, key: &str) -> String {
        key.to_owned()
    }
    fn message_with(&self, key: &str, _: &str, _: &str) -> String {
        key.to_owned()
    }
}

fn render(markdown: &str) -> String {
    let doc = parse(markdown, ParseOptions::default());
    let options = FillOptions { raw_html: true, bare: true, ..FillOptions::default() };
    fill(&doc, &options, &Neutral).html
}

/// What is the same HTML in another spelling is made the same: `<br />` and `<br>`, a quote as such or as an entity.
fn normal(html: &str) -> String {
    html.replace(" />", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").trim().to_owned()
}

#[test]
fn every_example() {
    let examples: Vec<Example> = serde_json::from_str(include_str!("commonmark/spec-0.31.2.json")).unwrap();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    for example in &examples {
        let made = render(&example.markdown);
        let same = normal(&made) == normal(&example.html);
        let excepted = EXCEPTIONS.iter().any(|(number, _)| *number == example.example);
        if same == excepted {
            wrong.push(format!(
                "{} ({}){}\n--- markdown\n{}--- expected\n{}--- made\n{made}",
                example.example,
                example.section,
                if same { ": renders as specified, so is no exception" } else { "" },
                example.markdown,
                example.html
            ));
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
