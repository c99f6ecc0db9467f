//! What many share: actions that wait at the same time share a durable commit, and nobody's token waits for others' passwords.

use crate::support::{House, content};
use habilis::{
    actions::{mint_token, sign_in},
    base::{clock::Clock, refusal::Fault},
    db::sql,
    identity::actor::Actor,
};
use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    task::Poll,
};

/// An action in the queue.
type Waiting<'a> = Pin<Box<dyn Future<Output = Result<usize, Fault>> + Send + 'a>>;

/// SQLite has one writer; PostgreSQL gathers commits by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn actions_that_wait_share_a_commit() {
    const ACTIONS: usize = 64;
    let house = House::new().await;
    if house.engine.is_postgres() {
        return;
    }
    let (app, at) = (&house.app, house.app.now());
    let before = app.db.touched();
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let mut first = Box::pin(app.db.write(at, move |_| {
        wait.lock().unwrap().recv().unwrap();
        Ok(())
    }));
    let mut others: Vec<Waiting<'_>> = Vec::new();
    for _ in 0..ACTIONS {
        others.push(Box::pin(app.db.write(at, |w| Ok(sql("UPDATE persons SET name = name").run(w)?))));
    }
    // Each is asked once, and waits in the queue behind the first.
    std::future::poll_fn(|context| {
        assert!(first.as_mut().poll(context).is_pending());
        assert!(others.iter_mut().all(|other| other.as_mut().poll(context).is_pending()));
        Poll::Ready(())
    })
    .await;
    go.send(()).unwrap();
    first.await.unwrap();
    for other in others {
        assert_eq!(other.await.unwrap(), 1, "each has its own answer");
    }
    let commits = app.db.touched() - before;
    assert!((1..=2).contains(&commits), "{ACTIONS} actions took {commits} commits");
}

/// Passwords are hashed by workers of their own: however many people sign in, tokens are minted and signed beside them. And
/// people whom nobody knows wait in that queue as those do who are known: how long it takes tells nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_signed_before_a_storm_of_sign_ins_is_over() {
    const STORM: usize = 60;
    let clock = Clock::held(habilis::base::clock::Time::parse(crate::support::START).unwrap());
    let house = House::set(content::small(), clock, |settings| settings.password_workers = 1).await;
    let ana = house.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let over = Arc::new(AtomicUsize::new(0));
    let storm: Vec<_> = (0..STORM)
        .map(|n| {
            let (app, over) = (house.app.clone(), Arc::clone(&over));
            tokio::spawn(async move {
                let stranger = Actor::anonymous(format!("198.51.100.{n}"));
                let email = format!("nobody{n}@example.com");
                assert!(sign_in::sign_in(&app, &stranger, &email, "a wrong password".into(), "test").await.is_err());
                over.fetch_add(1, Ordering::SeqCst);
            })
        })
        .collect();
    // The storm has begun.
    while over.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    mint_token::mint_token(&house.app, &ana, "reader".parse().unwrap()).await.unwrap();
    let (passed, standing) = (over.load(Ordering::SeqCst), house.app.passwords.standing());
    assert!(passed < STORM, "the token waited for all of the {STORM} passwords");
    assert!(standing.waiting + standing.busy > 0, "those who are unknown have cost nothing");
    for one in storm {
        one.await.unwrap();
    }
    assert_eq!(house.app.passwords.standing().turned_away, 0);
}
