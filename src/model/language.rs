//! Languages, as far as what a site says depends on them.

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
