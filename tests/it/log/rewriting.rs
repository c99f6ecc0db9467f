//! An administrator of the database who rewrites the log, without the key: it is not signed again, and what is not proved is said.

use super::{
    lives::{check, keys},
    raw::Copy,
};
use crate::{
    reviews::Cast,
    support::{House, program},
};
use habilis::{
    actions::{About, log, refuse, reviews::pack},
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
        log::{
            LogRefusal, entry, hash,
            note::{Checkpoint, Signer, VerifierKey},
            tree::Edge,
        },
        rows::log as rows,
    },
    base::refusal::Fault,
    db::sql,
    identity::actor::Actor,
    settings::Hidden,
};

/// Writes an event, which waits for its place.
async fn write(app: &App) {
    let nobody = Actor::anonymous("192.0.2.9");
    refuse(app, &nobody, "test", About::nothing().named("thing"), LogRefusal::NoSuchTile.into()).await;
}

/// A service that is started on a copy.
async fn started(house: &House, copy: &Copy) -> App {
    let mut settings = house.app.settings.clone();
    settings.database_url = Some(Hidden::new(copy.url.clone()));
    let clock = house.clock.clone();
    tokio::task::spawn_blocking(move || App::open(settings, clock).unwrap()).await.unwrap()
}

/// What a service says that is to sign one more event.
async fn signs(app: &App) -> Result<u64, String> {
    write(app).await;
    log::sequence(app).await.map_err(|fault| match fault {
        Fault::Broken(broken) => broken.to_string(),
        Fault::Refused(refused) => panic!("refused: {refused:?}"),
    })
}

async fn size(app: &App) -> u64 {
    app.db.read(app.now(), |r| Ok(rows::last_checkpoint(r)?)).await.unwrap().map_or(0, |last| last.size)
}

/// Bytes as this engine writes them in a statement.
fn bytes(house: &House, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if house.engine.is_postgres() { format!("'\\x{hex}'::bytea") } else { format!("X'{hex}'") }
}

