//! A stream's configuration as receivers write and read it (SSF, section 8.1.1).

use super::{VERIFICATION_SECONDS, event::Event, refusal::SignalRefusal, rows::Stream};
use crate::{base::outbound::Guarded, db::sql::word_column};
use serde_json::{Map, Value, json};

/// The most events that can be asked for, known or not.
const MOST_EVENTS: usize = 100;
/// The longest description, in characters, and the longest `Authorization` header.
const LONGEST: usize = 1_000;
const LONGEST_HEADER: usize = 4_096;

/// How events reach a receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// They are sent to it (RFC 8935).
    Push,
    /// It fetches them (RFC 8936).
    Poll,
}
word_column!(Method { Push => "push", Poll => "poll" });

impl Method {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Push, Self::Poll];

    /// Its name in a configuration.
    #[must_use]
    pub fn urn(self) -> &'static str {
        match self {
            Self::Push => "urn:ietf:rfc:8935",
            Self::Poll => "urn:ietf:rfc:8936",
        }
    }
}

/// Whether events flow (SSF, section 8.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Enabled,
    /// They are held.
    Paused,
    /// They are neither sent nor held.
    Disabled,
}
word_column!(Status { Enabled => "enabled", Paused => "paused", Disabled => "disabled" });

/// Who has stopped a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoppedBy {
    /// An admin: the receiver does not resume it.
    Admin,
    Receiver,
    /// This service, because nobody took what waited.
    House,
}
word_column!(StoppedBy { Admin => "admin", Receiver => "receiver", House => "house" });

/// Where events go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// To an address, with a header where the receiver wants one.
    Push { endpoint: String, header: Option<String> },
    /// Nowhere: they are fetched.
    Poll,
}

/// What a receiver supplies. What is `None` was not said; an inner `None` takes back what was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub requested: Option<Option<Vec<String>>>,
    pub delivery: Option<Delivery>,
    pub description: Option<Option<String>>,
}

impl Wanted {
    /// Reads what a receiver sends. Addresses are held against what may be called.
    ///
    /// # Errors
    /// A property is not of its kind, or the address may not be called.
    pub fn read(body: &Map<String, Value>, line: &Guarded) -> Result<Self, SignalRefusal> {
        let requested = body.get("events_requested").map(events).transpose()?;
        let delivery = match body.get("delivery") {
            None | Some(Value::Null) => None,
            Some(Value::Object(fields)) => Some(delivery(fields, line)?),
            Some(_) => return Err(SignalRefusal::of("delivery is an object")),
        };
        let description = match body.get("description") {
            None => None,
            Some(Value::Null) => Some(None),
            Some(Value::String(text)) if text.chars().count() <= LONGEST && !text.contains(char::is_control) => {
                Some(Some(text.clone()))
            }
            Some(_) => return Err(SignalRefusal::of("description is a text of at most 1000 characters in one line")),
        };
        Ok(Self { requested, delivery, description })
    }
}

fn events(value: &Value) -> Result<Option<Vec<String>>, SignalRefusal> {
    let wrong = || SignalRefusal::of("events_requested is a list of at most 100 addresses of events");
    let list = match value {
        Value::Null => return Ok(None),
        Value::Array(list) if list.len() <= MOST_EVENTS => list,
        _ => return Err(wrong()),
    };
    let one = |event: &Value| event.as_str().filter(|text| text.len() <= LONGEST).map(str::to_owned).ok_or_else(wrong);
    Ok(Some(list.iter().map(one).collect::<Result<_, _>>()?))
}

fn delivery(fields: &Map<String, Value>, line: &Guarded) -> Result<Delivery, SignalRefusal> {
    let text = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(SignalRefusal::of(format!("delivery.{name} is a text"))),
    };
    let method = text("method")?.and_then(|urn| Method::ALL.into_iter().find(|method| method.urn() == urn));
    match method {
        None => Err(SignalRefusal::of("delivery.method is urn:ietf:rfc:8935 (push) or urn:ietf:rfc:8936 (poll)")),
        // Where it fetches them is this service's to say.
        Some(Method::Poll) => Ok(Delivery::Poll),
        Some(Method::Push) => {
            let endpoint =
                text("endpoint_url")?.ok_or_else(|| SignalRefusal::of("delivery.endpoint_url is missing"))?;
            let endpoint =
                line.address(endpoint).map_err(|why| SignalRefusal::of(format!("delivery.endpoint_url: {why}")))?;
            let header = text("authorization_header")?;
            // What it becomes is one header, whatever is in it (RFC 9110, section 5.5).
            let one_header = |text: &&str| {
                !text.trim().is_empty()
                    && text.len() <= LONGEST_HEADER
                    && text.bytes().all(|b| (b' '..=b'~').contains(&b))
            };
            if header.is_some_and(|text| !one_header(&text)) {
                return Err(SignalRefusal::of(
                    "delivery.authorization_header is one line of 1 to 4096 visible ASCII characters",
                ));
            }
            Ok(Delivery::Push { endpoint: endpoint.into(), header: header.map(|text| text.trim().to_owned()) })
        }
    }
}

