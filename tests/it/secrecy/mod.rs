//! Nothing that reveals a key is in any page, JSON or asset during an attempt: searched for, word by word.

mod numbers;

use crate::support::{House, kinds, on_form, slug, web::Served};
use habilis::{
    actions::start_attempt,
    base::text::Language,
    curriculum::{
        question::{Accept, BlankKey, Body, Question},
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
    let patterns = |accept: &[Accept]| {
        let pattern = |entry: &Accept| match entry {
            Accept::Regex(pattern) => Some(pattern.clone()),
            Accept::Text(_) => None,
        };
        accept.iter().filter_map(pattern).collect::<Vec<_>>()
    };
    let texts = |accept: &[Accept]| {
        let text = |entry: &Accept| match entry {
            Accept::Text(text) => Some(text.clone()),
            Accept::Regex(_) => None,
        };
        accept.iter().filter_map(text).collect::<Vec<_>>()
    };
    match &question.body {
        Body::Short { accept } => secrets.extend(patterns(accept)),
        Body::Match(matching) => {
            let whys = matching.pairs.iter().filter_map(|pair| pair.why.as_ref());
            secrets.extend(whys.flat_map(|why| Language::ALL.map(|language| why.get(language).to_owned())));
        }
        Body::Cloze { blanks, .. } => {
            for blank in blanks {
                secrets.extend(
                    blank.why.iter().flat_map(|why| Language::ALL.map(|language| why.get(language).to_owned())),
                );
                match &blank.key {
                    BlankKey::Accept(accept) => secrets.extend(patterns(accept).into_iter().chain(texts(accept))),
                    BlankKey::Choices(choices) => {
                        let whys = choices.iter().filter_map(|choice| choice.why.as_ref());
                        secrets.extend(whys.flat_map(|why| Language::ALL.map(|language| why.get(language).to_owned())));
                    }
                    BlankKey::Number(_) => {}
                }
            }
        }
        Body::FreeText { rubric, model } => {
            let texts = rubric.iter().map(|criterion| &criterion.text).chain(model);
            secrets.extend(texts.flat_map(|text| Language::ALL.map(|language| text.get(language).to_owned())));
        }
        Body::Sql(lab) => secrets.extend(lab.must_fail.iter().chain([&lab.solution]).cloned()),
        _ => {}
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_pair_order_gap_rubric_or_model_is_told_during_an_exam() {
    let served = Served::start(House::with(kinds::source()).await).await;
    let content = served.house.app.content().unwrap();
    let course = &content.curriculum.courses[&slug("kinds")];
    let order = ["item-one", "item-two", "item-three", "item-four", "item-five"];
    let pairs = ["pair-one", "pair-two", "pair-three"];
    let (mut in_order, mut aligned) = (0, 0);
    for name in ["Ana", "Ben", "Eve", "Ida", "Leo", "Mia"] {
        let (who, bearer) = served.person(name).await;
        let attempt =
            start_attempt::start_attempt(&served.house.app, &who, course.id.clone(), slug("final")).await.unwrap();
        let mut seen = Vec::new();
        for path in [format!("/attempts/{attempt}"), format!("/attempts/{attempt}/submit")] {
            let (status, html) = served.page(&bearer, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            seen.push((path, html));
        }
        let path = format!("/api/v1/attempts/{attempt}");
        let (_, paper) = served.api(&bearer, Method::GET, &path, Value::Null).await;
        for word in
            ["correct", "why", "criteria", "rubric", "model", "solution", "must_fail", "accept", "tolerance", "right"]
        {
            assert!(!paper["paper"].to_string().contains(&format!("\"{word}\":")), "the paper has {word}");
        }
        seen.push((path, paper.to_string()));
        for asset in ["attempt.js", "attempt-kinds.js", "habilis.css"] {
            let text =
                served.call(Method::GET, &format!("/assets/{asset}")).send().await.unwrap().text().await.unwrap();
            seen.push((asset.to_owned(), text));
        }
        let mut searched = 0;
        for question in course.questions() {
            for secret in secrets(question) {
                searched += 1;
                for (place, text) in &seen {
                    assert!(!text.contains(&secret), "{place} shows `{secret}` of {}", question.id);
                }
            }
        }
        assert!(searched > 60, "{searched} secrets are too few to prove anything");
        // Names of the file would tell pairs and places; only the names of gaps stand in the API's text.
        for name in order.iter().chain(&pairs).chain(&["crit-cause", "crit-clear"]) {
            for (place, text) in &seen {
                assert!(!text.contains(name), "{place} shows the name `{name}`");
            }
        }
        // How things lie tells nothing: over several attempts, neither in order nor beside their pair.
        let forms = on_form(&served.house.app, attempt).await;
        let lie = |question: &str, names: &[&str]| -> Vec<usize> {
            let options = forms[question].options.iter();
            options.filter_map(|option| names.iter().position(|name| *name == option.option.as_str())).collect()
        };
        in_order += u32::from(lie("x-order", &order).is_sorted());
        let lefts = lie("x-pairs", &pairs);
        let targets = lie("x-pairs", &["t1", "t2", "t3"]);
        aligned += u32::from(lefts == targets);
    }
    assert!(in_order < 3 && aligned < 6, "{in_order} of 6 in order, {aligned} of 6 aligned");
}
