//! Keys: made at the first start, rotated by an admin, retired when nothing that they signed can still be alive.

use super::{About, act, look};
use crate::{
    access::catalogue::{Signing, Warehouse},
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        refusal::{Broken, Fault, Kind, Refusal},
    },
    db::{Reading, Writing},
    identity::actor::Actor,
    tokens::{
        keyring::{Fresh, Keyring, PUBLISHED_SECONDS, SERIES, Series, generate},
        rows::{self, KeyRow, KeyState, Purpose},
    },
};
use serde_json::json;

/// How long a key still verifies after it signed its last: the longest token (a day), caches (an hour), and skew.
pub const RETIRING_SECONDS: i64 = 86_400 + 3_600 + 300;

/// Why something about a key is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyRefusal {
    /// There is none with this name.
    #[error("there is no such key")]
    NoSuchKey,
    /// Only a key that signs no more can go.
    #[error("this key is {state}: only a retiring key can go")]
    NotRetiring { state: &'static str },
    /// Verifiers may not have seen the next key yet.
    #[error(
        "verifiers may not have seen the next key yet: it can sign from {until}; where a key has leaked, rotate now"
    )]
    NextTooYoung { until: Time },
}

impl Refusal for KeyRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchKey => Kind::NotFound,
            Self::NotRetiring { .. } | Self::NextTooYoung { .. } => Kind::Conflict,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchKey => "no-such-key",
            Self::NotRetiring { .. } => "key-not-retiring",
            Self::NextTooYoung { .. } => "next-key-too-young",
        }
    }
    fn facts(&self) -> std::collections::BTreeMap<&'static str, crate::base::refusal::Fact> {
        match self {
            Self::NotRetiring { state } => std::collections::BTreeMap::from([("state", (*state).into())]),
            Self::NextTooYoung { until } => std::collections::BTreeMap::from([("until", (*until).into())]),
            Self::NoSuchKey => std::collections::BTreeMap::new(),
        }
    }
}

/// When keys rotate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// Only once every verifier has seen the next key.
    OncePublished,
    /// At once, because the key that signs has leaked: verifiers that have not seen the next key refuse what it signs, until
    /// they look again.
    Now,
}

/// Makes the keys that are missing and reads them into memory.
///
/// # Errors
/// The database is away, or the keys were sealed with another secret.
pub async fn ensure_keys(app: &App) -> Result<(), Fault> {
    ensure(app, in_use(app)).await
}

/// The keys that are needed now: those of Ed25519 only where a warehouse asks for them.
#[must_use]
pub fn in_use(app: &App) -> Vec<Series> {
    let content = app.content();
    let asks = |warehouse: &Warehouse| warehouse.signing == Signing::EdDSA;
    let asked = content.is_ok_and(|content| content.catalogue.warehouses.values().any(asks));
    SERIES.into_iter().filter(|(_, algorithm)| asked || *algorithm != Signing::EdDSA).collect()
}

/// As [`ensure_keys`], but only those that are made in no time. The others follow while the service runs: until then a
/// token that needs one of them is answered with "not now".
///
/// # Errors
/// As [`ensure_keys`].
pub async fn ensure_first_keys(app: &App) -> Result<(), Fault> {
    ensure(app, vec![(Purpose::Token, Signing::ES256)]).await
}

async fn ensure(app: &App, wanted: Vec<Series>) -> Result<(), Fault> {
    let missing = app.db.read(app.now(), move |r| Ok(Keyring::missing(r, &wanted)?)).await?;
    for ((purpose, algorithm), state) in missing {
        let (keys, fresh) = (app.clone(), generated(algorithm).await?);
        act(app, &Actor::system("keys"), "ensure_keys", About::nothing(), move |w, by| {
            if keys.keyring.store(w, purpose, &fresh, state)? {
                let what = if state == KeyState::Active { What::KeyActivated } else { What::KeyMade };
                audit::rows::append(w, by, Entry::new(what).about(fresh.kid.clone()))?;
            }
            Ok(())
        })
        .await?;
        refresh(app).await?;
    }
    refresh(app).await
}

async fn generated(algorithm: Signing) -> Result<Fresh, Broken> {
    tokio::task::spawn_blocking(move || generate(algorithm)).await.map_err(Broken::defect)?
}

