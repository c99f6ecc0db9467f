//! A stretch of the log held against its tree: which positions are empty, which events are not what was signed, what stands beside
//! them, and which are dated back.

use super::{
    Leaf, Tiles, begun_at,
    beside::{Erasures, Worth, worth},
    leaves,
};
use crate::{
    audit::log::{
        LATE_SECONDS, entry,
        hash::{self, Hash},
        tree::{Place, WIDTH, is_full},
    },
    base::{clock::Time, refusal::Broken},
    db::{Reading, is_unreadable, sql},
};
use std::collections::{BTreeMap, HashSet};

/// So many events are read at a time.
const SOME: u64 = 1_000;
/// The most events without a place that are named one by one.
const MOST_NAMED: i64 = 1_000;

/// What was found in a stretch. Each list names what is wrong, in the order of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many positions were looked at.
    pub looked_at: i64,
    /// Positions at which no event stands.
    pub empty: Vec<String>,
    /// Events that are not what the tree has or do not even read, and tiles that are not what the tile above them has.
    pub altered: Vec<String>,
    /// How many events have words or an address beside them.
    pub beside: i64,
    /// Events of which these are not what was committed to.
    pub forged: Vec<String>,
    /// How many events have words or an address that nothing proves.
    pub unproved: i64,
    /// Positions of events that are dated more than [`LATE_SECONDS`] before one that stands before them.
    pub late: Vec<u64>,
}

/// Goes along the log, and remembers what it has to: tiles it has read, and the latest date so far.
pub struct Walker {
    size: u64,
    tiles: Tiles,
    tied: HashSet<Place>,
    erasures: Erasures,
    begun: Option<u64>,
    /// The latest date of the events so far.
    pub latest: Option<Time>,
}

impl Walker {
    /// One for the tree of `size` events; `latest` is the latest date of those before the stretch, where that is known.
    ///
    /// # Errors
    /// The database is away.
    pub fn new(r: &mut Reading<'_>, size: u64, latest: Option<Time>) -> Result<Self, Broken> {
        let (erasures, begun) = (Erasures::read(r)?, begun_at(r)?);
        Ok(Self { size, tiles: Tiles::default(), tied: HashSet::new(), erasures, begun, latest })
    }

    /// Looks at the positions from one on and before another.
    ///
    /// # Errors
    /// The database is away.
    pub fn walk(&mut self, r: &mut Reading<'_>, from: u64, until: u64) -> Result<Found, Broken> {
        let (mut found, mut from) = (Found::default(), from);
        while from < until {
            let next = (from + SOME).min(until);
            let (mut leaves, unreadable) = readable(r, from, next)?;
            for position in from..next {
                found.looked_at += 1;
                found.altered.extend(self.untied(r, position)?);
                match leaves.remove(&position) {
                    Some(leaf) => self.look(r, &leaf, &mut found)?,
                    None if unreadable.contains(&position) => found.altered.push(format!("position {position}")),
                    None => found.empty.push(position.to_string()),
                }
            }
            from = next;
        }
        Ok(found)
    }

    /// Holds one event against the tree, and what stands beside it against the event.
    fn look(&mut self, r: &mut Reading<'_>, leaf: &Leaf, found: &mut Found) -> Result<(), Broken> {
        let kept = hash_at(&self.tile(r, (0, leaf.position / WIDTH))?, leaf.position);
        // What no line can be made of is not what was signed.
        if kept.is_none() || kept != entry::entry(&leaf.kept).ok().map(|line| hash::leaf(&line)) {
            found.altered.push(leaf.kept.id.clone());
        }
        let worth = worth(leaf, &self.erasures, self.begun.is_none_or(|begun| leaf.position < begun));
        found.beside += i64::from(worth.iter().any(|worth| *worth != Worth::Nothing));
        if worth.contains(&Worth::Wrong) {
            found.forged.push(leaf.kept.id.clone());
        } else if worth.contains(&Worth::Unproved) {
            found.unproved += 1;
        }
        let at = leaf.kept.at;
        if self.latest.is_some_and(|latest| latest.micros_since(at) > LATE_SECONDS * 1_000_000) {
            found.late.push(leaf.position);
        }
        self.latest = self.latest.max(Some(at));
        Ok(())
    }

    /// The hashes of a tile; none of one that does not read.
    fn tile(&mut self, r: &mut Reading<'_>, place: Place) -> Result<Vec<Hash>, Broken> {
        match self.tiles.get(r, place) {
            Err(broken) if is_unreadable(&broken) => Ok(Vec::new()),
            read => read,
        }
    }

    /// The full tiles over a leaf that do not come to what the tile above keeps of them. The signature is of the highest tiles
    /// alone: what lies below is what was signed only where each tile comes to its hash in the next.
    fn untied(&mut self, r: &mut Reading<'_>, position: u64) -> Result<Vec<String>, Broken> {
        let (mut wrong, mut place) = (Vec::new(), (0, position / WIDTH));
        while is_full(place, self.size) && self.tied.insert(place) {
            let (level, index) = place;
            let above = (level + 1, index / WIDTH);
            let kept = hash_at(&self.tile(r, above)?, index);
            if kept != Some(hash::root(&self.tile(r, place)?)) {
                wrong.push(format!("tile {level}/{index}"));
            }
            place = above;
        }
        Ok(wrong)
    }
}

/// The events at some positions, and the positions whose events do not read: one of them hides no other.
fn readable(r: &mut Reading<'_>, from: u64, until: u64) -> Result<(BTreeMap<u64, Leaf>, HashSet<u64>), Broken> {
    match leaves(r, from, until) {
        Ok(all) => return Ok((all, HashSet::new())),
        Err(broken) if is_unreadable(&broken) => {}
        Err(broken) => return Err(broken),
    }
    let (mut found, mut unreadable) = (BTreeMap::new(), HashSet::new());
    for position in from..until {
        match leaves(r, position, position + 1) {
            Ok(one) => found.extend(one),
            Err(broken) if is_unreadable(&broken) => drop(unreadable.insert(position)),
            Err(broken) => return Err(broken),
        }
    }
    Ok((found, unreadable))
}

/// The hash of a tile that belongs to a leaf, or to a tile below.
fn hash_at(tile: &[Hash], index: u64) -> Option<Hash> {
    usize::try_from(index % WIDTH).ok().and_then(|place| tile.get(place).copied())
}

/// The place in their table up to which there are so many events after another one, not beyond a last one.
///
/// # Errors
/// The database is away.
pub fn seq_after(r: &mut Reading<'_>, seq: i64, last: i64, some: u64) -> Result<i64, Broken> {
    let skipped = i64::try_from(some).map_err(Broken::defect)?.saturating_sub(1).max(0);
    let found: Option<i64> =
        sql("SELECT seq AS n FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT 1 OFFSET ?")
            .bind(&seq)
            .bind(&last)
            .bind(&skipped)
            .maybe(r)?;
    Ok(found.unwrap_or(last))
}

/// Events after one place in their table, up to another and with it, that the log has passed by: they have no position, and do not
/// wait for one. The first thousand.
///
/// # Errors
/// The database is away.
pub fn passed_by(r: &mut Reading<'_>, after: i64, last: i64) -> Result<Vec<String>, Broken> {
    sql("SELECT e.id AS word FROM events e WHERE e.seq > ? AND e.seq <= ? \
         AND NOT EXISTS (SELECT 1 FROM log_leaves l WHERE l.event_seq = e.seq) \
         AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.seq = e.seq) ORDER BY e.seq LIMIT ?")
    .bind(&after)
    .bind(&last)
    .bind(&MOST_NAMED)
    .all(r)
}
