//! What a host wants to have besides the site, and what it doesn't take.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::headers::FOREVER;
use super::site::Site;
use crate::model::publish::Host;
use crate::shell::Failure;

/// What every page tells browsers, but for who may frame it.
pub const SECURITY: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Nobody else's page may frame a page, but for what is made to be embedded.
pub const FRAMES: (&str, &str) = ("Content-Security-Policy", "frame-ancestors 'self'");

/// So many lines of redirects Cloudflare takes; Netlify takes more.
const REDIRECTS: usize = 2000;
/// So many characters a line.
const LINE: usize = 1000;

/// Adds the files of a host to a site, and checks that the host takes it. `old` has the old addresses, and where they
/// lead.
///
/// # Errors
/// If the site is too large for the host.
pub fn prepare(site: &mut Site<'_>, host: Host, old: &[(String, String)]) -> Result<(), Failure> {
    if matches!(host, Host::Netlify | Host::Cloudflare) {
        // A site's own file takes the place of this one.
        if !site.has("_headers") {
            let text = headers(site, host);
            site.add("_headers", text);
        }
        let text = redirects(host, old);
        if !site.has("_redirects") && !text.is_empty() {
            site.add("_redirects", text);
        }
    }
    check_limits(site, host)
}

fn headers(site: &Site<'_>, host: Host) -> String {
    let mut out = String::from("/*\n");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    SECURITY.iter().for_each(|(name, value)| line(format!("  {name}: {value}")));
    if host == Host::Cloudflare {
        line(format!("  {}: {}\n/embed/*\n  ! {}", FRAMES.0, FRAMES.1, FRAMES.0));
    } else {
        // Netlify can't take a header away again, so every place that has pages is named.
        let place = |path: &str| match path.split_once('/') {
            Some((folder, _)) => format!("/{folder}/*"),
            None if path == "index.html" => "/".to_owned(),
            None => format!("/{path}"),
        };
        let pages = site.files().map(|(path, _)| &**path).filter(|path| path.ends_with(".html"));
        let places: BTreeSet<String> = pages.map(place).filter(|place| place != "/embed/*").collect();
        places.iter().for_each(|place| line(format!("{place}\n  {}: {}", FRAMES.0, FRAMES.1)));
    }
    line(format!("/assets/*\n  Cache-Control: {FOREVER}"));
    out
}

/// Old addresses as redirects. Whatever finds no room has its forwarding page.
fn redirects(host: Host, old: &[(String, String)]) -> String {
    // Netlify shows a page that is there unless it is told not to; Cloudflare wants both forms of an address.
    let (status, both) = if host == Host::Netlify { ("301!", false) } else { ("301", true) };
    let (mut out, mut lines) = (String::new(), 0);
    for (from, to) in old {
        let bare = from.trim_end_matches('/');
        let forms: &[&str] = if both && bare != from { &[from, bare] } else { &[from] };
        let too_long = from.len() + to.len() + 10 > LINE;
        if too_long || from.contains(char::is_whitespace) || lines + forms.len() > REDIRECTS {
            continue;
        }
        for form in forms {
            _ = writeln!(out, "{form} {to} {status}");
            lines += 1;
        }
    }
    out
}

fn check_limits(site: &Site<'_>, host: Host) -> Result<(), Failure> {
    let (name, files, largest, all): (&str, usize, u64, u64) = match host {
        Host::Cloudflare => ("Cloudflare Pages", 20_000, 25 << 20, u64::MAX),
        Host::GithubPages => ("GitHub Pages", usize::MAX, 100 << 20, 1 << 30),
        Host::Gitlab | Host::Netlify | Host::Vercel => return Ok(()),
    };
    let mb = |bytes: u64| bytes / 1_000_000;
    if site.len() > files {
        let message = format!("the site has {} files, and {name} takes {files}", site.len());
        return Err(Failure::new(message).help("publish to a store or a server, or split the site"));
    }
    if let Some((path, file)) = site.files().find(|(_, file)| file.size > largest) {
        let (size, most) = (mb(file.size), mb(largest));
        return Err(Failure::new(format!("`{path}` has {size} MB, and {name} takes {most} MB a file"))
            .help("make it smaller, or keep it elsewhere and link to it"));
    }
    let sum: u64 = site.files().map(|(_, file)| file.size).sum();
    if sum > all {
        let message = format!("the site has {} MB, and {name} takes {} MB", mb(sum), mb(all));
        return Err(Failure::new(message).help("publish to a store or a server, or make pictures smaller"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_within_the_limits() {
        let old = |n: usize| (0..n).map(|n| (format!("/old-{n}/"), "/new/".to_owned())).collect::<Vec<_>>();
        assert_eq!(redirects(Host::Netlify, &old(1)), "/old-0/ /new/ 301!\n");
        assert_eq!(redirects(Host::Cloudflare, &old(1)), "/old-0/ /new/ 301\n/old-0 /new/ 301\n");
        assert_eq!(redirects(Host::Cloudflare, &old(3000)).lines().count(), REDIRECTS);
        let long = [("/a".repeat(600), "/".to_owned()), ("/a b/".to_owned(), "/".to_owned())];
        assert_eq!(redirects(Host::Netlify, &long), "");
    }
}
