//! Which statements change what a verdict on a token rests on, and how many commits of this process did.
//!
//! The database notes every such change by itself, in `standing_changes`, for every replica. This count is only for the
//! replica that made the change: it knows at once that it has to look there, and need not wait for its next look. Where a
//! statement were missed here, that replica would be as late as the others (`tokens::memory`), never wrong for longer.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The tables whose changed or deleted rows are noted; a test holds them against the triggers of the migrations.
pub const CHANGED: [&str; 16] = [
    "authorizations",
    "certificates",
    "client_secrets",
    "clients",
    "disabled_periods",
    "grant_suspensions",
    "grants",
    "identity_tokens",
    "keys",
    "locks",
    "persons",
    "policy_clauses",
    "policy_hours",
    "sessions",
    "tokens",
    "zone_offsets",
];

/// Those of them whose new rows are noted, too.
pub const ADDED: [&str; 7] =
    ["disabled_periods", "grant_suspensions", "keys", "locks", "policy_clauses", "policy_hours", "zone_offsets"];

/// Whether a statement may change a row that is noted. One that does not begin as ours do is taken for such a one.
pub(super) fn touches(statement: &str) -> bool {
    let mut words = statement.split_whitespace();
    let table = |word: Option<&str>, noted: &[&str]| word.is_none_or(|word| noted.contains(&word));
    match words.next() {
        Some("INSERT") => table(words.nth(1), &ADDED),
        Some("DELETE") => table(words.nth(1), &CHANGED),
        Some("UPDATE") => table(words.next(), &CHANGED),
        _ => true,
    }
}

/// A count that clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched(Arc<AtomicU64>);

impl Touched {
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Counts a commit, or one that may have happened.
    pub(super) fn note(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_known_by_its_first_words() {
        for changing in [
            "UPDATE grants SET ends_at = ? WHERE id = ?",
            "DELETE FROM sessions WHERE id = ?",
            "INSERT INTO locks (id) VALUES (?)",
            "WITH gone AS (SELECT 1) UPDATE grants SET ends_at = 0",
        ] {
            assert!(touches(changing), "{changing}");
        }
        for other in
            ["INSERT INTO tokens (id) VALUES (?)", "INSERT INTO events (id) VALUES (?)", "UPDATE leases SET x = 1"]
        {
            assert!(!touches(other), "{other}");
        }
    }
}
