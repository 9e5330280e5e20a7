//! What machines read: downloads, feed, sitemap, Markdown pages, `llms.txt`, JSON-LD. Pure functions of a resolved
//! explainer (or site) that return files, each with its path.

pub mod cite;
pub mod csv;
pub mod data;
pub mod feed;
pub mod jsonld;
pub mod llms;
pub mod markdown;
pub mod record;
pub mod records;
pub mod search;
pub mod sitemap;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::cx::Cx;
use super::embed::{self, Embed};
use super::pages::{self, PageKind};
use crate::base::{Bytes, Text};
use crate::model::links::{self, LinkTarget};
use crate::model::{Date, Id};

/// Files with their paths below the site's root.
pub type Files = Vec<(String, Bytes)>;

/// A file for machines, by what it is made of: listed first, made when it is asked for.
#[derive(Clone, Debug)]
pub enum Machine {
    /// Records as CSV.
    Csv(data::MakeTable),
    /// Records of a kind as JSON.
    Json(&'static str, data::MakeTable),
    /// A comparison as CSV.
    ComparisonCsv(Id),
    /// A comparison as JSON.
    ComparisonJson(Id),
    /// The numbers of a chart: the slug of its section, and its number among the section's blocks.
    Chart(Arc<str>, usize),
    /// A page as Markdown.
    Markdown(PageKind),
    /// The feed.
    Feed,
    /// How to cite the explainer.
    Citation(cite::Write),
    /// What oEmbed says of an embed.
    Oembed(Embed),
    /// What can be searched.
    Search,
}

/// Every file for machines that belongs to one explainer, with its path below the explainer.
pub fn list(cx: &Cx<'_>) -> Vec<(String, Machine)> {
    let mut files = Vec::new();
    if pages::has_text(cx.explainer) {
        files.extend(data::list(cx));
        let kinds = pages::kinds(cx.explainer).into_iter().filter(|_| cx.site.settings.llms);
        files.extend(kinds.filter_map(|kind| Some((markdown::path(&kind)?, Machine::Markdown(kind)))));
    }
    files.push(("feed.xml".to_owned(), Machine::Feed));
    files.extend(search::has_own(cx.site, cx.explainer).then(|| (search::OWN.to_owned(), Machine::Search)));
    files.extend(cite::files(cx).into_iter().map(|(path, _, write)| (path.to_owned(), Machine::Citation(write))));
    let embeds = embed::list(cx.site, cx.explainer).into_iter();
    files.extend(embeds.map(|embed| (embed.oembed(), Machine::Oembed(embed))));
    files
}

/// Makes a file of the explainer.
pub fn make(cx: &Cx<'_>, file: &Machine) -> Bytes {
    let comparison = |id: &Id| cx.explainer.data.comparisons.get(id);
    match file {
        Machine::Csv(table) => data::csv_file(cx, *table),
        Machine::Json(name, table) => data::json_file(cx, name, *table),
        Machine::ComparisonCsv(id) => comparison(id).map(|table| data::comparison_csv(cx, table)).unwrap_or_default(),
        Machine::ComparisonJson(id) => comparison(id).map(|table| data::comparison_json(cx, table)).unwrap_or_default(),
        Machine::Chart(slug, n) => data::chart_csv(cx, slug, *n),
        Machine::Markdown(kind) => markdown::file(cx, kind),
        Machine::Feed => feed::write(cx),
        Machine::Citation(write) => Bytes::new(write(cx)),
        Machine::Oembed(embed) => embed::oembed(cx, embed),
        Machine::Search => search::own_file(cx),
    }
}

/// The files for machines that the site has once. `root` is the context of the root explainer; paths are below the
/// site's root.
pub fn of_site(root: &Cx<'_>) -> Files {
    let mut files = sitemap::sitemap(root.site);
    files.push(("robots.txt".to_owned(), sitemap::robots(root.site)));
    if root.site.settings.llms {
        files.push(("llms.txt".to_owned(), llms::write(root)));
    }
    files
}

/// True for the site paths that [`of_site`] may have a file at.
pub fn is_of_site(path: &str) -> bool {
    matches!(path, "robots.txt" | "llms.txt") || (path.starts_with("sitemap") && path.ends_with(".xml"))
}

/// The explainer's title. A folder without a text of its own has the site's title, or below the root its own name.
pub fn title(cx: &Cx<'_>) -> String {
    let own = cx.explainer.index.as_ref().map(|i| i.meta.title.to_string());
    let site = || cx.about_site().title.filter(|_| cx.explainer.is_root()).map(|t| t.to_string());
    let folder = || {
        let name = cx.explainer.dir.name().replace(['-', '_'], " ");
        let mut letters = name.chars();
        let first = letters.next().filter(|_| !cx.explainer.is_root())?;
        Some(first.to_uppercase().chain(letters).collect::<String>())
    };
    own.or_else(site).or_else(folder).unwrap_or_else(|| cx.t("home", &[]))
}

/// One sentence about the explainer: its description, else its standfirst, else (for the root) the site's.
pub fn description(cx: &Cx<'_>) -> Option<String> {
    let meta = cx.explainer.index.as_ref().map(|i| &i.meta);
    let own = meta.and_then(|m| m.description.as_ref()).map(|d| d.to_string());
    let standfirst = || meta.and_then(|m| m.standfirst.as_ref()).map(|s| cx.plain(s));
    let site = || cx.about_site().description.filter(|_| cx.explainer.is_root()).map(|d| d.to_string());
    own.or_else(standfirst).or_else(site)
}

/// The address of a path below the explainer: with scheme and host where the site's address is known, else from the
/// root of the host.
pub fn absolute(cx: &Cx<'_>, path: &str) -> String {
    format!("{}{}", origin(cx), cx.href(path))
}

/// The same for a path below the site's root.
pub fn absolute_site(cx: &Cx<'_>, path: &str) -> String {
    format!("{}{}", origin(cx), cx.site_href(path))
}

/// `https://host`, without the path; empty if the site's address is not known.
fn origin<'a>(cx: &Cx<'a>) -> &'a str {
    let settings = &cx.site.settings;
    match &settings.base_url {
        Some(url) => url.strip_suffix(&*settings.base_path).unwrap_or(url).trim_end_matches('/'),
        None => "",
    }
}

