//! The preview as a program: `expound serve` on a site in a temporary folder, asked over HTTP and WebSocket.

mod editor;
mod errors;
mod exact;
mod files;
mod live;
mod process;
mod safety;
mod watching;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

use crate::support::{expound, write};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A small site.
const SITE: &[(&str, &str)] = &[
    ("expound.toml", "title = \"Site\"\n\n[check]\nunused-file = \"off\"\n"),
    ("content/index.md", "---\ntitle: The deal\n---\n\nThe short answer.\n"),
    ("content/10-first.md", "# First\n\nOne.\n"),
    ("content/20-second.md", "# Second\n\nTwo.\n"),
    ("content/notes.txt", "Notes.\n"),
    ("content/energy/index.md", "---\ntitle: Energy\n---\n\nAbout energy.\n"),
    ("content/energy/coal.md", "# Coal\n\nBlack.\n"),
    ("static/LICENSE", "Free.\n"),
];

/// A site in a temporary folder.
fn site() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in SITE {
        write(&dir.path().join(path), text);
    }
    dir
}

/// A running preview; it is ended when this is dropped.
struct Server {
    child: Child,
    port: u16,
    address: String,
    said: Arc<Mutex<String>>,
}

impl Server {
    fn start(root: &Path, args: &[&str]) -> Self {
        Self::start_with(root, args, &[])
    }

    fn start_with(root: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = expound(root, &["serve"]);
        command.args(args).envs(env.iter().copied());
        Self::spawn(command)
    }

    fn spawn(mut command: std::process::Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (mut err, to) = (child.stderr.take().unwrap(), said.clone());
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(n @ 1..) = err.read(&mut part) {
                to.lock().unwrap().push_str(&String::from_utf8_lossy(&part[..n]));
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("preview at ") else {
            panic!("no address: {line:?} {}", said.lock().unwrap());
        };
        let port = address.split(['/', ':']).find_map(|part| part.parse().ok()).unwrap();
        Self { child, port, address: address.to_owned(), said }
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn wait_said(&self, text: &str) {
        wait(text, || self.said().contains(text).then_some(()), || self.said());
    }

    fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends these bytes and reads the answer.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).unwrap();
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        Answer::parse(&all)
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask_with(method, path, headers, "")
    }

