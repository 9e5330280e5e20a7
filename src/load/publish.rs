//! `[publish.NAME]`: the places that a site is sent to.

use super::decode::fields::Fields;
use crate::base::{Diagnostic, Diagnostics, Text, rules, secret};
use crate::model::publish::{ArchiveFormat, Encoding, Git, Host, Place, Service, Store, Target};

/// How many files may be removed from a store without being asked for, unless said.
const MAX_DELETES: u32 = 256;

/// Every target that is sound. What is unsound is reported.
pub fn targets(all: Fields<'_>, out: &mut Diagnostics) -> Vec<Target> {
    let sound = |(name, value)| {
        let fields = all.inner(value)?;
        let name: &Text = name;
        let host = fields.word("host", &Host::ALL);
        Some(Target { name: name.text.clone(), place: place(fields, out)?, host, span: name.span.clone() })
    };
    all.entries().iter().map(|(name, value)| (name, value)).filter_map(sound).collect()
}

fn place(f: Fields<'_>, out: &mut Diagnostics) -> Option<Place> {
    let kind = f.text("kind")?;
    let store = |service| {
        Place::Store(Store {
            service,
            prefix: f.text("prefix").map_or_else(|| "".into(), |t| folder(&t).into()),
            max_deletes: f.count("max_deletes").unwrap_or(MAX_DELETES),
        })
    };
    let before = out.len();
    if let Some(prefix) = f.text("prefix") {
        check(&prefix, "prefix", prefix_fault(&prefix), "write the names of folders with `/` between them", out);
    }
    let place = match &*kind.text {
        "git" => Place::Git(git(f, out)),
        "folder" => Place::Folder {
            path: f.text("path")?,
            precompress: Encoding::ALL
                .into_iter()
                .filter(|(word, _)| f.texts("precompress").iter().any(|t| &*t.text == *word))
                .map(|(_, encoding)| encoding)
                .collect(),
        },
        "archive" => {
            let path = f.text("path")?;
            let format = ArchiveFormat::of(&path);
            let fault = format.is_none().then_some("has to end in `.zip`, `.tar.gz` or `.tar.zst`");
            check(&path, "path", fault, "most hosts that take a file want a `.zip`", out);
            Place::Archive { path, format: format? }
        }
        "s3" => {
            let bucket = f.text("bucket")?;
            check(&bucket, "bucket", bucket_fault(&bucket), "write its name alone, such as `deal-explained`", out);
            if let Some(endpoint) = f.text("endpoint") {
                check_address(&endpoint, "endpoint", out);
            }
            store(Service::S3 {
                bucket: bucket.text,
                region: f.text("region").map(|t| t.text),
                endpoint: f.text("endpoint").map(|t| t.text),
            })
        }
        "gcs" => {
            let bucket = f.text("bucket")?;
            check(&bucket, "bucket", bucket_fault(&bucket), "write its name alone, such as `deal-explained`", out);
            store(Service::Gcs { bucket: bucket.text })
        }
        "azure" => store(Service::Azure {
            account: f.text("account")?.text,
            container: f.text("container").map_or_else(|| "$web".into(), |t| t.text),
        }),
        _ => return None,
    };
    (out.len() == before).then_some(place)
}

fn git(f: Fields<'_>, out: &mut Diagnostics) -> Git {
    let (remote, branch, cname) = (f.text("remote"), f.text("branch"), f.text("cname"));
    if let Some(remote) = &remote {
        let option = remote.starts_with('-').then_some("may not begin with `-`");
        check(remote, "remote", option, "write the name of a remote, an address or a path", out);
        check_address(remote, "remote", out);
    }
    if let Some(branch) = &branch {
        check(branch, "branch", branch_fault(branch), "write the name of a branch, such as `gh-pages`", out);
    }
    if let Some(cname) = &cname {
        check(cname, "cname", domain_fault(cname), "write the domain alone, such as `deal.example.org`", out);
    }
    Git {
        remote: remote.map_or_else(|| "origin".into(), |t| t.text),
        branch: branch.map_or_else(|| "gh-pages".into(), |t| t.text),
        cname,
        squash: f.word("history", &[("keep", false), ("squash", true)]).unwrap_or(false),
    }
}

fn check(text: &Text, name: &str, fault: Option<&str>, help: &str, out: &mut Diagnostics) {
    if let Some(fault) = fault {
        let message = format!("`{name}` {fault}: `{text}`");
        out.push(Diagnostic::error(rules::BAD_VALUE, text.span.clone(), message).help(help));
    }
}

/// An address must not carry a password; nor may the message about it.
fn check_address(text: &Text, name: &str, out: &mut Diagnostics) {
    if secret::in_address(text).is_some() {
        let message = format!("`{name}` may not carry a password: whoever reads the repository would have it");
        out.push(Diagnostic::error(rules::BAD_VALUE, text.span.clone(), message).help(
            "write the address without it; Git and the stores ask for it, or find it where they keep such things",
        ));
    }
}

/// A prefix as names begin with it: empty, or with a final `/`.
fn folder(prefix: &str) -> String {
    let plain = prefix.trim_matches('/');
    if plain.is_empty() { String::new() } else { format!("{plain}/") }
}

fn prefix_fault(prefix: &str) -> Option<&'static str> {
    let plain = prefix.trim_matches('/');
    if prefix.contains("://") {
        return Some("is a part of a name, not an address");
    }
    if plain.split('/').any(|part| matches!(part, "." | "..")) || plain.contains("//") {
        return Some("may have no empty parts, and no `.` or `..`");
    }
    plain
        .chars()
        .any(|c| c.is_control() || matches!(c, '\\' | '?' | '#'))
        .then_some("has a character that it may not have")
}

fn bucket_fault(bucket: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!bucket.chars().all(plain)).then_some("may hold letters, digits, `-`, `_` and `.` only")
}

/// What Git says of names of branches, as far as a person may run into it.
fn branch_fault(branch: &str) -> Option<&'static str> {
    if branch.starts_with("refs/") {
        return Some("is the name of a branch, without `refs/heads/`");
    }
    let part = |part: &str| part.is_empty() || part.starts_with('.') || part.ends_with(".lock") || part.ends_with('.');
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    let bad = branch.starts_with('-') || branch.contains("..") || branch.contains("@{") || branch == "@";
    (bad || branch.split('/').any(part) || branch.contains(odd)).then_some("can't be the name of a branch")
}

fn domain_fault(domain: &str) -> Option<&'static str> {
    if domain.contains("://") || domain.contains('/') {
        return Some("is a domain, not an address");
    }
    let label = |part: &str| {
        !part.is_empty()
            && part.len() < 64
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    (!domain.contains('.') || !domain.split('.').all(label)).then_some("is no domain")
}
