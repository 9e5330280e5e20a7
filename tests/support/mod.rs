//! Running the real program, and showing what differs.

#![allow(dead_code, reason = "each test target uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The date of the build in every test: 1 May 2026.
pub const EPOCH: &str = "1777593600";

/// A program that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// What one run of the program left.
#[derive(Clone, Debug)]
pub struct Run {
    /// The exit status; -1 if a signal ended it.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// How much memory it had at most, in bytes; 0 where that can't be told.
    pub memory: u64,
}

/// The folder of this repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program with a clean environment, to be run in `dir`.
pub fn expound(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_expound"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    command.env_clear().env("SOURCE_DATE_EPOCH", EPOCH).env("HOME", dir.join("no-home")).env("EXPOUND_CACHE", "");
    for kept in ["PATH", "SystemRoot", "TMPDIR", "TEMP", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    command
}

/// Runs a command to its end.
pub fn run(mut command: Command) -> Run {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (out, err) = (dir.path().join("out"), dir.path().join("err"));
    let file = |path: &PathBuf| fs::File::create(path).expect("a file in a temporary folder");
    command.stdout(file(&out)).stderr(file(&err));
    let (status, memory) = wait(command.spawn().expect("the program starts"));
    let text = |path: &PathBuf| String::from_utf8_lossy(&fs::read(path).expect("what was printed")).into_owned();
    Run { status, stdout: text(&out), stderr: text(&err), memory }
}

fn wait(mut child: Child) -> (i32, u64) {
    let start = Instant::now();
    let about = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let text = fs::read_to_string(&about).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        most = peak.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0).max(most);
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            return (status.code().unwrap_or(-1), most << 10);
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("the program can be ended");
            panic!("the program did not end within {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Writes `text` to `path`, with the folders it lies in.
pub fn write(path: &Path, text: impl AsRef<[u8]>) {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).expect("a folder of the site");
    }
    fs::write(path, text).expect("a file of the site");
}

/// Every file below `dir`, by its path with `/`, with its bytes; links as `-> target`.
pub fn tree(dir: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir) {
        let entry = entry.expect("a readable folder");
        let path = entry.path();
        let name = path.strip_prefix(dir).expect("below").to_string_lossy().replace('\\', "/");
        if entry.file_type().is_symlink() {
            let target = fs::read_link(path).expect("a link");
            files.insert(name, format!("-> {}", target.display()).into_bytes());
        } else if entry.file_type().is_file() {
            files.insert(name, fs::read(path).expect("a readable file"));
        }
    }
    files
}

/// The lines in which two texts differ, with a few around them: `-` expected, `+` got.
pub fn difference(expected: &str, got: &str) -> String {
    similar::TextDiff::from_lines(expected, got).unified_diff().context_radius(3).header("expected", "got").to_string()
}

/// A small stream of choices from one number.
pub struct Pick(pub u64);

impl Pick {
    /// A number below `below`.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    /// One of a list.
    pub fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.next(list.len())]
    }
}
