//! What the preview says in the terminal, and the keys that it takes there.

use std::fmt::Write as _;
use std::io::{IsTerminal, Read};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::snapshot::Snapshot;
use crate::base::{Diagnostic, Severity, SourcePath};
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
    findings: Vec<Diagnostic>,
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
    pub fn built(&self, _build: u64, changed: &[SourcePath], all: bool, time: Duration) {
        let what = match changed {
            _ if all => "everything".to_owned(),
            [one] => visible(one.as_str()).into_owned(),
            several => {
                let first = several.first().map(|path| visible(path.as_str()).into_owned()).unwrap_or_default();
                format!("{first} and {} more", several.len() - 1)
            }
        };
        note(&format!("{what} {DIM}→{PLAIN} served in {:.1} ms\n", time.as_secs_f64() * 1000.0));
    }

    /// Says what is wrong with a build, if that is other than what was said of the one before.
    pub fn checked(&self, snapshot: &Snapshot, found: Vec<Diagnostic>) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = found;
        new.sort_by(|a, b| (&a.span.file, a.span.start, &a.message).cmp(&(&b.span.file, b.span.start, &b.message)));
        let alike =
            |a: &Diagnostic, b: &Diagnostic| a.rule == b.rule && a.message == b.message && a.span.file == b.span.file;
        let fixed = said.findings.iter().filter(|old| !new.iter().any(|d| alike(d, old))).count();
        let added = new.iter().any(|d| !said.findings.iter().any(|old| alike(d, old)));
        let mut text = String::new();
        if added {
            let report = Report::new(new.clone(), |path| snapshot.world.read(path).ok());
            text.push_str(&report.render(Format::Human, &self.prefix));
            let _ = writeln!(text, "{}", report.count().in_words());
        } else if fixed > 0 {
            let errors = new.iter().filter(|d| d.severity == Severity::Error).count();
            let left = match (errors, new.len()) {
                (0, 0) => String::new(),
                (errors, all) => format!("; left: {} of {errors} errors and {} warnings", all, all - errors),
            };
            let _ = writeln!(text, "{GREEN}fixed{PLAIN}{left}");
        }
        if !text.is_empty() {
            note(&text);
        }
        said.findings = new;
    }
}

/// A code that a phone's camera reads.
fn code(text: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    let Ok(code) = qrcode::QrCode::new(text.as_bytes()) else { return String::new() };
    // Dark on light, whatever the terminal's colours are.
    code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build()
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
            use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
            let stdin = std::io::stdin();
            let before = tcgetattr(&stdin).ok();
            if let Some(mut now) = before.clone() {
                now.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
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

    /// Sets the terminal as it was.
    pub fn restore(&self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            let _ = rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.restore();
    }
}

/// Opens an address in the author's browser, and doesn't wait for it.
pub fn open_browser(address: &str) {
    let _ = open::that_detached(address);
}
