//! Links and images in raw HTML: broken-link, missing-image, remote-image. Such HTML goes through as it is typed, so its
//! addresses are what a browser makes of them on the finished page: they count from the page, not from the file.

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, url};
use crate::model::doc::At;

use super::ids::Ids;
use super::links::{check_id, looks_foreign};
use super::scope::{Home, Passage, Scope};

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
    for (purpose, typed) in addresses(html) {
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

/// The addresses in the tags of `html` that a browser follows or loads, as they are typed.
fn addresses(html: &str) -> Vec<(Use, &str)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        rest = after;
        let len = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (name, attributes) = after.split_at_checked(len).unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !name.is_empty() {
            rest = tag(&name, attributes, &mut found);
        }
        // What is in these is no HTML.
        if matches!(name.as_str(), "script" | "style") {
            rest = rest.split_once("</").map_or("", |(_, rest)| rest);
        }
    }
    found
}

/// Takes the attributes of a tag; what follows the tag.
fn tag<'a>(name: &str, attributes: &'a str, found: &mut Vec<(Use, &'a str)>) -> &'a str {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        match rest.chars().next() {
            None => return rest,
            Some('>') => return rest.get(1..).unwrap_or_default(),
            Some(_) => {}
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
        // A `=` at the start belongs to the name.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let len = rest.get(first..).and_then(|more| more.find(ends)).map_or(rest.len(), |at| first + at);
        let (attribute, after) = rest.split_at_checked(len).unwrap_or_default();
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..).and_then(|v| v.split_once(quote)).unwrap_or(("", "")),
            _ => value
                .split_at_checked(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len()))
                .unwrap_or_default(),
        };
        rest = after;
        match (name, attribute.to_ascii_lowercase().as_str()) {
            ("a" | "area", "href") => found.push((Use::Link, value)),
            ("img", "src") | ("video", "poster") | ("input", "src") => found.push((Use::Image, value)),
            ("img" | "source", "srcset") => {
                let candidates = value.split(',').filter_map(|candidate| candidate.split_whitespace().next());
                found.extend(candidates.map(|address| (Use::Image, address)));
            }
            ("audio" | "video" | "source" | "track" | "embed" | "iframe" | "script", "src")
            | ("object", "data")
            | ("link", "href") => found.push((Use::File, value)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_tags() {
        let found = |html| addresses(html).into_iter().map(|(_, address)| address).collect::<Vec<_>>();
        assert_eq!(found("<a class=x href=\"a b\" title='<img src=no>'>x</a><IMG alt src=b/>"), ["a b", "b/"]);
        assert_eq!(
            found("<img srcset='a.png 1x, b.png 2x'><!-- <a href=no> --><area href = c>"),
            ["a.png", "b.png", "c"]
        );
        assert_eq!(found("<script src=a.js>x = '<a href=no>'</script><b href=no><a href"), ["a.js"]);
        assert_eq!(found("<a =href=x href='no"), [""]);
    }

    #[test]
    fn paths_count_from_the_page() {
        assert_eq!(joined("a/b/", "c"), "a/b/c");
        assert_eq!(joined("a/b/", "../c/"), "a/c/");
        assert_eq!(joined("a/", "../.."), "");
        assert_eq!(joined("", "./x/."), "x/");
    }
}
