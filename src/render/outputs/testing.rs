//! A small site in memory with one record of each kind, for tests.

use std::sync::Arc;

use crate::base::{SourcePath, Span, Text, Version};
use crate::load::markdown::{ParseOptions, parse};
use crate::model::settings::{Publisher, Theme};
use crate::model::*;
use crate::render::cx::Cx;
use crate::render::i18n::Catalogue;

/// Text that does harm wherever it is not escaped.
pub const HOSTILE: &str = "=1+1 \"]]>'</script><!--<b>&amp;|`*_[x](javascript:a)\u{0}\u{2028}\u{202E}";

/// What differs between the sites of tests.
#[derive(Clone, Copy)]
pub struct Options {
    /// The address of the site.
    pub base_url: Option<&'static str>,
    /// Every text that an author may write.
    pub text: &'static str,
    /// Markdown of records.
    pub prose: &'static str,
    /// The text of the section.
    pub body: &'static str,
    /// A section a page.
    pub cards: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base_url: Some("https://example.org/deal/"),
            text: "Text",
            prose: "Some *prose* with [[fact:f]] and [[t|the term]].",
            body: "Body [@s].\n",
            cards: false,
        }
    }
}

fn file(name: &str) -> SourcePath {
    SourcePath::new(name)
}

fn text(text: &str) -> Text {
    Text { text: text.into(), span: Span::file(&file("content/terms.toml")), verbatim: false }
}

fn prose(source: &str) -> Prose {
    Prose {
        foreign: false,
        source: text(source),
        doc: Arc::new(parse(source, ParseOptions { inline: true, smart: None })),
    }
}

fn head(id: &str) -> Head {
    Head { id: id.into(), span: Span::file(&file("content/terms.toml")), replaces: None, foreign: false, group: None }
}

fn section(slug: &str, title: &str, body: &str) -> Section {
    Section {
        file: file(&format!("content/10-{slug}.md")),
        slug: slug.into(),
        span: Span::file(&file("content")),
        title: text(title),
        short_title: None,
        standfirst: None,
        updated: None,
        draft: false,
        order: None,
        body: Arc::new(parse(body, ParseOptions::default())),
        translates: None,
        language: None,
        source: crate::base::SharedText::new(&crate::base::Bytes::new(body), 0..body.len()),
        offset: 0,
        blocks: Vec::new(),
    }
}

