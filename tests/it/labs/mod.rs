//! The SQL lab from end to end: run, save, hand in, be marked on hidden data; hostile statements over HTTP; what a stopped
//! process leaves behind.

use crate::support::{House, slug, web::Served};
use habilis::{
    academy::{self, attempt::State},
    actions::{load_content, read_attempt, save_answer, start_attempt, submit_attempt, sweep},
    base::ids::{self, Id},
    curriculum::{question::Body, source::Source},
    identity::actor::Actor,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

const COURSE: &str = "analyst-lab";

fn courses() -> Source {
    Source::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")).unwrap()
}

/// The questions of an attempt by place: id, solution, and the first statement that must fail.
async fn exercises(house: &House, attempt: Id<ids::Attempt>) -> BTreeMap<i64, (String, String, String)> {
    house
        .app
        .db
        .read(house.app.now(), move |r| {
            let form = academy::rows::form(r, attempt)?;
            let questions = academy::rows::questions(r, &form)?;
            let found = form.questions().map(|on_form| {
                let question = &questions[&on_form.hash];
                let Body::Sql(lab) = &question.body else { panic!("{} is no exercise", question.id) };
                (on_form.no, (question.id.to_string(), lab.solution.clone(), lab.must_fail[0].clone()))
            });
            Ok(found.collect())
        })
        .await
        .unwrap()
}

async fn start(house: &House, who: &Actor, quiz: &str) -> Id<ids::Attempt> {
    start_attempt::start_attempt(&house.app, who, slug(COURSE), slug(quiz)).await.unwrap()
}

async fn save(house: &House, who: &Actor, attempt: Id<ids::Attempt>, no: i64, answer: Value) {
    let save = save_answer::Save { no, revision: 0, answer, flagged: false };
    save_answer::save_answer(&house.app, who, attempt, save).await.unwrap();
}

/// Waits until so many attempts are marked: the lab may be busy with other tests' work.
pub async fn graded(house: &House, attempts: i64) {
    for _ in 0..600 {
        if house.events("attempt.graded").await == attempts {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{attempts} attempts were not marked in time");
}

async fn state(house: &House, attempt: Id<ids::Attempt>) -> State {
    let found = house.app.db.read(house.app.now(), move |r| Ok(academy::rows::attempt(r, attempt)?)).await.unwrap();
    found.unwrap().state
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statements_are_run_compared_saved_and_marked_on_hidden_data() {
    let served = Served::start(House::with(courses()).await).await;
    let (nora, token) = served.person("Nora").await;
    let attempt = start(&served.house, &nora, "check-joins").await;
    let all = exercises(&served.house, attempt).await;
    let runs = format!("/api/v1/attempts/{attempt}/runs");

    for (no, (id, solution, wrong)) in &all {
        let body = json!({ "question": no, "sql": solution, "compare": true });
        let (status, ran) = served.api(&token, Method::POST, &runs, body).await;
        assert_eq!((status, &ran["comparison"]["same"]), (StatusCode::OK, &json!(true)), "{id}: {ran}");
        let body = json!({ "question": no, "sql": wrong });
        let (status, ran) = served.api(&token, Method::POST, &runs, body).await;
        assert_eq!((status, &ran["comparison"]), (StatusCode::OK, &Value::Null), "not asked: {ran}");
    }
    let body = json!({ "question": 1, "sql": "SELECT town\nFROM merchants", "compare": true });
    let (_, ran) = served.api(&token, Method::POST, &runs, body).await;
    assert_eq!((&ran["trouble"]["code"], &ran["trouble"]["column"]), (&json!("error"), &json!(8)), "{ran}");

    // One right, one with a classic mistake, one right on what everybody sees and wrong on hidden rows.
    for (no, (id, solution, wrong)) in &all {
        let answer = match id.as_str() {
            "lab-no-orders" => "SELECT merchant_id, name FROM merchants WHERE merchant_id IN (7, 8, 10)",
            "lab-sold-returned" => wrong,
            _ => solution,
        };
        save(&served.house, &nora, attempt, *no, json!(answer)).await;
    }
    let done = submit_attempt::submit_attempt(&served.house.app, &nora, attempt, Vec::new()).await.unwrap();
    assert!(matches!(done, State::Graded | State::Submitted), "{done:?}");
    graded(&served.house, 1).await;
    let read_attempt::Seen::Marked(marked) =
        read_attempt::read_attempt(&served.house.app, &nora, attempt).await.unwrap()
    else {
        panic!("it is not marked");
    };
    for question in &marked.outcome.questions {
        let (id, ..) = &all[&question.no];
        assert_eq!(question.points == question.out_of, id == "lab-orders-per-merchant", "{id}");
    }
    let (status, _) = served.api(&token, Method::POST, &runs, json!({ "question": 1, "sql": "SELECT 1" })).await;
    assert_eq!(status, StatusCode::CONFLICT, "a closed attempt runs nothing");
    let (_, other) = served.person("Omar").await;
    let (status, _) = served.api(&other, Method::POST, &runs, json!({ "question": 1, "sql": "SELECT 1" })).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "another's attempt is nobody's business");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_stopped_process_left_is_marked_on_the_data_it_began_with() {
    let house = House::with(courses()).await;
    let nora = house.person("Nora").await;
    let attempt = start(&house, &nora, "check-grain").await;
    for (no, (_, solution, _)) in exercises(&house, attempt).await {
        save(&house, &nora, attempt, no, json!(solution)).await;
    }
    // Handed in, and then the process ends before the lab has judged.
    let content = house.app.content().unwrap();
    house
        .app
        .db
        .write(house.app.now(), move |w| {
            let found = academy::rows::attempt(w, attempt)?.unwrap();
            let by = Actor::system("test").by();
            submit_attempt::close(w, &by, &content, &found, State::Submitted)?;
            Ok::<_, habilis::base::refusal::Fault>(())
        })
        .await
        .unwrap();
    assert_eq!(state(&house, attempt).await, State::Submitted);

    // The data set changes meanwhile: nothing that was right becomes wrong.
    let mut files = courses().files().clone();
    let visible = format!("{COURSE}/datasets/marketplace/visible.sql");
    let text = String::from_utf8(files[&visible].clone()).unwrap();
    files.insert(visible, text.replace("'Atelier Cuir'", "'Atelier du cuir'").into_bytes());
    let course = format!("{COURSE}/course.yaml");
    let text = String::from_utf8(files[&course].clone()).unwrap();
    files.insert(course, text.replace("\nversion: 1\n", "\nversion: 2\n").into_bytes());
    load_content::load_content(&house.app, &Actor::operator("test"), Source::from_files(files)).await.unwrap();

    let replica = house.replica().await;
    sweep::sweep(&replica).await.unwrap();
    assert_eq!(state(&house, attempt).await, State::Graded);
    let read_attempt::Seen::Marked(marked) = read_attempt::read_attempt(&house.app, &nora, attempt).await.unwrap()
    else {
        panic!("it is not marked");
    };
    assert_eq!(marked.outcome.points, marked.outcome.out_of);
    // Doing it again changes nothing.
    sweep::sweep(&replica).await.unwrap();
    assert_eq!(house.events("attempt.graded").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_statements_end_with_a_message_and_touch_nothing() {
    let served = Served::start(House::with(courses()).await).await;
    let (_, token) = served.person("Mallory").await;
    let address = "/api/v1/courses/analyst-lab/datasets/marketplace";
    let (status, dataset) = served.api(&token, Method::GET, address, Value::Null).await;
    assert_eq!((status, dataset["tables"].as_array().unwrap().len()), (StatusCode::OK, 6));
    assert!(!dataset.to_string().contains("hidden"), "{dataset}");
    let before = served.house.events("person.invited").await;
    let file = served.house.engine.folder.path().join("habilis.db");
    let attach = format!("ATTACH '{}' AS service", file.display());
    let forever = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)";
    let deep = format!("SELECT {}1{}", "(".repeat(10_000), ")".repeat(10_000));
    for (sql, code) in [
        (format!("{forever} SELECT count(*) FROM r"), "steps"),
        (format!("{forever} SELECT n FROM r"), "rows"),
        ("SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f".into(), "steps"),
        ("SELECT printf('%.100000000c', 'x')".into(), "value"),
        ("SELECT zeroblob(1000000000)".into(), "denied"),
        ("SELECT datetime('now')".into(), "clock"),
        (attach, "not-a-question"),
        ("PRAGMA database_list".into(), "not-a-question"),
        ("SELECT * FROM people".into(), "error"),
        ("SELECT * FROM sqlite_schema".into(), "denied"),
        ("DELETE FROM orders".into(), "not-a-question"),
        ("WITH x AS (SELECT 1) DELETE FROM orders".into(), "denied"),
        ("SELECT 1; DELETE FROM orders".into(), "several"),
        ("SELECT load_extension('x')".into(), "denied"),
        (deep, "too-long"),
        ("SELECT '".to_owned() + &"x".repeat(200_000) + "'", "too-long"),
        (String::new(), "empty"),
    ] {
        let (status, ran) = served.api(&token, Method::POST, &format!("{address}/runs"), json!({ "sql": sql })).await;
        assert_eq!((status, ran["trouble"]["code"].as_str()), (StatusCode::OK, Some(code)), "{ran}");
        assert!(ran["trouble"]["detail"].as_str().unwrap().len() > 10);
    }
    assert_eq!(served.house.events("person.invited").await, before);

    // Not too often, and only who is signed in.
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        (last, _) = served.api(&token, Method::POST, &format!("{address}/runs"), json!({ "sql": "SELECT 1" })).await;
        if last != StatusCode::OK {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(served.house.events("refused").await, 1, "and that stands in the log");
    let (status, _) = served.api("no", Method::POST, &format!("{address}/runs"), json!({ "sql": "SELECT 1" })).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

/// The value of the hidden form token on a page.
fn token_of(html: &str) -> String {
    let rest = html.split("name=\"form_token\" value=\"").nth(1).expect("a form");
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_javascript_running_loses_no_answer() {
    let served = Served::start(House::with(courses()).await).await;
    let (nora, secret) = served.person("Nora").await;
    let attempt = start(&served.house, &nora, "check-grain").await;
    let path = format!("/attempts/{attempt}");
    let (_, paper) = served.page(&secret, &path).await;
    assert!(paper.contains("FROM orders") && paper.contains("merchants.merchant_id"), "starter and schema");
    assert!(!paper.contains("GROUP BY status"), "no key on the paper");
    let token = token_of(&paper);
    let all = exercises(&served.house, attempt).await;
    let numbered: BTreeMap<&str, i64> = all.iter().map(|(no, (id, ..))| (id.as_str(), *no)).collect();
    let (status_no, totals_no) = (numbered["lab-status"], numbered["lab-order-totals"]);
    let post = |fields: Vec<(String, String)>| {
        served
            .call(Method::POST, &format!("{path}/lab/{status_no}"))
            .header("cookie", format!("habilis={secret}"))
            .form(&fields)
            .send()
    };
    let fields = vec![
        ("form_token".to_owned(), token.clone()),
        ("run".to_owned(), "check".to_owned()),
        (format!("a{status_no}"), "SELECT status, count(delivered_on)\r\nFROM orders\r\nGROUP BY status".to_owned()),
        (format!("r{status_no}"), "0".to_owned()),
        (format!("a{totals_no}"), "SELECT 42 AS kept".to_owned()),
        (format!("r{totals_no}"), "0".to_owned()),
    ];
    let reply = post(fields).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let html = reply.text().await.unwrap();
    assert!(html.contains("4 rows") && html.contains("rows are missing"), "the result and the difference");
    assert!(html.contains("SELECT 42 AS kept"), "the other answer is still there");
    let (_, again) = served.page(&secret, &path).await;
    assert!(again.contains("SELECT 42 AS kept") && again.contains("count(delivered_on)"), "both are saved");

    // A script sends the statement alone, and saves nothing.
    let fields = vec![
        ("form_token".to_owned(), token),
        ("only".to_owned(), "1".to_owned()),
        ("run".to_owned(), "run".to_owned()),
        (format!("a{status_no}"), "SELECT town FROM orders".to_owned()),
    ];
    let html = post(fields).await.unwrap().text().await.unwrap();
    assert!(html.contains("no such column: town") && html.contains("Line 1, column 8"), "the error and its place");
    let (_, again) = served.page(&secret, &path).await;
    assert!(!again.contains("SELECT town"), "it was only run");

    // The playground needs no attempt.
    let play = "/courses/analyst-lab/lab/marketplace";
    let (status, page) = served.page(&secret, play).await;
    assert!(status == StatusCode::OK && page.contains("scraped_prices") && page.contains("Atelier Cuir"));
    let (status, course) = served.page(&secret, "/courses/analyst-lab").await;
    assert!(status == StatusCode::OK && course.contains(play), "the course leads there");
    let (status, _) = served.page(&secret, "/courses/analyst-lab/lab/nowhere").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exam_runs_and_never_tells() {
    let served = Served::start(House::with(courses()).await).await;
    let (nora, token) = served.person("Nora").await;
    for course in ["data-foundations", "warehouse-analyst"] {
        served.house.certify(&nora, course).await;
    }
    let attempt = start(&served.house, &nora, "final").await;
    let all = exercises(&served.house, attempt).await;
    assert_eq!(all.len(), 2);
    for (no, (_, solution, _)) in &all {
        let body = json!({ "question": no, "sql": solution, "compare": true });
        let (status, ran) = served.api(&token, Method::POST, &format!("/api/v1/attempts/{attempt}/runs"), body).await;
        assert_eq!((status, &ran["comparison"]), (StatusCode::OK, &Value::Null), "{ran}");
        assert!(!ran["rows"].as_array().unwrap().is_empty());
        save(&served.house, &nora, attempt, *no, json!(solution)).await;
    }
    submit_attempt::submit_attempt(&served.house.app, &nora, attempt, Vec::new()).await.unwrap();
    let read_attempt::Seen::Marked(marked) =
        read_attempt::read_attempt(&served.house.app, &nora, attempt).await.unwrap()
    else {
        panic!("it is not marked");
    };
    assert!(marked.outcome.passed && marked.review.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_and_handing_in_do_not_wait_for_others_statements() {
    let served = Served::start(House::with(courses()).await).await;
    let house = &served.house;
    let (nora, token) = served.person("Nora").await;
    let attempt = start(house, &nora, "check-grain").await;
    for (no, (_, solution, _)) in exercises(house, attempt).await {
        save(house, &nora, attempt, no, json!(solution)).await;
    }
    // Every worker has a statement that does not end.
    let (open, gate) = std::sync::mpsc::channel::<()>();
    let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
    let busy: Vec<_> = (0..house.app.lab.workers())
        .map(|_| {
            let (lab, gate) = (house.app.lab.clone(), std::sync::Arc::clone(&gate));
            tokio::spawn(async move { lab.run(move || gate.lock().unwrap().recv().is_ok()).await })
        })
        .collect();
    let within = std::time::Duration::from_secs(60);
    let page = served.page(&token, "/courses/analyst-lab/lab/marketplace");
    let (status, html) = tokio::time::timeout(within, page).await.expect("the playground waits for nobody");
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("merchant_id"), "{html}");
    let handing_in = submit_attempt::submit_attempt(&house.app, &nora, attempt, Vec::new());
    let done = tokio::time::timeout(within, handing_in).await.expect("nor does handing in").unwrap();
    assert_eq!(done, State::Submitted);
    for _ in &busy {
        open.send(()).unwrap();
    }
    for one in busy {
        assert!(one.await.unwrap().unwrap());
    }
    // What was begun goes on by itself.
    graded(house, 1).await;
}
