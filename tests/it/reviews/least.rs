//! Least privilege: what nobody uses is listed and, where a role asks for it, ends in time; what would be lost; what peers hold.

use super::{Cast, printed, read};
use crate::support::{House, code, content, person_id, slug};
use habilis::{
    access::rows,
    actions::{disable_person, hold_grant, least, mint_token, revoke_grant, sweep},
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_used_for_so_many_days_is_listed() {
    let cast = Cast::set().await;
    let (served, house, app) = (&cast.served, cast.house(), &cast.house().app);
    house.advance("P20D");
    mint_token::mint_token(app, &cast.ana, slug("reader")).await.unwrap();
    house.advance("P10D");
    let used = app.now();
    mint_token::mint_token(app, &cast.bob, slug("reader")).await.unwrap();
    house.advance("PT1H");
    let admin = house.bearer(&house.admin).await;
    let owner = house.bearer(&cast.owner).await;
    let names = async |bearer: &str, path: &str| -> Vec<String> {
        let list = read(served, bearer, path).await;
        let items = list["items"].as_array().unwrap();
        items.iter().map(|line| line["person"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&admin, "/holders?unused=30").await, ["Owner"], "never used, and held for thirty days");
    assert_eq!(names(&admin, "/holders?unused=5").await, ["Owner", "Ana Verano"]);
    assert!(names(&admin, "/holders?unused=31").await.is_empty(), "the timer never counts from before the start");
    assert_eq!(names(&owner, "/holders?role=reader&unused=5").await.len(), 2, "its owner may ask, too");
    let before = format!("/holders?unused=29&as_of={}", used.plus_seconds(-1));
    assert_eq!(names(&admin, &before).await, ["Owner", "Bob"], "as of a moment");
    let (status, _) = served.api(&admin, Method::GET, "/api/v1/holders?unused=0", Value::Null).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let csv =
        served.call(Method::GET, "/api/v1/holders?unused=30&format=csv").bearer_auth(&admin).send().await.unwrap();
    assert_eq!(csv.text().await.unwrap().lines().count(), 2);
    let (status, page) = served.page(&admin, "/holders?unused=30").await;
    assert!(status == StatusCode::OK && page.contains("Owner") && !page.contains("Ana Verano"), "{page}");
    let answer = served.call(Method::GET, "/unused").header("cookie", format!("habilis={admin}")).send().await.unwrap();
    assert_eq!(answer.headers()["location"], "/holders?unused=90");
    let (_, role) = served.page(&owner, "/access/reader").await;
    assert!(role.contains("3 people hold it in effect"), "{role}");
    assert!(role.contains("Every access was used in the last 90 days"), "{role}");
    let at = app.now().to_string();
    let listed = printed(house, &["holders", "--unused-for", "30", "--as-of", &at, "--format", "json"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

fn ending() -> Source {
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let access = access
        .replace("approval: auto, max_duration: P200D", "approval: auto, end_unused_after: P30D, max_duration: P200D");
    files.insert("access.yaml".into(), access.into_bytes());
    Source::from_files(files)
}

async fn notices(house: &House, who: &Actor, kind: &'static str) -> i64 {
    let who = person_id(who);
    let asked = house.app.db.read(house.app.now(), move |r| {
        let asked = sql("SELECT COUNT(*) AS n FROM notices WHERE person_id = ? AND kind = ?");
        Ok(asked.bind(&who).bind(&kind).one::<i64>(r)?)
    });
    asked.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_not_used_ends_after_a_notice_and_a_use_keeps_it() {
    let house = House::with(ending()).await;
    let app = &house.app;
    let (ana, bob) = (house.person("Ana").await, house.person("Bob").await);
    for who in [&ana, &bob] {
        house.certify(who, "alpha").await;
        house.ask(who, "either").await.unwrap();
        house.ask(who, "reader").await.unwrap();
    }
    let state = async |who: &Actor| {
        let who = person_id(who);
        let held = app.db.read(app.now(), move |r| Ok(rows::grants_of_role(r, who, &slug("either"))?)).await.unwrap();
        (held[0].state, held[0].ended_reason.map(habilis::access::grant::EndReason::word))
    };
    let tell = async |days: &str| {
        house.advance(days);
        sweep::sweep(app).await.unwrap();
        sweep::sweep(app).await.unwrap();
        (notices(&house, &ana, "access_unused").await, notices(&house, &bob, "access_unused").await)
    };
    assert_eq!(tell("P15D").await, (0, 0), "not yet");
    assert_eq!(tell("P1D").await, (1, 1), "fourteen days before, once");
    // Ana uses it in between; Bob does not.
    mint_token::mint_token(app, &ana, slug("either")).await.unwrap();
    assert_eq!(tell("P13DT23H").await, (1, 1));
    assert_eq!(state(&bob).await.1, None, "never before the time that was told");
    let other = house.replica().await;
    house.advance("PT2H");
    let (one, two) = tokio::join!(sweep::sweep(app), sweep::sweep(&other));
    one.and(two).unwrap();
    assert_eq!(state(&bob).await.1, Some("unused"));
    assert_eq!(state(&ana).await.1, None, "used in between");
    assert_eq!((notices(&house, &bob, "access_ended_unused").await, house.events("grant.ended").await), (1, 1));
    let reader = mint_token::mint_token(app, &bob, slug("reader")).await;
    assert!(reader.is_ok(), "a role without the rule is not touched");
    // Hers is told of again, counted from its use.
    assert_eq!(tell("P2D").await, (2, 1));
    assert_eq!(house.events("grant.unused_warned").await, 3);
    // Whoever sweeps late ends nothing without the notice that is owed.
    let cem = house.person("Cem").await;
    house.certify(&cem, "alpha").await;
    house.ask(&cem, "either").await.unwrap();
    house.advance("P60D");
    sweep::sweep(app).await.unwrap();
    assert_eq!((state(&cem).await.1, notices(&house, &cem, "access_unused").await), (None, 1));
    house.advance("P14D");
    sweep::sweep(app).await.unwrap();
    assert_eq!(state(&cem).await.1, Some("unused"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_back_is_not_unused_and_its_days_count_from_the_lift() {
    let house = House::with(ending()).await;
    let app = &house.app;
    let (ana, bob) = (house.person("Ana").await, house.person("Bob").await);
    let mut held = Vec::new();
    for who in [&ana, &bob] {
        house.certify(who, "alpha").await;
        house.ask(who, "either").await.unwrap();
        let who = person_id(who);
        let one = app.db.read(app.now(), move |r| Ok(rows::grants_of_role(r, who, &slug("either"))?)).await.unwrap();
        held.push(one[0].id);
    }
    let tell = async |days: &str| {
        house.advance(days);
        sweep::sweep(app).await.unwrap();
        sweep::sweep(app).await.unwrap();
        (notices(&house, &ana, "access_unused").await, notices(&house, &bob, "access_unused").await)
    };
    // Ana is held back before she was told, Bob after that.
    hold_grant::hold_grant(app, &house.admin, held[0], "odd queries".into()).await.unwrap();
    assert_eq!(tell("P17D").await, (0, 1));
    hold_grant::hold_grant(app, &house.admin, held[1], "odd queries".into()).await.unwrap();
    assert_eq!(tell("P33D").await, (0, 1));
    assert_eq!(house.events("grant.ended").await, 0, "nobody can use what is held back");
    for one in &held {
        hold_grant::let_grant_go_on(app, &house.admin, *one, "explained".into()).await.unwrap();
    }
    assert_eq!(tell("P15D").await, (0, 1), "the days begin anew");
    assert_eq!(tell("P2D").await, (1, 2));
    assert_eq!((tell("P13D").await, house.events("grant.ended").await), ((1, 2), 0));
    tell("P2D").await;
    assert_eq!(house.events("grant.ended").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_compared_with_the_team_and_told_what_would_be_lost() {
    let cast = Cast::set().await;
    let (served, house, app) = (&cast.served, cast.house(), &cast.house().app);
    // Ana holds `reader` and `either`; of three others in sales one holds `reader`, and all hold `keeper`.
    house.ask(&cast.ana, "either").await.unwrap();
    let (cem, dora) = (house.person_in("Cem", &["sales"]).await, house.person_in("Dora", &["sales"]).await);
    house.certify(&cast.bob, "beta").await;
    for who in [&cem, &dora] {
        for course in ["alpha", "beta"] {
            house.certify(who, course).await;
        }
    }
    for who in [&cast.bob, &cem, &dora] {
        let (request, _) = house.ask(who, "keeper").await.unwrap();
        house.approve(&cast.owner, request).await.unwrap();
    }
    // Somebody who is shut out is no peer.
    let gone = house.person_in("Gone", &["sales"]).await;
    disable_person::disable_person(app, &house.admin, person_id(&gone), "left".into()).await.unwrap();
    house.advance("PT1M");
    let admin = house.bearer(&house.admin).await;
    let ana = person_id(&cast.ana);
    let told = read(served, &admin, &format!("/people/{ana}/peers?rare=40&common=60")).await;
    let team = &told["teams"][0];
    assert_eq!((&team["team"], &team["peers"]), (&json!("sales"), &json!(3)));
    let role = |id: &str| team["roles"].as_array().unwrap().iter().find(|one| one["role"] == id).unwrap().clone();
    let about = |id: &str| {
        let one = role(id);
        (
            one["holding"].clone(),
            one["percent"].clone(),
            one["held"].clone(),
            one["unusual"].clone(),
            one["lacking"].clone(),
        )
    };
    assert_eq!(about("reader"), (json!(1), json!(33), json!(true), json!(true), json!(false)));
    assert_eq!(about("either"), (json!(0), json!(0), json!(true), json!(true), json!(false)));
    assert_eq!(about("keeper"), (json!(3), json!(100), json!(false), json!(false), json!(true)));
    let (_, page) = served.page(&admin, &format!("/people/{ana}")).await;
    assert!(page.contains(&format!("/people/{ana}/losses")));
    let (_, page) = served.page(&admin, &format!("/people/{ana}/losses")).await;
    for word in ["Beside the team", "rare in the team", "common in the team", "1 of 3"] {
        assert!(page.contains(word), "{word}: {page}");
    }

    // Without `either`, nothing opens the attic any more; what `reader` opens stays.
    let told = read(served, &admin, &format!("/people/{ana}/losses?roles=either")).await;
    assert_eq!(told["lost"], json!([{ "warehouse": "attic", "dataset": "d.two", "roles": ["either"] }]));
    assert_eq!(told["kept"], json!([{ "warehouse": "lake", "dataset": "d.one", "roles": ["reader"] }]));
    assert_eq!((&told["warehouses"], &told["dropped"]), (&json!(["attic"]), &json!(["either"])));
    let told = read(served, &admin, &format!("/people/{ana}/losses?roles=keeper")).await;
    assert_eq!((&told["not_held"], &told["dropped"]), (&json!(["keeper"]), &json!([])));
    // With the team goes what is common in it: for Cem his `keeper`, for Ana nothing of hers.
    let told = read(served, &admin, &format!("/people/{}/losses?team=sales", person_id(&cem))).await;
    assert_eq!((&told["dropped"], &told["lost"][0]["dataset"]), (&json!(["keeper"]), &json!("d.three")));
    assert_eq!(read(served, &admin, &format!("/people/{ana}/losses?team=sales")).await["dropped"], json!([]));
    let (status, page) = served.page(&admin, &format!("/people/{ana}/losses?role=either")).await;
    assert!(status == StatusCode::OK && page.contains("d.two") && page.contains("Nothing would open"), "{page}");
    for (path, code) in [("losses?roles=nothing", "no-such-role"), ("losses?team=nobody", "no-such-team")] {
        let (status, said) =
            served.api(&admin, Method::GET, &format!("/api/v1/people/{ana}/{path}"), Value::Null).await;
        assert_eq!((status, &said["code"]), (StatusCode::NOT_FOUND, &json!(code)));
    }
    let nosy = least::peers::peers(app, &cast.bob, ana, 20, 50).await.unwrap_err();
    assert_eq!(code(&nosy), "capability-missing");
    // Asking has changed nothing.
    let held = app.db.read(app.now(), move |r| Ok(rows::effective_of(r, ana)?)).await.unwrap();
    assert_eq!(held.len(), 2);
    let grant = held[0].grant_id;
    revoke_grant::revoke_grant(app, &house.admin, grant, "enough".into()).await.unwrap();
    let lines = printed(house, &["people", "peers", "ana.verano@example.com", "--format", "json"]);
    assert!(lines.is_array(), "{lines}");
}
