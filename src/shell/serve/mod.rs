//! The preview: the site served from memory, and built again when its files change.

mod change;
mod editor;
mod guard;
mod http;
mod live;
mod polling;
pub mod protocol;
mod rebuild;
mod script;
mod snapshot;
mod state;
mod terminal;
mod watching;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
#[cfg(unix)]
use std::task::Poll;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

use super::Failure;
use super::disk::{DiskWorld, reason};
use crate::BuildOptions;
use change::Change;
#[doc(hidden)]
pub use guard::Guard;
use http::Server;
#[doc(hidden)]
pub use http::site_path;
use rebuild::Rebuild;
use terminal::{Key, Keys, Terminal};
use watching::{Notice, Watching};

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
    let (listeners, port) = runtime.block_on(listen(options))?;
    let run = guard::secret().map_err(|error| Failure::new(format!("the system has no random numbers: {error}")))?;
    let token = guard::secret().map_err(|error| Failure::new(format!("the system has no random numbers: {error}")))?;
    let terminal = Arc::new(Terminal::new(options.prefix.clone()));
    // Notices are gathered from before the first look at the files, so that no change falls between.
    let watching = if options.poll { Err("as asked for".to_owned()) } else { Watching::start(world.root()) };
    let rebuild = Rebuild { options: options.build.clone(), terminal: terminal.clone() };
    let first = rebuild::first(world, &rebuild);
    let (states, receiver) = watch::channel(first);
    let base = receiver.borrow().shown.base_path().to_owned();

    let addresses = network(options.host);
    let address = match options.host {
        host if host.is_unspecified() || host == IpAddr::V4(Ipv4Addr::LOCALHOST) => {
            format!("http://localhost:{port}{base}")
        }
        host => format!("http://{}{base}", SocketAddr::new(host, port)),
    };
    let others: Vec<String> = match options.host.is_unspecified() {
        true => addresses.iter().map(|ip| format!("http://{}{base}", SocketAddr::new(*ip, port))).collect(),
        false => Vec::new(),
    };
    let guard = Guard { host: options.host, names: options.allow_hosts.clone(), port };
    let server = Arc::new(Server {
        states: receiver.clone(),
        guard,
        token,
        run: run.chars().take(8).collect(),
        follow: options.follow,
        editor: options.editor.clone(),
    });
    for listener in listeners {
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let router = http::router(server.clone());
        runtime.spawn(async move { axum::serve(listener, router).await });
    }
    terminal.address(&address, &others);
    if options.open {
        terminal::open_browser(&address);
    }

    let (changes, to_build) = channel();
    let notices = watch_files(watching, &states, &changes, &terminal);
    // From here on the end comes by way of this function, which leaves the terminal as it was however it ends. Before,
    // a signal ends the program as it ends any.
    let ending = runtime.block_on(async { Ending::new() });
    let keys = Keys::start();
    let (quit, quitting) = oneshot::channel();
    if keys.is_some() {
        terminal.say(terminal::KEYS);
        take_keys(quit, &terminal, &changes, &address);
    }
    let building = std::thread::Builder::new().name("build".to_owned()).stack_size(STACK);
    let building = building.spawn(move || build(&rebuild, &states, &to_build, notices.as_ref()));
    building.map_err(|error| Failure::new(format!("no thread can be started: {}", reason(&error))))?;

    let asked = keys.is_some();
    runtime.block_on(async move {
        tokio::select! {
            () = ending.wait() => {}
            Ok(()) = quitting, if asked => {}
        }
    });
    drop(keys);
    // Threads that wait for the disk or for a page must not keep anyone waiting.
    runtime.shutdown_background();
    Ok(())
}

/// Listens at the port that was asked for, or at the first free one.
async fn listen(options: &Options) -> Result<(Vec<TcpListener>, u16), Failure> {
    let ports = match options.port {
        Some(port) => port..=port,
        None => PORT..=PORT + TRIED,
    };
    let mut first = None;
    for port in ports {
        match bind(options.host, port).await {
            Ok(listeners) => {
                if first.is_some() {
                    super::console::note(&format!("port {PORT} is taken: this is {port}\n"));
                }
                return Ok((listeners, port));
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

/// Listens at one port. The name `localhost` has two addresses, and browsers try `::1` first: it is taken too, so that
/// nobody is led to another program there.
async fn bind(host: IpAddr, port: u16) -> std::io::Result<Vec<TcpListener>> {
    let mut listeners = vec![TcpListener::bind(SocketAddr::new(host, port)).await?];
    if host == IpAddr::V4(Ipv4Addr::LOCALHOST) {
        match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
            Ok(listener) => listeners.push(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => return Err(error),
            // A computer without IPv6.
            Err(_) => {}
        }
    }
    Ok(listeners)
}

/// The addresses of this computer that a server at `host` can be reached at from elsewhere.
pub fn network(host: IpAddr) -> Vec<IpAddr> {
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
    let latest = move || receiver.borrow().latest.clone();
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
            let Some(why) = watching.run(&to) else { return };
            says.say(&format!("looking for changes four times a second from now on: {why}"));
            let _ = to.send(Change::everything());
        }
        polling::poll(latest, &to);
    };
    if let Err(error) = std::thread::Builder::new().name("watch".to_owned()).spawn(work) {
        terminal.say(&format!("no thread can be started to watch files: {}", reason(&error)));
    }
    notices
}

fn build(
    rebuild: &Rebuild,
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
    rebuild::run(rebuild, states, to_build, links);
}

fn take_keys(quit: oneshot::Sender<()>, terminal: &Arc<Terminal>, changes: &Sender<Change>, address: &str) {
    let (terminal, changes, address) = (terminal.clone(), changes.clone(), address.to_owned());
    let work = move || {
        while let Some(key) = Keys::next() {
            match key {
                Key::Open => terminal::open_browser(&address),
                Key::Rebuild => drop(changes.send(Change::everything())),
                Key::Help => terminal.say(terminal::KEYS),
                Key::Quit => {
                    let _ = quit.send(());
                    return;
                }
            }
        }
        // Nobody types any more; that is no wish to end.
        std::mem::forget(quit);
    };
    let _ = std::thread::Builder::new().name("keys".to_owned()).spawn(work);
}

/// The ways in which the system asks for the end.
struct Ending {
    #[cfg(unix)]
    signals: Vec<tokio::signal::unix::Signal>,
}

impl Ending {
    /// From now on a signal is noticed.
    fn new() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
            Self { signals: kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect() }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Waits for Ctrl-C, or for the system to ask for the end.
    async fn wait(self) {
        #[cfg(unix)]
        {
            let mut signals = self.signals;
            std::future::poll_fn(|context| {
                let any = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
                if any { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
        #[cfg(not(unix))]
        {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
