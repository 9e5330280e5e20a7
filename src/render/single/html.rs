//! Finished HTML, taken apart into its tags and what stands between them.

use crate::base::escape;

/// A stretch of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// What is no tag: text, comments, what stands in a script or a style.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name, in lower case.
    pub name: String,
    /// Whether it ends an element.
    pub closes: bool,
    /// All of it, as it is written.
    pub written: &'a str,
    /// Its attributes and their values, as they are written.
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl Tag<'_> {
    /// The value of an attribute, empty for one without value.
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        Some(escape::unescape_html(found.1.unwrap_or_default()))
    }

    /// Every attribute by its name in lower case, with its value if it has one.
    pub fn all(&self) -> Vec<(String, Option<String>)> {
        let each = self.attributes.iter();
        each.map(|(name, value)| (name.to_ascii_lowercase(), value.map(escape::unescape_html))).collect()
    }

    /// Whether `class` has this word.
    pub fn has_class(&self, word: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class == word))
    }

    /// Whether the element ends with this tag.
    fn is_empty(&self) -> bool {
        const VOID: [&str; 13] =
            ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
        VOID.contains(&&*self.name) || self.written.ends_with("/>")
    }

    /// The tag with its attributes changed: `change` gives each one's new value, or `None` to leave it out.
    pub fn with(&self, change: impl Fn(&str, &str) -> Option<String>, added: &str) -> String {
        let mut out = format!("<{}", self.written.get(1..=self.name.len()).unwrap_or(&self.name));
        for (name, value) in &self.attributes {
            let Some(value) = value else {
                out.extend(change(&name.to_ascii_lowercase(), "").map(|_| [" ", name]).into_iter().flatten());
                continue;
            };
            let old = escape::unescape_html(value);
            let Some(new) = change(&name.to_ascii_lowercase(), &old) else { continue };
            // What stays is written as it was: it may hold references that are not undone here.
            let (new, quote) = if new != old {
                (escape::html(&new), "\"")
            } else if value.contains('"') {
                ((*value).to_owned(), "'")
            } else {
                ((*value).to_owned(), "\"")
            };
            out.extend([" ", name, "=", quote, &new, quote]);
        }
        out.push_str(added);
        out.push_str(if self.written.ends_with("/>") { "/>" } else { ">" });
        out
    }
}

/// Takes HTML apart.
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = html.get(start..).unwrap_or_default();
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let Some((tag, length)) = tag(rest) else {
            at = start + 1;
            continue;
        };
        found.extend(html.get(from..start).filter(|text| !text.is_empty()).map(Token::Text));
        from = start + length;
        at = from;
        // What is in these is no HTML.
        if !tag.closes && matches!(&*tag.name, "script" | "style" | "textarea" | "title") {
            let end = format!("</{}", tag.name);
            let rest = html.get(at..).unwrap_or_default().to_ascii_lowercase();
            at += rest.find(&end).unwrap_or(rest.len());
        }
        found.push(Token::Tag(tag));
    }
    found.extend(html.get(from..).filter(|text| !text.is_empty()).map(Token::Text));
    found
}

/// The tag at the start of `text`, and its length; `None` if there is none.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    let closes = text.starts_with("</");
    let after = text.get(if closes { 2 } else { 1 }..)?;
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = after.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(after.len());
    let (name, mut rest) = after.split_at_checked(length)?;
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        // A `=` at the start belongs to the name.
        let first = rest.chars().next()?;
        if first == '>' {
            break;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
        let length = first.len_utf8();
        let length = rest.get(length..)?.find(ends).map_or(rest.len(), |at| length + at);
        let (attribute, after) = rest.split_at_checked(length)?;
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            attributes.push((attribute, None));
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split_once(quote)?,
            _ => value.split_at_checked(value.find(|c: char| c.is_whitespace() || c == '>')?)?,
        };
        attributes.push((attribute, Some(value)));
        rest = after;
    }
    let length = text.len() - rest.len() + 1;
    let written = text.get(..length)?;
    Some((Tag { name: name.to_ascii_lowercase(), closes, written, attributes }, length))
}

/// Where the element that begins at `at` ends: the token after its last one.
pub fn end(tokens: &[Token<'_>], at: usize) -> usize {
    let Some(Token::Tag(first)) = tokens.get(at) else { return at + 1 };
    if first.is_empty() {
        return at + 1;
    }
    let mut depth = 0_usize;
    for (n, token) in tokens.iter().enumerate().skip(at) {
        let Token::Tag(tag) = token else { continue };
        if tag.name != first.name || (tag.is_empty() && !tag.closes) {
            continue;
        }
        depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth == 0 {
            return n + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        let html =
            "<!doctype html>a < b <P Class='x \"y' hidden>x</p><br/><style>c<i></style><!-- <u> --><b on=1>é</b>x";
        let all = tokens(html);
        let written: String = all
            .iter()
            .map(|token| match token {
                Token::Text(text) => *text,
                Token::Tag(tag) => tag.written,
            })
            .collect();
        assert_eq!(written, html);
        let names = all.iter().filter_map(|token| match token {
            Token::Tag(tag) => Some(&*tag.name),
            Token::Text(_) => None,
        });
        assert_eq!(names.collect::<Vec<_>>(), ["p", "p", "br", "style", "style", "b", "b"]);
    }

    #[test]
    fn attributes_are_changed() {
        let all = tokens("<P Class='x \"y' id=a hidden>");
        let Token::Tag(tag) = &all[0] else { panic!() };
        let with = tag.with(|name, value| (name != "id").then(|| value.to_owned()), " data-x");
        assert_eq!(with, "<P Class='x \"y' hidden data-x>");
    }

    #[test]
    fn elements_end_where_they_end() {
        let all = tokens("<div><div>a<br></div></div>b<p>");
        assert_eq!(end(&all, 0), 6);
        assert_eq!(end(&all, 1), 5);
        assert_eq!(end(&all, 7), 8);
    }
}
