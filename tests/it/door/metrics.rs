//! `/metrics`: what somebody who watches the service wants to be woken by.

use crate::support::{House, PASSWORD, web::Served};
use habilis::{
    actions::notify,
    app::FailedLoad,
    base::{ids::Id, refusal::Fault},
    certification::notice::{About, NoticeKind},
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The figures, by name and labels. Every one has its kind and its words before it.
async fn scraped(served: &Served) -> BTreeMap<String, f64> {
    let answer = served.call(Method::GET, "/metrics").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let text = answer.text().await.unwrap();
    assert!(text.ends_with("# EOF\n"), "{text}");
    let mut figures = BTreeMap::new();
    let (mut told, mut last) = (Vec::new(), String::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            last = rest.split(' ').next().unwrap().to_owned();
            assert!(last.starts_with("habilis_") && !told.contains(&last), "{line}");
            told.push(last.clone());
        } else if !line.starts_with('#') {
            assert!(line.starts_with(&last), "{line} stands under {last}");
            let (name, value) = line.rsplit_once(' ').unwrap();
            figures.insert(name.strip_prefix("habilis_").unwrap().to_owned(), value.parse().unwrap());
        }
    }
    figures
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_the_house_stands_is_told_in_figures() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, bearer) = served.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.ask(&ana, "either").await.unwrap();
    for role in ["reader", "reader", "either"] {
        let (status, body) = served.api(&bearer, Method::POST, "/api/v1/tokens", json!({ "role": role })).await;
        assert_eq!(status, 201, "{body}");
    }
    let wrong = json!({ "email": "ana@example.com", "password": "wrong" });
    for _ in 0..2 {
        served.call(Method::POST, "/api/v1/session").json(&wrong).send().await.unwrap();
    }
    served.call(Method::from_bytes(b"BREW").unwrap(), "/").send().await.unwrap();
    house.advance("PT1H");

    let figures = scraped(&served).await;
    let figure = |name: &str| *figures.get(name).unwrap_or_else(|| panic!("no {name}: {figures:#?}"));
    assert_eq!(figure("content_loaded"), 1.0);
    assert!(figure("log_events{state=\"signed\"}") + figure("log_events{state=\"waiting\"}") > 10.0);
    assert_eq!(figure("content_last_load_successful"), 1.0);
    assert_eq!(figure("database_up"), 1.0);
    assert_eq!(figure("database_connections_max"), 6.0);
    assert!(figure("database_connections{state=\"in_use\"}") + figure("database_connections{state=\"idle\"}") <= 6.0);
    assert_eq!(figure("password_queue_length"), 0.0);
    assert_eq!(figure("password_workers_busy"), 0.0);
    assert_eq!(figure("password_refusals_total"), 0.0);
    assert_eq!(figure("mails_unsent{kind=\"notice\"}"), 0.0);
    for (purpose, algorithm) in [("token", "ES256"), ("token", "RS256"), ("badge", "RS256")] {
        let age = figure(&format!("signing_key_age_seconds{{purpose=\"{purpose}\",algorithm=\"{algorithm}\"}}"));
        assert!((3_600.0..3_700.0).contains(&age), "{age}");
    }
    assert_eq!(figure("refusals_total{code=\"bad-credentials\"}"), 2.0);
    assert_eq!(figure("tokens_minted_total{warehouse_kind=\"snowflake\"}"), 2.0);
    assert_eq!(figure("tokens_minted_total{warehouse_kind=\"trino\"}"), 1.0);
    let methods: Vec<_> = figures.keys().filter(|name| name.contains("BREW")).collect();
    assert!(methods.is_empty(), "a caller makes up no label: {methods:?}");

    // What can go wrong shows.
    let about = About::Certificate {
        certificate: Id::new(house.app.now()),
        certification: "alpha".parse().unwrap(),
        course: "alpha".parse().unwrap(),
        until: house.app.now(),
    };
    let id = crate::support::person_id(&ana);
    let tell = move |w: &mut habilis::db::Writing<'_>| {
        let by = Actor::system("test").by();
        Ok::<_, Fault>(notify::tell(w, &by, id, NoticeKind::CertificateLapses, "once", &about)?)
    };
    assert!(house.app.db.write(house.app.now(), tell).await.unwrap());
    let failed =
        FailedLoad { at: house.app.now(), by: "test".into(), report: house.app.content().unwrap().report.clone() };
    house.app.note_failed_load(failed);
    let figures = scraped(&served).await;
    assert_eq!((figures["mails_unsent{kind=\"notice\"}"], figures["content_last_load_successful"]), (1.0, 0.0));

    // One replica sweeps, and one mails.
    for _ in 0..400 {
        let figures = scraped(&served).await;
        if ["jobs", "mail"].iter().all(|lease| figures.get(&format!("lease_held{{lease=\"{lease}\"}}")) == Some(&1.0)) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no lease was taken");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_turned_away_is_counted() {
    let served = Served::start(House::new().await).await;
    served.person("Ana").await;
    let passwords = served.house.app.passwords.clone();
    let crowd: Vec<_> = (0..100)
        .map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.verify(PASSWORD.into(), None).await.is_err() })
        })
        .collect();
    let mut refused = 0.0;
    for caller in crowd {
        refused += f64::from(u8::from(caller.await.unwrap()));
    }
    assert_eq!(scraped(&served).await["password_refusals_total"], refused);
    assert!(refused > 0.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_a_figure_and_what_is_not_known_is_none() {
    let served = Served::start(House::new().await).await;
    assert_eq!(scraped(&served).await["database_up"], 1.0);
    crate::backends::away::take_away(&served).await;
    let figures = scraped(&served).await;
    assert_eq!(figures["database_up"], 0.0);
    assert!(!figures.keys().any(|name| name.starts_with("mails_unsent") || name.starts_with("signing_key_age")));
    assert_eq!(figures["content_loaded"], 1.0);
    let (status, _) = served.api("", Method::GET, "/health/ready", Value::Null).await;
    assert_eq!(status, 503);
}
