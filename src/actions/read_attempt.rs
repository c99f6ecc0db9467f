//! Reading an attempt: the paper without any key while it is open, the result once it is marked.

use super::{About, look, submit_attempt};
use crate::{
    academy::{
        self,
        answer::Answer,
        attempt::{Attempt, AttemptRefusal, State},
        form::{Form, FormQuestion, Of},
        grading::Outcome,
        review,
        rows::{AnswerRow, AttemptCorrection, Sheet},
    },
    app::App,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::{Slug, Words},
    },
    curriculum::{
        question::{Blank, BlankKey, Body, Choice, Item, Question},
        quiz::Review,
    },
    db::{
        Reading,
        lifecycle::{self, Entity},
    },
    identity::actor::Actor,
};
use std::collections::BTreeMap;

/// What stands on the paper: nothing here can hold a key, a share or a feedback text.
#[derive(Clone, Debug)]
pub struct Paper {
    pub attempt: Attempt,
    pub course_title: Words,
    pub title: Words,
    pub sections: Vec<PaperSection>,
    pub answers: BTreeMap<i64, AnswerRow>,
    pub now: Time,
}

/// A part of the paper.
#[derive(Clone, Debug)]
pub struct PaperSection {
    pub title: Option<Words>,
    pub questions: Vec<PaperQuestion>,
}

/// A question as the person sees it.
#[derive(Clone, Debug)]
pub struct PaperQuestion {
    pub no: i64,
    pub kind: PaperKind,
    /// Markdown.
    pub ask: Words,
    pub points: academy::mark::Mark,
}

/// What can be answered.
#[derive(Clone, Debug)]
pub enum PaperKind {
    /// One of the options.
    Single(Vec<(String, Words)>),
    /// Any of the options.
    Multi(Vec<(String, Words)>),
    /// True or false.
    TrueFalse,
    /// A number, in a unit where there is one.
    Numeric(Option<String>),
    /// A few words.
    Short,
    /// Rows to judge.
    Grid(Vec<(String, Words)>),
    /// Left sides, and what each can be matched with.
    Match { lefts: Vec<(String, Words)>, targets: Vec<(String, Words)> },
    /// Items to put in order, as this form lays them out.
    Order(Vec<(String, Words)>),
    /// A text with gaps, and each gap by the name that stands in the text.
    Cloze { text: Words, gaps: Vec<PaperGap> },
    /// A statement, on a data set of the course.
    Sql { dataset: Slug, starter: Option<String> },
    /// Prose.
    FreeText,
}

impl PaperKind {
    /// The word for the type, as in files.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Single(_) => "single",
            Self::Multi(_) => "multi",
            Self::TrueFalse => "true_false",
            Self::Numeric(_) => "numeric",
            Self::Short => "short",
            Self::Grid(_) => "true_false_grid",
            Self::Match { .. } => "match",
            Self::Order(_) => "order",
            Self::Cloze { .. } => "cloze",
            Self::Sql { .. } => "sql",
            Self::FreeText => "free_text",
        }
    }
}

/// How far an answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Nothing is answered.
    Nothing,
    /// Some rows, pairs or gaps are still open.
    Partly,
    /// Everything is answered.
    Whole,
}

impl PaperKind {
    /// How far an answer goes, whether it is right or not.
    #[must_use]
    pub fn extent(&self, answer: &serde_json::Value) -> Extent {
        let parts = match self {
            Self::Grid(parts) | Self::Match { lefts: parts, .. } => parts.len(),
            Self::Cloze { gaps, .. } => gaps.len(),
            _ => 0,
        };
        match answer {
            serde_json::Value::Null => Extent::Nothing,
            serde_json::Value::Object(said) if said.len() < parts => Extent::Partly,
            _ => Extent::Whole,
        }
    }
}

/// A gap as the person sees it.
#[derive(Clone, Debug)]
pub struct PaperGap {
    /// Its name in the text.
    pub name: Slug,
    /// Its name in answers.
    pub token: String,
    /// What can be chosen; none where it is typed.
    pub choices: Option<Vec<(String, Words)>>,
    /// Whether a number is typed.
    pub number: bool,
}

/// A marked attempt.
#[derive(Clone, Debug)]
pub struct Marked {
    pub attempt: Attempt,
    pub form: Form,
    pub outcome: Outcome,
    /// The questions with their keys: only where the form's review shows everything.
    pub review: Option<Vec<Reviewed>>,
    /// Corrections of the mark, the first one first.
    pub corrections: Vec<AttemptCorrection>,
    /// The certificate that this attempt is evidence of.
    pub certificate: Option<Id<ids::Certificate>>,
}

