//! A store of objects on loopback that checks signatures, and a proxy before it that lets requests fail.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

pub const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A store that keeps its objects as files below a folder.
pub struct Store {
    pub address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

impl Store {
    pub fn start(root: &Path) -> Self {
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(root).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = builder.build();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
        Self { address, _runtime: runtime }
    }
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is passed on.
    None,
    /// It is answered with this status, and not passed on.
    Status(u16),
    /// The connection ends in the middle of it.
    Cut,
    /// It is passed on, and the connection ends before the answer.
    Silent,
}

/// A request as the proxy sees it.
pub struct Request {
    pub method: String,
    pub path: String,
    pub head: String,
}

type Decide = dyn Fn(&Request) -> Fault + Send + Sync;

/// A proxy before a store. It ends when dropped.
pub struct Proxy {
    pub address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    pub fn start(to: SocketAddr, decide: impl Fn(&Request) -> Fault + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, ended) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
        let (decide, stop): (Arc<Decide>, _) = (Arc::new(decide), ended.clone());
        std::thread::spawn(move || {
            for client in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let (client, decide) = (client.unwrap(), decide.clone());
                std::thread::spawn(move || pass(client, to, &*decide));
            }
        });
        Self { address, ended }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

/// One request a connection, so that nothing has to be told apart.
fn pass(mut client: TcpStream, to: SocketAddr, decide: &Decide) -> Option<()> {
    client.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let mut bytes = Vec::new();
    let mut part = [0; 1 << 16];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end;
        }
        match client.read(&mut part).ok()? {
            0 => return None,
            n => bytes.extend(&part[..n]),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let header = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim())
    };
    let length: usize = header("content-length").map_or(0, |value| value.parse().unwrap());
    let mut line = head.lines().next()?.split(' ');
    let request = Request { method: line.next()?.to_owned(), path: line.next()?.to_owned(), head: head.clone() };
    let fault = decide(&request);
    if fault == Fault::Cut {
        // With data unread, the system resets the connection.
        return None;
    }
    while bytes.len() < end + 4 + length {
        match client.read(&mut part).ok()? {
            0 => return None,
            n => bytes.extend(&part[..n]),
        }
    }
    if let Fault::Status(status) = fault {
        let body = format!("<Error><Code>Injected</Code><Message>status {status}</Message></Error>");
        let answer =
            format!("HTTP/1.1 {status} Injected\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        client.write_all(answer.as_bytes()).ok()?;
        return Some(());
    }
    let mut store = TcpStream::connect(to).ok()?;
    store.write_all(&bytes[..end]).ok()?;
    store.write_all(b"\r\nConnection: close").ok()?;
    store.write_all(&bytes[end..]).ok()?;
    let mut answer = Vec::new();
    store.read_to_end(&mut answer).ok()?;
    if fault == Fault::None {
        client.write_all(&answer).ok()?;
        let _ = client.shutdown(Shutdown::Write);
    }
    Some(())
}
