//! The commands: one file each. What was typed is parsed here and nowhere else.

#![allow(clippy::disallowed_methods, reason = "commands act on the outside for the person who typed them")]

mod build;
mod check;
mod completions;
mod i18n;
mod import;
mod init;
mod new;
mod publish;
mod schema;
mod serve;
mod single;
mod site;
mod templates;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use expound::shell::Failure;
use expound::shell::console::{note, print, visible};
use expound::shell::disk::reason;

/// Turns Markdown sections and structured facts into an explainer site.
#[derive(Parser)]
#[command(name = "expound", version, arg_required_else_help = true, propagate_version = false)]
#[command(after_help = "Exit status: 0 all is well; 1 the content has errors (or warnings, with --strict); \
                        2 the command, the settings or the machine are at fault.")]
struct Args {
    /// The site's folder; without it, the nearest folder upward with an `expound.toml`
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the finished site
    Build(build::Args),
    /// Check content, facts and links; write nothing
    Check(check::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
    /// Print every text of the interface in a language, to change or translate it
    I18n(i18n::Args),
    /// Bring a sheet, or a timeline of TimelineJS, into the site as a data file
    Import(import::Args),
    /// Write what a host needs to build or show the site
    Init(init::Args),
    /// Write a small, complete explainer to start from
    New(new::Args),
    /// Send the finished site to where readers find it
    Publish(publish::Args),
    /// Print the JSON Schema of a kind of file
    Schema(schema::Args),
    /// Show the site in a browser, and every change as it is made
    Serve(serve::Args),
    /// List the built-in templates, or copy one into the site to edit it
    Templates(templates::Args),
}

/// How a command ended, when it could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// All is well.
    Fine,
    /// The content has errors, or warnings with `--strict`.
    Findings,
    /// The settings have errors.
    Settings,
}

type Outcome = Result<Done, Failure>;

/// Writes a file that isn't there yet, with the folders above it. What is there is never touched, and of a file that can't
/// be written whole nothing stays.
fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes()).inspect_err(|_| _ = fs::remove_file(path))
}

/// Parses the arguments, carries out the command, and gives the exit status.
pub fn main() -> ExitCode {
    say_sorry_for_panics();
    let args = Args::parse();
    match with_room(move || run(args)) {
        Some(Ok(Done::Fine)) => ExitCode::SUCCESS,
        Some(Ok(Done::Findings)) => ExitCode::from(1),
        Some(Ok(Done::Settings)) | None => ExitCode::from(2),
        Some(Err(failure)) => {
            complain(&failure);
            ExitCode::from(2)
        }
    }
}

/// Runs `work` with more stack than threads usually have, so that text nested ever so deep is no danger. `None` if it
/// panicked: a bug of the program, which must not pass for success or for findings. The output can't be harmed by it;
/// that is swapped in as the last step.
fn with_room(work: impl FnOnce() -> Outcome + Send + 'static) -> Option<Outcome> {
    const STACK: usize = 64 << 20;
    // Fails only if there is a pool already, and there is none.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    match std::thread::Builder::new().stack_size(STACK).spawn(work) {
        Ok(thread) => thread.join().ok(),
        Err(error) => Some(Err(Failure::new(format!("no thread can be started: {}", reason(&error))))),
    }
}

fn run(args: Args) -> Outcome {
    let root = args.root.as_deref();
    match args.command {
        Command::Build(args) => build::run(root, &args),
        Command::Check(args) => check::run(root, &args),
        Command::Completions(args) => completions::run(&args),
        Command::Import(args) => import::run(root, &args),
        Command::Init(args) => init::run(root, &args),
        Command::New(args) => new::run(&args),
        Command::Publish(args) => publish::run(root, &args),
        Command::Schema(args) => schema::run(&args),
        Command::Serve(args) => serve::run(root, &args),
        Command::I18n(args) => i18n::run(root, &args),
        Command::Templates(args) => templates::run(root, &args),
    }
}

/// Prints what was asked for.
fn show(text: &str) -> Result<(), Failure> {
    print(text).map_err(|error| Failure::new(format!("standard output can't be written: {}", reason(&error))))
}

/// A path as it may be typed in a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ':' | '\\');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// Prints why a command could not be carried out.
fn complain(failure: &Failure) {
    let (red, cyan, bold, plain) = ("\u{1b}[1;31m", "\u{1b}[1;36m", "\u{1b}[1m", "\u{1b}[0m");
    note(&format!("{red}error{plain}{bold}: {}{plain}\n", visible(&failure.message)));
    for help in &failure.help {
        note(&format!("  = {cyan}help{plain}: {}\n", visible(help)));
    }
}

/// Replaces the default message, which speaks to programmers, by one that says what happened and what to do.
fn say_sorry_for_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if expound::fonts::is_guarded() {
            return;
        }
        let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let what = panic.payload_as_str().unwrap_or("no message");
        complain(
            &Failure::new(format!("expound has a bug: {what}{place}"))
                .help("nothing was changed in the output folder")
                .help("please report it with the command you typed and, if you can, the content that led to it"),
        );
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }

    #[test]
    fn shell_words() {
        assert_eq!(quoted("dist"), "dist");
        assert_eq!(quoted("my site/it's"), "'my site/it'\\''s'");
    }
}
