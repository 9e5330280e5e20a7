//! What a preview asks of a site besides its files: where a text is shown, and what its author may want to know.

use expound::base::SourcePath;
use expound::model::Day;
use expound::world::MemoryWorld;
use expound::{BuildOptions, Prepared, prepare};

fn prepared(files: &[(&str, &str)], options: &BuildOptions) -> Prepared {
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    for (path, text) in files {
        world.write(path, *text);
    }
    prepare(&world, options, None)
}

const SITE: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: The deal\nkey_facts: [sum]\n---\n\nOne two three.\n"),
    ("content/10-first.md", "# First\n\nAbout the licence and [[fact:sum]], [[event:signed]].\n"),
    ("content/20-second.md", "---\ndraft: true\n---\n# Second\n\nFour words are here.\n"),
    (
        "content/terms.toml",
        "[[edition]]\nid = \"one\"\nlabel = \"One\"\ndate = \"2020\"\n[[term]]\nname = \"Licence\"\n\
         [[term.state]]\nedition = \"one\"\nvalue = \"Yes\"\n",
    ),
    ("content/facts.toml", "[[fact]]\nid = \"sum\"\nvalue = \"$1\"\n[[fact]]\nid = \"other\"\nvalue = \"2\"\n"),
    (
        "content/events.toml",
        "[[event]]\nid = \"signed\"\ndate = \"2020\"\ntitle = \"Signed\"\nsources = [\"s\"]\n\
         [[event]]\nid = \"ended\"\ndate = \"2021\"\ntitle = \"Ended\"\n",
    ),
    ("content/sources.toml", "[[source]]\nid = \"s\"\ntitle = \"S\"\n"),
    ("content/energy/index.md", "---\ntitle: Energy\nlayout: cards\n---\n\nText.\n"),
    ("content/energy/coal.md", "# Coal\n\nIt is [[fact:other]].\n"),
];

#[test]
fn texts_are_found_where_they_are_shown() {
    let site = prepared(SITE, &BuildOptions::default());
    let at = |file: &str| site.shown_at(&SourcePath::new(file));
    let place = |page: &str, id: &str| Some((page.to_owned(), id.to_owned()));
    assert_eq!(at("content/index.md"), place("", ""));
    assert_eq!(at("content/10-first.md"), place("", "first"));
    assert_eq!(at("content/energy/index.md"), place("energy/", ""));
    assert_eq!(at("content/energy/coal.md"), place("energy/coal/", ""));
    assert_eq!(at("content/20-second.md"), None, "a draft is not shown");
    assert_eq!(at("content/facts.toml"), None);
    assert_eq!(at("content/nothing.md"), None);
}

#[test]
fn a_page_says_what_is_on_it() {
    let site = prepared(SITE, &BuildOptions { drafts: true, ..BuildOptions::default() });
    let about = site.about("index.html").unwrap();
    let parts: Vec<_> = about.parts.iter().map(|p| (&*p.id, &*p.title, p.span.file.as_str(), p.draft)).collect();
    assert_eq!(
        parts,
        [
            ("", "The deal", "content/index.md", false),
            ("first", "First", "content/10-first.md", false),
            ("second", "Second", "content/20-second.md", true),
        ]
    );
    assert_eq!(about.words, about.parts.iter().map(|p| p.words).sum::<usize>());
    assert_eq!(about.minutes, 1);
    assert!(!about.draft);
    let unsourced: Vec<_> = about.unsourced.iter().map(|u| (u.kind, &*u.name)).collect();
    assert_eq!(unsourced, [("fact", "$1"), ("state", "Licence, one")], "the event has a source, `other` isn't shown");

    let section = site.about("energy/coal/index.html").unwrap();
    assert_eq!(section.parts.len(), 1);
    assert_eq!(section.unsourced.iter().map(|u| &*u.name).collect::<Vec<_>>(), ["2"]);
    let timeline = site.about("timeline/index.html").unwrap();
    assert_eq!(timeline.unsourced.iter().map(|u| &*u.name).collect::<Vec<_>>(), ["Ended"]);
    assert_eq!(site.about("nothing/index.html"), None);
    assert_eq!(site.about("data/terms.json"), None);
}
