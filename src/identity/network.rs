//! The network that an address belongs to: what one caller can choose addresses from is counted as one.

use std::net::{IpAddr, Ipv6Addr};

/// The network of an address: an IPv4 address itself, also where it is written as an IPv6 one (RFC 4291, section 2.5.5.2),
/// and the first 64 bits of an IPv6 address, which a single subscriber has at least (RFC 6177, section 2). What is no
/// address stands for itself.
#[must_use]
pub fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Ok(address) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn a_subscriber_is_one_network() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::1", "::/64"),
            ("", ""),
            ("a pipe", "a pipe"),
        ] {
            assert_eq!(network(address), expected, "{address}");
        }
    }
}
