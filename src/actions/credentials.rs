//! Credentials of foreign services, the same for each of them: shown once, kept as a hash, at most two at a time, so that one
//! is rotated while the other works.

use super::invite_person::clean_name;
use crate::{
    app::App,
    base::{
        ids::{Id, Kind},
        refusal::{Fault, Refusal},
    },
    db::Writing,
    identity::{
        rows::{self, Credential},
        secret::Secret,
    },
};

/// The most live credentials of one holder: one in use, one to rotate to.
pub const MOST: usize = 2;

/// A credential that was made just now: shown once.
pub struct FreshCredential<K> {
    pub id: Id<K>,
    pub name: String,
    pub secret: Secret,
}

/// Makes a credential of a holder in the running transaction, in which nobody else makes one; where two live, it is refused
/// with `full`.
///
/// # Errors
/// The name is no name, two live already, or the database is away.
pub(super) fn make<K: Kind>(
    w: &mut Writing<'_>,
    holder: &str,
    name: &str,
    secret: &Secret,
    by: &str,
    full: impl Refusal,
) -> Result<FreshCredential<K>, Fault> {
    let name = clean_name(name)?;
    if rows::credentials::<K>(w, holder)?.len() >= MOST {
        return Err(full.into());
    }
    let made = FreshCredential { id: Id::new(w.now()), name, secret: secret.clone() };
    rows::insert_credential(w, made.id, holder, &made.name, &made.secret.hash(), by)?;
    Ok(made)
}

/// The live credential of a secret, where it is of this kind. Its use is noted once a minute.
///
/// # Errors
/// The database is away.
pub(super) async fn presented<K: Kind>(app: &App, secret: &Secret) -> Result<Option<Credential<K>>, Fault> {
    let (hash, now) = (secret.hash(), app.now());
    let Some(found) = app.db.look_up(now, move |r| Ok(rows::credential_by_secret::<K>(r, &hash)?)).await? else {
        return Ok(None);
    };
    // Where nothing can be written for now, the answer to the call says so itself.
    let id = found.id;
    if found.used_at.is_none_or(|at| now.micros_since(at) > 60_000_000)
        && let Err(fault) = app.db.write(now, move |w| Ok(rows::touch_credential(w, id)?)).await
    {
        tracing::warn!(%fault, "the last use of a credential was not noted");
    }
    Ok(Some(found))
}