/// Reads the keys into memory again.
///
/// # Errors
/// The database is away.
pub async fn refresh(app: &App) -> Result<(), Fault> {
    let keys = app.clone();
    app.db.read(app.now(), move |r| Ok(keys.keyring.refresh(r)?)).await
}

/// Rotates: the next key of each algorithm (or of one) signs from now on, the old one only verifies, a new next is made.
/// Keys of tokens and keys of badges are rotated apart.
///
/// # Errors
/// The actor is no admin, a next key is too young for that haste, or the database is away.
pub async fn rotate_keys(
    app: &App,
    actor: &Actor,
    purpose: Purpose,
    algorithm: Option<Signing>,
    haste: Haste,
) -> Result<Vec<String>, Fault> {
    let wanted = |(what, each): &Series| *what == purpose && algorithm.is_none_or(|one| one == *each);
    let series: Vec<Series> = in_use(app).into_iter().filter(wanted).collect();
    let (caller, keys, mut fresh) = (actor.clone(), app.clone(), Vec::new());
    let about = About::nothing().named("keys");
    if actor.as_admin().is_ok() {
        if haste == Haste::OncePublished {
            // Where there is no next key, its time begins now.
            ensure_keys(app).await?;
            let series = series.clone();
            look(app, actor, "rotate_keys", about.clone(), move |r| all_published(r, &series)).await?;
        }
        for (_, each) in &series {
            fresh.push(generated(*each).await?);
        }
    }
    let active = act(app, actor, "rotate_keys", about, move |w, by| {
        caller.as_admin()?;
        if series.is_empty() {
            return Err(KeyRefusal::NoSuchKey.into());
        }
        // Another one may have rotated at this very moment: their next keys are too young then.
        rows::hold_keys(w)?;
        if haste == Haste::OncePublished {
            all_published(w, &series)?;
        }
        let mut active = Vec::with_capacity(fresh.len());
        for fresh in &fresh {
            active.push(rotate(w, by, &keys, (purpose, haste), fresh)?);
        }
        Ok(active)
    })
    .await?;
    ensure_keys(app).await?;
    Ok(active)
}

/// When a key that signs tokens gives its place to the next one by itself; never where the settings say so, nor where it signs
/// badges: those are shown for years.
#[must_use]
pub fn due(app: &App, active: &KeyRow) -> Option<Time> {
    let every = &app.settings.key_rotation;
    let signs = active.purpose == Purpose::Token && active.state == KeyState::Active;
    (signs && every.approximate_seconds() > 0).then(|| active.changed_at.plus(every))
}

/// Rotates the keys of tokens whose time is over, once verifiers can have seen the next ones.
///
/// # Errors
/// The database is away.
pub async fn rotate_due(app: &App) -> Result<(), Fault> {
    let house = app.clone();
    let keys = app.db.read(app.now(), |r| Ok(rows::keys(r)?)).await?;
    let of_next = |active: &KeyRow| {
        let same = |key: &&KeyRow| (key.purpose, key.algorithm) == (active.purpose, active.algorithm);
        keys.iter().filter(same).find(|key| key.state == KeyState::Next)
    };
    let now = app.now();
    let over = |active: &&KeyRow| due(app, active).is_some_and(|due| due <= now);
    let ready = |active: &&KeyRow| of_next(active).is_some_and(|next| can_sign_from(next) <= now);
    let mut rotated = false;
    for old in keys.iter().filter(over).filter(ready) {
        let (keys, kid, fresh) = (house.clone(), old.kid.clone(), generated(old.algorithm).await?);
        act(app, &Actor::system("keys"), "rotate_keys", About::nothing().named("keys"), move |w, by| {
            // An admin may have been faster.
            rows::hold_keys(w)?;
            let active = rows::key_in(w, Purpose::Token, fresh.algorithm, KeyState::Active)?;
            if active.is_some_and(|active| active.kid == kid) {
                all_published(w, &[(Purpose::Token, fresh.algorithm)])?;
                rotate(w, by, &keys, (Purpose::Token, Haste::OncePublished), &fresh)?;
            }
            Ok::<(), Fault>(())
        })
        .await?;
        rotated = true;
    }
    if rotated { refresh(app).await } else { Ok(()) }
}

