//! Webhooks: nothing lost, nothing sent twice to one that took it, nothing leaked.

use super::receiver::{Answer, Came, Receiver};
use crate::support::{House, actor, code, content, person_id, program, web::Served};
use habilis::{
    actions::{
        change_person, log,
        sinks::{self, WantedWebhook},
    },
    app::App,
    audit::{
        event::What,
        sinks::{Sink, State},
    },
    base::{
        clock::{Clock, Time},
        webhook::Secret,
    },
    db::sql,
    identity::{actor::Actor, person::Capabilities, secret},
};
use reqwest::Method;
use serde_json::Value;
use std::{collections::BTreeSet, time::Duration};

pub async fn house() -> House {
    let clock = Clock::held(Time::parse("2026-03-01T09:00:00Z").unwrap());
    House::set(content::small(), clock, |settings| {
        settings.outbound_networks = serde_json::from_value(serde_json::json!(["127.0.0.0/8"])).unwrap();
    })
    .await
}

pub async fn made(house: &House, wanted: WantedWebhook) -> (Sink, Secret) {
    let made = sinks::make_webhook(&house.app, &house.admin, wanted).await.unwrap();
    (made.sink, made.secret)
}

pub fn wanted(receiver: &Receiver) -> WantedWebhook {
    WantedWebhook { name: "Ticketing".to_owned(), address: receiver.url.clone(), ..WantedWebhook::default() }
}

/// Does what the jobs do, once.
pub async fn deliver(app: &App) {
    log::sequence(app).await.unwrap();
    for sink in sinks::due(app).await.unwrap() {
        sinks::deliver(app, "one", &sink).await.unwrap();
    }
}

async fn found(house: &House, sink: &Sink) -> Sink {
    sinks::read_webhook(&house.app, &house.admin, sink.id.parse().unwrap()).await.unwrap()
}

