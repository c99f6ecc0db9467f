//! What was set later is not told of a moment before: until when something was to last.

use super::{
    maps::{drawn, told},
    plant::{Ground, Object, about, column, day, tick},
};
use crate::support::slug;
use habilis::{
    access::rows::{self, HolderFilter, Standing},
    actions::{explain_access, revoke_certificate, revoke_grant},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
    },
    reports::{asked::Ask, timeline::Track},
};
use serde_json::json;
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
