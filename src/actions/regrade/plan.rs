//! What a correction would do: every mark that changes, and all that hangs on it.

use super::{
    Wanted,
    effects::{self, Effects},
};
use crate::{
    academy::{
        self,
        grading::Outcome,
        regrade::{Correction, Difference, RegradeRefusal, Treatment, comparable, difference},
    },
    app::Content,
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    curriculum::question::Question,
    db::Reading,
    identity::secret::hex,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A correction, worked out.
#[derive(Clone, Debug)]
pub struct Plan {
    pub course: Slug,
    pub question: Slug,
    pub treatment: Treatment,
    pub take_back: bool,
    /// The version on the forms.
    pub from: Question,
    /// The version whose key is used, where one is.
    pub to: Option<Question>,
    /// What differs between the two.
    pub difference: Difference,
    /// Marked attempts that hold the version, and how many people they are of.
    pub attempts: usize,
    pub people: usize,
    /// Attempts that hold it and are not marked yet: corrected as soon as they are.
    pub open: i64,
    /// The attempts whose mark changes, in the order of their ids.
    pub lines: Vec<Line>,
    pub tally: Tally,
    pub effects: Effects,
    /// Names exactly these facts: applying refuses others.
    pub fingerprint: String,
}

/// An attempt whose mark changes.
#[derive(Clone, Debug)]
pub struct Line {
    pub attempt: Id<ids::Attempt>,
    pub person: Id<ids::Person>,
    pub quiz: Slug,
    pub old: Outcome,
    pub new: Outcome,
}

/// How the marks move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    pub changed: usize,
    pub higher: usize,
    pub lower: usize,
    pub now_passed: usize,
    pub now_failed: usize,
}

impl Line {
    /// The old and the new mark, in hundredths of a percent.
    #[must_use]
    pub fn marks(&self) -> (i64, i64) {
        let of = |outcome: &Outcome| outcome.points.basis_points(outcome.out_of);
        (of(&self.old), of(&self.new))
    }

    /// Whether it passes now and did not, or fails now and did not.
    #[must_use]
    pub fn turns(&self) -> bool {
        self.old.passed != self.new.passed
    }
}

impl Tally {
    fn of(lines: &[Line]) -> Self {
        let count = |holds: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| holds(line)).count();
        Self {
            changed: lines.len(),
            higher: count(&|line| line.marks().1 > line.marks().0),
            lower: count(&|line| line.marks().1 < line.marks().0),
            now_passed: count(&|line| line.turns() && line.new.passed),
            now_failed: count(&|line| line.turns() && !line.new.passed),
        }
    }
}

/// Works a correction out.
///
/// # Errors
/// Nothing holds the question, the treatment does not fit it, or the database is away.
pub(super) fn plan(r: &mut Reading<'_>, content: &Content, wanted: &Wanted) -> Result<Plan, Fault> {
    let (course, question) = (&wanted.course, &wanted.question);
    let nothing = || RegradeRefusal::NothingHolds { question: question.to_string() };
    let in_force = content.curriculum.courses.get(course);
    let present = in_force.and_then(|course| course.questions().find(|found| found.id == *question));
    let present_hash = present.map(|found| found.hash());
    let by_key = wanted.treatment == Treatment::NewKey;
    let met = academy::rows::met_versions(r, course, question)?;
    let from_hash = match &wanted.from {
        Some(hash) => met.iter().find(|version| version.hash == *hash),
        None => met.iter().find(|version| !by_key || Some(&version.hash) != present_hash.as_ref()),
    };
    let Some(from_hash) = from_hash.map(|version| version.hash.clone()) else {
        let only_present = by_key && wanted.from.is_none() && !met.is_empty();
        return Err(if only_present { RegradeRefusal::SameVersion } else { nothing() }.into());
    };
    let from = academy::rows::question(r, &from_hash)?;
    let to = match (by_key, present) {
        (false, _) => None,
        (true, None) => return Err(RegradeRefusal::Gone.into()),
        (true, Some(_)) if present_hash.as_ref() == Some(&from_hash) => return Err(RegradeRefusal::SameVersion.into()),
        (true, Some(present)) => {
            comparable(&from, present)?;
            Some(Question::clone(present))
        }
    };
    let correction = Correction { from: &from_hash, treatment: wanted.treatment, to: to.as_ref() };
    let holding = academy::rows::holding(r, course, &from_hash, &from)?;
    let attempts = holding.len();
    let people = holding.iter().map(|held| held.person_id).collect::<BTreeSet<_>>().len();
    let lines: Vec<Line> = holding
        .into_iter()
        .filter_map(|held| {
            let new = correction.apply(&held.form, &held.outcome, &held.answers);
            let (attempt, person, quiz) = (held.id, held.person_id, held.quiz_id);
            (new != held.outcome).then_some(Line { attempt, person, quiz, old: held.outcome, new })
        })
        .collect();
    let mut turning: BTreeMap<Id<ids::Person>, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.turns()) {
        turning.entry(line.person).or_default().push(line);
    }
    let effects = match in_force {
        Some(course) => effects::effects(r, content, course, &turning, wanted.take_back)?,
        None => Effects::default(),
    };
    let open = academy::rows::open_holding(r, course, &from_hash)?;
    let last = academy::rows::regrades(r, Some(course), Some(question), 1)?;
    let moves: Vec<_> = lines.iter().map(|line| json!([line.attempt, line.old, line.new])).collect();
    let facts = json!({
        "course": course,
        "question": question,
        "from": from_hash,
        "to": to.as_ref().map(Question::hash),
        "treatment": wanted.treatment,
        "take_back": wanted.take_back,
        "last": last.first().map(|row| row.id),
        "moves": moves,
        "effects": effects.facts(wanted.take_back),
    });
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, facts.to_string().as_bytes());
    let mut fingerprint = hex(digest.as_ref());
    fingerprint.truncate(32);
    Ok(Plan {
        course: course.clone(),
        question: question.clone(),
        treatment: wanted.treatment,
        take_back: wanted.take_back,
        difference: to.as_ref().map(|to| difference(&from, to)).unwrap_or_default(),
        from,
        to,
        attempts,
        people,
        open,
        tally: Tally::of(&lines),
        lines,
        effects,
        fingerprint,
    })
}
