//! The SQL lab: running statements, and the data sets that they run on.

use super::{
    kit::{Answer, Body, Group, get, post, shown},
    shapes::{
        AttemptId,
        lab::{DatasetBody, RunBody, RunShown, StatementBody},
    },
};
use crate::{
    academy::attempt::AttemptRefusal,
    actions::run_lab,
    base::{refusal::Fault, text::Slug},
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let unknown = &["no-such-content"];
    let how = "A statement that fails is an answer, too: it says why, and where. Nothing is kept.";
    Group {
        name: "SQL lab",
        about: "Statements run read-only in a database of their own, within bounds of steps, time, memory, rows and bytes.",
        endpoints: vec![
            post("/attempts/{id}/runs", run)
                .says("Run a statement for an exercise", how)
                .takes::<RunBody>()
                .answers::<RunShown>(200, "What it gave.")
                .refuses(404, &["no-such-attempt", "no-such-question"])
                .refuses(409, &["attempt-closed", "lab-running"])
                .refuses(422, &["no-lab"])
                .refuses(429, &["lab-too-often"])
                .refuses(503, &["lab-busy"]),
            get("/courses/{course}/datasets/{dataset}", dataset)
                .says("Show a data set", "Its tables, their columns and first rows, as learners see them.")
                .answers::<DatasetBody>(200, "The data set.")
                .refuses(404, unknown)
                .refuses(503, &["lab-busy"]),
            post("/courses/{course}/datasets/{dataset}/runs", play)
                .says("Run a statement on a data set", how)
                .takes::<StatementBody>()
                .answers::<RunShown>(200, "What it gave.")
                .refuses(404, unknown)
                .refuses(409, &["lab-running"])
                .refuses(429, &["lab-too-often"])
                .refuses(503, &["lab-busy"]),
        ],
    }
}

async fn run(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<RunBody>) -> Answer {
    let id: AttemptId = id.parse().map_err(|_| Fault::from(AttemptRefusal::NoSuchAttempt))?;
    let ran = run_lab::run_statement(&desk.app, &caller.actor, id, sent.question, sent.sql, sent.compare).await?;
    shown(&RunShown::of(&desk, &caller, ran)?)
}

fn place(path: &(String, String)) -> Result<(Slug, Slug), Failure> {
    let unknown = |what, id: &str| Fault::from(AttemptRefusal::NoSuch { what, id: id.to_owned() });
    let course = path.0.parse().map_err(|_| unknown("course", &path.0))?;
    let dataset = path.1.parse().map_err(|_| unknown("dataset", &path.1))?;
    Ok((course, dataset))
}

async fn dataset(desk: Data<Desk>, caller: Caller, path: Path<(String, String)>) -> Answer {
    let (course, dataset) = place(&path)?;
    let found = run_lab::show_dataset(&desk.app, &caller.actor, &course, &dataset).await?;
    shown(&DatasetBody::of(&dataset, found))
}

async fn play(
    desk: Data<Desk>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(sent): Body<StatementBody>,
) -> Answer {
    let (course, dataset) = place(&path)?;
    let ran = run_lab::play(&desk.app, &caller.actor, &course, &dataset, sent.sql).await?;
    shown(&RunShown::of(&desk, &caller, ran)?)
}
