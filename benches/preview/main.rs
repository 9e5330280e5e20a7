//! How long it takes from writing a file to the preview serving what is made of it.
//!
//! ```sh
//! cargo bench --bench preview                 # all of it
//! cargo bench --bench preview -- --edits 30 --explainers 100
//! HUGO=/path/to/hugo cargo bench --bench preview
//! ```
//!
//! Starts the real program on real files, edits them as an editor does that saves in place, and asks for the page over
//! one connection until it has the new text. The time counts from just before the file is written until the new page
//! has arrived whole. Where Hugo is found (`HUGO`, else `hugo` on the path), its server is measured in the same run on
//! as many files of the same length.
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
mod hugo;
mod server;
#[path = "../words.rs"]
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use server::Server;

struct Options {
    edits: usize,
    explainers: usize,
}

fn options() -> Options {
    let mut options = Options { edits: 60, explainers: 1000 };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{arg} wants a number"));
        match arg.as_str() {
            "--edits" => options.edits = number(),
            "--explainers" => options.explainers = number(),
            "--bench" => {}
            other => panic!("unknown option {other}"),
        }
    }
    options
}

fn main() {
    let options = options();
    let hugo = server::hugo();
    if hugo.is_none() {
        println!("Hugo was not found: set HUGO to its path to measure it too");
    }
    println!("{:<52}{:>9}{:>9}{:>9}", "from the write to the new page, ms", "p50", "p99", "max");
    shipped(&options);
    if let Some(hugo) = &hugo {
        peer(hugo, 10, &options);
    }
    large(&options);
    if let Some(hugo) = &hugo {
        peer(hugo, options.explainers * 10, &Options { edits: options.edits.min(10), ..options });
    }
}

/// Edits the site of this repository.
fn shipped(options: &Options) {
    let dir = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("content"), &dir.path().join("content"));
    fs::copy(root.join("expound.toml"), dir.path().join("expound.toml")).unwrap();
    let mut server = Server::expound(dir.path());
    server.wait_for("/", "</html>");
    let file = dir.path().join("content/10-what-changed.md");
    let times = edits(&mut server, "/", options.edits, &file, |text, mark| format!("{text}\n{mark}\n"));
    row("this repository's site, a section", times);
    let file = dir.path().join("content/terms.toml");
    let times = edits(&mut server, "/terms/", options.edits, &file, |text, mark| {
        text.replacen("name = \"", &format!("name = \"{mark} "), 1)
    });
    row("this repository's site, a term", times);
}

/// Edits a site of very many files.
fn large(options: &Options) {
    let dir = tempfile::tempdir().unwrap();
    corpus::expound(dir.path(), options.explainers, 10).unwrap();
    let name = format!("{} explainers, {} files", options.explainers, options.explainers * 11 + 2);
    let started = Instant::now();
    let mut server = Server::expound(dir.path());
    server.wait_for("/e0007/", "</html>");
    println!("{:<52}{:>9}", format!("{name}: start to the first page"), millis(started.elapsed()));
    server.settle();
    let file = dir.path().join("content/e0007/13-part-3.md");
    let times = edits(&mut server, "/e0007/", options.edits, &file, |text, mark| format!("{text}\n{mark}\n"));
    row(&format!("{name}: a section"), times);
    let file = dir.path().join("content/terms.toml");
    let name_of = |mark: &str| format!("Clause 35 {mark} ");
    let edit = |text: &str, mark: &str| text.replacen("Clause 35 ", &name_of(mark), 1);
    let times = edits(&mut server, "/e0007/", options.edits.min(30), &file, edit);
    row(&format!("{name}: a term that 100 of them use"), times);
    let all: Vec<String> = (0..options.explainers).filter(|at| at % 10 == 7).map(|at| format!("/e{at:04}/")).collect();
    let text = fs::read_to_string(&file).unwrap();
    let mut times = Vec::new();
    for round in 0..10 {
        let mark = format!("all{round}mark");
        std::thread::sleep(Duration::from_millis(700));
        let started = Instant::now();
        fs::write(&file, edit(&text, &mark)).unwrap();
        server.wait_for_all(&all, &mark);
        times.push(started.elapsed());
    }
    row(&format!("{name}: the same, all {} pages", all.len()), times);
    println!("{:<52}{:>6} MB", format!("{name}: peak memory"), server.peak_memory() / 1_000_000);
}

/// The same with Hugo's server.
fn peer(hugo: &Path, pages: usize, options: &Options) {
    let dir = tempfile::tempdir().unwrap();
    hugo::write(dir.path(), pages).unwrap();
    let started = Instant::now();
    let mut server = Server::hugo(hugo, dir.path());
    server.wait_for("/e0000/part-3/", "</html>");
    println!("{:<52}{:>9}", format!("Hugo, {pages} pages: start to the first page"), millis(started.elapsed()));
    let file = dir.path().join("content/e0000/part-3.md");
    let times = edits(&mut server, "/e0000/part-3/", options.edits, &file, |text, mark| format!("{text}\n{mark}\n"));
    row(&format!("Hugo, {pages} pages: a page"), times);
}

/// Edits a file again and again; how long each time took.
fn edits(
    server: &mut Server,
    page: &str,
    count: usize,
    file: &Path,
    edit: impl Fn(&str, &str) -> String,
) -> Vec<Duration> {
    let text = fs::read_to_string(file).unwrap();
    let mut times = Vec::new();
    // The first few warm up.
    for round in 0..count + 3 {
        let mark = format!("edit{round}mark{}", std::process::id());
        let new = edit(&text, &mark);
        // An author doesn't save in step with anything.
        std::thread::sleep(Duration::from_micros(150_000 + (round as u64 * 7_919) % 50_000));
        let started = Instant::now();
        fs::write(file, new).unwrap();
        server.wait_for(page, &mark);
        if round >= 3 {
            times.push(started.elapsed());
        }
    }
    fs::write(file, text).unwrap();
    times
}

fn row(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    println!("{name:<52}{:>9}{:>9}{:>9}", millis(at(0.5)), millis(at(0.99)), millis(at(1.0)));
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
