//! Two replicas that start at once on one empty database: one content version, two set-up links of which any works, once.

use crate::support::{House, PASSWORD, code, content, engine::Database, open, program::Program};
use habilis::{
    actions::{load_content, open_link, rotate_keys, set_up},
    base::clock::{Clock, Time},
    curriculum::source::Source,
    db::sql,
    identity::{actor::Actor, secret::Secret},
};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

/// The secret of a link.
fn secret(link: &str) -> Secret {
    Secret::presented(link.rsplit('/').next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_set_up_link_works_until_one_is_used() {
    let engine = Database::fresh().await;
    let clock = Clock::held(Time::parse(crate::support::START).unwrap());
    let one = open(&engine, clock.clone()).await;
    rotate_keys::ensure_keys(&one).await.unwrap();
    let two = open(&engine, clock.clone()).await;
    let first = set_up::set_up_link(&one).await.unwrap().unwrap();
    clock.set(clock.now().plus_seconds(1));
    let second = set_up::set_up_link(&two).await.unwrap().unwrap();
    let nobody = Actor::anonymous("192.0.2.1");
    for link in [&first, &second] {
        open_link::look_at_link(&one, &nobody, secret(link)).await.unwrap();
    }
    // Both at once: one makes the admin, the other hears that it is done.
    let using = |app: habilis::app::App, link: String, email: &'static str| {
        tokio::spawn(async move {
            let nobody = Actor::anonymous("192.0.2.1");
            set_up::set_up(&app, &nobody, secret(&link), email, "Alix Admin", PASSWORD.into(), "test").await
        })
    };
    let (a, b) = (using(one.clone(), first.clone(), "a@example.com"), using(two, second.clone(), "b@example.com"));
    let outcomes = [a.await.unwrap(), b.await.unwrap()];
    let refused: Vec<&str> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).map(code).collect();
    assert_eq!(refused, ["set-up-done"]);
    let people: i64 = one.db.read(one.now(), |r| Ok(sql("SELECT COUNT(*) AS n FROM persons").one(r)?)).await.unwrap();
    let alive = "SELECT COUNT(*) AS n FROM links WHERE used_at IS NULL";
    let alive: i64 = one.db.read(one.now(), move |r| Ok(sql(alive).one(r)?)).await.unwrap();
    assert_eq!((people, alive), (1, 0));
    for link in [&first, &second] {
        assert!(open_link::look_at_link(&one, &nobody, secret(link)).await.is_err());
    }
    assert!(set_up::set_up_link(&one).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_content_is_one_version_however_many_load_it() {
    let engine = Database::fresh().await;
    if !engine.is_postgres() {
        return;
    }
    let clock = Clock::held(Time::parse(crate::support::START).unwrap());
    let mut replicas = Vec::new();
    for _ in 0..4 {
        replicas.push(open(&engine, clock.clone()).await);
    }
    let loading: Vec<_> = replicas
        .into_iter()
        .map(|app| {
            tokio::spawn(async move {
                let source = Source::from_files(content::files());
                load_content::load_content(&app, &Actor::system("start"), source).await.unwrap().seq
            })
        })
        .collect();
    let mut versions = Vec::new();
    for loaded in loading {
        versions.push(loaded.await.unwrap());
    }
    assert!(versions.windows(2).all(|pair| pair[0] == pair[1]), "{versions:?}");
    let app = open(&engine, clock).await;
    let query = "SELECT COUNT(*) AS n FROM content_versions";
    let recorded: i64 = app.db.read(app.now(), move |r| Ok(sql(query).one(r)?)).await.unwrap();
    assert_eq!(recorded, 1);
}

/// `habilis serve`, whose first lines are read.
fn serve(engine: &Database, courses: &std::path::Path) -> (Child, String, String) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut child = Command::new(env!("CARGO_BIN_EXE_habilis"))
        .arg("serve")
        .current_dir(engine.folder.path())
        .env("DATABASE_URL", &engine.url)
        .env("HABILIS_DATA_DIR", engine.folder.path())
        .env("HABILIS_CONTENT", courses)
        .env("HABILIS_LISTEN", &address)
        .env("HABILIS_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
        .env("HABILIS_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let link = lines.into_iter().find(|line| line.contains("/welcome/")).expect("a set-up link is printed");
    (child, address, link.trim().to_owned())
}

/// Runs `habilis ready` against an address.
fn ready(address: &str) -> bool {
    let output = Command::new(env!("CARGO_BIN_EXE_habilis")).args(["ready", address]).output().unwrap();
    output.status.success()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_on_one_empty_database() {
    let engine = Database::fresh().await;
    if !engine.is_postgres() {
        return;
    }
    let courses = engine.folder.path().join("courses");
    content::write(&content::files(), &courses);
    let (one, two) = std::thread::scope(|scope| {
        let starting = [(); 2].map(|()| scope.spawn(|| serve(&engine, &courses)));
        let [one, two] = starting.map(|started| started.join().unwrap());
        (one, two)
    });
    let client = reqwest::Client::new();
    for (_, address, _) in [&one, &two] {
        for _ in 0..100 {
            if ready(address) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(ready(address), "{address}");
        // Each link opens on each replica: behind a proxy, nobody knows which one answers.
        for (_, _, link) in [&one, &two] {
            let path = link.split_once("/welcome/").unwrap().1;
            let page = client.get(format!("http://{address}/welcome/{path}")).send().await.unwrap();
            assert_eq!(page.status().as_u16(), 200, "{link} on {address}");
        }
    }
    let app = open(&engine, Clock::System).await;
    let query = "SELECT COUNT(*) AS n FROM content_versions";
    let versions: i64 = app.db.read(app.now(), move |r| Ok(sql(query).one(r)?)).await.unwrap();
    assert_eq!(versions, 1, "the same content is one version");
    for (mut child, address, _) in [one, two] {
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!ready(&address), "a service that is gone is not ready");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_probe_needs_nothing_but_the_program() {
    let house = House::new().await;
    let program = Program::serve(&house).await;
    let address = program.address.to_string();
    assert!(ready(&address) && ready(&program.url("/")));
    assert!(program.stop());
    assert!(!ready(&address));
}
