//! Moodle XML: from a file to questions, and back.

pub(crate) mod cloze;
mod files;
mod gaps;
mod read;
mod tree;
mod write;

pub use write::write;

use super::{
    neutral::{Found, category},
    text::Text,
};
use tree::Item;

/// Reads a whole file.
#[must_use]
pub fn read(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    for item in tree::read(text) {
        found.push(match item {
            Item::Question(node, _) if node.attribute("type") == Some("category") => {
                let path = node.word("category").map(category).unwrap_or_default();
                Found::Category { at: node.at, path }
            }
            Item::Question(node, notes) => read::question(&node, notes),
            Item::Broken(at, why) => left_out(at, "question", why),
            Item::Stop(at, why) => left_out(at, "file", why),
            Item::Note(at, words) => Found::Note { at, words },
        });
    }
    found
}

fn left_out(at: usize, kind: &str, why: String) -> Found {
    Found::LeftOut { at, title: None, kind: kind.to_owned(), why, loss: true }
}

#[cfg(test)]
mod tests;
