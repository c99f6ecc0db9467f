//! The places of tokens in status lists: drawn when a token is recorded, and those whose token is worth nothing any more.

use super::standing::{BESIDES, IDENTITY_JOINS, JOINS, RESTS, unlocked};
use crate::{
    base::{clock::Time, refusal::Broken},
    db::{Reading, sql},
    tokens::status_list::{ListId, Series},
};

/// The places of a list whose tokens have ended before their time, by the same rules as introspection; none where there is no
/// such list.
///
/// # Errors
/// The database is away.
pub fn ended_places(r: &mut Reading<'_>, list: ListId) -> Result<Option<Vec<i64>>, Broken> {
    let table = list.series.table();
    let known: Option<i64> = sql(format!("SELECT status_list AS n FROM {table} WHERE status_list = ? LIMIT 1"))
        .bind(&list.number)
        .maybe(r)?;
    if known.is_none() {
        return Ok(None);
    }
    let ended = match list.series {
        // Each grant is asked for once, however many tokens it gave.
        Series::Warehouse => sql(format!(
            "WITH shut AS (SELECT g.grant_id FROM (SELECT DISTINCT grant_id FROM tokens WHERE status_list = ?) g \
             WHERE NOT EXISTS (SELECT 1 FROM effective_access e WHERE e.grant_id = g.grant_id)) \
             SELECT t.status_place AS n FROM tokens t {JOINS} LEFT JOIN shut ON shut.grant_id = t.grant_id \
             WHERE t.status_list = ? AND (shut.grant_id IS NOT NULL OR NOT ({RESTS} AND {BESIDES}))"
        ))
        .bind(&list.number),
        Series::Userinfo => sql(format!(
            "SELECT t.status_place AS n FROM identity_tokens t {IDENTITY_JOINS} WHERE t.status_list = ? \
             AND NOT ({RESTS} AND {})",
            unlocked()
        )),
    };
    Ok(Some(ended.bind(&list.number).all(r)?))
}

/// The lists of tokens that may still live at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn live_lists(r: &mut Reading<'_>) -> Result<Vec<ListId>, Broken> {
    let now: Time = r.at();
    let first = ListId::first_of(now);
    let mut lists = Vec::new();
    for series in Series::ALL {
        let table = series.table();
        // From one number to the next in the index, however many tokens have it.
        let numbers: Vec<i64> = sql(format!(
            "WITH RECURSIVE known (n) AS (SELECT MIN(status_list) FROM {table} WHERE status_list >= ? \
             UNION ALL SELECT (SELECT MIN(status_list) FROM {table} WHERE status_list > known.n) FROM known \
             WHERE known.n IS NOT NULL) SELECT n FROM known WHERE n IS NOT NULL LIMIT 10000"
        ))
        .bind(&first)
        .all(r)?;
        lists.extend(numbers.into_iter().map(|number| ListId { series, number }));
    }
    Ok(lists)
}