/// Takes the log back to so many events.
fn cut(house: &House, to: u64) -> String {
    let tiles = if house.engine.is_postgres() { "substring(hashes FROM 1 FOR" } else { "substr(hashes, 1," };
    format!(
        "DELETE FROM log_pending; DELETE FROM events WHERE seq NOT IN (SELECT event_seq FROM log_leaves WHERE position < {to}); \
         DELETE FROM log_leaves WHERE position >= {to}; DELETE FROM log_checkpoints WHERE size > {to}; \
         UPDATE log_state SET size = {to}; UPDATE log_tiles SET hashes = {tiles} {})",
        to * 32
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_was_rewritten_without_the_key_is_not_signed_again() {
    let house = House::new().await;
    // The first event behind the first checkpoints.
    let at = size(&house.app).await;
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let whole = size(&house.app).await;
    assert!((at + 1..250).contains(&whole), "one tile: {whole}");
    let mut leaves = house.app.db.read(house.app.now(), move |r| Ok(rows::leaves(r, 0, whole)?)).await.unwrap();
    leaves.get_mut(&at).unwrap().kept.actor = "system:nobody".to_owned();
    let mut forged = Edge::default();
    for leaf in leaves.values() {
        forged.push(hash::leaf(&entry::entry(&leaf.kept).unwrap()));
    }
    let tile = bytes(&house, forged.levels()[0].as_flattened());
    let rewrite = format!(
        "UPDATE events SET actor = 'system:nobody' WHERE seq = (SELECT event_seq FROM log_leaves WHERE position = {at}); \
         UPDATE log_tiles SET hashes = {tile} WHERE level = 0 AND place = 0"
    );
    // Under a key of one's own, which the table is told of.
    let pair = aws_lc_rs::signature::Ed25519KeyPair::generate().unwrap();
    let origin = keys(&house.app).await[0].name().to_owned();
    let own = Signer::new(&origin, pair.to_pkcs8v1().unwrap().as_ref()).unwrap();
    let note = own.sign(&Checkpoint { origin, size: whole, root: forged.root() });
    let root = bytes(&house, &forged.root());
    let signed = format!(
        "{rewrite}; DELETE FROM log_checkpoints WHERE size > {at}; \
         INSERT INTO log_keys (id, verifier, sealed, made_at, retired_at) VALUES ('log-own', '{}', NULL, 1, 1); \
         INSERT INTO log_checkpoints (size, root, note, at) VALUES ({whole}, {root}, '{note}', 1)",
        own.key()
    );
    for (what, statements, why) in [
        ("nothing", "SELECT 1".to_owned(), None),
        ("tiles alone", rewrite.clone(), Some("is not the one that its checkpoint was signed of")),
        (
            "later checkpoints taken away",
            format!("{rewrite}; DELETE FROM log_checkpoints WHERE size > {at}"),
            Some("and the last checkpoint is of"),
        ),
        ("all of them", format!("{rewrite}; DELETE FROM log_checkpoints"), Some("and no checkpoint")),
        ("another key", signed, Some("is not to be believed")),
    ] {
        let copy = Copy::of(&house).await;
        copy.run(&statements).await;
        let app = started(&house, &copy).await;
        let before = size(&app).await;
        let said = signs(&app).await;
        let doubt = log::in_doubt(&app).await.unwrap();
        match why {
            None => assert!(said.is_ok() && doubt.is_none() && size(&app).await > before, "{what}: {said:?} {doubt:?}"),
            Some(why) => {
                assert!(said.as_ref().is_err_and(|said| said.contains(why)), "{what}: {said:?}");
                assert!(doubt.is_some_and(|doubt| doubt.contains(why)), "{what}");
                assert_eq!(size(&app).await, before, "{what}: nothing was signed");
                // Nor is that what another key is for.
                assert!(log::renew_log_key(&app, &house.admin).await.is_err(), "{what}");
                assert_eq!(size(&app).await, before, "{what}: nor then");
                let told = copy.command(&["doctor"]).output().unwrap();
                let told = String::from_utf8_lossy(&told.stdout).into_owned();
                assert!(told.contains("error    the log is not what was signed"), "{what}: {told}");
                // What was signed of it is given away all the same, to be checked.
                if before > 0 {
                    copy.export();
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_runs_knows_when_the_log_is_taken_back_below_it() {
    let house = House::new().await;
    let early = size(&house.app).await;
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let copy = Copy::of(&house).await;
    let running = started(&house, &copy).await;
    signs(&running).await.unwrap();
    let known = size(&running).await;
    assert!(early < known, "{early} {known}");
    copy.run(&cut(&house, early)).await;
    let said = signs(&running).await.unwrap_err();
    assert!(said.contains("this process has seen"), "{said}");
    // Whoever is started then knows nothing of it: that is what places outside are for.
    let other = started(&house, &copy).await;
    while size(&other).await <= known {
        signs(&other).await.unwrap();
    }
    // However long it is by now, it is another.
    let said = signs(&running).await.unwrap_err();
    assert!(said.contains("are others than this process has seen signed"), "{said}");
    assert!(signs(&other).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_have_signed_meanwhile_is_gone_on_with() {
    let house = House::new().await;
    let replica = house.replica().await;
    for _ in 0..3 {
        signs(&house.app).await.unwrap();
        signs(&replica).await.unwrap();
    }
    assert!(log::in_doubt(&house.app).await.unwrap().is_none() && log::in_doubt(&replica).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_the_log_does_not_name_is_not_published() {
    let house = House::new().await;
    let before = keys(&house.app).await;
    let stranger = VerifierKey::new(before[0].name(), [7; 32]).unwrap().to_string();
    house
        .app
        .db
        .write(house.app.now(), move |w| {
            let added =
                "INSERT INTO log_keys (id, verifier, sealed, made_at, retired_at) VALUES ('log-own', ?, NULL, 1, 1)";
            Ok(sql(added).bind(&stranger).run(w)?)
        })
        .await
        .unwrap();
    assert_eq!(keys(&house.app).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_is_dated_back_is_counted_and_its_line_is_named() {
    let house = House::new().await;
    let keys = keys(&house.app).await;
    assert_eq!(check(&house, &keys).await.unwrap().out_of_time, 0);
    log::sequence(&house.app).await.unwrap();
    let at = size(&house.app).await;
    house
        .app
        .db
        .write(house.app.now(), |w| {
            let dated = "INSERT INTO events (id, at, kind, outcome, actor, address, data) \
                         SELECT 'evt_00000000000000000000000000000001', at - 86400000000, kind, outcome, actor, '', '{}' \
                         FROM events WHERE seq = (SELECT MIN(seq) FROM events)";
            Ok(sql(dated).run(w)?)
        })
        .await
        .unwrap();
    let verdict = check(&house, &keys).await.unwrap();
    let first = verdict.first_out_of_time.unwrap();
    assert_eq!((verdict.out_of_time, first.position), (1, at));
    let file = house.engine.folder.path().join("log.jsonl");
    let run = |arguments: &[&str]| program::command(&house, arguments).output().unwrap();
    assert!(run(&["audit", "export", file.to_str().unwrap()]).status.success());
    let text = std::fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line.contains("evt_00000000000000000000000000000001")).unwrap() + 1;
    let told = run(&["audit", "verify", file.to_str().unwrap(), "--key", &keys[0].to_string()]);
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success() && said.contains("complete and unaltered"), "{said}");
    assert!(said.contains(&format!("the first is event {at}, in line {line}")), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_note_in_a_file_outside_spoils_no_other() {
    let house = House::new().await;
    let first = log::published(&house.app).await.unwrap().checkpoint;
    let key = keys(&house.app).await[0].to_string();
    signs(&house.app).await.unwrap();
    let second = log::published(&house.app).await.unwrap().checkpoint;
    let folder = house.engine.folder.path();
    let (file, notes) = (folder.join("log.jsonl"), folder.join("outside.notes"));
    let run = |arguments: &[&str]| program::command(&house, arguments).output().unwrap();
    assert!(run(&["audit", "export", file.to_str().unwrap()]).status.success());
    let verify = |text: &str| {
        std::fs::write(&notes, text).unwrap();
        let known = ["--checkpoint", notes.to_str().unwrap()];
        run(&[&["audit", "verify", file.to_str().unwrap(), "--key", key.as_str()][..], &known[..]].concat())
    };
    let half: String = second.note.chars().take(20).collect();
    let done = verify(&format!("{}\n{half}\n\n{}", first.note, second.note));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && said.contains("2 from elsewhere"), "{said}");
    assert!(String::from_utf8_lossy(&done.stderr).contains("checkpoint 2: it does not read"));
    // One that is forged is not left out, and half a note is no checkpoint at all.
    let forged = second.note.replacen(&format!("\n{}\n", second.size), &format!("\n{}\n", second.size + 1), 1);
    assert!(!verify(&format!("{}\n{forged}", first.note)).status.success());
    assert!(!verify(&half).status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_comes_by_itself_does_not_go_on_from_one_that_does_not_open() {
    let house = House::new().await;
    let mut settings = house.app.settings.clone();
    settings.secret_key = Some(Hidden::new("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="));
    let clock = house.clock.clone();
    let app = tokio::task::spawn_blocking(move || App::open(settings, clock).unwrap()).await.unwrap();
    let before = size(&app).await;
    let retired = "UPDATE log_keys SET retired_at = 1 WHERE retired_at IS NULL";
    app.db.write(app.now(), move |w| Ok(sql(retired).run(w)?)).await.unwrap();
    let said = signs(&app).await.unwrap_err();
    assert!(said.contains("is not to be believed"), "{said}");
    assert_eq!(size(&app).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_that_was_signed_whole_has_its_evidence_while_the_log_is_in_doubt() {
    let cast = Cast::set().await;
    let house = cast.house();
    let review = cast.begin("P7D", "P5D").await;
    log::sequence(&house.app).await.unwrap();
    let early = size(&house.app).await;
    assert!(early < 250, "one tile: {early}");
    let copy = Copy::of(house).await;
    let running = started(house, &copy).await;
    signs(&running).await.unwrap();
    copy.run(&cut(house, early)).await;
    write(&running).await;
    assert!(log::in_doubt(&running).await.unwrap().is_some());
    // What waits is none of the review's: each of its events has its place, and its proof.
    for _ in 0..2 {
        let made = pack::make_pack(&running, &house.admin, review).await.unwrap();
        assert_eq!((made.log.size, made.events.is_empty(), made.lines.len()), (early, false, 3));
        let file = house.engine.folder.path().join("events.jsonl");
        std::fs::write(&file, &made.log.text).unwrap();
        let check = ["audit", "verify", file.to_str().unwrap(), "--selection", "--key", made.log.key.as_str()];
        let checked = copy.command(&check).output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    }
    // Of one that waits there is no proof, and there will be none: then there is no evidence, and it is said why.
    let by = By { actor: "operator:test".to_owned(), address: String::new() };
    let reminded = running.db.write(running.now(), move |w| {
        Ok(audit::rows::append(w, &by, Entry::new(What::ReviewReminded).subject(review))?)
    });
    reminded.await.unwrap();
    let fault = pack::make_pack(&running, &house.admin, review).await.unwrap_err();
    assert!(fault.to_string().contains("this process has seen"), "{fault}");
}
