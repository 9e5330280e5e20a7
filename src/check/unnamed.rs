//! Files beside the text that nothing names: unused-file. They are on the site all the same, to be found by anybody who
//! guesses their address.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, url};

use super::CheckInput;

/// More files than this of one folder are reported together.
const EACH: usize = 4;

/// The names of data files, without their endings.
const RECORDS: [&str; 11] = [
    "terms",
    "editions",
    "states",
    "effects",
    "parties",
    "events",
    "eras",
    "sources",
    "facts",
    "comparisons",
    "changes",
];

const HELP: &str = "it is published all the same, with what is hidden in it (authors, places, earlier versions): take it out \
    of `content` unless readers may have it; what is meant to be there without a link belongs into `static`";

/// Reports the files that are copied and that no text, no data, no setting and no template names.
pub fn check(input: &CheckInput<'_>, out: &mut Diagnostics) {
    let site = input.site;
    let mut left: BTreeSet<&SourcePath> = site.explainers.iter().flat_map(|e| e.assets.iter()).collect();
    // What could not be read may name any of them.
    if left.is_empty() || !input.unread.is_empty() {
        return;
    }
    let shown = site.shown();
    left.retain(|file| !shown.images.contains_key(*file) && !shown.wanted.contains(*file));
    if left.is_empty() {
        return;
    }
    let words = words(&shown.names);
    // Of those beside a text that look like data loading has said so.
    let beside: BTreeSet<&SourcePath> = site.explainers.iter().map(|explainer| &explainer.dir).collect();
    let data = |file: &SourcePath| matches!(file.extension().as_str(), "toml" | "yaml" | "yml" | "bib");
    let like_data = |file: &SourcePath| data(file) && file.parent().is_some_and(|dir| beside.contains(&dir));
    let mut lost: BTreeMap<SourcePath, Vec<&SourcePath>> = BTreeMap::new();
    for file in left.into_iter().filter(|file| !words.contains(file.name()) && !like_data(file)) {
        let records = data(file) || RECORDS.contains(&file.stem()) && matches!(&*file.extension(), "csv" | "json");
        if records {
            let message = format!("`{}` is not read: no text stands in its folder", file.name());
            out.push(
                Diagnostic::warning(rules::UNUSED_FILE, Span::file(file), message)
                    .help("data files stand beside an `index.md`: move it there"),
            );
            continue;
        }
        lost.entry(file.parent().unwrap_or_else(|| SourcePath::new(""))).or_default().push(file);
    }
    for (folder, files) in lost {
        let mut warn = |at: &SourcePath, message: String| {
            out.push(Diagnostic::warning(rules::UNUSED_FILE, Span::file(at), message).help(HELP));
        };
        match files.as_slice() {
            [first, .., last] if files.len() > EACH => {
                let message =
                    format!("no page names {} of the files, `{}` to `{}`", files.len(), first.name(), last.name());
                warn(&folder, message);
            }
            files => files.iter().for_each(|file| warn(file, format!("no page names `{}`", file.name()))),
        }
    }
}

/// The words of a text that may be names of files: those between signs that stand around addresses, with and without
/// spaces.
fn words(text: &str) -> HashSet<String> {
    let around = |c: char| matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | '=' | '/' | '\\' | '?' | '#' | ',' | '\n');
    let parts = text.split(around).flat_map(|part| std::iter::once(part.trim()).chain(part.split_whitespace()));
    parts.filter(|word| word.contains('.')).map(|word| url::decode(&word.replace("&amp;", "&"))).collect()
}
