//! Reading a site: every format, every fault.

mod csv;
mod faults;
mod folders;
mod formats;
mod hostile;
mod sources;
mod texts;

use std::sync::Arc;

use comemo::Track;
use expound::load::{LoadOptions, load};
use expound::model::{Day, Folder, Loaded, Records};
use expound::shell::disk::DiskWorld;
use expound::world::{MemoryWorld, World};

use crate::support::repository;

const TODAY: Day = Day { year: 2026, month: 5, day: 1 };

/// A front page, where a test is about something else.
const INDEX: (&str, &str) = ("content/index.md", "+++\ntitle = \"T\"\n+++\n");

/// Reads a site; the findings as `rule [what is underlined] message (help) (help)`.
fn site(files: &[(&str, &str)]) -> (Loaded, Vec<String>) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    bytes(&files, &LoadOptions::default())
}

fn bytes(files: &[(&str, &[u8])], options: &LoadOptions) -> (Loaded, Vec<String>) {
    let mut world = MemoryWorld::new(TODAY);
    for (path, bytes) in files {
        world.write(path, *bytes);
    }
    let tracked: &dyn World = &world;
    let (loaded, findings) = load(tracked.track(), options, None);
    let findings = findings.iter().map(|finding| {
        let read = world.read(&finding.span.file);
        let all = read.as_deref().unwrap_or_default();
        let place = String::from_utf8_lossy(all.get(finding.span.range()).expect("a span within its file"));
        let help: String = finding.help.iter().map(|help| format!(" ({help})")).collect();
        format!("{} [{place}] {}{help}", finding.rule, finding.message)
    });
    let findings = findings.collect();
    (loaded, findings)
}

/// The findings of a site with one data file.
fn faults(name: &str, text: &str) -> Vec<String> {
    site(&[INDEX, (&format!("content/{name}"), text)]).1
}

/// The records of a site with one data file, which must read without a finding.
fn records(name: &str, text: &str) -> Records {
    let (loaded, findings) = site(&[INDEX, (&format!("content/{name}"), text)]);
    assert_eq!(findings, [""; 0], "{name}");
    (*root(&loaded).records).clone()
}

fn root(loaded: &Loaded) -> &Arc<Folder> {
    &loaded.root
}

/// A value as text, without the places in it.
fn placeless(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let mut out = String::new();
    let mut rest = text.as_str();
    // A place is printed as `content/file:start..end`.
    while let Some((before, after)) = rest.split_once("content/") {
        out.push_str(before);
        let tail = after.split_once(':').expect("a place").1;
        rest = tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    out + rest
}

#[test]
fn the_sites_of_the_repository_read_without_a_finding() {
    for dir in [repository().to_path_buf(), repository().join("src/cli/new/starter")] {
        let world = DiskWorld::new(&dir, TODAY).expect("a root");
        let world: &dyn World = &world;
        let (loaded, findings) = load(world.track(), &LoadOptions::default(), None);
        assert!(findings.is_empty(), "{findings:#?}");
        assert!(!loaded.root.records.terms.is_empty() && !loaded.root.sections.is_empty());
    }
}
