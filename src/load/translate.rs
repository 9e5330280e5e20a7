//! The same folders in another language: its texts where there are any, the original ones where not.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use comemo::Tracked;
use rayon::prelude::*;

use super::assemble::{Above, Builder, Manner};
use super::{Read, charts, text, validate};
use crate::base::hash::short_hash;
use crate::base::text::Patience;
use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, Text, rules};
use crate::model::*;
use crate::world::World;

/// A folder in `language`. `original` is the same folder as it was written, `before` the translated one in the build
/// before.
pub fn folder(
    world: Tracked<'_, dyn World + '_>,
    original: &Arc<Folder>,
    language: &Arc<str>,
    before: Option<&Arc<Folder>>,
    above: &Above<'_>,
    manner: &Manner<'_>,
) -> Arc<Folder> {
    if let Some(before) = before.filter(|before| above.same && before.version == original.version) {
        return before.clone();
    }
    let options =
        text::TextOptions { language: language.clone(), translation: Some(language.clone()), ..manner.text.clone() };
    let files = original.translations.get(language).map_or(&[][..], |files| files);
    let mut translator = Translator {
        world,
        builder: Builder { drafts: manner.options.drafts, found: Diagnostics::new(), patience: Patience::default() },
        language,
        files: files.par_iter().map(|file| (file, super::read(world, file, &options))).collect(),
        from: original_language(original, manner),
        unread: false,
    };
    let index = translator.index(original);
    let sections = if index.is_some() { translator.sections(original) } else { Vec::new() };
    let Translator { mut builder, unread, .. } = translator;
    let data: Vec<Read> =
        original.data.par_iter().map(|file| super::read_data(world, file, &options, Some(language))).collect();
    let records = builder.records(&data, above.changes);
    let records = match before {
        Some(before) if *before.records == records => before.records.clone(),
        _ => Arc::new(records),
    };
    let mut changes: BTreeSet<Id> = above.changes.clone();
    changes.extend(records.changes.iter().map(|change| change.head.id.clone()));
    let same = before.is_some_and(|before| before.records == records);
    let below = Above { changes: &changes, same: above.same && same };
    let known: HashMap<&SourcePath, &Arc<Folder>> =
        before.iter().flat_map(|before| &before.children).map(|child| (&child.dir, child)).collect();
    let children = original.children.par_iter().filter(|child| child.languages.contains(language));
    let children = children.map(|child| folder(world, child, language, known.get(&child.dir).copied(), &below, manner));
    let children = children.filter(|child| says_anything(child)).collect();
    // What is wrong with the data is said of the original.
    builder.found.retain(|finding| !original.found.contains(finding));
    Arc::new(Folder {
        version: original.version,
        dir: original.dir.clone(),
        index,
        sections,
        records,
        // They stand where the original has them.
        assets: Arc::default(),
        images: Arc::default(),
        children,
        unread,
        data: original.data.clone(),
        translations: Arc::default(),
        languages: Arc::default(),
        found: builder.found,
    })
}

/// False for a folder of which all translations are drafts.
pub fn says_anything(folder: &Folder) -> bool {
    folder.unread || folder.index.is_some() || !folder.children.is_empty()
}

/// Says so, at the first text in a language, if the interface doesn't speak it.
pub fn spoken(root: &Folder, language: &Arc<str>, options: &text::TextOptions, out: &mut Diagnostics) {
    if root.translations.contains_key(language) {
        let span = Span::file(&root.dir.join(&format!("index.{language}.md")));
        let tag = Text { text: language.clone(), span, verbatim: false };
        validate::translated(&tag, |tag| options.speaks(tag), out);
    } else if let Some(child) = root.children.iter().find(|child| child.languages.contains(language)) {
        spoken(child, language, options, out);
    }
}

/// The language of a folder's own texts.
fn original_language(folder: &Folder, manner: &Manner<'_>) -> Arc<str> {
    let own = folder.index.as_ref().and_then(|index| index.meta.language.clone());
    own.unwrap_or_else(|| manner.text.language.clone())
}

struct Translator<'a> {
    world: Tracked<'a, dyn World + 'a>,
    builder: Builder,
    language: &'a Arc<str>,
    files: Vec<(&'a SourcePath, Read)>,
    /// The language of the original.
    from: Arc<str>,
    unread: bool,
}

