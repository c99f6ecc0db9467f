//! Accidents in the middle of a correction: afterwards it has happened as a whole, or not at all.

use super::{crowd::crowd, right_key, wanted, wrong_key};
use crate::support::House;
use habilis::{
    academy::regrade::Treatment,
    actions::{load_content, regrade},
    base::{clock::Clock, refusal::Fault},
    db::sql,
    identity::actor::Actor,
};
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const PEOPLE: usize = 150;

/// A company with a wrong key that is set right in the bank, by the machine's clock.
async fn company() -> House {
    let house = House::on(wrong_key(), Clock::System).await;
    crowd(&house, PEOPLE).await;
    load_content::load_content(&house.app, &Actor::operator("test"), right_key()).await.unwrap();
    house
}

/// How many corrections, corrected marks, their events, attempts that count otherwise than first, and certificates.
async fn left(house: &House) -> [i64; 5] {
    house
        .app
        .db
        .read(house.app.now(), |r| {
            let mut count = |text: &str| sql(text).one::<i64>(r);
            Ok([
                count("SELECT COUNT(*) AS n FROM regrades")?,
                count("SELECT COUNT(*) AS n FROM regrade_results")?,
                count("SELECT COUNT(*) AS n FROM events WHERE kind = 'attempt.regraded'")?,
                count(
                    "SELECT COUNT(*) AS n FROM attempts a WHERE EXISTS (SELECT 1 FROM regrade_results c \
                     WHERE c.attempt_id = a.id AND c.new_result LIKE '%\"passed\":true%' AND a.passed)",
                )?,
                count("SELECT COUNT(*) AS n FROM certificates")?,
            ])
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_in_the_middle_has_not_begun() {
    let house = company().await;
    let before = left(&house).await;
    let refuse = match house.engine.is_postgres() {
        true => {
            "CREATE TRIGGER accident BEFORE INSERT ON certificates FOR EACH ROW EXECUTE FUNCTION habilis_refuse('x')"
        }
        false => "CREATE TRIGGER accident BEFORE INSERT ON certificates BEGIN SELECT RAISE(ABORT, 'x'); END",
    };
    let run = async |text: &'static str| {
        house.app.db.write(house.app.now(), move |w| Ok(sql(text).run(w)?)).await.unwrap();
    };
    run(refuse).await;
    let plan = regrade::preview_regrade(&house.app, &house.admin, wanted(Treatment::NewKey, true)).await.unwrap();
    let apply = async || {
        let (wanted, print) = (wanted(Treatment::NewKey, true), plan.fingerprint.clone());
        regrade::apply_regrade(&house.app, &house.admin, wanted, "Wrong key.".into(), print, None).await
    };
    assert!(matches!(apply().await, Err(Fault::Broken(_))), "the first certificate breaks it");
    assert_eq!(left(&house).await, before);
    // The facts are as they were, so the same preview is applied once what broke is mended.
    run(if house.engine.is_postgres() { "DROP TRIGGER accident ON certificates" } else { "DROP TRIGGER accident" })
        .await;
    let changed = apply().await.unwrap().row.changed;
    let after = left(&house).await;
    assert_eq!([after[0], after[1], after[2]], [1, changed, changed]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_program_has_corrected_all_or_nothing() {
    let _alone = crate::support::alone().await;
    let house = company().await;
    let plan = regrade::preview_regrade(&house.app, &house.admin, wanted(Treatment::NewKey, true)).await.unwrap();
    let changed = i64::try_from(plan.tally.changed).unwrap();
    let program = |apply: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command
            .args(["courses", "regrade", "alpha", "q-one", "--take-back", "--reason", "Wrong key."])
            .args(apply.then_some("--apply"))
            .current_dir(house.engine.folder.path())
            .env("DATABASE_URL", &house.engine.url)
            .env("HABILIS_DATA_DIR", house.engine.folder.path())
            .env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
            .env("HABILIS_LOG", "error")
            .stdout(Stdio::null());
        command
    };
    // Looking tells how long the way to the correction is; the kills come from there on, later each time.
    let begun = Instant::now();
    assert!(program(false).status().unwrap().success());
    let way = begun.elapsed();
    let mut kills = 0;
    for round in 0..40_u32 {
        let mut child = program(true).spawn().unwrap();
        tokio::time::sleep(way * 3 / 5 + way * round / 20 + Duration::from_millis(3 * u64::from(round))).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let [regrades, results, events, ..] = left(&house).await;
        assert_eq!([results, events], [regrades * changed, regrades * changed], "all or nothing");
        if regrades == 1 {
            break;
        }
        kills += 1;
    }
    if left(&house).await[0] == 0 {
        assert!(program(true).status().unwrap().success());
    }
    assert!(kills > 0, "no kill came before the commit");
    assert_eq!(left(&house).await[1], changed);
    assert!(!program(true).status().unwrap().success(), "once is once");
}
