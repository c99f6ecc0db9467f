//! Log lines on standard error, and the figures for Prometheus.

mod gauges;

pub use gauges::{ActiveKey, SinkStanding, Standing};

use crate::settings::{LogFormat, Settings};
use gauges::Gauges;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// Starts logging; a second call does nothing.
pub fn start(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log).unwrap_or_else(|_| EnvFilter::new("habilis=info,warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let lines = lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    // Already started (in tests): the first one stays.
    let _ = match settings.log_format {
        LogFormat::Json => lines.json().try_init(),
        LogFormat::Text => lines.compact().try_init(),
    };
}

/// What a request is counted under.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct RequestLabels {
    /// The route's pattern, never the path itself.
    pub route: String,
    /// The method.
    pub method: String,
    /// The status's hundred: `2xx`.
    pub status: String,
}

/// What an outcome is counted under.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct OutcomeLabels {
    /// The verb: `mint_token`, `sign_in`, …
    pub verb: &'static str,
    /// `done`, a refusal's code, or `broken`.
    pub outcome: &'static str,
}

/// What a refusal is counted under: codes stand in the sources, so that there are only so many.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RefusalLabels {
    code: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct TokenLabels {
    warehouse_kind: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct LeaseLabels {
    lease: &'static str,
}

/// The figures.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RequestLabels, Histogram>,
    outcomes: Family<OutcomeLabels, Counter>,
    refusals: Family<RefusalLabels, Counter>,
    tokens: Family<TokenLabels, Counter>,
    leases: Family<LeaseLabels, Gauge>,
    gauges: Gauges,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("habilis");
        let requests = Family::default();
        let durations = Family::<RequestLabels, Histogram>::new_with_constructor(|| {
            Histogram::new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0])
        });
        let outcomes = Family::default();
        registry.register("http_requests", "Requests by route, method and status", requests.clone());
        registry.register("http_request_duration_seconds", "Time to answer", durations.clone());
        registry.register("actions", "Actions by verb and outcome", outcomes.clone());
        let (refusals, tokens, leases) = (Family::default(), Family::default(), Family::default());
        registry.register("refusals", "Refusals by code", refusals.clone());
        registry.register("tokens_minted", "Tokens minted for warehouses, by kind", tokens.clone());
        registry.register("lease_held", "Whether this process holds the lease", leases.clone());
        let gauges = Gauges::registered(&mut registry);
        Self { registry: Arc::new(registry), requests, durations, outcomes, refusals, tokens, leases, gauges }
    }
}

impl Metrics {
    /// Counts an answered request.
    pub fn request(&self, labels: RequestLabels, seconds: f64) {
        self.durations.get_or_create(&labels).observe(seconds);
        self.requests.get_or_create(&labels).inc();
    }

    /// Counts an action's outcome.
    pub fn outcome(&self, verb: &'static str, outcome: &'static str) {
        self.outcomes.get_or_create(&OutcomeLabels { verb, outcome }).inc();
    }

    /// Counts a refusal.
    pub fn refused(&self, code: &'static str) {
        self.refusals.get_or_create(&RefusalLabels { code }).inc();
    }

    /// Counts a token that was minted for a warehouse of a kind.
    pub fn minted(&self, warehouse_kind: &'static str) {
        self.tokens.get_or_create(&TokenLabels { warehouse_kind }).inc();
    }

    /// Notes whether this process holds a lease.
    pub fn holds(&self, lease: &'static str, held: bool) {
        self.leases.get_or_create(&LeaseLabels { lease }).set(held.into());
    }

    /// The figures in the OpenMetrics text format, those of how the parts stand with what was read off just now.
    #[must_use]
    pub fn text(&self, standing: &Standing) -> String {
        self.gauges.set(standing);
        let mut text = String::new();
        // Writing into a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
