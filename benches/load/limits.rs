//! What this machine can do at most: signatures, durable commits, rendering, an indexed read; measured in the same run.

use super::{http::Client, program::Program};
use habilis::{
    access::catalogue::Signing,
    tokens::{keyring::generate, signer::Signer},
};
use std::time::{Duration, Instant};

const TIME: Duration = Duration::from_secs(2);

/// Raw signatures a second of an access token's size, on all cores.
pub fn signatures(algorithm: &str) -> f64 {
    let kind = if algorithm == "ES256" { Signing::ES256 } else { Signing::RS256 };
    let fresh = generate(kind).unwrap();
    let signer = Signer::of(kind, &fresh.private).unwrap();
    let message = "x".repeat(1_000);
    all_cores(move || {
        signer.signature(message.as_bytes()).unwrap();
    })
}

/// Rendering a template that gives `size` bytes, on all cores.
pub fn rendering(size: usize) -> f64 {
    let mut registry = handlebars::Handlebars::new();
    registry.set_strict_mode(true);
    let row = "<tr><td>{{this.name}}</td><td>{{this.role}}</td><td>{{this.until}}</td></tr>\n";
    registry.register_template_string("page", format!("<table>{{{{#each rows}}}}{row}{{{{/each}}}}</table>")).unwrap();
    let rows: Vec<_> = (0..size / 88)
        .map(|n| serde_json::json!({ "name": format!("Person number {n}"), "role": "ANALYST", "until": "13 March 2027" }))
        .collect();
    let data = serde_json::json!({ "rows": rows });
    all_cores(move || {
        registry.render("page", &data).unwrap();
    })
}

fn all_cores(one: impl Fn() + Send + Sync) -> f64 {
    let cores = std::thread::available_parallelism().unwrap().get();
    let started = Instant::now();
    let done: u64 = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| {
                    let mut n = 0;
                    while started.elapsed() < TIME {
                        one();
                        n += 1;
                    }
                    n
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    done as f64 / started.elapsed().as_secs_f64()
}

/// Durable commits through the program's own store, as many waiting as there are callers: one insert and its event each.
pub async fn commits(program: &Program) -> f64 {
    use habilis::{
        base::clock::{Clock, Time},
        db::{Db, Location, sql},
    };
    let location = match &program.database {
        Some(database) => Location::parse(&database.url()).unwrap(),
        None => Location::Sqlite(program.folder.path().join("limit.sqlite")),
    };
    let db = tokio::task::spawn_blocking(move || Db::open(&location, 16)).await.unwrap().unwrap();
    let work = super::gather(super::CALLERS, move |caller| {
        let db = db.clone();
        async move {
            let (mut taken, end, mut round) = (Vec::new(), Instant::now() + TIME, 0);
            while Instant::now() < end {
                round += 1;
                let (one, now): (_, Time) = (Instant::now(), Clock::System.now());
                let key = format!("limit-{caller}-{round}");
                db.write(now, move |w| {
                    sql("INSERT INTO leases (name, holder, until_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                        .bind(&key)
                        .bind(&"limit")
                        .bind(&now)
                        .run(w)?;
                    Ok(())
                })
                .await
                .unwrap();
                taken.push(one.elapsed());
            }
            taken
        }
    })
    .await;
    work.rate()
}

/// The smallest authenticated answer that reads one row by its key, one caller after the other.
pub async fn indexed_read(program: &Program) -> f64 {
    let bearer = program.sign_in_as("auditor").await;
    let mut client = Client::connect(program.address).await;
    let (started, mut n) = (Instant::now(), 0_u64);
    while started.elapsed() < TIME {
        client.json("GET", "/api/v1/me", Some(&bearer), None).await;
        n += 1;
    }
    n as f64 / started.elapsed().as_secs_f64()
}
