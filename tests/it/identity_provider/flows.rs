//! Signing in at a provider and coming back: linked, invited and new people, groups, and what is asked of the provider.

use super::scene::{Browser, Scene, field};
use crate::support::person_id;
use habilis::actions::invite_person;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_linked_by_its_address_once_and_known_by_its_subject_from_then_on() {
    let scene = Scene::with(json!({})).await;
    let ana = scene.house().person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let page = browser.go("/sign-in?next=%2Fcourses").await.text;
    assert!(
        page.contains("href=\"/sign-in/with/staff?next&#x3D;/courses\"") && page.contains("Example staff"),
        "{page}"
    );
    let reply = browser.sign_in("?next=/courses/alpha").await;
    assert_eq!((reply.status, reply.to().as_str()), (303, "/courses/alpha"), "{}", reply.text);
    assert_eq!(browser.who().await, "ana.verano@example.com");
    assert_eq!(scene.house().events("identity.linked").await, 1);
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM provider_sign_ins").await, 0);
    let line = "SELECT data AS word FROM events WHERE kind = 'session.started' ORDER BY seq DESC LIMIT 1";
    let line: Value = serde_json::from_str(&scene.read(line).await).unwrap();
    assert_eq!((&line["by"], &line["provider"]), (&json!("provider"), &json!("staff")));

    // Another address at the provider, even somebody else's here, changes nothing.
    scene.house().person("Bob Stone").await;
    scene.tick();
    scene.idp.is(json!({ "sub": "ana-1", "email": "bob.stone@example.com", "email_verified": true }));
    let other = Browser::open(&scene);
    assert_eq!(other.sign_in("").await.to(), "/");
    assert_eq!(other.who().await, "ana.verano@example.com");
    assert_eq!(scene.house().events("identity.linked").await, 1);
    // It stands in the account, and in what is given out.
    let account = other.go("/account").await.text;
    assert!(account.contains("Sign-in through the company") && account.contains("Example staff"), "{account}");
    let given = habilis::actions::export_records::export_me(&scene.house().app, &ana).await.unwrap();
    assert_eq!(given["identities"][0]["subject"], "ana-1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_of_the_provider_is_bound_to_this_sign_in() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let (first, second) = (browser.begin("").await, browser.begin("?hint=ana@example.com").await);
    for name in ["state", "nonce", "code_challenge"] {
        let (one, two) = (field(&first, name), field(&second, name));
        assert!(one.len() >= 43 && one != two, "{name}: {one} {two}");
    }
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "habilis"),
        ("scope", "openid profile email"),
        ("code_challenge_method", "S256"),
        ("prompt", ""),
    ] {
        assert_eq!(field(&first, name), value, "{name}");
    }
    assert_eq!(field(&second, "login_hint"), "ana@example.com");
    assert_eq!(field(&first, "redirect_uri"), format!("{}/sign-in/with/staff/back", scene.served.base));
    // Nothing of it stands in the clear in the database.
    for name in ["state", "nonce"] {
        let kept =
            "SELECT state_hash || ' ' || browser_hash AS word FROM provider_sign_ins ORDER BY created_at LIMIT 1";
        assert!(!scene.read(kept).await.contains(&field(&first, name)));
    }
    browser.sign_in("").await;
    let expected = "Basic aGFiaWxpczphK3NlY3JldCUzQSsx";
    assert_eq!(scene.idp.conduct().proof, expected, "both parts are encoded as in a form");
    assert_eq!((scene.idp.calls("document"), scene.idp.calls("jwks")), (1, 1), "both are kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_new_gets_an_account_only_where_the_provider_brings_people() {
    let scene = Scene::with(json!({})).await;
    let browser = Browser::open(&scene);
    assert_eq!(browser.refused("provider-no-account").await.status, 403);

    let scene = Scene::with(json!({ "create": true, "domains": ["example.com"] })).await;
    scene.idp.is(json!({
        "sub": "zoe-1", "email": "Zoe.Marin@Example.com", "given_name": "Zoé", "family_name": "Marin", "locale": "fr-FR",
        "zoneinfo": "Europe/Madrid",
    }));
    let browser = Browser::open(&scene);
    assert_eq!(browser.sign_in("").await.status, 303);
    assert_eq!(browser.who().await, "zoe.marin@example.com");
    let query = "SELECT name || '|' || language || '|' || zone || '|' || state AS word FROM persons WHERE email = 'zoe.marin@example.com'";
    assert_eq!(scene.read(query).await, "Zoé Marin|fr|Europe/Madrid|active");
    // And is found the next time.
    scene.tick();
    assert_eq!(Browser::open(&scene).sign_in("").await.status, 303);
    assert_eq!(scene.count("SELECT COUNT(*) AS n FROM persons").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_invited_is_active_from_then_on_and_the_invitation_is_used_up() {
    let scene = Scene::with(json!({})).await;
    let house = scene.house();
    let invitation = invite_person::Invitation {
        email: "ana.verano@example.com".into(),
        name: "Ana Verano".into(),
        ..invite_person::Invitation::default()
    };
    let link = invite_person::invite_person(&house.app, &house.admin, invitation).await.unwrap();
    let browser = Browser::open(&scene);
    assert_eq!(browser.sign_in("").await.status, 303);
    assert_eq!(browser.who().await, "ana.verano@example.com");
    let path = link.url.split_once("/welcome/").unwrap().1;
    assert_eq!(browser.go(&format!("/welcome/{path}")).await.status, 410);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_token_lacks_is_asked_at_the_userinfo_endpoint() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    scene.idp.is(json!({ "sub": "ana-1" }));
    let browser = Browser::open(&scene);
    browser.refused("provider-address-unverified").await;
    scene.idp.conduct().userinfo =
        json!({ "email": "ana.verano@example.com", "email_verified": "true", "name": "Ana" });
    assert_eq!(browser.sign_in("").await.status, 303);
    assert_eq!(browser.who().await, "ana.verano@example.com");
    // Somebody else's answer is not believed.
    scene.idp.conduct().userinfo = json!({ "sub": "bob-1", "email": "ana.verano@example.com" });
    let other = Browser::open(&scene);
    other.refused("provider-unsound").await;
    // What the token says itself needs no second answer.
    let before = scene.idp.calls("userinfo");
    scene.idp.is(json!({ "sub": "ana-1", "email": "x@example.com", "name": "Ana" }));
    assert_eq!(other.sign_in("").await.status, 303);
    assert_eq!(scene.idp.calls("userinfo"), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_put_people_into_teams_and_take_them_out_of_these_again() {
    let teams = json!({ "grp-data": "data", "grp-sales": "sales", "grp-all": "data" });
    let scene = Scene::with(json!({ "teams": teams })).await;
    let ana = scene.house().person_in("Ana Verano", &["sales", "choir"]).await;
    let teams = async |groups: Value| {
        let mut person =
            json!({ "sub": "ana-1", "email": "ana.verano@example.com", "email_verified": true, "name": "Ana" });
        if !groups.is_null() {
            person["groups"] = groups;
        }
        scene.idp.is(person);
        scene.tick();
        let browser = Browser::open(&scene);
        assert_eq!(browser.sign_in("").await.status, 303);
        habilis::actions::my_records::my_teams(&scene.house().app, &ana).await.unwrap().join(" ")
    };
    assert_eq!(teams(json!(["grp-data", "grp-sales", "other"])).await, "choir data sales");
    let changed = scene.house().events("person.changed").await;
    assert_eq!(teams(json!(["grp-data", "grp-sales"])).await, "choir data sales");
    assert_eq!(scene.house().events("person.changed").await, changed, "nothing changed, and no line says so");
    // Two groups of one team; what a person gave stays, also where the provider manages the team.
    assert_eq!(teams(json!("grp-all")).await, "choir data sales");
    // Too many to be told here (OpenID Connect Core, section 5.6.2): then nothing is known, and all stays.
    scene.idp.says("_claim_names", json!({ "groups": "src1" }));
    assert_eq!(teams(Value::Null).await, "choir data sales");
    scene.idp.conduct().twist = None;
    assert_eq!(teams(json!([])).await, "choir sales");
    assert_eq!(teams(json!(["grp-data"])).await, "choir data sales");
    assert_eq!(teams(Value::Null).await, "choir sales", "no group at all");
    let person = person_id(&ana).to_string();
    let query = "SELECT person_id AS word FROM events WHERE kind = 'person.changed' ORDER BY seq DESC LIMIT 1";
    assert_eq!(scene.read(query).await, person);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_and_a_first_sign_in_bring_approvers_who_are_told_what_waits() {
    let teams = json!({ "grp-privacy": "privacy", "grp-data": "data" });
    let scene = Scene::with(json!({ "create": true, "domains": ["example.com"], "teams": teams })).await;
    let house = scene.house();
    let (petra, paul) = (house.person_in("Petra", &["privacy"]).await, house.person_in("Paul", &["privacy"]).await);
    let (eve, ana) = (house.person("Eve").await, house.person("Ana").await);
    house.certify(&ana, "beta").await;
    house.ask(&ana, "guardian").await.unwrap();
    let signs_in = async |name: &str, groups: Value| {
        let (subject, email) = (format!("{name}-1"), format!("{name}@example.com"));
        let person = json!({ "sub": subject, "email": email, "email_verified": true, "name": name, "groups": groups });
        scene.idp.is(person);
        scene.tick();
        assert_eq!(Browser::open(&scene).sign_in("").await.status, 303);
    };
    for (groups, told) in [
        (json!(["grp-data"]), (0, 0)),
        (json!(["grp-privacy"]), (1, 1)),
        (json!(["grp-privacy", "grp-data"]), (1, 1)),
        (json!(["grp-privacy"]), (1, 1)),
        (json!([]), (0, 1)),
        (json!(["grp-privacy"]), (1, 2)),
    ] {
        signs_in("eve", groups.clone()).await;
        assert_eq!(house.told_to_decide(&eve).await, told, "{groups}");
    }
    for who in [&petra, &paul] {
        assert_eq!(house.told_to_decide(who).await, (1, 1));
    }
    // Nobody had the address that the policy names, until now.
    for _ in 0..2 {
        signs_in("owner", json!([])).await;
        let query = "SELECT COUNT(*) AS n FROM notices n JOIN persons p ON p.id = n.person_id \
                     WHERE p.email = 'owner@example.com' AND n.kind = 'request_waits'";
        assert_eq!(scene.count(query).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_goes_on_at_another_replica() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let replica = scene.replica().await;
    let browser = Browser::open(&scene);
    let back = browser.way_back("?next=/courses").await;
    let there = back.replace(&scene.served.base, &replica);
    assert_ne!(there, back);
    let reply = browser.go(&there).await;
    assert_eq!((reply.status, reply.to().as_str()), (303, "/courses"), "{}", reply.text);
    assert_eq!(browser.who().await, "ana.verano@example.com");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_s_request_goes_on_after_the_sign_in() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let query = "client_id=habilis-cli&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fcallback&response_type=code&scope=openid\
                 &state=a%20state%20%26%20more&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    let asked = browser.go(&format!("/authorize?{query}")).await;
    let page = browser.go(&asked.to()).await.text;
    let button = page.split("href=\"/sign-in/with/staff").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let button = button.replace("&amp;", "&").replace("&#x3D;", "=");
    let reply = browser.sign_in(&button).await;
    assert!(reply.to().starts_with("/authorize?client_id=habilis-cli&"), "{}", reply.to());
    let asked = browser.go(&reply.to()).await;
    assert!(asked.status == 200 && asked.text.contains("/authorize/consent"), "{}", asked.text);
    assert!(asked.text.contains("a%20state%20%26%20more"), "{}", asked.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fresh_sign_in_is_asked_for_and_held_to() {
    let scene = Scene::with(json!({})).await;
    scene.house().person("Ana Verano").await;
    let browser = Browser::open(&scene);
    let there = browser.begin("?again=1").await;
    assert_eq!((field(&there, "prompt"), field(&there, "max_age")), ("login".to_owned(), "0".to_owned()));
    let now = scene.house().clock.now().seconds();
    scene.idp.says("auth_time", json!(now - 3_600));
    let reply = browser.sign_in("?again=1").await;
    assert_eq!(reply.code(), "provider-unsound", "{}", reply.text);
    assert_eq!(browser.sign_in("").await.status, 303, "an older one will do where none was asked for");
    scene.idp.conduct().twist = None;
    scene.tick();
    let before = browser.go("/api/v1/me").await.text;
    assert_eq!(browser.sign_in("?again=1&next=/courses").await.to(), "/courses");
    assert_ne!(browser.go("/api/v1/me").await.text, before, "another session has begun");
    // Whoever is signed in, and is not asked to prove it again, goes on at once.
    assert_eq!(browser.go("/sign-in/with/staff?next=/courses").await.to(), "/courses");
}
