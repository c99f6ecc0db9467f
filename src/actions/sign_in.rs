//! Signing in: the same answer, status and time for an unknown person, a wrong password and a shut-out one.

use super::{About, act, provider_only};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::Id,
        refusal::{Broken, Fault},
        text::Email,
    },
    db::Reading,
    identity::{
        actor::{Actor, Signed, Who},
        brake::{Guess, Outcome, PATIENCE_SECONDS},
        password::Verified,
        person::{IdentityRefusal, Person, State},
        provider::{self, ProviderRefusal},
        rows::{self, SessionRow, SessionTimes},
        secret::Secret,
    },
    settings::Settings,
};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// A session that has begun, with its secret for the person.
#[derive(Clone, Debug)]
pub struct Begun {
    pub secret: Secret,
    pub person: Person,
    pub expires_at: Time,
}

/// Signs a person in with e-mail address and password. How guesses are slowed down stands in [`crate::identity::brake`].
///
/// # Errors
/// The two do not match an active account, too many failed before, all password workers are busy, or the database is away.
pub async fn sign_in(app: &App, actor: &Actor, email: &str, password: String, agent: &str) -> Result<Begun, Fault> {
    let guess = Guess::new(email, &actor.address);
    let (early, wanted) = (guess.clone(), email.parse::<Email>().ok());
    // A look at the brake and the look-up come first, in one read; the slow part runs in the password pool, outside of any
    // transaction.
    let about = About::nothing().told(guess.account());
    let (suspect, person, hash) = super::look(app, actor, "sign_in", about.clone(), move |r| {
        let suspect = early.before(r)?;
        let person = match &wanted {
            Some(email) => rows::person_by_email(r, email)?,
            None => None,
        };
        let hash = match &person {
            Some(person) => rows::password_hash(r, person.id)?,
            None => None,
        };
        Ok((suspect, person, hash))
    })
    .await?;
    let verified = app.passwords.verify_as(suspect, password, hash).await?;
    let agent: String = agent.chars().take(200).collect();
    let secret = Secret::new("hs")?;
    let (kept, idle, absolute) =
        (secret.clone(), app.settings.session_idle.clone(), app.settings.session_absolute.clone());
    let about = person.as_ref().map_or(about, |person| About::person(person.id));
    let turn = Turn::default();
    let answered = turn.clone();
    let (house, typed) = (app.clone(), email.parse::<Email>().ok());
    let begun = act(app, actor, "sign_in", about, move |w, by| {
        // Read again: the person may have been shut out while the password was checked.
        let found = match &person {
            Some(person) => rows::person(w, person.id)?.filter(|found| found.state == State::Active),
            None => None,
        };
        let found = found.filter(|_| verified != Verified::No);
        let outcome = match &found {
            Some(found) => Outcome::Right { at_home: guess.at_home(w, found.id)? },
            None => Outcome::Wrong,
        };
        answered.is(guess.after(w, outcome)?);
        let found = found.ok_or_else(|| wrong(&house.settings, typed.as_ref()))?;
        rows::hold(w, found.id, false)?;
        provider_only::password_opens(w, &house.settings, &found)?;
        if let Verified::YesRehash(hash) = &verified {
            rows::rehash(w, found.id, hash)?;
        }
        let now = w.now();
        let session = SessionRow {
            id: Id::new(now),
            person_id: found.id,
            created_at: now,
            seen_at: now,
            expires_at: now.plus(&absolute),
            ended_at: None,
            agent: agent.clone(),
            address: by.address.clone(),
        };
        rows::insert_session(w, &session, &kept.hash())?;
        let signed = audit::event::By { actor: found.id.to_string(), address: by.address.clone() };
        let entry = Entry::new(What::SignedIn).person(found.id).subject(session.id);
        audit::rows::append(
            w,
            &signed,
            entry.data(json!({ "idle": idle.to_string() })).texts(json!({ "agent": agent })),
        )?;
        Ok(Begun { secret: kept.clone(), expires_at: session.expires_at, person: found })
    })
    .await;
    turn.wait(app.now()).await;
    begun
}

/// What somebody is told whose password is wrong: where a provider is the only way in for their domain, that; the same for
/// every address of the domain, whoever is behind it.
fn wrong(settings: &Settings, typed: Option<&Email>) -> Fault {
    match typed.and_then(|email| provider::only_way_of_domain(&settings.provider, email)) {
        Some(only) => ProviderRefusal::Only { provider: only.name.clone() }.into(),
        None => IdentityRefusal::BadCredentials.into(),
    }
}

