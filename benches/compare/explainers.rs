//! A site that only expound can build: explainers that are mostly facts.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::words::{Pick, prose};

const TERMS: usize = 50;
const EDITIONS: usize = 8;
const EVENTS: usize = 40;
const SOURCES: usize = 60;

/// Writes a hub with `count` explainers, each with 50 terms in 8 editions, 40 events and 60 sources of its own.
///
/// # Errors
/// If the disk fails.
pub fn write(root: &Path, count: usize) -> io::Result<()> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    fs::write(
        root.join("expound.toml"),
        "title = \"Explainers\"\nbase_url = \"https://example.org/\"\n[cards]\nenabled = false\n",
    )?;
    for at in 0..count {
        let dir = content.join(format!("e{at:04}"));
        fs::create_dir_all(&dir)?;
        let mut pick = Pick::new(at + 1);
        let intro = prose(&mut pick, 60);
        fs::write(dir.join("index.md"), format!("+++\ntitle = \"Explainer {at}\"\n+++\n\n{intro} [@s1]\n"))?;
        fs::write(dir.join("10-terms.md"), section(&mut pick, "What changed", "```{terms}\n```"))?;
        fs::write(
            dir.join("20-time.md"),
            section(&mut pick, "How it came", "```{timeline}\nimportance = \"key\"\n```"),
        )?;
        fs::write(dir.join("terms.toml"), terms(&mut pick))?;
        fs::write(dir.join("events.toml"), events(&mut pick))?;
        fs::write(dir.join("sources.toml"), sources(&mut pick))?;
    }
    Ok(())
}

fn section(pick: &mut Pick, title: &str, block: &str) -> String {
    let mut out = format!("# {title}\n\n");
    for _ in 0..4 {
        let (term, source) = (pick.next(TERMS), pick.next(SOURCES));
        let _ = writeln!(out, "{} The [[term-{term}]] applies [@s{source}].\n", prose(pick, 90));
    }
    let _ = writeln!(out, "{block}");
    out
}

fn terms(pick: &mut Pick) -> String {
    let mut out = String::new();
    for edition in 0..EDITIONS {
        let _ = writeln!(
            out,
            "[[edition]]\nid = \"e{edition}\"\nlabel = \"Version {edition}\"\ndate = \"20{:02}-04-1{edition}\"\nsources = [\"s{edition}\"]\n",
            10 + edition * 2
        );
    }
    for term in 0..TERMS {
        let _ = writeln!(
            out,
            "[[term]]\nid = \"term-{term}\"\nname = \"Clause {term:02}\"\ngroup = \"Part {}\"\ndefinition = \"{}\"\n",
            term % 5,
            prose(pick, 14)
        );
        let mut value = prose(pick, 8);
        for edition in 0..EDITIONS {
            if pick.next(3) == 0 {
                value = prose(pick, 8);
            }
            let source = pick.next(SOURCES);
            let _ = writeln!(
                out,
                "[[term.state]]\nedition = \"e{edition}\"\nvalue = \"{value}\"\nsources = [\"s{source}\"]\n"
            );
        }
    }
    out
}

fn events(pick: &mut Pick) -> String {
    let mut out = String::new();
    for event in 0..EVENTS {
        let importance = if event % 5 == 0 { "key" } else { "normal" };
        // Each version is brought in by an event of its day.
        let brings = (event % 5 == 4).then_some(event / 5);
        let edition = brings.map(|edition| format!("edition = \"e{edition}\"\n")).unwrap_or_default();
        let (year, month, day) = match brings {
            Some(edition) => (10 + edition * 2, 4, edition),
            None => (10 + event / 3, event % 12 + 1, event % 10),
        };
        let title = prose(pick, 5);
        let (term, source) = (pick.next(TERMS), pick.next(SOURCES));
        let _ = writeln!(
            out,
            "[[event]]\nid = \"event-{event}\"\ndate = \"20{year:02}-{month:02}-1{day}\"\ntitle = \"{}\"\nbody = \"{}\"\ngroup = \"Track {}\"\n\
             importance = \"{importance}\"\n{edition}terms = [\"term-{term}\"]\nsources = [\"s{source}\"]\n",
            title.trim_end_matches('.'),
            prose(pick, 20),
            event % 4,
        );
    }
    out
}

fn sources(pick: &mut Pick) -> String {
    let mut out = String::new();
    for source in 0..SOURCES {
        let _ = writeln!(
            out,
            "[[source]]\nid = \"s{source}\"\ntitle = \"{}\"\npublisher = \"Publisher {}\"\ndate = \"20{:02}-0{}-11\"\n\
             url = \"https://example.org/{source}\"\n",
            prose(pick, 6).trim_end_matches('.'),
            source % 12,
            10 + source % 15,
            source % 9 + 1,
        );
    }
    out
}
