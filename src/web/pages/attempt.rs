//! A quiz in progress as plain forms: the questions, saving, and the page that asks once more before handing in.

use super::{named, scene::count};
use crate::{
    academy::{attempt::AttemptRefusal, rows::AnswerRow},
    actions::{
        read_attempt::{self, Paper, PaperKind, PaperQuestion, Seen},
        save_answer::Save,
        save_sheet, submit_attempt,
    },
    app::Content,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Fault, Refusal, Refused},
        text::{Language, Words},
    },
    curriculum::{
        quiz::QuizKind,
        render::{self, Links},
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other, see_other_with},
            failure::{self, Failure},
            forms::Form,
            render::{Clockwork, Grain},
            sentence,
        },
        views::{
            Notice, NoticeKind,
            attempt::{AnswerOption, Attempt, Question, QuestionKind, Section, Submit},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};
use serde_json::{Value, json};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/attempts/{attempt}", get().to(page))
        .route("/attempts/{attempt}", post().to(save))
        .route("/attempts/{attempt}/submit", get().to(confirm))
        .route("/attempts/{attempt}/submit", post().to(submit));
}

type AttemptId = Id<ids::Attempt>;

/// The open paper, or the way to the result.
pub(super) async fn paper(
    desk: &Desk,
    caller: &Caller,
    id: AttemptId,
) -> Result<Result<Box<Paper>, HttpResponse>, Failure> {
    Ok(match read_attempt::read_attempt(&desk.app, &caller.actor, id).await? {
        Seen::Open(paper) => Ok(paper),
        Seen::Marked(_) | Seen::Closed(_) => Err(result(id)),
    })
}

fn result(id: AttemptId) -> HttpResponse {
    see_other(&format!("/attempts/{id}/result"))
}

async fn page(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    match paper(&desk, &caller, named(&path)?).await? {
        Ok(paper) => desk.page(&caller, view(&desk, &caller, &paper)?).await,
        Err(over) => Ok(over),
    }
}

/// Saves what a plain form brings. What can not be saved is told beside its question; the rest is saved all the same.
async fn save(caller: Caller, desk: Data<Desk>, path: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id: AttemptId = named(&path)?;
    let open = match paper(&desk, &caller, id).await? {
        Ok(paper) => paper,
        Err(over) => return Ok(over),
    };
    let saves = open.sections.iter().flat_map(|section| &section.questions).filter_map(|q| sent(q, &form)).collect();
    let sheet = match save_sheet::save_sheet(&desk.app, &caller.actor, id, saves).await {
        Ok(sheet) => sheet,
        // Its time ended on the way.
        Err(Fault::Refused(refused)) if refused.code == closed() => return Ok(result(id)),
        Err(fault) => return Err(fault.into()),
    };
    if sheet.refused.is_empty() {
        return Ok(if form.text("action") == "submit" {
            see_other(&format!("/attempts/{id}/submit"))
        } else {
            see_other_with(&format!("/attempts/{id}"), "notice-answers-saved")
        });
    }
    let fresh = match paper(&desk, &caller, id).await? {
        Ok(paper) => paper,
        Err(over) => return Ok(over),
    };
    let mut view = view(&desk, &caller, &fresh)?;
    let refusals: Vec<(i64, Refused)> = sheet.refused.iter().map(|(no, refused)| (*no, refused.clone())).collect();
    note_all(&desk, &caller, &mut view, &refusals, &form)?;
    let list: Vec<String> = sheet.refused.iter().map(|(no, _)| no.to_string()).collect();
    let variables = [("n", json!(list.len())), ("list", json!(list.join(", ")))];
    let notice = Notice { kind: NoticeKind::Error, text: desk.say(&caller, "attempt-not-all", &variables)? };
    let status = sheet.refused.into_iter().next().map(|(_, refused)| failure::status(&Fault::from(refused)));
    desk.page_with(&caller, status.unwrap_or_default(), view, Some(notice)).await
}

