//! What each built-in template uses, held against what it is given.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::{Expr, Node, Token, parse};
use super::shapes::{Shape, Views};

/// The built-in templates, parsed.
pub struct Templates(BTreeMap<&'static str, Vec<Node>>);

type Scope = BTreeMap<String, Shape>;
type Blocks<'a> = BTreeMap<&'a str, &'a [Node]>;

impl Templates {
    pub fn new() -> Self {
        Self(super::super::built_in().into_iter().map(|(name, text)| (name, parse(text))).collect())
    }

    /// The names that `template` uses without setting them, with those of what it includes and builds on; in order of
    /// appearance.
    pub fn free(&self, template: &str) -> Vec<String> {
        let mut out = Vec::new();
        self.collect(&self.0[template], &mut BTreeSet::new(), &mut out);
        out
    }

    fn collect(&self, nodes: &[Node], bound: &mut BTreeSet<String>, out: &mut Vec<String>) {
        fn add(names: impl IntoIterator<Item = String>, bound: &BTreeSet<String>, out: &mut Vec<String>) {
            for name in names {
                if !bound.contains(&name) && !out.contains(&name) {
                    out.push(name);
                }
            }
        }
        let roots = |expr: &Expr| expr.paths().into_iter().map(|(_, path)| path[0].clone());
        for node in nodes {
            match node {
                Node::Out(expr) => add(roots(expr), bound, out),
                Node::Set(name, expr) => {
                    add(roots(expr), bound, out);
                    bound.insert(name.clone());
                }
                Node::Include(name) | Node::Extends(name) => add(self.free(name), bound, out),
                Node::Block(_, body) => self.collect(body, bound, out),
                Node::If(branches) => {
                    for (condition, body) in branches {
                        add(condition.iter().flat_map(roots), bound, out);
                        self.collect(body, bound, out);
                    }
                }
                Node::For { names, over, body, otherwise } => {
                    add(roots(over), bound, out);
                    let mut inner = bound.clone();
                    inner.extend(names.iter().cloned().chain(["loop".to_owned()]));
                    self.collect(body, &mut inner, out);
                    self.collect(otherwise, bound, out);
                }
            }
        }
    }

    /// What `template` includes by itself, without what that includes in turn.
    pub fn includes(&self, template: &str) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        walk(&self.0[template], &mut |node| {
            if let Node::Include(name) = node {
                out.insert(name.clone());
            }
        });
        out
    }

    /// The blocks that `template` defines, in order.
    pub fn blocks(&self, template: &str) -> Vec<String> {
        let mut out = Vec::new();
        walk(&self.0[template], &mut |node| {
            if let Node::Block(name, _) = node {
                out.push(name.clone());
            }
        });
        out
    }
}

fn walk<'a>(nodes: &'a [Node], see: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        see(node);
        match node {
            Node::Block(_, body) => walk(body, see),
            Node::If(branches) => branches.iter().for_each(|(_, body)| walk(body, see)),
            Node::For { body, otherwise, .. } => {
                walk(body, see);
                walk(otherwise, see);
            }
            _ => {}
        }
    }
}

/// Follows every template from what it is given through all that it includes.
pub struct Uses<'a> {
    templates: &'a Templates,
    views: &'a Views,
    /// What each template was found with, by variable.
    pub met: BTreeMap<String, BTreeMap<String, Vec<Shape>>>,
    /// What is wrong.
    pub wrong: BTreeSet<String>,
}

impl<'a> Uses<'a> {
    pub fn new(templates: &'a Templates, views: &'a Views) -> Self {
        let mut uses = Self { templates, views, met: BTreeMap::new(), wrong: BTreeSet::new() };
        for (template, fields) in &views.given {
            let mut scope = fields.iter().map(|field| (field.name.clone(), field.shape.clone())).collect();
            uses.template(template, &mut scope, &BTreeMap::new());
        }
        uses
    }

