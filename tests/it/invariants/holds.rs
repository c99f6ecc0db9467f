//! Two transactions about one person at once: the second waits for the first, and looks again.

use crate::support::{House, code, content, person_id, slug};
use habilis::{
    access::{
        grant::{Cause, EndReason, Grant, State as GrantState},
        request::{Decision, Request, State as RequestState, Verdict},
        rows,
    },
    actions::{
        delegate::{self, Delegating},
        load_content, notify, settle_access, suspend_grant, sweep, withdraw_request,
    },
    app::Content,
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::notice::NoticeKind,
    curriculum::source::Source,
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor, person::State},
};
use std::{sync::mpsc, time::Duration};

/// Holds a person in a transaction that does something, begins something else meanwhile, which does not end before the transaction
/// does, and gives what came of that.
async fn meanwhile<T: Send + 'static>(
    house: &House,
    who: Id<ids::Person>,
    first: impl Fn(&mut Writing<'_>) -> Result<(), Fault> + Send + 'static,
    then: impl Future<Output = T> + Send + 'static,
) -> T {
    let ((begun, begins), (go, goes)) = (mpsc::channel::<()>(), mpsc::channel::<()>());
    let app = house.app.clone();
    let held = tokio::spawn(async move {
        let work = move |w: &mut Writing<'_>| {
            identity::rows::hold(w, who, true)?;
            first(w)?;
            let _ = begun.send(());
            // A test that fails ends all the same.
            let _ = goes.recv_timeout(Duration::from_secs(20));
            Ok(())
        };
        app.db.write(app.now(), work).await
    });
    tokio::task::spawn_blocking(move || begins.recv().unwrap()).await.unwrap();
    let then = tokio::spawn(then);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!then.is_finished(), "it does not wait for whoever holds the person");
    go.send(()).unwrap();
    held.await.unwrap().unwrap();
    then.await.unwrap()
}

async fn told(house: &House, who: &Actor) -> Vec<NoticeKind> {
    notify::my_notices(&house.app, who).await.unwrap().1.into_iter().map(|told| told.kind).collect()
}

/// Nobody is given a place who is being shut out.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_decides_in_anothers_place_who_is_shut_out_at_that_moment() {
    let house = House::new().await;
    // Whichever of the two has the lower id.
    for (from, to) in [("Ana", "Dan"), ("Eve", "Bob")] {
        let (ana, dan) = match from {
            "Ana" => (house.person(from).await, house.person(to).await),
            _ => {
                let dan = house.person(to).await;
                (house.person(from).await, dan)
            }
        };
        let (app, dans) = (house.app.clone(), person_id(&dan));
        let until = app.now().plus_seconds(86_400);
        let email = format!("{}@example.com", to.to_lowercase());
        let wanted = Delegating { delegator: None, delegate: email, from: None, until, note: String::new() };
        let shut = move |w: &mut Writing<'_>| {
            assert!(identity::rows::move_state(w, dans, State::Active, State::Disabled)?);
            Ok(())
        };
        let made = meanwhile(&house, dans, shut, async move { delegate::delegate(&app, &ana, wanted, None).await });
        assert_eq!(code(&made.await.unwrap_err()), "delegate-inactive");
    }
}

/// Whoever settles what somebody asked for tells nobody of what is withdrawn at that moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_withdrawn_waits_for_what_is_settled() {
    let house = House::new().await;
    let (owner, ana) = (house.person("Owner").await, house.person("Ana").await);
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let (asked, state) = house.ask(&ana, "keeper").await.unwrap();
    assert_eq!((state, told(&house, &owner).await), (RequestState::InReview, vec![NoticeKind::RequestWaits]));
    let (app, who) = (house.app.clone(), person_id(&ana));
    let withdrawn = async move { withdraw_request::withdraw_request(&app, &ana, asked).await };
    meanwhile(&house, who, |_| Ok(()), withdrawn).await.unwrap();
    assert!(told(&house, &owner).await.is_empty());
}

/// What ends otherwise while the sweep is about to tell that it ends soon is not told.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_over_at_that_moment_is_not_said_to_end_soon() {
    let house = House::new().await;
    let (owner, ana) = (house.person("Owner").await, house.person("Ana").await);
    house.person_in("Petra", &["privacy"]).await;
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let (first, _) = house.ask(&ana, "keeper").await.unwrap();
    house.approve(&owner, first).await.unwrap();
    house.advance("P18D");
    let (asked, state) = house.ask(&ana, "guardian").await.unwrap();
    assert_eq!(state, RequestState::InReview);
    house.advance("P5DT7H");
    let (app, who) = (house.app.clone(), person_id(&ana));
    let held = house.app.db.read(house.app.now(), move |r| Ok(rows::live_grants(r, who, Some(&slug("keeper")))?));
    let held = held.await.unwrap()[0].id;
    let over = move |w: &mut Writing<'_>| {
        let step = |from, to| Step { from, to, actor: "operator:test", reason: "a race" };
        assert!(lifecycle::advance(w, Entity::Request, &asked.to_string(), step("in_review", "withdrawn"))?);
        rows::close_request(w, asked)?;
        assert!(lifecycle::advance(w, Entity::Grant, &held.to_string(), step("active", "ended"))?);
        let now = w.now();
        Ok(rows::end_grant(w, held, now, EndReason::Returned)?)
    };
    meanwhile(&house, who, over, async move { sweep::sweep(&app).await }).await.unwrap();
    let said = told(&house, &ana).await;
    assert!(!said.contains(&NoticeKind::RequestLapses) && !said.contains(&NoticeKind::AccessEnds), "{said:?}");
    assert!(!told(&house, &owner).await.contains(&NoticeKind::RequestLapses));
}

