//! Lines to a collector of syslog: over UDP, TCP or TLS, and taken only where it has read them to their end.

use super::deliver::Parcel;
use crate::{
    audit::sinks::{
        publisher::{Publisher, PublisherSettings, Way},
        syslog,
    },
    base::outbound,
};
use std::{
    io::{self, ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs, UdpSocket},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// How long a collector may take for what it is sent, and for its end.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one of its addresses may take to answer, and how many of them are tried: all within the lease of a sink.
const ADDRESSES: (Duration, usize) = (Duration::from_secs(5), 4);
/// The largest message of syslog over UDP, in bytes (RFC 5426, section 3.2: what every receiver should take).
const MOST_UDP: usize = 2_048;

/// Sends the events of a parcel; in words where they were not taken.
pub(super) async fn collect(publisher: PublisherSettings, host: String, parcel: &Parcel) -> Result<(), String> {
    let messages: Vec<String> =
        parcel.events.iter().map(|(position, kept)| syslog::message(&host, *position, kept)).collect();
    let sent =
        tokio::task::spawn_blocking(move || write_lines(&publisher, &messages).map_err(|error| error.to_string()));
    sent.await.map_err(|error| error.to_string())?
}

fn write_lines(publisher: &PublisherSettings, messages: &[String]) -> io::Result<()> {
    let Publisher::Syslog { way, host, port } = publisher.publisher().map_err(io::Error::other)? else {
        return Err(io::Error::other("it is no collector"));
    };
    let addresses: Vec<SocketAddr> = (host.as_str(), port).to_socket_addrs()?.take(ADDRESSES.1).collect();
    if way == Way::Udp {
        return first(&addresses, |address| datagrams(address, messages));
    }
    let socket = first(&addresses, |address| TcpStream::connect_timeout(&address, ADDRESSES.0))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    let text: String = messages.iter().map(|message| syslog::counted(message)).collect();
    if way == Way::Tcp { in_the_clear(socket, &text) } else { guarded(socket, publisher, host, &text) }
}

/// What the first of these addresses gives that gives anything; why the last one does not, otherwise.
fn first<T>(addresses: &[SocketAddr], mut ask: impl FnMut(SocketAddr) -> io::Result<T>) -> io::Result<T> {
    let mut why = io::Error::other("its name leads nowhere");
    for address in addresses {
        match ask(*address) {
            Ok(found) => return Ok(found),
            Err(error) => why = error,
        }
    }
    Err(why)
}

fn datagrams(address: SocketAddr, messages: &[String]) -> io::Result<()> {
    let any = if address.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any)?;
    for message in messages {
        let cut = message.floor_char_boundary(MOST_UDP);
        socket.send_to(message.get(..cut).unwrap_or(message).as_bytes(), address)?;
    }
    Ok(())
}

fn in_the_clear(mut socket: TcpStream, text: &str) -> io::Result<()> {
    socket.write_all(text.as_bytes())?;
    socket.shutdown(Shutdown::Write)?;
    let line = socket.try_clone()?;
    to_its_end(socket, &line)
}

fn guarded(socket: TcpStream, publisher: &PublisherSettings, host: String, text: &str) -> io::Result<()> {
    socket.set_read_timeout(Some(PATIENCE))?;
    let config = Arc::new(tls(publisher.ca_file.as_deref()).map_err(io::Error::other)?);
    let name = rustls::pki_types::ServerName::try_from(host).map_err(io::Error::other)?;
    let connection = rustls::ClientConnection::new(config, name).map_err(io::Error::other)?;
    let mut line = rustls::StreamOwned::new(connection, socket);
    line.write_all(text.as_bytes())?;
    line.conn.send_close_notify();
    line.flush()?;
    line.sock.shutdown(Shutdown::Write)?;
    let socket = line.sock.try_clone()?;
    to_its_end(line, &socket)
}

/// Reads what the other side still says until it closes. One that ends before it has read everything resets the connection; and
/// what it says and nobody reads (tickets of TLS 1.3) would reset it from here, and take with it what is still on its way.
fn to_its_end(mut line: impl Read, socket: &TcpStream) -> io::Result<()> {
    let until = Instant::now() + PATIENCE;
    let mut said = [0; 1_024];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(not_closed());
        }
        socket.set_read_timeout(Some(left))?;
        match line.read(&mut said) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // It has closed the connection without a word of TLS about it, and has read what came before.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Err(not_closed());
            }
            Err(error) => return Err(error),
        }
    }
}

fn not_closed() -> io::Error {
    io::Error::new(ErrorKind::TimedOut, "it did not close the connection in time, so it may not have read everything")
}

/// TLS with the certificates of a file, or with those that browsers trust.
fn tls(ca_file: Option<&Path>) -> Result<rustls::ClientConfig, String> {
    let mut roots = rustls::RootCertStore::empty();
    match ca_file {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            for certificate in outbound::certificates(file).map_err(|broken| broken.to_string())? {
                roots.add(certificate.into()).map_err(|error| error.to_string())?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_of_a_name_has_its_turn() {
        let (one, two): (SocketAddr, SocketAddr) = ("[::1]:1".parse().unwrap(), "127.0.0.1:1".parse().unwrap());
        let mut asked = Vec::new();
        let found = first(&[one, two], |address| {
            asked.push(address);
            if address.is_ipv4() { Ok(address) } else { Err(io::Error::other("nobody is there")) }
        });
        assert_eq!((found.unwrap(), asked), (two, vec![one, two]));
        let why = first(&[one], |_| Err::<(), _>(io::Error::other("nobody is there"))).unwrap_err();
        assert_eq!(why.to_string(), "nobody is there");
        assert_eq!(first(&[], |_| Ok(())).unwrap_err().to_string(), "its name leads nowhere");
    }
}
