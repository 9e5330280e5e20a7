//! The outside: the disk, the clock, the environment, the terminal. Nothing else in the library touches them.

#![allow(clippy::disallowed_methods, reason = "this is the one module that is meant to touch the outside")]

mod cache;
pub mod clock;
pub mod console;
pub mod disk;
pub mod excerpt;
pub mod images;
mod media;
pub mod output;
pub mod progress;
pub mod publish;
pub mod report;
pub mod serve;

/// Why a command could not be carried out: usage, settings or the machine, as against findings about the content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, in one sentence without a final full stop.
    pub message: String,
    /// What to do, each a sentence.
    pub help: Vec<String>,
}

impl Failure {
    /// A failure without advice.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new() }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}
