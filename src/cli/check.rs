//! `expound check`: every rule, and nothing written.

use std::fmt::Write as _;
use std::path::Path;

use expound::check::rules;
use expound::shell::Failure;
use expound::shell::console::{note, visible};
use expound::shell::output::WriteError;
use expound::shell::progress::Progress;
use expound::shell::{publish, report};
use expound::{BuildOptions, Built};
use serde_json::{Value, json};

use super::build::base_url;
use super::{Done, Outcome, site};

#[derive(clap::Args)]
pub struct Args {
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,

    /// Print what a rule means, with examples, and look at nothing
    #[arg(long, value_name = "RULE", conflicts_with_all = ["format", "strict"])]
    explain: Option<String>,

    /// Compare the site with what readers find at URL; without one, at the settings' `base_url`
    #[arg(long, value_name = "URL", num_args = 0..=1, value_parser = base_url, conflicts_with = "explain")]
    published: Option<Option<String>>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people, on standard error
    Human,
    /// One JSON array, on standard output
    Json,
    /// GitHub workflow commands, on standard output
    Github,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    if let Some(rule) = &args.explain {
        return explain(rule);
    }
    if let Some(url) = &args.published {
        return published(root, url.as_deref(), args);
    }
    let world = site::open(root)?;
    let progress = Progress::start("reading");
    let mut built = expound::build(&world, &BuildOptions::default());
    progress.steps("checking", built.bundle.files.len());
    built.diagnostics.extend(site::render_all(&built.bundle, &progress));
    drop(progress);
    let format = match args.format {
        Format::Human => report::Format::Human,
        Format::Json => report::Format::Json,
        Format::Github => report::Format::Github,
    };
    let count = site::print_report(&world, &built, format)?;
    let verdict = site::verdict(&built, args.strict);
    let strictly =
        if args.strict && count.errors == 0 && verdict != Done::Fine { " (`--strict`: that fails)" } else { "" };
    note(&format!("checked: {}{strictly}\n", count.in_words()));
    Ok(verdict)
}

/// Whether readers find what a build gives.
fn published(root: Option<&Path>, url: Option<&str>, args: &Args) -> Outcome {
    let outcome = compare(root, url, args);
    if let (Format::Json, Err(failure)) = (&args.format, &outcome) {
        let told = json!({ "address": null, "comparison": null, "error": site::error(failure) });
        super::show(&format!("{told:#}\n"))?;
    }
    outcome
}

fn compare(root: Option<&Path>, url: Option<&str>, args: &Args) -> Outcome {
    let json = match args.format {
        Format::Human => false,
        Format::Json => true,
        Format::Github => {
            return Err(Failure::new("what readers find can't be told as workflow commands: it has no line in a file")
                .help("leave out `--format`, or give `--format json`"));
        }
    };
    let world = site::open(root)?;
    let progress = Progress::start("reading");
    let prepared = expound::prepare(&world, &BuildOptions::default(), None);
    let diagnostics = prepared.check(&world, &|| false).unwrap_or_default();
    let built =
        Built { bundle: prepared.bundle().clone(), diagnostics, base_path: prepared.settings().base_path.clone() };
    let verdict = site::verdict(&built, false);
    if verdict != Done::Fine {
        drop(progress);
        let count = site::print_report(&world, &built, report::Format::Human)?;
        note(&format!("nothing was compared: {}\n", count.in_words()));
        if json {
            let told = json!({ "address": null, "comparison": null, "error": null, "findings": findings(count) });
            super::show(&format!("{told:#}\n"))?;
        }
        return Ok(verdict);
    }
    let set = prepared.settings().base_url.as_ref().map(|url| url.to_string());
    let url = url.map(str::to_owned).or(set).ok_or_else(|| {
        Failure::new("it isn't said where the site is published").help("name the address: `--published https://…`")
    })?;
    let url = if url.ends_with('/') { url } else { format!("{url}/") };
    progress.steps("making pages", built.bundle.files.len());
    let made = match publish::Site::make(&built.bundle, &world, &progress) {
        Ok(made) => made,
        Err(WriteError::Failure(failure)) => return Err(failure),
        Err(WriteError::Findings(_)) => {
            return Err(Failure::new("pages can't be made").help("`expound check` says why"));
        }
    };
    let found = publish::compare(&made, &url, &progress)?;
    drop(progress);
    if json {
        let count = report::Report::new(built.diagnostics.clone(), |_| None).count();
        super::show(&format!("{:#}\n", told(&url, &found, count)))?;
    } else {
        super::show(&listed(&found))?;
    }
    let (missing, different) = (found.missing.len(), found.different.len());
    note(&match found.is_same() {
        true => format!("{url} is as a build of the site: {} files\n", found.looked_at),
        false => format!("{url} differs: {missing} of {} files missing, {different} different\n", found.looked_at),
    });
    Ok(if found.is_same() && (found.unsaid.is_empty() || !args.strict) { Done::Fine } else { Done::Findings })
}

/// What is other than it should be, a line each.
fn listed(found: &publish::Differences) -> String {
    let mut out = String::new();
    for (path, why) in &found.missing {
        _ = writeln!(out, "missing    {}: {}", visible(path), visible(why));
    }
    for path in &found.different {
        _ = writeln!(out, "different  {}", visible(path));
    }
    for (what, files) in &found.unsaid {
        let files = if *files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        _ = writeln!(out, "no header  {what} ({files})");
    }
    out
}

/// The same for programs.
fn told(url: &str, found: &publish::Differences, count: report::Count) -> Value {
    let missing = found.missing.iter().map(|(path, why)| json!({ "path": path, "why": why }));
    let headers = found.unsaid.iter().map(|(what, files)| json!({ "header": what, "files": files }));
    json!({
        "address": url,
        "comparison": {
            "same": found.is_same(),
            "files": found.looked_at,
            "missing": missing.collect::<Vec<_>>(),
            "different": found.different,
            "headers": headers.collect::<Vec<_>>(),
        },
        "error": null,
        "findings": findings(count),
    })
}

fn findings(count: report::Count) -> Value {
    json!({ "errors": count.errors, "warnings": count.warnings })
}

fn explain(rule: &str) -> Outcome {
    let Some(text) = rules::explain(rule) else {
        let failure = Failure::new(format!("there is no rule `{rule}`"));
        return Err(match rules::nearest(rule) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => {
                let names: Vec<&str> = rules::all().map(|info| info.rule.0).collect();
                failure.help(format!("the rules are {}", names.join(", ")))
            }
        });
    };
    super::show(&text)?;
    Ok(Done::Fine)
}
