//! Running the Git that is installed.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::base::secret;
use crate::shell::Failure;
use crate::shell::disk::reason;

/// Variables that would lead Git to another repository than the one it is meant to work in.
const LEADING: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
];

/// Git in one folder.
pub struct Git {
    folder: PathBuf,
    /// Settings that are given along: the author's own ways to reach a host.
    settings: Vec<(String, String)>,
}

/// Git came to another end than was hoped for.
#[derive(Debug, Default)]
pub struct Problem {
    /// What it printed.
    pub printed: String,
    /// What it said about it.
    pub said: String,
}

impl Problem {
    /// A failure that ends with what Git said. No password is in it.
    pub fn failure(&self, what: &str) -> Failure {
        let said = self.said.lines().map(str::trim).filter(|line| !line.is_empty());
        let said: Vec<String> = said.take(6).map(secret::redacted).collect();
        let failure = Failure::new(what);
        if said.is_empty() { failure } else { failure.help(format!("Git says: {}", said.join(" / "))) }
    }
}

impl Git {
    /// Git in `folder`.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), settings: Vec::new() }
    }

    /// Takes over how the repository of `other` reaches hosts: there credentials and addresses may be set that the
    /// rest of the machine doesn't know, as workflows do. They are passed on in the environment, and written nowhere.
    pub fn with_settings_of(mut self, other: &Self) -> Self {
        let all = other.run(&["config", "--null", "--show-scope", "--list", "--includes"]).unwrap_or_default();
        let mut parts = all.split('\0');
        while let (Some(scope), Some(entry)) = (parts.next(), parts.next()) {
            let (key, value) = entry.split_once('\n').unwrap_or((entry, "true"));
            let reaching = ["credential.", "http.", "url.", "core.sshcommand", "core.askpass", "ssh."];
            let wanted = scope == "command" || reaching.iter().any(|start| key.to_lowercase().starts_with(start));
            if matches!(scope, "local" | "worktree" | "command") && wanted {
                self.settings.push((key.to_owned(), value.to_owned()));
            }
        }
        // Hooks are for the author's own commits.
        self.settings.push(("core.hooksPath".to_owned(), "/dev/null".to_owned()));
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).args(args).stdin(Stdio::null());
        for name in LEADING {
            command.env_remove(name);
        }
        // Messages are looked at below; looking at the author's repository must not touch its index.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        if !self.settings.is_empty() {
            command.env("GIT_CONFIG_COUNT", self.settings.len().to_string());
            for (at, (key, value)) in self.settings.iter().enumerate() {
                command.env(format!("GIT_CONFIG_KEY_{at}"), key).env(format!("GIT_CONFIG_VALUE_{at}"), value);
            }
        }
        command
    }

    /// Runs Git and gives what it printed.
    pub fn run(&self, args: &[&str]) -> Result<String, Problem> {
        let output =
            self.command(args).output().map_err(|error| Problem { said: reason(&error), ..Problem::default() })?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        if output.status.success() {
            Ok(text(output.stdout))
        } else {
            Err(Problem { printed: text(output.stdout), said: text(output.stderr) })
        }
    }

    /// Runs Git and writes to it.
    pub fn feed(
        &self,
        args: &[&str],
        write: impl FnOnce(&mut dyn Write) -> Result<(), FeedError>,
    ) -> Result<(), Failure> {
        let broken = |error: io::Error| Failure::new(format!("Git can't be run: {}", reason(&error)));
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(broken)?;
        let mut result = Ok(());
        if let Some(stdin) = child.stdin.take() {
            let mut out = BufWriter::with_capacity(1 << 16, stdin);
            result = write(&mut out).and_then(|()| out.flush().map_err(FeedError::from));
        }
        let output = child.wait_with_output().map_err(broken)?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match result {
            Err(FeedError::Failure(failure)) => Err(failure),
            Ok(()) if output.status.success() => Ok(()),
            // A pipe that broke was closed by Git, which then says why.
            _ => Err(Problem { said, ..Problem::default() }.failure("Git could not make the commit")),
        }
    }

    /// Says so if there is no Git.
    pub fn check_installed(&self) -> Result<(), Failure> {
        let Err(error) = self.command(&["--version"]).output() else { return Ok(()) };
        Err(match error.kind() {
            io::ErrorKind::NotFound if self.folder.is_dir() => {
                Failure::new("publishing to a branch needs Git, and it isn't installed")
                    .help("install it from https://git-scm.com/, or with the system's package manager")
                    .help("a target of the kind `archive` makes a file to upload by hand, without Git")
            }
            _ => Failure::new(format!("Git can't be run: {}", reason(&error))),
        })
    }
}

/// Why Git could not be told everything.
pub enum FeedError {
    /// Git reads no more; it says why itself.
    Pipe,
    /// There was nothing to tell.
    Failure(Failure),
}

impl From<io::Error> for FeedError {
    fn from(_: io::Error) -> Self {
        Self::Pipe
    }
}

impl From<Failure> for FeedError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
