//! `expound check --published`: a site compared with what a host shows.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use super::Site;
use crate::support::{self, Run};

/// A host on loopback that shows a folder below `/deal/`, with these headers.
fn host(folder: PathBuf, headers: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, folder) = (stream.unwrap(), folder.clone());
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                lines.find(String::is_empty);
                let path = first.split(' ').nth(1).unwrap_or_default().strip_prefix("/deal/").unwrap_or("none");
                let mut file = folder.join(path);
                if file.is_dir() {
                    file = file.join("index.html");
                }
                let (status, file) =
                    if file.is_file() { ("200 OK", file) } else { ("404 Not Found", folder.join("404.html")) };
                let body = fs::read(&file).unwrap_or_default();
                let kind = kind(&file);
                let cache =
                    if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {kind}\r\nCache-Control: {cache}\r\n{headers}Content-Length: {}\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(&body);
            });
        }
    });
    format!("http://{address}/deal/")
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "png" => "image/png",
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "xml" => "text/xml",
        "md" => "text/markdown",
        _ => "text/plain",
    }
}

const SOUND: &str = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\nPermissions-Policy: camera=()\r\n\
    Content-Security-Policy: frame-ancestors 'none'\r\n";

fn check(site: &Site, args: &[&str]) -> Run {
    let all: Vec<&str> = ["check", "--published"].into_iter().chain(args.iter().copied()).collect();
    support::run(support::expound(&site.root(), &all))
}

fn published() -> Site {
    let site = Site::new("[publish.www]\nkind = \"folder\"\npath = \"../www\"\n");
    site.published(&[]);
    site
}

#[test]
fn a_live_site_is_compared_with_a_build() {
    let site = published();
    let url = host(site.beside("www"), SOUND);
    let run = check(&site, &[&url, "--strict"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("is as a build of the site"), "{}", run.stderr);

    fs::write(site.beside("www/index.html"), "injected").unwrap();
    fs::remove_file(site.beside("www/logo.svg")).unwrap();
    let run = check(&site, &[&url]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("different  index.html\n"), "{}", run.stdout);
    assert!(run.stdout.contains("missing    logo.svg: the host answers 404\n"), "{}", run.stdout);

    let run = check(&site, &[&url, "--format", "json"]);
    assert_eq!(run.status, 1);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let comparison = &told["comparison"];
    assert_eq!(told["address"], *url);
    assert_eq!(comparison["same"], false);
    assert_eq!(comparison["different"], serde_json::json!(["index.html"]));
    assert_eq!(comparison["missing"], serde_json::json!([{ "path": "logo.svg", "why": "the host answers 404" }]));
    assert_eq!(check(&site, &[&url, "--format", "github"]).status, 2);
}

#[test]
fn headers_that_a_host_lacks_are_named() {
    let site = published();
    let url = host(site.beside("www"), "");
    let run = check(&site, &[&url]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for header in ["X-Content-Type-Options: nosniff", "Referrer-Policy", "frame-ancestors"] {
        assert!(run.stdout.contains(header), "{header}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("immutable") && !run.stdout.contains("Content-Type: text"), "{}", run.stdout);
    assert_eq!(check(&site, &[&url, "--strict"]).status, 1);
}

#[test]
fn a_host_that_is_not_there_is_named() {
    let site = published();
    let run = check(&site, &["http://127.0.0.1:1/"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`http://127.0.0.1:1/` can't be reached"), "{}", run.stderr);
}
