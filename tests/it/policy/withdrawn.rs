//! What is ended before it begins is over from then on, in every list and every answer; and of a moment before anything happened,
//! the answers know nothing of it.

use crate::support::{House, person_id, slug, web::Served};
use habilis::{
    access::{
        grant::State,
        rows::{self, HolderFilter, LockKind, Standing},
    },
    actions::{hold_grant, lock, request_role, revoke_certificate, revoke_grant},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
    },
    certification,
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};

async fn get(served: &Served, bearer: &str, path: &str) -> Value {
    let (status, body) = served.api(bearer, Method::GET, &format!("/api/v1{path}"), Value::Null).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// Somebody's grants by what the holders' list finds at a moment, with how each stands.
async fn listed(house: &House, at: Time, state: Option<Standing>) -> Vec<(Id<ids::Grant>, Standing, bool)> {
    let filter = HolderFilter { state, ..HolderFilter::default() };
    let read = house.app.db.read(at, move |r| Ok(rows::holders(r, &filter, &Paging::first(100))?.items));
    let lines = read.await.unwrap();
    lines.into_iter().map(|line| (line.grant, line.state, line.ended_reason.is_some())).collect()
}

async fn latest(house: &House, who: &Actor) -> Id<ids::Grant> {
    let who = person_id(who);
    house.app.db.read(house.app.now(), move |r| Ok(rows::grants_of(r, who, None, 1)?)).await.unwrap()[0].id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_ended_before_it_begins_is_over_from_then_on() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    let ask = request_role::Ask {
        role: slug("reader"),
        reason: "the fair".into(),
        duration: Some("P5D".parse().unwrap()),
        starts_at: Some(house.app.now().plus_seconds(10 * 86_400)),
    };
    request_role::request_role(&house.app, &ana, ask).await.unwrap();
    let grant = latest(house, &ana).await;
    house.advance("PT1H");
    let before = house.app.now();
    house.advance("PT1H");
    revoke_grant::revoke_grant(&house.app, &house.admin, grant, "a mistake".into()).await.unwrap();
    house.advance("PT1H");
    let now = house.app.now();
    let found = house.app.db.read(now, move |r| Ok(rows::grant(r, grant)?)).await.unwrap().unwrap();
    assert_eq!((found.state, found.ends_at), (State::Ended, found.starts_at), "it never ran");
    assert!(before < found.over_at() && found.over_at() < now, "{found:?}");

    // The list, by every way to it, then and now.
    for (at, state, expected) in [
        (now, None, None),
        (now, Some(Standing::Scheduled), None),
        (now, Some(Standing::Ended), Some((grant, Standing::Ended, true))),
        (before, None, Some((grant, Standing::Scheduled, false))),
        (before, Some(Standing::Scheduled), Some((grant, Standing::Scheduled, false))),
        (before, Some(Standing::Ended), None),
        (found.starts_at, Some(Standing::Ended), Some((grant, Standing::Ended, true))),
    ] {
        assert_eq!(listed(house, at, state).await, Vec::from_iter(expected), "at {at}: {state:?}");
    }

    // Until when it was to run, then and now.
    let bearer = house.bearer(&house.admin).await;
    let ends = found.starts_at.plus_seconds(5 * 86_400);
    for (at, until) in [(before, ends), (now, found.starts_at)] {
        let list = get(&served, &bearer, &format!("/holders?role=reader&state=any&as_of={at}")).await;
        assert_eq!((&list["items"][0]["grant"], &list["items"][0]["until"]), (&json!(grant), &json!(until)), "at {at}");
    }

    // The answer, then and now: not that it is still to begin.
    let place = "/explain?person=ana@example.com&role=reader&lang=en";
    let told = get(&served, &bearer, place).await;
    let sentence = told["sentence"].as_str().unwrap();
    assert!(sentence.contains("the grant ended on") && !sentence.contains("begins only"), "{sentence}");
    let stood = &told["chain"]["grant"];
    assert_eq!((&stood["state"], &stood["ended_reason"]), (&json!("ended"), &json!("revoked")));
    let then = get(&served, &bearer, &format!("{place}&at={before}")).await;
    assert!(then["sentence"].as_str().unwrap().contains("the grant begins only on"), "{then}");
    let stood = &then["chain"]["grant"];
    assert_eq!((&stood["state"], &stood["ended_reason"]), (&json!("scheduled"), &Value::Null));
    assert_eq!(stood["ends_at"], json!(ends));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_moment_before_nothing_that_came_later_is_told() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (app, admin) = (&house.app, &house.admin);
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let grant = latest(house, &ana).await;
    let ends = app.db.read(app.now(), move |r| Ok(rows::grant(r, grant)?)).await.unwrap().unwrap().ends_at;
    house.advance("PT1H");
    let running = app.now();
    house.advance("PT1H");
    lock::place_lock(app, admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
    hold_grant::hold_grant(app, admin, grant, "odd queries".into()).await.unwrap();
    house.advance("PT1H");
    let stopped = app.now();
    house.advance("PT1H");
    let locks = app.db.read(app.now(), |r| Ok(rows::locks(r)?)).await.unwrap();
    lock::lift_lock(app, admin, locks[0].id).await.unwrap();
    hold_grant::let_grant_go_on(app, admin, grant, "explained".into()).await.unwrap();
    house.advance("PT1H");
    let who = person_id(&ana);
    let held = app.db.read(app.now(), move |r| Ok(certification::rows::certificates_of(r, who)?)).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, held[0].id, "cheated".into()).await.unwrap();
    revoke_grant::revoke_grant(app, admin, grant, "left the team".into()).await.unwrap();
    house.advance("PT1H");

    let bearer = house.bearer(admin).await;
    for place in
        ["/explain?person=ana@example.com&role=reader&lang=en".to_owned(), format!("/grants/{grant}/chain?days=30")]
    {
        let then = get(&served, &bearer, &format!("{place}&at={running}")).await;
        let (stood, earned) = (&then["chain"]["grant"], &then["chain"]["certificates"][0]);
        assert_eq!((&then["effective"], &stood["effective"]), (&json!(true), &json!(true)), "{place}");
        assert_eq!((&stood["state"], &stood["ended_reason"]), (&json!("active"), &Value::Null), "{place}");
        assert_eq!((&earned["state"], &earned["counts"]), (&json!("valid"), &json!(true)), "{place}");
        assert_eq!(earned["ended_reason"], Value::Null, "{place}");
        assert_eq!((&stood["ends_at"], &earned["ends_at"]), (&json!(ends), &earned["expires_at"]), "{place}");

        let then = get(&served, &bearer, &format!("{place}&at={stopped}")).await;
        assert_eq!((&then["effective"], &then["chain"]["grant"]["state"]), (&json!(false), &json!("suspended")));
        let (stop, held_back) = (&then["chain"]["locks"][0], &then["chain"]["suspensions"][0]);
        assert_eq!((&stop["reason"], &held_back["reason"]), (&json!("a leak"), &json!("odd queries")));
        for later in [&stop["lifted_at"], &stop["lifted_by"], &held_back["until"], &held_back["lifted_by"]] {
            assert_eq!(*later, Value::Null, "{place}: {then}");
        }

        let now = get(&served, &bearer, &place).await;
        let stood = &now["chain"]["grant"];
        assert_eq!((&stood["state"], &stood["ended_reason"]), (&json!("ended"), &json!("revoked")), "{place}");
    }
}
