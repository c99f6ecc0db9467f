//! Renewing: reminders at their leads, no day lost, the short exam for holders, and notices that are mailed once.

use crate::support::{House, code, content, person_id, slug};
use habilis::{
    actions::{load_content, notify, read_decisions, revoke_certificate, sweep},
    certification::{self, certificate::Certificate, notice::NoticeKind},
    curriculum::source::Source,
    identity::actor::Actor,
};

async fn certificates(house: &House, who: &Actor) -> Vec<Certificate> {
    let who = person_id(who);
    house.app.db.read(house.app.now(), move |r| Ok(certification::rows::certificates_of(r, who)?)).await.unwrap()
}

async fn reminders(house: &House) -> i64 {
    sweep::sweep(&house.app).await.unwrap();
    house.events("certificate.reminded").await
}

async fn on_desk(house: &House, who: &Actor) -> u32 {
    read_decisions::waiting(&house.app, who).await.unwrap().notices
}

#[tokio::test]
async fn holders_are_reminded_at_each_lead_once_and_not_after_a_renewal() {
    let house = House::new().await;
    let ana = house.person("Ana Martin").await;
    house.certify(&ana, "alpha").await;
    assert_eq!(reminders(&house).await, 0);
    house.advance("P69D");
    assert_eq!(reminders(&house).await, 0, "the first lead is 30 days before the hundredth");
    house.advance("P1D");
    assert_eq!(reminders(&house).await, 1);
    assert_eq!(reminders(&house).await, 1, "once");
    let (_, told) = notify::my_notices(&house.app, &ana).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].kind, NoticeKind::CertificateLapses);
    assert_eq!(on_desk(&house, &ana).await, 1, "every page says that there is one");

    // Somebody else puts nobody's notice aside.
    let ben = house.person("Ben").await;
    assert_eq!(code(&notify::see_notice(&house.app, &ben, told[0].id).await.err().unwrap()), "no-such-notice");
    assert_eq!(notify::my_notices(&house.app, &ana).await.unwrap().1.len(), 1);
    notify::see_notice(&house.app, &ana, told[0].id).await.unwrap();
    assert!(notify::my_notices(&house.app, &ana).await.unwrap().1.is_empty());
    assert_eq!(on_desk(&house, &ana).await, 0);

    // Nobody looked for a while: the latest lead says it all.
    let zoe = house.person("Zoe").await;
    house.certify(&zoe, "beta").await;
    house.advance("P29DT12H");
    assert_eq!(reminders(&house).await, 2, "a day before Ana's end; a week before was missed, and is not made up for");
    house.take(&ana, "alpha", "final", true).await.unwrap();
    house.advance("P60D");
    assert_eq!(reminders(&house).await, 3, "only Zoe's: Ana has renewed");
}

#[tokio::test]
async fn renewing_early_loses_no_day_and_never_twice_for_one_pass() {
    let house = House::new().await;
    let ana = house.person("Ana Martin").await;
    house.certify(&ana, "alpha").await;
    let first = certificates(&house, &ana).await.remove(0);
    house.advance("P79D");
    assert_eq!(code(&house.take(&ana, "alpha", "final", true).await.err().unwrap()), "exam-passed-already");
    house.advance("P2D");
    house.take(&ana, "alpha", "final", true).await.unwrap();
    let held = certificates(&house, &ana).await;
    assert_eq!(held.len(), 2);
    assert_eq!(held[0].expires_at, first.expires_at.plus(&"P100D".parse().unwrap()));
    assert_eq!(held[0].evidence.renews, Some(first.id));
    assert_eq!(code(&house.take(&ana, "alpha", "final", true).await.err().unwrap()), "exam-passed-already");
}

#[tokio::test]
async fn a_later_reminder_or_a_renewal_takes_the_place_of_earlier_ones() {
    let house = House::new().await;
    let ana = house.person("Ana Martin").await;
    house.certify(&ana, "alpha").await;
    let told = async || notify::my_notices(&house.app, &ana).await.unwrap().1;
    house.advance("P70D");
    assert_eq!(reminders(&house).await, 1);
    let first = told().await.remove(0);
    house.advance("P24D");
    assert_eq!(reminders(&house).await, 2, "a week before the end");
    let now = told().await;
    assert_eq!(now.len(), 1, "one reminder of one certificate");
    assert_ne!(now[0].id, first.id);
    assert_eq!(reminders(&house).await, 2, "looking again puts nothing aside");
    assert_eq!((told().await.len(), on_desk(&house, &ana).await), (1, 1));
    // Nobody is mailed what was replaced before the mail went out.
    let mailed = notify::take_mail(&house.app).await.unwrap();
    assert_eq!(mailed.iter().map(|(notice, _)| notice.id).collect::<Vec<_>>(), [now[0].id]);

    house.take(&ana, "alpha", "final", true).await.unwrap();
    assert!(told().await.is_empty(), "renewed: nothing lapses");
    assert_eq!(on_desk(&house, &ana).await, 0);
    house.advance("P1D");
    assert_eq!(reminders(&house).await, 2);

    // The renewal is taken back: the older one's end is news again, also the lead that was told before.
    let renewal = certificates(&house, &ana).await.remove(0);
    let reason = "taken with help".to_owned();
    revoke_certificate::revoke_certificate(&house.app, &house.admin, renewal.id, reason).await.unwrap();
    assert_eq!(reminders(&house).await, 3);
    let again = told().await;
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].kind, again[0].about.until()), (NoticeKind::CertificateLapses, now[0].about.until()));
    house.advance("P4DT12H");
    assert_eq!(reminders(&house).await, 4, "and the day before");
    assert_eq!(told().await.len(), 1);
}

