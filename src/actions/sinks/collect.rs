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

/// How long all of it may take, from the look-up of its name to its end, however slowly it reads or answers: well within the lease
/// of a sink, so that no other replica sends the same meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much later it is given up where nothing came back: a name may be looked up for longer.
const LATEST: Duration = Duration::from_secs(32);
/// How long one of its addresses may take to answer, and how many of them are tried.
const ADDRESSES: (Duration, usize) = (Duration::from_secs(5), 4);
/// The largest message of syslog over UDP, in bytes (RFC 5426, section 3.2: what every receiver should take).
const MOST_UDP: usize = 2_048;

/// Sends the events of a parcel; in words where they were not taken.
pub(super) async fn collect(publisher: PublisherSettings, host: String, parcel: &Parcel) -> Result<(), String> {
    let messages: Vec<String> =
        parcel.events.iter().map(|(position, kept)| syslog::message(&host, *position, kept)).collect();
    let until = Instant::now() + PATIENCE;
    let sent = tokio::task::spawn_blocking(move || {
        write_lines(&publisher, &messages, until).map_err(|error| error.to_string())
    });
    match tokio::time::timeout(LATEST, sent).await {
        Ok(sent) => sent.map_err(|error| error.to_string())?,
        Err(_) => Err(late().to_string()),
    }
}

fn write_lines(publisher: &PublisherSettings, messages: &[String], until: Instant) -> io::Result<()> {
    let Publisher::Syslog { way, host, port } = publisher.publisher().map_err(io::Error::other)? else {
        return Err(io::Error::other("it is no collector"));
    };
    let addresses: Vec<SocketAddr> = (host.as_str(), port).to_socket_addrs()?.take(ADDRESSES.1).collect();
    if way == Way::Udp {
        return first(&addresses, |address| datagrams(address, messages, until));
    }
    let socket = first(&addresses, |address| TcpStream::connect_timeout(&address, ADDRESSES.0.min(left(until)?)))?;
    let line = Line { socket, until };
    let text: String = messages.iter().map(|message| syslog::counted(message)).collect();
    if way == Way::Tcp { in_the_clear(line, &text) } else { guarded(line, publisher, host, &text) }
}

/// A connection that is there until an instant: neither side's patience begins anew with what it reads or writes in between.
struct Line {
    socket: TcpStream,
    until: Instant,
}

impl Read for Line {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.socket.set_read_timeout(Some(left(self.until)?))?;
        self.socket.read(into).map_err(timed)
    }
}

impl Write for Line {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.socket.set_write_timeout(Some(left(self.until)?))?;
        self.socket.write(from).map_err(timed)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

/// How long it is until then.
fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(late()) } else { Ok(left) }
}

/// An error, by one name where time was up: systems have two.
fn timed(error: io::Error) -> io::Error {
    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) { late() } else { error }
}

fn late() -> io::Error {
    io::Error::new(ErrorKind::TimedOut, "it did not take everything in time")
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

fn datagrams(address: SocketAddr, messages: &[String], until: Instant) -> io::Result<()> {
    let any = if address.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any)?;
    for message in messages {
        socket.set_write_timeout(Some(left(until)?))?;
        let cut = message.floor_char_boundary(MOST_UDP);
        socket.send_to(message.get(..cut).unwrap_or(message).as_bytes(), address)?;
    }
    Ok(())
}

fn in_the_clear(mut line: Line, text: &str) -> io::Result<()> {
    line.write_all(text.as_bytes())?;
    line.socket.shutdown(Shutdown::Write)?;
    to_its_end(line)
}

fn guarded(line: Line, publisher: &PublisherSettings, host: String, text: &str) -> io::Result<()> {
    let config = Arc::new(tls(publisher.ca_file.as_deref()).map_err(io::Error::other)?);
    let name = rustls::pki_types::ServerName::try_from(host).map_err(io::Error::other)?;
    let connection = rustls::ClientConnection::new(config, name).map_err(io::Error::other)?;
    let mut line = rustls::StreamOwned::new(connection, line);
    line.write_all(text.as_bytes())?;
    line.conn.send_close_notify();
    line.flush()?;
    line.sock.socket.shutdown(Shutdown::Write)?;
    to_its_end(line)
}

/// Reads what the other side still says until it closes. One that ends before it has read everything resets the connection; and
/// what it says and nobody reads (tickets of TLS 1.3) would reset it from here, and take with it what is still on its way.
///
/// Under TLS, its end is what it says itself (`close_notify`, which it owes: RFC 5425, section 4.4): a connection that merely
/// closes may have been closed by anybody on the way, with everything that was sent still in hand. In the clear nobody can tell.
fn to_its_end(mut line: impl Read) -> io::Result<()> {
    let mut said = [0; 1_024];
    loop {
        match line.read(&mut said) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => {}
                ErrorKind::TimedOut => return Err(not_closed()),
                ErrorKind::UnexpectedEof => return Err(not_its_end()),
                _ => return Err(error),
            },
        }
    }
}

fn not_closed() -> io::Error {
    io::Error::new(ErrorKind::TimedOut, "it did not close the connection in time, so it may not have read everything")
}

fn not_its_end() -> io::Error {
    let why = "the connection closed without a word of it in TLS (close_notify), so it may not have read everything";
    io::Error::new(ErrorKind::UnexpectedEof, why)
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
    use crate::actions::sinks::deliver::LEASE_SECONDS;
    use std::net::TcpListener;

    #[test]
    fn a_sink_is_given_up_before_another_replica_may_have_it() {
        assert!(PATIENCE < LATEST && LATEST.as_secs() + 10 < LEASE_SECONDS.unsigned_abs());
    }

    #[test]
    fn a_collector_that_reads_drop_by_drop_has_no_longer_than_one_that_does_not() {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let to = format!("syslog+tcp://{}", tcp.local_addr().unwrap());
        let reading = std::thread::spawn(move || {
            let (mut stream, _) = tcp.accept().unwrap();
            let mut drops = [0; 65_536];
            // More than the system keeps on the way waits all the while, and some of it is always taken.
            while stream.read(&mut drops).is_ok_and(|n| n > 0) {
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let settings: PublisherSettings = serde_json::from_value(serde_json::json!({ "to": to })).unwrap();
        let begun = Instant::now();
        let until = begun + Duration::from_millis(500);
        let why = write_lines(&settings, &["x".repeat(64_000_000)], until).unwrap_err();
        assert_eq!(why.kind(), ErrorKind::TimedOut, "{why}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        reading.join().unwrap();
    }

    #[test]
    fn a_collector_that_goes_on_speaking_is_not_listened_to_for_ever() {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let to = format!("syslog+tcp://{}", tcp.local_addr().unwrap());
        let speaking = std::thread::spawn(move || {
            let (mut stream, _) = tcp.accept().unwrap();
            while stream.write_all(b".").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let settings: PublisherSettings = serde_json::from_value(serde_json::json!({ "to": to })).unwrap();
        let until = Instant::now() + Duration::from_millis(500);
        let why = write_lines(&settings, &["x".to_owned()], until).unwrap_err();
        assert_eq!((why.kind(), why.to_string()), (ErrorKind::TimedOut, not_closed().to_string()));
        speaking.join().unwrap();
    }

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
