use std::sync::Arc;

use resvg::usvg::{Group, Node, Tree};

use super::fit::clean;
use super::{HEIGHT, WIDTH, draw, fonts};
use crate::bundle::Output;
use crate::model::Day;
use crate::model::settings::Theme;
use crate::world::MemoryWorld;
use crate::{BuildOptions, Built, build};

/// A site of one section a page, with a title and settings.
fn site(title: &str, settings: &str) -> MemoryWorld {
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    let title = serde_json::to_string(title).unwrap();
    world.write("expound.toml", settings);
    world.write(
        "content/index.md",
        format!("---\ntitle: {title}\nlayout: cards\npublished: 2026-04-27\n---\n\nText.\n"),
    );
    world.write("content/10-one.md", format!("---\ntitle: {title}\n---\n\nText.\n"));
    world
}

fn draw(built: &Built, path: &str) -> Vec<u8> {
    match built.bundle.files.get(path) {
        Some(Output::Page(page)) => page.render().unwrap().to_vec(),
        _ => panic!("no {path}"),
    }
}

fn card(world: &MemoryWorld) -> Vec<u8> {
    draw(&build(world, &BuildOptions::default()), "cards/explainer.png")
}

/// The texts of the card of a title, as they are set.
fn set(title: &str, settings: &str) -> Vec<(String, resvg::usvg::Rect, bool)> {
    fn walk(group: &Group, out: &mut Vec<(String, resvg::usvg::Rect, bool)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => walk(group, out),
                Node::Text(text) => {
                    let said = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                    let unknown = glyphs.into_iter().any(|glyph| glyph.id.0 == 0);
                    out.push((said, text.abs_bounding_box(), unknown));
                }
                _ => {}
            }
        }
    }
    let prepared = crate::prepare(&site(title, settings), &BuildOptions::default(), None);
    let studio = super::Studio::new(&prepared.site, false).unwrap_or_else(|_| panic!("templates"));
    let spec = super::PageSpec { explainer: 0, kind: super::PageKind::Explainer };
    let svg = super::svg(&studio, &spec).unwrap();
    let (fonts, theme) = (fonts(&[]), Theme::default());
    let tree = Tree::from_str(&svg, &draw::options(&fonts, &theme)).unwrap();
    let mut out = Vec::new();
    walk(tree.root(), &mut out);
    out
}

fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

const GERMAN: &str = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz und was daraus folgt für Länder, Städte, \
     Gemeinden und alle, die Rindfleisch verkaufen, kaufen oder essen, und für die Ämter, die darüber wachen";

const TITLES: &[(&str, &str)] = &[
    ("en", "Short"),
    ("de", GERMAN),
    ("ar", "كيف أُعيدت كتابة الشراكة بين OpenAI ومايكروسوفت في أبريل 2026"),
    ("ja", "オープンAIとマイクロソフトの提携は二〇二六年四月にどう書き換えられたのか、だれが得をするのか"),
    ("en", "हिन्दी में शीर्षक, ελληνικά, кириллица, עברית"),
    ("en", "Emoji 🚀 in 👩‍👩‍👧 a title ❤️ – and “quotes” → arrows"),
    ("en", "Unbreakable-but-with-hyphens-that-go-on-and-on-and-on-until-nobody-wants-to-read-any-further"),
];

#[test]
fn titles_fit_and_have_every_letter() {
    for look in ["broadsheet", "briefing"] {
        for (language, title) in TITLES {
            let settings = format!("language = \"{language}\"\n[theme]\nlook = \"{look}\"\n");
            let texts = set(title, &settings);
            assert!(texts.len() >= 3, "{title}: {texts:?}");
            for (text, place, unknown) in &texts {
                assert!(!unknown, "a letter without a shape in {text}");
                let inside = place.left() >= 60.0 && place.right() <= WIDTH as f32 - 60.0;
                assert!(inside && place.top() >= 0.0 && place.bottom() <= HEIGHT as f32 - 10.0, "{text}: {place:?}");
            }
            assert_eq!(size(&card(&site(title, &settings))), (WIDTH, HEIGHT));
        }
    }
}

