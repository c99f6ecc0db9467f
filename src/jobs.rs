//! The timetable: what runs by itself, and which replica runs it.

use crate::{
    actions::{load_content, rotate_keys, sweep},
    app::App,
    base::refusal::Fault,
    identity::secret::Secret,
    mail,
};
use std::time::Duration;

/// How often each replica looks for new content and new keys.
const FOLLOW: Duration = Duration::from_secs(2);
/// How often the replica that holds the lease sweeps, in follow rounds.
const SWEEP_EVERY: u32 = 5;
/// How long the lease lasts without being renewed, in seconds.
const LEASE_SECONDS: i64 = 30;

/// Runs the timetable until the service stops.
pub async fn run(app: App) {
    let Ok(secret) = Secret::new("replica") else { return };
    let holder = secret.hash();
    let mut round: u32 = 0;
    let mut keys_made = false;
    while !app.is_stopping() {
        if !keys_made {
            // What takes long to make is made while the first requests are answered.
            let made = rotate_keys::ensure_keys(&app).await;
            keys_made = made.is_ok();
            report("making keys", made);
        }
        tokio::time::sleep(FOLLOW).await;
        round = round.wrapping_add(1);
        report("following content", load_content::follow(&app).await.map(|_| ()));
        report("following keys", rotate_keys::refresh(&app).await);
        if round.is_multiple_of(SWEEP_EVERY) {
            match sweep::hold_lease(&app, holder.clone(), LEASE_SECONDS).await {
                Ok(true) => {
                    report("sweeping", sweep::sweep(&app).await);
                    report("mailing", mail::send_notices(&app).await);
                }
                Ok(false) => {}
                Err(fault) => report("taking the lease", Err(fault)),
            }
        }
    }
}

fn report(what: &str, outcome: Result<(), Fault>) {
    if let Err(fault) = outcome {
        tracing::warn!(job = what, error = %fault, "a job did not finish; it runs again");
    }
}