/// A question looked back upon.
#[derive(Clone, Debug)]
pub struct Reviewed {
    pub no: i64,
    pub question: Question,
    /// Options in the order of the form: token and choice.
    pub options: Vec<(String, Choice)>,
    /// Part by part, where the answer has parts that are no options.
    pub lines: Vec<review::Line>,
    /// The rubric of prose, with the marks of a person where one marked it.
    pub judged: Option<review::Judged>,
    pub answer: serde_json::Value,
    pub points: academy::mark::Mark,
    pub out_of: academy::mark::Mark,
}

/// An attempt of the signed-in person: open paper, or marked result.
#[derive(Clone, Debug)]
pub enum Seen {
    /// It takes answers.
    Open(Box<Paper>),
    /// It is marked.
    Marked(Box<Marked>),
    /// It does not count, or waits for a person.
    Closed(Attempt),
}

/// Looks at the signed-in person's attempt; one whose time is over is closed first.
///
/// # Errors
/// It is another's, or the database is away.
pub async fn read_attempt(app: &App, actor: &Actor, attempt: Id<ids::Attempt>) -> Result<Seen, Fault> {
    let who = actor.signed()?.person.id;
    let about = About::person(who).subject(attempt);
    let own = look(app, actor, "read_attempt", about.clone(), move |r| own(r, who, attempt)).await?;
    if own.state == State::InProgress && !own.is_open(app.now()) {
        submit_attempt::expire_if_due(app, attempt).await?;
    }
    look(app, actor, "read_attempt", about, move |r| {
        let found = self::own(r, who, attempt)?;
        match found.state {
            State::InProgress => Ok(Seen::Open(Box::new(paper(r, found)?))),
            State::Graded => Ok(Seen::Marked(Box::new(marked(r, found)?))),
            _ => Ok(Seen::Closed(found)),
        }
    })
    .await
}

fn own(r: &mut Reading<'_>, who: Id<ids::Person>, attempt: Id<ids::Attempt>) -> Result<Attempt, Fault> {
    let found = academy::rows::attempt(r, attempt)?.filter(|found| found.person_id == who);
    Ok(found.ok_or(AttemptRefusal::NoSuchAttempt)?)
}

fn paper(r: &mut Reading<'_>, attempt: Attempt) -> Result<Paper, Broken> {
    let form = academy::rows::form(r, attempt.id)?;
    let questions = academy::rows::questions(r, &form)?;
    let answers = academy::rows::answers(r, attempt.id)?;
    let mut sections = Vec::with_capacity(form.sections.len());
    for section in &form.sections {
        let mut shown = Vec::with_capacity(section.questions.len());
        for on_form in &section.questions {
            let question = questions
                .get(&on_form.hash)
                .ok_or_else(|| Broken::defect(format!("question {} of {} was not kept", on_form.no, attempt.id)))?;
            let kind = asked(question, on_form);
            shown.push(PaperQuestion {
                no: on_form.no,
                kind,
                ask: question.ask.clone(),
                points: academy::mark::Mark::from_decimal(on_form.points),
            });
        }
        sections.push(PaperSection { title: section.title.clone(), questions: shown });
    }
    Ok(Paper { attempt, course_title: form.course_title, title: form.title, sections, answers, now: r.at() })
}

