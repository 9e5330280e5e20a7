//! `expound publish`, against real places: bare repositories, folders, archives, stores of objects.

mod files;
mod git;
mod hosts;
mod live;
mod proxy;
mod store;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{self, Run};

/// A small site in a folder of its own, with a place to publish to.
pub struct Site {
    dir: tempfile::TempDir,
}

impl Site {
    /// With these targets, as TOML.
    pub fn new(targets: &str) -> Self {
        let site = Self { dir: tempfile::tempdir().unwrap() };
        site.write("expound.toml", &format!("base_url = \"https://example.org/deal/\"\n{targets}"));
        site.write("content/index.md", "+++\ntitle = \"The deal\"\n+++\n\nThe short answer.\n");
        site.write("content/10-first.md", "# First\n\nWhat changed.\n");
        site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        site
    }

    /// The same in another folder, with what lies beside it.
    pub fn copy(&self) -> Self {
        let copy = Self { dir: tempfile::tempdir().unwrap() };
        for (path, bytes) in support::tree(self.dir.path()) {
            support::write(&copy.dir.path().join(path), bytes);
        }
        copy
    }

    /// The folder of the site.
    pub fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    /// A path beside the site's folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, path: &str, text: &str) {
        support::write(&self.root().join(path), text);
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let all: Vec<&str> = std::iter::once("publish").chain(args.iter().copied()).collect();
        support::expound(&self.root(), &all)
    }

    pub fn publish(&self, args: &[&str]) -> Run {
        support::run(self.command(args))
    }

    /// Publishes, and fails if that fails.
    pub fn published(&self, args: &[&str]) -> Run {
        let run = self.publish(args);
        assert_eq!(run.status, 0, "{}\n{}", run.stdout, run.stderr);
        run
    }

    /// What `--format json` prints.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let all: Vec<&str> = ["--format", "json"].into_iter().chain(args.iter().copied()).collect();
        let run = self.published(&all);
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
    }
}

/// The paths in a list of a plan.
pub fn paths(list: &serde_json::Value) -> Vec<String> {
    let path = |one: &serde_json::Value| one["path"].as_str().or(one.as_str()).unwrap().to_owned();
    list.as_array().unwrap().iter().map(path).collect()
}

/// Says that a test was passed over.
#[allow(clippy::print_stderr, reason = "for whoever reads what the tests say")]
pub fn skipped(program: &str) {
    eprintln!("skipped: there is no {program} on this machine (tests/run --install installs it)");
}

/// Runs Git, with an identity, in `dir`.
pub fn git(dir: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(dir).args(args);
    for (name, value) in [("NAME", "A. Person"), ("EMAIL", "person@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

#[test]
fn a_faulty_site_is_not_sent() {
    let site = Site::new("[publish.zip]\nkind = \"archive\"\npath = \"site.zip\"\n");
    site.write("content/20-second.md", "# Second\n\nAbout [[nothing]].\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("nothing was sent: 1 error"), "{}", run.stderr);
    assert!(!site.root().join("site.zip").exists());
    site.write("content/20-second.md", "# Second\n\n### A level is missing\n");
    let run = site.publish(&["--strict"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("(`--strict` allows none)"), "{}", run.stderr);
    assert!(!site.root().join("site.zip").exists());
    assert_eq!(site.publish(&[]).status, 0);
}

#[test]
fn a_dry_run_shows_the_plan_and_does_nothing() {
    let site = Site::new("[publish.zip]\nkind = \"archive\"\npath = \"site.zip\"\n");
    let run = site.published(&["--dry-run", "--verbose"]);
    assert!(run.stdout.contains("new      index.html ("), "{}", run.stdout);
    assert!(run.stdout.contains("the archive `site.zip`: "), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    assert!(!site.root().join("site.zip").exists());
    let plan = site.json(&["--dry-run"]);
    assert_eq!(plan["dry_run"], true);
    assert_eq!(plan["result"], serde_json::Value::Null);
    assert!(paths(&plan["plan"]["new"]).contains(&"index.html".to_owned()));
}

#[test]
fn what_stops_it_is_told_to_programs_too() {
    let site = Site::new("[publish.zip]\nkind = \"archive\"\npath = \"site.zip\"\n");
    let tried = |args: &[&str]| support::run(support::expound(&site.root(), args));
    let run = tried(&["publish", "--format", "json", "zap"]);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["error"]["message"], "the settings have no place `zap` to publish to");
    assert_eq!(told["error"]["help"][0], "did you mean `zip`?");
    assert!(told["plan"].is_null() && run.status != 0);
    assert!(run.stderr.contains("no place `zap`"), "{}", run.stderr);
    let run = tried(&["check", "--published", "http://127.0.0.1:9/", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let message = told["error"]["message"].as_str().unwrap();
    assert!(message.contains("`http://127.0.0.1:9/` can't be reached"), "{message}");
    assert!(told["comparison"].is_null());
}

#[test]
fn secrets_are_refused_and_never_shown() {
    let key = "AKIAIOSFODNN7EXAMPLE";
    let targets = format!(
        "[publish.a]\nkind = \"s3\"\nbucket = \"b\"\nsecret_access_key = \"{key}\"\n\
         [publish.b]\nkind = \"git\"\nremote = \"https://me:{key}@example.org/x.git\"\n\
         [publish.c]\nkind = \"s3\"\nbukcet = \"x\" # token = {key}\n"
    );
    let site = Site::new(&targets);
    for args in [&["publish"][..], &["publish", "--verbose"], &["check"], &["check", "--format", "json"], &["build"]] {
        let run = support::run(support::expound(&site.root(), args));
        assert_eq!(run.status, 2, "{args:?}");
        let all = run.stdout + &run.stderr;
        assert!(!all.contains(key), "{args:?}: {all}");
        assert!(all.contains("would be a secret"), "{args:?}: {all}");
    }
}
