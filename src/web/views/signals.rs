//! Receivers of signals: all of them with the form for one more, and one with everything that there is to know of it.

use serde::Serialize;

use super::parts::sample_id;
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/signals`
#[derive(Debug, Clone, Serialize)]
pub struct Signals {
    /// What receivers are told about this service.
    pub configuration: String,
    /// The receivers, by name.
    pub receivers: Vec<Line>,
    /// The form, for admins.
    pub form: Option<ReceiverForm>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A receiver in short.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// `rcv_…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// The `aud` of what it is told.
    pub audience: String,
    /// How it stands.
    pub state: State,
    /// How many events wait for it.
    pub waiting: i64,
}

/// How a receiver stands.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// `none`, `enabled`, `failing`, `paused` or `disabled`.
    pub word: &'static str,
    /// The badge that shows it.
    pub badge: &'static str,
}

impl State {
    /// Of a word.
    #[must_use]
    pub fn of(word: &'static str) -> Self {
        let badge = match word {
            "enabled" => "active",
            "failing" => "failed",
            "paused" => "suspended",
            "disabled" => "disabled",
            _ => "not_started",
        };
        Self { word, badge }
    }
}

/// The form for one more.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiverForm {
    /// What was typed.
    pub name: String,
    /// What was typed.
    pub audience: String,
    /// The warehouse that was chosen, or nothing.
    pub warehouse: String,
    /// Those to choose from, with nothing first.
    pub warehouses: Vec<Choice>,
}

/// `/signals/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct ReceiverPage {
    /// `rcv_…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// The `aud` of what it is told.
    pub audience: String,
    /// The warehouse that it hears of; empty where it hears of all.
    pub warehouse: String,
    /// Since when.
    pub since: i64,
    /// How it stands.
    pub state: State,
    /// What receivers are told about this service.
    pub configuration: String,
    /// Its live credentials, the newest first.
    pub credentials: Vec<Credential>,
    /// What it has subscribed to.
    pub stream: Option<Stream>,
    /// What it refused lately, the newest first.
    pub refused: Vec<Refused>,
    /// A credential that was made just now.
    pub fresh: Option<String>,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// Whether it can be given one more credential.
    pub may_add: bool,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A live credential.
#[derive(Debug, Clone, Serialize)]
pub struct Credential {
    /// `rcc_…`
    pub id: String,
    /// When it was made.
    pub since: i64,
    /// When it was last used.
    pub used: Option<i64>,
}

/// What a receiver has subscribed to, and how delivery goes.
#[derive(Debug, Clone, Serialize)]
pub struct Stream {
    /// `push` or `poll`.
    pub method: &'static str,
    /// Where events are pushed to.
    pub endpoint: Option<String>,
    /// What the receiver says of it.
    pub description: Option<String>,
    /// Why it does not flow.
    pub reason: Option<String>,
    /// The names of the events that it gets.
    pub events: Vec<&'static str>,
    /// How many wait.
    pub waiting: i64,
    /// Since when the oldest does.
    pub oldest: Option<i64>,
    /// How many were taken.
    pub taken: i64,
    /// When the last one was.
    pub taken_at: Option<i64>,
    /// Since when nothing gets there.
    pub failing: Option<i64>,
    /// When it is tried again.
    pub retry: Option<i64>,
    /// What was said last.
    pub error: Option<String>,
    /// Whether it can be resumed, rather than paused.
    pub stopped: bool,
    /// Whether an admin has stopped it, so that the receiver can't resume it.
    pub by_admin: bool,
}

/// What a receiver refused.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// The name of the event.
    pub event: &'static str,
    /// When.
    pub at: i64,
    /// What it said.
    pub why: String,
}

impl View for Signals {
    const TEMPLATE: &'static str = "signals/list";
    const NAV: &'static str = "signals";

    fn title(&self) -> Title {
        Title::of("signals-title")
    }
}

impl View for ReceiverPage {
    const TEMPLATE: &'static str = "signals/receiver";
    const NAV: &'static str = "signals";

    fn title(&self) -> Title {
        Title::of("signals-receiver-title").with("name", self.name.clone())
    }
}

