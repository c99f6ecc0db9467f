//! Keys that the log itself names. A line in the table of keys proves nothing: whoever administers the database can add one.

use super::{Key, Tiles, leaves, unsigned};
use crate::{
    audit::{
        event::What,
        log::{entry, hash, tree::WIDTH},
    },
    base::refusal::Broken,
    db::{Reading, sql, sql::row},
};
use serde_json::Value;

/// How many events about one key are looked at: one is written.
const MOST: i64 = 8;

/// Whether the log names a key: an event tells that it was made, and stands in the tree of `size` events, or waits for its place.
///
/// # Errors
/// The database is away.
pub fn is_named(r: &mut Reading<'_>, key: &Key, size: u64, tiles: &mut Tiles) -> Result<bool, Broken> {
    row! { struct Told { position: Option<i64>, waits: Option<i64>, data: String } }
    let told: Vec<Told> = sql("SELECT l.position, p.seq AS waits, e.data FROM events e \
                               LEFT JOIN log_leaves l ON l.event_seq = e.seq LEFT JOIN log_pending p ON p.seq = e.seq \
                               WHERE e.kind = ? AND e.subject_id = ? ORDER BY e.seq LIMIT ?")
    .bind(&What::LogKeyMade)
    .bind(&key.id)
    .bind(&MOST)
    .all(r)?;
    for one in told.into_iter().filter(|one| verifier(&one.data).as_deref() == Some(key.verifier.as_str())) {
        match one.position.map(unsigned).filter(|position| *position < size) {
            None if one.waits.is_some() => return Ok(true),
            Some(position) if stands(r, position, tiles)? => return Ok(true),
            _ => {}
        }
    }
    Ok(false)
}

fn verifier(data: &str) -> Option<String> {
    let data: Value = serde_json::from_str(data).ok()?;
    data.get("verifier").and_then(Value::as_str).map(str::to_owned)
}

/// Whether the event at a position is the one that the tree has there. That each tile is what was signed is asked elsewhere.
fn stands(r: &mut Reading<'_>, position: u64, tiles: &mut Tiles) -> Result<bool, Broken> {
    let Some(leaf) = leaves(r, position, position + 1)?.remove(&position) else { return Ok(false) };
    let place = usize::try_from(position % WIDTH).map_err(Broken::defect)?;
    let kept = tiles.get(r, (0, position / WIDTH))?.get(place).copied();
    Ok(kept == Some(hash::leaf(&entry::entry(&leaf.kept)?)))
}

/// Before which position the log had no key yet; none where it has none now. What was said before was committed to by nobody.
///
/// # Errors
/// The database is away.
pub fn begun_at(r: &mut Reading<'_>) -> Result<Option<u64>, Broken> {
    row! { struct First { position: Option<i64> } }
    let first: First = sql(
        "SELECT MIN(l.position) AS position FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE e.kind = ?",
    )
    .bind(&What::LogKeyMade)
    .one(r)?;
    Ok(first.position.map(unsigned))
}
