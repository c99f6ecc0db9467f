//! Nothing that reveals a key is in any page, JSON or asset during an attempt: searched for, word by word.

use crate::support::{House, slug, web::Served};
use habilis::{
    actions::start_attempt,
    base::text::Language,
    curriculum::{
        question::{Accept, Body, Question},
        source::Source,
    },
};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::{path::Path, sync::Arc};

/// Every text of a question that only its author may know.
fn secrets(question: &Question) -> Vec<String> {
    let mut secrets = Vec::new();
    for language in Language::ALL {
        secrets.extend(question.why.iter().map(|why| why.get(language).to_owned()));
        for choice in question.options() {
            secrets.extend(choice.why.iter().map(|why| why.get(language).to_owned()));
        }
    }
    if let Body::Short { accept } = &question.body {
        secrets.extend(accept.iter().filter_map(|entry| match entry {
            Accept::Regex(pattern) => Some(pattern.clone()),
            Accept::Text(_) => None,
        }));
    }
    secrets.retain(|text| text.len() > 3);
    secrets
}

/// How a text may stand in HTML or JSON: whole, or a run of its words without any mark-up.
fn traces(text: &str) -> Vec<String> {
    let plain: Vec<&str> = text.split(['`', '*', '_', '<', '>', '&', '"', '\'', '\n', '\\']).map(str::trim).collect();
    plain.into_iter().filter(|run| run.len() > 12).map(str::to_owned).chain([text.to_owned()]).collect()
}

/// Whatever learners search for, no text of a bank or a quiz comes back: every word of every one is tried.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_finds_nothing_of_questions() {
    let courses = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap();
    let files: String = courses
        .files()
        .iter()
        .filter(|(path, _)| path.ends_with(".md") || path.ends_with("course.yaml") || path.ends_with("access.yaml"))
        .map(|(_, body)| String::from_utf8_lossy(body).split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let served = Served::start(House::with(courses).await).await;
    let (_, bearer) = served.person("Ana").await;
    let content = served.house.app.content().unwrap();
    let (mut searched, mut answered) = (0, 0);
    for (_, question) in content.curriculum.questions().step_by(7) {
        for secret in secrets(question).into_iter().chain([question.ask.get(Language::En).to_owned()]) {
            let words: Vec<&str> =
                secret.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).take(3).collect();
            let path = format!("/api/v1/search?limit=1000&q={}", words.join("+"));
            let (status, found) = served.api(&bearer, Method::GET, &path, Value::Null).await;
            if status != StatusCode::OK {
                continue;
            }
            searched += 1;
            answered += found["items"].as_array().unwrap().len();
            let shown = found.to_string().replace("<mark>", "").replace("</mark>", "");
            for trace in traces(&secret).into_iter().filter(|trace| !files.contains(trace.as_str())) {
                assert!(!shown.contains(&trace), "searching for {words:?} shows `{trace}` of {}", question.id);
            }
        }
    }
    assert!(searched > 100 && answered > 20, "{searched} searches with {answered} answers prove nothing");
    // Nor is there a page of results for somebody who is nobody.
    let answer = served.call(Method::GET, "/search?q=data").send().await.unwrap();
    assert!(answer.status().is_redirection() || answer.status() == StatusCode::UNAUTHORIZED);
    let (status, page) = served.page(&bearer, "/search?q=%3Cscript%3E+raw").await;
    assert!(status == StatusCode::OK && !page.contains("<script>"), "{status}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exam_shows_no_key_fraction_or_feedback() {
    let courses = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap();
    let served = Served::start(House::with(courses).await).await;
    let (ana, bearer) = served.person("Ana").await;
    let content = served.house.app.content().unwrap();
    let course = &content.curriculum.courses[&slug("data-foundations")];
    let attempt =
        start_attempt::start_attempt(&served.house.app, &ana, course.id.clone(), slug("final")).await.unwrap();

    let mut seen = Vec::new();
    for path in [
        format!("/attempts/{attempt}"),
        format!("/attempts/{attempt}/submit"),
        "/quizzes/data-foundations/final".to_owned(),
    ] {
        let (status, html) = served.page(&bearer, &path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        seen.push((path, html));
    }
    let path = format!("/api/v1/attempts/{attempt}");
    let (status, paper) = served.api(&bearer, Method::GET, &path, Value::Null).await;
    assert_eq!(status, StatusCode::OK);
    let json = paper.to_string();
    for word in
        ["\"correct\"", "\"why\"", "\"credit\"", "\"tolerance\"", "\"accept\"", "\"hash\"", "\"fraction\"", "\"regex\""]
    {
        assert!(!json.contains(word), "the paper has {word}");
    }
    seen.push((path, json));
    let (_, page) = &seen[0];
    let assets: Vec<String> =
        page.split(['"', '\'']).filter(|text| text.starts_with("/assets/")).map(str::to_owned).collect();
    assert!(!assets.is_empty());
    for asset in assets {
        let text = served.call(Method::GET, &asset).send().await.unwrap().text().await.unwrap();
        seen.push((asset, text));
    }

    let mut searched = 0;
    for question in course.questions() {
        let question: &Arc<habilis::curriculum::question::Question> = question;
        // What stands in the open anyway (the stem, an option's text) is no trace of a key.
        let open: String = Language::ALL
            .iter()
            .flat_map(|l| question.options().iter().map(move |c| c.text.get(*l)).chain([question.ask.get(*l)]))
            .collect::<Vec<_>>()
            .join("\n");
        for secret in secrets(question) {
            for trace in traces(&secret).into_iter().filter(|trace| !open.contains(trace.as_str())) {
                searched += 1;
                for (place, text) in &seen {
                    assert!(!text.contains(&trace), "{place} shows `{trace}` of {}", question.id);
                }
            }
        }
    }
    assert!(searched > 100, "{searched} traces are too few to prove anything");

    // Options carry names of this attempt only: no id of the bank, and another attempt's are refused.
    let options: Vec<&Value> = paper["paper"]["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["questions"].as_array().unwrap())
        .filter_map(|question| question["options"].as_array())
        .flatten()
        .collect();
    assert!(options.len() > 8);
    for option in options {
        let id = option["id"].as_str().unwrap();
        assert!(id.len() == 9 && id.starts_with('o'), "{id} is a name of the bank");
    }
    // The result of an exam shows the score and the objectives, never the key.
    let (status, _) = served
        .api(&bearer, Method::POST, &format!("/api/v1/attempts/{attempt}/submission"), serde_json::json!({}))
        .await;
    assert_eq!(status, StatusCode::OK);
    let (_, result) = served.page(&bearer, &format!("/attempts/{attempt}/result")).await;
    let (_, marked) = served.api(&bearer, Method::GET, &format!("/api/v1/attempts/{attempt}"), Value::Null).await;
    for question in course.exams().flat_map(|_| course.questions()) {
        for secret in secrets(question).into_iter().filter(|s| s.len() > 20) {
            assert!(!result.contains(&secret) && !marked.to_string().contains(&secret));
        }
    }
}
