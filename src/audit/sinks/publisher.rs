//! Publishers of the settings: a stream of NATS, or a collector of syslog, to which every event goes.

use super::Kind;
use crate::{audit::event::What, base::hidden::Hidden};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use url::Url;

/// A publisher as the settings name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublisherSettings {
    /// `nats://nats.example.com:4222/habilis` or `tls://…` (the path is what subjects begin with), or `syslog+tcp://…`,
    /// `syslog+tls://…`, `syslog+udp://…`.
    pub to: String,
    /// Only these kinds of events.
    #[serde(default)]
    pub kinds: Option<Vec<String>>,
    /// Whether one that is new gets the whole log, and not only what comes from now on.
    #[serde(default)]
    pub from_the_beginning: bool,
    /// Who this service is to NATS.
    #[serde(default)]
    pub user: Option<String>,
    /// That user's password.
    #[serde(default)]
    pub password: Option<Hidden>,
    /// A token in place of both.
    #[serde(default)]
    pub token: Option<Hidden>,
    /// Certificates (PEM) that the other side proves itself with, in place of those that browsers trust.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// How a message of syslog travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// TCP in the clear (RFC 6587): whoever stands on the way can take what was sent and end the connection as the collector
    /// would, and it counts as read.
    Tcp,
    /// TLS (RFC 5425).
    Tls,
    /// UDP (RFC 5426): nobody knows what arrives.
    Udp,
}

/// A publisher, ready to be called.
#[derive(Clone, Debug)]
pub enum Publisher {
    /// A stream of NATS.
    Nats {
        /// The server, as its client takes it.
        server: String,
        /// What subjects begin with.
        prefix: String,
    },
    /// A collector of syslog.
    Syslog {
        /// How.
        way: Way,
        /// Where.
        host: String,
        /// At which port.
        port: u16,
    },
}

impl PublisherSettings {
    /// Reads the publisher.
    ///
    /// # Errors
    /// It is none of these kinds, or names no kind of event or an unknown one; in words.
    pub fn publisher(&self) -> Result<Publisher, String> {
        let unfit = |why: &str| format!("publish {}: {why}", self.label());
        if self.kinds.as_ref().is_some_and(Vec::is_empty) {
            return Err(unfit("kinds is empty, so nothing would go there; leave it out for all events"));
        }
        for kind in self.kinds.iter().flatten() {
            What::from_word(kind).ok_or_else(|| unfit(&format!("there is no kind of event {kind}")))?;
        }
        let url = Url::parse(&self.to).map_err(|error| unfit(&error.to_string()))?;
        let host = url.host_str().ok_or_else(|| unfit("it names no host"))?.to_owned();
        // An address of IPv6 stands in brackets in a URL, and nowhere else.
        let bare = host.trim_matches(['[', ']']).to_owned();
        let syslog = |way, port| Ok(Publisher::Syslog { way, host: bare, port: url.port().unwrap_or(port) });
        match url.scheme() {
            "nats" | "tls" => {
                let prefix = url.path().trim_matches('/');
                let plain =
                    prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
                if prefix.is_empty() || !plain || prefix.split('.').any(str::is_empty) {
                    return Err(unfit("its path is what subjects begin with, like /habilis"));
                }
                let server = format!("{}://{host}:{}", url.scheme(), url.port().unwrap_or(4_222));
                Ok(Publisher::Nats { server, prefix: prefix.to_owned() })
            }
            "syslog+tcp" => syslog(Way::Tcp, 601),
            "syslog+tls" => syslog(Way::Tls, 6_514),
            "syslog+udp" => syslog(Way::Udp, 514),
            other => Err(unfit(&format!("{other} is none of nats, tls, syslog+tcp, syslog+tls and syslog+udp"))),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.to.starts_with("syslog") { Kind::Syslog } else { Kind::Nats }
    }

    /// Its name in the database.
    #[must_use]
    pub fn id(&self) -> String {
        let digest = Sha256::digest(self.to.as_bytes());
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("publisher-{hex}")
    }

    /// It as it may be shown.
    #[must_use]
    pub fn label(&self) -> String {
        Url::parse(&self.to).map_or_else(
            |_| "(unreadable)".to_owned(),
            |mut url| {
                let _ = (url.set_password(None), url.set_username(""));
                url.to_string()
            },
        )
    }
}

/// What the example of the settings file says of publishers.
pub const EXAMPLE: &str = "
# Publishers that get every event of the log as it comes, as CloudEvents to NATS JetStream (a stream has to take these subjects)
# or as messages to a collector of syslog. Any number of them; webhooks are made by admins, not here:
#
# [[publish]]
# to = \"nats://nats.example.com:4222/habilis\"   # subjects are habilis.grant.ended, …; tls://… for TLS
# kinds = [\"grant.given\", \"grant.ended\"]       # without it, all
# from_the_beginning = false                    # whether a new one gets the whole log
# user = \"habilis\"
# password = \"…\"
#
# [[publish]]
# to = \"syslog+tls://siem.example.com:6514\"      # or syslog+tcp (601), syslog+udp (514)
#
# Under TLS, what was sent counts as read when the collector ends the connection by close_notify (RFC 5425), and is sent again
# otherwise. Over TCP in the clear, whoever stands on the way can end it in its place, unseen; over UDP nobody knows what arrives.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_is_read_or_says_what_is_wrong() {
        let read = |to: &str| {
            let settings: PublisherSettings = serde_json::from_value(serde_json::json!({ "to": to })).unwrap();
            settings.publisher()
        };
        assert!(matches!(read("nats://n.example.com/a.b"), Ok(Publisher::Nats { server, prefix })
            if server == "nats://n.example.com:4222" && prefix == "a.b"));
        assert!(matches!(read("syslog+tls://s.example.com"), Ok(Publisher::Syslog { way: Way::Tls, port: 6_514, .. })));
        assert!(matches!(read("syslog+udp://s.example.com:99"), Ok(Publisher::Syslog { way: Way::Udp, port: 99, .. })));
        assert!(matches!(read("syslog+tls://[::1]"), Ok(Publisher::Syslog { host, .. }) if host == "::1"));
        assert!(matches!(read("nats://[::1]/a"), Ok(Publisher::Nats { server, .. }) if server == "nats://[::1]:4222"));
        for to in ["nats://n.example.com", "nats://n.example.com/a b", "nats://n/a..b", "kafka://k/a", "n.example.com"]
        {
            assert!(read(to).is_err(), "{to}");
        }
        let kinds = serde_json::json!({ "to": "syslog+tcp://s", "kinds": ["grant.gone"] });
        let settings: PublisherSettings = serde_json::from_value(kinds).unwrap();
        assert!(settings.publisher().unwrap_err().contains("grant.gone"));
        let none = serde_json::json!({ "to": "syslog+tcp://s", "kinds": [] });
        let settings: PublisherSettings = serde_json::from_value(none).unwrap();
        assert!(settings.publisher().unwrap_err().contains("kinds is empty"));
    }
}
