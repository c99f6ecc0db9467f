//! Assignments in the database, and what the people of a team have done of an assigned course.

use crate::{
    academy::{
        assignment::{Assignment, Doing, Stretch},
        progress,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::{self, certificate::Certificate, renewal::Spent},
    curriculum::course::Course,
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::{BTreeMap, BTreeSet};

row! {
    struct Raw {
        id: Id<ids::Assignment>,
        team_id: String,
        course_id: Slug,
        due_at: Time,
        note: String,
        assigned_by: String,
        at: Time,
        ended_at: Option<Time>,
        ended_by: Option<String>,
        ended_reason: Option<String>,
    }
}

impl From<Raw> for Assignment {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            team_id: raw.team_id,
            course_id: raw.course_id,
            due_at: raw.due_at,
            note: raw.note,
            assigned_by: raw.assigned_by,
            at: raw.at,
            ended_at: raw.ended_at,
            ended_by: raw.ended_by,
            ended_reason: raw.ended_reason,
        }
    }
}

const ALL: &str = "SELECT a.id, a.team_id, a.course_id, a.due_at, a.note, a.assigned_by, a.at, a.ended_at, a.ended_by, \
                   a.ended_reason FROM assignments a";

fn made(rows: Vec<Raw>) -> Vec<Assignment> {
    rows.into_iter().map(Assignment::from).collect()
}

/// What was assigned to a team, the next due first; those that have ended only where asked for.
///
/// # Errors
/// The database is away.
pub fn assignments_of_team(r: &mut Reading<'_>, team: &str, ended: bool) -> Result<Vec<Assignment>, Broken> {
    let open = if ended { "" } else { " AND a.ended_at IS NULL" };
    let statement = sql(format!("{ALL} WHERE a.team_id = ?{open} ORDER BY a.due_at, a.id LIMIT 200"));
    Ok(made(statement.bind(&team).all(r)?))
}

