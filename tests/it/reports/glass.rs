//! Break-glass in the timeline of an access: what was taken, who judged it and how, and where nobody had in time.

use super::{
    maps::{drawn, told},
    plant::{Ground, day, noon, tick},
};
use crate::support::{House, person_id, program, slug, web::Served};
use habilis::{
    actions::break_glass::{self, Taking},
    base::{
        clock::Time,
        ids::{self, Id},
    },
    reports::timeline::{Timeline, Track},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// The marks of the lane, each with who stands behind it.
fn marks(timeline: &Timeline) -> Vec<String> {
    let lanes = timeline.lanes.iter().filter(|lane| lane.track == Track::BreakGlass);
    lanes
        .flat_map(|lane| &lane.marks)
        .map(|mark| {
            let who = mark.actor_name.as_ref().or(mark.actor.as_ref()).cloned().unwrap_or_default();
            format!("{} {} {} {who}", mark.state, mark.at, mark.thing).trim().to_owned()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_in_an_emergency_is_told_as_far_as_it_was_known() {
    let ground = Ground::new().await;
    let (ana, bob) = (ground.someone("Ana").await, ground.someone("Bob").await);
    let admin = person_id(&ground.house.admin).to_string();
    let hours = |begin: Time| (begin, begin.plus_seconds(7_200));
    let good = Some((admin.as_str(), day(-9), "justified"));
    let judged = ground.emergency(ana, "reader", hours(day(-10)), day(-7), good).await;
    let bad = Some(("operator:root", day(2), "unjustified"));
    let late = ground.emergency(ana, "reader", hours(day(-6)), day(-3), bad).await;
    // After the moment; judged at the very instant until which it was to be.
    let just = Some((admin.as_str(), day(4), "justified"));
    let after = ground.emergency(ana, "reader", hours(day(1)), day(4), just).await;
    // Another person's, and another role's.
    ground.emergency(bob, "reader", hours(day(-10)), day(-7), good).await;
    ground.emergency(ana, "either", hours(day(-10)), day(-7), None).await;

    let at = async |moment: Time, days: i64| {
        let timeline = drawn(&ground, ana, "reader", moment, days).await;
        (told(&timeline, Track::BreakGlass), marks(&timeline))
    };
    let bar = |begin: Time| format!("taken {begin}..{}", begin.plus_seconds(7_200));
    let told_of = |state: &str, moment: Time, thing: Id<ids::Emergency>, who: &str| {
        format!("{state} {moment} {thing} {who}").trim().to_owned()
    };
    let justified = told_of("justified", day(-9), judged, "Alix Admin");
    let overdue = told_of("overdue", day(-3), late, "");
    let unjustified = told_of("unjustified", day(2), late, "operator:root");
    let both = vec![bar(day(-10)), bar(day(-6))];
    assert_eq!(at(noon(), 30).await, (both.clone(), vec![justified.clone(), overdue.clone()]));
    // What was judged later is not told of before, and neither is what became overdue or was taken later.
    assert_eq!(at(tick(day(-9), -1), 30).await, (vec![bar(day(-10))], vec![]));
    assert_eq!(at(day(-9), 30).await, (vec![bar(day(-10))], vec![justified.clone()]));
    assert_eq!(at(tick(day(-3), -1), 30).await, (both.clone(), vec![justified.clone()]));
    assert_eq!(at(day(-3), 30).await, (both.clone(), vec![justified.clone(), overdue.clone()]));
    let three = vec![bar(day(-10)), bar(day(-6)), bar(day(1))];
    let so_far = vec![justified, overdue, unjustified];
    assert_eq!(at(tick(day(4), -1), 30).await, (three.clone(), so_far.clone()));
    let whole = [so_far, vec![told_of("justified", day(4), after, "Alix Admin")]].concat();
    assert_eq!(at(day(4), 30).await, (three, whole), "in time is not overdue");
    // The judgement falls into a stretch in which nothing was taken, and nothing of it into one that begins after.
    assert_eq!(at(day(-8), 1).await, (vec![], vec![told_of("justified", day(-9), judged, "Alix Admin")]));
    assert_eq!(at(tick(day(-8), 1), 1).await, (vec![], vec![]));
    // The others have theirs.
    let timeline = drawn(&ground, bob, "reader", noon(), 30).await;
    assert_eq!(told(&timeline, Track::BreakGlass), [bar(day(-10))]);
    let timeline = drawn(&ground, ana, "either", noon(), 30).await;
    assert_eq!(marks(&timeline).len(), 1, "nobody has judged it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emergency_is_told_on_every_face_with_who_judged_it() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    house.certify(&house.admin, "beta").await;
    let taking = Taking { person: None, role: slug("guardian"), reason: "the lake is on fire".into(), duration: None };
    let taken = break_glass::break_glass(&house.app, &house.admin, taking, None).await.unwrap();
    house.advance("P1D");
    let owner = house.person("Owner").await;
    break_glass::review_emergency(&house.app, &owner, taken, true, "it was".into()).await.unwrap();
    house.advance("PT1H");

    let admin = house.bearer(&house.admin).await;
    let at = house.app.now();
    let asked = format!("person=admin@example.com&role=guardian&at={at}");
    let (status, answer) = served.api(&admin, Method::GET, &format!("/api/v1/explain?{asked}"), Value::Null).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let lanes = answer["timeline"]["lanes"].as_array().unwrap();
    let lane = lanes.iter().find(|lane| lane["track"] == "break-glass").unwrap_or_else(|| panic!("{answer}"));
    let (bar, mark) = (&lane["bars"][0], &lane["marks"][0]);
    assert_eq!((&bar["state"], &bar["thing"]), (&json!("taken"), &json!(taken)), "{lane}");
    assert_eq!(
        (&mark["state"], &mark["actor"], &mark["actor_name"]),
        (&json!("justified"), &json!(person_id(&owner)), &json!("Owner")),
        "{lane}"
    );
    // In the picture, and in the table that says the same to whoever does not see it.
    for (language, lane, verdict, by) in [
        ("en", "Break-glass", "Justified", "judged by: Owner"),
        ("fr", "Accès d’urgence", "Justifié", "jugement : Owner"),
        ("es", "Acceso de emergencia", "Justificado", "juicio de: Owner"),
    ] {
        let page = served.call(Method::GET, &format!("/explain?{asked}")).header("cookie", format!("habilis={admin}"));
        let page = page.header("accept-language", language).send().await.unwrap().text().await.unwrap();
        let (_, drawn) = page.split_once("<div class=\"timeline\">").unwrap_or_else(|| panic!("no timeline: {page}"));
        let (picture, table) = drawn.split_once("<details class=\"more\">").unwrap();
        let (table, _) = table.split_once("</details>").unwrap();
        assert!(picture.contains(&format!("<span class=\"lane-name\">{lane}</span>")), "{picture}");
        assert!(picture.contains(by) && picture.contains(verdict), "{picture}");
        assert!(table.contains(lane) && table.contains(verdict) && table.contains(by), "{table}");
        assert!(table.contains(&format!("/break-glass#{taken}")), "{table}");
    }
    let at = at.to_string();
    let told = program::command(house, &["explain", "admin@example.com", "guardian", "--at", &at]).output().unwrap();
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(text.contains("break-glass  taken") && text.contains("break-glass  justified by Owner"), "{text}");
}
