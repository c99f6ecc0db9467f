//! Correcting marks: one question of a frozen form is marked anew, and the whole is added up again.

use super::{
    answer::Answer,
    form::{Form, FormQuestion, Of},
    grading::{self, Outcome, QuestionOutcome},
    mark::Mark,
};
use crate::{
    base::{
        refusal::{Fact, Kind, Refusal},
        text::Slug,
    },
    curriculum::question::{Body, Question},
    db::sql::word_column,
};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It is marked by the key in force, for the points in force.
    NewKey,
    /// Everybody gets all its points.
    FullMarks,
    /// It is taken out of the total.
    SetAside,
}
word_column!(Treatment { NewKey => "new_key", FullMarks => "full_marks", SetAside => "set_aside" });

/// A correction of one version of a question.
#[derive(Clone, Debug)]
pub struct Correction<'q> {
    /// The hash of the version that stands on the forms.
    pub from: &'q str,
    pub treatment: Treatment,
    /// The version whose key is used, where one is.
    pub to: Option<&'q Question>,
}

impl Correction<'_> {
    /// The mark of an answer, and what it is out of.
    #[must_use]
    pub fn mark(&self, on_form: &FormQuestion, answer: &Answer) -> (Mark, Mark) {
        let frozen = Mark::from_decimal(on_form.points);
        match (self.treatment, self.to) {
            (Treatment::SetAside, _) => (Mark::ZERO, Mark::ZERO),
            (Treatment::NewKey, Some(to)) => {
                let out_of = Mark::from_decimal(to.points);
                (grading::share(to, on_form, &carried(answer, on_form, to)) * out_of, out_of)
            }
            (Treatment::FullMarks | Treatment::NewKey, _) => (frozen, frozen),
        }
    }

    /// What an attempt is worth with this correction; `answers` are those to the version in question, by place.
    #[must_use]
    pub fn apply(&self, form: &Form, outcome: &Outcome, answers: &BTreeMap<i64, Answer>) -> Outcome {
        let marked = outcome.questions.iter().map(|mark| match form.question(mark.no) {
            Some(on_form) if on_form.hash == self.from => {
                let answer = answers.get(&mark.no).unwrap_or(&Answer::Empty);
                let (points, out_of) = self.mark(on_form, answer);
                QuestionOutcome { no: mark.no, points, out_of }
            }
            _ => mark.clone(),
        });
        let marked = marked.collect();
        let corrected = grading::total(form, marked);
        // Where nothing is left to be marked, nobody passes or fails by that.
        let passed = if corrected.out_of == Mark::ZERO { outcome.passed } else { corrected.passed };
        Outcome { passed, ..corrected }
    }
}

/// An answer under another version of its question: ticks follow their options by id, also where one option may be ticked
/// now and several could be before, or the other way round. What is gone counts as not chosen.
fn carried(answer: &Answer, on_form: &FormQuestion, to: &Question) -> Answer {
    let there = |token: &&String| {
        let option = on_form.behind(&Of::Itself, token);
        option.is_some_and(|option| to.options().iter().any(|choice| choice.id == *option))
    };
    match (answer, &to.body) {
        (Answer::One(token), Body::Multi { .. }) => Answer::Many(BTreeSet::from([token.clone()])),
        (Answer::Many(tokens), Body::Single { .. }) => {
            let mut kept = tokens.iter().filter(there);
            match (kept.next(), kept.next()) {
                (Some(only), None) => Answer::One(only.clone()),
                _ => Answer::Empty,
            }
        }
        _ => answer.clone(),
    }
}

/// What differs between two versions of a question with options.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// Options that nobody could choose.
    pub added: Vec<Slug>,
    /// Options that are gone: choosing one counts as not choosing it.
    pub removed: Vec<Slug>,
    /// Options that became right or wrong.
    pub rekeyed: Vec<Slug>,
}

/// Compares the options of two versions.
#[must_use]
pub fn difference(from: &Question, to: &Question) -> Difference {
    let find = |question: &Question, id: &Slug| question.options().iter().find(|o| o.id == *id).map(|o| o.correct);
    let lacking = |these: &Question, those: &Question| {
        let options = these.options().iter().map(|option| option.id.clone());
        options.filter(|id| find(those, id).is_none()).collect()
    };
    let rekeyed = from.options().iter().filter(|o| find(to, &o.id).is_some_and(|correct| correct != o.correct));
    Difference {
        rekeyed: rekeyed.map(|option| option.id.clone()).collect(),
        added: lacking(to, from),
        removed: lacking(from, to),
    }
}

/// Whether answers to one version can be marked by the key of another.
///
/// # Errors
/// The types differ, or the marks come from the lab or from a person.
pub fn comparable(from: &Question, to: &Question) -> Result<(), RegradeRefusal> {
    let ticks = |question: &Question| matches!(question.body, Body::Single { .. } | Body::Multi { .. });
    if matches!(to.body, Body::Sql(_) | Body::FreeText { .. }) {
        return Err(RegradeRefusal::NeedsJudge);
    }
    if from.kind() == to.kind() || (ticks(from) && ticks(to)) {
        return Ok(());
    }
    Err(RegradeRefusal::TypeChanged { from: from.kind(), to: to.kind() })
}

/// Why marks are not corrected.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RegradeRefusal {
    /// Nobody met such a question, or such a version.
    #[error("no marked exam holds the question {question} in such a version")]
    NothingHolds { question: String },
    /// The version in force is the one on the forms.
    #[error("the version in force is the one that stood on these forms")]
    SameVersion,
    /// It left the content, so there is no new key.
    #[error("this question left the content: set it aside, or give everybody its points")]
    Gone,
    /// Answers to one type mean nothing to the other.
    #[error("the question was {from} and is {to} now: set it aside, or give everybody its points")]
    TypeChanged { from: &'static str, to: &'static str },
    /// Statements and prose are not marked by a key.
    #[error("no key marks this type: set it aside, or give everybody its points")]
    NeedsJudge,
    /// The facts are not those of the preview.
    #[error("something has changed since the preview; look at it again")]
    Changed,
    /// Every mark would stay as it is.
    #[error("this would change no mark")]
    ChangesNothing,
}

impl Refusal for RegradeRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NothingHolds { .. } => Kind::NotFound,
            Self::SameVersion | Self::Changed | Self::ChangesNothing => Kind::Conflict,
            Self::Gone | Self::TypeChanged { .. } | Self::NeedsJudge => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            Self::NothingHolds { .. } => "regrade-nothing-holds",
            Self::SameVersion => "regrade-same-version",
            Self::Gone => "regrade-question-gone",
            Self::TypeChanged { .. } => "regrade-type-changed",
            Self::NeedsJudge => "regrade-needs-judge",
            Self::Changed => "regrade-changed",
            Self::ChangesNothing => "regrade-changes-nothing",
        }
    }
    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NothingHolds { question } => BTreeMap::from([("question", Fact::from(question.as_str()))]),
            Self::TypeChanged { from, to } => BTreeMap::from([("from", Fact::from(*from)), ("to", Fact::from(*to))]),
            _ => BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests;
