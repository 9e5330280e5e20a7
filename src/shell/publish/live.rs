//! Looking at a site where readers find it: whether it is what a build gives, and what the host says of its files.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::StreamExt;
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap};

use super::headers::is_hashed;
use super::site::Site;
use crate::shell::Failure;
use crate::shell::media::media_type;
use crate::shell::progress::Progress;

/// So many requests are under way at a time.
const AT_ONCE: usize = 8;

/// What is other than it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files that can't be had, and why.
    pub missing: BTreeMap<String, String>,
    /// Files with another content.
    pub different: Vec<String>,
    /// What the host doesn't say that it should, and of how many files.
    pub unsaid: BTreeMap<String, usize>,
    /// How many files were looked at.
    pub looked_at: usize,
}

impl Differences {
    /// Whether every file is there as it should be.
    pub fn is_same(&self) -> bool {
        self.missing.is_empty() && self.different.is_empty()
    }
}

enum Found {
    Same(Vec<String>),
    Different(Vec<String>),
    Missing(String),
}

/// Compares a site with what stands at `url`, which ends in `/`.
///
/// # Errors
/// If the host can't be reached at all.
pub fn compare(site: &Site<'_>, url: &str, progress: &Progress) -> Result<Differences, Failure> {
    // Fails only if one is installed, and then there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let broken = |error: &dyn std::fmt::Display| Failure::new(format!("`{url}` can't be reached: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| broken(&error))?;
    let client = reqwest::Client::builder()
        .user_agent(concat!("expound/", env!("CARGO_PKG_VERSION")))
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::limited(3))
        .build()
        .map_err(|error| broken(&error))?;
    // Names that begin with a dot are for the host, and hosts don't show them.
    let hidden = |path: &str| path.split('/').any(|part| part.starts_with('.')) && !path.starts_with(".well-known/");
    let paths: Vec<&str> = site.files().map(|(path, _)| &**path).filter(|path| !hidden(path)).collect();
    progress.steps("looking", paths.len());
    runtime.block_on(async {
        client.get(url).send().await.map_err(|error| broken(&plain(&error)))?;
        let mut found: Vec<(String, Found)> = futures_util::stream::iter(&paths)
            .map(|path| async {
                let found = look(&client, site, url, path).await;
                progress.step();
                found.map(|found| ((*path).to_owned(), found))
            })
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<Result<_, Failure>>>()
            .await
            .into_iter()
            .collect::<Result<_, _>>()?;
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let mut out = Differences { looked_at: paths.len(), ..Differences::default() };
        for (path, found) in found {
            let unsaid = match found {
                Found::Missing(why) => {
                    out.missing.insert(path, why);
                    continue;
                }
                Found::Different(unsaid) => {
                    out.different.push(path);
                    unsaid
                }
                Found::Same(unsaid) => unsaid,
            };
            unsaid.into_iter().for_each(|what| *out.unsaid.entry(what).or_default() += 1);
        }
        Ok(out)
    })
}

/// A page is asked for as readers do: by its folder.
async fn look(client: &reqwest::Client, site: &Site<'_>, url: &str, path: &str) -> Result<Found, Failure> {
    let expected = site.read(path)?;
    let not_found = path == "404.html";
    let asked = match path {
        "index.html" => String::new(),
        // Shown for whatever isn't there.
        "404.html" => "no-such-page-here".to_owned(),
        path => encoded(path.strip_suffix("/index.html").map_or(path.to_owned(), |folder| format!("{folder}/"))),
    };
    let answer = match client.get(format!("{url}{asked}")).send().await {
        Ok(answer) => answer,
        Err(error) => return Ok(Found::Missing(plain(&error))),
    };
    let status = answer.status();
    if status != if not_found { StatusCode::NOT_FOUND } else { StatusCode::OK } {
        return Ok(Found::Missing(format!("the host answers {}", status.as_u16())));
    }
    let unsaid = unsaid(path, answer.headers());
    match answer.bytes().await {
        Ok(bytes) if bytes[..] == expected[..] => Ok(Found::Same(unsaid)),
        Ok(_) => Ok(Found::Different(unsaid)),
        Err(error) => Ok(Found::Missing(plain(&error))),
    }
}

fn encoded(path: String) -> String {
    const ODD: &percent_encoding::AsciiSet =
        &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');
    percent_encoding::utf8_percent_encode(&path, ODD).to_string()
}

/// Which headers a file lacks.
fn unsaid(path: &str, headers: &HeaderMap) -> Vec<String> {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut out = Vec::new();
    let wanted = media_type(path);
    let essence = |kind: &str| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence(value(CONTENT_TYPE.as_str())) != essence(&wanted) && wanted != "application/octet-stream" {
        out.push(format!("`Content-Type: {wanted}`"));
    }
    if is_hashed(path) && !value(CACHE_CONTROL.as_str()).contains("immutable") {
        out.push("`Cache-Control` with `immutable`, for files whose names change".to_owned());
    }
    if path.ends_with(".html") {
        if value("x-content-type-options") != "nosniff" {
            out.push("`X-Content-Type-Options: nosniff`".to_owned());
        }
        for name in ["Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"] {
            if value(name).is_empty() {
                out.push(format!("`{name}`"));
            }
        }
        let framed = value(CONTENT_SECURITY_POLICY.as_str()).contains("frame-ancestors");
        if super::hosts::embedded(path).is_none() && !framed && value("x-frame-options").is_empty() {
            out.push("`Content-Security-Policy` with `frame-ancestors`".to_owned());
        }
    }
    out
}

/// What went wrong with a request, without the address, which stands beside it.
fn plain(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}
