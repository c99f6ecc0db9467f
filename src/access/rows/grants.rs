//! Grants in the database, and the one view that says which of them are effective.

use super::suspensions::{HELD_BACK, HELD_BY_ADMIN};
use crate::{
    access::grant::{EndReason, Grant, RENEWABLE_MICROS, State as GrantState},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing,
        lifecycle::{self, Entity},
        sql,
        sql::row,
    },
};

row! {
    struct RawGrant {
        id: Id<ids::Grant>,
        person_id: Id<ids::Person>,
        role_id: Slug,
        warehouse_id: Slug,
        request_id: Id<ids::Request>,
        policy_id: String,
        state: GrantState,
        starts_at: Time,
        ends_at: Time,
        withdrawn_at: Option<Time>,
        granted_at: Time,
        grace_micros: i64,
        ended_reason: Option<EndReason>,
        claim_by_at: Option<Time>,
        claimed_at: Option<Time>,
        emergency: bool,
    }
}

impl From<RawGrant> for Grant {
    fn from(raw: RawGrant) -> Self {
        Self {
            id: raw.id,
            person_id: raw.person_id,
            role_id: raw.role_id,
            warehouse_id: raw.warehouse_id,
            request_id: raw.request_id,
            policy_id: raw.policy_id,
            state: raw.state,
            starts_at: raw.starts_at,
            ends_at: raw.ends_at,
            withdrawn_at: raw.withdrawn_at,
            granted_at: raw.granted_at,
            grace_micros: raw.grace_micros,
            ended_reason: raw.ended_reason,
            claim_by_at: raw.claim_by_at,
            claimed_at: raw.claimed_at,
            emergency: raw.emergency,
        }
    }
}

const GRANT: &str = "SELECT id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, ends_at, \
                     withdrawn_at, granted_at, grace_micros, ended_reason, claim_by_at, claimed_at, emergency FROM grants";

/// The grant with this id.
///
/// # Errors
/// The database is away.
pub fn grant(r: &mut Reading<'_>, id: Id<ids::Grant>) -> Result<Option<Grant>, Broken> {
    Ok(sql(format!("{GRANT} WHERE id = ?")).bind(&id).maybe::<RawGrant>(r)?.map(Grant::from))
}

/// Grants in force that can be renewed by now ([`Grant::renewable_from`]), whose holder was not told that they end ([`note_end_told`]),
/// which nothing comes after, for which nothing is asked, and which no admin holds back; the next to end first. Only one of them,
/// where it is given, if it is such a one.
///
/// # Errors
/// The database is away.
pub fn ending_untold(r: &mut Reading<'_>, only: Option<Id<ids::Grant>>, most: i64) -> Result<Vec<Grant>, Broken> {
    let now = r.at();
    let farthest = now.plus_micros(RENEWABLE_MICROS);
    let mut statement = sql(format!(
        "{GRANT} g WHERE end_told_at IS NULL AND state IN ('active', 'suspended') AND ends_at > ? AND ends_at <= ? AND NOT emergency \
         AND ? >= ends_at - (ends_at - starts_at) / 4 AND NOT {HELD_BY_ADMIN} \
         AND NOT EXISTS (SELECT 1 FROM grants l WHERE l.person_id = g.person_id AND l.role_id = g.role_id \
         AND l.ends_at > g.ends_at AND l.state IN ('scheduled', 'active', 'suspended')) \
         AND NOT EXISTS (SELECT 1 FROM requests q WHERE q.person_id = g.person_id AND q.role_id = g.role_id \
         AND q.state IN ('draft', 'submitted', 'blocked', 'in_review', 'returned'))"
    ))
    .bind(&now)
    .bind(&farthest)
    .bind(&now);
    if let Some(only) = &only {
        statement = statement.push(" AND id = ?").bind(only);
    }
    let raws: Vec<RawGrant> = statement.push(" ORDER BY ends_at LIMIT ?").bind(&most).all(r)?;
    Ok(raws.into_iter().map(Grant::from).collect())
}

