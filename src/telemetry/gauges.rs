//! Figures that are read off when somebody asks for them: how the parts of the service stand at that moment.

use crate::{db::Connections, identity::password};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use std::sync::atomic::Ordering;

/// How the parts of the service stand.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Content is in force.
    pub content_loaded: bool,
    /// The last reload put content in force.
    pub content_good: bool,
    /// The database answers.
    pub database_up: bool,
    /// Connections of this process to the database.
    pub connections: Connections,
    /// The pool in which passwords are checked.
    pub passwords: password::Standing,
    /// Notices whose mail waits to be sent; none where the database does not answer.
    pub mails_unsent: Option<i64>,
    /// How many events the signed log has, and how many wait for their place in it; none where the database does not answer.
    pub log: Option<(u64, i64)>,
    /// Who gets the log's events as they come; none where the database does not answer.
    pub sinks: Vec<SinkStanding>,
    /// The active signing keys; none where the database does not answer.
    pub keys: Vec<ActiveKey>,
}

/// How somebody takes the log's events.
#[derive(Clone, Debug)]
pub struct SinkStanding {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub state: &'static str,
    /// Events of the signed log that it has not got yet.
    pub behind: u64,
    /// For how long it has taken nothing; 0 where it takes what comes.
    pub failing_seconds: i64,
    /// How often in a row it has taken nothing.
    pub failures: i64,
}

/// A key that signs.
#[derive(Clone, Copy, Debug)]
pub struct ActiveKey {
    pub purpose: &'static str,
    pub algorithm: &'static str,
    /// Since it began to sign.
    pub age_seconds: i64,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct StateLabels {
    state: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct KeyLabels {
    purpose: &'static str,
    algorithm: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct MailLabels {
    kind: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct LogLabels {
    state: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct SinkLabels {
    sink: String,
    name: String,
    kind: &'static str,
    state: &'static str,
}

/// The figures of a [`Standing`].
#[derive(Clone, Default)]
pub(super) struct Gauges {
    content_loaded: Gauge,
    content_good: Gauge,
    database_up: Gauge,
    connections: Family<StateLabels, Gauge>,
    connections_most: Gauge,
    passwords_waiting: Gauge,
    passwords_busy: Gauge,
    passwords_turned_away: Counter,
    mails_unsent: Family<MailLabels, Gauge>,
    log: Family<LogLabels, Gauge>,
    sinks_behind: Family<SinkLabels, Gauge>,
    sinks_failing: Family<SinkLabels, Gauge>,
    sinks_failures: Family<SinkLabels, Gauge>,
    key_ages: Family<KeyLabels, Gauge>,
}

impl Gauges {
    /// Registers every figure.
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let own = Self::default();
        registry.register("content_loaded", "Whether content is in force", own.content_loaded.clone());
        let good = own.content_good.clone();
        registry.register("content_last_load_successful", "Whether the last reload put content in force", good);
        registry.register("database_up", "Whether the database answers", own.database_up.clone());
        let connections = own.connections.clone();
        registry.register("database_connections", "Database connections of this process by state", connections);
        let most = own.connections_most.clone();
        registry.register("database_connections_max", "How many database connections this process may hold", most);
        let waiting = own.passwords_waiting.clone();
        registry.register("password_queue_length", "Sign-ins that wait for a password worker", waiting);
        registry.register("password_workers_busy", "Password workers at work", own.passwords_busy.clone());
        let turned_away = own.passwords_turned_away.clone();
        registry.register("password_refusals", "Sign-ins turned away because the queue was full", turned_away);
        registry.register("mails_unsent", "Mails that wait to be sent", own.mails_unsent.clone());
        registry.register("log_events", "Events that are signed, and events that wait for it", own.log.clone());
        let behind = own.sinks_behind.clone();
        registry.register("event_sink_behind", "Events that a webhook or publisher has not got yet", behind);
        let failing = own.sinks_failing.clone();
        let words = "Time since a webhook or publisher began to take nothing; 0 where it takes what comes";
        registry.register("event_sink_failing_seconds", words, failing);
        let failures = own.sinks_failures.clone();
        registry.register("event_sink_failures", "Attempts in a row that a webhook or publisher refused", failures);
        let ages = own.key_ages.clone();
        registry.register("signing_key_age_seconds", "Time since the active signing key began to sign", ages);
        own
    }

    /// Takes over how the parts stand.
    pub(super) fn set(&self, standing: &Standing) {
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.content_loaded.set(standing.content_loaded.into());
        self.content_good.set(standing.content_good.into());
        self.database_up.set(standing.database_up.into());
        let Connections { in_use, idle, most } = standing.connections;
        for (state, number) in [("in_use", in_use), ("idle", idle)] {
            self.connections.get_or_create(&StateLabels { state }).set(number.into());
        }
        self.connections_most.set(most.into());
        self.passwords_waiting.set(whole(standing.passwords.waiting));
        self.passwords_busy.set(whole(standing.passwords.busy));
        self.passwords_turned_away.inner().fetch_max(standing.passwords.turned_away, Ordering::Relaxed);
        // What is not known is not told, rather than told as it was before.
        self.mails_unsent.clear();
        if let Some(unsent) = standing.mails_unsent {
            self.mails_unsent.get_or_create(&MailLabels { kind: "notice" }).set(unsent);
        }
        self.log.clear();
        if let Some((signed, waiting)) = standing.log {
            let signed = i64::try_from(signed).unwrap_or(i64::MAX);
            self.log.get_or_create(&LogLabels { state: "signed" }).set(signed);
            self.log.get_or_create(&LogLabels { state: "waiting" }).set(waiting);
        }
        for figure in [&self.sinks_behind, &self.sinks_failing, &self.sinks_failures] {
            figure.clear();
        }
        for sink in &standing.sinks {
            let labels =
                SinkLabels { sink: sink.id.clone(), name: sink.name.clone(), kind: sink.kind, state: sink.state };
            self.sinks_behind.get_or_create(&labels).set(i64::try_from(sink.behind).unwrap_or(i64::MAX));
            self.sinks_failing.get_or_create(&labels).set(sink.failing_seconds);
            self.sinks_failures.get_or_create(&labels).set(sink.failures);
        }
        self.key_ages.clear();
        for key in &standing.keys {
            let labels = KeyLabels { purpose: key.purpose, algorithm: key.algorithm };
            self.key_ages.get_or_create(&labels).set(key.age_seconds);
        }
    }
}
