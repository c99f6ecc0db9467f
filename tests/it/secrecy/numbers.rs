//! No number, word or gap that counts as right stands beside its own question, in any exam of the sample academy.

use super::{secrets, traces};
use crate::support::{House, on_form, slug, web::Served};
use habilis::{
    actions::start_attempt,
    base::text::{Language, Words},
    curriculum::{
        question::{Accept, BlankKey, Body, NumericAnswer, Question},
        source::Source,
    },
};
use regex::Regex;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::path::Path;

/// The exams, each after what it needs.
const COURSES: [&str; 4] = ["data-foundations", "personal-data", "warehouse-costs", "warehouse-analyst"];

/// What may stand beside a question on an open paper, and nothing else.
const FIELDS: [&str; 13] = [
    "no", "type", "ask", "ask_html", "points", "unit", "options", "targets", "text", "gaps", "dataset", "starter",
    "answer",
];

/// The numbers and words that count as right and that a learner would have to find.
fn keys(question: &Question) -> Vec<String> {
    let number = |answer: &NumericAnswer| match answer {
        NumericAnswer::Exact { value, .. } => vec![value.normalize().to_string()],
        NumericAnswer::Range { low, high } => vec![low.normalize().to_string(), high.normalize().to_string()],
    };
    let words = |accept: &[Accept]| {
        let word = |accept: &Accept| match accept {
            Accept::Text(text) | Accept::Regex(text) => text.clone(),
        };
        accept.iter().map(word).collect::<Vec<_>>()
    };
    match &question.body {
        Body::Numeric { answer, .. } => number(answer),
        Body::Short { accept } => words(accept),
        Body::Cloze { blanks, .. } => blanks
            .iter()
            .flat_map(|blank| match &blank.key {
                BlankKey::Accept(accept) => words(accept),
                BlankKey::Number(answer) => number(answer),
                BlankKey::Choices(_) => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What everybody sees of a question, in every language.
fn open(question: &Question) -> String {
    let mut seen: Vec<&Words> = vec![&question.ask];
    seen.extend(question.options().iter().map(|choice| &choice.text));
    match &question.body {
        Body::Match(matching) => {
            seen.extend(matching.pairs.iter().map(|pair| &pair.left));
            seen.extend(matching.targets.iter().map(|target| &target.text));
        }
        Body::Order { items, .. } => seen.extend(items.iter().map(|item| &item.text)),
        Body::Cloze { text, blanks } => {
            seen.push(text);
            for blank in blanks {
                if let BlankKey::Choices(choices) = &blank.key {
                    seen.extend(choices.iter().map(|choice| &choice.text));
                }
            }
        }
        _ => {}
    }
    seen.iter().flat_map(|words| Language::ALL.map(|language| words.get(language))).collect::<Vec<_>>().join("\n")
}

/// Every text and number below a value, but those of its place and its worth.
fn leaves(value: &Value, tags: &Regex, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(tags.replace_all(text, " ").into_owned()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, tags, into)),
        Value::Object(fields) => {
            let told = fields.iter().filter(|(name, _)| !["no", "points"].contains(&name.as_str()));
            told.for_each(|(_, value)| leaves(value, tags, into));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Whether a text has the word or number by itself.
fn has(text: &str, key: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(key)
        .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + key.len()..].chars().next()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_exam_tells_what_counts_as_right() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    let courses = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap();
    let served = Served::start(House::with(courses).await).await;
    let content = served.house.app.content().unwrap();
    // What a tag says of its looks is no number of the question; what would name a key in it is looked for in the page.
    let tags = Regex::new("<[^>]*>").unwrap();
    let (mut asked, mut traced) = (0, 0);
    for name in ["Ana", "Ben", "Eve"] {
        let (who, bearer) = served.person(name).await;
        for id in COURSES {
            let course = &content.curriculum.courses[&slug(id)];
            served.house.read_all(&who, id).await;
            let attempt =
                start_attempt::start_attempt(&served.house.app, &who, course.id.clone(), slug("final")).await.unwrap();
            let (status, page) = served.page(&bearer, &format!("/attempts/{attempt}")).await;
            assert_eq!(status, StatusCode::OK);
            let path = format!("/api/v1/attempts/{attempt}");
            let (_, paper) = served.api(&bearer, Method::GET, &path, Value::Null).await;
            let forms = on_form(&served.house.app, attempt).await;
            let sections = paper["paper"]["sections"].as_array().unwrap();
            for shown in sections.iter().flat_map(|section| section["questions"].as_array().unwrap()) {
                let fields: Vec<&String> = shown.as_object().unwrap().keys().collect();
                assert!(fields.iter().all(|field| FIELDS.contains(&field.as_str())), "{id} shows {fields:?}");
                let no = shown["no"].as_i64().unwrap();
                let (question, _) = forms.iter().find(|(_, on_form)| on_form.no == no).unwrap();
                let question = course.questions().find(|known| known.id.as_str() == question).unwrap();
                let seen = open(question);
                let mut told = Vec::new();
                leaves(shown, &tags, &mut told);
                for key in keys(question).into_iter().filter(|key| !has(&seen, key)) {
                    asked += 1;
                    let found = told.iter().find(|text| has(text, &key));
                    assert!(found.is_none(), "{id} tells `{key}` of {} in {found:?}", question.id);
                    let mut hints = ["placeholder", "pattern", "title", "min", "max"]
                        .map(|hint| format!(" {hint}=\"{key}"))
                        .to_vec();
                    // Small numbers are places and widths all over a page.
                    if key.len() > 3 {
                        hints.extend([format!("=\"{key}\""), format!(">{key}<")]);
                    }
                    for written in hints {
                        let elsewhere = course.questions().any(|other| has(&open(other), &key));
                        assert!(elsewhere || !page.contains(&written), "{id}'s page has {written}");
                    }
                }
            }
            // What explains, of every question of the course, drawn or not.
            for question in course.questions() {
                let seen = open(question);
                for trace in secrets(question).iter().flat_map(|secret| traces(secret)) {
                    if trace.len() > 12 && !seen.contains(&trace) {
                        traced += 1;
                        assert!(!page.contains(&trace), "{id}'s page shows `{trace}` of {}", question.id);
                        assert!(!paper.to_string().contains(&trace), "{id}'s paper shows `{trace}`");
                    }
                }
            }
            served.house.hand_in(&who, attempt, true).await.unwrap();
        }
    }
    assert!(asked > 20 && traced > 1_000, "{asked} keys and {traced} traces prove nothing");
}
