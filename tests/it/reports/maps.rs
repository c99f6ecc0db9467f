//! The timeline of an access, the map of holders, the calendar of lapses, and which policy applied.

use super::plant::{Ground, about, columns, day, noon, tick};
use crate::{
    policy::changed,
    support::{House, content, person_id, slug, web::Served},
};
use habilis::{
    access,
    actions::{
        draw_timeline, explain_access, hold_grant, load_content, map_holders, read_report, revoke_certificate,
        revoke_grant, sweep,
    },
    base::{
        clock::Time,
        ids::{self, Id},
    },
    certification,
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
    reports::{
        asked::Ask,
        map::{Columns, NO_TEAM, Order, Rows},
        rows,
        timeline::{Timeline, Track},
    },
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

pub async fn drawn(ground: &Ground, who: Id<ids::Person>, role: &str, at: Time, days: i64) -> Timeline {
    let (app, admin) = (&ground.house.app, &ground.house.admin);
    let explained = explain_access::explain_access(app, admin, Some(who.to_string()), slug(role), Some(at));
    draw_timeline::draw_timeline(app, &explained.await.unwrap(), days).await.unwrap()
}

pub fn told(timeline: &Timeline, track: Track) -> Vec<String> {
    let lanes = timeline.lanes.iter().filter(|lane| lane.track == track);
    let bars = lanes.flat_map(|lane| lane.bars.iter().map(move |bar| (lane, bar)));
    bars.map(|(lane, bar)| {
        let until = bar.until.map_or_else(|| "open".to_owned(), |until| until.to_string());
        format!("{} {} {}..{until}", lane.name, bar.state, bar.from).trim().to_owned()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_timeline_shows_what_stood_and_when_it_was_in_effect() {
    let ground = Ground::new().await;
    let (ana, bob) = (ground.someone("Ana").await, ground.someone("Bob").await);
    let t = noon();
    // Certified until noon, and again from the second day on; locked on the fourth; shut out on the sixth.
    ground.certificate(ana, "alpha", day(-40), t).await;
    ground.certificate(ana, "alpha", day(2), day(50)).await;
    ground.certificate(ana, "beta", day(-40), day(50)).await;
    let held = ground.grant(ana, "reader", day(-20), day(20)).await;
    ground.lock("role", "reader", day(4), Some(day(5))).await;
    ground.lock("role", "either", day(-4), None).await;
    ground.shut_out(ana, day(6), Some(day(7))).await;
    for at in [day(-19), tick(day(-19), 1), day(-3)] {
        ground.token(ana, &held, "habilis", "203.0.113.5", at).await;
    }
    // Another's are no part of it.
    ground.certificate(bob, "alpha", day(-40), day(50)).await;
    let other = ground.grant(bob, "reader", day(-20), day(20)).await;
    ground.token(bob, &other, "habilis", "203.0.113.5", day(-3)).await;

    let timeline = drawn(&ground, ana, "reader", t, 30).await;
    assert_eq!((timeline.from, timeline.until), (day(-30), day(10)));
    let span = |from: i64, until: i64| format!("effective {}..{}", day(from), day(until));
    assert_eq!(told(&timeline, Track::Effective), [span(-20, 0), span(2, 4), span(5, 6), span(7, 10)]);
    let certificates = told(&timeline, Track::Certificate);
    assert_eq!(
        certificates,
        [format!("alpha valid {}..{t}", day(-40)), format!("alpha valid {}..{}", day(2), day(50)),]
    );
    assert_eq!(told(&timeline, Track::Grant), [format!("ended {}..{}", day(-20), day(20))]);
    assert_eq!(told(&timeline, Track::Lock), [format!("role locked {}..{}", day(4), day(5))]);
    assert_eq!(told(&timeline, Track::Account), [format!("disabled {}..{}", day(6), day(7))]);
    let tokens = timeline.lanes.iter().find(|lane| lane.track == Track::Token).unwrap();
    let counts: Vec<_> = tokens.marks.iter().map(|mark| (mark.at, mark.count)).collect();
    assert_eq!(counts, [(day(-19), 2), (day(-3), 1)]);
    // The role had its policy from when the catalogue was loaded, which was later.
    assert!(told(&timeline, Track::Policy).is_empty());
    let now = drawn(&ground, ana, "reader", ground.house.app.now(), 30).await;
    assert_eq!(told(&now, Track::Policy).len(), 1);
    // A stretch in which nothing was held.
    let before = drawn(&ground, ana, "guardian", t, 5).await;
    assert!(told(&before, Track::Effective).is_empty() && told(&before, Track::Grant).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_hours_and_is_to_be_claimed_is_in_effect_within_them_only() {
    let policy = "token_lifetime: 15m, claim_by: P3D, \
                  hours: {days: mon-fri, from: '08:00', until: '19:00', zone: Europe/Paris}";
    let source = changed(|text| text.replacen("token_lifetime: 15m", policy, 1));
    let ground = Ground { house: House::with(source).await };
    let house = &ground.house;
    // Monday, the second of March, nine o'clock in Paris.
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    let given = house.app.now();
    house.ask(&ana, "reader").await.unwrap();
    let id = person_id(&ana);
    let timeline = drawn(&ground, id, "reader", given.plus_seconds(86_400), 9).await;
    let told: Vec<Vec<String>> = told(&timeline, Track::Effective)
        .into_iter()
        .map(|bar| bar.replace("effective ", "").split("..").map(str::to_owned).collect())
        .collect();
    // Nobody claimed it: it ends on Thursday at the time of day at which it was given.
    let ends: Vec<&str> = told.iter().map(|ends| ends[1].as_str()).collect();
    assert_eq!(ends[..3], ["2026-03-02T18:00:00Z", "2026-03-03T18:00:00Z", "2026-03-04T18:00:00Z"], "{told:?}");
    assert_eq!((told.len(), told[1][0].as_str()), (4, "2026-03-03T07:00:00Z"), "{told:?}");
    assert!(ends[3].starts_with("2026-03-05T08:"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_admin_holds_back_is_not_told_as_a_certificate_that_is_missing() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let (ana, bob) = (house.person("Ana").await, house.person("Bob").await);
    for who in [&ana, &bob] {
        house.certify(who, "alpha").await;
        house.ask(who, "reader").await.unwrap();
    }
    house.advance("PT1H");
    let (ana, bob) = (person_id(&ana), person_id(&bob));
    let held = house.app.db.read(house.app.now(), move |r| Ok(access::rows::grants_of(r, ana, None, 1)?));
    let held = held.await.unwrap()[0].id;
    hold_grant::hold_grant(&house.app, &house.admin, held, "a leak".into()).await.unwrap();
    let lost = sql("UPDATE certificates SET ends_at = ? WHERE person_id = ?").bind(&house.app.now()).bind(&bob);
    ground.run(vec![lost]).await;
    house.advance("PT1H");
    sweep::sweep(&house.app).await.unwrap();
    for (who, cause) in [(ana, "admin"), (bob, "certificate")] {
        let timeline = drawn(&ground, who, "reader", house.app.now(), 5).await;
        let causes = timeline.lanes.iter().filter(|lane| lane.track == Track::Suspension);
        assert_eq!(causes.map(|lane| lane.name.as_str()).collect::<Vec<_>>(), [cause]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_explanation_comes_with_its_timeline_on_every_face() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1H");
    let (admin, own) = (house.bearer(&house.admin).await, house.bearer(&ana).await);
    let path = "/api/v1/explain?person=ana.verano@example.com&role=reader&days=30";
    let (status, answer) = served.api(&admin, Method::GET, path, Value::Null).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let lanes = answer["timeline"]["lanes"].as_array().unwrap();
    assert_eq!((&lanes[0]["track"], &lanes[0]["bars"][0]["state"]), (&json!("effective"), &json!("effective")));
    let (_, page) = served.page(&admin, "/explain?person=ana.verano@example.com&role=reader&lang=fr").await;
    assert!(page.contains("class=\"lane-strip\"") && page.contains("<caption class=\"unseen\">"), "{page}");
    let (_, page) = served.page(&own, "/explain?role=reader").await;
    assert!(page.contains("class=\"lane-strip\""), "everybody may see their own: {page}");
    let (status, _) = served.api(&admin, Method::GET, &format!("{path}0000"), Value::Null).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Whoever looks into another's access is noted, and nobody who looks into the own.
    let (_, log) = served.api(&admin, Method::GET, "/api/v1/events?kind=audit.read&limit=1000", Value::Null).await;
    let explained = log["items"].as_array().unwrap().iter().filter(|event| event["subject"] == "explain").count();
    assert_eq!(explained, 2, "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_map_counts_people_once_and_leads_nearer() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let t = noon();
    let mut ids = Vec::new();
    for (name, teams) in [("Ana", &["data", "privacy"][..]), ("Bob", &["data"]), ("Eve", &[])] {
        let id = crate::support::person_id(&house.person_in(name, teams).await);
        ids.push(id);
        if name != "Bob" {
            ground.certificate(id, "alpha", day(-40), day(40)).await;
        }
        ground.grant(id, "reader", day(-20), day(20)).await;
    }
    ground.certificate(ids[0], "beta", day(-40), day(40)).await;
    ground.grant(ids[0], "either", day(-20), t).await;
    let ask = |rows, columns, team: Option<&str>, at| map_holders::Ask {
        at: Some(at),
        team: team.map(str::to_owned),
        warehouse: None,
        role: None,
        rows,
        columns,
        order: Order::Name,
    };
    let draw = |ask| map_holders::map_holders(&house.app, &house.admin, ask, "test");
    let told = |map: &habilis::reports::map::HoldersMap| -> Vec<String> {
        let cell = |cell: &habilis::reports::map::Cell| {
            let (row, column) = (&map.rows[cell.row], &map.columns[cell.column]);
            let row = if row.name.is_empty() { &row.id } else { &row.name };
            format!("{row} {} {}+{}", column.id, cell.effective, cell.held_back)
        };
        map.cells.iter().map(cell).collect()
    };
    let map = draw(ask(None, None, None, t)).await.unwrap();
    assert_eq!(told(&map), ["data reader 1+1", "privacy reader 1+0", "- reader 1+0"]);
    // A microsecond before, Ana still held the other one.
    let before = draw(ask(None, Some(Columns::Warehouses), None, tick(t, -1))).await.unwrap();
    assert_eq!(
        told(&before),
        ["data attic 1+0", "data lake 1+1", "privacy attic 1+0", "privacy lake 1+0", "- lake 1+0"]
    );
    let people = draw(ask(None, None, Some("data"), t)).await.unwrap();
    assert_eq!(told(&people), ["Ana reader 1+0", "Bob reader 0+1"]);
    assert!(people.cells.iter().all(|cell| cell.grant.is_some()));
    assert!(!people.cut);
    let some = house.app.db.read(t, |r| Ok(rows::map::held(r, &rows::map::Narrow::default(), 2)?)).await.unwrap();
    assert_eq!((some.0.len(), some.1), (2, true), "there is more than that, and it is said so");
    let all = house.app.db.read(t, |r| Ok(rows::map::held(r, &rows::map::Narrow::default(), 3)?)).await.unwrap();
    assert_eq!((all.0.len(), all.1), (3, false));
    let alone = draw(ask(Some(Rows::People), None, Some(NO_TEAM), t)).await.unwrap();
    assert_eq!(told(&alone), ["Eve reader 1+0"]);
    assert_eq!(house.events("audit.read").await, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn maps_and_calendars_are_pages_for_those_who_may() {
    // One of the roles is another's.
    let source = changed(|text| {
        let (before, rest) = text.split_once("{id: either").unwrap();
        format!("{before}{{id: either{}", rest.replacen("owner@example.com", "other@example.com", 1))
    });
    let served = Served::start(House::with(source).await).await;
    let house = &served.house;
    let ana = house.person_in("Ana Verano", &["data"]).await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.ask(&ana, "either").await.unwrap();
    house.advance("PT1H");
    let (admin, own) = (house.bearer(&house.admin).await, house.bearer(&ana).await);
    let (_, owner) = house.joined("Owner", &[]).await;
    let (status, page) = served.page(&admin, "/holders/map").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("table class=\"map\"") && page.len() < 50_000, "{}", page.len());
    let (_, page) = served.page(&admin, "/holders/map?team=data").await;
    assert!(page.contains("●") && page.contains("Ana Verano") && !page.contains("?at="), "{page}");
    // What it leads to is of its own moment.
    let led = |page: &str| page.split_once("/holders/gra_").unwrap().1.split('"').next().unwrap().to_owned();
    let (_, page) = served.page(&admin, "/holders/map?team=data&as_of=2026-03-02T10:00:00Z").await;
    assert!(led(&page).contains("?at=2026-03-02T"), "{page}");
    let (_, page) = served.page(&admin, &format!("/reports/holders-at?at={}", house.app.now())).await;
    assert!(led(&page).contains("?at&#x3D;2026-03-02T"), "{page}");
    // An owner sees the own roles, and no other's.
    let (_, other) = house.joined("Other", &[]).await;
    let head = async |bearer: &str| {
        let (_, page) = served.page(bearer, "/holders/map").await;
        let (_, rest) = page.split_once("<thead>").unwrap_or_else(|| panic!("an empty map: {page}"));
        rest.split_once("</thead>").unwrap().0.to_owned()
    };
    let (of_owner, of_other, all) = (head(&owner).await, head(&other).await, head(&admin).await);
    assert!(of_owner.contains("READER") && !of_owner.contains(">either<"), "{of_owner}");
    assert!(of_other.contains(">either<") && !of_other.contains("READER"), "{of_other}");
    assert!(all.contains(">either<") && all.contains("READER"), "{all}");
    let (status, _) = served.page(&own, "/holders/map").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (_, page) = served.page(&admin, "/holders/map?team=nothing").await;
    assert!(page.contains("id=\"team-error\""), "{page}");
    // Alpha's certificate ends a hundred days after the second of March; its day is in June, the grant's in May.
    let (status, page) = served.page(&admin, "/lapses?month=2026-06&zone=Europe/Paris").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("/lapses?day&#x3D;2026-06-10") && page.len() < 50_000, "{page}");
    let (_, page) = served.page(&admin, "/lapses?day=2026-06-10&zone=Europe/Paris").await;
    assert!(page.contains("crt_") && !page.contains("gra_"), "{page}");
    let (_, page) = served.page(&admin, "/lapses?day=2026-06-09&zone=Europe/Paris").await;
    assert!(!page.contains("crt_"), "{page}");
    assert_eq!(served.page(&own, "/lapses").await.0, StatusCode::FORBIDDEN);
    assert_eq!(served.page(&owner, "/lapses?role=reader").await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_to_end_is_told_with_what_carries_on() {
    let ground = Ground::new().await;
    let (ana, bob) = (ground.someone("Ana").await, ground.someone("Bob").await);
    let t = day(60);
    let certificate = ground.certificate(ana, "alpha", day(-40), t).await;
    ground.certificate(ana, "alpha", day(-1), day(120)).await;
    let open = ground.certificate(bob, "alpha", day(-40), tick(t, 1)).await;
    ground.certificate(bob, "beta", day(-40), tick(t, -1)).await;
    let held = ground.grant(ana, "reader", day(-5), t).await;
    let bobs_grant = ground.grant(bob, "reader", day(-5), day(61)).await;
    let period = Ask { from: Some(t), until: Some(day(61)), ..Ask::default() };
    let lines = ground.ask("lapses", period.clone()).await;
    let told = columns(&lines, &["kind", "thing", "carried"]);
    let mut expected = [
        format!("certificate {certificate} true"),
        format!("grant {} false", held.grant),
        format!("certificate {open} false"),
    ];
    expected[..2].sort();
    assert_eq!(told, expected);
    assert!(lines.iter().all(|line| line["sooner"] == Value::Null), "{lines:?}");
    // Bob's grant runs to the end of that day, and the certificate that it needs does not.
    let bobs = Ask { until: Some(tick(day(61), 1)), kind: Some("grant".to_owned()), ..period.clone() };
    let told = columns(&ground.ask("lapses", bobs).await, &["thing", "sooner"]);
    assert_eq!(told, [format!("{} null", held.grant), format!("{} {}", bobs_grant.grant, tick(t, 1))]);
    assert_eq!(ground.figure("lapses", period.clone(), "not_carried").await, json!(2));
    // The calendar beside it counts them all, those of a quarter of an hour together.
    let opened = ground.opened("lapses", period.clone()).await;
    let (app, admin) = (&ground.house.app, &ground.house.admin);
    let ends = read_report::lapse_calendar(app, admin, &opened, day(59), day(61)).await.unwrap();
    let counts: Vec<_> = ends.iter().map(|end| (end.at, end.kind.as_str(), end.count)).collect();
    assert_eq!(counts, [(tick(t, -1), "certificate", 1), (t, "certificate", 2), (t, "grant", 1)]);
    // As of the day before the certificate was renewed, nothing carried on.
    let then = Ask { at: Some(day(-2)), ..period.clone() };
    assert_eq!(ground.figure("lapses", then.clone(), "certificates").await, json!(2));
    let lines = ground.ask("lapses", then).await;
    assert!(lines.iter().all(|line| line["carried"] == json!(false)) && lines.len() == 3, "{lines:?}");
    // Of a role: its grants, and the certificates that they rest on at the moment.
    let of_role = Ask { role: Some(slug("guardian")), ..period.clone() };
    assert!(ground.ask("lapses", of_role).await.is_empty());
    let of_role = Ask { role: Some(slug("reader")), at: Some(day(0)), ..period };
    assert_eq!(ground.ask("lapses", of_role).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_to_end_is_told_as_it_was_known_then() {
    let ground = Ground::new().await;
    let (house, app, admin) = (&ground.house, &ground.house.app, &ground.house.admin);
    let (ana, bob, cara) = (ground.someone("Ana").await, ground.someone("Bob").await, ground.someone("Cara").await);
    let end = day(100);
    let held = ground.grant(ana, "reader", day(1), end).await.grant;
    let first = ground.certificate(bob, "alpha", day(-40), end).await;
    let second = ground.certificate(bob, "alpha", day(1), day(150)).await;
    let twice = ground.certificate(cara, "beta", day(-40), end).await;
    let before = house.app.now();
    house.advance("P1D");
    revoke_grant::revoke_grant(app, admin, held, "left the team".into()).await.unwrap();
    revoke_certificate::revoke_certificate(app, admin, second, "a mistake".into()).await.unwrap();
    // A version that breaks it leaves it some days, and then it is revoked.
    let lower = async |state: &str, end: Time| {
        ground
            .run(vec![sql("UPDATE certificates SET state = ? WHERE id = ?").bind(&state.to_owned()).bind(&twice)])
            .await;
        let lowered = app.db.write(app.now(), move |w| Ok(certification::rows::lower_end(w, twice, end, "")?)).await;
        lowered.unwrap();
    };
    lower("superseded", day(90)).await;
    house.advance("P1D");
    let between = house.app.now();
    house.advance("P1D");
    lower("revoked", house.app.now()).await;
    let revoked = tick(house.app.now(), 500);
    house.advance("P1D");
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    let asked = async |at: Option<Time>, from: Time, until: Time| {
        let ask = Ask { at, from: Some(from), until: Some(until), ..Ask::default() };
        let count = async |name: &str| ground.figure("lapses", ask.clone(), name).await.as_i64().unwrap();
        let (counted, lines) =
            (count("certificates").await + count("grants_ending").await, ground.ask("lapses", ask.clone()).await);
        assert_eq!(counted, i64::try_from(lines.len()).unwrap());
        let opened = ground.opened("lapses", ask.clone()).await;
        let ends = read_report::lapse_calendar(app, admin, &opened, from, until).await.unwrap();
        assert_eq!(ends.iter().map(|end| end.count).sum::<i64>(), counted);
        sorted(columns(&lines, &["thing", "carried"]))
    };
    let known = sorted(vec![format!("{held} false"), format!("{first} true"), format!("{twice} false")]);
    assert_eq!(asked(Some(before), day(99), day(101)).await, known);
    assert!(asked(Some(before), before, day(99)).await.is_empty(), "what was revoked later was not known");
    assert_eq!(asked(Some(before), day(149), day(151)).await, [format!("{second} false")]);
    // What was lowered twice has an end in between.
    assert_eq!(asked(Some(between), day(89), day(91)).await, [format!("{twice} false")]);
    assert_eq!(asked(Some(between), day(99), day(101)).await, [format!("{first} false")]);
    // Now, each ends where it did.
    for at in [None, Some(revoked)] {
        let ended = sorted(vec![format!("{held} false"), format!("{second} true"), format!("{twice} false")]);
        assert_eq!(asked(at, before, day(99)).await, ended);
        assert_eq!(asked(at, day(99), day(151)).await, [format!("{first} false")]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_policy_of_then_is_told_with_what_changed_since() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let start = house.app.now();
    let operator = Actor::operator("test");
    let load = |change: &'static dyn Fn(String) -> String| {
        let mut files = content::files();
        let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
        files.insert("access.yaml".to_owned(), change(access).into_bytes());
        load_content::load_content(&house.app, &operator, Source::from_files(files))
    };
    house.advance("P1D");
    load(&|text| text.replace("max_duration: P60D", "max_duration: P50D")).await.unwrap();
    let second = house.app.now();
    house.advance("P1D");
    // Another role's change is none of this one's; and back to the first.
    load(&|text| text.replace("max_duration: P200D", "max_duration: P100D")).await.unwrap();
    house.advance("P1D");
    let ask = |at| about(None, Some("reader"), Some(at));
    let lines = ground.ask("policy-then", ask(start)).await;
    let told = columns(&lines, &["applied", "changed", "max_seconds"]);
    let (first, less) = (60.0 * 86_400.0, 50.0 * 86_400.0);
    assert_eq!(
        told,
        [
            format!("then [] {first:?}"),
            format!("since [\"max_duration\"] {less:?}"),
            format!("since [\"max_duration\"] {first:?}"),
        ]
    );
    assert_eq!(ground.figure("policy-then", ask(start), "changes").await, json!(2));
    assert_eq!(ground.figure("policy-then", ask(second), "changes").await, json!(1));
    assert_eq!(ground.figure("policy-then", ask(tick(second, -5_000)), "changes").await, json!(2));
    let now = ground.ask("policy-then", ask(house.app.now())).await;
    assert_eq!(columns(&now, &["applied", "until"]), ["then null"]);
    assert_eq!(columns(&now, &["requirement", "approval"]), ["alpha auto"]);
    // One of several certifications is told as such, and what differs by the names of the file.
    let third = house.app.now();
    house.advance("P1D");
    load(&|text| {
        let text = text.replacen("requires: alpha", "requires: {any: [alpha, beta]}", 1);
        text.replacen("reason: required", "reason: optional", 1)
    })
    .await
    .unwrap();
    house.advance("P1D");
    let lines = ground.ask("policy-then", ask(third)).await;
    assert_eq!(
        columns(&lines, &["applied", "changed", "requirement"]),
        ["then [] alpha", "since [\"requires\",\"reason\"] (alpha | beta)"]
    );
}
