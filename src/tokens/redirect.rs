//! Redirect addresses: which can be registered (RFC 8252, RFC 9700 section 2.1), and which one a request may name.

/// Why an address can not be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("it is longer than 1000 characters, or holds something that is no address")]
    Malformed,
    #[error("a wildcard is never matched")]
    Wildcard,
    #[error("a fragment is not allowed")]
    Fragment,
    #[error("a user name or password is not allowed")]
    UserInfo,
    #[error("http is only for a loopback address: 127.0.0.1, [::1] or localhost")]
    PlainHttp,
    #[error("a private scheme is a reversed domain name, like com.example.tool")]
    Scheme,
}

impl Unfit {
    /// The word that chooses the sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Wildcard => "wildcard",
            Self::Fragment => "fragment",
            Self::UserInfo => "user-info",
            Self::PlainHttp => "plain-http",
            Self::Scheme => "scheme",
        }
    }
}

/// The most bytes of an address.
const MOST: usize = 1_000;

struct Parts<'a> {
    scheme: &'a str,
    /// Empty where there is none, as in `com.example.tool:/back`.
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

fn parts(uri: &str) -> Result<Parts<'_>, Unfit> {
    // RFC 3986, section 2: everything else is to be percent-encoded.
    let known = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    if uri.len() > MOST || !uri.bytes().all(known) {
        return Err(Unfit::Malformed);
    }
    let (scheme, rest) = uri.split_once(':').ok_or(Unfit::Malformed)?;
    let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+');
    if !scheme.starts_with(|c: char| c.is_ascii_lowercase()) || !scheme.bytes().all(lower) {
        return Err(Unfit::Scheme);
    }
    let Some(after) = rest.strip_prefix("//") else {
        return Ok(Parts { scheme, host: "", port: None, rest });
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at(end);
    if authority.contains('@') {
        return Err(Unfit::UserInfo);
    }
    let (host, port) = match authority.rsplit_once(':') {
        // The last colon of an IPv6 address stands inside of its brackets.
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err(Unfit::Malformed);
    }
    Ok(Parts { scheme, host, port, rest })
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "[::1]" | "localhost")
}

/// Whether an address can be registered.
///
/// # Errors
/// Why not.
pub fn check(uri: &str) -> Result<(), Unfit> {
    let parts = parts(uri)?;
    if uri.contains('*') {
        return Err(Unfit::Wildcard);
    }
    if uri.contains('#') {
        return Err(Unfit::Fragment);
    }
    match parts.scheme {
        "https" | "http" => {
            let named = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
            if parts.host.is_empty() || !(is_loopback(parts.host) || parts.host.bytes().all(named)) {
                return Err(Unfit::Malformed);
            }
            if parts.scheme == "http" && !is_loopback(parts.host) {
                return Err(Unfit::PlainHttp);
            }
        }
        // RFC 8252, section 7.1: whoever owns the domain owns the scheme.
        scheme if !scheme.contains('.') || scheme.starts_with('.') || scheme.ends_with('.') => {
            return Err(Unfit::Scheme);
        }
        _ => {}
    }
    // Dots that a browser would resolve, so that two spellings name one place.
    let path = parts.rest.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    if path.contains('\\') || path.split('/').any(|step| matches!(step, "." | "..")) {
        return Err(Unfit::Malformed);
    }
    Ok(())
}

/// Whether an asked address is a registered one: the same bytes, or on a loopback address the same but for the port, which
/// a native app is given by the system (RFC 8252, section 7.3).
#[must_use]
pub fn matches(registered: &str, asked: &str) -> bool {
    if registered == asked {
        return true;
    }
    match (parts(registered), parts(asked)) {
        (Ok(known), Ok(asked)) => {
            known.scheme == "http"
                && is_loopback(known.host)
                && known.scheme == asked.scheme
                && known.host == asked.host
                && known.rest == asked.rest
                && asked.port != Some("0")
        }
        _ => false,
    }
}

/// Whether only the tool's own server can be behind an address. Anybody's program may listen on a loopback port or claim a
/// scheme, so that a person is asked each time (RFC 8252, section 8.6).
#[must_use]
pub fn proves_identity(uri: &str) -> bool {
    parts(uri).is_ok_and(|parts| parts.scheme == "https" && !is_loopback(parts.host))
}

