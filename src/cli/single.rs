//! `expound build --single-file`: an explainer as one file.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use expound::bundle::Made;
use expound::shell::Failure;
use expound::shell::clock::Stopwatch;
use expound::shell::console::{note, visible};
use expound::shell::images::Workshop;
use expound::shell::output::{check_file, write_file};
use expound::shell::progress::Progress;
use expound::shell::report::Format;
use expound::{BuildOptions, Built, SingleError};

use super::build::{Args, size};
use super::{Done, Outcome, site};

/// What many mail servers take, in bytes, before it is packed for the way.
const MAIL: usize = 10_000_000;

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let watch = Stopwatch::start();
    let world = site::open(root)?;
    if let Some(out) = &args.out {
        check_file(out)?;
    }
    let progress = Progress::start("reading");
    let options = BuildOptions { drafts: args.drafts, base_url: args.base_url.clone(), remember: false };
    let prepared = expound::prepare(&world, &options, None);
    let diagnostics = prepared.check(&world, &|| false).unwrap_or_default();
    let mut built =
        Built { bundle: prepared.bundle().clone(), diagnostics, base_path: prepared.settings().base_path.clone() };
    let mut made = None;
    if site::verdict(&built, args.strict) == Done::Fine {
        progress.steps("making one file", 1);
        let workshop = Workshop::of_user();
        let broken = RefCell::new(Vec::new());
        let make = |made: &Made| workshop.make(made, &world).map_err(|found| broken.borrow_mut().push(found)).ok();
        match prepared.single(&world, args.explainer.as_deref(), &make) {
            Ok(_) if !broken.borrow().is_empty() => built.diagnostics.append(&mut broken.borrow_mut()),
            Ok(single) => made = Some(single),
            Err(SingleError::Findings(more)) => built.diagnostics.extend(more),
            Err(SingleError::Which(there)) => {
                drop(progress);
                site::print_report(&world, &built, Format::Human)?;
                return Err(which(args.explainer.as_deref(), &there));
            }
        }
    }
    drop(progress);
    let count = site::print_report(&world, &built, Format::Human)?;
    let Some(single) = made else {
        let strict = if count.errors == 0 { " (`--strict` allows none)" } else { "" };
        note(&format!("nothing was written: {}{strict}\n", count.in_words()));
        return Ok(match site::verdict(&built, args.strict) {
            Done::Fine => Done::Findings,
            done => done,
        });
    };
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.html", single.name)));
    let place = if args.out.is_some() { out.clone() } else { world.root().join(&out) };
    write_file(&place, single.html.as_bytes())?;
    let shown = super::build::shown(&std::path::absolute(&place).unwrap_or(place));
    let bytes = single.html.len();
    let pages = if single.pages == 1 { "1 page".to_owned() } else { format!("{} pages", single.pages) };
    let warnings = if count.warnings > 0 { format!(" with {}", count.in_words()) } else { String::new() };
    let seconds = watch.elapsed().as_secs_f64();
    note(&format!("built one file, {pages}, {} in {seconds:.2} s{warnings}: {shown}\n", size(bytes as u64)));
    if bytes > MAIL {
        let mut largest: Vec<(&String, &usize)> = single.files.iter().collect();
        largest.sort_by_key(|(path, bytes)| (std::cmp::Reverse(**bytes), *path));
        let largest =
            largest.iter().take(3).map(|(path, bytes)| format!("{} ({})", visible(path), size(**bytes as u64)));
        note(&format!(
            "that is more than many mail servers take (10 MB); the largest in it: {}\n",
            largest.collect::<Vec<_>>().join(", ")
        ));
    }
    Ok(Done::Fine)
}

/// There are several explainers, or none with that path.
fn which(wanted: Option<&str>, there: &[(String, String)]) -> Failure {
    let failure = match wanted {
        Some(wanted) => Failure::new(format!("there is no explainer at `{wanted}`")),
        None if there.is_empty() => Failure::new("there is no explainer to put into a file"),
        None => Failure::new("the site has several explainers, and none at its root: say which one"),
    };
    let name = |path: &str| if path.is_empty() { ".".to_owned() } else { path.to_owned() };
    let list = there.iter().map(|(path, title)| format!("`--explainer {}` ({title})", name(path)));
    match there.is_empty() {
        true => failure,
        false => failure.help(format!("there are {}", list.collect::<Vec<_>>().join(", "))),
    }
}
