//! Rules about addresses: path-collision and reserved-name.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, url};
use crate::model::{Explainer, Layout};

use super::CheckInput;
use super::scope::sections;

/// Folders that the program makes below every explainer.
const OWN_FOLDERS: [&str; 7] = ["terms", "timeline", "compare", "sources", "changes", "data", "embed"];

/// Files that the program may make below every explainer.
const OWN_FILES: [&str; 6] = ["index.html", "index.md", "feed.xml", "llms.txt", "cite.bib", "cite.csl.json"];

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Something of the content that wants an address.
struct Claim {
    /// The site path, or for a place on a shared page the page and the id.
    path: String,
    /// True for a file, whose case many systems don't look at; false for a place on a page.
    is_file: bool,
    /// Where it is defined.
    span: Span,
    /// What it is: "the section `x`".
    what: String,
}

/// Looks at every address that the content asks for.
pub fn check(input: &CheckInput<'_>, out: &mut Diagnostics) {
    let site = input.site;
    let mut claims = Vec::new();
    for explainer in &site.explainers {
        claim(explainer, &mut claims);
        check_names(input, explainer, out);
    }
    for file in &site.static_files.paths {
        if let Some(path) = file.strip_prefix(&SourcePath::new("static")) {
            let what = format!("the file `{file}`");
            claims.push(Claim { path: path.to_owned(), is_file: true, span: Span::file(file), what });
            check_file_name(input, file, path, path, out);
        }
    }
    check_collisions(input, &claims, out);
}

/// The addresses that an explainer asks for.
fn claim(explainer: &Explainer, claims: &mut Vec<Claim>) {
    let base = &*explainer.path;
    let span = match &explainer.index {
        Some(index) => Span::file(&index.body.file),
        None => Span::file(&explainer.dir),
    };
    claims.push(Claim {
        path: format!("{base}index.html"),
        is_file: true,
        span,
        what: format!("the page of `{}`", explainer.dir),
    });
    for section in &explainer.sections {
        let path = match explainer.layout() {
            Layout::Cards => format!("{base}{}/index.html", section.slug),
            Layout::Scroll => format!("{base}#{}", section.slug),
        };
        let what = format!("the section `{}`", section.file);
        let is_file = explainer.layout() == Layout::Cards;
        claims.push(Claim { path, is_file, span: section.span.clone(), what });
    }
    if explainer.layout() == Layout::Scroll {
        // Ids that authors write stand on the page as they are, whatever section they are in.
        for section in sections(explainer) {
            for heading in section.body.headings().filter(|heading| heading.explicit) {
                let what = format!("the heading `{}` of `{}`", heading.text, section.file);
                claims.push(Claim {
                    path: format!("{base}#{}", heading.id),
                    is_file: false,
                    span: section.locate(heading.at),
                    what,
                });
            }
        }
    }
    for comparison in &explainer.own.comparisons {
        let path = format!("{base}compare/{}/index.html", comparison.head.id);
        let what = format!("the comparison `{}`", comparison.head.id);
        claims.push(Claim { path, is_file: true, span: comparison.head.span.clone(), what });
    }
    for asset in explainer.assets.iter() {
        if let Some(path) = explainer.asset_path(asset) {
            claims.push(Claim { path, is_file: true, span: Span::file(asset), what: format!("the file `{asset}`") });
        }
    }
    for alias in explainer.index.iter().flat_map(|index| &index.meta.aliases) {
        let path = alias.trim_matches('/');
        let path = match path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
            true => path.to_owned(),
            false if path.is_empty() => "index.html".to_owned(),
            false => format!("{path}/index.html"),
        };
        claims.push(Claim {
            path,
            is_file: true,
            span: alias.span.clone(),
            what: format!("the old address `{alias}`"),
        });
    }
}

/// A path as a careless file system sees it: case and Unicode form make no difference.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

fn check_collisions(input: &CheckInput<'_>, claims: &[Claim], out: &mut Diagnostics) {
    let mut by_path: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        let key = if claim.is_file { folded(&claim.path) } else { claim.path.clone() };
        by_path.entry(key).or_default().push(claim);
    }
    for rivals in by_path.values() {
        let Some((first, rest)) = rivals.split_first() else { continue };
        for second in rest.iter().filter(|second| second.what != first.what) {
            let (how, help) = match second.path == first.path {
                true => ("want the same address".to_owned(), "give one of them another name, `slug` or id".to_owned()),
                false => {
                    let how = difference(&second.path, &first.path);
                    let help = match how {
                        BY_CASE => "rename one of them; many file systems and hosts take such names for one".to_owned(),
                        _ => format!(
                            "rename one of them: one is `{}`, the other `{}`",
                            bare(&first.path),
                            bare(&second.path)
                        ),
                    };
                    (format!("have addresses that differ only by {how}"), help)
                }
            };
            let message = format!("{} and {} {how}, `/{}`", second.what, first.what, shown(&second.path));
            out.push(
                Diagnostic::error(rules::PATH_COLLISION, second.span.clone(), message)
                    .label(first.span.clone(), "the other one")
                    .help(help),
            );
        }
    }
    // What the program makes by itself, where only case or Unicode form tells it from what the content asks for.
    for page in input.made {
        let Some(rivals) = by_path.get(&folded(page)) else { continue };
        for rival in rivals.iter().filter(|_| rivals.iter().all(|rival| rival.path != **page)) {
            let how = difference(&rival.path, page);
            let message =
                format!("{} has an address that differs from the site's own `/{page}` only by {how}", rival.what);
            out.push(
                Diagnostic::error(rules::PATH_COLLISION, rival.span.clone(), message)
                    .help("rename it; many file systems and hosts take such names for one"),
            );
        }
    }
}

