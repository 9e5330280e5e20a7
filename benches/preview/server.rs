//! A preview server as a program, and one connection to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything that is measured.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server; it is ended when this is dropped.
pub struct Server {
    child: Child,
    port: u16,
    connection: Option<BufReader<TcpStream>>,
}

/// Hugo's program, if this machine has it.
pub fn hugo() -> Option<PathBuf> {
    let path = std::env::var_os("HUGO").map_or_else(|| PathBuf::from("hugo"), PathBuf::from);
    let works = Command::new(&path).arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    works.is_ok_and(|status| status.success()).then_some(path)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Server {
    /// `expound serve`.
    pub fn expound(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_expound"));
        let port = free_port();
        command.args(["serve", "--port", &port.to_string(), "--root"]).arg(root);
        Self::start(command, port)
    }

    /// `hugo server`.
    pub fn hugo(program: &Path, root: &Path) -> Self {
        let mut command = Command::new(program);
        let port = free_port();
        command.args(["server", "--port", &port.to_string(), "--source"]).arg(root);
        Self::start(command, port)
    }

    fn start(mut command: Command, port: u16) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { child, port, connection: None }
    }

    /// Asks for a page until it holds `mark`.
    pub fn wait_for(&mut self, page: &str, mark: &str) {
        let started = Instant::now();
        loop {
            if self.get(page).is_some_and(|body| memchr::memmem::find(&body, mark.as_bytes()).is_some()) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{page} never showed {mark}");
            std::thread::sleep(Duration::from_micros(300));
        }
    }

    /// Asks for pages over two connections at once, each until it holds `mark`.
    pub fn wait_for_all(&self, pages: &[String], mark: &str) {
        std::thread::scope(|scope| {
            for half in pages.chunks(pages.len().div_ceil(2)) {
                scope.spawn(move || {
                    let mut connection = None;
                    for page in half {
                        let shows = |body: Vec<u8>| memchr::memmem::find(&body, mark.as_bytes()).is_some();
                        while !ask(&mut connection, self.port, page).is_some_and(shows) {
                            std::thread::sleep(Duration::from_micros(300));
                        }
                    }
                });
            }
        });
    }

    /// Waits until the server has nothing to do.
    pub fn settle(&self) {
        let mut last = self.processor_time();
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let now = self.processor_time();
            if now.is_none() || now == last {
                return;
            }
            last = now;
        }
    }

    fn processor_time(&self) -> Option<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    }

    /// The most memory that it has had, in bytes; 0 where the system doesn't tell.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or(0) * 1024
    }

    /// A page's bytes; `None` while nobody answers.
    fn get(&mut self, page: &str) -> Option<Vec<u8>> {
        let body = ask(&mut self.connection, self.port, page);
        if body.is_none() {
            self.connection = None;
        }
        body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks for a page over a connection, which is made first if there is none.
fn ask(connection: &mut Option<BufReader<TcpStream>>, port: u16, page: &str) -> Option<Vec<u8>> {
    if connection.is_none() {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.set_nodelay(true).ok()?;
        *connection = Some(BufReader::with_capacity(1 << 18, stream));
    }
    let connection = connection.as_mut()?;
    let request = format!("GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    connection.get_mut().write_all(request.as_bytes()).ok()?;
    let (mut length, mut chunked, mut line) = (None, false, String::new());
    loop {
        line.clear();
        if connection.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let lower = line.trim().to_ascii_lowercase();
        if lower.is_empty() {
            break;
        }
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse::<usize>().ok();
        }
        chunked |= lower == "transfer-encoding: chunked";
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            line.clear();
            connection.read_line(&mut line).ok()?;
            let size = usize::from_str_radix(line.trim(), 16).ok()?;
            let start = body.len();
            body.resize(start + size + 2, 0);
            connection.read_exact(&mut body[start..]).ok()?;
            body.truncate(start + size);
            if size == 0 {
                return Some(body);
            }
        }
    }
    body.resize(length?, 0);
    connection.read_exact(&mut body).ok()?;
    Some(body)
}
