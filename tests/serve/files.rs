//! Files as they are served: the same bytes as a build's, and everything that HTTP says of them.

use expound::BuildOptions;

use super::*;
use crate::support::{repository, tree};

#[test]
fn everything_is_what_a_build_writes() {
    let root = repository();
    let server = Server::start(root, &[]);
    let base = server.address.strip_prefix(&format!("http://{}", server.host())).unwrap().trim_end_matches('/');
    let built = built(root, &BuildOptions::default());
    assert!(built.len() > 20);
    for (path, bytes) in &built {
        let answer = server.get(&format!("{base}{}", address(path)));
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.bare() == *bytes, "{path} is other than a build's");
        let has_element = !answer.split().0.is_empty();
        assert_eq!(has_element, path.ends_with(".html"), "{path}");
    }
}

#[test]
fn nothing_is_written() {
    let dir = site();
    let before = tree(dir.path());
    let server = Server::start(dir.path(), &[]);
    server.get("/");
    server.wait_said("no errors");
    assert_eq!(tree(dir.path()), before, "the folder is as it was, without `dist`");
}

#[test]
fn media_types() {
    let dir = site();
    for name in ["a.css", "a.js", "a.png", "a.woff2", "a.pdf", "a.json", "a.xml", "a.mp4", "ü b.txt"] {
        write(&dir.path().join("static").join(name), "x");
    }
    let server = Server::start(dir.path(), &[]);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.md", "text/markdown; charset=utf-8"),
        ("/notes.txt", "text/plain; charset=utf-8"),
        ("/a.css", "text/css; charset=utf-8"),
        ("/a.js", "text/javascript; charset=utf-8"),
        ("/a.json", "application/json; charset=utf-8"),
        ("/a.xml", "text/xml; charset=utf-8"),
        ("/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/a.png", "image/png"),
        ("/a.woff2", "font/woff2"),
        ("/a.pdf", "application/pdf"),
        ("/a.mp4", "video/mp4"),
        ("/LICENSE", "application/octet-stream"),
        ("/%C3%BC%20b.txt", "text/plain; charset=utf-8"),
        ("/_expound/preview.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = server.get(path);
        if path == "/favicon.svg" && answer.status == 404 {
            continue;
        }
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn folders_and_what_is_not_there() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let answer = server.get("/energy?a=b");
    assert_eq!((answer.status, answer.header("location")), (308, "/energy/?a=b"));
    assert!(server.get("/energy/").text().contains("About energy."));
    assert!(server.get("/energy/index.html").text().contains("About energy."));
    for path in ["/nothing", "/nothing/", "/energy/nothing/", "/notes.txt/", "/index.html/x"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.bare(), server.get("/404.html").bare(), "{path}: the site's own page");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let embed = server.embed("/nothing/");
    assert_eq!(embed["path"], "nothing/index.html", "the page waits for what was asked for");
    assert_eq!(server.get("/nothing.png").status, 404);
    assert_eq!(server.get("/nothing.png").header("content-type"), "text/plain; charset=utf-8");
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    for path in ["/", "/notes.txt", "/LICENSE"] {
        let first = server.get(path);
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        for condition in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let answer = server.ask("GET", path, &[("If-None-Match", &condition)]);
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{path} {condition}");
            assert_eq!(answer.header("etag"), tag);
        }
        assert_eq!(server.ask("GET", path, &[("If-None-Match", "\"x\"")]).status, 200);
    }
    let of_the_page = server.get("/").header("etag").to_owned();
    drop(server);
    let server = Server::start(dir.path(), &[]);
    let answer = server.ask("GET", "/", &[("If-None-Match", &of_the_page)]);
    assert_eq!(answer.status, 200, "another run has another token in its pages");
}

#[test]
fn only_the_head() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    for path in ["/", "/notes.txt", "/nothing", "/energy", "/_expound/preview.js"] {
        let (whole, head) = (server.get(path), server.ask("HEAD", path, &[("Range", "bytes=0-1")]));
        assert_eq!(head.status, whole.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(head.header("content-type"), whole.header("content-type"), "{path}");
        assert_eq!(head.header("content-length"), whole.body.len().to_string(), "{path}");
    }
}

#[test]
fn parts_of_a_file() {
    let dir = site();
    write(&dir.path().join("static/film.mp4"), "0123456789");
    let server = Server::start(dir.path(), &[]);
    let part = |range: &str| server.ask("GET", "/film.mp4", &[("Range", range)]);
    for (range, body, said) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=4-", "456789", "bytes 4-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=8-100", "89", "bytes 8-9/10"),
    ] {
        let answer = part(range);
        assert_eq!((answer.status, &*answer.text(), answer.header("content-range")), (206, body, said), "{range}");
    }
    for range in ["bytes=10-", "bytes=100-200"] {
        let answer = part(range);
        assert_eq!((answer.status, answer.header("content-range")), (416, "bytes */10"), "{range}");
    }
    for range in ["bytes=0-1,4-5", "lines=1-2", "bytes=", "bytes=5-2", "bytes=a-b", "bytes=99999999999999999999-"] {
        let answer = part(range);
        assert!(matches!(answer.status, 200 | 416), "{range}: {}", answer.status);
    }
    assert_eq!(part("bytes=0-1").header("accept-ranges"), "bytes");
    let tag = server.get("/film.mp4").header("etag").to_owned();
    let with = |tag: &str| server.ask("GET", "/film.mp4", &[("Range", "bytes=0-1"), ("If-Range", tag)]).status;
    assert_eq!((with(&tag), with("\"x\"")), (206, 200));
}

#[test]
fn below_a_base_path() {
    let dir = site();
    let settings = dir.path().join("expound.toml");
    write(&settings, "title = \"Site\"\nbase_url = \"https://example.org/sub/deal/\"\n");
    let server = Server::start(dir.path(), &[]);
    assert!(server.address.ends_with("/sub/deal/"), "{}", server.address);
    assert!(server.get("/sub/deal/energy/").text().contains("About energy."));
    for outside in ["/", "/sub/deal"] {
        let answer = server.get(outside);
        assert_eq!((answer.status, answer.header("location")), (308, "/sub/deal/"), "{outside}");
    }
    assert_eq!(server.get("/sub/deal/energy").header("location"), "/sub/deal/energy/");
    for outside in ["/energy/", "/sub/", "/sub/dealer/", "/index.html", "/sub/deal/sub/deal/"] {
        assert_eq!(server.get(outside).status, 404, "{outside}");
    }
    assert_eq!(server.get("/_expound/preview.js").status, 200);
    // The base path follows the settings.
    write(&settings, "title = \"Site\"\n");
    server.wait_for("/energy/", "About energy.");
    assert_eq!(server.get("/sub/deal/energy/").status, 404);
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let dir = site();
    write(&content(&dir, "30-draft.md"), "---\ndraft: true\n---\n# Draft\n\nNot yet.\n");
    assert!(!Server::start(dir.path(), &[]).get("/").text().contains("Not yet."));
    assert!(Server::start(dir.path(), &["--drafts"]).get("/").text().contains("Not yet."));
}
