//! Two replicas on one database, minting, deciding and revoking at once.

use crate::support::{House, person_id, slug};
use habilis::{
    access::request::{State as RequestState, Verdict},
    actions::{decide_request, explain_access, mint_token, read_certificates, revoke_certificate},
    app::App,
    base::ids::{self, Id},
    db::sql,
    identity::actor::Actor,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

async fn count(app: &App, text: &'static str) -> i64 {
    app.db.read(app.now(), move |r| Ok(sql(text).one::<i64>(r)?)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_replicas_never_mint_against_a_revocation() {
    let house = Arc::new(House::new().await);
    let replicas = [house.app.clone(), house.replica().await];
    let mut people = Vec::new();
    for n in 0..4 {
        let who = house.person(&format!("Person {n}")).await;
        house.certify(&who, "alpha").await;
        house.ask(&who, "reader").await.unwrap();
        people.push(who);
    }
    let (minted, refused) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)));
    let refusals_before = house.events("refused").await;
    let stop = Arc::new(AtomicBool::new(false));
    let ticking = {
        let (clock, stop) = (house.clock.clone(), Arc::clone(&stop));
        tokio::spawn(async move {
            while !stop.load(Ordering::SeqCst) {
                clock.set(clock.now().plus_micros(500));
                tokio::time::sleep(std::time::Duration::from_micros(200)).await;
            }
        })
    };
    let minters: Vec<_> = (0..8)
        .map(|n| {
            let (app, who) = (replicas[n % 2].clone(), people[n % 4].clone());
            let (minted, refused) = (Arc::clone(&minted), Arc::clone(&refused));
            tokio::spawn(async move {
                for _ in 0..25 {
                    let done = mint_token::mint_token(&app, &who, slug("reader")).await.is_ok();
                    if done { &minted } else { &refused }.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let revokers: Vec<_> = (0..4)
        .map(|n| {
            let (app, admin, who) = (replicas[(n + 1) % 2].clone(), house.admin.clone(), people[n].clone());
            tokio::spawn(async move {
                tokio::time::sleep(std::time::Duration::from_millis(20 * n as u64)).await;
                let mine = read_certificates::my_certificates(&app, &who).await.unwrap();
                revoke_certificate::revoke_certificate(&app, &admin, mine[0].id, "race".into()).await.unwrap();
                // From this line on no mint may succeed.
                let after = mint_token::mint_token(&app, &who, slug("reader")).await;
                assert!(after.is_err(), "minted after the revocation had answered");
            })
        })
        .collect();
    for task in minters.into_iter().chain(revokers) {
        task.await.unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    ticking.await.unwrap();

    let app = &house.app;
    assert_eq!(count(app, "SELECT COUNT(*) AS n FROM tokens").await, minted.load(Ordering::SeqCst));
    assert_eq!(house.events("token.minted").await, minted.load(Ordering::SeqCst), "every token has its event");
    assert_eq!(
        house.events("refused").await - refusals_before,
        refused.load(Ordering::SeqCst) + 4,
        "every refusal has its event"
    );
    // Every token was effective at the instant it carries, as the past is told now.
    for who in &people {
        let me = person_id(who);
        let told = explain_access::explain_access(app, &house.admin, Some(me.to_string()), slug("reader"), None)
            .await
            .unwrap();
        assert!(!told.effective);
        for token in told.tokens {
            let then = explain_access::explain_access(
                app,
                &house.admin,
                Some(me.to_string()),
                slug("reader"),
                Some(token.issued_at),
            )
            .await
            .unwrap();
            assert!(then.effective, "the token of {} was minted without access", token.issued_at);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_approvers_at_once_give_one_grant() {
    let house = House::new().await;
    let replicas = [house.app.clone(), house.replica().await];
    let owner = house.person_in("Owner", &["privacy"]).await;
    let approvers = [owner, house.person_in("Priya", &["privacy"]).await];
    for n in 0..5 {
        let who = house.person(&format!("Asker {n}")).await;
        house.certify(&who, "beta").await;
        let (request, _) = house.ask(&who, "guardian").await.unwrap();
        let say = |app: App, by: Actor| async move {
            let say = decide_request::Say::new(Verdict::Approve, "");
            decide_request::decide_request(&app, &by, request, say).await
        };
        let (one, two) = tokio::join!(
            tokio::spawn(say(replicas[0].clone(), approvers[0].clone())),
            tokio::spawn(say(replicas[1].clone(), approvers[1].clone())),
        );
        let states = [one.unwrap().unwrap(), two.unwrap().unwrap()];
        assert!(states.contains(&RequestState::Approved) && states.contains(&RequestState::InReview), "{states:?}");
        let me: Id<ids::Person> = person_id(&who);
        let grants = house
            .app
            .db
            .read(house.app.now(), move |r| Ok(habilis::access::rows::grants_of(r, me, None, 10)?))
            .await
            .unwrap();
        assert_eq!(grants.len(), 1);
    }
}
