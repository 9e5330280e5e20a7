//! Links and images in raw HTML: broken-link, missing-image, remote-image. Such HTML goes through as it is typed, so its
//! addresses are what a browser makes of them on the finished page: they count from the page, not from the file.

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, url};
use crate::model::doc::At;

use super::ids::Ids;
use super::links::{check_id, looks_foreign};
use super::scope::{Home, Passage, Scope};
use super::tags::{Tag, tags};
use crate::model::settings::Security;

/// What an address in HTML is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Link,
    Image,
    File,
}

/// Looks at the addresses in a stretch of raw HTML.
pub fn check(scope: &Scope<'_>, ids: &Ids<'_>, passage: &Passage<'_>, html: &str, at: At, out: &mut Diagnostics) {
    // What is in a record is shown on several pages.
    let page = match passage.home {
        Home::Section(section) if section.slug.is_empty() => Some(scope.explainer.path.to_string()),
        Home::Section(section) => Some(scope.explainer.section_address(&section.slug).0),
        Home::Prose(_) | Home::FactNote(_) => None,
    };
    let security = &scope.input.site.settings.security;
    for (purpose, typed) in tags(html).iter().flat_map(|tag| addresses(tag, security)) {
        let address = typed.trim().replace("&amp;", "&");
        if url::unsafe_scheme(&address) {
            continue;
        }
        let span = passage.locate_in(at, typed);
        out.extend(match url::leaves_site(&address) {
            true => outside(purpose, &address, span),
            false => inside(scope, ids, page.as_deref(), purpose, &address, span),
        });
    }
}

fn outside(purpose: Use, address: &str, span: Span) -> Option<Diagnostic> {
    let scheme = url::scheme(address).map(str::to_ascii_lowercase);
    // What is loaded with the page, unlike what a reader follows, must not come from elsewhere.
    let help = match purpose {
        Use::Image => {
            Some(("image", "save it beside the text and name the file: pages ask no other host for anything"))
        }
        Use::File => Some(("file", "save it in `static`, or link to it: pages ask no other host for anything")),
        Use::Link => None,
    };
    if let Some((what, help)) = help {
        let message = format!("the {what} `{address}` is on another host");
        return Some(Diagnostic::error(rules::REMOTE_IMAGE, span, message).help(help));
    }
    (matches!(scheme.as_deref(), Some("http" | "https")) && !url::is_web(address)).then(|| {
        let message = format!("`{address}` is not a whole address");
        Diagnostic::error(rules::BROKEN_LINK, span, message).help("write `https://`, then the host")
    })
}

fn inside(
    scope: &Scope<'_>,
    ids: &Ids<'_>,
    page: Option<&str>,
    purpose: Use,
    address: &str,
    span: Span,
) -> Option<Diagnostic> {
    let parts = url::split(address);
    let path = url::decode(parts.path);
    let path = match path.strip_prefix('/') {
        // Outside the site's own folder is another site on the same host.
        Some(_) => joined("", path.strip_prefix(&*scope.input.site.settings.base_path)?),
        None if path.is_empty() => page?.to_owned(),
        None => joined(page?, &path),
    };
    let (made, site) = (scope.input.made, scope.input.site);
    if made.contains(path.as_str()) || site.copied(&path).is_some() {
        return None;
    }
    let folder = if path.is_empty() || path.ends_with('/') { path.clone() } else { format!("{path}/") };
    if purpose == Use::Link && made.contains(format!("{folder}index.html").as_str()) {
        let id = parts.fragment.filter(|id| !id.is_empty())?;
        return check_id(scope, ids, &folder, id, address, span);
    }
    let found = match purpose {
        Use::Image => Diagnostic::error(rules::MISSING_IMAGE, span, format!("there is no image `{address}`")),
        Use::Link | Use::File => {
            Diagnostic::error(rules::BROKEN_LINK, span, format!("`{address}` leads to nothing on the site"))
        }
    };
    let counts = format!("HTML goes through as it is typed: this address leads to `/{path}` of the site");
    Some(match looks_foreign(address) {
        Some(help) => found.help(help),
        None => found.help(counts),
    })
}