/// What is assigned to the teams that a person is in, the next due first.
///
/// # Errors
/// The database is away.
pub fn assignments_of_person(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Assignment>, Broken> {
    let rows = sql(format!(
        "{ALL} JOIN team_members m ON m.team_id = a.team_id WHERE m.person_id = ? AND a.ended_at IS NULL \
         ORDER BY a.due_at, a.id LIMIT 200"
    ))
    .bind(&person)
    .all(r)?;
    Ok(made(rows))
}

/// The assignment with this id.
///
/// # Errors
/// The database is away.
pub fn assignment(r: &mut Reading<'_>, id: Id<ids::Assignment>) -> Result<Option<Assignment>, Broken> {
    Ok(sql(format!("{ALL} WHERE a.id = ?")).bind(&id).maybe::<Raw>(r)?.map(Assignment::from))
}

/// Keeps an assignment unless the course is assigned to the team already; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_assignment(w: &mut Writing<'_>, one: &Assignment) -> Result<bool, Broken> {
    let kept = sql("INSERT INTO assignments (id, team_id, course_id, due_at, note, assigned_by, at) \
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(&one.id)
    .bind(&one.team_id)
    .bind(&one.course_id)
    .bind(&one.due_at)
    .bind(&one.note)
    .bind(&one.assigned_by)
    .bind(&one.at)
    .run(w)?;
    Ok(kept == 1)
}

/// Ends an assignment; tells whether it had not ended.
///
/// # Errors
/// The database is away.
pub fn end_assignment(w: &mut Writing<'_>, id: Id<ids::Assignment>, by: &str, reason: &str) -> Result<bool, Broken> {
    let now = w.now();
    let ended =
        sql("UPDATE assignments SET ended_at = ?, ended_by = ?, ended_reason = ? WHERE id = ? AND ended_at IS NULL")
            .bind(&now)
            .bind(&by)
            .bind(&reason)
            .bind(&id)
            .run(w)?;
    Ok(ended == 1)
}

/// The part of a query that says whose records are meant: a team's, or one person's.
#[derive(Clone, Debug)]
pub enum Of<'a> {
    Team(&'a str),
    Person(Id<ids::Person>),
}

fn whose(columns: &str, table: &str, of: &Of<'_>) -> crate::db::sql::Statement {
    match of {
        Of::Team(team) => sql(format!(
            "SELECT {columns} FROM {table} x JOIN team_members m ON m.person_id = x.person_id WHERE m.team_id = ?"
        ))
        .bind(team),
        Of::Person(person) => sql(format!("SELECT {columns} FROM {table} x WHERE x.person_id = ?")).bind(person),
    }
}

/// What people have done of an assigned course at the instant of the transaction. A course with a certification is done
/// while a certificate of it counts; one without since every module is read and every exam passed. What ended before it
/// was assigned is no history of it.
///
/// # Errors
/// The database is away.
pub fn doings(
    r: &mut Reading<'_>,
    of: &Of<'_>,
    course: &Course,
    assigned: Time,
) -> Result<BTreeMap<Id<ids::Person>, Doing>, Broken> {
    let now = r.at();
    let mut held: BTreeMap<Id<ids::Person>, Vec<Certificate>> = BTreeMap::new();
    for certificate in certificates(r, of, &course.id)? {
        held.entry(certificate.person_id).or_default().push(certificate);
    }
    let exams: BTreeSet<&Slug> = course.exams().map(|quiz| &quiz.id).collect();
    let all = course.modules.len() + exams.len();
    // By person, the parts that still count, and since when.
    let mut people: BTreeMap<Id<ids::Person>, BTreeMap<String, Time>> = BTreeMap::new();
    let mut note = |person, part: Option<(String, Time)>| {
        let parts = people.entry(person).or_default();
        if let Some((part, at)) = part {
            parts.entry(part).and_modify(|first| *first = (*first).min(at)).or_insert(at);
        }
    };
    for row in read(r, of, course)? {
        let counts = progress::counts(course, row.course_version) && course.module(&row.module_id).is_some();
        note(row.person_id, counts.then(|| (format!("m-{}", row.module_id), row.at)));
    }
    let spent: BTreeMap<&Id<ids::Person>, Spent> = held.iter().map(|(person, own)| (person, Spent::by(own))).collect();
    for row in tried(r, of, course)? {
        let counts = progress::counts(course, row.course_version) && exams.contains(&row.quiz_id);
        let used = spent.get(&row.person_id).is_some_and(|spent| spent.holds(&row.id, row.finished_at));
        let passed = counts && !used && row.passed == Some(true);
        note(row.person_id, passed.then(|| (format!("x-{}", row.quiz_id), row.at)));
    }
    for person in held.keys() {
        people.entry(*person).or_default();
    }
    let doing = |(person, parts): (Id<ids::Person>, BTreeMap<String, Time>)| {
        let percent = (parts.len() * 100).checked_div(all).unwrap_or(0);
        let mut counted: Vec<Stretch> = held
            .get(&person)
            .into_iter()
            .flatten()
            .map(|certificate| Stretch { from: certificate.valid_from, until: Some(certificate.ends_at) })
            .filter(|stretch| stretch.until.is_none_or(|until| until > assigned))
            .collect();
        if course.certification.is_none() && all > 0 && parts.len() >= all {
            counted.extend(parts.values().max().map(|last| Stretch { from: *last, until: None }));
        }
        (person, Doing::new(counted, u32::try_from(percent).unwrap_or(100), true, now))
    };
    Ok(people.into_iter().map(doing).collect())
}

row! { struct Read { person_id: Id<ids::Person>, module_id: Slug, course_version: i64, at: Time } }
row! {
    struct Tried {
        id: String,
        person_id: Id<ids::Person>,
        quiz_id: Slug,
        course_version: i64,
        passed: Option<bool>,
        at: Time,
        finished_at: Option<Time>,
    }
}

fn read(r: &mut Reading<'_>, of: &Of<'_>, course: &Course) -> Result<Vec<Read>, Broken> {
    whose("x.person_id, x.module_id, x.course_version, x.at", "completions", of)
        .push(" AND x.course_id = ?")
        .bind(&course.id)
        .all(r)
}

fn tried(r: &mut Reading<'_>, of: &Of<'_>, course: &Course) -> Result<Vec<Tried>, Broken> {
    let columns = "x.id, x.person_id, x.quiz_id, x.course_version, x.passed, COALESCE(x.graded_at, x.started_at) AS at, \
                   x.finished_at";
    whose(columns, "attempts", of)
        .push(" AND x.course_id = ? AND x.kind = 'exam' AND x.state <> 'voided'")
        .bind(&course.id)
        .all(r)
}

fn certificates(r: &mut Reading<'_>, of: &Of<'_>, course: &Slug) -> Result<Vec<Certificate>, Broken> {
    match of {
        Of::Team(team) => certification::rows::certificates_of_team(r, team, course),
        Of::Person(person) => {
            let all = certification::rows::certificates_of(r, *person)?;
            Ok(all.into_iter().filter(|certificate| certificate.course_id == *course).collect())
        }
    }
}