/// Notes that the holder of a grant was told that it ends soon.
///
/// # Errors
/// The database is away.
pub fn note_end_told(w: &mut Writing<'_>, id: Id<ids::Grant>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE grants SET end_told_at = ? WHERE id = ?").bind(&now).bind(&id).run(w)?;
    Ok(())
}

/// The grant that came from a request.
///
/// # Errors
/// The database is away.
pub fn grant_of_request(r: &mut Reading<'_>, request: Id<ids::Request>) -> Result<Option<Grant>, Broken> {
    Ok(sql(format!("{GRANT} WHERE request_id = ?")).bind(&request).maybe::<RawGrant>(r)?.map(Grant::from))
}

/// A person's grants, newest first: at most `most` of them, with ids before `before` where given.
///
/// # Errors
/// The database is away.
pub fn grants_of(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    before: Option<&str>,
    most: i64,
) -> Result<Vec<Grant>, Broken> {
    let mut statement = sql(format!("{GRANT} WHERE person_id = ?")).bind(&person);
    if let Some(before) = before {
        statement = statement.push(" AND id < ?").bind(&before);
    }
    let raws: Vec<RawGrant> = statement.push(" ORDER BY id DESC LIMIT ?").bind(&most).all(r)?;
    Ok(raws.into_iter().map(Grant::from).collect())
}

/// A person's grants that have not ended, oldest first; of one role where given.
///
/// # Errors
/// The database is away.
pub fn live_grants(r: &mut Reading<'_>, person: Id<ids::Person>, role: Option<&Slug>) -> Result<Vec<Grant>, Broken> {
    let mut statement =
        sql(format!("{GRANT} WHERE person_id = ? AND state IN ('scheduled', 'active', 'suspended')")).bind(&person);
    if let Some(role) = role {
        statement = statement.push(" AND role_id = ?").bind(role);
    }
    let raws: Vec<RawGrant> = statement.push(" ORDER BY starts_at, id LIMIT 5000").all(r)?;
    Ok(raws.into_iter().map(Grant::from).collect())
}

/// A live grant `g` of the person `?` and of the role `?` that has not ended by the instant `?` and was not taken in an emergency,
/// which is over in hours and judged by itself: such grants together are the person's access to the role, which goes on from one
/// to the next.
pub(super) const OF_ACCESS: &str = "g.person_id = ? AND g.role_id = ? AND g.state IN ('scheduled', 'active', 'suspended') \
     AND g.ends_at > ? AND NOT g.emergency";

/// The live grants that are one access to a role with this one, itself among them, the first to begin first; what was taken in an
/// emergency is one by itself.
///
/// # Errors
/// The database is away.
pub fn access_of(r: &mut Reading<'_>, held: &Grant) -> Result<Vec<Grant>, Broken> {
    if held.emergency {
        return Ok(vec![held.clone()]);
    }
    let now = r.at();
    let raws: Vec<RawGrant> = sql(format!("{GRANT} g WHERE {OF_ACCESS} ORDER BY starts_at, id"))
        .bind(&held.person_id)
        .bind(&held.role_id)
        .bind(&now)
        .all(r)?;
    Ok(raws.into_iter().map(Grant::from).collect())
}

/// A person's grants of one role, newest first.
///
/// # Errors
/// The database is away.
pub fn grants_of_role(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Slug) -> Result<Vec<Grant>, Broken> {
    let raws: Vec<RawGrant> =
        sql(format!("{GRANT} WHERE person_id = ? AND role_id = ? ORDER BY starts_at DESC, id DESC LIMIT 100"))
            .bind(&person)
            .bind(role)
            .all(r)?;
    Ok(raws.into_iter().map(Grant::from).collect())
}

