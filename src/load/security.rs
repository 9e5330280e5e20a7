//! `[security]`: what pages may load and run beyond what the theme needs. A source that would do nothing, or that would
//! let anybody in, is a mistake; so the policy needs no further look when it is written.

use super::decode::fields::Fields;
use crate::base::{Diagnostic, Diagnostics, Text, rules, url};
use crate::model::settings::Security;

/// Reads the table.
pub fn read(f: Fields<'_>, out: &mut Diagnostics) -> Security {
    let mut security = Security {
        strict: f.word("policy", &[("strict", true), ("off", false)]).unwrap_or(true),
        trusted_types: f.flag("trusted_types").unwrap_or(true),
        ..Security::default()
    };
    for directive in Security::DIRECTIVES {
        let mut sources = f.texts(directive);
        sources.retain(|source| match fault(directive, source) {
            Some((fault, help)) => {
                let message = format!("the source `{source}` of `{directive}` {fault}");
                out.push(Diagnostic::error(rules::BAD_VALUE, source.span.clone(), message).help(help));
                false
            }
            None => true,
        });
        if !sources.is_empty() {
            security.sources.0.insert(directive, sources);
        }
    }
    security
}

/// What is wrong with a source, and what to do.
fn fault(directive: &str, source: &Text) -> Option<(&'static str, &'static str)> {
    const WRITE: &str = "write an address such as `https://player.example.org`, `'self'`, or `'sha256-…'`";
    let quoted = source.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    if let Some(word) = quoted {
        return match (word, directive) {
            ("self", _) => None,
            ("unsafe-inline", "script-src") => Some((
                "does nothing beside the hash of the theme's script",
                "name the inline script by its own hash, `'sha256-…'`: the browser's console says it",
            )),
            ("unsafe-inline" | "unsafe-hashes", "style-src") => None,
            ("unsafe-hashes" | "unsafe-eval" | "wasm-unsafe-eval", "script-src") => None,
            _ if matches!(directive, "script-src" | "style-src") && is_hash(word) => None,
            _ => Some(("is none that this directive knows", WRITE)),
        };
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | ':' | '/' | '%' | '*');
    let scheme = url::scheme(source).map(str::to_ascii_lowercase);
    let data = matches!(directive, "img-src" | "font-src" | "media-src" | "connect-src" | "frame-src");
    let host = match scheme.as_deref() {
        _ if is_named(source) => {
            return Some(("has to stand between `'`", "write it with them: `\"'self'\"`"));
        }
        Some("data") if &**source == "data:" && data && directive != "frame-src" => return None,
        Some("blob") if &**source == "blob:" && data => return None,
        Some("https") => source.strip_prefix("https://"),
        Some("wss") if directive == "connect-src" => source.strip_prefix("wss://"),
        _ => None,
    };
    let host = host.filter(|_| source.chars().all(is_plain)).and_then(|rest| rest.split('/').next());
    match host {
        // `*.org` is a host for anybody who buys one; it takes a name and its end.
        Some(host) if host.trim_start_matches("*.").contains('.') && !host.trim_start_matches("*.").contains('*') => {
            None
        }
        _ => Some(("is none that a policy should have", WRITE)),
    }
}

/// A word that only means something between quotes.
fn is_named(source: &str) -> bool {
    matches!(source, "self" | "none" | "unsafe-inline" | "unsafe-eval" | "unsafe-hashes" | "wasm-unsafe-eval")
        || is_hash(source)
}

fn is_hash(word: &str) -> bool {
    let length = |kind| match kind {
        "sha256" => Some(44),
        "sha384" => Some(64),
        "sha512" => Some(88),
        _ => None,
    };
    let Some((kind, hash)) = word.split_once('-') else { return false };
    let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
    length(kind) == Some(hash.len()) && hash.chars().all(base64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SourcePath, Span};

    fn sound(directive: &str, source: &str) -> bool {
        let span = Span::file(&SourcePath::new("expound.toml"));
        fault(directive, &Text { text: source.into(), span, verbatim: true }).is_none()
    }

    #[test]
    fn sources_that_mean_something() {
        let hash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        for (directive, source) in [
            ("script-src", hash),
            ("script-src", "'self'"),
            ("script-src", "https://stats.example.org/count.js"),
            ("style-src", "'unsafe-inline'"),
            ("img-src", "https://*.example.org"),
            ("img-src", "blob:"),
            ("connect-src", "wss://live.example.org:8443"),
            ("frame-src", "https://player.example.org/embed/"),
        ] {
            assert!(sound(directive, source), "{directive} {source}");
        }
    }

    #[test]
    fn sources_that_do_nothing_or_too_much() {
        for (directive, source) in [
            ("script-src", "'unsafe-inline'"),
            ("script-src", "data:"),
            ("script-src", "*"),
            ("script-src", "https:"),
            ("script-src", "https://*"),
            ("script-src", "https://*.org"),
            ("script-src", "'sha256-short'"),
            ("img-src", "http://img.example.org"),
            ("img-src", "https:img.example.org"),
            ("img-src", "'unsafe-inline'"),
            ("img-src", "self"),
            ("img-src", "https://a.example;script-src"),
            ("img-src", "https://a.example\"><b"),
            ("img-src", "https://a.example https://b.example"),
            ("frame-src", "data:"),
            ("form-action", "wss://a.example"),
        ] {
            assert!(!sound(directive, source), "{directive} {source}");
        }
    }
}
