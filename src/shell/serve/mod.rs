//! The preview: the site served from memory, and built again when its files change.

pub mod protocol;
