//! The database itself keeps to the lifecycles, where they begin, too; and what stands beside the log is only taken away.

use super::crowd;
use crate::support::{House, person_id};
use habilis::{actions::disable_person, db::sql};

/// Whether the database lets a statement through.
async fn goes_through(house: &House, statement: &'static str) -> bool {
    house.app.db.write(house.app.now(), move |w| Ok(sql(statement).run(w)?)).await.is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_begins_where_its_lifecycle_does() {
    let house = House::new().await;
    // What is made in bulk comes to its states like everything else.
    crowd::crowd(&house).await;
    let copies = [
        (
            "grants",
            "INSERT INTO grants (id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, ends_at, \
          granted_at, grace_micros) SELECT 'gra_copy', person_id, role_id, warehouse_id, request_id, policy_id, 'suspended', \
          starts_at, ends_at, granted_at, grace_micros FROM grants LIMIT 1",
        ),
        (
            "grants",
            "INSERT INTO grants (id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, ends_at, \
          granted_at, grace_micros) SELECT 'gra_copy', person_id, role_id, warehouse_id, request_id, policy_id, 'ended', \
          starts_at, ends_at, granted_at, grace_micros FROM grants LIMIT 1",
        ),
        (
            "requests",
            "INSERT INTO requests (id, person_id, role_id, policy_id, state, reason, wanted_micros, courses, submitted_at, \
          lapses_at) SELECT 'req_copy', person_id, role_id, policy_id, 'rejected', reason, wanted_micros, \
          courses, submitted_at, lapses_at FROM requests LIMIT 1",
        ),
        (
            "certificates",
            "INSERT INTO certificates SELECT 'crt_copy', person_id, certification_id, course_id, course_version, \
          'revoked', issued_at, valid_from, expires_at, ends_at, ended_reason, evidence, 'other' FROM certificates LIMIT 1",
        ),
        (
            "attempts",
            "INSERT INTO attempts (id, person_id, course_id, quiz_id, kind, course_version, state, started_at, form) \
          SELECT 'att_copy', id, 'alpha', 'final', 'exam', 1, 'graded', 0, '' FROM persons LIMIT 1",
        ),
    ];
    for (table, statement) in copies {
        assert!(!goes_through(&house, statement).await, "{table}: {statement}");
    }
    let first = "INSERT INTO requests (id, person_id, role_id, policy_id, state, reason, wanted_micros, courses, submitted_at, \
                 lapses_at) SELECT 'req_copy', person_id, role_id, policy_id, 'submitted', reason, wanted_micros, courses, \
                 submitted_at, lapses_at FROM requests LIMIT 1";
    assert!(goes_through(&house, first).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_beside_the_log_is_taken_away_and_never_replaced() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    disable_person::disable_person(&house.app, &house.admin, person_id(&ana), "a quarrel".into()).await.unwrap();
    for forged in [
        "UPDATE event_private SET texts = 'x', erased_at = 1 WHERE texts_salt IS NOT NULL",
        "UPDATE event_private SET address = '192.0.2.9', erased_at = 1",
        "UPDATE event_private SET address = NULL, erased_at = 1 WHERE address_salt IS NOT NULL",
        "UPDATE event_private SET event_id = 'evt_other', erased_at = 1",
        "UPDATE event_private SET texts = NULL, texts_salt = NULL WHERE texts IS NOT NULL",
    ] {
        assert!(!goes_through(&house, forged).await, "{forged}");
    }
    for erased in [
        "UPDATE event_private SET texts = '{}', texts_salt = NULL, erased_at = 1 WHERE texts IS NOT NULL",
        "UPDATE event_private SET address = NULL, address_salt = NULL, erased_at = 1",
    ] {
        assert!(goes_through(&house, erased).await, "{erased}");
    }
}
