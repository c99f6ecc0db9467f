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
    pub passed: bool,
    pub placed: Vec<Placed>,
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
    let mut responses: BTreeMap<(&str, &str), Vec<Response>> = BTreeMap::new();
    for placed in all.iter().flat_map(|sitting| &sitting.placed) {
        responses.entry((&placed.question, &placed.hash)).or_default();
    }
    let mut counted: HashSet<(Id<ids::Person>, &str)> = HashSet::new();
    for sitting in first_sittings(all) {
        for (place, placed) in sitting.placed.iter().enumerate() {
            if placed.out_of <= 0.0 || !counted.insert((sitting.person, &placed.hash)) {
                continue;
            }
            let response = Response {
                share: placed.points / placed.out_of,
                rest: sitting.rest(place),
                chosen: placed.chosen.clone(),
                seconds: placed.seconds,
            };
            responses.entry((&placed.question, &placed.hash)).or_default().push(response);
        }
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
