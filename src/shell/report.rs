//! Diagnostics, printed: for people, for programs (JSON), and for GitHub's workflow log.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::console::{is_control, visible};
use super::excerpt::{Place, Source};
use crate::base::{Bytes, Diagnostic, Severity, SourcePath, Span};

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: each with its source line and what to do.
    #[default]
    Human,
    /// One JSON array.
    Json,
    /// Workflow commands that GitHub shows beside the changed lines.
    Github,
}

/// How many findings of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Count {
    /// "3 errors, 1 warning", or "no errors, no warnings".
    pub fn in_words(self) -> String {
        let of = |n: usize, word: &str| match n {
            0 => format!("no {word}s"),
            1 => format!("1 {word}"),
            n => format!("{n} {word}s"),
        };
        match self {
            Self { errors: 0, warnings: 0 } => "no errors, no warnings".to_owned(),
            Self { errors, warnings: 0 } => of(errors, "error"),
            Self { errors: 0, warnings } => of(warnings, "warning"),
            Self { errors, warnings } => format!("{}, {}", of(errors, "error"), of(warnings, "warning")),
        }
    }
}

/// Findings in the order in which they are printed: by file, place, rule; each once.
pub struct Report {
    findings: Vec<Diagnostic>,
    sources: BTreeMap<SourcePath, Source>,
}

impl Report {
    /// Takes findings in any order. `read` gives the bytes of a source file, for the lines that are shown.
    pub fn new(mut findings: Vec<Diagnostic>, read: impl Fn(&SourcePath) -> Option<Bytes>) -> Self {
        findings.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        findings.dedup();
        let mut sources = BTreeMap::new();
        for span in findings.iter().flat_map(|d| std::iter::once(&d.span).chain(d.labels.iter().map(|l| &l.span))) {
            if !sources.contains_key(&span.file) {
                sources.insert(span.file.clone(), Source::of(&span.file, read(&span.file)));
            }
        }
        Self { findings, sources }
    }

    /// How many there are.
    pub fn count(&self) -> Count {
        let errors = self.findings.iter().filter(|d| d.severity == Severity::Error).count();
        Count { errors, warnings: self.findings.len() - errors }
    }

    /// The text to print. `prefix` is put before every file for people and for GitHub, so that paths are right where
    /// the command was typed; JSON has them relative to the site's root.
    pub fn render(&self, format: Format, prefix: &str) -> String {
        match format {
            Format::Human => self.human(prefix),
            Format::Json => self.json(),
            Format::Github => self.github(prefix),
        }
    }

    fn place(&self, span: &Span) -> Option<Place> {
        self.sources.get(&span.file)?.place(span.range())
    }

    fn human(&self, prefix: &str) -> String {
        let renderer = Renderer::styled();
        let mut out = String::new();
        for finding in &self.findings {
            let level = match finding.severity {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            };
            let first = level.primary_title(visible(&finding.message)).id(finding.rule.0);
            let mut moved = Vec::new();
            let mut first = Group::with_title(first);
            first = self.with_source(first, &finding.span, prefix, &mut moved);
            for help in &finding.help {
                first = first.element(Level::HELP.message(visible(help)));
            }
            let mut groups = vec![first];
            for label in &finding.labels {
                let group = Group::with_title(Level::NOTE.secondary_title(visible(&label.text)));
                groups.push(self.with_source(group, &label.span, prefix, &mut moved));
            }
            let mut text = renderer.render(&groups);
            for (counted, place) in moved {
                text = text.replacen(&counted, &place, 1);
            }
            out.push_str(&text);
            out.push_str("\n\n");
        }
        out
    }

    /// Adds where it is, and the line with the span underlined. Of a long line a part is shown, from which columns are then
    /// counted: `moved` gets such a place, and the one to be printed.
    fn with_source<'a>(
        &self,
        group: Group<'a>,
        span: &Span,
        prefix: &str,
        moved: &mut Vec<(String, String)>,
    ) -> Group<'a> {
        let path = visible(&format!("{prefix}{}", span.file)).into_owned();
        let Some(place) = self.place(span) else { return group.element(Origin::path(path)) };
        let excerpt = place.excerpt();
        if place.cut {
            let before = excerpt.text.get(..excerpt.span.start).unwrap_or_default().chars().count();
            let (counted, column) = (before + 1, place.column);
            moved.push((format!("{path}:{}:{counted}", place.line), format!("{path}:{}:{column}", place.line)));
        }
        let snippet = Snippet::source(excerpt.text)
            .path(path)
            .line_start(place.line)
            .annotation(AnnotationKind::Primary.span(excerpt.span));
        group.element(snippet)
    }

    fn json(&self) -> String {
        let findings: Vec<_> = self.findings.iter().map(|finding| self.json_finding(finding)).collect();
        let text = serde_json::to_string_pretty(&findings).unwrap_or_default();
        let mut out = String::with_capacity(text.len() + 1);
        for c in text.chars() {
            // Beyond ASCII all text stands within strings, where a control character may always be an escape.
            if c != '\n' && is_control(c) {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            } else {
                out.push(c);
            }
        }
        out.push('\n');
        out
    }

    fn json_finding(&self, finding: &Diagnostic) -> JsonFinding<'_> {
        let place = self.place(&finding.span);
        JsonFinding {
            rule: finding.rule.0,
            severity: finding.severity,
            message: finding.message.clone(),
            source_line: place.as_ref().map(|place| place.text.clone()),
            place: JsonPlace::new(&finding.span, place.as_ref()),
            help: finding.help.clone(),
            labels: finding
                .labels
                .iter()
                .map(|label| JsonLabel {
                    message: label.text.clone(),
                    place: JsonPlace::new(&label.span, self.place(&label.span).as_ref()),
                })
                .collect(),
        }
    }

    fn github(&self, prefix: &str) -> String {
        let mut out = String::new();
        for finding in &self.findings {
            let file = format!("{prefix}{}", finding.span.file);
            let _ = write!(out, "::{} file={}", finding.severity.name(), github_property(&visible(&file)));
            if let Some(place) = self.place(&finding.span) {
                let _ = write!(out, ",line={},endLine={}", place.line, place.end_line);
                // GitHub takes columns only for findings on one line.
                if place.line == place.end_line {
                    let _ = write!(out, ",col={},endColumn={}", place.column, place.end_column);
                }
            }
            let mut message = visible(&finding.message).into_owned();
            for label in &finding.labels {
                let line = self.place(&label.span).map_or_else(String::new, |place| format!(":{}", place.line));
                let _ =
                    write!(message, "\n{}: {prefix}{}{line}", visible(&label.text), visible(label.span.file.as_str()));
            }
            for help in &finding.help {
                let _ = write!(message, "\n{}", visible(help));
            }
            let _ = writeln!(out, ",title={}::{}", github_property(finding.rule.0), github_data(&message));
        }
        out
    }
}