/// An address from the root of the host (`/repo/terms/`) with scheme and host, where the site's address is known. Other
/// addresses as they are.
pub fn full(cx: &Cx<'_>, href: &str) -> String {
    let from_root = href.starts_with('/') && !href.starts_with("//");
    if from_root { format!("{}{href}", origin(cx)) } else { href.to_owned() }
}

/// The address of a file that a record or the front matter names: from the root of the host, or as written if it lies
/// on another.
pub fn file_href(cx: &Cx<'_>, file: &Text) -> String {
    match links::resolve(cx.site, cx.explainer, None, &file.span.file, file) {
        LinkTarget::External => file.to_string(),
        LinkTarget::File(path, _) | LinkTarget::Unknown(path) | LinkTarget::Page(path, _) => cx.site_href(&path),
        LinkTarget::Unsafe | LinkTarget::Here(_) => String::new(),
    }
}

/// The size in pixels of an image that a record or the front matter names, if it is known.
pub fn picture_size(cx: &Cx<'_>, file: &Text) -> Option<(u32, u32)> {
    match links::resolve(cx.site, cx.explainer, None, &file.span.file, file) {
        LinkTarget::File(_, source) => cx.site.image_size(&source),
        _ => None,
    }
}

/// An image that a record or the front matter names, as whoever takes one alone gets it: its address, and its size in
/// pixels if it is known.
pub fn picture_file(cx: &Cx<'_>, file: &Text) -> (String, Option<(u32, u32)>) {
    match links::resolve(cx.site, cx.explainer, None, &file.span.file, file) {
        LinkTarget::File(path, source) => {
            let image = cx.image_file(&path, &source);
            (image.href, cx.plain_size(&source).or(image.size))
        }
        _ => (file_href(cx, file), None),
    }
}

/// The day a date stands for where a format wants a day: its first one. `None` outside of the years 1 to 9999.
fn day_of(date: &Date) -> Option<crate::model::Day> {
    date.earliest().or(date.latest()).filter(|day| (1..=9999).contains(&day.year))
}