/// The second version breaks the first, and has a short exam for its holders.
fn second_version() -> Source {
    let mut files = content::files();
    content::put_course(&mut files, "alpha", 2, 2);
    let course = String::from_utf8(files["alpha/course.yaml"].clone()).unwrap();
    let course = course
        .replace("  renewal_window: P20D\n", "  renewal_window: P20D\n  delta_exam: exams/news.quiz.yaml\n")
        + "changes:\n  2: {en: Two *new* rules., fr: Deux *nouvelles* règles.}\n";
    files.insert("alpha/course.yaml".to_owned(), course.into_bytes());
    let exam = String::from_utf8(files["alpha/exams/final.quiz.yaml"].clone()).unwrap();
    let short = exam.replace("id: final", "id: short").replace("count: 4", "count: 2").replace("[0, 15m, 24h]", "[0]");
    files.insert("alpha/exams/news.quiz.yaml".to_owned(), short.into_bytes());
    Source::from_files(files)
}

#[tokio::test]
async fn the_short_exam_is_enough_for_holders_of_an_earlier_version_and_for_nobody_else() {
    let house = House::new().await;
    let ana = house.person("Ana Martin").await;
    let ben = house.person("Ben").await;
    let late = house.person("Late").await;
    house.certify(&ana, "alpha").await;
    house.certify(&late, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    load_content::load_content(&house.app, &Actor::operator("test"), second_version()).await.unwrap();
    house.advance("1s");
    let (_, told) = notify::my_notices(&house.app, &ana).await.unwrap();
    assert_eq!(told[0].kind, NoticeKind::CertificateSuperseded);
    assert_eq!(told[0].about.until(), Some(certificates(&house, &ana).await[0].ends_at));

    assert_eq!(code(&house.take(&ben, "alpha", "short", true).await.err().unwrap()), "exam-for-holders");
    house.read_all(&ben, "alpha").await;
    assert_eq!(code(&house.take(&ben, "alpha", "short", true).await.err().unwrap()), "exam-for-holders");

    let picture = habilis::actions::overview::my_picture(&house.app, &ana).await.unwrap();
    let standing = picture.1.course(&picture.0, &picture.0.curriculum.courses[&slug("alpha")]);
    assert!(standing.modules_left.is_empty(), "nothing has to be read again");
    assert_eq!(standing.exams_left, vec![slug("short")]);
    house.take(&ana, "alpha", "short", true).await.unwrap();
    let held = certificates(&house, &ana).await;
    assert_eq!((held.len(), held[0].course_version), (2, 2));
    assert_eq!(held[0].evidence.exams[0].quiz, slug("short"));
    habilis::actions::mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();

    // The grace is over: the whole course again.
    house.advance("P11D");
    assert_eq!(code(&house.take(&late, "alpha", "short", true).await.err().unwrap()), "exam-for-holders");
    house.certify(&late, "alpha").await;
    assert_eq!(certificates(&house, &late).await[0].course_version, 2);
}

#[tokio::test]
async fn a_notice_is_handed_to_the_mail_once_and_put_off_until_it_is_sent() {
    let house = House::new().await;
    let ana = house.person("Ana Martin").await;
    house.certify(&ana, "alpha").await;
    house.advance("P70D");
    reminders(&house).await;
    let other = house.replica().await;
    let taken = notify::take_mail(&house.app).await.unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].1.id, person_id(&ana));
    assert!(notify::take_mail(&other).await.unwrap().is_empty(), "it is on its way");
    notify::mailed(&house.app, taken[0].0.id, false).await.unwrap();
    house.advance("PT59M");
    assert!(notify::take_mail(&other).await.unwrap().is_empty());
    house.advance("PT2M");
    assert_eq!(notify::take_mail(&other).await.unwrap().len(), 1, "and tried again later");
    notify::mailed(&other, taken[0].0.id, true).await.unwrap();
    house.advance("P1D");
    assert!(notify::take_mail(&house.app).await.unwrap().is_empty());
}