/// The grant of a role that was a person's last until it was over; what was taken in an emergency is by itself.
///
/// # Errors
/// The database is away.
pub fn last_ended(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Slug) -> Result<Option<Grant>, Broken> {
    let over = format!(
        "{GRANT} WHERE person_id = ? AND role_id = ? AND state = 'ended' AND NOT emergency \
         ORDER BY COALESCE(withdrawn_at, ends_at) DESC, id DESC LIMIT 1"
    );
    Ok(sql(over).bind(&person).bind(role).maybe::<RawGrant>(r)?.map(Grant::from))
}

/// People who hold a live grant of a role.
///
/// # Errors
/// The database is away.
pub fn live_holders_of(r: &mut Reading<'_>, role: &Slug) -> Result<Vec<Grant>, Broken> {
    let raws: Vec<RawGrant> =
        sql(format!("{GRANT} WHERE role_id = ? AND state IN ('scheduled', 'active', 'suspended') ORDER BY id"))
            .bind(role)
            .all(r)?;
    Ok(raws.into_iter().map(Grant::from).collect())
}

/// A clause of the policy of `g` that no certificate of its holder fulfils at the instant `?`, twice.
const UNMET: &str = "SELECT 1 FROM policy_clauses c WHERE c.policy_id = g.policy_id AND NOT EXISTS (\
     SELECT 1 FROM policy_clauses a JOIN certificates m ON m.certification_id = a.certification_id \
     WHERE a.policy_id = c.policy_id AND a.clause = c.clause AND m.person_id = g.person_id \
     AND m.valid_from <= ? AND ? < m.ends_at)";
/// When that clause was last fulfilled, with the grace that follows, not after the instant `?`, twice.
const LOST: &str = "(SELECT COALESCE(MAX(l.ends_at), g.starts_at) FROM policy_clauses b \
     JOIN certificates l ON l.certification_id = b.certification_id AND l.person_id = g.person_id \
     WHERE b.policy_id = c.policy_id AND b.clause = c.clause AND l.ends_at <= ?) + g.grace_micros <= ?";
/// For how long after the end of a certificate the sweep looks for grants that stood on it, in seconds.
const LATELY: i64 = 2 * 86_400;

/// People for whom a step is due, in the order of their ids, after `after`: a grant starts or ends, a certificate ends, a
/// certification was lost, or came back, or was lost for longer than its grace, or a request has all that it needs without anybody's
/// word. Who needs no step is not among them.
///
/// It is asked every few seconds: `+ 0` keeps SQLite from walking every grant that has ever started, and `CROSS JOIN` makes it
/// start from the suspensions, which are few.
///
/// # Errors
/// The database is away.
pub fn people_to_settle(
    r: &mut Reading<'_>,
    after: Option<Id<ids::Person>>,
    most: i64,
) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Who { person_id: Id<ids::Person> } }
    let now = r.at();
    let lately = now.plus_seconds(-LATELY);
    let statement = sql(format!(
        "SELECT DISTINCT person_id FROM (\
         SELECT person_id FROM grants WHERE state IN ('scheduled', 'active', 'suspended') AND ends_at <= ? \
         UNION ALL SELECT person_id FROM grants WHERE state = 'scheduled' AND starts_at + 0 <= ? \
         UNION ALL SELECT person_id FROM grants WHERE claim_by_at IS NOT NULL AND claimed_at IS NULL \
             AND state IN ('scheduled', 'active', 'suspended') AND claim_by_at <= ? \
         UNION ALL SELECT person_id FROM requests WHERE agreed_under IS NOT NULL \
         UNION ALL SELECT person_id FROM certificates WHERE state = 'valid' AND ends_at <= ? \
         UNION ALL SELECT g.person_id FROM certificates k JOIN grants g ON g.person_id = k.person_id AND g.state = 'active' \
             WHERE k.state <> 'valid' AND k.ends_at <= ? AND k.ends_at > ? AND EXISTS ({UNMET}) \
         UNION ALL SELECT g.person_id FROM grant_suspensions h CROSS JOIN grants g \
             WHERE g.id = h.grant_id AND g.state = 'active' AND h.until_at IS NULL AND h.from_at <= ? \
         UNION ALL SELECT g.person_id FROM grants g \
             WHERE g.state = 'suspended' AND (NOT (EXISTS ({UNMET}) OR {HELD_BACK}) OR EXISTS ({UNMET} AND {LOST}))) AS due"
    ));
    let statement = statement.bind(&now).bind(&now).bind(&now).bind(&now).bind(&now).bind(&lately);
    let statement = (0..9).fold(statement, |statement, _| statement.bind(&now));
    let statement = match &after {
        Some(after) => statement.push(" WHERE person_id > ?").bind(after),
        None => statement,
    };
    let rows: Vec<Who> = statement.push(" ORDER BY person_id LIMIT ?").bind(&most).all(r)?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// The next instant after now at which the clock changes a word: a grant, a certificate, a request or an attempt is due.
