//! Signing in: the same answer, status and time for an unknown person, a wrong password and a shut-out one.

use super::{About, act};
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
        password::Verified,
        person::{IdentityRefusal, Person, State},
        rows::{self, SessionRow, SessionTimes},
        secret::Secret,
    },
};
use serde_json::json;

/// How far back failures count, in seconds.
const WINDOW: i64 = 900;
/// Failures of one account from one address before it has to wait. Other addresses are not held up by it.
const OF_PAIR: i64 = 5;
/// Failures from one address, whatever the accounts.
const OF_ADDRESS: i64 = 50;

/// A session that has begun, with its secret for the person.
#[derive(Clone, Debug)]
pub struct Begun {
    pub secret: Secret,
    pub person: Person,
    pub expires_at: Time,
}

/// Signs a person in with e-mail address and password.
///
/// # Errors
/// The two do not match an active account, too many failed before, all password workers are busy, or the database is away.
pub async fn sign_in(app: &App, actor: &Actor, email: &str, password: String, agent: &str) -> Result<Begun, Fault> {
    let account = rows::account_key(email);
    let address = actor.address.clone();
    let typed = email.parse::<Email>().ok();
    let (key, from, wanted) = (account.clone(), address.clone(), typed.clone());
    // Throttling and the look-up come first, in one read; the slow part runs in the password pool, outside of any transaction.
    let about = About::nothing().told(account.clone());
    let (person, hash) = super::look(app, actor, "sign_in", about.clone(), move |r| {
        throttle(r, &key, &from)?;
        let person = match &wanted {
            Some(email) => rows::person_by_email(r, email)?,
            None => None,
        };
        let hash = match &person {
            Some(person) => rows::password_hash(r, person.id)?,
            None => None,
        };
        Ok((person, hash))
    })
    .await?;
    let verified = app.passwords.verify(password, hash).await?;
    let agent: String = agent.chars().take(200).collect();
    let secret = Secret::new("hs")?;
    let (kept, idle, absolute) =
        (secret.clone(), app.settings.session_idle.clone(), app.settings.session_absolute.clone());
    let about = person.as_ref().map_or(about, |person| About::person(person.id));
    act(app, actor, "sign_in", about, move |w, by| {
        // Judged again, one guess after the other: of those that were checked at the same time, the first few are answered.
        rows::hold_guesses(w, &account)?;
        throttle(w, &account, &by.address)?;
        // Read again: the person may have been shut out while the password was checked.
        let found = match &person {
            Some(person) => rows::person(w, person.id)?.filter(|found| found.state == State::Active),
            None => None,
        };
        let (Some(found), true) = (found, verified != Verified::No) else {
            rows::note_failure(w, &account, &by.address)?;
            return Err(IdentityRefusal::BadCredentials.into());
        };
        rows::hold(w, found.id, false)?;
        if let Verified::YesRehash(hash) = &verified {
            rows::rehash(w, found.id, hash)?;
        }
        rows::forget_failures(w, &account, &by.address)?;
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
    .await
}

/// Refuses another guess at an account from an address with too many wrong ones behind it.
pub(super) fn throttle(r: &mut Reading<'_>, account: &str, address: &str) -> Result<(), Fault> {
    let since = r.at().plus_seconds(-WINDOW);
    let pair = rows::failures_of_pair(r, account, address, since)?;
    let all = rows::failures_of_address(r, address, since)?;
    let until = match (pair.latest, all.latest) {
        (Some(latest), _) if pair.n >= OF_PAIR => latest.plus_seconds(WINDOW),
        (_, Some(latest)) if all.n >= OF_ADDRESS => latest.plus_seconds(WINDOW),
        _ => return Ok(()),
    };
    Err(IdentityRefusal::Throttled { until }.into())
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