    fn ask_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += &format!("Host: {}\r\n", self.host());
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        self.raw(format!("{request}\r\n{body}").as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Waits until a page holds `mark`.
    fn wait_for(&self, path: &str, mark: &str) -> Answer {
        self.wait_until(path, &format!("{path} holds {mark}"), |answer| answer.text().contains(mark))
    }

    fn wait_until(&self, path: &str, what: &str, test: impl Fn(&Answer) -> bool) -> Answer {
        wait(what, || Some(self.get(path)).filter(&test), || format!("{}{}", self.get(path).text(), self.said()))
    }

    /// What the page's element says: token, run, build, path, etag.
    fn embed(&self, path: &str) -> Value {
        self.get(path).embed()
    }

    fn build(&self) -> u64 {
        self.embed("/")["build"].as_u64().unwrap()
    }

    fn token(&self) -> String {
        self.embed("/")["token"].as_str().unwrap().to_owned()
    }

    /// Asks for the channel; the error is the status.
    fn socket(&self, query: &str, headers: &[(&str, &str)]) -> Result<WebSocket<TcpStream>, u16> {
        let mut request = tungstenite::http::Request::builder()
            .uri(format!("ws://{}/_expound/live{query}", self.host()))
            .header("Host", self.host())
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", tungstenite::handshake::client::generate_key());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match tungstenite::client(request.body(()).unwrap(), self.connect()) {
            Ok((socket, _)) => Ok(socket),
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(answer.status().as_u16())
            }
            Err(other) => panic!("{other}"),
        }
    }

    /// A page as a browser has it open.
    fn open(&self, path: &str) -> Tab {
        let embed = self.embed(path);
        let query = format!("?token={}", embed["token"].as_str().unwrap());
        let mut socket = self.socket(&query, &[("Origin", &format!("http://{}", self.host()))]).unwrap();
        socket.send(Message::text(embed.to_string())).unwrap();
        Tab { socket, seen: Vec::new() }
    }

    /// Ends it with a signal; the exit status, and how long it took.
    #[cfg(unix)]
    fn signal(&mut self, signal: rustix::process::Signal) -> (Option<i32>, Duration) {
        let start = Instant::now();
        let id = i32::try_from(self.child.id()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
        let status = wait("the end", || self.child.try_wait().unwrap(), String::new);
        (status.code(), start.elapsed())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until `test` has something.
fn wait<T>(what: &str, mut test: impl FnMut() -> Option<T>, why: impl Fn() -> String) -> T {
    let start = Instant::now();
    loop {
        if let Some(done) = test() {
            return done;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}\n{}", why());
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// An answer to a request.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else { return Self { status: 0, headers: BTreeMap::new(), body: Vec::new() } };
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Self { status, headers, body: bytes[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The element that a preview adds, and the page without it.
    fn split(&self) -> (String, Vec<u8>) {
        let text = self.text();
        let Some(start) = text.find("<script src=\"/_expound/preview.js\"") else {
            return (String::new(), self.body.clone());
        };
        let end = start + text[start..].find("</script>").unwrap() + "</script>".len();
        (text[start..end].to_owned(), [&text[..start], &text[end..]].concat().into_bytes())
    }

    fn bare(&self) -> Vec<u8> {
        self.split().1
    }

    fn embed(&self) -> Value {
        let (element, _) = self.split();
        let json = element.split('"').nth(3).unwrap_or_else(|| panic!("no element in {}", self.text()));
        serde_json::from_str(&expound::base::escape::unescape_html(json)).unwrap()
    }
}

/// A page that is open in a browser.
struct Tab {
    socket: WebSocket<TcpStream>,
    seen: Vec<Value>,
}

impl Tab {
    /// The next message.
    fn next(&mut self) -> Value {
        loop {
            match self.socket.read().unwrap() {
                Message::Text(text) => {
                    let update: Value = serde_json::from_str(&text).unwrap();
                    self.seen.push(update.clone());
                    return update;
                }
                Message::Close(why) => panic!("closed: {why:?}"),
                _ => {}
            }
        }
    }

    /// The first message from now on that `test` likes.
    fn wait(&mut self, what: &str, test: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let update = self.next();
            if test(&update) {
                return update;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain: {what}\n{update:#}");
        }
    }

    /// The next message in which every rule was run.
    fn checked(&mut self) -> Value {
        self.wait("the checks", |update| update["checked"] == true)
    }
}

/// The names of the rules in a list of findings.
fn rules(update: &Value) -> Vec<&str> {
    update["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

/// A port that nobody has.
fn free_port() -> String {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string()
}

/// What a build of the folder gives: every path with its bytes.
fn built(root: &Path, options: &expound::BuildOptions) -> BTreeMap<String, Vec<u8>> {
    let world = disk(root);
    let built = expound::build(&world, options);
    let bytes = |output: &expound::bundle::Output| match output {
        expound::bundle::Output::Bytes(bytes) => bytes.to_vec(),
        expound::bundle::Output::Copy(path) => expound::World::read(&world, path).unwrap().to_vec(),
        expound::bundle::Output::Made(made) => {
            let workshop = expound::shell::images::Workshop::default();
            workshop.make(made, &world).map(|bytes| bytes.to_vec()).unwrap_or_default()
        }
        expound::bundle::Output::Page(page) => page.render().map(|bytes| bytes.to_vec()).unwrap_or_default(),
    };
    built.bundle.files.iter().map(|(path, output)| (path.to_string(), bytes(output))).collect()
}

fn disk(root: &Path) -> expound::shell::disk::DiskWorld {
    let today = expound::model::Day { year: 2026, month: 5, day: 1 };
    expound::shell::disk::DiskWorld::new(root, today).unwrap()
}

/// The address path of a site path.
fn address(path: &str) -> String {
    let encode = |byte: u8| match byte {
        b'/' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    format!("/{}", path.bytes().map(encode).collect::<String>())
}

fn content(dir: &TempDir, name: &str) -> PathBuf {
    dir.path().join("content").join(name)
}
