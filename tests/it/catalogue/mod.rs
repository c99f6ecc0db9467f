//! What becomes of requests, grants and tokens when the access catalogue changes under them.

use crate::{
    oauth::machines::account,
    support::{House, code, content, person_id, slug, web::Served},
};
use habilis::{
    access::{self, request::State, rows::LockKind},
    actions::{
        break_glass::{self, Taking},
        decide_request, load_content, lock, mint_token, notify, request_role, save_answer, start_attempt, sweep,
    },
    app::App,
    base::ids::{self, Id},
    certification::notice::NoticeKind,
    curriculum::source::Source,
    identity::actor::Actor,
};
use reqwest::Method;

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
    let ask = |role: &str| request_role::Ask {
        role: slug(role),
        reason: "the weekly report".into(),
        duration: None,
        starts_at: None,
    };
    let (blocked, _) = request_role::request_role(&late, &ana, ask("reader")).await.unwrap();
    let (in_review, _) = request_role::request_role(&late, &ben, ask("keeper")).await.unwrap();
    let say = decide_request::Say::new(access::request::Verdict::Approve, "");
    let decided = decide_request::decide_request(&house.app, &owner, in_review, say).await;
    assert_eq!(code(&decided.unwrap_err()), "request-closed");
    assert_eq!(state(&house, in_review).await, State::Lapsed);

    // She earns what it waited for, and the clock hands in what she forgot: neither stumbles over it.
    house.read_all(&ana, "alpha").await;
    let start = start_attempt::start_attempt;
    let sat = start(&house.app, &ana, slug("alpha"), slug("final")).await.unwrap();
    for (no, answer) in crate::support::keys(&house.app, sat).await {
        let save = save_answer::Save { no, revision: 0, answer, flagged: false };
        save_answer::save_answer(&house.app, &ana, sat, save).await.unwrap();
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

fn with_reader_in(warehouse: &str) -> Source {
    let there = format!("{{id: reader, warehouse: {warehouse}, ");
    changed(|text| text.replace("{id: reader, warehouse: lake, ", &there))
}

#[tokio::test]
async fn a_role_that_moves_takes_nobody_past_the_locks_of_its_new_warehouse() {
    let house = House::new().await;
    let (ana, ben, zoe) = (house.person("Ana").await, house.person("Ben").await, house.person("Zoe").await);
    for who in [&ana, &ben] {
        house.certify(who, "alpha").await;
    }
    house.ask(&ana, "reader").await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    let (waiting, _) = house.ask(&zoe, "reader").await.unwrap();
    let late = house.replica().await;
    house.advance("1s");
    load(&house.app, with_reader_in("attic")).await;
    house.advance("1s");
    assert_eq!(house.events("grant.ended").await, 1);
    assert_eq!(state(&house, waiting).await, State::Lapsed, "what was asked for is not there any more");
    let refused = mint_token::mint_token(&house.app, &ana, slug("reader")).await;
    assert_eq!(code(&refused.err().unwrap()), "role-not-held");

    // A replica that has not looked yet does not give the role where it was: no token comes of it, here or elsewhere.
    let ask =
        request_role::Ask { role: slug("reader"), reason: "the weekly report".into(), duration: None, starts_at: None };
    let (request, standing) = request_role::request_role(&late, &ben, ask).await.unwrap();
    assert_eq!((standing, state(&house, request).await), (State::Lapsed, State::Lapsed));
    assert_eq!(house.events("grant.given").await, 1);
    let reason = "somebody is copying it".to_owned();
    let placed = lock::place_lock(&house.app, &house.admin, LockKind::Warehouse, "attic".into(), reason).await.unwrap();
    let refused = mint_token::mint_token(&house.app, &ben, slug("reader")).await;
    assert_eq!(code(&refused.err().unwrap()), "locked");
    house.advance("1s");
    lock::lift_lock(&house.app, &house.admin, placed).await.unwrap();
    house.advance("1s");
    let refused = mint_token::mint_token(&house.app, &ben, slug("reader")).await;
    assert_eq!(code(&refused.err().unwrap()), "role-not-held");

    // Whoever asks now, asks for where it is.
    house.ask(&ana, "reader").await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
}

/// What another process has taken away is given by none that has not looked yet: not by an approval, and not by breaking the glass.
#[tokio::test]
async fn what_was_taken_away_is_given_by_no_replica_that_has_not_looked_yet() {
    let house = House::new().await;
    let (owner, ben) = (house.person("Owner").await, house.person("Ben").await);
    for who in [&ben, &house.admin] {
        for course in ["alpha", "beta"] {
            house.certify(who, course).await;
        }
    }
    let late = house.replica().await;
    let there = "{id: keeper, warehouse: lake, ";
    let other = changed(|text| {
        assert!(text.contains(there));
        let text = text.replace(there, "{id: keeper, warehouse: attic, ");
        text.lines().filter(|line| !line.starts_with("  - {id: guardian,")).map(|line| format!("{line}\n")).collect()
    });
    load(&house.app, other).await;
    // It was asked for where it is, and is approved by who knows it only where it was.
    let (asked, standing) = house.ask(&ben, "keeper").await.unwrap();
    assert_eq!(standing, State::InReview);
    let yes = || decide_request::Say::new(access::request::Verdict::Approve, "");
    let decided = decide_request::decide_request(&late, &owner, asked, yes()).await;
    assert_eq!((code(&decided.unwrap_err()), state(&house, asked).await), ("request-closed", State::Lapsed));
    let take = async |role: &str| {
        let taking = Taking { person: None, role: slug(role), reason: "fire".into(), duration: None };
        break_glass::break_glass(&late, &house.admin, taking, None).await.map(drop).map_err(|refused| code(&refused))
    };
    for gone in ["guardian", "keeper"] {
        assert_eq!(take(gone).await, Err("no-such-role"));
    }
    assert_eq!(house.events("grant.given").await, 0);
    // What is where it was is given by any of them.
    assert_eq!(take("reader").await, Ok(()));
    let ask =
        request_role::Ask { role: slug("either"), reason: "the weekly report".into(), duration: None, starts_at: None };
    assert_eq!(request_role::request_role(&late, &ben, ask).await.unwrap().1, State::Approved);
    load_content::follow(&late).await.unwrap();
    let (again, _) = house.ask(&ben, "keeper").await.unwrap();
    let decided = decide_request::decide_request(&late, &owner, again, yes()).await;
    assert_eq!(decided.unwrap(), State::Approved);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_is_withdrawn_is_told_as_that_and_not_as_replaced() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("1s");
    load(&house.app, without("reader")).await;
    house.advance("1s");
    let who = person_id(&ana);
    let held = house.app.db.read(house.app.now(), move |r| Ok(access::rows::grants_of(r, who, None, 10)?));
    let held = held.await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].ended_reason.unwrap().word(), "withdrawn");
    let told: Vec<NoticeKind> =
        notify::my_notices(&house.app, &ana).await.unwrap().1.into_iter().map(|told| told.kind).collect();
    assert!(told.contains(&NoticeKind::AccessWithdrawn) && !told.contains(&NoticeKind::AccessEnded), "{told:?}");
    let (admin, own) = (house.bearer(&house.admin).await, house.bearer(&ana).await);
    let page = async |secret: &str, language: &str, path: &str| {
        let request = served.call(Method::GET, path).header("cookie", format!("habilis={secret}"));
        request.header("accept-language", language).send().await.unwrap().text().await.unwrap()
    };
    for (language, said, replaced, notice) in [
        ("en", "the role was withdrawn from the catalogue", "replaced by the next one", "its role was withdrawn"),
        ("fr", "rôle retiré du catalogue", "remplacée par la suivante", "son rôle a été retiré"),
        ("es", "el rol se retiró del catálogo", "sustituida por la siguiente", "su rol se retiró"),
    ] {
        let html = page(&admin, language, &format!("/holders/{}", held[0].id)).await;
        assert!(html.contains(said) && !html.contains(replaced), "{language}: {html}");
        assert!(!html.contains("the role left the catalogue"), "in one language: {html}");
        let html = page(&own, language, "/notices").await;
        assert!(html.contains(notice), "{language}: {html}");
    }
}

