//! The whole life of a subscription (SSF, sections 7 and 8.1).

use super::scene::{AUDIENCE, Scene, event, sent};
use habilis::{
    actions::signals,
    signals::{event::Event, stream::Status},
};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_configuration_document_says_what_works() {
    let scene = Scene::set().await;
    let told = sent(scene.served.call(Method::GET, "/.well-known/ssf-configuration")).await.is(200);
    let issuer = scene.house().app.settings.issuer();
    assert_eq!((&told.body["spec_version"], &told.body["issuer"]), (&json!("1_0"), &json!(issuer)));
    assert_eq!(told.body["delivery_methods_supported"], json!(["urn:ietf:rfc:8935", "urn:ietf:rfc:8936"]));
    assert_eq!(told.body["authorization_schemes"], json!([{ "spec_urn": "urn:ietf:rfc:6750" }]));
    assert_eq!(told.body["default_subjects"], "ALL");
    assert_eq!(told.header("access-control-allow-origin"), "*");
    for absent in ["add_subject_endpoint", "remove_subject_endpoint"] {
        assert!(told.body.get(absent).is_none(), "{absent}");
    }
    // Each address answers: the keys to everybody, the rest to receivers alone.
    for (name, method) in [
        ("configuration_endpoint", Method::GET),
        ("status_endpoint", Method::GET),
        ("verification_endpoint", Method::POST),
    ] {
        let path = told.body[name].as_str().unwrap().strip_prefix(&issuer).unwrap().to_owned();
        let refused = sent(scene.served.call(method.clone(), &path)).await;
        refused.is_refused(401, "authentication_failed");
        assert!(refused.header("www-authenticate").starts_with("Bearer"));
        assert_ne!(sent(scene.own().request(method, &path)).await.status, 401, "{name}");
    }
    let keys =
        sent(scene.served.call(Method::GET, told.body["jwks_uri"].as_str().unwrap().strip_prefix(&issuer).unwrap()));
    let keys = keys.await.is(200);
    assert!(keys.body["keys"].as_array().unwrap().len() >= 2, "the one that signs, and the next: {keys:?}");
    assert!(keys.body["keys"].as_array().unwrap().iter().all(|key| key["alg"] == "RS256" && key.get("d").is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_made_read_changed_replaced_and_deleted() {
    let scene = Scene::set().await;
    let own = scene.own();
    assert_eq!(own.get("/ssf/streams").await.is(200).body, json!([]));
    let wanted = [Event::SessionRevoked.word(), "https://example.com/unknown"];
    let made = own.post("/ssf/streams", json!({ "events_requested": wanted, "description": "the lake" })).await.is(201);
    let id = made.body["stream_id"].as_str().unwrap().to_owned();
    assert_eq!(made.body["aud"], AUDIENCE);
    assert_eq!(made.body["iss"], scene.house().app.settings.issuer());
    assert_eq!(made.body["events_requested"], json!(wanted));
    assert_eq!(made.body["events_delivered"], json!([Event::SessionRevoked.word()]));
    assert_eq!(made.body["events_supported"].as_array().unwrap().len(), 5);
    assert_eq!(made.body["min_verification_interval"], 30);
    // Who says nothing of delivery fetches (section 8.1.1.1).
    assert_eq!(made.body["delivery"]["method"], "urn:ietf:rfc:8936");
    assert!(made.body["delivery"]["endpoint_url"].as_str().unwrap().ends_with(&format!("/ssf/streams/{id}/events")));
    own.post("/ssf/streams", json!({})).await.is_refused(409, "conflict");
    assert_eq!(own.get("/ssf/streams").await.is(200).body, json!([made.body]));
    let one = format!("/ssf/streams?stream_id={id}");
    assert_eq!(own.get(&one).await.is(200).body, made.body);

    // What is not said stays; what this service supplies may be said if it is so.
    let push = json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": "https://lake.example.com/in", "authorization_header": "Bearer s3cret" });
    let change = json!({ "stream_id": id, "delivery": push, "aud": AUDIENCE, "iss": made.body["iss"] });
    let changed = own.send(Method::PATCH, "/ssf/streams", change).await.is(200);
    assert_eq!(changed.body["description"], "the lake");
    assert_eq!(
        changed.body["delivery"],
        json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": "https://lake.example.com/in" })
    );
    assert!(!own.get(&one).await.body.to_string().contains("s3cret"), "it is not told again");
    let other = json!({ "stream_id": id, "aud": "https://other.example.com" });
    own.send(Method::PATCH, "/ssf/streams", other).await.is_refused(400, "invalid_request");
    own.send(Method::PATCH, "/ssf/streams", json!({ "description": "x" })).await.is_refused(400, "invalid_request");

    // A replacement takes back what it does not say.
    let replaced = own.send(Method::PUT, "/ssf/streams", json!({ "stream_id": id })).await.is(200);
    assert!(replaced.body.get("description").is_none() && replaced.body.get("events_requested").is_none());
    assert_eq!(replaced.body["events_delivered"], replaced.body["events_supported"]);
    assert_eq!(replaced.body["delivery"]["method"], "urn:ietf:rfc:8936");

    own.send(Method::DELETE, "/ssf/streams", Value::Null).await.is_refused(400, "invalid_request");
    assert_eq!(sent(own.request(Method::DELETE, &one)).await.status, 204);
    own.get(&one).await.is_refused(404, "not_found");
    sent(own.request(Method::DELETE, &one)).await.is_refused(404, "not_found");
    own.send(Method::PATCH, "/ssf/streams", json!({ "stream_id": id })).await.is_refused(404, "not_found");
    assert_eq!(own.get("/ssf/streams").await.body, json!([]));
    assert_eq!(scene.house().events("signal.stream_changed").await, 4);
    assert_ne!(own.subscribe().await, id, "a new one has a new id");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_header_of_a_receiver_is_sealed_at_rest() {
    let scene = Scene::set().await;
    let delivery = json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": "https://lake.example.com/in", "authorization_header": "Bearer s3cret" });
    scene.own().subscribe_to(json!({ "delivery": delivery })).await;
    let app = &scene.house().app;
    let stream = app.db.read(app.now(), |r| Ok(habilis::signals::rows::streams(r)?.remove(0))).await.unwrap();
    let sealed = stream.sealed_header.unwrap();
    assert!(!sealed.windows(6).any(|six| six == b"s3cret"));
    let opened = app.keyring.unseal(&stream.id.to_string(), &sealed).unwrap();
    assert_eq!(opened, b"Bearer s3cret");
    // When the secret key changes, it is among what is sealed anew.
    let sealed = async || habilis::actions::reseal::reseal(app, &scene.house().admin).await.unwrap().all;
    let with = sealed().await;
    app.db.write(app.now(), move |w| Ok(habilis::signals::rows::delete_stream(w, stream.id)?)).await.unwrap();
    assert_eq!(sealed().await + 1, with);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_stream_holds_and_a_disabled_one_drops() {
    let scene = Scene::set().await;
    let own = scene.own();
    let id = own.subscribe().await;
    let status = format!("/ssf/status?stream_id={id}");
    assert_eq!(own.get(&status).await.is(200).body, json!({ "stream_id": id, "status": "enabled" }));
    let set = async |status: &str| {
        own.post("/ssf/status", json!({ "stream_id": id, "status": status, "reason": "works" })).await
    };
    let paused = set("paused").await.is(200);
    assert_eq!(paused.body, json!({ "stream_id": id, "status": "paused", "reason": "works" }));
    assert_eq!(own.get(&status).await.body, paused.body);
    let verify = json!({ "stream_id": id, "state": "held" });
    assert_eq!(own.post("/ssf/verify", verify).await.status, 204);
    let at_once = json!({ "returnImmediately": true });
    assert_eq!(own.poll(&id, at_once.clone()).await.is(200).body, json!({ "sets": {}, "moreAvailable": false }));
    set("enabled").await.is(200);
    assert_eq!(event(&own.take(&id, 1).await[0]), ("verification", json!({ "state": "held" })));

    scene.house().advance("PT31S");
    own.post("/ssf/verify", json!({ "stream_id": id })).await.is(204);
    set("disabled").await.is(200);
    set("enabled").await.is(200);
    assert_eq!(own.poll(&id, at_once).await.body["sets"], json!({}), "what a disabled stream held is gone");
    for wrong in [json!({ "stream_id": id }), json!({ "stream_id": id, "status": "on" }), json!({ "status": "paused" })]
    {
        own.post("/ssf/status", wrong).await.is_refused(400, "invalid_request");
    }
    own.get("/ssf/status").await.is_refused(400, "invalid_request");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_verification_brings_its_state_back_and_is_not_asked_for_too_often() {
    let scene = Scene::set().await;
    let own = scene.own();
    let id = own.subscribe().await;
    own.post("/ssf/verify", json!({ "stream_id": id, "state": "VGhpcyBpcyBhbiBleGFtcGxl" })).await.is(204);
    let claims = &own.take(&id, 1).await[0];
    assert_eq!(event(claims), ("verification", json!({ "state": "VGhpcyBpcyBhbiBleGFtcGxl" })));
    assert_eq!(claims["sub_id"], json!({ "format": "opaque", "id": id }));
    let soon = own.post("/ssf/verify", json!({ "stream_id": id })).await;
    soon.is_refused(429, "too_many_requests");
    assert_eq!(soon.header("retry-after"), "30");
    scene.house().advance("PT31S");
    own.post("/ssf/verify", json!({ "stream_id": id })).await.is(204);
    assert_eq!(event(&own.take(&id, 1).await[0]), ("verification", json!({})));
    own.post("/ssf/verify", json!({ "stream_id": id, "state": "x".repeat(1_001) }))
        .await
        .is_refused(400, "invalid_request");
}

/// What nobody takes has an end: the stream is disabled, says so once, and begins anew when its receiver is back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_takes_for_a_week_is_given_up() {
    let scene = Scene::set().await;
    let own = scene.own();
    let id = own.subscribe().await;
    own.post("/ssf/verify", json!({ "stream_id": id, "state": "old" })).await.is(204);
    let app = &scene.house().app;
    scene.house().advance("P6D");
    habilis::actions::sweep::sweep(app).await.unwrap();
    assert_eq!(own.get(&format!("/ssf/status?stream_id={id}")).await.body["status"], "enabled");
    scene.house().advance("P2D");
    habilis::actions::sweep::sweep(app).await.unwrap();
    let status = own.get(&format!("/ssf/status?stream_id={id}")).await.body;
    assert_eq!(status["status"], "disabled");
    assert!(status["reason"].as_str().unwrap().contains("seven days"), "{status}");
    assert_eq!(habilis::actions::signals::failing(app).await.unwrap().len(), 1);
    // Nothing is noted for it any more.
    let (bob, _) = scene.house().joined("Bob", &[]).await;
    habilis::actions::sign_out::sign_out(app, &bob).await.unwrap();
    let claims = &own.take(&id, 1).await[0];
    let (name, body) = event(claims);
    assert_eq!((name, &body["status"]), ("stream-updated", &json!("disabled")));
    own.post("/ssf/status", json!({ "stream_id": id, "status": "enabled" })).await.is(200);
    assert_eq!(own.poll(&id, json!({ "returnImmediately": true })).await.body["sets"], json!({}));
    scene.tick();
    let (eve, _) = scene.house().joined("Eve", &[]).await;
    habilis::actions::sign_out::sign_out(app, &eve).await.unwrap();
    assert_eq!(event(&own.take(&id, 1).await[0]).0, "session-revoked");
}

/// What an admin has stopped, the receiver neither resumes nor replaces.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_admin_has_stopped_its_receiver_does_not_resume() {
    let scene = Scene::set().await;
    let own = scene.own();
    let id = own.subscribe().await;
    let one = format!("/ssf/streams?stream_id={id}");
    let set = async |status: &str| own.post("/ssf/status", json!({ "stream_id": id, "status": status })).await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    let stop = async |status| signals::set_stream_status(app, admin, scene.id, status).await.unwrap();
    let is = async || own.get(&format!("/ssf/status?stream_id={id}")).await.is(200).body["status"].clone();
    // What the receiver had paused by itself, too.
    set("paused").await.is(200);
    for status in [Status::Paused, Status::Disabled] {
        stop(status).await;
        for wanted in ["enabled", "paused", "disabled"] {
            set(wanted).await.is_refused(403, "access_denied");
        }
        sent(own.request(Method::DELETE, &one)).await.is_refused(403, "access_denied");
        own.post("/ssf/streams", json!({})).await.is_refused(409, "conflict");
        own.send(Method::PUT, "/ssf/streams", json!({ "stream_id": id })).await.is(200);
        assert_eq!(is().await, status.word());
    }
    let bearer = scene.house().bearer(admin).await;
    let (_, page) = scene.served.page(&bearer, &format!("/signals/{}", scene.id)).await;
    assert!(page.contains("An admin has stopped it."), "{page}");
    // What was paused and is given up stays the admin's to resume.
    stop(Status::Enabled).await;
    stop(Status::Paused).await;
    scene.house().advance("P8D");
    habilis::actions::sweep::sweep(app).await.unwrap();
    assert_eq!(is().await, "disabled");
    set("enabled").await.is_refused(403, "access_denied");
    stop(Status::Enabled).await;
    for own in ["paused", "enabled", "disabled", "enabled"] {
        set(own).await.is(200);
    }
    assert_eq!(sent(own.request(Method::DELETE, &one)).await.status, 204);
}