#[test]
fn a_long_title_ends_in_an_ellipsis_and_a_short_one_is_whole() {
    let said = |title| set(title, "").into_iter().map(|(text, ..)| text).collect::<Vec<_>>().join("|");
    let long = GERMAN.repeat(2);
    assert!(said(&long).contains('…'));
    assert!(said("What changed").contains("What changed"));
    assert!(!said("What changed").contains('…'));
}

#[test]
fn arabic_begins_on_the_right() {
    let texts = set("ما الذي تغيّر؟", "language = \"ar\"");
    let (_, title, _) = texts.iter().find(|(text, ..)| text.contains("تغي")).unwrap();
    assert!(title.right() > WIDTH as f32 - 80.0, "{title:?}");
}

#[test]
fn the_same_card_comes_from_every_thread_and_is_small() {
    let built = Arc::new(build(&site("What changed, and for whom", ""), &BuildOptions::default()));
    let here = draw(&built, "cards/explainer.png");
    assert!(here.len() < 60_000, "{}", here.len());
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let built = built.clone();
            std::thread::spawn(move || draw(&built, "cards/explainer.png"))
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap() == here));
    assert_eq!(card(&site("What changed, and for whom", "")), here);
}

#[test]
fn hostile_titles_are_drawn() {
    for title in
        ["<script>&amp;</text></svg>", "\u{1}\u{0}\u{7f}\u{FFFE}\u{202E}]]>", "🚀", "\u{2067}\u{2067}x", "&#0;"]
    {
        assert_eq!(size(&card(&site(title, ""))), (WIDTH, HEIGHT), "{title}");
    }
    assert_eq!(clean("  a\t\u{1}b \u{202E}🚀 c\u{FFFF}\n"), "a b c");
}

#[test]
fn letters_that_no_font_has_are_told_and_left_out() {
    let world = site("ข้อตกลง", "title = \"Gazette\"");
    let built = build(&world, &BuildOptions::default());
    let told: Vec<_> = built.diagnostics.iter().filter(|found| found.rule.0 == "card-letters").collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].message.contains('ข'), "{}", told[0].message);
    let texts = set("ข้อตกลง", "title = \"Gazette\"");
    assert!(
        texts.iter().any(|(text, ..)| text == "Gazette") && texts.iter().all(|(_, _, unknown)| !unknown),
        "{texts:?}"
    );
    let off = build(&site("ข้อตกลง", "[cards]\nenabled = false"), &BuildOptions::default());
    assert!(off.diagnostics.iter().all(|found| found.rule.0 != "card-letters"));
}

#[test]
fn a_text_that_is_not_translated_ends_where_it_ends() {
    let said = set("What changed", "title = \"Gazette\"\nlanguage = \"ar\"");
    assert!(said.iter().any(|(text, ..)| text == "\u{2066}What changed\u{2069}"), "{said:?}");
    let said = set("ما الذي تغير", "title = \"Gazette\"\nlanguage = \"ar\"");
    assert!(said.iter().any(|(text, ..)| text == "\u{2067}ما الذي تغير\u{2069}"), "{said:?}");
}

#[test]
fn fonts_of_the_site_are_asked() {
    let mut world = site("What changed", "[theme]\nfont_heading = '\"Noto Sans\", serif'");
    let before = card(&world);
    world.write("static/fonts/Ours.ttf", include_bytes!("fonts/NotoSans-Bold.ttf"));
    assert!(card(&world) != before, "the font that the theme names is among the site's files");
    world.write("static/fonts/Broken.ttf", "no font");
    assert_eq!(size(&card(&world)), (WIDTH, HEIGHT));
}

#[test]
fn a_template_of_the_site_reads_no_files_and_tells_what_is_wrong() {
    let mut world = site("What changed", "");
    world.write(
        "templates/card.svg",
        "{# Given: `card`. #}<svg xmlns='http://www.w3.org/2000/svg' width='600' height='315'>\
         <image href='Cargo.toml' width='9' height='9'/><text x='9' y='99'>{{ card.site }}</text></svg>",
    );
    assert_eq!(size(&card(&world)), (WIDTH, HEIGHT));
    world.write("templates/card.svg", "<p>{{ card.site }}");
    let prepared = crate::prepare(&world, &BuildOptions::default(), None);
    let found = prepared.draw(&|| false).unwrap();
    assert!(found.iter().any(|found| found.message.contains("no card can be drawn")), "{found:?}");
}
