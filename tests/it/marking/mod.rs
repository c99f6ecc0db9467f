//! Marks and what comes between: voiding late, a lab that is taken, corrections under way, what an exam withholds.

use crate::support::{House, code, content, person_id, slug};
use habilis::{
    actions::{disable_person, erase_person, overview, start_attempt, void_attempt},
    base::ids::{self, Id},
    curriculum::source::Source,
    db::sql,
};
use std::time::Duration;

async fn state(house: &House, attempt: Id<ids::Attempt>) -> String {
    let asked = move |r: &mut habilis::db::Reading<'_>| {
        Ok(sql("SELECT state AS word FROM attempts WHERE id = ?").bind(&attempt).one::<String>(r)?)
    };
    house.app.db.read(house.app.now(), asked).await.unwrap()
}

#[tokio::test]
async fn an_attempt_is_voided_after_its_certificate_ended_and_that_is_no_refusal() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let attempt = house.take(&ana, "alpha", "final", true).await.unwrap();
    // Nobody has swept since: the certificate is still called valid.
    house.advance("P101D");
    void_attempt::void_attempt(&house.app, &house.admin, attempt, "shared answers".into()).await.unwrap();
    assert_eq!(state(&house, attempt).await, "voided");
    assert_eq!((house.events("attempt.voided").await, house.events("refused").await), (1, 0));
    assert_eq!(house.events("certificate.revoked").await, 0, "its time was over by itself");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_mark_waits_for_a_correction_under_way() {
    let house = House::new().await;
    // SQLite has one writer: a correction and a mark can't meet there.
    if !house.engine.is_postgres() {
        return;
    }
    let (ana, ben) = (house.person("Ana").await, house.person("Ben").await);
    let old = start_attempt::start_attempt(&house.app, &ana, slug("alpha"), slug("final")).await.unwrap();
    start_attempt::start_attempt(&house.app, &ben, slug("alpha"), slug("final")).await.unwrap();
    house.advance("P1D");
    disable_person::disable_person(&house.app, &house.admin, person_id(&ben), "left".into()).await.unwrap();
    let (client, connection) = tokio_postgres::connect(&house.engine.url, tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute("SELECT pg_advisory_lock(32195215025792101)").await.unwrap();
    // Both close an attempt whose time is over, and so mark it.
    let starting = tokio::spawn({
        let (app, ana) = (house.app.clone(), ana.clone());
        async move { start_attempt::start_attempt(&app, &ana, slug("alpha"), slug("final")).await }
    });
    let erasing = tokio::spawn({
        let (app, admin, ben) = (house.app.clone(), house.admin.clone(), person_id(&ben));
        async move { erase_person::erase_person(&app, &admin, ben, "ben@example.com".into(), "asked for".into()).await }
    });
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(!starting.is_finished() && !erasing.is_finished(), "neither marks beside a correction");
    assert_eq!(state(&house, old).await, "in_progress");
    client.batch_execute("SELECT pg_advisory_unlock(32195215025792101)").await.unwrap();
    starting.await.unwrap().unwrap();
    erasing.await.unwrap().unwrap();
    assert_eq!(state(&house, old).await, "graded");
    drop(client);
    let _ = driver.await;
}

#[tokio::test]
async fn a_course_that_earns_nothing_comes_before_another_once_it_is_whole() {
    let mut files = content::files();
    let edit = |text: &[u8], from: &str, to: &str| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        assert!(text.contains(from), "{from}");
        text.replace(from, to).into_bytes()
    };
    let alpha = files["alpha/course.yaml"].clone();
    let bare = String::from_utf8(alpha).unwrap().split("certification:").next().unwrap().to_owned();
    files.insert("alpha/course.yaml".into(), bare.into_bytes());
    let beta = edit(&files["beta/course.yaml"], "owner:", "prerequisites: [alpha]\nowner:");
    files.insert("beta/course.yaml".into(), beta);
    files.insert("access.yaml".into(), b"warehouses: []\nroles: []\n".to_vec());
    let house = House::with(Source::from_files(files)).await;
    let ana = house.person("Ana").await;
    let shut = async || code(&house.take(&ana, "beta", "final", true).await.unwrap_err());
    assert_eq!(shut().await, "prerequisite-missing");
    house.read_all(&ana, "alpha").await;
    assert_eq!(shut().await, "prerequisite-missing", "its exam is to be passed as well");
    let (content, picture) = overview::my_picture(&house.app, &ana).await.unwrap();
    let standing = picture.course(&content, &content.curriculum.courses[&slug("beta")]);
    assert!(standing.exams[0].1.is_err());
    house.take(&ana, "alpha", "final", true).await.unwrap();
    let (content, picture) = overview::my_picture(&house.app, &ana).await.unwrap();
    let standing = picture.course(&content, &content.curriculum.courses[&slug("beta")]);
    assert!(standing.exams[0].1.is_ok(), "pages say the same");
    house.take(&ana, "beta", "final", true).await.unwrap();
}
