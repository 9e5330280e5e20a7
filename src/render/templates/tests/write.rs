//! Writes `docs/templates.md`.

use std::fmt::Write as _;

use super::super::built_in;
use super::super::reference::{about, blocks, given};
use super::shapes::{Field, Shape, Views};
use super::uses::{Templates, Uses};

const OPENING: &str = "# The built-in templates, and what each is given

<!-- Made from templates/ and src/render/ by `UPDATE=1 cargo test --lib render::templates`; edit it there. -->

[theme.md](theme.md) says how a template of your own takes the place of a built-in one, or builds on it. This page lists
every template with its variables, and every view with its fields: a view is a variable with parts, `page.title` is the
part `title` of the view `page`. `expound templates NAME --view` prints the part of this page that is about one template.

| in the tables below | is |
|---|---|
| text | plain text; it is escaped when it is written |
| HTML | finished HTML, to be written with `\\| safe`; its name ends in `_html` |
| number | a whole number |
| yes or no | for `{% if %}` |
| list of … | for `{% for %}`; an empty list counts as no in `{% if %}` |
| a name with a link | a view, listed below |
| … or nothing | ask with `{% if %}` first |
";

/// The reference of every template and every view, as Markdown.
pub fn reference(views: &Views, templates: &Templates, uses: &Uses<'_>) -> String {
    let mut out = String::from(OPENING);
    let all = built_in();
    let (pages, parts): (Vec<_>, Vec<_>) = all.iter().partition(|(name, _)| !name.contains('/'));
    out.push_str("\n## Pages\n\nOne template a kind of page, and the frame that all but `redirect.html` build on.\n");
    for (name, text) in pages {
        template(&mut out, name, text, views, templates, uses);
    }
    out.push_str("\n## Parts of pages\n\nThey are included where they are needed, with the variables that are there at that place.\n");
    for (name, text) in parts {
        template(&mut out, name, text, views, templates, uses);
    }
    out.push_str("\n## Views\n");
    let mut listed: Vec<_> = views.all.values().collect();
    listed.sort_by(|a, b| a.title.cmp(&b.title));
    for view in listed {
        _ = write!(out, "\n### {}\n\n{}\n\n| field | is | meaning |\n|---|---|---|\n", view.title, view.doc);
        for field in &view.fields {
            out.push_str(&row(views, field));
        }
    }
    out
}

fn template(out: &mut String, name: &str, text: &str, views: &Views, templates: &Templates, uses: &Uses<'_>) {
    _ = write!(out, "\n### `{name}`\n\n{}.\n", about(text));
    let fields = match views.given.get(name) {
        Some(fields) if fields.iter().all(|field| !field.doc.is_empty()) => fields.clone(),
        _ => given(text).into_iter().map(|(variable, what)| inferred(views, uses, name, variable, what)).collect(),
    };
    if !fields.is_empty() {
        out.push_str("\n| variable | is | meaning |\n|---|---|---|\n");
        for field in &fields {
            out.push_str(&row(views, field));
        }
    }
    let described = blocks(text);
    if !described.is_empty() {
        out.push_str("\nBlocks that a template which builds on it may replace:\n\n");
        for (block, what) in described {
            _ = writeln!(out, "- `{block}`: {what}");
        }
    } else if !templates.blocks(name).is_empty() {
        let list: Vec<String> = templates.blocks(name).iter().map(|block| format!("`{block}`")).collect();
        _ = write!(out, "\nBuilds on [`base.html`](#basehtml), and fills its {}.\n", list.join(" and "));
    }
    let includes: Vec<String> =
        templates.includes(name).iter().map(|name| format!("[`{name}`](#{})", anchor(name))).collect();
    if !includes.is_empty() {
        _ = write!(out, "\nIncludes {}.\n", includes.join(", "));
    }
}

/// A variable of a part, as the templates that include it give it.
fn inferred(views: &Views, uses: &Uses<'_>, template: &str, variable: &str, what: &str) -> Field {
    let met = uses.met.get(template).and_then(|met| met.get(variable));
    let shape = met.and_then(|shapes| shapes.first()).cloned().unwrap_or(Shape::Unknown);
    let doc = match &shape {
        _ if !what.is_empty() => format!("{}{}.", what[..1].to_uppercase(), &what[1..]),
        Shape::View(key) => views.all[key].doc.clone(),
        Shape::List(item) => match &**item {
            Shape::View(key) => views.all[key].doc.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    };
    Field { name: variable.to_owned(), shape, doc }
}

fn row(views: &Views, field: &Field) -> String {
    let doc = if field.doc.is_empty() { String::new() } else { format!("{} ", field.doc.replace('|', "\\|")) };
    format!("| `{}` | {} | {doc}|\n", field.name, words(views, &field.shape))
}

fn words(views: &Views, shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Flag => "yes or no".to_owned(),
        Shape::Html => "HTML".to_owned(),
        Shape::List(item) => format!("list of {}", words(views, item)),
        Shape::Maybe(inner) => format!("{}, or nothing", words(views, inner)),
        Shape::View(key) => {
            let title = &views.all[key].title;
            format!("[{title}](#{})", anchor(title))
        }
        Shape::Unknown => "anything".to_owned(),
    }
}

/// The anchor that Markdown viewers give to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}
