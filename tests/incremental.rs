//! The law of the preview: after any sequence of edits, the bundle equals that of a clean build, byte for byte, and so
//! do the diagnostics.
//!
//! Random edits of a random site. After each edit the site is built twice: once with everything that earlier builds
//! left in memory, once with the memory emptied.

use std::collections::BTreeMap;

use expound::bundle::Output;
use expound::model::Day;
use expound::world::{MemoryWorld, World};
use expound::{BuildOptions, Prepared, prepare};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::Pick;

const TODAY: Day = Day { year: 2026, month: 5, day: 4 };

/// One change to the site's files. Numbers pick the file, the record or the words; they wrap around.
#[derive(Clone, Debug)]
enum Edit {
    Section { folder: u8, file: u8, text: u64 },
    RemoveSection { folder: u8, file: u8 },
    RenameSection { folder: u8, from: u8, to: u8 },
    Index { folder: u8, text: u64 },
    RemoveIndex { folder: u8 },
    Translation { folder: u8, file: u8, text: u64 },
    RemoveTranslation { folder: u8, file: u8 },
    Strings { text: u64 },
    Terms { folder: u8, text: u64 },
    Events { folder: u8, text: u64 },
    Sources { folder: u8, text: u64 },
    Facts { folder: u8, text: u64 },
    Comparisons { folder: u8, text: u64 },
    RemoveData { folder: u8, which: u8 },
    Settings { text: u64 },
    Template { text: u64 },
    RemoveTemplate,
    Asset { folder: u8, text: u64 },
    Font { text: u64 },
    Shift { folder: u8, which: u8 },
    Undo,
}

fn edit() -> impl Strategy<Value = Edit> {
    use Edit::*;
    let folder = || 0u8..3;
    prop_oneof![
        6 => (folder(), 0u8..4, any::<u64>()).prop_map(|(folder, file, text)| Section { folder, file, text }),
        2 => (folder(), 0u8..4).prop_map(|(folder, file)| RemoveSection { folder, file }),
        2 => (folder(), 0u8..4, 0u8..4).prop_map(|(folder, from, to)| RenameSection { folder, from, to }),
        2 => (folder(), any::<u64>()).prop_map(|(folder, text)| Index { folder, text }),
        1 => folder().prop_map(|folder| RemoveIndex { folder }),
        2 => (folder(), 0u8..3, any::<u64>()).prop_map(|(folder, file, text)| Translation { folder, file, text }),
        1 => (folder(), 0u8..3).prop_map(|(folder, file)| RemoveTranslation { folder, file }),
        1 => any::<u64>().prop_map(|text| Strings { text }),
        4 => (folder(), any::<u64>()).prop_map(|(folder, text)| Terms { folder, text }),
        3 => (folder(), any::<u64>()).prop_map(|(folder, text)| Events { folder, text }),
        3 => (folder(), any::<u64>()).prop_map(|(folder, text)| Sources { folder, text }),
        2 => (folder(), any::<u64>()).prop_map(|(folder, text)| Facts { folder, text }),
        2 => (folder(), any::<u64>()).prop_map(|(folder, text)| Comparisons { folder, text }),
        2 => (folder(), 0u8..5).prop_map(|(folder, which)| RemoveData { folder, which }),
        2 => any::<u64>().prop_map(|text| Settings { text }),
        1 => any::<u64>().prop_map(|text| Template { text }),
        1 => Just(RemoveTemplate),
        1 => (folder(), any::<u64>()).prop_map(|(folder, text)| Asset { folder, text }),
        1 => any::<u64>().prop_map(|text| Font { text }),
        3 => (folder(), 0u8..5).prop_map(|(folder, which)| Shift { folder, which }),
        2 => Just(Undo),
    ]
}

