//! Runs commands in turn and measures each as a whole process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

/// What a command took.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Time on the clock, in seconds: the median of the rounds.
    pub seconds: f64,
    /// The most memory resident at once, in bytes: the most of the rounds.
    pub memory: u64,
}

/// Said to this program by itself: run what follows and tell what it took.
const ONE: &str = "--measure-one";
/// Said to this program by itself: do what the floor does.
const FLOOR: &str = "--floor";

/// Answers what this program asked of itself; false if it was started by somebody else.
pub fn asked() -> bool {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // The most that any child has had is kept for all children together: so one process measures one child.
        [ONE, program, ref rest @ ..] => {
            let started = Instant::now();
            let status = Command::new(program).args(rest).stdout(Stdio::null()).status().unwrap();
            let seconds = started.elapsed().as_secs_f64();
            assert!(status.success(), "{program} failed");
            println!("{seconds} {}", getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() * 1024);
        }
        [FLOOR, root, out] => super::floor::run(Path::new(root), Path::new(out)),
        _ => return false,
    }
    true
}

/// The command that does what the floor does.
pub fn floor(root: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(FLOOR).arg(root);
    command
}

/// Runs each command `rounds` times, taking turns. Each gets the folder to write as its last argument.
pub fn measure<'a>(dir: &Path, commands: &[(&'a str, Command)], rounds: usize) -> Vec<(&'a str, Measured)> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); commands.len()];
    let mut memory = vec![0; commands.len()];
    for round in 0..=rounds {
        for turn in 0..commands.len() {
            let at = (turn + round) % commands.len();
            let out = dir.join("out");
            let (seconds, most) = one(&commands[at].1, &out);
            fs::rename(&out, dir.join(format!("done-{round}-{turn}"))).unwrap();
            // The first round warms up.
            if round > 0 {
                times[at].push(seconds);
                memory[at] = most.max(memory[at]);
            }
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let measured = times.into_iter().zip(memory).map(|(times, memory)| Measured { seconds: median(times), memory });
    commands.iter().map(|(name, _)| *name).zip(measured).collect()
}

fn one(command: &Command, out: &Path) -> (f64, u64) {
    let mut measuring = Command::new(std::env::current_exe().unwrap());
    measuring.arg(ONE).arg(command.get_program()).args(command.get_args()).arg(out);
    for (key, value) in command.get_envs() {
        measuring.env(key, value.map(PathBuf::from).unwrap_or_default());
    }
    let output = measuring.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let (seconds, memory) = text.trim().split_once(' ').unwrap();
    (seconds.parse().unwrap(), memory.parse().unwrap())
}
