//! `/authoring/answers`: prose that waits for a person, and the page on which one answer is marked by its rubric.

use super::shown::{correctable, count};
use crate::{
    academy::answer::decimal,
    academy::attempt::AttemptRefusal,
    actions::mark_answer::{self, Given, Waiting},
    base::{
        ids::{self, Id},
        refusal::{Fact, Fault, Refusal},
        text::Language,
    },
    curriculum::{
        question::{Body, Criterion},
        render::{self, Links},
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
        },
        views::{
            FieldError, Notice, NoticeKind,
            answers::{AnswerLine, AnswerPage, Answers, MarkField},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a question in the list.
const SHORT: usize = 140;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/authoring/answers", get().to(list))
        .route("/authoring/answers/{attempt}/{no}", get().to(one))
        .route("/authoring/answers/{attempt}/{no}", post().to(mark));
}

type Place = Path<(String, String)>;

fn placed(place: &Place) -> Result<(Id<ids::Attempt>, i64), Failure> {
    let attempt = place.0.parse().map_err(|_| Fault::from(AttemptRefusal::NoSuchAttempt))?;
    // A place that is no number is on no form.
    Ok((attempt, place.1.parse().unwrap_or(0)))
}

fn address(waiting: &Waiting) -> String {
    format!("/authoring/answers/{}/{}", waiting.attempt, waiting.no)
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let waiting = mark_answer::answers_to_mark(&desk.app, &caller.actor).await?;
    desk.page(&caller, lines(&waiting, caller.language)).await
}

fn lines(waiting: &[Waiting], language: Language) -> Answers {
    let line = |one: &Waiting| AnswerLine {
        href: address(one),
        question: short(&render::inline_text(one.question.ask.get(language))),
        quiz: one.quiz_title.get(language).to_owned(),
        course: one.course_title.get(language).to_owned(),
        since: one.since.micros(),
        words: words(&one.answer),
        points: one.points.rounded(),
    };
    let attempts: BTreeSet<_> = waiting.iter().map(|one| one.attempt).collect();
    Answers { lines: waiting.iter().map(line).collect(), attempts: count(attempts.len()) }
}

fn words(text: &str) -> u32 {
    count(text.split_whitespace().count())
}

fn short(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHORT).collect();
    format!("{}…", cut.trim_end())
}

async fn one(caller: Caller, desk: Data<Desk>, place: Place) -> Result<HttpResponse, Failure> {
    let (attempt, no) = placed(&place)?;
    let waiting = mark_answer::answer_to_mark(&desk.app, &caller.actor, attempt, no).await?;
    let view = view(&desk, &caller, &waiting, &Form::default(), &BTreeMap::new()).await?;
    desk.page(&caller, view).await
}

async fn mark(caller: Caller, desk: Data<Desk>, place: Place, form: Form) -> Result<HttpResponse, Failure> {
    let (attempt, no) = placed(&place)?;
    let waiting = mark_answer::answer_to_mark(&desk.app, &caller.actor, attempt, no).await;
    let waiting = match waiting {
        Ok(waiting) => waiting,
        Err(fault) => return gone(&desk, &caller, fault).await,
    };
    let given = Given {
        criteria: waiting
            .rubric
            .iter()
            .filter_map(|criterion| Some((criterion.id.clone(), decimal(form.text(&name(criterion)))?)))
            .collect(),
        comment: form.text("comment").replace("\r\n", "\n"),
    };
    let missing = wrong(&desk, &caller, &waiting, &given)?;
    let Err(fault) = mark_answer::mark_answer(&desk.app, &caller.actor, attempt, no, given).await else {
        let left = mark_answer::answers_to_mark(&desk.app, &caller.actor).await?;
        let next = left.first().map_or_else(|| "/authoring/answers".to_owned(), address);
        return Ok(see_other_with(&next, "notice-answer-marked"));
    };
    if !matches!(&fault, Fault::Refused(refused) if refused.kind == crate::base::refusal::Kind::Invalid) {
        return gone(&desk, &caller, fault).await;
    }
    let (refused, said, status) = correctable(&desk, &caller, fault)?;
    let mut errors = missing;
    if errors.is_empty() {
        let field = match refused.facts.get("criterion") {
            Some(Fact::Text(id)) => format!("c.{id}"),
            _ => "comment".to_owned(),
        };
        errors.insert(field, said);
    }
    let view = view(&desk, &caller, &waiting, &form, &errors).await?;
    desk.page_with(&caller, status, view, None).await
}

