//! The preview: the site served from memory, and built again when its files change.

mod editor;
mod guard;
mod http;
mod live;
pub mod protocol;
mod script;
mod session;
mod snapshot;
mod state;
mod terminal;
mod watching;

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Failure;
use super::disk::{DiskWorld, reason};
use crate::BuildOptions;
use guard::Guard;
use http::Server;
use session::Session;
use terminal::{Key, Keys, Terminal};
use watching::{Change, DiskWorldPaths, Notice, Watching};

/// As much stack as the other threads that read and draw have: text nested ever so deep is no danger.
const STACK: usize = 64 << 20;

/// The port unless said, and how many after it are tried.
pub const PORT: u16 = 4400;
const TRIED: u16 = 50;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Drafts and the like.
    pub build: BuildOptions,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; `None`: the first free one from [`PORT`].
    pub port: Option<u16>,
    /// Names that the server goes by, besides its addresses.
    pub allow_hosts: Vec<String>,
    /// Whether to open the browser.
    pub open: bool,
    /// Whether pages go to what was edited.
    pub follow: bool,
    /// Whether to look for changes instead of being told of them.
    pub poll: bool,
    /// The command that opens a file.
    pub editor: Option<String>,
    /// What stands before the site's paths in messages.
    pub prefix: String,
}

/// Serves until it is told to end.
///
/// # Errors
/// If it can't begin: a port that is taken, a machine without threads.
pub fn run(world: DiskWorld, options: &Options) -> Result<(), Failure> {
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 4));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("no thread can be started: {}", reason(&error))))?;
    let (listener, port) = runtime.block_on(listen(options))?;
    let run = guard::secret().map_err(|error| Failure::new(format!("the system has no random numbers: {error}")))?;
    let token = guard::secret().map_err(|error| Failure::new(format!("the system has no random numbers: {error}")))?;
    let terminal = Arc::new(Terminal::new(options.prefix.clone()));
    // Notices are gathered from before the first look at the files, so that no change falls between.
    let watching = if options.poll { Err("as asked for".to_owned()) } else { Watching::start(world.root()) };
    let session =
        Session { options: options.build.clone(), terminal: terminal.clone(), latest: Arc::new(AtomicU64::new(0)) };
    let first = session::first(world, &session);
    let (states, receiver) = watch::channel(first);
    let base = receiver.borrow().shown.base_path().to_owned();

    let addresses = network(options.host);
    let shown = if options.host.is_unspecified() || options.host.is_loopback() {
        "localhost".to_owned()
    } else {
        SocketAddr::new(options.host, port).ip().to_string()
    };
    let shown = if shown.contains(':') { format!("[{shown}]") } else { shown };
    let address = format!("http://{shown}:{port}{base}");
    let others: Vec<String> = match options.host.is_unspecified() {
        true => addresses.iter().map(|ip| format!("http://{}{base}", SocketAddr::new(*ip, port))).collect(),
        false => Vec::new(),
    };
    let guard = Guard { addresses, names: options.allow_hosts.clone(), port };
    let server = Arc::new(Server {
        states: receiver.clone(),
        guard,
        token,
        run: run.chars().take(8).collect(),
        follow: options.follow,
        editor: options.editor.clone(),
    });
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    runtime.spawn(async move {
        let _ = axum::serve(listener, http::router(server)).await;
    });
    terminal.address(&address, &others);
    if options.open {
        terminal::open_browser(&address);
    }

    let (changes, to_build) = session::changes();
    let notices = watch_files(watching, &states, &changes, &terminal);
    let keys = Arc::new(Mutex::new(Keys::start()));
    if keys.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
        terminal.say(terminal::KEYS);
        take_keys(&keys, &terminal, &changes, &address);
    }
    let building = std::thread::Builder::new().name("build".to_owned()).stack_size(STACK);
    let building = building.spawn(move || build(&session, &states, &to_build, notices.as_ref()));
    building.map_err(|error| Failure::new(format!("no thread can be started: {}", reason(&error))))?;

    runtime.block_on(until_told());
    if let Some(keys) = &*keys.lock().unwrap_or_else(PoisonError::into_inner) {
        keys.restore();
    }
    // Threads that wait for the disk or for a page must not keep anyone waiting.
    runtime.shutdown_background();
    Ok(())
}

