//! What is known of the places that show a branch as a site.

/// Whether a remote is a path on this machine, as Git tells it: no scheme, and no `HOST:` before the first `/`.
pub fn is_path(remote: &str) -> bool {
    if remote.contains("://") {
        return false;
    }
    let drive = remote.as_bytes().get(1) == Some(&b':') && remote.starts_with(|c: char| c.is_ascii_alphabetic());
    let before_slash = remote.split('/').next().unwrap_or_default();
    drive || !before_slash.contains(':')
}

/// Host, and the path below it without `.git`.
fn parts(address: &str) -> Option<(String, String)> {
    let (host, path) = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None if is_path(address) => return None,
        None => address.split_once(':')?,
    };
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let path = path.trim_matches('/');
    Some((host, path.strip_suffix(".git").unwrap_or(path).to_owned()))
}

/// The address at which a host shows the branches of a repository, where there is a rule for it.
pub fn pages_address(address: &str) -> Option<String> {
    let (host, path) = parts(address)?;
    let (owner, name) = path.split_once('/')?;
    let (owner, root) = (owner.to_lowercase(), name.to_lowercase());
    let (domain, is_root) = match host.as_str() {
        "github.com" | "ssh.github.com" => ("github.io", root == format!("{owner}.github.io")),
        "gitlab.com" | "altssh.gitlab.com" => ("gitlab.io", root == format!("{owner}.gitlab.io")),
        "codeberg.org" => ("codeberg.page", root == "pages"),
        _ => return None,
    };
    Some(if is_root { format!("https://{owner}.{domain}/") } else { format!("https://{owner}.{domain}/{name}/") })
}

/// What to do about what Git said.
pub fn advice(said: &str, address: &str) -> String {
    let lower = said.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if any(&["permission denied (publickey", "publickey"]) {
        "add your SSH key where the repository is hosted, or use its `https://` address".to_owned()
    } else if any(&["host key verification failed"]) {
        let host = parts(address).map_or_else(|| "the host".to_owned(), |(host, _)| host);
        format!("connect once by hand to see and accept the host's key: `ssh {host}`")
    } else if any(&[
        "could not read username",
        "authentication failed",
        "403",
        "401",
        "permission to",
        "terminal prompts",
    ]) {
        "sign in: `git push` to that repository must work in a terminal; in a workflow, give it permission to write"
            .to_owned()
    } else if any(&["could not resolve host", "network is unreachable", "connection refused", "timed out"]) {
        "check the connection and the address".to_owned()
    } else if any(&["not found", "does not exist", "does not appear to be a git repository"]) {
        "check the address; a repository must exist before it can be published to".to_owned()
    } else {
        "check that `git push` to that repository works from here".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages() {
        let of = |address| pages_address(address).unwrap_or_default();
        assert_eq!(of("git@github.com:Owner/Deal.git"), "https://owner.github.io/Deal/");
        assert_eq!(of("https://github.com/owner/owner.github.io"), "https://owner.github.io/");
        assert_eq!(of("ssh://git@gitlab.com/group/deal.git"), "https://group.gitlab.io/deal/");
        assert_eq!(of("https://codeberg.org/owner/pages.git"), "https://owner.codeberg.page/");
        assert_eq!(of("/srv/git/deal.git"), "");
        assert_eq!(of("https://git.example.org/a/b"), "");
    }

    #[test]
    fn paths_and_addresses() {
        for path in ["../deal.git", "/srv/a:b.git", "C:/deal", "deal"] {
            assert!(is_path(path), "{path}");
        }
        for address in ["git@host:deal.git", "host:deal", "file:///srv/deal.git", "https://host/x"] {
            assert!(!is_path(address), "{address}");
        }
    }
}
