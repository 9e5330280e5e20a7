//! As much of a template as says which values it uses.

/// A piece of a template.
#[derive(Debug)]
pub enum Node {
    Out(Expr),
    If(Vec<(Option<Expr>, Vec<Node>)>),
    For { names: Vec<String>, over: Expr, body: Vec<Node>, otherwise: Vec<Node> },
    Set(String, Expr),
    Include(String),
    Block(String, Vec<Node>),
    Extends(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    Text,
    Number,
    Mark(String),
}

/// An expression, as the tokens it is made of.
#[derive(Clone, Debug)]
pub struct Expr(pub Vec<Token>);

impl Expr {
    fn new(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let end = |taken: fn(char) -> bool| rest.find(|c| !taken(c)).unwrap_or(rest.len());
            let taken = if first.is_alphabetic() || first == '_' {
                let len = end(|c| c.is_alphanumeric() || c == '_');
                tokens.push(Token::Name(rest[..len].to_owned()));
                len
            } else if first.is_ascii_digit() {
                tokens.push(Token::Number);
                end(|c| c.is_ascii_digit() || c == '.')
            } else if ['"', '\'', '`'].contains(&first) {
                tokens.push(Token::Text);
                rest[1..].find(first).expect("a text that ends") + 2
            } else if first.is_whitespace() {
                first.len_utf8()
            } else {
                let two = ["==", "!=", "<=", ">=", "//", "**"].iter().any(|mark| rest.starts_with(mark));
                let len = if two { 2 } else { first.len_utf8() };
                tokens.push(Token::Mark(rest[..len].to_owned()));
                len
            };
            rest = &rest[taken..];
        }
        Self(tokens)
    }

    /// The paths in it (`page.site.href`), each with the place of its first token.
    pub fn paths(&self) -> Vec<(usize, Vec<String>)> {
        const WORDS: &[&str] =
            &["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False"];
        let is = |at: usize, mark: &str| self.0.get(at) == Some(&Token::Mark(mark.to_owned()));
        let word = |at: usize, word: &str| self.0.get(at) == Some(&Token::Name(word.to_owned()));
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(token) = self.0.get(at) {
            let start = at;
            at += 1;
            let Token::Name(name) = token else { continue };
            let before = |n: usize| start.checked_sub(n);
            let of_filter = before(1).is_some_and(|b| is(b, "|"));
            let of_test = before(1).is_some_and(|b| word(b, "is"))
                || before(2).is_some_and(|b| word(b, "is") && word(b + 1, "not"));
            if WORDS.contains(&name.as_str()) || of_filter || of_test || is(at, "(") || is(at, "=") {
                continue;
            }
            let mut path = vec![name.clone()];
            while (is(at, ".") || is(at, "?")) && at < self.0.len() {
                match self.0.get(at + 1) {
                    Some(Token::Name(part)) if is(at, ".") => path.push(part.clone()),
                    Some(Token::Mark(mark)) if mark == "." => {}
                    _ => break,
                }
                at += if is(at, "?") { 1 } else { 2 };
            }
            out.push((start, path));
        }
        out
    }
}

/// The tags of a template in their order: `{{ … }}` as `("", …)`, `{% if … %}` as `("if", …)`.
fn tags(source: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find('{') {
        rest = &rest[at..];
        let close = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                rest = &rest[1..];
                continue;
            }
        };
        let end = rest.find(close).expect("a tag that ends");
        let inner = rest[2..end].trim_matches('-').trim();
        match close {
            "}}" => out.push((String::new(), inner.to_owned())),
            "%}" => {
                let (word, more) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
                out.push((word.to_owned(), more.trim().to_owned()));
            }
            _ => {}
        }
        rest = &rest[end + 2..];
    }
    out
}

/// A template, parsed.
pub fn parse(source: &str) -> Vec<Node> {
    let tags = tags(source);
    let mut at = 0;
    let nodes = nodes(&tags, &mut at, &[]);
    assert_eq!(at, tags.len(), "`{:?}` closes nothing", tags.get(at));
    nodes
}

/// The pieces up to one of the tags in `until`, which stays.
fn nodes(tags: &[(String, String)], at: &mut usize, until: &[&str]) -> Vec<Node> {
    let mut out = Vec::new();
    while let Some((word, text)) = tags.get(*at) {
        if until.contains(&word.as_str()) {
            break;
        }
        *at += 1;
        let quoted = || text.trim_matches(['"', '\'']).to_owned();
        out.push(match word.as_str() {
            "" => Node::Out(Expr::new(text)),
            "extends" => Node::Extends(quoted()),
            "include" => Node::Include(quoted()),
            "block" => {
                let body = nodes(tags, at, &["endblock"]);
                *at += 1;
                Node::Block(text.clone(), body)
            }
            "set" | "set_global" => {
                let (name, value) = text.split_once('=').expect("a value that is set");
                Node::Set(name.trim().to_owned(), Expr::new(value))
            }
            "if" => {
                let mut branches = vec![(Some(Expr::new(text)), nodes(tags, at, &["elif", "else", "endif"]))];
                while let Some((word, text)) = tags.get(*at) {
                    *at += 1;
                    let condition = match word.as_str() {
                        "elif" => Some(Expr::new(text)),
                        "else" => None,
                        _ => break,
                    };
                    branches.push((condition, nodes(tags, at, &["elif", "else", "endif"])));
                }
                Node::If(branches)
            }
            "for" => {
                let (names, over) = text.split_once(" in ").expect("a list to go through");
                let body = nodes(tags, at, &["else", "endfor"]);
                let has_otherwise = tags.get(*at).is_some_and(|(word, _)| word == "else");
                *at += 1;
                let otherwise = if has_otherwise { nodes(tags, at, &["endfor"]) } else { Vec::new() };
                *at += usize::from(has_otherwise);
                let names = names.split(',').map(|name| name.trim().to_owned()).collect();
                Node::For { names, over: Expr::new(over), body, otherwise }
            }
            other => panic!("this reader of templates doesn't know `{other}` yet: teach it"),
        });
    }
    out
}
