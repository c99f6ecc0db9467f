//! Hours, claims, a start in the time to come, what sensitivity asks, and grants that somebody holds back.

use super::{changed, load, page, post};
use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    access::{
        self,
        catalogue::{Approval, Sensitivity},
        grant::{EndReason, Grant, State},
        rows::{HolderFilter, Standing},
    },
    actions::{
        claim_grant, explain_access, hold_grant, list_holders, load_content, mint_token, request_role,
        revoke_certificate, sweep,
    },
    base::{clock::Time, paging::Paging, refusal::Fault},
    db::sql,
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};

/// The small academy where `reader` has more of a policy.
fn reader(more: &str) -> habilis::curriculum::source::Source {
    changed(|text| text.replacen("token_lifetime: 15m", &format!("token_lifetime: 15m, {more}"), 1))
}

const OFFICE: &str = "hours: {days: mon-fri, from: '08:00', until: '19:00', zone: Europe/Paris}";

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

async fn mint(house: &House, who: &Actor) -> Result<Time, Fault> {
    mint_token::mint_token(&house.app, who, slug("reader")).await.map(|minted| minted.expires_at)
}

async fn grants(house: &House, who: &Actor) -> Vec<Grant> {
    let who = person_id(who);
    house.app.db.read(house.app.now(), move |r| Ok(access::rows::grants_of(r, who, None, 10)?)).await.unwrap()
}

