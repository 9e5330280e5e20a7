//! What hosts want besides the site.

use std::fs;
use std::io::Read;

use super::Site;
use crate::support::{self, Run};

fn init(site: &Site, host: &str) -> Run {
    support::run(support::expound(&site.root(), &["init", host]))
}

/// A file in an archive.
fn in_zip(site: &Site, archive: &str, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(fs::File::open(site.root().join(archive)).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn headers_and_redirects_for_hosts_that_read_them() {
    let site = Site::new("");
    site.write("content/index.md", "+++\ntitle = \"The deal\"\naliases = [\"/old-deal/\"]\n+++\n\nThe answer.\n");
    for host in ["netlify", "cloudflare"] {
        assert_eq!(init(&site, host).status, 0);
        let run = init(&site, host);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("has a place"), "{}", run.stderr);
        site.published(&[host]);
        let headers = in_zip(&site, &format!("{host}.zip"), "_headers");
        for line in [
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: ",
            "frame-ancestors 'none'",
            "X-Frame-Options: DENY",
            "immutable",
        ] {
            assert!(headers.contains(line), "{host}: {headers}");
        }
        assert_eq!(headers.contains("/deal/embed/*\n  ! Content-Security-Policy"), host == "cloudflare", "{headers}");
        // Hosts count from their root, wherever on it the site begins.
        let redirects = in_zip(&site, &format!("{host}.zip"), "_redirects");
        assert!(redirects.starts_with("/deal/old-deal/ /deal/ 301"), "{redirects}");
        assert!(headers.starts_with("/deal/*\n"), "{headers}");
        assert!(in_zip(&site, &format!("{host}.zip"), "old-deal/index.html").contains("<html"));
    }
    site.published(&["netlify", "--base-url", "https://deal.example.org/"]);
    assert!(in_zip(&site, "netlify.zip", "_redirects").starts_with("/old-deal/ / 301!"));
    // What the author has written comes first.
    site.write("static/_headers", "/*\n  X-Mine: yes\n");
    site.published(&["netlify"]);
    assert_eq!(in_zip(&site, "netlify.zip", "_headers"), "/*\n  X-Mine: yes\n");
}

#[test]
fn workflows_and_settings_are_written_once() {
    for (host, path, part) in [
        ("github-pages", ".github/workflows/publish.yml", "--root \"site\""),
        ("gitlab", ".gitlab-ci.yml", "--root \"site\""),
        ("vercel", "site/vercel.json", "(?!(?:.*/)?embed/)"),
    ] {
        let site = Site::new("");
        fs::create_dir(site.beside(".git")).unwrap();
        assert_eq!(init(&site, host).status, 0, "{host}");
        let text = fs::read_to_string(site.beside(path)).unwrap();
        assert!(text.contains(part), "{text}");
        support::write(&site.beside(path), "mine");
        let run = init(&site, host);
        assert_eq!(run.status, 2, "{host}");
        assert!(run.stderr.contains("was left as it is"), "{}", run.stderr);
        assert_eq!(fs::read_to_string(site.beside(path)).unwrap(), "mine");
    }
}

#[test]
fn a_file_that_a_host_does_not_take_is_named_before_anything_is_sent() {
    let site = Site::new("[publish.file]\nkind = \"archive\"\npath = \"site.zip\"\nhost = \"cloudflare\"\n");
    let file = fs::File::create(site.root().join("static/film.mp4")).unwrap();
    file.set_len(27_000_000).unwrap();
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`film.mp4` has 27 MB, and Cloudflare Pages takes 26 MB a file"), "{}", run.stderr);
    assert!(!site.root().join("site.zip").exists());
}