const BY_CASE: &str = "upper and lower case";

/// A path with the letters that have several forms written as code points.
fn bare(path: &str) -> String {
    path.chars().map(|c| if c.is_ascii() { c.to_string() } else { c.escape_unicode().to_string() }).collect()
}

/// In what two paths differ that fold to one.
fn difference(a: &str, b: &str) -> &'static str {
    match a.nfc().eq(b.nfc()) {
        true => "the Unicode form of their letters",
        false => BY_CASE,
    }
}

fn shown(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}

fn check_names(input: &CheckInput<'_>, explainer: &Explainer, out: &mut Diagnostics) {
    if explainer.layout() == Layout::Cards {
        for section in &explainer.sections {
            if OWN_FOLDERS.contains(&&*section.slug.to_lowercase()) {
                let message =
                    format!("the section's address `/{}{}/` is one the site needs", explainer.path, section.slug);
                out.push(
                    Diagnostic::error(rules::RESERVED_NAME, section.span.clone(), message)
                        .help("rename the file, or give it another `slug` in front matter"),
                );
            }
            check_part(&section.slug, &section.span, out);
        }
    }
    let name = explainer.path.trim_end_matches('/');
    let name = name.rsplit('/').next().unwrap_or_default();
    if explainer.parent.is_some() {
        let span = explainer.index.as_ref().map_or_else(|| Span::file(&explainer.dir), |i| Span::file(&i.body.file));
        if OWN_FOLDERS.contains(&&*name.to_lowercase()) {
            let message = format!("the explainer's address `/{}` is one the site needs", explainer.path);
            let found = Diagnostic::error(rules::RESERVED_NAME, span.clone(), message);
            out.push(found.help(format!("rename the folder `{}`", explainer.dir)));
        }
        check_part(name, &span, out);
    }
    for alias in explainer.index.iter().flat_map(|index| &index.meta.aliases) {
        if url::leaves_site(alias) || alias.split('/').any(|part| part == ".." || part == ".") {
            let message = format!("the old address `{alias}` is not a path on the site");
            out.push(
                Diagnostic::error(rules::BAD_VALUE, alias.span.clone(), message)
                    .help("write it from the root of the site, as `/old/page/`"),
            );
        } else {
            alias.split('/').for_each(|part| check_part(part, &alias.span, out));
        }
    }
    for asset in explainer.assets.iter() {
        if let (Some(path), Some(whole)) = (asset.strip_prefix(&explainer.dir), explainer.asset_path(asset)) {
            check_file_name(input, asset, path, &whole, out);
        }
    }
    for comparison in &explainer.own.comparisons {
        check_part(&comparison.head.id, &comparison.head.span, out);
    }
}

/// A file of the content at `path` below its explainer, at `whole` on the site.
fn check_file_name(input: &CheckInput<'_>, file: &SourcePath, path: &str, whole: &str, out: &mut Diagnostics) {
    let span = Span::file(file);
    if OWN_FILES.contains(&&*path.to_lowercase()) || input.made.contains(whole) {
        let message = format!("`{path}` is a file that the site makes by itself");
        out.push(Diagnostic::error(rules::RESERVED_NAME, span.clone(), message).help("rename the file"));
    }
    for part in path.split('/') {
        check_part(part, &span, out);
    }
}

/// One part of an address: no file system may choke on it.
fn check_part(part: &str, span: &Span, out: &mut Diagnostics) {
    if let Some(problem) = problem(part) {
        let message = format!("`{part}` {problem}");
        out.push(
            Diagnostic::error(rules::RESERVED_NAME, span.clone(), message)
                .help("rename it, so that the site can be copied to any computer"),
        );
    }
}

/// What some file systems have against a name.
fn problem(part: &str) -> Option<String> {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            let mut rest = rest.chars();
            matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    if DEVICES.contains(&&*stem) || numbered("com") || numbered("lpt") {
        return Some("is the name of a device on Windows".to_owned());
    }
    if part.ends_with('.') || part.ends_with(' ') {
        return Some("ends in a dot or a space, which Windows drops".to_owned());
    }
    if let Some(c) = part.chars().find(|c| matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\\')) {
        return Some(format!("has a `{c}` in it, which no name on Windows may have"));
    }
    if part.chars().any(char::is_control) {
        return Some("has a control character in it".to_owned());
    }
    if part.len() > 255 {
        return Some("is longer than the 255 bytes that file systems allow".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{folded, problem};

    #[test]
    fn names_that_windows_refuses() {
        for bad in ["con", "NUL.txt", "Com1", "lpt9.tar.gz", "a.", "a ", "a:b", "what?.png", "a\\b", "a\tb", "aux .txt"]
        {
            assert!(problem(bad).is_some(), "{bad:?}");
        }
        for good in ["console", "com10", "com", "a.b", "é", "中文", "a b.png", "null", ""] {
            assert!(problem(good).is_none(), "{good:?}");
        }
        assert!(problem(&"x".repeat(256)).is_some());
    }

    #[test]
    fn case_and_form_fold() {
        assert_eq!(folded("Caf\u{e9}"), folded("cafe\u{301}"));
        assert_ne!(folded("cafe"), folded("caf\u{e9}"));
    }
}
