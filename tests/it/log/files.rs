//! Files of the log: whole, in pieces, narrowed, after an erasure, and in the hands of a stranger.

use crate::support::{House, code, person_id, program};
use habilis::{
    actions::{
        disable_person, erase_person,
        log::{self, Wanted},
    },
    audit::{
        event::What,
        log::{
            note::VerifierKey,
            verify::{Check, Verdict, Wrong},
        },
        rows::Filter,
    },
    identity::actor::Actor,
};
use std::process::Command;

async fn text(house: &House, who: &Actor, wanted: Wanted) -> Vec<u8> {
    let mut export = log::begin_export(&house.app, who, wanted).await.unwrap();
    let mut text = Vec::new();
    while let Some(more) = export.more().await.unwrap() {
        text.extend(more);
    }
    text
}

async fn key(house: &House) -> VerifierKey {
    log::published(&house.app).await.unwrap().keys[0].parse().unwrap()
}

async fn check(house: &House, text: &[u8]) -> Result<Verdict, Wrong> {
    let mut check = Check::new(vec![key(house).await], Vec::new());
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        check.line(line)?;
    }
    check.end(text.ends_with(b"\n"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_selection_proves_each_of_its_events_and_an_erasure_breaks_none() {
    let house = House::new().await;
    let ana = house.person("Ana Verano").await;
    house.person("Bruno Costa").await;
    let whole = check(&house, &text(&house, &house.admin, Wanted::default()).await).await.unwrap();
    assert_eq!((whole.events, whole.without_words), (whole.size, 0));

    let kind = Filter { kind: Some(What::PersonInvited), ..Filter::default() };
    let invited = text(&house, &house.admin, Wanted { selection: Some(kind), ..Wanted::default() }).await;
    let verdict = check(&house, &invited).await.unwrap();
    assert_eq!(verdict.events, 2);
    let of_ana = Wanted { person: Some("ana.verano@example.com".to_owned()), ..Wanted::default() };
    let before = text(&house, &house.admin, of_ana.clone()).await;
    assert!(check(&house, &before).await.unwrap().events >= 3);
    assert!(String::from_utf8_lossy(&before).contains("ana.verano@example.com"));
    // A line of another selection in it is proved, too, and does not stand in its order.
    let lines: Vec<&[u8]> = invited.split_inclusive(|byte| *byte == b'\n').collect();
    let swapped = [lines[0], lines[2], lines[1]].concat();
    assert_eq!(check(&house, &swapped).await.unwrap_err().finding.code(), "reordered");
    let altered = String::from_utf8(invited.clone()).unwrap().replacen("person.invited", "person.enabled", 1);
    assert_eq!(check(&house, altered.as_bytes()).await.unwrap_err().line, 2);

    // Bare files prove as much.
    let bare = text(&house, &house.admin, Wanted { without_words: true, ..Wanted::default() }).await;
    assert!(!String::from_utf8_lossy(&bare).contains("example.com\\\""), "no words");
    assert!(check(&house, &bare).await.unwrap().without_words > 0);

    let id = person_id(&ana);
    disable_person::disable_person(&house.app, &house.admin, id, "left".to_owned()).await.unwrap();
    erase_person::erase_person(
        &house.app,
        &house.admin,
        id,
        "ana.verano@example.com".to_owned(),
        "asked for it".to_owned(),
    )
    .await
    .unwrap();
    let after = text(&house, &house.admin, Wanted::default()).await;
    let verdict = check(&house, &after).await.unwrap();
    assert!(verdict.without_words > 0, "{verdict:?}");
    let said = String::from_utf8_lossy(&after);
    assert!(!said.contains("ana.verano@example.com") && !said.contains("Ana Verano"));
    assert!(said.contains(&id.to_string()), "what happened stays");

    // Only auditors and admins, and each export leaves its line.
    let exports = house.events("records.exported").await;
    let bruno = house.person("Chloé Roux").await;
    let refused = log::begin_export(&house.app, &bruno, Wanted::default()).await.err().unwrap();
    assert_eq!(code(&refused), "capability-missing");
    text(&house, &house.admin, Wanted::default()).await;
    assert_eq!(house.events("records.exported").await, exports + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_was_cut_anywhere_is_gone_on_with_to_the_same_end() {
    let house = House::new().await;
    // More than one tile of events.
    for n in 0..300 {
        let nobody = Actor::anonymous("192.0.2.9");
        let about = habilis::actions::About::nothing().named(format!("thing-{n}"));
        let refusal = habilis::audit::log::LogRefusal::NoSuchTile;
        habilis::actions::refuse(&house.app, &nobody, "test", about, refusal.into()).await;
    }
    log::sequence(&house.app).await.unwrap();
    let folder = house.engine.folder.path();
    let file = folder.join("log.jsonl");
    let run = |arguments: &[&str]| {
        let done = program::command(&house, arguments).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let name = file.to_str().unwrap();
    assert_eq!(run(&["audit", "export", name]).0, Some(0));
    let whole = std::fs::read(&file).unwrap();
    let (status, said) = run(&["audit", "export", name]);
    assert!(status == Some(1) && said.contains("--resume"), "a file that is there stays: {said}");
    let lines: Vec<usize> =
        whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
    // In the middle of a line, behind a tile, behind a checkpoint, behind the head, and at the end.
    let tile = whole.windows(8).rposition(|part| part == b"{\"tile\":").unwrap();
    let behind_tile = *lines.iter().find(|end| **end > tile).unwrap();
    for cut in [lines[0], lines[0] + 10, behind_tile, lines[lines.len() / 2], lines[lines.len() / 2] + 25, whole.len()]
    {
        std::fs::write(&file, &whole[..cut]).unwrap();
        assert_eq!(
            run(&["audit", "export", "--resume", name]),
            (Some(0), format!("{name}: the log of {} events, to its end\n", events(&whole)))
        );
        assert!(std::fs::read(&file).unwrap() == whole, "cut at {cut}");
    }
    // A selection is said to be one.
    let some = folder.join("some.jsonl");
    let (status, said) = run(&["audit", "export", some.to_str().unwrap(), "--kind", "person.invited"]);
    let chosen = events(&std::fs::read(&some).unwrap());
    assert!(status == Some(0) && said.contains(&format!("a selection: {chosen} of the ")), "{said}");
    assert!(!said.contains("to its end"), "{said}");
    // What is to be written over stays until there is something in its place.
    let lost = program::command(&house, &["audit", "export", "--overwrite", name])
        .env("DATABASE_URL", format!("sqlite:{}", folder.join("nowhere.sqlite").display()))
        .output()
        .unwrap();
    assert_eq!(lost.status.code(), Some(1));
    assert!(std::fs::read(&file).unwrap() == whole, "the evidence is as it was");
    assert_eq!(run(&["audit", "export", "--overwrite", name]).0, Some(0));
    let anew = std::fs::read(&file).unwrap();
    assert!(events(&anew) > events(&whole) && !folder.join("log.jsonl.new").exists());
    std::fs::write(&file, b"{}\n").unwrap();
    let (status, said) = run(&["audit", "export", "--resume", name]);
    assert!(status == Some(1) && said.contains("export anew"), "{said}");
    let key = log::published(&house.app).await.unwrap().keys[0].clone();
    std::fs::write(&file, &whole[..whole.len() - 5]).unwrap();
    let (status, said) = run(&["audit", "verify", name, "--key", &key]);
    assert!(status == Some(1) && said.contains("cut off"), "{said}");

    // A file that calls itself a selection is taken for one by whoever expects one, and is whole to nobody.
    let forged = String::from_utf8(whole.clone()).unwrap();
    let head = forged.lines().next().unwrap().replacen("{\"head\":{", "{\"head\":{\"selection\":true,", 1);
    std::fs::write(&file, format!("{head}\n")).unwrap();
    let verify = |more: &[&str]| {
        let done =
            program::command(&house, &[&["audit", "verify", name, "--key", key.as_str()][..], more].concat()).output();
        let done = done.unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let (status, said) = verify(&[]);
    assert!(status == Some(1) && said.contains("nothing says that none is missing"), "{said}");
    assert!(!said.contains("complete"), "{said}");
    let (status, said) = verify(&["--selection"]);
    assert!(status == Some(0) && !said.contains("complete"), "{said}");
    let (status, said) = verify(&["--format", "json"]);
    assert!(status == Some(1) && said.contains("\"verdict\": \"selection\""), "{said}");

    // Somebody who has only the file, the key, and a standard library comes to the same.
    let Ok(python) = std::env::var("HABILIS_TEST_PYTHON") else { return };
    std::fs::write(&file, &whole).unwrap();
    let stranger = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/log/stranger.py");
    let check = |key: &str| Command::new(&python).arg(&stranger).args([name, key]).output().unwrap();
    let done = check(&key);
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(said.trim(), format!("{} events, as they were signed", events(&whole)));
    let altered = String::from_utf8(whole.clone()).unwrap().replacen("thing-7\"", "thing-8\"", 1);
    std::fs::write(&file, altered).unwrap();
    assert!(!check(&key).status.success());
}

fn events(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{\"event\"")).count()
}
