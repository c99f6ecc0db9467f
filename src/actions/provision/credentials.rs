//! What the directory proves itself with: made, listed and ended by admins, shown once, kept as a hash.

use super::super::{About, act, look};
use crate::{
    actions::invite_person::clean_name,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{Id, Provisioning},
        refusal::Fault,
    },
    identity::{actor::Actor, secret::Secret},
    provisioning::{
        refusal::ScimRefusal,
        rows::{self, Credential},
    },
};
use serde_json::json;

/// The most live credentials: one in use, one to rotate to.
const MOST: usize = 2;

/// A credential that was made just now: shown once.
#[derive(Clone, Debug)]
pub struct FreshCredential {
    pub id: Id<Provisioning>,
    pub name: String,
    pub secret: Secret,
}

/// Makes a credential.
///
/// # Errors
/// The actor is no admin, the name is no name, two live already, or the database is away.
pub async fn make_credential(app: &App, actor: &Actor, name: String) -> Result<FreshCredential, Fault> {
    let (caller, secret) = (actor.clone(), Secret::new("hpv")?);
    act(app, actor, "make_provisioning_credential", About::nothing(), move |w, by| {
        caller.as_admin()?;
        let name = clean_name(&name)?;
        rows::hold_directory(w)?;
        if rows::credentials(w)?.len() >= MOST {
            return Err(ScimRefusal::Full.into());
        }
        let made = FreshCredential { id: Id::new(w.now()), name, secret: secret.clone() };
        rows::insert_credential(w, made.id, &made.name, &made.secret.hash(), &by.actor)?;
        let entry = Entry::new(What::DirectoryCredentialMade).subject(made.id);
        audit::rows::append(w, by, entry.texts(json!({ "name": made.name })))?;
        Ok(made)
    })
    .await
}

/// Ends a credential: whoever presents it from now on is refused.
///
/// # Errors
/// The actor is no admin, there is no such credential, or the database is away.
pub async fn end_credential(app: &App, actor: &Actor, id: Id<Provisioning>) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "end_provisioning_credential", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        if !rows::end_credential(w, id, &by.actor)? {
            return Err(ScimRefusal::NoSuchCredential.into());
        }
        Ok(audit::rows::append(w, by, Entry::new(What::DirectoryCredentialEnded).subject(id))?)
    })
    .await
}

/// The live credentials, for those who may read.
///
/// # Errors
/// The actor may not, or the database is away.
pub async fn list_credentials(app: &App, actor: &Actor) -> Result<Vec<Credential>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_provisioning_credentials", About::nothing(), move |r| {
        caller.as_auditor()?;
        Ok(rows::credentials(r)?)
    })
    .await
}

/// The directory behind a secret, if the secret is a live credential's.
///
/// # Errors
/// The database is away.
pub async fn authenticate(app: &App, secret: &Secret, address: &str) -> Result<Option<Actor>, Fault> {
    let (hash, now) = (secret.hash(), app.now());
    let Some(found) = app.db.look_up(now, move |r| Ok(rows::credential_by_secret(r, &hash)?)).await? else {
        return Ok(None);
    };
    // The last use is noted once a minute; where nothing can be written for now, the answer says so itself.
    if found.used_at.is_none_or(|at| now.micros_since(at) > 60_000_000)
        && let Err(fault) = app.db.write(now, move |w| Ok(rows::touch_credential(w, found.id)?)).await
    {
        tracing::warn!(%fault, "the last use of a provisioning credential was not noted");
    }
    Ok(Some(Actor::directory(found.id, address)))
}
