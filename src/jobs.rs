//! The timetable: what runs by itself, and which replica runs it.

use crate::{
    actions::{load_content, log, note_use, reseal, rotate_keys, signals, sinks, sweep, weigh_token},
    app::App,
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::secret::Secret,
    mail,
    tokens::memory,
};
use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    time::Duration,
};
use tokio::{task::JoinSet, time::Instant};

/// How often each replica looks for new content and new keys.
const FOLLOW: Duration = Duration::from_secs(2);
/// How often the replica that holds a lease does what it is for.
const EVERY: Duration = Duration::from_secs(10);
/// After how many of these rounds it looks whether something is sealed by an old secret key.
const RESEAL_ROUNDS: u32 = 60;
/// How often each replica looks for events that wait for their position.
const SEQUENCE: Duration = Duration::from_millis(400);
/// How often each replica looks for what receivers are to be told.
const SIGNALS: Duration = Duration::from_millis(250);
/// How long a lease lasts without being renewed, in seconds: longer than a round, and than one mail.
const LEASE_SECONDS: i64 = 30;

/// How many receivers are told at once.
const RECEIVERS: usize = 32;
/// For how long a replica that could not push to a receiver leaves it to others, once there is something to push again.
const BEHIND: Duration = Duration::from_secs(2);
/// Which failure in a row to tell of signals is warned of, and every how many after it: those in between are for whoever looks
/// closer.
const WARNED: (u32, u32) = (3, 30);

/// The lease of whoever sweeps.
pub const SWEEPING: &str = "jobs";
/// The lease of whoever mails notices.
pub const MAILING: &str = "mail";

/// Runs the timetable until the service stops. Its parts run beside each other: a mail server that hangs holds up neither
/// content nor keys nor the sweep.
pub async fn run(app: App) {
    let Ok(secret) = Secret::new("replica") else { return };
    let holder = secret.hash();
    tokio::join!(
        follow(&app),
        follow_standing(&app),
        sequence(&app),
        copy_out(&app, &holder),
        sweep_up(&app, &holder),
        mail_out(&app, &holder)
    );
}

/// Gives events their positions in the log. Every replica does: whoever comes first.
async fn sequence(app: &App) {
    while !app.is_stopping() {
        tokio::time::sleep(SEQUENCE).await;
        if let Err(fault) = log::sequence_where_due(app).await {
            report("giving events their positions", Err(fault));
            tokio::time::sleep(FOLLOW).await;
        }
    }
}

/// Takes the log's checkpoints to the places outside.
async fn copy_out(app: &App, holder: &str) {
    while !app.is_stopping() && !app.settings.log_copy.is_empty() {
        tokio::time::sleep(FOLLOW).await;
        report("taking checkpoints outside", log::copy_where_due(app, holder).await);
    }
}

/// Follows content and keys.
async fn follow(app: &App) {
    let mut made = Vec::new();
    while !app.is_stopping() {
        // What takes long to make is made while the first requests are answered; a warehouse that came with new content may
        // ask for another kind of key.
        let wanted = rotate_keys::in_use(app);
        if made != wanted {
            let outcome = rotate_keys::ensure_keys(app).await;
            if outcome.is_ok() {
                made = wanted;
            }
            report("making keys", outcome);
        }
        tokio::time::sleep(FOLLOW).await;
        report("following content", load_content::follow(app).await.map(|_| ()));
        report("following keys", rotate_keys::refresh(app).await);
        report("noting use", note_use::note_use(app).await);
    }
}

/// Follows what ends tokens, while any is remembered. A look that fails is no concern of the log's: whoever asks then is told.
async fn follow_standing(app: &App) {
    while !app.is_stopping() {
        tokio::time::sleep(memory::PERIOD).await;
        if !app.memory.is_empty()
            && let Err(fault) = weigh_token::look(app).await
        {
            tracing::debug!(error = %fault, "what ends tokens could not be followed");
            // A database that is away is not asked for at that pace: whoever wants to know looks then.
            tokio::time::sleep(FOLLOW).await;
        }
    }
}

/// Deliveries that are under way: one at a time to each, and to not more than [`RECEIVERS`] at once.
struct Deliveries<K, T> {
    to: HashSet<K>,
    tasks: JoinSet<(K, T)>,
}

impl<K: Clone + Eq + Hash + Send + 'static, T: Send + 'static> Deliveries<K, T> {
    fn new() -> Self {
        Self { to: HashSet::new(), tasks: JoinSet::new() }
    }

    /// Begins one, unless there is one to the same, or there are enough.
    fn begin(&mut self, to: K, delivery: impl Future<Output = T> + Send + 'static) {
        if self.to.len() < RECEIVERS && self.to.insert(to.clone()) {
            self.tasks.spawn(async move { (to, delivery.await) });
        }
    }

    /// Those that have ended, and what they came to.
    fn ended(&mut self) -> Vec<(K, T)> {
        let mut ended = Vec::new();
        while let Some(done) = self.tasks.try_join_next() {
            match done {
                Ok((to, outcome)) => {
                    self.to.remove(&to);
                    ended.push((to, outcome));
                }
                // It is not known whose it was; those that are not are picked up again.
                Err(_) => self.to.clear(),
            }
        }
        ended
    }

