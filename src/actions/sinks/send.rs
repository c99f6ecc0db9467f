//! Sending one batch to one sink: a signed call, messages of a stream, or lines of syslog.

use super::{collect::collect, deliver::Parcel};
use crate::{
    app::App,
    audit::sinks::{
        Kind,
        cloud_event::cloud_event,
        publisher::{Publisher, PublisherSettings},
    },
    base::{outbound::Reply, refusal::Broken, text::shortened, webhook::Secret},
};
use async_nats::{HeaderMap, jetstream};
use serde_json::Value;
use std::time::Duration;

/// How long a stream may take.
const PATIENCE: Duration = Duration::from_secs(10);

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