async fn effective(house: &House, who: &Actor, at: Time) -> bool {
    let who = person_id(who);
    house.app.db.read(at, move |r| Ok(access::rows::effective(r, who, &slug("reader"))?)).await.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outside_of_its_hours_a_role_opens_nothing() {
    // Monday, 08:00 UTC, nine o'clock in Paris.
    let served = Served::start(House::with(reader(OFFICE)).await).await;
    let house = &served.house;
    let (ana, cookie) = served.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    mint(house, &ana).await.unwrap();
    // No token outlasts the hours: ten minutes before they end it lasts ten minutes.
    house.clock.set(at("2026-03-02T17:50:00Z"));
    assert_eq!(mint(house, &ana).await.unwrap(), at("2026-03-02T18:00:00Z"));
    house.clock.set(at("2026-03-02T18:00:00Z"));
    assert!(!effective(house, &ana, house.app.now()).await);
    let refused = mint(house, &ana).await.unwrap_err();
    assert_eq!(code(&refused), "outside-hours");
    let Fault::Refused(refused) = refused else { panic!() };
    assert!(serde_json::to_value(&refused.facts["from"]).unwrap().to_string().contains("2026-03-03T07:00:00Z"));
    // The grant itself runs on: nothing is suspended, nothing has to come back by a sweep.
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(grants(house, &ana).await[0].state, State::Active);
    let shut = page(&served, &cookie, "/access/reader").await;
    assert!(shut.contains("Outside its hours") && shut.contains("Mon–Fri, 08:00–19:00 (Europe/Paris)"), "{shut}");
    let filter = HolderFilter { state: Some(Standing::Closed), ..HolderFilter::default() };
    let closed = |filter: &HolderFilter| {
        list_holders::list_holders(&house.app, &house.admin, filter.clone(), None, None, Paging::first(10))
    };
    assert_eq!(closed(&filter).await.unwrap().items.len(), 1);
    let explained = explain_access::explain_access(&house.app, &ana, None, slug("reader"), None).await.unwrap();
    assert_eq!(
        (explained.effective, explained.open, explained.opens),
        (false, false, Some(at("2026-03-03T07:00:00Z")))
    );
    let said = page(&served, &cookie, "/explain?role=reader").await;
    assert!(said.contains("it may be used within its hours only, which begin"), "{said}");
    house.clock.set(at("2026-03-03T07:00:00Z"));
    mint(house, &ana).await.unwrap();
    assert!(closed(&filter).await.unwrap().items.is_empty());
    // As of any moment, before and after the clocks change in that zone: it is the clock on its wall that counts.
    for (moment, expected) in [
        ("2026-03-06T17:59:59Z", true),
        ("2026-03-07T12:00:00Z", false),
        ("2026-03-30T06:00:00Z", true),
        ("2026-03-30T05:59:59Z", false),
        ("2026-03-27T06:30:00Z", false),
        ("2026-03-27T07:00:00Z", true),
    ] {
        assert_eq!(effective(house, &ana, at(moment)).await, expected, "{moment}");
    }
    // Requests of before keep the policy that they were made under.
    load(&house.app, changed(|text| text)).await;
    assert!(!effective(house, &ana, at("2026-03-07T12:00:00Z")).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_claims_in_time_ends() {
    let house = House::with(reader("claim_by: P10D")).await;
    let (ana, ben, cem) = (house.person("Ana").await, house.person("Ben").await, house.person("Cem").await);
    for who in [&ana, &ben, &cem] {
        house.certify(who, "alpha").await;
        house.ask(who, "reader").await.unwrap();
    }
    house.advance("P9D");
    mint(&house, &ana).await.unwrap();
    let held = grants(&house, &ben).await[0].clone();
    assert_eq!(held.claim_by_at, Some(held.starts_at.plus_seconds(10 * 86_400)));
    assert_eq!(code(&claim_grant::claim_grant(&house.app, &ana, held.id).await.unwrap_err()), "no-such-grant");
    claim_grant::claim_grant(&house.app, &ben, held.id).await.unwrap();
    claim_grant::claim_grant(&house.app, &ben, held.id).await.unwrap();
    assert_eq!(house.events("grant.claimed").await, 2, "by a token, and by saying so once");
    house.advance("P1D");
    // From that instant on, whether or not a sweep came by; and it says so then.
    assert!(!effective(&house, &cem, house.app.now()).await);
    assert_eq!(code(&mint(&house, &cem).await.unwrap_err()), "role-not-held");
    let late = grants(&house, &cem).await[0].id;
    assert_eq!(code(&claim_grant::claim_grant(&house.app, &cem, late).await.unwrap_err()), "grant-ended-already");
    sweep::sweep(&house.app).await.unwrap();
    let ended = grants(&house, &cem).await[0].clone();
    assert_eq!(
        (ended.state, ended.ended_reason, Some(ended.ends_at)),
        (State::Ended, Some(EndReason::Unclaimed), ended.claim_by_at)
    );
    for who in [&ana, &ben] {
        assert!(effective(&house, who, house.app.now()).await);
        mint(&house, who).await.unwrap();
    }
    // Whoever renews has it in use.
    house.certify(&ana, "beta").await;
    house.advance("P40D");
    house.ask(&ana, "reader").await.unwrap();
    let next = grants(&house, &ana).await[0].clone();
    assert_eq!((next.state, next.claim_by_at), (State::Scheduled, None));
    // And whoever lost it asks anew.
    house.ask(&cem, "reader").await.unwrap();
    mint(&house, &cem).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn access_begins_when_it_was_asked_to() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    let ask = |days: i64| {
        let starts_at = Some(house.app.now().plus_seconds(days * 86_400));
        let ask = request_role::Ask {
            role: slug("reader"),
            reason: "the fair".into(),
            duration: Some("P5D".parse().unwrap()),
            starts_at,
        };
        request_role::request_role(&house.app, &ana, ask)
    };
    for days in [-1, 0, 366] {
        assert_eq!(code(&ask(days).await.unwrap_err()), "bad-start", "{days}");
    }
    let begins = house.app.now().plus_seconds(10 * 86_400);
    ask(10).await.unwrap();
    let held = grants(&house, &ana).await[0].clone();
    assert_eq!((held.state, held.starts_at, held.ends_at), (State::Scheduled, begins, begins.plus_seconds(5 * 86_400)));
    assert_eq!(code(&mint(&house, &ana).await.unwrap_err()), "grant-not-yet");
    house.clock.set(begins);
    mint(&house, &ana).await.unwrap();
    house.advance("P5D");
    assert_eq!(code(&mint(&house, &ana).await.unwrap_err()), "role-not-held");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_strictest_of_role_and_sensitivity_wins_and_is_frozen() {
    let rules = "sensitivity_rules:\n  internal:\n    max_duration: P90D\n    token_lifetime: 20m\n    reason: required\n    \
                 approval:\n      - {of: ['role:owners'], count: 1}\n    claim_by: P5D\n    hours: {from: '06:00', until: '22:00', zone: UTC}\n";
    let house = House::with(changed(|text| format!("{text}{rules}"))).await;
    let content = house.app.content().unwrap();
    let (reader, either) = (&content.catalogue.roles[&slug("reader")], &content.catalogue.roles[&slug("either")]);
    // Reader is stricter in how long, the rule in all else; either in nothing.
    assert_eq!((reader.max_duration.to_string(), reader.token_lifetime.to_string()), ("P60D".into(), "PT15M".into()));
    assert_eq!((either.max_duration.to_string(), either.token_lifetime.to_string()), ("P90D".into(), "PT20M".into()));
    assert!(either.reason_required && matches!(either.approval, Approval::Clauses(_)) && either.hours.len() == 1);
    assert_eq!(content.catalogue.roles[&slug("keeper")].sensitivity, Sensitivity::Confidential);
    assert!(content.catalogue.roles[&slug("keeper")].hours.is_empty());
    let (ana, owner) = (house.person("Ana").await, house.person("Owner").await);
    house.certify(&ana, "alpha").await;
    let (asked, state) = house.ask(&ana, "reader").await.unwrap();
    assert_eq!(state, access::request::State::InReview, "the rule asks the owners, the role nobody");
    load(&house.app, changed(|text| text)).await;
    house.approve(&owner, asked).await.unwrap();
    assert!(grants(&house, &ana).await[0].claim_by_at.is_some(), "as it was when it was asked for");
    // Wrong rules are found where they stand.
    for (wrong, expected) in [
        ("secret: {max_duration: P1D}", "unknown-key"),
        ("internal: {max_duration: P1D, colour: red}", "unknown-key"),
        ("internal: {hours: {days: mon-xyz, from: '08:00', until: '19:00', zone: Europe/Paris}}", "bad-days"),
        ("internal: {hours: {from: '8', until: '19:00', zone: Europe/Paris}}", "bad-time-of-day"),
        ("internal: {hours: {from: '19:00', until: '08:00', zone: Europe/Paris}}", "bad-hours"),
        ("internal: {hours: {from: '08:00', until: '19:00', zone: Mars/Base}}", "unknown-zone"),
        ("internal: {approval: [{of: [nobody]}]}", "bad-approver"),
        ("internal: {approval: [{of: ['role:owners'], count: 2}]}", "count-above-people"),
        ("internal: {claim_by: '0'}", "bad-span"),
    ] {
        let source = changed(|text| format!("{text}sensitivity_rules:\n  {wrong}\n"));
        let (_, _, report) = load_content::check(&source);
        let found: Vec<String> =
            report.findings().iter().map(|f| format!("{}:{} {}", f.line, f.column, f.code)).collect();
        assert!(report.has_errors() && found.iter().any(|one| one.ends_with(expected)), "{wrong}: {found:?}");
    }
    let never = changed(|text| {
        let text = text.replacen(
            "token_lifetime: 15m",
            "token_lifetime: 15m, hours: {days: sat, from: '08:00', until: '09:00', zone: UTC}",
            1,
        );
        format!(
            "{text}sensitivity_rules:\n  internal: {{hours: {{days: mon, from: '08:00', until: '09:00', zone: UTC}}}}\n"
        )
    });
    assert!(format!("{}", load_content::check(&never).2).contains("hours-never-open"));
}

/// A grant keeps its policy, and so its hours, when the catalogue has none any more: a new time zone database is for it, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn offsets_are_kept_up_for_every_policy_that_has_hours() {
    let house = House::with(reader(OFFICE)).await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    load(&house.app, changed(|text| text)).await;
    assert!(effective(&house, &ana, house.app.now()).await);
    let older = house.app.db.write(house.app.now(), |w| {
        // What an older program knew: a zone without summer time, and without anything else.
        Ok(sql("DELETE FROM zone_offsets WHERE zone = 'Europe/Paris'").run(w)?)
    });
    assert!(older.await.unwrap() > 100);
    assert!(!effective(&house, &ana, house.app.now()).await);
    load_content::keep_zones(&house.app).await.unwrap();
    assert!(effective(&house, &ana, house.app.now()).await);
    // In summer the office opens at six, UTC.
    assert!(effective(&house, &ana, at("2026-04-13T06:30:00Z")).await);
    assert!(!effective(&house, &ana, at("2026-03-13T06:30:00Z")).await);
}

/// Who answers for the role holds it, too: whoever was held back does not lift that themselves, on no way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_lets_a_grant_of_their_own_go_on() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (owner, cookie) = served.person("Owner").await;
    house.certify(&owner, "alpha").await;
    house.ask(&owner, "reader").await.unwrap();
    let held = grants(house, &owner).await[0].id;
    let place = format!("/holders/{held}");
    assert!(page(&served, &cookie, &place).await.contains("Suspend this grant"));
    hold_grant::hold_grant(&house.app, &house.admin, held, "odd queries".into()).await.unwrap();
    let refused = hold_grant::let_grant_go_on(&house.app, &owner, held, "all is well".into()).await.unwrap_err();
    assert_eq!(code(&refused), "own-grant");
    assert_eq!(code(&mint(house, &owner).await.unwrap_err()), "grant-suspended");
    house.advance("1s");
    let shown = page(&served, &cookie, &place).await;
    assert!(shown.contains("odd queries") && !shown.contains("Let this grant go on"), "{shown}");
    assert!(shown.contains("Revoke"), "what only takes away is still theirs: {shown}");
    let reply = post(&served, &cookie, &format!("{place}/reactivation"), &[("reason", "all is well")]).await;
    assert_eq!(reply.0, 403, "{}", reply.1);
    let admin = house.bearer(&house.admin).await;
    assert!(page(&served, &admin, &place).await.contains("Let this grant go on"));
    hold_grant::let_grant_go_on(&house.app, &house.admin, held, "it was explained".into()).await.unwrap();
    mint(house, &owner).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_says_what_comes_from_the_rule_for_its_sensitivity() {
    let rules = "sensitivity_rules:\n  internal: {max_duration: P90D, token_lifetime: 10m, claim_by: P5D, \
                 approval: [{of: ['role:owners'], count: 1}], hours: {from: '06:00', until: '22:00', zone: UTC}}\n";
    let served = Served::start(House::with(changed(|text| format!("{text}{rules}"))).await).await;
    let (_, ana) = served.person("Ana").await;
    let mark = "by the rule for internal data";
    for (role, expected) in [
        // The role itself lets access last for sixty days only, and wants a reason.
        ("reader", vec!["approval", "claim_by", "hours", "token_lifetime"]),
        ("either", vec!["approval", "claim_by", "hours", "max_duration", "token_lifetime"]),
        ("keeper", vec![]),
    ] {
        let shown = page(&served, &ana, &format!("/access/{role}")).await;
        assert_eq!(shown.matches(mark).count(), expected.len(), "{shown}");
        let (status, told) = served.api(&ana, Method::GET, &format!("/api/v1/roles/{role}"), Value::Null).await;
        assert_eq!((status.as_u16(), &told["by_rule"]), (200, &json!(expected)), "{told}");
    }
    // It is said of the role, and no part of its policy.
    let content = served.house.app.content().unwrap();
    let bound = &content.catalogue.roles[&slug("reader")];
    let plain = access::catalogue::Role { by_rule: std::collections::BTreeSet::new(), ..bound.clone() };
    assert_eq!(bound.policy().hash(), plain.policy().hash());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_is_held_back_by_people_and_goes_on_only_where_all_else_holds() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, cookie) = served.person("Ana").await;
    let (owner, owners) = served.person("Owner").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let held = grants(house, &ana).await[0].id;
    assert_eq!(
        code(&hold_grant::hold_grant(&house.app, &ana, held, "x".into()).await.unwrap_err()),
        "capability-missing"
    );
    assert_eq!(code(&hold_grant::hold_grant(&house.app, &owner, held, " ".into()).await.unwrap_err()), "reason-needed");
    let reply = post(&served, &owners, &format!("/holders/{held}/suspension"), &[("reason", "odd queries")]).await;
    assert_eq!(reply.0, 303, "{}", reply.1);
    assert_eq!(
        code(&hold_grant::hold_grant(&house.app, &owner, held, "again".into()).await.unwrap_err()),
        "grant-suspended-already"
    );
    assert_eq!(code(&mint(house, &ana).await.unwrap_err()), "grant-suspended");
    assert_eq!(grants(house, &ana).await[0].state, State::Suspended);
    house.advance("1s");
    let role = page(&served, &cookie, "/access/reader").await;
    assert!(role.contains("This access is suspended"), "{role}");
    let evidence = page(&served, &owners, &format!("/holders/{held}")).await;
    assert!(evidence.contains("odd queries") && evidence.contains("Let this grant go on"), "{evidence}");
    // A certificate that comes and goes does not lift it, nor does the sweep.
    house.advance("P1D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(grants(house, &ana).await[0].state, State::Suspended);
    hold_grant::let_grant_go_on(&house.app, &owner, held, "they explained".into()).await.unwrap();
    assert_eq!(grants(house, &ana).await[0].state, State::Active);
    mint(house, &ana).await.unwrap();
    assert_eq!(
        code(&hold_grant::let_grant_go_on(&house.app, &owner, held, "again".into()).await.unwrap_err()),
        "grant-not-suspended"
    );
    // Held back again, the certificate is lost: lifting the one leaves the other.
    hold_grant::hold_grant(&house.app, &house.admin, held, "a look".into()).await.unwrap();
    let who = person_id(&ana);
    let certificates =
        house.app.db.read(house.app.now(), move |r| Ok(habilis::certification::rows::certificates_of(r, who)?));
    let certificate = certificates.await.unwrap()[0].id;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "cheated".into()).await.unwrap();
    hold_grant::let_grant_go_on(&house.app, &house.admin, held, "done".into()).await.unwrap();
    assert_eq!(code(&mint(house, &ana).await.unwrap_err()), "certification-missing");
    // What has ended stays ended.
    hold_grant::hold_grant(&house.app, &house.admin, held, "a look".into()).await.unwrap();
    house.advance("P61D");
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(grants(house, &ana).await[0].state, State::Ended);
    assert_eq!(
        code(&hold_grant::let_grant_go_on(&house.app, &house.admin, held, "on".into()).await.unwrap_err()),
        "grant-ended-already"
    );
}
