//! The tags in raw HTML.

/// A tag that opens an element.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name, in lower case.
    pub name: String,
    /// Its name as it is typed.
    pub typed: &'a str,
    /// Its attributes and their values, as they are typed.
    pub attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).and_then(|(_, value)| *value)
    }
}

/// The tags in `html`, but for those in comments, scripts and styles.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        rest = after;
        let len = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (typed, more) = after.split_at_checked(len).unwrap_or_default();
        let name = typed.to_ascii_lowercase();
        // What is in these is no HTML.
        let is_text = matches!(name.as_str(), "script" | "style");
        if !name.is_empty() {
            let (attributes, after) = attributes(more);
            rest = after;
            found.push(Tag { name, typed, attributes });
        }
        if is_text {
            rest = rest.split_once("</").map_or("", |(_, rest)| rest);
        }
    }
    found
}

/// The attributes of a tag, and what follows the tag.
fn attributes(text: &str) -> (Vec<(&str, Option<&str>)>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        match rest.chars().next() {
            None => return (found, rest),
            Some('>') => return (found, rest.get(1..).unwrap_or_default()),
            Some(_) => {}
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
        // A `=` at the start belongs to the name.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let len = rest.get(first..).and_then(|more| more.find(ends)).map_or(rest.len(), |at| first + at);
        let (attribute, after) = rest.split_at_checked(len).unwrap_or_default();
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            found.push((attribute, None));
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
        found.push((attribute, Some(value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes() {
        let found = tags("a < b <P Class='x y' hidden>x</p><br/><style a=b>c<i></style><!-- <u> --><b on=1");
        let names: Vec<&str> = found.iter().map(|tag| &*tag.name).collect();
        assert_eq!(names, ["p", "br", "style", "b"]);
        assert_eq!(found[0].attributes, [("Class", Some("x y")), ("hidden", None)]);
        assert_eq!(found[0].attribute("class"), Some("x y"));
        assert_eq!(found[3].attributes, [("on", Some("1"))]);
    }
}
