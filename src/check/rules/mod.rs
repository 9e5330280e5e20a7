//! What every rule means: one table, read by `docs/rules.md`, by `expound check --explain RULE` and by the settings.

mod addresses;
mod dates;
mod facts;
mod files;
mod fonts;
mod links;
mod names;
mod text;

use std::fmt::Write as _;
use std::sync::Arc;

use crate::base::{Diagnostics, Rule, Severity, text::did_you_mean};
use crate::model::IndexMapH;

/// A rule, explained.
#[derive(Clone, Copy, Debug)]
pub struct RuleInfo {
    /// Its name.
    pub rule: Rule,
    /// Its severity where the settings say nothing.
    pub default: Severity,
    /// True if `[check]` can't change it: what it finds could not be read, so there is nothing to build from.
    pub fixed: bool,
    /// What it finds, in a sentence.
    pub summary: &'static str,
    /// Why that is bad, for readers or for whoever keeps the site.
    pub why: &'static str,
    /// The file that the examples stand in: its ending says what they are written in.
    pub file: &'static str,
    /// What it finds.
    pub bad: &'static str,
    /// What to write instead.
    pub good: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// Rules that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// What they are about.
    pub title: &'static str,
    /// The rules, by name.
    pub rules: &'static [RuleInfo],
}

/// Every family of rules, in the order of the documentation.
pub const FAMILIES: &[Family] = &[
    Family { title: "Reading files", rules: files::RULES },
    Family { title: "Names of records", rules: names::RULES },
    Family { title: "Facts and sources", rules: facts::RULES },
    Family { title: "Dates and editions", rules: dates::RULES },
    Family { title: "Text", rules: text::RULES },
    Family { title: "Links and images", rules: links::RULES },
    Family { title: "Addresses and colours", rules: addresses::RULES },
    Family { title: "Fonts", rules: fonts::RULES },
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static RuleInfo> {
    FAMILIES.iter().flat_map(|family| family.rules)
}

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static RuleInfo> {
    all().find(|info| info.rule.0 == name)
}

/// What the rule called `name` means, as Markdown; `None` if there is no such rule.
pub fn explain(name: &str) -> Option<String> {
    find(name).map(|info| section(info, "#"))
}

/// The rule that was probably meant by a name that no rule has.
pub fn nearest(name: &str) -> Option<&'static str> {
    did_you_mean(name, all().map(|info| info.rule.0))
}

/// `docs/rules.md`.
pub fn document() -> String {
    let mut out = String::from(
        "# Rules\n\n\
         <!-- Made from src/check/rules/ by `UPDATE=1 cargo test --lib check::rules`; edit it there. -->\n\n\
         `expound check` holds a site to these rules; `expound build` does too, and writes nothing while there are errors. \
         `expound check --explain RULE` prints the same text.\n\n\
         The settings change how much a rule matters, in `expound.toml`:\n\n\
         ```toml\n[check]\nunused-source = \"off\"        # don't report it\nmissing-alt = \"error\"       # don't build with it\n\
         stale-fact = \"warn\"          # report it; `--strict` makes it an error\n```\n\n\
         Rules marked *always* find what could not be read; the settings can't change them.\n\n",
    );
    for family in FAMILIES {
        let _ = writeln!(out, "| {} | severity | |\n|---|---|---|", family.title);
        for info in family.rules {
            let _ = writeln!(out, "| [`{0}`](#{0}) | {1} | {2} |", info.rule, severity(info), info.summary);
        }
        out.push('\n');
    }
    for family in FAMILIES {
        let _ = writeln!(out, "## {}\n", family.title);
        for info in family.rules {
            out.push_str(&section(info, "###"));
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn severity(info: &RuleInfo) -> String {
    let word = info.default.name();
    if info.fixed { format!("{word}, always") } else { word.to_owned() }
}

/// The text about one rule, below a heading that begins with `marks`.
fn section(info: &RuleInfo, marks: &str) -> String {
    let mut out = format!("{marks} {}\n\n{}. *{}*\n\n{}\n\n", info.rule, info.summary, severity(info), info.why);
    for (title, example) in [("Found", info.bad), ("Fine", info.good)] {
        let language = info.file.rsplit_once('.').map_or("text", |(_, ending)| ending);
        let fence = if example.contains("```") { "````" } else { "```" };
        let place = if info.file.contains('.') { format!(" in `{}`", info.file) } else { String::new() };
        let _ = writeln!(out, "{title}{place}:\n\n{fence}{language}\n{}\n{fence}\n", example.trim_matches('\n'));
    }
    let _ = writeln!(out, "{}", info.help);
    out
}

/// Gives each finding the severity that `[check]` in the settings wants for its rule, and drops those turned off.
/// What could not be read stays an error.
pub fn apply_levels(found: Diagnostics, check: &IndexMapH<Arc<str>, Option<Severity>>) -> Diagnostics {
    let wanted = |rule: Rule| check.get(rule.0).filter(|_| find(rule.0).is_none_or(|info| !info.fixed));
    let leveled = found.into_iter().filter_map(|mut diagnostic| {
        if let Some(level) = wanted(diagnostic.rule) {
            diagnostic.severity = (*level)?;
        }
        Some(diagnostic)
    });
    leveled.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::rules;

    #[test]
    fn every_name_has_its_text_and_every_text_its_name() {
        let mut documented: Vec<&str> = all().map(|info| info.rule.0).collect();
        documented.sort_unstable();
        let named: Vec<&str> = rules::ALL.iter().map(|rule| rule.0).collect();
        assert_eq!(documented, named);
    }

    #[test]
    fn rules_of_a_family_are_in_order() {
        for family in FAMILIES {
            assert!(family.rules.windows(2).all(|pair| pair[0].rule < pair[1].rule), "{}", family.title);
        }
    }

    #[test]
    fn texts_are_whole() {
        for info in all() {
            let name = info.rule;
            assert!(!info.summary.ends_with('.') && !info.summary.is_empty(), "{name}: summary");
            assert!(info.why.ends_with('.') && info.help.ends_with('.'), "{name}: sentences end in a full stop");
            assert!(info.bad.trim() != info.good.trim() && !info.good.is_empty(), "{name}: examples");
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn every_rule_is_shown_by_a_case() {
        let cases = walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"));
        let texts: String = cases
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| std::fs::read_to_string(entry.path()).unwrap())
            .collect();
        for info in all() {
            assert!(texts.contains(&format!("\n{}[{}]: ", info.default.name(), info.rule)), "{}", info.rule);
        }
    }

    #[test]
    fn explaining_finds_and_suggests() {
        assert!(explain("unused-term").unwrap().starts_with("# unused-term\n"));
        assert_eq!(explain("unused-trem"), None);
        assert_eq!(nearest("unused-trem"), Some("unused-term"));
    }

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn the_documentation_is_what_the_program_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
        let made = document();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
            std::fs::write(path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == made, "docs/rules.md is out of date: run `UPDATE=1 cargo test --lib check::rules`");
    }
}
