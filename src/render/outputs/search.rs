//! What readers can search: for each explainer its texts and records (`data/search.json`), and once for the site what
//! its explainers are called (`data/explainers.json`). The texts stand there as they are: the one who searches folds
//! them (`static/theme/parts/search.js`), so there are no two programs that would have to fold alike.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::base::{Bytes, Text};
use crate::model::doc::{Doc, Heading, Part, ReferenceKind, plain_text};
use crate::model::links::id_prefix;
use crate::model::{Block, Explainer, Fact, Layout, Prose, Section, Site, Term};
use crate::render::cx::Cx;
use crate::render::pages::{self, PageKind};

/// The path of an explainer's index, below the explainer.
pub const OWN: &str = "data/search.json";

/// Something that can be found.
#[derive(Default)]
struct Entry {
    /// What it is, as the script names it.
    kind: &'static str,
    name: String,
    /// Its address, below the explainer.
    href: String,
    /// What it says.
    text: String,
    /// What it is a part of, or when it was.
    place: String,
    /// What else it is called.
    aliases: Vec<String>,
    /// Its language, if not the page's.
    language: String,
}

impl Entry {
    fn new(kind: &'static str, name: &str, href: String) -> Self {
        Self { kind, name: name.to_owned(), href, ..Self::default() }
    }

    /// A list, without what is empty at its end.
    fn value(self) -> Value {
        let Self { kind, name, href, text, place, aliases, language } = self;
        let aliases = aliases.join("\n");
        let mut fields = vec![kind.to_owned(), name, href, text, place, aliases, language];
        while fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        fields.into()
    }
}

/// True if the pages of an explainer offer to search it.
pub fn has_own(site: &Site, explainer: &Explainer) -> bool {
    site.settings.search && pages::has_text(explainer)
}

/// The path of the index of all explainers in a language, below the site's root; `None` where there is but one, or
/// nothing can be searched.
pub fn site_path(site: &Site, language: Option<&Arc<str>>) -> Option<String> {
    let mut there = site.explainers.iter().filter(|explainer| explainer.translation.as_ref() == language);
    let several = site.settings.search && there.nth(1).is_some();
    several.then(|| format!("{}data/explainers.json", root(language)))
}

/// Every index of all explainers: its path, and the language that it is in.
pub fn of_site(site: &Site) -> Vec<(String, Option<Arc<str>>)> {
    let mut languages: Vec<Option<&Arc<str>>> = site.explainers.iter().map(|e| e.translation.as_ref()).collect();
    languages.sort_unstable();
    languages.dedup();
    languages.into_iter().filter_map(|language| Some((site_path(site, language)?, language.cloned()))).collect()
}

/// The part of the address that all explainers in a language have.
fn root(language: Option<&Arc<str>>) -> String {
    language.map(|language| format!("{}/", language.to_lowercase())).unwrap_or_default()
}

/// The index of all explainers in a language: of each its address, title and standfirst, its sections and its own terms.
pub fn site_file<'a>(contexts: impl Iterator<Item = Cx<'a>>, language: Option<&Arc<str>>) -> Bytes {
    let root = root(language);
    let explainers = contexts.filter(|cx| cx.explainer.translation.as_ref() == language);
    let all: Vec<Value> = explainers.filter(|cx| pages::has_text(cx.explainer)).map(|cx| in_site(&cx, &root)).collect();
    write(&all)
}

fn in_site(cx: &Cx<'_>, root: &str) -> Value {
    let explainer = cx.explainer;
    let sections: Vec<[String; 2]> =
        explainer.sections.iter().map(|section| [section.title.to_string(), below(cx, &section.slug)]).collect();
    // Where others lie below, its terms may be meant for them. To know of the rest what an explainer uses, all its texts
    // would have to be read.
    let shown = |term: &&Arc<Term>| explainer.children.is_empty() || explainer.data.terms.contains_key(&term.head.id);
    let terms: Vec<[&str; 2]> =
        explainer.own.terms.iter().filter(shown).map(|term| [&*term.name.text, &*term.head.id]).collect();
    let path = explainer.path.strip_prefix(root).unwrap_or(&explainer.path);
    json!([path, super::title(cx), standfirst(cx), sections, terms])
}

