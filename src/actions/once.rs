//! Doing something once: a creation that is asked for again under the same key gives what came of it the first time.

use super::{About, act};
use crate::{
    app::App,
    audit::event::By,
    base::{
        ids::{Id, Kind as IdKind},
        refusal::{Broken, Fault, Kind, Refusal},
    },
    db::{
        Writing,
        once::{self, Claim},
    },
    identity::actor::Actor,
};

/// How long a key is remembered, in seconds.
pub const REMEMBERED_SECONDS: i64 = 7 * 86_400;

/// The key that a client sent with a creation, and a fingerprint of what it asked for.
#[derive(Clone, Debug)]
pub struct Once {
    pub key: String,
    pub fingerprint: String,
}

/// The key stands for something else already.
#[derive(Clone, Debug, thiserror::Error)]
#[error("this key was used before for something else")]
pub struct KeyReused;

impl Refusal for KeyReused {
    fn kind(&self) -> Kind {
        Kind::Conflict
    }
    fn code(&self) -> &'static str {
        "idempotency-key-reused"
    }
}

/// As [`act`], for a creation: `work` returns the new thing's id and what else is worth telling. Under a key that was used
/// before for the same, nothing is done, and only the id comes back. The key, the creation and its event are one transaction;
/// where `work` refuses, the key stays free.
///
/// # Errors
/// What `work` refuses, the key was used for something else, or something is broken.
pub async fn act_once<K, T, F>(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    about: About,
    key: Option<Once>,
    work: F,
) -> Result<(Id<K>, Option<T>), Fault>
where
    K: IdKind,
    T: Send + 'static,
    F: Fn(&mut Writing<'_>, &By) -> Result<(Id<K>, T), Fault> + Send + 'static,
{
    let owner = actor.signed().map(|signed| signed.person.id).ok();
    let key = owner.zip(key);
    act(app, actor, verb, about, move |w, by| {
        let Some((owner, asked)) = &key else {
            return work(w, by).map(|(id, made)| (id, Some(made)));
        };
        match once::claim(w, *owner, &asked.key, &asked.fingerprint)? {
            Claim::Taken(kept) if kept.fingerprint == asked.fingerprint => {
                let id = kept.subject_id.parse().map_err(|_| KeyReused)?;
                Ok((id, None))
            }
            Claim::Taken(_) => Err(KeyReused.into()),
            Claim::Ours => match work(w, by) {
                Ok((id, made)) => {
                    once::keep(w, *owner, &asked.key, &id.to_string())?;
                    Ok((id, Some(made)))
                }
                Err(Fault::Refused(refused)) => {
                    once::release(w, *owner, &asked.key)?;
                    Err(Fault::Refused(refused))
                }
                Err(broken) => Err(broken),
            },
        }
    })
    .await
}

/// What a creation without a key must have told.
///
/// # Errors
/// It did not.
pub(super) fn told<T>(made: Option<T>) -> Result<T, Broken> {
    made.ok_or_else(|| Broken::defect("a creation without a key was answered from memory"))
}
