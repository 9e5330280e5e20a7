//! What a page may load and run: its Content-Security-Policy. The theme needs one script, known by its hash, and files
//! of the site itself; the settings can add to that.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::cx::Html;
use crate::model::settings::Security;

/// What the theme needs, by directive. `script-src` also gets the hashes of the scripts.
const OWN: [(&str, &str); 11] = [
    ("script-src", ""),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("media-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("frame-src", ""),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
];

/// The SHA-256 of some bytes as the attribute `integrity` has it: `sha256-…`.
pub fn hash(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// The policy of a page whose scripts have these hashes; `None` where the settings say `off`. Sources were
/// checked when they were read: none has a character that would have to be escaped in an attribute between `"`.
pub fn policy(security: &Security, scripts: &[&str]) -> Option<Html> {
    if !security.strict {
        return None;
    }
    let mut out = String::from("default-src 'none'");
    for (directive, own) in OWN {
        // What has no source falls back to `default-src`.
        let start = out.len();
        let mut add = |pieces: &[&str]| {
            if out.len() == start {
                out.push_str("; ");
                out.push_str(directive);
            }
            out.push(' ');
            pieces.iter().for_each(|piece| out.push_str(piece));
        };
        if !own.is_empty() {
            add(&[own]);
        }
        if directive == "script-src" {
            scripts.iter().for_each(|hash| add(&["'", hash, "'"]));
        }
        let own_script = |added: &str| {
            let hash = added.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            directive == "script-src" && hash.is_some_and(|hash| scripts.contains(&hash))
        };
        let others = security.added(directive);
        for (at, added) in others.iter().enumerate() {
            let told = own.split(' ').chain(others.iter().take(at).map(|other| &**other)).any(|told| told == &**added);
            if !told && !own_script(added) {
                add(&[added]);
            }
        }
    }
    if security.trusted_types {
        out.push_str("; require-trusted-types-for 'script'");
    }
    Some(Html(out))
}

/// The policy of a file that stands alone, whose scripts and styles have these hashes: it asks nobody for anything,
/// whatever the settings allow pages. `None` where they say `off`.
pub fn alone(security: &Security, scripts: &[String], styles: &[String]) -> Option<Html> {
    if !security.strict {
        return None;
    }
    let own = |directive: &str| -> Vec<&str> {
        security.added(directive).iter().map(|added| &**added).filter(|added| added.starts_with("'sha")).collect()
    };
    let list = |hashes: &[String], own: Vec<&str>| {
        let hashes = hashes.iter().map(|hash| format!("'{hash}'"));
        let all: Vec<String> = hashes.chain(own.into_iter().map(str::to_owned)).collect();
        if all.is_empty() { "'none'".to_owned() } else { all.join(" ") }
    };
    let trusted = if security.trusted_types { "; require-trusted-types-for 'script'" } else { "" };
    Some(Html(format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; font-src data:; media-src data:; \
         base-uri 'none'; form-action 'none'{trusted}",
        list(scripts, own("script-src")),
        list(styles, own("style-src")),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SourcePath, Span, Text};

    fn text(text: &str) -> Text {
        Text { text: text.into(), span: Span::file(&SourcePath::new("expound.toml")), verbatim: true }
    }

    #[test]
    fn the_hash_is_that_of_browsers() {
        assert_eq!(hash(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn nothing_is_allowed_but_what_the_theme_needs() {
        let policy = policy(&Security::default(), &["sha256-x"]).unwrap().0;
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-x'; style-src 'self';"), "{policy}");
        assert!(policy.ends_with("base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"));
        assert!(!policy.contains("frame-src"));
    }

    #[test]
    fn settings_add_sources_once() {
        let mut security = Security { trusted_types: false, ..Security::default() };
        let more = vec![text("'self'"), text("https://img.example")];
        security.sources.0.insert("img-src", more);
        security.sources.0.insert("frame-src", vec![text("https://video.example")]);
        let policy = policy(&security, &["sha256-x"]).unwrap().0;
        assert!(policy.contains("; img-src 'self' data: https://img.example; "), "{policy}");
        assert!(policy.contains("; frame-src https://video.example; object-src"), "{policy}");
        assert!(policy.ends_with("form-action 'self'"), "{policy}");
    }

    #[test]
    fn it_can_be_turned_off() {
        assert_eq!(policy(&Security { strict: false, ..Security::default() }, &["sha256-x"]), None);
    }
}
