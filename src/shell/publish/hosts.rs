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

/// Nobody's page may frame a page, but for what is made to be embedded. The second is for older browsers.
pub const FRAMES: [(&str, &str); 2] =
    [("Content-Security-Policy", "frame-ancestors 'none'"), ("X-Frame-Options", "DENY")];

/// The folder of an explainer with what is made to be embedded.
const EMBED: &str = "embed/";

/// So many lines of redirects Cloudflare takes; Netlify takes more.
const REDIRECTS: usize = 2000;
/// So many characters a line.
const LINE: usize = 1000;

/// Adds the files of a host to a site, and checks that the host takes it. `base` is the path at which the site begins:
/// what a host reads counts from its root. `old` has the old addresses, and where they lead.
///
/// # Errors
/// If the site is too large for the host.
pub fn prepare(site: &mut Site<'_>, host: Host, base: &str, old: &[(String, String)]) -> Result<(), Failure> {
    let base = base.trim_end_matches('/');
    if matches!(host, Host::Netlify | Host::Cloudflare) {
        // A site's own file takes the place of this one.
        if !site.has("_headers") {
            let paths: Vec<&str> = site.files().map(|(path, _)| &**path).collect();
            let text = headers(&paths, host, base);
            site.add("_headers", text);
        }
        let text = redirects(host, base, old);
        if !site.has("_redirects") && !text.is_empty() {
            site.add("_redirects", text);
        }
    }
    check_limits(site, host)
}

fn headers(paths: &[&str], host: Host, base: &str) -> String {
    let mut out = String::new();
    let mut rule = |place: &str, lines: Vec<String>| {
        _ = writeln!(out, "{base}/{place}");
        lines.iter().for_each(|line| _ = writeln!(out, "  {line}"));
    };
    let said = |headers: &[(&str, &str)]| headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let all: Vec<String> = said(&SECURITY);
    if host == Host::Cloudflare {
        rule("*", all.into_iter().chain(said(&FRAMES)).collect());
        // What a page gets from several rules is joined, so what is too much for some is taken away from them. Folders
        // at the same depth share a rule: there may be a hundred.
        let depths = paths.iter().filter_map(|path| Some(embedded(path)?.matches('/').count() - 1));
        for depth in depths.chain([0]).collect::<BTreeSet<usize>>() {
            let above: String = (0..depth).map(|n| format!(":above{n}/")).collect();
            rule(&format!("{above}{EMBED}*"), FRAMES.iter().map(|(name, _)| format!("! {name}")).collect());
        }
    } else {
        rule("*", all);
        // Netlify can't take a header away again, so every place that has pages is named.
        framed_places(paths).iter().for_each(|place| rule(place, said(&FRAMES)));
    }
    rule("assets/*", vec![format!("Cache-Control: {FOREVER}")]);
    out
}

/// The folder for what is embedded that a file lies in: `embed/`, `energy/embed/`.
pub(super) fn embedded(path: &str) -> Option<&str> {
    let at = if path.starts_with(EMBED) { 0 } else { path.find(&format!("/{EMBED}"))? + 1 };
    path.get(..at + EMBED.len())
}

/// Rules that match every page but those made to be embedded.
fn framed_places(paths: &[&str]) -> BTreeSet<String> {
    // The folder may come with a later version of the site, when nobody looks at these rules.
    let embeds: BTreeSet<&str> = paths.iter().filter_map(|path| embedded(path)).chain([EMBED]).collect();
    let place = |path: &str| {
        let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..=at));
        let mut clear = folders.filter(|folder| !embeds.iter().any(|embed| embed.starts_with(folder)));
        clear.next().map_or_else(|| path.strip_suffix("index.html").unwrap_or(path).to_owned(), |f| format!("{f}*"))
    };
    let pages = paths.iter().filter(|path| path.ends_with(".html") && embedded(path).is_none());
    pages.map(|path| place(path)).collect()
}

/// Old addresses as redirects. Whatever finds no room has its forwarding page.
fn redirects(host: Host, base: &str, old: &[(String, String)]) -> String {
    // Netlify shows a page that is there unless it is told not to; Cloudflare wants both forms of an address.
    let (status, both) = if host == Host::Netlify { ("301!", false) } else { ("301", true) };
    let (mut out, mut lines) = (String::new(), 0);
    for (from, to) in old {
        let bare = from.trim_end_matches('/');
        let forms: &[&str] = if both && bare != from { &[from, bare] } else { &[from] };
        let too_long = from.len() + to.len() + 2 * base.len() + 10 > LINE;
        if too_long || from.contains(char::is_whitespace) || lines + forms.len() > REDIRECTS {
            continue;
        }
        for form in forms {
            _ = writeln!(out, "{base}{form} {base}{to} {status}");
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
        assert_eq!(redirects(Host::Netlify, "", &old(1)), "/old-0/ /new/ 301!\n");
        assert_eq!(redirects(Host::Cloudflare, "", &old(1)), "/old-0/ /new/ 301\n/old-0 /new/ 301\n");
        assert_eq!(redirects(Host::Cloudflare, "", &old(3000)).lines().count(), REDIRECTS);
        let long = [("/a".repeat(600), "/".to_owned()), ("/a b/".to_owned(), "/".to_owned())];
        assert_eq!(redirects(Host::Netlify, "", &long), "");
    }

    #[test]
    fn every_page_but_those_to_embed_may_not_be_framed() {
        let paths = [
            "404.html",
            "assets/style.css",
            "embed/timeline/index.html",
            "energy/embed/compare/x/index.html",
            "energy/index.html",
            "energy/terms/index.html",
            "index.html",
            "old/index.html",
            "terms/index.html",
        ];
        let places: Vec<String> = framed_places(&paths).into_iter().collect();
        assert_eq!(places, ["", "404.html", "energy/", "energy/terms/*", "old/*", "terms/*"]);
        let cloudflare = headers(&paths, Host::Cloudflare, "/deal");
        assert!(cloudflare.starts_with("/deal/*\n"), "{cloudflare}");
        for place in ["/deal/embed/*", "/deal/:above0/embed/*"] {
            let rule = format!("{place}\n  ! Content-Security-Policy\n  ! X-Frame-Options\n");
            assert!(cloudflare.contains(&rule), "{cloudflare}");
        }
    }

    #[test]
    fn rules_count_from_the_root_of_the_host() {
        let old = [("/old/".to_owned(), "/new/".to_owned())];
        assert_eq!(redirects(Host::Netlify, "/deal", &old), "/deal/old/ /deal/new/ 301!\n");
        let netlify = headers(&["index.html"], Host::Netlify, "/deal");
        assert!(netlify.contains("\n/deal/\n  Content-Security-Policy: frame-ancestors 'none'\n"), "{netlify}");
        assert!(netlify.contains("\n/deal/assets/*\n"), "{netlify}");
    }
}
