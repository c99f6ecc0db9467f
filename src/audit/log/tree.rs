//! The tree in tiles of 256 hashes (c2sp.org/tlog-tiles): growing at its right edge, and finding any node again.

use super::hash::{self, Hash};

/// How many hashes a full tile holds.
pub const WIDTH: u64 = 256;
/// How many levels of nodes one level of tiles spans.
const HEIGHT: u32 = 8;

/// The level and the index of a tile: the tile of level 0 and index n holds the leaves from 256 × n on; one of a level above
/// holds the roots of full tiles below.
pub type Place = (u32, u64);

/// The tiles that are not full: by level, the hashes at the right edge of the tree. A tree without leaves has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    levels: Vec<Vec<Hash>>,
    size: u64,
}

impl Edge {
    /// The edge of a tree of `size` leaves from its tiles; nothing where a tile has not the width that it must have.
    #[must_use]
    pub fn of(size: u64, levels: Vec<Vec<Hash>>) -> Option<Self> {
        let fits = |(level, hashes): (u32, &Vec<Hash>)| hashes.len() as u64 == width_at_edge(size, level);
        let levels_fit = (0..).zip(&levels).all(fits) && levels.len() == edge_levels(size);
        levels_fit.then_some(Self { levels, size })
    }

    /// How many leaves the tree has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes at the edge by level, the lowest first.
    #[must_use]
    pub fn levels(&self) -> &[Vec<Hash>] {
        &self.levels
    }

    /// Adds a leaf; returns the tiles that it filled, the lowest first.
    pub fn push(&mut self, leaf: Hash) -> Vec<(Place, Vec<Hash>)> {
        self.size += 1;
        let (mut full, mut next) = (Vec::new(), leaf);
        for level in 0_u32.. {
            let at = usize::try_from(level).unwrap_or(usize::MAX);
            if self.levels.len() <= at {
                self.levels.push(Vec::new());
            }
            let Some(hashes) = self.levels.get_mut(at) else { break };
            hashes.push(next);
            if (hashes.len() as u64) < WIDTH {
                break;
            }
            let tile = std::mem::take(hashes);
            next = hash::root(&tile);
            full.push(((level, (self.size >> (HEIGHT * (level + 1))) - 1), tile));
        }
        full
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut tail: Option<Hash> = None;
        for level in &self.levels {
            // The smaller tree to the right of full ones stands where one more of them would.
            let nodes: Vec<Hash> = level.iter().copied().chain(tail).collect();
            if !nodes.is_empty() {
                tail = Some(hash::root(&nodes));
            }
        }
        tail.unwrap_or_else(hash::empty)
    }
}

/// How many hashes stand in the tile at the right edge of a level, in a tree of `size` leaves.
#[must_use]
pub fn width_at_edge(size: u64, level: u32) -> u64 {
    size.checked_shr(HEIGHT * level).unwrap_or(0) % WIDTH
}

/// How many levels of tiles a tree of `size` leaves has.
#[must_use]
pub fn edge_levels(size: u64) -> usize {
    let mut levels = 0;
    while size.checked_shr(HEIGHT * levels).unwrap_or(0) > 0 {
        levels += 1;
    }
    levels as usize
}

/// Where the tile at the right edge of a level stands.
#[must_use]
pub fn edge_place(size: u64, level: u32) -> Place {
    (level, size.checked_shr(HEIGHT * (level + 1)).unwrap_or(0))
}

/// Whether a tile is full in a tree of `size` leaves.
#[must_use]
pub fn is_full((level, index): Place, size: u64) -> bool {
    let span = level.checked_add(1).and_then(|height| WIDTH.checked_pow(height));
    let until = span.zip(index.checked_add(1)).and_then(|(span, tiles)| span.checked_mul(tiles));
    until.is_some_and(|until| until <= size)
}

/// The full tiles that begin at a leaf, in a tree of `size` leaves, the highest first: what a file has before that leaf.
#[must_use]
pub fn full_tiles_at(position: u64, size: u64) -> Vec<Place> {
    let mut places = Vec::new();
    for level in 0_u32.. {
        let Some(span) = 1_u64.checked_shl(HEIGHT * (level + 1)).filter(|span| position.is_multiple_of(*span)) else {
            break;
        };
        let index = position / span;
        if position.checked_add(span).is_none_or(|until| until > size) {
            break;
        }
        places.push((level, index));
    }
    places.reverse();
    places
}

