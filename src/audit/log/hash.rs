//! Hashes of leaves and nodes as RFC 9162, section 2.1.1, has them.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// A SHA-256 of a leaf, a node or a whole tree.
pub type Hash = [u8; 32];

/// The hash of an entry: SHA-256 of a zero byte and the entry.
#[must_use]
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two subtrees: SHA-256 of a byte of one, the left hash and the right one.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves: SHA-256 of nothing.
#[must_use]
pub fn empty() -> Hash {
    Sha256::digest([]).into()
}

/// The Merkle tree hash of nodes that stand side by side; the last one may be the root of a smaller tree.
#[must_use]
pub fn root(nodes: &[Hash]) -> Hash {
    match nodes {
        [] => empty(),
        [one] => *one,
        several => {
            let (left, right) = several.split_at(split(several.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The largest power of two below a number of at least 2.
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}

/// A hash in base64, as notes and files write it.
#[must_use]
pub fn written(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// A hash from base64; nothing where the text is something else.
#[must_use]
pub fn read(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Hashes one behind the other, as a tile keeps them; nothing where the length is no multiple of 32.
#[must_use]
pub fn apart(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then(|| hashes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_of_the_standard() {
        // `printf '' | sha256sum`, and `printf '\0' | sha256sum`.
        let hex = |hash: Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(empty()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(hex(leaf(b"")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        let leaves: Vec<Hash> = (0_u8..7).map(|n| leaf(&[n])).collect();
        let [a, b, c, d, e, f, g] = leaves.as_slice() else { panic!() };
        let left = node(&node(a, b), &node(c, d));
        assert_eq!(root(&leaves), node(&left, &node(&node(e, f), g)));
        assert_eq!(root(&leaves[..5]), node(&left, e));
        assert_eq!(read(&written(a)), Some(*a));
        assert_eq!(read("AAAA"), None);
        assert_eq!(apart(&[0; 33]), None);
    }
}
