//! Which file is what, by its name and place.

use expound::load::LoadOptions;

use super::{INDEX, bytes, site};

const PAGE: &str = "+++\ntitle = \"Below\"\n+++\nText.\n";

#[test]
fn folders_are_explainers_groups_or_assets() {
    let (loaded, findings) = site(&[
        INDEX,
        ("content/20-b.md", "# B"),
        ("content/10-a.md", "# A"),
        ("content/images/x.png", ""),
        ("content/images/deep/terms.toml", "not read"),
        ("content/30-energy/index.md", PAGE),
        ("content/30-energy/photo.jpg", ""),
        ("content/5-years/2024/index.md", PAGE),
        ("content/5-years/sources.toml", "[[source]]\ntitle = \"S\"\n"),
        ("static/.well-known/security.txt", ""),
        ("static/.env", ""),
        ("static/fonts/a.woff2", ""),
        ("templates/page.html", "x"),
        ("templates/components/quote.html", "y"),
        ("templates/notes.md", "z"),
    ]);
    assert_eq!(findings, [""; 0]);
    let root = &loaded.root;
    let assets: Vec<String> = root.assets.iter().map(ToString::to_string).collect();
    assert_eq!(assets, ["content/images/deep/terms.toml", "content/images/x.png"]);
    let titles: Vec<&str> = root.sections.iter().map(|s| &*s.title.text).collect();
    assert_eq!(titles, ["A", "B"]);
    let children: Vec<String> = root.children.iter().map(|c| c.dir.to_string()).collect();
    assert_eq!(children, ["content/5-years", "content/30-energy"]);
    assert!(root.children[0].index.is_none());
    assert_eq!(root.children[0].records.sources.len(), 1);
    assert_eq!(root.children[0].children.len(), 1);
    let statics: Vec<String> = loaded.static_files.paths.iter().map(ToString::to_string).collect();
    assert_eq!(statics, ["static/.well-known/security.txt", "static/fonts/a.woff2"]);
    let templates: Vec<&str> = loaded.templates.texts.iter().map(|(name, _)| &**name).collect();
    assert_eq!(templates, ["components/quote.html", "page.html"]);
}

#[test]
fn leftovers_are_passed_over() {
    let (loaded, findings) = site(&[
        INDEX,
        ("content/.DS_Store", ""),
        ("content/Thumbs.db", ""),
        ("content/terms.toml~", "x"),
        ("content/.terms.toml.swp", "x"),
        ("content/#terms.toml#", "x"),
        ("content/10-a.md.orig", "x"),
        ("content/.obsidian/app.json", "{}"),
    ]);
    assert_eq!(findings, [""; 0]);
    assert!(loaded.root.assets.is_empty());
}

#[test]
fn files_that_look_like_data_are_asked_about() {
    let warnings = |name: &str| site(&[INDEX, (&format!("content/{name}"), "")]).1;
    for (name, help) in [
        ("Terms.toml", "did you mean `terms.toml`?"),
        ("event.csv", "did you mean `events.csv`?"),
        ("trems.json", "did you mean `terms.json`?"),
        (
            "states.toml",
            "these rows are read from CSV only: rename it `states.csv`, or write them within their terms in `terms.toml`",
        ),
        ("terms.bib", "only `sources.bib` is read of this format; keep it as `terms.toml`, `.yaml`, `.json` or `.csv`"),
        (
            "people.yaml",
            "the data files are `terms.yaml`, `editions.yaml`, `parties.yaml`, `events.yaml`, `eras.yaml`, `sources.yaml`, `facts.yaml`, `comparisons.yaml`, `changes.yaml`",
        ),
    ] {
        let expected = format!("unknown-data-file [] `{name}` is no data file: it is copied and not read ({help})");
        assert_eq!(warnings(name), [expected]);
    }
    for name in ["map.json", "population.csv", "compare-x.toml.txt", "readme.txt"] {
        assert_eq!(warnings(name), [""; 0], "{name}");
    }
}

#[test]
fn sections_need_an_index_and_a_site_needs_content() {
    let (_, findings) = site(&[INDEX, ("content/energy/10-a.md", "# A"), ("content/water/INDEX.md", PAGE)]);
    assert_eq!(
        findings,
        [
            "missing-index [] `content/energy` has sections but no `index.md` (add an `index.md` with a `title`; its text is the short answer)",
            "missing-index [] `content/water` has sections but no `index.md` (rename `INDEX.md` to `index.md`)",
        ]
    );
    assert_eq!(
        site(&[("expound.toml", "")]).1,
        ["unreadable-file [] there is no folder `content` (put the text there, beginning with `content/index.md`)"]
    );
}

#[test]
fn drafts_are_left_out_with_what_is_wrong_in_them() {
    let files: [(&str, &[u8]); 6] = [
        (INDEX.0, INDEX.1.as_bytes()),
        ("content/10-a.md", b"+++\ndraft = true\ntitel = \"x\"\n+++\n"),
        ("content/b/index.md", b"+++\ntitle = \"B\"\ndraft = true\n+++\n"),
        ("content/b/10-c.md", b"+++\noops\n+++\n"),
        ("content/b/x.png", b""),
        ("content/b/facts.toml", b"[[fact]]\nid = \"f\"\nvalue = \"1\"\n"),
    ];
    let (loaded, findings) = bytes(&files, &LoadOptions::default());
    assert_eq!(findings, [""; 0]);
    assert!(loaded.root.sections.is_empty());
    assert!(loaded.root.children.is_empty());

    let (loaded, findings) = bytes(&files, &LoadOptions { drafts: true, ..LoadOptions::default() });
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert_eq!((loaded.root.sections.len(), loaded.root.children[0].sections.len()), (1, 1));
}

#[test]
fn the_address_given_wins_over_the_settings() {
    let files: [(&str, &[u8]); 2] =
        [(INDEX.0, INDEX.1.as_bytes()), ("expound.toml", b"base_url = 'https://a.example/'\n")];
    let with = |url: &str| bytes(&files, &LoadOptions { base_url: Some(url.to_owned()), ..LoadOptions::default() });
    assert_eq!(&*with("https://b.example/x").0.settings.base_path, "/x/");
    assert_eq!(
        with("b.example").1,
        [
            "bad-value [] `--base-url` has to be an address with `https://` or `http://`: `b.example` (write the address of the first page, such as `https://example.org/deal/`)"
        ]
    );
}

#[test]
fn changes_below_do_not_clash_with_changes_above() {
    let change = "[[change]]\ndate = 2026-05-02\nkind = \"update\"\nnote = \"a\"\n";
    let (loaded, _) = site(&[
        INDEX,
        ("content/changes.toml", change),
        ("content/b/index.md", PAGE),
        ("content/b/changes.toml", change),
    ]);
    assert_eq!(&*loaded.root.children[0].records.changes[0].head.id, "2026-05-02-update-2");
}
