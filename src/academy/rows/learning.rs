//! Enrolments and modules that were read, in the database.

use crate::{
    academy::progress::Completion,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::BTreeMap;

/// Enrols a person; tells whether they were not yet.
///
/// # Errors
/// The database is away.
pub fn enrol(w: &mut Writing<'_>, person: Id<ids::Person>, course: &Slug) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("INSERT INTO enrolments (person_id, course_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&person)
        .bind(course)
        .bind(&now)
        .run(w)?
        == 1)
}

row! {
    /// A course that a person enrolled in.
    #[derive(Clone, Debug)]
    pub struct Enrolment {
        pub course_id: Slug,
        pub at: Time,
    }
}

/// The courses that a person enrolled in.
///
/// # Errors
/// The database is away.
pub fn enrolments(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Enrolment>, Broken> {
    sql("SELECT course_id, at FROM enrolments WHERE person_id = ? ORDER BY at").bind(&person).all(r)
}

/// Marks a module as read; tells whether it was not yet under this version.
///
/// # Errors
/// The database is away.
pub fn complete(
    w: &mut Writing<'_>,
    person: Id<ids::Person>,
    course: &Slug,
    module: &Slug,
    version: i64,
) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("INSERT INTO completions (person_id, course_id, module_id, course_version, at) VALUES (?, ?, ?, ?, ?) \
            ON CONFLICT DO NOTHING")
    .bind(&person)
    .bind(course)
    .bind(module)
    .bind(&version)
    .bind(&now)
    .run(w)?
        == 1)
}

row! {
    struct CompletionRow { course_id: Slug, module_id: Slug, course_version: i64, at: Time }
}

/// What a person has read, by course, oldest first.
///
/// # Errors
/// The database is away.
pub fn completions(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<BTreeMap<Slug, Vec<Completion>>, Broken> {
    let rows: Vec<CompletionRow> =
        sql("SELECT course_id, module_id, course_version, at FROM completions WHERE person_id = ? ORDER BY at")
            .bind(&person)
            .all(r)?;
    let mut by_course: BTreeMap<Slug, Vec<Completion>> = BTreeMap::new();
    for row in rows {
        by_course.entry(row.course_id).or_default().push(Completion {
            module: row.module_id,
            version: row.course_version,
            at: row.at,
        });
    }
    Ok(by_course)
}
