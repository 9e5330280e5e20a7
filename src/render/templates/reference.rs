//! What the built-in templates say of themselves, and the part of `docs/templates.md` that is about one of them.

/// `docs/templates.md`, which a test makes from the templates and the views.
static REFERENCE: &str = include_str!("../../../docs/templates.md");

/// The comment a template begins with.
fn comment(text: &str) -> &str {
    let Some(comment) = text.trim_start().strip_prefix("{#") else { return "" };
    comment.split("#}").next().unwrap_or_default().trim_matches('-').trim()
}

/// What a template is: the first sentence of the comment it begins with.
pub fn about(text: &str) -> &str {
    let text = comment(text);
    let first = text.split_once("Given:").map_or(text, |(first, _)| first);
    let line = first.lines().next().unwrap_or_default().trim();
    // A full stop between backticks ends nothing.
    let ends = line.match_indices(". ").map(|(at, _)| at);
    let end = ends.into_iter().find(|at| line.get(..*at).is_some_and(|before| before.matches('`').count() % 2 == 0));
    end.and_then(|at| line.get(..at)).unwrap_or(line).trim_end_matches(['.', '-']).trim_end()
}

/// The variables that a template is given, by the comment it begins with, each with the remark in parentheses after it.
pub fn given(text: &str) -> Vec<(&str, &str)> {
    let Some((_, rest)) = comment(text).split_once("Given:") else { return Vec::new() };
    let list = rest.split_once("Blocks:").map_or(rest, |(list, _)| list);
    let mut parts = list.split('`').skip(1);
    let mut out = Vec::new();
    while let Some(name) = parts.next() {
        let after = parts.next().unwrap_or_default();
        out.push((name, after.trim_start().strip_prefix('(').and_then(|r| r.split_once(')')).map_or("", |(r, _)| r)));
    }
    out
}

/// The blocks that a template which builds on this one may replace, with what they hold.
pub fn blocks(text: &str) -> Vec<(&str, &str)> {
    let Some((_, rest)) = comment(text).split_once("Blocks:") else { return Vec::new() };
    rest.lines().filter_map(|line| line.trim().strip_prefix('`')?.split_once("`: ")).collect()
}

/// What a template is given, in full: its part of the reference, and the views that it leads to. `None` if there is no
/// such template.
pub fn view(template: &str) -> Option<String> {
    let mut titles = vec![format!("`{template}`")];
    let mut out = String::new();
    let mut done = 0;
    while let Some(title) = titles.get(done).cloned() {
        done += 1;
        let Some(part) = part(&title) else { continue };
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(part);
        for link in part.lines().filter(|line| line.starts_with('|')).flat_map(links) {
            if !titles.iter().any(|known| known == link) {
                titles.push(link.to_owned());
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The part of the reference under a heading of the third level.
fn part(title: &str) -> Option<&'static str> {
    let heading = format!("### {title}\n");
    let start = REFERENCE.find(&format!("\n{heading}"))? + 1;
    let rest = REFERENCE.get(start..)?;
    let after = rest.get(heading.len()..)?;
    let end = ["\n### ", "\n## "].into_iter().filter_map(|next| after.find(next)).min().unwrap_or(after.len());
    rest.get(..heading.len() + end)
}

/// The texts of the links in a line that lead to another part of the page.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("](#").filter_map(|(at, _)| line.get(..at)?.rsplit_once('[').map(|(_, text)| text))
}
