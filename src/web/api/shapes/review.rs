//! The marked result of an attempt on the wire, and its questions looked back upon.

use super::CertificateId;
use crate::{
    academy::{
        grading::Outcome,
        mark::Mark,
        review::{Label, Line, Said},
        rows::AttemptCorrection,
    },
    actions::read_attempt::{Marked, Reviewed},
    base::{
        clock::Time,
        text::{Language, Slug},
    },
    curriculum::{
        question::{Accept, Body, NumericAnswer},
        render::{self, Links},
    },
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What an attempt was worth.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttemptResult)]
pub(in crate::web::api) struct ResultBody {
    passed: bool,
    points: f64,
    out_of: f64,
    /// Hundredths of a percent, rounded down.
    basis_points: i64,
    /// The share of the points that passes.
    pass_percent: f64,
    objectives: Vec<ObjectiveResult>,
    /// The certificate that rests on this attempt.
    certificate: Option<CertificateId>,
    /// Corrections of the mark after a key was found wrong, the first one first.
    corrections: Vec<CorrectionBody>,
    /// Every question with its key: only where the quiz shows everything afterwards.
    review: Option<Vec<ReviewBody>>,
}

/// A correction of an attempt's mark.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttemptCorrection)]
pub(in crate::web::api) struct CorrectionBody {
    at: Time,
    /// Why, in the words of who applied it.
    reason: String,
    old: CorrectedMark,
    new: CorrectedMark,
}

/// What an attempt was worth before or after a correction.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct CorrectedMark {
    passed: bool,
    points: f64,
    out_of: f64,
    /// Hundredths of a percent, rounded down.
    basis_points: i64,
}

/// What it was worth within one objective.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ObjectiveResult {
    id: Slug,
    title: String,
    points: f64,
    out_of: f64,
    /// Whether its own minimum, if it has one, is reached.
    met: bool,
    /// That minimum.
    least_percent: Option<f64>,
}

/// A question looked back upon.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewedQuestion)]
pub(in crate::web::api) struct ReviewBody {
    no: i64,
    r#type: &'static str,
    ask_html: String,
    points: f64,
    out_of: f64,
    /// What was answered.
    answer: Value,
    options: Vec<ReviewedOption>,
    /// What is right, where that is no option: true or false, `{value, tolerance}`, `{low, high}`, a list of texts, or a
    /// statement.
    key: Value,
    /// Part by part, for grids, pairs, orders and gaps.
    lines: Vec<ReviewedLine>,
    /// Prose, criterion by criterion.
    criteria: Vec<ReviewedCriterion>,
    /// What the person who marked it wrote.
    comment: Option<String>,
    /// What good prose says.
    model_html: Option<String>,
    unit: Option<String>,
    /// Why.
    why_html: Option<String>,
}

/// A row, pair, place or gap looked back upon.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ReviewedLine {
    /// Safe HTML, or the number of the place or gap.
    label: String,
    given: Value,
    right: Value,
    correct: bool,
    why_html: Option<String>,
}

/// A criterion of a rubric looked back upon.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ReviewedCriterion {
    html: String,
    weight: f64,
    /// 0 to 1; null where nobody marked it.
    share: Option<f64>,
}

/// An option looked back upon.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ReviewedOption {
    id: String,
    html: String,
    correct: bool,
    why_html: Option<String>,
}

/// A share as a percentage, for people.
pub(in crate::web::api) fn percent(share: rust_decimal::Decimal) -> f64 {
    Mark::from_decimal(share * rust_decimal::Decimal::ONE_HUNDRED).rounded()
}

