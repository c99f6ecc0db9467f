//! What the directory proves itself with: made, listed and ended by admins, shown once, kept as a hash.

use super::super::{
    About, act,
    credentials::{self, FreshCredential},
    look,
};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{Id, Provisioning},
        refusal::Fault,
    },
    identity::{
        self,
        actor::Actor,
        rows::{Credential, DIRECTORY},
        secret::Secret,
    },
    provisioning::{refusal::ScimRefusal, rows},
};
use serde_json::json;

/// Makes a credential.
///
/// # Errors
/// The actor is no admin, the name is no name, two live already, or the database is away.
pub async fn make_credential(app: &App, actor: &Actor, name: String) -> Result<FreshCredential<Provisioning>, Fault> {
    let (caller, secret) = (actor.clone(), Secret::new("hpv")?);
    act(app, actor, "make_provisioning_credential", About::nothing(), move |w, by| {
        caller.as_admin()?;
        rows::hold_directory(w)?;
        let made = credentials::make(w, DIRECTORY, &name, &secret, &by.actor, ScimRefusal::Full)?;
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
        if !identity::rows::end_credential(w, id, DIRECTORY, &by.actor)? {
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
pub async fn list_credentials(app: &App, actor: &Actor) -> Result<Vec<Credential<Provisioning>>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_provisioning_credentials", About::nothing(), move |r| {
        caller.as_auditor()?;
        Ok(identity::rows::credentials(r, DIRECTORY)?)
    })
    .await
}

/// The directory behind a secret, if the secret is a live credential's.
///
/// # Errors
/// The database is away.
pub async fn authenticate(app: &App, secret: &Secret, address: &str) -> Result<Option<Actor>, Fault> {
    let found = credentials::presented::<Provisioning>(app, secret).await?;
    Ok(found.map(|found| Actor::directory(found.id, address)))
}
