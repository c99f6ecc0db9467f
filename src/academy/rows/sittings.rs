//! Marked exams as statistics see them, read in two queries whatever the number of people.

use crate::{
    academy::{
        answer::Answer,
        form::{FormOption, FormQuestion, Of},
        mark::Mark,
        regrade::{Correction, Treatment},
        statistics::{Corrected, Placed, Sitting},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    curriculum::{
        course::Course,
        question::{Body, Question},
    },
    db::{Reading, sql, sql::row},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// As much of a form as statistics need.
#[derive(Deserialize)]
struct LightForm {
    sections: Vec<LightSection>,
}
#[derive(Deserialize)]
struct LightSection {
    questions: Vec<FormQuestion>,
}

/// As much of a result.
#[derive(Deserialize)]
struct LightResult {
    points: String,
    out_of: String,
    passed: bool,
    questions: Vec<LightMark>,
}
#[derive(Deserialize)]
struct LightMark {
    no: i64,
    points: String,
    out_of: String,
}

impl LightResult {
    /// The share of all points; nothing where nothing counts.
    fn share(&self) -> f64 {
        let out_of = fraction(&self.out_of);
        if out_of > 0.0 { fraction(&self.points) / out_of } else { 0.0 }
    }
}

/// A fraction `n/d` as a number.
fn fraction(text: &str) -> f64 {
    let parts = text.split_once('/').and_then(|(n, d)| Some((n.parse::<f64>().ok()?, d.parse::<f64>().ok()?)));
    parts.filter(|(_, d)| *d != 0.0).map_or(0.0, |(n, d)| n / d)
}

/// Every version of a course's questions that stood on a form, by hash. What another course shares word by word is kept once,
/// for the course that met it first, so the questions in force are looked for by their ids, too.
///
/// # Errors
/// The database is away, or one does not read back.
pub fn question_versions(r: &mut Reading<'_>, course: &Course) -> Result<BTreeMap<String, Question>, Broken> {
    row! { struct Kept { hash: String, body: String } }
    let ids: BTreeSet<&Slug> = course.questions().map(|question| &question.id).collect();
    let shared = if ids.is_empty() {
        String::new()
    } else {
        format!(" OR question_id IN ({})", vec!["?"; ids.len()].join(", "))
    };
    let mut statement =
        sql(format!("SELECT hash, body FROM question_versions WHERE course_id = ?{shared}")).bind(&course.id);
    for id in ids {
        statement = statement.bind(id);
    }
    let kept: Vec<Kept> = statement.all(r)?;
    kept.into_iter()
        .map(|kept| {
            let question = serde_json::from_str(&kept.body)
                .map_err(|error| Broken::defect(format!("the question {}: {error}", kept.hash)))?;
            Ok((kept.hash, question))
        })
        .collect()
}

/// The marked attempts at a course's exams, in the order in which they started, with the marks that were given by the key
/// on the form, and beside them what they count for. Voided ones are not among them. `keys` are versions in force by the
/// hash of an older one whose answers are to be looked at by the new key.
///
/// # Errors
/// The database is away, or a form does not read back.
pub fn sittings(
    r: &mut Reading<'_>,
    course: &Slug,
    versions: &BTreeMap<String, Question>,
    keys: &BTreeMap<String, Question>,
) -> Result<Vec<Sitting>, Broken> {
    row! {
        struct Kept {
            id: Id<ids::Attempt>,
            person_id: Id<ids::Person>,
            quiz_id: Slug,
            started_at: Time,
            form: String,
            result: Option<String>,
            corrected: Option<String>,
        }
    }
    let kept: Vec<Kept> = sql("SELECT id, person_id, quiz_id, started_at, form, result, \
                               (SELECT c.new_result FROM regrade_results c WHERE c.attempt_id = attempts.id \
                               ORDER BY c.round DESC LIMIT 1) AS corrected FROM attempts \
                               WHERE course_id = ? AND kind = 'exam' AND state = 'graded' ORDER BY started_at, id")
    .bind(course)
    .all(r)?;
    let mut answers = answers(r, course)?;
    let mut sittings = Vec::with_capacity(kept.len());
    for kept in kept {
        let broken =
            |what: &str, error: &dyn std::fmt::Display| Broken::defect(format!("{what} of {}: {error}", kept.id));
        let form: LightForm = serde_json::from_str(&kept.form).map_err(|error| broken("the form", &error))?;
        let result: LightResult = match &kept.result {
            Some(text) => serde_json::from_str(text).map_err(|error| broken("the result", &error))?,
            None => continue,
        };
        let corrected: Option<LightResult> = match &kept.corrected {
            Some(text) => Some(serde_json::from_str(text).map_err(|error| broken("the correction", &error))?),
            None => None,
        };
        let answers = answers.remove(&kept.id.to_string()).unwrap_or_default();
        let seconds = gaps(kept.started_at, answers.iter().filter_map(|said| Some((said.first?, said.no))).collect());
        let placed = form.sections.into_iter().flat_map(|section| section.questions).map(|on_form| {
            let mark = result.questions.iter().find(|mark| mark.no == on_form.no);
            let answer = answers.iter().find(|said| said.no == on_form.no).map(|said| said.answer.as_str());
            let version = versions.get(&on_form.hash);
            let chosen = version.map(|question| chosen(question, &on_form.options, answer));
            let by_new_key = version.zip(keys.get(&on_form.hash)).map(|(from, to)| by_key(from, to, &on_form, answer));
            Placed {
                points: mark.map_or(0.0, |mark| fraction(&mark.points)),
                out_of: mark.map_or(0.0, |mark| fraction(&mark.out_of)),
                chosen: chosen.unwrap_or_default(),
                seconds: seconds.get(&on_form.no).copied(),
                by_new_key,
                question: on_form.question.to_string(),
                hash: on_form.hash,
            }
        });
        let placed: Vec<Placed> = placed.collect();
        // A made-up record without its paper tells nothing.
        if placed.is_empty() {
            continue;
        }
        sittings.push(Sitting {
            attempt: kept.id,
            person: kept.person_id,
            placed,
            quiz: kept.quiz_id,
            started_at: kept.started_at,
            passed: result.passed,
            corrected: corrected.map(|result| Corrected { share: result.share(), passed: result.passed }),
        });
    }
    Ok(sittings)
}

/// What an answer to one version is worth by the key of another: points, and what they are out of.
fn by_key(from: &Question, to: &Question, on_form: &FormQuestion, answer: Option<&str>) -> (f64, f64) {
    let value = answer.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let correction = Correction { from: &on_form.hash, treatment: Treatment::NewKey, to: Some(to) };
    let (points, out_of) = correction.mark(on_form, &Answer::restore(&value, on_form, from));
    let told = |mark: Mark| fraction(&mark.to_string());
    (told(points), told(out_of))
}

/// The options that an answer chose; of a grid, the rows that it judged rightly.
fn chosen(question: &Question, options: &[FormOption], answer: Option<&str>) -> BTreeSet<Slug> {
    let choices = question.options();
    let value =
        if choices.is_empty() { None } else { answer.and_then(|text| serde_json::from_str::<Value>(text).ok()) };
    let Some(value) = value else { return BTreeSet::new() };
    let behind = |token: &str| {
        let found = options.iter().find(|option| option.of == Of::Itself && option.token == token);
        found.map(|option| option.option.clone())
    };
    match (&question.body, &value) {
        (Body::TrueFalseGrid { .. }, Value::Object(rows)) => rows
            .iter()
            .filter_map(|(token, truth)| Some((behind(token)?, truth.as_bool()?)))
            .filter(|(row, truth)| choices.iter().any(|choice| choice.id == *row && choice.correct == *truth))
            .map(|(row, _)| row)
            .collect(),
        (_, Value::String(token)) => behind(token).into_iter().collect(),
        (_, Value::Array(tokens)) => tokens.iter().filter_map(Value::as_str).filter_map(behind).collect(),
        _ => BTreeSet::new(),
    }
}

/// An answer as JSON, and when it was first saved, where that is known.
struct Said {
    no: i64,
    answer: String,
    first: Option<Time>,
}

/// Answers by attempt.
fn answers(r: &mut Reading<'_>, course: &Slug) -> Result<HashMap<String, Vec<Said>>, Broken> {
    row! { struct Kept { attempt_id: String, question_no: i64, answer: String, first_saved_at: Option<Time> } }
    let said: Vec<Kept> = sql("SELECT s.attempt_id, s.question_no, s.answer, s.first_saved_at FROM attempts a \
                               JOIN answers s ON s.attempt_id = a.id \
                               WHERE a.course_id = ? AND a.kind = 'exam' AND a.state = 'graded'")
    .bind(course)
    .all(r)?;
    let mut answers: HashMap<String, Vec<Said>> = HashMap::new();
    for kept in said {
        let said = Said { no: kept.question_no, answer: kept.answer, first: kept.first_saved_at };
        answers.entry(kept.attempt_id).or_default().push(said);
    }
    Ok(answers)
}

/// Seconds from each first save to the first save before it, by place. Approximate: whoever reads ahead, or comes back later,
/// spends the time elsewhere. What was saved together with something else tells nothing.
fn gaps(started_at: Time, mut saves: Vec<(Time, i64)>) -> HashMap<i64, f64> {
    saves.sort_unstable();
    let mut before = started_at;
    let mut gaps = HashMap::new();
    for (at, no) in saves {
        let milliseconds = i32::try_from(at.micros_since(before) / 1_000).unwrap_or(i32::MAX);
        if milliseconds >= 1_000 {
            gaps.insert(no, f64::from(milliseconds) / 1_000.0);
        }
        before = at;
    }
    gaps
}
