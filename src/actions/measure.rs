//! Measuring: how the parts of the service stand at this moment, for whoever watches it.

use crate::{
    app::App,
    audit::rows::log,
    certification,
    telemetry::{ActiveKey, Standing},
    tokens::rows::{KeyState, keys},
};
use std::time::Duration;

/// How long the database may take before it counts as away.
const PATIENCE: Duration = Duration::from_secs(3);

/// Reads off how everything stands. A database that is away is a figure, too.
pub async fn measure(app: &App) -> Standing {
    let now = app.now();
    let asked = app.db.read(now, |r| {
        let size = log::state(r)?.map_or(0, |state| state.size);
        Ok((certification::rows::unsent(r)?, keys(r)?, (size, log::waiting(r)?)))
    });
    let read = match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(read)) => Some(read),
        Ok(Err(fault)) => {
            tracing::debug!(error = %fault, "the database did not answer whoever measures");
            None
        }
        Err(_) => None,
    };
    let database_up = read.is_some();
    let (mails_unsent, keys, log) =
        read.map_or((None, Vec::new(), None), |(unsent, keys, log)| (Some(unsent), keys, Some(log)));
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
        keys: keys.into_iter().filter(|key| key.state == KeyState::Active).map(age).collect(),
    }
}
