//! Escaping for every context that text is written into. One function a context.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::scan;

/// Appends `text` to `out`, safe as HTML text and inside a double- or single-quoted attribute.
pub fn html_into(out: &mut String, text: &str) {
    // Of each pair, `&` and `'`, `<` and `>`, only one bit differs.
    let special = |byte: u8| ((byte & !1) == b'&') | ((byte | 2) == b'>') | (byte == b'"');
    replace_into(out, text, special, |byte| match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    });
}

/// Appends `text` to `out`, safe as HTML text (not inside an attribute: quotes stay as they are). Control characters,
/// which HTML forbids, become replacement characters.
pub fn text_into(out: &mut String, text: &str) {
    let special = |byte: u8| {
        let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
        (byte == b'&') | ((byte | 2) == b'>') | control | (byte == 0x7f)
    };
    replace_into(out, text, special, |byte| match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "\u{FFFD}",
    });
}

/// Appends `text`, with `entity` in place of every byte that is `special`: these are ASCII.
fn replace_into(
    out: &mut String,
    text: &str,
    special: impl Fn(u8) -> bool + Copy,
    entity: impl Fn(u8) -> &'static str,
) {
    let mut rest = text;
    while let Some(at) = scan::find(rest.as_bytes(), special) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// `text`, safe as HTML text and inside a quoted attribute.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    html_into(&mut out, text);
    out
}

/// `text`, safe as XML 1.0 text and attribute value: as HTML, and characters that XML forbids are dropped.
pub fn xml(text: &str) -> String {
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    html(&text.chars().filter(|c| allowed(*c)).collect::<String>())
}

/// JSON text made safe to stand inside a `<script>` element: `<`, `>`, `&` and the line separators are written as
/// escapes, so that no `</script>` or `<!--` can appear.
pub fn json_in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// One segment of a URL path, percent-encoded where a path segment wants it; letters of other scripts are encoded.
pub fn url_segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    url_segment_into(&mut out, text);
    out
}

/// Appends one segment of a URL path, as [`url_segment`].
pub fn url_segment_into(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, SEGMENT));
}

/// Appends a URL path whose segments are written as [`url_segment`] writes them.
pub fn url_path_into(out: &mut String, path: &str) {
    out.extend(utf8_percent_encode(path, PATH));
}

/// What stands for itself nowhere in a URL's path.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

const SEGMENT: &AsciiSet = &PATH.add(b'/');

/// Text out of HTML: the references that [`html`] writes are undone.
pub fn unescape_html(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}