/// The site.
pub fn site(options: &Options) -> Site {
    let some = || Some(text(options.text));
    let markdown = || Some(prose(options.prose));
    let date = |edtf: &str| Date::parse(edtf).expect("a date");
    let source_ref = || SourceRef { id: text("s"), locator: Some(options.text.into()) };
    let provenance = || Provenance {
        sources: vec![source_ref()],
        status: Status::Reported,
        as_of: Some(date("2026-05")),
        note: markdown(),
    };
    let effect = Effect {
        span: Span::file(&file("x")),
        party: text("p"),
        direction: Direction::Loses,
        provenance: provenance(),
    };
    let state = State {
        span: Span::file(&file("x")),
        edition: text("e1"),
        value: markdown(),
        blank: None,
        standing: some(),
        provenance: provenance(),
        effects: vec![effect],
    };
    let edition = |id: &str, day: &str| {
        let (label, provenance) = (text(options.text), provenance());
        Arc::new(Edition { head: head(id), label, date: date(day), provenance })
    };
    let column =
        |id: &str| Column { id: id.into(), span: Span::file(&file("x")), label: text(options.text), note: markdown() };
    let cell = Cell { span: Span::file(&file("x")), value: markdown(), provenance: Provenance::default() };
    let row = Row {
        id: "r".into(),
        span: Span::file(&file("x")),
        label: text(options.text),
        note: markdown(),
        sources: vec![source_ref()],
        cells: IndexMapH([("a".into(), cell)].into_iter().collect()),
        blanks: Vec::new(),
    };
    let change = |id: &str, kind: ChangeKind, section: Option<&str>, term: Option<&str>| {
        Arc::new(Change {
            head: head(id),
            date: date("2026-05-06"),
            kind,
            note: prose(options.prose),
            section: section.map(text),
            term: term.map(text),
            event: None,
        })
    };
    let records = Records {
        editions: vec![edition("e1", "2025"), edition("e2", "2026-04-27")],
        terms: vec![Arc::new(Term {
            head: head("t"),
            name: text(options.text),
            aliases: vec![text(options.text), text("Alias")],
            group: some(),
            definition: markdown(),
            autolink: true,
            states: vec![state],
            provenance: provenance(),
        })],
        parties: vec![Arc::new(Party {
            head: head("p"),
            name: text(options.text),
            role: some(),
            url: Some(text("https://example.org/?a=1&b=2")),
            provenance: provenance(),
        })],
        events: vec![Arc::new(Event {
            head: head("ev"),
            date: date("2021~"),
            date_span: Span::file(&file("x")),
            title: text(options.text),
            body: markdown(),
            group: some(),
            importance: Importance::Key,
            terms: vec![text("t")],
            parties: vec![text("p")],
            edition: Some(text("e1")),
            image: None,
            provenance: provenance(),
        })],
        eras: vec![Arc::new(Era {
            head: head("era"),
            label: text(options.text),
            start: date("2019"),
            end: None,
            end_span: Span::file(&file("x")),
            group: None,
            provenance: provenance(),
        })],
        sources: vec![Arc::new(Source {
            head: head("s"),
            title: text(options.text),
            publisher: some(),
            authors: vec![text(options.text)],
            date: Some(date("2026-04-27")),
            url: Some(text("https://example.org/s?a=(1)&b=2")),
            archive: None,
            accessed: Some(date("2026-05-01")),
            kind: some(),
            language: Some(text("en")),
            note: markdown(),
        })],
        facts: vec![Arc::new(Fact {
            head: head("f"),
            value: text(options.text),
            label: some(),
            review_by: None,
            provenance: provenance(),
        })],
        comparisons: vec![Arc::new(Comparison {
            head: head("c"),
            title: text(options.text),
            caption: markdown(),
            columns: vec![column("a"), column("b")],
            rows: vec![row],
            provenance: provenance(),
        })],
        changes: vec![
            change("fixed", ChangeKind::Correction, Some("first"), None),
            change("added", ChangeKind::Update, None, Some("t")),
        ],
    };
    let meta = ExplainerMeta {
        title: text(options.text),
        standfirst: markdown(),
        description: some(),
        authors: vec![Author { name: text(options.text), url: None, kind: None }],
        published: Some(date("2026-05-04")),
        updated: Some(date("2026-05-06")),
        kind: some(),
        layout: if options.cards { Layout::Cards } else { Layout::Scroll },
        draft: false,
        language: None,
        slug: None,
        order: None,
        tags: vec![text(options.text)],
        image: None,
        key_facts: Vec::new(),
        aliases: Vec::new(),
    };
    let root = Folder {
        dir: file("content"),
        index: Some(Index { meta, body: Arc::new(section("", options.text, "The short answer.\n")) }),
        sections: vec![Arc::new(section("first", options.text, options.body))],
        records: Arc::new(records),
        version: Version::default(),
        assets: Arc::default(),
        images: Arc::default(),
        children: Vec::new(),
        unread: false,
        data: Arc::default(),
        translations: Arc::default(),
        languages: Arc::default(),
        found: Vec::new(),
    };
    let settings = Settings {
        publish: Vec::new(),
        title: some(),
        description: some(),
        base_url: options.base_url.map(text),
        base_path: if options.base_url.is_some() { "/deal/".into() } else { "/".into() },
        language: "en".into(),
        license: some(),
        publisher: Some(Publisher { name: text(options.text), url: None, logo: None, kind: None }),
        raw_html: false,
        smart_punctuation: false,
        highlight: true,
        cards: true,
        llms: true,
        search: true,
        autolink: true,
        check: IndexMapH::default(),
        stale_after_days: None,
        theme: Theme::default(),
        translations: Default::default(),
        security: settings::Security::default(),
        span: Span::file(&file("expound.toml")),
    };
    let loaded = Loaded {
        settings: Arc::new(settings),
        root: Arc::new(root),
        translations: Vec::new(),
        static_files: Arc::default(),
        strings: Arc::default(),
        templates: Arc::default(),
        fonts: Arc::default(),
        manner: 0,
    };
    let site = crate::resolve::resolve(&loaded, today(), None);
    assert!(site.explainers.iter().all(|e| e.visible.found.is_empty()));
    site
}

/// The date of the build.
pub fn today() -> Day {
    Day { year: 2026, month: 5, day: 10 }
}

/// Runs `test` with the context of the site's root.
pub fn with<T>(options: &Options, test: impl FnOnce(&Cx<'_>) -> T) -> T {
    let site = site(options);
    let catalogue = Catalogue::new("en-GB", &Default::default());
    test(&Cx::new(&site, &site.explainers[0], today(), &catalogue))
}
