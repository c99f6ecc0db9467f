//! A quiz: a module's practice check, or an exam with a pass mark, a clock and a number of attempts.

use super::{
    load::Desk,
    question::Question,
    report::Report,
    yaml::{Fields, Value},
};
use crate::base::{
    span::Span,
    text::{Slug, Words},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// The most questions that one section shows.
const MOST_QUESTIONS: i64 = 200;

/// What a quiz is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuizKind {
    /// As often as one likes, with every answer explained.
    Practice,
    /// Counts towards a certification.
    Exam,
}

/// What a learner sees after handing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Every answer, the key and the reasons.
    Everything,
    /// The score, and the score by objective; never the key.
    ScoreAndObjectives,
}

/// How often an exam may be tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttemptLimits {
    /// So many attempts …
    pub max: u32,
    /// … within any such length of time.
    pub per: Span,
    /// The wait before the first, second, third … attempt; the last one holds for all that follow. Empty: no wait.
    pub cooldown: Vec<Span>,
}

/// A quiz as written.
#[derive(Clone, Debug)]
pub struct Quiz {
    /// Unique among the quizzes of the course.
    pub id: Slug,
    /// Practice or exam.
    pub kind: QuizKind,
    /// For learners.
    pub title: Words,
    /// The share of the points that passes, from 0 to 1.
    pub pass: Decimal,
    /// The share of an objective's points that must be reached as well.
    pub per_objective_min: BTreeMap<Slug, Decimal>,
    /// How long an attempt may take.
    pub time_limit: Option<Span>,
    /// How often it may be tried; without limits where there are none.
    pub attempts: Option<AttemptLimits>,
    /// Whether the questions of a section come in any order.
    pub shuffle: bool,
    /// What is shown afterwards.
    pub review: Review,
    /// One or more.
    pub sections: Vec<Section>,
    /// The module that this quiz checks.
    pub module: Option<Slug>,
}

/// A part of a quiz.
#[derive(Clone, Debug)]
pub struct Section {
    /// For learners.
    pub title: Option<Words>,
    /// Where its questions come from.
    pub source: SectionSource,
}

/// Where a section's questions come from.
#[derive(Clone, Debug)]
pub enum SectionSource {
    /// Drawn anew for every attempt.
    Draw {
        /// The bank.
        bank: Slug,
        /// How many questions.
        count: usize,
        /// Whether the draw spreads over the bank's objectives as evenly as it can.
        by_objective: bool,
        /// How many of the person's last attempts are avoided, as far as the bank allows.
        avoid_seen: u32,
    },
    /// The same for everybody.
    Questions(Vec<Arc<Question>>),
}

impl Quiz {
    /// How many questions an attempt shows.
    #[must_use]
    pub fn question_count(&self) -> usize {
        self.sections.iter().map(Section::question_count).sum()
    }

    /// The questions that stand in the quiz itself.
    pub fn inline(&self) -> impl Iterator<Item = &Arc<Question>> {
        self.sections.iter().flat_map(|section| match &section.source {
            SectionSource::Questions(questions) => questions.as_slice(),
            SectionSource::Draw { .. } => &[],
        })
    }
}

impl Section {
    /// How many questions an attempt shows in this section.
    #[must_use]
    pub fn question_count(&self) -> usize {
        match &self.source {
            SectionSource::Draw { count, .. } => *count,
            SectionSource::Questions(questions) => questions.len(),
        }
    }
}

/// A quiz whose questions can still be translated: one list of questions for each section of its own questions.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) quiz: Quiz,
    pub(crate) questions: Vec<Question>,
    sizes: Vec<usize>,
}

const KEYS: [&str; 10] =
    ["id", "kind", "title", "pass", "per_objective_min", "time_limit", "attempts", "shuffle", "review", "sections"];

