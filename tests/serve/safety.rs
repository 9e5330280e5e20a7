//! Who may ask, and for what: every page that an author has open can send requests to this computer.

use super::*;

#[test]
fn only_its_own_names_are_answered() {
    let dir = site();
    let server = Server::start(dir.path(), &["--allow-host", "preview.example.org"]);
    let port = server.port;
    let status = |host: &str| server.ask("GET", "/", &[("Host", host)]).status;
    for own in ["localhost", "LOCALHOST", "x.localhost", "127.0.0.1", "127.1.2.3", "[::1]"] {
        assert_eq!(status(&format!("{own}:{port}")), 200, "{own}");
    }
    for own in ["preview.example.org", "preview.example.org:443", "Preview.Example.Org:8080"] {
        assert_eq!(status(own), 200, "{own}");
    }
    for other in [
        "example.org".to_owned(),
        format!("example.org:{port}"),
        format!("localhost.example.org:{port}"),
        format!("127.0.0.1.nip.example:{port}"),
        format!("a.preview.example.org:{port}"),
        format!("192.168.0.1:{port}"),
        format!("0.0.0.0:{port}"),
        format!("[::]:{port}"),
        format!("[::ffff:192.168.0.1]:{port}"),
        format!("user@localhost:{port}"),
        format!("localhost:{}", port.wrapping_add(1)),
        "localhost".to_owned(),
        String::new(),
    ] {
        assert_eq!(status(&other), 403, "{other:?}");
        for path in ["/_expound/preview.js", "/_expound/live", "/nothing", "/notes.txt"] {
            assert_eq!(server.ask("GET", path, &[("Host", &other)]).status, 403, "{other:?} {path}");
        }
    }
    let own = server.host();
    let twice = format!("GET / HTTP/1.1\r\nConnection: close\r\nHost: {own}\r\nHost: example.org\r\n\r\n");
    assert!(matches!(server.raw(twice.as_bytes()).status, 400 | 403));
    let none = server.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(matches!(none.status, 400 | 403));
    assert_eq!(server.raw(b"GET / HTTP/1.0\r\n\r\n").status, 403);
    let absolute = |name: &str| {
        server.raw(format!("GET http://{name}/ HTTP/1.1\r\nConnection: close\r\nHost: {own}\r\n\r\n").as_bytes())
    };
    assert_eq!(absolute("example.org").status, 403);
    assert_eq!(absolute(&own).status, 200);
}

#[test]
fn paths_lead_to_the_site_and_nowhere_else() {
    let dir = site();
    write(&dir.path().join("secret.txt"), "secret");
    write(&dir.path().join("content/.hidden"), "secret");
    let server = Server::start(dir.path(), &[]);
    for path in [
        "/../secret.txt",
        "/energy/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/energy/..",
        "/energy/../",
        "/./",
        "/energy/./",
        "/%2e/",
        "//",
        "//secret.txt",
        "///etc/passwd",
        "//example.org/",
        "/energy//",
        "/secret.txt",
        "/expound.toml",
        "/content/index.md",
        "/.hidden",
        "/notes.txt%00",
        "/notes.txt%00.html",
        "/notes.txt%20",
        "/%ff",
        "/%c0%ae%c0%ae/secret.txt",
        "/%",
        "/%zz",
        "/notes.txt%2f",
        "/energy%2f",
        "/energy%5c",
        "/notes.txt::$DATA",
        "/file:///etc/passwd",
        "/?/../secret.txt/x/../../nothing",
        "/nothing?notes.txt",
        "/_expound/",
        "/_expound/../secret.txt",
        "/_expound/preview.js/",
        "/_expound%2fpreview.js",
    ] {
        let answer = server.get(path);
        let is_root = path.starts_with("/?");
        assert!(
            if is_root { answer.status == 200 } else { matches!(answer.status, 400 | 404) },
            "{path}: {}",
            answer.status
        );
        assert!(!answer.text().contains("secret"), "{path}");
        assert_eq!(answer.header("location"), "", "{path}");
    }
    let long = server.get(&format!("/{}", "a/".repeat(20_000)));
    assert!(matches!(long.status, 404 | 414 | 431), "{}", long.status);
    assert_eq!(server.get("/notes.txt").status, 200, "it goes on");
}

#[test]
fn only_reading() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECTED"] {
        for path in ["/", "/notes.txt", "/nothing", "/_expound/preview.js", "/_expound/live"] {
            let answer = server.ask(method, path, &[]);
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
    }
    assert_eq!(server.get("/_expound/open").status, 405);
    let preflight = [("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST")];
    let answer = server.ask("OPTIONS", "/_expound/open", &preflight);
    assert!(answer.headers.keys().all(|name| !name.starts_with("access-control")), "{answer:?}");
    let answer = server.ask("GET", "/data/terms.json", &[("Origin", "https://example.org")]);
    assert!(answer.headers.keys().all(|name| !name.starts_with("access-control")), "{answer:?}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
}

#[test]
fn the_channel_is_for_its_own_pages() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let good = format!("?token={}", server.token());
    let own = format!("http://{}", server.host());
    let refused = |query: &str, origin: Option<&str>| {
        let headers: Vec<_> = origin.into_iter().map(|origin| ("Origin", origin)).collect();
        server.socket(query, &headers).err()
    };
    assert_eq!(refused(&good, Some(&own)), None);
    let loopback = format!("http://127.0.0.1:{}", server.port);
    assert_eq!(refused(&good, Some(&loopback)), None);
    for query in ["", "?token=", "?token=x", "?token", "?tokens=x", &good[..good.len() - 1], &format!("{good}x")] {
        assert_eq!(refused(query, Some(&own)), Some(403), "{query}");
    }
    let other_port = format!("http://localhost:{}", server.port.wrapping_add(1));
    for origin in ["https://example.org", "null", "", &other_port, "http://localhost", "file://", "localhost"] {
        assert_eq!(refused(&good, Some(origin)), Some(403), "{origin:?}");
    }
    assert_eq!(refused(&good, None), Some(403));
    let again = Server::start(dir.path(), &[]);
    assert_ne!(server.token(), again.token());
}

#[test]
fn what_is_no_message_ends_the_channel_only() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let query = format!("?token={}", server.token());
    let own = format!("http://{}", server.host());
    for hostile in [
        Message::text("not json"),
        Message::text("{}"),
        Message::text("[".repeat(100_000)),
        Message::binary(vec![0xff; 64]),
        Message::text("x".repeat(1 << 20)),
    ] {
        let mut socket = server.socket(&query, &[("Origin", &own)]).unwrap();
        let _ = socket.send(hostile);
        while !matches!(socket.read(), Err(_) | Ok(Message::Close(_))) {}
    }
    // A page that says what is no page of the site gets an answer that has none.
    let mut socket = server.socket(&query, &[("Origin", &own)]).unwrap();
    let odd = r#"{"path":"../../etc/passwd","etag":"","run":"x","build":18446744073709551615}"#;
    socket.send(Message::text(odd)).unwrap();
    let mut tab = Tab { socket, seen: Vec::new() };
    let update = tab.next();
    assert_eq!((&update["etag"], &update["html"]), (&Value::Null, &Value::Null));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn hostile_addresses_stay_text_in_the_page() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let path = "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/'";
    let answer = server.get(path);
    assert_eq!(answer.status, 404);
    assert!(!answer.text().contains("<script>alert"), "{}", answer.text());
    assert_eq!(answer.embed()["path"], "\"><script>alert(1)</script>/'");
}
