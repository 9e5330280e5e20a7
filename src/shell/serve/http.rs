//! Answers to requests: files of the latest build, and the preview's own addresses.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, IF_RANGE, LOCATION,
    ORIGIN, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use axum::routing::{get, post};
use tokio::sync::watch;

use super::guard::{Guard, same_secret};
use super::protocol::Embed;
use super::script::SCRIPT;
use super::snapshot::Served;
use super::state::State;
use super::{editor, live};
use crate::base::escape;
use crate::shell::media::media_type;

/// What answers are made from.
pub struct Server {
    /// What is shown now.
    pub states: watch::Receiver<State>,
    /// Who may ask.
    pub guard: Guard,
    /// What a page has to know to ask for more than pages.
    pub token: String,
    /// Which run of the program this is.
    pub run: String,
    /// Whether pages go to where the author writes.
    pub follow: bool,
    /// The command that opens a file, if one was given.
    pub editor: Option<String>,
}

/// The preview's own addresses.
const OWN: &str = "/_expound/";

/// The routes.
pub fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/_expound/preview.js", get(script))
        .route("/_expound/live", get(live::connect))
        .route("/_expound/open", post(editor::open))
        .fallback(site)
        .layer(axum::middleware::from_fn_with_state(server.clone(), admit))
        .with_state(server)
}

/// Turns away who doesn't ask for this server, and puts on every answer what all have.
async fn admit(Shared(server): Shared<Arc<Server>>, request: Request, next: axum::middleware::Next) -> Response<Body> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let is_own = host.is_some_and(|host| hosts.next().is_none() && server.guard.is_host(host));
    // `GET http://name/ HTTP/1.1` names the host a second time.
    let named = request.uri().authority().is_none_or(|name| server.guard.is_host(name.as_str()));
    let mut answer = match is_own && named {
        true => next.run(request).await,
        false => plain(
            StatusCode::FORBIDDEN,
            "This preview answers only to its own address. `expound serve --allow-host NAME` allows another name.",
        ),
    };
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Pages of other sites are not to take files of this one for their own.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    answer
}

/// True if a request comes from a page of this server: it has the token, and no other page's name.
pub fn trusted(server: &Server, uri: &Uri, headers: &HeaderMap) -> bool {
    let token = uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("token="));
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    token.is_some_and(|token| same_secret(token, &server.token))
        && origin.is_some_and(|origin| server.guard.is_origin(origin))
}

/// An answer in words.
pub fn plain(status: StatusCode, text: impl Into<String>) -> Response<Body> {
    answer(status, "text/plain; charset=utf-8", text.into().into_bytes())
}

fn answer(status: StatusCode, kind: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut answer = Response::new(Body::from(bytes));
    *answer.status_mut() = status;
    if let Ok(kind) = HeaderValue::from_str(kind) {
        answer.headers_mut().insert(CONTENT_TYPE, kind);
    }
    answer
}

async fn script() -> Response<Body> {
    answer(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec())
}

/// Files of the site.
async fn site(Shared(server): Shared<Arc<Server>>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let (mut head, _) = request.into_parts();
    if head.method == Method::HEAD {
        head.headers.remove(RANGE);
    }
    // Drawing a page may take a while, and wants more stack than a task has.
    let state = server.states.borrow().clone();
    let work = move || look_up(&server, &state, &head.uri, &head.headers);
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "expound has a bug: this page could not be made."),
    }
}

fn look_up(server: &Server, state: &State, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    let base = state.shown.base_path();
    let Some(path) = site_path(uri.path()) else { return not_found(server, state, "", headers) };
    let Some(path) = format!("/{path}").strip_prefix(base).map(str::to_owned) else {
        let outside = path.is_empty() || format!("/{path}/") == base;
        return if outside { see(base) } else { not_found(server, state, &path, headers) };
    };
    if uri.path().starts_with(OWN) {
        return not_found(server, state, &path, headers);
    }
    let is_folder = path.is_empty() || path.ends_with('/');
    let file = if is_folder { format!("{path}index.html") } else { path.clone() };
    if let Some(served) = state.file(&file) {
        return file_answer(server, state, &file, &served, StatusCode::OK, headers);
    }
    if !is_folder && state.shown.has(&format!("{path}/index.html")) {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let parts: Vec<String> = path.split('/').map(escape::url_segment).collect();
        return see(&format!("{base}{}/{query}", parts.join("/")));
    }
    not_found(server, state, &path, headers)
}

/// The site path of a request's path: every part decoded once; `None` where a part is none that a file could have.
pub fn site_path(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let mut parts = Vec::new();
    let mut rest = path.split('/').peekable();
    while let Some(part) = rest.next() {
        let part = percent_encoding::percent_decode_str(part).decode_utf8().ok()?;
        let last = rest.peek().is_none();
        let odd = part.contains(['/', '\\', '\0']) || part == "." || part == ".." || (part.is_empty() && !last);
        if odd {
            return None;
        }
        parts.push(part.into_owned());
    }
    Some(parts.join("/"))
}

fn see(address: &str) -> Response<Body> {
    let mut answer = plain(StatusCode::PERMANENT_REDIRECT, "");
    match HeaderValue::from_str(address) {
        Ok(address) => {
            answer.headers_mut().insert(LOCATION, address);
            answer
        }
        Err(_) => plain(StatusCode::NOT_FOUND, "There is no such page."),
    }
}

