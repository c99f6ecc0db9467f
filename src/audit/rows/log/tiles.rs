//! The tree's tiles in the database.

use super::signed;
use crate::{
    audit::log::{
        hash::{self, Hash},
        tree::{Edge, Place, edge_levels, edge_place, width_at_edge},
    },
    base::refusal::Broken,
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::HashMap;

row! {
    struct RawTile { hashes: Vec<u8> }
}

/// A tile as it is kept; none where there is none.
///
/// # Errors
/// It is no row of hashes, or the database is away.
pub fn tile(r: &mut Reading<'_>, (level, index): Place) -> Result<Option<Vec<Hash>>, Broken> {
    let raw: Option<RawTile> = sql("SELECT hashes FROM log_tiles WHERE level = ? AND place = ?")
        .bind(&i64::from(level))
        .bind(&signed(index)?)
        .maybe(r)?;
    let Some(raw) = raw else { return Ok(None) };
    let hashes = hash::apart(&raw.hashes);
    hashes.map(Some).ok_or_else(|| Broken::defect(format!("tile {level}/{index} of the log is no row of hashes")))
}

/// Tiles that were read once, in one transaction.
#[derive(Debug, Default)]
pub struct Tiles(HashMap<Place, Vec<Hash>>);

impl Tiles {
    /// The hashes of a tile; of one that is missing, none.
    ///
    /// # Errors
    /// As [`tile`].
    pub fn get(&mut self, r: &mut Reading<'_>, place: Place) -> Result<Vec<Hash>, Broken> {
        if let Some(known) = self.0.get(&place) {
            return Ok(known.clone());
        }
        let read = tile(r, place)?.unwrap_or_default();
        self.0.insert(place, read.clone());
        Ok(read)
    }
}

/// The tiles at the right edge of the tree of `size` events: the beginnings of the tiles that stand there now.
///
/// # Errors
/// One is missing, or the database is away.
pub fn edge(r: &mut Reading<'_>, size: u64) -> Result<Edge, Broken> {
    let mut levels = Vec::new();
    for level in 0..u32::try_from(edge_levels(size)).map_err(Broken::defect)? {
        let width = usize::try_from(width_at_edge(size, level)).map_err(Broken::defect)?;
        let mut hashes = Vec::new();
        if width > 0 {
            hashes = tile(r, edge_place(size, level))?.unwrap_or_default();
            hashes.truncate(width);
        }
        levels.push(hashes);
    }
    Edge::of(size, levels).ok_or_else(|| Broken::defect("tiles of the log are missing"))
}

/// Keeps tiles: those that were filled, and those at the edge.
///
/// # Errors
/// A tile that is there is not the beginning of its successor, or the database is away.
pub fn put_tiles(w: &mut Writing<'_>, full: &[(Place, Vec<Hash>)], edge: &Edge) -> Result<(), Broken> {
    let at_edge = (0_u32..).zip(edge.levels()).map(|(level, hashes)| (edge_place(edge.size(), level), hashes));
    let all = full.iter().map(|(place, hashes)| (*place, hashes)).chain(at_edge);
    for ((level, index), hashes) in all.filter(|(_, hashes)| !hashes.is_empty()) {
        sql("INSERT INTO log_tiles (level, place, hashes) VALUES (?, ?, ?) ON CONFLICT (level, place) DO UPDATE \
             SET hashes = excluded.hashes")
        .bind(&i64::from(level))
        .bind(&signed(index)?)
        .bind(&hashes.as_flattened().to_vec())
        .run(w)?;
    }
    Ok(())
}
