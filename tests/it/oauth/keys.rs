//! Signing keys over their life: rotated by themselves, made for those who ask, and sealed anew when the secret key changes.

use crate::support::{House, SECRET_KEY, content, open, program::command, settings, slug};
use habilis::{
    access::catalogue::Signing,
    actions::{
        load_content, mint_token,
        reseal::{self, Resealed},
        rotate_keys::{self, Haste, rotate_due},
        weigh_token::{Weighed, weigh},
    },
    app::App,
    base::{clock::Time, refusal::Fault, span::Span},
    curriculum::source::Source,
    identity::actor::Actor,
    settings::Hidden,
    tokens::{
        keyring::FRESH_SECONDS,
        rows::{KeyRow, KeyState, Purpose},
    },
};
use jsonwebtoken::{DecodingKey, Validation, jwk::JwkSet};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// The secret key of a house, and another one.
const OLD: &str = SECRET_KEY;
const NEW: &str = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";

async fn keys(house: &House) -> Vec<KeyRow> {
    rotate_keys::list_keys(&house.app, &house.admin).await.unwrap()
}

/// The names of the keys of tokens in a state, by algorithm.
async fn kids(house: &House, state: KeyState) -> Vec<(String, String)> {
    let mut kids: Vec<_> = keys(house)
        .await
        .into_iter()
        .filter(|key| key.purpose == Purpose::Token && key.state == state)
        .map(|key| (key.algorithm.word().to_owned(), key.kid))
        .collect();
    kids.sort();
    kids
}

async fn reader(house: &House) -> Actor {
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("1s");
    ana
}