const FOLDERS: [&str; 3] = ["content", "content/energy", "content/energy/coal"];
const FILES: [&str; 4] = ["10-first.md", "20-second.md", "third.md", "30-fourth.md"];
const TRANSLATIONS: [&str; 3] = ["index.de.md", "index.ar.md", "10-first.de.md"];
const DATA: [&str; 5] = ["terms.toml", "events.toml", "sources.toml", "facts.toml", "comparisons.toml"];
const TERMS: [&str; 4] = ["licence", "revenue share", "Kappe", "大砲"];
const WORDS: &[&str] = &[
    "The licence ends.",
    "A revenue share was agreed [@paper].",
    "See [[licence]] and [[kappe|the cap]].",
    "It is worth [[fact:sum]].",
    "As [[event:signed]] shows, 大砲 matters[^n].\n\n[^n]: A note on the Kappe.",
    "[Next](20-second.md#part) and [back](index.md).",
    "![A picture](pic.svg)",
    "![A photograph](pic.jpg \"Hills\"){wide credit=\"A. Person\"}",
    "See [the photograph](pic.jpg).",
    "שלום, café, Ωmega: ق.",
    "- one\n- two [@paper, p. 4; @letter]",
    "| a | b |\n|---|---|\n| [[licence]] | 2 |",
    "> [!NOTE]\n> Sources disagree.",
    "```rust\nfn main() {}\n```",
    "[[section:first]] and [[compare:table]] and [[nothing]].",
    "```{timeline}\n```",
    "```{compare}\n```",
    "```{compare}\nid = \"table\"\n```",
    "```{effects}\n```",
    "```{terms}\n```",
    "## Part\n\nWords.",
    "They \"agreed\" to it: 'yes' [@letter] [@paper].",
    "At https://example.org/terms, or write to press@example.org.",
    "## On [[licence]] and [[fact:sum]]",
];

fn paragraphs(pick: &mut Pick) -> String {
    let n = 1 + pick.next(6);
    (0..n).map(|_| pick.of(WORDS)).collect::<Vec<_>>().join("\n\n")
}

fn section(seed: u64) -> String {
    let mut pick = Pick(seed);
    let draft = pick.of(&["", "", "draft = true\n"]);
    format!("+++\ntitle = \"Section {}\"\n{draft}+++\n\n{}\n", pick.next(5), paragraphs(&mut pick))
}

fn index(seed: u64) -> String {
    let mut pick = Pick(seed);
    let layout = pick.of(&["scroll", "cards"]);
    let language = pick.of(&["", "", "language: de\n", "language: fr\n"]);
    format!(
        "---\ntitle: Explainer {}\nlayout: {layout}\n{language}standfirst: About the licence\n---\n\n{}\n",
        pick.next(4),
        paragraphs(&mut pick)
    )
}

fn terms(seed: u64) -> String {
    let mut pick = Pick(seed);
    let mut out = String::new();
    for (id, date) in [("one", "2019"), ("two", "2023-05")].into_iter().take(1 + pick.next(2)) {
        out += &format!("[[edition]]\nid = \"{id}\"\nlabel = \"Edition {id}\"\ndate = \"{date}\"\n\n");
    }
    for name in TERMS.iter().take(pick.next(5)) {
        out += &format!(
            "[[term]]\nname = \"{name}\"\ndefinition = \"{}\"\n{}",
            pick.of(&["A right.", "A [[licence]].", "A sum of [[fact:sum]]."]),
            pick.of(&["", "", "definition.de = \"Ein Recht.\"\nname.de = \"Lizenz\"\n"])
        );
        for edition in ["one", "two"].into_iter().take(pick.next(3)) {
            out += &format!(
                "[[term.state]]\nedition = \"{edition}\"\nvalue = \"{}\"\nsources = [\"paper\"]\n",
                pick.of(&["exclusive until 2030", "non-exclusive until 2032", "none"])
            );
        }
    }
    out
}

fn events(seed: u64) -> String {
    let mut pick = Pick(seed);
    let mut out = String::new();
    for (id, date) in
        [("signed", "2019-07-22"), ("changed", "2023-05~"), ("ends", "2030")].into_iter().take(1 + pick.next(3))
    {
        out += &format!(
            "[[event]]\nid = \"{id}\"\ndate = \"{date}\"\ntitle = \"{}\"\nterms = [\"licence\"]\nsources = [\"{}\"]\n\n",
            pick.of(&["Signed", "Amended", "A <b>bold</b> step"]),
            pick.of(&["paper", "letter"]),
        );
    }
    out
}

fn sources(seed: u64) -> String {
    let mut pick = Pick(seed);
    let mut out = String::new();
    for id in ["paper", "letter"].into_iter().take(1 + pick.next(2)) {
        out += &format!(
            "[[source]]\nid = \"{id}\"\ntitle = \"{}\"\npublisher = \"P\"\ndate = \"2020\"\n{}\n",
            pick.of(&["On things", "On other things"]),
            pick.of(&["", "override = true\n"])
        );
    }
    out
}

fn facts(seed: u64) -> String {
    let mut pick = Pick(seed);
    format!("[[fact]]\nid = \"sum\"\nvalue = \"{}\"\nsources = [\"paper\"]\n", pick.of(&["$1 billion", "250 Mio. €"]))
}

