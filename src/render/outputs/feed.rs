//! The feed of changes (Atom, RFC 4287): the publication of the explainer and every change since, newest first. A folder
//! with explainers below it tells of those too.

use std::fmt::Write;

use crate::base::Bytes;
use crate::base::escape::xml;
use crate::base::hash::fingerprint;
use crate::model::{Change, Day, Explainer};
use crate::render::cx::{Arg, Cx};

/// Feed readers fetch the whole file again and again, so it holds the newest entries only.
const MOST_ENTRIES: usize = 100;

struct Entry {
    id: String,
    published: Day,
    updated: Day,
    title: String,
    link: String,
    text: Option<String>,
    category: &'static str,
}

/// The feed of an explainer.
pub fn write(cx: &Cx<'_>) -> Bytes {
    let mut entries = Vec::new();
    for explainer in below(cx) {
        let changes: Vec<&Change> = if std::ptr::eq(explainer, cx.explainer) {
            explainer.data.changes.values().map(|c| &**c).collect()
        } else {
            // What it inherits is told by the folder it comes from.
            explainer.own.changes.iter().map(|c| &**c).collect()
        };
        let cx = &Cx { explainer, ..cx.part("") };
        entries.extend(published(cx));
        entries.extend(changes.into_iter().filter_map(|change| changed(cx, change)));
    }
    // Stable: what happened on one day keeps the order of the pages.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
    let updated = entries.first().map_or(cx.today, |entry| entry.updated);
    entries.truncate(MOST_ENTRIES);

    let title = cx.t("feed-title", &[("title", Arg::Text(&super::title(cx)))]);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", xml(cx.catalogue.language()));
    element(&mut out, 1, "id", &id(cx, ""));
    element(&mut out, 1, "title", &title);
    if let Some(description) = super::description(cx) {
        element(&mut out, 1, "subtitle", &description);
    }
    let link = |rel: &str, kind: &str, path: &str| {
        format!("  <link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>\n", xml(&super::absolute(cx, path)))
    };
    out.push_str(&link("self", "application/atom+xml", "feed.xml"));
    out.push_str(&link("alternate", "text/html", ""));
    element(&mut out, 1, "updated", &moment(updated));
    authors(&mut out, cx);
    if let Some(license) = &cx.site.settings.license {
        element(&mut out, 1, "rights", license);
    }
    for entry in entries {
        out.push_str("  <entry>\n");
        element(&mut out, 2, "id", &entry.id);
        element(&mut out, 2, "title", &entry.title);
        let _ = writeln!(out, "    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", xml(&entry.link));
        let _ = writeln!(out, "    <category term=\"{}\"/>", entry.category);
        element(&mut out, 2, "published", &moment(entry.published));
        element(&mut out, 2, "updated", &moment(entry.updated));
        if let Some(text) = &entry.text {
            let _ = writeln!(out, "    <content type=\"text\">{}</content>", xml(text));
        }
        out.push_str("  </entry>\n");
    }
    out.push_str("</feed>\n");
    Bytes::new(out)
}

/// The explainer and all below it, each parent before its children.
fn below<'a>(cx: &Cx<'a>) -> Vec<&'a Explainer> {
    let mut found = vec![cx.explainer];
    let mut at = 0;
    while let Some(explainer) = found.get(at).copied() {
        found.extend(explainer.children.iter().filter_map(|child| cx.site.explainers.get(*child)).map(|e| &**e));
        at += 1;
    }
    found.retain(|explainer| explainer.too_long.is_none());
    found
}

fn published(cx: &Cx<'_>) -> Option<Entry> {
    let meta = &cx.explainer.index.as_ref()?.meta;
    let (first, last) = (meta.published.as_ref().or(meta.updated.as_ref())?, meta.updated.as_ref());
    let published = super::day_of(first)?;
    Some(Entry {
        id: id(cx, "published"),
        published,
        updated: last.and_then(super::day_of).map_or(published, |last| last.max(published)),
        title: meta.title.to_string(),
        link: super::absolute(cx, ""),
        text: super::description(cx),
        category: "published",
    })
}

fn changed(cx: &Cx<'_>, change: &Change) -> Option<Entry> {
    let kind = cx.t(&format!("change-{}", change.kind.name()), &[]);
    let (about, link) = subject(cx, change);
    let day = super::day_of(&change.date)?;
    Some(Entry {
        id: id(cx, &format!("change-{}", change.head.id)),
        published: day,
        updated: day,
        title: format!("{kind}: {about}"),
        link,
        text: Some(cx.plain(&change.note)),
        category: change.kind.name(),
    })
}

/// What a change concerns and where that stands: the section, the term or the event it names, else the explainer and
/// the entry in its list of changes.
fn subject(cx: &Cx<'_>, change: &Change) -> (String, String) {
    let data = &cx.explainer.data;
    if let Some(id) = &change.section
        && let Some(section) = cx.explainer.sections.iter().find(|s| *s.slug == *id.text)
    {
        let (page, anchor) = cx.explainer.section_address(&id.text);
        let anchor = anchor.map(|a| format!("#{a}")).unwrap_or_default();
        return (section.title.to_string(), super::absolute_site(cx, &format!("{page}{anchor}")));
    }
    if let Some(term) = change.term.as_ref().and_then(|id| data.terms.get(&*id.text)) {
        return (term.name.to_string(), super::absolute(cx, &format!("terms/#{}", term.head.id)));
    }
    if let Some(event) = change.event.as_ref().and_then(|id| data.events.get(&*id.text)) {
        return (event.title.to_string(), super::absolute(cx, &format!("timeline/#{}", event.head.id)));
    }
    (super::title(cx), super::absolute(cx, &format!("changes/#{}", change.head.id)))
}

fn authors(out: &mut String, cx: &Cx<'_>) {
    let written = cx.explainer.index.iter().flat_map(|i| &i.meta.authors);
    let mut names: Vec<(String, Option<&str>)> =
        written.map(|a| (a.name.to_string(), a.url.as_ref().map(|u| &*u.text))).collect();
    if names.is_empty() {
        let publisher = cx.site.settings.publisher.as_ref();
        names.push(match publisher {
            Some(publisher) => (publisher.name.to_string(), publisher.url.as_ref().map(|u| &*u.text)),
            None => (super::title(cx), None),
        });
    }
    for (name, url) in names {
        out.push_str("  <author>\n");
        element(out, 2, "name", &name);
        if let Some(url) = url {
            element(out, 2, "uri", url);
        }
        out.push_str("  </author>\n");
    }
}

/// An id that never changes as long as the site stays at its address: a tag (RFC 4151). A site without an address has
/// ids made from its title.
fn id(cx: &Cx<'_>, entry: &str) -> String {
    let origin = super::origin(cx);
    let path = cx.href("");
    match origin.split_once("://").map(|(_, host)| host.split_once(':').map_or(host, |(name, _)| name)) {
        // The year is part of the form, not a statement: a day on which whoever has the host now may have had it.
        Some(host) => {
            let entry =
                if entry.is_empty() { String::new() } else { format!("#{}", crate::base::escape::url_segment(entry)) };
            format!("tag:{host},2026:{path}{entry}")
        }
        None => uuid(fingerprint(&(super::title(cx), &path, entry))),
    }
}

/// A UUID of the kind whose bits are up to whoever makes it (RFC 9562, version 8).
fn uuid(bits: u128) -> String {
    let bits = bits & !(0xF << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default().to_owned();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

fn moment(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

fn element(out: &mut String, depth: usize, name: &str, text: &str) {
    let _ = writeln!(out, "{}<{name}>{}</{name}>", "  ".repeat(depth), xml(text));
}
