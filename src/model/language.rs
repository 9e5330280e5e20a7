//! Languages, as far as what a site says depends on them.

use crate::base::SourcePath;

/// The languages whose texts of the interface the program has, by code.
pub const TRANSLATED: [&str; 6] = ["ar", "de", "en", "es", "fr", "ja"];

/// The language of a tag (BCP 47), without script and region, in lower case: `de` of `de-AT`.
pub fn primary(tag: &str) -> String {
    tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// True if the interface speaks the language of a tag.
pub fn is_translated(tag: &str) -> bool {
    TRANSLATED.contains(&&*primary(tag))
}

/// True for a tag of a language that people speak: well formed, and known to CLDR.
pub fn is_language(tag: &str) -> bool {
    let plausible = tag.len() >= 2 && tag.is_ascii() && tag.split('-').next().is_some_and(|code| code.len() <= 3);
    let Ok(locale) = icu::locale::Locale::try_from_str(tag) else { return false };
    let mut id = locale.id;
    plausible && icu::locale::LocaleExpander::new_extended().maximize(&mut id) == icu::locale::TransformResult::Modified
}

/// The text that a translated one stands for: `10-terms.md` of `10-terms.de.md`.
pub fn original(file: &SourcePath, language: &str) -> Option<SourcePath> {
    let stem = file.stem().strip_suffix(language)?.strip_suffix('.')?;
    Some(file.parent().unwrap_or_else(|| SourcePath::new("")).join(&format!("{stem}.md")))
}

/// The file that has a text in another language: `10-terms.de.md` of `10-terms.md`.
pub fn translation(file: &SourcePath, language: &str) -> Option<SourcePath> {
    let stem = file.as_str().strip_suffix(".md")?;
    Some(SourcePath::new(&format!("{stem}.{language}.md")))
}

/// The language in a file's name: `de` of `10-terms.de.md`.
pub fn of_file(file: &SourcePath) -> Option<&str> {
    let (stem, tag) = file.stem().rsplit_once('.')?;
    (!stem.is_empty() && is_language(tag)).then_some(tag)
}

/// True for a language that is written from right to left.
pub fn runs_left(tag: &str) -> bool {
    let locale = icu::locale::Locale::try_from_str(tag).map(|locale| locale.id);
    locale.is_ok_and(|id| icu::locale::LocaleDirectionality::new_common().is_right_to_left(&id))
}
