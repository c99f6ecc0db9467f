//! The main story through the actions, on the engine under test.

use crate::support::{House, code, person_id, slug};
use habilis::{
    access::request::State as RequestState,
    actions::{explain_access, lock, mint_token, overview, revoke_certificate, revoke_grant, start_attempt, sweep},
    base::ids::{self, Id},
    db::{
        history,
        lifecycle::{self, Entity, Step},
    },
};

#[tokio::test]
async fn learn_pass_hold_request_get_a_token_and_lose_it() {
    let house = House::new().await;
    let ana = house.person("Ana Martin").await;

    let refused = mint_token::mint_token(&house.app, &ana, slug("reader")).await.err().unwrap();
    assert_eq!(code(&refused), "role-not-held");

    // A request before the certificate waits for it, and goes on by itself.
    let (_, state) = house.ask(&ana, "reader").await.unwrap();
    assert_eq!(state, RequestState::Blocked);
    house.read_all(&ana, "alpha").await;
    house.take(&ana, "alpha", "final", false).await.unwrap();
    let cooling = house.take(&ana, "alpha", "final", true).await.err().unwrap();
    assert_eq!(code(&cooling), "attempt-cooldown");
    house.advance("15m");
    let open = start_attempt::start_attempt(&house.app, &ana, slug("alpha"), slug("final")).await.unwrap();
    let (content, picture) = overview::my_picture(&house.app, &ana).await.unwrap();
    let standing = picture.course(&content, &content.curriculum.courses[&slug("alpha")]);
    assert!(standing.exams.iter().all(|(_, may)| may.is_ok()), "an open exam waits for no other chance");
    house.hand_in(&ana, open, true).await.unwrap();

    let minted = mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    assert_eq!(minted.claims.aud, "https://lake.example.com");
    assert_eq!(minted.claims.scope, "session:role:READER");
    assert_eq!(minted.claims.preferred_username, "ANA.MARTIN");
    assert_eq!(minted.claims.exp - minted.claims.iat, 900);
    assert_eq!(house.events("token.minted").await, 1);

    house.advance("1s");
    let held = house.app.now();
    house.advance("1h");
    let me = person_id(&ana);
    let content = house.app.content().unwrap();
    let explained =
        explain_access::explain_access(&house.app, &house.admin, Some(me.to_string()), slug("reader"), None)
            .await
            .unwrap();
    assert!(explained.effective);
    let certificate = explained.clauses[0].met_by.as_ref().unwrap().id;
    drop(content);
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "cheated".into()).await.unwrap();

    let refused = mint_token::mint_token(&house.app, &ana, slug("reader")).await.err().unwrap();
    assert_eq!(code(&refused), "certification-missing");
    let as_of =
        |at| explain_access::explain_access(&house.app, &house.admin, Some(me.to_string()), slug("reader"), Some(at));
    house.advance("1s");
    assert!(as_of(held).await.unwrap().effective, "the past stays as it was");
    assert!(!as_of(house.app.now()).await.unwrap().effective);
    assert_eq!(house.events("token.minted").await, 1);
    // Passing again wakes the grant within its grace.
    house.advance("24h");
    house.take(&ana, "alpha", "final", true).await.unwrap();
    mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    // And not after it.
    let again = as_of(house.app.now()).await.unwrap();
    let certificate = again.clauses[0].met_by.as_ref().unwrap().id;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "cheated".into()).await.unwrap();
    house.advance("P31D");
    house.take(&ana, "alpha", "final", true).await.unwrap();
    let refused = mint_token::mint_token(&house.app, &ana, slug("reader")).await.err().unwrap();
    assert_eq!(code(&refused), "role-not-held");
    assert_eq!(as_of(house.app.now()).await.unwrap().grant.unwrap().ended_reason.unwrap().word(), "certificate_lost");
    sweep::sweep(&house.app).await.unwrap();
}

