//! `kill -9` during a storm of saves, and among submissions under way: what was acknowledged is there, word for word, and no
//! event is without its change.

use crate::support::{House, content, on_form, program::Program, slug};
use habilis::{
    academy::{self, attempt::State, form::FormQuestion},
    actions::start_attempt,
    base::{
        clock::Clock,
        ids::{self, Id},
    },
    db::sql,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

const PEOPLE: usize = 5;
const ROUNDS: u64 = 3;

/// What a caller knows was saved: attempt and place → revision, as acknowledged.
type Known = Arc<Mutex<BTreeMap<(String, i64), i64>>>;
/// The questions, by attempt and place.
type Asked = BTreeMap<(String, i64), FormQuestion>;

/// The answer that a place is given in its so-manieth revision: each differs from the one before, and fits the question.
fn answer(question: &FormQuestion, revision: i64) -> Value {
    let of = |n: usize| usize::try_from(revision).unwrap() % n;
    let mut tokens: Vec<String> = question.options.iter().map(|option| option.token.clone()).collect();
    tokens.sort();
    match question.question.as_str() {
        "q-num" => json!(revision.to_string()),
        "q-word" => json!(format!("the words of revision {revision}")),
        "q-tf" => json!(of(2) == 0),
        "q-many" => {
            tokens.truncate(1 + of(tokens.len()));
            json!(tokens)
        }
        _ => json!(tokens[of(tokens.len())]),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_that_was_acknowledged_is_lost() {
    let _alone = crate::support::alone().await;
    let house = House::on(content::small(), Clock::System).await;
    let mut bearers = Vec::new();
    let mut attempts: Vec<Id<ids::Attempt>> = Vec::new();
    for n in 0..PEOPLE {
        let who = house.person(&format!("Person {n}")).await;
        attempts.push(start_attempt::start_attempt(&house.app, &who, slug("alpha"), slug("final")).await.unwrap());
        bearers.push(house.bearer(&who).await);
    }
    let mut asked = Asked::new();
    for attempt in &attempts {
        for question in on_form(&house.app, *attempt).await.into_values() {
            asked.insert((attempt.to_string(), question.no), question);
        }
    }
    // One person per attempt; all are handed in in the middle of the last storm, and in each storm those of others.
    let known: Known = Arc::default();
    let mut acknowledged = Vec::new();
    let mut begun = attempts.clone();
    for round in 0..ROUNDS {
        let (mut handed, mut by) = (attempts.clone(), bearers.clone());
        if round < ROUNDS - 1 {
            (handed, by) = (Vec::new(), Vec::new());
            for n in 0..PEOPLE {
                let who = house.person(&format!("Hasty {round} {n}")).await;
                let attempt = start_attempt::start_attempt(&house.app, &who, slug("alpha"), slug("final")).await;
                handed.push(attempt.unwrap());
                by.push(house.bearer(&who).await);
            }
            begun.extend(&handed);
        }
        let program = Program::serve(&house).await;
        let storm: Vec<_> = (0..PEOPLE * 4)
            .map(|n| {
                let (person, no) = (n / 4, (n % 4 + 1) as i64);
                let (bearer, attempt) = (bearers[person].clone(), attempts[person].to_string());
                let url = program.url(&format!("/api/v1/attempts/{attempt}/answers/{no}"));
                let known = Arc::clone(&known);
                let question = asked[&(attempt.clone(), no)].clone();
                tokio::spawn(async move {
                    let client = reqwest::Client::new();
                    loop {
                        let from = known.lock().unwrap().get(&(attempt.clone(), no)).copied().unwrap_or(0);
                        let body = json!({ "revision": from, "answer": answer(&question, from + 1), "flagged": from % 2 == 0 });
                        let Ok(told) = client.put(&url).bearer_auth(&bearer).json(&body).send().await else { return };
                        let status = told.status().as_u16();
                        let Ok(saved) = told.json::<Value>().await else { return };
                        let revision = saved["revision"].as_i64();
                        match (status, revision) {
                            // 409 tells what was saved before the last kill without our hearing of it.
                            (200 | 409, Some(revision)) if saved["code"] != "attempt-closed" => {
                                known.lock().unwrap().insert((attempt.clone(), no), revision);
                            }
                            _ => return,
                        }
                    }
                })
            })
            .collect();
        // The kill comes in the middle of the storm: when every place was saved a few times in this round, and a bit later.
        let enough = |known: &Known| {
            let known = known.lock().unwrap();
            known.len() == PEOPLE * 4 && known.values().all(|revision| *revision > 4 * (round as i64 + 1))
        };
        for _ in 0..1_200 {
            if enough(&known) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(13 * round)).await;
        let mut handing_in = Vec::new();
        let (tell, mut told) = tokio::sync::mpsc::channel(PEOPLE);
        for (bearer, attempt) in by.iter().zip(&handed) {
            let url = program.url(&format!("/api/v1/attempts/{attempt}/submission"));
            let (bearer, attempt, tell) = (bearer.clone(), *attempt, tell.clone());
            handing_in.push(tokio::spawn(async move {
                let sent = reqwest::Client::new().post(url).bearer_auth(bearer).json(&json!({})).send().await;
                let done = sent.is_ok_and(|answer| answer.status().is_success());
                let _ = tell.send(done).await;
                done.then_some(attempt)
            }));
        }
        // The first is told that it is done, and the others are under way.
        assert_eq!(told.recv().await, Some(true));
        program.kill();
        for caller in storm {
            caller.await.unwrap();
        }
        for one in handing_in {
            acknowledged.extend(one.await.unwrap());
        }
        judge(&house, &attempts, &known, &asked).await;
    }
    assert!(!acknowledged.is_empty());
    // Each is handed in and marked, or neither; and never neither where that was acknowledged.
    let mut graded = 0;
    for attempt in begun {
        let found = house.app.db.read(house.app.now(), move |r| Ok(academy::rows::attempt(r, attempt)?.unwrap())).await;
        match found.unwrap().state {
            State::Graded => graded += 1,
            State::InProgress => assert!(!acknowledged.contains(&attempt), "{attempt} was acknowledged and is open"),
            other => panic!("{attempt} was left {other:?}"),
        }
    }
    assert_eq!((house.events("attempt.submitted").await, house.events("attempt.graded").await), (graded, graded));
    // It stops as gracefully as it was killed rudely.
    assert!(Program::serve(&house).await.stop());
}

async fn judge(house: &House, attempts: &[Id<ids::Attempt>], known: &Known, asked: &Asked) {
    let known = known.lock().unwrap().clone();
    assert!(known.values().any(|revision| *revision > 3), "the storm saved too little to prove anything");
    for attempt in attempts.iter().copied() {
        let (answers, events) = house
            .app
            .db
            .read(house.app.now(), move |r| {
                let answers = academy::rows::answers(r, attempt)?;
                let events: Vec<String> =
                    sql("SELECT data AS word FROM events WHERE subject_id = ? AND kind = 'attempt.answer_saved'")
                        .bind(&attempt)
                        .all(r)?;
                Ok((answers, events))
            })
            .await
            .unwrap();
        let mut told: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for event in &events {
            let data: Value = serde_json::from_str(event).unwrap();
            told.entry(data["no"].as_i64().unwrap()).or_default().push(data["revision"].as_i64().unwrap());
        }
        for ((of, no), revision) in known.iter().filter(|((of, _), _)| *of == attempt.to_string()) {
            let stored = answers.get(no).unwrap_or_else(|| panic!("{of} {no} was acknowledged and is gone"));
            assert!(stored.revision >= *revision, "{of} {no}: acknowledged {revision}, stored {}", stored.revision);
        }
        for (no, stored) in &answers {
            let mut revisions = told.remove(no).unwrap_or_default();
            revisions.sort_unstable();
            let expected = answer(&asked[&(attempt.to_string(), *no)], stored.revision);
            assert_eq!(stored.json(), expected, "{attempt} {no}: what stands there is what was sent last");
            assert_eq!(stored.flagged, stored.revision % 2 == 1);
            assert_eq!(revisions, (1..=stored.revision).collect::<Vec<_>>(), "every save has one event, and no other");
        }
        assert!(told.is_empty(), "an event without its change");
    }
}
