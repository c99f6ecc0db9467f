//! Where each thing of the content was written, so that later checks can point at it.

use super::{report::Place, yaml::Value};
use std::collections::BTreeMap;

/// Places by a path of names: `["data-foundations", "question", "q-1", "objective"]`.
#[derive(Clone, Debug, Default)]
pub struct Places {
    places: BTreeMap<Vec<String>, Place>,
}

impl Places {
    /// Remembers where something stands.
    pub fn put(&mut self, path: &[&str], place: Place) {
        self.places.entry(owned(path)).or_insert(place);
    }

    /// Remembers a mapping's place and, below it, the place of each of its values.
    pub(crate) fn put_fields(&mut self, path: &[&str], at: Place, fields: &BTreeMap<&str, Value<'_>>) {
        for (key, value) in fields {
            let mut longer = owned(path);
            longer.push((*key).to_owned());
            self.places.entry(longer).or_insert_with(|| value.place());
        }
        self.put(path, at);
    }

    /// Whether something was written under exactly this path.
    #[must_use]
    pub fn has(&self, path: &[&str]) -> bool {
        self.places.contains_key(&owned(path))
    }

    /// Where a thing begins, and the line on which the next one of its kind begins in the same file.
    #[must_use]
    pub fn lines(&self, path: &[&str]) -> Option<(Place, usize)> {
        let at = self.places.get(&owned(path))?;
        let (_, kind) = path.split_last()?;
        let kind = owned(kind);
        let siblings = self.places.range(kind.clone()..).take_while(|(other, _)| other.starts_with(&kind));
        let next = siblings
            .filter(|(other, place)| other.len() == path.len() && place.file == at.file && place.line > at.line)
            .map(|(_, place)| place.line)
            .min();
        Some((at.clone(), next.unwrap_or(usize::MAX)))
    }

    /// The place of a path, or of the nearest thing that holds it.
    #[must_use]
    pub fn of(&self, path: &[&str]) -> Place {
        let mut path = owned(path);
        while !path.is_empty() {
            if let Some(place) = self.places.get(&path) {
                return place.clone();
            }
            path.pop();
        }
        Place::default()
    }
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|part| (*part).to_owned()).collect()
}
