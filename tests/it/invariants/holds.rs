//! Two transactions about one person at once: the second waits for the first, and looks again.

use crate::support::{House, code, person_id, slug};
use habilis::{
    access::{grant::EndReason, request::State as RequestState, rows},
    actions::{
        delegate::{self, Delegating},
        notify, sweep, withdraw_request,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::notice::NoticeKind,
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
