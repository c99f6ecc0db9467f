//! What becomes of requests, grants and tokens when the access catalogue changes under them.

use crate::support::{House, code, content, person_id, slug};
use habilis::{
    access::{self, request::State},
    actions::{decide_request, load_content, sweep},
    app::App,
    base::ids::{self, Id},
    curriculum::source::Source,
    identity::actor::Actor,
};

/// The small academy with another access catalogue.
fn changed(change: impl FnOnce(String) -> String) -> Source {
    let mut files = content::files();
    let catalogue = String::from_utf8(files["access.yaml"].clone()).unwrap();
    files.insert("access.yaml".to_owned(), change(catalogue).into_bytes());
    Source::from_files(files)
}

fn without(role: &str) -> Source {
    let mark = format!("  - {{id: {role},");
    changed(|text| text.lines().filter(|line| !line.starts_with(&mark)).map(|line| format!("{line}\n")).collect())
}

async fn load(app: &App, source: Source) {
    load_content::load_content(app, &Actor::operator("test"), source).await.unwrap();
}

async fn state(house: &House, request: Id<ids::Request>) -> State {
    let found = house.app.db.read(house.app.now(), move |r| Ok(access::rows::request(r, request)?)).await.unwrap();
    found.unwrap().state
}

#[tokio::test]
async fn a_role_that_leaves_takes_its_open_requests_along() {
    let house = House::new().await;
    let (ana, owner) = (house.person("Ana").await, house.person("Owner").await);
    let (blocked, standing) = house.ask(&ana, "reader").await.unwrap();
    assert_eq!(standing, State::Blocked);
    let ben = house.person("Ben").await;
    for course in ["alpha", "beta"] {
        house.certify(&ben, course).await;
    }
    let (in_review, standing) = house.ask(&ben, "keeper").await.unwrap();
    assert_eq!(standing, State::InReview);

    load(&house.app, without("reader")).await;
    assert_eq!((state(&house, blocked).await, state(&house, in_review).await), (State::Lapsed, State::InReview));
    load(&house.app, without("keeper")).await;
    assert_eq!(state(&house, in_review).await, State::Lapsed);
    assert_eq!(house.events("request.lapsed").await, 2);
    assert_eq!(code(&house.approve(&owner, in_review).await.unwrap_err()), "request-closed");
    house.certify(&ana, "alpha").await;
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(house.events("grant.given").await, 0);
}

#[tokio::test]
async fn a_request_that_another_replica_took_for_a_role_that_has_left_breaks_nothing() {
    let house = House::new().await;
    let (ana, ben, owner) = (house.person("Ana").await, house.person("Ben").await, house.person("Owner").await);
    for course in ["alpha", "beta"] {
        house.certify(&ben, course).await;
    }
    let late = house.replica().await;
    let both = changed(|text| {
        let gone = |line: &&str| !line.starts_with("  - {id: reader,") && !line.starts_with("  - {id: keeper,");
        text.lines().filter(gone).map(|line| format!("{line}\n")).collect()
    });
    load(&house.app, both).await;
    // The other replica has not looked yet.
    let ask = |role: &str| habilis::actions::request_role::Ask {
        role: slug(role),
        reason: "the weekly report".into(),
        duration: None,
    };
    let (blocked, _) = habilis::actions::request_role::request_role(&late, &ana, ask("reader")).await.unwrap();
    let (in_review, _) = habilis::actions::request_role::request_role(&late, &ben, ask("keeper")).await.unwrap();
    let say = decide_request::Say {
        verdict: access::request::Verdict::Approve,
        comment: String::new(),
        cap: None,
    };
    let decided = decide_request::decide_request(&house.app, &owner, in_review, say).await;
    assert_eq!(code(&decided.unwrap_err()), "request-closed");
    assert_eq!(state(&house, in_review).await, State::Lapsed);

    // She earns what it waited for, and the clock hands in what she forgot: neither stumbles over it.
    house.read_all(&ana, "alpha").await;
    let start = habilis::actions::start_attempt::start_attempt;
    let sat = start(&house.app, &ana, slug("alpha"), slug("final")).await.unwrap();
    for (no, answer) in crate::support::keys(&house.app, sat).await {
        let save = habilis::actions::save_answer::Save { no, revision: 0, answer, flagged: false };
        habilis::actions::save_answer::save_answer(&house.app, &ana, sat, save).await.unwrap();
    }
    house.advance("PT1H");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(state(&house, blocked).await, State::Lapsed);
    let held = house.app.db.read(house.app.now(), {
        let who = person_id(&ana);
        move |r| Ok(habilis::certification::rows::certificates_of(r, who)?)
    });
    assert_eq!(held.await.unwrap().len(), 1);
    assert_eq!(house.events("grant.given").await, 0);
}
