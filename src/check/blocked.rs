//! HTML that the settings let through and the page's policy then blocks: blocked-html.

use crate::base::{Diagnostic, Diagnostics, Span, rules, url};
use crate::model::doc::At;
use crate::model::settings::Security;

use super::scope::{Passage, Scope};
use super::tags::{Tag, tags};

/// What is blocked, and what to do instead.
struct Blocked<'a> {
    /// The place.
    at: &'a str,
    what: String,
    help: &'static str,
}

/// Looks at a stretch of raw HTML.
pub fn check(scope: &Scope<'_>, passage: &Passage<'_>, html: &str, at: At, out: &mut Diagnostics) {
    let security = &scope.input.site.settings.security;
    if !security.strict {
        return;
    }
    for found in tags(html).iter().flat_map(|tag| blocked(tag, security)) {
        let message = format!("browsers will block {}: the page's policy doesn't allow it", found.what);
        let span = place(passage, html, at, found.at);
        out.push(Diagnostic::warning(rules::BLOCKED_HTML, span, message).help(found.help));
    }
}

/// The place of a piece of `html`: where it is typed, unless the HTML isn't a stretch of the text as it stands.
fn place(passage: &Passage<'_>, html: &str, at: At, piece: &str) -> Span {
    let offset = (piece.as_ptr() as usize).checked_sub(html.as_ptr() as usize);
    match offset.filter(|_| passage.text.get(at.range()) == Some(html)) {
        Some(offset) => {
            let start = at.range().start + offset;
            passage.locate(At::new(start..start + piece.len()))
        }
        None => passage.locate_in(at, piece),
    }
}

fn blocked<'a>(tag: &Tag<'a>, security: &Security) -> Vec<Blocked<'a>> {
    let added = |directive| !security.added(directive).is_empty();
    let has = |directive, words: &[&str]| security.added(directive).iter().any(|source| words.contains(&&**source));
    let element = match &*tag.name {
        "style" if !added("style-src") => {
            Some("put the rules in a file `static/theme/NAME.css`: it becomes a part of the site's styles")
        }
        "script" if is_program(tag) && !added("script-src") => Some(
            "put it in a file `static/theme/NAME.js`, which becomes a part of the site's script, or name its hash in \
             `script-src` under `[security]`",
        ),
        "iframe" | "frame" if !added("frame-src") => {
            Some("name the host of what it shows in `frame-src` under `[security]`, or link to it")
        }
        "embed" | "object" => Some("link to the file, or show it with `<img>`, `<video>` or `<audio>`"),
        "base" => Some("write whole addresses"),
        "form" if tag.attribute("action").is_some_and(url::leaves_site) && !added("form-action") => {
            Some("name the host that it is sent to in `form-action` under `[security]`")
        }
        _ => None,
    };
    let mut found: Vec<Blocked<'a>> = Vec::new();
    found.extend(element.map(|help| Blocked { at: tag.typed, what: format!("this `<{}>`", tag.name), help }));
    for (attribute, _) in &tag.attributes {
        let name = attribute.to_ascii_lowercase();
        let help = match &*name {
            "style" if !has("style-src", &["'unsafe-inline'", "'unsafe-hashes'"]) => {
                "give the element a class, and write what it looks like in a file `static/theme/NAME.css`"
            }
            _ if name.len() > 2 && name.starts_with("on") && !has("script-src", &["'unsafe-hashes'"]) => {
                "listen for it in a file `static/theme/NAME.js`, which becomes a part of the site's script"
            }
            _ => continue,
        };
        found.push(Blocked { at: attribute, what: format!("the attribute `{name}`"), help });
    }
    found
}

/// True for a script that is run; what has another type is data.
fn is_program(tag: &Tag<'_>) -> bool {
    let kind = tag.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty()
        || kind.ends_with("javascript")
        || kind.ends_with("ecmascript")
        || matches!(&*kind, "module" | "importmap" | "speculationrules")
}
