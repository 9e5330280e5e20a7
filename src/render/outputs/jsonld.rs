//! What search engines read (JSON-LD, schema.org): the article, its corrections, what it cites, its glossary.

use serde_json::{Map, Value, json};

use crate::base::Text;
use crate::base::escape::json_in_script;
use crate::base::url::is_web;
use crate::model::settings::Publisher;
use crate::model::{Agent, ChangeKind, Date, Explainer, ExplainerMeta, Picture, Source, Term};
use crate::render::cards;
use crate::render::cx::Cx;
use crate::render::pages::PageKind;

/// The description of an explainer's main page, ready to stand in `<script type="application/ld+json">`. Says only what
/// is known. `None` for a folder without a text of its own.
pub fn write(cx: &Cx<'_>) -> Option<String> {
    let mut graph = vec![Value::Object(article(cx, &cx.explainer.index.as_ref()?.meta))];
    graph.extend(glossary(cx));
    let whole = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(json_in_script(&whole.to_string()))
}

/// The article: `BackgroundNewsArticle` is schema.org's word for an explainer; `NewsArticle`, which it is a kind of, is
/// named beside it for readers that know only that.
fn article(cx: &Cx<'_>, meta: &ExplainerMeta) -> Map<String, Value> {
    let settings = &cx.site.settings;
    let explainer = cx.explainer;
    let address = address(cx, "");
    let mut article = node(&["NewsArticle", "BackgroundNewsArticle"]);
    put(&mut article, "@id", Some(format!("{}#article", address.as_deref().unwrap_or_default())));
    put(&mut article, "url", address.clone());
    put(&mut article, "mainEntityOfPage", address);
    put(&mut article, "headline", Some(meta.title.to_string()));
    put(&mut article, "description", super::description(cx));
    put(&mut article, "genre", text(&meta.kind));
    put(&mut article, "inLanguage", Some(cx.catalogue.language().to_owned()));
    put(&mut article, "isAccessibleForFree", Some(true));
    put(&mut article, "datePublished", meta.published.as_ref().and_then(Date::datetime_attr));
    put(&mut article, "dateModified", meta.updated.as_ref().or(meta.published.as_ref()).and_then(Date::datetime_attr));
    let publisher = settings.publisher.as_ref();
    let publisher_kind = |publisher: &Publisher| publisher.kind.unwrap_or(Agent::Organisation);
    let authors = meta.authors.iter().map(|author| {
        // A name that is also the publisher's is that of the publisher; any other is taken for a person's.
        let same = publisher.filter(|publisher| publisher.name.text == author.name.text).map(publisher_kind);
        let mut node = node(&[agent(author.kind.or(same).unwrap_or(Agent::Person))]);
        put(&mut node, "name", Some(author.name.to_string()));
        put(&mut node, "url", web(&author.url));
        node
    });
    put_all(&mut article, "author", authors);
    if let Some(publisher) = publisher {
        let kind = publisher_kind(publisher);
        let mut node = node(&[agent(kind)]);
        put(&mut node, "name", Some(publisher.name.to_string()));
        put(&mut node, "url", web(&publisher.url));
        // Only organisations have logos; persons have images.
        let picture = if kind == Agent::Organisation { "logo" } else { "image" };
        put(&mut node, picture, publisher.logo.as_ref().map(|logo| file_address(cx, logo)));
        put(&mut article, "publisher", Some(node));
    }
    put(&mut article, "image", meta.image.as_ref().map(|picture| image(cx, picture)).or_else(|| card(cx)));
    put(&mut article, "wordCount", Some(words(explainer)).filter(|n| *n > 0));
    put_all(&mut article, "keywords", meta.tags.iter().map(|tag| tag.to_string()));
    let license = settings.license.as_ref();
    put(&mut article, "license", license.filter(|l| is_web(l)).map(|l| l.to_string()));
    put_all(
        &mut article,
        "about",
        explainer.data.parties.values().map(|party| {
            let mut node = node(&["Thing"]);
            put(&mut node, "name", Some(party.name.to_string()));
            put(&mut node, "url", web(&party.url));
            node
        }),
    );
    let cited = explainer.numbers.keys().filter_map(|id| explainer.data.sources.get(id));
    put_all(&mut article, "citation", cited.map(|source| citation(source)));
    let corrections = explainer.data.changes.values().filter(|c| c.kind == ChangeKind::Correction);
    put_all(
        &mut article,
        "correction",
        corrections.map(|change| {
            let mut node = node(&["CorrectionComment"]);
            put(&mut node, "text", Some(cx.plain(&change.note)));
            put(&mut node, "datePublished", change.date.datetime_attr());
            put(&mut node, "url", self::address(cx, &format!("changes/#{}", change.head.id)));
            node
        }),
    );
    article
}

/// The type of somebody who writes or publishes.
fn agent(agent: Agent) -> &'static str {
    match agent {
        Agent::Person => "Person",
        Agent::Organisation => "Organization",
    }
}

