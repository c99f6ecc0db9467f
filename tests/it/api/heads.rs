//! `HEAD` wherever `GET` is: the same status and headers, and no body.

use super::stage::{BASE, Stage, items, text};
use reqwest::Method;
use serde_json::json;

/// Headers that belong to one answer, or to how its body travels.
const OWN: &[&str] = &["date", "x-request-id", "content-length", "transfer-encoding", "set-cookie"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn head_answers_as_get_without_a_body() {
    let stage = Stage::set().await;
    let admin = &stage.admin;
    stage.house().certify(&admin.actor, "alpha").await;
    let asked = stage.ask(admin, "reader").await;
    let attempt = stage.ok(admin, "POST /attempts", json!({ "quiz": "gamma/check-first" })).await;
    stage.ok(admin, "POST /teams", json!({ "team": "harbour" })).await;
    let review = json!({ "title": "Spring", "scope": { "roles": ["reader"] }, "due": "P7D" });
    let review = stage.ok(admin, "POST /reviews", review).await;
    let webhook = json!({ "name": "Tickets", "url": "https://hooks.example.com/in" });
    let webhook = stage.ok(admin, "POST /webhooks", webhook).await;
    let receiver = stage.ok(admin, "POST /signals", json!({ "name": "Lake", "audience": "lake" })).await;
    let delegation = super::policy::delegated(&stage, admin).await;
    let delegation = format!("/delegations/{}", text(&delegation["id"]));
    let glass = format!("/break-glass/{}", text(&super::policy::broken(&stage).await["id"]));
    let certificates = stage.get(admin, "/certificates").await;
    let certificate = text(&items(&certificates)[0]["id"]);
    let (request, grant, attempt) = (text(&asked["id"]), text(&asked["grant"]["id"]), text(&attempt["id"]));

    let mut paths = Vec::new();
    for (call, _) in stage.operations() {
        let Some(path) = call.strip_prefix("GET ") else { continue };
        let path = [
            ("/courses/{id}", "/courses/alpha"),
            ("{course}/datasets/{dataset}", "gamma/datasets/shop"),
            ("{course}", "alpha"),
            ("{module}", "first"),
            ("{name}", "q-one"),
            ("/roles/{id}", "/roles/reader"),
            ("/teams/{id}", "/teams/harbour"),
            ("/delegations/{id}", &delegation),
            ("/break-glass/{id}", &glass),
            ("/explain", "/explain?role=reader"),
            ("/log/consistency", "/log/consistency?from=1"),
        ]
        .iter()
        .fold(path.to_owned(), |path, (name, thing)| path.replace(name, thing));
        let ids = [
            ("attempts", attempt),
            ("certificates", certificate),
            ("requests", request),
            ("grants", grant),
            ("people", &admin.id),
            ("signals", text(&receiver["id"])),
            ("webhooks", text(&webhook["id"])),
            ("reviews", text(&review["review"]["id"])),
            ("clients", "habilis-cli"),
            ("warehouses", "lake"),
        ];
        let path = ids
            .iter()
            .fold(path, |path, (noun, id)| path.replace(&format!("/{noun}/{{id}}"), &format!("/{noun}/{id}")));
        assert!(!path.contains('{'), "{path}");
        paths.push(format!("{BASE}{path}"));
    }
    assert!(paths.len() > 40);
    paths.extend(
        [
            "/",
            "/courses",
            "/courses/alpha",
            "/courses/alpha/first",
            "/quizzes/alpha/final",
            "/certificates",
            "/access",
            "/account",
            "/access/reader",
            "/decisions",
            "/people",
            "/holders",
            "/explain",
            "/events",
            "/warehouses",
            "/clients",
            "/warehouses/lake",
            "/warehouses/lake/check",
            "/keys",
            "/.well-known/openid-configuration",
            "/locks",
            "/authoring",
            "/api",
            "/api/openapi.json",
            "/sign-in",
            "/sign-in/forgot",
            "/jwks.json",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/assets/habilis.css",
            "/nowhere",
            "/api/v1/nowhere",
            "/people/nobody",
            "/api/v1/events?format=csv",
            "/api/v1/holders/map?format=csv",
            "/api/v1/overdue?format=csv",
            "/api/v1/me/transcript?format=csv",
            "/api/v1/courses/alpha/statistics?format=csv",
            "/issuer",
            "/achievements/alpha",
            "/status/certificates/1",
            "/status/certificates/99",
            "/welcome/hl_nothing",
        ]
        .map(str::to_owned),
    );
    paths.extend([
        format!("/attempts/{attempt}"),
        format!("/certificates/{certificate}"),
        format!("/decisions/{request}"),
    ]);
    for path in paths {
        let ask = |method: Method| {
            stage.served.call(method, &path).header("cookie", format!("habilis={}", admin.bearer)).send()
        };
        let (get, head) = (ask(Method::GET).await.unwrap(), ask(Method::HEAD).await.unwrap());
        assert_eq!(get.status(), head.status(), "{path}");
        let named = |answer: &reqwest::Response| {
            let mut names: Vec<_> =
                answer.headers().iter().filter(|(name, _)| !OWN.contains(&name.as_str())).collect::<Vec<_>>();
            names.sort_by_key(|(name, _)| name.as_str());
            format!("{names:?}")
        };
        assert_eq!(named(&get), named(&head), "{path}");
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
        assert!(get.content_length() == Some(0) || !get.bytes().await.unwrap().is_empty(), "{path}");
    }
    // Where there is no GET there is no HEAD.
    let reply = stage.call(&admin.bearer, "HEAD /tokens", &serde_json::Value::Null, &[]).await;
    assert_eq!((reply.status, reply.header("allow")), (405, "POST"));
}
