//! What was set later is not told of a moment before: until when something was to last, and what became of what a leaver left.

use super::{
    maps::{drawn, told},
    plant::{Ground, Object, about, column, columns, day, tick},
};
use crate::support::{person_id, slug};
use habilis::{
    access::{
        request::State as RequestState,
        rows::{self, HolderFilter, Standing},
    },
    actions::{
        disable_person, explain_access, hand_over_client, register_client, revoke_certificate, revoke_grant, sinks,
        withdraw_request,
    },
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
    },
    db::sql,
    reports::{asked::Ask, timeline::Track},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn until_when_access_was_to_last_is_told_as_it_was_known_then() {
    let ground = Ground::new().await;
    let (house, app, admin) = (&ground.house, &ground.house.app, &ground.house.admin);
    // Ana's and Dora's are revoked later, Cara's before it begins, and Eve's ends with her certificate; Bob's stays.
    let (mut held, mut certificates) = (BTreeMap::new(), BTreeMap::new());
    for name in ["Ana", "Bob", "Cara", "Dora", "Eve"] {
        let who = ground.someone(name).await;
        if name != "Dora" {
            certificates.insert(name, ground.certificate(who, "alpha", day(-40), day(300)).await);
        }
        let begins = if name == "Cara" { day(60) } else { day(1) };
        held.insert(name, (who, ground.grant_by(who, "reader", day(1), begins, day(100), &[]).await.grant));
    }
    let (bob, eve) = (held["Bob"].0, held["Eve"].0);
    ground.emergency(bob, "either", (day(20), day(50)), day(51), None).await;
    let before = app.now();
    let reports = async || -> Vec<Object> {
        let at = |person| about(person, None, Some(before));
        let mut lines = ground.ask("holders-at", at(None)).await;
        lines.extend(ground.ask("without-certificate", at(None)).await);
        lines.extend(ground.ask("unused", Ask { days: Some(10), ..at(None) }).await);
        lines.extend(ground.ask("certified-when-used", at(Some(eve))).await);
        lines
    };
    let listed = async |at: Time| -> BTreeMap<Id<ids::Grant>, (Standing, Time)> {
        let filter = HolderFilter { all: true, ..HolderFilter::default() };
        let read = app.db.read(at, move |r| Ok(rows::holders(r, &filter, &Paging::first(100))?.items));
        read.await.unwrap().into_iter().map(|line| (line.grant, (line.state, line.until))).collect()
    };
    let explained = async |name: &str, at: Time| {
        let who = Some(held[name].0.to_string());
        explain_access::explain_access(app, admin, who, slug("reader"), Some(at)).await.unwrap()
    };
    let glass = async |at: Time| told(&drawn(&ground, bob, "either", at, 30).await, Track::BreakGlass);
    let (told_then, listed_then, glass_then) = (reports().await, listed(before).await, glass(before).await);
    for (name, times) in [("Ana", 2), ("Bob", 2), ("Cara", 1), ("Dora", 3), ("Eve", 2)] {
        let own = |line: &&Object| line.get("grant") == Some(&json!(held[name].1));
        let lines: Vec<Object> = told_then.iter().filter(own).cloned().collect();
        assert_eq!(column(&lines, "ends"), vec![day(100).to_string(); times], "{name}");
    }

    house.advance("P1D");
    let turn = app.now();
    let taken = app.db.read(turn, move |r| Ok(rows::grants_of(r, bob, None, 9)?)).await.unwrap();
    let taken = taken.iter().find(|grant| grant.emergency).unwrap().id;
    for grant in [held["Ana"].1, held["Cara"].1, held["Dora"].1, taken] {
        revoke_grant::revoke_grant(app, admin, grant, "left the team".into()).await.unwrap();
    }
    revoke_certificate::revoke_certificate(app, admin, certificates["Eve"], "a mistake".into()).await.unwrap();
    house.advance("PT1H");
    let after = app.now();

    assert_eq!(reports().await, told_then, "the past stays as it was");
    assert_eq!(listed(before).await, listed_then);
    assert_eq!(glass(before).await, glass_then);
    assert_eq!(glass_then, [format!("taken {}..{}", day(20), day(50))]);
    for name in ["Ana", "Bob", "Cara", "Eve"] {
        let then = explained(name, before).await;
        let grant = then.grant.unwrap();
        assert_eq!((grant.ends_at, grant.over_at(), grant.ended_reason), (day(100), day(100), None), "{name}");
        assert_eq!(then.certificates[0].ends_at, day(300), "{name}");
        assert_eq!(then.clauses[0].met_by.as_ref().unwrap().ends_at, day(300), "{name}");
    }

    // Once it was known it is told, and from the very instant on.
    let now = listed(after).await;
    assert_eq!(now[&held["Bob"].1], (Standing::Effective, day(100)));
    assert_eq!(now[&held["Cara"].1], (Standing::Ended, day(60)), "it never ran");
    for name in ["Ana", "Eve"] {
        let (grant, (state, ended)) = (held[name].1, now[&held[name].1]);
        assert!(state == Standing::Ended && turn <= ended && ended < after, "{name}: {ended}");
        assert_eq!(listed(tick(ended, -1)).await[&grant], (Standing::Effective, day(100)), "{name}");
        assert_eq!(listed(ended).await[&grant], (Standing::Ended, ended), "{name}");
    }
    let eves = explained("Eve", after).await;
    let (certificate, grant) = (&eves.certificates[0], eves.grant.as_ref().unwrap());
    assert!(certificate.ends_at < after && grant.ends_at < after, "{certificate:?} {grant:?}");
    assert_eq!(explained("Bob", after).await.grant.unwrap().ends_at, day(100));
    assert_ne!(glass(after).await, glass_then);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_a_leaver_left_nothing_is_told_that_came_later() {
    let ground = Ground::new().await;
    let (house, app, admin) = (&ground.house, &ground.house.app, &ground.house.admin);
    let (ana, bob) = (house.person("Ana").await, ground.someone("Bob").await);
    let (id, by, start) = (person_id(&ana), ana.by(), app.now());
    let account = |name: &str| {
        sql("INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, owner_id, state, \
             created_at, created_by) VALUES (?, ?, 'confidential', '[]', '[]', '[]', ?, 'active', ?, 'system:test')")
        .bind(&format!("cli_{name}"))
        .bind(&name.to_owned())
        .bind(&id)
        .bind(&start)
    };
    ground.run(["handed", "removed", "kept"].map(account).to_vec()).await;
    // Three webhooks for which Ana made a secret.
    let hooks: Vec<(Id<ids::Sink>, &str)> =
        ["removed", "renewed", "kept"].into_iter().map(|name| (Id::new(start), name)).collect();
    let planted = hooks.clone();
    let made = app.db.write(start, move |w| {
        let now = w.now();
        for (hook, name) in &planted {
            sql("INSERT INTO event_sinks (id, kind, name, address, position, state, created_at, created_by, changed_at) \
                 VALUES (?, 'webhook', ?, 'https://example.com', 0, 'paused', ?, 'system:test', ?)")
            .bind(hook)
            .bind(name)
            .bind(&now)
            .bind(&now)
            .run(w)?;
            sql("INSERT INTO event_sink_secrets (id, sink_id, sealed, made_at) VALUES (?, ?, ?, ?)")
                .bind(&format!("sec-{hook}"))
                .bind(hook)
                .bind(&vec![1_u8])
                .bind(&now)
                .run(w)?;
            audit::rows::append(w, &by, Entry::new(What::WebhookSecretMade).subject(*hook))?;
        }
        Ok(())
    });
    made.await.unwrap();
    house.advance("PT1H");
    disable_person::disable_person(app, admin, id, "gone".into()).await.unwrap();
    house.advance("PT1H");
    let before = app.now();
    let asked = |at| about(Some(id), None, Some(at));
    let told = |lines: &[Object]| -> Vec<String> {
        let all = columns(lines, &["kind", "what", "is_gone"]).into_iter();
        let mut some: Vec<String> =
            all.filter(|line| line.starts_with("service") || line.starts_with("webhook")).collect();
        some.sort();
        some
    };
    let figures = async |at: Time| -> BTreeMap<&'static str, Value> {
        let opened = ground.opened("leaver", asked(at)).await;
        opened.figures.iter().map(|figure| (figure.name, figure.value())).collect()
    };
    let there = (ground.ask("leaver", asked(before)).await, figures(before).await);
    let all = [
        "service handed false",
        "service kept false",
        "service removed false",
        "webhook kept false",
        "webhook removed false",
        "webhook renewed false",
    ];
    assert_eq!(told(&there.0), all);
    assert!(!there.1.contains_key("will_be_gone_by"), "nobody knows: {:?}", there.1);

    house.advance("P1D");
    hand_over_client::hand_over_client(app, admin, "cli_handed".into(), bob.to_string()).await.unwrap();
    register_client::remove_client(app, admin, "cli_removed".into()).await.unwrap();
    sinks::remove_webhook(app, admin, &hooks[0].0.to_string()).await.unwrap();
    sinks::renew_webhook_secret(app, admin, hooks[1].0).await.unwrap();
    house.advance("PT1H");
    let after = app.now();
    house.advance("P3D");
    assert_eq!((ground.ask("leaver", asked(before)).await, figures(before).await), there, "the past stays as it was");

    // Once it has come it is told; and when the secret ends that was replaced, from when it was.
    let lines = ground.ask("leaver", asked(after)).await;
    let some = [
        "service handed true",
        "service kept false",
        "service removed true",
        "webhook kept false",
        "webhook removed true",
        "webhook renewed false",
    ];
    assert_eq!(told(&lines), some);
    let find = |what: &str| lines.iter().find(|line| line["kind"] == "webhook" && line["what"] == what).unwrap();
    assert!(find("renewed")["gone_by"].is_string() && find("kept")["gone_by"].is_null(), "{lines:?}");
    let now = told(&ground.ask("leaver", asked(app.now())).await);
    assert!(now.contains(&"webhook renewed true".to_owned()), "{now:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_is_gone_by_what_it_had_fetched_then() {
    let ground = Ground::new().await;
    let (house, app) = (&ground.house, &ground.house.app);
    let ana = ground.someone("Ana").await;
    let fetched = |hash: &str, at: Time| {
        sql("INSERT INTO refresh_tokens (hash, authorization_id, created_at, expires_at) VALUES (?, 'aut_planted', ?, ?)")
            .bind(&hash.to_owned())
            .bind(&at)
            .bind(&at.plus_seconds(10 * 86_400))
    };
    let first = app.now();
    let signed_in = sql("INSERT INTO authorizations (id, client_id, person_id, scope, auth_at, created_at) \
         VALUES ('aut_planted', 'habilis-cli', ?, 'openid', ?, ?)");
    ground.run(vec![signed_in.bind(&ana).bind(&first).bind(&first), fetched("one", first)]).await;
    house.advance("P1D");
    let before = app.now();
    house.advance("P1D");
    let second = app.now();
    ground.run(vec![fetched("two", second)]).await;
    house.advance("PT1H");
    for (at, last) in [(before, first), (tick(second, -1), first), (second, second), (app.now(), second)] {
        let lines = ground.ask("leaver", about(Some(ana), None, Some(at))).await;
        let tool = lines.iter().find(|line| line["kind"] == "tool").unwrap_or_else(|| panic!("{lines:?}"));
        assert_eq!((&tool["is_gone"], &tool["gone_by"]), (&json!(false), &json!(last.plus_seconds(10 * 86_400))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_a_request_was_to_lapse_is_told_as_it_was_known_then() {
    let ground = Ground::new().await;
    let (house, app) = (&ground.house, &ground.house.app);
    let (ana, _) = (house.person("Ana").await, house.person("Owner").await);
    let (request, state) = house.ask(&ana, "keeper").await.unwrap();
    assert_eq!(state, RequestState::Blocked);
    let lapses = async || {
        let read = app.db.read(app.now(), move |r| Ok(rows::request(r, request)?));
        read.await.unwrap().unwrap().lapses_at
    };
    let told = async |at: Time| {
        let lines = ground.ask("leaver", about(Some(person_id(&ana)), None, Some(at))).await;
        let line = lines.into_iter().find(|line| line["kind"] == "request");
        line.map(|line| (line["is_gone"].clone(), line["gone_by"].clone()))
    };
    house.advance("PT1H");
    let (before, first) = (app.now(), lapses().await);
    house.advance("P1D");
    // With what it waited for it is looked at by others, who have less time.
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let turn = lapses().await;
    assert_ne!(turn, first);
    house.advance("PT1H");
    let between = app.now();
    house.advance("P1D");
    withdraw_request::withdraw_request(app, &ana, request).await.unwrap();
    house.advance("PT1H");

    for (at, was) in [(before, first), (between, turn)] {
        assert_eq!(told(at).await, Some((json!(false), json!(was))), "{at}");
    }
    assert_eq!(told(app.now()).await, None, "nothing is left of it");
}
