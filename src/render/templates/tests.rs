#![allow(clippy::disallowed_methods, reason = "a test may touch the disk")]

use super::built_in;
use super::reference::{about, blocks, given, view};

mod parse;
mod shapes;
mod uses;
mod write;

use shapes::Views;
use uses::{Templates, Uses};

#[test]
fn templates_use_only_what_they_are_given() {
    let (views, templates) = (Views::read(), Templates::new());
    let mut wrong: Vec<String> = Uses::new(&templates, &views).wrong.into_iter().collect();
    for (name, text) in built_in() {
        let said: Vec<&str> = given(text).into_iter().map(|(name, _)| name).collect();
        let free = templates.free(name);
        let expected: Vec<&str> = match views.given.get(name) {
            Some(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
            None => free.iter().map(String::as_str).collect(),
        };
        let (mut a, mut b) = (said.clone(), expected.clone());
        a.sort_unstable();
        b.sort_unstable();
        if a != b {
            wrong.push(format!("`{name}` says that it is given {said:?}, and is given {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_comment_says() {
    let comment =
        "{#- The frame, `p. 4`. More.\n Given: `page`, `level` (of headings).\n Blocks:\n `end`: the end. -#}\n<html>";
    assert_eq!(about(comment), "The frame, `p. 4`");
    assert_eq!(about("{# One\n  two #}"), "One");
    assert_eq!(about("{#- A date. Given: `date`. -#}"), "A date");
    assert_eq!(about("<html>"), "");
    assert_eq!(given(comment), [("page", ""), ("level", "of headings")]);
    assert_eq!(blocks(comment), [("end", "the end.")]);
}

#[test]
fn blocks_of_the_frame_are_described() {
    let templates = Templates::new();
    let (_, base) = built_in().into_iter().find(|(name, _)| *name == "base.html").unwrap();
    let described: Vec<&str> = blocks(base).into_iter().map(|(name, _)| name).collect();
    assert_eq!(described, templates.blocks("base.html"));
}

#[test]
fn the_reference_is_what_the_views_say() {
    let (views, templates) = (Views::read(), Templates::new());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/templates.md");
    let made = write::reference(&views, &templates, &Uses::new(&templates, &views));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(committed == made, "docs/templates.md is out of date: run `UPDATE=1 cargo test --lib render::templates`");
}

#[test]
fn a_part_comes_with_the_views_it_leads_to() {
    let part = view("blocks/date.html").unwrap();
    assert!(part.starts_with("### `blocks/date.html`\n"), "{part}");
    assert!(part.contains("| `date` | [Date](#date) |"), "{part}");
    assert!(part.contains("\n### Date\n"), "{part}");
    assert!(!part.contains("### Citation"), "{part}");
    assert!(built_in().iter().all(|(name, _)| view(name).is_some()));
    assert_eq!(view("nothing.html"), None);
}
