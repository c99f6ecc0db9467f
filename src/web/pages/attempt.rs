//! A quiz in progress as plain forms: the questions, saving, and the page that asks once more before handing in.

mod fields;
mod shown;

use self::fields::{Fields, NotInOrder};
use super::{lab, named, scene::count};
use crate::{
    academy::{attempt::AttemptRefusal, rows::AnswerRow},
    actions::{
        read_attempt::{self, Extent, Paper, PaperKind, PaperQuestion, Seen},
        save_answer::Save,
        save_sheet, submit_attempt,
    },
    app::Content,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Fault, Refusal, Refused},
        text::Language,
    },
    curriculum::{quiz::QuizKind, render::Links},
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
            attempt::{Attempt, Section, Submit},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
    let sent = Sent::read(&desk, &caller, &open, &form);
    let sheet = match save_sheet::save_sheet(&desk.app, &caller.actor, id, sent.saves.clone()).await {
        Ok(sheet) => sheet,
        // Its time ended on the way.
        Err(Fault::Refused(refused)) if refused.code == closed() => return Ok(result(id)),
        Err(fault) => return Err(fault.into()),
    };
    if sheet.refused.is_empty() && sent.notes.is_empty() {
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
    let view = sent.drawn(&desk, &caller, &fresh, &sheet.refused)?;
    let noted = view.sections.iter().flat_map(|section| &section.questions).filter(|question| question.note.is_some());
    let list: Vec<String> = noted.map(|question| question.n.to_string()).collect();
    let variables = [("n", json!(list.len())), ("list", json!(list.join(", ")))];
    let notice = Notice { kind: NoticeKind::Error, text: desk.say(&caller, "attempt-not-all", &variables)? };
    let status = sheet.refused.into_iter().next().map(|(_, refused)| failure::status(&Fault::from(refused)));
    desk.page_with(&caller, status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY), view, Some(notice)).await
}

/// What a form says of all questions: what is to be saved, what stands in the fields, and what can not be saved and why.
pub(super) struct Sent {
    pub(super) saves: Vec<Save>,
    typed: BTreeMap<i64, Fields>,
    flagged: BTreeMap<i64, bool>,
    notes: BTreeMap<i64, String>,
}

impl Sent {
    /// Reads a form.
    pub(super) fn read(desk: &Desk, caller: &Caller, open: &Paper, form: &Form) -> Self {
        let mut sent =
            Self { saves: Vec::new(), typed: BTreeMap::new(), flagged: BTreeMap::new(), notes: BTreeMap::new() };
        for question in questions(open) {
            let no = question.no;
            let Some(fields) = Fields::of_form(question, form) else { continue };
            let flagged = form.ticked(&format!("f{no}"));
            match fields.answer(question) {
                Ok(answer) => {
                    let revision = form.text(&format!("r{no}")).parse().unwrap_or(0);
                    sent.saves.push(Save { no, revision, answer, flagged });
                }
                Err(NotInOrder) => {
                    sent.notes.insert(no, sentence::plain(desk, caller, "note-order"));
                }
            }
            sent.typed.insert(no, fields);
            sent.flagged.insert(no, flagged);
        }
        sent
    }

    /// The page after saving, with a note beside each question whose answer is not saved as it was given.
    ///
    /// # Errors
    /// A message is missing, or no content is loaded.
    pub(super) fn drawn(
        mut self,
        desk: &Desk,
        caller: &Caller,
        fresh: &Paper,
        refused: &[(i64, Refused)],
    ) -> Result<Attempt, Failure> {
        for (no, refused) in refused {
            let kind = questions(fresh).find(|question| question.no == *no).map(|question| &question.kind);
            self.notes.insert(*no, note(desk, caller, kind, refused)?);
            if refused.code == stale() {
                // The newer answer stands there now.
                self.typed.remove(no);
            }
        }
        // What was typed stays where it was typed.
        self.typed.retain(|no, _| self.notes.contains_key(no));
        let mut view = view_with(desk, caller, fresh, &self.typed)?;
        for question in view.sections.iter_mut().flat_map(|section| &mut section.questions) {
            let no = i64::from(question.n);
            if let Some(note) = self.notes.remove(&no) {
                question.note = Some(note);
                question.flagged = self.flagged.get(&no).copied().unwrap_or(question.flagged);
            }
        }
        Ok(view)
    }
}