/// When an answer may go out: told inside of the transaction that judges a guess, waited for after it.
#[derive(Clone, Default)]
pub(super) struct Turn(Arc<AtomicI64>);

impl Turn {
    pub(super) fn is(&self, at: Time) {
        self.0.store(at.micros(), Ordering::SeqCst);
    }

    pub(super) async fn wait(&self, now: Time) {
        let micros = self.0.load(Ordering::SeqCst).saturating_sub(now.micros());
        if let Ok(micros @ 1..) = u64::try_from(micros) {
            let longest = Duration::from_secs(PATIENCE_SECONDS.unsigned_abs());
            tokio::time::sleep(Duration::from_micros(micros).min(longest)).await;
        }
    }
}

/// Who stands behind a session's secret, if it is alive: not ended, not idle for too long, not past its end.
///
/// # Errors
/// The database is away.
pub async fn authenticate(app: &App, secret: &Secret, address: &str) -> Result<Option<Actor>, Fault> {
    let (hash, idle) = (secret.hash(), app.settings.session_idle.approximate_micros());
    let found = app.db.look_up(app.now(), move |r| Ok(alive(r, &hash, idle)?)).await?;
    match found {
        Some((person, times)) => Ok(Some(signed(app, person, times, address).await)),
        None => Ok(None),
    }
}

/// As [`authenticate`], and `more` of the person, read from the same state of the database.
///
/// # Errors
/// The database is away, or what `more` says.
pub async fn authenticate_and<T, F>(
    app: &App,
    secret: &Secret,
    address: &str,
    more: F,
) -> Result<Option<(Actor, T)>, Fault>
where
    T: Send + 'static,
    F: FnOnce(&mut Reading<'_>, &Person) -> Result<T, Fault> + Send + 'static,
{
    let (hash, idle) = (secret.hash(), app.settings.session_idle.approximate_micros());
    let found = app
        .db
        .read(app.now(), move |r| {
            let Some((person, times)) = alive(r, &hash, idle)? else { return Ok(None) };
            let more = more(r, &person)?;
            Ok(Some((person, times, more)))
        })
        .await?;
    match found {
        Some((person, times, more)) => Ok(Some((signed(app, person, times, address).await, more))),
        None => Ok(None),
    }
}

fn alive(r: &mut Reading<'_>, secret_hash: &str, idle: i64) -> Result<Option<(Person, SessionTimes)>, Broken> {
    let now = r.at();
    let found = rows::session_by_secret(r, secret_hash)?;
    Ok(found.filter(|(_, times)| now < times.until && now.micros_since(times.seen_at) < idle))
}

async fn signed(app: &App, person: Person, times: SessionTimes, address: &str) -> Actor {
    // The last use is noted once a minute, not on every click.
    if app.now().micros_since(times.seen_at) > 60_000_000 {
        // Where nothing can be written for now, reading goes on.
        if let Err(fault) = app.db.write(app.now(), move |w| Ok(rows::touch_session(w, times.session_id)?)).await {
            tracing::warn!(%fault, "the last use of a session was not noted");
        }
    }
    let signed = Signed { person, session: times.session_id, since: times.since };
    Actor { who: Who::Person(Box::new(signed)), address: address.to_owned() }
}

/// A session for a person who just proved themselves by a link.
pub(super) fn begin_session(
    w: &mut crate::db::Writing<'_>,
    person: Id<crate::base::ids::Person>,
    secret: &Secret,
    lifetime: &crate::base::span::Span,
    address: &str,
    agent: &str,
) -> Result<Time, Broken> {
    let now = w.now();
    let session = SessionRow {
        id: Id::new(now),
        person_id: person,
        created_at: now,
        seen_at: now,
        expires_at: now.plus(lifetime),
        ended_at: None,
        agent: agent.to_owned(),
        address: address.to_owned(),
    };
    rows::insert_session(w, &session, &secret.hash())?;
    let signed = audit::event::By { actor: person.to_string(), address: address.to_owned() };
    audit::rows::append(
        w,
        &signed,
        Entry::new(What::SignedIn).person(person).subject(session.id).data(json!({ "by": "link" })),
    )?;
    Ok(session.expires_at)
}