fn sort_key(d: &Diagnostic) -> (&SourcePath, u32, u32, &str, &str) {
    (&d.span.file, d.span.start, d.span.end, d.rule.0, &d.message)
}

#[derive(serde::Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    severity: Severity,
    message: String,
    #[serde(flatten)]
    place: JsonPlace,
    source_line: Option<String>,
    help: Vec<String>,
    labels: Vec<JsonLabel>,
}

#[derive(serde::Serialize)]
struct JsonLabel {
    message: String,
    #[serde(flatten)]
    place: JsonPlace,
}

#[derive(serde::Serialize)]
struct JsonPlace {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl JsonPlace {
    fn new(span: &Span, place: Option<&Place>) -> Self {
        Self {
            file: span.file.to_string(),
            line: place.map(|p| p.line),
            column: place.map(|p| p.column),
            end_line: place.map(|p| p.end_line),
            end_column: place.map(|p| p.end_column),
        }
    }
}

/// Text as the message of a workflow command.
fn github_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as a property of a workflow command.
fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::base::rules;

    fn report(source: &str, make: impl Fn(&SourcePath) -> Vec<Diagnostic>) -> Report {
        let file = SourcePath::new("content/a.md");
        let bytes = Bytes::new(source.as_bytes());
        Report::new(make(&file), |path| (*path == file).then(|| bytes.clone()))
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn sorted_once_and_counted() {
        let report = report("one\ntwo\n", |file| {
            let at = |range| Span::new(file, range);
            vec![
                Diagnostic::warning(rules::BAD_DATE, at(4..7), "second"),
                Diagnostic::error(rules::BAD_VALUE, at(0..3), "first"),
                Diagnostic::warning(rules::BAD_DATE, at(4..7), "second"),
            ]
        });
        assert_eq!(report.count(), Count { errors: 1, warnings: 1 });
        let text = plain(&report.render(Format::Human, "site/"));
        assert!(text.find("first") < text.find("second"), "{text}");
        assert_eq!(text.matches("second").count(), 1, "{text}");
        assert!(text.contains("--> site/content/a.md:2:1"), "{text}");
    }

    #[test]
    fn hostile_text_is_shown_not_obeyed() {
        let hostile = "x\u{1b}]0;title\u{7}\n::error::y\u{9b}31m";
        let report = report(hostile, |file| {
            let span = Span::new(file, 0..5);
            vec![
                Diagnostic::error(rules::BAD_VALUE, span.clone(), format!("`{hostile}`"))
                    .help(hostile)
                    .label(span, hostile),
            ]
        });
        for format in [Format::Human, Format::Github, Format::Json] {
            let text = plain(&report.render(format, ""));
            assert!(!text.chars().any(|c| c != '\n' && is_control(c)), "{text:?}");
            let commands = text.lines().filter(|line| line.starts_with("::")).count();
            assert_eq!(commands, usize::from(format == Format::Github), "{text}");
        }
    }

    #[test]
    fn github_properties_are_escaped() {
        assert_eq!(github_property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(github_data("a,b:c%\r\n"), "a,b:c%25%0D%0A");
    }

    #[test]
    fn json_is_json() {
        let report = report("é = 1\n", |file| {
            vec![
                Diagnostic::error(rules::BAD_VALUE, Span::new(file, 5..6), "no"),
                Diagnostic::warning(rules::BAD_DATE, Span::file(&SourcePath::new("gone.toml")), "whole file"),
            ]
        });
        let value: serde_json::Value = serde_json::from_str(&report.render(Format::Json, "x/")).unwrap();
        assert_eq!(value[0]["file"], "content/a.md");
        assert_eq!(value[0]["line"], 1);
        assert_eq!(value[0]["column"], 5);
        assert_eq!(value[0]["end_column"], 6);
        assert_eq!(value[0]["source_line"], "é = 1");
        assert_eq!(value[1]["line"], serde_json::Value::Null);
    }
}
