//! Changes that meet (PostgreSQL): who ends a stream and who tells it something wait for each other, and nothing that was read
//! before is written over what came between. SQLite has one writer: there they follow each other anyway.

use super::{
    scene::{held, house, receiver},
    sink::until,
};
use crate::support::House;
use habilis::{
    actions::{sign_out::sign_out, signals, sweep},
    base::ids::{self, Id},
    identity::{actor::Actor, secret::Secret},
    signals::{rows::Stream, stream::Status},
};
use serde_json::{Value, json};
use tokio_postgres::Client;

/// A house without a server, its receiver with its credential and its stream, and a connection beside.
struct Race {
    house: House,
    id: Id<ids::Receiver>,
    token: String,
    stream: String,
    beside: Client,
}

impl Race {
    /// None on SQLite.
    async fn set(delivery: Value) -> Option<Self> {
        let house = house(held()).await;
        if !house.engine.is_postgres() {
            return None;
        }
        let (id, token) = receiver(&house, "https://lake.example.com/signals", None).await;
        let Value::Object(body) = json!({ "delivery": delivery }) else { unreachable!() };
        let made = signals::create_stream(&house.app, &Actor::receiver(id, "192.0.2.1"), body).await.unwrap();
        let (beside, connection) = tokio_postgres::connect(&house.engine.url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let stream = made.stream.id.to_string();
        Some(Self { house, id, token, stream, beside })
    }

    async fn poll() -> Option<Self> {
        Self::set(json!({ "method": "urn:ietf:rfc:8936" })).await
    }

    /// Runs statements in an open transaction; `$s` is the stream, `$r` the receiver.
    async fn beside(&self, statements: &str) {
        let statements = statements.replace("$s", &self.stream).replace("$r", &self.id.to_string());
        self.beside.batch_execute(&statements).await.unwrap();
    }

    /// Commits once somebody waits for it.
    async fn commit_when_waited_for(&self) {
        let waits =
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        until("somebody waits", || async { self.beside.query_one(waits, &[]).await.unwrap().get::<_, i64>(0) > 0 })
            .await;
        self.beside("COMMIT").await;
    }

    async fn stream(&self) -> Option<(Stream, i64)> {
        let found = signals::read_receiver(&self.house.app, &self.house.admin, self.id).await.unwrap();
        found.stream.map(|(stream, backlog)| (stream, backlog.waiting))
    }
}

const TELLS: &str = "BEGIN; INSERT INTO signal_sets (id, stream_id, event, claims, created_at) \
                     VALUES ('set_1', '$s', 'https://schemas.openid.net/secevent/caep/event-type/session-revoked', '{}', 1)";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_receiver_is_removed_while_it_is_told_something() {
    let Some(race) = Race::poll().await else { return };
    race.beside(TELLS).await;
    let (app, admin, id) = (race.house.app.clone(), race.house.admin.clone(), race.id);
    let removing = tokio::spawn(async move { signals::remove_receiver(&app, &admin, id).await });
    race.commit_when_waited_for().await;
    removing.await.unwrap().unwrap();
    let secret = Secret::presented(&race.token);
    assert!(signals::authenticate(&race.house.app, &secret, "192.0.2.1").await.unwrap().is_none());
    assert_eq!(race.beside.query_one("SELECT COUNT(*) FROM signal_sets", &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stream_that_is_disabled_while_it_is_told_something_holds_nothing() {
    let Some(race) = Race::poll().await else { return };
    race.beside(TELLS).await;
    let (app, admin, id) = (race.house.app.clone(), race.house.admin.clone(), race.id);
    let stopping = tokio::spawn(async move { signals::set_stream_status(&app, &admin, id, Status::Disabled).await });
    race.commit_when_waited_for().await;
    stopping.await.unwrap().unwrap();
    assert_eq!(race.stream().await.unwrap().1, 1, "what says that it is disabled, and nothing else");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stream_that_was_deleted_or_disabled_meanwhile_is_told_nothing() {
    for ends in
        ["DELETE FROM signal_streams WHERE id = '$s'", "UPDATE signal_streams SET status = 'disabled' WHERE id = '$s'"]
    {
        let Some(race) = Race::poll().await else { return };
        let ana = race.house.person("Ana").await;
        sign_out(&race.house.app, &ana).await.unwrap();
        race.beside(&format!("BEGIN; SELECT 1 FROM signal_streams WHERE id = '$s' FOR UPDATE; {ends}")).await;
        let app = race.house.app.clone();
        let telling = tokio::spawn(async move { signals::tell(&app, "one").await });
        race.commit_when_waited_for().await;
        assert!(telling.await.unwrap().unwrap(), "{ends}");
        assert_eq!(race.stream().await.map_or(0, |(_, waiting)| waiting), 0, "{ends}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stream_that_was_deleted_meanwhile_is_not_given_up() {
    let Some(race) = Race::poll().await else { return };
    signals::send_verification(&race.house.app, &race.house.admin, race.id).await.unwrap();
    race.house.advance("P8D");
    race.beside(
        "BEGIN; UPDATE signal_receivers SET name = name WHERE id = '$r'; DELETE FROM signal_sets WHERE stream_id = '$s'; \
         DELETE FROM signal_streams WHERE id = '$s'",
    )
    .await;
    let app = race.house.app.clone();
    let sweeping = tokio::spawn(async move { sweep::sweep(&app).await });
    race.commit_when_waited_for().await;
    sweeping.await.unwrap().unwrap();
    assert!(race.stream().await.is_none(), "it stays deleted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stream_whose_receiver_came_meanwhile_is_not_given_up() {
    let Some(race) = Race::poll().await else { return };
    signals::send_verification(&race.house.app, &race.house.admin, race.id).await.unwrap();
    race.house.advance("P8D");
    race.beside(
        "BEGIN; UPDATE signal_receivers SET name = name WHERE id = '$r'; DELETE FROM signal_sets WHERE stream_id = '$s'; \
         UPDATE signal_streams SET description = 'new' WHERE id = '$s'",
    )
    .await;
    let app = race.house.app.clone();
    let sweeping = tokio::spawn(async move { sweep::sweep(&app).await });
    race.commit_when_waited_for().await;
    sweeping.await.unwrap().unwrap();
    let (stream, waiting) = race.stream().await.unwrap();
    assert_eq!((stream.status, stream.description.as_deref(), waiting), (Status::Enabled, Some("new"), 0));
}

/// What is sealed anew while the receiver asks for something stays so.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_header_that_was_sealed_anew_meanwhile_stays() {
    let delivery = json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": "https://lake.example.com/in", "authorization_header": "Bearer s3cret" });
    let Some(race) = Race::set(delivery).await else { return };
    let actor = Actor::receiver(race.id, "192.0.2.1");
    let said = |body: Value| body.as_object().unwrap().clone();
    let (verify, pause) =
        (said(json!({ "stream_id": race.stream })), said(json!({ "stream_id": race.stream, "status": "paused" })));
    let change = said(json!({ "description": "the lake" }));
    for (n, what) in ["verify", "pause", "change"].into_iter().enumerate() {
        race.beside(&format!("BEGIN; UPDATE signal_streams SET sealed_header = '\\x0{n}' WHERE id = '$s'")).await;
        let (app, actor, stream) = (race.house.app.clone(), actor.clone(), race.stream.clone());
        let (verify, pause, change) = (verify.clone(), pause.clone(), change.clone());
        let asking = tokio::spawn(async move {
            match what {
                "verify" => signals::verify_stream(&app, &actor, verify).await,
                "pause" => signals::set_status(&app, &actor, pause).await.map(|_| ()),
                _ => signals::change_stream(&app, &actor, stream, change, false).await.map(|_| ()),
            }
        });
        race.commit_when_waited_for().await;
        asking.await.unwrap().unwrap();
        assert_eq!(race.stream().await.unwrap().0.sealed_header, Some(vec![n as u8]), "{what}");
    }
    let found = race.stream().await.unwrap().0;
    assert_eq!((found.status, found.description.as_deref()), (Status::Paused, Some("the lake")));
    assert!(found.verified_at.is_some());
}
