//! What the database itself refuses: changing and deleting what the log is made of, and passing an event by.

use crate::{
    base::refusal::Broken,
    db::{Reading, sql},
};

/// How many guards there have to be, and the names of those that are away or switched off.
///
/// # Errors
/// The database is away.
pub fn unguarded(r: &mut Reading<'_>) -> Result<(usize, Vec<String>), Broken> {
    let there = r.engine_sql(
        "SELECT name AS word FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('events', 'event_private', \
         'log_leaves', 'log_tiles', 'log_checkpoints', 'log_pending', 'log_state')",
        "SELECT tgname::text AS word FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') \
         AND tgrelid IN ('events'::regclass, 'event_private'::regclass, 'log_leaves'::regclass, 'log_tiles'::regclass, \
         'log_checkpoints'::regclass, 'log_pending'::regclass, 'log_state'::regclass)",
    );
    let there: Vec<String> = sql(there).all(r)?;
    let needed = r.engine_sql(
        "events_no_update events_no_delete events_wait_for_the_log event_private_as_committed event_private_no_delete \
         event_private_only_erased log_leaves_no_update log_leaves_no_delete log_checkpoints_no_update \
         log_checkpoints_no_delete log_tiles_only_grow log_tiles_no_delete log_pending_no_update log_pending_no_loss \
         log_state_only_grows log_state_no_delete",
        "events_append_only events_no_truncate events_wait_for_the_log event_private_as_committed event_private_no_delete \
         event_private_no_truncate event_private_only_erased log_leaves_append_only log_leaves_no_truncate \
         log_checkpoints_append_only log_checkpoints_no_truncate log_tiles_only_grow log_tiles_no_delete \
         log_tiles_no_truncate log_pending_no_update log_pending_no_loss log_pending_no_truncate log_state_only_grows \
         log_state_no_delete log_state_no_truncate",
    );
    let missing = needed.split_whitespace().filter(|name| !there.iter().any(|found| found == name));
    Ok((needed.split_whitespace().count(), missing.map(str::to_owned).collect()))
}
