//! Every event has one place, whoever gives it; what has one is never changed.

use super::raw::Copy;
use crate::support::House;
use habilis::{
    actions::{log, sign_in},
    audit::{
        log::{
            entry, hash,
            note::{self, VerifierKey},
            tree::Edge,
        },
        rows::log as rows,
    },
    db::sql,
    identity::actor::Actor,
};
use std::collections::BTreeSet;

/// Writes so many refused sign-ins.
async fn knock(app: &habilis::app::App, from: u8, times: usize) {
    for n in 0..times {
        let nobody = Actor::anonymous(format!("192.0.2.{from}"));
        let email = format!("nobody{from}x{n}@example.com");
        assert!(sign_in::sign_in(app, &nobody, &email, "wrong password here".into(), "test").await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_event_gets_one_place_however_many_replicas_give_them() {
    let house = House::new().await;
    let (one, two) = (house.app.clone(), house.replica().await);
    let busy = async |app: &habilis::app::App| {
        for _ in 0..12 {
            log::sequence_where_due(app).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::join!(
        knock(&one, 1, 6),
        knock(&two, 2, 6),
        knock(&one, 3, 6),
        busy(&one),
        busy(&two),
        busy(&one),
        busy(&two)
    );
    log::sequence(&two).await.unwrap();

    let app = &house.app;
    let (leaves, checkpoints, events, keys) = app
        .db
        .read(app.now(), |r| {
            let size = rows::state(r)?.unwrap().size;
            Ok((
                rows::leaves(r, 0, size)?,
                rows::checkpoints(r, 0, size, 10_000)?,
                sql("SELECT COUNT(*) AS n FROM events").one::<i64>(r)?,
                rows::keys(r)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(leaves.len(), usize::try_from(events).unwrap());
    let places: Vec<u64> = leaves.keys().copied().collect();
    assert_eq!(places, (0..leaves.len() as u64).collect::<Vec<_>>(), "no place is left out");
    let ids: BTreeSet<&str> = leaves.values().map(|leaf| leaf.kept.id.as_str()).collect();
    assert_eq!(ids.len(), leaves.len(), "each event stands once");
    assert_eq!(keys.len(), 1, "one key, however many began the log");

    // Every checkpoint that was signed on the way is the root of the events up to it.
    let key: VerifierKey = keys[0].verifier.parse().unwrap();
    let mut edge = Edge::default();
    let mut signed = checkpoints.iter().peekable();
    for leaf in leaves.values() {
        edge.push(hash::leaf(&entry::entry(&leaf.kept).unwrap()));
        if let Some(checkpoint) = signed.next_if(|signed| signed.size == edge.size()) {
            assert_eq!(note::open(&checkpoint.note, std::slice::from_ref(&key)).unwrap().root, edge.root());
        }
    }
    assert!(signed.next().is_none() && checkpoints.last().unwrap().size == leaves.len() as u64);
    assert_eq!(log::published(app).await.unwrap().waiting, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_refuses_to_change_what_is_written() {
    let house = House::new().await;
    log::sequence(&house.app).await.unwrap();
    knock(&house.app, 1, 1).await;
    let app = &house.app;
    for statement in [
        "UPDATE events SET actor = 'somebody' WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        "UPDATE log_leaves SET event_seq = event_seq + 1000 WHERE position = 1",
        "DELETE FROM log_leaves WHERE position = 1",
        "UPDATE log_checkpoints SET at = 0",
        "DELETE FROM log_checkpoints",
        "UPDATE log_tiles SET place = 7",
        "DELETE FROM log_tiles",
        "UPDATE log_state SET size = 0",
        "UPDATE log_state SET origin = 'elsewhere'",
        "DELETE FROM log_state",
        // An event that waits for its place waits until it has one.
        "DELETE FROM log_pending",
        // Nor in the place of another.
        "UPDATE log_pending SET seq = 1",
    ] {
        let refused = app.db.write(app.now(), move |w| Ok(sql(statement).run(w)?)).await;
        assert!(refused.is_err(), "{statement}");
    }
    let shorter = app.db.write(app.now(), |w| {
        Ok(sql("UPDATE log_tiles SET hashes = ? WHERE level = 0").bind(&vec![0_u8; 32]).run(w)?)
    });
    assert!(shorter.await.is_err(), "tiles only grow");
    if house.engine.is_postgres() {
        for table in
            ["events", "log_leaves", "log_checkpoints", "log_tiles", "log_state", "log_pending", "state_changes"]
        {
            let statement = format!("TRUNCATE {table} CASCADE");
            let refused = app.db.write(app.now(), move |w| Ok(sql(statement.clone()).run(w)?)).await;
            assert!(refused.is_err(), "{table}");
        }
    }
    log::sequence(app).await.unwrap();
    assert_eq!(log::published(app).await.unwrap().waiting, 0);
}

/// An event that came without a word to the log.
const PASSED: &str = "evt_00000000000000000000000000000001";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_was_passed_by_waits_for_its_place_since_the_migration() {
    let house = House::new().await;
    log::sequence(&house.app).await.unwrap();
    let copy = Copy::of(&house).await;
    let (off, migration) = if house.engine.is_postgres() {
        (
            "DROP TRIGGER log_pending_no_update ON log_pending",
            include_str!("../../../migrations/postgres/2026-12-03-000200_log_pending/up.sql"),
        )
    } else {
        (
            "DROP TRIGGER events_wait_for_the_log",
            include_str!("../../../migrations/sqlite/2026-12-03-000200_log_pending/up.sql"),
        )
    };
    copy.run(&format!(
        "{off}; INSERT INTO events (id, at, kind, outcome, actor, address, data) \
         SELECT '{PASSED}', at, kind, outcome, actor, '', '{{}}' FROM events WHERE seq = (SELECT MIN(seq) FROM events)"
    ))
    .await;
    let holds = |file: std::path::PathBuf| std::fs::read_to_string(file).unwrap().contains(PASSED);
    assert!(!holds(copy.export()), "nothing tells the log of it");
    copy.run(migration).await;
    assert!(holds(copy.export()));
}
