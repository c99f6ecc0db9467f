//! Sending one batch to one sink: a signed call, messages of a stream, or lines of syslog.

use super::deliver::Parcel;
use crate::{
    app::App,
    audit::sinks::{
        Kind,
        cloud_event::cloud_event,
        publisher::{Publisher, PublisherSettings, Way},
        syslog,
    },
    base::{
        outbound::{self, Reply},
        refusal::Broken,
        webhook::Secret,
    },
};
use async_nats::{HeaderMap, jetstream};
use serde_json::Value;
use std::{
    io::Write,
    net::{TcpStream, ToSocketAddrs, UdpSocket},
    path::Path,
    sync::Arc,
    time::Duration,
};

/// How long a stream or a collector may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of what went wrong is kept, in characters.
const MOST_WORDS: usize = 300;
/// The largest message of syslog over UDP, in bytes (RFC 5426, section 3.2: what every receiver should take).
const MOST_UDP: usize = 2_048;

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was taken.
    Taken,
    /// The webhook is gone for good.
    Gone,
    /// It is tried again.
    Failed(String),
}

/// Sends a batch.
pub(super) async fn send(app: &App, parcel: &Parcel) -> Fate {
    let issuer = app.settings.issuer();
    let publisher = app.settings.publish.iter().find(|publisher| publisher.id() == parcel.sink.id);
    let sent = match (parcel.sink.kind, publisher) {
        (Kind::Webhook, _) => match call(app, &issuer, parcel).await {
            Ok(fate) => return fate,
            Err(why) => Err(why),
        },
        (_, None) => Err("the settings of this process do not name it".to_owned()),
        (Kind::Nats, Some(publisher)) => match tokio::time::timeout(PATIENCE, stream(publisher, &issuer, parcel)).await
        {
            Ok(sent) => sent,
            Err(_) => Err("the server did not answer in time".to_owned()),
        },
        (Kind::Syslog, Some(publisher)) => collect(publisher.clone(), app.settings.host(), parcel).await,
    };
    sent.map_or_else(|why| Fate::Failed(shortened(&why)), |()| Fate::Taken)
}

/// One signed call with one event, or with several (CloudEvents, JSON batch format).
async fn call(app: &App, issuer: &str, parcel: &Parcel) -> Result<Fate, String> {
    let events: Vec<Value> =
        parcel.events.iter().map(|(position, kept)| cloud_event(issuer, *position, kept)).collect();
    let (id, kind, body) = match (parcel.sink.batch, events.as_slice(), parcel.events.as_slice()) {
        (1, [event], [(_, kept)]) => (kept.id.clone(), "application/cloudevents+json", event.to_string()),
        (_, events, [(first, _), ..]) => {
            let last = parcel.events.last().map_or(*first, |(position, _)| *position);
            (
                format!("log-{first}-{last}"),
                "application/cloudevents-batch+json",
                Value::from(events.to_vec()).to_string(),
            )
        }
        _ => return Ok(Fate::Taken),
    };
    let seconds = app.now().seconds();
    let mut signatures = Vec::new();
    for secret in &parcel.secrets {
        let broken = |broken: Broken| format!("its secret does not open here: {broken}");
        let text = String::from_utf8(app.keyring.unseal(&secret.id, &secret.sealed).map_err(broken)?);
        let secret = text.ok().and_then(|text| Secret::parse(&text).ok()).ok_or("its secret does not read back")?;
        signatures.push(secret.sign(&id, seconds, &body));
    }
    let (seconds, signatures) = (seconds.to_string(), signatures.join(" "));
    let (app, address) = (app.clone(), parcel.sink.address.clone());
    let answered = tokio::task::spawn_blocking(move || {
        let heads = [
            ("content-type", kind),
            ("webhook-id", id.as_str()),
            ("webhook-timestamp", seconds.as_str()),
            ("webhook-signature", signatures.as_str()),
        ];
        app.outbound.post(&address, &heads, &body)
    });
    Ok(fate(&answered.await.map_err(|error| error.to_string())??))
}

/// What an answer says (standardwebhooks.com: any 2xx is taken, 410 means never again).
fn fate(reply: &Reply) -> Fate {
    match reply.status {
        200..300 => Fate::Taken,
        410 => Fate::Gone,
        status @ 300..400 => Fate::Failed(format!("it answers with status {status}: redirects are not followed")),
        status => Fate::Failed(format!("it answers with status {status}")),
    }
}