/// Where what somebody was told of their access and their accounts leads to, as it goes out.
async fn places(house: &House, who: &Actor) -> Vec<(String, String)> {
    let who = person_id(who);
    let told = house.app.db.read(house.app.now(), move |r| {
        let query = "SELECT data AS word FROM events WHERE kind = 'notice.told' AND person_id = ? ORDER BY seq";
        Ok(habilis::db::sql(query).bind(&who).all::<String>(r)?)
    });
    let word = |told: &serde_json::Value, name: &str| told[name].as_str().unwrap().to_owned();
    let told = told.await.unwrap().into_iter().map(|data| serde_json::from_str(&data).unwrap());
    let told = told.map(|told: serde_json::Value| (word(&told, "kind"), word(&told, "path")));
    told.filter(|(kind, _)| kind.starts_with("access_") || kind == "service_stopped").collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_of_a_role_that_is_gone_leads_to_a_page_that_is_there() {
    // One that is somewhere else now still has its page.
    for (source, place) in [(without("reader"), "/access"), (with_reader_in("attic"), "/access/reader")] {
        let house = House::new().await;
        let ana = house.person("Ana").await;
        house.certify(&ana, "alpha").await;
        house.ask(&ana, "reader").await.unwrap();
        account(&house, &ana, &["reader"]).await;
        sweep::sweep(&house.app).await.unwrap();
        house.advance("1s");
        load(&house.app, source).await;
        house.advance("1s");
        sweep::sweep(&house.app).await.unwrap();
        let expected = ["access_withdrawn", "service_stopped"].map(|kind| (kind.to_owned(), place.to_owned()));
        assert_eq!(places(&house, &ana).await, expected);
    }
}