impl ResultBody {
    pub(super) fn of(marked: &Marked, language: Language, links: &Links) -> Self {
        let (form, outcome) = (&marked.form, &marked.outcome);
        let objectives = outcome.objectives.iter().map(|part| ObjectiveResult {
            title: form.objectives.get(&part.objective).map_or("", |title| title.get(language)).to_owned(),
            points: part.points.rounded(),
            out_of: part.out_of.rounded(),
            met: part.met,
            least_percent: form.per_objective_min.get(&part.objective).copied().map(percent),
            id: part.objective.clone(),
        });
        let review = marked.review.as_ref();
        Self {
            passed: outcome.passed,
            points: outcome.points.rounded(),
            out_of: outcome.out_of.rounded(),
            basis_points: outcome.points.basis_points(outcome.out_of),
            pass_percent: percent(form.pass),
            objectives: objectives.collect(),
            certificate: marked.certificate,
            corrections: marked.corrections.iter().map(CorrectionBody::of).collect(),
            review: review.map(|all| all.iter().map(|one| ReviewBody::of(one, language, links)).collect()),
        }
    }
}

impl CorrectionBody {
    fn of(told: &AttemptCorrection) -> Self {
        let mark = |outcome: &Outcome| CorrectedMark {
            passed: outcome.passed,
            points: outcome.points.rounded(),
            out_of: outcome.out_of.rounded(),
            basis_points: outcome.points.basis_points(outcome.out_of),
        };
        Self { at: told.at, reason: told.reason.clone(), old: mark(&told.old), new: mark(&told.new) }
    }
}

impl ReviewBody {
    fn of(seen: &Reviewed, language: Language, links: &Links) -> Self {
        let html = |text: &crate::base::text::Words| render::markdown(text.get(language), links).html;
        let number = |answer: &NumericAnswer| match answer {
            NumericAnswer::Exact { value, tolerance } => json!({"value": value, "tolerance": tolerance}),
            NumericAnswer::Range { low, high } => json!({"low": low, "high": high}),
        };
        let said = |said: &Said| match said {
            Said::Words(words) => Value::from(render::inline(words.get(language))),
            Said::Text(text) => Value::from(text.as_str()),
            Said::Truth(truth) => Value::from(*truth),
            Said::Number(answer) => number(answer),
        };
        let (key, unit) = match &seen.question.body {
            Body::TrueFalse { answer } => (json!(answer), None),
            Body::Numeric { answer, unit } => (number(answer), unit.clone()),
            Body::Short { accept } => {
                let texts = accept.iter().map(|entry| match entry {
                    Accept::Text(text) | Accept::Regex(text) => text.as_str(),
                });
                (json!(texts.collect::<Vec<_>>()), None)
            }
            Body::Sql(lab) => (json!(lab.solution), None),
            _ => (Value::Null, None),
        };
        let line = |line: &Line| ReviewedLine {
            label: match &line.label {
                Label::Words(words) => render::inline(words.get(language)),
                Label::Place(place) => place.to_string(),
            },
            given: line.given.as_ref().map_or(Value::Null, said),
            right: said(&line.right),
            correct: line.correct,
            why_html: line.why.as_ref().map(html),
        };
        let judged = seen.judged.as_ref();
        let criteria =
            judged.iter().flat_map(|judged| &judged.criteria).map(|(text, weight, share)| ReviewedCriterion {
                html: render::inline(text.get(language)),
                weight: weight.rounded(),
                share: share.map(Mark::rounded),
            });
        Self {
            no: seen.no,
            r#type: seen.question.kind(),
            ask_html: html(&seen.question.ask),
            points: seen.points.rounded(),
            out_of: seen.out_of.rounded(),
            answer: seen.answer.clone(),
            options: seen
                .options
                .iter()
                .map(|(token, choice)| ReviewedOption {
                    id: token.clone(),
                    html: render::inline(choice.text.get(language)),
                    correct: choice.correct,
                    why_html: choice.why.as_ref().map(html),
                })
                .collect(),
            key,
            lines: seen.lines.iter().map(line).collect(),
            criteria: criteria.collect(),
            comment: judged.and_then(|judged| judged.comment.clone()),
            model_html: match &seen.question.body {
                Body::FreeText { model, .. } => model.as_ref().map(html),
                _ => None,
            },
            unit,
            why_html: seen.question.why.as_ref().map(html),
        }
    }
}