/// The small academy without a role.
fn without(role: &str) -> Source {
    let mut files = content::files();
    let text = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let mark = format!("  - {{id: {role},");
    let kept: String = text.lines().filter(|line| !line.starts_with(&mark)).map(|line| format!("{line}\n")).collect();
    files.insert("access.yaml".to_owned(), kept.into_bytes());
    Source::from_files(files)
}

/// Loads the academy without a role while a transaction holds somebody that does something; gives what they have then.
async fn leaves_meanwhile(
    house: &House,
    role: &str,
    who: &Actor,
    first: impl Fn(&mut Writing<'_>) -> Result<(), Fault> + Send + 'static,
) -> Vec<Grant> {
    let (app, source, who) = (house.app.clone(), without(role), person_id(who));
    let load = async move { load_content::load_content(&app, &Actor::operator("test"), source).await };
    meanwhile(house, who, first, load).await.unwrap();
    house.advance("1s");
    let held = house.app.db.read(house.app.now(), move |r| Ok(rows::grants_of(r, who, None, 10)?)).await.unwrap();
    // And it is there again, for whoever comes next.
    load_content::load_content(&house.app, &Actor::operator("test"), content::small()).await.unwrap();
    house.advance("1s");
    held
}

#[track_caller]
fn withdrawn(grants: &[Grant]) {
    let ended: Vec<_> = grants.iter().map(|one| (one.state, one.ended_reason)).collect();
    assert_eq!(ended, [(GrantState::Ended, Some(EndReason::Withdrawn))]);
}

/// Asks for `reader` and is given it, as whoever asks for an automatic role is.
fn asks(w: &mut Writing<'_>, content: &Content, who: Id<ids::Person>) -> Result<(), Fault> {
    let role = &content.catalogue.roles[&slug("reader")];
    let (now, policy, by) = (w.now(), role.policy(), Actor::system("test").by());
    let asked = Request {
        id: Id::new(now),
        person_id: who,
        role_id: role.id.clone(),
        policy_id: rows::keep_policy(w, &role.id, &policy)?,
        state: RequestState::Submitted,
        reason: "a race".to_owned(),
        wanted_micros: 86_400_000_000,
        submitted_at: now,
        lapses_at: now.plus_seconds(86_400),
        closed_at: None,
        starts_at: None,
    };
    assert!(rows::insert_request(w, &asked, "{}")?);
    lifecycle::begin(w, Entity::Request, &asked.id.to_string(), "submitted", &by.actor, "a race")?;
    assert_eq!(settle_access::consider(w, &by, content, &asked, &policy)?, RequestState::Approved);
    Ok(())
}

/// Whatever is done about a grant of a role at the moment at which that leaves: it is over afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_role_that_leaves_takes_along_what_is_given_or_moves_at_that_moment() {
    let house = House::new().await;
    let (owner, ana, ben) = (house.person("Owner").await, house.person("Ana").await, house.person("Ben").await);
    for who in [&ana, &ben] {
        for course in ["alpha", "beta"] {
            house.certify(who, course).await;
        }
    }
    // Another word for how it stands.
    house.ask(&ana, "reader").await.unwrap();
    let who = person_id(&ana);
    let held = house.app.db.read(house.app.now(), move |r| Ok(rows::live_grants(r, who, Some(&slug("reader")))?));
    let held = held.await.unwrap()[0].clone();
    let suspends = move |w: &mut Writing<'_>| {
        let by = Actor::system("test").by();
        assert!(suspend_grant::suspend(w, &by, &held, Cause::Admin, "odd queries")?);
        Ok(())
    };
    withdrawn(&leaves_meanwhile(&house, "reader", &ana, suspends).await);

    // Given by itself, of which nobody else can know yet.
    let (known, who) = (house.app.content().unwrap(), person_id(&ben));
    withdrawn(&leaves_meanwhile(&house, "reader", &ben, move |w| asks(w, &known, who)).await);

    // Approved.
    let cem = house.person("Cem").await;
    for course in ["alpha", "beta"] {
        house.certify(&cem, course).await;
    }
    let (asked, state) = house.ask(&cem, "keeper").await.unwrap();
    assert_eq!(state, RequestState::InReview);
    let (known, approver) = (house.app.content().unwrap(), person_id(&owner));
    let approves = move |w: &mut Writing<'_>| {
        let found = rows::request(w, asked)?.unwrap();
        let policy = rows::policy(w, &found.policy_id)?;
        let said = Decision {
            id: Id::new(w.now()),
            person_id: approver,
            person_name: String::new(),
            on_behalf_of: None,
            on_behalf_name: None,
            decision: Verdict::Approve,
            comment: String::new(),
            cap_micros: None,
            at: w.now(),
            round: 1,
        };
        assert!(rows::insert_decision(w, asked, &said)?);
        let by = Actor::system("test").by();
        assert_eq!(settle_access::consider(w, &by, &known, &found, &policy)?, RequestState::Approved);
        Ok(())
    };
    withdrawn(&leaves_meanwhile(&house, "keeper", &cem, approves).await);
}