impl Draft {
    /// Reads a quiz; where something is missing, a stand-in keeps the rest readable, and the report has the error.
    pub(crate) fn read(value: Value<'_>, fallback: &Slug, module: Option<&Slug>, desk: &mut Desk<'_>) -> Option<Self> {
        let fields = value.fields(&KEYS, desk.report)?;
        let id = fields.require("id", desk.report).and_then(|id| id.slug(desk.report));
        let id = id.unwrap_or_else(|| fallback.clone());
        desk.once("quiz", id.as_str(), &fields);
        let report = &mut *desk.report;
        let kinds = [("practice", QuizKind::Practice), ("exam", QuizKind::Exam)];
        let kind = fields.require("kind", report).and_then(|kind| kind.choice(&kinds, report));
        let kind = kind.unwrap_or(if module.is_some() { QuizKind::Practice } else { QuizKind::Exam });
        let title = fields.require("title", report).and_then(|title| title.words(report));
        let pass = fields.require("pass", report).and_then(|pass| pass.share(report)).unwrap_or(Decimal::ONE);
        let reviews = [("everything", Review::Everything), ("score_and_objectives", Review::ScoreAndObjectives)];
        let review = fields.get("review").and_then(|review| review.choice(&reviews, report));
        let exam = kind == QuizKind::Exam;
        let quiz = Quiz {
            kind,
            title: title.unwrap_or_else(|| Words::english(id.as_str())),
            pass,
            per_objective_min: fields.get("per_objective_min").map(|m| read_minimums(m, report)).unwrap_or_default(),
            time_limit: fields.get("time_limit").and_then(|limit| limit.positive_span(report)),
            attempts: fields.get("attempts").and_then(|attempts| read_attempts(attempts, report)),
            shuffle: fields.get("shuffle").and_then(|shuffle| shuffle.boolean(report)).unwrap_or(exam),
            review: review.unwrap_or(if exam { Review::ScoreAndObjectives } else { Review::Everything }),
            sections: Vec::new(),
            module: module.cloned(),
            id,
        };
        let mut draft = Self { quiz, questions: Vec::new(), sizes: Vec::new() };
        if let Some(list) = fields.require("sections", desk.report) {
            let items = list.items(desk.report).unwrap_or_default();
            if items.is_empty() {
                desk.report.error(&list.place(), "empty-list", "this quiz has no section");
            }
            for (at, item) in items.into_iter().enumerate() {
                draft.read_section(at, item, desk);
            }
        }
        Some(draft)
    }

    fn read_section(&mut self, at: usize, value: Value<'_>, desk: &mut Desk<'_>) {
        let Some(fields) = value.fields(&["title", "draw", "questions"], desk.report) else { return };
        desk.place(&["quiz", self.quiz.id.as_str(), "sections", &at.to_string()], &fields);
        let title = fields.get("title").and_then(|title| title.words(desk.report));
        let source = match (fields.get("draw"), fields.get("questions")) {
            (Some(draw), None) => read_draw(draw, desk.report),
            (None, Some(list)) => {
                let items = list.items(desk.report).unwrap_or_default();
                if items.is_empty() {
                    desk.report.error(&list.place(), "empty-list", "this section has no question");
                }
                let questions: Vec<_> = items.into_iter().filter_map(|item| Question::read(item, desk)).collect();
                self.sizes.push(questions.len());
                self.questions.extend(questions);
                Some(SectionSource::Questions(Vec::new()))
            }
            _ => {
                let message = "a section has either `draw` (from a bank) or `questions` of its own";
                desk.report.error(&fields.place(), "bad-section", message);
                None
            }
        };
        self.quiz.sections.extend(source.map(|source| Section { title, source }));
    }

    pub(crate) fn finish(self) -> Quiz {
        let Self { mut quiz, questions, sizes } = self;
        let mut questions = questions.into_iter().map(Arc::new);
        let mut sizes = sizes.into_iter();
        for section in &mut quiz.sections {
            if let SectionSource::Questions(own) = &mut section.source {
                own.extend(questions.by_ref().take(sizes.next().unwrap_or(0)));
            }
        }
        quiz
    }
}

fn read_minimums(value: Value<'_>, report: &mut Report) -> BTreeMap<Slug, Decimal> {
    let mut minimums = BTreeMap::new();
    for (key, place, value) in value.entries(report).unwrap_or_default() {
        match key.parse::<Slug>() {
            Ok(objective) => minimums.extend(value.share(report).map(|share| (objective, share))),
            Err(error) => report.error(&place, "bad-slug", format!("`{key}` is {error}")),
        }
    }
    minimums
}

fn read_attempts(value: Value<'_>, report: &mut Report) -> Option<AttemptLimits> {
    let fields: Fields<'_> = value.fields(&["max", "per", "cooldown"], report)?;
    let max = fields.require("max", report).and_then(|max| max.whole(1..=1_000, report));
    let per = fields.require("per", report).and_then(|per| per.positive_span(report));
    let cooldown = fields.get("cooldown").map(|list| list.list(report, Value::span)).unwrap_or_default();
    Some(AttemptLimits { max: u32::try_from(max?).ok()?, per: per?, cooldown })
}

fn read_draw(value: Value<'_>, report: &mut Report) -> Option<SectionSource> {
    let fields = value.fields(&["from", "count", "by", "avoid_seen"], report)?;
    let bank = fields.require("from", report).and_then(|from| from.slug(report));
    let count = fields.require("count", report).and_then(|count| count.whole(1..=MOST_QUESTIONS, report));
    let by_objective = fields.get("by").and_then(|by| by.choice(&[("objective", ())], report)).is_some();
    let avoid_seen = fields.get("avoid_seen").and_then(|seen| seen.whole(0..=100, report)).unwrap_or(0);
    Some(SectionSource::Draw {
        bank: bank?,
        count: usize::try_from(count?).ok()?,
        by_objective,
        avoid_seen: u32::try_from(avoid_seen).ok()?,
    })
}
