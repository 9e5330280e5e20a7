//! For crawlers: `sitemap.xml` (sitemaps.org) and `robots.txt`.

use std::fmt::Write;

use super::Files;
use crate::base::Bytes;
use crate::base::escape::xml;
use crate::model::{Day, Explainer, Site};
use crate::render::languages;
use crate::render::pages::{self, PageKind, PageSpec};

/// What the protocol allows in one file.
const MOST_ADDRESSES: usize = 50_000;

/// The sitemap of every page; nothing where the site's address is not known. A site with more pages than fit into one
/// file has several, and `sitemap.xml` lists them.
pub fn sitemap(site: &Site) -> Files {
    let Some(base) = &site.settings.base_url else { return Files::new() };
    let entries: Vec<String> = pages::pages(site)
        .iter()
        .filter(|page| !matches!(page.kind, PageKind::Embed(_) | PageKind::NotFound))
        .map(|page| {
            let day = site.explainers.get(page.explainer).and_then(|e| last_changed(e, page));
            let alternates = alternates(site, base, page);
            entry("url", &address(base, &page.address(site)), day, &alternates)
        })
        .collect();
    if entries.len() <= MOST_ADDRESSES {
        return vec![("sitemap.xml".to_owned(), document("urlset", &entries))];
    }
    let mut files = Files::new();
    let mut index = Vec::new();
    for (number, part) in (1..).zip(entries.chunks(MOST_ADDRESSES)) {
        let name = format!("sitemap-{number}.xml");
        index.push(entry("sitemap", &address(base, &name), None, ""));
        files.push((name, document("urlset", part)));
    }
    files.push(("sitemap.xml".to_owned(), document("sitemapindex", &index)));
    files
}

/// `robots.txt`: everything may be read, and where the sitemap is.
pub fn robots(site: &Site) -> Bytes {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.settings.base_url {
        let _ = write!(out, "\nSitemap: {}\n", address(base, "sitemap.xml"));
    }
    Bytes::new(out)
}

/// The day on which a page last changed, as far as its explainer says so.
fn last_changed(explainer: &Explainer, page: &PageSpec) -> Option<Day> {
    let meta = explainer.index.as_ref().map(|i| &i.meta);
    let own = match &page.kind {
        PageKind::Section(slug) => explainer.sections.iter().find(|s| s.slug == *slug).and_then(|s| s.updated.as_ref()),
        _ => None,
    };
    let whole = || meta.and_then(|m| m.updated.as_ref().or(m.published.as_ref()));
    super::day_of(own.or_else(whole)?)
}

fn address(base: &str, path: &str) -> String {
    let encoded: Vec<String> = path.split('/').map(crate::base::escape::url_segment).collect();
    format!("{}/{}", base.trim_end_matches('/'), encoded.join("/"))
}

/// The page in its languages, as links within its entry.
fn alternates(site: &Site, base: &str, page: &PageSpec) -> String {
    let language = |at: usize| {
        let own = site.explainers.get(at).and_then(|explainer| explainer.language());
        own.unwrap_or(&site.settings.language).to_string()
    };
    let link = |(at, path): &(usize, String)| {
        let (language, address) = (xml(&language(*at)), address(base, path));
        format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{}\"/>", xml(&address))
    };
    languages::addresses(site, page).iter().map(link).collect()
}

fn entry(name: &str, address: &str, day: Option<Day>, more: &str) -> String {
    let day = day.map(|d| format!("<lastmod>{d}</lastmod>")).unwrap_or_default();
    format!("  <{name}><loc>{}</loc>{day}{more}</{name}>\n", xml(address))
}

fn document(root: &str, entries: &[String]) -> Bytes {
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    let name = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let entries = entries.concat();
    let xhtml = if entries.contains("<xhtml:") { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    Bytes::new(format!("{head}<{root} xmlns=\"{name}\"{xhtml}>\n{entries}</{root}>\n"))
}