/// From when on the next key of a series can sign: verifiers may keep what was published before it for a while.
#[must_use]
pub fn can_sign_from(next: &KeyRow) -> Time {
    next.created_at.plus_seconds(PUBLISHED_SECONDS)
}

/// Refuses where verifiers may not have seen a next key yet.
fn all_published(r: &mut Reading<'_>, series: &[Series]) -> Result<(), Fault> {
    let now = r.at();
    for (purpose, algorithm) in series {
        let next = rows::key_in(r, *purpose, *algorithm, KeyState::Next)?;
        let until = next.as_ref().map_or_else(|| now.plus_seconds(PUBLISHED_SECONDS), can_sign_from);
        if now < until {
            return Err(KeyRefusal::NextTooYoung { until }.into());
        }
    }
    Ok(())
}

fn rotate(
    w: &mut Writing<'_>,
    by: &By,
    app: &App,
    (purpose, haste): (Purpose, Haste),
    fresh: &Fresh,
) -> Result<String, Broken> {
    let algorithm = fresh.algorithm;
    let facts = json!({ "algorithm": algorithm, "purpose": purpose, "at_once": haste == Haste::Now });
    let of = |kid: &str, what| Entry::new(what).about(kid).data(facts.clone());
    if let Some(old) = rows::key_in(w, purpose, algorithm, KeyState::Active)?
        && rows::move_key(w, &old.kid, KeyState::Active, KeyState::Retiring)?
    {
        audit::rows::append(w, by, of(&old.kid, What::KeyRetiring))?;
    }
    let Some(next) = rows::key_in(w, purpose, algorithm, KeyState::Next)? else {
        // None was made ready: the fresh one signs at once, and a next one is made after the commit.
        app.keyring.store(w, purpose, fresh, KeyState::Active)?;
        audit::rows::append(w, by, of(&fresh.kid, What::KeyActivated))?;
        return Ok(fresh.kid.clone());
    };
    rows::move_key(w, &next.kid, KeyState::Next, KeyState::Active)?;
    audit::rows::append(w, by, of(&next.kid, What::KeyActivated))?;
    if app.keyring.store(w, purpose, fresh, KeyState::Next)? {
        audit::rows::append(w, by, of(&fresh.kid, What::KeyMade))?;
    }
    Ok(next.kid)
}

/// Takes a retiring key out of use now, before its time: what it signed is refused by every verifier that looks.
///
/// # Errors
/// The actor is no admin, the key is unknown or not retiring, or the database is away.
pub async fn retire_key(app: &App, actor: &Actor, kid: String) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "retire_key", About::nothing().named(kid.clone()), move |w, by| {
        caller.as_admin()?;
        let found = rows::keys(w)?.into_iter().find(|key| key.kid == kid).ok_or(KeyRefusal::NoSuchKey)?;
        if !rows::move_key(w, &kid, KeyState::Retiring, KeyState::Gone)? {
            return Err(KeyRefusal::NotRetiring { state: found.state.word() }.into());
        }
        Ok(audit::rows::append(w, by, Entry::new(What::KeyGone).about(kid.clone()))?)
    })
    .await?;
    refresh(app).await
}

/// Retires keys of tokens whose time is over. Keys of badges stay: a badge is shown for years.
///
/// # Errors
/// The database is away.
pub fn retire_due(w: &mut Writing<'_>, by: &By) -> Result<(), Broken> {
    let now: Time = w.now();
    for key in rows::keys(w)? {
        let over = key.purpose == Purpose::Token
            && key.state == KeyState::Retiring
            && key.changed_at.plus_seconds(RETIRING_SECONDS) <= now;
        if over && rows::move_key(w, &key.kid, KeyState::Retiring, KeyState::Gone)? {
            audit::rows::append(w, by, Entry::new(What::KeyGone).about(key.kid))?;
        }
    }
    Ok(())
}

/// Every key, for those who may read.
///
/// # Errors
/// The actor may not, or the database is away.
pub async fn list_keys(app: &App, actor: &Actor) -> Result<Vec<KeyRow>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_keys", About::nothing(), move |r| {
        caller.as_auditor()?;
        Ok(rows::keys(r)?)
    })
    .await
}
