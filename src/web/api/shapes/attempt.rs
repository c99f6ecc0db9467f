//! Attempts on the wire: the open paper, which can hold no key, and the marked result.

use super::{AttemptId, review::ResultBody};
use crate::{
    academy::{
        attempt::{Attempt, State},
        rows::AnswerRow,
    },
    actions::read_attempt::{Paper, PaperGap, PaperKind, PaperQuestion, Seen},
    app::Content,
    base::{
        clock::Time,
        text::{Language, Slug, Words},
    },
    curriculum::{
        quiz::QuizKind,
        render::{self, Links},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Which quiz.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"quiz": "data-foundations/final"}))]
pub(in crate::web::api) struct Start {
    /// The course and the quiz, with a slash between.
    pub(in crate::web::api) quiz: String,
}

/// One answer, over the revision that it was made from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"revision": 0, "answer": "o5f1c2a9e", "flagged": false}))]
pub(in crate::web::api) struct SaveBody {
    /// 0 where none was saved yet.
    #[schema(minimum = 0)]
    pub(in crate::web::api) revision: i64,
    /// As the question asks: null, an option's id, a list of them (of all of them, in their order, for `order`), true or
    /// false, a number, text, or a mapping from the ids of rows, left sides or gaps to true or false, ids or texts.
    pub(in crate::web::api) answer: Value,
    /// To come back to it.
    #[serde(default)]
    pub(in crate::web::api) flagged: bool,
}

/// What was saved.
#[derive(Serialize, ToSchema)]
#[schema(as = Saved, example = json!({"revision": 1, "saved_at": "2026-11-24T09:15:00Z"}))]
pub(in crate::web::api) struct SavedBody {
    pub(in crate::web::api) revision: i64,
    pub(in crate::web::api) saved_at: Time,
}

/// An attempt, without its form.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct AttemptLine {
    id: AttemptId,
    course: Slug,
    quiz: Slug,
    kind: QuizKind,
    course_version: i64,
    state: State,
    /// Whether it takes answers now.
    open: bool,
    started_at: Time,
    /// When the time is over; null means no limit.
    deadline_at: Option<Time>,
    /// Until when saves and the submission are still taken.
    closes_at: Option<Time>,
    finished_at: Option<Time>,
    graded_at: Option<Time>,
    passed: Option<bool>,
    /// The result in hundredths of a percent.
    basis_points: Option<i64>,
}

impl AttemptLine {
    /// As the clock judges it, whether or not a sweep came by.
    pub(in crate::web::api) fn of(attempt: Attempt, now: Time) -> Self {
        let open = attempt.is_open(now);
        let over = attempt.state == State::InProgress && !open;
        Self {
            open,
            closes_at: attempt.closes_at(),
            state: if over { State::Expired } else { attempt.state },
            id: attempt.id,
            course: attempt.course_id,
            quiz: attempt.quiz_id,
            kind: attempt.kind,
            course_version: attempt.course_version,
            started_at: attempt.started_at,
            deadline_at: attempt.deadline_at,
            finished_at: attempt.finished_at,
            graded_at: attempt.graded_at,
            passed: attempt.passed,
            basis_points: attempt.basis_points,
        }
    }
}

/// An attempt with its paper while it is open, and with its result once it is marked.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct AttemptDetail {
    #[serde(flatten)]
    attempt: AttemptLine,
    /// The service's clock, to count down by.
    now: Time,
    course_title: Option<String>,
    title: Option<String>,
    paper: Option<PaperBody>,
    result: Option<ResultBody>,
}

impl AttemptDetail {
    pub(in crate::web::api) fn of(seen: Seen, content: &Content, language: Language, now: Time) -> Self {
        let links = |attempt: &Attempt| match content.curriculum.courses.get(&attempt.course_id) {
            Some(course) => Links::of(course, &format!("{}/banks", course.id)),
            None => Links::none(),
        };
        match seen {
            Seen::Open(paper) => Self {
                now: paper.now,
                course_title: Some(paper.course_title.get(language).to_owned()),
                title: Some(paper.title.get(language).to_owned()),
                paper: Some(PaperBody::of(&paper, language, &links(&paper.attempt))),
                result: None,
                attempt: AttemptLine::of(paper.attempt, now),
            },
            Seen::Marked(marked) => Self {
                now,
                course_title: Some(marked.form.course_title.get(language).to_owned()),
                title: Some(marked.form.title.get(language).to_owned()),
                paper: None,
                result: Some(ResultBody::of(&marked, language, &links(&marked.attempt))),
                attempt: AttemptLine::of(marked.attempt, now),
            },
            Seen::Closed(attempt) => Self {
                attempt: AttemptLine::of(attempt, now),
                now,
                course_title: None,
                title: None,
                paper: None,
                result: None,
            },
        }
    }
}

/// What stands on an open attempt: nothing here tells what is right.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Paper)]
pub(in crate::web::api) struct PaperBody {
    sections: Vec<SectionBody>,
}

