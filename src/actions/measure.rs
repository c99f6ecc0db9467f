//! Measuring: how the parts of the service stand at this moment, for whoever watches it.

use super::sinks;
use crate::{
    app::App,
    audit::{rows::log, sinks::Sink},
    base::refusal::Fault,
    certification,
    identity::actor::Actor,
    telemetry::{ActiveKey, SinkStanding, Standing},
    tokens::rows::{KeyState, keys},
};
use std::time::Duration;

/// How long the database may take before it counts as away.
const PATIENCE: Duration = Duration::from_secs(3);

/// Reads off how everything stands. A database that is away is a figure, too.
pub async fn measure(app: &App) -> Standing {
    let now = app.now();
    let asked = async {
        let read = app.db.read(now, |r| Ok((certification::rows::unsent(r)?, keys(r)?, log::waiting(r)?))).await?;
        Ok::<_, Fault>((read, sinks::list_sinks(app, &Actor::system("metrics")).await?))
    };
    let read = match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(read)) => Some(read),
        Ok(Err(fault)) => {
            tracing::debug!(error = %fault, "the database did not answer whoever measures");
            None
        }
        Err(_) => None,
    };
    let database_up = read.is_some();
    let (mails_unsent, keys, log, (sinks, size)) = match read {
        Some(((unsent, keys, waiting), (sinks, size))) => (Some(unsent), keys, Some((size, waiting)), (sinks, size)),
        None => (None, Vec::new(), None, (Vec::new(), 0)),
    };
    let taking = |sink: Sink| SinkStanding {
        kind: sink.kind.word(),
        state: sink.state.word(),
        behind: size.saturating_sub(sink.position),
        failing_seconds: sink.failing_since.map_or(0, |since| now.micros_since(since) / 1_000_000),
        failures: sink.failures,
        id: sink.id,
        name: sink.name,
    };
    let age = |key: crate::tokens::rows::KeyRow| ActiveKey {
        purpose: key.purpose.word(),
        algorithm: key.algorithm.word(),
        age_seconds: now.micros_since(key.changed_at) / 1_000_000,
    };
    Standing {
        content_loaded: app.content().is_ok(),
        content_good: app.content().is_ok() && app.failed_load().is_none(),
        database_up,
        connections: app.db.connections(),
        passwords: app.passwords.standing(),
        mails_unsent,
        log,
        sinks: sinks.into_iter().map(taking).collect(),
        keys: keys.into_iter().filter(|key| key.state == KeyState::Active).map(age).collect(),
    }
}