///
/// # Errors
/// The database is away.
pub fn next_due(r: &mut Reading<'_>) -> Result<Option<Time>, Broken> {
    row! { struct Due { at: Option<Time> } }
    let now = r.at();
    let due: Due = sql(format!(
        "SELECT MIN(at) AS at FROM (\
         SELECT ends_at AS at FROM grants WHERE state IN ('scheduled', 'active', 'suspended') \
         UNION ALL SELECT starts_at FROM grants WHERE state = 'scheduled' \
         UNION ALL SELECT claim_by_at FROM grants WHERE claim_by_at IS NOT NULL AND claimed_at IS NULL \
             AND state IN ('scheduled', 'active', 'suspended') \
         UNION ALL SELECT k.ends_at + g.grace_micros FROM grants g JOIN certificates k ON k.person_id = g.person_id \
             WHERE g.state = 'suspended' \
         UNION ALL SELECT ends_at FROM certificates WHERE state IN ('valid', 'superseded') \
         UNION ALL SELECT next_at FROM reminders WHERE next_at IS NOT NULL \
         UNION ALL SELECT review_by_at FROM emergencies WHERE state = 'taken' \
         UNION ALL SELECT ends_at FROM delegations WHERE state IN ('scheduled', 'active') \
         UNION ALL SELECT from_at FROM delegations WHERE state = 'scheduled' \
         UNION ALL SELECT remind_at FROM reviews WHERE state = 'open' AND reminded_at IS NULL \
         UNION ALL SELECT due_at FROM reviews WHERE state = 'open' \
         UNION ALL SELECT lapses_at FROM reviews WHERE state = 'open' \
         UNION ALL SELECT lapses_at FROM requests WHERE state IN ('blocked', 'in_review', 'returned') \
         UNION ALL SELECT deadline_at + {grace} FROM attempts WHERE state = 'in_progress' AND deadline_at IS NOT NULL) \
         AS due WHERE at > ?",
        grace = crate::academy::attempt::GRACE_SECONDS * 1_000_000
    ))
    .bind(&now)
    .one(r)?;
    Ok(due.at)
}

/// Stores a grant unless the person holds a live one of the role in the same state; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_grant(w: &mut Writing<'_>, grant: &Grant) -> Result<bool, Broken> {
    Ok(sql(
        "INSERT INTO grants (id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, ends_at, \
            granted_at, grace_micros, claim_by_at, emergency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&grant.id)
    .bind(&grant.person_id)
    .bind(&grant.role_id)
    .bind(&grant.warehouse_id)
    .bind(&grant.request_id)
    .bind(&grant.policy_id)
    .bind(&grant.state)
    .bind(&grant.starts_at)
    .bind(&grant.ends_at)
    .bind(&grant.granted_at)
    .bind(&grant.grace_micros)
    .bind(&grant.claim_by_at)
    .bind(&grant.emergency)
    .run(w)?
        == 1)
}