impl Translator<'_> {
    /// The translation of a text; `None` if there is none, or it can't be read.
    fn of(&mut self, original: &SourcePath) -> Option<(Option<ExplainerMeta>, Arc<Section>)> {
        let wanted = language::translation(original, self.language)?;
        let at = self.files.iter().position(|(file, _)| **file == wanted)?;
        let (_, read) = self.files.swap_remove(at);
        self.unread |= read.failed();
        let (meta, section) = self.builder.text(&read)?;
        let section = charts::complete(self.world, section, &mut self.builder.found);
        (self.builder.drafts || !section.draft).then_some((meta, section))
    }

    fn index(&mut self, original: &Folder) -> Option<Index> {
        let name = original.dir.join("index.md");
        let (meta, body) = self.of(&name)?;
        let mut meta = meta?;
        if let Some(index) = &original.index {
            self.mark(&body, &index.body);
            inherit(&mut meta, &index.meta);
        }
        meta.language = Some(self.language.clone());
        Some(Index { meta, body })
    }

    /// The sections in the order of the original, and those that only this language has.
    fn sections(&mut self, original: &Folder) -> Vec<Arc<Section>> {
        let mut out = Vec::new();
        let mut missing: Vec<&Arc<Section>> = Vec::new();
        for section in &original.sections {
            let Some((_, own)) = self.of(&section.file) else {
                missing.push(section);
                out.push(Arc::new(section.foreign(&self.from)));
                continue;
            };
            self.mark(&own, section);
            let mut own = (*own).clone();
            own.order = section.order;
            // An address that the original has written holds in every language, unless this one has its own.
            if own.span == Span::file(&own.file) {
                own.slug = section.slug.clone();
            }
            out.push(Arc::new(own));
        }
        for (_, read) in std::mem::take(&mut self.files) {
            self.unread |= read.failed();
            let section = self.builder.text(&read).map(|(_, section)| section);
            let section = section.filter(|section| self.builder.drafts || !section.draft);
            out.extend(section.map(|section| charts::complete(self.world, section, &mut self.builder.found)));
        }
        out.sort_by_cached_key(|s| (s.order.is_none(), s.order, s.original(Some(self.language))));
        if let Some(first) = missing.first() {
            self.builder.found.push(untranslated(&missing, first, self.language));
        }
        out
    }

    /// Holds a translation against the text that it says it was made from.
    fn mark(&mut self, own: &Section, original: &Section) {
        let now = mark(original);
        match &own.translates {
            Some(was) if **was == *now => {}
            Some(was) => self.builder.found.push(stale(was, &now, original)),
            None => self.builder.found.push(
                Diagnostic::warning(
                    rules::UNMARKED_TRANSLATION,
                    Span::file(&own.file),
                    format!("the translation doesn't say which `{}` it was made from", original.file.name()),
                )
                .help(format!("if it says what that says today, write `translates = \"{now}\"` in its front matter")),
            ),
        }
    }
}

/// A word for a text as it is: another text has another.
fn mark(section: &Section) -> String {
    let standfirst = section.standfirst.as_ref().map_or("", |standfirst| &standfirst.source.text);
    short_hash(format!("{}\0{standfirst}\0{}", section.title, section.source.trim()).as_bytes(), 8)
}

fn stale(was: &Text, now: &str, original: &Section) -> Diagnostic {
    Diagnostic::warning(
        rules::STALE_TRANSLATION,
        was.span.clone(),
        format!("`{}` has changed since it was translated", original.file),
    )
    .help(format!("bring the translation up to date, then write `translates = \"{now}\"`"))
}

fn untranslated(missing: &[&Arc<Section>], first: &Section, language: &str) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|section| format!("`{}`", section.file.name())).collect();
    let file = language::translation(&first.file, language).unwrap_or_else(|| first.file.clone());
    let (what, verb) = if names.len() == 1 { ("section", "is") } else { ("sections", "are") };
    Diagnostic::warning(
        rules::UNTRANSLATED,
        Span::file(&first.file),
        format!("the {what} {} {verb} not translated into `{language}`", names.join(", ")),
    )
    .help(format!("write `{}`; until then readers get the original, marked as such", file.name()))
}

/// What a translation doesn't say is as in the original.
fn inherit(meta: &mut ExplainerMeta, original: &ExplainerMeta) {
    // A layout is not a matter of language.
    meta.layout = original.layout;
    meta.order = original.order;
    meta.draft |= original.draft;
    meta.published = meta.published.take().or(original.published);
    meta.updated = meta.updated.take().or(original.updated);
    meta.image = meta.image.take().or_else(|| original.image.clone());
    if meta.authors.is_empty() {
        meta.authors.clone_from(&original.authors);
    }
    if meta.key_facts.is_empty() {
        meta.key_facts.clone_from(&original.key_facts);
    }
    if meta.tags.is_empty() {
        meta.tags.clone_from(&original.tags);
    }
    meta.slug = meta.slug.take().or_else(|| original.slug.clone());
}
