//! Where a request came from, as far as the proxies in between can be trusted (RFC 7239, section 7.4; `X-Forwarded-For`).

use std::net::{IpAddr, SocketAddr};

/// The address of the caller. `lines` are all lines of `X-Forwarded-For` in their order, which make one list (RFC 9110,
/// section 5.3); each proxy adds whom it heard from at its end.
///
/// The list is walked from its end for as long as the one who wrote the entry is trusted. What stands before that anybody may
/// have written. An entry that does not read ends the walk as well: then it is the last one reached, which is the proxy that
/// wrote it, and never whoever stands further to the left.
#[must_use]
pub fn caller<'a>(peer: IpAddr, lines: impl IntoIterator<Item = &'a [u8]>, trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == address);
    let mut reached = peer.to_canonical();
    let list = lines.into_iter().collect::<Vec<_>>().join(&b","[..]);
    for entry in list.rsplit(|byte| *byte == b',') {
        if !is_trusted(reached) {
            break;
        }
        match std::str::from_utf8(entry).ok().and_then(address) {
            Some(address) => reached = address,
            None => break,
        }
    }
    reached
}

/// The address in an entry: `192.0.2.1`, `192.0.2.1:8080`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:8080`, in quotes
/// or not. An IPv4 address that is written as an IPv6 one is an IPv4 address.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let entry = entry.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(entry);
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let found = match bare {
        Some(bare) => bare.parse().ok().map(IpAddr::V6),
        None => entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|socket| socket.ip())),
    };
    found.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "10.0.0.2";

    fn found(peer: &str, lines: &[&str]) -> String {
        let trusted = [PROXY, "10.0.0.3", "::ffff:10.0.0.4"].map(|proxy| proxy.parse::<IpAddr>().unwrap());
        caller(peer.parse().unwrap(), lines.iter().map(|line| line.as_bytes()), &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(found("192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(found(PROXY, &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(found(PROXY, &[]), PROXY);
        assert_eq!(found("::ffff:10.0.0.2", &["203.0.113.9"]), "203.0.113.9", "a listener on both protocols");
        assert_eq!(found("10.0.0.4", &["203.0.113.9"]), "203.0.113.9", "a proxy that is named in the other way");
    }

    #[test]
    fn what_the_caller_wrote_is_not_believed() {
        assert_eq!(found(PROXY, &["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(found(PROXY, &["198.51.100.1, 203.0.113.9, 10.0.0.3"]), "203.0.113.9");
        assert_eq!(found(PROXY, &["10.0.0.3, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(found(PROXY, &["10.0.0.3, 10.0.0.3"]), "10.0.0.3", "a proxy that asks by itself");
    }

    #[test]
    fn every_line_counts_and_the_last_is_the_proxy_s() {
        assert_eq!(found(PROXY, &["198.51.100.1", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(found(PROXY, &["198.51.100.1", "203.0.113.9, 10.0.0.3"]), "203.0.113.9");
        assert_eq!(found(PROXY, &["", "203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn addresses_with_ports_brackets_and_quotes_are_read() {
        for entry in [
            "203.0.113.9:4711",
            " 203.0.113.9 ",
            "\"203.0.113.9\"",
            "\"203.0.113.9:4711\"",
            "::ffff:203.0.113.9",
            "[::ffff:203.0.113.9]:4711",
        ] {
            assert_eq!(found(PROXY, &[&format!("198.51.100.1, {entry}")]), "203.0.113.9", "{entry}");
        }
        for entry in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711", "\"[2001:db8::1]:4711\""] {
            assert_eq!(found(PROXY, &[&format!("198.51.100.1, {entry}")]), "2001:db8::1", "{entry}");
        }
    }

    #[test]
    fn what_does_not_read_ends_the_walk() {
        for entry in [
            "unknown",
            "_hidden",
            "unix:",
            "",
            "203.0.113.9:port",
            "203.0.113.9:99999",
            "203.0.113",
            "[203.0.113.9]",
            "\"",
        ] {
            assert_eq!(found(PROXY, &[&format!("198.51.100.1, {entry}")]), PROXY, "{entry}");
            assert_eq!(found(PROXY, &[&format!("198.51.100.1, {entry}, 10.0.0.3")]), "10.0.0.3", "{entry}");
        }
        let proxy: IpAddr = PROXY.parse().unwrap();
        let lines = [b"198.51.100.1, \xff".as_slice()];
        assert_eq!(caller(proxy, lines, &[proxy]), proxy);
    }
}
