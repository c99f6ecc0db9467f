//! The secret key changes: everything sealed is sealed anew with the key that seals now, and the old ones are let go once
//! nothing needs them.
//!
//! Nothing is lost on the way. The new key stands in front of the old one until everything was sealed anew; both open
//! meanwhile. Bytes are replaced only where they are still the ones that were read.

use super::{About, act, look};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::refusal::{Broken, Fault},
    identity::actor::Actor,
    tokens::{
        rows::{self, SEALED},
        seal::SealKey,
    },
};
use serde_json::json;
use std::time::Duration;

/// How many things are sealed anew in one transaction.
const MOST: i64 = 500;
/// How long ago the file of keys has to be written before old ones can go: every process that runs has read it again by then.
const SEEN_BY_ALL: Duration = Duration::from_secs(60);

/// How much is sealed, and how much of it was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    pub all: usize,
    pub anew: usize,
}

/// Seals everything anew that an older key has sealed.
///
/// # Errors
/// The actor is no admin, something is sealed by a key that is not there, or the database is away.
pub async fn reseal(app: &App, actor: &Actor) -> Result<Resealed, Fault> {
    let mut done = Resealed::default();
    for place in SEALED {
        let mut after = String::new();
        loop {
            let (caller, house, from) = (actor.clone(), app.clone(), after.clone());
            // Looked at first: what is current costs no place among those who write.
            let (page, old) = look(app, actor, "reseal", About::nothing().named("keys"), move |r| {
                caller.as_admin()?;
                let page = rows::sealed(r, place, &from, MOST)?;
                let mut old = Vec::new();
                for thing in &page {
                    if let Some(new) = house.keyring.resealed(&thing.name, &thing.bytes)? {
                        old.push((thing.clone(), new));
                    }
                }
                Ok((page, old))
            })
            .await?;
            done.all += page.len();
            if !old.is_empty() {
                done.anew += put(app, actor, place, old).await?;
            }
            match page.last() {
                Some(last) => after.clone_from(&last.name),
                None => break,
            }
        }
    }
    Ok(done)
}

async fn put(
    app: &App,
    actor: &Actor,
    place: (&'static str, &'static str, &'static str),
    old: Vec<(rows::Sealed, Vec<u8>)>,
) -> Result<usize, Fault> {
    act(app, actor, "reseal", About::nothing().named("keys"), move |w, by| {
        let mut anew = 0;
        for (thing, new) in &old {
            anew += usize::from(rows::put_sealed(w, place, thing, new)?);
        }
        if anew > 0 {
            let (what, _, _) = place;
            let entry = Entry::new(What::SecretResealed).about("keys").data(json!({ "of": what, "count": anew }));
            audit::rows::append(w, by, entry)?;
        }
        Ok(anew)
    })
    .await
}

/// As [`reseal`], where there is more than one key: with one alone nothing can be sealed by another.
///
/// # Errors
/// As [`reseal`].
pub async fn reseal_where_due(app: &App) -> Result<(), Fault> {
    if app.keyring.sealing(|seal| seal.count()) > 1 {
        reseal(app, &Actor::system("keys")).await?;
    }
    Ok(())
}

/// Puts a fresh key in front of those of the key file, and seals everything anew with it.
///
/// # Errors
/// The actor is no admin, the key stands in the environment, the file can't be written, or the database is away.
pub async fn renew_secret(app: &App, actor: &Actor) -> Result<Resealed, Fault> {
    let (caller, house) = (actor.clone(), app.clone());
    act(app, actor, "renew_secret", About::nothing().named("keys"), move |w, by| {
        caller.as_admin()?;
        audit::rows::append(w, by, Entry::new(What::SecretRenewed).about("keys"))?;
        // Before the commit: a file that can't be written takes the event with it. A commit that fails after it leaves a key
        // more in the file than is needed, and nothing unreadable.
        Ok(house.keyring.sealing(SealKey::renew)?)
    })
    .await?;
    reseal(app, actor).await
}

/// Takes the old keys out of the key file; tells how many went.
///
/// # Errors
/// The actor is no admin, the file was changed so recently that running services may still seal with an old one, something
/// can't be sealed anew, or the key stands in the environment.
pub async fn drop_old_secrets(app: &App, actor: &Actor) -> Result<usize, Fault> {
    app.keyring.sealing(SealKey::follow)?;
    old_enough(app)?;
    // Whatever was sealed by an old one meanwhile.
    reseal(app, actor).await?;
    let (caller, house) = (actor.clone(), app.clone());
    act(app, actor, "drop_old_secrets", About::nothing().named("keys"), move |w, by| {
        caller.as_admin()?;
        // Another process may have put a fresh key in front meanwhile.
        house.keyring.sealing(SealKey::follow)?;
        old_enough(&house)?;
        for place in SEALED {
            let mut after = String::new();
            loop {
                let page = rows::sealed(w, place, &after, MOST)?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.name);
                for thing in &page {
                    if house.keyring.resealed(&thing.name, &thing.bytes)?.is_some() {
                        let why = "something was just sealed by an old key; try again";
                        return Err(Broken::Unavailable(why.to_owned()).into());
                    }
                }
            }
        }
        let went = house.keyring.sealing(|seal| seal.count().saturating_sub(1));
        audit::rows::append(w, by, Entry::new(What::SecretDropped).about("keys").data(json!({ "count": went })))?;
        house.keyring.sealing(SealKey::drop_old)?;
        Ok(went)
    })
    .await
}

/// Refuses where a running process may not have read the file again.
fn old_enough(app: &App) -> Result<(), Broken> {
    if app.keyring.sealing(|seal| seal.written_ago()).is_some_and(|ago| ago < SEEN_BY_ALL) {
        let why = "the secret key changed less than a minute ago, and running services may still seal with an old one; \
                   wait a minute";
        return Err(Broken::Unavailable(why.to_owned()));
    }
    Ok(())
}
