//! Proofs that an event is in the tree, and that a larger tree goes on from a smaller one (RFC 9162, sections 2.1.3 and 2.1.4).

use super::{
    hash::{self, Hash},
    tree::{Place, range},
};

/// The inclusion proof of the leaf at `position` in the tree of `size` leaves (RFC 9162, section 2.1.3.1), the nearest hash
/// first. The position must be below the size.
///
/// # Errors
/// As [`range`].
pub fn inclusion<E>(
    position: u64,
    size: u64,
    tile: &mut impl FnMut(Place) -> Result<Vec<Hash>, E>,
    missing: &impl Fn(Place) -> E,
) -> Result<Vec<Hash>, E> {
    let (mut from, mut until) = (0, size);
    let mut path = Vec::new();
    while until - from > 1 {
        let middle = from + (until - from).next_power_of_two() / 2;
        if position < middle {
            path.push(range(middle, until, tile, missing)?);
            until = middle;
        } else {
            path.push(range(from, middle, tile, missing)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The consistency proof between the trees of `old` and of `new` leaves (RFC 9162, section 2.1.4.1); `old` is from 1 to `new`.
///
/// # Errors
/// As [`range`].
pub fn consistency<E>(
    old: u64,
    new: u64,
    tile: &mut impl FnMut(Place) -> Result<Vec<Hash>, E>,
    missing: &impl Fn(Place) -> E,
) -> Result<Vec<Hash>, E> {
    let (mut from, mut until) = (0, new);
    let mut path = Vec::new();
    // Whether the part that is looked at is the whole of the old tree so far: its root is known to whoever checks.
    let mut whole = true;
    while until != old {
        let middle = from + (until - from).next_power_of_two() / 2;
        if old <= middle {
            path.push(range(middle, until, tile, missing)?);
            until = middle;
        } else {
            path.push(range(from, middle, tile, missing)?);
            from = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(range(from, until, tile, missing)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether a proof shows that `leaf` stands at `position` in the tree of `size` leaves with this root (RFC 9162, section
/// 2.1.3.2).
#[must_use]
pub fn includes(leaf: Hash, position: u64, size: u64, root: &Hash, path: &[Hash]) -> bool {
    if position >= size {
        return false;
    }
    let (mut at, mut last, mut found) = (position, size - 1, leaf);
    for step in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            found = hash::node(step, &found);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            found = hash::node(&found, step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && found == *root
}

/// Whether a proof shows that the tree of `new` leaves goes on from that of `old` leaves (RFC 9162, section 2.1.4.2).
#[must_use]
pub fn continues(old: (u64, &Hash), new: (u64, &Hash), path: &[Hash]) -> bool {
    let ((old, old_root), (new, new_root)) = (old, new);
    if old == 0 || old > new {
        return false;
    }
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    let first = old.is_power_of_two().then_some(*old_root);
    let mut steps = first.into_iter().chain(path.iter().copied());
    let Some(begin) = steps.next() else { return false };
    let (mut at, mut last) = (old - 1, new - 1);
    while at % 2 == 1 {
        (at, last) = (at / 2, last / 2);
    }
    let (mut smaller, mut larger) = (begin, begin);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            smaller = hash::node(&step, &smaller);
            larger = hash::node(&step, &larger);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            larger = hash::node(&larger, &step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && smaller == *old_root && larger == *new_root
}

#[cfg(test)]
mod tests {
    use super::{super::tree::Edge, *};
    use crate::audit::log::tree::edge_place;
    use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
    use sha2::Sha256;
    use std::collections::HashMap;

    struct Tree {
        tiles: HashMap<Place, Vec<Hash>>,
        roots: Vec<Hash>,
    }

    fn entry(n: u64) -> Vec<u8> {
        n.to_be_bytes().to_vec()
    }

    fn tree(size: u64) -> Tree {
        let (mut edge, mut tiles) = (Edge::default(), HashMap::new());
        let mut roots = vec![edge.root()];
        for n in 0..size {
            tiles.extend(edge.push(hash::leaf(&entry(n))));
            roots.push(edge.root());
        }
        for (level, hashes) in (0..).zip(edge.levels()) {
            tiles.insert(edge_place(size, level), hashes.clone());
        }
        Tree { tiles, roots }
    }

    impl Tree {
        fn tile(&self) -> impl FnMut(Place) -> Result<Vec<Hash>, Place> + '_ {
            |place| self.tiles.get(&place).cloned().ok_or(place)
        }
    }

    /// What another implementation (ct-merkle) takes for a root.
    fn theirs(root: &Hash, size: u64) -> RootHash<Sha256> {
        RootHash::new((*root).into(), size)
    }

    #[test]
    fn every_proof_is_good_and_another_implementation_agrees() {
        let all = tree(600);
        for size in (1..40).chain([255, 256, 257, 511, 512, 513, 600]) {
            let root = &all.roots[usize::try_from(size).unwrap()];
            for position in (0..size).filter(|n| size < 40 || n % 37 == 0 || n + 2 > size) {
                let path = inclusion(position, size, &mut all.tile(), &|place| place).unwrap();
                assert!(includes(hash::leaf(&entry(position)), position, size, root, &path), "{position} of {size}");
                let foreign = InclusionProof::<Sha256>::from_bytes(path.concat());
                theirs(root, size).verify_inclusion(&entry(position), position, &foreign).unwrap();
                // A proof of another leaf, place, size or with a hash more or less is none.
                assert!(!includes(hash::leaf(b"other"), position, size, root, &path));
                assert!(!includes(hash::leaf(&entry(position)), position + 1, size, root, &path));
                assert!(!includes(hash::leaf(&entry(position)), position, size, &hash::empty(), &path));
                let longer = [path.clone(), vec![hash::empty()]].concat();
                assert!(!includes(hash::leaf(&entry(position)), position, size, root, &longer));
                assert!(path.is_empty() || !includes(hash::leaf(&entry(position)), position, size, root, &path[1..]));
            }
            for old in (1..=size).filter(|n| size < 40 || n % 37 == 0 || n + 2 > size) {
                let old_root = &all.roots[usize::try_from(old).unwrap()];
                let path = consistency(old, size, &mut all.tile(), &|place| place).unwrap();
                assert!(continues((old, old_root), (size, root), &path), "{old} to {size}");
                if old < size {
                    let foreign = ConsistencyProof::<Sha256>::try_from_bytes(path.concat()).unwrap();
                    theirs(root, size).verify_consistency(&theirs(old_root, old), &foreign).unwrap();
                    assert!(!continues((old, &hash::empty()), (size, root), &path));
                    assert!(!continues((old, old_root), (size, &hash::empty()), &path));
                    assert!(!continues((old, old_root), (size, root), &[path.clone(), vec![hash::empty()]].concat()));
                }
            }
        }
        assert!(!continues((0, &hash::empty()), (3, &all.roots[3]), &[]));
    }
}
