//! What is done to somebody's access to a role is done to its renewal, and what the clock has ended stands in no grant's way.

use super::{changed, glass::on_call, guardian, load, page};
use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    access::{
        self,
        grant::{Cause, EndReason, Grant, State},
        request::{State as RequestState, Verdict},
        rows::Suspension,
    },
    actions::{
        break_glass::{self, Taking},
        decide_request, explain_access, hold_grant, mint_token, notify, request_role, revoke_certificate, revoke_grant,
        sweep,
    },
    base::ids::{self, Id},
    certification::notice::{
        About,
        NoticeKind::{self, AccessEnded, AccessHeld, AccessWithdrawn},
    },
    db::sql,
    identity::{actor::Actor, secret::Secret},
};
use reqwest::Method;
use serde_json::json;

/// Somebody's grants, the newest first.
async fn grants(house: &House, who: &Actor) -> Vec<Grant> {
    let who = person_id(who);
    house.app.db.read(house.app.now(), move |r| Ok(access::rows::grants_of(r, who, None, 10)?)).await.unwrap()
}

async fn suspensions(house: &House, grant: Id<ids::Grant>) -> Vec<Suspension> {
    house.advance("1s");
    house.app.db.read(house.app.now(), move |r| Ok(access::rows::suspension_history(r, grant)?)).await.unwrap()
}

async fn mint(house: &House, who: &Actor) -> Result<Id<ids::Grant>, &'static str> {
    mint_token::mint_token(&house.app, who, slug("reader")).await.map(|minted| minted.grant).map_err(|e| code(&e))
}

/// Somebody who holds `reader` and may renew it.
async fn in_the_last_quarter(house: &House, name: &str) -> Actor {
    let who = house.person(name).await;
    house.certify(&who, "alpha").await;
    house.ask(&who, "reader").await.unwrap();
    house.advance("P50D");
    who
}

