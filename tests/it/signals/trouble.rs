//! What goes wrong within: it is seen, holds up nothing else, and another replica has its turn.

use super::{
    scene::{claims, event, held, house, receiver},
    sink::Sink,
};
use crate::support::{House, content, person_id};
use habilis::{
    access::rows::LockKind,
    actions::{lock::place_lock, sign_out::sign_out, signals},
    app::App,
    base::ids::{self, Id},
    db::sql,
    identity::actor::Actor,
    signals::rows::{self, Stream},
    tokens::seal::SealKey,
};
use serde_json::{Value, json};

/// A receiver with a stream, in a house without a server: nothing happens by itself.
async fn subscribed(house: &House, delivery: Value) -> Id<ids::Receiver> {
    let (id, _) = receiver(house, "https://lake.example.com/signals", None).await;
    let Value::Object(body) = json!({ "delivery": delivery }) else { unreachable!() };
    signals::create_stream(&house.app, &Actor::receiver(id, "192.0.2.1"), body).await.unwrap();
    id
}

async fn stream(house: &House, id: Id<ids::Receiver>) -> (Stream, i64) {
    let found = signals::read_receiver(&house.app, &house.admin, id).await.unwrap();
    let (stream, backlog) = found.stream.unwrap();
    (stream, backlog.waiting)
}

async fn lines(app: &App) -> usize {
    app.db.read(app.now(), |r| Ok(rows::signals_after(r, 0, 10_000)?.len())).await.unwrap()
}

/// One replica has another secret key, one has no key that signs: each notes what it lacks, waits, and leaves it to one that can.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_that_can_not_push_says_so_and_leaves_it_to_another() {
    let house = house(held()).await;
    let sink = Sink::start([]).await;
    let delivery =
        json!({ "method": "urn:ietf:rfc:8935", "endpoint_url": sink.base, "authorization_header": "Bearer s3cret" });
    let id = subscribed(&house, delivery).await;
    signals::send_verification(&house.app, &house.admin, id).await.unwrap();
    let of = stream(&house, id).await.0.id;
    let (strange, early) = (house.replica().await, crate::support::open(&house.engine, house.clock.clone()).await);
    let other = SealKey::parse("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=").unwrap();
    strange.keyring.sealing(|seal| *seal = other);
    for (n, replica) in [(1, &strange), (2, &early)] {
        assert!(!signals::deliver(replica, "unable", of).await.unwrap());
        let (found, waiting) = stream(&house, id).await;
        assert_eq!((found.failures, waiting), (n, 1));
        let words = found.last_error.unwrap();
        assert!(words.starts_with("it could not be sent from here: ") && !words.contains("s3cret"), "{words}");
        assert!(signals::due(&house.app).await.unwrap().is_empty(), "it waits before it tries again");
        if n == 1 {
            house.advance("PT6M");
            let failing = signals::failing(&house.app).await.unwrap();
            assert!(failing.len() == 1 && failing[0].2 == words, "the doctor says so: {failing:?}");
        }
    }
    assert!(sink.got().is_empty());
    // Sooner than a lease would run out.
    house.advance("PT3S");
    assert!(signals::deliver(&house.app, "able", of).await.unwrap());
    assert_eq!(event(&claims(&sink.wait_for(1).await[0].body)).0, "verification");
    let (found, waiting) = stream(&house, id).await;
    assert_eq!((found.failures, found.last_error, waiting), (0, None, 0));
}

/// More of what nobody can tell of than one transaction takes: what is behind it is told all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_be_told_holds_up_nothing_else() {
    const UNHEARD: i64 = 150;
    let house = house(held()).await;
    let id = subscribed(&house, json!({ "method": "urn:ietf:rfc:8936" })).await;
    let app = &house.app;
    let (ana, eve) = (house.person("Ana").await, house.person("Eve").await);
    sign_out(app, &ana).await.unwrap();
    app.db
        .write(app.now(), |w| {
            for _ in 0..UNHEARD {
                let now = w.now();
                sql("INSERT INTO signals (kind, subject_id, at) VALUES ('unheard-of', 'x', ?)").bind(&now).run(w)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    sign_out(app, &eve).await.unwrap();
    for _ in 0..2 {
        assert!(signals::tell(app, "one").await.is_err(), "it is no secret");
        assert_eq!(stream(&house, id).await.1, 2, "both sessions, once each");
        assert_eq!(lines(app).await, UNHEARD as usize);
    }
    assert_eq!(signals::untold(app).await.unwrap(), None);
    let at = app.now();
    house.advance("PT2M");
    assert!(signals::untold(app).await.unwrap().is_some_and(|since| since <= at));
}

/// A lock that concerns many is told of in many transactions.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_on_a_warehouse_is_spread_over_its_holders() {
    const MANY: usize = 520;
    let house = House::on(content::small(), held()).await;
    let app = &house.app;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let me = person_id(&ana);
    let warehouse = app
        .db
        .write(app.now(), move |w| {
            for n in 1..MANY {
                let (person, grant, now) = (Id::<ids::Person>::new(w.now()), Id::<ids::Grant>::new(w.now()), w.now());
                sql("INSERT INTO persons (id, email, name, state, created_at) VALUES (?, ?, 'One of many', 'active', ?)")
                    .bind(&person)
                    .bind(&format!("many.{n}@example.com"))
                    .bind(&now)
                    .run(w)?;
                sql("INSERT INTO grants (id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, \
                     ends_at, granted_at, grace_micros) SELECT ?, ?, role_id, warehouse_id, request_id, policy_id, state, \
                     starts_at, ends_at, granted_at, grace_micros FROM grants WHERE person_id = ?")
                .bind(&grant)
                .bind(&person)
                .bind(&me)
                .run(w)?;
            }
            Ok(sql("SELECT warehouse_id AS word FROM grants WHERE person_id = ?").bind(&me).one::<String>(w)?)
        })
        .await
        .unwrap();
    let id = subscribed(&house, json!({ "method": "urn:ietf:rfc:8936" })).await;
    house.advance("PT1S");
    place_lock(app, &house.admin, LockKind::Warehouse, warehouse, "leak".into()).await.unwrap();
    assert_eq!(lines(app).await, 1);
    assert!(signals::tell(app, "one").await.unwrap());
    // One line for each of the first five hundred, and one for the rest.
    assert_eq!((lines(app).await, stream(&house, id).await.1), (501, 0));
    assert!(signals::tell(app, "one").await.unwrap());
    assert_eq!((lines(app).await, stream(&house, id).await.1), (501 - 100 + 20, 99));
    while signals::tell(app, "one").await.unwrap() {}
    let of = stream(&house, id).await.0.id;
    let waiting = app.db.read(app.now(), move |r| Ok(rows::waiting(r, of, 10_000)?)).await.unwrap();
    let people: std::collections::BTreeSet<_> = waiting.iter().map(|one| one.person_id.unwrap().to_string()).collect();
    assert_eq!((waiting.len(), people.len(), lines(app).await), (MANY, MANY, 0));
    for one in &waiting {
        let (name, body) = event(&serde_json::from_str(&one.claims).unwrap());
        assert_eq!((name, &body["claims"]), ("token-claims-change", &json!({ "roles": [] })));
        assert_eq!(body["initiating_entity"], "admin", "who has placed the lock");
    }
}
