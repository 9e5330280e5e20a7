//! Texts of the interface: those that the program has, and those that a site brings in `i18n/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::language;
use crate::base::{Diagnostics, Text, Version, nesting};

/// The languages that the program speaks, by code, each with its texts (Fluent). English is complete.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("ar", include_str!("../render/i18n/ar.ftl")),
    ("de", include_str!("../render/i18n/de.ftl")),
    ("en", include_str!("../render/i18n/en.ftl")),
    ("es", include_str!("../render/i18n/es.ftl")),
    ("fr", include_str!("../render/i18n/fr.ftl")),
    ("ja", include_str!("../render/i18n/ja.ftl")),
];

/// Texts that are read from a file, parsed. A faulty one is left out; all of them, if there are too many to be read.
pub fn parse(text: &str) -> Arc<FluentResource> {
    let text = if nesting::too_many(text).is_none() { text } else { "" };
    Arc::new(FluentResource::try_new(text.to_owned()).unwrap_or_else(|(texts, _)| texts))
}

/// What is in `i18n/`.
#[derive(Clone, Debug, Default)]
pub struct OwnStrings {
    /// The state of the folder that this was read from.
    pub version: Version,
    /// The texts of each language, by its tag in lower case.
    pub texts: BTreeMap<Arc<str>, Text>,
    /// What is wrong with them.
    pub found: Diagnostics,
}

impl PartialEq for OwnStrings {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl Eq for OwnStrings {}

impl std::hash::Hash for OwnStrings {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.texts.hash(state);
    }
}

impl OwnStrings {
    /// The texts for a language tag: those of exactly this tag, then those of the language.
    pub fn of(&self, tag: &str) -> impl Iterator<Item = (&str, &Text)> {
        let tag = tag.to_lowercase();
        let primary = language::primary(&tag);
        let both = [Some(tag.clone()).filter(|tag| *tag != primary), Some(primary)];
        both.into_iter()
            .flatten()
            .filter_map(|tag| self.texts.get_key_value(tag.as_str()))
            .map(|(tag, text)| (&**tag, text))
    }

    /// The texts that a language lacks, built-in ones counted; all of them for a language that nobody has written.
    pub fn missing(&self, tag: &str) -> Vec<&'static str> {
        if language::is_translated(tag) {
            return Vec::new();
        }
        let own: BTreeSet<String> = self.of(tag).flat_map(|(_, text)| keys(&parse(text))).collect();
        wanted().keys().filter(|key| !own.contains(**key)).copied().collect()
    }
}

/// The keys of some texts.
pub fn keys(texts: &FluentResource) -> Vec<String> {
    messages(texts).map(|(key, _)| key.to_owned()).collect()
}

fn messages(texts: &FluentResource) -> impl Iterator<Item = (&str, Option<&Pattern<&str>>)> {
    texts.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message.value.as_ref())),
        _ => None,
    })
}

/// Every text that the interface needs, by key, with the names of its variables.
pub fn wanted() -> &'static BTreeMap<&'static str, BTreeSet<String>> {
    static WANTED: LazyLock<BTreeMap<&'static str, BTreeSet<String>>> = LazyLock::new(|| {
        static ENGLISH: LazyLock<Arc<FluentResource>> =
            LazyLock::new(|| parse(BUILT_IN.iter().find(|(code, _)| *code == "en").map_or("", |(_, text)| text)));
        messages(&ENGLISH).map(|(key, pattern)| (key, pattern.map(variables).unwrap_or_default())).collect()
    });
    &WANTED
}

/// The keys of some texts with the variables that each uses.
pub fn uses(texts: &FluentResource) -> Vec<(String, BTreeSet<String>)> {
    messages(texts).map(|(key, pattern)| (key.to_owned(), pattern.map(variables).unwrap_or_default())).collect()
}

/// The names of the variables in a text.
fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    in_pattern(pattern, &mut out);
    out
}

fn in_pattern(pattern: &Pattern<&str>, out: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => in_inline(inline, out),
            Expression::Select { selector, variants } => {
                in_inline(selector, out);
                variants.iter().for_each(|variant| in_pattern(&variant.value, out));
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, out: &mut BTreeSet<String>) {
    let arguments = |arguments: &CallArguments<&str>, out: &mut BTreeSet<String>| {
        arguments.positional.iter().for_each(|argument| in_inline(argument, out));
    };
    match inline {
        InlineExpression::VariableReference { id } => drop(out.insert(id.name.to_owned())),
        InlineExpression::FunctionReference { arguments: given, .. } => arguments(given, out),
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = &**expression {
                in_inline(inner, out);
            }
        }
        _ => {}
    }
}
