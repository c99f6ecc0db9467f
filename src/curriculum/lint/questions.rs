//! Checks of how questions are written: what gives the key away, what explains nothing, what repeats.

use super::View;
use crate::{
    base::text::{Language, Words, folded},
    curriculum::{
        question::{Accept, Blank, Body, Choice, Question, read::richer::check_gaps},
        report::Place,
    },
};
use std::{collections::BTreeSet, sync::Arc};

/// From so many questions on, habits of the author are judged.
const ENOUGH: usize = 5;
/// Two stems that share this much of their groups of three words are near-duplicates, in percent.
const ALIKE: usize = 70;

/// What an option must not say when the options are shuffled.
const ALL_OF_THE_ABOVE: [&str; 11] = [
    "all of the above",
    "none of the above",
    "all the above",
    "both of the above",
    "toutes les reponses ci-dessus",
    "toutes ces reponses",
    "aucune des reponses",
    "aucune de ces reponses",
    "todas las anteriores",
    "ninguna de las anteriores",
    "todas las respuestas anteriores",
];

pub(super) fn check(view: &mut View<'_>) {
    let course = view.course;
    for question in course.questions() {
        reasons(view, question);
        above(view, question);
        unanchored(view, question);
        let languages: Vec<Language> = course.languages.iter().copied().filter(|l| *l != Language::En).collect();
        for language in languages {
            translation(view, question, language);
        }
    }
    for bank in course.banks.values() {
        habits(view, &["bank", bank.id.as_str()], &bank.questions);
    }
    for quiz in &course.quizzes {
        let inline: Vec<_> = quiz.inline().cloned().collect();
        habits(view, &["quiz", quiz.id.as_str()], &inline);
    }
    alike(view);
}

/// Every option, or else the question, says why. Rows, pairs and gaps may do so one by one; a model answer says it for prose.
fn reasons(view: &mut View<'_>, question: &Question) {
    let id = question.id.as_str();
    let whole = match &question.body {
        Body::Single { .. } | Body::Multi { .. } => false,
        Body::FreeText { model, .. } => question.why.is_some() || model.is_some(),
        _ => question.why.is_some(),
    };
    if whole {
        return;
    }
    let silent: Vec<String> = match &question.body {
        Body::Single { options } | Body::Multi { options, .. } | Body::TrueFalseGrid { rows: options } => {
            options.iter().filter(|o| o.why.is_none()).map(|o| format!("`{}`", o.id)).collect()
        }
        Body::Match(matching) => {
            matching.pairs.iter().filter(|pair| pair.why.is_none()).map(|pair| format!("`{}`", pair.id)).collect()
        }
        Body::Cloze { blanks, .. } => {
            blanks.iter().filter(|blank| blank.why.is_none()).map(|blank| format!("`{}`", blank.id)).collect()
        }
        _ => {
            let more = if question.needs_person() { " and has no `model`" } else { "" };
            view.warn(&["question", id], "missing-why", format!("the question `{id}` does not say why{more}"));
            return;
        }
    };
    let (word, list) = match &question.body {
        Body::TrueFalseGrid { .. } => ("row", "rows"),
        Body::Match(_) => ("pair", "pairs"),
        Body::Cloze { .. } => ("gap", "blanks"),
        _ => ("option", "options"),
    };
    if !silent.is_empty() {
        let (plural, do_not) = if silent.len() == 1 { ("", "does not") } else { ("s", "do not") };
        let message = format!("the {word}{plural} {} of `{id}` {do_not} say why", silent.join(", "));
        view.warn(&["question", id, list], "missing-why", message);
    }
}

fn above(view: &mut View<'_>, question: &Question) {
    if !question.shuffle {
        return;
    }
    for option in question.options() {
        let says = |language| {
            let text = folded(option.text.get(language));
            ALL_OF_THE_ABOVE.iter().any(|phrase| text.contains(phrase))
        };
        if Language::ALL.into_iter().any(says) {
            let id = question.id.as_str();
            let message = format!(
                "the option `{}` of `{id}` points at the options above it, and they are shuffled; write `shuffle: false`, or better another option",
                option.id
            );
            view.warn(&["question", id, "options"], "all-of-the-above", message);
        }
    }
}

/// A pattern that is not anchored accepts anything around what it looks for.
fn unanchored(view: &mut View<'_>, question: &Question) {
    let (accepts, key): (Vec<&Accept>, _) = match &question.body {
        Body::Short { accept } => (accept.iter().collect(), "accept"),
        Body::Cloze { blanks, .. } => (blanks.iter().flat_map(|blank| blank.key.accepts()).collect(), "blanks"),
        _ => return,
    };
    for accept in accepts {
        let Accept::Regex(text) = accept else { continue };
        let bare = text.trim_start_matches("(?i)").trim_start_matches("(?s)");
        if !(bare.starts_with('^') || bare.starts_with("\\A")) || !(bare.ends_with('$') || bare.ends_with("\\z")) {
            let id = question.id.as_str();
            let message =
                format!("the pattern `{text}` of `{id}` accepts anything around it; begin with ^ and end with $");
            view.warn(&["question", id, key], "unanchored-regex", message);
        }
    }
}

