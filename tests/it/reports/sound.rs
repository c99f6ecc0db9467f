//! Report 13: a log that is sound is told to be, and what was done to it by somebody with full rights is found.

use super::plant::{Ground, Object, about};
use habilis::{
    actions::log,
    db::sql,
    reports::{
        asked::Ask,
        cell::{Figure, object},
    },
};
use serde_json::{Value, json};

/// The checks. They are not walked page by page: each reading is an event, which waits for its own position.
async fn checks(ground: &Ground) -> Vec<Object> {
    let opened = ground.opened("log-integrity", about(None, None, None)).await;
    let columns = opened.asked.report.columns();
    opened.lines.items.into_iter().map(|line| object(columns, line)).collect()
}

fn check<'a>(lines: &'a [Object], name: &str) -> &'a Object {
    lines.iter().find(|line| line["check"] == name).unwrap_or_else(|| panic!("no check {name}: {lines:?}"))
}

/// Switches off what guards the events, changes one, and switches it on again.
async fn tamper(ground: &Ground, statement: &'static str, keep: bool) {
    let (off, on): (&[&str], &[&str]) = if ground.house.engine.is_postgres() {
        (&["ALTER TABLE events DISABLE TRIGGER USER"], &["ALTER TABLE events ENABLE TRIGGER USER"])
    } else {
        (
            &["DROP TRIGGER events_no_update", "DROP TRIGGER events_wait_for_the_log"],
            &[
                "CREATE TRIGGER events_wait_for_the_log AFTER INSERT ON events BEGIN INSERT INTO log_pending (seq) VALUES (NEW.seq); END",
                "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
            ],
        )
    };
    let on = if keep { on } else { &[] };
    let all = off.iter().chain([&statement]).chain(on).map(|text| sql(*text)).collect();
    ground.run(all).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_event_and_a_guard_that_is_away_are_found() {
    let ground = Ground::new().await;
    let house = &ground.house;
    ground.someone("Ana").await;
    log::sequence(&house.app).await.unwrap();
    house.advance("PT1M");
    let ask = || about(None, None, None);
    let sound = ground.opened("log-integrity", ask()).await;
    let told: Vec<Value> = sound.figures.iter().map(Figure::value).collect();
    assert_eq!(told[0], json!(true), "{:?}", sound.lines);
    assert!(told[1].as_i64().unwrap() > 5);
    let lines = checks(&ground).await;
    assert!(lines.iter().all(|line| line["wrong"] == json!(0)), "{lines:?}");
    assert!(check(&lines, "events")["looked_at"].as_i64().unwrap() > 5);
    assert!(check(&lines, "beside")["looked_at"].as_i64().unwrap() > 0);
    // Before anything was signed, nothing is vouched for.
    let before = Ask { at: Some(habilis::base::clock::Time::from_micros(1_000_000)), ..Ask::default() };
    assert_eq!(ground.figure("log-integrity", before, "log_sound").await, json!(false));

    tamper(&ground, "UPDATE events SET actor = 'system:nobody' WHERE seq = (SELECT MIN(seq) + 2 FROM events)", true)
        .await;
    let lines = checks(&ground).await;
    let events = check(&lines, "events");
    assert_eq!((&events["sound"], &events["wrong"]), (&json!(false), &json!(1)), "{lines:?}");
    assert!(events["found"].as_str().unwrap().starts_with("evt_"), "{events:?}");
    assert_eq!(check(&lines, "guarded")["sound"], json!(true));
    assert_eq!(check(&lines, "signature")["sound"], json!(true), "the tree itself is what was signed");
    assert_eq!(ground.figure("log-integrity", ask(), "log_sound").await, json!(false));

    // An event that the log never heard of has no position, and waits for none.
    assert_eq!(check(&lines, "listed")["sound"], json!(true));
    tamper(
        &ground,
        "INSERT INTO events (id, at, kind, outcome, actor, address, data) \
         SELECT 'evt_00000000000000000000000000000001', at, kind, outcome, actor, '', '{}' FROM events \
         WHERE seq = (SELECT MIN(seq) FROM events)",
        true,
    )
    .await;
    let lines = checks(&ground).await;
    let listed = check(&lines, "listed");
    assert_eq!((&listed["sound"], &listed["wrong"]), (&json!(false), &json!(1)), "{lines:?}");
    assert_eq!(listed["found"], "evt_00000000000000000000000000000001");

    tamper(&ground, "UPDATE events SET role_id = 'x' WHERE seq = (SELECT MIN(seq) + 3 FROM events)", false).await;
    let lines = checks(&ground).await;
    assert_eq!(check(&lines, "guarded")["sound"], json!(false), "{lines:?}");
    assert_eq!(check(&lines, "events")["wrong"], json!(2));
}
