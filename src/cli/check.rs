//! `expound check`: every rule, and nothing written.

use std::path::Path;

use expound::BuildOptions;
use expound::check::rules;
use expound::shell::Failure;
use expound::shell::console::note;
use expound::shell::progress::Progress;
use expound::shell::report;

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
