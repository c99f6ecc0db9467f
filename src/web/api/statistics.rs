//! Item statistics: what people's answers say of the questions of exams.

use super::{
    kit::{Answer, Group, Query, Unfit, csv, get, shown},
    shapes::statistics::{QuestionBody, StatisticsBody, VersionBody},
};
use crate::{
    academy::{attempt::AttemptRefusal, statistics::LEAST},
    actions::read_statistics::{CourseStatistics, QuestionStatistics, course_statistics},
    base::{refusal::Fault, text::Slug},
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let unknown = &["no-such-content"];
    let authors = &["capability-missing"];
    Group {
        name: "Statistics",
        about: "For authors, auditors and admins: about questions, never about a single person. Each person's first marked \
                attempt counts; below 20 of them there are no figures.",
        endpoints: vec![
            get("/courses/{course}/statistics", course)
                .says("Show a course's statistics", "Exams with their reliability, and every question with its flags.")
                .asks::<StatisticsWanted>()
                .answers::<StatisticsBody>(200, "The statistics.")
                .or_csv()
                .refuses(403, authors)
                .refuses(404, unknown),
            get("/courses/{course}/questions/{name}/statistics", question)
                .says(
                    "Show a question's statistics",
                    "Version by version, with its options and how fifths of the people did.",
                )
                .asks::<StatisticsWanted>()
                .answers::<QuestionBody>(200, "The question.")
                .or_csv()
                .refuses(403, authors)
                .refuses(404, unknown),
        ],
    }
}

/// In which form, and from how many attempts on.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StatisticsWanted {
    /// `json` or `csv`; without it `Accept` decides.
    #[param(example = "csv")]
    format: Option<String>,
    /// Show nothing of questions with fewer first attempts: 20 or more.
    #[param(minimum = 20, example = 50)]
    min: Option<usize>,
}

async fn read(
    desk: &Desk,
    caller: &Caller,
    course: &str,
    wanted: &StatisticsWanted,
) -> Result<CourseStatistics, Failure> {
    if wanted.min.is_some_and(|min| min < LEAST) {
        return Err(Fault::from(Unfit::field("min", format!("{LEAST} …"))).into());
    }
    let slug: Slug = course.parse().map_err(|_| no_such("course", course))?;
    Ok(course_statistics(&desk.app, &caller.actor, slug, wanted.min.unwrap_or(LEAST)).await?)
}

fn no_such(what: &'static str, id: &str) -> Failure {
    Fault::from(AttemptRefusal::NoSuch { what, id: id.to_owned() }).into()
}

async fn course(
    desk: Data<Desk>,
    caller: Caller,
    id: Path<String>,
    request: HttpRequest,
    Query(wanted): Query<StatisticsWanted>,
) -> Answer {
    let statistics = read(&desk, &caller, &id, &wanted).await?;
    if csv::wanted(&request, wanted.format.as_deref())? {
        return table(&format!("statistics-{}", statistics.course.id), &statistics.questions).await;
    }
    shown(&StatisticsBody::from(&statistics))
}

async fn question(
    desk: Data<Desk>,
    caller: Caller,
    place: Path<(String, String)>,
    request: HttpRequest,
    Query(wanted): Query<StatisticsWanted>,
) -> Answer {
    let statistics = read(&desk, &caller, &place.0, &wanted).await?;
    let found = place.1.parse().ok().and_then(|id: Slug| statistics.question(&id));
    let found = found.ok_or_else(|| no_such("question", &place.1))?;
    if csv::wanted(&request, wanted.format.as_deref())? {
        return table(&format!("statistics-{}-{}", statistics.course.id, found.id), std::slice::from_ref(found)).await;
    }
    shown(&QuestionBody::from(found))
}

async fn table(name: &str, questions: &[QuestionStatistics]) -> Answer {
    let (response, pen) = csv::download(&format!("{name}.csv"));
    let lines = questions
        .iter()
        .flat_map(|question| question.versions.iter().flat_map(move |version| VersionBody::lines(question, version)));
    let text = csv::text(std::iter::once(VersionBody::HEAD.map(str::to_owned)).chain(lines));
    actix_web::rt::spawn(async move { pen.write(text).await });
    Ok(response)
}
