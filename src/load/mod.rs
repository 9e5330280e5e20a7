//! From bytes to records: settings, front matter, Markdown, data files.

pub mod markdown;
