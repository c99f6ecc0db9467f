//! Checkpoints outside: in a file, by a webhook, in a store; late rather than never, and never by who may not.

use crate::support::{House, SECRET_KEY, content, settings};
use habilis::{
    actions::log,
    app::App,
    audit::log::{note, place::CopySettings},
    base::{
        clock::{Clock, Time},
        webhook,
    },
    db::sql,
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
};

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

/// A request as it came in.
#[derive(Clone, Debug)]
struct Came {
    line: String,
    heads: Vec<(String, String)>,
    body: String,
}

impl Came {
    fn head(&self, name: &str) -> &str {
        self.heads.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// Answers every request with the status that stands first in the list; with 200 once that is empty. Whoever looks at what is
/// there gets what was put there last.
fn listen(answers: &[u16]) -> (String, Arc<Mutex<Vec<Came>>>) {
    listen_with(answers, None)
}

/// As [`listen`], with something else that is there.
fn listen_with(answers: &[u16], there: Option<&'static str>) -> (String, Arc<Mutex<Vec<Came>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let came: Arc<Mutex<Vec<Came>>> = Arc::default();
    let (kept, mut answers) = (Arc::clone(&came), answers.to_vec());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let mut heads = Vec::new();
            loop {
                let mut head = String::new();
                reader.read_line(&mut head).unwrap();
                let Some((name, value)) = head.trim().split_once(": ") else { break };
                heads.push((name.to_ascii_lowercase(), value.to_owned()));
            }
            let length = heads.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let looks = line.starts_with("GET ");
            let last = kept.lock().unwrap().last().map(|came: &Came| came.body.clone()).unwrap_or_default();
            let shown = if looks { there.map_or(last, str::to_owned) } else { String::new() };
            kept.lock().unwrap().push(Came { line, heads, body: String::from_utf8(body).unwrap() });
            let status = if looks || answers.is_empty() { 200 } else { answers.remove(0) };
            let more = if status == 302 { "location: http://127.0.0.1:1/\r\n" } else { "" };
            let length = shown.len();
            let head = format!("HTTP/1.1 {status} X\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n");
            write!(stream, "{head}{shown}").unwrap();
        }
    });
    (address, came)
}

fn place(to: String) -> CopySettings {
    CopySettings { to, secret: None, endpoint: None, region: None, access_key: None, secret_key: None }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn checkpoints_reach_every_place_outside_whatever_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("outside.notes");
    // Down, redirecting, down, and then well.
    let (hook, hooked) = listen(&[503, 302, 500]);
    // Well, and later it has the object already.
    let (endpoint, stored) = listen(&[200, 412]);
    let places = vec![
        place(format!("file://{}", file.display())),
        CopySettings { secret: Some(habilis::settings::Hidden::new(SECRET)), ..place(format!("{hook}/checkpoints")) },
        store(endpoint),
    ];
    let clock = Clock::held(Time::parse("2026-03-01T09:00:00Z").unwrap());
    let house = House::set(content::small(), clock, |settings| settings.log_copy = places).await;
    log::sequence(&house.app).await.unwrap();
    let key: note::VerifierKey = log::published(&house.app).await.unwrap().keys[0].parse().unwrap();
    for _ in 0..12 {
        log::copy_where_due(&house.app, "one").await.unwrap();
        house.advance("PT20S");
    }
    let first = log::published(&house.app).await.unwrap().checkpoint;
    let notes = note::several(&std::fs::read_to_string(&file).unwrap());
    assert_eq!(notes, std::slice::from_ref(&first.note), "once");
    let came = hooked.lock().unwrap().clone();
    assert_eq!(came.len(), 4, "until it was taken, and not again: {came:?}");
    let secret = webhook::Secret::parse(SECRET).unwrap();
    for one in &came {
        assert_eq!(one.head("webhook-id"), format!("log-checkpoint-{}", first.size));
        let sent = one.head("webhook-timestamp").parse().unwrap();
        assert_eq!(one.head("webhook-signature"), secret.sign(one.head("webhook-id"), sent, &one.body));
        let body: serde_json::Value = serde_json::from_str(&one.body).unwrap();
        assert_eq!((body["type"].as_str(), body["data"]["size"].as_u64()), (Some("log.checkpoint"), Some(first.size)));
        assert!(note::open(body["data"]["checkpoint"].as_str().unwrap(), std::slice::from_ref(&key)).is_ok());
    }
    let came = stored.lock().unwrap().clone();
    assert_eq!(came.len(), 1);
    assert!(came[0].line.starts_with(&format!("PUT /audit/habilis/{:020}.note?", first.size)), "{}", came[0].line);
    for part in ["X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Credential=AKIAEXAMPLE", "eu-west-3", "X-Amz-Signature="] {
        assert!(came[0].line.contains(part), "{part}: {}", came[0].line);
    }
    assert_eq!((came[0].head("if-none-match"), came[0].body.as_str()), ("*", first.note.as_str()));

    // What comes later goes there, too; a store that has it already is as good.
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let last = log::published(&house.app).await.unwrap().checkpoint;
    for _ in 0..2 {
        house.advance("PT61S");
        log::copy_where_due(&house.app, "two").await.unwrap();
    }
    assert_eq!(note::several(&std::fs::read_to_string(&file).unwrap()), [first.note, last.note]);
    assert_eq!((hooked.lock().unwrap().len(), stored.lock().unwrap().len()), (5, 3), "the store is asked what it has");
    let copies = log::copies(&house.app).await.unwrap();
    assert!(copies.iter().all(|place| place.copied.as_ref().unwrap().size == last.size), "{copies:?}");
    assert!(copies.iter().all(|place| place.lacks_since.is_none()), "{copies:?}");
    assert_eq!(copies[1].label, hook, "an address is shown without its path");
}