fn comparisons(seed: u64) -> String {
    let mut pick = Pick(seed);
    format!(
        "[[comparison]]\nid = \"table\"\ntitle = \"Table\"\ncolumns = [{{ id = \"a\", label = \"A\" }}, {{ id = \"b\", label = \"B\" }}]\n[[comparison.row]]\nlabel = \"Row\"\ncells = {{ a = \"{}\", b = \"two\" }}\n",
        pick.of(&["one", "[[fact:sum]]", "x [@letter]"])
    )
}

fn settings(seed: u64) -> String {
    let mut pick = Pick(seed);
    format!(
        "title = \"Site\"\n{}{}{}",
        pick.of(&["", "base_url = \"https://example.org/\"\n", "base_url = \"https://example.org/sub/\"\n"]),
        pick.of(&["", "[terms]\nautolink = \"off\"\n", "[check]\nunused-source = \"off\"\n"]),
        pick.of(&[
            "",
            "[theme.fonts]\nbody = \"fonts/own.ttf\"\n",
            "[theme.fonts]\nui = [\"fonts/own.ttf\", \"fonts/no.ttf\"]\n"
        ])
    )
}

fn apply(world: &mut MemoryWorld, edit: &Edit) {
    let path = |folder: u8, name: &str| format!("{}/{name}", FOLDERS[folder as usize]);
    match edit {
        Edit::Section { folder, file, text } => world.write(&path(*folder, FILES[*file as usize]), section(*text)),
        Edit::RemoveSection { folder, file } => world.remove(&path(*folder, FILES[*file as usize])),
        Edit::RenameSection { folder, from, to } => {
            let from = path(*folder, FILES[*from as usize]);
            if let Ok(bytes) = world.read(&expound::base::SourcePath::new(&from)) {
                world.remove(&from);
                world.write(&path(*folder, FILES[*to as usize]), bytes.to_vec());
            }
        }
        Edit::Index { folder, text } => world.write(&path(*folder, "index.md"), index(*text)),
        Edit::Translation { folder, file, text } => {
            let text = if *file == 2 { section(*text) } else { index(*text).replace("language: fr\n", "") };
            world.write(&path(*folder, TRANSLATIONS[*file as usize]), text);
        }
        Edit::RemoveTranslation { folder, file } => world.remove(&path(*folder, TRANSLATIONS[*file as usize])),
        Edit::Strings { text } => {
            let words = Pick(*text).of(&["", "timeline = Verlauf\n", "short-answer = Kurz\nbroken"]);
            world.write("i18n/de.ftl", words);
        }
        Edit::RemoveIndex { folder } => world.remove(&path(*folder, "index.md")),
        Edit::Terms { folder, text } => world.write(&path(*folder, "terms.toml"), terms(*text)),
        Edit::Events { folder, text } => world.write(&path(*folder, "events.toml"), events(*text)),
        Edit::Sources { folder, text } => world.write(&path(*folder, "sources.toml"), sources(*text)),
        Edit::Facts { folder, text } => world.write(&path(*folder, "facts.toml"), facts(*text)),
        Edit::Comparisons { folder, text } => world.write(&path(*folder, "comparisons.toml"), comparisons(*text)),
        Edit::RemoveData { folder, which } => world.remove(&path(*folder, DATA[*which as usize])),
        Edit::Settings { text } => world.write("expound.toml", settings(*text)),
        Edit::Template { text } => {
            let mut pick = Pick(*text);
            let text = pick.of(&["<p>Not here</p>", "<p>{{ page.title }}</p>", "{% broken"]);
            world.write("templates/404.html", text);
        }
        Edit::RemoveTemplate => world.remove("templates/404.html"),
        Edit::Font { text } => {
            let serif = include_bytes!("../src/render/cards/fonts/NotoSerif-Bold.ttf");
            let hebrew = include_bytes!("../src/render/cards/fonts/NotoSansHebrew-Regular.ttf");
            let font = [&serif[..], &hebrew[..], &hebrew[..7000]].get((text % 4) as usize).copied();
            match font {
                Some(font) => world.write("fonts/own.ttf", font),
                None => world.remove("fonts/own.ttf"),
            }
        }
        Edit::Asset { folder, text } => {
            let size = 1 + text % 3;
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}0\" height=\"10\"/>");
            world.write(&path(*folder, "pic.svg"), svg);
            // The same picture with other bytes behind it, or half of one.
            let photo = include_bytes!("images/photo.jpg");
            let photo = if text % 4 == 3 { &photo[..9000] } else { &photo[..] };
            world.write(&path(*folder, "pic.jpg"), [photo, &[0; 2][..(text % 3) as usize]].concat());
        }
        // The records stay, their places move.
        Edit::Shift { folder, which } => {
            let path = path(*folder, DATA[*which as usize]);
            if let Ok(bytes) = world.read(&expound::base::SourcePath::new(&path)) {
                world.write(&path, [b"# a line more\n", &bytes[..]].concat());
            }
        }
        Edit::Undo => {}
    }
}