fn position(came: &Came) -> u64 {
    serde_json::from_str::<Value>(&came.body).unwrap()["data"]["position"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_is_down_for_an_hour_gets_everything_once_and_in_order() {
    let house = house().await;
    log::sequence(&house.app).await.unwrap();
    let receiver = Receiver::start();
    let (sink, secret) = made(&house, wanted(&receiver)).await;
    let begin = sink.position;
    // For an hour it is down, hangs up, leads elsewhere, or says no.
    receiver.then([503, 500, 404, 401, 429].map(Answer::Status));
    receiver.then([Answer::Silence, Answer::Elsewhere]);
    receiver.henceforth(Answer::Status(503));
    for n in 0..60 {
        if n % 10 == 0 {
            house.person(&format!("Person {}", char::from(b'A' + n / 10))).await;
        }
        deliver(&house.app).await;
        house.advance("PT1M");
    }
    let failing = found(&house, &sink).await;
    assert!(failing.failures >= 10 && failing.position == begin, "{failing:?}");
    assert!(failing.last_error.as_deref() == Some("it answers with status 503"), "{failing:?}");
    let tried = receiver.came().len();
    assert!((10..61).contains(&tried), "it is not called at every look: {tried}");
    assert!(receiver.came().iter().all(|came| position(came) == begin), "nothing goes past what was not taken");
    // It comes back, slowly at first.
    receiver.henceforth(Answer::Status(204));
    receiver.then([Answer::Slow(300)]);
    for _ in 0..3 {
        house.advance("PT6M");
        deliver(&house.app).await;
    }
    let size = log::published(&house.app).await.unwrap().checkpoint.size;
    let taken: Vec<Came> = receiver.came().into_iter().filter(|came| came.taken).collect();
    let positions: Vec<u64> = taken.iter().map(position).collect();
    assert_eq!(positions, (begin..size).collect::<Vec<_>>(), "each once, in order");
    let well = found(&house, &sink).await;
    assert_eq!((well.position, well.failures, well.last_error), (size, 0, None));
    assert_eq!(well.taken, i64::try_from(size - begin).unwrap());

    let ids: BTreeSet<&str> = taken.iter().map(|came| came.head("webhook-id")).collect();
    assert_eq!(ids.len(), taken.len());
    for came in &taken {
        let seconds = came.head("webhook-timestamp").parse().unwrap();
        assert_eq!(came.head("webhook-signature"), secret.sign(came.head("webhook-id"), seconds, &came.body));
        assert_eq!(came.head("content-type"), "application/cloudevents+json");
        let event: Value = serde_json::from_str(&came.body).unwrap();
        assert_eq!(event["id"], came.head("webhook-id"));
        assert_eq!(event["specversion"], "1.0");
        assert!(
            !came.body.contains("Person A") && !came.body.contains("@example.com"),
            "no words leave: {}",
            came.body
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_held_sent_back_narrowed_and_signed_by_two_secrets() {
    let house = house().await;
    let receiver = Receiver::start();
    let narrowed = WantedWebhook {
        kinds: Some(vec!["person.invited".to_owned()]),
        batch: Some(50),
        from: Some(0),
        ..wanted(&receiver)
    };
    let (sink, first) = made(&house, narrowed).await;
    let id = sink.id.parse().unwrap();
    house.person("Ana Verano").await;
    house.person("Bruno Costa").await;
    deliver(&house.app).await;
    let came = receiver.came();
    assert_eq!(came.len(), 1, "one call for all of them");
    assert_eq!(came[0].head("content-type"), "application/cloudevents-batch+json");
    let events: Vec<Value> = serde_json::from_str(&came[0].body).unwrap();
    assert!(events.len() == 2 && events.iter().all(|event| event["type"] == "habilis.person.invited"), "{events:?}");

    // Two replicas at once: nothing twice.
    house.person("Chloé Roux").await;
    log::sequence(&house.app).await.unwrap();
    let other = house.replica().await;
    let (one, two) = tokio::join!(sinks::deliver(&house.app, "one", &sink.id), sinks::deliver(&other, "two", &sink.id));
    one.unwrap();
    two.unwrap();
    assert_eq!(receiver.came().len(), 2);

    sinks::pause_webhook(&house.app, &house.admin, id, true).await.unwrap();
    house.person("Diego Luna").await;
    deliver(&house.app).await;
    assert_eq!(receiver.came().len(), 2, "held");
    let second = sinks::renew_webhook_secret(&house.app, &house.admin, id).await.unwrap();
    sinks::pause_webhook(&house.app, &house.admin, id, false).await.unwrap();
    deliver(&house.app).await;
    let last = receiver.came().pop().unwrap();
    let seconds = last.head("webhook-timestamp").parse().unwrap();
    let both = [&second, &first].map(|secret| secret.sign(last.head("webhook-id"), seconds, &last.body)).join(" ");
    assert_eq!(last.head("webhook-signature"), both);
    house.advance("PT25H");
    sinks::replay_webhook(&house.app, &house.admin, id, 0).await.unwrap();
    deliver(&house.app).await;
    let again = receiver.came().pop().unwrap();
    assert_eq!(serde_json::from_str::<Vec<Value>>(&again.body).unwrap().len(), 4, "from the beginning");
    let seconds = again.head("webhook-timestamp").parse().unwrap();
    assert_eq!(again.head("webhook-signature"), second.sign(again.head("webhook-id"), seconds, &again.body));

    // One that says that it is gone is asked no more; an admin can let it flow again.
    house.person("Emma Petit").await;
    let changes = house.events("webhook.changed").await;
    receiver.then([Answer::Status(410)]);
    deliver(&house.app).await;
    assert_eq!(found(&house, &sink).await.state, State::Gone);
    assert_eq!(house.events("webhook.changed").await, changes + 1, "it stands in the log");
    let calls = receiver.came().len();
    house.advance("PT1H");
    deliver(&house.app).await;
    assert_eq!(receiver.came().len(), calls);
    sinks::pause_webhook(&house.app, &house.admin, id, false).await.unwrap();
    deliver(&house.app).await;
    assert_eq!(receiver.came().len(), calls + 1, "nothing was lost");

    // The command line sees and does the same.
    let run = |arguments: &[&str]| {
        let done = program::command(&house, arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    assert!(run(&["webhooks", "list"]).contains("Ticketing"));
    assert!(run(&["webhooks", "replay", &sink.id, "--from", "0"]).contains("goes on from position 0"));
    assert!(run(&["webhooks", "secret", &sink.id]).contains("whsec_"));
    run(&["webhooks", "pause", &sink.id]);
    run(&["webhooks", "resume", &sink.id]);
    run(&["webhooks", "remove", &sink.id]);
    let gone = sinks::read_webhook(&house.app, &house.admin, id).await.unwrap_err();
    assert_eq!(code(&gone), "no-such-webhook");
}

/// Begins to send to a sink, and waits until its receiver has been called.
async fn begun(house: &House, sink: &Sink, receiver: &Receiver) -> tokio::task::JoinHandle<()> {
    log::sequence(&house.app).await.unwrap();
    let (app, id) = (house.app.clone(), sink.id.clone());
    let sending = tokio::spawn(async move { sinks::deliver(&app, "one", &id).await.unwrap() });
    while receiver.came().is_empty() && !sending.is_finished() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sending
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_stops_brings_one_call_to_its_end_and_leaves_the_rest_to_others() {
    let house = house().await;
    let receiver = Receiver::start();
    let (sink, _) = made(&house, wanted(&receiver)).await;
    for name in ["Ana Verano", "Bruno Costa", "Chloé Roux"] {
        house.person(name).await;
    }
    let other = house.replica().await;
    receiver.then([Answer::Slow(500)]);
    let sending = begun(&house, &sink, &receiver).await;
    house.app.stop();
    sending.await.unwrap();
    assert_eq!(receiver.came().len(), 1, "no other call is begun");
    assert_eq!(found(&house, &sink).await.position, sink.position + 1, "what it came to is noted");
    sinks::deliver(&other, "two", &sink.id).await.unwrap();
    assert!(receiver.came().len() > 3, "another replica goes on at once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_that_was_removed_while_it_was_called_stays_so_whatever_it_says() {
    let house = house().await;
    let receiver = Receiver::start();
    let (sink, _) = made(&house, wanted(&receiver)).await;
    house.person("Ana Verano").await;
    receiver.then([Answer::Late(410, 500)]);
    let sending = begun(&house, &sink, &receiver).await;
    sinks::remove_webhook(&house.app, &house.admin, &sink.id).await.unwrap();
    sending.await.unwrap();
    let (all, _) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all.is_empty(), "{all:?}");
    assert_eq!(house.events("webhook.changed").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_of_a_rare_kind_arrives_however_many_lie_before_it() {
    let house = house().await;
    let receiver = Receiver::start();
    let narrowed = WantedWebhook { kinds: Some(vec!["person.invited".to_owned()]), from: Some(0), ..wanted(&receiver) };
    let (sink, _) = made(&house, narrowed).await;
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20500) \
                INSERT INTO events (id, at, kind, outcome, actor, address, data) \
                SELECT 'evt_' || i, 1, 'refused', 'refused', 'anonymous', '', '{}' FROM n";
    house.app.db.write(house.app.now(), move |w| Ok(sql(many).run(w)?)).await.unwrap();
    house.person("Ana Verano").await;
    deliver(&house.app).await;
    let came = receiver.came();
    assert!(came.len() == 1 && position(&came[0]) > 20_500, "{came:?}");
    let size = log::published(&house.app).await.unwrap().checkpoint.size;
    assert_eq!(found(&house, &sink).await.position, size);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_reaches_through_a_webhook_what_only_this_service_can() {
    // Without the setting, the loopback is out of reach; so are metadata services, and names that lead inside.
    let house = House::new().await;
    let make = async |who: &Actor, address: &str| {
        let wanted = WantedWebhook { name: "x".to_owned(), address: address.to_owned(), ..WantedWebhook::default() };
        sinks::make_webhook(&house.app, who, wanted).await.map(|made| made.sink)
    };
    for address in [
        "http://127.0.0.1:9/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://0x7f000001/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://user:password@example.com/",
        "http://example.com/",
        "ftp://example.com/",
        "gopher://example.com/",
        "/in",
    ] {
        assert_eq!(code(&make(&house.admin, address).await.unwrap_err()), "webhook-address", "{address}");
    }
    // A name that leads to the loopback is only found out when it is called: then it is not.
    let sink = make(&house.admin, "https://localhost/in").await.unwrap();
    deliver(&house.app).await;
    let failed = found(&house, &sink).await;
    assert!(failed.last_error.as_deref().is_some_and(|why| why.contains("not public")), "{failed:?}");
    // Only admins make them; auditors see them.
    let ana = house.person("Ana Verano").await;
    assert_eq!(code(&make(&ana, "https://example.com/").await.unwrap_err()), "capability-missing");
    assert_eq!(code(&sinks::list_sinks(&house.app, &ana).await.unwrap_err()), "capability-missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_exactly_a_webhook_is_called_is_for_admins_and_not_for_the_log() {
    let house = house().await;
    let address = "https://hooks.example.com:8443/services/T000/SECRETTOKEN?key=abc";
    let wanted = WantedWebhook { name: "Chat".to_owned(), address: address.to_owned(), ..WantedWebhook::default() };
    let (sink, _) = made(&house, wanted).await;
    let id = sink.id.parse().unwrap();
    let auditor = house.person("Odile").await;
    let may = Capabilities { auditor: true, ..Capabilities::default() };
    change_person::change_capabilities(&house.app, &house.admin, person_id(&auditor), may).await.unwrap();
    let bearer = secret::Secret::presented(&house.bearer(&auditor).await);
    let auditor = actor(&house.app, &bearer).await;
    let seen = async |who: &Actor| {
        let one = sinks::read_webhook(&house.app, who, id).await.unwrap();
        let (all, _) = sinks::list_sinks(&house.app, who).await.unwrap();
        [one.address, all[0].address.clone()]
    };
    assert_eq!(seen(&house.admin).await, [address; 2]);
    assert_eq!(seen(&auditor).await, ["https://hooks.example.com:8443"; 2]);
    // The log and its words say where it leads, and no more.
    sinks::pause_webhook(&house.app, &house.admin, id, true).await.unwrap();
    let words: Vec<String> = house
        .app
        .db
        .read(house.app.now(), |r| {
            let words = "SELECT e.data || COALESCE(p.texts, '') AS word FROM events e \
                         LEFT JOIN event_private p ON p.event_id = e.id WHERE e.kind LIKE 'webhook.%' ORDER BY e.seq";
            Ok(sql(words).all(r)?)
        })
        .await
        .unwrap();
    assert!(words.len() == 2 && words[0].contains("https://hooks.example.com:8443"), "{words:?}");
    assert!(!words.concat().contains("SECRETTOKEN") && !words.concat().contains("key=abc"), "{words:?}");
}

/// What subscribers rely on: members and kinds may be added to these, and none may go.
#[test]
fn the_schema_of_events_only_grows() {
    let frozen: Value = serde_json::from_str(include_str!("event-1.frozen.json")).unwrap();
    let schema = habilis::audit::sinks::cloud_event::schema("https://a.example.com");
    for (name, kind) in frozen["members"].as_object().unwrap() {
        let now = &schema["properties"][name];
        assert!(now.is_object(), "the member {name} is gone");
        assert_eq!(&now["type"], kind, "{name} is something else now");
    }
    for kind in frozen["kinds"].as_array().unwrap() {
        assert!(What::from_word(kind.as_str().unwrap()).is_some(), "the kind {kind} is gone");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_watches_is_woken_by_one_that_takes_nothing() {
    let house = house().await;
    let receiver = Receiver::start();
    receiver.henceforth(Answer::Status(503));
    let (sink, _) = made(&house, wanted(&receiver)).await;
    deliver(&house.app).await;
    house.advance("PT10M");
    deliver(&house.app).await;
    house.advance("1s");
    let failing = found(&house, &sink).await;
    assert_eq!(failing.failures, 2, "{failing:?}");
    let served = Served::start(house).await;
    let text = served.call(Method::GET, "/metrics").send().await.unwrap().text().await.unwrap();
    let figure = |name: &str| -> i64 {
        let mut lines = text.lines().filter(|line| line.starts_with(&format!("habilis_{name}{{")));
        let line = lines.find(|line| line.contains(&sink.id)).unwrap_or_else(|| panic!("no {name}: {text}"));
        assert!(line.contains("name=\"Ticketing\"") && line.contains("state=\"enabled\""), "{line}");
        line.rsplit_once(' ').unwrap().1.parse().unwrap()
    };
    assert!(figure("event_sink_behind") > 0);
    assert_eq!(figure("event_sink_failures"), 2);
    assert!((600..700).contains(&figure("event_sink_failing_seconds")), "{text}");
    let bearer = served.house.bearer(&served.house.admin).await;
    let (_, page) = served.page(&bearer, "/webhooks").await;
    assert!(page.contains("takes nothing since") && page.contains("2 attempts failed"), "{page}");
    let output = program::command(&served.house, &["doctor"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let line = said.lines().find(|line| line.contains("Ticketing")).unwrap_or_else(|| panic!("{said}"));
    assert!(line.starts_with("warning") && line.contains("503") && line.contains("webhooks pause"), "{line}");
    assert!(!said.contains(&receiver.url), "{said}");
}
