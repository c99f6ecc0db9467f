//! What the service's own login of PostgreSQL may do, where another one owns the tables: add to what is append-only, and never
//! change it.

use super::{errors::broken, link::Link};
use crate::base::refusal::Broken;
use diesel_async::SimpleAsyncConnection;

/// Tables of which lines are added and never changed.
const ONLY_ADDED: [&str; 4] = ["events", "state_changes", "log_leaves", "log_checkpoints"];
/// Tables whose lines change and are never taken away.
const NEVER_TAKEN: [&str; 4] = ["event_private", "log_keys", "log_state", "log_tiles"];

/// Gives a login the rights that the service needs on everything that the owner has made. Rights that it had on what is
/// append-only are taken from it.
///
/// # Errors
/// There is no such login, or the owner may not give rights.
pub(super) fn grant(link: &mut Link, login: &str) -> Result<(), Broken> {
    let Link::Postgres { connection, driver } = link else { return Ok(()) };
    let login = format!("\"{}\"", login.replace('"', "\"\""));
    let (added, kept) = (ONLY_ADDED.join(", "), NEVER_TAKEN.join(", "));
    // One transaction: nobody finds the log open for a moment.
    let statements = format!(
        "BEGIN; \
         GRANT USAGE ON SCHEMA public TO {login}; \
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {login}; \
         GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {login}; \
         REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {added} FROM {login}; \
         REVOKE DELETE, TRUNCATE, TRIGGER ON {kept} FROM {login}; \
         COMMIT"
    );
    driver.wait(async { connection.batch_execute(&statements).await.map_err(broken) })
}
