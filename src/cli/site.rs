//! What `build` and `check` share: finding the site, building it in memory, printing the findings.

use std::path::{Path, PathBuf};

use expound::base::{Diagnostic, Severity};
use expound::bundle::Output;
use expound::shell::Failure;
use expound::shell::clock;
use expound::shell::console::note;
use expound::shell::disk::{DiskWorld, reason};
use expound::shell::progress::Progress;
use expound::shell::report::{Count, Format, Report};
use expound::{Built, Bundle, World};
use rayon::prelude::*;

use super::Done;

/// The name of the settings file, which marks the root of a site.
const SETTINGS: &str = "expound.toml";

/// Finds the site: `given`, or the nearest folder upward with settings.
pub fn open(given: Option<&Path>) -> Result<DiskWorld, Failure> {
    let today = clock::today().map_err(Failure::new)?;
    let root = match given {
        Some(dir) => given_root(dir)?,
        None => nearest_root()?,
    };
    DiskWorld::new(&root, today)
        .map_err(|error| Failure::new(format!("the folder `{}` can't be read: {}", root.display(), reason(&error))))
}

fn given_root(dir: &Path) -> Result<PathBuf, Failure> {
    let shown = dir.display();
    if !dir.is_dir() {
        let what = if dir.exists() { "is not a folder" } else { "does not exist" };
        return Err(Failure::new(format!("the folder `{shown}` given by `--root` {what}")));
    }
    if !dir.join(SETTINGS).is_file() && !dir.join("content").is_dir() {
        return Err(Failure::new(format!("there is no site in `{shown}`: it has no `{SETTINGS}`"))
            .help("`expound new DIR` writes a small site to start from"));
    }
    Ok(dir.to_owned())
}

fn nearest_root() -> Result<PathBuf, Failure> {
    let here = current_folder()?;
    match here.ancestors().find(|dir| dir.join(SETTINGS).is_file()) {
        Some(dir) => Ok(dir.to_owned()),
        None => Err(Failure::new(format!("there is no `{SETTINGS}` in `{}` or above it", here.display()))
            .help("go to the folder of your site, or name it with `--root DIR`")
            .help("`expound new DIR` writes a small site to start from")),
    }
}

/// The folder in which the command was typed.
pub fn current_folder() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::new(format!("the current folder can't be read: {}", reason(&error))))
}

/// What stands before the site's own paths so that they are right where the command was typed; empty if the site is
/// not below that folder.
pub fn prefix(world: &DiskWorld) -> String {
    let Ok(here) = current_folder().and_then(|here| here.canonicalize().map_err(|e| Failure::new(reason(&e)))) else {
        return String::new();
    };
    match world.root().strip_prefix(&here) {
        Ok(below) if !below.as_os_str().is_empty() => {
            format!("{}/", below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
        }
        _ => String::new(),
    }
}

/// Renders every page only to see what is wrong with it.
pub fn render_all(bundle: &Bundle, progress: &Progress) -> Vec<Diagnostic> {
    let pages: Vec<_> = bundle.files.values().collect();
    let found: Vec<_> = pages
        .into_par_iter()
        .filter_map(|output| {
            let found = match output {
                Output::Page(page) => page.render().err(),
                Output::Bytes(_) | Output::Copy(_) | Output::Made(_) => None,
            };
            progress.step();
            found
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// Prints findings: for people to standard error, for programs to standard output.
pub fn print_report(world: &DiskWorld, built: &Built, format: Format) -> Result<Count, Failure> {
    let report = Report::new(built.diagnostics.clone(), |path| world.read(path).ok());
    let text = report.render(format, &prefix(world));
    match format {
        Format::Human => note(&text),
        Format::Json | Format::Github => {
            super::show(&text)?;
        }
    }
    Ok(report.count())
}

/// What findings mean for the exit status.
pub fn verdict(built: &Built, strict: bool) -> Done {
    let errors = || built.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    if errors().any(|d| d.span.file.as_str() == SETTINGS) {
        Done::Settings
    } else if errors().next().is_some() || (strict && !built.diagnostics.is_empty()) {
        Done::Findings
    } else {
        Done::Fine
    }
}

/// A failure for a program to read: `message`, and `help`, a list.
pub fn error(failure: &Failure) -> serde_json::Value {
    serde_json::json!({ "message": failure.message, "help": failure.help })
}
