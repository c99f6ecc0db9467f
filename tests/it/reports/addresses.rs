//! An address means one moment for every reader, whatever their zone, and the map calls things by the names that people know.

use crate::support::{House, person_id, web::Served};
use habilis::{
    actions::change_person::{change_capabilities, change_preferences},
    identity::{actor::Actor, person::Capabilities},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A house where Ana was given `reader` half an hour ago, with an admin in Madrid and an auditor whose clock shows UTC.
async fn offices() -> (Served, String, String) {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person_in("Ana Verano", &["data"]).await;
    house.certify(&ana, "alpha").await;
    let vera = house.person("Vera").await;
    let may = Capabilities { auditor: true, ..Capabilities::default() };
    change_capabilities(&house.app, &house.admin, person_id(&vera), may).await.unwrap();
    let zone = async |who: &Actor, zone: &str| {
        change_preferences(&house.app, who, None, zone.to_owned()).await.unwrap();
    };
    zone(&house.admin, "Europe/Madrid").await;
    zone(&vera, "UTC").await;
    house.advance("PT2H");
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT30M");
    let (madrid, utc) = (house.bearer(&house.admin).await, house.bearer(&vera).await);
    (served, madrid, utc)
}

/// Where a page sends its reader on to; nothing where it answers itself.
async fn sent_on(served: &Served, secret: &str, path: &str) -> Option<String> {
    let request = served.call(Method::GET, path).header("cookie", format!("habilis={secret}"));
    let answer = request.send().await.unwrap();
    let on = answer.status() == StatusCode::SEE_OTHER;
    on.then(|| answer.headers()["location"].to_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_means_the_same_moment_in_every_zone() {
    let (served, madrid, utc) = offices().await;
    let now = served.house.app.now();
    let typed = now.to_string()[..16].to_owned();
    let shown_in_madrid = now.plus_seconds(3_600).to_string()[..16].to_owned();
    for (path, name) in [("/reports/holders-at", "at"), ("/holders", "as_of"), ("/holders", "at")] {
        let asked = format!("{path}?role=reader&{name}={typed}");
        let here = sent_on(&served, &utc, &asked).await.unwrap_or_else(|| panic!("{asked}"));
        let there = sent_on(&served, &madrid, &asked).await.unwrap_or_else(|| panic!("{asked}"));
        assert_ne!(here, there, "the same words, told in two zones");
        for secret in [&utc, &madrid] {
            for (address, held) in [(&here, true), (&there, false)] {
                assert_eq!(sent_on(&served, secret, address).await, None, "{address}: sent on for ever");
                let (status, page) = served.page(secret, address).await;
                assert_eq!(status, StatusCode::OK, "{address}");
                let page = page.replace("<wbr>", "");
                assert_eq!(page.contains("ana.verano@example.com"), held, "{address}: {page}");
            }
        }
        let (_, page) = served.page(&madrid, &here).await;
        assert!(page.contains(&format!(">{typed}:00Z</small>")), "the exact moment: {page}");
        assert!(page.contains(&format!("value=\"{shown_in_madrid}\"")), "on the reader's own clock: {page}");
    }
    // Wherever a form asks for a moment.
    for path in [
        format!("/holders/map?as_of={typed}&team=data"),
        format!("/holders/map?at={typed}&team=data"),
        format!("/explain?person=ana.verano@example.com&role=reader&at={typed}"),
        format!("/explain?person=ana.verano@example.com&role=reader&as_of={typed}"),
        format!("/events?kind=grant.given&from={typed}&until={}", &typed[..10]),
        format!("/reports/approvals?from={}&until={typed}", &typed[..10]),
    ] {
        let on = sent_on(&served, &madrid, &path).await.unwrap_or_else(|| panic!("{path}"));
        assert!(on.contains("Z") && !on.contains(&format!("={}", &typed[..13])), "{on}");
        assert_eq!(served.page(&utc, &on).await.0, StatusCode::OK, "{on}");
    }
    let on = sent_on(&served, &utc, &format!("/holders/map?at={typed}")).await.unwrap();
    let (_, map) = served.page(&madrid, &on).await;
    assert!(map.contains(&format!(">{typed}:00Z</small>")), "the map as of then: {map}");
    let on = sent_on(&served, &utc, &format!("/explain?person=ana.verano@example.com&role=reader&at={typed}")).await;
    let (_, page) = served.page(&madrid, &on.unwrap()).await;
    assert!(page.contains(&format!(">{typed}:00Z</small>")) && page.contains(&shown_in_madrid), "{page}");
    // The chain of one grant.
    let (_, list) = served.page(&utc, "/holders").await;
    let grant = list.split_once("/holders/gra_").unwrap().1.split(['"', '?']).next().unwrap().to_owned();
    let on = sent_on(&served, &madrid, &format!("/holders/gra_{grant}?at={typed}&days=30")).await.unwrap();
    assert!(on.ends_with("Z&days=30") && sent_on(&served, &utc, &on).await.is_none(), "{on}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_settled_keeps_the_rest_and_leads_nowhere_else() {
    let (served, madrid, _) = offices().await;
    let rest = "role=reader&x=1&as_of=2026-03-02T10:00&x=2&person=Ana%20Verano&q=%E2%82%AC+1";
    let on = sent_on(&served, &madrid, &format!("/holders?{rest}")).await.unwrap();
    assert_eq!(on, format!("/holders?{}", rest.replace("2026-03-02T10:00", "2026-03-02T09%3A00%3A00Z")));
    // What has an offset is taken as it is, and what is none is told.
    for taken in ["2026-03-02T09:00:00Z", "2026-03-02T09:00:00%2B01:00", ""] {
        assert_eq!(sent_on(&served, &madrid, &format!("/holders?as_of={taken}")).await, None, "{taken}");
    }
    assert_eq!(served.page(&madrid, "/holders?as_of=soon").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (both, _) = served.page(&madrid, "/holders?as_of=2026-03-02T09:00:00Z&at=2026-03-01T09:00:00Z").await;
    assert!(both.is_client_error(), "two moments at once");
    // No other house is led to, and whoever has no zone yet signs in first.
    assert_eq!(sent_on(&served, &madrid, "//evil.example/holders?as_of=2026-03-02T10:00").await, None);
    let stranger = sent_on(&served, "nobody", "/holders?as_of=2026-03-02T10:00").await.unwrap();
    assert!(stranger.starts_with("/sign-in?next=") && stranger.ends_with("2026-03-02T10%3A00"), "{stranger}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_the_calendar_is_one_stretch_of_time_for_everybody() {
    let (served, madrid, utc) = offices().await;
    assert_eq!(
        sent_on(&served, &madrid, "/lapses?kind=grant&month=2026-05").await.unwrap(),
        "/lapses?kind=grant&month=2026-05&zone=Europe/Madrid"
    );
    assert_eq!(
        sent_on(&served, &utc, "/lapses?day=2026-05-01&zone=").await.unwrap(),
        "/lapses?day=2026-05-01&zone=UTC"
    );
    let address = "/lapses?month=2026-05&zone=Europe/Madrid";
    let mut told = Vec::new();
    for secret in [&madrid, &utc] {
        let (status, page) = served.page(secret, address).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Europe/Madrid"), "{page}");
        let table = page.split_once("<table class=\"month\">").unwrap().1.split_once("</table>").unwrap().0.to_owned();
        assert!(table.contains("zone&#x3D;Europe/Madrid"), "what it leads to is of the same days: {table}");
        told.push(table);
    }
    assert_eq!(told[0], told[1]);
    let (status, page) = served.page(&utc, "/lapses?month=2026-05&zone=Mars/Base").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("no time zone of this name"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_map_takes_either_name_of_a_moment_and_names_its_axes() {
    let (served, madrid, _) = offices().await;
    let now = served.house.app.now();
    let get = async |query: &str| {
        served.api(&madrid, Method::GET, &format!("/api/v1/holders/map?columns=roles&{query}"), Value::Null).await
    };
    let (_, at) = get(&format!("at={now}")).await;
    assert_eq!(get(&format!("as_of={now}")).await, (StatusCode::OK, at.clone()));
    let axis = |axis: &Value| (axis["id"].clone(), axis["name"].clone());
    assert_eq!(
        (axis(&at["rows"][0]), axis(&at["columns"][0])),
        ((json!("data"), json!("Data")), (json!("reader"), json!("READER")))
    );
    let (_, houses) =
        served.api(&madrid, Method::GET, "/api/v1/holders/map?columns=warehouses&lang=fr", Value::Null).await;
    assert_eq!(axis(&houses["columns"][0]), (json!("lake"), json!("Lac")));
    let (_, nobody) = get(&format!("as_of={}", now.plus_seconds(-3_600))).await;
    assert_eq!(nobody["cells"], json!([]), "as of then, and not now");
    assert_eq!(get(&format!("at={now}&as_of={now}")).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    // The other questions as of a moment take both, too.
    for path in ["/explain?person=ana.verano@example.com&role=reader", "/reports/holders-at?role=reader"] {
        for name in ["at", "as_of"] {
            let path = format!("/api/v1{path}&{name}={now}");
            assert_eq!(served.api(&madrid, Method::GET, &path, Value::Null).await.0, StatusCode::OK, "{path}");
        }
    }
    let (status, held) = served.api(&madrid, Method::GET, &format!("/api/v1/holders?at={now}"), Value::Null).await;
    assert_eq!((status, held["items"].as_array().unwrap().len()), (StatusCode::OK, 1));
}
