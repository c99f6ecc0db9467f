//! Publishers of the settings: a stream of NATS (the server of that name, where it is installed), and collectors of syslog.

use crate::{
    interop::apache,
    support::{House, code, content},
};
use habilis::{
    actions::{log, sinks},
    app::App,
    audit::sinks::{State, publisher::PublisherSettings},
    base::clock::{Clock, Time},
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::{TcpListener, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    time::Duration,
};

fn publisher(value: Value) -> PublisherSettings {
    serde_json::from_value(value).unwrap()
}

async fn house(publishers: Vec<PublisherSettings>) -> House {
    let clock = Clock::held(Time::parse("2026-03-01T09:00:00Z").unwrap());
    House::set(content::small(), clock, |settings| settings.publish = publishers).await
}

async fn deliver(app: &App) {
    log::sequence(app).await.unwrap();
    sinks::ensure_publishers(app).await.unwrap();
    for sink in sinks::due(app).await.unwrap() {
        sinks::deliver(app, "one", &sink).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn syslog_gets_each_event_with_its_length_before_it() {
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    udp.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let house = house(vec![
        publisher(json!({ "to": format!("syslog+tcp://{}", tcp.local_addr().unwrap()), "from_the_beginning": true })),
        publisher(json!({
            "to": format!("syslog+udp://{}", udp.local_addr().unwrap()), "from_the_beginning": true,
            "kinds": ["person.activated"],
        })),
    ])
    .await;
    let (sent, came) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in tcp.incoming() {
            let mut text = String::new();
            stream.unwrap().read_to_string(&mut text).unwrap();
            sent.send(text).unwrap();
        }
    });
    deliver(&house.app).await;
    let size = log::published(&house.app).await.unwrap().checkpoint.size;
    let text = came.recv_timeout(Duration::from_secs(10)).unwrap();
    let (mut rest, mut messages) = (text.as_str(), Vec::new());
    while let Some((length, after)) = rest.split_once(' ') {
        let (message, next) = after.split_at(length.parse().unwrap());
        messages.push(message);
        rest = next;
    }
    assert_eq!(messages.len() as u64, size, "{text}");
    assert!(messages.iter().all(|message| message.starts_with("<109>1 20") || message.starts_with("<108>1 20")));
    assert!(messages[0].contains("[habilis@32473 position=\"0\" id=\"evt_"), "{}", messages[0]);
    assert!(!text.contains("@example.com"), "no words leave");
    let mut datagram = [0; 4_096];
    let length = udp.recv(&mut datagram).unwrap();
    assert!(String::from_utf8_lossy(&datagram[..length]).contains(" person.activated "));
    // A collector that is away costs nothing but time.
    let (all, _) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all.len() == 2 && all.iter().all(|sink| sink.position == size && sink.last_error.is_none()), "{all:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_collector_did_not_read_is_sent_again() {
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let house = house(vec![publisher(json!({
        "to": format!("syslog+tcp://{}", tcp.local_addr().unwrap()), "from_the_beginning": true,
    }))])
    .await;
    let (sent, came) = mpsc::channel();
    std::thread::spawn(move || {
        // It dies with everything before it, and comes back.
        let (dying, _) = tcp.accept().unwrap();
        dying.peek(&mut [0]).unwrap();
        drop(dying);
        let (mut stream, _) = tcp.accept().unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        sent.send(text).unwrap();
    });
    deliver(&house.app).await;
    let (all, _) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all[0].position == 0 && all[0].last_error.is_some(), "{all:?}");
    house.advance("PT10M");
    deliver(&house.app).await;
    assert!(came.recv_timeout(Duration::from_secs(10)).unwrap().contains("position=\"0\""));
    let (all, size) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all[0].position == size && all[0].last_error.is_none(), "{all:?}");
}

