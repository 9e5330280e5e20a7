//! What the preview says in the terminal, and the keys that it takes there.

use std::fmt::Write as _;
use std::io::{IsTerminal, Read};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::snapshot::Snapshot;
use crate::base::{Diagnostic, SourcePath};
use crate::shell::console::{note, print, visible};
use crate::shell::report::{Format, Report};
use crate::world::World;

/// What was said.
pub struct Terminal {
    /// What stands before the site's paths so that they are right where the command was typed.
    prefix: String,
    said: Mutex<Said>,
}

#[derive(Default)]
struct Said {
    /// The findings of the last build whose rules were run, as printed.
    findings: Option<Vec<Diagnostic>>,
}

const DIM: &str = "\u{1b}[2m";
const BOLD: &str = "\u{1b}[1m";
const GREEN: &str = "\u{1b}[1;32m";
const PLAIN: &str = "\u{1b}[0m";

impl Terminal {
    /// A terminal in which nothing was said yet.
    pub fn new(prefix: String) -> Self {
        Self { prefix, said: Mutex::default() }
    }

    /// Says a sentence.
    pub fn say(&self, text: &str) {
        note(&format!("{}\n", visible(text)));
    }

    /// Says where the preview is. What was asked for is this address, so it goes to standard output.
    pub fn address(&self, address: &str, others: &[String]) {
        let _ = print(&format!("{BOLD}preview{PLAIN} at {address}\n"));
        for other in others {
            note(&format!("on the network at {}\n", visible(other)));
            if std::io::stderr().is_terminal() {
                note(&format!("\n{}\n", code(other)));
            }
        }
    }

    /// Says that a build is served.
    pub fn built(&self, line: &Line) {
        let what = match &*line.changed {
            _ if line.all => "everything".to_owned(),
            [one] => visible(one.as_str()).into_owned(),
            [] => "a new day".to_owned(),
            several => format!("{} files", several.len()),
        };
        let mut text = format!("{what} {DIM}→{PLAIN} ");
        if line.held_back {
            text.push_str("held back, pages stay as they were until its errors are fixed");
        } else {
            match line.pages {
                Some((other, seen)) if seen > 0 => {
                    let pages = if seen == 1 { "page" } else { "pages" };
                    let _ = write!(text, "{seen} {pages} drawn again, {other} changed");
                }
                _ => text.push_str("built"),
            }
        }
        if let Some(time) = line.time {
            let _ = write!(text, "{DIM}, {:.1} ms{PLAIN}", time.as_secs_f64() * 1000.0);
        }
        note(&format!("{text}\n"));
    }

    /// Says what is wrong with a build, if that is other than what was said of the one before.
    pub fn checked(&self, snapshot: &Snapshot, found: Vec<Diagnostic>) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let alike =
            |a: &Diagnostic, b: &Diagnostic| a.rule == b.rule && a.message == b.message && a.span.file == b.span.file;
        let old = said.findings.take();
        let known = |d: &Diagnostic| old.iter().flatten().any(|old| alike(d, old));
        let report = Report::new(found.clone(), |path| snapshot.world.read(path).ok());
        let left = report.count().in_words();
        if found.iter().any(|d| !known(d)) {
            note(&format!("{}{left}\n", report.render(Format::Human, &self.prefix)));
        } else if old.iter().flatten().any(|old| !found.iter().any(|d| alike(d, old))) {
            let left = if found.is_empty() { String::new() } else { format!("; left: {left}") };
            note(&format!("{GREEN}fixed{PLAIN}{left}\n"));
        } else if old.is_none() {
            note(&format!("{left}\n"));
        }
        said.findings = Some(found);
    }
}

/// What there is to say of a build.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What was other than before.
    pub changed: Vec<SourcePath>,
    /// True if everything was read again.
    pub all: bool,
    /// True if errors keep it from being shown.
    pub held_back: bool,
    /// Of the pages that were looked at: how many changed, and how many there are.
    pub pages: Option<(usize, usize)>,
    /// From the first notice until it was served.
    pub time: Option<Duration>,
}

/// A code that a phone's camera reads.
fn code(text: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    let Ok(code) = qrcode::QrCode::new(text.as_bytes()) else { return String::new() };
    let code = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
    // White on black, whatever colours the terminal has: what is drawn is the light between the dark modules.
    code.lines().map(|line| format!("\u{1b}[97;40m{line}{PLAIN}\n")).collect()
}

/// A key that means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Opens the browser.
    Open,
    /// Builds everything again.
    Rebuild,
    /// Ends the preview.
    Quit,
    /// Says which keys there are.
    Help,
}

/// What `?` says.
pub const KEYS: &str = "keys: o opens the browser, r builds everything again, q ends, ? says this";

/// Takes keys one by one, without waiting for the end of a line, for as long as this is kept.
pub struct Keys {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Keys {
    /// Sets the terminal so that keys come at once; `None` if nobody is at a terminal.
    pub fn start() -> Option<Self> {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return None;
        }
        #[cfg(unix)]
        {
            use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcgetpgrp, tcsetattr};
            let stdin = std::io::stdin();
            // Whoever runs in the background is stopped if it touches the terminal.
            if tcgetpgrp(&stdin).ok() != Some(rustix::process::getpgrp()) {
                return None;
            }
            let before = tcgetattr(&stdin).ok();
            if let Some(mut now) = before.clone() {
                now.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
                now.special_codes[SpecialCodeIndex::VMIN] = 1;
                now.special_codes[SpecialCodeIndex::VTIME] = 0;
                let _ = tcsetattr(&stdin, OptionalActions::Now, &now);
            }
            Some(Self { before })
        }
        #[cfg(not(unix))]
        Some(Self {})
    }

    /// The next key that means something; `None` at the end of input.
    pub fn next() -> Option<Key> {
        let mut byte = [0_u8; 1];
        loop {
            if std::io::stdin().read(&mut byte).ok()? == 0 {
                return None;
            }
            match byte.first()? {
                b'o' => return Some(Key::Open),
                b'r' => return Some(Key::Rebuild),
                b'q' => return Some(Key::Quit),
                b'?' | b'h' => return Some(Key::Help),
                _ => {}
            }
        }
    }
}

impl Drop for Keys {
    /// Sets the terminal as it was.
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            let _ = rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}

/// Opens an address in the author's browser, and doesn't wait for it.
pub fn open_browser(address: &str) {
    let _ = open::that_detached(address);
}
