//! Reading a thing's history: every step that it took, by whom and why.

use super::{Reading, sql::row, sql::sql};
use crate::base::{clock::Time, refusal::Broken};

row! {
    /// One step of a thing's life.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct Change {
        pub from_state: String,
        pub to_state: String,
        pub at: Time,
        /// Who, in the log's words.
        pub actor: String,
        pub reason: String,
    }
}

/// Every step of the thing with this id, up to the instant of the transaction, the oldest first.
///
/// # Errors
/// The database is away.
pub fn history(r: &mut Reading<'_>, id: &str) -> Result<Vec<Change>, Broken> {
    let at = r.at();
    sql("SELECT c.from_state, c.to_state, c.at, c.actor, COALESCE(n.note, c.reason) AS reason FROM state_changes c \
         LEFT JOIN change_notes n ON n.change_id = c.id WHERE c.subject_id = ? AND c.at <= ? \
         ORDER BY c.at, c.id LIMIT 500")
    .bind(&id)
    .bind(&at)
    .all(r)
}