fn store(endpoint: String) -> CopySettings {
    CopySettings {
        endpoint: Some(endpoint),
        region: Some("eu-west-3".to_owned()),
        access_key: Some("AKIAEXAMPLE".to_owned()),
        secret_key: Some(habilis::settings::Hidden::new("secret")),
        ..place("s3://audit/habilis".to_owned())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_has_something_else_there_does_not_count_as_one_that_has_it() {
    // Busy with another call of that name, and then with something else in its place.
    let (endpoint, _) = listen_with(&[409, 412], Some("another note"));
    let clock = Clock::held(Time::parse("2026-03-01T09:00:00Z").unwrap());
    let house = House::set(content::small(), clock, |settings| settings.log_copy = vec![store(endpoint)]).await;
    log::sequence(&house.app).await.unwrap();
    for said in ["status 409", "another object"] {
        log::copy_where_due(&house.app, "one").await.unwrap();
        let there = log::copies(&house.app).await.unwrap().remove(0);
        assert!(there.lacks_since.is_some(), "{there:?}");
        let copied = there.copied.unwrap();
        assert!(copied.size == 0 && copied.last_error.as_deref().unwrap().contains(said), "{copied:?}");
        house.advance("PT20S");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_that_hangs_holds_up_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("outside.notes");
    // It takes calls and never answers them.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let hook = format!("http://{}/checkpoints", silent.local_addr().unwrap());
    let places = vec![
        CopySettings { secret: Some(habilis::settings::Hidden::new(SECRET)), ..place(hook) },
        place(format!("file://{}", file.display())),
    ];
    let clock = Clock::held(Time::parse("2026-03-01T09:00:00Z").unwrap());
    let house = House::set(content::small(), clock, |settings| settings.log_copy = places).await;
    log::sequence(&house.app).await.unwrap();
    let app = house.app.clone();
    let copying = tokio::spawn(async move { log::copy_where_due(&app, "one").await });
    for _ in 0..400 {
        if file.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(file.exists() && !copying.is_finished(), "the file does not wait for the call");
    copying.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_owns_nothing_can_add_to_the_log_and_not_change_it() {
    let house = House::new().await;
    if !house.engine.is_postgres() {
        return;
    }
    let (server, name) = house.engine.server();
    let login = format!("l{}", uuid::Uuid::new_v4().simple());
    crate::support::engine::run(server, &format!("CREATE ROLE {login} LOGIN")).await;
    let mut url = url::Url::parse(&house.engine.url).unwrap();
    let owner = url.to_string();
    url.set_username(&login).unwrap();
    let mut settings = settings(&house.engine);
    settings.database_url = Some(habilis::settings::Hidden::new(url.to_string()));
    settings.database_owner_url = Some(habilis::settings::Hidden::new(owner));
    assert!(settings.secret_key.as_ref().is_some_and(|key| key.reveal() == SECRET_KEY));
    let clock = house.clock.clone();
    let app = tokio::task::spawn_blocking(move || App::open(settings, clock).unwrap()).await.unwrap();
    // The service does its work.
    log::sequence(&app).await.unwrap();
    assert!(log::published(&app).await.unwrap().checkpoint.size > 0);
    assert!(!log::may_rewrite(&app).await.unwrap() && log::may_rewrite(&house.app).await.unwrap());
    // And can do nothing else, whatever it switches off.
    for statement in [
        "UPDATE events SET actor = 'x'",
        "DELETE FROM events",
        "TRUNCATE events CASCADE",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "DROP TRIGGER events_append_only ON events",
        "SET session_replication_role = replica",
        "UPDATE state_changes SET reason = ''",
        "UPDATE log_leaves SET position = 1",
        "DELETE FROM log_checkpoints",
        "DELETE FROM log_tiles",
        "DROP TABLE log_leaves",
        "CREATE TABLE mine (n BIGINT)",
    ] {
        let refused = app.db.write(app.now(), move |w| Ok(sql(statement).run(w)?)).await;
        let said = refused.expect_err(statement).to_string();
        assert!(said.contains("permission denied") || said.contains("must be owner"), "{statement}: {said}");
    }
    drop(app);
    let all = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
    crate::support::engine::run(server, &all).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_that_is_said_to_have_more_than_there_is_gets_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("outside.notes");
    let clock = Clock::held(Time::parse("2026-03-01T09:00:00Z").unwrap());
    let places = vec![place(format!("file://{}", file.display()))];
    let house = House::set(content::small(), clock, |settings| settings.log_copy = places).await;
    log::copy_where_due(&house.app, "one").await.unwrap();
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let more = "UPDATE log_copies SET size = 2305843009213693952, copied_at = 253402207200000000";
    house.app.db.write(house.app.now(), move |w| Ok(sql(more).run(w)?)).await.unwrap();
    assert!(log::copies(&house.app).await.unwrap()[0].claims_more);
    house.advance("PT1M");
    log::copy_where_due(&house.app, "one").await.unwrap();
    let last = log::published(&house.app).await.unwrap().checkpoint;
    let kept = note::several(&std::fs::read_to_string(&file).unwrap());
    assert_eq!(kept.last(), Some(&last.note));
    assert!(!log::copies(&house.app).await.unwrap()[0].claims_more);
}
