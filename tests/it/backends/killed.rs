//! `kill -9` during a storm of saves and submits: what was acknowledged is there, and no event is without its change.

use crate::support::{House, content, program::Program, slug};
use habilis::{
    academy,
    actions::start_attempt,
    base::{
        clock::Clock,
        ids::{self, Id},
    },
    db::sql,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

const PEOPLE: usize = 5;
const ROUNDS: u64 = 3;

/// What a caller knows was saved: attempt and place → revision and answer, as acknowledged.
type Known = Arc<Mutex<BTreeMap<(String, i64), (i64, String)>>>;

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
    // One person per attempt; the last one's is submitted in the middle of the last storm.
    let known: Known = Arc::default();
    let submitted = Arc::new(Mutex::new(false));
    for round in 0..ROUNDS {
        let program = Program::serve(&house).await;
        let storm: Vec<_> = (0..PEOPLE * 4)
            .map(|n| {
                let (person, no) = (n / 4, (n % 4 + 1) as i64);
                let (bearer, attempt) = (bearers[person].clone(), attempts[person].to_string());
                let url = program.url(&format!("/api/v1/attempts/{attempt}/answers/{no}"));
                let known = Arc::clone(&known);
                tokio::spawn(async move {
                    let client = reqwest::Client::new();
                    loop {
                        let from =
                            known.lock().unwrap().get(&(attempt.clone(), no)).map_or(0, |(revision, _)| *revision);
                        // Taking an answer back fits every kind of question; the flag tells revisions apart.
                        let body = serde_json::json!({ "revision": from, "answer": null, "flagged": from % 2 == 0 });
                        let Ok(answer) = client.put(&url).bearer_auth(&bearer).json(&body).send().await else { return };
                        let status = answer.status().as_u16();
                        let Ok(saved) = answer.json::<serde_json::Value>().await else { return };
                        let revision = saved["revision"].as_i64();
                        match (status, revision) {
                            // 409 tells what was saved before the last kill without our hearing of it.
                            (200 | 409, Some(revision)) if saved["code"] != "attempt-closed" => {
                                known.lock().unwrap().insert((attempt.clone(), no), (revision, status.to_string()));
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
            known.len() == PEOPLE * 4 && known.values().all(|(revision, _)| *revision > 4 * (round as i64 + 1))
        };
        for _ in 0..1_200 {
            if enough(&known) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(13 * round)).await;
        if round == ROUNDS - 1 {
            let url = program.url(&format!("/api/v1/attempts/{}/submission", attempts[PEOPLE - 1]));
            let sent =
                reqwest::Client::new().post(url).bearer_auth(&bearers[PEOPLE - 1]).json(&serde_json::json!({})).send();
            let answer = sent.await.unwrap();
            let (status, words) = (answer.status(), answer.text().await.unwrap());
            assert!(status.is_success(), "the submission was answered with {status}: {words}");
            *submitted.lock().unwrap() = true;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program.kill();
        for caller in storm {
            caller.await.unwrap();
        }
        judge(&house, &attempts, &known).await;
    }
    assert!(*submitted.lock().unwrap(), "the submission was answered before the kill");
    let last = attempts[PEOPLE - 1];
    let state =
        house.app.db.read(house.app.now(), move |r| Ok(academy::rows::attempt(r, last)?.unwrap().state)).await.unwrap();
    assert_eq!(state, academy::attempt::State::Graded);
    assert_eq!(house.events("attempt.submitted").await, house.events("attempt.graded").await);
    // It stops as gracefully as it was killed rudely.
    assert!(Program::serve(&house).await.stop());
}

async fn judge(house: &House, attempts: &[Id<ids::Attempt>], known: &Known) {
    let known = known.lock().unwrap().clone();
    assert!(known.values().any(|(revision, _)| *revision > 3), "the storm saved too little to prove anything");
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
            let data: serde_json::Value = serde_json::from_str(event).unwrap();
            told.entry(data["no"].as_i64().unwrap()).or_default().push(data["revision"].as_i64().unwrap());
        }
        for ((of, no), (revision, _)) in known.iter().filter(|((of, _), _)| *of == attempt.to_string()) {
            let stored = answers.get(no).unwrap_or_else(|| panic!("{of} {no} was acknowledged and is gone"));
            assert!(stored.revision >= *revision, "{of} {no}: acknowledged {revision}, stored {}", stored.revision);
        }
        for (no, stored) in &answers {
            let mut revisions = told.remove(no).unwrap_or_default();
            revisions.sort_unstable();
            assert_eq!(revisions, (1..=stored.revision).collect::<Vec<_>>(), "every save has one event, and no other");
        }
        assert!(told.is_empty(), "an event without its change");
    }
}
