//! A database that goes away: 503 with `Retry-After`, readiness turns red, and the service recovers by itself.

use crate::support::{House, engine, web::Served};
use reqwest::{Method, StatusCode};
use std::time::Duration;

pub async fn take_away(served: &Served) {
    let engine = &served.house.engine;
    if engine.is_postgres() {
        let (server, name) = engine.server();
        engine::run(server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await;
        engine::run(
            server,
            &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
        )
        .await;
    } else {
        for part in ["habilis.sqlite", "habilis.sqlite-wal", "habilis.sqlite-shm"] {
            let from = engine.folder.path().join(part);
            let _ = std::fs::rename(&from, engine.folder.path().join(format!("away-{part}")));
        }
    }
}

pub async fn give_back(served: &Served) {
    let engine = &served.house.engine;
    if engine.is_postgres() {
        let (server, name) = engine.server();
        engine::run(server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
    } else {
        for part in ["habilis.sqlite", "habilis.sqlite-wal", "habilis.sqlite-shm"] {
            let _ = std::fs::rename(engine.folder.path().join(format!("away-{part}")), engine.folder.path().join(part));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_service_says_so_and_recovers() {
    let served = Served::start(House::new().await).await;
    let (_, bearer) = served.person("Ana").await;
    let ready = |served: &Served| served.call(Method::GET, "/health/ready").send();
    assert_eq!(ready(&served).await.unwrap().status(), StatusCode::OK);

    take_away(&served).await;
    let red = ready(&served).await.unwrap();
    assert_eq!(red.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(red.headers().contains_key("retry-after"));
    let asked = served.call(Method::GET, "/api/v1/me").bearer_auth(&bearer).send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(asked.headers().contains_key("retry-after"));
    assert_eq!(asked.json::<serde_json::Value>().await.unwrap()["code"], "unavailable");
    let page = served.call(Method::GET, "/").header("cookie", format!("habilis={bearer}")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text().await.unwrap().contains("<html"), "people get a page, not a blank");
    assert_eq!(served.call(Method::GET, "/health/live").send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(served.call(Method::GET, "/jwks.json").send().await.unwrap().status(), StatusCode::OK);

    give_back(&served).await;
    for _ in 0..100 {
        if ready(&served).await.unwrap().status().is_success() {
            let (status, me) = served.api(&bearer, Method::GET, "/api/v1/me", serde_json::Value::Null).await;
            assert_eq!(status, StatusCode::OK, "{me}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the service did not recover");
}
