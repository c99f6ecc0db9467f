//! Polling (RFC 8936): a receiver acknowledges what it has and fetches what waits.

use super::{signed, signing_kid, streams::found};
use crate::{
    actions::{About, look},
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::shortened,
    },
    identity::actor::Actor,
    signals::{
        refusal::SignalRefusal,
        rows::{self, Waiting},
        stream::Method,
    },
};
use std::time::Duration;
use tokio::{sync::Semaphore, time::Instant};

/// The most that one answer holds.
pub const MOST_FETCHED: usize = 100;
/// How long a call may wait for something to come.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it looks meanwhile. No connection to the database is held in between.
const LOOKS: Duration = Duration::from_millis(500);
/// How many calls may wait at once in this process; who comes then is answered at once (section 2.2 allows it).
static WAITING: Semaphore = Semaphore::const_new(256);

/// What a receiver asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The most to give.
    pub most: usize,
    /// Whether not to wait.
    pub at_once: bool,
    /// What it has.
    pub acknowledged: Vec<Id<ids::SecurityEvent>>,
    /// What it will never have, and why.
    pub refused: Vec<(Id<ids::SecurityEvent>, String)>,
}

/// What it gets.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Signed, by their `jti`, the oldest first.
    pub sets: Vec<(Id<ids::SecurityEvent>, String)>,
    pub more: bool,
}

/// Takes acknowledgements, then gives what waits. What was not acknowledged comes again; what was never does.
///
/// # Errors
/// The actor is no receiver, the stream is not its own or is pushed, or the database is away.
pub async fn poll(app: &App, actor: &Actor, id: String, asked: Asked) -> Result<Fetched, Fault> {
    let caller = actor.clone();
    let stream = look(app, actor, "poll", About::nothing(), move |r| {
        let (_, stream) = found(r, &caller, &id)?;
        match stream.method {
            Method::Poll => Ok(stream.id),
            Method::Push => Err(SignalRefusal::of("the events of this stream are pushed").into()),
        }
    })
    .await?;
    settle(app, stream, &asked).await?;
    let most = asked.most.min(MOST_FETCHED);
    if most == 0 {
        let more = !waiting(app, stream, 1).await?.0.is_empty();
        return Ok(Fetched { sets: Vec::new(), more });
    }
    let place = if asked.at_once { None } else { WAITING.try_acquire().ok() };
    let until = Instant::now() + PATIENCE;
    loop {
        let (waiting, kid) = waiting(app, stream, most + 1).await?;
        if !waiting.is_empty() || place.is_none() || app.is_stopping() || Instant::now() >= until {
            return give(app, waiting, kid, most).await;
        }
        tokio::time::sleep(LOOKS).await;
    }
}

async fn waiting(app: &App, stream: Id<ids::Stream>, most: usize) -> Result<(Vec<Waiting>, Option<String>), Fault> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    app.db
        .read(app.now(), move |r| {
            let waiting = rows::waiting(r, stream, most)?;
            let kid = if waiting.is_empty() { None } else { Some(signing_kid(r)?) };
            Ok((waiting, kid))
        })
        .await
}

async fn give(app: &App, mut waiting: Vec<Waiting>, kid: Option<String>, most: usize) -> Result<Fetched, Fault> {
    let more = waiting.len() > most;
    waiting.truncate(most);
    let Some(kid) = kid else { return Ok(Fetched { sets: Vec::new(), more }) };
    let signer = app.clone();
    let sign = move || waiting.into_iter().map(|one| Ok((one.id, signed(&signer, &kid, &one.claims)?))).collect();
    let sets: Result<Vec<_>, Broken> = tokio::task::spawn_blocking(sign).await.map_err(Broken::defect)?;
    Ok(Fetched { sets: sets?, more })
}

/// Notes what a receiver has and what it refuses. What is unknown was noted before.
async fn settle(app: &App, stream: Id<ids::Stream>, asked: &Asked) -> Result<(), Fault> {
    if asked.acknowledged.is_empty() && asked.refused.is_empty() {
        return Ok(());
    }
    let (acknowledged, refused) = (asked.acknowledged.clone(), asked.refused.clone());
    app.db
        .write(app.now(), move |w| {
            // Before what waits for it: who ends the stream takes it first, too.
            rows::hold_stream(w, stream, false)?;
            let mut taken = 0;
            for id in &acknowledged {
                taken += i64::from(rows::acknowledge(w, stream, *id)?);
            }
            if taken > 0 {
                rows::note_taken(w, stream, taken)?;
            }
            for (id, why) in &refused {
                let why = shortened(why);
                if rows::refuse_set(w, stream, *id, &why)? {
                    rows::note_refusal(w, stream, &why)?;
                }
            }
            Ok(())
        })
        .await
}
