//! Statements written, run and handed in with a keyboard and nothing else: on the playground, and in a quiz.

use super::keyboard::{ENTER, Keyboard, TAB, arrives, attempt_of, kept};
use crate::support::{House, browser::Browser, web::Served};
use fantoccini::Locator;
use habilis::{
    academy,
    actions::read_attempt,
    base::ids::{self, Id},
    curriculum::{question::Body, source::Source},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, time::Duration};

const ESCAPE: &str = "\u{e00c}";
const SHIFT_TAB: &str = "\u{e008}\u{e004}";
const RUN: &str = "\u{e009}\u{e007}";
const EVERYTHING: &str = "\u{e009}a";

/// The solutions of an attempt, by place.
async fn solutions(house: &House, attempt: Id<ids::Attempt>) -> BTreeMap<i64, String> {
    let read = house.app.db.read(house.app.now(), move |r| {
        let form = academy::rows::form(r, attempt)?;
        let questions = academy::rows::questions(r, &form)?;
        Ok(form
            .questions()
            .filter_map(|on_form| match &questions[&on_form.hash].body {
                Body::Sql(lab) => Some((on_form.no, lab.solution.clone())),
                _ => None,
            })
            .collect())
    });
    read.await.unwrap()
}

/// Waits until the result of a run says something.
async fn result(browser: &Browser, region: &str, words: &str) -> String {
    let mut said = String::new();
    for _ in 0..200 {
        said = browser.client.find(Locator::Id(region)).await.unwrap().text().await.unwrap();
        if said.contains(words) {
            return said;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("#{region} does not say `{words}`: {said}");
}

/// Writes a text in the place of whatever stands in an editor; where a line of it is indented, the editor has done that.
async fn write(keyboard: &Keyboard<'_>, css: &str, text: &str) {
    keyboard.to(css).await;
    keyboard.press(EVERYTHING).await;
    keyboard.press(text).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn statements_are_written_run_and_handed_in_with_a_keyboard_alone() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    let _alone = crate::support::alone().await;
    let courses = Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap();
    let served = Served::start(House::with(courses).await).await;
    let house = &served.house;
    let ana = house.person("Ana Martin").await;
    let browser = Browser::open(&served.base).await;
    browser.sign_in("ana.martin@example.com").await;
    let keyboard = Keyboard(&browser);

    // The playground: Tab indents and Shift + Tab takes it back, Enter keeps the indent, and opens one after a bracket.
    browser.go("/courses/analyst-lab/lab/marketplace").await;
    write(&keyboard, "textarea", "SELECT count(").await;
    keyboard.press(ENTER).await;
    keyboard.press("*").await;
    assert_eq!(keyboard.held("held.value").await, "SELECT count(\n  *");
    keyboard.press(TAB).await;
    assert_eq!(keyboard.held("held.value").await, "SELECT count(\n  * ");
    keyboard.press(SHIFT_TAB).await;
    assert_eq!(keyboard.held("held.value").await, "SELECT count(\n* ");
    write(&keyboard, "textarea", "SELECT 6 * 7 AS answer").await;
    let coloured = "return document.querySelector('.sql-editor pre .hl-keyword').textContent";
    assert_eq!(browser.client.execute(coloured, vec![]).await.unwrap(), "SELECT");
    let region = keyboard.held("held.id + '-result'").await.as_str().unwrap().to_owned();
    keyboard.press(RUN).await;
    result(&browser, &region, "42").await;
    assert_eq!(
        keyboard.held("held.matches('textarea')").await,
        Value::Bool(true),
        "a run leaves the focus where it is"
    );
    write(&keyboard, "textarea", "SELECT town FROM merchants").await;
    keyboard.press(RUN).await;
    result(&browser, &region, "town").await;
    // Escape, then Tab, leaves the editor: it is no trap (WCAG 2.2, 2.1.2).
    keyboard.press(ESCAPE).await;
    keyboard.press(TAB).await;
    assert_eq!(keyboard.held("held.matches('textarea')").await, Value::Bool(false));
    browser.pictures("playground").await;

    // A quiz: every statement is run, saved as it was written, and marked.
    browser.go("/quizzes/analyst-lab/check-joins").await;
    keyboard.to("form[action='/quizzes/analyst-lab/check-joins'] button").await;
    keyboard.press(ENTER).await;
    let attempt = attempt_of(&browser).await;
    let solutions = solutions(house, attempt).await;
    assert!(!solutions.is_empty());
    for (no, solution) in &solutions {
        let plain: Vec<&str> = solution.split_whitespace().collect();
        let plain = plain.join(" ");
        write(&keyboard, &format!("#a{no}"), &plain).await;
        keyboard.press(RUN).await;
        let table = format!("#a{no}-result table");
        browser.client.wait().for_element(Locator::Css(&table)).await.unwrap();
        keyboard.press(ESCAPE).await;
        keyboard.press(TAB).await;
        kept(house, attempt, *no, &json!(plain)).await;
    }
    browser.pictures("statements").await;
    keyboard.to("button[name='action'][value='submit']").await;
    keyboard.press(ENTER).await;
    arrives(&browser, &format!("/attempts/{attempt}/submit")).await;
    keyboard.to(&format!("form[action='/attempts/{attempt}/submit'] button")).await;
    keyboard.press(ENTER).await;
    arrives(&browser, &format!("/attempts/{attempt}/result")).await;
    crate::labs::graded(house, 1).await;
    let read_attempt::Seen::Marked(marked) = read_attempt::read_attempt(&house.app, &ana, attempt).await.unwrap()
    else {
        panic!("it is not marked");
    };
    for question in marked.outcome.questions.iter().filter(|question| solutions.contains_key(&question.no)) {
        assert_eq!(question.points, question.out_of, "question {}", question.no);
    }
    browser.close().await;
}
