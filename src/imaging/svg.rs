//! SVG, cleaned: what could run a program or ask another host for anything is taken out. An image in a page can do
//! neither, but the same file opened by its address can.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

/// Elements that stay. All they can do is draw, move and describe.
const ELEMENTS: &[&str] = &[
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "cursor",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "font",
    "font-face",
    "g",
    "glyph",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "missing-glyph",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tref",
    "tspan",
    "use",
    "view",
];

/// Something that was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Taken {
    /// What: `the element <script>`.
    pub what: String,
    /// Where it stood: bytes of the file.
    pub at: Range<usize>,
}

/// The style sheet that is being read.
struct Style {
    /// Where its text begins.
    from: usize,
    /// Its text so far, as a browser puts it together.
    css: String,
    /// Whether nothing but text stands in it.
    whole: bool,
}

/// The name space of HTML. Its elements work in an SVG too, with far more that they could load.
const HTML: &str = "http://www.w3.org/1999/xhtml";

/// A cleaned SVG, and what was taken out of it; `None` for a file that can't be read as XML.
pub fn clean(text: &str) -> Option<(String, Vec<Taken>)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut out = String::with_capacity(text.len());
    let mut taken = Vec::new();
    // How deep we are, and inside of how many elements that are taken out.
    let (mut depth, mut out_of) = (0_usize, 0_usize);
    let mut html = BTreeSet::new();
    let mut style: Option<Style> = None;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let at = start..usize::try_from(reader.buffer_position()).ok()?;
        let typed = text.get(at.clone())?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                if out_of > 0 {
                    out_of += 1;
                    continue;
                }
                if let Some(style) = &mut style {
                    style.whole = false;
                    out_of = 1;
                    continue;
                }
                match self::tag(&tag, typed, &at, &mut html, &mut taken) {
                    Some(kept) => {
                        out.push_str(&kept);
                        style =
                            (local(&tag) == "style").then(|| Style { from: at.end, css: String::new(), whole: true });
                    }
                    None => out_of = 1,
                }
            }
            Event::Empty(_) if style.is_some() => {
                if let Some(style) = &mut style {
                    style.whole = false;
                }
            }
            Event::Empty(tag) => {
                if out_of == 0 {
                    out.extend(self::tag(&tag, typed, &at, &mut html, &mut taken));
                }
            }
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                if out_of > 0 {
                    out_of -= 1;
                    continue;
                }
                if let Some(Style { from, css, whole }) = style.take() {
                    match styles(&css) {
                        None if whole => out.push_str(text.get(from..at.start)?),
                        kept => {
                            taken.push(Taken { what: "an address in `<style>`".to_owned(), at: from..at.start });
                            out.push_str(&escape::escape(kept.unwrap_or(css)));
                        }
                    }
                }
                out.push_str(typed);
            }
            Event::PI(_) => {
                let what = "a processing instruction".to_owned();
                taken.push(Taken { what, at });
            }
            // Entities of a file's own could stand for anything.
            Event::DocType(_) if typed.contains('[') => {
                taken.push(Taken { what: "the entities of the document type".to_owned(), at });
            }
            _ if out_of > 0 => {}
            // Comments, CDATA and entities could each cut an address in two: what counts is what comes of them together.
            event if style.is_some() => {
                let Some(style) = &mut style else { continue };
                match event {
                    Event::CData(_) => {
                        style.css.push_str(typed.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?);
                    }
                    Event::Comment(_) => {}
                    _ => style.css.push_str(&escape::unescape(typed).ok()?),
                }
            }
            _ => out.push_str(typed),
        }
    }
    (depth == 0 && (out.contains("<svg") || out.contains(":svg"))).then_some((out, taken))
}

fn local(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.local_name().as_ref()).into_owned()
}