/// What a build gives, in a form that can be compared: every path with its bytes or its errors, and the diagnostics.
/// Each file is asked for by its path, as a preview does.
fn outcome(prepared: &Prepared, world: &MemoryWorld) -> (BTreeMap<String, String>, Vec<String>) {
    let text = |path: &str, output: &Output| match output {
        Output::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Output::Copy(path) => format!("copy of {path}"),
        // What cards are drawn from stands in the pages, as a fingerprint; drawing them all takes minutes.
        Output::Page(_) if path.ends_with(".png") => String::new(),
        // Of its source and of how it is made, its name and its bytes depend alone.
        Output::Made(made) => format!("{} {:?} of {}", made.id, made.recipe, made.source),
        Output::Page(page) => match page.render() {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(found) => format!("{found:?}"),
        },
    };
    let found = |path: &str| prepared.find(path).map_or_else(|| "not found".to_owned(), |output| text(path, &output));
    let files = prepared.bundle().files.keys().map(|path| (path.to_string(), found(path))).collect();
    (files, prepared.check(world, &|| false).unwrap().iter().map(|d| format!("{d:?}")).collect())
}

fn check_law(edits: &[Edit]) -> Result<(), TestCaseError> {
    let options = BuildOptions { remember: true, ..BuildOptions::default() };
    let mut world = MemoryWorld::new(TODAY);
    for folder in [0, 1] {
        for edit in [
            Edit::Index { folder, text: 1 },
            Edit::Section { folder, file: 0, text: 7 },
            Edit::Section { folder, file: 1, text: 8 },
        ] {
            apply(&mut world, &edit);
        }
    }
    for edit in [
        Edit::Font { text: 0 },
        Edit::Settings { text: 0 },
        Edit::Terms { folder: 0, text: 5 },
        Edit::Sources { folder: 0, text: 1 },
        Edit::Facts { folder: 0, text: 0 },
        Edit::Events { folder: 0, text: 2 },
    ] {
        apply(&mut world, &edit);
    }
    comemo::evict(0);
    let mut last = prepare(&world, &options, None);
    outcome(&last, &world);
    for (path, output) in &last.bundle().files {
        let same = match (output, last.find(path)) {
            (Output::Bytes(one), Some(Output::Bytes(other))) => *one == other,
            (Output::Copy(one), Some(Output::Copy(other))) => *one == other,
            (Output::Page(_), Some(Output::Page(_))) if path.ends_with(".png") => true,
            (Output::Made(one), Some(Output::Made(other))) => one.recipe == other.recipe && one.id == other.id,
            (Output::Page(one), Some(Output::Page(other))) => one.render().ok() == other.render().ok(),
            _ => false,
        };
        prop_assert!(same, "{path} is listed as one thing and found as another");
    }
    let mut before = world.clone();
    for edit in edits {
        if matches!(edit, Edit::Undo) {
            std::mem::swap(&mut world, &mut before);
        } else {
            before = world.clone();
            apply(&mut world, edit);
        }
        last = prepare(&world, &options, Some(&last));
        let warm = outcome(&last, &world);
        comemo::evict(0);
        let clean = outcome(&prepare(&world, &options, None), &world);
        for (path, bytes) in &clean.0 {
            let got = warm.0.get(path);
            prop_assert!(got == Some(bytes), "after {edit:?}, {path} is stale:\n{}", difference(got, bytes));
        }
        prop_assert_eq!(&warm.0.keys().collect::<Vec<_>>(), &clean.0.keys().collect::<Vec<_>>(), "after {:?}", edit);
        prop_assert_eq!(&warm.1, &clean.1, "diagnostics after {:?}", edit);
    }
    Ok(())
}

fn difference(got: Option<&String>, expected: &str) -> String {
    let got = got.map_or("", |s| s.as_str());
    similar::TextDiff::from_lines(got, expected).unified_diff().context_radius(1).to_string()
}

#[test]
fn incremental_equals_clean() {
    let config = Config { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, b"after any sequence of edits, ok.");
    let mut runner = TestRunner::new_with_rng(config, rng);
    let edits = proptest::collection::vec(edit(), 1..14);
    runner.run(&edits, |edits| check_law(&edits)).unwrap();
}