#[tokio::test]
async fn nobody_approves_their_own_request_and_one_person_is_one_approval() {
    let house = House::new().await;
    let owner = house.person_in("Owner", &["privacy"]).await;
    let priya = house.person_in("Priya", &["privacy"]).await;
    let ben = house.person("Ben").await;
    house.certify(&ben, "beta").await;
    let (request, state) = house.ask(&ben, "guardian").await.unwrap();
    assert_eq!(state, RequestState::InReview);
    assert_eq!(code(&house.approve(&ben, request).await.err().unwrap()), "own-request");
    assert_eq!(code(&house.approve(&house.admin, request).await.err().unwrap()), "not-yours-to-decide");
    assert_eq!(house.approve(&owner, request).await.unwrap(), RequestState::InReview, "one person fills one clause");
    assert_eq!(code(&house.approve(&owner, request).await.err().unwrap()), "decided-already");
    assert_eq!(house.approve(&priya, request).await.unwrap(), RequestState::Approved);
    mint_token::mint_token(&house.app, &ben, slug("guardian")).await.unwrap();

    // The owner themselves needs two others; there is only one left.
    house.certify(&owner, "beta").await;
    assert_eq!(code(&house.ask(&owner, "guardian").await.err().unwrap()), "no-approver");
}

#[tokio::test]
async fn a_lock_outranks_everything_and_lifting_it_revives_nothing_that_ended() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let minted = mint_token::mint_token(&house.app, &ana, slug("reader")).await.unwrap();
    let kind = habilis::access::rows::LockKind::Role;
    let placed = lock::place_lock(&house.app, &house.admin, kind, "reader".into(), "leak".into()).await.unwrap();
    let refused = mint_token::mint_token(&house.app, &ana, slug("reader")).await.err().unwrap();
    assert_eq!(code(&refused), "locked");
    revoke_grant::revoke_grant(&house.app, &house.admin, minted.grant, "leak".into()).await.unwrap();
    house.advance("1m");
    lock::lift_lock(&house.app, &house.admin, placed).await.unwrap();
    let refused = mint_token::mint_token(&house.app, &ana, slug("reader")).await.err().unwrap();
    assert_eq!(code(&refused), "role-not-held");
    assert_eq!(code(&lock::lift_lock(&house.app, &house.admin, placed).await.err().unwrap()), "no-such-lock");
}

#[tokio::test]
async fn a_lock_has_a_history_as_a_grant_has() {
    let house = House::new().await;
    let place = || {
        let kind = habilis::access::rows::LockKind::Role;
        lock::place_lock(&house.app, &house.admin, kind, "reader".into(), "a leak".into())
    };
    let life = |lock: Id<ids::Lock>| {
        let read = house.app.db.read(house.app.now(), move |r| Ok(history::history(r, &lock.to_string())?));
        async move {
            let steps = read.await.unwrap().into_iter().map(|step| (step.from_state, step.to_state, step.reason));
            steps.map(|(from, to, why)| format!("{from} > {to}: {why}")).collect::<Vec<_>>()
        }
    };
    let first = place().await.unwrap();
    assert_eq!(code(&place().await.unwrap_err()), "locked-already");
    house.advance("1m");
    lock::lift_lock_because(&house.app, &house.admin, first, "it is mended".into()).await.unwrap();
    house.advance("1m");
    let second = place().await.unwrap();
    house.advance("1m");
    lock::lift_lock(&house.app, &house.admin, second).await.unwrap();
    house.advance("1m");
    assert_eq!(life(first).await, [" > placed: a leak", "placed > lifted: it is mended"]);
    assert_eq!(life(second).await, [" > placed: a leak", "placed > lifted: lifted"]);
    // What has another step than the table knows is refused by the database.
    let again = house.app.db.write(house.app.now(), move |w| {
        let step = Step { from: "lifted", to: "placed", actor: "operator:test", reason: "" };
        Ok(lifecycle::noted(w, Entity::Lock, &first.to_string(), step, "")?)
    });
    assert!(again.await.is_err());
}