/// Listens at the port that was asked for, or at the first free one.
async fn listen(options: &Options) -> Result<(TcpListener, u16), Failure> {
    let ports = match options.port {
        Some(port) => port..=port,
        None => PORT..=PORT + TRIED,
    };
    let mut first = None;
    for port in ports {
        match TcpListener::bind(SocketAddr::new(options.host, port)).await {
            Ok(listener) => {
                let bound = listener.local_addr().map_or(port, |address| address.port());
                if first.is_some() {
                    super::console::note(&format!("port {PORT} is taken: this is {bound}\n"));
                }
                return Ok((listener, bound));
            }
            Err(error) => {
                let taken = error.kind() == std::io::ErrorKind::AddrInUse;
                first.get_or_insert(error);
                if !taken {
                    break;
                }
            }
        }
    }
    let why = first.map(|error| reason(&error)).unwrap_or_default();
    let at = options.port.map_or_else(String::new, |port| format!(" at port {port}"));
    let failure = Failure::new(format!("the preview can't listen on {}{at}: {why}", options.host));
    Err(match options.port {
        Some(_) => failure.help("leave `--port` out to take the first that is free, or name another"),
        None => failure.help("`--host` names the address to listen at; without it, only this computer is served"),
    })
}

/// The addresses of this computer that a server at `host` can be reached at from elsewhere.
fn network(host: IpAddr) -> Vec<IpAddr> {
    if !host.is_unspecified() {
        return vec![host];
    }
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    let addresses = all.iter().filter(|interface| !interface.is_loopback() && !interface.is_link_local());
    addresses.map(if_addrs::Interface::ip).filter(|ip| ip.is_ipv4() || host.is_ipv6()).collect()
}

/// Starts to watch, or to look where that can't be; says which.
fn watch_files(
    watching: Result<(Watching, Sender<Notice>), String>,
    states: &watch::Sender<state::State>,
    changes: &Sender<Change>,
    terminal: &Arc<Terminal>,
) -> Option<Sender<Notice>> {
    let receiver = states.subscribe();
    let look = move || DiskWorldPaths::of(&receiver.borrow().latest.world);
    let (to, says) = (changes.clone(), terminal.clone());
    let (watching, notices) = match watching {
        Ok((watching, notices)) => (Some(watching), Some(notices)),
        Err(why) => {
            says.say(&format!("looking for changes four times a second: {why}"));
            (None, None)
        }
    };
    let work = move || {
        if let Some(watching) = watching {
            let trouble = Mutex::new(None);
            watching.run(&to, |why| *trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(why.to_owned()));
            let Some(why) = trouble.into_inner().unwrap_or_else(PoisonError::into_inner) else { return };
            says.say(&format!("looking for changes four times a second from now on: {why}"));
            let _ = to.send(Change { paths: Vec::new(), all: true });
        }
        watching::poll(look, &to);
    };
    if let Err(error) = std::thread::Builder::new().name("watch".to_owned()).spawn(work) {
        terminal.say(&format!("no thread can be started to watch files: {}", reason(&error)));
    }
    notices
}

fn build(
    session: &Session,
    states: &watch::Sender<state::State>,
    to_build: &Receiver<Change>,
    notices: Option<&Sender<Notice>>,
) {
    let links = |state: &state::State| {
        if let Some(notices) = notices {
            let links = state.latest.world.links();
            if !links.is_empty() {
                let _ = notices.send(Notice::Links(links));
            }
        }
    };
    links(&states.borrow());
    session::run(session, states, to_build, links);
}

fn take_keys(keys: &Arc<Mutex<Option<Keys>>>, terminal: &Arc<Terminal>, changes: &Sender<Change>, address: &str) {
    let (keys, terminal, changes, address) = (keys.clone(), terminal.clone(), changes.clone(), address.to_owned());
    let work = move || {
        while let Some(key) = Keys::next() {
            match key {
                Key::Open => terminal::open_browser(&address),
                Key::Rebuild => drop(changes.send(Change { paths: Vec::new(), all: true })),
                Key::Help => terminal.say(terminal::KEYS),
                Key::Quit => {
                    drop(keys.lock().unwrap_or_else(PoisonError::into_inner).take());
                    std::process::exit(0);
                }
            }
        }
    };
    let _ = std::thread::Builder::new().name("keys".to_owned()).spawn(work);
}

/// Waits for Ctrl-C, or for the system to ask for the end.
async fn until_told() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = term.recv() => {}
            _ = hangup.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
