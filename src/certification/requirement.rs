//! Requirements in clauses: for each, one of its certifications must count at the instant.

use super::certificate::Certificate;
use crate::base::{clock::Time, text::Slug};
use std::collections::BTreeSet;

/// One clause and how it stands for a person at an instant.
#[derive(Clone, Debug)]
pub struct ClauseStanding {
    /// Any of these fulfils it.
    pub any_of: BTreeSet<Slug>,
    /// The certificate that fulfils it for the longest, if one does.
    pub met_by: Option<Certificate>,
}

/// Judges every clause against a person's certificates. Used to explain; what decides is `effective_access`.
#[must_use]
pub fn judge(clauses: &[BTreeSet<Slug>], certificates: &[Certificate], at: Time) -> Vec<ClauseStanding> {
    clauses
        .iter()
        .map(|any_of| ClauseStanding {
            any_of: any_of.clone(),
            met_by: certificates
                .iter()
                .filter(|certificate| any_of.contains(&certificate.certification_id) && certificate.counts_at(at))
                .max_by_key(|certificate| certificate.ends_at)
                .cloned(),
        })
        .collect()
}

/// Until when every clause stays met without anything new; none where one is not met now.
///
/// Certificates that follow each other without a gap carry on; this looks at those that count at `at`, which is the
/// careful answer that I2 asks for.
#[must_use]
pub fn met_until(standings: &[ClauseStanding]) -> Option<Time> {
    let mut until: Option<Time> = None;
    for standing in standings {
        let end = standing.met_by.as_ref()?.ends_at;
        until = Some(until.map_or(end, |so_far| so_far.min(end)));
    }
    until
}

/// The last instant, not after `now`, at which every clause was met: the moment of loss where they are not met now.
#[must_use]
pub fn lost_at(clauses: &[BTreeSet<Slug>], certificates: &[Certificate], since: Time, now: Time) -> Option<Time> {
    let met = |at: Time| judge(clauses, certificates, at).iter().all(|standing| standing.met_by.is_some());
    if met(now) {
        return None;
    }
    // Clauses change only where a certificate begins or ends; just before an end they may have been met.
    let mut ends: Vec<Time> =
        certificates.iter().map(|c| c.ends_at).filter(|end| *end <= now && *end > since).collect();
    ends.sort_unstable();
    ends.into_iter().rev().find(|end| met(end.plus_micros(-1))).or(Some(since))
}
