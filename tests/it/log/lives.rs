//! The log's life: killed in the middle, another key, and a secret key that is gone.

use crate::support::{House, PASSWORD, content, program::Program};
use habilis::{
    actions::log::{self, Wanted},
    app::App,
    audit::{
        log::{
            note::VerifierKey,
            verify::{Check, Verdict, Wrong},
        },
        rows::log as rows,
    },
    base::clock::Clock,
    db::sql,
    settings::Hidden,
};
use reqwest::Client;
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// The keys that sign the log.
pub async fn keys(app: &App) -> Vec<VerifierKey> {
    log::published(app).await.unwrap().keys.iter().map(|key| key.parse().unwrap()).collect()
}

/// Checks the whole log as a stranger does, who has these keys.
pub async fn check(house: &House, keys: &[VerifierKey]) -> Result<Verdict, Wrong> {
    let mut export = log::begin_export(&house.app, &house.admin, Wanted::default()).await.unwrap();
    let mut check = Check::new(keys.to_vec(), Vec::new());
    while let Some(text) = export.more().await.unwrap() {
        for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            check.line(line)?;
        }
    }
    check.end(true)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_service_that_is_killed_among_its_events_loses_none_and_places_none_twice() {
    let _alone = crate::support::alone().await;
    let house = House::on(content::small(), Clock::System).await;
    for round in 0..3_u64 {
        let program = Program::serve(&house).await;
        let url = program.url("/api/v1/session");
        let answered = Arc::new(AtomicUsize::new(0));
        let storm: Vec<_> = (0..8)
            .map(|n| {
                let (client, url, answered) = (Client::new(), url.clone(), Arc::clone(&answered));
                tokio::spawn(async move {
                    for m in 0.. {
                        let email = format!("nobody{n}x{m}@example.com");
                        let wrong = json!({ "email": email, "password": PASSWORD });
                        if client.post(&url).json(&wrong).send().await.is_err() {
                            return;
                        }
                        answered.fetch_add(1, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        // Somewhere among the rounds of whoever gives places.
        while answered.load(Ordering::SeqCst) < 10 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(170 * round)).await;
        program.kill();
        for one in storm {
            one.await.unwrap();
        }
    }
    log::sequence(&house.app).await.unwrap();
    let (events, places, waiting) = house
        .app
        .db
        .read(house.app.now(), |r| {
            let events: i64 = sql("SELECT COUNT(*) AS n FROM events").one(r)?;
            let places: i64 = sql("SELECT COUNT(*) AS n FROM log_leaves").one(r)?;
            Ok((events, places, rows::waiting(r)?))
        })
        .await
        .unwrap();
    assert!(events > 30 && events == places && waiting == 0, "{events} events, {places} places, {waiting} waiting");
    let verdict = check(&house, &keys(&house.app).await).await.unwrap();
    assert_eq!(verdict.events, verdict.size);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_signs_and_the_old_one_has_named_it() {
    let house = House::new().await;
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let old = keys(&house.app).await;
    let ana = house.person("Bruno Costa").await;
    assert!(log::renew_log_key(&house.app, &ana).await.is_err(), "only admins");
    log::renew_log_key(&house.app, &house.admin).await.unwrap();
    // What the old key signed last names the new one.
    let named = log::published(&house.app).await.unwrap();
    let last = habilis::audit::log::note::open(&named.checkpoint.note, &old).unwrap();
    house.person("Chloé Roux").await;
    log::sequence(&house.app).await.unwrap();
    let both = keys(&house.app).await;
    assert!(both.len() == 2 && both[1] == old[0] && both[0] != old[0]);
    assert!(check(&house, &both).await.unwrap().size > last.size);
    assert_eq!(check(&house, &old).await.unwrap_err().finding.code(), "not-signed");
    assert!(check(&house, &both[..1]).await.is_err(), "the beginning is the old one's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_retires_while_somebody_waits_to_sign_signs_no_more() {
    let house = House::new().await;
    if !house.engine.is_postgres() {
        // SQLite has one writer: nobody waits with a key in hand.
        return;
    }
    log::sequence(&house.app).await.unwrap();
    let old = keys(&house.app).await;
    let size = log::published(&house.app).await.unwrap().checkpoint.size;
    house.person("Ana Verano").await;
    let (client, connection) = tokio_postgres::connect(&house.engine.url, tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute("BEGIN; SELECT size FROM log_state WHERE id = 1 FOR UPDATE").await.unwrap();
    let app = house.app.clone();
    let signing = tokio::spawn(async move { log::sequence(&app).await });
    let waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid";
    for _ in 0..1_000 {
        if !client.query(waits, &[]).await.unwrap().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    client.batch_execute("UPDATE log_keys SET retired_at = 1 WHERE retired_at IS NULL; COMMIT").await.unwrap();
    signing.await.unwrap().unwrap();
    drop(client);
    driver.await.unwrap().unwrap();
    let signed =
        house.app.db.read(house.app.now(), move |r| Ok(rows::checkpoints(r, size, 1_000_000, 1_000)?)).await.unwrap();
    assert!(!signed.is_empty());
    for one in &signed {
        assert!(habilis::audit::log::note::open(&one.note, &old).is_err(), "size {}", one.size);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_whose_secret_key_is_lost_goes_on_with_another() {
    let house = House::new().await;
    log::sequence(&house.app).await.unwrap();
    let old = keys(&house.app).await;
    let mut settings = house.app.settings.clone();
    settings.secret_key = Some(Hidden::new("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="));
    let clock = house.clock.clone();
    let app = tokio::task::spawn_blocking(move || App::open(settings, clock).unwrap()).await.unwrap();
    house.person("Ana Verano").await;
    assert!(log::sequence(&app).await.is_err(), "it can't sign");
    assert!(log::published(&app).await.unwrap().waiting > 0, "and loses nothing");
    log::renew_log_key(&app, &house.admin).await.unwrap();
    log::sequence(&app).await.unwrap();
    let published = log::published(&app).await.unwrap();
    assert_eq!(published.waiting, 0);
    let both = keys(&app).await;
    assert!(both.len() == 2 && both[1] == old[0]);
    let mut export = log::begin_export(&app, &house.admin, Wanted::default()).await.unwrap();
    let mut check = Check::new(both, Vec::new());
    while let Some(text) = export.more().await.unwrap() {
        text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).for_each(|line| check.line(line).unwrap());
    }
    check.end(true).unwrap();
}
