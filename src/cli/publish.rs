//! `expound publish`: the finished site, sent to a public place.

use std::fmt::Write as _;
use std::path::Path;

use expound::base::text::did_you_mean;
use expound::model::publish::Target as Said;
use expound::shell::Failure;
use expound::shell::clock::Stopwatch;
use expound::shell::console::{note, visible};
use expound::shell::output::WriteError;
use expound::shell::progress::Progress;
use expound::shell::publish::{self, Allowed, Plan, Site};
use expound::shell::report::{self, Count};
use expound::{BuildOptions, Built};
use serde_json::{Value, json};

use super::build::{base_url, size};
use super::{Done, Outcome, site};

#[derive(clap::Args)]
pub struct Args {
    /// The place: the NAME of a table `[publish.NAME]` in the settings; not needed if there is one alone
    target: Option<String>,

    /// Show what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// The address readers will use, in place of the settings' `base_url`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,

    /// Treat warnings as errors: send nothing if there are any
    #[arg(long)]
    strict: bool,

    /// Let `history = "squash"` replace what the branch holds
    #[arg(long)]
    force: bool,

    /// Replace what is there although expound didn't write it
    #[arg(long)]
    replace: bool,

    /// Remove files even if they are more than `max_deletes`
    #[arg(long)]
    confirm: bool,

    /// Name every file of the plan
    #[arg(long, short)]
    verbose: bool,

    /// How to print the plan and the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object, on standard output
    Json,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let outcome = publish(root, args);
    if let (Format::Json, Err(failure)) = (&args.format, &outcome) {
        print_json(&json!({ "plan": null, "result": null, "error": site::error(failure) }))?;
    }
    outcome
}

fn publish(root: Option<&Path>, args: &Args) -> Outcome {
    let watch = Stopwatch::start();
    let world = site::open(root)?;
    let progress = Progress::start("reading");
    let options = BuildOptions { base_url: args.base_url.clone(), ..BuildOptions::default() };
    let prepared = expound::prepare(&world, &options, None);
    let diagnostics = prepared.check(&world, &|| false).unwrap_or_default();
    let mut built =
        Built { bundle: prepared.bundle().clone(), diagnostics, base_path: prepared.settings().base_path.clone() };
    let mut made = None;
    if site::verdict(&built, args.strict) == Done::Fine {
        progress.steps("making pages", built.bundle.files.len());
        match Site::make(&built.bundle, &world, &progress) {
            Ok(site) => made = Some(site),
            Err(WriteError::Findings(more)) => built.diagnostics.extend(more),
            Err(WriteError::Failure(failure)) => return Err(failure),
        }
    }
    drop(progress);
    let count = site::print_report(&world, &built, report::Format::Human)?;
    let Some(mut made) = made else {
        let strict = if count.errors == 0 { " (`--strict` allows none)" } else { "" };
        note(&format!("nothing was sent: {}{strict}\n", count.in_words()));
        if args.format == Format::Json {
            print_json(&json!({ "plan": null, "result": null, "error": null, "findings": findings(count) }))?;
        }
        return Ok(match site::verdict(&built, args.strict) {
            Done::Fine => Done::Findings,
            done => done,
        });
    };

    let settings = prepared.settings();
    let said = choose(&settings.publish, args.target.as_deref())?;
    let allowed = Allowed { force: args.force, replace: args.replace, confirm: args.confirm };
    if let Some(host) = said.host {
        publish::prepare(&mut made, host, &settings.base_path, &prepared.old_addresses())?;
    }
    let mut target = publish::open(world.root(), said, allowed)?;
    let address = address(settings.base_url.as_deref(), target.address())?;

    let progress = Progress::start("comparing");
    let have = target.list(&mut made, &progress)?;
    let plan = Plan::make(&made, &have)?;
    drop(progress);
    let place = target.describe();
    let mut told = Told { name: &said.name, place: &place, plan: &plan, count, dry: args.dry_run, result: Value::Null };
    if args.dry_run {
        match args.format {
            Format::Human => super::show(&told.plan(args.verbose))?,
            Format::Json => print_json(&told.json())?,
        }
        return Ok(Done::Fine);
    }
    note(&told.plan(args.verbose));
    let mut sent = None;
    if !plan.is_empty() {
        let progress = Progress::start("sending");
        sent = Some(target.send(&made, &plan, &progress)?);
    }
    let seconds = watch.elapsed().as_secs_f64();
    note(&match &sent {
        Some(sent) => format!("published in {seconds:.2} s: {}\n", visible(&sent.what)),
        None => format!("nothing to do: {} has the site as it is\n", visible(&place)),
    });
    told.result = json!({
        "sent": sent.is_some(),
        "what": sent.as_ref().map(|sent| &sent.what),
        "address": address,
        "seconds": (seconds * 1000.0).round() / 1000.0,
    });
    match (args.format, address) {
        (Format::Json, _) => print_json(&told.json())?,
        (Format::Human, Some(address)) => super::show(&format!("{address}\n"))?,
        (Format::Human, None) => {}
    }
    Ok(Done::Fine)
}

