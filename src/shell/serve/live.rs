//! The channel to the script on a page: after each build it is told what is other on that page.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use tokio::time::{Instant, interval, timeout};

use super::http::{Server, plain, trusted};
use super::protocol::{Open, Update};
use super::state::State;
use crate::base::escape;

/// The longest message that a page has to send.
const LONGEST: usize = 16 << 10;
/// How long a page may take to say what it shows, and to take a message.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a page that says nothing is asked whether it is there.
const BEAT: Duration = Duration::from_secs(20);

/// Answers a page that wants to be told.
pub async fn connect(
    Shared(server): Shared<Arc<Server>>,
    uri: Uri,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    use axum::extract::FromRequest;
    if !trusted(&server, &uri, &headers) {
        return plain(StatusCode::FORBIDDEN, "Only pages of this preview may ask for this.");
    }
    match WebSocketUpgrade::from_request(request, &()).await {
        Ok(upgrade) => upgrade.max_message_size(LONGEST).on_upgrade(move |socket| talk(socket, server)),
        Err(rejected) => rejected.into_response(),
    }
}

/// What a page was told last.
struct Told {
    open: Open,
    stamp: Option<u64>,
}

async fn talk(mut socket: WebSocket, server: Arc<Server>) {
    let Some(open) = hello(&mut socket).await else { return };
    let mut states = server.states.clone();
    let mut told = Told { open, stamp: None };
    let mut beat = interval(BEAT);
    let mut heard = Instant::now();
    loop {
        let state = states.borrow_and_update().clone();
        if told.stamp != Some(state.stamp) {
            let Some((text, now)) = update(&server, state, told).await else { return };
            told = now;
            // Whoever doesn't read gets nothing more, and keeps nobody waiting.
            if !matches!(timeout(PATIENCE, socket.send(Message::Text(text.into()))).await, Ok(Ok(()))) {
                return;
            }
        }
        tokio::select! {
            changed = states.changed() => if changed.is_err() { return },
            said = socket.recv() => match said {
                Some(Ok(Message::Close(_))) | Some(Err(_)) | None => return,
                Some(Ok(_)) => heard = Instant::now(),
            },
            _ = beat.tick() => {
                let silent = heard.elapsed() > BEAT * 3;
                if silent || timeout(PATIENCE, socket.send(Message::Ping(Vec::new().into()))).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn hello(socket: &mut WebSocket) -> Option<Open> {
    let said = timeout(PATIENCE, socket.recv()).await.ok()??.ok()?;
    serde_json::from_str(said.to_text().ok()?).ok()
}

/// The message for a page, and what it then was told.
async fn update(server: &Arc<Server>, state: State, told: Told) -> Option<(String, Told)> {
    let server = server.clone();
    tokio::task::spawn_blocking(move || make(&server, &state, told)).await.ok()
}

fn make(server: &Server, state: &State, mut told: Told) -> (String, Told) {
    let base = state.shown.base_path();
    let page = state.file(&told.open.path);
    let etag = page.as_ref().map(|page| page.etag.clone());
    let is_other = etag.as_deref().is_some_and(|etag| etag != told.open.etag && !etag.is_empty());
    let same_run = told.open.run == server.run;
    let new = |build: u64| same_run && build > told.open.build;
    let follow = state.edited.as_ref().filter(|(build, ..)| server.follow && new(*build)).map(|(_, page, id)| {
        let parts: Vec<String> = page.split('/').map(escape::url_segment).collect();
        let id = if id.is_empty() { String::new() } else { format!("#{}", escape::url_segment(id)) };
        format!("{base}{}{id}", parts.join("/"))
    });
    let update = Update {
        run: server.run.clone(),
        build: state.latest.build,
        html: page.filter(|_| is_other).map(|page| String::from_utf8_lossy(&page.bytes).into_owned()),
        files: state.files.iter().filter(|(build, _)| new(*build)).map(|(_, file)| file.clone()).collect(),
        checked: state.checked,
        held_back: state.held_back(),
        findings: (*state.findings).clone(),
        about: state.about(&told.open.path),
        follow,
        etag,
    };
    let text = serde_json::to_string(&update).unwrap_or_default();
    if let Some(etag) = update.etag {
        told.open.etag = etag;
    }
    told.open.build = state.latest.build;
    told.open.run = server.run.clone();
    told.stamp = Some(state.stamp);
    (text, told)
}
