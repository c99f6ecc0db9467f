//! What hostile receivers, and those who pose as receivers, get.

use super::scene::{AUDIENCE, Scene, sent};
use habilis::actions::signals;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_receivers_own_credential_opens_anything() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let directory =
        habilis::actions::provision::make_credential(&scene.house().app, &scene.house().admin, "Entra ID".to_owned());
    let directory = directory.await.unwrap().secret.reveal().to_owned();
    let calls = [
        (Method::GET, "/ssf/streams".to_owned()),
        (Method::POST, "/ssf/streams".to_owned()),
        (Method::PATCH, "/ssf/streams".to_owned()),
        (Method::PUT, "/ssf/streams".to_owned()),
        (Method::DELETE, format!("/ssf/streams?stream_id={stream}")),
        (Method::GET, format!("/ssf/status?stream_id={stream}")),
        (Method::POST, "/ssf/status".to_owned()),
        (Method::POST, "/ssf/verify".to_owned()),
        (Method::POST, format!("/ssf/streams/{stream}/events")),
        (Method::GET, "/ssf/nowhere".to_owned()),
        (Method::TRACE, "/ssf/streams".to_owned()),
    ];
    let forged = format!("hsr_{}", "A".repeat(43));
    let body = json!({ "stream_id": stream, "status": "disabled", "returnImmediately": true });
    for (method, path) in &calls {
        let with = |token: &str| scene.served.call(method.clone(), path).bearer_auth(token.to_owned()).json(&body);
        for token in [
            &forged,
            &admin,
            &directory,
            &String::new(),
            &"hsr_".to_owned(),
            &scene.token[..scene.token.len() - 1].to_owned(),
        ] {
            sent(with(token)).await.is_refused(401, "authentication_failed");
        }
        sent(scene.served.call(method.clone(), path).json(&body)).await.is_refused(401, "authentication_failed");
        // A cookie, a parameter and another scheme count for nothing.
        let cookie = scene.served.call(method.clone(), path).header("cookie", format!("habilis={admin}")).json(&body);
        sent(cookie).await.is_refused(401, "authentication_failed");
        let basic = scene.served.call(method.clone(), path).basic_auth(&scene.token, Some(&scene.token)).json(&body);
        sent(basic).await.is_refused(401, "authentication_failed");
    }
    // And the receiver's own opens nothing else.
    for path in ["/api/v1/me", "/api/v1/signals", "/api/v1/people"] {
        let answer = sent(scene.served.call(Method::GET, path).bearer_auth(&scene.token)).await;
        assert_eq!(answer.status, 401, "{path}");
    }
    let scim = sent(scene.served.call(Method::GET, "/scim/v2/Users").bearer_auth(&scene.token)).await;
    assert_eq!(scim.status, 401);
    own.get(&format!("/ssf/status?stream_id={stream}")).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_reaches_its_own_stream_alone() {
    let scene = Scene::set().await;
    let own = scene.own();
    let stream = own.subscribe().await;
    let other = scene.and("https://other.example.com", None).await;
    own.post("/ssf/verify", json!({ "stream_id": stream, "state": "mine" })).await.is(204);
    let mine = own.poll(&stream, json!({})).await.is(200).body;
    let set = mine["sets"].as_object().unwrap().keys().next().unwrap().clone();
    for _ in 0..2 {
        // Once without a stream of its own, and once with one.
        other.get(&format!("/ssf/streams?stream_id={stream}")).await.is_refused(404, "not_found");
        other.get(&format!("/ssf/status?stream_id={stream}")).await.is_refused(404, "not_found");
        other.send(Method::PATCH, "/ssf/streams", json!({ "stream_id": stream })).await.is_refused(404, "not_found");
        other.send(Method::PUT, "/ssf/streams", json!({ "stream_id": stream })).await.is_refused(404, "not_found");
        other
            .post("/ssf/status", json!({ "stream_id": stream, "status": "disabled" }))
            .await
            .is_refused(404, "not_found");
        other.post("/ssf/verify", json!({ "stream_id": stream })).await.is_refused(404, "not_found");
        other.poll(&stream, json!({ "ack": [set] })).await.is_refused(404, "not_found");
        let deletes = other.request(Method::DELETE, &format!("/ssf/streams?stream_id={stream}"));
        sent(deletes).await.is_refused(404, "not_found");
        if other.get("/ssf/streams").await.body == json!([]) {
            let theirs = other.subscribe().await;
            // An acknowledgement of another's token is of nothing.
            other.poll(&theirs, json!({ "ack": [set], "returnImmediately": true })).await.is(200);
            other.poll(&theirs, json!({ "setErrs": { set.clone(): {} }, "returnImmediately": true })).await.is(200);
        }
    }
    assert_eq!(
        own.poll(&stream, json!({ "returnImmediately": true })).await.body["sets"].as_object().unwrap().len(),
        1
    );
    for id in ["'; DROP TABLE signal_streams; --", "%00", "..%2F..%2Fkeys", "*"] {
        own.get(&format!("/ssf/streams?stream_id={id}")).await.is_refused(404, "not_found");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_credential_that_ended_or_whose_receiver_is_gone_opens_nothing() {
    let scene = Scene::set().await;
    let own = scene.own();
    own.subscribe().await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let (_, next) = signals::add_credential(app, admin, scene.id).await.unwrap();
    let with = |token: &str| scene.served.call(Method::GET, "/ssf/streams").bearer_auth(token.to_owned());
    sent(with(next.secret.reveal())).await.is(200);
    own.get("/ssf/streams").await.is(200);
    let live = signals::read_receiver(app, admin, scene.id).await.unwrap().credentials;
    let old = live.iter().find(|one| one.id != next.id).unwrap().id;
    signals::end_credential(app, admin, scene.id, old).await.unwrap();
    own.get("/ssf/streams").await.is_refused(401, "authentication_failed");
    sent(with(next.secret.reveal())).await.is(200);
    signals::remove_receiver(app, admin, scene.id).await.unwrap();
    sent(with(next.secret.reveal())).await.is_refused(401, "authentication_failed");
    // What it leaves is free for another.
    super::scene::receiver(scene.house(), AUDIENCE, None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_inside_and_headers_in_headers_are_refused() {
    let scene = Scene::on(crate::support::House::new().await).await;
    let own = scene.own();
    let with = |endpoint: &str, header: Value| json!({ "delivery": { "method": "urn:ietf:rfc:8935", "endpoint_url": endpoint, "authorization_header": header } });
    for endpoint in [
        "http://lake.example.com/in",
        "http://127.0.0.1:8080/",
        "http://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.01/",
        "https://017700000001/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fd00:ec2::254]/",
        "https://0.0.0.0/",
        "https://user@lake.example.com/",
        "https://user:pw@lake.example.com/",
        "https://lake.example.com@127.0.0.1/",
        "https://lake.example.com/#fragment",
        "file:///etc/passwd",
        "gopher://lake.example.com/",
        "//lake.example.com/in",
        "/in",
        "",
    ] {
        own.post("/ssf/streams", with(endpoint, Value::Null)).await.is_refused(400, "invalid_request");
    }
    for header in ["Bearer x\r\nHost: evil", "Bearer x\nX: y", "Bearer \u{0}", "Bearer é", "", " ", "\t"] {
        let body = with("https://lake.example.com/in", json!(header));
        own.post("/ssf/streams", body).await.is_refused(400, "invalid_request");
    }
    assert_eq!(own.get("/ssf/streams").await.body, json!([]), "nothing came of it");
    own.post("/ssf/streams", with("https://lake.example.com/in", json!("Bearer x"))).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn huge_and_deep_bodies_are_refused() {
    let scene = Scene::set().await;
    let own = scene.own();
    let raw =
        |body: String| own.request(Method::POST, "/ssf/streams").header("content-type", "application/json").body(body);
    sent(raw(" ".repeat(200 * 1024))).await.is_refused(400, "invalid_request");
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{{\"x\":{}1{}}}", open.repeat(5_000), close.repeat(5_000));
        sent(raw(deep)).await.is_refused(400, "invalid_request");
    }
    for body in ["", "null", "[]", "\"x\"", "{", "{\"a\":1}{\"b\":2}", "\u{feff}{}"] {
        sent(raw(body.to_owned())).await.is_refused(400, "invalid_request");
    }
    let form = own.request(Method::POST, "/ssf/streams").form(&[("description", "x")]);
    sent(form).await.is_refused(400, "invalid_request");
    own.get("/ssf/nowhere").await.is_refused(404, "not_found");
    let method = own.send(Method::PUT, "/ssf/status", json!({})).await;
    method.is_refused(405, "invalid_request");
    assert_eq!(method.header("allow"), "GET, HEAD, POST");
    assert_eq!(own.get("/ssf/streams").await.body, json!([]));
}
