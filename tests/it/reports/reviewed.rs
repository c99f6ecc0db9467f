//! Report 10: reviews that were on time and not, to the microsecond, and what was removed.

use super::plant::{Ground, columns, day, tick};
use habilis::{
    base::{
        clock::Time,
        ids::{self, Id},
    },
    db::sql,
    reports::asked::Ask,
};
use serde_json::json;

/// A line of a review, answered at an instant or not.
async fn line(ground: &Ground, review: &str, started: Time, name: &str, answer: Option<(&str, Time, Id<ids::Person>)>) {
    let id = ground.someone(name).await;
    ground.certificate(id, "alpha", day(-50), day(90)).await;
    let held = ground.grant(id, "reader", day(-5), day(60)).await;
    let key = format!("{review}_{}", name.to_lowercase().replace(' ', "_"));
    let change = |to: &str, from: &str, at: Time| {
        sql("INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason) \
             VALUES (?, 'review_line', ?, ?, ?, ?, 'system:test', '')")
        .bind(&Id::<ids::Change>::new(ground.house.app.now()))
        .bind(&key)
        .bind(&from.to_owned())
        .bind(&to.to_owned())
        .bind(&at)
    };
    let mut statements = vec![
        sql("INSERT INTO review_lines (id, review_id, grant_id, person_id, role_id, state, assigned_at, facts) \
             VALUES (?, ?, ?, ?, 'reader', 'pending', ?, '{}')")
        .bind(&key)
        .bind(&review.to_owned())
        .bind(&held.grant)
        .bind(&id)
        .bind(&started),
        change("pending", "", started),
    ];
    if let Some((word, at, by)) = answer {
        statements.push(
            sql("UPDATE review_lines SET state = ?, decided_at = ?, decided_by = ? WHERE id = ?")
                .bind(&word.to_owned())
                .bind(&at)
                .bind(&by)
                .bind(&key),
        );
        statements.push(change(word, "pending", at));
    }
    ground.run(statements).await;
}

async fn review(ground: &Ground, id: &str, started: Time, due: Time) {
    ground
        .run(vec![
            sql("INSERT INTO reviews (id, title, state, scope, started_at, started_by, remind_at, due_at, lapses_at) \
                 VALUES (?, 'Spring', 'open', '{}', ?, 'system:test', ?, ?, ?)")
            .bind(&id.to_owned())
            .bind(&started)
            .bind(&started)
            .bind(&due)
            .bind(&due),
        ])
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reviews_are_on_time_to_the_microsecond_and_as_of_any_moment() {
    let ground = Ground::new().await;
    let owner = ground.someone("Owner").await;
    let (started, due) = (day(0), day(10));
    review(&ground, "rev_one", started, due).await;
    review(&ground, "rev_before", tick(started, -1), due).await;
    review(&ground, "rev_after", day(20), day(25)).await;
    line(&ground, "rev_one", started, "Just in time", Some(("kept", tick(due, -1), owner))).await;
    line(&ground, "rev_one", started, "Late", Some(("kept", due, owner))).await;
    line(&ground, "rev_one", started, "Removed", Some(("removed", day(3), owner))).await;
    line(&ground, "rev_one", started, "Nobody", None).await;
    line(&ground, "rev_before", tick(started, -1), "Before", Some(("removed", day(1), owner))).await;
    line(&ground, "rev_after", day(20), "After", None).await;
    let period = Ask { from: Some(started), until: Some(day(20)), ..Ask::default() };
    let told = |lines: &[super::plant::Object]| {
        let mut told = columns(lines, &["answer", "on_time"]);
        told.sort();
        told
    };
    let lines = ground.ask("reviews", period.clone()).await;
    assert_eq!(told(&lines), ["kept false", "kept true", "pending false", "removed true"]);
    for (name, count) in [("review_lines", 4), ("answered_in_time", 2), ("late", 2), ("removed", 1)] {
        assert_eq!(ground.figure("reviews", period.clone(), name).await, json!(count), "{name}");
    }
    // As of the last moment before it was due, nothing was late yet; and before any answer, everything was open.
    let then = Ask { at: Some(tick(due, -1)), ..period.clone() };
    assert_eq!(
        told(&ground.ask("reviews", then.clone()).await),
        ["kept true", "pending null", "pending null", "removed true"]
    );
    assert_eq!(ground.figure("reviews", then, "late").await, json!(0));
    let first = Ask { at: Some(day(1)), ..period.clone() };
    assert_eq!(told(&ground.ask("reviews", first).await), ["pending null"; 4]);
    let wide = Ask { from: Some(tick(started, -1)), until: Some(tick(day(20), 1)), ..Ask::default() };
    assert_eq!(ground.figure("reviews", wide, "review_lines").await, json!(6));
}

/// Moves a line that nobody answered along, at an instant.
async fn moved(ground: &Ground, review: &str, name: &str, steps: &[(&str, &str, Time)]) {
    let key = format!("{review}_{}", name.to_lowercase().replace(' ', "_"));
    let mut statements = Vec::new();
    for (from, to, at) in steps {
        let overdue = if *to == "overdue" { Some(*at) } else { None };
        statements.push(
            sql("UPDATE review_lines SET state = ?, overdue_at = COALESCE(?, overdue_at) WHERE id = ?")
                .bind(&(*to).to_owned())
                .bind(&overdue)
                .bind(&key),
        );
        statements.push(
            sql("INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason) \
                 VALUES (?, 'review_line', ?, ?, ?, ?, 'system:test', '')")
            .bind(&Id::<ids::Change>::new(ground.house.app.now()))
            .bind(&key)
            .bind(&(*from).to_owned())
            .bind(&(*to).to_owned())
            .bind(at),
        );
    }
    ground.run(statements).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_could_answer_is_not_late_and_what_nobody_answered_is() {
    let ground = Ground::new().await;
    let (started, due) = (day(0), day(10));
    review(&ground, "rev_one", started, due).await;
    for name in ["Gone", "Called off", "Gone late", "Lapsed"] {
        line(&ground, "rev_one", started, name, None).await;
    }
    moved(&ground, "rev_one", "Gone", &[("pending", "gone", day(5))]).await;
    moved(&ground, "rev_one", "Called off", &[("pending", "cancelled", day(6))]).await;
    moved(&ground, "rev_one", "Gone late", &[("pending", "overdue", due), ("overdue", "gone", day(12))]).await;
    moved(&ground, "rev_one", "Lapsed", &[("pending", "overdue", due), ("overdue", "lapsed", day(13))]).await;
    let period = Ask { from: Some(started), until: Some(day(20)), ..Ask::default() };
    let mut told = columns(&ground.ask("reviews", period.clone()).await, &["answer", "on_time"]);
    told.sort();
    assert_eq!(told, ["cancelled null", "gone false", "gone null", "lapsed false"]);
    for (name, count) in [("answered_in_time", 0), ("late", 2), ("removed", 0), ("lapsed", 1)] {
        assert_eq!(ground.figure("reviews", period.clone(), name).await, json!(count), "{name}");
    }
    // As of the due date, before the line that went later had gone.
    let then = Ask { at: Some(due), ..period };
    assert_eq!(ground.figure("reviews", then, "late").await, json!(2));
}