/// Messages to a stream of NATS (JetStream), each under its event's id, so that the stream takes none twice.
async fn stream(publisher: &PublisherSettings, issuer: &str, parcel: &Parcel) -> Result<(), String> {
    let Publisher::Nats { server, prefix } = publisher.publisher()? else { return Err("it is no stream".to_owned()) };
    let mut options = async_nats::ConnectOptions::new().name("habilis").connection_timeout(PATIENCE);
    if let Some(token) = &publisher.token {
        options = options.token(token.reveal().to_owned());
    }
    if let (Some(user), Some(password)) = (&publisher.user, &publisher.password) {
        options = options.user_and_password(user.clone(), password.reveal().to_owned());
    }
    if let Some(file) = &publisher.ca_file {
        options = options.add_root_certificates(file.clone());
    }
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let client = options.connect(&server).await.map_err(|error| said(&error))?;
    let stream = jetstream::new(client);
    let mut acknowledgements = Vec::new();
    for (position, kept) in &parcel.events {
        let mut heads = HeaderMap::new();
        heads.insert(async_nats::header::NATS_MESSAGE_ID, kept.id.as_str());
        heads.insert("Content-Type", "application/cloudevents+json");
        let subject = format!("{prefix}.{}", kept.kind);
        let body = cloud_event(issuer, *position, kept).to_string();
        let sent = stream.publish_with_headers(subject, heads, body.into()).await;
        acknowledgements.push(sent.map_err(|error| said(&error))?);
    }
    for acknowledgement in acknowledgements {
        acknowledgement.await.map_err(|error| said(&error))?;
    }
    Ok(())
}

/// Lines to a collector of syslog.
async fn collect(publisher: PublisherSettings, host: String, parcel: &Parcel) -> Result<(), String> {
    let messages: Vec<String> =
        parcel.events.iter().map(|(position, kept)| syslog::message(&host, *position, kept)).collect();
    let sent =
        tokio::task::spawn_blocking(move || write_lines(&publisher, &messages).map_err(|error| error.to_string()));
    sent.await.map_err(|error| error.to_string())?
}

fn write_lines(publisher: &PublisherSettings, messages: &[String]) -> std::io::Result<()> {
    let Publisher::Syslog { way, host, port } = publisher.publisher().map_err(std::io::Error::other)? else {
        return Err(std::io::Error::other("it is no collector"));
    };
    let mut addresses = (host.as_str(), port).to_socket_addrs()?;
    let address = addresses.next().ok_or_else(|| std::io::Error::other("its name leads nowhere"))?;
    if way == Way::Udp {
        let any = if address.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
        let socket = UdpSocket::bind(any)?;
        for message in messages {
            let cut = message.floor_char_boundary(MOST_UDP);
            socket.send_to(message.get(..cut).unwrap_or(message).as_bytes(), address)?;
        }
        return Ok(());
    }
    let mut socket = TcpStream::connect_timeout(&address, PATIENCE)?;
    socket.set_write_timeout(Some(PATIENCE))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let text: String = messages.iter().map(|message| syslog::counted(message)).collect();
    if way == Way::Tcp {
        socket.write_all(text.as_bytes())?;
        return socket.shutdown(std::net::Shutdown::Write);
    }
    let config = Arc::new(tls(publisher.ca_file.as_deref()).map_err(std::io::Error::other)?);
    let name = rustls::pki_types::ServerName::try_from(host).map_err(std::io::Error::other)?;
    let connection = rustls::ClientConnection::new(config, name).map_err(std::io::Error::other)?;
    let mut line = rustls::StreamOwned::new(connection, socket);
    line.write_all(text.as_bytes())?;
    line.conn.send_close_notify();
    line.flush()
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

/// Words that came from outside, so short and plain that they can be shown.
fn shortened(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_WORDS).collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_2xx_is_taken_and_410_is_the_end() {
        let answer = |status| fate(&Reply { status, kind: String::new(), body: String::new() });
        assert_eq!((answer(200), answer(204), answer(410)), (Fate::Taken, Fate::Taken, Fate::Gone));
        for status in [301, 307, 400, 404, 429, 500, 503] {
            assert!(matches!(answer(status), Fate::Failed(_)), "{status}");
        }
    }
}