/// The index of an explainer.
pub fn own_file(cx: &Cx<'_>) -> Bytes {
    let mut out = vec![Entry { text: standfirst(cx), ..Entry::new("page", &super::title(cx), String::new()) }];
    for section in cx.explainer.texts() {
        of_section(cx, section, &mut out);
    }
    records(cx, &mut out);
    let all: Vec<Value> = out.into_iter().map(Entry::value).collect();
    write(&all)
}

/// An entry a line, so that who looks at the file sees something.
fn write(entries: &[Value]) -> Bytes {
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    Bytes::new(format!("[{}]\n", lines.join(",\n")))
}

fn standfirst(cx: &Cx<'_>) -> String {
    let standfirst = cx.explainer.index.as_ref().and_then(|index| index.meta.standfirst.as_ref());
    standfirst.map(|text| cx.plain(text)).unwrap_or_default()
}

/// The address of a section, below the explainer.
fn below(cx: &Cx<'_>, slug: &str) -> String {
    match cx.explainer.layout() {
        _ if slug.is_empty() => "#_answer".to_owned(),
        Layout::Scroll => format!("#{slug}"),
        Layout::Cards => format!("{slug}/"),
    }
}

/// A section, in as many entries as it has headings: each leads to its own.
fn of_section(cx: &Cx<'_>, section: &Section, out: &mut Vec<Entry>) {
    let title = if section.slug.is_empty() { cx.t("short-answer", &[]) } else { section.title.to_string() };
    let language = section.language.as_ref().map(|language| language.to_string()).unwrap_or_default();
    let prefix = id_prefix(cx.explainer, section);
    let page = match cx.explainer.layout() {
        Layout::Cards if !section.slug.is_empty() => below(cx, &section.slug),
        _ => String::new(),
    };
    let mut entry = Entry { language: language.clone(), ..Entry::new("section", &title, below(cx, &section.slug)) };
    entry.text = section.standfirst.as_ref().map(|text| cx.plain(text)).unwrap_or_default();
    let mut blocks = section.blocks.iter();
    for (heading, parts) in stretches(&section.body) {
        if let Some(heading) = heading {
            let id = if heading.explicit { heading.id.to_string() } else { format!("{prefix}{}", heading.id) };
            let next = Entry {
                place: title.clone(),
                language: language.clone(),
                ..Entry::new("section", &heading.text, format!("{page}#{id}"))
            };
            out.push(std::mem::replace(&mut entry, next));
        }
        let told = plain_text(&section.body.written, &parts, cx.site.settings.raw_html, |reference| {
            cx.reference_shown(reference)
        });
        join(&mut entry.text, &told.replace('\n', " "));
        for part in &parts {
            match part {
                Part::Image(image) if image.block => join(&mut entry.text, &image.title),
                Part::Block(_) => {
                    if let Some(Some(Block::Chart(chart))) = blocks.next() {
                        let title = chart.title.as_ref().map(Text::to_string);
                        join(&mut entry.text, &title.unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
    }
    // A short answer that nobody wrote has no place on the page.
    if !section.slug.is_empty() || !entry.text.is_empty() || !entry.place.is_empty() {
        out.push(entry);
    }
}

/// What stands between headings, each stretch with the heading above it; footnotes at their places.
fn stretches(doc: &Doc) -> Vec<(Option<&Heading>, Vec<Part>)> {
    let mut out: Vec<(Option<&Heading>, Vec<Part>)> = vec![(None, Vec::new())];
    let mut in_heading = false;
    for part in doc.all_parts() {
        match part {
            Part::HeadingStart(heading) => {
                in_heading = true;
                out.push((Some(heading), Vec::new()));
            }
            Part::HeadingEnd(_) => in_heading = false,
            _ if in_heading => {}
            part => out.last_mut().into_iter().for_each(|(_, parts)| parts.push(part.clone())),
        }
    }
    out
}

fn records(cx: &Cx<'_>, out: &mut Vec<Entry>) {
    let data = &cx.explainer.data;
    let kinds = pages::kinds(cx.explainer);
    let foreign = |head| cx.foreign(head).unwrap_or_default();
    for term in data.terms.values() {
        let mut entry = Entry::new("term", &term.name, format!("terms/#{}", term.head.id));
        entry.text = prose(cx, term.definition.as_ref());
        for state in &term.states {
            let Some(value) = &state.value else { continue };
            let edition = data.editions.get(&*state.edition.text).map(|edition| edition.label.to_string());
            let said = format!("{}: {}", edition.unwrap_or_default(), cx.plain(value));
            join_field(&mut entry.text, said.trim_start_matches(": "));
        }
        entry.place = term.group.as_ref().map(Text::to_string).unwrap_or_default();
        entry.aliases = term.aliases.iter().map(Text::to_string).collect();
        entry.language = foreign(&term.head);
        out.push(entry);
    }
    for event in data.events.values() {
        let entry = Entry::new("event", &event.title, format!("timeline/#{}", event.head.id));
        let (text, place) = (prose(cx, event.body.as_ref()), cx.date(&event.date).text);
        out.push(Entry { text, place, language: foreign(&event.head), ..entry });
    }
    for era in data.eras.values().filter(|_| kinds.contains(&PageKind::Timeline)) {
        let entry = Entry::new("event", &era.label, format!("timeline/#{}", era.head.id));
        let dates = [Some(&era.start), era.end.as_ref()].into_iter().flatten().map(|date| cx.date(date).text);
        let place = dates.collect::<Vec<_>>().join(" – ");
        out.push(Entry { place, language: foreign(&era.head), ..entry });
    }
    for table in data.comparisons.values() {
        let page = format!("compare/{}/", table.head.id);
        let entry = Entry::new("table", &table.title, page.clone());
        out.push(Entry { text: prose(cx, table.caption.as_ref()), language: foreign(&table.head), ..entry });
        for row in &table.rows {
            let mut entry = Entry::new("table", &row.label, format!("{page}#{}", row.id));
            entry.text = prose(cx, row.note.as_ref());
            for column in &table.columns {
                let Some(value) = row.cells.get(&column.id).and_then(|cell| cell.value.as_ref()) else { continue };
                join_field(&mut entry.text, &format!("{}: {}", column.label, cx.plain(value)));
            }
            out.push(Entry { place: table.title.to_string(), language: foreign(&table.head), ..entry });
        }
    }
    for fact in data.facts.values() {
        let Some(label) = &fact.label else { continue };
        let Some((href, place)) = fact_place(cx, fact) else { continue };
        let mut text = fact.value.to_string();
        join_field(&mut text, &prose(cx, fact.provenance.note.as_ref()));
        out.push(Entry { text, place, language: foreign(&fact.head), ..Entry::new("fact", label, href) });
    }
    for source in data.sources.values() {
        let entry = Entry::new("source", &source.title, format!("sources/#{}", source.head.id));
        let date = source.date.as_ref().map(|date| cx.date(date).text);
        let place: Vec<String> = source.publisher.iter().map(Text::to_string).chain(date).collect();
        out.push(Entry {
            text: prose(cx, source.note.as_ref()),
            place: place.join(", "),
            aliases: source.authors.iter().map(Text::to_string).collect(),
            language: source.language.as_ref().map(Text::to_string).unwrap_or_default(),
            ..entry
        });
    }
    for change in data.changes.values() {
        let name = cx.t(&format!("change-{}", change.kind.name()), &[]);
        let entry = Entry::new("change", &name, format!("changes/#{}", change.head.id));
        let (text, place) = (cx.plain(&change.note), cx.date(&change.date).text);
        out.push(Entry { text, place, language: foreign(&change.head), ..entry });
    }
}

/// Where a fact stands: at the top of the explainer, or in the first text that names it. One that no text names is on
/// no page.
fn fact_place(cx: &Cx<'_>, fact: &Fact) -> Option<(String, String)> {
    let id = &fact.head.id;
    let key_facts = cx.explainer.index.iter().flat_map(|index| &index.meta.key_facts);
    if key_facts.into_iter().any(|key| key.text == *id) {
        return Some((String::new(), String::new()));
    }
    let names = |section: &&Arc<Section>| {
        section.body.notable_parts().any(|part| match part {
            Part::Reference(reference) => reference.kind == ReferenceKind::Fact && reference.id == *id,
            _ => false,
        })
    };
    let section = cx.explainer.texts().find(names)?;
    Some((below(cx, &section.slug), cx.use_link(&section.slug)?.name))
}

fn prose(cx: &Cx<'_>, prose: Option<&Prose>) -> String {
    prose.map(|prose| cx.plain(prose)).unwrap_or_default()
}

/// Puts a field of a record behind another: each is a statement of its own.
fn join_field(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str(" ·");
    }
    join(text, more);
}

/// Puts a text behind another.
fn join(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
