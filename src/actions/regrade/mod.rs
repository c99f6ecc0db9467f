//! Correcting marks after a key was wrong: looked at first, applied as a whole or not at all, and never silently.
//!
//! An attempt keeps its form and what was first given for ever. A correction is a row beside it, and in the same transaction
//! `passed` and `basis_points` of the attempt follow, so that every query sees what counts; the lifecycle does not move
//! (graded stays graded). Everything is one transaction: a program that dies in the middle has changed nothing.

mod apply;
mod effects;
mod plan;

pub use apply::{Applied, apply_regrade, carry_over};
pub use effects::Effects;
pub use plan::{Line, Plan, Tally};

use super::{About, look};
use crate::{
    academy::{
        self,
        regrade::Treatment,
        rows::{MetVersion, RegradeRow},
    },
    app::App,
    base::{refusal::Fault, text::Slug},
    identity::{self, actor::Actor},
};
use std::collections::BTreeMap;

/// The longest list of corrections.
const MOST: i64 = 500;

/// What is to be corrected, and how.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub course: Slug,
    pub question: Slug,
    /// The version on the forms, by hash; without it the latest met one that is not in force (the latest met one at all,
    /// where no new key is used).
    pub from: Option<String>,
    pub treatment: Treatment,
    /// Whether certificates that rest on an attempt that fails now are revoked. Without it, who earned one in good faith
    /// keeps it.
    pub take_back: bool,
}

/// Looks at what a correction would do; changes nothing.
///
/// # Errors
/// The actor is no author, nothing holds the question, the treatment does not fit it, or the database is away.
pub async fn preview_regrade(app: &App, actor: &Actor, wanted: Wanted) -> Result<Plan, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let about = About::nothing().named(format!("{}/{}", wanted.course, wanted.question));
    look(app, actor, "preview_regrade", about, move |r| {
        caller.as_author()?;
        plan::plan(r, &content, &wanted)
    })
    .await
}

/// The names of people, for those who may know them: admins.
///
/// # Errors
/// The actor is no admin, or the database is away.
pub async fn names(app: &App, actor: &Actor, people: Vec<String>) -> Result<BTreeMap<String, String>, Fault> {
    let caller = actor.clone();
    look(app, actor, "preview_regrade", About::nothing(), move |r| {
        caller.as_admin()?;
        Ok(identity::rows::names_of(r, people.iter().map(String::as_str))?)
    })
    .await
}

/// A question's versions on marked exams, and its corrections.
#[derive(Clone, Debug)]
pub struct Past {
    pub versions: Vec<MetVersion>,
    pub regrades: Vec<RegradeRow>,
    /// Of those who applied them.
    pub names: BTreeMap<String, String>,
}

/// Reads what became of a question.
///
/// # Errors
/// The actor is no author, or the database is away.
pub async fn read_past(app: &App, actor: &Actor, course: Slug, question: Slug) -> Result<Past, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_regrades", About::nothing().named(format!("{course}/{question}")), move |r| {
        caller.as_author()?;
        let versions = academy::rows::met_versions(r, &course, &question)?;
        let regrades = academy::rows::regrades(r, Some(&course), Some(&question), MOST)?;
        let names = identity::rows::names_of(r, regrades.iter().map(|row| row.applied_by.as_str()))?;
        Ok(Past { versions, regrades, names })
    })
    .await
}

/// The corrections, the latest first.
///
/// # Errors
/// The actor is no author, or the database is away.
pub async fn list_regrades(app: &App, actor: &Actor, course: Option<Slug>) -> Result<Vec<RegradeRow>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_regrades", About::nothing(), move |r| {
        caller.as_author()?;
        Ok(academy::rows::regrades(r, course.as_ref(), None, MOST)?)
    })
    .await
}
