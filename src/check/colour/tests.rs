//! Contrast is that of WCAG, the looks pass, and the table of colours is what the styles say.

use std::collections::BTreeMap;

use super::*;
use crate::model::look::{Least, TOKENS};

#[test]
fn contrast_is_that_of_wcag() {
    let ratio = |a: &str, b: &str| contrast(parse(a).unwrap(), parse(b).unwrap());
    assert!((ratio("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((ratio("#777", "white") - 4.478).abs() < 0.001);
    assert!((ratio("#767676", "rgb(255 255 255)") - 4.542).abs() < 0.001);
    assert!((ratio("red", "red") - 1.0).abs() < 1e-9);
}

#[test]
fn colours_of_every_notation() {
    for good in
        ["#abc", "#aabbccdd", "rgb(1,2,3)", "hsl(120deg 50% 50%)", "oklch(60% 0.1 240)", "color(display-p3 1 0 0)"]
    {
        assert!(parse(good).is_some(), "{good}");
    }
    for bad in [
        "",
        "blu",
        "#12",
        "currentColor",
        "light-dark(red, blue)",
        "CanvasText",
        "red; } body {",
        "var(--x)",
        "rgb(1 2 3",
    ] {
        assert!(parse(bad).is_none(), "{bad}");
    }
}

/// The looks with every neutral, in both modes.
fn palettes() -> impl Iterator<Item = (String, Palette<'static>)> {
    let written: &'static Text = Box::leak(Box::new(Text { text: "".into(), span: span(), verbatim: false }));
    Look::ALL.into_iter().flat_map(move |(name, look)| {
        NEUTRALS.into_iter().flat_map(move |(word, neutral)| {
            [false, true].map(|dark| {
                let mut palette = Palette::new(look, dark);
                palette.set.push(Set { name: "neutral", key: "neutral".into(), value: neutral.into(), written });
                (format!("{name}, {word}, dark {dark}"), palette)
            })
        })
    })
}

fn span() -> crate::base::Span {
    crate::base::Span::file(&crate::base::SourcePath::new("expound.toml"))
}

#[test]
fn the_looks_pass_with_every_neutral() {
    let mut wrong = Vec::new();
    for (what, palette) in palettes() {
        for pair in palette.look.pairs() {
            for name in pair.front.iter().chain(pair.grounds).flat_map(|name| name.split(" over ")) {
                assert!(palette.colour(name).is_some(), "{what}: {name} is no colour");
            }
        }
        for Fault { front, ground, ratio, .. } in palette.faults() {
            wrong.push(format!("{what}: {front} on {ground}: {ratio:.2}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The style sheets that a look is made of: those of every look, and its own.
fn sheets(look: Look) -> Vec<(String, String)> {
    #![allow(clippy::disallowed_methods, reason = "a test may touch the disk")]
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/theme");
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".css"));
    names.sort();
    names.push(format!("looks/{}.css", look.name()));
    let read = |name: String| std::fs::read_to_string(format!("{folder}/{name}")).ok().map(|text| (name, text));
    names.into_iter().filter_map(read).collect()
}

/// Every declaration of a style sheet but those for paper: selector, property, and value with single spaces.
fn declarations(css: &str) -> Vec<(String, String, String)> {
    let mut text = css.to_owned();
    while let (Some(start), Some(end)) = (text.find("/*"), text.find("*/")) {
        text.replace_range(start..end + 2, "");
    }
    let plain =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")");
    let mut open: Vec<String> = Vec::new();
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.match_indices(['{', '}', ';']) {
        let part = plain(&text[from..at]);
        from = at + 1;
        if c == "{" {
            open.push(part);
            continue;
        }
        if let Some((name, value)) = part.split_once(": ").filter(|_| !open.iter().any(|o| o == "@media print")) {
            out.push((open.last().cloned().unwrap_or_default(), name.to_owned(), value.to_owned()));
        }
        if c == "}" {
            open.pop();
        }
    }
    out
}

#[test]
fn the_table_of_colours_is_what_the_styles_say() {
    for (_, look) in Look::ALL {
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        for (_, css) in sheets(look) {
            for (selector, name, value) in declarations(&css) {
                // The last one counts, as in the browser.
                if let Some(name) = name.strip_prefix("--").filter(|_| selector == ":root") {
                    said.insert(name.to_owned(), value);
                }
            }
        }
        for token in look.own().iter().chain(TOKENS) {
            let value = look.token(token.name).map(|token| token.value.to_owned());
            assert_eq!(said.get(token.name), value.as_ref(), "--{} of the look {}", token.name, look.name());
        }
        let colours =
            said.iter().filter(|(_, value)| ["#", "color-mix(", "light-dark("].iter().any(|c| value.starts_with(c)));
        let missing: Vec<_> = colours.filter(|(name, _)| look.token(name).is_none()).collect();
        assert!(missing.is_empty(), "these are not in src/model/look.rs: {missing:?}");
    }
}

#[test]
fn every_colour_of_the_styles_is_in_a_pair() {
    let mut wrong = Vec::new();
    for (_, look) in Look::ALL {
        let pairs = || look.pairs();
        let has_front = |name: &str| pairs().any(|pair| pair.front.contains(&name));
        // A dot or a rail is a shape, and no ground for text.
        let is_shape = |name: &str| pairs().any(|pair| pair.least == Least::Shape && pair.front.contains(&name));
        let has_ground = |name: &str| {
            pairs().any(|pair| pair.grounds.iter().any(|ground| ground.split(" over ").any(|part| part == name)))
        };
        for (file, css) in sheets(look) {
            for (_, property, value) in declarations(&css) {
                let ground = matches!(&*property, "background" | "background-color");
                if !(ground || property == "color") {
                    continue;
                }
                let known = match value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
                    // A colour that an element hands down: its values are looked at where they are given.
                    Some("tone") => true,
                    Some(name) if ground => has_ground(name) || is_shape(name),
                    Some(name) => has_front(name),
                    None => {
                        let plain = [
                            "inherit",
                            "currentcolor",
                            "transparent",
                            "none",
                            "canvas",
                            "canvastext",
                            "highlight",
                            "highlighttext",
                            "linktext",
                        ];
                        plain.contains(&&*value.to_lowercase()) || value.starts_with("rgb(0 0 0 / ")
                    }
                };
                if !known {
                    wrong.push(format!("{file}: `{property}: {value}`"));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    let advice = "name the colour in 10-tokens.css and in src/model/look.rs, and say there what it is read on";
    assert!(wrong.is_empty(), "{}\n{advice}", wrong.join("\n"));
}