/// Says beside each question why its answer is not saved as it was given.
pub(super) fn note_all(
    desk: &Desk,
    caller: &Caller,
    view: &mut Attempt,
    refusals: &[(i64, Refused)],
    form: &Form,
) -> Result<(), Failure> {
    for (no, refused) in refusals {
        let questions = view.sections.iter_mut().flat_map(|section| &mut section.questions);
        for question in questions.filter(|question| i64::from(question.n) == *no) {
            question.note = Some(note(desk, caller, question.kind, refused)?);
            if refused.code != stale() {
                // What was typed stays where it was typed.
                question.value = form.raw(&format!("a{no}")).to_owned();
            }
        }
    }
    Ok(())
}

fn closed() -> &'static str {
    AttemptRefusal::Closed { state: "" }.code()
}

fn stale() -> &'static str {
    AttemptRefusal::Stale { revision: 0, answer: Value::Null, saved_at: Time::from_micros(0) }.code()
}

/// Why an answer is not saved as it was given, beside its question.
fn note(desk: &Desk, caller: &Caller, kind: QuestionKind, refused: &Refused) -> Result<String, Failure> {
    if refused.code == stale() {
        let words = desk.words()?;
        let clock =
            Clockwork { words: &words, lang: caller.language.tag(), zone: &caller.zone, now: desk.app.now().micros() };
        let at = match refused.facts.get("saved_at") {
            Some(Fact::Moment(at)) => clock.absolute(at.micros(), Grain::Second),
            _ => String::new(),
        };
        return desk.say(caller, "note-stale", &[("at", json!(at))]);
    }
    let key = if kind == QuestionKind::Numeric { "note-not-a-number" } else { "note-bad-answer" };
    Ok(sentence::plain(desk, caller, key))
}

/// What a form says about one question; nothing where it does not hold it.
pub(super) fn sent(question: &PaperQuestion, form: &Form) -> Option<Save> {
    let name = format!("a{}", question.no);
    let revision = format!("r{}", question.no);
    if !form.has(&revision) && !form.has(&name) {
        return None;
    }
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    let answer = match &question.kind {
        PaperKind::Single(_) | PaperKind::TrueFalse => text(form.text(&name)),
        PaperKind::Multi(_) => {
            // In the order in which they are kept, so that ticking another way round is no change.
            let mut ticked = form.all(&name);
            ticked.sort_unstable();
            ticked.into()
        }
        PaperKind::Sql { starter, .. } => {
            // What stood there from the start is no answer yet.
            let typed = form.text(&name).replace("\r\n", "\n");
            let untouched = starter.as_deref().is_some_and(|starter| starter.trim() == typed);
            text(if untouched { "" } else { &typed })
        }
        _ => text(form.text(&name)),
    };
    Some(Save {
        no: question.no,
        revision: form.text(&revision).parse().unwrap_or(0),
        answer,
        flagged: form.ticked(&format!("f{}", question.no)),
    })
}

async fn confirm(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    let paper = match paper(&desk, &caller, named(&path)?).await? {
        Ok(paper) => paper,
        Err(over) => return Ok(over),
    };
    let numbers = || paper.sections.iter().flat_map(|section| &section.questions).map(|question| question.no);
    let number = |no: i64| u32::try_from(no).unwrap_or(0);
    let answered = |no: &i64| paper.answers.get(no).is_some_and(given);
    let view = Submit {
        id: paper.attempt.id.to_string(),
        quiz: paper.title.get(caller.language).to_owned(),
        practice: paper.attempt.kind == QuizKind::Practice,
        asked: count(numbers().count()),
        answered: count(numbers().filter(answered).count()),
        unanswered: numbers().filter(|no| !answered(no)).map(number).collect(),
        flagged: numbers().filter(|no| paper.answers.get(no).is_some_and(|row| row.flagged)).map(number).collect(),
        deadline: paper.attempt.deadline_at.map(Time::micros),
    };
    desk.page(&caller, view).await
}

async fn submit(caller: Caller, desk: Data<Desk>, path: Path<String>, _form: Form) -> Result<HttpResponse, Failure> {
    let id: AttemptId = named(&path)?;
    match submit_attempt::submit_attempt(&desk.app, &caller.actor, id, Vec::new()).await {
        Ok(_) => Ok(result(id)),
        Err(Fault::Refused(refused)) if refused.code == closed() => Ok(result(id)),
        Err(fault) => Err(fault.into()),
    }
}