    /// Waits for those that are under way.
    async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Tells receivers of what has ended, until the service stops. Each is told beside the others: one that is slow holds up none.
/// What is under way then is brought to its end.
pub async fn signal(app: App) {
    let Ok(secret) = Secret::new("replica") else { return };
    let holder = secret.hash();
    let mut pushes: Deliveries<Id<ids::Stream>, bool> = Deliveries::new();
    // To whom this replica could not push, and since when it has been due again.
    let mut behind = HashMap::new();
    let mut failures = 0_u32;
    while !app.is_stopping() {
        tokio::time::sleep(SIGNALS).await;
        for (stream, able) in pushes.ended() {
            if able {
                behind.remove(&stream);
            } else {
                behind.insert(stream, None);
            }
        }
        let mut telling = signals::tell(&app, &holder).await;
        while matches!(telling, Ok(true)) && !app.is_stopping() {
            telling = signals::tell(&app, &holder).await;
        }
        let due = signals::due(&app).await;
        match telling.err().as_ref().or(due.as_ref().err()) {
            None => failures = 0,
            Some(fault) => {
                failures = failures.saturating_add(1);
                if warns(failures) {
                    tracing::warn!(failures, error = %fault, "receivers can't be told of all that has ended; it is tried again");
                } else {
                    tracing::debug!(failures, error = %fault, "receivers can't be told of all that has ended");
                }
                // What could be made is pushed all the same, and not at the pace of what goes well.
                tokio::time::sleep(FOLLOW).await;
            }
        }
        let due = due.unwrap_or_default();
        for (stream, since) in &mut behind {
            *since = due.contains(stream).then(|| since.unwrap_or_else(Instant::now));
        }
        for stream in due {
            let waits = behind.get(&stream).copied().flatten().is_some_and(|since: Instant| since.elapsed() < BEHIND);
            if !waits {
                let (app, holder) = (app.clone(), holder.clone());
                pushes.begin(stream, async move {
                    let delivered = signals::deliver(&app, &holder, stream).await;
                    let able = !matches!(delivered, Ok(false));
                    report("pushing signals", delivered.map(|_| ()));
                    able
                });
            }
        }
    }
    pushes.finish().await;
}

/// Whether this failure in a row is warned of.
fn warns(failures: u32) -> bool {
    let (first, every) = WARNED;
    failures >= first && (failures - first).is_multiple_of(every)
}

/// Sends the log's events to whoever gets them, until the service stops. Each is sent to beside the others: one that is slow
/// holds up none.
pub async fn send_out(app: App) {
    let Ok(secret) = Secret::new("replica") else { return };
    let holder = secret.hash();
    let mut calls: Deliveries<String, ()> = Deliveries::new();
    let mut known = false;
    while !app.is_stopping() {
        tokio::time::sleep(SIGNALS).await;
        if !known && !app.settings.publish.is_empty() {
            let outcome = sinks::ensure_publishers(&app).await;
            known = outcome.is_ok();
            report("naming the publishers of the settings", outcome);
        }
        calls.ended();
        match sinks::due(&app).await {
            Ok(due) => {
                for sink in due {
                    let (app, holder) = (app.clone(), holder.clone());
                    calls.begin(sink.clone(), async move {
                        report("sending events out", sinks::deliver(&app, &holder, &sink).await);
                    });
                }
            }
            Err(fault) => {
                tracing::debug!(error = %fault, "it is not known who gets events");
                tokio::time::sleep(FOLLOW).await;
            }
        }
    }
    calls.finish().await;
}

async fn sweep_up(app: &App, holder: &str) {
    let mut rounds = 0_u32;
    while !app.is_stopping() {
        tokio::time::sleep(EVERY).await;
        match holds(app, SWEEPING, holder).await {
            Ok(true) => {
                report("sweeping", sweep::sweep(app).await);
                report("rotating keys", rotate_keys::rotate_due(app).await);
                report("walking through the log", log::walk(app).await);
                // Not in the first round: replicas that start one after the other have all read their keys by then.
                if rounds % RESEAL_ROUNDS == RESEAL_ROUNDS - 1 {
                    report("sealing anew", reseal::reseal_where_due(app).await);
                }
                rounds = rounds.wrapping_add(1);
            }
            Ok(false) => {}
            Err(fault) => report("taking the lease", Err(fault)),
        }
    }
}

async fn mail_out(app: &App, holder: &str) {
    while !app.is_stopping() {
        tokio::time::sleep(EVERY).await;
        match holds(app, MAILING, holder).await {
            // Renewed before every mail: a slow server lets it run out in the middle of a round otherwise.
            Ok(true) => {
                let goes_on = || async { Ok::<_, Fault>(!app.is_stopping() && holds(app, MAILING, holder).await?) };
                report("mailing", mail::send_notices(app, goes_on).await);
            }
            Ok(false) => {}
            Err(fault) => report("taking the lease of mail", Err(fault)),
        }
    }
}

async fn holds(app: &App, lease: &'static str, holder: &str) -> Result<bool, Fault> {
    let held = sweep::hold_lease(app, lease, holder.to_owned(), LEASE_SECONDS).await;
    app.metrics.holds(lease, matches!(held, Ok(true)));
    held
}

fn report(what: &str, outcome: Result<(), Fault>) {
    if let Err(fault) = outcome {
        tracing::warn!(job = what, error = %fault, "a job did not finish; it runs again");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_is_warned_of_and_not_each_time() {
        let warned: Vec<u32> = (0..100).filter(|failures| warns(*failures)).collect();
        assert_eq!(warned, [3, 33, 63, 93]);
    }
}
