//! When a grant was last used: from tokens minted as of any moment, from tokens verified to the hour.

use super::{printed, read};
use crate::support::{House, slug, web::Served};
use habilis::{
    actions::{mint_token, note_use, sweep},
    base::clock::Time,
};
use reqwest::Method;
use serde_json::{Value, json};

async fn last_used(served: &Served, as_of: Option<Time>) -> Value {
    // A session of its own: days go by between the questions.
    let bearer = &served.house.bearer(&served.house.admin).await;
    let as_of = as_of.map(|at| format!("&as_of={at}")).unwrap_or_default();
    read(served, bearer, &format!("/holders?role=reader{as_of}")).await["items"][0]["last_used_at"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_use_is_what_was_minted_or_verified_last() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let app = &house.app;
    let (ana, _) = served.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1H");
    assert_eq!(last_used(&served, None).await, Value::Null, "given, and never used");

    let given = app.now();
    house.advance("P1D");
    let minted = mint_token::mint_token(app, &ana, slug("reader")).await.unwrap();
    assert_eq!(last_used(&served, None).await, json!(minted.issued_at));
    assert_eq!(last_used(&served, Some(given)).await, Value::Null, "as of a moment before");

    // Verified by a proxy: kept to the hour, and never by whoever waits for the answer.
    house.advance("PT2M");
    let ask = async |token: &str| {
        served.call(Method::GET, "/verify").bearer_auth(token).send().await.unwrap().status().as_u16()
    };
    let verified = app.now();
    assert_eq!(ask(&minted.token).await, 204);
    note_use::note_use(app).await.unwrap();
    assert_eq!(last_used(&served, None).await, json!(verified));
    house.advance("PT5M");
    assert_eq!(ask(&minted.token).await, 204);
    note_use::note_use(app).await.unwrap();
    assert_eq!(last_used(&served, None).await, json!(verified), "within the hour it is the same use");
    assert_eq!(last_used(&served, Some(verified.plus_seconds(-60))).await, json!(minted.issued_at));
    // One for something else, or of nobody, is no use.
    house.advance("PT2H");
    let again = mint_token::mint_token(app, &ana, slug("reader")).await.unwrap();
    house.advance("PT2H");
    assert_eq!(ask(&again.token).await, 401, "over");
    note_use::note_use(app).await.unwrap();
    assert_eq!(last_used(&served, None).await, json!(again.issued_at));

    let admin = house.bearer(&house.admin).await;
    // The same on the page, in the file on the person, as CSV, and on the command line.
    let (_, list) = served.page(&admin, "/holders").await;
    assert!(list.contains("Last used"), "{list}");
    let person = crate::support::person_id(&ana);
    let (_, file) = served.page(&admin, &format!("/people/{person}")).await;
    assert!(file.contains("used 2"), "the file says how long ago: {file}");
    let own = read(&served, &house.bearer(&ana).await, "/grants").await;
    assert_eq!(own["items"][0]["last_used_at"], json!(again.issued_at));
    let whole = read(&served, &admin, &format!("/people/{person}")).await;
    assert_eq!(whole["grants"][0]["last_used_at"], json!(again.issued_at));
    let csv = served.call(Method::GET, "/api/v1/holders?format=csv").bearer_auth(&admin).send().await.unwrap();
    let csv = csv.text().await.unwrap();
    assert!(csv.lines().next().unwrap().ends_with(",held_back,last_used_at"), "{csv}");
    assert!(csv.contains(&again.issued_at.to_string()), "{csv}");
    let at = app.now().to_string();
    let lines = printed(house, &["holders", "--role", "reader", "--as-of", &at, "--format", "json"]);
    assert_eq!(lines[0]["last_used_at"], json!(again.issued_at));
    sweep::sweep(app).await.unwrap();
}