/// Notes that a grant is claimed from now on, where it was not; tells whether it was to be and had not been.
///
/// # Errors
/// The database is away.
pub fn claim_grant(w: &mut Writing<'_>, id: Id<ids::Grant>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE grants SET claimed_at = ? WHERE id = ? AND claim_by_at IS NOT NULL AND claimed_at IS NULL")
        .bind(&now)
        .bind(&id)
        .run(w)?
        == 1)
}

/// Lowers a grant's end, never before its start, and notes why, and where it was; where it has not begun, that it was withdrawn
/// now.
///
/// # Errors
/// The database is away.
pub fn end_grant(w: &mut Writing<'_>, id: Id<ids::Grant>, end: Time, reason: EndReason) -> Result<(), Broken> {
    let now = w.now();
    lifecycle::note_lowered(w, Entity::Grant, &id.to_string(), end)?;
    sql("UPDATE grants SET ends_at = CASE WHEN ends_at > ? THEN CASE WHEN starts_at > ? THEN starts_at ELSE ? END \
         ELSE ends_at END, withdrawn_at = CASE WHEN withdrawn_at IS NULL AND starts_at > ? THEN ? ELSE withdrawn_at END, \
         ended_reason = ? WHERE id = ?")
    .bind(&end)
    .bind(&end)
    .bind(&end)
    .bind(&now)
    .bind(&now)
    .bind(&reason)
    .bind(&id)
    .run(w)?;
    Ok(())
}

row! {
    /// A line of `effective_access` at the instant of the transaction.
    #[derive(Clone, Debug)]
    pub struct Effective {
        pub grant_id: Id<ids::Grant>,
        pub person_id: Id<ids::Person>,
        pub role_id: Slug,
        pub warehouse_id: Slug,
        pub policy_id: String,
        pub ends_at: Time,
        /// From when on it is held back, where that is written down already: no token lasts longer.
        pub held_back_from: Option<Time>,
    }
}

const EFFECTIVE: &str = "SELECT e.grant_id, e.person_id, e.role_id, e.warehouse_id, e.policy_id, e.ends_at, (SELECT MIN(s.from_at) \
                         FROM grant_suspensions s WHERE s.grant_id = e.grant_id AND s.from_at > habilis_at() \
                         AND (s.until_at IS NULL OR s.until_at > s.from_at)) AS held_back_from FROM effective_access e";

/// As [`effective`], of what rests on the access of a person without being them: what they took in an emergency, which nobody
/// approved, is for their own hands.
///
/// # Errors
/// The database is away.
pub fn effective_for_machine(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
) -> Result<Option<Effective>, Broken> {
    sql(format!(
        "{EFFECTIVE} JOIN grants o ON o.id = e.grant_id AND NOT o.emergency WHERE e.person_id = ? AND e.role_id = ? \
         ORDER BY e.ends_at DESC LIMIT 1"
    ))
    .bind(&person)
    .bind(role)
    .maybe(r)
}

/// The effective access of a person to a role at the instant of the transaction (I1).
///
/// # Errors
/// The database is away.
pub fn effective(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Slug) -> Result<Option<Effective>, Broken> {
    sql(format!("{EFFECTIVE} WHERE e.person_id = ? AND e.role_id = ? ORDER BY e.ends_at DESC LIMIT 1"))
        .bind(&person)
        .bind(role)
        .maybe(r)
}

/// What a grant opens at the instant of the transaction, if anything (I1).
///
/// # Errors
/// The database is away.
pub fn effective_grant(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Option<Effective>, Broken> {
    sql(format!("{EFFECTIVE} WHERE e.grant_id = ?")).bind(&grant).maybe(r)
}

/// Every effective access of a person at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn effective_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Effective>, Broken> {
    sql(format!("{EFFECTIVE} WHERE e.person_id = ?")).bind(&person).all(r)
}

/// Whether a grant is effective at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn is_effective(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<bool, Broken> {
    Ok(sql("SELECT COUNT(*) AS n FROM effective_access WHERE grant_id = ?").bind(&grant).one::<i64>(r)? > 0)
}