/// A tag without what must not stay; `None` if nothing of it may. `html` collects the prefixes that stand for HTML.
fn tag(
    tag: &BytesStart<'_>,
    typed: &str,
    at: &Range<usize>,
    html: &mut BTreeSet<String>,
    taken: &mut Vec<Taken>,
) -> Option<String> {
    let name = local(tag);
    for attribute in tag.attributes().flatten() {
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = escape::unescape(&value).map_or_else(|_| value.clone(), |value| value.into_owned());
        if let Some(prefix) = key.strip_prefix("xmlns:").filter(|_| value.trim() == HTML) {
            html.insert(prefix.to_owned());
        }
    }
    let full = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
    let own = !full.contains(':');
    if full.split_once(':').is_some_and(|(prefix, _)| html.contains(prefix)) {
        taken.push(Taken { what: format!("the element `<{full}>`"), at: at.clone() });
        return None;
    }
    let known = ELEMENTS.contains(&&*name);
    // What drawing programs note for themselves is in name spaces of their own, and draws nothing.
    let foreign = !own && !known && !["script", "foreignObject", "iframe", "object", "embed"].contains(&&*name);
    if !known && !foreign {
        taken.push(Taken { what: format!("the element `<{name}>`"), at: at.clone() });
        return None;
    }
    let mut wrong: Vec<String> = Vec::new();
    let mut kept = String::new();
    for attribute in tag.attributes() {
        let Ok(attribute) = attribute else {
            taken.push(Taken { what: format!("attributes of `<{name}>` that can't be read"), at: at.clone() });
            return None;
        };
        let full = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let raw = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = escape::unescape(&raw).map_or_else(|_| raw.clone(), |value| value.into_owned());
        if harmless(&name, &full, &value) {
            let quote = if raw.contains('"') { '\'' } else { '"' };
            kept.push_str(&format!(" {full}={quote}{raw}{quote}"));
        } else {
            wrong.push(full);
        }
    }
    // An animation of an attribute that was refused would put it back.
    if let Some(what) = wrong.iter().find(|what| *what == "attributeName") {
        taken.push(Taken { what: format!("the element `<{name}>`, by its `{what}`"), at: at.clone() });
        return None;
    }
    if wrong.is_empty() {
        return Some(typed.to_owned());
    }
    for what in &wrong {
        taken.push(Taken { what: format!("`{what}` of `<{name}>`"), at: at.clone() });
    }
    let end = if typed.ends_with("/>") { "/>" } else { ">" };
    Some(format!("<{}{kept}{end}", String::from_utf8_lossy(tag.name().as_ref())))
}

/// Whether an attribute may stay.
fn harmless(element: &str, name: &str, value: &str) -> bool {
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let plain: String =
        value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
    if local.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) {
        return false;
    }
    match local {
        // A link is followed by a reader who wants to; all else is loaded by itself.
        "href" if element == "a" => {
            plain.starts_with('#') || plain.starts_with("https:") || plain.starts_with("http:") || !plain.contains(':')
        }
        "href" | "src" => plain.starts_with('#') || picture(&plain),
        "base" if name.starts_with("xml:") => false,
        "attributeName" => !plain.ends_with("href") && !plain.starts_with("on"),
        _ if name == "xmlns" || name.starts_with("xmlns:") => true,
        _ => !plain.contains("javascript:") && addresses(&plain),
    }
}

/// Whether an address is a picture that stands in it.
fn picture(address: &str) -> bool {
    ["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp", "data:image/avif"]
        .iter()
        .any(|start| address.starts_with(start))
}

/// Whether a style asks for nothing outside of the file. A backslash may hide what it does.
fn addresses(style: &str) -> bool {
    let lower = style.to_lowercase();
    let inside = |rest: &str| {
        let address = rest.trim_start().trim_start_matches(['"', '\'']);
        address.starts_with('#') || picture(address) || address.starts_with("data:font/")
    };
    let asks = lower.split("url(").skip(1).any(|rest| !inside(rest));
    let hidden = lower.contains('\\') && lower.contains(['(', '@']);
    !(asks || hidden || ["image-set(", "src(", "@import"].iter().any(|what| lower.contains(what)))
}

/// A style sheet without the rules that ask for something outside; `None` if there are none.
fn styles(css: &str) -> Option<String> {
    if addresses(css) {
        return None;
    }
    // Statement by statement: what is refused goes, up to its end.
    let mut out = String::new();
    for statement in css.split_inclusive([';', '}']) {
        if addresses(statement) {
            out.push_str(statement);
        } else if statement.ends_with('}') {
            // The rule that it closes may have begun before.
            let opened = statement.find('{').and_then(|at| statement.get(..=at));
            out.push_str(opened.filter(|opened| addresses(opened)).unwrap_or_default());
            out.push('}');
        } else if let Some(opened) = statement.find('{').and_then(|at| statement.get(..=at)) {
            out.push_str(opened);
        }
    }
    // Cut in the wrong place, what is left could still ask.
    Some(if addresses(&out) { out } else { String::new() })
}
