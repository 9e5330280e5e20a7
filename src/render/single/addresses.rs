//! Where addresses lead in a file that stands alone.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{Leaf, Whole, is_sources};
use crate::base::{escape, url};
use crate::bundle::Output;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Leads {
    /// Out of the site, or to a place in the file: the address.
    There(String),
    /// To a file of the site: its content as an address, and its name.
    File(String, String),
    /// To what isn't in the file: its address on the web, if that is known.
    Elsewhere(Option<String>),
}

impl Whole<'_> {
    /// Where an address on a page leads.
    pub fn leads(&self, leaf: &Leaf, address: &str) -> Leads {
        let address = address.trim();
        if address.is_empty() || url::leaves_site(address) {
            return Leads::There(address.to_owned());
        }
        let parts = url::split(address);
        let fragment = parts.fragment.map(url::decode).unwrap_or_default();
        let Some(path) = self.site_path(&leaf.address, parts.path) else {
            return Leads::Elsewhere(self.on_the_web(address, &leaf.address));
        };
        let folder = path.strip_suffix("index.html").unwrap_or(&path);
        if self.ids.contains_key(folder) {
            return Leads::There(self.place(folder, &fragment));
        }
        let page = path.is_empty() || path.ends_with('/') || path.ends_with(".html");
        let there = !page && self.outputs.find(&path).is_some_and(|output| !is_page(&path, &output));
        match there.then(|| self.inside(&path)).flatten() {
            Some(data) => Leads::File(data, path.rsplit('/').next().unwrap_or_default().to_owned()),
            None => Leads::Elsewhere(self.on_the_web(address, &leaf.address)),
        }
    }

    /// A place on one of the pages.
    fn place(&self, page: &str, fragment: &str) -> String {
        let Some(ids) = self.ids.get(page) else { return "#".to_owned() };
        if let Some(id) = ids.now(fragment) {
            return format!("#{}", escape::url_segment(&id));
        }
        // The sources of all pages are in one list.
        if let Some(source) = fragment.strip_prefix("source-")
            && let Some(all) = self.ids.values().find(|ids| is_sources(ids.leaf))
            && let Some(id) = all.now(source)
        {
            return format!("#{}", escape::url_segment(&id));
        }
        format!("#{}", escape::url_segment(&ids.leaf.root))
    }

    /// A file of the site as an address that holds it; `None` if it can't be read.
    pub fn inside(&self, path: &str) -> Option<String> {
        let bytes = self.content(path, true)?;
        let kind = mime_guess::from_path(path).first_or_octet_stream();
        Some(format!("data:{};base64,{}", kind.essence_str(), BASE64_STANDARD.encode(&*bytes)))
    }

    /// The path below the site's root of an address on the page at `here`; `None` if it lies outside of the site.
    pub fn site_path(&self, here: &str, path: &str) -> Option<String> {
        let base = &*self.outputs.site.settings.base_path;
        let path = url::decode(path);
        match path.strip_prefix(base) {
            Some(below) => Some(joined("", below)),
            None if path.starts_with('/') => (format!("{path}/") == base).then(String::new),
            None if path.is_empty() => Some(here.to_owned()),
            None => Some(joined(here, &path)),
        }
    }

    /// An address of the site with scheme and host, where the site's address is known.
    fn on_the_web(&self, address: &str, here: &str) -> Option<String> {
        let settings = &self.outputs.site.settings;
        let base = settings.base_url.as_deref()?;
        let origin = base.strip_suffix(&*settings.base_path).unwrap_or(base).trim_end_matches('/');
        match address.starts_with('/') {
            true => Some(format!("{origin}{address}")),
            false => Some(format!("{origin}{}{here}{address}", settings.base_path)),
        }
    }

    /// A link that is meant for readers elsewhere: with scheme and host.
    pub fn outward(&self, leaf: &Leaf, address: &str) -> Option<String> {
        if url::leaves_site(address) { Some(address.to_owned()) } else { self.on_the_web(address, &leaf.address) }
    }
}

/// Whether what is at a path is another form of the site's pages, and no file to take away.
fn is_page(path: &str, output: &Output) -> bool {
    let other_form = [".md", ".xml", ".txt"].iter().any(|ending| path.ends_with(ending));
    matches!(output, Output::Page(_)) && other_form
}

/// A path from a folder, without `.` and `..`.
fn joined(folder: &str, path: &str) -> String {
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut open = false;
    for part in path.split('/') {
        open = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if open && !parts.is_empty() { "/" } else { "" };
    format!("{}{slash}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_joined() {
        use super::joined;
        assert_eq!(joined("", "a/b.png"), "a/b.png");
        assert_eq!(joined("terms/", "../a/"), "a/");
        assert_eq!(joined("a/b/", "."), "a/b/");
        assert_eq!(joined("assets/style.css", "../x.woff2"), "x.woff2");
        assert_eq!(joined("", "../.."), "");
    }
}
