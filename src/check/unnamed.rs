//! Files beside the text that nothing names: unused-file. They are on the site all the same, to be found by anybody who
//! guesses their address.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, url};
use crate::model::doc::Part;
use crate::model::links::{LinkTarget, resolve};
use crate::model::{Block, Explainer, Picture, Section, Site};

use super::CheckInput;
use super::blocks::blocks;
use super::scope::{Home, passages, sections};

/// More files than this of one folder are reported together.
const EACH: usize = 4;

const HELP: &str = "the site has it all the same, with all that it says of itself: take it out of `content` unless \
    readers may have it; what is meant to be there without a link belongs into `static`";

/// Reports the files that are copied and that no text, no data, no setting and no template names.
pub fn check(input: &CheckInput<'_>, out: &mut Diagnostics) {
    let site = input.site;
    let mut left: BTreeSet<&SourcePath> = site.explainers.iter().flat_map(|e| e.assets.iter()).collect();
    // What could not be read may name any of them.
    if left.is_empty() || !input.unread.is_empty() {
        return;
    }
    let each = site.explainers.par_iter().map(|explainer| named(site, explainer));
    let mut words = HashSet::new();
    for (files, more) in each.collect::<Vec<_>>() {
        files.iter().for_each(|file| {
            left.remove(file);
        });
        words.extend(more);
    }
    let settings = &site.settings;
    let logos = [settings.publisher.as_ref().and_then(|p| p.logo.as_ref()), settings.theme.logo.as_ref()];
    if let Some(root) = site.explainers.first() {
        for logo in logos.into_iter().flatten() {
            if let LinkTarget::File(_, file) = resolve(site, root, None, &settings.span.file, logo) {
                left.remove(&file);
            }
        }
    }
    let own = site.templates.texts.iter().chain(&site.static_files.theme);
    own.for_each(|(_, text)| note(text, &mut words));
    // Of those that look like data loading has said so.
    let like_data = |file: &SourcePath| matches!(file.extension().as_str(), "toml" | "yaml" | "yml" | "bib");
    let mut lost: BTreeMap<SourcePath, Vec<&SourcePath>> = BTreeMap::new();
    for file in left.into_iter().filter(|file| !words.contains(file.name()) && !like_data(file)) {
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

/// The files that an explainer's texts and records name, and the words of what is not read closer.
fn named(site: &Site, explainer: &Explainer) -> (Vec<SourcePath>, HashSet<String>) {
    let (mut files, mut words) = (Vec::new(), HashSet::new());
    let mut target = |section: Option<&Section>, from: &SourcePath, address: &str| {
        if let LinkTarget::File(_, file) = resolve(site, explainer, section, from, address) {
            files.push(file);
        }
    };
    for passage in passages(explainer) {
        let section = match passage.home {
            Home::Section(section) => Some(section),
            Home::Prose(_) | Home::FactNote(_) => None,
        };
        for part in passage.doc.all_parts() {
            match part {
                Part::LinkStart(link) => target(section, passage.file(), &link.href),
                Part::Image(image) => target(section, passage.file(), &image.src),
                Part::RawHtml(html, ..) => note(html, &mut words),
                _ => {}
            }
        }
    }
    let pictures = explainer.own.events.iter().filter_map(|event| event.image.as_ref());
    let leading = explainer.index.iter().filter_map(|index| index.meta.image.as_ref());
    for Picture { src, .. } in pictures.chain(leading) {
        target(None, &src.span.file, src);
    }
    for section in sections(explainer) {
        for (_, block) in blocks(section) {
            match block {
                Block::Chart(chart) => chart.file.iter().for_each(|file| {
                    words.insert(SourcePath::new(file).name().to_owned());
                }),
                Block::Component(_, options) => note(options, &mut words),
                _ => {}
            }
        }
    }
    (files, words)
}

/// The words that may be names of files: those between signs that stand around addresses, with and without spaces.
fn note(text: &str, words: &mut HashSet<String>) {
    let around = |c: char| matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | '=' | '/' | '\\' | '?' | '#' | ',' | '\n');
    for part in text.split(around) {
        for word in std::iter::once(part.trim()).chain(part.split_whitespace()).filter(|word| word.contains('.')) {
            words.insert(url::decode(&word.replace("&amp;", "&")));
        }
    }
}
