//! The form of an attempt: drawn, shuffled and frozen when it starts, and never derived again.

use super::mark::Mark;
use crate::{
    base::text::{Slug, Words},
    curriculum::{
        course::Course,
        question::{BlankKey, Body, Choice, Item, Question},
        quiz::{Quiz, Review, SectionSource},
    },
};
use rand::{Rng, RngExt, seq::SliceRandom};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything that an attempt is judged by, as it stood at its start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Form {
    pub course_title: Words,
    pub title: Words,
    /// The share of all points that passes, 0 to 1.
    pub pass: Decimal,
    /// The share of an objective's points that it needs, 0 to 1.
    pub per_objective_min: BTreeMap<Slug, Decimal>,
    pub review: Review,
    pub objectives: BTreeMap<Slug, Words>,
    pub sections: Vec<FormSection>,
}

/// A part of the form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormSection {
    pub title: Option<Words>,
    pub questions: Vec<FormQuestion>,
}

/// A question of the form: which one, in which version, and how its options lie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormQuestion {
    /// Its place on this form, from 1.
    pub no: i64,
    pub question: Slug,
    pub hash: String,
    pub points: Decimal,
    pub objective: Option<Slug>,
    /// Everything on it that an answer can point at.
    pub options: Vec<FormOption>,
}

/// An option, row, item, gap or target under the name that only this attempt knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormOption {
    pub token: String,
    pub option: Slug,
    /// What it belongs to: nothing where it stands for itself.
    #[serde(default, skip_serializing_if = "Of::is_itself")]
    pub of: Of,
}

/// What an option belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Option, row, left side, item or gap: it stands for itself.
    #[default]
    Itself,
    /// Something that a left side can be matched with.
    Targets,
    /// A choice of this gap.
    Gap(Slug),
}

impl Of {
    fn is_itself(&self) -> bool {
        *self == Self::Itself
    }
}

impl FormQuestion {
    /// What an answer points at, of one kind, in the order of the form.
    pub fn options_of<'f>(&'f self, of: &'f Of) -> impl Iterator<Item = &'f FormOption> {
        self.options.iter().filter(move |option| option.of == *of)
    }

    /// The id behind a token of one kind.
    #[must_use]
    pub fn behind(&self, of: &Of, token: &str) -> Option<&Slug> {
        self.options.iter().find(|option| option.of == *of && option.token == token).map(|option| &option.option)
    }
}

impl Form {
    /// All questions in the order of the form.
    pub fn questions(&self) -> impl Iterator<Item = &FormQuestion> {
        self.sections.iter().flat_map(|section| section.questions.iter())
    }

    /// The question at a place.
    #[must_use]
    pub fn question(&self, no: i64) -> Option<&FormQuestion> {
        self.questions().find(|question| question.no == no)
    }

    /// All points of the form.
    #[must_use]
    pub fn out_of(&self) -> Mark {
        self.questions().map(|question| Mark::from_decimal(question.points)).sum()
    }
}

/// Which questions a person met lately, latest attempt first.
pub type Seen = Vec<BTreeSet<Slug>>;

/// Draws a form from a quiz. Returns it with the questions that stand on it, to be kept by their hash.
pub fn draw(course: &Course, quiz: &Quiz, seen: &Seen, rng: &mut impl Rng) -> (Form, Vec<Arc<Question>>) {
    let mut used = Vec::new();
    let mut no = 0;
    let sections = quiz
        .sections
        .iter()
        .map(|section| {
            let mut questions = match &section.source {
                SectionSource::Questions(questions) => questions.clone(),
                SectionSource::Draw { bank, count, by_objective, avoid_seen } => {
                    let pool = course.banks.get(bank).map(|bank| bank.questions.clone()).unwrap_or_default();
                    let lately: BTreeSet<&Slug> =
                        seen.iter().take(usize::try_from(*avoid_seen).unwrap_or(0)).flatten().collect();
                    pick(pool, *count, *by_objective, &lately, rng)
                }
            };
            if quiz.shuffle {
                questions.shuffle(rng);
            }
            let placed = questions
                .iter()
                .map(|question| {
                    no += 1;
                    place(no, question, rng)
                })
                .collect();
            used.extend(questions);
            FormSection { title: section.title.clone(), questions: placed }
        })
        .collect();
    let objectives = course.objectives.iter().map(|o| (o.id.clone(), o.title.clone())).collect();
    let form = Form {
        course_title: course.title.clone(),
        title: quiz.title.clone(),
        pass: quiz.pass,
        per_objective_min: quiz.per_objective_min.clone(),
        review: quiz.review,
        objectives,
        sections,
    };
    (form, used)
}

