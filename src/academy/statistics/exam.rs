//! One exam: how people did, and how reliable its total is where items were answered together.

use super::{
    gather::{Sitting, first_sittings},
    measures::{self, number},
};
use crate::base::text::Slug;
use std::collections::{BTreeMap, BTreeSet};

/// An exam's first attempts.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ExamFigures {
    pub quiz: Slug,
    /// All marked attempts.
    pub attempts: usize,
    /// People: first attempts.
    pub people: usize,
    /// By the marks that were first given, as everything here; none below the least number of people.
    pub summary: Option<Summary>,
    /// By the marks that count now; none where no correction reached any of them.
    pub corrected: Option<Summary>,
    /// None where too few people answered the same items.
    pub reliability: Option<Reliability>,
}

/// How people did the first time.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Summary {
    /// The mean share of all points.
    pub mean: f64,
    /// Its standard deviation.
    pub spread: f64,
    /// The share of people who passed.
    pub passed: f64,
}

/// Cronbach's alpha over items that the same people answered.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Reliability {
    pub alpha: f64,
    /// The standard error of measurement, in percent of the most points of these items.
    pub standard_error: f64,
    pub items: usize,
    pub people: usize,
    /// Whether these items are the whole form.
    pub whole: bool,
}

/// The figures of every exam among the sittings, which come in the order in which they started.
#[must_use]
pub fn exam_figures(all: &[Sitting], least: usize) -> Vec<ExamFigures> {
    let mut exams: BTreeMap<&Slug, Vec<&Sitting>> = BTreeMap::new();
    for sitting in first_sittings(all) {
        exams.entry(&sitting.quiz).or_default().push(sitting);
    }
    exams
        .into_iter()
        .map(|(quiz, first)| ExamFigures {
            quiz: quiz.clone(),
            attempts: all.iter().filter(|sitting| sitting.quiz == *quiz).count(),
            people: first.len(),
            summary: (first.len() >= least).then(|| summary(&first, given)).flatten(),
            corrected: (first.len() >= least && first.iter().any(|sitting| sitting.corrected.is_some()))
                .then(|| summary(&first, counting))
                .flatten(),
            reliability: reliability(&first, least),
        })
        .collect()
}

/// The share of all points, and whether it passed, as first given.
fn given(sitting: &Sitting) -> (Option<f64>, bool) {
    (sitting.share(), sitting.passed)
}

/// The same as it counts now.
fn counting(sitting: &Sitting) -> (Option<f64>, bool) {
    sitting.corrected.map_or_else(|| given(sitting), |corrected| (Some(corrected.share), corrected.passed))
}

fn summary(first: &[&Sitting], of: impl Fn(&Sitting) -> (Option<f64>, bool)) -> Option<Summary> {
    let shares: Vec<f64> = first.iter().filter_map(|sitting| of(sitting).0).collect();
    let passed = first.iter().filter(|sitting| of(sitting).1).count();
    Some(Summary {
        mean: measures::mean(&shares)?,
        spread: measures::variance(&shares)?.sqrt(),
        passed: number(passed) / number(first.len()),
    })
}

/// Jointly estimable: the largest set of people with the same whole form, or else the items that everybody had.
fn reliability(first: &[&Sitting], least: usize) -> Option<Reliability> {
    let mut forms: BTreeMap<BTreeSet<&str>, Vec<&Sitting>> = BTreeMap::new();
    for sitting in first {
        forms.entry(hashes(sitting)).or_default().push(sitting);
    }
    let largest = forms.iter().filter(|(_, people)| people.len() >= least).max_by_key(|(_, people)| people.len());
    if let Some((items, people)) = largest {
        return over(items, people, true);
    }
    let mut sets = forms.keys();
    let one = sets.next()?.clone();
    let common = sets.fold(one, |common, form| common.intersection(form).copied().collect());
    if first.len() >= least { over(&common, first, false) } else { None }
}

/// The versions of the questions on a form that count.
fn hashes(sitting: &Sitting) -> BTreeSet<&str> {
    sitting.placed.iter().filter(|placed| placed.out_of > 0.0).map(|placed| placed.hash.as_str()).collect()
}

fn over(items: &BTreeSet<&str>, people: &[&Sitting], whole: bool) -> Option<Reliability> {
    let placed = |sitting: &Sitting, hash: &str| {
        sitting.placed.iter().find(|placed| placed.hash == hash).map(|placed| (placed.points, placed.out_of))
    };
    let rows: Vec<Vec<f64>> = people
        .iter()
        .map(|sitting| items.iter().filter_map(|hash| placed(sitting, hash)).map(|(points, _)| points).collect())
        .collect();
    let alpha = measures::alpha(&rows)?;
    let most: f64 = items.iter().filter_map(|hash| placed(people.first()?, hash)).map(|(_, out_of)| out_of).sum();
    let totals: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let spread = measures::variance(&totals)?.sqrt();
    Some(Reliability {
        alpha,
        standard_error: 100.0 * spread * (1.0 - alpha).max(0.0).sqrt() / most,
        items: items.len(),
        people: people.len(),
        whole,
    })
}
