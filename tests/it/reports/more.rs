//! Reports 6 to 9 and 11: the answer that was planted, and none of its near-misses.

use super::plant::{Ground, about, column, columns, day, noon, tick};
use crate::support::{code, person_id, slug};
use habilis::{
    actions::{disable_person, hand_over_client, mint_token},
    audit::{
        self,
        event::{Entry, What},
    },
    base::clock::Time,
    db::sql,
    reports::{asked::Ask, cell::Figure},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_without_a_certificate_is_found_however_it_came_to_be() {
    let ground = Ground::new().await;
    let t = noon();
    let mut who = std::collections::BTreeMap::new();
    for name in
        ["Never", "Lapsed", "Lapsing", "Half", "Held", "Renewed", "Either", "Over", "Ahead", "Too late", "Other"]
    {
        let id = ground.someone(name).await;
        who.insert(id.to_string(), name);
        let (mut from, mut ends, mut role) = (day(-5), day(20), "reader");
        match name {
            "Never" => {}
            "Lapsed" => drop(ground.certificate(id, "alpha", day(-50), tick(t, -1)).await),
            "Lapsing" => drop(ground.certificate(id, "alpha", day(-50), t).await),
            "Held" => drop(ground.certificate(id, "alpha", day(-50), tick(t, 1)).await),
            "Half" => {
                role = "keeper";
                ground.certificate(id, "alpha", day(-50), day(50)).await;
            }
            "Renewed" => {
                ground.certificate(id, "alpha", day(-50), t).await;
                ground.certificate(id, "alpha", day(-1), day(50)).await;
            }
            "Either" => {
                role = "either";
                ground.certificate(id, "beta", day(-50), day(50)).await;
            }
            "Over" => ends = t,
            "Ahead" => from = tick(t, 1),
            "Too late" => drop(ground.certificate_of(id, "alpha", 1, tick(t, 1), day(-50), day(50)).await),
            _ => drop(ground.certificate(id, "beta", day(-50), day(50)).await),
        }
        ground.grant(id, role, from, ends).await;
    }
    let lines = ground.ask("without-certificate", about(None, None, Some(t))).await;
    let mut told: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {}",
                who[line["person"].as_str().unwrap()],
                line["missing"].as_str().unwrap(),
                line["effective"]
            )
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        ["Half beta false", "Lapsed alpha false", "Lapsing alpha false", "Never alpha false", "Other alpha false"]
            .into_iter()
            .map(str::to_owned)
            // The view goes by when a certificate counts; one that was issued later and claims to have counted is told here.
            .chain(["Too late alpha true".to_owned()])
            .collect::<Vec<_>>()
    );
    let at = |moment| about(None, None, Some(moment));
    assert_eq!(ground.figure("without-certificate", at(t), "without_certificate").await, json!(6));
    assert_eq!(ground.figure("without-certificate", at(t), "without_and_effective").await, json!(1));
    // A microsecond earlier two of them still counted; one later, one more does not.
    let before = ground.ask("without-certificate", at(tick(t, -2))).await;
    let named = |lines: &[super::plant::Object], name: &str| {
        lines.iter().any(|line| who[line["person"].as_str().unwrap()] == name)
    };
    assert!(!named(&before, "Lapsed") && !named(&before, "Lapsing") && named(&before, "Over"));
    let after = ground.ask("without-certificate", at(tick(t, 1))).await;
    assert!(named(&after, "Held") && named(&after, "Ahead") && !named(&after, "Over") && !named(&after, "Too late"));
    let since = lines.iter().find(|line| who[line["person"].as_str().unwrap()] == "Lapsed").unwrap();
    assert_eq!(since["lost"], json!(tick(t, -1)));
    let keepers = ground.ask("without-certificate", about(None, Some("keeper"), Some(t))).await;
    assert_eq!(column(&keepers, "missing"), ["beta"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_long_access_and_its_end_take_is_measured_case_by_case() {
    let ground = Ground::new().await;
    let t = noon();
    let (hour, second) = (3_600, 1);
    // Ten people who waited 1 to 10 hours; one whose access came a microsecond before the period, one after.
    for hours in 1..=10_i64 {
        let id = ground.someone(&format!("Waits {hours}")).await;
        let held = ground.grant(id, "either", t.plus_seconds(hours * second), day(40)).await;
        ground.certificate(id, "alpha", day(-50), day(90)).await;
        let asked = t.plus_seconds(hours * second - hours * hour);
        ground
            .run(vec![sql("UPDATE requests SET submitted_at = ? WHERE id = ?").bind(&asked).bind(&held.request)])
            .await;
    }
    for (name, at) in [("Early", tick(t, -1)), ("Late", day(1))] {
        let id = ground.someone(name).await;
        ground.certificate(id, "alpha", day(-50), day(90)).await;
        ground.grant(id, "either", at, day(40)).await;
    }
    let period = Ask { from: Some(t), until: Some(day(1)), ..Ask::default() };
    assert_eq!(ground.figure("durations", period.clone(), "access_cases").await, json!(10));
    assert_eq!(ground.figure("durations", period.clone(), "access_median").await, json!(5.0 * 3_600.0));
    assert_eq!(ground.figure("durations", period.clone(), "access_p90").await, json!(9.0 * 3_600.0));
    assert_eq!(ground.figure("durations", period.clone(), "lapse_cases").await, json!(0));

    // Lapses: a token that outlives its certificate by 100 s, one that had ended before, one without any; and a lapse that took
    // nothing, for another certificate carries on.
    let lapse = |days: i64| day(2 + days);
    for (days, name, left) in [
        (0_i64, "Outlives", Some(800_i64)),
        (1, "Ends before", Some(1_000)),
        (2, "None", None),
        (3, "Carried", Some(800)),
    ] {
        let id = ground.someone(name).await;
        ground.certificate(id, "alpha", day(-50), lapse(days)).await;
        if name == "Carried" {
            ground.certificate(id, "alpha", day(-1), day(80)).await;
        }
        let held = ground.grant(id, "reader", day(-1), day(40)).await;
        if let Some(left) = left {
            ground.token(id, &held, "habilis", "203.0.113.5", lapse(days).plus_seconds(-left)).await;
        }
    }
    // A grant that ended by itself with a token alive for 300 s.
    let id = ground.someone("Ended").await;
    ground.certificate(id, "alpha", day(-50), day(80)).await;
    let held = ground.grant(id, "reader", day(-1), day(6)).await;
    ground.token(id, &held, "habilis", "203.0.113.5", day(6).plus_seconds(-600)).await;
    let lapses = Ask { from: Some(day(2)), until: Some(tick(day(6), 1)), ..Ask::default() };
    let lines = ground.ask("durations", lapses.clone()).await;
    assert_eq!(
        columns(&lines, &["case", "took_seconds"]),
        ["certificate 100.0", "certificate 0.0", "certificate 0.0", "grant 300.0"]
    );
    assert_eq!(ground.figure("durations", lapses.clone(), "lapse_cases").await, json!(4));
    assert_eq!(ground.figure("durations", lapses.clone(), "lapse_p90").await, json!(300.0));
    // Cases of every kind at one instant stand in one order, wherever a page ends.
    for name in ["At once", "At once too"] {
        let id = ground.someone(name).await;
        ground.certificate(id, "alpha", day(-50), day(10)).await;
        ground.certificate(id, "beta", day(-50), day(80)).await;
        ground.grant(id, "keeper", day(5), day(10)).await;
        ground.grant(id, "either", day(10), day(30)).await;
    }
    let at_once = Ask { from: Some(day(10)), until: Some(tick(day(10), 1)), ..Ask::default() };
    let lines = ground.ask("durations", at_once).await;
    assert_eq!(column(&lines, "case"), ["request", "request", "certificate", "certificate", "grant", "grant"]);
    // As of a moment in between, what ends later has not ended.
    let then = Ask { at: Some(day(3)), ..lapses };
    assert_eq!(ground.figure("durations", then, "lapse_cases").await, json!(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_used_for_so_many_days_is_told_to_the_microsecond() {
    let ground = Ground::new().await;
    let t = noon();
    let mut who = std::collections::BTreeMap::new();
    for name in [
        "Never",
        "Long ago",
        "Edge",
        "Inside",
        "Young",
        "Just old",
        "Over",
        "Afterwards",
        "Other role",
        "Verified",
        "Around",
        "Since",
    ] {
        let id = ground.someone(name).await;
        who.insert(id.to_string(), name);
        ground.certificate(id, "alpha", day(-190), day(90)).await;
        let (mut from, mut ends, mut role) = (day(-150), day(5), "either");
        match name {
            "Young" => from = tick(day(-30), 1),
            "Just old" => from = day(-30),
            "Over" => ends = t,
            "Other role" => role = "reader",
            _ => {}
        }
        let held = ground.grant(id, role, from, ends).await;
        let used = match name {
            "Long ago" => Some(day(-100)),
            "Edge" => Some(day(-30)),
            "Inside" => Some(tick(day(-30), 1)),
            "Afterwards" => Some(tick(t, 1)),
            "Other role" => Some(day(-1)),
            _ => None,
        };
        if let Some(at) = used {
            ground.token(id, &held, "habilis", "203.0.113.5", at).await;
        }
        // Only the first and the last verification are kept: of what lies around the days asked about, nobody knows.
        let verified = match name {
            "Verified" => Some((day(-60), day(-40))),
            "Around" => Some((day(-40), tick(t, 1))),
            "Since" => Some((tick(day(-30), 1), tick(t, 1))),
            _ => None,
        };
        if let Some((first, last)) = verified {
            let insert = sql("INSERT INTO grant_verifications (grant_id, first_at, last_at) VALUES (?, ?, ?)");
            ground.run(vec![insert.bind(&held.grant).bind(&first).bind(&last)]).await;
        }
    }
    let ask = Ask { days: Some(30), ..about(None, None, Some(t)) };
    let lines = ground.ask("unused", ask.clone()).await;
    let mut told: Vec<String> =
        lines.iter().map(|line| format!("{} {}", who[line["person"].as_str().unwrap()], line["unused_days"])).collect();
    told.sort();
    assert_eq!(told, ["Afterwards 150", "Edge 30", "Just old 30", "Long ago 100", "Never 150", "Verified 40"]);
    assert_eq!(ground.figure("unused", ask.clone(), "unused").await, json!(6));
    assert_eq!(ground.figure("unused", ask.clone(), "use_unknown").await, json!(1));
    assert_eq!(ground.figure("unused", ask.clone(), "never_used").await, json!(3));
    assert_eq!(ground.figure("unused", Ask { days: Some(31), ..ask.clone() }, "unused").await, json!(4));
    assert_eq!(ground.figure("unused", Ask { role: Some(slug("reader")), ..ask }, "unused").await, json!(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_are_counted_by_who_what_with_what_and_from_where() {
    let ground = Ground::new().await;
    let (ana, bob) = (ground.someone("Ana").await, ground.someone("Bob").await);
    let t = noon();
    for id in [ana, bob] {
        ground.certificate(id, "alpha", day(-50), day(90)).await;
    }
    let reader = ground.grant(ana, "reader", day(-5), day(30)).await;
    let either = ground.grant(ana, "either", day(-5), day(30)).await;
    let other = ground.grant(bob, "reader", day(-5), day(30)).await;
    let (here, there) = ("203.0.113.5", "203.0.113.6");
    for (person, grant, client, address, at) in [
        (ana, &reader, "habilis-cli", here, t),
        (ana, &reader, "habilis-cli", here, tick(t, 1)),
        (ana, &reader, "habilis-cli", there, t),
        (ana, &reader, "habilis", here, t),
        (ana, &either, "habilis-cli", here, t),
        (bob, &other, "habilis-cli", here, t),
        (ana, &reader, "habilis-cli", here, tick(t, -1)),
        (ana, &reader, "habilis-cli", here, day(1)),
    ] {
        ground.token(person, grant, client, address, at).await;
    }
    let period = Ask { from: Some(t), until: Some(day(1)), ..Ask::default() };
    let mine = Ask { person: Some(ana.to_string()), ..period.clone() };
    let lines = ground.ask("tokens", mine.clone()).await;
    let told = columns(&lines, &["role", "client", "address", "tokens"]);
    let expected = [
        "either habilis-cli 203.0.113.5 1",
        "reader habilis 203.0.113.5 1",
        "reader habilis-cli 203.0.113.5 2",
        "reader habilis-cli 203.0.113.6 1",
    ];
    assert_eq!(told, expected);
    assert_eq!(lines[2]["tool"], "Habilis command line");
    assert_eq!((&lines[2]["first"], &lines[2]["last"]), (&json!(t), &json!(tick(t, 1))));
    // Page by page it is the same of several people, also where one of them is told on two pages.
    let mut people = column(&ground.ask("tokens", period.clone()).await, "person");
    people.dedup();
    assert_eq!(people.len(), 2);
    for (ask, tokens, people) in [
        (period.clone(), 6, 2),
        (mine, 5, 1),
        (Ask { role: Some(slug("reader")), ..period.clone() }, 5, 2),
        (Ask { client: Some("habilis".into()), ..period.clone() }, 1, 1),
        (Ask { address: Some(there.into()), ..period.clone() }, 1, 1),
        (Ask { from: Some(tick(t, -1)), until: Some(tick(day(1), 1)), ..Ask::default() }, 8, 2),
        (Ask { at: Some(t), ..period.clone() }, 5, 2),
    ] {
        let opened = ground.opened("tokens", ask.clone()).await;
        let figures: Vec<_> = opened.figures.iter().take(2).map(Figure::value).collect();
        assert_eq!(figures, [json!(tokens), json!(people)], "{ask:?}");
    }
    // Who got which token from where is for auditors, not for a role's owner.
    let owner = ground.house.person("Owner").await;
    let fault = ground.refused(&owner, "tokens", Ask { role: Some(slug("reader")), ..period }).await;
    assert_eq!(code(&fault), "capability-missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_somebody_who_left_everything_is_gone_or_told() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let ana = house.person("Ana").await;
    let id = person_id(&ana);
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1H");
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    house.advance("PT1M");
    let before = house.app.now();
    let ask = |at| about(Some(id), None, at);
    // Before they leave: everything is there.
    let there = ground.ask("leaver", ask(Some(before))).await;
    assert!(column(&there, "is_gone").iter().all(|gone| gone == "false"), "{there:?}");
    let kinds = column(&there, "kind");
    for kind in ["account", "session", "grant", "token"] {
        assert!(kinds.contains(&kind.to_owned()), "{kind}: {kinds:?}");
    }
    house.advance("PT1M");
    disable_person::disable_person(&house.app, &house.admin, id, "gone".into()).await.unwrap();
    house.advance("PT1S");
    // The token outlives the account where nobody asks: it is not gone until it has ended.
    let soon = ground.ask("leaver", ask(None)).await;
    let left: Vec<String> =
        columns(&soon, &["kind", "is_gone"]).into_iter().filter(|line| line.ends_with("false")).collect();
    assert_eq!(left, ["token false"], "{soon:?}");
    assert_eq!(ground.figure("leaver", ask(None), "all_gone").await, json!(false));
    house.advance("PT20M");
    assert_eq!(ground.figure("leaver", ask(None), "all_gone").await, json!(true));
    let by = ground.figure("leaver", ask(None), "gone_by").await;
    let later = ground.ask("leaver", ask(None)).await;
    let token = later.iter().find(|line| line["kind"] == "token").unwrap();
    assert_eq!((&by, token["after_seconds"].as_f64().unwrap() > 600.0), (&token["gone"], true), "{token:?}");
    // The past stays as it was, and of others nothing is told.
    assert_eq!(ground.ask("leaver", ask(Some(before))).await, there);
    let now = ground.ask("leaver", ask(None)).await;
    assert_eq!(column(&now, "kind").iter().filter(|kind| *kind == "account").count(), 1);
    // Planted: a service account that they own and a secret that they made are still theirs.
    ground
        .run(vec![
            sql("INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, owner_id, state, created_at, \
                 created_by) VALUES ('cli_planted', 'Nightly', 'confidential', '[]', '[]', '[]', ?, 'active', ?, 'system:test')")
                .bind(&id)
                .bind(&before),
            sql("INSERT INTO service_credentials (id, holder, name, hash, created_at, created_by) \
                 VALUES ('prv_planted', 'directory', 'Old', 'x', ?, ?)")
                .bind(&before)
                .bind(&id.to_string()),
            sql("INSERT INTO service_credentials (id, holder, name, hash, created_at, created_by, ended_at) \
                 VALUES ('prv_ended', 'directory', 'Older', 'y', ?, ?, ?)")
                .bind(&before)
                .bind(&id.to_string())
                .bind(&before),
            sql("INSERT INTO service_credentials (id, holder, name, hash, created_at, created_by) \
                 VALUES ('prv_other', 'directory', 'Not hers', 'z', ?, 'system:test')")
                .bind(&before),
        ])
        .await;
    house.advance("PT1S");
    let now = ground.ask("leaver", ask(None)).await;
    let left: Vec<String> =
        columns(&now, &["kind", "what", "is_gone"]).into_iter().filter(|line| line.ends_with("false")).collect();
    assert_eq!(left, ["service Nightly false", "credential Old false"]);
    assert_eq!(ground.figure("leaver", ask(None), "still_there").await, json!(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_webhook_a_service_account_and_a_request_it_is_known_whose_they_were() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let (ana, bob) = (house.person("Ana").await, ground.someone("Bob").await);
    let (id, by) = (person_id(&ana), ana.by());
    let start = house.app.now();
    let client = sql(
        "INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, owner_id, state, \
                      created_at, created_by) VALUES ('cli_planted', 'Nightly', 'confidential', '[]', '[]', '[]', ?, 'active', \
                      ?, 'system:test')",
    );
    ground.run(vec![client.bind(&id).bind(&start)]).await;
    // A webhook of somebody else, for which Ana made a new secret.
    let made = house.app.db.write(start, move |w| {
        let now = w.now();
        for statement in [
            sql("INSERT INTO event_sinks (id, kind, name, address, position, state, created_at, created_by, changed_at) \
                 VALUES ('snk_planted', 'webhook', 'Archive', 'https://example.com', 0, 'paused', ?, 'system:test', ?)")
                .bind(&now)
                .bind(&now),
            sql("INSERT INTO event_sink_secrets (id, sink_id, sealed, made_at) VALUES ('sec_planted', 'snk_planted', ?, ?)")
                .bind(&vec![1_u8])
                .bind(&now),
        ] {
            statement.run(w)?;
        }
        Ok(audit::rows::append(w, &by, Entry::new(What::WebhookSecretMade).about("snk_planted"))?)
    });
    made.await.unwrap();
    house.advance("PT1H");
    disable_person::disable_person(&house.app, &house.admin, id, "gone".into()).await.unwrap();
    house.advance("PT1H");
    let before = house.app.now();
    let left = async |at: Option<Time>| -> Vec<String> {
        let lines = ground.ask("leaver", about(Some(id), None, at)).await;
        columns(&lines, &["kind", "what", "is_gone"]).into_iter().filter(|line| line.ends_with("false")).collect()
    };
    assert_eq!(left(None).await, ["service Nightly false", "webhook Archive false"]);
    // Handed over later: of the moment before it was Ana's all the same, and it is told when it went.
    house.advance("PT1S");
    let handed = hand_over_client::hand_over_client(&house.app, &house.admin, "cli_planted".into(), bob.to_string());
    handed.await.unwrap();
    house.advance("PT1H");
    assert_eq!(left(Some(before)).await, ["service Nightly false", "webhook Archive false"]);
    assert_eq!(left(None).await, ["webhook Archive false"]);
    let now = ground.ask("leaver", about(Some(id), None, None)).await;
    assert!(columns(&now, &["kind", "is_gone"]).contains(&"service true".to_owned()), "{now:?}");
    let bobs = ground.ask("leaver", about(Some(bob), None, None)).await;
    assert!(columns(&bobs, &["kind", "what"]).contains(&"service Nightly".to_owned()), "{bobs:?}");
    // A secret that another has replaced is gone with the day on which both signed.
    let replaced = sql("UPDATE event_sink_secrets SET ends_at = ? WHERE id = 'sec_planted'").bind(&before);
    ground.run(vec![replaced]).await;
    assert_eq!(ground.figure("leaver", about(Some(id), None, None), "all_gone").await, json!(true));

    // A request that was approved later was open before.
    let cem = ground.someone("Cem").await;
    let request = ground.request(cem, "either", house.app.now()).await;
    let at = house.app.now();
    house.advance("PT1H");
    let closed = house.app.now();
    ground.run(vec![sql("UPDATE requests SET closed_at = ? WHERE id = ?").bind(&closed).bind(&request)]).await;
    house.advance("PT1H");
    let then = ground.ask("leaver", about(Some(cem), None, Some(at))).await;
    assert!(columns(&then, &["kind", "is_gone"]).contains(&"request false".to_owned()), "{then:?}");
}