/// One warning for a question that is not wholly translated.
fn translation(view: &mut View<'_>, question: &Question, language: Language) {
    let mut missing = Vec::new();
    let whole = |text: &Words| !text.has(Language::En) || text.has(language);
    if !whole(&question.ask) {
        missing.push("`ask`".to_owned());
    }
    if question.why.as_ref().is_some_and(|why| !why.has(language)) {
        missing.push("`why`".to_owned());
    }
    match &question.body {
        Body::Cloze { text, blanks } => {
            if text.has(language) {
                let at = translated_at(view, question, language);
                check_gaps(text, language, blanks, &at, view.report);
            } else {
                missing.push("`text`".to_owned());
            }
            let silent = |blank: &&Blank| blank.why.as_ref().is_some_and(|why| !why.has(language));
            missing.extend(blanks.iter().filter(silent).map(|blank| format!("`why` of gap `{}`", blank.id)));
        }
        Body::FreeText { model: Some(model), .. } if !model.has(language) => missing.push("`model`".to_owned()),
        _ => {}
    }
    for part in question.parts() {
        let why = part.why.and_then(Option::as_ref).is_some_and(|why| !why.has(language));
        let name = part.list.trim_end_matches('s');
        match (part.text.has(language), why) {
            (true, false) => {}
            (false, _) => missing.push(format!("{name} `{}`", part.id)),
            (true, true) => missing.push(format!("`why` of {name} `{}`", part.id)),
        }
    }
    if missing.is_empty() {
        return;
    }
    let id = question.id.as_str();
    let message =
        format!("the question `{id}` is not wholly translated to `{}`: {}", language.tag(), missing.join(", "));
    let at = translated_at(view, question, language);
    view.report.warning(&at, "missing-translation", message);
}

/// Where a question's translation was begun, or else the question itself.
fn translated_at(view: &View<'_>, question: &Question, language: Language) -> Place {
    let id = question.id.as_str();
    let begun = [view.course.id.as_str(), "translation", language.tag(), id];
    if view.places.has(&begun) { view.places.of(&begun) } else { view.at(&["question", id]) }
}

/// What test-wise people would notice in a set of questions without knowing the subject.
fn habits(view: &mut View<'_>, path: &[&str], questions: &[Arc<Question>]) {
    let singles: Vec<&[Choice]> = questions
        .iter()
        .filter_map(
            |question| if let Body::Single { options } = &question.body { Some(options.as_slice()) } else { None },
        )
        .collect();
    let total = singles.len();
    if total >= ENOUGH {
        let longest = singles.iter().filter(|options| key_is_longest(options)).count();
        if longest * 10 > total * 6 {
            let message = format!("in {longest} of {total} single-choice questions the correct option is the longest");
            view.warn(path, "longest-is-correct", message);
        }
        let mut positions = [0_usize; 26];
        for options in &singles {
            let key = options.iter().position(|option| option.correct);
            if let Some(count) = key.and_then(|key| positions.get_mut(key)) {
                *count += 1;
            }
        }
        let most = positions.iter().zip('a'..='z').max_by_key(|(count, _)| **count);
        if let Some((count, letter)) = most.filter(|(count, _)| **count * 10 > total * 6) {
            let message = format!(
                "in {count} of {total} single-choice questions the correct option is the one at place {letter}"
            );
            view.warn(path, "position-bias", message);
        }
    }
    let truths: Vec<bool> = questions
        .iter()
        .filter_map(|question| if let Body::TrueFalse { answer } = question.body { Some(answer) } else { None })
        .collect();
    if truths.len() >= ENOUGH
        && let Some(first) = truths.first().filter(|first| truths.iter().all(|truth| truth == *first))
    {
        let message = format!("all {} true-or-false statements here are {first}", truths.len());
        view.warn(path, "position-bias", message);
    }
}

/// Whether the correct option is longer than every other.
fn key_is_longest(options: &[Choice]) -> bool {
    let length = |option: &Choice| option.text.get(Language::En).chars().count();
    let key = options.iter().filter(|option| option.correct).map(length).max().unwrap_or(0);
    options.iter().filter(|option| !option.correct).all(|option| length(option) < key)
}

/// Stems that ask nearly the same.
fn alike(view: &mut View<'_>) {
    let questions: Vec<&Arc<Question>> = view.course.questions().take(1_500).collect();
    let stems: Vec<BTreeSet<u64>> = questions.iter().map(|question| shingles(question)).collect();
    let mut found = Vec::new();
    for (at, (one, stem)) in questions.iter().zip(&stems).enumerate() {
        for (other, earlier) in questions.iter().zip(&stems).take(at) {
            // Sets of very different sizes cannot share enough; this spares most comparisons.
            let (small, large) = (stem.len().min(earlier.len()), stem.len().max(earlier.len()));
            if small < 4 || small * 100 < large * ALIKE {
                continue;
            }
            let shared = stem.intersection(earlier).count();
            if shared * 100 >= (stem.len() + earlier.len() - shared) * ALIKE {
                found.push((one.id.clone(), other.id.clone()));
                break;
            }
        }
    }
    for (one, other) in found {
        let at = view.at(&["question", other.as_str()]);
        let message = format!("`{one}` asks nearly the same as `{other}` ({}, line {})", at.file, at.line);
        view.warn(&["question", one.as_str(), "ask"], "near-duplicate", message);
    }
}

/// The groups of three words of a stem, and of what there is to tick, each as a number.
fn shingles(question: &Question) -> BTreeSet<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut text = folded(question.ask.get(Language::En));
    if let Body::Cloze { text: gaps, .. } = &question.body {
        text.push_str(&folded(gaps.get(Language::En)));
    }
    for part in question.parts() {
        text.push(' ');
        text.push_str(&folded(part.text.get(Language::En)));
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |group: &[&str]| {
        let mut hasher = DefaultHasher::new();
        group.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(3).map(number).collect()
}
