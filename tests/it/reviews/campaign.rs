//! A review from its start to its evidence: who is asked, who may answer, what becomes of what nobody answers, and that it holds
//! against others' ids, replays and races.

use super::{Cast, printed, read};
use crate::support::{code, person_id, slug};
use base64::{Engine, engine::general_purpose::STANDARD};
use habilis::{
    access::{
        review::{LineState, State, Verdict},
        rows::{self, LineFilter},
    },
    actions::{
        mint_token,
        reviews::{answer, cancel, delegate, pack, read as reviews, start},
        sweep,
    },
    base::paging::Paging,
    db::sql,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_runs_from_its_start_to_its_evidence() {
    let cast = Cast::set().await;
    let (served, house, app) = (&cast.served, cast.house(), &cast.house().app);
    let [ana, bob] = [&cast.ana, &cast.bob];
    let token = mint_token::mint_token(app, ana, slug("reader")).await.unwrap();
    house.advance("PT1H");

    // It begins: three hold the role, and the owner's own line goes to the admins.
    let admin = house.bearer(&house.admin).await;
    let wanted = json!({ "title": "Spring", "scope": { "roles": ["reader"] }, "due": "P7D", "grace": "P5D" });
    let (status, begun) = served.api(&admin, Method::POST, "/api/v1/reviews", wanted).await;
    assert_eq!(status, StatusCode::CREATED, "{begun}");
    let review: habilis::base::ids::Id<habilis::base::ids::Review> =
        begun["review"]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(
        (&begun["review"]["progress"]["total"], &begun["review"]["progress"]["pending"]),
        (&json!(3), &json!(3))
    );
    let of = async |who: &habilis::identity::actor::Actor| cast.line_of(review, who).await;
    let (anas, bobs, owners) = (of(ana).await, of(bob).await, of(&cast.owner).await);
    assert_eq!(anas.reviewer_id, Some(person_id(&cast.owner)));
    assert_eq!(owners.reviewer_id, None, "nobody reviews their own access");
    assert_eq!((anas.facts.last_used_at, bobs.facts.last_used_at), (Some(token.issued_at), None));
    assert_eq!((anas.facts.peers, anas.facts.peers_holding), (1, 1), "Bob is in her team, and holds it");
    assert_eq!(house.events("review.started").await, 1);
    assert_eq!(
        (cast.notices(&cast.owner, "review_asks").await, cast.notices(&house.admin, "review_asks").await),
        (1, 1)
    );

    // The population is what it was: whoever comes later is not in it, and the database changes nothing of it.
    let cleo = house.person("Cleo").await;
    house.certify(&cleo, "alpha").await;
    house.ask(&cleo, "reader").await.unwrap();
    assert_eq!(read(served, &admin, &format!("/reviews/{review}/lines")).await["items"].as_array().unwrap().len(), 3);
    for forbidden in [
        format!("UPDATE review_lines SET facts = '{{}}' WHERE id = '{}'", anas.id),
        format!("DELETE FROM review_lines WHERE id = '{}'", anas.id),
        format!("UPDATE review_lines SET state = 'lapsed' WHERE id = '{}'", anas.id),
        format!(
            "INSERT INTO review_lines (id, review_id, grant_id, person_id, role_id, state, assigned_at, facts) SELECT 'rvl_x', \
             review_id, (SELECT id FROM grants WHERE person_id = '{}'), person_id, role_id, 'pending', assigned_at + 1, facts \
             FROM review_lines WHERE id = '{}'",
            person_id(&cleo),
            anas.id
        ),
    ] {
        let done = app.db.write(app.now(), move |w| Ok(sql(forbidden.clone()).run(w)?)).await;
        assert!(done.is_err(), "the database let the population be changed");
    }

    // What waits for the owner, on their page.
    let owner = house.bearer(&cast.owner).await;
    let (_, inbox) = served.page(&owner, "/reviews").await;
    assert!(inbox.contains("Spring") && inbox.contains("2 accesses wait for you"), "{inbox}");
    let (_, page) = served.page(&owner, &format!("/reviews/{review}")).await;
    for word in ["Ana Verano", "Bob", "the weekly report", "1 of 1 in the same teams hold it", "Keep", "Remove"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains(&owners.id.to_string()), "a reviewer sees the own lines");

    // Others' lines, one's own access, and answers without a reason.
    let say = |verdict, comment: &str| answer::Answer { verdict, comment: comment.to_owned() };
    let one = |line: &habilis::access::review::Line| BTreeSet::from([line.id]);
    let refused = async |who: &habilis::identity::actor::Actor, line: &habilis::access::review::Line, said| {
        code(&answer::answer_lines(app, who, review, one(line), said).await.unwrap_err())
    };
    assert_eq!(refused(bob, &anas, say(Verdict::Keep, "")).await, "no-such-review");
    assert_eq!(refused(&cast.owner, &owners, say(Verdict::Keep, "")).await, "no-such-review-line");
    assert_eq!(refused(&house.admin, &anas, say(Verdict::Keep, "")).await, "review-not-yours");
    assert_eq!(refused(&cast.owner, &anas, say(Verdict::Remove, " ")).await, "reason-needed");
    let to = async |who: &habilis::identity::actor::Actor, line: &habilis::access::review::Line, to: &str| {
        delegate::delegate_line(app, who, review, line.id, to.into(), "she knows him".into()).await
    };
    assert_eq!(code(&to(&cast.owner, &bobs, "bob@example.com").await.unwrap_err()), "review-unfit-delegate");
    // Handed to Petra, Bob's line is hers alone.
    to(&cast.owner, &bobs, "petra@example.com").await.unwrap();
    assert_eq!(refused(&cast.owner, &bobs, say(Verdict::Keep, "")).await, "no-such-review-line");
    assert_eq!(cast.notices(&cast.petra, "review_asks").await, 1);
    // One whose line is among those of others takes none of them.
    let both = BTreeSet::from([anas.id, bobs.id]);
    let none = answer::answer_lines(app, &cast.owner, review, both, say(Verdict::Keep, "")).await.unwrap_err();
    assert_eq!(code(&none), "no-such-review-line");
    assert_eq!(of(ana).await.state, LineState::Pending, "all or nothing");

    // Kept, and not kept again.
    let sent = json!({ "decision": "keep", "comment": "Every week." });
    let place = format!("/api/v1/reviews/{review}/lines/{}/answer", anas.id);
    assert_eq!(served.api(&owner, Method::POST, &place, sent.clone()).await.0, StatusCode::NO_CONTENT);
    let (status, again) = served.api(&owner, Method::POST, &place, sent).await;
    assert_eq!((status, &again["code"]), (StatusCode::CONFLICT, &json!("review-line-answered")));
    // The admins' line: removed, and over at this instant.
    let held = mint_token::mint_token(app, &cast.owner, slug("reader")).await.unwrap();
    let verify = async |token: &str| {
        served.call(Method::GET, "/verify").bearer_auth(token).send().await.unwrap().status().as_u16()
    };
    assert_eq!(verify(&held.token).await, 204);
    answer::answer_lines(app, &house.admin, review, one(&owners), say(Verdict::Remove, "An owner needs it not."))
        .await
        .unwrap();
    assert_eq!(verify(&held.token).await, 401);
    let ended = app.db.read(app.now(), move |r| Ok(rows::grant(r, owners.grant_id)?)).await.unwrap().unwrap();
    assert_eq!(ended.ended_reason.unwrap().word(), "review_removed");
    assert_eq!(cast.notices(&cast.owner, "access_removed").await, 1);

    // A reminder, once; then the due date: nobody sweeps, and Bob's access is held back all the same.
    house.advance("P5D");
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    assert_eq!((cast.notices(&cast.petra, "review_due").await, house.events("review.reminded").await), (1, 1));
    mint_token::mint_token(app, bob, slug("reader")).await.expect("in time");
    house.advance("P2D");
    let late = mint_token::mint_token(app, bob, slug("reader")).await.map(|_| ()).unwrap_err();
    assert_eq!(code(&late), "grant-suspended");
    assert_eq!(of(bob).await.state, LineState::Pending, "no sweep came by");
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    assert_eq!(of(bob).await.state, LineState::Overdue);
    assert_eq!(
        (cast.notices(bob, "access_unreviewed").await, cast.notices(&cast.petra, "review_overdue").await),
        (1, 1)
    );
    mint_token::mint_token(app, ana, slug("reader")).await.expect("what was kept is not touched");
    let called_off = cancel::cancel_review(app, &house.admin, review, "too late".into()).await.unwrap_err();
    assert_eq!(code(&called_off), "review-due");
    let (_, page) = served.page(&house.bearer(&cast.petra).await, &format!("/reviews/{review}")).await;
    assert!(page.contains("these accesses are suspended"), "{page}");
    // Kept too late: it works again at once, and the review is over.
    answer::answer_lines(app, &cast.petra, review, one(&bobs), say(Verdict::Keep, "")).await.unwrap();
    mint_token::mint_token(app, bob, slug("reader")).await.expect("kept");
    let closed = app.db.read(app.now(), move |r| Ok(rows::review(r, review)?)).await.unwrap().unwrap();
    assert_eq!(closed.state, State::Closed);

    evidence(&cast, review, &anas).await;
}

/// What a stranger finds in the file alone.
async fn evidence(
    cast: &Cast,
    review: habilis::base::ids::Id<habilis::base::ids::Review>,
    anas: &habilis::access::review::Line,
) {
    let (served, house) = (&cast.served, cast.house());
    let admin = house.bearer(&house.admin).await;
    let owner = house.bearer(&cast.owner).await;
    let place = format!("/api/v1/reviews/{review}/evidence");
    let (status, _) = served.api(&owner, Method::GET, &place, Value::Null).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "for auditors and admins");
    let told = read(served, &admin, &format!("/reviews/{review}/evidence")).await;
    let part = |name: &str| told["parts"][name].as_str().unwrap().to_owned();
    for (name, about) in told["manifest"]["parts"].as_object().unwrap() {
        assert_eq!(about["sha256"], json!(sha256(&part(name))), "{name}");
    }
    let events = part("events.jsonl");
    let lines: Vec<Value> = events.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    let started =
        &lines.iter().find(|line| line["event"]["entry"]["kind"] == "review.started").unwrap()["event"]["entry"];
    assert_eq!(
        started["data"]["population_sha256"],
        json!(sha256(&part("population.jsonl"))),
        "the log vouches for it"
    );
    assert_eq!(part("population.jsonl").lines().count(), 3);
    for kind in [
        "review.line_answered",
        "review.line_delegated",
        "review.line_overdue",
        "review.closed",
        "grant.ended",
        "grant.suspended",
    ] {
        assert!(events.contains(&format!("\"kind\":\"{kind}\"")), "{kind}: {events}");
    }
    let places: Vec<u64> = lines.iter().map(|line| line["event"]["position"].as_u64().unwrap()).collect();
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
    assert_eq!(
        (&told["manifest"]["first_event"], &told["manifest"]["last_event"]),
        (&json!(places.first()), &json!(places.last()))
    );
    let decisions = part("decisions.jsonl");
    assert!(decisions.contains("Every week.") && decisions.contains("she knows him"), "{decisions}");

    // The page: one file, no script, nothing from the network, and the same parts inside.
    let (status, page) = served.page(&admin, &format!("/reviews/{review}/evidence")).await;
    assert_eq!(status, StatusCode::OK);
    for word in [
        "Evidence of a review of access: Spring",
        "Ana Verano",
        "bob@example.com",
        "Every week.",
        "An owner needs it not.",
        "she knows him",
        "the weekly report",
        "Petra",
        "1 of 1 people who share a team hold it",
        &anas.id.to_string(),
        started["id"].as_str().unwrap(),
        &sha256(&part("population.jsonl")),
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("<link") && !page.contains("<img"), "nothing but the file");
    assert!(!page.contains("src=") && !page.contains("url("), "nothing but the file");
    let inside =
        page.split("download=\"population.jsonl\" href=\"data:application/octet-stream;base64,").nth(1).unwrap();
    let inside = STANDARD.decode(inside.split('"').next().unwrap()).unwrap();
    assert_eq!(String::from_utf8(inside).unwrap(), part("population.jsonl"));
    assert!(house.events("records.exported").await >= 2, "that it was taken stands in the log");

    // The command line tells the same.
    let listed = printed(house, &["reviews", "list", "--format", "json"]);
    assert_eq!((&listed[0]["review"]["state"], &listed[0]["progress"]["done"]), (&json!("closed"), &json!(3)));
    let lines = printed(house, &["reviews", "show", &review.to_string(), "--format", "json"]);
    assert_eq!(lines.as_array().unwrap().iter().filter(|line| line["state"] == "kept").count(), 2, "{lines}");
    let file = house.engine.folder.path().join("evidence.html");
    printed(house, &["reviews", "export", &review.to_string(), "--lang", "fr", "--output", file.to_str().unwrap()]);
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("Preuve d’une revue des accès : Spring") && page.contains("operator:"), "{page}");
    let parts = printed(house, &["reviews", "export", &review.to_string(), "--format", "json"]);
    assert_eq!(parts["parts"]["population.jsonl"], told["parts"]["population.jsonl"], "frozen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_answers_ends_and_what_ended_before_is_gone() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let review = cast.begin("P2D", "P3D").await;
    let none = start::start_review(app, &house.admin, Cast::wanted("P2D", "P3D"), None).await.unwrap_err();
    assert_eq!(code(&none), "review-empty", "a grant is in one review at a time");
    let wrong = start::start_review(app, &house.admin, Cast::wanted("PT1H", "P3D"), None).await.unwrap_err();
    assert_eq!(code(&wrong), "review-bad-due");
    assert_eq!(
        code(&start::start_review(app, &cast.owner, Cast::wanted("P2D", "P3D"), None).await.unwrap_err()),
        "capability-missing"
    );

    // Ana's grant is revoked, and comes again: what was asked of the one holds for what came in its place.
    let anas = cast.line_of(review, &cast.ana).await;
    habilis::actions::revoke_grant::revoke_grant(app, &house.admin, anas.grant_id, "a mistake".into()).await.unwrap();
    house.ask(&cast.ana, "reader").await.unwrap();
    // The owner's ends for good.
    let owners = cast.line_of(review, &cast.owner).await;
    habilis::actions::revoke_grant::revoke_grant(app, &house.admin, owners.grant_id, "not needed".into())
        .await
        .unwrap();
    sweep::sweep(app).await.unwrap();
    assert_eq!(cast.line_of(review, &cast.owner).await.state, LineState::Gone);

    house.advance("P2D");
    for who in [&cast.ana, &cast.bob] {
        let late = mint_token::mint_token(app, who, slug("reader")).await.map(|_| ()).unwrap_err();
        assert_eq!(code(&late), "grant-suspended");
    }
    sweep::sweep(app).await.unwrap();
    house.advance("P3D");
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    for who in [&cast.ana, &cast.bob] {
        assert_eq!(cast.line_of(review, who).await.state, LineState::Lapsed);
        assert_eq!(cast.notices(who, "access_lapsed").await, 1);
        let who = person_id(who);
        let left =
            app.db.read(app.now(), move |r| Ok(rows::live_grants(r, who, Some(&slug("reader")))?)).await.unwrap();
        assert!(left.is_empty(), "nothing is silently kept");
    }
    let found =
        reviews::read_review(app, &house.admin, review, LineFilter::default(), Paging::first(10)).await.unwrap();
    assert_eq!((found.review.state, found.figures.lapsed, found.figures.done), (State::Closed, 2, 3));
    let late = answer::Answer { verdict: Verdict::Keep, comment: String::new() };
    let again = answer::answer_lines(app, &cast.owner, review, BTreeSet::from([anas.id]), late).await.unwrap_err();
    assert_eq!(code(&again), "review-line-answered", "a closed campaign takes no answer");
    let text = pack::make_pack(app, &house.admin, review).await.unwrap();
    assert!(text.paper(habilis::base::text::Language::Es).unwrap().contains("terminado: nadie respondió"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_that_is_called_off_holds_nothing_back() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let review = cast.begin("P2D", "P3D").await;
    let anas = cast.line_of(review, &cast.ana).await;
    let keep = answer::Answer { verdict: Verdict::Keep, comment: String::new() };
    answer::answer_lines(app, &cast.owner, review, BTreeSet::from([anas.id]), keep).await.unwrap();
    assert_eq!(
        code(&cancel::cancel_review(app, &cast.owner, review, "no".into()).await.unwrap_err()),
        "capability-missing"
    );
    assert_eq!(code(&cancel::cancel_review(app, &house.admin, review, " ".into()).await.unwrap_err()), "reason-needed");
    cancel::cancel_review(app, &house.admin, review, "the wrong roles".into()).await.unwrap();
    assert_eq!(
        code(&cancel::cancel_review(app, &house.admin, review, "again".into()).await.unwrap_err()),
        "review-not-open"
    );
    assert_eq!(cast.line_of(review, &cast.ana).await.state, LineState::Kept, "what was answered stays answered");
    assert_eq!(cast.line_of(review, &cast.bob).await.state, LineState::Cancelled);
    house.advance("P4D");
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    mint_token::mint_token(app, &cast.bob, slug("reader")).await.expect("nothing is held back");
    assert_eq!(house.events("review.line_overdue").await, 0);
    // And it can be reviewed anew.
    cast.begin("P2D", "P3D").await;
}

/// Keeping and the due date, at the same moment: whichever comes first, what is kept works and what is not does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeping_and_the_due_date_may_race() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let other = house.replica().await;
    for round in 0..4 {
        let review = cast.begin("P1D", "P3D").await;
        let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
        let owners = cast.line_of(review, &cast.owner).await;
        let before = house.events("review.line_answered").await;
        house.advance("P1D");
        let keep = || answer::Answer { verdict: Verdict::Keep, comment: String::new() };
        let (swept, kept, again, swept_too) = tokio::join!(
            sweep::sweep(app),
            answer::answer_lines(&other, &cast.owner, review, BTreeSet::from([anas.id, bobs.id]), keep()),
            answer::answer_lines(app, &cast.owner, review, BTreeSet::from([bobs.id]), keep()),
            sweep::sweep(&other),
        );
        swept.and(swept_too).unwrap();
        // One of the two answers may find the other's; never both.
        let taken = [kept.is_ok(), again.is_ok()];
        assert!(taken.contains(&true), "round {round}: {kept:?} {again:?}");
        house.advance("PT1M");
        for (who, line) in [(&cast.ana, &anas), (&cast.bob, &bobs)] {
            let state = cast.line_of(review, who).await.state;
            let works = mint_token::mint_token(app, who, slug("reader")).await.is_ok();
            assert_eq!(works, state == LineState::Kept, "round {round}: {state:?} {}", line.id);
        }
        // The one who is late with both has answered none of them.
        let all = cast.line_of(review, &cast.ana).await.state == LineState::Kept;
        assert_eq!(all, kept.is_ok(), "round {round}: {kept:?} {again:?}");
        assert_eq!(house.events("review.line_answered").await - before, 1 + i64::from(all), "round {round}");
        if !all {
            answer::answer_lines(app, &cast.owner, review, BTreeSet::from([anas.id]), keep()).await.unwrap();
        }
        answer::answer_lines(app, &house.admin, review, BTreeSet::from([owners.id]), keep()).await.unwrap();
        sweep::sweep(app).await.unwrap();
        let closed = app.db.read(app.now(), move |r| Ok(rows::review(r, review)?)).await.unwrap().unwrap();
        assert_eq!(closed.state, State::Closed, "round {round}");
    }
}
