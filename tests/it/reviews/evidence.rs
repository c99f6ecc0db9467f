//! The evidence of a review in the hands of somebody who has nothing else: each event in it is proven by what stands beside it,
//! and what became of every access that an answer was about is there.

use super::{Cast, read};
use crate::support::program::command;
use habilis::{
    access::review::Verdict,
    actions::{log, reviews::answer, revoke_grant},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        paging::MOST,
    },
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path, process::Command};

/// The check of the program, without the database: its status, and what it finds.
fn verify(cast: &Cast, file: &Path, key: &str) -> (Option<i32>, Value) {
    let file = file.to_str().unwrap();
    let done = command(cast.house(), &["audit", "verify", file, "--selection", "--key", key, "--format", "json"])
        .env("DATABASE_URL", "sqlite:/nowhere/at/all.sqlite")
        .env_remove("HABILIS_SECRET_KEY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    (done.status.code(), serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{:?}", done.stderr)))
}

/// Reviews Ana's access, whose grant another has come after, and removes it; the review, the later grant, and the pack.
async fn removed(cast: &Cast) -> (Id<ids::Review>, String, Value) {
    let house = cast.house();
    let review = cast.begin("P7D", "P5D").await;
    let line = cast.line_of(review, &cast.ana).await;
    revoke_grant::revoke_grant(&house.app, &house.admin, line.grant_id, "a mistake".into()).await.unwrap();
    house.ask(&cast.ana, "reader").await.unwrap();
    house.advance("PT1M");
    let said = answer::Answer { verdict: Verdict::Remove, comment: "She left the desk.".into() };
    answer::answer_lines(&house.app, &cast.owner, review, BTreeSet::from([line.id]), said).await.unwrap();
    let admin = house.bearer(&house.admin).await;
    let told = read(&cast.served, &admin, &format!("/reviews/{review}/evidence")).await;
    let decisions = told["parts"]["decisions.jsonl"].as_str().unwrap();
    let decided: Value = decisions
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|said| said["line"] == json!(line.id))
        .unwrap();
    let later: Vec<&String> = decided["successor_changes"].as_object().unwrap().keys().collect();
    assert_eq!(later.len(), 1, "{decided}");
    (review, later[0].clone(), told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_evidence_alone_proves_each_of_its_events() {
    let cast = Cast::set().await;
    let (_, _, told) = removed(&cast).await;
    let file = cast.house().engine.folder.path().join("events.jsonl");
    let text = told["parts"]["events.jsonl"].as_str().unwrap();
    std::fs::write(&file, text).unwrap();
    let key = log::published(&cast.house().app).await.unwrap().keys[0].clone();
    assert_eq!(told["manifest"]["log_key"], json!(key));
    let events = text.lines().count() - 1;
    let (status, found) = verify(&cast, &file, &key);
    assert_eq!(
        (status, &found["verdict"], &found["events"]),
        (Some(0), &json!("selection"), &json!(events)),
        "{found}"
    );
    // Each stands where the log has it, with its words and without the address of a machine.
    assert!(text.contains("She left the desk.") && !text.contains("\"beside\":{\"address\""), "{text}");

    // Whoever has a standard library alone comes to the same.
    let python = std::env::var("HABILIS_TEST_PYTHON").ok();
    let stranger = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/log/stranger.py");
    let agrees = || {
        let python = python.as_ref()?;
        let done = Command::new(python).arg(&stranger).arg(&file).arg(&key).output().unwrap();
        Some(done.status.success())
    };
    assert_ne!(agrees(), Some(false));

    // One byte of an entry, of a word beside one, of a proof, or of a place: the line is named.
    let lines: Vec<&str> = text.lines().collect();
    let answered = lines.iter().position(|line| line.contains("review.line_answered")).unwrap();
    let place = serde_json::from_str::<Value>(lines[answered]).unwrap()["event"]["position"].as_u64().unwrap();
    let proof = lines[answered].split("\"proof\":\"").nth(1).unwrap();
    let other = if proof.starts_with('A') { "B" } else { "A" };
    for (from, to, code) in [
        ("\"decision\":\"remove\"", "\"decision\":\"remote\"", "changed"),
        ("She left the desk.", "She left the deck.", "words-changed"),
        (&*format!("\"position\":{place}"), &*format!("\"position\":{}", place + 1), "changed"),
        (&*format!("\"proof\":\"{}", &proof[..1]), &*format!("\"proof\":\"{other}"), "changed"),
    ] {
        let mut altered: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        altered[answered] = altered[answered].replacen(from, to, 1);
        assert_ne!(altered[answered], lines[answered], "{from}");
        std::fs::write(&file, altered.join("\n") + "\n").unwrap();
        let (status, found) = verify(&cast, &file, &key);
        assert_eq!((status, &found["line"]), (Some(1), &json!(answered + 1)), "{from}: {found}");
        assert_eq!((&found["verdict"], &found["code"]), (&json!("wrong"), &json!(code)), "{from}: {found}");
        assert_ne!(agrees(), Some(true), "{from}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_evidence_follows_every_grant_that_an_answer_was_about() {
    let cast = Cast::set().await;
    let (review, later, told) = removed(&cast).await;
    let text = told["parts"]["events.jsonl"].as_str().unwrap();
    let ended = text.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap()).any(|line| {
        let entry = &line["event"]["entry"];
        entry["kind"] == "grant.ended" && entry["subject"] == json!(later)
    });
    assert!(ended, "{text}");
    let decisions = told["parts"]["decisions.jsonl"].as_str().unwrap();
    assert!(decisions.contains("She left the desk."), "{decisions}");
    // On paper, too; and how it is checked is said in the reader's language, and beside the parts in every one.
    let admin = cast.house().bearer(&cast.house().admin).await;
    let (_, page) = cast.served.page(&admin, &format!("/reviews/{review}/evidence")).await;
    for said in
        [&*format!("What changed of {later}, which came in its place"), "habilis audit verify events.jsonl --selection"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let readme = told["parts"]["README.txt"].as_str().unwrap();
    for said in ["RFC 6962", "without a network", "sans réseau", "sin red", "--selection --key '"] {
        assert!(readme.contains(said), "{said}: {readme}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_evidence_of_a_long_story_is_whole() {
    let cast = Cast::set().await;
    let house = cast.house();
    let review = cast.begin("P7D", "P5D").await;
    let told = house.app.db.write(house.app.now(), move |w| {
        let by = By { actor: "operator:test".to_owned(), address: String::new() };
        for _ in 0..=MOST {
            audit::rows::append(w, &by, Entry::new(What::ReviewReminded).subject(review))?;
        }
        Ok(())
    });
    told.await.unwrap();
    let admin = house.bearer(&house.admin).await;
    let pack = read(&cast.served, &admin, &format!("/reviews/{review}/evidence")).await;
    let events = pack["parts"]["events.jsonl"].as_str().unwrap();
    assert_eq!(events.matches("review.reminded").count(), MOST + 1);
}