/// A path that counts from a page (with a final `/`, empty for the root), without `.` and `..`.
fn joined(page: &str, path: &str) -> String {
    let whole = SourcePath::new(&format!("{page}/{path}"));
    let last = path.rsplit('/').next().unwrap_or_default();
    let folder = matches!(last, "" | "." | "..") && !whole.as_str().is_empty();
    format!("{whole}{}", if folder { "/" } else { "" })
}

/// The addresses in a tag that a browser follows or loads, as they are typed, but for those on hosts that the settings
/// let pages load such things from.
fn addresses<'a>(tag: &Tag<'a>, security: &Security) -> Vec<(Use, &'a str)> {
    let mut found = Vec::new();
    for (attribute, value) in &tag.attributes {
        let Some(value) = value else { continue };
        let at = found.len();
        let directive = match (&*tag.name, &*attribute.to_ascii_lowercase()) {
            ("a" | "area", "href") => {
                found.push((Use::Link, *value));
                continue;
            }
            ("img" | "input", "src") | ("video", "poster") => {
                found.push((Use::Image, *value));
                "img-src"
            }
            ("img" | "source", "srcset") => {
                let candidates = value.split(',').filter_map(|candidate| candidate.split_whitespace().next());
                found.extend(candidates.map(|address| (Use::Image, address)));
                "img-src"
            }
            (name @ ("audio" | "video" | "source" | "track" | "embed" | "iframe" | "script"), "src")
            | (name @ "object", "data")
            | (name @ "link", "href") => {
                found.push((Use::File, *value));
                match name {
                    "iframe" => "frame-src",
                    "script" => "script-src",
                    "link" => "style-src",
                    "embed" | "object" => "object-src",
                    _ => "media-src",
                }
            }
            _ => continue,
        };
        let allowed = |address: &str| security.added(directive).iter().any(|source| covers(source, address.trim()));
        let added = found.split_off(at);
        found.extend(added.into_iter().filter(|(_, address)| !allowed(address)));
    }
    found
}

/// True if a source of the policy is that of an address: its host, and its path as far as the source has one.
fn covers(source: &str, address: &str) -> bool {
    let (Some(source), Some(rest)) = (source.strip_prefix("https://"), address.strip_prefix("https://")) else {
        return false;
    };
    let (wanted, path) = source.split_at_checked(source.find('/').unwrap_or(source.len())).unwrap_or_default();
    let (host, own) = rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let same = match wanted.strip_prefix('*') {
        Some(end) => host.ends_with(&end.to_ascii_lowercase()),
        None => host == wanted.to_ascii_lowercase(),
    };
    let own = own.split(['?', '#']).next().unwrap_or_default();
    same && (path.is_empty() || own == path || (path.ends_with('/') && own.starts_with(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_tags() {
        let security = Security::default();
        let found = |html| {
            let all = tags(html).iter().flat_map(|tag| addresses(tag, &security)).collect::<Vec<_>>();
            all.into_iter().map(|(_, address)| address).collect::<Vec<_>>()
        };
        assert_eq!(found("<a class=x href=\"a b\" title='<img src=no>'>x</a><IMG alt src=b/>"), ["a b", "b/"]);
        assert_eq!(
            found("<img srcset='a.png 1x, b.png 2x'><!-- <a href=no> --><area href = c>"),
            ["a.png", "b.png", "c"]
        );
        assert_eq!(found("<script src=a.js>x = '<a href=no>'</script><b href=no><a href"), ["a.js"]);
        assert_eq!(found("<a =href=x href='no"), [""]);
    }

    #[test]
    fn sources_cover_addresses() {
        assert!(covers("https://a.example", "https://A.example/film?x=1"));
        assert!(covers("https://a.example/embed/", "https://a.example/embed/12"));
        assert!(covers("https://*.example", "https://a.example"));
        assert!(!covers("https://a.example/embed", "https://a.example/embed/12"));
        assert!(!covers("https://a.example", "https://a.example.org/"));
        assert!(!covers("https://*.example", "https://example/"));
        assert!(!covers("'self'", "a.js"));
    }

    #[test]
    fn paths_count_from_the_page() {
        assert_eq!(joined("a/b/", "c"), "a/b/c");
        assert_eq!(joined("a/b/", "../c/"), "a/c/");
        assert_eq!(joined("a/", "../.."), "");
        assert_eq!(joined("", "./x/."), "x/");
    }
}
