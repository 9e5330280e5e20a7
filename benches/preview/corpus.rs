//! Sites for measurements: the same on every machine, of any size.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::words::{Pick, prose};

/// Terms that every explainer inherits from the root.
pub const TERMS: usize = 50;
/// Terms that each explainer uses: with a thousand explainers each term is used in a hundred of them.
pub const TERMS_EACH: usize = 5;

/// Writes a hub with `explainers` explainers of `sections` sections each, every section in a file of its own.
///
/// # Errors
/// If the disk fails.
pub fn expound(root: &Path, explainers: usize, sections: usize) -> io::Result<()> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    fs::write(root.join("expound.toml"), "title = \"A thousand explainers\"\n")?;
    fs::write(content.join("sources.toml"), sources())?;
    fs::write(content.join("terms.toml"), terms())?;
    for at in 0..explainers {
        let dir = content.join(format!("e{at:04}"));
        fs::create_dir_all(&dir)?;
        fs::write(
            dir.join("index.md"),
            format!("---\ntitle: Explainer {at}\nstandfirst: {}\n---\n\n{}\n", prose(&mut Pick::new(at), 12), {
                prose(&mut Pick::new(at + 7), 60)
            }),
        )?;
        fs::write(dir.join("events.toml"), events(at))?;
        fs::write(
            dir.join("facts.toml"),
            format!("[[fact]]\nid = \"sum\"\nvalue = \"${at} million\"\nsources = [\"s0\"]\n"),
        )?;
        for section in 0..sections {
            fs::write(dir.join(format!("{}-part-{section}.md", section + 10)), self::section(at, section))?;
        }
    }
    Ok(())
}

/// The text of a section of an explainer.
pub fn section(explainer: usize, section: usize) -> String {
    let mut pick = Pick::new(explainer * 31 + section);
    let term = (explainer * TERMS_EACH + section % TERMS_EACH) % TERMS;
    let mut out = format!("# Part {section} of {explainer}\n\n");
    let _ = writeln!(out, "{} The [[term-{term}]] applies [@s{}].\n", prose(&mut pick, 70), section % 10);
    let _ = writeln!(out, "## What it says {section}\n\n{}\n", prose(&mut pick, 80));
    for _ in 0..4 {
        let _ = writeln!(out, "- {}", prose(&mut pick, 9));
    }
    let _ = writeln!(out, "\n## What follows {section}\n\n{} It is [[fact:sum]].\n", prose(&mut pick, 80));
    let next = (section + 1) % 10;
    let _ = writeln!(out, "More in [the next part]({}-part-{next}.md).", next + 10);
    out
}

/// The terms of the root.
pub fn terms() -> String {
    let mut out = String::from(
        "[[edition]]\nid = \"old\"\nlabel = \"Old\"\ndate = \"2023-05\"\nsources = [\"s1\"]\n\n\
         [[edition]]\nid = \"new\"\nlabel = \"New\"\ndate = \"2026-04-27\"\nsources = [\"s2\"]\n\n",
    );
    for term in 0..TERMS {
        let mut pick = Pick::new(term + 1000);
        let _ = writeln!(
            out,
            "[[term]]\nid = \"term-{term}\"\nname = \"Clause {term:02} of the accord\"\ndefinition = \"{}\"\n\n\
             [[term.state]]\nedition = \"old\"\nvalue = \"{}\"\nsources = [\"s3\"]\n\n\
             [[term.state]]\nedition = \"new\"\nvalue = \"{}\"\nsources = [\"s4\"]\n",
            prose(&mut pick, 10),
            prose(&mut pick, 6),
            prose(&mut pick, 6),
        );
    }
    out
}

fn sources() -> String {
    (0..10)
        .map(|n| {
            format!(
                "[[source]]\nid = \"s{n}\"\ntitle = \"Report {n}\"\npublisher = \"Publisher {n}\"\n\
                 date = \"2026-0{}-1{n}\"\nurl = \"https://example.org/{n}\"\n\n",
                n % 9 + 1
            )
        })
        .collect()
}

fn events(explainer: usize) -> String {
    let mut pick = Pick::new(explainer + 5000);
    (0..6)
        .map(|n| {
            format!(
                "[[event]]\nid = \"event-{n}\"\ndate = \"202{n}-0{}-1{n}\"\ntitle = \"{}\"\nterms = [\"term-{}\"]\n\
                 sources = [\"s{n}\"]\n\n",
                n + 1,
                prose(&mut pick, 4).trim_end_matches('.'),
                (explainer * TERMS_EACH + n % TERMS_EACH) % TERMS,
            )
        })
        .collect()
}
