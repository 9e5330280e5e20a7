//! What expound has put into a store, and with which headers: kept in the store itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::shell::publish::headers::Headers;

/// Its name, below the prefix.
pub const NAME: &str = ".expound-manifest.json";

const VERSION: u32 = 1;

/// Every object that is expound's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this file.
    expound_manifest: u32,
    /// Each object by its path below the prefix.
    pub files: BTreeMap<String, Entry>,
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The SHA-256 of its content; `None` while it is being sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The store's mark for it: another mark means that somebody else has written it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Its headers.
    #[serde(flatten)]
    pub headers: Headers,
    /// Since when no page needs it any more, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<u64>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { expound_manifest: VERSION, files: BTreeMap::new() }
    }
}

impl Manifest {
    /// Reads one; `None` for what is none, or of a form that this version doesn't know.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|manifest: &Self| manifest.expound_manifest == VERSION)
    }

    /// As it is kept.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec_pretty(self).unwrap_or_default();
        out.push(b'\n');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back() {
        let mut manifest = Manifest::default();
        let entry = Entry { sha256: Some("aa".into()), headers: Headers::of("index.html"), ..Entry::default() };
        manifest.files.insert("index.html".into(), entry);
        assert_eq!(Manifest::parse(&manifest.bytes()), Some(manifest));
        assert_eq!(Manifest::parse(b"{\"files\": {}}"), None);
        assert_eq!(Manifest::parse(b"{\"expound_manifest\": 9, \"files\": {}}"), None);
    }
}
