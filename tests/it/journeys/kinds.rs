//! Every kind of question by plain forms: half of it, wrongly, rightly, and looked back upon.

use super::browser::{Browser, Page, Service};
use crate::support::{PASSWORD, START, kinds, on_form, token};
use habilis::{
    academy::{self, form::FormQuestion},
    base::clock::{Clock, Time},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

async fn arrive(language: &str) -> (Service, Browser) {
    let service = Service::with(kinds::source(), Clock::held(Time::parse(START).unwrap())).await;
    let browser = Browser::new(&service, language);
    let welcome = browser.open(&service.set_up).await;
    let fields = [("name", "Nadia Benali"), ("email", "nadia@example.com"), ("password", PASSWORD)];
    browser.send(&welcome, &service.set_up.clone(), &fields).await.is(200);
    (service, browser)
}

async fn start(browser: &Browser, quiz: &str) -> Page {
    let rules = browser.open(quiz).await;
    let paper = browser.send(&rules, quiz, &[]).await;
    paper.is(200);
    paper
}

async fn saved(service: &Service, paper: &str) -> BTreeMap<i64, Value> {
    let id = paper.strip_prefix("/attempts/").unwrap().parse().unwrap();
    let rows = service.app.db.read(service.app.now(), move |r| Ok(academy::rows::answers(r, id)?)).await.unwrap();
    rows.into_iter().map(|(no, row)| (no, row.json())).collect()
}

/// The name of a part's field.
fn field(question: &FormQuestion, part: &str) -> String {
    format!("a{}.{}", question.no, token(question, part))
}

async fn send(browser: &Browser, page: &Page, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let path = page.path.clone();
    browser.send(page, &path, &fields).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_is_answered_without_a_script() {
    let (service, browser) = arrive("en").await;
    let paper = start(&browser, "/quizzes/kinds/check-first").await;
    let id = paper.path.strip_prefix("/attempts/").unwrap().parse().unwrap();
    let forms = on_form(&service.app, id).await;
    let [grid, pairs, order, gaps, prose] =
        ["p-grid", "p-pairs", "p-order", "p-gaps", "p-prose"].map(|name| forms[name].clone());
    paper.says("Place of: FROM the tables").says("Gap 1 of 3").says("Gap 3 of 3").says(">agreed figures</option>");

    // Half of a grid and of the pairs, an order with a place given twice, words where a number belongs.
    let half = [
        (field(&grid, "a"), "true"),
        (field(&pairs, "pair-one"), &token(&pairs, "t1")),
        (field(&order, "item-one"), "1"),
        (field(&order, "item-two"), "1"),
        (field(&gaps, "blank-word"), "groups <b>"),
        (field(&gaps, "blank-hours"), "many"),
        (format!("a{}", prose.no), "Because.\r\n\r\nIt's so."),
        (format!("f{}", order.no), "1"),
        ("action".to_owned(), "submit"),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let wrong = send(&browser, &paper, &half).await;
    wrong.is(422).says("2 answers are not saved as you gave them").says("give each item a place, and each place once");
    wrong.says("a number belongs into one of the gaps").says("value=\"many\"").says("value=\"groups &lt;b&gt;\"");
    assert_eq!(wrong.html.matches("<option value=\"1\" selected").count(), 2, "what was chosen stays chosen");
    wrong.says(&format!("name=\"f{}\" value=\"1\" checked", order.no));
    let kept = saved(&service, &paper.path).await;
    assert_eq!(kept[&grid.no], json!({token(&grid, "a"): true}));
    assert_eq!(kept[&pairs.no], json!({token(&pairs, "pair-one"): token(&pairs, "t1")}));
    assert_eq!(kept[&prose.no], json!("Because.\n\nIt's so."));
    assert!(!kept.contains_key(&order.no) && !kept.contains_key(&gaps.no));

    // Put right; what is not touched is saved as it was and makes no new revision.
    let mended: Vec<(String, String)> = ["item-five", "item-four", "item-three", "item-two", "item-one"]
        .iter()
        .zip(1..)
        .map(|(item, place)| (field(&order, item), place.to_string()))
        .chain([(field(&gaps, "blank-hours"), "24,0".to_owned()), ("action".to_owned(), "submit".to_owned())])
        .collect();
    let confirm = send(&browser, &wrong, &mended).await;
    confirm
        .is(200)
        .at(&format!("{}/submit", paper.path))
        .says("5 questions have no answer yet")
        .says("Answered in part");
    let kept = saved(&service, &paper.path).await;
    let backwards = ["item-five", "item-four", "item-three", "item-two", "item-one"].map(|item| token(&order, item));
    assert_eq!(kept[&order.no], json!(backwards));
    assert_eq!(kept[&gaps.no], json!({token(&gaps, "blank-word"): "groups <b>", token(&gaps, "blank-hours"): "24,0"}));
    let page = browser.open(&paper.path).await;
    assert_eq!(page.html.matches(" name=\"r").count(), 10);
    page.says(&format!("name=\"r{}\" value=\"1\"", prose.no)).says("is-partly").says("It&#x27;s so.");

    // Handed in as it is: each part tells what was given and what is right.
    let confirm = browser.open(&format!("{}/submit", paper.path)).await;
    let result = browser.send(&confirm, &confirm.path, &[]).await;
    result.is(200).says("Not counted").says("SECRET-rubric-cause").says("SECRET-model").says("SECRET-grid-a");
    result.says("groups &lt;b&gt;").says("SECRETWORD").says("<strong>agreed</strong> figures").says("SECRET-pair-b");
    result.says("FROM the tables").says("raw rows").hides("groups <b>");
    // Two thirds of a grid and of the pairs are open, of three gaps one is right, and no pair of the order is.
    result.says("1 of 9 points");

    // With the key, everything counts but the prose.
    let again = start(&browser, "/quizzes/kinds/check-first").await;
    let keys = service.keys(again.path.strip_prefix("/attempts/").unwrap()).await;
    let fields: Vec<(String, String)> =
        keys.into_values().flatten().chain([("action".to_owned(), "submit".to_owned())]).collect();
    let confirm = send(&browser, &again, &fields).await;
    confirm.is(200).says("Everything is answered");
    browser.send(&confirm, &confirm.path, &[]).await.is(200).says("9 of 9 points");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn taking_an_answer_back_by_form_leaves_nothing() {
    let (service, browser) = arrive("fr").await;
    let paper = start(&browser, "/quizzes/kinds/check-first").await;
    let keys = service.keys(paper.path.strip_prefix("/attempts/").unwrap()).await;
    let fields: Vec<(String, String)> = keys.values().flatten().cloned().collect();
    let page = send(&browser, &paper, &fields).await;
    page.is(200).at(&paper.path).says("Lacune 1 sur 3");
    assert!(saved(&service, &paper.path).await.values().all(|answer| !answer.is_null()));
    // The same page once more changes nothing, whatever its line breaks.
    let before = saved(&service, &paper.path).await;
    let page = send(&browser, &page, &[]).await;
    page.is(200);
    assert_eq!(saved(&service, &paper.path).await, before);
    // Menus and fields can be emptied.
    let id = paper.path.strip_prefix("/attempts/").unwrap().parse().unwrap();
    let forms = on_form(&service.app, id).await;
    let emptied: Vec<(String, String)> = keys
        .values()
        .flatten()
        .filter(|(name, _)| {
            ["p-pairs", "p-order", "p-gaps"]
                .iter()
                .any(|question| name.starts_with(&format!("a{}.", forms[*question].no)))
                || *name == format!("a{}", forms["p-prose"].no)
        })
        .map(|(name, _)| (name.clone(), String::new()))
        .collect();
    send(&browser, &page, &emptied).await.is(200);
    let kept = saved(&service, &paper.path).await;
    for question in ["p-pairs", "p-order", "p-gaps", "p-prose"] {
        assert!(kept[&forms[question].no].is_null(), "{question}");
    }
    assert!(!kept[&forms["p-grid"].no].is_null());
}
