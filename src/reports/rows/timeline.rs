//! What a timeline is drawn from: what stood or happened in a stretch of time around an access.

use crate::{
    access::{self, emergency::State, grant::CERTIFICATION_MISSING, hours::Hours, request::Verdict},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, known, sql, sql::row},
    reports::timeline::{Bar, Lane, Mark, Track},
};
use std::collections::BTreeMap;

/// Into how many pieces the stretch is cut to count tokens.
const PIECES: i64 = 120;

/// Whose access to what, from when until when.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'a> {
    pub person: Id<ids::Person>,
    pub role: &'a Slug,
    pub from: Time,
    pub until: Time,
    /// The moment asked about, between them.
    pub at: Time,
}

row! {
    struct Stood {
        id: String,
        name: String,
        state: String,
        from_at: Time,
        until_at: Option<Time>,
    }
}

impl Stood {
    fn bar(self) -> (String, Bar) {
        (self.name, Bar { from: self.from_at, until: self.until_at, state: self.state, thing: self.id })
    }
}

/// Every lane but that of what was effective. What stood and what happened is drawn as it came out, after the moment asked about as
/// before it; only what was taken in an emergency is drawn as it was known then.
///
/// # Errors
/// The database is away.
pub fn lanes(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Vec<Lane>, Broken> {
    let mut lanes = certificates(r, of)?;
    lanes.push(requests(r, of)?);
    lanes.push(grants(r, of)?);
    lanes.push(break_glass(r, of)?);
    lanes.extend(suspensions(r, of)?);
    lanes.extend(locks(r, of)?);
    lanes.push(account(r, of)?);
    lanes.push(policies(r, of)?);
    lanes.push(tokens(r, of)?);
    lanes.retain(|lane| !lane.bars.is_empty() || !lane.marks.is_empty());
    Ok(lanes)
}

/// One lane a name.
fn by_name(track: Track, stood: Vec<Stood>) -> Vec<Lane> {
    let mut lanes: BTreeMap<String, Lane> = BTreeMap::new();
    for (name, bar) in stood.into_iter().map(Stood::bar) {
        lanes.entry(name.clone()).or_insert_with(|| Lane::new(track, name)).bars.push(bar);
    }
    lanes.into_values().collect()
}

/// Certificates of everything that the role asks for, or asked this person for.
fn certificates(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Vec<Lane>, Broken> {
    let stood =
        sql("SELECT k.id, k.certification_id AS name, k.state, k.valid_from AS from_at, k.ends_at AS until_at \
                     FROM certificates k WHERE k.person_id = ? AND k.valid_from < ? AND k.ends_at > ? \
                     AND k.certification_id IN (SELECT c.certification_id FROM policy_clauses c WHERE c.policy_id IN \
                     (SELECT policy_id FROM grants WHERE person_id = ? AND role_id = ? \
                     UNION SELECT policy_id FROM requests WHERE person_id = ? AND role_id = ? \
                     UNION SELECT policy_id FROM roles WHERE id = ?)) ORDER BY k.valid_from, k.id LIMIT 200")
        .bind(&of.person)
        .bind(&of.until)
        .bind(&of.from)
        .bind(&of.person)
        .bind(of.role)
        .bind(&of.person)
        .bind(of.role)
        .bind(of.role)
        .all(r)?;
    Ok(by_name(Track::Certificate, stood))
}

fn requests(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Lane, Broken> {
    row! { struct Said { id: String, at: Time, decision: Verdict } }
    let mut lane = Lane::new(Track::Request, "");
    let stood: Vec<Stood> = sql(
        "SELECT q.id, '' AS name, q.state, q.submitted_at AS from_at, COALESCE(q.closed_at, q.lapses_at) AS until_at \
             FROM requests q WHERE q.person_id = ? AND q.role_id = ? AND q.submitted_at < ? \
             AND COALESCE(q.closed_at, q.lapses_at) >= ? ORDER BY q.submitted_at, q.id LIMIT 100",
    )
    .bind(&of.person)
    .bind(of.role)
    .bind(&of.until)
    .bind(&of.from)
    .all(r)?;
    for request in stood {
        let said: Vec<Said> =
            sql("SELECT id, at, decision FROM decisions WHERE request_id = ? AND at >= ? AND at < ? \
                                   ORDER BY at, id LIMIT 50")
            .bind(&request.id)
            .bind(&of.from)
            .bind(&of.until)
            .all(r)?;
        lane.marks.extend(said.into_iter().map(|said| Mark::new(said.at, said.decision.state_word(), said.id)));
        lane.bars.push(request.bar().1);
    }
    Ok(lane)
}

fn grants(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Lane, Broken> {
    let mut lane = Lane::new(Track::Grant, "");
    let stood: Vec<Stood> =
        sql("SELECT g.id, '' AS name, g.state, g.starts_at AS from_at, g.ends_at AS until_at FROM grants g \
                                 WHERE g.person_id = ? AND g.role_id = ? AND g.starts_at < ? AND g.ends_at > ? \
                                 ORDER BY g.starts_at, g.id LIMIT 100")
        .bind(&of.person)
        .bind(of.role)
        .bind(&of.until)
        .bind(&of.from)
        .all(r)?;
    lane.bars = stood.into_iter().map(|grant| grant.bar().1).collect();
    Ok(lane)
}

/// What was taken in an emergency, for as long as its grant ran, with marks where it was judged, and where that was due and nobody
/// had judged it.
///
/// It stands as it did at the moment asked about: what was taken, judged or ended later is not told of before.
fn break_glass(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Lane, Broken> {
    row! {
        struct Taken {
            id: String,
            grant_id: String,
            taken_at: Time,
            ends_at: Time,
            review_by_at: Time,
            state: State,
            reviewed_at: Option<Time>,
            reviewed_by: Option<String>,
            reviewer: Option<String>,
        }
    }
    let mut lane = Lane::new(Track::BreakGlass, "");
    let uses: Vec<Taken> =
        sql("SELECT e.id, e.grant_id, e.taken_at, g.ends_at, e.review_by_at, e.state, e.reviewed_at, e.reviewed_by, \
                                v.name AS reviewer FROM emergencies e JOIN grants g ON g.id = e.grant_id \
                                LEFT JOIN persons v ON v.id = e.reviewed_by WHERE e.person_id = ? AND e.role_id = ? \
                                AND e.taken_at <= ? AND (g.ends_at > ? OR e.review_by_at >= ? OR e.reviewed_at >= ?) \
                                ORDER BY e.taken_at, e.id LIMIT 100")
        .bind(&of.person)
        .bind(of.role)
        .bind(&of.at)
        .bind(&of.from)
        .bind(&of.from)
        .bind(&of.from)
        .all(r)?;
    for taken in uses {
        let judged = taken.reviewed_at.filter(|judged| *judged <= of.at);
        let was_due = (of.from..=of.at).contains(&taken.review_by_at);
        if was_due && judged.is_none_or(|judged| taken.review_by_at < judged) {
            lane.marks.push(Mark::new(taken.review_by_at, "overdue", taken.id.clone()));
        }
        if let Some(judged) = judged.filter(|judged| of.from <= *judged) {
            let mark = Mark::new(judged, taken.state.word(), taken.id.clone());
            lane.marks.push(Mark { actor: taken.reviewed_by, actor_name: taken.reviewer, ..mark });
        }
        if of.from < taken.ends_at {
            let until = known::end(r, &taken.grant_id, taken.ends_at, of.at)?;
            lane.bars.push(Bar {
                from: taken.taken_at,
                until: Some(until),
                state: State::Taken.word().to_owned(),
                thing: taken.id,
            });
        }
    }
    Ok(lane)
}

/// What held a grant back: a certificate that was missing, as the grant's own life tells; a review, or an admin.
fn suspensions(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Vec<Lane>, Broken> {
    let stood: Vec<Stood> = sql("SELECT c.subject_id AS id, 'certificate' AS name, 'suspended' AS state, c.at AS from_at, \
                                 (SELECT MIN(n.at) FROM state_changes n WHERE n.subject_id = c.subject_id \
                                 AND n.from_state = 'suspended' AND n.at >= c.at) AS until_at \
                                 FROM grants g JOIN state_changes c ON c.subject_id = g.id AND c.to_state = 'suspended' \
                                 AND c.reason = ? WHERE g.person_id = ? AND g.role_id = ? AND c.at < ? \
                                 ORDER BY c.at, c.id LIMIT 100")
        .bind(&CERTIFICATION_MISSING)
        .bind(&of.person)
        .bind(of.role)
        .bind(&of.until)
        .all(r)?;
    let other: Vec<Stood> =
        sql("SELECT s.id, s.cause AS name, 'suspended' AS state, s.from_at, s.until_at FROM grants g \
                                 JOIN grant_suspensions s ON s.grant_id = g.id WHERE g.person_id = ? AND g.role_id = ? \
                                 AND s.from_at < ? ORDER BY s.from_at, s.id LIMIT 100")
        .bind(&of.person)
        .bind(of.role)
        .bind(&of.until)
        .all(r)?;
    let stood =
        stood.into_iter().chain(other).filter(|stood| stood.until_at.is_none_or(|until| until > of.from)).collect();
    Ok(by_name(Track::Suspension, stood))
}

fn locks(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Vec<Lane>, Broken> {
    let stood = sql("SELECT l.id, l.kind AS name, 'locked' AS state, l.placed_at AS from_at, l.lifted_at AS until_at FROM locks l \
                     WHERE ((l.kind = 'person' AND l.subject_id = ?) OR (l.kind = 'role' AND l.subject_id = ?) \
                     OR (l.kind = 'warehouse' AND l.subject_id IN (SELECT warehouse_id FROM grants WHERE person_id = ? \
                     AND role_id = ? UNION SELECT warehouse_id FROM roles WHERE id = ?))) \
                     AND l.placed_at < ? AND (l.lifted_at IS NULL OR l.lifted_at > ?) ORDER BY l.placed_at, l.id LIMIT 100")
    .bind(&of.person)
    .bind(of.role)
    .bind(&of.person)
    .bind(of.role)
    .bind(of.role)
    .bind(&of.until)
    .bind(&of.from)
    .all(r)?;
    Ok(by_name(Track::Lock, stood))
}

fn account(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Lane, Broken> {
    let mut lane = Lane::new(Track::Account, "");
    let stood: Vec<Stood> =
        sql("SELECT person_id AS id, '' AS name, 'disabled' AS state, from_at, until_at FROM disabled_periods \
                                 WHERE person_id = ? AND from_at < ? AND (until_at IS NULL OR until_at > ?) \
                                 ORDER BY from_at LIMIT 100")
        .bind(&of.person)
        .bind(&of.until)
        .bind(&of.from)
        .all(r)?;
    lane.bars = stood.into_iter().map(|period| period.bar().1).collect();
    Ok(lane)
}

/// Which policy the role had.
fn policies(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Lane, Broken> {
    let mut lane = Lane::new(Track::Policy, "");
    let stood: Vec<Stood> =
        sql("SELECT policy_id AS id, '' AS name, 'active' AS state, from_at, until_at FROM role_policies \
                                 WHERE role_id = ? AND from_at < ? AND (until_at IS NULL OR until_at > ?) \
                                 ORDER BY from_at, policy_id LIMIT 100")
        .bind(of.role)
        .bind(&of.until)
        .bind(&of.from)
        .all(r)?;
    lane.bars = stood.into_iter().map(|policy| policy.bar().1).collect();
    Ok(lane)
}

/// Tokens, counted piece by piece where there are many.
fn tokens(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Lane, Broken> {
    row! { struct Some { at: Time, thing: String, count: i64 } }
    let mut lane = Lane::new(Track::Token, "");
    let width = (of.until.micros_since(of.from) / PIECES).max(1);
    let some: Vec<Some> = sql("SELECT MIN(t.issued_at) AS at, MIN(t.id) AS thing, COUNT(*) AS count FROM tokens t \
                               WHERE t.person_id = ? AND t.role_id = ? AND t.issued_at >= ? AND t.issued_at < ? \
                               GROUP BY (t.issued_at - ?) / ? ORDER BY 1")
    .bind(&of.person)
    .bind(of.role)
    .bind(&of.from)
    .bind(&of.until)
    .bind(&of.from)
    .bind(&width)
    .all(r)?;
    lane.marks =
        some.into_iter().map(|some| Mark { count: some.count, ..Mark::new(some.at, "minted", some.thing) }).collect();
    Ok(lane)
}

/// A grant of the stretch, with what lets it be used besides what the lanes show.
#[derive(Clone, Debug)]
pub struct Usable {
    pub grant: Id<ids::Grant>,
    pub from: Time,
    pub until: Time,
    /// When its policy lets it be used.
    pub hours: Vec<Hours>,
    /// Until when it was to be claimed, and when it was.
    pub claims: Vec<Time>,
}

/// The grants that ran at any moment of the stretch.
///
/// # Errors
/// The database is away.
pub fn usable(r: &mut Reading<'_>, of: Stretch<'_>) -> Result<Vec<Usable>, Broken> {
    let mut found = Vec::new();
    for grant in access::rows::grants_of_role(r, of.person, of.role)? {
        if grant.starts_at < of.until && of.from < grant.ends_at {
            found.push(Usable {
                grant: grant.id,
                from: grant.starts_at,
                until: grant.ends_at,
                hours: access::rows::policy(r, &grant.policy_id)?.hours.clone(),
                claims: [grant.claim_by_at, grant.claimed_at].into_iter().flatten().collect(),
            });
        }
    }
    Ok(found)
}
