//! `habilis ready`: whether a running service takes requests, for the probes of containers, which have no other client.

use super::{Failed, Next, print};
use crate::settings::Settings;
use clap::Args;
use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs},
    time::Duration,
};

/// How long the service may take for each step.
const PATIENCE: Duration = Duration::from_secs(3);

/// The most bytes of an answer that are read.
const MOST: u64 = 64 * 1024;

/// Say whether the service takes requests now, as /health/ready tells; exits 1 where it does not
#[derive(Debug, Args)]
pub(super) struct Probe {
    /// Where it listens, as 127.0.0.1:8080; without it, where the settings say
    address: Option<String>,
}

impl Probe {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let address = match self.address {
            Some(named) => resolve(&named)?,
            None => reachable(Settings::load()?.listen),
        };
        match ask(address) {
            Ok((200, body)) => {
                print::say(&body);
                Ok(Next::Done)
            }
            Ok((status, body)) => {
                print::complain(&format!("not ready: {address} answers {status}: {body}"));
                Ok(Next::NotGood)
            }
            Err(error) => {
                print::complain(&format!("not ready: {address}: {error}"));
                Ok(Next::NotGood)
            }
        }
    }
}

fn resolve(named: &str) -> Result<SocketAddr, Failed> {
    let bare = named.strip_prefix("http://").unwrap_or(named).trim_end_matches('/');
    let mut found =
        bare.to_socket_addrs().map_err(|error| Failed::words(format!("{named}: {error}; write HOST:PORT")))?;
    found.next().ok_or_else(|| Failed::words(format!("{named} has no address")))
}

/// Where a service that listens on every address can be asked from the same machine.
fn reachable(listens: SocketAddr) -> SocketAddr {
    let ip = match listens.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listens.port())
}

/// Asks `GET /health/ready` (RFC 9112); gives the status and the body.
fn ask(address: SocketAddr) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(
        format!(
            "GET /health/ready HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
        )
        .as_bytes(),
    )?;
    let mut answer = Vec::new();
    stream.take(MOST).read_to_end(&mut answer)?;
    read(&String::from_utf8_lossy(&answer))
        .ok_or_else(|| std::io::Error::other("what answers is no service of this kind"))
}

/// The status and the body of an answer.
fn read(answer: &str) -> Option<(u16, String)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    body.contains("\"status\"").then(|| (status, body.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let ready = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"status\":\"ready\"}";
        assert_eq!(read(ready), Some((200, "{\"status\":\"ready\"}".to_owned())));
        assert_eq!(read("HTTP/1.1 503 No\r\n\r\n{\"status\":\"not ready\"}").unwrap().0, 503);
        assert_eq!(read("HTTP/1.1 200 OK\r\n\r\nhello"), None, "another program on that port");
        assert_eq!(read("SSH-2.0-x"), None);
    }

    #[test]
    fn every_address_is_asked_on_the_loopback() {
        for (listens, asked) in
            [("0.0.0.0:8080", "127.0.0.1:8080"), ("[::]:8080", "[::1]:8080"), ("10.0.0.1:1", "10.0.0.1:1")]
        {
            assert_eq!(reachable(listens.parse().unwrap()).to_string(), asked);
        }
    }
}
