//! How far a person's open attempts are, in one query: for the home page.

use crate::{
    academy::form::Form,
    base::{
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, sql, sql::row},
};
use std::collections::BTreeMap;

/// How far an open attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HowFar {
    /// Questions with an answer.
    pub answered: u32,
    /// Questions on the form.
    pub asked: u32,
}

/// How far each attempt of a person is that was not handed in.
///
/// # Errors
/// The database is away, or a form does not read back.
pub fn how_far(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<BTreeMap<Id<ids::Attempt>, HowFar>, Broken> {
    row! { struct Open { id: Id<ids::Attempt>, form: String, answered: i64 } }
    let open: Vec<Open> = sql("SELECT a.id, a.form, (SELECT COUNT(*) FROM answers s WHERE s.attempt_id = a.id \
                               AND s.answer <> 'null') AS answered FROM attempts a \
                               WHERE a.person_id = ? AND a.state = 'in_progress'")
    .bind(&person)
    .all(r)?;
    open.into_iter()
        .map(|open| {
            let form: Form = serde_json::from_str(&open.form).map_err(Broken::defect)?;
            let asked = u32::try_from(form.questions().count()).unwrap_or(u32::MAX);
            Ok((open.id, HowFar { answered: u32::try_from(open.answered).unwrap_or(0), asked }))
        })
        .collect()
}
