//! The SQL lab as pages: running a statement of an open exercise, and the playground of a data set.

use super::{attempt, named};
use crate::{
    academy::sql_lab::LabRefusal,
    actions::{run_lab, save_sheet},
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    web::{
        kit::{
            caller::Caller,
            desk::Desk,
            failure::{self, Failure},
            forms::Form,
            lab, sentence,
        },
        views::{
            lab::{LabPane, LabResult, Playground},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/attempts/{attempt}/lab/{no}", post().to(run))
        .route("/courses/{course}/lab/{dataset}", get().to(playground))
        .route("/courses/{course}/lab/{dataset}", post().to(play));
}

/// What stands in the editor, with the line ends that were typed.
fn statement(form: &Form, name: &str) -> String {
    form.raw(name).replace("\r\n", "\n")
}

/// What the lab gave: rows, trouble, or why it did not take the statement, which is told in the same place.
fn told(desk: &Desk, caller: &Caller, ran: Result<run_lab::Ran, Fault>) -> Result<(StatusCode, LabResult), Failure> {
    match ran {
        Ok(ran) => Ok((StatusCode::OK, lab::result(desk, caller, &ran)?)),
        Err(Fault::Refused(refused)) if LabRefusal::CODES.contains(&refused.code) => {
            let trouble = Some(sentence::refusal(desk, caller, &refused));
            let status = failure::status(&Fault::Refused(refused));
            Ok((status, LabResult { trouble, ..LabResult::default() }))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Runs the statement of one question. A plain form brings every other answer along: they are saved first, so that
/// nothing is lost on the way; a script sends only the statement (`only`).
async fn run(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let (id, no): (Id<ids::Attempt>, i64) = (named(&path.0)?, named(&path.1)?);
    let name = format!("a{no}");
    let mut open = match attempt::paper(&desk, &caller, id).await? {
        Ok(paper) => paper,
        Err(over) => return Ok(over),
    };
    let mut sent = None;
    if !form.has("only") {
        let mut read = attempt::Sent::read(&desk, &caller, &open, &form);
        let saves = std::mem::take(&mut read.saves);
        let refused = save_sheet::save_sheet(&desk.app, &caller.actor, id, saves).await?.refused;
        sent = Some((read, refused));
        open = match attempt::paper(&desk, &caller, id).await? {
            Ok(paper) => paper,
            Err(over) => return Ok(over),
        };
    }
    let sql = statement(&form, &name);
    let check = form.text("run") == "check";
    let ran = run_lab::run_statement(&desk.app, &caller.actor, id, no, sql.clone(), check).await;
    let (status, result) = told(&desk, &caller, ran)?;
    let mut view = match sent {
        Some((sent, refused)) => sent.drawn(&desk, &caller, &open, &refused)?,
        None => attempt::view(&desk, &caller, &open)?,
    };
    let questions = view.sections.iter_mut().flat_map(|section| &mut section.questions);
    for pane in questions.filter_map(|question| question.lab.as_mut()).filter(|pane| pane.name == name) {
        pane.value.clone_from(&sql);
        pane.result = Some(result.clone());
    }
    desk.page_with(&caller, status, view, None).await
}

async fn playground(caller: Caller, desk: Data<Desk>, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (course, dataset) = (named(&path.0)?, named(&path.1)?);
    let view = shown(&desk, &caller, &course, &dataset).await?;
    desk.page(&caller, view).await
}

async fn play(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let (course, dataset): (Slug, Slug) = (named(&path.0)?, named(&path.1)?);
    let sql = statement(&form, "sql");
    let ran = run_lab::play(&desk.app, &caller.actor, &course, &dataset, sql.clone()).await;
    let (status, result) = told(&desk, &caller, ran)?;
    let mut view = shown(&desk, &caller, &course, &dataset).await?;
    view.lab.value = sql;
    view.lab.result = Some(result);
    desk.page_with(&caller, status, view, None).await
}

async fn shown(desk: &Desk, caller: &Caller, course: &Slug, dataset: &Slug) -> Result<Playground, Failure> {
    let found = run_lab::show_dataset(&desk.app, &caller.actor, course, dataset).await?;
    let first = found.tables.first().map(|(info, _)| format!("SELECT *\nFROM {}\nLIMIT 20", info.name));
    Ok(Playground {
        course: Link::new(found.course.get(caller.language), format!("/courses/{course}")),
        dataset: dataset.to_string(),
        tables: found.tables.iter().map(|(info, sample)| lab::table(info, Some(sample))).collect(),
        lab: LabPane {
            name: "sql".to_owned(),
            value: first.unwrap_or_default(),
            starter: String::new(),
            run: format!("/courses/{course}/lab/{dataset}"),
            check: false,
            play: None,
            tables: Vec::new(),
            result: None,
        },
    })
}

/// The editor of one question.
pub(super) fn pane(
    content: &crate::app::Content,
    paper: &crate::actions::read_attempt::Paper,
    no: i64,
    dataset: &Slug,
    starter: &str,
    saved: Option<String>,
) -> LabPane {
    let course = &paper.attempt.course_id;
    let known = content.curriculum.courses.get(course).and_then(|course| course.datasets.get(dataset));
    LabPane {
        name: format!("a{no}"),
        value: saved.unwrap_or_else(|| starter.to_owned()),
        starter: starter.to_owned(),
        run: format!("/attempts/{}/lab/{no}", paper.attempt.id),
        check: paper.attempt.kind == crate::curriculum::quiz::QuizKind::Practice,
        play: known.map(|_| format!("/courses/{course}/lab/{dataset}")),
        tables: known.map(|known| lab::tables(known)).unwrap_or_default(),
        result: None,
    }
}
