//! Whether the tree in the database is the one that was signed last: asked each time before more of it is signed.
//!
//! Who administers the database can change events, tiles and checkpoints, and has no key. So nothing that stands there is signed
//! because it stands there: the last checkpoint must be of just this tree, by a key whose private part opens here. An earlier
//! state that was once signed passes that; while a process runs, it remembers better ([`crate::audit::log::witness`]).

use super::missing;
use crate::{
    app::App,
    audit::{
        log::{
            note::{self, Signer, VerifierKey},
            tree::{Edge, range},
        },
        rows::log as rows,
    },
    base::refusal::{Broken, Fault},
    db::Reading,
};

/// Whose signature of the last checkpoint counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// That of keys whose private part opens here: nobody puts one there without the secret key.
    Ours,
    /// That of keys that the log names: once, where the secret key is lost, and an admin lets another one go on.
    Named,
}

/// Refuses a tree that is not what was signed.
///
/// # Errors
/// It is not, or the database is away.
pub(super) fn prove_signed(
    app: &App,
    r: &mut Reading<'_>,
    state: &rows::State,
    edge: &Edge,
    whose: Whose,
) -> Result<(), Broken> {
    match doubt(app, r, state, edge, whose)? {
        None => Ok(()),
        Some(why) => Err(Broken::defect(format!(
            "the log is not what was signed, and nothing more is signed of it: {why}. Put back what stood there, from a backup; \
             `habilis audit export FILE` and `habilis audit verify FILE --key KEY --checkpoint NOTE` show what was changed"
        ))),
    }
}

/// Why the tree is not what was signed last; none where it is.
fn doubt(
    app: &App,
    r: &mut Reading<'_>,
    state: &rows::State,
    edge: &Edge,
    whose: Whose,
) -> Result<Option<String>, Broken> {
    let (size, root) = (state.size, edge.root());
    if let Some((known, was)) = app.witness.last() {
        if known > size {
            return Ok(Some(format!(
                "it has {size} events, and this process has seen {known} of them signed (where an older backup was put back on \
                 purpose, start every replica anew)"
            )));
        }
        let mut tiles = rows::Tiles::default();
        let is = if known == size { root } else { range(0, known, &mut |place| tiles.get(r, place), &missing)? };
        if is != was {
            return Ok(Some(format!("its first {known} events are others than this process has seen signed")));
        }
    }
    let Some(last) = rows::last_checkpoint(r)? else {
        return Ok((size > 0).then(|| format!("it has {size} events, and no checkpoint")));
    };
    if last.size != size {
        return Ok(Some(format!("it has {size} events, and the last checkpoint is of {}", last.size)));
    }
    Ok(match note::open(&last.note, &keys(app, r, state, whose)?) {
        Err(refusal) => Some(format!("the checkpoint of {size} events is not to be believed: {refusal}")),
        Ok(said) if said.origin != state.origin || said.size != size || said.root != root => {
            Some(format!("the tree of {size} events is not the one that its checkpoint was signed of"))
        }
        Ok(_) => None,
    })
}

/// The keys whose signatures count.
fn keys(app: &App, r: &mut Reading<'_>, state: &rows::State, whose: Whose) -> Result<Vec<VerifierKey>, Broken> {
    let (mut counted, mut tiles) = (Vec::new(), rows::Tiles::default());
    for key in rows::keys(r)? {
        let counts = match whose {
            Whose::Ours => opens(app, &state.origin, &key),
            Whose::Named => rows::is_named(r, &key, state.size, &mut tiles)?,
        };
        if counts {
            counted.extend(key.verifier.parse::<VerifierKey>());
        }
    }
    Ok(counted)
}

/// Whether none of the log's keys opens here: their secret key is lost.
pub(super) fn is_lost(app: &App, r: &mut Reading<'_>, origin: &str) -> Result<bool, Broken> {
    Ok(!rows::keys(r)?.iter().any(|key| opens(app, origin, key)))
}

/// Whether the private part of a key opens here, and is that of its public part.
fn opens(app: &App, origin: &str, key: &rows::Key) -> bool {
    let private = key.sealed.as_ref().and_then(|sealed| app.keyring.unseal(&key.id, sealed).ok());
    let signer = private.and_then(|private| Signer::new(origin, &private).ok());
    signer.is_some_and(|signer| signer.key().to_string() == key.verifier)
}

/// Why nothing more of the log would be signed; none where all is as it was signed last.
///
/// # Errors
/// The database is away.
pub async fn in_doubt(app: &App) -> Result<Option<String>, Fault> {
    let house = app.clone();
    // Held, so that nobody signs in the middle of it.
    let looked = app.db.write(app.now(), move |w| {
        let Some(state) = rows::hold(w)? else { return Ok(()) };
        // A secret key that is another one's is no doubt of the log.
        if let Some(key) = rows::signing_key(w)?
            && let Some(sealed) = &key.sealed
        {
            house.keyring.unseal(&key.id, sealed)?;
        }
        let edge = rows::edge(w, state.size)?;
        Ok(prove_signed(&house, w, &state, &edge, Whose::Ours)?)
    });
    match looked.await {
        Ok(()) => Ok(None),
        Err(Fault::Broken(Broken::Defect(why))) => Ok(Some(format!("{why:#}"))),
        Err(fault) => Err(fault),
    }
}