/// The root of the complete subtree of 2^`height` leaves that begins at leaf `index` × 2^`height`.
///
/// # Errors
/// What `tile` says, or `missing` where a tile is narrower than it must be.
pub fn node<E>(
    height: u32,
    index: u64,
    tile: &mut impl FnMut(Place) -> Result<Vec<Hash>, E>,
    missing: impl Fn(Place) -> E,
) -> Result<Hash, E> {
    let (level, inside) = (height / HEIGHT, height % HEIGHT);
    let first = index << inside;
    let place = (level, first / WIDTH);
    let hashes = tile(place)?;
    let from = usize::try_from(first % WIDTH).unwrap_or(usize::MAX);
    let nodes = hashes.get(from..from.saturating_add(1 << inside)).ok_or_else(|| missing(place))?;
    Ok(hash::root(nodes))
}

/// The root of the leaves from `from` on, before `until`, where the range is one that the tree of the standard has: it begins
/// at a multiple of the power of two that its size needs.
///
/// # Errors
/// As [`node`].
pub fn range<E>(
    from: u64,
    until: u64,
    tile: &mut impl FnMut(Place) -> Result<Vec<Hash>, E>,
    missing: &impl Fn(Place) -> E,
) -> Result<Hash, E> {
    let size = until - from;
    if size.is_power_of_two() {
        let height = size.trailing_zeros();
        return node(height, from >> height, tile, missing);
    }
    if size == 0 {
        return Ok(hash::empty());
    }
    let left = size.next_power_of_two() / 2;
    let one = range(from, from + left, tile, missing)?;
    let two = range(from + left, until, tile, missing)?;
    Ok(hash::node(&one, &two))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn leaf(n: u64) -> Hash {
        hash::leaf(&n.to_be_bytes())
    }

    #[test]
    fn the_edge_has_the_root_of_all_leaves_at_every_size() {
        let mut edge = Edge::default();
        let mut leaves = Vec::new();
        assert_eq!(edge.root(), hash::empty());
        for n in 0..1_500 {
            leaves.push(leaf(n));
            edge.push(leaf(n));
            if n < 600 || n % 97 == 0 {
                assert_eq!(edge.root(), hash::root(&leaves), "{n}");
            }
            assert_eq!(Edge::of(edge.size(), edge.levels().to_vec()), Some(edge.clone()), "{n}");
        }
        assert_eq!(Edge::of(7, edge.levels().to_vec()), None);
    }

    #[test]
    fn a_tile_stands_before_its_first_leaf_and_below_the_one_above_it() {
        assert_eq!(full_tiles_at(0, 255), []);
        assert_eq!(full_tiles_at(0, 256), [(0, 0)]);
        assert_eq!(full_tiles_at(0, 70_000), [(1, 0), (0, 0)]);
        assert_eq!(full_tiles_at(256, 70_000), [(0, 1)]);
        assert_eq!(full_tiles_at(257, 70_000), []);
        assert_eq!(full_tiles_at(65_536, 70_000), [(0, 256)]);
        assert!(is_full((0, 0), 256) && !is_full((0, 0), 255) && is_full((1, 0), 65_536) && !is_full((1, 1), 70_000));
        assert!(!is_full((7, 0), u64::MAX) && !is_full((0, u64::MAX), u64::MAX));
    }

    #[test]
    fn any_node_is_found_in_the_tiles() {
        let mut edge = Edge::default();
        let mut tiles: HashMap<Place, Vec<Hash>> = HashMap::new();
        let leaves: Vec<Hash> = (0..70_000).map(leaf).collect();
        for leaf in &leaves {
            tiles.extend(edge.push(*leaf));
        }
        for (level, hashes) in (0..).zip(edge.levels()) {
            tiles.insert(edge_place(edge.size(), level), hashes.clone());
        }
        let mut tile = |place: Place| tiles.get(&place).cloned().ok_or(place);
        let part = |from: usize, until: usize| hash::root(&leaves[from..until]);
        for (from, until) in
            [(0, 70_000), (0, 65_536), (65_536, 70_000), (256, 512), (66_048, 66_050), (69_632, 70_000)]
        {
            let found = range(from, until, &mut tile, &|place| place).unwrap();
            assert_eq!(found, part(usize::try_from(from).unwrap(), usize::try_from(until).unwrap()), "{from}..{until}");
        }
        assert_eq!(range(0, 70_000, &mut tile, &|place| place).unwrap(), edge.root());
        assert_eq!(node(0, 70_000, &mut tile, |place| place), Err((0, 273)), "a leaf that is not there");
    }
}
