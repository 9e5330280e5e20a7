//! The inputs that fuzzing has kept, each run once: those that found something, and those that reach the most code.
//! `fuzz/run` looks for more.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::support::repository;

#[path = "../fuzz/src/targets.rs"]
mod targets;

/// As much stack as the program's own threads have.
const STACK: usize = 64 << 20;

#[test]
fn every_kept_input_is_sound() {
    let mut inputs: Vec<(targets::Target, PathBuf)> = Vec::new();
    for (name, run) in targets::TARGETS {
        let dir = repository().join("fuzz/corpus").join(name);
        let before = inputs.len();
        let files = fs::read_dir(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
        inputs.extend(files.map(|file| (*run, file.unwrap().path())));
        assert!(inputs.len() > before, "{} is empty", dir.display());
    }
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap();
    let wrong: Vec<String> = pool.install(|| {
        let one = |(run, path): &(targets::Target, PathBuf)| {
            let bytes = fs::read(path).unwrap();
            let start = Instant::now();
            let outcome = catch_unwind(AssertUnwindSafe(|| run(&bytes)));
            let took = start.elapsed();
            match outcome {
                Err(_) => Some(format!("{} panics", path.display())),
                Ok(()) if took > Duration::from_secs(10) => Some(format!("{} takes {took:?}", path.display())),
                Ok(()) => None,
            }
        };
        inputs.par_iter().filter_map(one).collect()
    });
    assert!(wrong.is_empty(), "of {} inputs:\n{}", inputs.len(), wrong.join("\n"));
}
