//! Report 13: a log that is sound is told to be, and what was done to it by somebody with full rights is found.

use super::plant::{Ground, Object, about};
use crate::support::person_id;
use habilis::{
    actions::{About, disable_person, erase_person, log, refuse},
    audit::{
        log::{LogRefusal, entry, hash},
        rows::log::{self as rows, Walk},
    },
    base::clock::Time,
    db::{sql, sql::Statement},
    identity::actor::Actor,
    reports::{
        asked::Ask,
        cell::{Figure, object},
    },
};
use serde_json::{Value, json};

/// The checks. They are not walked page by page: each reading is an event, which waits for its own position.
async fn checks(ground: &Ground) -> Vec<Object> {
    checks_of(ground, about(None, None, None)).await
}

async fn checks_of(ground: &Ground, ask: Ask) -> Vec<Object> {
    let opened = ground.opened("log-integrity", ask).await;
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
    // Before anything was signed, nothing is vouched for, and nothing is wrong.
    let before = Ask { at: Some(Time::from_micros(1_000_000)), ..Ask::default() };
    let unsigned = ground.opened("log-integrity", before).await;
    let told: Vec<_> = unsigned.figures.iter().map(|figure| (figure.name, figure.value(), figure.good)).collect();
    assert_eq!(
        told,
        [
            ("log_sound", Value::Null, None),
            ("log_events", json!(0), None),
            ("nothing_signed_yet", json!(true), None),
            ("log_unproved", json!(0), None),
            ("log_out_of_time", json!(0), Some(true)),
        ]
    );

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

/// Runs statements with everything away that would refuse them, and puts that back.
async fn rewrite(ground: &Ground, statements: Vec<Statement>) {
    let (app, tables) = (&ground.house.app, ["events", "log_tiles"]);
    let (off, on): (Vec<Statement>, Vec<Statement>) = if ground.house.engine.is_postgres() {
        let all = |what: &str| tables.map(|table| sql(format!("ALTER TABLE {table} {what} TRIGGER USER"))).to_vec();
        (all("DISABLE"), all("ENABLE"))
    } else {
        let guards = ["events_no_update", "log_tiles_only_grow"];
        let told = app.db.read(app.now(), move |r| {
            Ok(sql("SELECT sql AS word FROM sqlite_master WHERE name IN ('events_no_update', 'log_tiles_only_grow')")
                .all::<String>(r)?)
        });
        let on = told.await.unwrap().into_iter().map(sql).collect();
        (guards.map(|guard| sql(format!("DROP TRIGGER {guard}"))).to_vec(), on)
    };
    ground.run(off.into_iter().chain(statements).chain(on).collect()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_was_altered_together_with_its_tile_is_found_by_the_tile_above() {
    let ground = Ground::new().await;
    let house = &ground.house;
    // More than one tile of events: the root is made of what stands above the full one.
    for n in 0..300 {
        let about = About::nothing().named(format!("thing-{n}"));
        refuse(&house.app, &Actor::anonymous("192.0.2.9"), "test", about, LogRefusal::NoSuchTile.into()).await;
    }
    log::sequence(&house.app).await.unwrap();
    house.advance("PT1M");
    let lines = checks(&ground).await;
    assert!(lines.iter().all(|line| line["wrong"] == json!(0)), "{lines:?}");

    let changed = "UPDATE events SET actor = 'system:nobody' \
                   WHERE seq = (SELECT event_seq FROM log_leaves WHERE position = 10)";
    rewrite(&ground, vec![sql(changed)]).await;
    let read = house.app.db.read(house.app.now(), |r| {
        Ok((rows::leaves(r, 10, 11)?.remove(&10).unwrap(), rows::tile(r, (0, 0))?.unwrap()))
    });
    let (leaf, mut tile) = read.await.unwrap();
    tile[10] = hash::leaf(&entry::entry(&leaf.kept).unwrap());
    let forged = sql("UPDATE log_tiles SET hashes = ? WHERE level = 0 AND place = 0");
    rewrite(&ground, vec![forged.bind(&tile.as_flattened().to_vec())]).await;

    let lines = checks(&ground).await;
    assert_eq!(check(&lines, "signature")["sound"], json!(true), "the tiles above are what was signed");
    let events = check(&lines, "events");
    assert_eq!((&events["wrong"], &events["found"]), (&json!(1), &json!("tile 0/0")), "{lines:?}");
    assert_eq!(ground.figure("log-integrity", about(None, None, None), "log_sound").await, json!(false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_were_put_in_the_place_of_others_are_found_and_those_an_erasure_left_are_told() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let (ana, bruno) = (house.person("Ana Verano").await, house.person("Bruno Costa").await);
    let why = "Ana Verano said so".to_owned();
    disable_person::disable_person(&house.app, &house.admin, person_id(&bruno), why).await.unwrap();
    disable_person::disable_person(&house.app, &house.admin, person_id(&ana), "left".to_owned()).await.unwrap();
    let (email, why) = ("ana.verano@example.com".to_owned(), "asked for it".to_owned());
    erase_person::erase_person(&house.app, &house.admin, person_id(&ana), email, why).await.unwrap();
    log::sequence(&house.app).await.unwrap();
    house.advance("PT1M");
    let ask = || about(None, None, None);
    let lines = checks(&ground).await;
    assert_eq!(check(&lines, "beside")["wrong"], json!(0), "{lines:?}");
    let unproved = ground.figure("log-integrity", ask(), "log_unproved").await;
    assert!(unproved.as_i64().unwrap() >= 1, "the words that named Ana");
    assert_eq!(ground.figure("log-integrity", ask(), "log_sound").await, json!(true));

    // Nothing is put beside an event that has committed to nothing.
    let bare = "INSERT INTO event_private (event_id, texts) SELECT e.id, '{\"decision\":\"remove\"}' FROM events e \
                WHERE e.texts_commitment IS NULL AND NOT EXISTS (SELECT 1 FROM event_private x WHERE x.event_id = e.id) \
                ORDER BY e.seq DESC LIMIT 1";
    let put = house.app.db.write(house.app.now(), move |w| Ok(sql(bare).run(w)?)).await;
    assert!(put.unwrap_err().to_string().contains("has not committed to this"));

    // Words that lose their salt, and no erasure is told of that left them; at its very moment, too.
    let words = "UPDATE event_private SET texts = '{\"decision\":\"remove\"}', texts_salt = NULL, erased_at = ";
    let of = "WHERE texts_salt IS NOT NULL AND event_id = (SELECT e.id FROM events e JOIN event_private x ON x.event_id = e.id \
              WHERE x.texts_salt IS NOT NULL AND e.kind = 'person.invited' ORDER BY e.seq LIMIT 1)";
    ground.run(vec![sql(format!("{words} 1 {of}"))]).await;
    let lines = checks(&ground).await;
    let beside = check(&lines, "beside");
    assert_eq!((&beside["sound"], &beside["wrong"]), (&json!(false), &json!(1)), "{lines:?}");
    assert_eq!(check(&lines, "events")["wrong"], json!(0), "the lines are what they were");
    let then = "(SELECT MAX(at) FROM events WHERE kind = 'person.erased')";
    ground.run(vec![sql(format!("UPDATE event_private SET erased_at = {then} WHERE erased_at = 1"))]).await;
    assert_eq!(check(&checks(&ground).await, "beside")["wrong"], json!(1), "no pseudonym stands in them");
    // Nor do words go by themselves.
    let gone = "UPDATE event_private SET texts = NULL, texts_salt = NULL, erased_at = 2 WHERE texts_salt IS NOT NULL \
                AND event_id = (SELECT e.id FROM log_leaves l JOIN events e ON e.seq = l.event_seq \
                JOIN event_private x ON x.event_id = e.id WHERE x.texts_salt IS NOT NULL ORDER BY l.position DESC LIMIT 1)";
    ground.run(vec![sql(gone)]).await;
    assert_eq!(check(&checks(&ground).await, "beside")["wrong"], json!(2));
    let name = if house.engine.is_postgres() { " ON event_private" } else { "" };
    ground.run(vec![sql(format!("DROP TRIGGER event_private_as_committed{name}"))]).await;
    assert_eq!(check(&checks(&ground).await, "guarded")["found"], "event_private_as_committed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_nobody_made_a_place_that_has_too_much_and_an_event_dated_back_are_told() {
    let ground = Ground::new().await;
    let house = &ground.house;
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let published = log::published(&house.app).await.unwrap();
    let ask = || about(None, None, None);
    ground
        .run(vec![
            sql("INSERT INTO log_keys (id, verifier, sealed, made_at, retired_at) VALUES ('log-own', ?, NULL, 1, 1)")
                .bind(&published.keys[0]),
            sql("INSERT INTO log_copies (place, label, size) VALUES ('x', 'file:///outside', ?)").bind(&(1_i64 << 61)),
            sql("INSERT INTO events (id, at, kind, outcome, actor, address, data) \
                 SELECT 'evt_00000000000000000000000000000001', at - 86400000000, kind, outcome, actor, '', '{}' FROM events \
                 WHERE seq = (SELECT MIN(seq) FROM events)"),
        ])
        .await;
    log::sequence(&house.app).await.unwrap();
    house.advance("PT1M");
    let lines = checks(&ground).await;
    for (name, found) in [("keys", "log-own"), ("outside", "file:///outside")] {
        let one = check(&lines, name);
        assert_eq!((&one["sound"], &one["wrong"]), (&json!(false), &json!(1)), "{lines:?}");
        assert_eq!(one["found"], found);
    }
    assert_eq!(check(&lines, "signature")["sound"], json!(true), "{lines:?}");
    assert_eq!(ground.figure("log-integrity", ask(), "log_out_of_time").await, json!(1));
    let first = i64::try_from(published.checkpoint.size).unwrap();
    assert_eq!(ground.figure("log-integrity", ask(), "log_first_out_of_time").await, json!(first));
}

/// Goes through the whole log, seven events at a time; and how often it went on.
async fn walk(ground: &Ground) -> (Walk, usize) {
    let app = &ground.house.app;
    let before = log::walks(app).await.unwrap().whole;
    for times in 0..200 {
        log::walk_some(app, 7).await.unwrap();
        let last = log::walks(app).await.unwrap().whole;
        if last != before {
            return (last.unwrap(), times);
        }
    }
    panic!("the walk does not end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_long_before_the_period_is_found_by_the_walk_through_the_whole_log() {
    let ground = Ground::new().await;
    let house = &ground.house;
    for name in ["Ana Verano", "Bruno Costa", "Carla Pons"] {
        house.person(name).await;
    }
    log::sequence(&house.app).await.unwrap();
    let whole = |lines: Vec<Object>| check(&lines, "whole").clone();
    assert_eq!(whole(checks(&ground).await)["sound"], Value::Null, "nobody has walked through it yet");
    log::sequence(&house.app).await.unwrap();
    let (walk_one, times) = walk(&ground).await;
    assert_eq!((walk_one.wrong, walk_one.late, walk_one.position), (0, 0, walk_one.size));
    assert!(times >= 3, "{walk_one:?}");
    assert_eq!(whole(checks(&ground).await)["looked_at"], json!(i64::try_from(walk_one.size).unwrap()));
    // The next one waits for its day.
    house.advance("PT23H59M");
    for _ in 0..3 {
        log::walk_some(&house.app, 7).await.unwrap();
    }
    assert_eq!(log::walks(&house.app).await.unwrap().whole.unwrap(), walk_one);

    // A year later, somebody changes what is old, takes away what is older, and dates something back.
    house.advance("P365D");
    house.person("David Vidal").await;
    log::sequence(&house.app).await.unwrap();
    ground
        .run(vec![sql("INSERT INTO events (id, at, kind, outcome, actor, address, data) \
                 SELECT 'evt_00000000000000000000000000000001', at, kind, outcome, actor, '', '{}' FROM events \
                 WHERE seq = (SELECT MIN(seq) FROM events)")])
        .await;
    log::sequence(&house.app).await.unwrap();
    let published = log::published(&house.app).await.unwrap().checkpoint.size;
    let asked = house.app.db.read(house.app.now(), |r| {
        Ok(sql("SELECT actor AS word FROM events WHERE seq = (SELECT MIN(seq) + 2 FROM events)").one::<String>(r)?)
    });
    let actor = asked.await.unwrap();
    tamper(&ground, "UPDATE events SET actor = 'system:nobody' WHERE seq = (SELECT MIN(seq) + 2 FROM events)", true)
        .await;
    house.advance("PT1M");
    let lines = checks(&ground).await;
    assert_eq!(check(&lines, "events")["wrong"], json!(0), "it is no part of the period: {lines:?}");
    let told = whole(lines);
    assert_eq!(
        (&told["wrong"], &told["sound"]),
        (&json!(0), &Value::Null),
        "the walk of a year ago vouches for nothing now"
    );
    let ask = || about(None, None, None);
    assert_eq!(ground.figure("log-integrity", ask(), "log_sound").await, Value::Null, "not all of it was looked at");
    assert_eq!(ground.figure("log-integrity", ask(), "log_out_of_time").await, json!(1), "it came after the walk");
    let (found, _) = walk(&ground).await;
    assert_eq!((found.wrong, found.late), (1, 1), "{found:?}");
    assert_eq!(found.first_late, Some(published - 1));
    assert_eq!(ground.figure("log-integrity", ask(), "log_out_of_time").await, json!(1), "and is counted once");
    assert_eq!(ground.figure("log-integrity", ask(), "log_sound").await, json!(false));
    let lines = checks(&ground).await;
    let told = check(&lines, "whole");
    assert_eq!((&told["sound"], &told["wrong"]), (&json!(false), &json!(1)), "{lines:?}");
    assert!(told["found"].as_str().unwrap().starts_with("evt_"), "{told:?}");
    // A moment before knows only of the walk before.
    let before = Ask { at: Some(walk_one.ended_at.unwrap()), ..Ask::default() };
    assert_eq!(whole(checks_of(&ground, before).await)["wrong"], json!(0));

    // What was put back is noticed within the hour; an event that was passed by, by the next walk.
    let put_back = sql("UPDATE events SET actor = ? WHERE actor = 'system:nobody'").bind(&actor);
    rewrite(&ground, vec![put_back]).await;
    log::sequence(&house.app).await.unwrap();
    house.advance("PT1H");
    let (again, _) = walk(&ground).await;
    assert_eq!(again.wrong, 0, "{again:?}");
    // One that does not even read hides no other, and keeps no walk from its end.
    house.advance("P1D");
    let garbled: &[&str] = if house.engine.is_postgres() {
        &[
            "ALTER TABLE events ALTER actor DROP NOT NULL",
            "UPDATE events SET actor = NULL WHERE seq = (SELECT MIN(seq) + 2 FROM events)",
        ]
    } else {
        &["UPDATE events SET actor = x'ff' WHERE seq = (SELECT MIN(seq) + 2 FROM events)"]
    };
    rewrite(&ground, garbled.iter().map(|text| sql(*text)).collect()).await;
    let (unread, _) = walk(&ground).await;
    assert_eq!((unread.wrong, unread.first_wrong.as_deref()), (1, Some("position 2")), "{unread:?}");
    let put_back = sql("UPDATE events SET actor = ? WHERE seq = (SELECT MIN(seq) + 2 FROM events)").bind(&actor);
    rewrite(&ground, vec![put_back]).await;
    house.advance("PT1H");
    assert_eq!(walk(&ground).await.0.wrong, 0);
    // A walk that a wrong clock has dated ahead keeps no other from beginning.
    ground
        .run(vec![
            sql("INSERT INTO log_walks (begun_at, size, last_seq, position, seq, wrong, late) VALUES (?, 1, 1, 0, 0, 0, 0)")
                .bind(&house.app.now().plus_seconds(10 * 365 * 86_400)),
        ])
        .await;
    house.advance("P1D");
    log::sequence(&house.app).await.unwrap();
    assert_eq!(walk(&ground).await.0.wrong, 0);
    assert_eq!(ground.figure("log-integrity", ask(), "log_sound").await, json!(true));
    tamper(
        &ground,
        "INSERT INTO events (id, at, kind, outcome, actor, address, data) \
         SELECT 'evt_00000000000000000000000000000002', at, kind, outcome, actor, '', '{}' FROM events \
         WHERE seq = (SELECT MIN(seq) FROM events)",
        true,
    )
    .await;
    house.person("Elsa Brun").await;
    log::sequence(&house.app).await.unwrap();
    house.advance("P2D");
    let (passed, _) = walk(&ground).await;
    assert_eq!((passed.wrong, passed.first_wrong.as_deref()), (1, Some("evt_00000000000000000000000000000002")));
    // What a walk came to stays.
    let changed = house
        .app
        .db
        .write(house.app.now(), |w| {
            Ok(sql("UPDATE log_walks SET wrong = 0, first_wrong = NULL WHERE wrong > 0").run(w)?)
        })
        .await;
    assert!(changed.unwrap_err().to_string().contains("log_walks"));
}
