//! Behind a proxy: the address that it saw stands in the log, and not what the caller claims.

use super::house_with;
use crate::support::{PASSWORD, web::Served};
use reqwest::{Method, header::HeaderMap};
use serde_json::json;

#[tokio::test]
async fn the_proxy_s_word_counts_and_the_caller_s_does_not() {
    let served =
        Served::start(house_with(|settings| settings.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await).await;
    served.person("Ana").await;
    for (lines, expected) in [
        (vec!["203.0.113.9"], "203.0.113.9"),
        (vec!["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        (vec!["198.51.100.1, 203.0.113.9:4711"], "203.0.113.9"),
        (vec!["198.51.100.1", "[2001:db8::1]:4711"], "2001:db8::1"),
        (vec!["198.51.100.1, ::ffff:203.0.113.9"], "203.0.113.9"),
        (vec!["198.51.100.1, unknown"], "127.0.0.1"),
    ] {
        let mut headers = HeaderMap::new();
        for line in &lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let sent = json!({ "email": "ana@example.com", "password": PASSWORD });
        let answer = served.call(Method::POST, "/api/v1/session").headers(headers).json(&sent).send().await.unwrap();
        let body: serde_json::Value = answer.json().await.unwrap();
        let bearer = body["token"].as_str().unwrap();
        let (_, sessions) = served.api(bearer, Method::GET, "/api/v1/me/sessions", serde_json::Value::Null).await;
        let sessions = sessions["items"].as_array().unwrap();
        let current = sessions.iter().find(|session| session["current"] == true).unwrap();
        assert_eq!(current["address"], expected, "{lines:?}");
    }
}
