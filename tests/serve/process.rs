//! The program itself: its port, its end, what it says.

use std::net::{Ipv4Addr, TcpListener};

use super::*;
use crate::support::run;

#[test]
fn a_taken_port() {
    let dir = site();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let result = run(expound(dir.path(), &["serve", "--port", &port]));
    assert_eq!((result.status, &*result.stdout), (2, ""));
    assert!(result.stderr.contains("can't listen") && result.stderr.contains(&port), "{}", result.stderr);
    // Without `--port`: the next free one, said.
    let first = Server::start(dir.path(), &[]);
    let second = Server::start(dir.path(), &[]);
    assert_ne!(first.port, second.port);
    second.wait_said("is taken");
    assert_eq!((first.get("/").status, second.get("/").status), (200, 200));
}

#[test]
fn localhost_is_one_server() {
    let dir = site();
    // Something else at `::1`, where browsers look first.
    let Ok(other) = TcpListener::bind("[::1]:0") else { return };
    let port = other.local_addr().unwrap().port().to_string();
    let result = run(expound(dir.path(), &["serve", "--port", &port]));
    assert_eq!(result.status, 2, "{}", result.stderr);
    let server = Server::start(dir.path(), &[]);
    assert!(TcpStream::connect(("::1", server.port)).is_ok());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_at_once() {
    use rustix::process::Signal;
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let dir = site();
        let port = free_port();
        let mut server = Server::start(dir.path(), &["--port", &port]);
        // With a page open, a request half sent, and a build under way.
        let _tab = server.open("/");
        let mut half = server.connect();
        half.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
        write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
        let (status, time) = server.signal(signal);
        assert_eq!(status, Some(0), "{signal:?}");
        assert!(time < Duration::from_secs(2), "{time:?}");
        let again = Server::start(dir.path(), &["--port", &port]);
        assert_eq!(again.get("/").status, 200, "the port is free");
    }
}

#[test]
fn what_it_says() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    server.wait_said("no errors, no warnings");
    server.get("/");
    server.get("/energy/");
    write(&content(&dir, "10-first.md"), "# First\n\nSee [[nothing]].\n");
    server.wait_said("content/10-first.md → 1 of 2 pages seen changed in ");
    server.wait_said("error[unknown-reference]");
    let said = server.said();
    assert!(!said.contains('\u{1b}'), "no colours where it is no terminal: {said:?}");
    write(&content(&dir, "20-second.md"), "# Second\n\nZwei.\n");
    server.wait_said("content/20-second.md → ");
    write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
    server.wait_said("fixed");
    assert_eq!(server.said().matches("error[unknown-reference]").count(), 1, "told once: {}", server.said());
}

#[test]
fn arguments_that_can_not_be() {
    let dir = site();
    for args in [&["--port", "0"][..], &["--port", "65536"], &["--host", "nowhere"], &["--allow-host", "a/b"]] {
        let result = run(expound(dir.path(), &[&["serve"], args].concat()));
        assert_eq!(result.status, 2, "{args:?}: {}", result.stderr);
    }
    let result = run(expound(dir.path(), &["serve", "--host", "192.0.2.1"]));
    assert_eq!(result.status, 2, "{}", result.stderr);
    assert!(result.stderr.contains("192.0.2.1"), "{}", result.stderr);
    let empty = tempfile::tempdir().unwrap();
    let result = run(expound(empty.path(), &["serve"]));
    assert_eq!(result.status, 2, "{}", result.stderr);
}

#[test]
fn the_network_when_asked_for() {
    let dir = site();
    let server = Server::start(dir.path(), &["--host", "0.0.0.0"]);
    assert!(server.address.starts_with("http://localhost:"), "{}", server.address);
    let own = if_addrs::get_if_addrs().unwrap();
    for address in own.iter().map(if_addrs::Interface::ip).filter(|ip| ip.is_ipv4()) {
        assert_eq!(server.ask("GET", "/", &[("Host", &format!("{address}:{}", server.port))]).status, 200);
        if !address.is_loopback() {
            server.wait_said(&format!("on the network at http://{address}:{}/", server.port));
        }
    }
    assert_eq!(server.ask("GET", "/", &[("Host", &format!("203.0.113.1:{}", server.port))]).status, 403);
}