fn not_found(server: &Server, state: &State, path: &str, headers: &HeaderMap) -> Response<Body> {
    let wants_page = !path.rsplit('/').next().is_some_and(|name| name.contains('.')) || path.ends_with(".html");
    match state.file("404.html").filter(|served| wants_page && served.faults.is_empty()) {
        Some(served) => {
            // The page waits for the one that was asked for, and shows it when it comes.
            let wanted =
                if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
            let mut whole = HeaderMap::new();
            whole.extend(headers.get(HOST).map(|host| (HOST, host.clone())));
            file_answer(server, state, &wanted, &served, StatusCode::NOT_FOUND, &whole)
        }
        None => plain(StatusCode::NOT_FOUND, "There is no such page."),
    }
}

/// A file with everything that HTTP says of it.
fn file_answer(
    server: &Server,
    state: &State,
    path: &str,
    served: &Served,
    status: StatusCode,
    headers: &HeaderMap,
) -> Response<Body> {
    let kind = if status == StatusCode::OK { media_type(path) } else { "text/html; charset=utf-8".to_owned() };
    let is_page = kind.starts_with("text/html");
    if !served.faults.is_empty() && served.bytes.is_empty() {
        return broken(server, state, path);
    }
    let etag = match is_page {
        // The added element is of this run and this build.
        true => format!("\"{}-{}-{}\"", served.etag, server.run, state.shown.build),
        false => format!("\"{}\"", served.etag),
    };
    let same = |value: &HeaderValue| {
        let listed = |value: &str| value.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
        value.to_str().is_ok_and(|value| value.trim() == "*" || listed(value))
    };
    if status == StatusCode::OK && headers.get_all(IF_NONE_MATCH).iter().any(same) {
        let mut answer = answer(StatusCode::NOT_MODIFIED, &kind, Vec::new());
        tag(&mut answer, &etag);
        return answer;
    }
    let bytes = match is_page {
        true => with_script(&served.bytes, &embed(server, state, path, &served.etag)),
        false => served.bytes.to_vec(),
    };
    let wanted = headers.get(RANGE).filter(|_| status == StatusCode::OK && headers.get(IF_RANGE).is_none_or(same));
    let mut answer = match wanted.map(|range| range_of(range, bytes.len())) {
        Some(Range::Part(start, end)) => {
            let part = bytes.get(start..=end).unwrap_or_default().to_vec();
            let mut answer = answer(StatusCode::PARTIAL_CONTENT, &kind, part);
            set(&mut answer, CONTENT_RANGE, &format!("bytes {start}-{end}/{}", bytes.len()));
            answer
        }
        Some(Range::Beyond) => {
            let mut answer = answer(StatusCode::RANGE_NOT_SATISFIABLE, &kind, Vec::new());
            set(&mut answer, CONTENT_RANGE, &format!("bytes */{}", bytes.len()));
            answer
        }
        Some(Range::Whole) | None => answer(status, &kind, bytes),
    };
    set(&mut answer, ACCEPT_RANGES, "bytes");
    tag(&mut answer, &etag);
    answer
}

fn tag(answer: &mut Response<Body>, etag: &str) {
    set(answer, ETAG, etag);
}

fn set(answer: &mut Response<Body>, name: axum::http::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// The part of a file that a `Range` header asks for.
enum Range {
    Whole,
    Part(usize, usize),
    Beyond,
}

/// Several ranges at once are answered with the whole file, as RFC 9110 allows.
fn range_of(header: &HeaderValue, length: usize) -> Range {
    let Ok(text) = header.to_str() else { return Range::Whole };
    let Ok(parsed) = http_range_header::parse_range_header(text) else { return Range::Whole };
    match parsed.validate(length as u64).as_deref() {
        Ok([range]) => match (usize::try_from(*range.start()), usize::try_from(*range.end())) {
            (Ok(start), Ok(end)) => Range::Part(start, end),
            _ => Range::Beyond,
        },
        Ok(_) => Range::Whole,
        Err(_) => Range::Beyond,
    }
}

/// The element that every page gets.
fn embed(server: &Server, state: &State, path: &str, etag: &str) -> String {
    let embed = Embed { token: &server.token, run: &server.run, build: state.shown.build, path, etag };
    let json = serde_json::to_string(&embed).unwrap_or_default();
    format!("<script src=\"{OWN}preview.js\" data-expound=\"{}\" defer></script>", escape::html(&json))
}

/// A page with an element more: right before its policy, which holds for what comes after it, or else right before the
/// end of its body. So the policy is served as it was built, and whatever it says, the script may run.
fn with_script(page: &[u8], element: &str) -> Vec<u8> {
    const POLICY: &[u8] = b"<meta http-equiv=\"content-security-policy\"";
    let is_policy = |at: &usize| page.get(*at..*at + POLICY.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(POLICY));
    let policy = memchr::memchr_iter(b'<', page).find(is_policy);
    let at = policy.or_else(|| memchr::memmem::rfind(page, b"</body>")).unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, element.as_bytes(), after].concat()
}

/// A page that can't be drawn and never could: what is wrong is shown over it.
fn broken(server: &Server, state: &State, path: &str) -> Response<Body> {
    let element = embed(server, state, path, "");
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>This page can't be drawn</title>\
         </head><body><h1>This page can’t be drawn</h1><p>What is wrong stands in the terminal, and here as soon as \
         all of it is known.</p>{element}</body></html>\n"
    );
    answer(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", page.into_bytes())
}
