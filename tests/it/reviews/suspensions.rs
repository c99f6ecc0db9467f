//! What holds a grant back besides a missing certification is part of the one view: minted, live and remembered tokens stop.

use super::read;
use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    access::{
        grant::Cause,
        rows::{self, HolderFilter, Standing},
    },
    actions::{explain_access, hold_grant, list_holders, mint_token, read_certificates, revoke_certificate, sweep},
    base::paging::Paging,
};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_grant_opens_nothing_and_says_why() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let app = &house.app;
    let admin = house.bearer(&house.admin).await;
    let (ana, bearer) = served.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.ask(&ana, "either").await.unwrap();
    house.advance("PT1H");
    let token = mint_token::mint_token(app, &ana, slug("reader")).await.unwrap();
    let ask =
        async || served.call(Method::GET, "/verify").bearer_auth(&token.token).send().await.unwrap().status().as_u16();
    assert_eq!(ask().await, 204);
    let before = app.now();
    house.advance("PT1M");

    let grant = token.grant;
    let placed = async |cause: Cause| {
        app.db
            .write(app.now(), move |w| Ok(rows::insert_suspension(w, grant, cause, w.now(), "system:test", "")?))
            .await
            .unwrap()
    };
    assert!(placed(Cause::Review).await);
    assert!(!placed(Cause::Review).await, "once of a cause");
    assert!(placed(Cause::Admin).await, "each cause by itself");
    assert_eq!(ask().await, 401, "a token that was remembered is dead at once");
    let refused = mint_token::mint_token(app, &ana, slug("reader")).await.map(|_| ()).unwrap_err();
    assert_eq!(code(&refused), "grant-suspended");
    mint_token::mint_token(app, &ana, slug("either")).await.expect("the other role is not touched");

    let filter = HolderFilter { state: Some(Standing::Suspended), ..HolderFilter::default() };
    let listed =
        list_holders::list_holders(app, &house.admin, filter.clone(), None, None, Paging::first(10)).await.unwrap();
    assert_eq!((listed.items.len(), listed.items[0].held_back), (1, Some(Cause::Review)));
    let then =
        list_holders::list_holders(app, &house.admin, filter, None, Some(before), Paging::first(10)).await.unwrap();
    assert!(then.items.is_empty(), "as of the minute before, nothing was suspended");
    let told = read(&served, &admin, "/explain?person=ana.verano@example.com&role=reader").await;
    assert_eq!((&told["effective"], &told["chain"]["suspensions"][0]["cause"]), (&json!(false), &json!("review")));
    assert!(told["sentence"].as_str().unwrap().contains("review"), "{told}");
    assert_eq!(read(&served, &bearer, "/roles/reader").await["held_back"], "review");
    let (_, page) = served.page(&bearer, "/access/reader").await;
    assert!(page.contains("Its review was due"), "{page}");
    let (_, home) = served.page(&bearer, "/").await;
    assert!(home.contains("Its review was due"), "{home}");
    let (_, holders) = served.page(&admin, "/holders?state=suspended").await;
    assert!(holders.contains("Review overdue"), "{holders}");

    // The sweep writes the word, and does not come back to it as long as it is held back.
    let who = person_id(&ana);
    app.db.write(app.now(), move |w| Ok(rows::end_suspension(w, grant, Cause::Admin, "system:test")?)).await.unwrap();
    sweep::sweep(app).await.unwrap();
    let due = app.db.read(app.now(), |r| Ok(rows::people_to_settle(r, None, 10)?)).await.unwrap();
    assert!(!due.contains(&who), "nothing is due for her");
    assert_eq!(ask().await, 401);
    app.db.write(app.now(), move |w| Ok(rows::end_suspension(w, grant, Cause::Review, "system:test")?)).await.unwrap();
    sweep::sweep(app).await.unwrap();
    house.advance("PT1M");
    assert_eq!(ask().await, 204, "the token lives for its quarter of an hour");
    mint_token::mint_token(app, &ana, slug("reader")).await.expect("and the grant goes on");
    let then = read(&served, &admin, &format!("/holders?role=reader&state=effective&as_of={before}")).await;
    assert_eq!(then["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_chain_says_who_suspended_a_grant_and_why() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let app = &house.app;
    let admin = house.bearer(&house.admin).await;
    let (ana, _) = served.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1H");
    let grant = mint_token::mint_token(app, &ana, slug("reader")).await.unwrap().grant;
    let before = app.now();
    house.advance("PT1M");
    let chain = async || {
        let (_, page) = served.page(&admin, &format!("/holders/{grant}")).await;
        page.split_once("id=\"chain\"").unwrap_or_else(|| panic!("{page}")).1.to_owned()
    };
    hold_grant::hold_grant(app, &house.admin, grant, "odd queries".into()).await.unwrap();
    house.advance("PT1M");
    let told = chain().await;
    assert!(told.contains("The grant was suspended") && told.contains("odd queries · Alix Admin"), "{told}");
    let then = explain_access::explain_grant(app, &house.admin, grant, Some(before)).await.unwrap();
    assert!(then.held_back.is_empty(), "a minute before, nobody had: {:?}", then.held_back);
    hold_grant::let_grant_go_on(app, &house.admin, grant, "it was explained".into()).await.unwrap();
    house.advance("PT1M");
    let told = chain().await;
    let back = told.split_once("came back into effect").unwrap_or_else(|| panic!("{told}")).1;
    assert!(back.contains("Alix Admin") && told.contains("odd queries"), "{told}");
    // The house's own causes have words, and nobody's name.
    let held = read_certificates::my_certificates(app, &ana).await.unwrap();
    revoke_certificate::revoke_certificate(app, &house.admin, held[0].id, "cheated".into()).await.unwrap();
    house.advance("PT1M");
    let told = chain().await;
    assert!(told.contains("A certificate that it rests on no longer counted"), "{told}");
}
