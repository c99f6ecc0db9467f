//! Certificates in the database.

use crate::certification::certificate::{Certificate, Evidence, State};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing, known,
        lifecycle::{self, Entity},
        sql,
        sql::row,
    },
};

row! {
    struct Raw {
        id: Id<ids::Certificate>,
        person_id: Id<ids::Person>,
        certification_id: Slug,
        course_id: Slug,
        course_version: i64,
        state: State,
        issued_at: Time,
        valid_from: Time,
        expires_at: Time,
        ends_at: Time,
        ended_reason: Option<String>,
        evidence: String,
    }
}

const CERTIFICATE: &str = "SELECT id, person_id, certification_id, course_id, course_version, state, issued_at, \
                           valid_from, expires_at, ends_at, ended_reason, evidence FROM certificates";

fn read(raw: Raw) -> Result<Certificate, Broken> {
    let evidence: Evidence = serde_json::from_str(&raw.evidence)
        .map_err(|error| Broken::defect(format!("the evidence of {}: {error}", raw.id)))?;
    Ok(Certificate {
        id: raw.id,
        person_id: raw.person_id,
        certification_id: raw.certification_id,
        course_id: raw.course_id,
        course_version: raw.course_version,
        state: raw.state,
        issued_at: raw.issued_at,
        valid_from: raw.valid_from,
        expires_at: raw.expires_at,
        ends_at: raw.ends_at,
        ended_reason: raw.ended_reason,
        evidence,
    })
}

/// The certificate with this id.
///
/// # Errors
/// The database is away.
pub fn certificate(r: &mut Reading<'_>, id: Id<ids::Certificate>) -> Result<Option<Certificate>, Broken> {
    sql(format!("{CERTIFICATE} WHERE id = ?")).bind(&id).maybe::<Raw>(r)?.map(read).transpose()
}

/// A person's certificates, newest first.
///
/// # Errors
/// The database is away.
pub fn certificates_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Certificate>, Broken> {
    let raws: Vec<Raw> = sql(format!("{CERTIFICATE} WHERE person_id = ? ORDER BY issued_at DESC, id DESC LIMIT 500"))
        .bind(&person)
        .all(r)?;
    raws.into_iter().map(read).collect()
}

/// The certificates that a person had earned by the instant of the transaction, newest first, each with the end that was known
/// then.
///
/// # Errors
/// The database is away.
pub fn certificates_then(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Certificate>, Broken> {
    let at = r.at();
    let mut earned = certificates_of(r, person)?;
    earned.retain(|certificate| certificate.issued_at <= at);
    // Nothing has lowered the end of one that is valid.
    for one in earned.iter_mut().filter(|one| one.state != State::Valid) {
        one.ends_at = known::end(r, &one.id.to_string(), one.ends_at, at)?;
    }
    Ok(earned)
}

/// The certificates that a course earned the people of a team, the oldest first.
///
/// # Errors
/// The database is away.
pub fn certificates_of_team(r: &mut Reading<'_>, team: &str, course: &Slug) -> Result<Vec<Certificate>, Broken> {
    let raws: Vec<Raw> = sql(format!(
        "{CERTIFICATE} WHERE course_id = ? AND person_id IN (SELECT person_id FROM team_members WHERE team_id = ?) \
         ORDER BY issued_at, id"
    ))
    .bind(course)
    .bind(&team)
    .all(r)?;
    raws.into_iter().map(read).collect()
}

/// Valid certificates that a course earned under a version before `version`.
///
/// # Errors
/// The database is away.
pub fn broken_by(r: &mut Reading<'_>, course: &Slug, version: i64) -> Result<Vec<Certificate>, Broken> {
    let raws: Vec<Raw> = sql(format!("{CERTIFICATE} WHERE course_id = ? AND course_version < ? AND state = 'valid'"))
        .bind(course)
        .bind(&version)
        .all(r)?;
    raws.into_iter().map(read).collect()
}

/// A person's certificates that are past their end but still called valid.
///
/// # Errors
/// The database is away.
pub fn overdue(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Certificate>, Broken> {
    let now = r.at();
    let raws: Vec<Raw> =
        sql(format!("{CERTIFICATE} WHERE person_id = ? AND state = 'valid' AND ends_at <= ? ORDER BY ends_at"))
            .bind(&person)
            .bind(&now)
            .all(r)?;
    raws.into_iter().map(read).collect()
}

/// Issues a certificate, unless its evidence has earned one before; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert(w: &mut Writing<'_>, certificate: &Certificate, award_key: &str) -> Result<bool, Broken> {
    let evidence = serde_json::to_string(&certificate.evidence).map_err(Broken::defect)?;
    Ok(sql("INSERT INTO certificates (id, person_id, certification_id, course_id, course_version, state, issued_at, \
            valid_from, expires_at, ends_at, evidence, award_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
            ON CONFLICT DO NOTHING")
    .bind(&certificate.id)
    .bind(&certificate.person_id)
    .bind(&certificate.certification_id)
    .bind(&certificate.course_id)
    .bind(&certificate.course_version)
    .bind(&certificate.state)
    .bind(&certificate.issued_at)
    .bind(&certificate.valid_from)
    .bind(&certificate.expires_at)
    .bind(&certificate.ends_at)
    .bind(&evidence)
    .bind(&award_key)
    .run(w)?
        == 1)
}

/// Lowers the instant until which a certificate counts, and notes where it was; it is never raised.
///
/// # Errors
/// The database is away.
pub fn lower_end(w: &mut Writing<'_>, id: Id<ids::Certificate>, end: Time, reason: &str) -> Result<(), Broken> {
    lifecycle::note_lowered(w, Entity::Certificate, &id.to_string(), end)?;
    sql("UPDATE certificates SET ends_at = CASE WHEN ends_at > ? THEN CASE WHEN valid_from > ? THEN valid_from ELSE ? END \
         ELSE ends_at END, ended_reason = ? WHERE id = ?")
        .bind(&end)
        .bind(&end)
        .bind(&end)
        .bind(&reason)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// How many people hold a certificate of each certification that counts at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn counting_by_certification(r: &mut Reading<'_>) -> Result<std::collections::BTreeMap<Slug, i64>, Broken> {
    row! { struct Counted { certification_id: Slug, n: i64 } }
    let at = r.at();
    let rows: Vec<Counted> = sql("SELECT certification_id, COUNT(DISTINCT person_id) AS n FROM certificates \
                                  WHERE valid_from <= ? AND ? < ends_at GROUP BY certification_id")
    .bind(&at)
    .bind(&at)
    .all(r)?;
    Ok(rows.into_iter().map(|row| (row.certification_id, row.n)).collect())
}
