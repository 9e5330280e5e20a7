//! The inputs that fuzzing has kept, each run once: those that found something, and those that reach the most code. Then
//! inputs like them, the same ones every time; `TIMES=100 SEED=7 cargo test --test main -- fuzzed` tries more and others.
//! `fuzz/run` looks for more, by what they reach.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::support::{Pick, repository};

#[path = "../fuzz/src/targets.rs"]
mod targets;

/// As much stack as the program's own threads have.
const STACK: usize = 64 << 20;

/// What may stand anywhere, and seldom does.
const STRANGE: &[&str] = &[
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "\r",
    "\r\n",
    "\n",
    "\t",
    " ",
    "é",
    "🏳️‍🌈",
    "+++\n",
    "---\n",
    "{{",
    "}}",
    "{%",
    "[[",
    "]]",
    "[^a]",
    "[@paper",
    "[^a]: ",
    "```{terms}\n",
    "~~~",
    "> ",
    "    ",
    "- ",
    "| a |\n|---|\n",
    "<b",
    "<!--",
    "&amp;",
    "](",
    "![",
    "\"",
    "\"\"\"",
    "'",
    "''",
    ",",
    ";",
    ":",
    "=",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "&a ",
    "*a",
    "!!str ",
    "@",
    "#",
    "%",
    "..",
    "\\",
    "/",
    "-1",
    "0",
    "99999999999999999999",
    "1e999",
    "2019-02-30",
    "2019?",
    "null",
    "true",
];

/// An input like a kept one: with parts cut, repeated, or put in that come from another or from nowhere.
fn like(kept: &[u8], other: &[u8], pick: &mut Pick) -> Vec<u8> {
    let mut bytes = kept.to_vec();
    let mut range = |len: usize, most: usize| {
        let start = pick.next(len + 1);
        start..(start + pick.next(most.min(len - start) + 1))
    };
    let (cut, part, from) = (range(bytes.len(), 40), range(bytes.len(), 60), range(other.len(), 200));
    for _ in 0..=pick.next(3) {
        let at = pick.next(bytes.len() + 1);
        match pick.next(6) {
            0 if cut.end <= bytes.len() => drop(bytes.drain(cut.clone())),
            1 => drop(bytes.splice(at..at, kept[part.clone()].repeat(1 + pick.next(50)))),
            2 => drop(bytes.splice(at..at, other[from.clone()].iter().copied())),
            3 if at < bytes.len() => bytes[at] = u8::try_from(pick.next(256)).unwrap(),
            _ => drop(bytes.splice(at..at, pick.of(STRANGE).bytes())),
        }
    }
    bytes.truncate(4000);
    bytes
}

/// What went wrong with an input, if anything did.
fn wrong(run: targets::Target, bytes: &[u8]) -> Option<String> {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| run(bytes)));
    let took = start.elapsed();
    match outcome {
        Err(_) => Some("panics".to_owned()),
        Ok(()) if took > Duration::from_secs(10) => Some(format!("takes {took:?}")),
        Ok(()) => None,
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is to be a number")))
}

#[test]
fn every_kept_input_and_others_like_it_are_sound() {
    let mut inputs: Vec<(targets::Target, PathBuf, Vec<u8>)> = Vec::new();
    for (name, run) in targets::TARGETS {
        let dir = repository().join("fuzz/corpus").join(name);
        let files = fs::read_dir(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
        let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{} is empty", dir.display());
        inputs.extend(paths.into_iter().map(|path| (*run, path.clone(), fs::read(path).unwrap())));
    }
    let (times, seed) = (number("TIMES", 8), number("SEED", 1));
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap();
    let one = |(at, (run, path, kept)): (usize, &(targets::Target, PathBuf, Vec<u8>))| {
        let mut found: Vec<String> =
            wrong(*run, kept).map(|what| format!("{} {what}", path.display())).into_iter().collect();
        let mut pick = Pick(seed.wrapping_mul(1_000_003).wrapping_add(at as u64));
        for _ in 0..times {
            let bytes = like(kept, &inputs[pick.next(inputs.len())].2, &mut pick);
            if let Some(what) = wrong(*run, &bytes) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                found.push(format!("an input like {} {what}: {bytes:?}\n{text}", path.display()));
            }
        }
        found
    };
    let wrong: Vec<String> = pool.install(|| inputs.par_iter().enumerate().flat_map_iter(one).collect());
    assert!(wrong.is_empty(), "of {} inputs:\n{}", inputs.len(), wrong.join("\n"));
}