/// The list with what became of the answer, where somebody else was faster.
async fn gone(desk: &Desk, caller: &Caller, fault: Fault) -> Result<HttpResponse, Failure> {
    let nothing = AttemptRefusal::NothingToMark { no: 0 }.code();
    match fault {
        Fault::Refused(refused) if refused.code == nothing => {
            let (_, said, status) = correctable(desk, caller, Fault::Refused(refused))?;
            let waiting = mark_answer::answers_to_mark(&desk.app, &caller.actor).await?;
            let notice = Notice { kind: NoticeKind::Error, text: said };
            desk.page_with(caller, status, lines(&waiting, caller.language), Some(notice)).await
        }
        fault => Err(fault.into()),
    }
}

fn name(criterion: &Criterion) -> String {
    format!("c.{}", criterion.id)
}

/// The criteria whose points are missing or out of bounds, each with its sentence.
fn wrong(desk: &Desk, caller: &Caller, waiting: &Waiting, given: &Given) -> Result<BTreeMap<String, String>, Failure> {
    let mut wrong = BTreeMap::new();
    for criterion in &waiting.rubric {
        let points = given.criteria.get(&criterion.id);
        if !points.is_some_and(|points| *points >= rust_decimal::Decimal::ZERO && *points <= criterion.weight) {
            let most = most(criterion);
            wrong.insert(name(criterion), desk.say(caller, "answer-points-wrong", &[("max", json!(most))])?);
        }
    }
    Ok(wrong)
}

fn most(criterion: &Criterion) -> f64 {
    crate::academy::mark::Mark::from_decimal(criterion.weight).rounded()
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    waiting: &Waiting,
    typed: &Form,
    errors: &BTreeMap<String, String>,
) -> Result<AnswerPage, Failure> {
    let language = caller.language;
    let left = mark_answer::answers_to_mark(&desk.app, &caller.actor).await?;
    let content = desk.app.content()?;
    let links = match content.curriculum.courses.get(&waiting.course) {
        Some(course) => Links::of(course, &format!("{}/banks", course.id)),
        None => Links::none(),
    };
    let html = |text: &crate::base::text::Words| render::markdown(text.get(language), &links).html;
    let field = |criterion: &Criterion| MarkField {
        html: render::inline(criterion.text.get(language)),
        max: most(criterion),
        value: typed.text(&name(criterion)).to_owned(),
        error: errors.get(&name(criterion)).cloned(),
        name: name(criterion),
    };
    Ok(AnswerPage {
        href: address(waiting),
        quiz: waiting.quiz_title.get(language).to_owned(),
        course: waiting.course_title.get(language).to_owned(),
        since: waiting.since.micros(),
        question: html(&waiting.question.ask),
        points: waiting.points.rounded(),
        answer: waiting.answer.clone(),
        words: words(&waiting.answer),
        model: match &waiting.question.body {
            Body::FreeText { model: Some(model), .. } => Some(html(model)),
            _ => None,
        },
        criteria: waiting.rubric.iter().map(field).collect(),
        comment: typed.text("comment").to_owned(),
        more: count(left.iter().filter(|one| (one.attempt, one.no) != (waiting.attempt, waiting.no)).count()),
        errors: errors.iter().map(|(field, text)| FieldError { field: field.clone(), text: text.clone() }).collect(),
    })
}
