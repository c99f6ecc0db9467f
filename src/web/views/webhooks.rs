//! Who gets the log's events as they come: each with how far it is, and what an admin can do about it.

use super::{Choice, FieldError, Sample, Title, View, parts::sample_id, sample_at};
use serde::Serialize;

/// `/webhooks`
#[derive(Debug, Clone, Serialize)]
pub struct Webhooks {
    /// The sinks, by name.
    pub sinks: Vec<Line>,
    /// How many events the log has.
    pub size: u64,
    /// A secret that was just made.
    pub secret: Option<String>,
    /// The form of a new one; none for those who may only read.
    pub form: Option<WebhookForm>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A sink.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// `webhook`, `nats` or `syslog`.
    pub kind: String,
    /// Whether admins see to it, and not the settings.
    pub is_webhook: bool,
    /// Its name.
    pub name: String,
    /// Where it is; of a webhook, without its path for those who are no admins.
    pub address: String,
    /// The kinds of events that it gets; empty means all.
    pub kinds: Vec<String>,
    /// The first position that it has not got yet.
    pub position: u64,
    /// How many events lie before it.
    pub behind: u64,
    /// `enabled`, `paused`, `gone`, or `unnamed`.
    pub state: String,
    /// Whether it takes nothing at the moment.
    pub failing: bool,
    /// Since when it takes nothing.
    pub failing_since: Option<i64>,
    /// How often in a row it took nothing.
    pub failures: i64,
    /// What was said last.
    pub error: Option<String>,
    /// When it is tried again.
    pub retry_at: Option<i64>,
    /// How many events it has taken.
    pub taken: i64,
    /// When the last of them.
    pub taken_at: Option<i64>,
}

/// A new webhook as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WebhookForm {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How many events one call holds.
    pub batch: String,
    /// The first position that it gets.
    pub position: String,
    /// Kinds of events to choose from.
    pub kinds: Vec<Tick>,
}

/// A kind of event that can be ticked.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// The kind.
    pub kind: Choice,
    /// Whether it is.
    pub on: bool,
}

impl View for Webhooks {
    const TEMPLATE: &'static str = "webhooks/list";
    const NAV: &'static str = "webhooks";

    fn title(&self) -> Title {
        Title::of("webhooks-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("webhooks", &sample()),
        Sample::of("webhooks-made", &sample_made()),
        Sample::of("webhooks-empty", &sample_empty()),
    ]
}

fn line(n: u8, kind: &str, name: &str, address: &str) -> Line {
    Line {
        id: sample_id("snk", n),
        kind: kind.into(),
        is_webhook: kind == "webhook",
        name: name.into(),
        address: address.into(),
        kinds: vec![],
        position: 48_199,
        behind: 0,
        state: "enabled".into(),
        failing: false,
        failing_since: None,
        failures: 0,
        error: None,
        retry_at: None,
        taken: 1_204,
        taken_at: Some(sample_at(0) - 60_000_000),
    }
}

/// Sinks in every state.
#[must_use]
pub fn sample() -> Webhooks {
    let url = "https://hooks.example.com/habilis";
    Webhooks {
        sinks: vec![
            Line { kinds: vec!["grant.ended".into(), "lock.placed".into()], ..line(1, "webhook", "Ticketing", url) },
            Line {
                failing: true,
                failing_since: Some(sample_at(-3)),
                failures: 21,
                behind: 412,
                position: 47_787,
                error: Some("it answers with status 503".into()),
                retry_at: Some(sample_at(0) + 120_000_000),
                ..line(2, "webhook", "Data pipeline", "https://pipeline.example.com/in")
            },
            Line { state: "paused".into(), behind: 12, ..line(3, "webhook", "Chat", "https://chat.example.com/T0/B1") },
            Line { state: "gone".into(), behind: 40_000, ..line(4, "webhook", "Old tool", "https://old.example.com") },
            line(5, "nats", "nats://nats.example.com:4222/habilis", "nats://nats.example.com:4222/habilis"),
            Line {
                taken: 0,
                taken_at: None,
                ..line(6, "syslog", "syslog+tls://siem.example.com", "syslog+tls://siem.example.com")
            },
            Line {
                state: "unnamed".into(),
                ..line(7, "syslog", "syslog+tcp://old.example.com", "syslog+tcp://old.example.com")
            },
        ],
        size: 48_199,
        secret: None,
        form: Some(WebhookForm {
            name: "Ticketing".into(),
            url: "http://10.0.0.1".into(),
            batch: "1".into(),
            position: String::new(),
            kinds: [("grant.ended", "Grant ended"), ("grant.given", "Grant given"), ("lock.placed", "Lock placed")]
                .map(|(value, label)| Tick {
                    kind: Choice { value: value.into(), label: label.into() },
                    on: value == "grant.ended",
                })
                .to_vec(),
        }),
        errors: vec![FieldError {
            field: "url".into(),
            text: "This address can’t be called: http is only for this machine.".into(),
        }],
    }
}

/// One was just made.
#[must_use]
pub fn sample_made() -> Webhooks {
    Webhooks {
        secret: Some("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".into()),
        errors: vec![],
        form: Some(WebhookForm::default()),
        ..sample()
    }
}

/// Nobody gets anything, and the reader may only read.
#[must_use]
pub fn sample_empty() -> Webhooks {
    Webhooks { sinks: vec![], form: None, errors: vec![], ..sample() }
}
