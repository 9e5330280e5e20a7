//! What a host says of a file besides its content.

use serde::{Deserialize, Serialize};

use crate::shell::media::media_type;

/// The headers of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headers {
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: String,
}

/// For files whose names change with their content.
pub const FOREVER: &str = "public, max-age=31536000, immutable";
/// For all others: a browser may keep a copy, and asks each time whether it is still good.
pub const ASK: &str = "no-cache";

impl Headers {
    /// The headers of the file at `path`.
    pub fn of(path: &str) -> Self {
        let cache_control = if is_hashed(path) { FOREVER } else { ASK };
        Self { content_type: media_type(path), cache_control: cache_control.to_owned() }
    }
}

/// Whether the name of a file changes with its content: `assets/NAME.HASH.css`.
pub fn is_hashed(path: &str) -> bool {
    let Some(name) = path.strip_prefix("assets/") else { return false };
    let parts: Vec<&str> = name.rsplit('/').next().unwrap_or_default().split('.').collect();
    let hash = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    matches!(parts.as_slice(), [_, .., second, _] if hash(second))
}

/// The order in which files are sent: what a page needs comes before it, what announces it comes after.
pub fn rank(path: &str) -> u8 {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let announces = |name: &str| name.starts_with("feed") || name.starts_with("sitemap");
    match ending.as_str() {
        _ if path.starts_with("assets/") => 0,
        "css" | "js" | "mjs" | "woff" | "woff2" => 0,
        "svg" | "png" | "jpg" | "jpeg" | "webp" | "avif" | "gif" | "ico" | "mp4" | "webm" | "mp3" => 1,
        "xml" | "txt" if announces(path.rsplit('/').next().unwrap_or_default()) => 4,
        "html" => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_last() {
        assert_eq!(Headers::of("assets/style.e2h5trwhdm.css").cache_control, FOREVER);
        for path in ["index.html", "assets/style.css", "style.e2h5trwhdm.css", "assets/e2h5trwhdm.css"] {
            assert_eq!(Headers::of(path).cache_control, ASK, "{path}");
        }
        assert_eq!(Headers::of("a/index.html").content_type, "text/html; charset=utf-8");
        let image = Headers::of("assets/lead-640.e2h5trwhdm.avif");
        assert_eq!((&*image.content_type, &*image.cache_control), ("image/avif", FOREVER));
        assert_eq!(Headers::of("assets/lead-640.e2h5trwhdm.webp").content_type, "image/webp");
        assert_eq!(Headers::of("LICENCE").content_type, "application/octet-stream");
    }

    #[test]
    fn pages_come_after_what_they_need() {
        let mut files = ["feed.xml", "index.html", "data/terms.json", "images/a.png", "assets/a.js", "sitemap.xml"];
        files.sort_by_key(|path| rank(path));
        let expected = ["assets/a.js", "images/a.png", "data/terms.json", "index.html", "feed.xml", "sitemap.xml"];
        assert_eq!(files, expected);
    }
}
