//! Mail: what became of it is told, in time; a server that hangs holds up nobody else.

use super::house_with;
use crate::support::{House, content, person_id, web::Served};
use habilis::{
    actions::{load_content, notify},
    base::{ids::Id, refusal::Fault},
    certification::notice::{About, NoticeKind},
    curriculum::source::Source,
    identity::actor::Actor,
    mail,
    settings::Hidden,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// A mail server on the loopback: takes what is sent, or says nothing at all.
#[derive(Clone)]
struct Server {
    address: std::net::SocketAddr,
    calls: Arc<Mutex<Vec<TcpStream>>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(hangs: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (calls, mails) = Default::default();
        let server = Self { address: listener.local_addr().unwrap(), calls, mails };
        let own = server.clone();
        std::thread::spawn(move || {
            for call in listener.incoming() {
                let call = call.unwrap();
                own.calls.lock().unwrap().push(call.try_clone().unwrap());
                if !hangs {
                    let mail = take(&call);
                    own.mails.lock().unwrap().push(mail);
                }
            }
        });
        server
    }

    fn called(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    async fn house(&self) -> House {
        house_with(|settings| {
            settings.smtp_url = Some(Hidden::new(format!("smtp://{}", self.address)));
            settings.mail_from = Some("Academy <academy@mail.example.com>".into());
        })
        .await
    }
}

/// One mail, as RFC 5321 has it, section 4.1.1; none of the extensions.
fn take(mut call: &TcpStream) -> String {
    let mut lines = BufReader::new(call.try_clone().unwrap()).lines();
    let mut say = |words: &str| call.write_all(format!("{words}\r\n").as_bytes()).unwrap();
    let mut mail = String::new();
    say("220 mail.example.com");
    while let Some(Ok(line)) = lines.next() {
        match line.split(' ').next().unwrap() {
            "DATA" => {
                say("354 go on");
                mail.extend(
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").map(|line| line + "\n"),
                );
                say("250 taken");
            }
            "QUIT" => {
                say("221 bye");
                break;
            }
            _ => say("250 yes"),
        }
    }
    mail
}

/// Invites somebody over HTTP; how it was answered, and how long that took.
async fn invited(served: &Served, name: &str) -> (Value, Duration) {
    let bearer = served.house.bearer(&served.house.admin).await;
    let started = Instant::now();
    let sent = json!({ "email": format!("{name}@example.com"), "name": name });
    let (status, body) = served.api(&bearer, Method::POST, "/api/v1/people", sent).await;
    assert_eq!(status, 201, "{body}");
    let elapsed = started.elapsed();
    let link = format!("/api/v1/people/{}/link", body["person"]["id"].as_str().unwrap());
    let (status, again) = served.api(&bearer, Method::POST, &link, Value::Null).await;
    assert_eq!((status.as_u16(), &again["mailed"]), (201, &body["mailed"]), "{again}");
    assert_eq!(body["link"]["mailed"], body["mailed"]);
    (body, elapsed)
}

#[tokio::test]
async fn what_became_of_an_invitation_s_mail_is_told() {
    let server = Server::start(false);
    let served = Served::start(server.house().await).await;
    let (body, _) = invited(&served, "ana").await;
    assert_eq!(body["mailed"], "sent");
    let mails = server.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 2);
    assert!(mails[0].contains("To: ana@example.com"), "{}", mails[0]);
    let header = |mail: &str, name: &str| {
        let found: Vec<_> = mail.lines().filter_map(|line| line.strip_prefix(name)).map(str::to_owned).collect();
        assert_eq!(found.len(), 1, "{name} {mail}");
        found.concat()
    };
    let names: Vec<_> = mails.iter().map(|mail| header(mail, "Message-ID: ")).collect();
    assert!(names[0] != names[1] && names[0].ends_with("@mail.example.com>"), "{names:?}");
    assert!(header(&mails[0], "Date: ").starts_with("Mon, 02 Mar 2026 08:00:0"), "the house's clock: {}", mails[0]);

    let nowhere = Served::start(House::new().await).await;
    assert_eq!(invited(&nowhere, "ana").await.0["mailed"], "not_set_up");
}

#[tokio::test]
async fn a_mail_server_that_hangs_holds_up_an_invitation_for_seconds() {
    let server = Server::start(true);
    let served = Served::start(server.house().await).await;
    let (body, elapsed) = invited(&served, "ana").await;
    assert_eq!(body["mailed"], "failed");
    assert!(body["link"]["url"].as_str().unwrap().contains("/welcome/"), "the link is there all the same");
    assert!(elapsed < Duration::from_secs(8), "{elapsed:?}");
    assert_eq!(server.called(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_hangs_holds_up_neither_content_nor_keys() {
    let server = Server::start(true);
    let house = server.house().await;
    let replica = house.replica().await;
    let ana = person_id(&house.person("Ana").await);
    for n in 0..5 {
        let alpha = || "alpha".parse().unwrap();
        let now = house.app.now();
        let about =
            About::Certificate { certificate: Id::new(now), certification: alpha(), course: alpha(), until: now };
        let tell = move |w: &mut habilis::db::Writing<'_>| {
            let (by, once) = (Actor::system("test").by(), format!("once {n}"));
            Ok::<_, Fault>(notify::tell(w, &by, ana, NoticeKind::CertificateLapses, &once, &about)?)
        };
        assert!(house.app.db.write(now, tell).await.unwrap());
    }
    let served = Served::start(house).await;
    let wait = async |what: &str, most: u64, done: &dyn Fn() -> bool| {
        let started = Instant::now();
        while !done() {
            assert!(started.elapsed() < Duration::from_secs(most), "{what} did not happen");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    wait("mailing", 60, &|| server.called() > 0).await;
    let mut files = content::files();
    content::put_course(&mut files, "alpha", 2, 0);
    let loaded = load_content::load_content(&replica, &Actor::operator("test"), Source::from_files(files)).await;
    let version = loaded.map(|version| version.hash).unwrap();
    let app = &served.house.app;
    wait("following", 8, &|| app.content().unwrap().version.hash == version).await;
    assert_eq!(server.called(), 1, "the first mail still hangs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_about_a_role_that_is_gone_leads_to_a_page_that_is_there() {
    let server = Server::start(false);
    let house = server.house().await;
    let (ana, now) = (person_id(&house.person("Ana").await), house.app.now());
    for role in ["reader", "vault"] {
        let slug = || role.parse().unwrap();
        let access = About::Access { grant: Id::new(now), role: slug(), until: now };
        let (client, name) = ("cli_1".to_owned(), "Nightly load".to_owned());
        let service = About::Service { client, name, role: slug(), owner: ana, until: now };
        for (kind, about) in [(NoticeKind::AccessWithdrawn, access), (NoticeKind::ServiceStopped, service)] {
            let once = format!("{role} {}", kind.word());
            let tell = move |w: &mut habilis::db::Writing<'_>| {
                Ok::<_, Fault>(notify::tell(w, &Actor::system("test").by(), ana, kind, &once, &about)?)
            };
            assert!(house.app.db.write(now, tell).await.unwrap());
        }
    }
    mail::send_notices(&house.app, || async { Ok::<_, Fault>(true) }).await.unwrap();
    let started = Instant::now();
    while server.mails.lock().unwrap().len() < 4 {
        assert!(started.elapsed() < Duration::from_secs(20), "they are not there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mails = server.mails.lock().unwrap().clone();
    let leading = |path: &str| {
        let place = format!("{}{path}", house.app.settings.issuer());
        mails.iter().filter(|mail| mail.lines().any(|line| line == place)).count()
    };
    assert_eq!((leading("/access"), leading("/access/reader"), leading("/access/vault")), (2, 2, 0), "{mails:?}");
}
