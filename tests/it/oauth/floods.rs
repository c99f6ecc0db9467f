//! What is huge or deep: answered in little time with a refusal, and the next one is served.

use super::scene::{Reply, Scene};
use reqwest::{Method, RequestBuilder};
use std::time::{Duration, Instant};

/// The longest that any of it may take, in a build without optimisation beside other tests.
const MOST: Duration = Duration::from_secs(10);

impl Scene {
    async fn quickly(&self, what: &str, request: RequestBuilder) -> Option<Reply> {
        let begun = Instant::now();
        self.tick();
        let answer = request.send().await;
        assert!(begun.elapsed() < MOST, "{what} took {:?}", begun.elapsed());
        // A connection that is closed in the middle of a flood is an answer, too.
        let answer = answer.ok()?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        assert!((300..500).contains(&status), "{what}: {status}");
        Some(Reply { status, headers, text: answer.text().await.unwrap_or_default() })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn huge_and_deep_forms_are_refused() {
    let scene = Scene::set().await;
    let form = "application/x-www-form-urlencoded";
    let bodies = [
        ("one long value", format!("grant_type=refresh_token&refresh_token={}", "x".repeat(60_000))),
        ("one long name", format!("grant_type=refresh_token&{}=x", "n".repeat(60_000))),
        ("many fields", (0..10_000).map(|n| format!("f{n}=1&")).collect::<String>()),
        ("many of one", "scope=x&".repeat(8_000)),
        ("nothing but &", "&".repeat(64_000)),
        ("nothing but =", "=".repeat(64_000)),
        ("nothing but %", "%".repeat(64_000)),
        ("encoded", format!("grant_type={}", "%25".repeat(20_000))),
        ("not UTF-8", format!("grant_type={}", "%FF%FE".repeat(1_000))),
        ("brackets", format!("grant_type{}=refresh_token", "[a]".repeat(10_000))),
        ("too much", "x=".to_owned() + &"y".repeat(2_000_000)),
    ];
    for (what, body) in bodies {
        for path in ["/token", "/introspect", "/revoke"] {
            let call = scene.served.call(Method::POST, path).basic_auth(&scene.web.id, scene.web.secret.clone());
            let reply = scene.quickly(what, call.header("content-type", form).body(body.clone())).await;
            if let Some(reply) = reply {
                assert_eq!(
                    (reply.status, &reply.json()["error"]),
                    (400, &serde_json::json!("invalid_request")),
                    "{what} {path}"
                );
            }
        }
        let pages = ["/authorize", "/logout", "/sign-in", "/authorize/consent", "/device", "/device/confirm"];
        for path in pages.into_iter().chain(["/device_authorization"]) {
            let call = scene.served.call(Method::POST, path).header("content-type", form);
            scene.quickly(what, call.header("cookie", format!("habilis={}", scene.cookie)).body(body.clone())).await;
        }
    }
    scene.connect(&scene.web, &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_requests_and_headers_are_refused() {
    let scene = Scene::set().await;
    let words = "a ".repeat(2_000);
    let long = |text: &str, times: usize| text.repeat(times);
    for (name, value) in [
        ("scope", words.clone()),
        ("prompt", words.clone()),
        ("ui_locales", words.clone()),
        ("acr_values", words),
        ("state", long("s", 4_096)),
        ("id_token_hint", format!("{}.{}.x", base(&long("[", 2_500)), base("{}"))),
        ("id_token_hint", format!("{}.{}.x", long("a", 2_000), long("b", 2_000))),
        ("max_age", long("9", 4_000)),
        ("login_hint", long("é", 2_000)),
        ("redirect_uri", format!("https://tool.example.com/{}", long("a", 4_000))),
        ("client_id", long("c", 4_000)),
    ] {
        for cookie in ["", scene.cookie.as_str()] {
            let query = scene.request(&scene.web, &[(name, &value)]);
            let call = scene.served.call(Method::GET, &format!("/authorize?{query}"));
            let begun = Instant::now();
            let reply = scene.send(call.header("cookie", format!("habilis={cookie}"))).await;
            assert!(begun.elapsed() < MOST && reply.status < 500, "{name}: {} {:?}", reply.status, begun.elapsed());
        }
    }
    for (name, value) in [
        ("authorization", format!("Bearer {}", "x".repeat(60_000))),
        ("authorization", format!("Basic {}", "YTph".repeat(10_000))),
    ] {
        for (method, path) in [(Method::GET, "/userinfo"), (Method::POST, "/token"), (Method::GET, "/api/v1/me")] {
            let form = scene.served.call(method, path).header("content-type", "application/x-www-form-urlencoded");
            if let Some(reply) = scene.quickly(path, form.header(name, &value)).await {
                assert!(matches!(reply.status, 400 | 401 | 431), "{path}: {}", reply.status);
            }
        }
    }
    scene.connect(&scene.web, &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn huge_and_deep_documents_are_refused() {
    let scene = Scene::set().await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let bodies = [
        ("deep arrays", "[".repeat(100_000)),
        ("deep objects", "{\"a\":".repeat(50_000)),
        ("deep inside", format!("{{\"name\":\"x\",\"kind\":\"public\",\"redirect_uris\":{}", "[".repeat(100_000))),
        ("closed", format!("{}{}", "[".repeat(50_000), "]".repeat(50_000))),
        ("a long name", format!("{{\"name\":\"{}\",\"kind\":\"public\",\"redirect_uris\":[]}}", "x".repeat(200_000))),
        ("many fields", format!("{{{}}}", (0..20_000).map(|n| format!("\"f{n}\":1")).collect::<Vec<_>>().join(","))),
        ("a number", format!("{{\"name\":{}}}", "9".repeat(200_000))),
        ("escapes", format!("{{\"name\":\"{}\"}}", "\\ud800".repeat(20_000))),
        ("too much", "x".repeat(4_000_000)),
    ];
    for (what, body) in bodies {
        for path in ["/api/v1/clients", "/api/v1/session", "/api/v1/tokens"] {
            let call =
                scene.served.call(Method::POST, path).bearer_auth(&admin).header("content-type", "application/json");
            if let Some(reply) = scene.quickly(what, call.body(body.clone())).await {
                assert!(matches!(reply.status, 413 | 422), "{what} {path}: {} {}", reply.status, reply.text);
            }
        }
    }
    scene.connect(&scene.web, &[]).await;
}

fn base(text: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(text)
}
