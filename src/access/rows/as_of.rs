//! Pieces of statements that ask about an instant, which may lie in the past: each is written once, here.

use crate::{
    base::refusal::Broken,
    db::{Reading, sql},
};

/// What the one view says of the grant `g`.
pub const EFFECTIVE: &str = "EXISTS (SELECT 1 FROM effective_access e WHERE e.grant_id = g.id)";
/// From when on nothing comes of the grant `g` any more: its end, or when it was withdrawn before it began ([`Grant::over_at`]).
///
/// [`Grant::over_at`]: crate::access::grant::Grant::over_at
pub const OVER: &str = "COALESCE(g.withdrawn_at, g.ends_at)";
/// Grants `g` that have not been ended; with [`ENDED_SINCE`], all that had not ended at the instant asked about.
pub const LIVE: &str = "g.state IN ('scheduled', 'active', 'suspended')";
/// Grants `g` that have ended after the instant asked about.
pub const ENDED_SINCE: &str = "g.state = 'ended' AND g.ends_at > habilis_at()";
/// From so many on, the grants that ended since are no longer looked for apart from the others.
const MOST_ENDED: i64 = 5_000;

/// Whether so few grants have ended after the instant asked about that they are looked for apart from the others: most of a long
/// history has ended before, and is passed over then.
///
/// # Errors
/// The database is away.
pub fn few_ended_since(r: &mut Reading<'_>) -> Result<bool, Broken> {
    let ended: i64 =
        sql(format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM grants g WHERE {ENDED_SINCE} LIMIT ?) since"))
            .bind(&MOST_ENDED)
            .one(r)?;
    Ok(ended < MOST_ENDED)
}

/// How many lines fulfil a condition, as a column; it is null where there are no lines.
#[must_use]
pub fn sum(condition: &str) -> String {
    format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)")
}
