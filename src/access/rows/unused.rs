//! Grants that are not used, and whose holders were told that they end for it.

use super::{MINTED, VERIFIED, VERIFIED_MICROS, suspensions::HELD_BACK};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    /// A grant that was not used for long.
    #[derive(Clone, Copy, Debug)]
    pub struct UnusedGrant {
        pub id: Id<ids::Grant>,
        pub person_id: Id<ids::Person>,
    }
}

row! {
    /// That the holder was told: since when the grant had not been used then, and when they were.
    #[derive(Clone, Copy, Debug)]
    pub struct UnusedWarning {
        pub counted_from: Time,
        pub warned_at: Time,
    }
}

/// A grant `g` that runs since before the instant `?`, twice, and of which nothing was minted from then on.
macro_rules! unminted {
    () => {
        "g.starts_at <= ? AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.grant_id = g.id \
         AND t.issued_at > ? AND t.issued_at <= habilis_at())"
    };
}

/// A grant `g` that runs since before the instant `?`, three times, and of which nothing was minted or verified from then on.
///
/// Only the first and the last verification are known. One that was verified before a moment and again after it may have been in
/// between, too: nobody says that it was unused.
pub const UNUSED: &str = concat!(
    unminted!(),
    " AND NOT EXISTS (SELECT 1 FROM grant_verifications v WHERE v.grant_id = g.id \
     AND v.last_at > ? AND v.first_at <= habilis_at())"
);

/// A grant `g` of which nobody can say, with the same instants, whether it was verified: it was before, and it was afterwards.
pub const USE_UNKNOWN: &str = concat!(
    unminted!(),
    " AND EXISTS (SELECT 1 FROM grant_verifications v WHERE v.grant_id = g.id \
     AND v.first_at <= ? AND v.last_at > habilis_at())"
);

/// When a grant `g` was last let go on by the instant of the transaction; null where it never was held back.
const LIFTED: &str = "(SELECT MAX(l.until_at) FROM grant_suspensions l WHERE l.grant_id = g.id \
     AND l.until_at > l.from_at AND l.until_at <= habilis_at())";

/// A grant `g` of the role `?` that could have been used since the instant `?`: nothing holds it back now, and it was not let go on
/// later than that. Whoever is held back can use nothing.
fn usable() -> String {
    format!(
        "g.role_id = ? AND g.state IN ('active', 'suspended') AND g.ends_at > habilis_at() AND NOT {HELD_BACK} \
         AND COALESCE({LIFTED}, 0) <= ?"
    )
}

/// Grants of a role that nobody has used since `before`, and whose holders were told of that before `told`.
///
/// # Errors
/// The database is away.
pub fn unused_and_told(
    r: &mut Reading<'_>,
    role: &Slug,
    before: Time,
    told: Time,
    most: i64,
) -> Result<Vec<UnusedGrant>, Broken> {
    sql(format!(
        "SELECT g.id, g.person_id FROM grants g JOIN unused_warnings u ON u.grant_id = g.id AND u.warned_at <= ? \
         WHERE {usable} AND {UNUSED} ORDER BY g.id LIMIT ?",
        usable = usable()
    ))
    .bind(&told)
    .bind(role)
    .bind(&before)
    .bind(&before)
    .bind(&before)
    .bind(&before)
    .bind(&most)
    .all(r)
}

/// Grants of a role that nobody has used since `before`, and whose holders were not told since they were last used, or let go on.
///
/// # Errors
/// The database is away.
pub fn unused_and_untold(
    r: &mut Reading<'_>,
    role: &Slug,
    before: Time,
    most: i64,
) -> Result<Vec<UnusedGrant>, Broken> {
    sql(format!(
        "SELECT g.id, g.person_id FROM grants g WHERE {usable} AND {UNUSED} AND NOT EXISTS (\
         SELECT 1 FROM unused_warnings u WHERE u.grant_id = g.id \
         AND u.warned_at > COALESCE((SELECT MAX(t.issued_at) FROM tokens t WHERE t.grant_id = g.id), 0) \
         AND u.warned_at > COALESCE((SELECT v.last_at FROM grant_verifications v WHERE v.grant_id = g.id), 0) \
         AND u.warned_at > COALESCE({LIFTED}, 0)) ORDER BY g.id LIMIT ?",
        usable = usable()
    ))
    .bind(role)
    .bind(&before)
    .bind(&before)
    .bind(&before)
    .bind(&before)
    .bind(&most)
    .all(r)
}

