//! Business hours in the database: the windows of a policy, and the offsets of their zones.

use crate::{
    access::hours::{self, Hours},
    base::refusal::Broken,
    db::{Writing, sql, sql::row},
};

/// Stores the windows of a policy that is new.
///
/// # Errors
/// The database is away.
pub(super) fn insert_hours(w: &mut Writing<'_>, policy: &str, all: &[Hours]) -> Result<(), Broken> {
    for (rule, hours) in (0_i64..).zip(all) {
        for (from, until) in hours.windows() {
            sql("INSERT INTO policy_hours (policy_id, rule, zone, from_micros, until_micros) VALUES (?, ?, ?, ?, ?)")
                .bind(&policy)
                .bind(&rule)
                .bind(&hours.zone)
                .bind(&from)
                .bind(&until)
                .run(w)?;
        }
    }
    Ok(())
}

/// Brings the offsets of every zone that the hours of a policy are in to what the time zone database says: of all policies, for
/// a grant keeps the one that it was given under.
///
/// # Errors
/// The database is away.
pub fn keep_zones(w: &mut Writing<'_>) -> Result<(), Broken> {
    row! { struct Used { zone: String } }
    let used: Vec<Used> = sql("SELECT DISTINCT zone FROM policy_hours ORDER BY zone").all(w)?;
    for one in used {
        keep_zone(w, &one.zone)?;
    }
    Ok(())
}

/// Brings the offsets of a zone to what the time zone database says; where they are so already, nothing changes.
///
/// # Errors
/// The database is away.
pub(super) fn keep_zone(w: &mut Writing<'_>, zone: &str) -> Result<(), Broken> {
    row! { struct Offset { from_at: i64, until_at: i64, offset_micros: i64 } }
    let kept: Vec<Offset> =
        sql("SELECT from_at, until_at, offset_micros FROM zone_offsets WHERE zone = ? ORDER BY from_at")
            .bind(&zone)
            .all(w)?;
    let known = hours::offsets(zone);
    if kept.iter().map(|row| (row.from_at, row.until_at, row.offset_micros)).eq(known.iter().copied()) {
        return Ok(());
    }
    sql("DELETE FROM zone_offsets WHERE zone = ?").bind(&zone).run(w)?;
    for (from, until, offset) in known {
        sql("INSERT INTO zone_offsets (zone, from_at, until_at, offset_micros) VALUES (?, ?, ?, ?)")
            .bind(&zone)
            .bind(&from)
            .bind(&until)
            .bind(&offset)
            .run(w)?;
    }
    Ok(())
}
