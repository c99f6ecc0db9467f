//! Pushing (RFC 8935): to receivers that are slow, away, wrong, or lie.

use super::{
    scene::{Scene, claims, event, head, held, house},
    sink::{Answer, Sink, until},
};
use habilis::{
    actions::{
        sign_out::sign_out,
        signals::{self, Overview},
    },
    base::clock::Clock,
    signals::{rows::Stream, stream::Status},
};
use serde_json::json;

async fn overview(scene: &Scene) -> Overview {
    signals::read_receiver(&scene.house().app, &scene.house().admin, scene.id).await.unwrap()
}

async fn stream(scene: &Scene) -> (Stream, i64) {
    let (stream, backlog) = overview(scene).await.stream.unwrap();
    (stream, backlog.waiting)
}

/// A session ends: the receiver has it, signed and as the standard says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_a_session_reaches_the_receiver() {
    let scene = Scene::set().await;
    let sink = Sink::start([]).await;
    let delivery =
        json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": sink.base, "authorization_header": "Bearer s3cret" });
    scene.own().subscribe_to(json!({ "delivery": delivery })).await;
    let ana = scene.house().person("Ana").await;
    scene.tick();
    sign_out(&scene.house().app, &ana).await.unwrap();
    let got = sink.wait_for(1).await.remove(0);
    assert_eq!(got.path, "/in");
    assert_eq!(got.heads["content-type"], "application/secevent+jwt");
    assert_eq!(got.heads["accept"], "application/json");
    assert_eq!(got.heads["authorization"], "Bearer s3cret");
    assert_eq!(head(&got.body)["typ"], "secevent+jwt");
    assert_eq!(event(&claims(&got.body)).0, "session-revoked");
    until("it is noted as taken", || async { stream(&scene).await.0.taken == 1 }).await;
    let (one, waiting) = stream(&scene).await;
    assert_eq!((waiting, one.last_error, one.failing_since), (0, None, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_taken_comes_again_as_the_same_and_in_order() {
    let scene = Scene::on(house(Clock::System).await).await;
    let sink = Sink::start([Answer::status(500), Answer::Drops, Answer::status(202)]).await;
    scene.own().subscribe_push(&sink.base).await;
    for name in ["Ana", "Eve"] {
        let who = scene.house().person(name).await;
        sign_out(&scene.house().app, &who).await.unwrap();
    }
    let got = sink.wait_for(4).await;
    let jti = |n: usize| claims(&got[n].body)["jti"].clone();
    assert!(jti(0) == jti(1) && jti(1) == jti(2), "the first until it is taken");
    assert_ne!(jti(3), jti(0), "then the next");
    assert!(claims(&got[0].body)["events"] == claims(&got[2].body)["events"]);
    until("both are taken", || async { stream(&scene).await.0.taken == 2 }).await;
    // Nothing that was taken comes again.
    scene.own().post("/ssf/verify", json!({ "stream_id": stream(&scene).await.0.id })).await.is(204);
    let got = sink.wait_for(5).await;
    assert_eq!((got.len(), event(&claims(&got[4].body)).0), (5, "verification"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_an_accepted_is_an_acknowledgement() {
    let scene = Scene::set().await;
    let other = Sink::start([]).await;
    let to_other: &'static str = format!("location: {}\r\n", other.base).leak();
    let lies = [
        (Answer::status(200), "status 200"),
        (Answer::status(204), "status 204"),
        (Answer::Says(302, to_other, String::new()), "redirects are not followed"),
        (Answer::Says(307, to_other, String::new()), "redirects are not followed"),
        (Answer::status(401), "status 401"),
        (Answer::Says(400, "", "<h1>Bad</h1>".to_owned()), "does not say what is wrong"),
        (Answer::Says(400, "", "x".repeat(300 * 1024)), "127.0.0.1"),
        (Answer::Drops, "127.0.0.1"),
    ];
    let sink = Sink::start([]).await;
    let id = scene.own().subscribe_push(&sink.base).await;
    sink.says([lies[0].0.clone()]);
    scene.own().post("/ssf/verify", json!({ "stream_id": id })).await.is(204);
    for (n, (_, words)) in lies.iter().enumerate() {
        until(words, || async {
            let error = stream(&scene).await.0.last_error.unwrap_or_default();
            error.contains(words) && stream(&scene).await.0.failures == n as i64 + 1
        })
        .await;
        assert_eq!(stream(&scene).await.1, 1, "{words}: it waits still");
        if let Some((next, _)) = lies.get(n + 1) {
            sink.says([next.clone()]);
            // The held clock holds the next try up, until it is over the wait.
            scene.house().advance("PT10M");
        }
    }
    assert!(other.got().is_empty(), "nobody was led elsewhere");
    scene.house().advance("PT10M");
    until("it is taken at last", || async { stream(&scene).await.1 == 0 }).await;
    assert_eq!(sink.got().len(), lies.len() + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_receiver_refuses_with_words_is_not_sent_again() {
    let scene = Scene::set().await;
    let refusal = json!({ "err": "invalid_key", "description": "no such key" }).to_string();
    let sink = Sink::start([Answer::Says(400, "content-type: application/json\r\n", refusal)]).await;
    let id = scene.own().subscribe_push(&sink.base).await;
    scene.own().post("/ssf/verify", json!({ "stream_id": id })).await.is(204);
    until("it is noted", || async { !overview(&scene).await.refused.is_empty() }).await;
    let found = overview(&scene).await;
    assert_eq!(
        (found.refused[0].event.name(), found.refused[0].refused_why.as_str()),
        ("verification", "invalid_key: no such key")
    );
    let (one, backlog) = found.stream.unwrap();
    assert_eq!((backlog.waiting, backlog.refused, one.taken, one.failures), (0, 1, 0, 0));
    // The next one passes it by.
    scene.house().advance("PT31S");
    scene.own().post("/ssf/verify", json!({ "stream_id": id, "state": "next" })).await.is(204);
    let got = sink.wait_for(2).await;
    assert_eq!(event(&claims(&got[1].body)).1["state"], "next");
    until("it is taken", || async { stream(&scene).await.0.taken == 1 }).await;
    assert_eq!(sink.got().len(), 2);
    // After a week nobody needs to know.
    scene.house().advance("P8D");
    habilis::actions::sweep::sweep(&scene.house().app).await.unwrap();
    assert!(overview(&scene).await.refused.is_empty());
}

/// A receiver that does not answer holds nobody else up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_receiver_holds_up_no_other() {
    let scene = Scene::set().await;
    let (slow, quick) = (Sink::start([Answer::Hangs]).await, Sink::start([]).await);
    scene.own().subscribe_push(&slow.base).await;
    let other = scene.and("quick", None).await;
    other.subscribe_push(&quick.base).await;
    for name in ["Ana", "Bob", "Eve"] {
        let who = scene.house().person(name).await;
        scene.tick();
        sign_out(&scene.house().app, &who).await.unwrap();
    }
    quick.wait_for(3).await;
    assert_eq!(slow.got().len(), 1, "still at the first");
    until("its time is over", || async { stream(&scene).await.0.failures == 1 }).await;
    let (one, waiting) = stream(&scene).await;
    assert!(one.last_error.unwrap().contains("timeout") && waiting == 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_pauses_resumes_and_looks() {
    let scene = Scene::set().await;
    let sink = Sink::start([]).await;
    let id = scene.own().subscribe_push(&sink.base).await;
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    signals::set_stream_status(app, admin, scene.id, Status::Paused).await.unwrap();
    // The receiver is told, although nothing else flows.
    let got = sink.wait_for(1).await;
    let said = claims(&got[0].body);
    assert_eq!((event(&said).0, &event(&said).1["status"]), ("stream-updated", &json!("paused")));
    assert_eq!(said["sub_id"], json!({ "format": "opaque", "id": id }));
    let ana = scene.house().person("Ana").await;
    scene.tick();
    sign_out(app, &ana).await.unwrap();
    until("it is held", || async { stream(&scene).await.1 == 1 }).await;
    assert_eq!(sink.got().len(), 1);
    signals::set_stream_status(app, admin, scene.id, Status::Enabled).await.unwrap();
    let got = sink.wait_for(3).await;
    let names: Vec<&str> = got.iter().map(|one| event(&claims(&one.body)).0).collect();
    assert_eq!(names, ["stream-updated", "session-revoked", "stream-updated"]);
    signals::send_verification(app, admin, scene.id).await.unwrap();
    assert_eq!(event(&claims(&sink.wait_for(4).await[3].body)), ("verification", json!({})));
    until("all is taken", || async { stream(&scene).await.1 == 0 }).await;
    signals::set_stream_status(app, admin, scene.id, Status::Disabled).await.unwrap();
    assert_eq!(event(&claims(&sink.wait_for(5).await[4].body)).1["status"], "disabled");
}

/// Where nobody has allowed it, nothing inside is called: neither by its number nor by a name that leads there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_leads_inside_is_not_called() {
    let scene = Scene::on(crate::support::House::on(crate::support::content::small(), held()).await).await;
    let sink = Sink::start([]).await;
    let port = sink.base.rsplit(':').next().unwrap().to_owned();
    let id = scene.own().subscribe_push(&format!("https://localhost:{port}")).await;
    scene.own().post("/ssf/verify", json!({ "stream_id": id })).await.is(204);
    until("it failed", || async { stream(&scene).await.0.failures > 0 }).await;
    let error = stream(&scene).await.0.last_error.unwrap();
    assert!(error.contains("localhost leads to") && error.contains("which is not public"), "{error}");
    assert!(sink.got().is_empty());
}