    fn template(&mut self, name: &str, scope: &mut Scope, over: &Blocks<'a>) {
        let templates = self.templates;
        let Some(nodes) = templates.0.get(name) else {
            self.wrong.insert(format!("there is no template `{name}`"));
            return;
        };
        for free in templates.free(name) {
            let Some(shape) = scope.get(&free).map(|shape| shape.present().clone()) else { continue };
            let known = self.met.entry(name.to_owned()).or_default().entry(free).or_default();
            if !known.contains(&shape) && shape != Shape::Unknown {
                known.push(shape);
            }
        }
        let parent = nodes.iter().find_map(|node| if let Node::Extends(name) = node { Some(name) } else { None });
        match parent {
            Some(parent) => {
                let mut blocks: Blocks<'a> = BTreeMap::new();
                walk(nodes, &mut |node| {
                    if let Node::Block(name, body) = node {
                        blocks.insert(name, body);
                    }
                });
                blocks.extend(over);
                self.template(parent, scope, &blocks);
            }
            None => self.nodes(name, nodes, scope, over),
        }
    }

    fn nodes(&mut self, at: &str, nodes: &'a [Node], scope: &mut Scope, over: &Blocks<'a>) {
        for node in nodes {
            match node {
                Node::Out(expr) => drop(self.shape(at, expr, scope, true)),
                Node::Set(name, expr) => {
                    let shape = self.shape(at, expr, scope, true);
                    scope.insert(name.clone(), shape);
                }
                Node::Include(name) => self.template(name, &mut scope.clone(), &BTreeMap::new()),
                Node::Block(name, body) => {
                    self.nodes(at, over.get(name.as_str()).unwrap_or(&body.as_slice()), scope, over)
                }
                Node::If(branches) => {
                    for (condition, body) in branches {
                        if let Some(condition) = condition {
                            self.shape(at, condition, scope, false);
                        }
                        self.nodes(at, body, scope, over);
                    }
                }
                Node::For { names, over: list, body, otherwise } => {
                    let shape = self.shape(at, list, scope, true);
                    let item = match shape.present() {
                        Shape::List(item) if names.len() == 1 => (**item).clone(),
                        Shape::Unknown | Shape::List(_) => Shape::Unknown,
                        _ => {
                            self.wrong.insert(format!("`{at}` goes through `{list:?}`, which is no list"));
                            Shape::Unknown
                        }
                    };
                    let mut inner = scope.clone();
                    inner.extend(names.iter().map(|name| (name.clone(), item.clone())));
                    inner.insert("loop".to_owned(), Shape::Unknown);
                    self.nodes(at, body, &mut inner, over);
                    self.nodes(at, otherwise, scope, over);
                }
                Node::Extends(_) => {}
            }
        }
    }

    /// What an expression gives. A name that nobody has given is wrong where `must` is set; in a condition it counts as
    /// not there.
    fn shape(&mut self, at: &str, expr: &Expr, scope: &Scope, must: bool) -> Shape {
        let mut first = None;
        for (place, path) in expr.paths() {
            let shape = match scope.get(&path[0]) {
                Some(shape) => self.follow(at, shape.clone(), &path),
                None => {
                    if must {
                        self.wrong.insert(format!("`{at}` uses `{}`, which it isn't always given", path[0]));
                    }
                    Shape::Unknown
                }
            };
            if place == 0 {
                first = Some((shape, 2 * path.len() - 1));
            }
        }
        let mark = |n: usize, text: &str| expr.0.get(n) == Some(&Token::Mark(text.to_owned()));
        let word = |n: usize| if let Some(Token::Name(name)) = expr.0.get(n) { name.as_str() } else { "" };
        match (first, expr.0.first()) {
            (Some((shape, end)), _) if expr.0.len() == end || word(end) == "or" => shape,
            (Some((_, end)), _) if mark(end, "~") => Shape::Text,
            (Some((_, end)), _) if mark(end, "|") && word(end + 1) == "length" => Shape::Number,
            (Some((_, end)), _) if mark(end, "+") => Shape::Number,
            (None, Some(Token::Text)) => Shape::Text,
            (None, Some(Token::Number)) => Shape::Number,
            (None, Some(Token::Name(name))) if name == "t" => Shape::Text,
            (None, Some(Token::Name(name))) if name == "true" || name == "false" => Shape::Flag,
            (_, Some(Token::Text)) => Shape::Text,
            _ => Shape::Unknown,
        }
    }

    fn follow(&mut self, at: &str, mut shape: Shape, path: &[String]) -> Shape {
        for part in &path[1..] {
            shape = match self.views.field(&shape, part) {
                Ok(shape) => shape,
                Err(()) => {
                    self.wrong.insert(format!("`{at}` uses `{}`: there is no `{part}`", path.join(".")));
                    return Shape::Unknown;
                }
            };
        }
        shape
    }
}
