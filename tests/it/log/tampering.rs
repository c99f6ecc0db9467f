//! An administrator of the database with every right but the key: each way of rewriting is found at the right event.

use super::raw::Copy;
use crate::support::{House, program};
use habilis::actions::log;
use serde_json::Value;
use std::path::Path;

/// What a check of a file says, as JSON.
fn verify(copy: &Copy, file: &Path, key: &str, checkpoint: Option<&Path>) -> (bool, Value) {
    let mut command = copy.command(&["audit", "verify", file.to_str().unwrap(), "--key", key, "--format", "json"]);
    // Offline: without a database, without a secret.
    command.env_clear();
    if let Some(checkpoint) = checkpoint {
        command.args(["--checkpoint", checkpoint.to_str().unwrap()]);
    }
    let done = command.output().unwrap();
    let said = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| {
        panic!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
    });
    (done.status.success(), said)
}

/// The line of an event in a file, from 1 on.
fn line_of(file: &Path, position: u64) -> u64 {
    let text = std::fs::read_to_string(file).unwrap();
    let starts =
        [format!("{{\"event\":{{\"position\":{position},"), format!("{{\"missing\":{{\"position\":{position}}}")];
    let at = text.lines().position(|line| starts.iter().any(|start| line.starts_with(start)));
    at.unwrap_or_else(|| panic!("no event {position}")) as u64 + 1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_done_to_a_copied_database_is_found() {
    let house = House::new().await;
    for name in ["Ana Verano", "Bruno Costa", "Chloé Roux"] {
        house.person(name).await;
    }
    log::sequence(&house.app).await.unwrap();
    let published = log::published(&house.app).await.unwrap();
    let (key, kept) = (published.keys[0].clone(), published.checkpoint);
    let outside = house.engine.folder.path().join("outside.note");
    std::fs::write(&outside, &kept.note).unwrap();
    let size = kept.size;
    let earlier = house
        .app
        .db
        .read(house.app.now(), |r| Ok(habilis::audit::rows::log::checkpoints(r, 0, 1_000, 1)?))
        .await
        .unwrap()
        .remove(0);
    assert!(size > 12, "{size}");
    let at = size / 2;
    let seq = |position: u64| format!("(SELECT event_seq FROM log_leaves WHERE position = {position})");
    let columns =
        "at, kind, outcome, actor, person_id, role_id, subject_id, address, data, address_commitment, texts_commitment";

    let untouched = Copy::of(&house).await;
    let file = untouched.export();
    let (good, said) = verify(&untouched, &file, &key, Some(&outside));
    assert!(good, "{said}");
    assert_eq!((said["events"].as_u64(), said["outside"].as_u64()), (Some(size + 1), Some(1)), "its export is in it");

    let edit = format!("UPDATE events SET actor = 'system:sweep' WHERE seq = {}", seq(at));
    let words = "UPDATE event_private SET texts = '{\"email\":\"x\"}' WHERE event_id = (SELECT e.id FROM events e \
                 JOIN event_private x ON x.event_id = e.id JOIN log_leaves l ON l.event_seq = e.seq \
                 WHERE x.texts IS NOT NULL ORDER BY l.position LIMIT 1)";
    let delete = format!("DELETE FROM events WHERE seq = {}", seq(at));
    let both = format!("{delete}; DELETE FROM log_leaves WHERE position = {at}");
    let insert = format!(
        "INSERT INTO events (id, {columns}) SELECT 'evt_00000000000000000000000000000001', {columns} FROM events WHERE seq = {}; \
         DELETE FROM log_pending; DELETE FROM log_leaves WHERE position = {last}; \
         UPDATE log_leaves SET position = position + 1000000 WHERE position >= {at}; \
         UPDATE log_leaves SET position = position - 999999 WHERE position >= 1000000; \
         INSERT INTO log_leaves (position, event_seq) SELECT {at}, MAX(seq) FROM events",
        seq(at),
        last = size - 1,
    );
    let reorder = format!(
        "UPDATE log_leaves SET position = position + 1000000 WHERE position IN ({at}, {next}); \
         UPDATE log_leaves SET position = {next} WHERE position = {at} + 1000000; \
         UPDATE log_leaves SET position = {at} WHERE position = {next} + 1000000",
        next = at + 1,
    );
    let truncate = format!(
        "DELETE FROM events WHERE seq IN (SELECT event_seq FROM log_leaves WHERE position >= {at}); \
         DELETE FROM log_leaves WHERE position >= {at}"
    );
    for (what, statements, code, position) in [
        ("edits", edit.as_str(), "changed", Some(at)),
        ("edits words", words, "words-changed", None),
        ("deletes", &delete, "removed", Some(at)),
        ("deletes the place, too", &both, "removed", Some(at)),
        ("inserts", &insert, "inserted", Some(at)),
        ("reorders", &reorder, "reordered", Some(at)),
        ("truncates", &truncate, "removed", Some(at)),
    ] {
        let copy = Copy::of(&house).await;
        copy.run(statements).await;
        let file = copy.export();
        let (good, said) = verify(&copy, &file, &key, None);
        assert!(!good, "{what}: {said}");
        assert_eq!(said["code"], code, "{what}: {said}");
        if let Some(position) = position {
            assert_eq!(said["line"], line_of(&file, position), "{what}: {said}");
            assert_eq!(said["position"], position, "{what}: {said}");
        }
    }

    // Cut to an earlier checkpoint without a trace: only what is kept elsewhere can tell.
    let copy = Copy::of(&house).await;
    // Its one tile is cut to the hashes that it had.
    let cut = if house.engine.is_postgres() { "substring(hashes FROM 1 FOR" } else { "substr(hashes, 1," };
    let short = if earlier.size < size { earlier.size } else { size - 3 };
    copy.run(&format!(
        "DELETE FROM events WHERE seq IN (SELECT event_seq FROM log_leaves WHERE position >= {short}); \
         DELETE FROM log_leaves WHERE position >= {short}; DELETE FROM log_checkpoints WHERE size > {short}; \
         UPDATE log_state SET size = {short}; UPDATE log_tiles SET hashes = {cut} {})",
        short * 32
    ))
    .await;
    let file = copy.export();
    let (good, said) = verify(&copy, &file, &key, None);
    assert!(good, "a log that was cut and goes on agrees with itself: {said}");
    let (good, said) = verify(&copy, &file, &key, Some(&outside));
    assert!(!good && said["code"] == "cut-off", "{said}");

    // Another key, no key, a file that is none.
    let other = key.replace("+", "-");
    let done =
        program::command(&house, &["audit", "verify", file.to_str().unwrap(), "--key", &other]).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("not a key"));
    let done = program::command(&house, &["audit", "verify", file.to_str().unwrap()]).output().unwrap();
    assert_eq!(done.status.code(), Some(2), "the key is needed");
}
