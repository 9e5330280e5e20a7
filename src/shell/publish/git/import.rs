//! A commit in the words of `git fast-import`.

use std::io::Write;

use super::command::FeedError;
use crate::shell::progress::Progress;
use crate::shell::publish::plan::Plan;
use crate::shell::publish::site::Site;

/// A commit to be made.
pub struct Commit<'a> {
    /// Where it will stand.
    pub reference: &'a str,
    /// Who makes it, and when.
    pub committer: String,
    /// What it says.
    pub message: String,
}

impl Commit<'_> {
    /// Writes a commit that follows `parent` and does what the plan says.
    pub fn following(
        &self,
        out: &mut dyn Write,
        parent: &str,
        site: &Site<'_>,
        plan: &Plan,
        progress: &Progress,
    ) -> Result<(), FeedError> {
        self.head(out)?;
        writeln!(out, "from {parent}")?;
        // Removals come first: a file may stand where there was a folder, and the other way round.
        for path in &plan.removed {
            writeln!(out, "D {}", quoted(path))?;
        }
        for change in plan.sends() {
            file(out, site, &change.path, progress)?;
        }
        writeln!(out, "done")?;
        Ok(())
    }

    /// Writes a commit that follows none, with the whole site and what is kept of the branch.
    pub fn alone(
        &self,
        out: &mut dyn Write,
        site: &Site<'_>,
        kept: &[(String, String, String)],
        progress: &Progress,
    ) -> Result<(), FeedError> {
        self.head(out)?;
        for (path, mode, name) in kept {
            writeln!(out, "M {mode} {name} {}", quoted(path))?;
        }
        for (path, _) in site.files() {
            file(out, site, path, progress)?;
        }
        writeln!(out, "done")?;
        Ok(())
    }

    fn head(&self, out: &mut dyn Write) -> Result<(), FeedError> {
        writeln!(out, "commit {}", self.reference)?;
        writeln!(out, "committer {}", self.committer)?;
        writeln!(out, "data {}\n{}", self.message.len(), self.message)?;
        Ok(())
    }
}

fn file(out: &mut dyn Write, site: &Site<'_>, path: &str, progress: &Progress) -> Result<(), FeedError> {
    let bytes = site.read(path)?;
    writeln!(out, "M 100644 inline {}\ndata {}", quoted(path), bytes.len())?;
    out.write_all(&bytes)?;
    writeln!(out)?;
    progress.step();
    Ok(())
}

/// A path in quotes, as C has them.
fn quoted(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 2);
    out.push('"');
    for c in path.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
