//! Front matter, titles, slugs, order, and the options of blocks.

use expound::model::{Block, Section};

use super::{INDEX, site};

/// Reads one section; it has to be free of findings.
fn section(name: &str, text: &str) -> Section {
    let (loaded, findings) = site(&[INDEX, (&format!("content/{name}"), text)]);
    assert_eq!(findings, [""; 0], "{text:?}");
    (*loaded.root.sections[0]).clone()
}

fn faults(text: &str) -> Vec<String> {
    site(&[INDEX, ("content/10-a.md", text)]).1
}

#[test]
fn front_matter_is_toml_or_yaml_or_not_there() {
    for text in [
        "+++\ntitle = \"What changed\"\norder = 3\n+++\nBody.\n",
        "---\ntitle: What changed\norder: 3\n---\nBody.\n",
        "---\ntitle: What changed\norder: 3\n...\nBody.\n",
        "\u{FEFF}+++\r\ntitle = \"What changed\"\r\norder = 3\r\n+++\r\nBody.\n",
        "+++  \ntitle = \"What changed\"\norder = 3\n+++ \nBody.\n",
    ] {
        let section = section("10-a.md", text);
        assert_eq!((&*section.title.text, section.order), ("What changed", Some(3)), "{text:?}");
        assert_eq!((&*section.source, &text[section.offset as usize..]), ("Body.\n", "Body.\n"));
        assert_eq!(&text[section.title.span.range()], "What changed");
    }
    assert_eq!(&*section("10-a.md", "Body.\n").source, "Body.\n");
    assert_eq!(&*section("10-a.md", "+++\n+++\n").source, "");
    assert_eq!(&*section("10-a.md", "---\n---\nx").source, "x");
}

#[test]
fn faults_of_front_matter() {
    for (text, expected) in [
        (
            "+++\ntitle = \"x\"\nBody",
            "bad-syntax [+++] the front matter that starts here has no second `+++` to end it (put a line `+++` between the front matter and the text)",
        ),
        (
            "---\ntitle: x\n",
            "bad-syntax [---] the front matter that starts here has no second `---` to end it (put a line `---` between the front matter and the text)",
        ),
        ("+++\nslug = \"A B\"\n+++\n", "bad-value [A B] the slug `A B` has to be in lower case (write `a-b`)"),
        ("+++\nlayout = \"cards\"\n+++\n", "unknown-key [layout] unknown key `layout` in the front matter"),
        (
            "---\nupdated: 2026-05\n---\n",
            "bad-date [2026-05] `updated` takes a day, not `2026-05` (write year, month and day: `2026-05-04`)",
        ),
        ("---\n- x\n---\n", "bad-value [] the front matter has to be keys with values, not a list"),
        ("---\ntitle: 'x\n---\n", "bad-syntax ['] the quotation mark that opens here is never closed"),
    ] {
        assert_eq!(faults(text), [expected], "{text:?}");
    }
    let (_, findings) = site(&[("content/index.md", "Body.\n")]);
    assert_eq!(
        findings,
        ["missing-key [] this explainer has no `title` (add it, for example `title = \"The deal, rewritten\"`)"]
    );
}

#[test]
fn the_title_is_the_first_heading_else_the_name_of_the_file() {
    let text = "Lead.\n\n# What *really* changed\n\n## More\n";
    let taken = section("10-a.md", text);
    assert_eq!(&*taken.title.text, "What really changed");
    assert_eq!(taken.body.headings().map(|h| &*h.text).collect::<Vec<_>>(), ["More"]);
    let exact = section("10-a.md", "# Plain title\n");
    assert!(exact.title.verbatim && exact.title.span.range() == (2..13));
    // A heading that repeats the title goes too; another one stays.
    assert_eq!(section("10-a.md", "+++\ntitle = \"A\"\n+++\n# A\n").body.headings().count(), 0);
    assert_eq!(section("10-a.md", "+++\ntitle = \"A\"\n+++\n# B\n").body.headings().count(), 1);
    assert_eq!(section("10-a.md", "## Not a title\n").body.headings().count(), 1);
    for (name, title, slug, order) in [
        ("10-what-changed.md", "What changed", "what-changed", Some(10)),
        ("what_changed.md", "What changed", "what-changed", None),
        ("007 Über uns.md", "Über uns", "über-uns", Some(7)),
        ("2024-budget.md", "2024 budget", "2024-budget", None),
        ("10.md", "10", "10", None),
    ] {
        let section = section(name, "Text.\n");
        assert_eq!((&*section.title.text, &*section.slug, section.order), (title, slug, order), "{name}");
    }
}

