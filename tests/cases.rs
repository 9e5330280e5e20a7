//! Each file below `cases/` is a test: a small site, a command, and what must come of it. `README.md` beside this
//! file says how to write one; `UPDATE=1 cargo test --test cases` rewrites what is expected.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may touch the disk, and fails by panicking"
)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use support::Run;

fn main() -> ExitCode {
    let args = Arguments::from_args();
    let dir = support::repository().join("tests/cases");
    let update = std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty() && value != "0");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&dir)
        .into_iter()
        .map(|entry| entry.expect("tests/cases can be read").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let tests = files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&dir).expect("below").with_extension("");
            let name = name.to_string_lossy().replace('\\', "/");
            Trial::test(name, move || Case::read(&file)?.test(&file, update))
        })
        .collect();
    libtest_mimic::run(&args, tests).exit_code()
}

/// A part of a case: its heading without the dashes, and the lines below it.
struct Section {
    heading: String,
    body: String,
}

/// A case as written.
struct Case {
    /// What it shows, in words.
    about: String,
    sections: Vec<Section>,
}

/// What a heading asks for.
enum Kind<'a> {
    Commands,
    Environment,
    Bare,
    Folder,
    Status,
    Stdout,
    Stderr,
    Input { path: &'a str },
    Bytes { path: &'a str },
    Copy { path: &'a str, from: &'a str },
    Contains { path: &'a str },
    Lacks { path: &'a str },
    Is { path: &'a str },
    Part { path: &'a str, from: &'a str, to: &'a str },
    Files { path: &'a str },
}

impl Section {
    fn kind(&self) -> Kind<'_> {
        let heading = self.heading.as_str();
        match heading {
            "cmd" => return Kind::Commands,
            "env" => return Kind::Environment,
            "bare" => return Kind::Bare,
            "cwd" => return Kind::Folder,
            "status" => return Kind::Status,
            "stdout" => return Kind::Stdout,
            "stderr" => return Kind::Stderr,
            _ => {}
        }
        if let Some((path, from)) = heading.split_once(" copy ") {
            return Kind::Copy { path, from };
        }
        if let Some((path, rest)) = heading.split_once(" from ")
            && let Some((from, to)) = rest.rsplit_once(" to ")
        {
            return Kind::Part { path, from, to };
        }
        match heading.rsplit_once(' ') {
            Some((path, "bytes")) => Kind::Bytes { path },
            Some((path, "contains")) => Kind::Contains { path },
            Some((path, "lacks")) => Kind::Lacks { path },
            Some((path, "is")) => Kind::Is { path },
            Some((path, "files")) => Kind::Files { path },
            _ => Kind::Input { path: heading },
        }
    }
}

impl Case {
    fn read(file: &Path) -> Result<Self, Failed> {
        let text = fs::read_to_string(file)?;
        let mut case = Self { about: String::new(), sections: Vec::new() };
        for line in text.split_inclusive('\n') {
            let heading = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (heading, case.sections.last_mut()) {
                (Some(heading), _) => {
                    case.sections.push(Section { heading: heading.to_owned(), body: String::new() });
                }
                (None, Some(section)) => section.body.push_str(line),
                (None, None) => case.about.push_str(line),
            }
        }
        if case.about.trim().is_empty() {
            return Err("a case begins with a line that says what it shows".into());
        }
        Ok(case)
    }

    fn body(&self, wanted: fn(&Kind<'_>) -> bool) -> Option<&str> {
        self.sections.iter().find(|section| wanted(&section.kind())).map(|section| section.body.as_str())
    }

    fn test(mut self, file: &Path, update: bool) -> Result<(), Failed> {
        let dir = tempfile::tempdir()?;
        let root = dir.path().join("site");
        self.lay_out(&root)?;
        let run = self.run(&root)?;
        if update {
            self.update(&root, &run);
            fs::write(file, self.to_text())?;
        }
        let wrong = self.compare(&root, &run);
        if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n\n{wrong}", self.about.trim()).into()) }
    }

    /// Writes the input files. What every site needs and the case leaves out is added, unless it is `bare`.
    fn lay_out(&self, root: &Path) -> Result<(), Failed> {
        fs::create_dir_all(root)?;
        if self.body(|kind| matches!(kind, Kind::Bare)).is_none() {
            support::write(&root.join("expound.toml"), "");
            let has_index = |s: &Section| s.heading.starts_with("content/index.");
            if !self.sections.iter().any(has_index) {
                support::write(&root.join("content/index.md"), "+++\ntitle = \"Case\"\n+++\n\nThe short answer.\n");
            }
        }
        for section in &self.sections {
            match section.kind() {
                Kind::Input { path } => support::write(&root.join(path), &section.body),
                Kind::Bytes { path } => support::write(&root.join(path), unescape(section.body.trim_end())?),
                Kind::Copy { path, from } => {
                    support::write(&root.join(path), fs::read(support::repository().join(from))?);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Carries out the commands one after the other; what they print is put together.
    fn run(&self, root: &Path) -> Result<Vec<Run>, Failed> {
        let commands = self.body(|kind| matches!(kind, Kind::Commands)).unwrap_or("check");
        let folder = root.join(self.body(|kind| matches!(kind, Kind::Folder)).unwrap_or_default().trim());
        let environment = self.body(|kind| matches!(kind, Kind::Environment)).unwrap_or_default();
        let mut runs = Vec::new();
        for line in commands.lines().filter(|line| !line.trim().is_empty()) {
            let args: Vec<&str> = line.split_whitespace().collect();
            let mut command = support::expound(&folder, &args);
            for line in environment.lines().filter(|line| !line.trim().is_empty()) {
                let (name, value) = line.split_once('=').ok_or("a line of `env` is NAME=VALUE")?;
                command.env(name, value);
            }
            let mut run = support::run(command);
            run.stdout = normal(&run.stdout, root);
            run.stderr = normal(&run.stderr, root);
            runs.push(run);
        }
        Ok(runs)
    }

    /// Everything that isn't as expected, as a text.
    fn compare(&self, root: &Path, runs: &[Run]) -> String {
        let mut wrong = String::new();
        for (name, expected, got) in [
            ("status", self.body(|kind| matches!(kind, Kind::Status)).unwrap_or("0"), statuses(runs)),
            ("stdout", self.body(|kind| matches!(kind, Kind::Stdout)).unwrap_or_default(), stdout(runs)),
            ("stderr", self.body(|kind| matches!(kind, Kind::Stderr)).unwrap_or_default(), stderr(runs)),
        ] {
            // One status stands for a series of commands that all ended with it.
            let expected = if name == "status" && expected.trim().lines().count() == 1 {
                vec![expected.trim(); runs.len()].join("\n")
            } else {
                expected.to_owned()
            };
            different(&mut wrong, name, &expected, &got);
        }
        for section in &self.sections {
            let heading = &section.heading;
            match section.kind() {
                Kind::Is { path } => match read(root, path) {
                    Some(got) => different(&mut wrong, heading, &section.body, &got),
                    None => missing(&mut wrong, root, path),
                },
                Kind::Part { path, from, to } => match read(root, path) {
                    Some(got) => different(&mut wrong, heading, &section.body, part(&got, from, to)),
                    None => missing(&mut wrong, root, path),
                },
                Kind::Files { path } => different(&mut wrong, heading, &section.body, &files(root, path)),
                Kind::Contains { path } => match read(root, path) {
                    Some(got) => contains(&mut wrong, path, &section.body, &got),
                    None => missing(&mut wrong, root, path),
                },
                Kind::Lacks { path } => match read(root, path) {
                    Some(got) => {
                        for line in lines(&section.body).filter(|line| got.contains(line)) {
                            let _ = writeln!(wrong, "{path} has what it must not have: {line}\n");
                        }
                    }
                    None => missing(&mut wrong, root, path),
                },
                _ => {}
            }
        }
        wrong
    }

    /// Makes what was got what is expected.
    fn update(&mut self, root: &Path, runs: &[Run]) {
        for section in &mut self.sections {
            let new = match section.kind() {
                Kind::Is { path } => read(root, path),
                Kind::Part { path, from, to } => read(root, path).map(|text| part(&text, from, to).to_owned()),
                Kind::Files { path } => Some(files(root, path)),
                _ => None,
            };
            if let Some(new) = new
                && new.trim_end() != section.body.trim_end()
            {
                section.body = format!("{}\n", new.trim_end());
            }
        }
        let status = if runs.iter().all(|run| run.status == 0) { String::new() } else { statuses(runs) };
        let expected = [("status", status), ("stdout", stdout(runs)), ("stderr", stderr(runs))].map(|(name, text)| {
            let text = text.trim_end();
            (name, if text.is_empty() { String::new() } else { format!("{text}\n") })
        });
        for (name, body) in expected {
            let old = self.sections.iter().position(|section| section.heading == name);
            match (old, body.is_empty()) {
                (Some(at), true) => drop(self.sections.remove(at)),
                (Some(at), false) => self.sections[at].body = body,
                (None, true) => {}
                (None, false) => self.sections.push(Section { heading: name.to_owned(), body }),
            }
        }
    }

    fn to_text(&self) -> String {
        let mut out = self.about.clone();
        for section in &self.sections {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            let _ = write!(out, "-- {} --\n{}", section.heading, section.body);
        }
        out
    }
}

fn statuses(runs: &[Run]) -> String {
    runs.iter().map(|run| format!("{}\n", run.status)).collect()
}

fn stdout(runs: &[Run]) -> String {
    runs.iter().map(|run| run.stdout.as_str()).collect()
}

fn stderr(runs: &[Run]) -> String {
    runs.iter().map(|run| run.stderr.as_str()).collect()
}

/// What was printed, without what differs from run to run: the folder, and the summaries.
fn normal(text: &str, root: &Path) -> String {
    let mut out = String::new();
    for line in text
        .lines()
        .filter(|line| !["built ", "published in ", "to look at it: "].iter().any(|start| line.starts_with(start)))
    {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    for path in [root.canonicalize().unwrap_or_default(), root.to_owned()] {
        out = out.replace(&*path.to_string_lossy(), "[ROOT]");
    }
    out
}

fn read(root: &Path, path: &str) -> Option<String> {
    fs::read(root.join(path)).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The text from the first `from` to the next `to`, both included; empty if there is none.
fn part<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let Some(start) = text.find(from) else { return "" };
    let rest = &text[start + from.len()..];
    rest.find(to).map_or("", |end| &text[start..start + from.len() + end + to.len()])
}

fn files(root: &Path, path: &str) -> String {
    let dir = root.join(path);
    if !dir.is_dir() {
        return String::new();
    }
    support::tree(&dir).keys().map(|name| format!("{name}\n")).collect()
}

fn lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn different(wrong: &mut String, name: &str, expected: &str, got: &str) {
    let (expected, got) = (format!("{}\n", expected.trim_end()), format!("{}\n", got.trim_end()));
    if expected != got {
        let _ = writeln!(wrong, "{name} differs:\n{}", support::difference(&expected, &got));
    }
}

fn missing(wrong: &mut String, root: &Path, path: &str) {
    let dir = Path::new(path).parent().and_then(Path::to_str).unwrap_or_default();
    let _ = writeln!(wrong, "{path} was not written; beside it stand:\n{}", files(root, dir));
}

/// Every line of `body` must be found in `got`, in this order.
fn contains(wrong: &mut String, path: &str, body: &str, got: &str) {
    let mut rest = got;
    for line in lines(body) {
        match rest.find(line) {
            Some(at) => rest = &rest[at + line.len()..],
            None => {
                let nearest = got
                    .lines()
                    .map(str::trim)
                    .max_by(|a, b| strsim::jaro_winkler(a, line).total_cmp(&strsim::jaro_winkler(b, line)))
                    .unwrap_or_default();
                let why = if got.contains(line) { "has it only before the line above" } else { "lacks it" };
                let _ = writeln!(wrong, "{path} {why}\n  expected: {line}\n  nearest:  {nearest}\n");
            }
        }
    }
}

/// Bytes written as text: `\xNN`, `\n`, `\r`, `\t` and `\\`.
fn unescape(text: &str) -> Result<Vec<u8>, Failed> {
    let mut out = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        match chars.next() {
            Some('n') => out.push(b'\n'),
            Some('r') => out.push(b'\r'),
            Some('t') => out.push(b'\t'),
            Some('\\') => out.push(b'\\'),
            Some('x') => {
                let hex: String = chars.by_ref().take(2).collect();
                out.push(u8::from_str_radix(&hex, 16)?);
            }
            _ => return Err("after a backslash stands x, n, r, t or a backslash".into()),
        }
    }
    Ok(out)
}