fn questions(paper: &Paper) -> impl Iterator<Item = &PaperQuestion> {
    paper.sections.iter().flat_map(|section| &section.questions)
}

fn closed() -> &'static str {
    AttemptRefusal::Closed { state: "" }.code()
}

fn stale() -> &'static str {
    AttemptRefusal::Stale { revision: 0, answer: Value::Null, saved_at: Time::from_micros(0) }.code()
}

/// Why an answer is not saved as it was given, beside its question.
fn note(desk: &Desk, caller: &Caller, kind: Option<&PaperKind>, refused: &Refused) -> Result<String, Failure> {
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
    let number = matches!(refused.facts.get("why"), Some(Fact::Text(why)) if why == "a-number");
    let key = match kind {
        Some(PaperKind::Numeric(_)) => "note-not-a-number",
        Some(PaperKind::Cloze { .. }) if number => "note-gap-not-a-number",
        _ => "note-bad-answer",
    };
    Ok(sentence::plain(desk, caller, key))
}

async fn confirm(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    let paper = match paper(&desk, &caller, named(&path)?).await? {
        Ok(paper) => paper,
        Err(over) => return Ok(over),
    };
    let extent = |question: &PaperQuestion| {
        paper.answers.get(&question.no).map_or(Extent::Nothing, |row| question.kind.extent(&row.json()))
    };
    let flagged = |question: &PaperQuestion| paper.answers.get(&question.no).is_some_and(|row| row.flagged);
    let list = |holds: &dyn Fn(&PaperQuestion) -> bool| -> Vec<u32> {
        let numbers = questions(&paper).filter(|question| holds(question)).map(|question| question.no);
        numbers.filter_map(|no| u32::try_from(no).ok()).collect()
    };
    let view = Submit {
        id: paper.attempt.id.to_string(),
        quiz: paper.title.get(caller.language).to_owned(),
        practice: paper.attempt.kind == QuizKind::Practice,
        asked: count(questions(&paper).count()),
        answered: count(list(&|question| extent(question) != Extent::Nothing).len()),
        unanswered: list(&|question| extent(question) == Extent::Nothing),
        partly: list(&|question| extent(question) == Extent::Partly),
        flagged: list(&flagged),
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

/// The page with what is saved.
pub(super) fn view(desk: &Desk, caller: &Caller, paper: &Paper) -> Result<Attempt, Failure> {
    view_with(desk, caller, paper, &BTreeMap::new())
}

/// The page; `typed` is what stands in the fields of a question where that is not what is saved.
fn view_with(desk: &Desk, caller: &Caller, paper: &Paper, typed: &BTreeMap<i64, Fields>) -> Result<Attempt, Failure> {
    let content = desk.app.content()?;
    let attempt = &paper.attempt;
    let links = links(&content, attempt.course_id.as_str(), attempt.quiz_id.as_str());
    let question = |asked: &PaperQuestion| {
        let row = paper.answers.get(&asked.no);
        let saved = || Fields::of_answer(asked, &row.map(AnswerRow::json).unwrap_or_default());
        let fields = typed.get(&asked.no).cloned().unwrap_or_else(saved);
        let mut question = shown::question(asked, row, &fields, caller.language, &links);
        if let PaperKind::Sql { dataset, starter } = &asked.kind {
            let starter = starter.as_deref().unwrap_or_default();
            let value = Some(question.value.clone());
            question.lab = Some(lab::pane(&content, paper, asked.no, dataset, starter, value));
        }
        question
    };
    let sections: Vec<Section> = paper
        .sections
        .iter()
        .map(|section| Section {
            title: section.title.as_ref().map(|title| title.get(caller.language).to_owned()),
            questions: section.questions.iter().map(question).collect(),
        })
        .collect();
    let all = || sections.iter().flat_map(|section| &section.questions);
    Ok(Attempt {
        id: attempt.id.to_string(),
        lang: (!paper.course_title.has(caller.language)).then_some(Language::En.tag()),
        quiz: paper.title.get(caller.language).to_owned(),
        course: Link::new(paper.course_title.get(caller.language), format!("/courses/{}", attempt.course_id)),
        practice: attempt.kind == QuizKind::Practice,
        started: attempt.started_at.micros(),
        deadline: attempt.deadline_at.map(Time::micros),
        saved_at: paper.answers.values().map(|row| row.saved_at.micros()).max(),
        answered: count(all().filter(|question| question.answered).count()),
        asked: count(all().count()),
        read_only: None,
        sections,
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