/// The target that was named, or the only one.
fn choose<'a>(targets: &'a [Said], name: Option<&str>) -> Result<&'a Said, Failure> {
    let names: Vec<&str> = targets.iter().map(|target| &*target.name).collect();
    let listed = || names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (name, targets) {
        (_, []) => Err(Failure::new("the settings name no place to publish to")
            .help("add one to expound.toml, such as a table `[publish.pages]` with `kind = \"git\"`")
            .help("docs/publishing.md has a recipe for each kind of place")),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::new("the settings name several places to publish to: say which").help(format!(
            "there are {}; for example `expound publish {}`",
            listed(),
            names.first().unwrap_or(&"")
        ))),
        (Some(name), _) => targets.iter().find(|target| &*target.name == name).ok_or_else(|| {
            let failure = Failure::new(format!("the settings have no place `{name}` to publish to"));
            match did_you_mean(name, names.iter().copied()) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure.help(format!("there are {}", listed())),
            }
        }),
    }
}

/// The address readers will use. A site that will stand below a folder must be built for it, or none of its links
/// and styles work.
fn address(base_url: Option<&str>, known: Option<String>) -> Result<Option<String>, Failure> {
    match (base_url, known) {
        (Some(url), _) => Ok(Some(url.to_owned())),
        (None, Some(known)) => Err(Failure::new(
            "the site must be built for the address at which readers will find it",
        )
        .help(format!("add `base_url = \"{known}\"` to expound.toml if that is it, or give it with `--base-url`"))),
        (None, None) => {
            note("`base_url` isn't set: links begin at the root of a host, and there is no feed and no sitemap\n");
            Ok(None)
        }
    }
}

/// What there is to tell.
struct Told<'a> {
    name: &'a str,
    place: &'a str,
    plan: &'a Plan,
    count: Count,
    dry: bool,
    result: Value,
}

/// So many files of each kind are named without `--verbose`.
const SHOWN: usize = 10;

impl Told<'_> {
    fn plan(&self, verbose: bool) -> String {
        type Files<'a> = Vec<(&'a str, Option<u64>)>;
        let plan = self.plan;
        let mut out = String::new();
        let lists: [(&str, Files<'_>); 3] = [
            ("new", plan.new.iter().map(|c| (&*c.path, Some(c.size))).collect()),
            ("changed", plan.changed.iter().map(|c| (&*c.path, Some(c.size))).collect()),
            ("removed", plan.removed.iter().map(|path| (path.as_str(), None)).collect()),
        ];
        for (word, list) in &lists {
            let shown = if verbose || list.len() <= SHOWN + 1 { list.len() } else { SHOWN };
            for (path, bytes) in list.iter().take(shown) {
                let bytes = bytes.map(|bytes| format!(" ({})", size(bytes))).unwrap_or_default();
                _ = writeln!(out, "{word:8} {}{bytes}", visible(path));
            }
            if shown < list.len() {
                _ = writeln!(out, "{word:8} … and {} more (`--verbose` names them)", list.len() - shown);
            }
        }
        _ = writeln!(
            out,
            "{}: {} new, {} changed, {} removed, {} unchanged; {} to send",
            visible(self.place),
            plan.new.len(),
            plan.changed.len(),
            plan.removed.len(),
            plan.unchanged,
            size(plan.bytes())
        );
        out
    }

    fn json(&self) -> Value {
        let files = |list: &[publish::Change]| -> Vec<Value> {
            list.iter().map(|change| json!({ "path": &*change.path, "bytes": change.size })).collect()
        };
        json!({
            "target": self.name,
            "place": self.place,
            "dry_run": self.dry,
            "plan": {
                "new": files(&self.plan.new),
                "changed": files(&self.plan.changed),
                "removed": self.plan.removed,
                "unchanged": self.plan.unchanged,
                "bytes": self.plan.bytes(),
            },
            "result": self.result,
            "error": null,
            "findings": findings(self.count),
        })
    }
}

fn findings(count: Count) -> Value {
    json!({ "errors": count.errors, "warnings": count.warnings })
}

fn print_json(value: &Value) -> Result<(), Failure> {
    super::show(&format!("{value:#}\n"))
}
