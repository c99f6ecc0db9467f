//! What is to come: what somebody who left had not begun is gone with them, and what a lost certificate will end is over by then.

use super::plant::{Ground, about, day, tick};
use crate::support::{person_id, slug};
use habilis::{
    access::grant::EndReason,
    actions::{disable_person, explain_access, request_role},
    base::clock::{Tense, Time},
    db::sql,
    reports::asked::Ask,
};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_had_not_begun_is_gone_with_whom_it_was_given_to() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let ana = house.person("Ana").await;
    let id = person_id(&ana);
    house.certify(&ana, "alpha").await;
    let begins = house.app.now().plus_seconds(4 * 86_400);
    let ask =
        request_role::Ask { role: slug("reader"), reason: "the fair".into(), duration: None, starts_at: Some(begins) };
    request_role::request_role(&house.app, &ana, ask).await.unwrap();
    house.advance("PT1H");
    let before = house.app.now();
    let grants = async |at| -> Vec<Value> {
        let lines = ground.ask("leaver", about(Some(id), None, at)).await;
        lines.into_iter().filter(|line| line["kind"] == "grant").map(Value::Object).collect()
    };
    let there = grants(Some(before)).await;
    assert_eq!((there.len(), &there[0]["is_gone"]), (1, &json!(false)), "{there:?}");
    house.advance("PT1H");
    let left = house.app.now();
    disable_person::disable_person(&house.app, &house.admin, id, "gone".into()).await.unwrap();
    house.advance("PT1M");
    // At once, and once it would have begun, and after: it was over when they left.
    for span in ["PT1M", "P4D", "P5D"] {
        let gone = grants(None).await;
        assert_eq!((gone.len(), &gone[0]["is_gone"]), (1, &json!(true)), "{gone:?}");
        assert!(gone[0]["after_seconds"].as_f64().unwrap() < 1.0, "{gone:?}");
        let by = ground.figure("leaver", about(Some(id), None, None), "gone_by").await;
        let by = Time::parse(by.as_str().unwrap()).unwrap();
        assert!(left <= by && by < begins, "{by}");
        house.advance(span);
    }
    assert_eq!(grants(Some(before)).await, there, "the past stays as it was");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_lost_certificate_will_end_is_told_to_be_over_by_then() {
    let ground = Ground::new().await;
    let (house, ana) = (&ground.house, ground.someone("Ana").await);
    ground.certificate(ana, "alpha", day(-40), day(40)).await;
    let planted = ground.grant(ana, "reader", day(-5), day(90)).await;
    ground
        .run(vec![sql("UPDATE grants SET grace_micros = ? WHERE id = ?").bind(&(5 * DAY)).bind(&planted.grant)])
        .await;
    let told = async |at: Time| {
        explain_access::explain_access(&house.app, &house.admin, Some(ana.to_string()), slug("reader"), Some(at))
            .await
            .unwrap()
    };
    let there = told(tick(day(40), -1)).await;
    assert!(there.effective && there.tense == Tense::Ahead);
    // In its grace it waits for a new certificate; after that, for nothing.
    for (at, over) in [(day(40), day(90)), (tick(day(45), -1), day(90)), (day(45), day(45)), (day(89), day(45))] {
        let then = told(at).await;
        assert!(!then.effective, "{at}");
        let grant = then.grant.unwrap();
        assert_eq!(grant.over_at(), over, "{at}");
        assert_eq!(grant.ended_reason, (over == day(45)).then_some(EndReason::CertificateLost), "{at}");
    }
    let ask = Ask { from: Some(day(85)), until: Some(day(95)), ..about(Some(ana), None, None) };
    let lines = ground.ask("lapses", ask.clone()).await;
    assert_eq!((&lines[0]["when"], &lines[0]["sooner"]), (&json!(day(90)), &json!(day(45))), "{lines:?}");
    // Learnt again in time, it runs to its own end.
    ground.certificate(ana, "alpha", tick(day(0), 1), day(120)).await;
    house.advance("PT1S");
    assert!(told(day(89)).await.effective);
    assert_eq!(ground.ask("lapses", ask).await[0]["sooner"], Value::Null);
}