/// What a collector answers by under TLS, a house that publishes to it, and where it listens.
async fn behind_tls(folder: &Path) -> (Arc<rustls::ServerConfig>, House, TcpListener) {
    let (certificate, key) = apache::certificate(folder);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_file(&certificate).unwrap()],
            PrivateKeyDer::from_pem_file(&key).unwrap(),
        )
        .unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let house = house(vec![publisher(json!({
        "to": format!("syslog+tls://localhost:{}", tcp.local_addr().unwrap().port()), "from_the_beginning": true,
        "ca_file": certificate,
    }))])
    .await;
    (Arc::new(config), house, tcp)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_anybody_may_have_closed_is_not_taken_for_read() {
    let folder = tempfile::tempdir().unwrap();
    let (config, house, tcp) = behind_tls(folder.path()).await;
    let (sent, came) = mpsc::channel();
    std::thread::spawn(move || {
        for says_so in [false, true] {
            let (stream, _) = tcp.accept().unwrap();
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut line = rustls::StreamOwned::new(connection, stream);
            let mut text = String::new();
            line.read_to_string(&mut text).unwrap();
            // The first time it ends as if somebody on the way had ended it: without a word of TLS.
            if says_so {
                line.conn.send_close_notify();
                line.flush().unwrap();
            }
            sent.send(text).unwrap();
        }
    });
    deliver(&house.app).await;
    came.recv_timeout(Duration::from_secs(10)).unwrap();
    let (all, _) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert_eq!((all[0].position, all[0].taken), (0, 0), "{all:?}");
    assert!(all[0].last_error.as_ref().unwrap().contains("close_notify"), "{all:?}");
    house.advance("PT10M");
    deliver(&house.app).await;
    assert!(came.recv_timeout(Duration::from_secs(10)).unwrap().contains("position=\"0\""));
    let (all, size) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all[0].position == size && all[0].last_error.is_none(), "{all:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_behind_tls_may_read_late_and_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (config, house, tcp) = behind_tls(folder.path()).await;
    let (sent, came) = mpsc::channel();
    std::thread::spawn(move || {
        let (stream, _) = tcp.accept().unwrap();
        let mut line = rustls::StreamOwned::new(rustls::ServerConnection::new(config).unwrap(), stream);
        // With the first byte it has sent its tickets, which nobody over there asks for.
        let mut first = [0];
        line.read_exact(&mut first).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        let mut rest = String::new();
        line.read_to_string(&mut rest).unwrap();
        line.conn.send_close_notify();
        sent.send((rest, line.flush().is_ok())).unwrap();
    });
    deliver(&house.app).await;
    let (text, open) = came.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(open, "the connection was there until everything was read");
    assert!(text.contains("position=\"0\""), "{text}");
    let (all, size) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all[0].position == size && all[0].last_error.is_none(), "{all:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_publisher_that_the_settings_name_no_more_is_not_looked_for_and_can_be_removed() {
    let house = house(vec![publisher(json!({ "to": "syslog+tcp://127.0.0.1:9", "from_the_beginning": true }))]).await;
    log::sequence(&house.app).await.unwrap();
    sinks::ensure_publishers(&house.app).await.unwrap();
    let due = sinks::due(&house.app).await.unwrap();
    assert_eq!(due.len(), 1);
    let mut settings = house.app.settings.clone();
    settings.publish = Vec::new();
    let clock = house.clock.clone();
    let without = tokio::task::spawn_blocking(move || App::open(settings, clock).unwrap()).await.unwrap();
    assert!(sinks::due(&without).await.unwrap().is_empty());
    let (all, _) = sinks::list_sinks(&without, &house.admin).await.unwrap();
    assert_eq!(all[0].state, State::Unnamed);
    let refused = sinks::remove_webhook(&house.app, &house.admin, &due[0]).await.unwrap_err();
    assert_eq!(code(&refused), "no-such-webhook", "it is named here");
    sinks::remove_webhook(&without, &house.admin, &due[0]).await.unwrap();
    assert!(sinks::list_sinks(&without, &house.admin).await.unwrap().0.is_empty());
    // Named again, it begins as one that is new.
    sinks::ensure_publishers(&house.app).await.unwrap();
    let (all, _) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert_eq!((all[0].state, all[0].position), (State::Enabled, 0));
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_takes_each_event_once_and_its_server_may_be_away() {
    let program = std::env::var("HABILIS_TEST_NATS").unwrap_or_else(|_| "/usr/sbin/nats-server".to_owned());
    if !Path::new(&program).exists() {
        // `tests/run` installs it; without it, nothing can be said of streams.
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let house = house(vec![publisher(json!({
        "to": format!("nats://127.0.0.1:{port}/habilis"), "from_the_beginning": true,
    }))])
    .await;
    // Nobody is there yet.
    deliver(&house.app).await;
    let (all, _) = sinks::list_sinks(&house.app, &house.admin).await.unwrap();
    assert!(all[0].position == 0 && all[0].last_error.is_some(), "{all:?}");

    let folder = house.engine.folder.path().join("nats");
    let child = Command::new(program)
        .args(["-js", "-a", "127.0.0.1", "-p", &port.to_string(), "-sd", folder.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _server = Server(child);
    let url = format!("nats://127.0.0.1:{port}");
    let mut client = None;
    for _ in 0..100 {
        client = async_nats::connect(&url).await.ok();
        if client.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let context = async_nats::jetstream::new(client.unwrap());
    let config = async_nats::jetstream::stream::Config {
        name: "audit".to_owned(),
        subjects: vec!["habilis.>".to_owned()],
        ..Default::default()
    };
    let mut stream = context.create_stream(config).await.unwrap();
    house.advance("PT10M");
    deliver(&house.app).await;
    let size = log::published(&house.app).await.unwrap().checkpoint.size;
    assert_eq!(stream.info().await.unwrap().state.messages, size);
    let first = stream.get_raw_message(1).await.unwrap();
    let event: Value = serde_json::from_slice(&first.payload).unwrap();
    assert_eq!((&event["specversion"], &event["data"]["position"]), (&json!("1.0"), &json!(0)));
    assert_eq!(first.subject.as_str(), format!("habilis.{}", event["data"]["kind"].as_str().unwrap()));
    // Sent again, as after a process that died before its note: the stream knows them by their ids.
    house
        .app
        .db
        .write(house.app.now(), |w| Ok(habilis::db::sql("UPDATE event_sinks SET position = 0").run(w)?))
        .await
        .unwrap();
    deliver(&house.app).await;
    assert_eq!(stream.info().await.unwrap().state.messages, size);
}
