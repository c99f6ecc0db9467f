//! Proofs for those who ask: that an event is in the log, that the log only grew, and what was signed of it.

use super::{missing, sequence::sequence};
use crate::{
    actions::{About, look},
    app::App,
    audit::{
        log::{
            LogRefusal, entry,
            hash::{self, Hash},
            proof,
            tree::{Place, range},
        },
        rows::log as rows,
    },
    base::{
        ids::{Event, Id},
        refusal::{Broken, Fault},
    },
    identity::actor::Actor,
};

/// What the log publishes of itself.
#[derive(Clone, Debug)]
pub struct Published {
    /// The last checkpoint.
    pub checkpoint: rows::Signed,
    /// What checks it, as c2sp.org/signed-note writes it, of the keys that the log itself names; the one that signs stands first.
    pub keys: Vec<String>,
    /// How many events wait for their position.
    pub waiting: i64,
}

/// What the log publishes: for everybody, for it tells nothing but how long the log is. A log of which nothing was signed yet
/// begins with this.
///
/// # Errors
/// The database is away.
pub async fn published(app: &App) -> Result<Published, Fault> {
    if let Some(published) = look_at_it(app).await? {
        return Ok(published);
    }
    sequence(app).await?;
    look_at_it(app).await?.ok_or_else(|| Broken::defect("the log has no event").into())
}

async fn look_at_it(app: &App) -> Result<Option<Published>, Fault> {
    app.db
        .read(app.now(), |r| {
            let Some(checkpoint) = rows::last_checkpoint(r)? else { return Ok(None) };
            let mut all = rows::keys(r)?;
            all.sort_by_key(|key| key.retired_at.is_some());
            let (mut keys, mut tiles) = (Vec::new(), rows::Tiles::default());
            for key in all {
                if rows::is_named(r, &key, checkpoint.size, &mut tiles)? {
                    keys.push(key.verifier);
                }
            }
            Ok(Some(Published { checkpoint, keys, waiting: rows::waiting(r)? }))
        })
        .await
}

/// The first `width` hashes of a tile of the published tree (c2sp.org/tlog-tiles), for everybody: hashes tell nothing of the
/// events. None where the tree that was signed last does not reach so far.
///
/// # Errors
/// The database is away.
pub async fn tile(app: &App, place: Place, width: usize) -> Result<Option<Vec<Hash>>, Fault> {
    app.db
        .read(app.now(), move |r| {
            let mut hashes = rows::tile(r, place)?.unwrap_or_default();
            let enough = hashes.len() >= width;
            hashes.truncate(width);
            Ok(Some(hashes).filter(|_| enough))
        })
        .await
}

/// That an event is in the log.
#[derive(Clone, Debug)]
pub struct Inclusion {
    pub event: Id<Event>,
    pub position: u64,
    /// The size of the tree that is proved against.
    pub size: u64,
    /// The bytes whose hash the leaf is.
    pub entry: String,
    pub leaf: Hash,
    pub root: Hash,
    /// The nearest hash first (RFC 9162, section 2.1.3).
    pub path: Vec<Hash>,
    /// The signed note of that size, where one was signed.
    pub checkpoint: Option<String>,
}

/// Proves that an event is in the log of `size` events; in the one that was signed last unless said otherwise.
///
/// # Errors
/// The actor may not read the log, there is no such event, it has no position yet, the size does not hold it, or the database
/// is away.
pub async fn prove_inclusion(
    app: &App,
    actor: &Actor,
    event: Id<Event>,
    size: Option<u64>,
) -> Result<Inclusion, Fault> {
    let caller = actor.clone();
    look(app, actor, "prove_inclusion", About::nothing().subject(event), move |r| {
        caller.as_auditor()?;
        let Some(position) = rows::position(r, event)? else {
            let known = crate::audit::rows::is_there(r, event)?;
            return Err(if known { LogRefusal::NotYetPlaced } else { LogRefusal::NoSuchEvent }.into());
        };
        let most = rows::last_checkpoint(r)?.map_or(0, |last| last.size);
        let size = size.unwrap_or(most);
        if size <= position || size > most {
            return Err(LogRefusal::NoSuchSize { least: position + 1, most }.into());
        }
        let leaf = rows::leaves(r, position, position + 1)?.remove(&position).ok_or(LogRefusal::NoSuchEvent)?;
        let entry = entry::entry(&leaf.kept)?;
        let mut tiles = rows::Tiles::default();
        let mut tile = |place| tiles.get(r, place);
        let path = proof::inclusion(position, size, &mut tile, &missing)?;
        let root = range(0, size, &mut tile, &missing)?;
        Ok(Inclusion {
            event,
            position,
            size,
            leaf: hash::leaf(&entry),
            entry: String::from_utf8_lossy(&entry).into_owned(),
            root,
            path,
            checkpoint: rows::checkpoint(r, size)?.map(|signed| signed.note),
        })
    })
    .await
}

/// That a longer log goes on from a shorter one.
#[derive(Clone, Debug)]
pub struct Consistency {
    pub old: (u64, Hash),
    pub new: (u64, Hash),
    pub path: Vec<Hash>,
    /// The signed note of the longer one, where one was signed.
    pub checkpoint: Option<String>,
}

/// Proves that the log of `new` events (the one that was signed last unless said otherwise) goes on from that of `old` events.
///
/// # Errors
/// The actor may not read the log, it was never so long, or the database is away.
pub async fn prove_consistency(app: &App, actor: &Actor, old: u64, new: Option<u64>) -> Result<Consistency, Fault> {
    let caller = actor.clone();
    look(app, actor, "prove_consistency", About::nothing().named("log"), move |r| {
        caller.as_auditor()?;
        let most = rows::last_checkpoint(r)?.map_or(0, |last| last.size);
        let new = new.unwrap_or(most);
        if old == 0 || old > new || new > most {
            return Err(LogRefusal::NoSuchSize { least: 1, most }.into());
        }
        let mut tiles = rows::Tiles::default();
        let mut tile = |place| tiles.get(r, place);
        let path = proof::consistency(old, new, &mut tile, &missing)?;
        let (old_root, new_root) = (range(0, old, &mut tile, &missing)?, range(0, new, &mut tile, &missing)?);
        let checkpoint = rows::checkpoint(r, new)?.map(|signed| signed.note);
        Ok(Consistency { old: (old, old_root), new: (new, new_root), path, checkpoint })
    })
    .await
}

/// Whether the service's own login could switch off what protects the log in the database.
///
/// # Errors
/// The database is away.
pub async fn may_rewrite(app: &App) -> Result<bool, Fault> {
    app.db.read(app.now(), |r| Ok(rows::may_rewrite(r)?)).await
}

/// What should refuse changes of the log in the database, and is away or switched off.
///
/// # Errors
/// The database is away.
pub async fn unguarded(app: &App) -> Result<Vec<String>, Fault> {
    app.db.read(app.now(), |r| Ok(rows::unguarded(r)?.1)).await
}
