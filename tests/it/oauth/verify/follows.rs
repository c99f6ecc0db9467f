//! How a replica follows the database: it misses no change, however late one becomes visible, and says so when it can't know.

use super::{Two, ask, minted, remembers};
use crate::{
    backends::away::{give_back, take_away},
    oauth::scene::Scene,
    support::person_id,
};
use habilis::{
    actions::weigh_token,
    db::{
        sql,
        touch::{ADDED, CHANGED},
    },
    tokens::memory::PERIOD,
};
use std::{collections::BTreeSet, time::Duration};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_can_not_know_does_not_answer() {
    let scene = Scene::set().await;
    let token = minted(&scene, &scene.ana, "reader").await;
    let base = &scene.served.base;
    assert_eq!(ask(&scene, base, "", &token).await.status, 204);
    take_away(&scene.served).await;
    let mut last = 204;
    for _ in 0..120 {
        let reply = ask(&scene, base, "", &token).await;
        last = reply.status;
        if last == 503 {
            assert!(!reply.header("retry-after").is_empty());
            break;
        }
        assert_eq!(last, 204, "{}", reply.text);
        tokio::time::sleep(PERIOD).await;
    }
    assert_eq!(last, 503, "memory is not believed for ever");
    for _ in 0..3 {
        assert_eq!(ask(&scene, base, "", &token).await.status, 503, "nor again while it is away");
        assert!(!remembers(&scene.house().app, &token));
    }
    assert_eq!(ask(&scene, base, "", "nonsense").await.status, 503, "not even what would be refused");
    give_back(&scene.served).await;
    for _ in 0..120 {
        if ask(&scene, base, "", &token).await.status == 204 {
            return;
        }
        tokio::time::sleep(PERIOD).await;
    }
    panic!("it did not recover");
}

/// Changes are followed by their transactions: one that was begun before others, and committed after a look has gone past
/// them, is seen all the same. Nothing but the two transactions is between the looks.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_that_becomes_visible_late_is_not_missed() {
    let two = Two::set().await;
    let (scene, other) = (&two.scene, &two.other);
    if !scene.house().engine.is_postgres() {
        // One writer: nothing becomes visible late.
        return;
    }
    let token = minted(scene, &scene.ana, "reader").await;
    two.lives(&token).await;
    let (me, engine) = (person_id(&scene.ana).to_string(), &scene.house().engine);
    let (slow, connection) = tokio_postgres::connect(&engine.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    slow.batch_execute("BEGIN").await.unwrap();
    slow.execute("UPDATE sessions SET ended_at = 1 WHERE person_id = $1", &[&me]).await.unwrap();
    // Another change is numbered later, and committed and seen first.
    let (quick, connection) = tokio_postgres::connect(&engine.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    for round in 0..3 {
        quick.execute("UPDATE persons SET state = state WHERE email = 'admin@example.com'", &[]).await.unwrap();
        weigh_token::look(other).await.unwrap();
        assert_eq!(two.said(&two.other_base, &token).await, (204, true), "not yet: {round}");
    }
    slow.batch_execute("COMMIT").await.unwrap();
    weigh_token::look(other).await.unwrap();
    assert!(!remembers(other, &token), "the very next look sees it");
    assert_eq!(two.said(&two.other_base, &token).await, (401, false));
}

/// What the database notes by itself is what this replica looks for at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_that_is_noted_is_known() {
    let scene = Scene::set().await;
    let app = &scene.house().app;
    let text = if scene.house().engine.is_postgres() {
        "SELECT DISTINCT event_object_table || ' ' || lower(event_manipulation) AS word FROM information_schema.triggers \
         WHERE trigger_name = event_object_table || '_standing'"
    } else {
        "SELECT tbl_name || ' ' || substr(name, length(tbl_name) + 11) AS word FROM sqlite_master \
         WHERE type = 'trigger' AND name LIKE tbl_name || '\\_standing\\_%' ESCAPE '\\'"
    };
    let noted: Vec<String> = app.db.read(app.now(), move |r| Ok(sql(text).all::<String>(r)?)).await.unwrap();
    let noted: BTreeSet<String> = noted.into_iter().collect();
    let known: BTreeSet<String> = CHANGED
        .iter()
        .flat_map(|table| [format!("{table} update"), format!("{table} delete")])
        .chain(ADDED.iter().map(|table| format!("{table} insert")))
        .collect();
    assert_eq!(noted, known);
}

/// Lines are swept once nobody can need them; those that a replica may still have to see stay.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_are_swept_by_the_databases_own_clock() {
    let scene = Scene::set().await;
    let app = scene.house().app.clone();
    let count = async || {
        let counted = app.db.read(app.now(), |r| Ok(sql("SELECT COUNT(*) AS n FROM standing_changes").one::<i64>(r)?));
        counted.await.unwrap()
    };
    let before = count().await;
    assert!(before > 0);
    // However far a held clock goes, nobody has slept for so long.
    scene.house().advance("P3D");
    habilis::actions::sweep::sweep(&app).await.unwrap();
    assert!(count().await >= before);
    tokio::time::sleep(Duration::from_millis(5)).await;
    app.db.write(app.now(), |w| Ok(habilis::tokens::rows::forget_changes(w, 0)?)).await.unwrap();
    assert_eq!(count().await, 0);
    // A replica that reads on from there sees the next ones.
    let token = minted(&scene, &scene.ana, "reader").await;
    assert_eq!(ask(&scene, &scene.served.base, "", &token).await.status, 204);
    habilis::actions::sign_out::sign_out(&app, &scene.ana).await.unwrap();
    assert_eq!(ask(&scene, &scene.served.base, "", &token).await.status, 401);
}
