//! Texts of the interface that a site brings: `i18n/LANG.ftl`.

use std::sync::Arc;

use comemo::Tracked;
use fluent_bundle::FluentResource;

use super::source::{self, Source};
use super::{unreadable, walk};
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, Text, nesting, rules, text};
use crate::model::strings::{self, OwnStrings};
use crate::model::{Loaded, language};
use crate::world::World;

/// Reads `i18n/`.
pub fn read(world: Tracked<'_, dyn World + '_>, before: Option<&Loaded>) -> Arc<OwnStrings> {
    let dir = SourcePath::new("i18n");
    let version = world.version(&dir);
    if let Some(before) = before.map(|before| &before.strings).filter(|before| before.version == version) {
        return before.clone();
    }
    let mut own = OwnStrings { version, ..OwnStrings::default() };
    for file in walk::flat_files(world, &dir, &mut own.found) {
        let tag = file.stem();
        if file.extension() != "ftl" || file.parent().as_ref() != Some(&dir) || !language::is_language(tag) {
            own.found.push(
                Diagnostic::warning(rules::UNKNOWN_DATA_FILE, Span::file(&file), format!("`{file}` is not read"))
                    .help("a file here is named by a language: `i18n/de.ftl`, `i18n/pt-BR.ftl`"),
            );
            continue;
        }
        match world.read(&file) {
            Ok(bytes) => {
                let Some((text, offset)) = source::decode(&file, &bytes, &mut own.found) else { continue };
                check(&Source::new(&file, text, offset), &mut own.found);
                let span = Span::new(&file, offset..offset + text.len());
                own.texts.insert(tag.to_lowercase().into(), Text { text: text.into(), span, verbatim: true });
            }
            Err(error) => own.found.push(unreadable(&file, &error)),
        }
    }
    for (tag, text) in &own.texts {
        let missing = own.missing(tag);
        if let Some(first) = missing.first().filter(|_| !language::is_translated(tag)) {
            let message = format!("{} of the texts of the interface are missing, `{first}` first", missing.len());
            own.found.push(
                Diagnostic::error(rules::UNTRANSLATED_LANGUAGE, Span::file(&text.span.file), message)
                    .help(format!("`expound i18n {tag}` prints all of them, those that you have as you have them")),
            );
        }
    }
    Arc::new(own)
}

/// Where the text of a key begins.
fn line_of(text: &str, key: &str) -> usize {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let has_key = |at: &usize| {
        let rest = text.get(*at..).and_then(|line| line.strip_prefix(key));
        rest.is_some_and(|rest| rest.trim_start_matches(' ').starts_with('='))
    };
    starts.into_iter().find(has_key).unwrap_or(0)
}

/// What is wrong within a file.
fn check(source: &Source<'_>, out: &mut Diagnostics) {
    // As it is, and as Fluent's escapes write it.
    for nul in ["\0", r"\u0000", r"\U000000"] {
        for (at, found) in source.text.match_indices(nul) {
            let fault = source.fault(at..at + found.len(), "a character of the code 0 may not stand in texts");
            out.push(fault.help("delete it"));
        }
    }
    if let Some(at) = nesting::too_many(source.text) {
        let message = format!("more than {} `{{` and `(` are opened in this file", nesting::MOST_OPEN);
        out.push(source.fault(at..at + 1, message).help("write fewer texts, or simpler ones"));
        return;
    }
    let texts = match FluentResource::try_new(source.text.to_owned()) {
        Ok(texts) => texts,
        Err((texts, errors)) => {
            for error in errors {
                let start = source.boundary(error.pos.start);
                let end = source.boundary(error.pos.end.min(source.text.len())).max(start);
                out.push(
                    source
                        .fault(start..end, error.kind.to_string())
                        .help("a text is written `key = words`; further lines of it are indented"),
                );
            }
            texts
        }
    };
    let wanted = strings::wanted();
    for (key, variables) in strings::uses(&texts) {
        let at = line_of(source.text, &key);
        let span = || source.span(at..at + key.len());
        let Some(known) = wanted.get(key.as_str()) else {
            // Any other key is for templates of the site's own, unless it was probably meant as one of these.
            if let Some(near) = text::did_you_mean(&key, wanted.keys().copied()) {
                let message = format!("no text of the interface has the key `{key}`");
                out.push(
                    Diagnostic::warning(rules::UNKNOWN_KEY, span(), message).help(format!("did you mean `{near}`?")),
                );
            }
            continue;
        };
        for unknown in variables.difference(known) {
            let message = format!("the text `{key}` is given no `${unknown}`");
            let help = match known.is_empty() {
                true => "it is given nothing".to_owned(),
                false => format!("it is given `${}`", known.iter().cloned().collect::<Vec<_>>().join("`, `$")),
            };
            out.push(Diagnostic::error(rules::UNKNOWN_REFERENCE, span(), message).help(help));
        }
    }
}
