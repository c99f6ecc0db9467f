//! Which policy a role had, from when until when.

use super::policy;
use crate::{
    access::catalogue::Policy,
    base::{clock::Time, refusal::Broken, text::Slug},
    db::{Reading, Writing, sql, sql::row},
};
use std::sync::Arc;

/// A policy of a role, and when it was in force: from `from` on, until before `until` where it has ended. Within that time the
/// role was in the catalogue.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// The policy's hash.
    pub id: String,
    pub policy: Arc<Policy>,
    pub from: Time,
    pub until: Option<Time>,
}

/// Notes that a role has this policy from now on; where it has it already, nothing changes.
///
/// # Errors
/// The database is away.
pub(super) fn begin_policy(w: &mut Writing<'_>, role: &Slug, policy: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE role_policies SET until_at = ? WHERE role_id = ? AND until_at IS NULL AND policy_id <> ?")
        .bind(&now)
        .bind(role)
        .bind(&policy)
        .run(w)?;
    sql("INSERT INTO role_policies (role_id, policy_id, from_at) SELECT ?, ?, ? \
         WHERE NOT EXISTS (SELECT 1 FROM role_policies WHERE role_id = ? AND until_at IS NULL)")
    .bind(role)
    .bind(&policy)
    .bind(&now)
    .bind(role)
    .run(w)?;
    Ok(())
}

/// Notes that a role has no policy any more: it left the catalogue.
///
/// # Errors
/// The database is away.
pub(super) fn end_policy(w: &mut Writing<'_>, role: &Slug) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE role_policies SET until_at = ? WHERE role_id = ? AND until_at IS NULL").bind(&now).bind(role).run(w)?;
    Ok(())
}

row! { struct Raw { policy_id: String, from_at: Time, until_at: Option<Time> } }

fn read(r: &mut Reading<'_>, raw: Raw) -> Result<PolicyVersion, Broken> {
    let policy = policy(r, &raw.policy_id)?;
    Ok(PolicyVersion { id: raw.policy_id, policy, from: raw.from_at, until: raw.until_at })
}

/// The policies that a role has had up to the instant of the transaction, the newest first.
///
/// # Errors
/// The database is away.
pub fn policy_versions(r: &mut Reading<'_>, role: &Slug) -> Result<Vec<PolicyVersion>, Broken> {
    let at = r.at();
    let raws: Vec<Raw> =
        sql("SELECT policy_id, from_at, CASE WHEN until_at <= ? THEN until_at ELSE NULL END AS until_at \
                              FROM role_policies WHERE role_id = ? AND from_at <= ? \
                              ORDER BY from_at DESC, until_at IS NOT NULL, until_at DESC LIMIT 500")
        .bind(&at)
        .bind(role)
        .bind(&at)
        .all(r)?;
    raws.into_iter().map(|raw| read(r, raw)).collect()
}

/// The policy that a role had at the instant of the transaction; none where it was not in the catalogue.
///
/// # Errors
/// The database is away.
pub fn policy_in_force(r: &mut Reading<'_>, role: &Slug) -> Result<Option<PolicyVersion>, Broken> {
    let at = r.at();
    let raw: Option<Raw> =
        sql("SELECT policy_id, from_at, until_at FROM role_policies WHERE role_id = ? AND from_at <= ? \
                                AND (until_at IS NULL OR ? < until_at) ORDER BY from_at DESC LIMIT 1")
        .bind(role)
        .bind(&at)
        .bind(&at)
        .maybe(r)?;
    raw.map(|raw| read(r, raw)).transpose()
}