/// What can be answered, with this form's tokens.
fn asked(question: &Question, on_form: &FormQuestion) -> PaperKind {
    type Texts<'q> = Vec<(&'q Slug, &'q Words)>;
    let laid = |of: &Of, texts: Texts<'_>| -> Vec<(String, Words)> {
        on_form
            .options_of(of)
            .filter_map(|o| {
                let (_, text) = texts.iter().find(|(id, _)| **id == o.option)?;
                Some((o.token.clone(), (*text).clone()))
            })
            .collect()
    };
    fn of_choices(choices: &[Choice]) -> Texts<'_> {
        choices.iter().map(|choice| (&choice.id, &choice.text)).collect()
    }
    fn of_items(items: &[Item]) -> Texts<'_> {
        items.iter().map(|item| (&item.id, &item.text)).collect()
    }
    match &question.body {
        Body::Single { options } => PaperKind::Single(laid(&Of::Itself, of_choices(options))),
        Body::Multi { options, .. } => PaperKind::Multi(laid(&Of::Itself, of_choices(options))),
        Body::TrueFalse { .. } => PaperKind::TrueFalse,
        Body::Numeric { unit, .. } => PaperKind::Numeric(unit.clone()),
        Body::Short { .. } => PaperKind::Short,
        Body::TrueFalseGrid { rows } => PaperKind::Grid(laid(&Of::Itself, of_choices(rows))),
        Body::Match(key) => PaperKind::Match {
            lefts: laid(&Of::Itself, key.pairs.iter().map(|pair| (&pair.id, &pair.left)).collect()),
            targets: laid(&Of::Targets, of_items(&key.targets)),
        },
        Body::Order { items, .. } => PaperKind::Order(laid(&Of::Itself, of_items(items))),
        Body::Cloze { text, blanks } => {
            let gap = |blank: &Blank| {
                let token = on_form.options_of(&Of::Itself).find(|o| o.option == blank.id)?.token.clone();
                let choices = match &blank.key {
                    BlankKey::Choices(choices) => Some(laid(&Of::Gap(blank.id.clone()), of_choices(choices))),
                    BlankKey::Accept(_) | BlankKey::Number(_) => None,
                };
                let number = matches!(blank.key, BlankKey::Number(_));
                Some(PaperGap { name: blank.id.clone(), token, choices, number })
            };
            PaperKind::Cloze { text: text.clone(), gaps: blanks.iter().filter_map(gap).collect() }
        }
        Body::Sql(lab) => PaperKind::Sql { dataset: lab.dataset.clone(), starter: lab.starter.clone() },
        Body::FreeText { .. } => PaperKind::FreeText,
    }
}

fn marked(r: &mut Reading<'_>, attempt: Attempt) -> Result<Marked, Broken> {
    let form = academy::rows::form(r, attempt.id)?;
    let outcome = academy::rows::outcome(r, attempt.id)?
        .ok_or_else(|| Broken::defect(format!("{} is graded and has no result", attempt.id)))?;
    let corrections = academy::rows::corrections(r, attempt.id)?;
    // Where an answer was marked anew by another key, that key is the one to look back upon.
    let mut keys: BTreeMap<String, Question> = BTreeMap::new();
    for told in &corrections {
        match &told.to_hash {
            Some(to) => drop(keys.insert(told.from_hash.clone(), academy::rows::question(r, to)?)),
            None => drop(keys.remove(&told.from_hash)),
        }
    }
    let review = if form.review == Review::Everything {
        let Sheet { questions, answers: said, marks, .. } = Sheet::read(r, &attempt)?;
        let answers = academy::rows::answers(r, attempt.id)?;
        let looked_back = form.questions().zip(&outcome.questions).filter_map(|(on_form, marked)| {
            let question = keys.get(&on_form.hash).or_else(|| questions.get(&on_form.hash))?.clone();
            let options = on_form
                .options
                .iter()
                .filter_map(|o| {
                    let choice = question.options().iter().find(|choice| choice.id == o.option)?;
                    Some((o.token.clone(), choice.clone()))
                })
                .collect();
            let answer = said.get(&on_form.no).unwrap_or(&Answer::Empty);
            Some(Reviewed {
                no: on_form.no,
                options,
                lines: review::lines(&question, on_form, answer),
                judged: review::judged(&question, marks.get(&on_form.no)),
                answer: answers.get(&on_form.no).map_or(serde_json::Value::Null, AnswerRow::json),
                points: marked.points,
                out_of: marked.out_of,
                question,
            })
        });
        Some(looked_back.collect())
    } else {
        None
    };
    let certificate = crate::certification::rows::certificates_of(r, attempt.person_id)?
        .into_iter()
        .find(|c| c.evidence.exams.iter().any(|exam| exam.attempt == attempt.id))
        .map(|c| c.id);
    Ok(Marked { attempt, form, outcome, review, corrections, certificate })
}

/// What can be told of an attempt that has no mark: the form's titles and pass mark, and why it was set aside.
#[derive(Clone, Debug)]
pub struct Unmarked {
    pub form: Form,
    pub reason: Option<String>,
}

/// Looks at what can be told of the signed-in person's attempt that is voided or waits for a person.
///
/// # Errors
/// It is another's, or the database is away.
pub async fn read_unmarked(app: &App, actor: &Actor, attempt: Id<ids::Attempt>) -> Result<Unmarked, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "read_attempt", About::person(who).subject(attempt), move |r| {
        let found = own(r, who, attempt)?;
        let reason = lifecycle::reason(r, Entity::Attempt, &attempt.to_string(), State::Voided.word())?;
        Ok(Unmarked { form: academy::rows::form(r, found.id)?, reason })
    })
    .await
}

/// The course and quiz of an attempt, for links.
#[must_use]
pub fn place(attempt: &Attempt) -> (Slug, Slug) {
    (attempt.course_id.clone(), attempt.quiz_id.clone())
}
