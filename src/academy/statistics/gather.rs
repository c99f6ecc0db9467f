//! From attempts to answers by question and version: who counts, and what the rest of their form was worth.

use super::item::{ItemStatistics, OptionRole, Response, figures};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        text::Slug,
    },
    curriculum::question::{Body, Choice, Question},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A marked attempt at an exam.
#[derive(Clone, Debug)]
pub struct Sitting {
    pub attempt: Id<ids::Attempt>,
    pub person: Id<ids::Person>,
    pub quiz: Slug,
    pub started_at: Time,
    /// By the marks that were first given.
    pub passed: bool,
    /// What it counts for now, where a correction reached it.
    pub corrected: Option<Corrected>,
    pub placed: Vec<Placed>,
}

/// What an attempt counts for after its latest correction.
#[derive(Clone, Copy, Debug)]
pub struct Corrected {
    /// The share of all points.
    pub share: f64,
    pub passed: bool,
}

/// A question on a form, with what the answer was worth.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    pub question: String,
    pub hash: String,
    /// Points reached, and what they were out of; 0 where the question does not count.
    pub points: f64,
    pub out_of: f64,
    /// Options that were chosen, rows that were judged rightly.
    pub chosen: BTreeSet<Slug>,
    pub seconds: Option<f64>,
    /// Points and what they are out of by the key in force, where the form holds an older version that it can mark.
    pub by_new_key: Option<(f64, f64)>,
}

impl Sitting {
    /// The share of all points but those of one place.
    #[must_use]
    pub fn rest(&self, without: usize) -> Option<f64> {
        let others = self.placed.iter().enumerate().filter(|(place, _)| *place != without).map(|(_, placed)| placed);
        let (points, out_of) = others.fold((0.0, 0.0), |sums, p| (sums.0 + p.points, sums.1 + p.out_of));
        (out_of > 0.0).then(|| points / out_of)
    }

    /// The share of all points.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        self.rest(usize::MAX)
    }
}

/// Of each person the first sitting of each exam; `all` come in the order in which they started.
#[must_use]
pub fn first_sittings(all: &[Sitting]) -> Vec<&Sitting> {
    let mut seen = HashSet::new();
    all.iter().filter(|sitting| seen.insert((sitting.person, &sitting.quiz))).collect()
}

/// What each version of each question did: by question, then by hash. `versions` are the questions by hash; below `least`
/// answers there are no figures.
#[must_use]
pub fn items(
    all: &[Sitting],
    versions: &BTreeMap<String, Question>,
    least: usize,
) -> BTreeMap<String, BTreeMap<String, ItemStatistics>> {
    let mut exposure: HashMap<&str, usize> = HashMap::new();
    for placed in all.iter().flat_map(|sitting| &sitting.placed) {
        *exposure.entry(&placed.hash).or_default() += 1;
    }
    let mut responses = responses(all, |placed| Some((placed.points, placed.out_of)));
    for placed in all.iter().flat_map(|sitting| &sitting.placed) {
        responses.entry((&placed.question, &placed.hash)).or_default();
    }
    let mut found: BTreeMap<String, BTreeMap<String, ItemStatistics>> = BTreeMap::new();
    for ((question, hash), responses) in responses {
        let options = versions.get(hash).map(options).unwrap_or_default();
        let enough = responses.len() >= least;
        let item = ItemStatistics {
            answers: responses.len(),
            exposure: exposure.get(hash).copied().unwrap_or(0),
            figures: enough.then(|| figures(&responses, &options)).flatten(),
        };
        found.entry(question.to_owned()).or_default().insert(hash.to_owned(), item);
    }
    found
}

/// What answers to older versions are worth by the key in force, by the older version's hash; `keys` are the versions in
/// force by that hash. Where the new key marks every answer as the old one did, there is nothing to tell. The rest of each
/// form is worth what was first given.
#[must_use]
pub fn by_new_key(
    all: &[Sitting],
    keys: &BTreeMap<String, Question>,
    least: usize,
) -> BTreeMap<String, ItemStatistics> {
    let mut turned: HashSet<&str> = HashSet::new();
    let mut exposure: HashMap<&str, usize> = HashMap::new();
    for placed in all.iter().flat_map(|sitting| &sitting.placed) {
        *exposure.entry(&placed.hash).or_default() += 1;
        if let Some((points, out_of)) = placed.by_new_key
            && (points * placed.out_of - placed.points * out_of).abs() > 1e-12
        {
            turned.insert(&placed.hash);
        }
    }
    let responses = responses(all, |placed| placed.by_new_key);
    responses
        .into_iter()
        .filter(|((_, hash), _)| turned.contains(hash))
        .filter_map(|((_, hash), responses)| {
            let options = options(keys.get(hash)?);
            let enough = responses.len() >= least;
            let item = ItemStatistics {
                answers: responses.len(),
                exposure: exposure.get(hash).copied().unwrap_or(0),
                figures: enough.then(|| figures(&responses, &options)).flatten(),
            };
            Some((hash.to_owned(), item))
        })
        .collect()
}

/// The answers that count by question and version, with marks from `mark`: of each person the first to each version. What
/// is out of nothing does not count.
fn responses(all: &[Sitting], mark: impl Fn(&Placed) -> Option<(f64, f64)>) -> BTreeMap<(&str, &str), Vec<Response>> {
    let mut responses: BTreeMap<(&str, &str), Vec<Response>> = BTreeMap::new();
    let mut counted: HashSet<(Id<ids::Person>, &str)> = HashSet::new();
    for sitting in first_sittings(all) {
        for (place, placed) in sitting.placed.iter().enumerate() {
            let Some((points, out_of)) = mark(placed).filter(|(_, out_of)| *out_of > 0.0) else { continue };
            if !counted.insert((sitting.person, &placed.hash)) {
                continue;
            }
            let response = Response {
                share: points / out_of,
                rest: sitting.rest(place),
                chosen: placed.chosen.clone(),
                seconds: placed.seconds,
            };
            responses.entry((&placed.question, &placed.hash)).or_default().push(response);
        }
    }
    responses
}

/// The options of a question whose choice is looked at.
fn options(question: &Question) -> Vec<(Slug, OptionRole)> {
    let grid = matches!(question.body, Body::TrueFalseGrid { .. });
    let role = |choice: &Choice| match (grid, choice.correct) {
        (true, _) => OptionRole::Row,
        (false, true) => OptionRole::Key,
        (false, false) => OptionRole::Distractor,
    };
    question.options().iter().map(|choice| (choice.id.clone(), role(choice))).collect()
}
