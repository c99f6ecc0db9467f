//! Owners, managers and delegates: who decides, in whose place, and on what never.

use super::{glass::on_call, guardian, page, post};
use crate::{
    signals::sink::until,
    support::{House, code, person_id, slug, web::Served},
};
use habilis::{
    access::{
        delegation::State,
        request::{State as RequestState, Verdict},
        rows,
    },
    actions::{
        break_glass::{self, Taking},
        change_person,
        decide_request::{self, Say},
        delegate::{self, Delegating},
        disable_person, hold_grant, notify, read_decisions, sweep,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::notice::{About, NoticeKind},
    db::lifecycle::{self, Entity, Step},
    identity::actor::Actor,
};

async fn delegates(house: &House, from: &Actor, to: &str, days: (i64, i64)) -> Result<Id<ids::Delegation>, Fault> {
    let now = house.app.now();
    let begins = (days.0 > 0).then(|| now.plus_seconds(days.0 * 86_400));
    let until = now.plus_seconds(days.1 * 86_400);
    let wanted = Delegating { delegator: None, delegate: to.to_owned(), from: begins, until, note: "back soon".into() };
    delegate::delegate(&house.app, from, wanted, None).await
}

async fn waiting(house: &House, who: &Actor) -> usize {
    read_decisions::list_decisions(&house.app, who).await.unwrap().0.len()
}

async fn approve(
    house: &House,
    who: &Actor,
    request: Id<ids::Request>,
    of: Option<&Actor>,
) -> Result<RequestState, Fault> {
    let say = Say { on_behalf_of: of.map(person_id), ..Say::new(Verdict::Approve, "") };
    decide_request::decide_request(&house.app, who, request, say).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owners_and_the_manager_agree_as_distinct_people() {
    let house = House::with(guardian("[{of: ['role:owners'], count: 1}, {of: [manager], count: 1}]")).await;
    let (owner, lena, ana) = (house.person("Owner").await, house.person("Lena").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    assert_eq!(code(&house.ask(&ana, "guardian").await.unwrap_err()), "no-approver", "she has no manager");
    let set = |who: &Actor, manager: &str| {
        change_person::change_manager(&house.app, &house.admin, person_id(who), manager.to_owned())
    };
    // The owner is one person: both places are not theirs to fill.
    set(&ana, "owner@example.com").await.unwrap();
    assert_eq!(code(&house.ask(&ana, "guardian").await.unwrap_err()), "no-approver");
    set(&ana, "lena@example.com").await.unwrap();
    assert_eq!(code(&set(&lena, "ana@example.com").await.unwrap_err()), "manager-loop");
    assert_eq!(code(&set(&lena, "lena@example.com").await.unwrap_err()), "manager-loop");
    let (asked, state) = house.ask(&ana, "guardian").await.unwrap();
    assert_eq!(state, RequestState::InReview);
    assert_eq!((waiting(&house, &owner).await, waiting(&house, &lena).await), (1, 1));
    assert_eq!(house.approve(&lena, asked).await.unwrap(), RequestState::InReview);
    assert_eq!((waiting(&house, &owner).await, waiting(&house, &lena).await), (1, 0));
    // Whose manager one is counts when it is decided: what a manager of then said does not stand in for the present one.
    set(&ana, "").await.unwrap();
    assert_eq!(house.approve(&owner, asked).await.unwrap(), RequestState::InReview);
    set(&ana, "lena@example.com").await.unwrap();
    let read = read_decisions::read_request(&house.app, &ana, asked).await.unwrap();
    assert_eq!((read.request.state, &read.progress), (RequestState::Approved, &vec![(1, 1), (1, 1)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delegate_decides_in_place_of_who_is_away_and_counts_once() {
    let house = House::new().await;
    let (owner, dan) = (house.person("Owner").await, house.person("Dan").await);
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let (ana, eve) = (house.person("Ana").await, house.person("Eve").await);
    for who in [&ana, &dan, &owner] {
        house.certify(who, "beta").await;
    }
    let (asked, _) = house.ask(&ana, "guardian").await.unwrap();
    assert_eq!(code(&house.approve(&dan, asked).await.unwrap_err()), "not-yours-to-decide");

    // From tomorrow on, for a week.
    let made = delegates(&house, &owner, "dan@example.com", (1, 8)).await.unwrap();
    assert_eq!(waiting(&house, &dan).await, 0);
    assert_eq!(code(&house.approve(&dan, asked).await.unwrap_err()), "not-yours-to-decide");
    house.advance("P1D");
    assert_eq!(waiting(&house, &dan).await, 1, "the hour counts, not the sweep");
    sweep::sweep(&house.app).await.unwrap();
    sweep::sweep(&house.app).await.unwrap();
    let (_, mut told) = notify::my_notices(&house.app, &dan).await.unwrap();
    assert_eq!(told.iter().filter(|told| told.kind == NoticeKind::RequestWaits).count(), 1, "it waits for him now");
    told.retain(|told| told.kind != NoticeKind::RequestWaits);
    assert_eq!(told.len(), 1, "told once: {told:?}");
    assert!(matches!(&told[0].about, About::Delegation { delegation, .. } if *delegation == made));
    assert_eq!((told[0].kind, told[0].owner.as_deref()), (NoticeKind::DelegationBegins, Some("Owner")));

    // Never on a request of their own, nor on one of who is away; and what was delegated is not delegated on.
    let (own, _) = house.ask(&dan, "guardian").await.unwrap();
    assert_eq!(code(&house.approve(&dan, own).await.unwrap_err()), "own-request");
    let (theirs, _) = house.ask(&owner, "guardian").await.unwrap();
    delegates(&house, &petra, "dan@example.com", (0, 5)).await.unwrap();
    assert_eq!(code(&house.approve(&dan, theirs).await.unwrap_err()), "delegators-own-request");
    assert_eq!(code(&approve(&house, &dan, theirs, Some(&petra)).await.unwrap_err()), "delegators-own-request");
    assert_eq!(waiting(&house, &dan).await, 1, "only Ana's");
    delegates(&house, &dan, "eve@example.com", (0, 5)).await.unwrap();
    assert_eq!(
        (waiting(&house, &eve).await, code(&house.approve(&eve, asked).await.unwrap_err())),
        (0, "not-yours-to-decide")
    );

    // He stands in for two, and says for whom; and he says it once.
    let read = read_decisions::read_request(&house.app, &dan, asked).await.unwrap();
    let names: Vec<&str> = read.in_place_of.iter().map(|away| away.name.as_str()).collect();
    assert_eq!((read.may_decide, read.on_own_place, names.len()), (true, false, 2));
    assert_eq!(code(&approve(&house, &dan, asked, Some(&eve)).await.unwrap_err()), "not-yours-to-decide");
    assert_eq!(approve(&house, &dan, asked, Some(&owner)).await.unwrap(), RequestState::InReview);
    assert_eq!(code(&approve(&house, &dan, asked, Some(&petra)).await.unwrap_err()), "decided-already");
    // The place is taken: who comes back early does not sit on it a second time.
    assert_eq!(code(&house.approve(&owner, asked).await.unwrap_err()), "decided-already");
    delegate::end_delegation(&house.app, &owner, made).await.unwrap();
    assert_eq!(
        house.approve(&paul, asked).await.unwrap(),
        RequestState::Approved,
        "what was said in time still counts"
    );
    let read = read_decisions::read_request(&house.app, &ana, asked).await.unwrap();
    let said: Vec<_> = read.decisions.iter().map(|d| (d.person_name.as_str(), d.on_behalf_name.as_deref())).collect();
    assert_eq!(said, [("Dan", Some("Owner")), ("Paul", None)]);
    // And the log says for whom.
    let line = house.app.db.read(house.app.now(), |r| {
        let query = "SELECT data AS word FROM events WHERE kind = 'request.decided' ORDER BY seq LIMIT 1";
        Ok(habilis::db::sql(query).one::<String>(r)?)
    });
    assert!(line.await.unwrap().contains(&person_id(&owner).to_string()));
    let (_, mut told) = notify::my_notices(&house.app, &dan).await.unwrap();
    told.retain(|told| told.kind == NoticeKind::DelegationBegins);
    assert!(told.iter().all(|told| told.owner.as_deref() == Some("Petra")), "{told:?}");
    assert_eq!(
        (
            house.events("delegation.made").await,
            house.events("delegation.begun").await,
            house.events("delegation.ended").await
        ),
        (3, 1, 1)
    );
}

/// Who stands in for somebody judges nothing of theirs and lets them go on from nothing, whatever else they are; others do, and so do
/// they once that is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_judges_or_lets_go_on_whom_they_stand_in_for() {
    let served = Served::start(House::with(on_call()).await).await;
    let house = &served.house;
    let ((owner, cookie), omar) = (served.person("Owner").await, house.person_in("Omar", &["oncall"]).await);
    let admins = house.bearer(&house.admin).await;
    for course in ["alpha", "beta"] {
        house.certify(&omar, course).await;
    }
    let mut taken = Vec::new();
    for role in ["guardian", "either"] {
        let taking = Taking { person: None, role: slug(role), reason: "fire".into(), duration: None };
        taken.push(break_glass::break_glass(&house.app, &omar, taking, None).await.unwrap());
    }
    house.ask(&omar, "reader").await.unwrap();
    let who = person_id(&omar);
    let held = house.app.db.read(house.app.now(), move |r| Ok(rows::live_grants(r, who, Some(&slug("reader")))?));
    let held = held.await.unwrap()[0].id;
    let judge = async |who: &Actor, taken: Id<ids::Emergency>| {
        let judged = break_glass::review_emergency(&house.app, who, taken, true, "it was".into()).await;
        judged.map_err(|refused| code(&refused))
    };
    let let_go = async |who: &Actor| {
        let outcome = hold_grant::let_grant_go_on(&house.app, who, held, "explained".into()).await;
        outcome.map_err(|refused| code(&refused))
    };
    let shown = async |cookie: &str| {
        let forms =
            [page(&served, cookie, "/break-glass").await, page(&served, cookie, &format!("/holders/{held}")).await];
        (forms[0].contains(&format!("/break-glass/{}/review", taken[1])), forms[1].contains("Let this grant go on"))
    };
    let made = delegates(house, &omar, "owner@example.com", (0, 5)).await.unwrap();
    house.advance("1s");
    // To hold them back is open to whoever answers for the role.
    hold_grant::hold_grant(&house.app, &owner, held, "odd queries".into()).await.unwrap();
    house.advance("1s");
    assert_eq!(judge(&owner, taken[0]).await, Err("delegators-own-request"));
    assert_eq!(let_go(&owner).await, Err("delegators-own-request"));
    assert_eq!((shown(&cookie).await, shown(&admins).await), ((false, false), (true, true)));
    assert_eq!(judge(&house.admin, taken[0]).await, Ok(()));
    assert_eq!(let_go(&house.admin).await, Ok(()));

    hold_grant::hold_grant(&house.app, &owner, held, "odd again".into()).await.unwrap();
    delegate::end_delegation(&house.app, &owner, made).await.unwrap();
    house.advance("1s");
    assert_eq!(shown(&cookie).await, (true, true));
    assert_eq!(judge(&owner, taken[1]).await, Ok(()));
    assert_eq!(let_go(&owner).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delegation_is_over_when_it_is_over() {
    let house = House::new().await;
    let (owner, ana, zoe) = (house.person("Owner").await, house.person("Ana").await, house.person("Zoe").await);
    for refused in [
        (delegates(&house, &owner, "owner@example.com", (0, 5)).await, "delegate-oneself"),
        (delegates(&house, &owner, "nobody@example.com", (0, 5)).await, "no-such-person"),
        (delegates(&house, &owner, "zoe@example.com", (3, 2)).await, "bad-period"),
        (delegates(&house, &owner, "zoe@example.com", (0, -1)).await, "bad-period"),
        (delegates(&house, &owner, "zoe@example.com", (0, 181)).await, "bad-period"),
    ] {
        assert_eq!(code(&refused.0.unwrap_err()), refused.1);
    }
    let made = delegates(&house, &owner, "zoe@example.com", (2, 5)).await.unwrap();
    assert_eq!(code(&delegates(&house, &owner, "ana@example.com", (4, 9)).await.unwrap_err()), "delegation-overlaps");
    let after = delegates(&house, &owner, "ana@example.com", (5, 9)).await.unwrap();
    // Another's delegation is nobody's business; admins and auditors see all of them.
    for refused in [
        delegate::end_delegation(&house.app, &ana, made).await.unwrap_err(),
        delegate::read_delegation(&house.app, &ana, made).await.map(drop).unwrap_err(),
    ] {
        assert_eq!(code(&refused), "no-such-delegation");
    }
    assert_eq!(code(&delegate::all_delegations(&house.app, &ana).await.unwrap_err()), "capability-missing");
    assert_eq!(delegate::all_delegations(&house.app, &house.admin).await.unwrap().len(), 2);
    // The delegate need not go on; ended before it began, it never counted.
    delegate::end_delegation(&house.app, &ana, after).await.unwrap();
    assert_eq!(code(&delegate::end_delegation(&house.app, &ana, after).await.unwrap_err()), "delegation-ended-already");
    house.advance("P6D");
    sweep::sweep(&house.app).await.unwrap();
    let states: Vec<State> =
        delegate::my_delegations(&house.app, &owner).await.unwrap().iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Ended, State::Ended]);
    assert!(notify::my_notices(&house.app, &zoe).await.unwrap().1.is_empty(), "what is over is no news");
    // Whoever is shut out decides for nobody, and nobody for them.
    delegates(&house, &owner, "zoe@example.com", (0, 5)).await.unwrap();
    disable_person::disable_person(&house.app, &house.admin, person_id(&zoe), "left".into()).await.unwrap();
    assert_eq!(code(&delegates(&house, &owner, "zoe@example.com", (0, 5)).await.unwrap_err()), "delegate-inactive");
    let who = person_id(&owner);
    let open = house.app.db.read(house.app.now(), move |r| Ok(rows::delegates_of(r, who)?)).await.unwrap();
    assert!(open.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_show_who_decides_for_whom() {
    let served = Served::start(House::new().await).await;
    let (owner, bearer) = served.person("Owner").await;
    let (_, ana) = served.person("Ana Verano").await;
    let form = |until| [("delegate", "ana.verano@example.com"), ("until", until), ("note", "see you")];
    let reply = post(&served, &bearer, "/delegations", &form("soon")).await;
    assert_eq!(reply.0, 422, "{}", reply.1);
    assert!(reply.1.contains("see you"), "what was typed is put back");
    let reply = post(&served, &bearer, "/delegations", &form("2026-03-20T09:00")).await;
    assert_eq!(reply.0, 303, "{}", reply.1);
    for who in [&bearer, &ana] {
        let shown = page(&served, who, "/delegations").await;
        assert!(shown.contains("Ana Verano for Owner"), "{shown}");
        assert!(!shown.contains("Everybody’s"));
    }
    let admin = served.house.bearer(&served.house.admin).await;
    let shown = page(&served, &admin, "/delegations").await;
    assert!(shown.contains("Everybody’s") && shown.contains("Ana Verano for Owner"));
    let made = delegate::my_delegations(&served.house.app, &owner).await.unwrap()[0].id;
    let reply = post(&served, &ana, &format!("/delegations/{made}/end"), &[]).await;
    assert_eq!(reply.0, 303, "{}", reply.1);
}

/// However many delegations came after it: whoever is shut out leaves none open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_shut_out_leaves_no_delegation_open() {
    let house = House::new().await;
    let (ana, dan) = (house.person("Ana").await, house.person("Dan").await);
    let open = delegates(&house, &ana, "dan@example.com", (0, 5)).await.unwrap();
    let (from, to) = (person_id(&ana), person_id(&dan));
    // Two hundred that were planned for later, and called off.
    let fill = house.app.db.write(house.app.now(), move |w| {
        for day in 10..211 {
            let at = w.now().plus_seconds(day * 86_400);
            let id = Id::<ids::Delegation>::new(w.now().plus_micros(day));
            let made = habilis::access::delegation::Delegation {
                id,
                delegator_id: from,
                delegator_name: String::new(),
                delegate_id: to,
                delegate_name: String::new(),
                state: State::Scheduled,
                from_at: at,
                until_at: at,
                ends_at: at,
                note: String::new(),
                made_at: w.now(),
                made_by: "operator:test".to_owned(),
                ended_by: None,
            };
            rows::insert_delegation(w, &made)?;
            let step = Step { from: "scheduled", to: "ended", actor: "operator:test", reason: "ended" };
            assert!(lifecycle::advance(w, Entity::Delegation, &id.to_string(), step)?);
        }
        Ok::<_, Fault>(())
    });
    fill.await.unwrap();
    disable_person::disable_person(&house.app, &house.admin, to, "left".into()).await.unwrap();
    let found = delegate::read_delegation(&house.app, &ana, open).await.unwrap();
    assert_eq!(found.state, State::Ended);
}

/// Whoever shuts somebody out waits for the sweep that writes down that a delegation of theirs has begun, and ends it all the same
/// (PostgreSQL). SQLite has one writer: there they follow each other anyway.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_delegation_that_begins_meanwhile_ends_with_whoever_is_shut_out() {
    let house = House::new().await;
    if !house.engine.is_postgres() {
        return;
    }
    let (owner, zoe, dan) = (house.person("Owner").await, house.person("Zoe").await, house.person("Dan").await);
    let made = delegates(&house, &owner, "dan@example.com", (1, 8)).await.unwrap();
    let others = delegates(&house, &zoe, "dan@example.com", (1, 8)).await.unwrap();
    house.advance("P1D");
    let (beside, connection) = tokio_postgres::connect(&house.engine.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let begins = format!("BEGIN; UPDATE delegations SET state = 'active' WHERE id IN ('{made}', '{others}')");
    beside.batch_execute(&begins).await.unwrap();
    let (app, admin, who) = (house.app.clone(), house.admin.clone(), person_id(&owner));
    let leaving = tokio::spawn(async move { disable_person::disable_person(&app, &admin, who, "left".into()).await });
    let waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("somebody waits", || async { beside.query_one(waits, &[]).await.unwrap().get::<_, i64>(0) > 0 }).await;
    beside.batch_execute("COMMIT").await.unwrap();
    leaving.await.unwrap().unwrap();
    house.advance("1s");
    disable_person::enable_person(&house.app, &house.admin, who).await.unwrap();
    house.advance("1s");
    let state = async |id| delegate::read_delegation(&house.app, &dan, id).await.unwrap().state;
    assert_eq!((state(made).await, state(others).await), (State::Ended, State::Active));
    let dan = person_id(&dan);
    let away = house.app.db.read(house.app.now(), move |r| Ok(rows::delegators_of(r, dan)?)).await.unwrap();
    assert_eq!(away, [person_id(&zoe)], "whoever is let in again is not away");
    assert_eq!(house.events("delegation.ended").await, 1);
}
