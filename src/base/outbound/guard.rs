//! The guard of calls to addresses that came in from elsewhere, against server-side request forgery.
//!
//! 1. *The address* is read once, by the rules of browsers, which know every way to write a number; what was read is called, so
//!    that no second reader finds another host in it. It is https, without a name and a password in it; plain http is for this
//!    machine, where its network is allowed.
//! 2. *Where the name leads* is looked up by the line itself, and looked at between the look-up and the connection: the address
//!    that was judged is the one that is connected to, so that a name that leads elsewhere a moment later changes nothing.
//! 3. *Nothing leads on*: redirects are not followed, and no proxy of the environment stands between, which would look the name
//!    up itself.

use super::{Networks, line};
use crate::base::refusal::Broken;
use std::{net::IpAddr, path::Path, time::Duration};
use ureq::{
    Agent,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::{Host, Url};

/// The longest address, in characters.
const LONGEST: usize = 2_000;

/// Why an address is not called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("it is no address that begins with https:// and has at most 2000 characters")]
    Form,
    #[error("it holds a user name, a password or a fragment")]
    Extras,
    #[error("http is only for this machine, and only where the settings allow its network (HABILIS_OUTBOUND_NETWORKS)")]
    Plain,
    #[error(
        "{host} leads to {ip}, which is not public and in none of the networks that may be called (HABILIS_OUTBOUND_NETWORKS)"
    )]
    Inside { host: String, ip: IpAddr },
}

/// A line that leads only where it may.
pub struct Guarded {
    agent: Agent,
    networks: Networks,
}

impl Guarded {
    /// A line that may lead to public addresses and into these networks. Blocks: it may read a file.
    ///
    /// # Errors
    /// The file of certificates does not read.
    pub fn new(networks: Networks, ca_file: Option<&Path>, time: Duration) -> Result<Self, Broken> {
        let config = line(time, ca_file)?.proxy(None).max_idle_age(Duration::from_secs(15)).build();
        let resolver = Looking { names: DefaultResolver::default(), networks: networks.clone() };
        Ok(Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), networks })
    }

    /// An address as it is called, where it may be: a name is looked up only when it is.
    ///
    /// # Errors
    /// It may not be called.
    pub fn address(&self, text: &str) -> Result<Url, Unfit> {
        if text.len() > LONGEST || text.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(Unfit::Form);
        }
        let url = Url::parse(text).map_err(|_| Unfit::Form)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(Unfit::Extras);
        }
        let ip: Option<IpAddr> = match url.host().ok_or(Unfit::Form)? {
            Host::Ipv4(ip) => Some(ip.into()),
            Host::Ipv6(ip) => Some(ip.into()),
            Host::Domain(_) => None,
        };
        match url.scheme() {
            "https" => {}
            "http" if ip.is_some_and(|ip| ip.to_canonical().is_loopback() && self.networks.allow(ip)) => {}
            "http" => return Err(Unfit::Plain),
            _ => return Err(Unfit::Form),
        }
        match ip {
            Some(ip) if !self.networks.allow(ip) => {
                Err(Unfit::Inside { host: url.host_str().unwrap_or_default().to_owned(), ip })
            }
            _ => Ok(url),
        }
    }

    /// Sends a body. Blocks.
    ///
    /// # Errors
    /// The address may not be called, or there is no answer in time; in words for whoever runs the service.
    pub fn post(&self, address: &str, heads: &[(&str, &str)], body: &str) -> Result<super::Reply, String> {
        let url = self.address(address).map_err(|why| why.to_string())?;
        let mut request = self.agent.post(url.as_str());
        for (name, value) in heads {
            request = request.header(*name, *value);
        }
        let called = request.send(body);
        // The status says it all, unless something was refused: then the answer may say why.
        match called {
            Ok(answer) if answer.status().as_u16() != 400 => {
                Ok(super::Reply { status: answer.status().as_u16(), kind: String::new(), body: String::new() })
            }
            Err(ureq::Error::Other(why)) => Err(why.to_string()),
            called => super::read(&host(&url), called),
        }
    }
}

/// What of an address may stand in words that others read: its path may hold a secret.
fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Looks names up, and lets through what may be called.
#[derive(Debug)]
struct Looking {
    names: DefaultResolver,
    networks: Networks,
}

impl Resolver for Looking {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        let mut refused = None;
        for address in &found {
            if self.networks.allow(address.ip()) {
                kept.push(*address);
            } else {
                refused = Some(address.ip());
            }
        }
        match refused {
            Some(ip) if kept.is_empty() => {
                let host = uri.host().unwrap_or_default().to_owned();
                Err(ureq::Error::Other(Box::new(Unfit::Inside { host, ip })))
            }
            _ => Ok(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(networks: &[&str]) -> Guarded {
        let networks = Networks(networks.iter().map(|network| network.parse().unwrap()).collect());
        Guarded::new(networks, None, Duration::from_secs(5)).unwrap()
    }

    #[test]
    fn every_way_to_write_an_address_inside_is_known() {
        let line = guarded(&[]);
        for inside in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://169.254.169.254/latest",
            "https://10.0.0.8/",
            "https://[fd00:ec2::254]/",
            "https://0/",
            "https://127。0。0。1/",
        ] {
            assert!(matches!(line.address(inside), Err(Unfit::Inside { .. })), "{inside}: {:?}", line.address(inside));
        }
        for form in [
            "",
            "example.com",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://",
            "https://a b/",
            "https://a\r\nb/",
        ] {
            assert_eq!(line.address(form), Err(Unfit::Form), "{form}");
        }
        for extras in [
            "https://user@example.com/",
            "https://user:pw@example.com/",
            "https://example.com/#x",
            "https://example.com@127.0.0.1/",
        ] {
            assert_eq!(line.address(extras), Err(Unfit::Extras), "{extras}");
        }
        for plain in ["http://example.com/", "http://127.0.0.1/", "http://localhost/"] {
            assert_eq!(line.address(plain), Err(Unfit::Plain), "{plain}");
        }
        assert_eq!(line.address("https://EXAMPLE.com:443/a?b").unwrap().as_str(), "https://example.com/a?b");
    }

    #[test]
    fn a_network_that_is_allowed_is_called_and_its_neighbours_are_not() {
        let line = guarded(&["127.0.0.0/8", "10.20.0.0/16"]);
        for good in ["http://127.0.0.1:8080/", "http://2130706433/", "https://10.20.1.1/", "https://127.0.0.1/"] {
            assert!(line.address(good).is_ok(), "{good}");
        }
        for bad in ["http://10.20.1.1/", "https://10.21.0.1/", "https://[::1]/", "http://[::1]/"] {
            assert!(line.address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_that_leads_inside_is_not_connected_to() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let why = guarded(&[]).post(&format!("https://localhost:{port}/"), &[], "x").err().unwrap();
        assert!(why.contains("which is not public"), "{why}");
        listener.set_nonblocking(true).unwrap();
        assert!(listener.accept().is_err(), "nobody came");
    }
}