/// The glossary: a `DefinedTermSet` with a `DefinedTerm` for every term that has a definition.
fn glossary(cx: &Cx<'_>) -> Option<Value> {
    let address = address(cx, "terms/");
    let id = format!("{}#terms", address.as_deref().unwrap_or_default());
    let term = |term: &Term| {
        let definition = term.definition.as_ref()?;
        let mut node = node(&["DefinedTerm"]);
        put(&mut node, "name", Some(term.name.to_string()));
        put_all(&mut node, "alternateName", term.aliases.iter().map(|a| a.to_string()));
        put(&mut node, "description", Some(cx.plain(definition)));
        put(&mut node, "termCode", Some(term.head.id.to_string()));
        put(&mut node, "url", self::address(cx, &format!("terms/#{}", term.head.id)));
        put(&mut node, "inDefinedTermSet", Some(json!({ "@id": id })));
        Some(node)
    };
    let terms: Vec<Map<String, Value>> = cx.explainer.data.terms.values().filter_map(|t| term(t)).collect();
    if terms.is_empty() {
        return None;
    }
    let mut set = node(&["DefinedTermSet"]);
    put(&mut set, "@id", Some(id.clone()));
    put(&mut set, "name", Some(format!("{}: {}", super::title(cx), cx.t("glossary", &[]))));
    put(&mut set, "url", address);
    put(&mut set, "inLanguage", Some(cx.catalogue.language().to_owned()));
    put_all(&mut set, "hasDefinedTerm", terms.into_iter());
    Some(Value::Object(set))
}

fn citation(source: &Source) -> Map<String, Value> {
    let mut node = node(&["CreativeWork"]);
    put(&mut node, "name", Some(source.title.to_string()));
    put(&mut node, "url", web(&source.url));
    put(&mut node, "archivedAt", web(&source.archive));
    put(&mut node, "datePublished", source.date.as_ref().and_then(Date::datetime_attr));
    put(&mut node, "inLanguage", text(&source.language));
    let named = |kind: &str, name: &Text| {
        let mut named = self::node(&[kind]);
        put(&mut named, "name", Some(name.to_string()));
        named
    };
    put_all(&mut node, "author", source.authors.iter().map(|author| named("Person", author)));
    put(&mut node, "publisher", source.publisher.as_ref().map(|publisher| named("Organization", publisher)));
    node
}

fn image(cx: &Cx<'_>, picture: &Picture) -> Map<String, Value> {
    let mut node = node(&["ImageObject"]);
    let (href, size) = super::picture_file(cx, &picture.src);
    put(&mut node, "url", Some(super::full(cx, &href)));
    if let Some((width, height)) = size {
        put(&mut node, "width", Some(pixels(width)));
        put(&mut node, "height", Some(pixels(height)));
    }
    put(&mut node, "caption", text(&picture.caption).or_else(|| text(&picture.alt)));
    put(&mut node, "creditText", text(&picture.credit));
    node
}

/// A number of pixels, whose code for units is `E37` (UN/CEFACT Recommendation 20).
fn pixels(number: u32) -> Map<String, Value> {
    let mut node = node(&["QuantitativeValue"]);
    put(&mut node, "value", Some(number));
    put(&mut node, "unitCode", Some("E37"));
    node
}

/// The card of the explainer, for one that has no picture of its own.
fn card(cx: &Cx<'_>) -> Option<Map<String, Value>> {
    let card = cards::of_page(cx, &PageKind::Explainer)?;
    let mut node = node(&["ImageObject"]);
    put(&mut node, "url", Some(card.address));
    put(&mut node, "width", Some(pixels(cards::WIDTH)));
    put(&mut node, "height", Some(pixels(cards::HEIGHT)));
    put(&mut node, "caption", Some(card.alt));
    Some(node)
}

/// The words of the short answer and of every section.
fn words(explainer: &Explainer) -> usize {
    let intro = explainer.index.iter().map(|i| &i.body);
    intro.chain(&explainer.sections).map(|section| section.body.words).sum()
}

/// The full address of a page below the explainer, where the site's address is known.
fn address(cx: &Cx<'_>, path: &str) -> Option<String> {
    cx.site.settings.base_url.is_some().then(|| super::absolute(cx, path))
}

fn file_address(cx: &Cx<'_>, file: &Text) -> String {
    super::full(cx, &super::file_href(cx, file))
}

fn text(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|t| t.to_string())
}

/// An address of the web; others are of no use to readers of this.
fn web(url: &Option<Text>) -> Option<String> {
    text(url).filter(|url| is_web(url))
}

fn node(kinds: &[&str]) -> Map<String, Value> {
    let mut node = Map::new();
    let kind: Value = match kinds {
        [one] => (*one).into(),
        several => several.into(),
    };
    node.insert("@type".to_owned(), kind);
    node
}

fn put(node: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        node.insert(name.to_owned(), value.into());
    }
}

/// A list, left out if it is empty.
fn put_all(node: &mut Map<String, Value>, name: &str, values: impl Iterator<Item = impl Into<Value>>) {
    let values: Vec<Value> = values.map(Into::into).collect();
    if !values.is_empty() {
        node.insert(name.to_owned(), Value::Array(values));
    }
}
