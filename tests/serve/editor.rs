//! `POST /_expound/open`: opens files of the site in the author's editor, and nothing else.

use std::fs;

use super::*;

/// A program that writes its arguments to a file; the command for `--editor`.
#[cfg(unix)]
fn recorder(dir: &Path) -> (String, PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let (program, out) = (dir.join("my editor"), dir.join("arguments"));
    write(&program, format!("#!/bin/sh\nfor a; do echo \"$a\"; done > '{0}.new'; mv '{0}.new' '{0}'\n", out.display()));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (format!("'{}' --at {{line}}:{{column}} {{file}}", program.display()), out)
}

fn open(server: &Server, body: &str) -> Answer {
    let (path, origin) = (format!("/_expound/open?token={}", server.token()), format!("http://{}", server.host()));
    server.ask_with("POST", &path, &[("Origin", &origin), ("Content-Type", "application/json")], body)
}

fn place(file: &str) -> String {
    serde_json::json!({ "file": file, "line": 3, "column": 7 }).to_string()
}

#[cfg(unix)]
#[test]
fn files_of_the_site_are_opened() {
    let (dir, tools) = (site(), tempfile::tempdir().unwrap());
    let (command, out) = recorder(tools.path());
    let odd = "content/--help; touch x $(y) {line} \"é\".txt";
    write(&dir.path().join(odd), "x");
    let server = Server::start(dir.path(), &["--editor", &command]);
    let root = dir.path().canonicalize().unwrap();
    for file in ["content/index.md", "expound.toml", "static/LICENSE", odd] {
        let answer = open(&server, &place(file));
        assert_eq!((answer.status, answer.text()), (204, String::new()), "{file}");
        let said = wait("the editor", || fs::read_to_string(&out).ok(), String::new);
        assert_eq!(said, format!("--at\n3:7\n{}\n", root.join(file).display()));
        fs::remove_file(&out).unwrap();
    }
    drop(server);
    let server = Server::start_with(dir.path(), &[], &[("EXPOUND_EDITOR", &command)]);
    assert_eq!(open(&server, &place("content/index.md")).status, 204);
    wait("the editor", || fs::read_to_string(&out).ok(), String::new);
}

#[cfg(unix)]
#[test]
fn nothing_else_is_opened() {
    let (dir, tools) = (site(), tempfile::tempdir().unwrap());
    let (command, out) = recorder(tools.path());
    for file in ["README.md", "dist/index.html", "content/.secret", "content/a.md~"] {
        write(&dir.path().join(file), "x");
    }
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("content/out.txt")).unwrap();
    let server = Server::start(dir.path(), &["--editor", &command]);
    for file in [
        "",
        ".",
        "content",
        "content/",
        "content/nothing.md",
        "content//index.md",
        "content/./index.md",
        "content/../expound.toml",
        "content/../../etc/passwd",
        "../etc/passwd",
        "/etc/passwd",
        "/content/index.md",
        "content/index.md\0",
        "content\\index.md",
        "content/index.md/",
        "README.md",
        "dist/index.html",
        "content/.secret",
        "content/a.md~",
        "content/out.txt",
        "--help",
        "file:///etc/passwd",
    ] {
        let answer = open(&server, &place(file));
        assert_eq!(answer.status, 404, "{file:?}");
    }
    for body in ["", "x", "[]", "{}", r#"{"file":"content/index.md"}"#, r#"{"file":1,"line":1,"column":1}"#] {
        assert_eq!(open(&server, body).status, 400, "{body}");
    }
    let long = open(&server, &place(&"x".repeat(1 << 20)));
    assert!(matches!(long.status, 413 | 0), "{}", long.status);
    let good = place("content/index.md");
    let (token, own) = (server.token(), format!("http://{}", server.host()));
    let ask = |query: &str, headers: &[(&str, &str)]| {
        server.ask_with("POST", &format!("/_expound/open{query}"), headers, &good).status
    };
    assert_eq!(ask("", &[("Origin", &own)]), 403);
    assert_eq!(ask("?token=x", &[("Origin", &own)]), 403);
    assert_eq!(ask(&format!("?token={token}"), &[]), 403);
    assert_eq!(ask(&format!("?token={token}"), &[("Origin", "https://example.org")]), 403);
    assert_eq!(ask(&format!("?token={token}"), &[("Origin", &own), ("Host", "example.org")]), 403);
    assert!(!out.exists(), "no editor was started");
}

#[test]
fn what_can_not_be_opened_is_said() {
    let dir = site();
    let server = Server::start(dir.path(), &["--editor", "/nowhere/editor {file}"]);
    let answer = open(&server, &place("content/index.md"));
    assert_eq!(answer.status, 501);
    assert!(answer.text().contains("/nowhere/editor could not be started"), "{}", answer.text());
    let server = Server::start_with(dir.path(), &[], &[("EDITOR", "vim"), ("PATH", "/nowhere")]);
    let answer = open(&server, &place("content/index.md"));
    assert_eq!(answer.status, 501);
    assert!(answer.text().contains("vim is no editor with a window"), "{}", answer.text());
    assert!(answer.text().contains("EXPOUND_EDITOR"), "{}", answer.text());
}
