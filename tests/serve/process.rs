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
    server.wait_said("content/10-first.md → 2 pages drawn again, 1 changed, ");
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

/// A user of one's own, for whom the system's limits are others; `None` where that isn't possible.
#[cfg(target_os = "linux")]
fn limited(limit: &str, n: usize, dir: &Path) -> Option<Server> {
    use std::process::Command;
    let unshare = || {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c"]);
        command
    };
    let set = format!("echo {n} > /proc/sys/user/{limit}");
    if !unshare().arg(&set).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return None;
    }
    let program = expound(dir, &["serve"]);
    let mut command = unshare();
    command.arg(format!("{set} && exec \"$0\" serve")).arg(program.get_program()).current_dir(dir);
    command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Some(Server::spawn(command))
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_watches_no_more_it_looks_by_itself() {
    let dir = site();
    for (limit, n) in [("max_inotify_watches", 1), ("max_inotify_instances", 0)] {
        let Some(server) = limited(limit, n, dir.path()) else { return };
        server.wait_said("looking for changes four times a second: ");
        write(&content(&dir, "10-first.md"), format!("# First\n\nWith {limit}.\n"));
        server.wait_for("/", &format!("With {limit}."));
    }
    // The limit is reached later on.
    let Some(server) = limited("max_inotify_watches", 5, dir.path()) else { return };
    server.wait_said("no errors");
    for n in 0..8 {
        write(&content(&dir, &format!("e{n}/index.md")), "---\ntitle: E\n---\n\nNew.\n");
    }
    server.wait_said("looking for changes four times a second from now on: ");
    server.wait_for("/e7/", "New.");
    write(&content(&dir, "e7/index.md"), "---\ntitle: E\n---\n\nChanged.\n");
    server.wait_for("/e7/", "Changed.");
}

/// At a terminal: `script` makes one, where it is installed.
#[cfg(target_os = "linux")]
#[test]
fn keys_at_a_terminal() {
    use std::process::Command;
    let dir = site();
    if !Command::new("script").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return;
    }
    for last in ["q", "\u{3}"] {
        let inner = expound(dir.path(), &["serve"]);
        let line = format!(
            "trap : INT; '{}' serve; echo status $?; stty -a | grep -o -w -e '-*icanon' -e '-*echo' | sort -r | tr '\\n' ' '; echo end",
            inner.get_program().to_string_lossy()
        );
        let mut command = Command::new("script");
        command.args(["-q", "-c", &line, "/dev/null"]).current_dir(dir.path()).env_clear();
        command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("TERM", "xterm");
        command.env("SHELL", "/bin/sh").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (mut keys, mut out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut said = String::new();
        let mut until = |text: &str| {
            let start = Instant::now();
            let mut part = [0; 4096];
            while !said.contains(text) {
                let n = out.read(&mut part).unwrap();
                assert!(n > 0 && start.elapsed() < PATIENCE, "waited in vain: {text}\n{said}");
                said.push_str(&String::from_utf8_lossy(&part[..n]));
            }
            std::mem::take(&mut said)
        };
        until("keys: ");
        keys.write_all(b"x?").unwrap();
        until("keys: ");
        keys.write_all(b"r").unwrap();
        until("everything");
        keys.write_all(last.as_bytes()).unwrap();
        let end = until("end\r\n");
        assert!(end.contains("status 0"), "{end}");
        assert!(end.contains("icanon echo") && !end.contains("-icanon"), "the terminal is as it was: {end}");
        drop(keys);
        child.wait().unwrap();
    }
}
