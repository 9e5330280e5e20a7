//! Diagnostics: what is wrong in a site, as data. Printing them is the shell's work.

use std::fmt;

use super::span::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built; `--strict` makes it an error.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// The name of a rule. `check::rules` documents each one; the constants here are for those that loading finds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule(pub &'static str);

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A second place that helps to understand a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there: "first defined here".
    pub text: String,
}

/// A finding that quotes something longer is cut, in bytes: the place says the rest, and findings may be many.
const MOST_SAID: usize = 2_000;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: Rule,
    /// Its severity. `[check]` in the settings may change it afterwards.
    pub severity: Severity,
    /// What is wrong, in one sentence without a final full stop.
    pub message: String,
    /// Where. An empty range at 0 means the file as a whole.
    pub span: Span,
    /// Other places.
    pub labels: Vec<Label>,
    /// What to do, each a sentence.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        let message = super::text::shortened(message.into(), MOST_SAID);
        Self { rule, severity: Severity::Error, message, span, labels: Vec::new(), help: Vec::new() }
    }

    /// A warning at `span`.
    pub fn warning(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(super::text::shortened(text.into(), MOST_SAID));
        self
    }

    /// Adds "did you mean `x`?" if there is a near candidate.
    #[must_use]
    pub fn suggest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match super::text::did_you_mean(word, candidates) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}

/// A list of findings. Stages append to it and go on; nothing stops at the first.
pub type Diagnostics = Vec<Diagnostic>;
