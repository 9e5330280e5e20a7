//! Who may ask. A server on the author's own computer can be reached by every page that the author has open, and by
//! names that lead to it from elsewhere; so it answers only to names that it knows to be its own.

use std::net::IpAddr;

/// The names that the server goes by.
#[derive(Clone, Debug)]
pub struct Guard {
    /// The address that it listens at; if that is every one, it goes by each that the computer has at the time.
    pub host: IpAddr,
    /// Names that the author allows.
    pub names: Vec<String>,
    /// The port.
    pub port: u16,
}

impl Guard {
    /// True if a `Host` header names this server.
    pub fn is_host(&self, host: &str) -> bool {
        let Some((name, port)) = split(host) else { return false };
        // A forwarded port is another, a missing one is 80: where a name is right, DNS rebinding is out of play.
        let allowed = self.names.iter().any(|allowed| allowed.eq_ignore_ascii_case(name));
        allowed || (port.unwrap_or(80) == self.port && self.is_own(name))
    }

    /// True if an `Origin` header is that of a page of this server.
    pub fn is_origin(&self, origin: &str) -> bool {
        let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        rest.is_some_and(|host| self.is_host(host))
    }

    fn is_own(&self, name: &str) -> bool {
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return address.is_loopback() || super::network(self.host).contains(&address);
        }
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')) {
            return false;
        }
        name == "localhost" || name.ends_with(".localhost")
    }
}

/// Name and port of `localhost:80`, `[::1]:80`, `localhost`.
fn split(host: &str) -> Option<(&str, Option<u16>)> {
    let end = match host.starts_with('[') {
        true => host.find(']')? + 1,
        false => host.find(':').unwrap_or(host.len()),
    };
    let (name, rest) = host.split_at_checked(end)?;
    match rest.strip_prefix(':') {
        Some(port) => Some((name, Some(port.parse().ok()?))),
        None => (rest.is_empty() && !name.is_empty()).then_some((name, None)),
    }
}

/// True if two secrets are the same; takes as long where they aren't.
pub fn same_secret(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |odd, (a, b)| odd | (a ^ b)) == 0
}

/// A secret that nobody guesses: 26 letters.
///
/// # Errors
/// If the system has no random numbers.
pub fn secret() -> Result<String, String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(crate::base::hash::short_hash(&bytes, 26))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names() {
        let loopback = "127.0.0.1".parse().unwrap();
        let mut guard = Guard { host: loopback, names: Vec::new(), port: 4321 };
        for own in
            ["localhost:4321", "127.0.0.1:4321", "127.9.9.9:4321", "[::1]:4321", "a.localhost:4321", "LOCALHOST:4321"]
        {
            assert!(guard.is_host(own), "{own}");
            assert!(guard.is_origin(&format!("http://{own}")), "{own}");
        }
        for other in [
            "",
            "localhost",
            "localhost:80",
            "example.org:4321",
            "localhost.example.org:4321",
            "127.0.0.1.example.org:4321",
            "192.168.1.2:4321",
            "[::1",
            "[::1]x",
            "localhost:4321:1",
            "localhost:",
            "127.0.0.1:99999",
            ":4321",
            "xlocalhost:4321",
        ] {
            assert!(!guard.is_host(other), "{other}");
        }
        assert!(!guard.is_origin("null"));
        assert!(!guard.is_origin("file://localhost:4321"));
        guard.host = "192.168.1.2".parse().unwrap();
        guard.names = vec!["preview.example.org".to_owned()];
        assert!(guard.is_host("192.168.1.2:4321"));
        assert!(!guard.is_host("192.168.1.3:4321"));
        assert!(guard.is_host("preview.example.org"));
        assert!(guard.is_origin("https://preview.example.org"));
        assert!(!guard.is_host("evil.preview.example.org"));
    }

    #[test]
    fn secrets() {
        let secrets: Vec<String> = (0..3).map(|_| secret().unwrap()).collect();
        assert!(secrets.iter().all(|s| s.len() == 26));
        assert!(secrets[0] != secrets[1] && secrets[1] != secrets[2]);
        assert!(same_secret(&secrets[0], &secrets[0].clone()));
        assert!(!same_secret(&secrets[0], &secrets[1]) && !same_secret("a", ""));
    }
}
