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

/// Until when every clause stays met, where certificates that follow each other without a gap carry on; none where one is
/// not met at `at`. For telling people in time; a token ends by [`met_until`].
#[must_use]
pub fn carried_until(clauses: &[BTreeSet<Slug>], certificates: &[Certificate], at: Time) -> Option<Time> {
    let ends = judge(clauses, certificates, at).into_iter().map(|standing| {
        let mut end = standing.met_by?.ends_at;
        let next = |end: Time| {
            let fits =
                certificates.iter().filter(|c| standing.any_of.contains(&c.certification_id) && c.counts_at(end));
            fits.map(|c| c.ends_at).max()
        };
        while let Some(later) = next(end) {
            end = later;
        }
        Some(end)
    });
    ends.collect::<Option<Vec<Time>>>()?.into_iter().min()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::ids::Id,
        certification::certificate::{Evidence, State},
    };
    use std::collections::BTreeMap;

    fn at(day: i64) -> Time {
        Time::from_micros(1_800_000_000_000_000).plus_seconds(day * 86_400)
    }

    fn certificate(certification: &str, from: i64, until: i64) -> Certificate {
        let course: Slug = certification.parse().unwrap();
        Certificate {
            id: Id::new(at(from)),
            person_id: Id::new(at(0)),
            certification_id: course.clone(),
            course_id: course.clone(),
            course_version: 1,
            state: State::Valid,
            issued_at: at(from),
            valid_from: at(from),
            expires_at: at(until),
            ends_at: at(until),
            ended_reason: None,
            evidence: Evidence {
                course,
                version: 1,
                content: String::new(),
                modules: BTreeMap::new(),
                exams: Vec::new(),
                renews: None,
            },
        }
    }

    #[test]
    fn certificates_that_follow_each_other_carry_on_and_a_gap_ends_it() {
        let clause = |any: &[&str]| any.iter().map(|id| id.parse().unwrap()).collect::<BTreeSet<Slug>>();
        let clauses = [clause(&["alpha", "beta"]), clause(&["gamma"])];
        let mut held = vec![certificate("alpha", 0, 100), certificate("gamma", 0, 300)];
        assert_eq!(carried_until(&clauses, &held, at(10)), Some(at(100)));
        held.push(certificate("beta", 100, 200));
        assert_eq!(carried_until(&clauses, &held, at(10)), Some(at(200)));
        held.push(certificate("alpha", 201, 400));
        assert_eq!(carried_until(&clauses, &held, at(10)), Some(at(200)), "a day is missing");
        held.push(certificate("alpha", 150, 250));
        assert_eq!(carried_until(&clauses, &held, at(10)), Some(at(300)), "the other clause ends first");
        assert_eq!(carried_until(&clauses, &held, at(300)), None);
    }
}
