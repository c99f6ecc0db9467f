//! Giving access back before it ends: only one's own, once, without a notice; and what broke the glass is judged all the same.

use super::{glass::on_call, page, post};
use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    access::{
        self,
        emergency::State as Use,
        grant::{EndReason, Grant, State},
    },
    actions::{
        break_glass::{self, Taking},
        give_back_grant::give_back_grant,
        hold_grant, mint_token, notify, request_role, revoke_grant, sweep,
    },
    base::ids::{self, Id},
    certification::notice::NoticeKind,
    db::history,
    identity::actor::Actor,
};

async fn grants(house: &House, who: &Actor) -> Vec<Grant> {
    let who = person_id(who);
    house.app.db.read(house.app.now(), move |r| Ok(access::rows::grants_of(r, who, None, 10)?)).await.unwrap()
}

/// Why a grant came to its last state, by its history.
async fn why(house: &House, grant: Id<ids::Grant>) -> String {
    let changes = house.app.db.read(house.app.now(), move |r| Ok(history::history(r, &grant.to_string())?));
    changes.await.unwrap().last().unwrap().reason.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_gives_back_what_they_hold_and_nobody_else_does() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ((ana, cookie), ben) = (served.person("Ana").await, house.person("Ben").await);
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    house.advance("PT1H");
    let held = grants(house, &ana).await[0].clone();
    for other in [&ben, &house.admin] {
        assert_eq!(code(&give_back_grant(&house.app, other, held.id).await.unwrap_err()), "no-such-grant");
    }
    let path = format!("/grants/{}/return", held.id);
    let role = page(&served, &cookie, "/access/reader").await;
    assert!(role.contains(&path) && role.contains("Give it back"), "{role}");
    assert_eq!(post(&served, &cookie, &path, &[]).await.0, 303);
    let ended = grants(house, &ana).await[0].clone();
    assert_eq!((ended.state, ended.ended_reason), (State::Ended, Some(EndReason::Returned)));
    assert!(ended.ends_at < held.ends_at);
    assert_eq!(why(house, held.id).await, "given_back");
    house.advance("1s");
    assert_eq!(
        code(&mint_token::mint_token(&house.app, &ana, slug("reader")).await.map(drop).unwrap_err()),
        "role-not-held"
    );
    // Twice is once; and who gave it back needs nobody to tell them.
    assert_eq!(post(&served, &cookie, &path, &[]).await.0, 409);
    assert_eq!(code(&give_back_grant(&house.app, &ana, held.id).await.unwrap_err()), "grant-ended-already");
    assert_eq!(house.events("grant.ended").await, 1);
    sweep::sweep(&house.app).await.unwrap();
    let told = notify::my_notices(&house.app, &ana).await.unwrap().1;
    assert!(told.iter().all(|told| told.kind != NoticeKind::AccessEnded));
    let explained = page(&served, &cookie, "/explain?role=reader").await;
    assert!(explained.contains("given back by its holder"), "{explained}");
    assert!(!page(&served, &cookie, "/access/reader").await.contains(&path));
    // Whoever needs it again asks again.
    house.ask(&ana, "reader").await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_back_is_not_given_back_to_be_asked_for_anew() {
    let house = House::with(on_call()).await;
    let omar = house.person_in("Omar", &["oncall"]).await;
    for course in ["alpha", "beta"] {
        house.certify(&omar, course).await;
    }
    house.ask(&omar, "reader").await.unwrap();
    let held = grants(&house, &omar).await[0].id;
    hold_grant::hold_grant(&house.app, &house.admin, held, "odd queries".into()).await.unwrap();
    assert_eq!(code(&give_back_grant(&house.app, &omar, held).await.unwrap_err()), "grant-suspended");
    assert!(house.ask(&omar, "reader").await.is_err());
    let taking = Taking { person: None, role: slug("reader"), reason: "fire".into(), duration: None };
    let refused = break_glass::break_glass(&house.app, &omar, taking, None).await.unwrap_err();
    assert_eq!(code(&refused), "grant-suspended", "the glass is no way round it");
    // Nor does an owner end their own to be given it anew.
    let owner = house.person("Owner").await;
    house.certify(&owner, "alpha").await;
    house.ask(&owner, "reader").await.unwrap();
    let own = grants(&house, &owner).await[0].id;
    hold_grant::hold_grant(&house.app, &house.admin, own, "odd queries".into()).await.unwrap();
    let refused = revoke_grant::revoke_grant(&house.app, &owner, own, "mine".into()).await.unwrap_err();
    assert_eq!(code(&refused), "grant-suspended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_yet_to_begin_is_given_back_and_what_time_has_ended_is_not() {
    let house = House::new().await;
    let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
    for who in [&ana, &ben] {
        house.certify(who, "alpha").await;
    }
    let ask = request_role::Ask {
        role: slug("reader"),
        reason: "the fair".into(),
        duration: Some("P5D".parse().unwrap()),
        starts_at: Some(house.app.now().plus_seconds(10 * 86_400)),
    };
    request_role::request_role(&house.app, &ana, ask).await.unwrap();
    let ahead = grants(&house, &ana).await[0].clone();
    assert_eq!(ahead.state, State::Scheduled);
    assert_eq!(give_back_grant(&house.app, &ana, ahead.id).await.unwrap(), slug("reader"));
    let ended = grants(&house, &ana).await[0].clone();
    assert_eq!((ended.state, ended.ends_at), (State::Ended, ended.starts_at), "it never began");
    // No sweep came by, and its time was over all the same: that is why it ended.
    house.ask(&ben, "reader").await.unwrap();
    let late = grants(&house, &ben).await[0].id;
    house.advance("P61D");
    assert_eq!(code(&give_back_grant(&house.app, &ben, late).await.unwrap_err()), "grant-ended-already");
    let ended = grants(&house, &ben).await[0].clone();
    assert_eq!((ended.state, ended.ended_reason), (State::Ended, Some(EndReason::Expired)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_broke_the_glass_is_given_back_and_judged_all_the_same() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    house.certify(&house.admin, "beta").await;
    let (admin, (owner, owners)) = (house.bearer(&house.admin).await, served.person("Owner").await);
    let taking = Taking { person: None, role: slug("guardian"), reason: "the lake is on fire".into(), duration: None };
    let taken = break_glass::break_glass(&house.app, &house.admin, taking, None).await.unwrap();
    let grant = break_glass::read_emergency(&house.app, &house.admin, taken).await.unwrap().grant_id;
    house.advance("PT10M");
    let path = format!("/grants/{grant}/return");
    assert!(page(&served, &admin, "/break-glass").await.contains(&path));
    assert!(!page(&served, &owners, "/break-glass").await.contains(&path), "it is not the owner's");
    assert_eq!(post(&served, &owners, &path, &[]).await.0, 404);
    assert_eq!(post(&served, &admin, &path, &[]).await.0, 303);
    house.advance("1s");
    let found = break_glass::read_emergency(&house.app, &owner, taken).await.unwrap();
    assert!(found.state == Use::Taken && found.ends_at < house.app.now(), "it has ended, and waits to be judged");
    assert!(!page(&served, &admin, "/break-glass").await.contains(&path));
    break_glass::review_emergency(&house.app, &owner, taken, false, "a request would have done".into()).await.unwrap();
    let ended = grants(house, &house.admin).await[0].clone();
    assert_eq!((ended.id, ended.ended_reason), (grant, Some(EndReason::Returned)), "it had ended before");
}