/// Takes `count` questions: unseen before seen, and where asked evenly over the objectives.
fn pick(
    mut pool: Vec<Arc<Question>>,
    count: usize,
    by_objective: bool,
    lately: &BTreeSet<&Slug>,
    rng: &mut impl Rng,
) -> Vec<Arc<Question>> {
    pool.shuffle(rng);
    pool.sort_by_key(|question| lately.contains(&question.id));
    if !by_objective {
        pool.truncate(count);
        return pool;
    }
    let mut piles: BTreeMap<Option<Slug>, std::collections::VecDeque<Arc<Question>>> = BTreeMap::new();
    for question in pool {
        piles.entry(question.objective.clone()).or_default().push_back(question);
    }
    let mut piles: Vec<_> = piles.into_values().collect();
    piles.shuffle(rng);
    let mut picked = Vec::with_capacity(count);
    while picked.len() < count && piles.iter().any(|pile| !pile.is_empty()) {
        for pile in &mut piles {
            if picked.len() < count {
                picked.extend(pile.pop_front());
            }
        }
    }
    picked
}

pub(crate) fn place(no: i64, question: &Question, rng: &mut impl Rng) -> FormQuestion {
    let mut options = Vec::new();
    let mut lay = |ids: Vec<Slug>, of: Of, shuffle: bool| lay_out(ids, &of, shuffle, &mut options, rng);
    let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect();
    let choices = |choices: &[Choice]| choices.iter().map(|choice| choice.id.clone()).collect();
    match &question.body {
        Body::Single { options } | Body::Multi { options, .. } | Body::TrueFalseGrid { rows: options } => {
            lay(choices(options), Of::Itself, question.shuffle);
        }
        Body::Match(matching) => {
            let lefts = matching.pairs.iter().map(|pair| pair.id.clone()).collect();
            lay(lefts, Of::Itself, question.shuffle);
            // In the file's order the targets would tell the pairs.
            lay(ids(&matching.targets), Of::Targets, true);
        }
        Body::Order { items, .. } => lay(ids(items), Of::Itself, true),
        Body::Cloze { blanks, .. } => {
            lay(blanks.iter().map(|blank| blank.id.clone()).collect(), Of::Itself, false);
            for blank in blanks {
                if let BlankKey::Choices(list) = &blank.key {
                    lay(choices(list), Of::Gap(blank.id.clone()), question.shuffle);
                }
            }
        }
        Body::TrueFalse { .. } | Body::Numeric { .. } | Body::Short { .. } | Body::Sql(_) | Body::FreeText { .. } => {}
    }
    FormQuestion {
        no,
        question: question.id.clone(),
        hash: question.hash(),
        points: question.points,
        objective: question.objective.clone(),
        options,
    }
}

/// Lays options out under tokens of their own, in an order that tells nothing where `shuffle` says so.
fn lay_out(mut ids: Vec<Slug>, of: &Of, shuffle: bool, options: &mut Vec<FormOption>, rng: &mut impl Rng) {
    if shuffle {
        ids.shuffle(rng);
    }
    for option in ids {
        let token = loop {
            let token = format!("o{:08x}", rng.random::<u32>());
            if options.iter().all(|other: &FormOption| other.token != token) {
                break token;
            }
        };
        options.push(FormOption { token, option, of: of.clone() });
    }
}