/// What a content security policy calls the place (CSP 3, `form-action`), so that a form may lead there.
#[must_use]
pub fn source(uri: &str) -> String {
    match parts(uri) {
        Ok(parts) if matches!(parts.scheme, "http" | "https") && !parts.host.starts_with('[') => {
            let port = parts.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://{}{port}", parts.scheme, parts.host)
        }
        // There is no way to write an IPv6 address there.
        Ok(parts) => format!("{}:", parts.scheme),
        Err(_) => String::new(),
    }
}

/// The address with more parameters in its query.
#[must_use]
pub fn with_query(uri: &str, query: &str) -> String {
    let join = match uri.split_once('?') {
        None => "?",
        Some((_, rest)) if rest.is_empty() || rest.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{uri}{join}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_registered() {
        for fit in [
            "https://tool.example.com/back",
            "https://tool.example.com:8443/back?x=1",
            "http://127.0.0.1/callback",
            "http://[::1]:4000/callback",
            "http://localhost:3000/",
            "com.example.tool:/back",
            "com.example.tool://back",
        ] {
            assert_eq!(check(fit), Ok(()), "{fit}");
        }
        for (unfit, why) in [
            ("http://tool.example.com/back", Unfit::PlainHttp),
            ("http://127.0.0.1.evil.example/", Unfit::PlainHttp),
            ("https://*.example.com/back", Unfit::Malformed),
            ("https://tool.example.com/*", Unfit::Wildcard),
            ("https://tool.example.com/back#x", Unfit::Fragment),
            ("https://tool.example.com@evil.example/", Unfit::UserInfo),
            ("https://Tool.example.com/", Unfit::Malformed),
            ("HTTPS://tool.example.com/", Unfit::Scheme),
            ("javascript:alert(1)", Unfit::Scheme),
            ("data:text/html,x", Unfit::Scheme),
            ("tool:/back", Unfit::Scheme),
            ("https:///back", Unfit::Malformed),
            ("https://tool.example.com/a/../b", Unfit::Malformed),
            ("https://tool.example.com/a/%2E%2e/b", Unfit::Malformed),
            ("https://tool.example.com:70000/", Unfit::Malformed),
            ("https://tool.example.com/a b", Unfit::Malformed),
            ("https://tool.example.com\\@evil.example/", Unfit::Malformed),
            ("/back", Unfit::Malformed),
            ("", Unfit::Malformed),
        ] {
            assert!(check(unfit).is_err(), "{unfit}");
            if why != Unfit::Malformed {
                assert!(matches!(check(unfit), Err(found) if found == why || found == Unfit::Wildcard), "{unfit}");
            }
        }
    }

    #[test]
    fn only_the_port_of_a_loopback_address_is_free() {
        let loopback = "http://127.0.0.1/callback";
        assert!(matches(loopback, "http://127.0.0.1:51004/callback"));
        assert!(matches("http://[::1]/callback", "http://[::1]:51004/callback"));
        let tool = "https://tool.example.com/back";
        assert!(matches(tool, tool));
        for foreign in [
            "https://tool.example.com/back/",
            "https://tool.example.com/Back",
            "https://tool.example.com/back?x=1",
            "https://tool.example.com/back#x",
            "https://tool.example.com:443/back",
            "https://tool.example.com:8443/back",
            "https://TOOL.example.com/back",
            "https://tool.example.com/%62ack",
            "https://tool.example.com/x/../back",
            "https://tool.example.com@evil.example/back",
            "https://tool.example.com.evil.example/back",
            "http://tool.example.com/back",
        ] {
            assert!(!matches(tool, foreign), "{foreign}");
        }
        for foreign in [
            "http://127.0.0.1:51004/callback/x",
            "http://127.0.0.1:51004@evil.example/callback",
            "http://localhost:51004/callback",
            "http://127.0.0.2/callback",
            "https://127.0.0.1:51004/callback",
            "http://127.0.0.1:99999/callback",
            "http://127.0.0.1:/callback",
        ] {
            assert!(!matches(loopback, foreign), "{foreign}");
        }
    }

    #[test]
    fn answers_join_a_query_that_is_there() {
        assert_eq!(with_query("https://t/b", "code=1"), "https://t/b?code=1");
        assert_eq!(with_query("https://t/b?x=1", "code=1"), "https://t/b?x=1&code=1");
        assert_eq!(source("http://[::1]:4000/x"), "http:");
        assert_eq!(source("https://t.example:8443/x"), "https://t.example:8443");
        assert_eq!(source("com.example.tool:/x"), "com.example.tool:");
        assert!(proves_identity("https://t.example/") && !proves_identity("http://127.0.0.1/"));
    }
}