/// Whether a kept row is an answer and not only a flag, or an answer that was taken back.
fn given(row: &AnswerRow) -> bool {
    !row.json().is_null()
}

pub(super) fn view(desk: &Desk, caller: &Caller, paper: &Paper) -> Result<Attempt, Failure> {
    let content = desk.app.content()?;
    let attempt = &paper.attempt;
    let links = links(&content, attempt.course_id.as_str(), attempt.quiz_id.as_str());
    let asked = paper.sections.iter().map(|section| section.questions.len()).sum::<usize>();
    Ok(Attempt {
        id: attempt.id.to_string(),
        quiz: paper.title.get(caller.language).to_owned(),
        course: Link::new(paper.course_title.get(caller.language), format!("/courses/{}", attempt.course_id)),
        practice: attempt.kind == QuizKind::Practice,
        started: attempt.started_at.micros(),
        deadline: attempt.deadline_at.map(Time::micros),
        saved_at: paper.answers.values().map(|row| row.saved_at.micros()).max(),
        answered: count(paper.answers.values().filter(|row| given(row)).count()),
        asked: count(asked),
        read_only: None,
        sections: paper
            .sections
            .iter()
            .map(|section| Section {
                title: section.title.as_ref().map(|title| title.get(caller.language).to_owned()),
                questions: section
                    .questions
                    .iter()
                    .map(|q| question(q, paper, &content, caller.language, &links))
                    .collect(),
            })
            .collect(),
    })
}

/// What links and pictures of a quiz's questions are relative to: the folder of its module, or the course's banks.
pub(super) fn links(content: &Content, course: &str, quiz: &str) -> Links {
    let course = course.parse().ok().and_then(|id| content.curriculum.courses.get(&id));
    let Some(course) = course else { return Links::none() };
    let module =
        quiz.parse().ok().and_then(|id| course.quiz(&id)).and_then(|quiz| course.module(quiz.module.as_ref()?));
    match module {
        Some(module) => Links::of(course, &module.folder),
        None => Links::of(course, &format!("{}/banks", course.id)),
    }
}

fn question(asked: &PaperQuestion, paper: &Paper, content: &Content, language: Language, links: &Links) -> Question {
    let row = paper.answers.get(&asked.no);
    let answer = row.map(AnswerRow::json).unwrap_or_default();
    let chosen = |token: &str| match &answer {
        Value::String(one) => one == token,
        Value::Array(many) => many.iter().any(|one| one.as_str() == Some(token)),
        _ => false,
    };
    let options = |options: &[(String, Words)]| {
        options
            .iter()
            .map(|(token, text)| AnswerOption {
                id: token.clone(),
                html: render::inline(text.get(language)),
                chosen: chosen(token),
            })
            .collect()
    };
    let (kind, options, unit) = match &asked.kind {
        PaperKind::Single(list) => (QuestionKind::Single, options(list), None),
        PaperKind::Multi(list) => (QuestionKind::Multi, options(list), None),
        PaperKind::TrueFalse => (QuestionKind::TrueFalse, Vec::new(), None),
        PaperKind::Numeric(unit) => (QuestionKind::Numeric, Vec::new(), unit.clone()),
        PaperKind::Sql { .. } => (QuestionKind::Sql, Vec::new(), None),
        _ => (QuestionKind::Short, Vec::new(), None),
    };
    let lab = match &asked.kind {
        PaperKind::Sql { dataset, starter } => {
            let saved = answer.as_str().map(str::to_owned);
            let value = saved.or_else(|| starter.clone()).unwrap_or_default();
            Some(super::lab::pane(content, paper, asked.no, dataset, value))
        }
        _ => None,
    };
    Question {
        n: u32::try_from(asked.no).unwrap_or(0),
        html: render::markdown(asked.ask.get(language), links).html,
        kind,
        points: asked.points.rounded(),
        revision: row.map_or(0, |row| u32::try_from(row.revision).unwrap_or(0)),
        flagged: row.is_some_and(|row| row.flagged),
        answered: row.is_some_and(given),
        options,
        value: match &answer {
            Value::Bool(truth) => truth.to_string(),
            Value::String(text) if !matches!(kind, QuestionKind::Single) => text.clone(),
            _ => String::new(),
        },
        unit,
        note: None,
        lab,
    }
}
