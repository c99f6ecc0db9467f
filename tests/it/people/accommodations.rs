//! Accommodations: the deadline is exact, the extra attempts count, and nobody else gets anything.

use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    academy::{self, attempt::Attempt},
    actions::{
        accommodate::{self, Granting},
        save_answer, start_attempt,
    },
    base::ids::{self, Id},
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};

fn granting(who: &Actor) -> Granting {
    Granting {
        person: person_id(who),
        course: None,
        quiz: None,
        time_factor_percent: 150,
        extra_attempts: 0,
        reason: "agreed with the company doctor".into(),
        from: None,
        until: None,
    }
}

async fn attempt(house: &House, id: Id<ids::Attempt>) -> Attempt {
    house.app.db.read(house.app.now(), move |r| Ok(academy::rows::attempt(r, id)?.unwrap())).await.unwrap()
}

async fn start(house: &House, who: &Actor) -> Id<ids::Attempt> {
    start_attempt::start_attempt(&house.app, who, slug("alpha"), slug("final")).await.unwrap()
}

fn seconds(attempt: &Attempt) -> i64 {
    attempt.deadline_at.unwrap().micros_since(attempt.started_at) / 1_000_000
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_time_is_exact_frozen_and_for_one_person() {
    let house = House::new().await;
    let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
    for who in [&ana, &ben] {
        house.read_all(who, "alpha").await;
    }
    let refused = accommodate::accommodate(&house.app, &ben, granting(&ana)).await.unwrap_err();
    assert_eq!(code(&refused), "capability-missing");
    for (wrong, why) in [
        (Granting { reason: " ".into(), ..granting(&ana) }, "reason-needed"),
        (Granting { time_factor_percent: 99, ..granting(&ana) }, "accommodation-factor"),
        (Granting { extra_attempts: 11, ..granting(&ana) }, "accommodation-extra"),
        (Granting { time_factor_percent: 100, ..granting(&ana) }, "accommodation-nothing"),
        (Granting { until: Some(house.app.now()), ..granting(&ana) }, "accommodation-period"),
        (Granting { course: Some(slug("omega")), ..granting(&ana) }, "no-such-content"),
    ] {
        assert_eq!(code(&accommodate::accommodate(&house.app, &house.admin, wrong).await.unwrap_err()), why);
    }
    let granted = accommodate::accommodate(&house.app, &house.admin, granting(&ana)).await.unwrap();
    let (hers, his) = (start(&house, &ana).await, start(&house, &ben).await);
    let (hers, his) = (attempt(&house, hers).await, attempt(&house, his).await);
    assert_eq!((seconds(&hers), hers.time_factor_percent), (45 * 60, 150));
    assert_eq!((seconds(&his), his.time_factor_percent), (30 * 60, 100));
    // Ending it takes nothing from the attempt that has begun.
    accommodate::end_accommodation(&house.app, &house.admin, granted, "no longer needed".into()).await.unwrap();
    assert_eq!(seconds(&attempt(&house, hers.id).await), 45 * 60);
    house.advance("PT40M");
    let save = save_answer::Save { no: 1, revision: 0, answer: serde_json::Value::Null, flagged: true };
    save_answer::save_answer(&house.app, &ana, hers.id, save.clone()).await.unwrap();
    let late = save_answer::save_answer(&house.app, &ben, his.id, save).await.unwrap_err();
    assert_eq!(code(&late), "attempt-closed");
    let again = accommodate::end_accommodation(&house.app, &house.admin, granted, "again".into()).await.unwrap_err();
    assert_eq!(code(&again), "accommodation-ended");
    // The reason is in the row, never in the log.
    assert_eq!(super::columns_with(&house, "company doctor").await, ["accommodations.reason"]);
    assert_eq!(super::columns_with(&house, "no longer needed").await, ["accommodations.ended_reason"]);
    assert_eq!((house.events("accommodation.granted").await, house.events("accommodation.ended").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_attempt_gets_the_time_and_never_loses_any() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let open = start(&house, &ana).await;
    house.advance("PT20M");
    let other = Granting { course: Some(slug("beta")), ..granting(&ana) };
    accommodate::accommodate(&house.app, &house.admin, other).await.unwrap();
    assert_eq!(seconds(&attempt(&house, open).await), 30 * 60, "another course");
    let own = Granting { course: Some(slug("alpha")), quiz: Some(slug("final")), ..granting(&ana) };
    accommodate::accommodate(&house.app, &house.admin, Granting { time_factor_percent: 200, ..own.clone() })
        .await
        .unwrap();
    assert_eq!(seconds(&attempt(&house, open).await), 60 * 60);
    accommodate::accommodate(&house.app, &house.admin, own).await.unwrap();
    assert_eq!(seconds(&attempt(&house, open).await), 60 * 60, "a smaller factor takes nothing away");
    assert_eq!(house.events("attempt.extended").await, 1);
    // One whose time was over stays over.
    house.advance("PT42M");
    accommodate::accommodate(&house.app, &house.admin, Granting { time_factor_percent: 400, ..granting(&ana) })
        .await
        .unwrap();
    assert_eq!(seconds(&attempt(&house, open).await), 60 * 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn extra_attempts_count_for_as_long_as_they_hold() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    for _ in 0..3 {
        house.take(&ana, "alpha", "final", false).await.unwrap();
        house.advance("PT25H");
    }
    let used = house.take(&ana, "alpha", "final", false).await.unwrap_err();
    assert_eq!(code(&used), "attempt-limit-reached");
    let until = house.app.now().plus_seconds(86_400);
    let more = Granting { time_factor_percent: 100, extra_attempts: 2, until: Some(until), ..granting(&ana) };
    accommodate::accommodate(&house.app, &house.admin, more).await.unwrap();
    house.take(&ana, "alpha", "final", false).await.unwrap();
    house.advance("PT25H");
    assert_eq!(code(&house.take(&ana, "alpha", "final", true).await.unwrap_err()), "attempt-limit-reached");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_one_key_an_accommodation_is_granted_once() {
    let served = Served::start(House::new().await).await;
    let admin = served.house.bearer(&served.house.admin).await;
    let (ana, _) = served.person("Ana").await;
    let path = format!("/api/v1/people/{}/accommodations", person_id(&ana));
    let grant = async |factor: i64| {
        let body = json!({ "time_factor_percent": factor, "extra_attempts": 2, "reason": "agreed" });
        let call = served.call(Method::POST, &path).bearer_auth(&admin).header("idempotency-key", "once");
        let answer = call.json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (status, first) = grant(150).await;
    assert_eq!(status, 201, "{first}");
    assert_eq!(grant(150).await, (201, first));
    let (status, reused) = grant(200).await;
    assert_eq!((status, &reused["code"]), (409, &json!("idempotency-key-reused")));
    assert_eq!(served.house.events("accommodation.granted").await, 1);
}