/// The grant that runs, and the one that comes after it.
async fn renewed(house: &House, who: &Actor) -> (Grant, Grant) {
    house.ask(who, "reader").await.unwrap();
    let all = grants(house, who).await;
    assert_eq!((all.len(), all[0].starts_at), (2, all[1].ends_at));
    (all[1].clone(), all[0].clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_revoked_has_no_renewal_left() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = in_the_last_quarter(house, "Ana").await;
    let admin = house.bearer(&house.admin).await;
    let (now, next) = renewed(house, &ana).await;
    house.advance("1s");
    assert!(page(&served, &admin, &format!("/holders/{}", now.id)).await.contains("a renewal that was to follow it"));
    let ended = revoke_grant::revoke_grant(&house.app, &house.admin, now.id, "sold the data".into()).await.unwrap();
    assert_eq!(ended, [now.id, next.id]);
    for one in grants(house, &ana).await {
        assert_eq!((one.state, one.ended_reason), (State::Ended, Some(EndReason::Revoked)));
    }
    assert_eq!(house.events("grant.ended").await, 2);
    for _ in 0..2 {
        house.advance("P11D");
        sweep::sweep(&house.app).await.unwrap();
        assert_eq!(mint(house, &ana).await, Err("role-not-held"));
    }
    // What comes after is revoked alone, and what runs goes on.
    let ben = in_the_last_quarter(house, "Ben").await;
    let (now, next) = renewed(house, &ben).await;
    let ended = revoke_grant::revoke_grant(&house.app, &house.admin, next.id, "not needed".into()).await.unwrap();
    assert_eq!(ended, [next.id]);
    assert_eq!(mint(house, &ben).await, Ok(now.id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_held_back_does_not_renew_themselves_free() {
    let house = House::with(on_call()).await;
    let ana = in_the_last_quarter(&house, "Ana").await;
    let now = grants(&house, &ana).await[0].clone();
    hold_grant::hold_grant(&house.app, &house.admin, now.id, "odd queries".into()).await.unwrap();
    house.advance("1s");
    sweep::sweep(&house.app).await.unwrap();
    let told = async || -> Vec<NoticeKind> {
        notify::my_notices(&house.app, &ana).await.unwrap().1.into_iter().map(|told| told.kind).collect()
    };
    assert!(!told().await.contains(&NoticeKind::AccessEnds), "nobody invites them to renew");
    let (_, next) = renewed(&house, &ana).await;
    let held = suspensions(&house, next.id).await;
    assert_eq!((held.len(), held[0].cause, held[0].reason.as_str()), (1, Cause::Admin, "odd queries"));
    assert_eq!(held[0].placed_by, person_id(&house.admin).to_string());
    assert_eq!(house.events("grant.suspended").await, 2);
    let again = hold_grant::hold_grant(&house.app, &house.admin, next.id, "again".into()).await.unwrap_err();
    assert_eq!(code(&again), "grant-suspended-already");
    house.advance("P11D");
    assert_eq!(mint(&house, &ana).await, Err("grant-suspended"));
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(mint(&house, &ana).await, Err("grant-suspended"));
    hold_grant::let_grant_go_on(&house.app, &house.admin, next.id, "explained".into()).await.unwrap();
    assert_eq!(mint(&house, &ana).await, Ok(next.id));

    // Held back with what comes after it, it is let go on with that; whichever of them is named.
    let ben = in_the_last_quarter(&house, "Ben").await;
    let (now, next) = renewed(&house, &ben).await;
    hold_grant::hold_grant(&house.app, &house.admin, now.id, "odd queries".into()).await.unwrap();
    assert_eq!(suspensions(&house, next.id).await.len(), 1);
    hold_grant::let_grant_go_on(&house.app, &house.admin, next.id, "explained".into()).await.unwrap();
    assert_eq!(mint(&house, &ben).await, Ok(now.id));
    hold_grant::hold_grant(&house.app, &house.admin, next.id, "odd again".into()).await.unwrap();
    assert_eq!(mint(&house, &ben).await, Err("grant-suspended"));
    house.advance("P11D");
    assert_eq!(mint(&house, &ben).await, Err("grant-suspended"));
}

/// Asks for a role for five days, and is given it.
async fn for_five_days(house: &House, who: &Actor, role: &str) -> Grant {
    let duration = Some("P5D".parse().unwrap());
    let ask = request_role::Ask { role: slug(role), reason: "the fair".into(), duration, starts_at: None };
    let (_, state) = request_role::request_role(&house.app, who, ask).await.unwrap();
    assert_eq!(state, RequestState::Approved);
    grants(house, who).await[0].clone()
}

async fn hold(house: &House, grant: Id<ids::Grant>) {
    hold_grant::hold_grant(&house.app, &house.admin, grant, "odd queries".into()).await.unwrap();
}

async fn let_go(house: &House, grant: Id<ids::Grant>) -> Result<(), &'static str> {
    let outcome = hold_grant::let_grant_go_on(&house.app, &house.admin, grant, "explained".into()).await;
    outcome.map_err(|refused| code(&refused))
}

/// That its time is over lifts no hold, whether or not a sweep has come by; and what is lifted on the grant after is lifted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_held_back_is_not_free_once_their_time_is_over() {
    for swept in [false, true] {
        let house = House::with(on_call()).await;
        let omar = house.person_in("Omar", &["oncall"]).await;
        house.certify(&omar, "alpha").await;
        let glass = async || {
            let taking = Taking { person: None, role: slug("reader"), reason: "fire".into(), duration: None };
            break_glass::break_glass(&house.app, &omar, taking, None).await.map(drop).map_err(|refused| code(&refused))
        };
        let first = for_five_days(&house, &omar, "reader").await;
        house.advance("P4D");
        hold(&house, first.id).await;
        house.advance("P2D");
        if swept {
            sweep::sweep(&house.app).await.unwrap();
        }
        assert_eq!(glass().await, Err("grant-suspended"));
        let next = for_five_days(&house, &omar, "reader").await;
        assert_eq!(next.state, State::Suspended);
        let ended = grants(&house, &omar).await[1].clone();
        assert_eq!((ended.id, ended.ended_reason), (first.id, Some(EndReason::Expired)));
        let held = suspensions(&house, next.id).await;
        assert_eq!((held.len(), held[0].cause, held[0].reason.as_str()), (1, Cause::Admin, "odd queries"));
        assert_eq!(held[0].placed_by, person_id(&house.admin).to_string());
        assert_eq!(mint(&house, &omar).await, Err("grant-suspended"));
        assert_eq!(glass().await, Err("grant-suspended"));
        // Another role of theirs is another access.
        let other = for_five_days(&house, &omar, "either").await;
        assert_eq!(other.state, State::Active);

        assert_eq!(let_go(&house, first.id).await, Err("grant-ended-already"));
        assert_eq!(let_go(&house, next.id).await, Ok(()));
        assert_eq!(mint(&house, &omar).await, Ok(next.id));
        // The hold on the first was never lifted there, and counts no more.
        house.advance("P6D");
        assert_eq!(glass().await, Ok(()));
        let last = for_five_days(&house, &omar, "reader").await;
        assert_eq!((last.state, suspensions(&house, last.id).await.len()), (State::Active, 0));
        assert_eq!(mint(&house, &omar).await, Ok(last.id));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_held_back_is_not_free_once_what_it_stood_on_is_earned_anew() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    let who = person_id(&ana);
    let first = for_five_days(&house, &ana, "either").await;
    hold(&house, first.id).await;
    let certificates =
        house.app.db.read(house.app.now(), move |r| Ok(habilis::certification::rows::certificates_of(r, who)?));
    let certificate = certificates.await.unwrap()[0].id;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "cheated".into()).await.unwrap();
    house.advance("PT1H");
    sweep::sweep(&house.app).await.unwrap();
    house.certify(&ana, "beta").await;
    let next = for_five_days(&house, &ana, "either").await;
    let ended = grants(&house, &ana).await[1].clone();
    assert_eq!((ended.id, ended.ended_reason), (first.id, Some(EndReason::CertificateLost)));
    assert_eq!((next.state, suspensions(&house, next.id).await.len()), (State::Suspended, 1));
    assert_eq!(let_go(&house, next.id).await, Ok(()));
    mint_token::mint_token(&house.app, &ana, slug("either")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_glass_is_no_way_round_a_hold_on_what_is_yet_to_begin() {
    let house = House::with(on_call()).await;
    let omar = house.person_in("Omar", &["oncall"]).await;
    house.certify(&omar, "alpha").await;
    let starts_at = Some(house.app.now().plus_seconds(10 * 86_400));
    let ask = request_role::Ask { role: slug("reader"), reason: "the fair".into(), duration: None, starts_at };
    request_role::request_role(&house.app, &omar, ask).await.unwrap();
    let ahead = grants(&house, &omar).await[0].id;
    hold_grant::hold_grant(&house.app, &house.admin, ahead, "odd queries".into()).await.unwrap();
    let taking = Taking { person: None, role: slug("reader"), reason: "fire".into(), duration: None };
    let refused = break_glass::break_glass(&house.app, &omar, taking, None).await.unwrap_err();
    assert_eq!(code(&refused), "grant-suspended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_clock_has_ended_stands_in_no_way_before_the_sweep() {
    // Claimed by nobody within 25 days, the first of them ends then.
    let unclaimed = changed(|text| {
        let keeper = "max_duration: P30D, token_lifetime: 15m";
        assert_eq!(text.matches(keeper).count(), 1);
        text.replace(keeper, &format!("{keeper}, claim_by: P25D"))
    });
    for (source, days, reason) in
        [(changed(|text| text), "P6D", EndReason::Expired), (unclaimed, "P3D", EndReason::Unclaimed)]
    {
        let house = House::with(source).await;
        let (owner, ana) = (house.person("Owner").await, house.person("Ana").await);
        for course in ["alpha", "beta"] {
            house.certify(&ana, course).await;
        }
        let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
        house.approve(&owner, asked).await.unwrap();
        house.advance("P24D");
        let (asked, state) = house.ask(&ana, "keeper").await.unwrap();
        assert_eq!(state, RequestState::InReview);
        house.advance(days);
        let decided_at = house.app.now();
        assert_eq!(house.approve(&owner, asked).await.unwrap(), RequestState::Approved);
        let all = grants(&house, &ana).await;
        assert_eq!((all[1].state, all[1].ended_reason), (State::Ended, Some(reason)));
        assert_eq!(all[0].state, State::Active);
        assert!(all[0].starts_at >= decided_at && all[0].starts_at < decided_at.plus_seconds(60));
        house.advance("1s");
        let minted = mint_token::mint_token(&house.app, &ana, slug("keeper")).await.unwrap();
        assert_eq!(minted.grant, all[0].id);

        // Whoever was held back when that ended is so by what is approved afterwards.
        let ben = house.person("Ben").await;
        for course in ["alpha", "beta"] {
            house.certify(&ben, course).await;
        }
        let (asked, _) = house.ask(&ben, "keeper").await.unwrap();
        house.approve(&owner, asked).await.unwrap();
        house.advance("P24D");
        hold(&house, grants(&house, &ben).await[0].id).await;
        let (asked, _) = house.ask(&ben, "keeper").await.unwrap();
        house.advance(days);
        assert_eq!(house.approve(&owner, asked).await.unwrap(), RequestState::Approved);
        let all = grants(&house, &ben).await;
        assert_eq!((all[1].ended_reason, all[0].state), (Some(reason), State::Suspended));
        house.advance("1s");
        let refused = mint_token::mint_token(&house.app, &ben, slug("keeper")).await.map(drop).unwrap_err();
        assert_eq!(code(&refused), "grant-suspended");
        assert_eq!(let_go(&house, all[0].id).await, Ok(()));
        mint_token::mint_token(&house.app, &ben, slug("keeper")).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_without_a_say_reads_what_for_and_not_what_approvers_said() {
    let house = House::with(guardian("[{of: ['team:privacy'], count: 1}]")).await;
    let owner = house.person("Owner").await;
    let (petra, ana) = (house.person_in("Petra", &["privacy"]).await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    let back = decide_request::Say::new(Verdict::Return, "which report?");
    decide_request::decide_request(&house.app, &petra, asked, back).await.unwrap();
    house.advance("PT1H");
    house.ask(&ana, "guardian").await.unwrap();
    let yes = decide_request::Say::new(Verdict::Approve, "she told me all of it");
    decide_request::decide_request(&house.app, &petra, asked, yes).await.unwrap();
    house.advance("1s");
    let grant = grants(&house, &ana).await[0].id;
    let words = async |who: &Actor| {
        let told = explain_access::explain_grant(&house.app, who, grant, None).await.unwrap();
        assert_eq!(told.decisions.len(), 2, "that it was decided is told");
        let mut said: Vec<String> = told.decisions.into_iter().map(|one| one.comment).collect();
        said.extend(
            told.history.into_iter().filter(|(_, step)| step.to_state == "returned").map(|(_, step)| step.reason),
        );
        (told.request.unwrap().reason, said)
    };
    let all = ["which report?", "she told me all of it", "which report?"].map(str::to_owned).to_vec();
    assert_eq!(words(&owner).await, ("the weekly report".to_owned(), vec![String::new(); 3]));
    for who in [&ana, &house.admin] {
        assert_eq!(words(who).await, ("the weekly report".to_owned(), all.clone()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_equal_clauses_ask_for_two_people() {
    let twice = "[{of: ['team:privacy'], count: 1}, {of: ['team:privacy'], count: 1}]";
    let house = House::with(guardian(twice)).await;
    let (petra, ana) = (house.person_in("Petra", &["privacy"]).await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    assert_eq!(code(&house.ask(&ana, "guardian").await.unwrap_err()), "no-approver");
    let paul = house.person_in("Paul", &["privacy"]).await;
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    assert_eq!(house.approve(&petra, asked).await.unwrap(), RequestState::InReview);
    assert_eq!(house.approve(&paul, asked).await.unwrap(), RequestState::Approved);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_fits_what_was_done() {
    let served = Served::start(House::with(on_call()).await).await;
    let house = &served.house;
    let omar = house.person_in("Omar", &["oncall"]).await;
    house.certify(&omar, "beta").await;
    let bearer = house.bearer(&omar).await;
    for (language, most) in [("en", "2 hours"), ("fr", "2 heures"), ("es", "2 horas")] {
        let long = json!({ "role": "guardian", "reason": "fire", "duration": "3h" });
        let path = format!("/api/v1/break-glass?lang={language}");
        let (status, told) = served.api(&bearer, Method::POST, &path, long).await;
        assert_eq!((status.as_u16(), &told["most"], &told["unit"]), (422, &json!(2), &json!("hours")), "{told}");
        assert!(told["detail"].as_str().unwrap().contains(most), "{told}");
    }
    // What begins later is not there to take a token from.
    let (ana, cookie) = served.person("Ana").await;
    house.certify(&ana, "alpha").await;
    let ask = async |role: &str, starts: &str| {
        let token = Secret::presented(&cookie).form_token();
        let fields = [("form_token", token.as_str()), ("reason", "the fair"), ("duration", ""), ("starts", starts)];
        let request = served.call(Method::POST, &format!("/access/{role}/request"));
        let answer = request.header("cookie", format!("habilis={cookie}")).form(&fields).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let set = answer.headers().get_all("set-cookie");
        set.iter().map(|one| one.to_str().unwrap().to_owned()).collect::<String>()
    };
    let said = ask("reader", "2026-03-20T08:00").await;
    assert!(said.contains("notice-role-granted-later"), "{said}");
    let said = ask("either", "").await;
    assert!(said.contains("notice-role-granted") && !said.contains("later"), "{said}");
}

/// Of which grants somebody was told this and has not put it aside, and how often they ever were.
async fn told(house: &House, who: &Actor, kind: NoticeKind) -> (Vec<Id<ids::Grant>>, i64) {
    let news = notify::my_notices(&house.app, who).await.unwrap().1.into_iter().filter(|told| told.kind == kind);
    let grant = |about| match about {
        About::Access { grant, .. } => grant,
        other => panic!("{other:?}"),
    };
    let news = news.map(|told| grant(told.about)).collect();
    let (who, word) = (person_id(who), format!("%\"kind\":\"{}\"%", kind.word()));
    let count = house.app.db.read(house.app.now(), move |r| {
        let count = "SELECT COUNT(*) AS n FROM events WHERE kind = 'notice.told' AND person_id = ? AND data LIKE ?";
        Ok(sql(count).bind(&who).bind(&word).one::<i64>(r)?)
    });
    (news, count.await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_to_an_access_is_told_once_whatever_was_to_follow() {
    let house = House::new().await;
    let (app, admin) = (&house.app, &house.admin);
    let mut all = Vec::new();
    for name in ["Ana", "Ben", "Eve"] {
        let who = house.person(name).await;
        house.certify(&who, "alpha").await;
        house.ask(&who, "reader").await.unwrap();
        all.push(who);
    }
    house.advance("P50D");
    let [ana, ben, eve] = &all[..] else { unreachable!() };

    // Held back with what is to follow it.
    let (now, next) = renewed(&house, ana).await;
    hold_grant::hold_grant(app, admin, now.id, "odd queries".into()).await.unwrap();
    assert_eq!((told(&house, ana, AccessHeld).await, house.events("grant.suspended").await), ((vec![now.id], 1), 2));
    // Renewed while it is held back; then revoked.
    let bens = grants(&house, ben).await[0].id;
    hold_grant::hold_grant(app, admin, bens, "odd queries".into()).await.unwrap();
    renewed(&house, ben).await;
    assert_eq!((told(&house, ben, AccessHeld).await, house.events("grant.suspended").await), ((vec![bens], 1), 4));
    house.advance("1s");
    revoke_grant::revoke_grant(app, admin, bens, "sold the data".into()).await.unwrap();
    assert_eq!(told(&house, ben, AccessHeld).await, (vec![], 1));
    assert_eq!((told(&house, ben, AccessEnded).await, house.events("grant.ended").await), ((vec![bens], 1), 2));
    // What is done one after the other is told twice.
    let (eves, after) = renewed(&house, eve).await;
    for (one, so_far) in [(after.id, vec![after.id]), (eves.id, vec![eves.id, after.id])] {
        house.advance("1s");
        revoke_grant::revoke_grant(app, admin, one, "not needed".into()).await.unwrap();
        let often = i64::try_from(so_far.len()).unwrap();
        assert_eq!(told(&house, eve, AccessEnded).await, (so_far, often));
    }

    // It is news for as long as the access is held back: longer than what ran.
    house.advance("P11D");
    sweep::sweep(app).await.unwrap();
    assert_eq!(
        (mint(&house, ana).await, told(&house, ana, AccessHeld).await),
        (Err("grant-suspended"), (vec![now.id], 1))
    );
    hold_grant::let_grant_go_on(app, admin, next.id, "explained".into()).await.unwrap();
    assert_eq!((mint(&house, ana).await, told(&house, ana, AccessHeld).await), (Ok(next.id), (vec![], 1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_a_role_that_leaves_hears_it_once() {
    let house = House::new().await;
    let ana = in_the_last_quarter(&house, "Ana").await;
    let (now, _) = renewed(&house, &ana).await;
    let ben = house.person("Ben").await;
    house.certify(&ben, "alpha").await;
    house.ask(&ben, "reader").await.unwrap();
    let bens = grants(&house, &ben).await[0].id;
    house.advance("1s");
    let without = |text: String| {
        let others = text.lines().filter(|line| !line.starts_with("  - {id: reader,"));
        others.map(|line| format!("{line}\n")).collect()
    };
    load(&house.app, changed(without)).await;
    assert_eq!(told(&house, &ana, AccessWithdrawn).await, (vec![now.id], 1));
    assert_eq!(told(&house, &ben, AccessWithdrawn).await, (vec![bens], 1));
    assert_eq!(house.events("grant.ended").await, 3);
}