/// The same house in a process with other secret keys.
async fn with_secret(house: &House, secret: &str) -> App {
    let mut settings = settings(&house.engine);
    settings.secret_key = Some(Hidden::new(secret.to_owned()));
    let clock = house.clock.clone();
    tokio::task::spawn_blocking(move || App::open(settings, clock)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_rotate_by_themselves_when_their_time_is_over() {
    let house = House::new().await;
    let ana = reader(&house).await;
    let (active, next) = (kids(&house, KeyState::Active).await, kids(&house, KeyState::Next).await);
    assert_eq!(active.len(), 2, "ES256 and RS256");
    house.advance("P89D");
    rotate_due(&house.app).await.unwrap();
    assert_eq!(kids(&house, KeyState::Active).await, active, "a day too early");
    house.advance("P1D");
    // Two replicas at once: one rotation.
    let other = house.replica().await;
    let (one, two) = tokio::join!(rotate_due(&house.app), rotate_due(&other));
    one.and(two).unwrap();
    assert_eq!(kids(&house, KeyState::Active).await, next);
    assert_eq!(kids(&house, KeyState::Retiring).await, active);
    assert_eq!(house.events("key.retiring").await, 2);
    let badges: Vec<_> = keys(&house).await.into_iter().filter(|key| key.purpose == Purpose::Badge).collect();
    assert!(badges.iter().all(|key| key.state != KeyState::Retiring), "badges are shown for years");
    // What the new key signs is good everywhere, and on the same day nothing rotates again.
    house.ask(&ana, "reader").await.unwrap();
    house.advance("1s");
    let token = mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap().token;
    assert!(matches!(weigh(&other, &token).await.unwrap(), Weighed::Live(_)));
    rotate_due(&house.app).await.unwrap();
    assert_eq!(kids(&house, KeyState::Active).await, next);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_next_key_that_nobody_has_seen_does_not_sign_by_itself() {
    let house = House::new().await;
    house.advance("P90D");
    // An admin was faster, by a minute.
    rotate_keys::rotate_keys(&house.app, &house.admin, Purpose::Token, None, Haste::Now).await.unwrap();
    let active = kids(&house, KeyState::Active).await;
    house.advance("1m");
    rotate_due(&house.app).await.unwrap();
    assert_eq!(kids(&house, KeyState::Active).await, active);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_stay_where_the_settings_say_so() {
    let house = House::new().await;
    let mut settings = settings(&house.engine);
    settings.key_rotation = Span::seconds(0);
    let clock = house.clock.clone();
    let app = tokio::task::spawn_blocking(move || App::open(settings, clock)).await.unwrap().unwrap();
    let active = kids(&house, KeyState::Active).await;
    house.advance("P900D");
    rotate_due(&app).await.unwrap();
    assert_eq!(kids(&house, KeyState::Active).await, active);
}

/// The small academy, whose lake takes EdDSA.
fn asks_for_ed25519() -> Source {
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let asks = access.replacen("id: lake, kind: snowflake", "id: lake, kind: generic, signing: EdDSA", 1);
    assert_ne!(asks, access, "{access}");
    files.insert("access.yaml".to_owned(), asks.into_bytes());
    Source::from_files(files)
}

/// The kinds of key that are published.
fn published(app: &App) -> Vec<String> {
    let set: serde_json::Value = serde_json::from_str(&app.keyring.published()).unwrap();
    set["keys"].as_array().unwrap().iter().map(|key| key["kty"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_warehouse_that_asks_for_ed25519_gets_it_and_nobody_else_sees_its_key() {
    let plain = House::new().await;
    assert!(!published(&plain.app).contains(&"OKP".to_owned()));

    let house = House::with(asks_for_ed25519()).await;
    let ana = reader(&house).await;
    assert!(matches!(mint_token::mint_token(&house.app, &ana, slug("reader")).await, Err(Fault::Broken(_))), "not yet");
    // As the timetable does once there is new content.
    rotate_keys::ensure_keys(&house.app).await.unwrap();
    assert_eq!(published(&house.app).iter().filter(|kind| *kind == "OKP").count(), 2, "active and next");
    let token = mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap().token;

    let head = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(head.alg, jsonwebtoken::Algorithm::EdDSA);
    let set: JwkSet = serde_json::from_str(&house.app.keyring.published()).unwrap();
    let jwk = set.find(&head.kid.unwrap()).unwrap();
    let mut rules = Validation::new(jsonwebtoken::Algorithm::EdDSA);
    rules.validate_exp = false;
    rules.validate_aud = false;
    let read = jsonwebtoken::decode::<serde_json::Value>(&token, &DecodingKey::from_jwk(jwk).unwrap(), &rules).unwrap();
    assert_eq!(read.claims["role"], "reader");
    assert!(matches!(weigh(&house.app, &token).await.unwrap(), Weighed::Live(_)));
    // It rotates with the others.
    rotate_keys::rotate_keys(&house.app, &house.admin, Purpose::Token, None, Haste::Now).await.unwrap();
    let later = mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap().token;
    assert_ne!(jsonwebtoken::decode_header(&later).unwrap().kid, jsonwebtoken::decode_header(&token).unwrap().kid);
    assert!(matches!(weigh(&house.app, &token).await.unwrap(), Weighed::Live(_)), "the old key still verifies");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_sealed_is_sealed_anew_when_the_secret_key_changes() {
    let house = House::new().await;
    // And that of the log, which is renewed by itself.
    let sealed = keys(&house).await.iter().filter(|key| key.sealed.is_some()).count() + 1;
    assert!(sealed >= 7);
    // Nothing is due with one key.
    reseal::reseal_where_due(&house.app).await.unwrap();
    assert_eq!(reseal::reseal(&house.app, &house.admin).await.unwrap(), Resealed { all: sealed, anew: 0 });
    assert_eq!(house.events("secret_key.resealed").await, 0);
    let learner = house.person("Lea").await;
    assert!(reseal::reseal(&house.app, &learner).await.is_err());

    // The new one in front: both open, everything is sealed anew, twice at once as well as once.
    let (app, replica) =
        (with_secret(&house, &format!("{NEW},{OLD}")).await, with_secret(&house, &format!("{NEW} {OLD}")).await);
    rotate_keys::refresh(&app).await.unwrap();
    let (one, two) = tokio::join!(reseal::reseal_where_due(&app), reseal::reseal_where_due(&replica));
    one.and(two).unwrap();
    assert_eq!(reseal::reseal(&app, &house.admin).await.unwrap(), Resealed { all: sealed, anew: 0 });
    assert!(house.events("secret_key.resealed").await >= 1);
    // Who has only the old one opens nothing any more; who has only the new one opens all.
    assert!(rotate_keys::refresh(&with_secret(&house, OLD).await).await.is_err());
    let alone = with_secret(&house, NEW).await;
    rotate_keys::refresh(&alone).await.unwrap();
    let signing = kids(&house, KeyState::Active).await;
    assert!(signing.iter().all(|(_, kid)| alone.keyring.holds(kid)));
    // A key from elsewhere is told apart, and changes nothing.
    let foreign = with_secret(&house, &"07".repeat(32)).await;
    assert!(reseal::reseal(&foreign, &Actor::operator("test")).await.is_err());
    rotate_keys::refresh(&with_secret(&house, NEW).await).await.unwrap();
}

/// Runs the program beside the house's database, with the key in a file; tells whether it succeeded, and what it said.
fn program(house: &House, arguments: &[&str]) -> (bool, String) {
    let mut command = command(house, arguments);
    if !house.engine.is_postgres() {
        command.env_remove("HABILIS_SECRET_KEY");
    }
    let output = command.env("HABILIS_LOG", "error").output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_file_is_renewed_while_a_service_runs() {
    let house = House::new().await;
    if house.engine.is_postgres() {
        // There the key stands in the environment: the command says what to do instead.
        let (done, said) = program(&house, &["keys", "new-secret"]);
        assert!(!done && said.contains("HABILIS_SECRET_KEY"), "{said}");
        return;
    }
    let file = house.engine.folder.path().join("secret.key");
    std::fs::write(&file, OLD).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let mut of_file = settings(&house.engine);
    of_file.secret_key = None;
    let clock = house.clock.clone();
    let service = tokio::task::spawn_blocking(move || App::open(of_file, clock)).await.unwrap().unwrap();
    rotate_keys::refresh(&service).await.unwrap();

    let (done, said) = program(&house, &["keys", "new-secret"]);
    assert!(done && said.contains("sealed anew"), "{said}");
    assert_eq!(house.events("secret_key.renewed").await, 1);
    assert!(
        std::fs::read_to_string(&file).unwrap().ends_with(&format!("{OLD}\n")),
        "the old one stays behind the new one"
    );
    // The service follows the file; what it makes from now on is sealed with the new key.
    rotate_keys::refresh(&service).await.unwrap();
    rotate_keys::rotate_keys(&service, &house.admin, Purpose::Token, None, Haste::Now).await.unwrap();
    let (_, said) = program(&house, &["doctor"]);
    assert!(said.contains("nothing needs the old secret keys"), "{said}");

    // Too soon: somebody may not have seen it. Later it goes.
    let (done, said) = program(&house, &["keys", "new-secret", "--drop-old"]);
    assert!(!done && said.contains("wait a minute"), "{said}");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000);
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
    let (done, said) = program(&house, &["keys", "new-secret", "--drop-old"]);
    assert!(done && said.contains("the old secret key is gone"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 1);
    rotate_keys::refresh(&service).await.unwrap();
    let (done, said) = program(&house, &["keys", "reseal"]);
    assert!(done && said.contains("already"), "{said}");
    // The one that went opens nothing any more.
    assert!(rotate_keys::refresh(&open(&house.engine, house.clock.clone()).await).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_goes_once_its_last_token_is_over_and_no_cache_holds_it() {
    let house = House::new().await;
    let app = &house.app;
    rotate_keys::rotate_keys(app, &house.admin, Purpose::Token, Some(Signing::ES256), Haste::Now).await.unwrap();
    let old = kids(&house, KeyState::Retiring).await[0].1.clone();
    let sweep = async || {
        habilis::actions::sweep::sweep(app).await.unwrap();
        rotate_keys::refresh(app).await.unwrap();
        app.keyring.published().contains(&old)
    };
    house.advance("PT25H");
    assert!(sweep().await, "a day, an hour, and what caches and clocks need");
    house.advance("PT6M");
    assert!(!sweep().await);
    assert_eq!((house.events("key.gone").await, kids(&house, KeyState::Retiring).await.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_published_is_public_and_may_be_kept_for_five_minutes() {
    let scene = super::scene::Scene::set().await;
    let reply = scene.get("", "/jwks.json").await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "public, max-age=300"));
    let (told, mut kids) = (reply.json(), std::collections::BTreeSet::new());
    for key in told["keys"].as_array().unwrap() {
        for secret in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(key.get(secret).is_none(), "{secret}");
        }
        assert!(kids.insert(key["kid"].as_str().unwrap()), "twice");
    }
    assert!(kids.len() >= 4, "one that signs and one that is next, of each algorithm: {told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_rotated_and_taken_out_of_use_on_the_command_line() {
    let house = House::new().await;
    let run = |arguments: &[&str]| {
        let output = command(&house, arguments).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let active = kids(&house, KeyState::Active).await;
    let old = active.into_iter().find(|(algorithm, _)| algorithm == "ES256").unwrap().1;
    let (done, listed) = run(&["keys", "list"]);
    assert!(done && listed.contains(&old), "{listed}");
    let (done, told) = run(&["keys", "retire", &old]);
    assert!(!done && told.contains("only a retiring key can go"), "{told}");
    let (done, told) = run(&["keys", "rotate", "--algorithm", "ES256", "--now"]);
    assert!(done, "{told}");
    assert_eq!(kids(&house, KeyState::Retiring).await, [("ES256".to_owned(), old.clone())]);
    let (done, told) = run(&["keys", "retire", &old]);
    assert!(done, "{told}");
    assert_eq!(house.events("key.gone").await, 1);
    assert!(!run(&["keys", "rotate", "--algorithm", "HS256"]).0);
    let (done, told) = run(&["keys", "retire", "-zL0"]);
    assert!(!done && told.contains("there is no such key"), "ids of keys may begin with a hyphen: {told}");
}

/// A verifier as libraries write them: it keeps the published keys for as long as they say, and looks no sooner.
struct Verifier {
    app: App,
    kept: Option<(Time, JwkSet)>,
}

impl Verifier {
    fn verifies(&mut self, token: &str, now: Time) -> bool {
        let old = |read: &Time| now.micros_since(*read) >= FRESH_SECONDS * 1_000_000;
        if self.kept.as_ref().is_none_or(|(read, _)| old(read)) {
            self.kept = Some((now, serde_json::from_str(&self.app.keyring.published()).unwrap()));
        }
        let head = jsonwebtoken::decode_header(token).unwrap();
        let Some(jwk) = self.kept.as_ref().unwrap().1.find(&head.kid.unwrap()) else { return false };
        let mut rules = Validation::new(head.alg);
        rules.validate_exp = false;
        rules.validate_aud = false;
        jsonwebtoken::decode::<serde_json::Value>(token, &DecodingKey::from_jwk(jwk).unwrap(), &rules).is_ok()
    }
}

/// Two replicas mint without a pause while keys rotate as soon as they can, again and again; verifiers that keep keys for five
/// minutes take every single token, and each replica takes those of the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keys_rotate_under_load_and_no_verification_fails() {
    let house = House::new().await;
    let ana = reader(&house).await;
    let other = house.replica().await;
    let over = Arc::new(AtomicBool::new(false));
    let workers: Vec<_> = (0..4)
        .map(|n| {
            let (mints, judges) =
                if n % 2 == 0 { (house.app.clone(), other.clone()) } else { (other.clone(), house.app.clone()) };
            let (ana, over) = (ana.clone(), Arc::clone(&over));
            tokio::spawn(async move {
                let (mut verifier, mut minted) = (Verifier { app: judges.clone(), kept: None }, 0);
                let mut kids = BTreeSet::new();
                while !over.load(Ordering::SeqCst) {
                    let token = mint_token::mint_token(&mints, &ana, slug("reader")).await.unwrap().token;
                    kids.insert(jsonwebtoken::decode_header(&token).unwrap().kid.unwrap());
                    assert!(verifier.verifies(&token, judges.now()), "a verifier refused a token that was just made");
                    assert!(
                        matches!(weigh(&judges, &token).await.unwrap(), Weighed::Live(_)),
                        "the other replica refused it"
                    );
                    minted += 1;
                }
                (minted, kids)
            })
        })
        .collect();
    let mut rotations = 0;
    for _ in 0..60 {
        house.advance("30s");
        // As the timetable of each does, every two seconds.
        rotate_keys::refresh(&house.app).await.unwrap();
        rotate_keys::refresh(&other).await.unwrap();
        let outcome =
            rotate_keys::rotate_keys(&house.app, &house.admin, Purpose::Token, None, Haste::OncePublished).await;
        match outcome {
            Ok(_) => rotations += 1,
            Err(fault) => assert_eq!(crate::support::code(&fault), "next-key-too-young"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    over.store(true, Ordering::SeqCst);
    let (mut minted, mut kids) = (0, BTreeSet::new());
    for worker in workers {
        let (of_one, by) = worker.await.unwrap();
        minted += of_one;
        kids.extend(by);
    }
    assert!(rotations >= 3, "{rotations}");
    assert!(kids.len() > 3 && minted > 60, "{minted} tokens by {} keys", kids.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_rotations_at_once_are_one() {
    let house = House::new().await;
    let other = house.replica().await;
    for _ in 0..3 {
        house.advance("PT10M");
        let next = kids(&house, KeyState::Next).await;
        let rotation = |app: &App| {
            let (app, admin) = (app.clone(), house.admin.clone());
            tokio::spawn(async move {
                rotate_keys::rotate_keys(&app, &admin, Purpose::Token, None, Haste::OncePublished).await
            })
        };
        let (one, two) = (rotation(&house.app), rotation(&other));
        let outcomes = [one.await.unwrap(), two.await.unwrap()];
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let refused = outcomes.into_iter().find_map(Result::err).unwrap();
        assert_eq!(crate::support::code(&refused), "next-key-too-young");
        assert_eq!(kids(&house, KeyState::Active).await, next, "what signs was published before");
    }
}

/// Replicas that get another secret key one after the other: who has only the old one goes on with everything but what needs the
/// new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_does_not_open_here_is_published_and_verified_all_the_same() {
    let house = House::new().await;
    let ana = reader(&house).await;
    let ahead = with_secret(&house, &format!("{NEW},{OLD}")).await;
    load_content::follow(&ahead).await.unwrap();
    for _ in 0..2 {
        rotate_keys::rotate_keys(&ahead, &house.admin, Purpose::Token, None, Haste::Now).await.unwrap();
    }
    rotate_keys::refresh(&ahead).await.unwrap();
    let token = mint_token::mint_token(&ahead, &ana, slug("reader")).await.unwrap().token;
    // Badges are still signed with keys that open.
    rotate_keys::refresh(&house.app).await.unwrap();
    let kid = jsonwebtoken::decode_header(&token).unwrap().kid.unwrap();
    assert!(house.app.keyring.published().contains(&kid) && !house.app.keyring.holds(&kid));
    assert!(matches!(weigh(&house.app, &token).await.unwrap(), Weighed::Live(_)));
    assert!(mint_token::mint_token(&house.app, &ana, slug("reader")).await.is_err(), "it can not sign, and says so");
    // With both keys it can again.
    let caught_up = with_secret(&house, &format!("{OLD},{NEW}")).await;
    load_content::follow(&caught_up).await.unwrap();
    rotate_keys::refresh(&caught_up).await.unwrap();
    mint_token::mint_token(&caught_up, &ana, slug("reader")).await.unwrap();
}