#[test]
fn sections_are_ordered_by_number_then_by_name() {
    let (loaded, _) = site(&[
        INDEX,
        ("content/b.md", "# b"),
        ("content/a.md", "# a"),
        ("content/20-x.md", "# x"),
        ("content/3-y.md", "# y"),
        ("content/z.md", "+++\norder = 10\n+++\n# z"),
        ("content/90-first.md", "+++\norder = -1\n+++\n# first"),
    ]);
    let slugs: Vec<&str> = loaded.root.sections.iter().map(|s| &*s.slug).collect();
    assert_eq!(slugs, ["first", "y", "z", "x", "a", "b"]);
}

#[test]
fn authors_are_names_or_tables_and_default_to_the_settings() {
    let index = "+++\ntitle = \"T\"\nauthors = [\"A. P.\", { name = \"B\", url = \"https://b.example\" }]\n+++\n";
    let (loaded, findings) = site(&[("content/index.md", index), ("expound.toml", "author = { name = \"D\" }")]);
    assert_eq!(findings, [""; 0]);
    let names = |loaded: &expound::model::Loaded| -> Vec<String> {
        let index = loaded.root.index.as_ref().expect("an index");
        index.meta.authors.iter().map(|a| a.name.to_string()).collect()
    };
    assert_eq!(names(&loaded), ["A. P.", "B"]);
    let (loaded, _) = site(&[INDEX, ("expound.toml", "author = { name = \"D\" }")]);
    assert_eq!(names(&loaded), ["D"]);
}

#[test]
fn blocks_have_typed_options() {
    let text = "```{timeline}\nimportance = \"key\"\nfrom = 2024\neras = false\n```\n\n```{compare}\nid = \"clouds\"\n```\n\n```{compare}\neditions = [\"a\", \"b\"]\nchanges_only = true\n```\n\n```{sources}\nlimit = 3\n```\n";
    let blocks = section("10-a.md", text).blocks;
    let [
        Some(Block::Timeline(timeline)),
        Some(Block::Comparison(id, None)),
        Some(Block::TermSheet(sheet)),
        Some(Block::Sources(sources)),
    ] = blocks.as_slice()
    else {
        panic!("{blocks:?}")
    };
    assert!(timeline.no_eras && timeline.importance.len() == 1 && timeline.from.is_some());
    assert_eq!((&*id.text, &text[id.span.range()]), ("clouds", "clouds"));
    assert_eq!((sheet.editions.len(), sheet.changes_only, sources.limit), (2, true, Some(3)));
}

#[test]
fn components_take_any_options_and_stand_before_built_in_blocks() {
    let (loaded, findings) = site(&[
        INDEX,
        ("templates/components/quote.html", "x"),
        ("content/10-a.md", "```{quote}\nby = \"A\"\nn = 1.5\nwhen = 2024-05-01\nlist = [1, true]\n```\n"),
    ]);
    assert_eq!(findings, [""; 0]);
    let Some(Block::Component(name, options)) = &loaded.root.sections[0].blocks[0] else { panic!() };
    assert_eq!((&**name, &**options), ("quote", r#"{"by":"A","n":1.5,"when":"2024-05-01","list":[1,true]}"#));
}

#[test]
fn faults_of_blocks_have_their_exact_place() {
    for (text, expected) in [
        (
            "é\r\n\r\n```{timeline}\r\neras = true\r\ngruops = [\"a\"]\r\n```\r\n",
            "unknown-key [gruops] unknown key `gruops` in this timeline (did you mean `groups`?)",
        ),
        (
            "> ```{timeline}\n> eras = true\n> from = \"soon-ish\"\n> ```\n",
            "bad-date [```{timeline}\n> eras = true\n> from = \"soon-ish\"\n> ```] `from`: `soon-ish` is not a date as data files write it (write a date such as `2021`, `2025-05`, `2019-07-22`, `2021~` (about), `2025-05?` (unsure), `2019/2021` (from and to) or `2030/..` (open))",
        ),
        (
            "```{timelin}\n```\n",
            "unknown-block [timelin] there is no block `{timelin}` (did you mean `timeline`?) (the built-in blocks are `{timeline}`, `{terms}`, `{compare}`, `{effects}`, `{chart}`, `{changes}`, `{sources}`; a block of your own needs a template `templates/components/timelin.html`)",
        ),
        (
            "```{compare}\neditions = [\"a\"]\n```\n",
            "bad-value [[\"a\"]] a term sheet needs two different editions or more (add another, or take `editions` away to show all of them)",
        ),
        (
            "```{compare}\nid = \"x\"\nterms = [\"a\"]\n```\n",
            "bad-value [[\"a\"]] `id` shows a comparison as it is; `terms` belongs to the term sheet (take one of the two away)",
        ),
        ("```{changes}\nlimit = \"3\"\n```\n", "bad-value [\"3\"] `limit` takes a whole number, not a text"),
    ] {
        assert_eq!(faults(text), [expected], "{text:?}");
    }
}
