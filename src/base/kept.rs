//! `Kept`: values that never change, read once and kept for a while under the name that stands for their content.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

/// A bounded shelf for values that are frozen: what a name stands for never changes, so that nothing here can be stale.
/// When it is full it is emptied, and fills with what is asked for from then on.
pub struct Kept<T> {
    most: usize,
    values: RwLock<BTreeMap<String, Arc<T>>>,
}

impl<T> Kept<T> {
    /// A shelf for at most `most` values.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { most, values: RwLock::new(BTreeMap::new()) }
    }

    /// The value of a name, where it is kept.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<T>> {
        self.values.read().unwrap_or_else(PoisonError::into_inner).get(name).map(Arc::clone)
    }

    /// Keeps the value of a name.
    pub fn keep(&self, name: &str, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut values = self.values.write().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= self.most {
            values.clear();
        }
        values.insert(name.to_owned(), Arc::clone(&value));
        value
    }

    /// The value of a name: kept, or else made and kept.
    ///
    /// # Errors
    /// What `make` says; then nothing is kept.
    pub fn or_make<E>(&self, name: &str, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        match self.get(name) {
            Some(value) => Ok(value),
            None => Ok(self.keep(name, make()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_never_grows_past_its_bound() {
        let kept = Kept::new(2);
        assert_eq!(*kept.or_make::<()>("a", || Ok(1)).unwrap(), 1);
        assert_eq!(*kept.or_make::<()>("a", || Ok(2)).unwrap(), 1);
        assert!(kept.or_make("b", || Err(())).is_err());
        kept.keep("b", 2);
        kept.keep("c", 3);
        assert!(kept.get("a").is_none());
        assert_eq!(kept.get("c").as_deref(), Some(&3));
    }
}