/// What a stream is to its receiver.
#[derive(Clone, Debug)]
pub struct Configuration {
    pub stream: Stream,
    pub issuer: String,
    pub audience: String,
    /// Where its events are fetched, where they are.
    pub poll: String,
}

impl Configuration {
    /// The document. What the receiver is called with is not told again.
    #[must_use]
    pub fn document(&self) -> Map<String, Value> {
        let stream = &self.stream;
        let endpoint = stream.endpoint.as_deref().unwrap_or(&self.poll);
        let mut document = Map::new();
        for (name, value) in [
            ("stream_id", json!(stream.id)),
            ("iss", json!(self.issuer)),
            ("aud", json!(self.audience)),
            ("delivery", json!({ "method": stream.method.urn(), "endpoint_url": endpoint })),
            ("events_supported", json!(Event::OFFERED)),
            ("events_delivered", json!(stream.events())),
            ("min_verification_interval", json!(VERIFICATION_SECONDS)),
        ] {
            document.insert(name.to_owned(), value);
        }
        document.extend(stream.asked().map(|asked| ("events_requested".to_owned(), json!(asked))));
        document.extend(stream.description.as_ref().map(|text| ("description".to_owned(), json!(text))));
        document
    }

    /// What this service supplies must stand in a change as it is, where it stands there (SSF, sections 8.1.1.3 and 8.1.1.4).
    ///
    /// # Errors
    /// It says something else.
    pub fn agrees(&self, body: &Map<String, Value>) -> Result<(), SignalRefusal> {
        let own = self.document();
        for name in ["iss", "aud", "events_supported", "events_delivered", "min_verification_interval"] {
            if body.get(name).is_some_and(|said| own.get(name) != Some(said)) {
                return Err(SignalRefusal::of(format!("{name} is this service's to say, and it is another value")));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::outbound::Networks;
    use std::time::Duration;

    fn read(body: Value) -> Result<Wanted, SignalRefusal> {
        let line = Guarded::new(Networks::default(), None, Duration::from_secs(1)).unwrap();
        Wanted::read(body.as_object().unwrap(), &line)
    }

    #[test]
    fn what_was_not_said_stays_and_null_takes_back() {
        assert_eq!(read(json!({})).unwrap(), Wanted::default());
        let none = read(json!({ "events_requested": null, "description": null })).unwrap();
        assert_eq!((none.requested, none.description), (Some(None), Some(None)));
        let some =
            read(json!({ "events_requested": ["https://e.example/x"], "description": "d", "other": 1 })).unwrap();
        assert_eq!(some.requested, Some(Some(vec!["https://e.example/x".to_owned()])));
        let push = json!({ "delivery": { "method": "urn:ietf:rfc:8935", "endpoint_url": "https://E.example/in", "authorization_header": " Bearer x " } });
        let wanted =
            Delivery::Push { endpoint: "https://e.example/in".to_owned(), header: Some("Bearer x".to_owned()) };
        assert_eq!(read(push).unwrap().delivery, Some(wanted));
    }

    #[test]
    fn what_is_not_of_its_kind_is_refused() {
        let push = |endpoint: &str, header: Value| json!({ "delivery": { "method": "urn:ietf:rfc:8935", "endpoint_url": endpoint, "authorization_header": header } });
        for body in [
            json!({ "events_requested": "x" }),
            json!({ "events_requested": [1] }),
            json!({ "events_requested": vec!["x"; 101] }),
            json!({ "description": 1 }),
            json!({ "description": "a\nb" }),
            json!({ "delivery": "push" }),
            json!({ "delivery": {} }),
            json!({ "delivery": { "method": "urn:ietf:rfc:8935" } }),
            json!({ "delivery": { "method": "https://schemas.openid.net/secevent/risc/delivery-method/push" } }),
            push("http://e.example/in", Value::Null),
            push("https://127.0.0.1/in", Value::Null),
            push("https://u:p@e.example/in", Value::Null),
            push("https://e.example/in", json!("Bearer x\r\nX-Other: y")),
            push("https://e.example/in", json!("Bearer é")),
            push("https://e.example/in", json!("")),
            push("https://e.example/in", json!("x".repeat(4_097))),
            push("https://e.example/in", json!(["Bearer x"])),
        ] {
            assert!(read(body.clone()).is_err(), "{body}");
        }
    }
}
