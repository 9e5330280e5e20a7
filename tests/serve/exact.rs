//! The law of the preview, held by the program on a real folder: after any edits, what is served and what is reported
//! are those of a clean build.

use std::fs;
use std::sync::Arc;

use expound::shell::report::{Format, Report};
use expound::{BuildOptions, Severity, World};

use super::*;
use crate::support::Pick;

const FOLDERS: &[&str] = &["content", "content/energy", "content/new folder"];
const NAMES: &[&str] = &["10-first.md", "20-second.md", "third.md", "index.md"];
const WORDS: &[&str] = &[
    "Plain words.",
    "The licence ends.",
    "See [[licence]] [@paper].",
    "It is [[fact:sum]].",
    "[[nothing]]",
    "![Picture](pic.svg)",
    "```{timeline}\n```",
    "```{terms}\n```",
    "[Next](20-second.md)",
];
const DATA: &[(&str, &[&str])] = &[
    (
        "terms.toml",
        &[
            "[[edition]]\nid = \"one\"\nlabel = \"One\"\ndate = \"2020\"\n[[term]]\nname = \"Licence\"\n\
             definition = \"A right.\"\n[[term.state]]\nedition = \"one\"\nvalue = \"Yes\"\n",
            "[[term]]\nname = \"Licence\"\ndefinition = \"A permission.\"\n",
            "[[term]\n",
        ],
    ),
    ("facts.toml", &["[[fact]]\nid = \"sum\"\nvalue = \"$1\"\n", "[[fact]]\nid = \"sum\"\nvalue = \"$2\"\n"]),
    (
        "sources.toml",
        &["[[source]]\nid = \"paper\"\ntitle = \"On it\"\n", "[[source]]\nid = \"letter\"\ntitle = \"To\"\n"],
    ),
    (
        "events.toml",
        &["[[event]]\ndate = \"2020\"\ntitle = \"Signed\"\n", "[[event]]\ndate = \"20x\"\ntitle = \"X\"\n"],
    ),
    (
        "pic.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"/>",
        ],
    ),
];

fn edit(root: &Path, pick: &mut Pick) -> String {
    let folder = root.join(pick.of(FOLDERS));
    let path = folder.join(pick.of(NAMES));
    let what = pick.next(13);
    match what {
        0..4 => {
            let text: Vec<&str> = (0..=pick.next(3)).map(|_| pick.of(WORDS)).collect();
            let draft = pick.of(&["", "", "draft: true\n"]);
            write(&path, format!("---\ntitle: Title {}\n{draft}---\n\n{}\n", pick.next(3), text.join("\n\n")));
        }
        4 => drop(fs::remove_file(&path)),
        5 => drop(fs::rename(&path, folder.join(pick.of(NAMES)))),
        6 | 7 => {
            let (name, texts) = DATA[pick.next(DATA.len())];
            write(&folder.join(name), pick.of(texts));
        }
        8 => drop(fs::remove_file(folder.join(DATA[pick.next(DATA.len())].0))),
        9 => {
            let base =
                pick.of(&["", "base_url = \"https://example.org/sub/\"\n", "[check]\nunused-source = \"off\"\n"]);
            write(&root.join("expound.toml"), format!("title = \"Site {}\"\n{base}[cards]\nenabled = false\n", pick.next(3)));
        }
        10 => {
            let text = pick.of(&["<p>Own</p>", "<p>{{ nothing.at.all }}</p>", "{% broken", "<b>Other</b>"]);
            write(&root.join("templates/404.html"), text);
        }
        11 => drop(fs::remove_file(root.join("templates/404.html"))),
        _ => {
            write(&root.join("static/a/file"), pick.of(&["one", "two"]));
            drop(fs::remove_dir_all(root.join("content/energy")));
        }
    }
    format!("{what} {}", path.display())
}

/// What a clean build of the folder would show and report.
struct Clean {
    base: String,
    files: BTreeMap<String, Vec<u8>>,
    /// Of these, the files that are copied, with their sources.
    copies: BTreeMap<String, PathBuf>,
    findings: Value,
    good: bool,
}

fn clean(root: &Path) -> Clean {
    let world = disk(root);
    let prepared = expound::prepare(&world, &BuildOptions::default(), None);
    let mut found = prepared.check(&world, &|| false).unwrap();
    found.extend(prepared.draw(&|| false).unwrap());
    let report = Report::new(found, |path| world.read(path).ok()).render(Format::Json, "");
    let source = |(path, output): (&Arc<str>, &expound::bundle::Output)| match output {
        expound::bundle::Output::Copy(source) => Some((path.to_string(), root.join(source.as_str()))),
        _ => None,
    };
    Clean {
        copies: prepared.bundle().files.iter().filter_map(source).collect(),
        base: prepared.settings().base_path.trim_end_matches('/').to_owned(),
        files: built(root, &BuildOptions::default()),
        findings: serde_json::from_str(&report).unwrap(),
        good: !prepared.found().iter().any(|d| d.severity == Severity::Error),
    }
}

#[test]
fn served_equals_built() {
    let mut compared = 0;
    for (seed, args) in [(1, &[][..]), (2, &[]), (3, &[]), (4, &[]), (5, &["--poll"])] {
        let dir = site();
        let server = Server::start(dir.path(), args);
        let mut tab = server.open("/");
        let mut shown = Some(clean(dir.path()));
        let mut pick = Pick(seed);
        let mut known: std::collections::BTreeSet<String> =
            shown.iter().flat_map(|shown| shown.files.keys().cloned()).collect();
        for step in 0..if args.is_empty() { 24 } else { 6 } {
            // Mostly one edit, so that the state before it is known.
            let count = [1, 1, 1, 2, 3][pick.next(5)];
            let edits: Vec<String> = (0..count).map(|_| edit(dir.path(), &mut pick)).collect();
            let now = clean(dir.path());
            known.extend(now.files.keys().cloned());
            let findings = now.findings.clone();
            let told = |update: &Value| update["checked"] == true && update["findings"] == findings;
            // A page that is open is told of the findings; where they are as before, the files tell.
            if !tab.seen.last().is_some_and(told) {
                tab.wait(&format!("the findings after {edits:?}: {findings:#}"), told);
            }
            if now.good {
                shown = Some(now);
            } else if edits.len() > 1 {
                // Which of the states on the way was the last good one is not known.
                shown = None;
            }
            let Some(shown) = &mut shown else { continue };
            compared += 1;
            // Of what is copied the present bytes are served, even while errors hold the pages back.
            for (path, source) in &shown.copies {
                match fs::read(source) {
                    Ok(bytes) => drop(shown.files.insert(path.clone(), bytes)),
                    Err(_) => drop(shown.files.remove(path)),
                }
            }
            for path in &known {
                let differs = |answer: &Answer| match shown.files.get(path) {
                    // A page that can't be drawn shows its last good bytes, or says so.
                    Some(bytes) if bytes.is_empty() => false,
                    Some(bytes) => answer.status != 200 || answer.bare() != *bytes,
                    None => answer.status != 404,
                };
                server.wait_until(
                    &format!("{}{}", shown.base, address(path)),
                    &format!("{path} as built after step {step} of {seed}, {edits:?}"),
                    |answer| !differs(answer),
                );
            }
        }
    }
    assert!(compared > 50, "most states can be compared: {compared}");
}
