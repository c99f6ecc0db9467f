//! The log at a million events: how long it takes to place, to export and to check them, and how much memory; beside how long
//! this machine takes to read the file and hash it once.

use super::{http::Client, program::Program, table::Table};
use habilis::{
    actions::log,
    app::App,
    base::clock::{Clock, Time},
    db::sql,
    settings::{Hidden, Settings},
};
use sha2::{Digest, Sha256};
use std::{
    io::Read,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const SECRET: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
/// How many events one statement writes, and how many statements one transaction has.
const ROWS: usize = 500;

/// Writes so many events, has them placed, exported and checked.
pub async fn run(events: usize, table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        Settings { data_dir: folder.path().to_owned(), secret_key: Some(Hidden::new(SECRET)), ..Settings::default() };
    let app = tokio::task::spawn_blocking(move || App::open(settings, Clock::System).unwrap()).await.unwrap();
    log::sequence(&app).await.unwrap();
    for first in (0..events).step_by(20 * ROWS) {
        let until = events.min(first + 20 * ROWS);
        app.db
            .write(app.now(), move |w| {
                for start in (first..until).step_by(ROWS) {
                    let rows = start..until.min(start + ROWS);
                    let places = vec!["(?, ?, ?, ?, ?, ?, ?, ?, '', ?)"; rows.len()].join(", ");
                    let mut statement = sql(format!(
                        "INSERT INTO events (id, at, kind, outcome, actor, person_id, role_id, subject_id, address, data) \
                         VALUES {places}"
                    ));
                    for n in rows {
                        let at = Time::from_micros(1_770_000_000_000_000 + 1_000 * i64::try_from(n).unwrap());
                        let person = format!("per_{:032x}", n % 1_000);
                        let data = format!("{{\"client\":\"habilis-cli\",\"expires_at\":\"{at}\",\"kid\":\"{:043x}\"}}", n % 7);
                        statement = statement
                            .bind(&format!("evt_{n:032x}"))
                            .bind(&at)
                            .bind(&"token.minted")
                            .bind(&"done")
                            .bind(&person)
                            .bind(&person)
                            .bind(&"analyst")
                            .bind(&format!("tok_{n:032x}"))
                            .bind(&data);
                    }
                    statement.run(w)?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }
    let started = Instant::now();
    let placed = log::sequence(&app).await.unwrap();
    let placing = started.elapsed();
    table.note(
        "events placed",
        format!("{placed} in {:.1} s, {:.0} a second", placing.as_secs_f64(), rate(placed, placing)),
    );
    let key = log::published(&app).await.unwrap().keys[0].clone();
    drop(app);

    let file = folder.path().join("log.jsonl");
    let name = file.to_str().unwrap();
    let (exporting, memory) = timed(folder.path(), &["audit", "export", name]);
    let bytes = std::fs::metadata(&file).unwrap().len();
    let of = |time: Duration, memory: u64| {
        format!("{:.1} s, {:.0} events a second, {memory} MB of memory at most", time.as_secs_f64(), rate(placed, time))
    };
    table.note("exported", format!("{}; {} MB", of(exporting, memory), bytes / 1_000_000));
    let (checking, memory) = timed(folder.path(), &["audit", "verify", name, "--key", &key]);
    table.note("checked", of(checking, memory));

    let started = Instant::now();
    let (mut from, mut hash, mut part) = (std::fs::File::open(&file).unwrap(), Sha256::new(), vec![0; 1 << 18]);
    loop {
        let read = from.read(&mut part).unwrap();
        if read == 0 {
            break;
        }
        hash.update(&part[..read]);
    }
    let _ = hash.finalize();
    let hashing = started.elapsed();
    table.note(
        "the file read and hashed once",
        format!(
            "{:.1} s; checking takes {:.1} times that",
            hashing.as_secs_f64(),
            checking.as_secs_f64() / hashing.as_secs_f64()
        ),
    );
}

/// Waits until every event of a program has its place; how many there are then, and how long it took.
pub async fn placed(program: &Program) -> (u64, Duration) {
    let (mut client, started) = (Client::connect(program.address).await, Instant::now());
    let (mut size, mut since) = (0, Instant::now());
    while since.elapsed() < Duration::from_secs(5) {
        let checkpoint = client.send("GET", "/log/checkpoint", None, None).await.body;
        // The second line is the size (c2sp.org/tlog-checkpoint).
        let now: u64 = checkpoint.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0);
        if now != size {
            (size, since) = (now, Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    (size, since - started)
}

fn rate(events: u64, time: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a rate to be printed")]
    let events = events as f64;
    events / time.as_secs_f64()
}

/// How long the program takes for a command, and the most memory that it had, in MB.
fn timed(folder: &Path, arguments: &[&str]) -> (Duration, u64) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_habilis"))
        .args(arguments)
        .env_clear()
        .env("HABILIS_DATA_DIR", folder)
        .env("HABILIS_SECRET_KEY", SECRET)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut memory, status) = (0, format!("/proc/{}/status", child.id()));
    loop {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let peak =
            told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        memory = memory.max(peak.unwrap_or(0) / 1_000);
        if let Some(done) = child.try_wait().unwrap() {
            assert!(done.success(), "{arguments:?}");
            return (started.elapsed(), memory);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
