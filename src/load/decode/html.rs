//! The HTML that timeline sheets carry in their cells → Markdown. Links, emphasis, lists and paragraphs are kept; any
//! other element gives its text, and scripts and styles give nothing. Entities stay: Markdown knows them.

use crate::base::url;

/// True if the text has a tag or an entity in it.
pub fn is_html(text: &str) -> bool {
    let tag = |(_, after): (&str, &str)| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    let entity = |rest: &str| rest.split_once(';').is_some_and(|(name, _)| name.len() < 12 && is_entity(name));
    text.match_indices('<').any(|(at, _)| tag(text.split_at(at + 1))) || text.split('&').skip(1).any(entity)
}

fn is_entity(name: &str) -> bool {
    !name.is_empty() && name.strip_prefix('#').unwrap_or(name).chars().all(|c| c.is_ascii_alphanumeric())
}

/// The address in the first `src` or `href` of some HTML, if it is one of the web.
pub fn first_address(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let tag = tag(after);
        if let Some(address) = attribute(tag.inside, "src").or_else(|| attribute(tag.inside, "href")) {
            let address = if address.starts_with("//") { format!("https:{address}") } else { address };
            if url::is_web(&address) {
                return Some(address);
            }
        }
        rest = tag.after;
    }
    None
}

/// The HTML as Markdown.
pub fn to_markdown(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    loop {
        let (text, after) = match rest.split_once('<') {
            Some((text, after)) => (text, Some(after)),
            None => (rest, None),
        };
        writer.text(text);
        let Some(after) = after else { break };
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            writer.text("<");
            rest = after;
            continue;
        }
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let tag = tag(after);
        rest = tag.after;
        if matches!(tag.name.as_str(), "script" | "style") && !tag.closes {
            let end = format!("</{}", tag.name);
            let at = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
            rest = rest.get(at..).unwrap_or_default();
            continue;
        }
        writer.tag(&tag);
    }
    writer.finish()
}

struct Tag<'a> {
    name: String,
    closes: bool,
    inside: &'a str,
    after: &'a str,
}

/// Takes a tag off the start of `text`, which follows a `<`.
fn tag(text: &str) -> Tag<'_> {
    let mut quote = None;
    let end = text.char_indices().find(|(_, c)| match (quote, c) {
        (Some(open), c) if open == *c => {
            quote = None;
            false
        }
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (None, '>') => true,
        _ => false,
    });
    let (inside, after) = match end.or_else(|| text.char_indices().find(|(_, c)| *c == '>')) {
        Some((at, _)) => (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
        None => (text, ""),
    };
    let closes = inside.starts_with('/');
    let name = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
    Tag { name: name.to_ascii_lowercase(), closes, inside, after }
}