/// A part of the paper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperSection)]
pub(in crate::web::api) struct SectionBody {
    title: Option<String>,
    questions: Vec<QuestionBody>,
}

/// A question as the learner sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperQuestion, example = json!({
    "no": 1, "type": "single", "ask": "Which layer …?", "ask_html": "<p>Which layer …?</p>", "points": 1.0, "unit": null,
    "options": [{"id": "o5f1c2a9e", "html": "bronze"}, {"id": "o07aa31c4", "html": "gold"}],
    "answer": {"value": "o07aa31c4", "revision": 2, "flagged": false, "saved_at": "2026-11-24T09:15:00Z"},
}))]
pub(in crate::web::api) struct QuestionBody {
    /// Its place on the form, from 1.
    no: i64,
    /// `single`, `multi`, `true_false`, `true_false_grid`, `numeric`, `short`, `match`, `order`, `cloze`, `sql` or `free_text`.
    r#type: &'static str,
    /// Markdown.
    ask: String,
    /// Safe HTML.
    ask_html: String,
    points: f64,
    /// The unit of a number.
    unit: Option<String>,
    /// Options, rows, left sides or items in the order of this form; their ids belong to this attempt.
    options: Vec<OptionBody>,
    /// What left sides can be matched with.
    targets: Vec<OptionBody>,
    /// The text with gaps in Markdown, each as `{{name}}`.
    text: Option<String>,
    /// The gaps of the text.
    gaps: Vec<GapBody>,
    /// The data set that a statement runs on, and what stands in the editor at first.
    dataset: Option<Slug>,
    starter: Option<String>,
    /// What was saved last.
    answer: Option<AnswerBody>,
}

/// A gap in a text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperGap)]
pub(in crate::web::api) struct GapBody {
    /// Its name in the answer.
    id: String,
    /// Its name in the text.
    name: Slug,
    /// `choice`, `text` or `number`.
    kind: &'static str,
    /// What can be chosen.
    choices: Vec<OptionBody>,
}

/// An option.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperOption)]
pub(in crate::web::api) struct OptionBody {
    id: String,
    html: String,
}

/// A saved answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedAnswer)]
pub(in crate::web::api) struct AnswerBody {
    value: Value,
    revision: i64,
    flagged: bool,
    saved_at: Time,
}

impl PaperBody {
    fn of(paper: &Paper, language: Language, links: &Links) -> Self {
        let question = |asked: &PaperQuestion| {
            let laid = |list: &[(String, Words)]| -> Vec<OptionBody> {
                let option = |(id, text): &(String, Words)| OptionBody {
                    id: id.clone(),
                    html: render::inline(text.get(language)),
                };
                list.iter().map(option).collect()
            };
            let ask = asked.ask.get(language);
            let mut body = QuestionBody {
                no: asked.no,
                r#type: asked.kind.word(),
                ask: ask.to_owned(),
                ask_html: render::markdown(ask, links).html,
                points: asked.points.rounded(),
                unit: None,
                options: Vec::new(),
                targets: Vec::new(),
                text: None,
                gaps: Vec::new(),
                dataset: None,
                starter: None,
                answer: paper.answers.get(&asked.no).map(|row: &AnswerRow| AnswerBody {
                    value: row.json(),
                    revision: row.revision,
                    flagged: row.flagged,
                    saved_at: row.saved_at,
                }),
            };
            match &asked.kind {
                PaperKind::Single(list) | PaperKind::Multi(list) | PaperKind::Grid(list) | PaperKind::Order(list) => {
                    body.options = laid(list);
                }
                PaperKind::Match { lefts, targets } => {
                    body.options = laid(lefts);
                    body.targets = laid(targets);
                }
                PaperKind::Cloze { text, gaps } => {
                    body.text = Some(text.get(language).to_owned());
                    let gap = |gap: &PaperGap| GapBody {
                        id: gap.token.clone(),
                        name: gap.name.clone(),
                        kind: match (&gap.choices, gap.number) {
                            (Some(_), _) => "choice",
                            (None, true) => "number",
                            (None, false) => "text",
                        },
                        choices: gap.choices.as_deref().map(laid).unwrap_or_default(),
                    };
                    body.gaps = gaps.iter().map(gap).collect();
                }
                PaperKind::Sql { dataset, starter } => {
                    body.dataset = Some(dataset.clone());
                    body.starter.clone_from(starter);
                }
                PaperKind::Numeric(unit) => body.unit.clone_from(unit),
                PaperKind::TrueFalse | PaperKind::Short | PaperKind::FreeText => {}
            }
            body
        };
        let section = |part: &crate::actions::read_attempt::PaperSection| SectionBody {
            title: part.title.as_ref().map(|title| title.get(language).to_owned()),
            questions: part.questions.iter().map(question).collect(),
        };
        Self { sections: paper.sections.iter().map(section).collect() }
    }
}
