//! How much work an import was: the characters that were looked at, counted where the importers look. It is the same on
//! every machine, however busy, so that a test can hold it to a bound by the size of the file.

use std::cell::Cell;

thread_local! {
    static SPENT: Cell<u64> = const { Cell::new(0) };
}

/// Counts characters that were looked at.
pub(crate) fn spend(looked_at: usize) {
    SPENT.with(|spent| spent.set(spent.get().saturating_add(u64::try_from(looked_at).unwrap_or(u64::MAX))));
}

/// What this thread has spent since it was last asked.
pub(crate) fn taken() -> u64 {
    SPENT.with(|spent| spent.replace(0))
}