/// Receivers in every state.
#[must_use]
pub fn sample() -> Signals {
    let line = |n: u8, name: &str, audience: &str, word: &'static str, waiting| Line {
        id: sample_id("rcv", n),
        name: name.into(),
        audience: audience.into(),
        state: State::of(word),
        waiting,
    };
    Signals {
        configuration: "https://academy.example.com/.well-known/ssf-configuration".into(),
        receivers: vec![
            line(1, "Lake", "https://lake.example.com", "enabled", 0),
            line(2, "Lantern BI", "https://lantern.example.com/signals", "failing", 1_204),
            line(3, "Notebooks", "notebooks", "paused", 12),
            line(4, "Old warehouse", "https://old.example.com", "disabled", 1),
            line(5, "SIEM", "https://siem.example.com", "none", 0),
        ],
        form: Some(ReceiverForm {
            name: "Lake".into(),
            audience: "two words".into(),
            warehouse: String::new(),
            warehouses: vec![
                Choice { value: String::new(), label: "—".into() },
                Choice { value: "lake".into(), label: "Lake".into() },
            ],
        }),
        errors: vec![FieldError {
            field: "audience".into(),
            text: "An audience has 1 to 200 visible characters.".into(),
        }],
    }
}

/// A receiver that takes nothing any more.
#[must_use]
pub fn sample_receiver() -> ReceiverPage {
    ReceiverPage {
        id: sample_id("rcv", 2),
        name: "Lantern BI".into(),
        audience: "https://lantern.example.com/signals".into(),
        warehouse: String::new(),
        since: sample_at(-24 * 40),
        state: State::of("failing"),
        configuration: "https://academy.example.com/.well-known/ssf-configuration".into(),
        credentials: vec![
            Credential { id: sample_id("rcc", 1), since: sample_at(-1), used: None },
            Credential { id: sample_id("rcc", 2), since: sample_at(-24 * 40), used: Some(sample_at(-1)) },
        ],
        stream: Some(Stream {
            method: "push",
            endpoint: Some(
                "https://lantern.example.com/signals/a-rather-long-way-to-the-place-where-it-takes-them".into(),
            ),
            description: Some("Ends dashboards".into()),
            reason: None,
            events: vec!["session-revoked", "token-claims-change", "account-disabled"],
            waiting: 1_204,
            oldest: Some(sample_at(-30)),
            taken: 48_112,
            taken_at: Some(sample_at(-30)),
            failing: Some(sample_at(-30)),
            retry: Some(sample_at(1)),
            error: Some("the receiver answers with status 503".into()),
            stopped: false,
            by_admin: false,
        }),
        refused: vec![Refused {
            event: "account-disabled",
            at: sample_at(-50),
            why: "invalid_request: unknown subject".into(),
        }],
        fresh: Some("hsr_h4wT6nYkUe0Rj2LqZx8sVbPd5MgAoCi1F7tKyNuEwQs".into()),
        may_change: true,
        may_add: false,
        errors: vec![],
    }
}

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let empty = Signals { receivers: vec![], errors: vec![], ..sample() };
    let reading = Signals { form: None, errors: vec![], ..sample() };
    let stopped = sample_receiver().stream.map(|stream| Stream {
        method: "poll",
        endpoint: None,
        description: None,
        reason: Some("nothing was taken for seven days; what was waiting is gone".into()),
        failing: None,
        retry: None,
        error: None,
        waiting: 0,
        oldest: None,
        stopped: true,
        ..stream
    });
    let disabled = ReceiverPage {
        state: State::of("disabled"),
        warehouse: "Lake".into(),
        stream: stopped,
        fresh: None,
        refused: vec![],
        ..sample_receiver()
    };
    let paused = ReceiverPage {
        state: State::of("paused"),
        stream: sample_receiver().stream.map(|stream| Stream {
            reason: Some("an admin of the transmitter has done this".into()),
            stopped: true,
            by_admin: true,
            ..stream
        }),
        fresh: None,
        ..sample_receiver()
    };
    let begun = ReceiverPage {
        state: State::of("none"),
        stream: None,
        fresh: None,
        refused: vec![],
        credentials: vec![],
        may_add: true,
        errors: vec![FieldError { field: String::new(), text: "The receiver has not subscribed yet.".into() }],
        ..sample_receiver()
    };
    let shown = ReceiverPage { fresh: None, may_change: false, ..sample_receiver() };
    vec![
        Sample::of("signals", &sample()),
        Sample::of("signals-empty", &empty),
        Sample::of("signals-reading", &reading),
        Sample::of("signals-receiver", &sample_receiver()),
        Sample::of("signals-receiver-disabled", &disabled),
        Sample::of("signals-receiver-paused", &paused),
        Sample::of("signals-receiver-begun", &begun),
        Sample::of("signals-receiver-reading", &shown),
    ]
}