/// The value of an attribute, entities and all.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let lower = inside.to_ascii_lowercase();
    let at = lower.match_indices(name).find(|(at, _)| {
        let before = lower.get(..*at).and_then(|t| t.chars().last());
        let after = lower.get(at + name.len()..).map(str::trim_start);
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\''))
            && after.is_some_and(|t| t.starts_with('='))
    });
    let (at, _) = at?;
    let value = inside.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value.get(1..)?.split(quote).next()?,
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next()?,
    };
    Some(value.trim().replace("&amp;", "&"))
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What is open: the name of the element and what closes it.
    open: Vec<(String, String)>,
    /// Marks to write before the next letter.
    pending: String,
    space: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            let at_start = self.out.is_empty() || self.out.ends_with('\n');
            if self.space && !at_start {
                self.out.push(' ');
            }
            self.space = false;
            self.out.push_str(&std::mem::take(&mut self.pending));
            let special = matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~');
            if special || (at_start && matches!(c, '#' | '>' | '+' | '-' | '=' | '|')) {
                self.out.push('\\');
            }
            self.out.push(c);
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.name.as_str() {
            "p" | "div" | "ul" | "ol" | "blockquote" | "table" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close_all();
                self.line_break("\n\n");
            }
            "br" => {
                self.space = false;
                if !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.out.push_str("\\\n");
                }
            }
            "li" if !tag.closes => {
                self.close_all();
                self.line_break("\n");
                self.pending.push_str("- ");
            }
            "b" | "strong" => self.mark(tag, "**", "**".to_owned()),
            "i" | "em" => self.mark(tag, "*", "*".to_owned()),
            "a" => {
                let address = attribute(tag.inside, "href").filter(|href| !url::unsafe_scheme(href));
                let end = address.map(|href| format!("](<{}>)", href.replace(['<', '>', '\n', '\r', '\\'], "")));
                match end {
                    Some(end) if !tag.closes => self.mark(tag, "[", end),
                    _ if tag.closes => self.mark(tag, "", String::new()),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn mark(&mut self, tag: &Tag<'_>, start: &str, end: String) {
        if !tag.closes {
            if self.open.iter().all(|(name, _)| *name != tag.name) {
                self.pending.push_str(start);
                self.open.push((tag.name.clone(), end));
            }
            return;
        }
        let Some(at) = self.open.iter().rposition(|(name, _)| *name == tag.name) else { return };
        for (_, end) in self.open.split_off(at).into_iter().rev() {
            self.close(&end);
        }
    }

    fn close(&mut self, end: &str) {
        // An element without a letter in it leaves nothing.
        let opening = if end.starts_with(']') { "[" } else { end };
        match self.pending.strip_suffix(opening) {
            Some(rest) => self.pending = rest.to_owned(),
            None => self.out.push_str(end),
        }
    }

    fn close_all(&mut self) {
        for (_, end) in std::mem::take(&mut self.open).into_iter().rev() {
            self.close(&end);
        }
        self.pending.clear();
    }

    fn line_break(&mut self, breaks: &str) {
        self.space = false;
        self.trim_end();
        if !self.out.is_empty() {
            self.out.push_str(breaks);
        }
    }

    /// Takes spaces and line breaks off the end.
    fn trim_end(&mut self) {
        while let Some(rest) = self.out.strip_suffix("\\\n").or_else(|| self.out.strip_suffix([' ', '\n'])) {
            self.out.truncate(rest.len());
        }
    }

    fn finish(mut self) -> String {
        self.close_all();
        self.trim_end();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        for (html, markdown) in [
            ("plain text", "plain text"),
            ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
            ("a<br>b<br/>c<br>", "a\\\nb\\\nc"),
            (
                "<a href=\"https://e.org/?a=1&amp;b=2\" target=_blank>the <b>story </b></a>.",
                "[the **story**](<https://e.org/?a=1&b=2>) .",
            ),
            ("x <b> bold </b> y", "x **bold** y"),
            ("<b></b>x<i> </i>y", "x y"),
            ("<ul><li>one<li>two</ul>after", "- one\n- two\n\nafter"),
            ("2 * 3 < 5 &amp; 1_000 &eacute;", "2 \\* 3 \\< 5 &amp; 1\\_000 &eacute;"),
            ("<a href='javascript:alert(1)'>x</a>", "x"),
            ("<script>alert('<b>')</script>y<!-- z -->", "y"),
            ("<p># not a heading</p>", "\\# not a heading"),
            ("<b>open", "**open**"),
            ("<", "\\<"),
            ("<a href=", ""),
        ] {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
        assert!(is_html("a &amp; b") && is_html("<br>") && !is_html("a < b & c; d") && !is_html("AT&T"));
    }

    #[test]
    fn the_address_of_an_embed_is_found() {
        let frame = "<iframe width='1' src='//player.example.org/v?x=1&amp;y=2' data-src='z'></iframe>";
        assert_eq!(first_address(frame).as_deref(), Some("https://player.example.org/v?x=1&y=2"));
        assert_eq!(first_address("<img src=x.png>"), None);
    }
}
