//! A moment to come is told as a forecast: what will be if nothing changes until then.

use super::{
    page, said,
    things::{after, held},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moment_to_come_is_told_as_a_forecast() {
    let (served, admin) = held().await;
    let house = &served.house;
    let who = "person=ana.verano@example.com&role=reader";
    for (far, effective) in [("P10D", true), ("P40D", false)] {
        let at = after(house, far);
        for (lang, until_then) in [
            ("en", "If nothing changes until then, Ana Verano may"),
            ("fr", "Si rien ne change d’ici là, Ana Verano "),
            ("es", "Si nada cambia hasta entonces, Ana Verano "),
        ] {
            let path = format!("/explain?{who}&at={at}&lang={lang}");
            let (status, told) = said(&served, &admin, Method::GET, &path, Value::Null).await;
            assert_eq!(
                (status, &told["forecast"], &told["effective"]),
                (StatusCode::OK, &json!(true), &json!(effective))
            );
            assert!(told["sentence"].as_str().unwrap().starts_with(until_then), "{told}");
        }
        let (_, list) =
            said(&served, &admin, Method::GET, &format!("/holders?role=reader&as_of={at}&lang=en"), Value::Null).await;
        assert_eq!((&list["forecast"], &list["notes"][0]["code"]), (&json!(true), &json!("forecast")), "{list}");
        assert_eq!(list["items"].as_array().unwrap().len(), usize::from(effective));
        for (lang, title, not, until) in [
            ("en", "You are looking ahead", "You are looking at the past", "until then"),
            ("fr", "Vous regardez l’avenir", "Vous regardez le passé", "d’ici là"),
            ("es", "Estás mirando hacia adelante", "Estás mirando el pasado", "hasta entonces"),
        ] {
            let html = page(&served, &admin, lang, &format!("/holders?role=reader&as_of={at}")).await;
            assert!(html.contains(title) && !html.contains(not), "{lang}: {html}");
            let html = page(&served, &admin, lang, &format!("/explain?{who}&at={at}")).await;
            assert!(html.contains(until), "{lang}: {html}");
        }
    }
    // Now and the past are facts.
    let (_, told) = said(&served, &admin, Method::GET, &format!("/explain?{who}&lang=en"), Value::Null).await;
    assert_eq!(told["forecast"], false);
    assert!(told["sentence"].as_str().unwrap().starts_with("Ana Verano may use"), "{told}");
    let past = after(house, "0");
    house.advance("P1D");
    let admin = house.bearer(&house.admin).await;
    let (_, list) =
        said(&served, &admin, Method::GET, &format!("/holders?role=reader&as_of={past}"), Value::Null).await;
    assert_eq!((&list["forecast"], &list["notes"]), (&json!(false), &json!([])));
    // A file says so in its name.
    let csv = async |at: &str| {
        let request = served.call(Method::GET, &format!("/api/v1/holders?as_of={at}&format=csv")).bearer_auth(&admin);
        request.send().await.unwrap().headers()["content-disposition"].to_str().unwrap().to_owned()
    };
    assert!(csv(&after(house, "P10D")).await.contains("holders-forecast-"));
    assert!(!csv(&past).await.contains("forecast"));
}
