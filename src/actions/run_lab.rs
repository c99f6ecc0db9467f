//! Running a statement in the lab: for an exercise of an open attempt, or in a data set's playground. Nothing is written.

use super::{About, look, noted};
use crate::{
    academy::{self, attempt::AttemptRefusal, sql_lab::LabRefusal},
    app::{App, Content},
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    curriculum::{
        lab::{
            dataset::Dataset,
            image::TableInfo,
            judge::{self, Task, Verdict},
            sandbox::BOUNDS,
            table::Table,
            trouble::Trouble,
        },
        question::{Body, Lab},
        quiz::QuizKind,
    },
    identity::actor::Actor,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// What a statement gave.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The rows, or why there are none.
    pub outcome: Result<Table, Trouble>,
    /// How long it ran, without waiting.
    pub took: Duration,
    /// How it compares with the solution on the visible data, where that was asked for and may be told.
    pub verdict: Option<Verdict>,
}

/// A data set, for the playground.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The course's title.
    pub course: crate::base::text::Words,
    /// Its tables, each with its first rows.
    pub tables: Vec<(TableInfo, Table)>,
}

/// Runs a statement for a question of the signed-in person's open attempt. With `check`, practice tells how its result
/// differs from the right one on the visible data; an exam never does.
///
/// # Errors
/// The attempt is another's or closed, the question is no exercise, the lab is busy, or the database is away.
pub async fn run_statement(
    app: &App,
    actor: &Actor,
    attempt: Id<ids::Attempt>,
    no: i64,
    sql: String,
    check: bool,
) -> Result<Ran, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let about = About::person(who).subject(attempt);
    let (kind, lab) = look(app, actor, "run_statement", about.clone(), move |r| {
        let found = academy::rows::attempt(r, attempt)?.filter(|found| found.person_id == who);
        let found = found.ok_or(AttemptRefusal::NoSuchAttempt)?;
        if !found.is_open(r.at()) {
            return Err(AttemptRefusal::Closed { state: found.state.word() }.into());
        }
        let form = academy::rows::form(r, attempt)?;
        let on_form = form.question(no).ok_or(AttemptRefusal::NoSuchQuestion { no })?;
        match &academy::rows::question(r, &on_form.hash)?.body {
            Body::Sql(lab) => Ok((found.kind, lab.clone())),
            _ => Err(LabRefusal::NoLab { no }.into()),
        }
    })
    .await?;
    let dataset = match dataset(app, &content, &lab).await {
        Ok(dataset) => dataset,
        Err(fault) => return Err(noted(app, actor, "run_statement", about, fault).await),
    };
    let check = check && kind == QuizKind::Practice;
    run(app, actor, about, dataset, sql, check.then_some(lab)).await
}

/// Runs a statement in a data set's playground.
///
/// # Errors
/// Nobody is signed in, there is no such data set, or the lab is busy.
pub async fn play(app: &App, actor: &Actor, course: &Slug, name: &Slug, sql: String) -> Result<Ran, Fault> {
    let about = About::person(actor.signed()?.person.id).named(format!("{course}/{name}"));
    match named(&*app.content()?, course, name) {
        Ok((_, dataset)) => run(app, actor, about, dataset, sql, None).await,
        Err(refusal) => Err(noted(app, actor, "run_statement", about, refusal.into()).await),
    }
}

/// Shows a data set: its tables, their columns and first rows. It waits for nobody's statement.
///
/// # Errors
/// Nobody is signed in, or there is no such data set.
pub async fn show_dataset(app: &App, actor: &Actor, course: &Slug, name: &Slug) -> Result<Shown, Fault> {
    let about = About::person(actor.signed()?.person.id).named(format!("{course}/{name}"));
    let (title, dataset) = match named(&*app.content()?, course, name) {
        Ok(found) => found,
        Err(refusal) => return Err(noted(app, actor, "show_dataset", about, refusal.into()).await),
    };
    let tables = dataset.samples().map(|(info, sample)| (info.clone(), sample.clone())).collect();
    Ok(Shown { course: title, tables })
}

fn named(
    content: &Content,
    course: &Slug,
    name: &Slug,
) -> Result<(crate::base::text::Words, Arc<Dataset>), AttemptRefusal> {
    let found = content.curriculum.courses.get(course);
    let known = found.ok_or_else(|| AttemptRefusal::NoSuch { what: "course", id: course.to_string() })?;
    let dataset = known.datasets.get(name);
    let dataset = dataset.ok_or_else(|| AttemptRefusal::NoSuch { what: "dataset", id: format!("{course}/{name}") })?;
    Ok((known.title.clone(), Arc::clone(dataset)))
}

async fn run(
    app: &App,
    actor: &Actor,
    about: About,
    dataset: Arc<Dataset>,
    sql: String,
    compared_with: Option<Lab>,
) -> Result<Ran, Fault> {
    let seat = match app.lab.sit(actor.signed()?.person.id) {
        Ok(seat) => seat,
        Err(refusal) => return Err(noted(app, actor, "run_statement", about, refusal.into()).await),
    };
    let ran = app
        .lab
        .run(move || {
            // Given back when the statement has ended, not when its reader has left.
            let _seat = seat;
            let since = Instant::now();
            let outcome = dataset.visible().run_within(&sql, BOUNDS);
            let took = since.elapsed();
            let verdict = match (&outcome, &compared_with) {
                (Ok(_), Some(lab)) => Some(judge::check(&Task::from(lab), &dataset, &sql)),
                _ => None,
            };
            Ran { outcome, took, verdict }
        })
        .await;
    match ran {
        Ok(ran) => {
            app.metrics.outcome("run_statement", ran.outcome.as_ref().map_or_else(Trouble::code, |_| "done"));
            Ok(ran)
        }
        Err(fault) => Err(noted(app, actor, "run_statement", about, fault).await),
    }
}

/// The data set that an exercise was frozen with: in force still, or kept.
///
/// # Errors
/// The database is away, or the data set was not kept.
pub async fn dataset(app: &App, content: &Content, lab: &Lab) -> Result<Arc<Dataset>, Fault> {
    let courses = content.curriculum.courses.values();
    let current = courses.filter_map(|course| course.datasets.get(&lab.dataset)).find(|found| found.hash == lab.data);
    if let Some(found) = current {
        return Ok(Arc::clone(found));
    }
    let hash = lab.data.clone();
    let (name, texts) = app.db.read(app.now(), move |r| Ok(academy::rows::dataset(r, &hash)?)).await?;
    let (shared, hash) = (app.lab.clone(), lab.data.clone());
    let built = app.lab.run(move || shared.dataset(&hash, || Dataset::build(name, texts))).await?;
    built.map_err(|wrong| Broken::defect(format!("a kept data set does not build: {}", wrong.message)).into())
}