/// Since when a grant has not been used although it could be: its last token, its last verification (which is kept to the hour, so
/// that it may have been used up to an hour later), the last time that it was let go on after it had been held back, or its start.
///
/// # Errors
/// The database is away.
pub fn unused_since(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Option<Time>, Broken> {
    row! { struct Since { starts_at: Time, minted_at: Option<Time>, verified_at: Option<Time>, lifted_at: Option<Time> } }
    let found: Option<Since> = sql(format!(
        "SELECT g.starts_at, {MINTED} AS minted_at, {VERIFIED} AS verified_at, {LIFTED} AS lifted_at FROM grants g WHERE g.id = ?"
    ))
    .bind(&grant)
    .maybe(r)?;
    Ok(found.map(|since| {
        let verified = since.verified_at.map(|at| at.plus_micros(VERIFIED_MICROS));
        since.minted_at.max(verified).max(since.lifted_at).map_or(since.starts_at, |last| last.max(since.starts_at))
    }))
}

/// What the holder of a grant was told last.
///
/// # Errors
/// The database is away.
pub fn unused_warning(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Option<UnusedWarning>, Broken> {
    sql("SELECT counted_from, warned_at FROM unused_warnings WHERE grant_id = ?").bind(&grant).maybe(r)
}

/// Notes that the holder of a grant is told now.
///
/// # Errors
/// The database is away.
pub fn warn_unused(w: &mut Writing<'_>, grant: Id<ids::Grant>, since: Time) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO unused_warnings (grant_id, counted_from, warned_at) VALUES (?, ?, ?) ON CONFLICT (grant_id) DO UPDATE \
         SET counted_from = excluded.counted_from, warned_at = excluded.warned_at")
        .bind(&grant)
        .bind(&since)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// Forgets what the holder of a grant was told.
///
/// # Errors
/// The database is away.
pub fn forget_unused_warning(w: &mut Writing<'_>, grant: Id<ids::Grant>) -> Result<(), Broken> {
    sql("DELETE FROM unused_warnings WHERE grant_id = ?").bind(&grant).run(w)?;
    Ok(())
}

row! {
    /// How a role is used.
    #[derive(Clone, Copy, Debug)]
    pub struct RoleUse {
        /// Grants that are effective.
        pub held: i64,
        /// Those of them that nobody used for so long, and that were held for as long.
        pub unused: i64,
        /// When a token was last made for it.
        pub last: Option<Time>,
    }
}

/// The most grants that are looked at to say how a role is used.
const MOST_LOOKED_AT: i64 = 5_000;

/// How a role is used at the instant of the transaction; nothing where so many hold it that looking would take long.
///
/// # Errors
/// The database is away.
pub fn use_of_role(r: &mut Reading<'_>, role: &Slug, days: i64) -> Result<Option<RoleUse>, Broken> {
    let before = r.at().plus_seconds(-days.saturating_mul(86_400));
    let found: RoleUse = sql(format!(
        "SELECT COUNT(*) AS held, COALESCE(SUM(CASE WHEN {UNUSED} THEN 1 ELSE 0 END), 0) AS unused, MAX({MINTED}) AS last \
         FROM (SELECT grant_id AS id, starts_at FROM effective_access WHERE role_id = ? LIMIT ?) AS g"
    ))
    .bind(&before)
    .bind(&before)
    .bind(&before)
    .bind(role)
    .bind(&MOST_LOOKED_AT)
    .one(r)?;
    Ok((found.held < MOST_LOOKED_AT).then_some(found))
}
