//! The ways that end well: codes, refreshes, who a person is, introspection, discovery.

use super::scene::{BACK, LOOPBACK, Scene, Tool, VERIFIER, claims, head};
use habilis::tokens::client::COMMAND_LINE;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_gets_a_token_for_a_role_that_the_person_agreed_to() {
    let scene = Scene::set().await;
    let issuer = scene.house().app.settings.issuer();
    // Somebody who is not signed in signs in first, and comes back to the request.
    let query = scene.request(&scene.web, &[("login_hint", "ana.verano@example.com")]);
    let reply = scene.get("", &format!("/authorize?{query}")).await;
    let next = reply.header("location").to_owned();
    assert!(reply.status == 303 && next.starts_with("/sign-in?next=%2Fauthorize%3F"), "{next}");
    let page = scene.get("", &next).await;
    assert!(page.text.contains("value=\"ana.verano@example.com\""), "{}", page.text);
    assert!(page.header("content-security-policy").contains("form-action 'self' https://tool.example.com;"));

    let page = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
    assert_eq!(page.status, 200);
    for word in ["Lantern BI", "READER", "d.one", "ana.verano@example.com", "form_token"] {
        assert!(page.text.contains(word), "{word}");
    }
    assert!(page.header("content-security-policy").contains("form-action 'self' https://tool.example.com;"));
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!((page.header("x-frame-options"), page.header("cache-control")), ("DENY", "no-store"));

    let (to, fields) = scene.agree(&scene.web, &[]).await.answer();
    assert_eq!((to.as_str(), fields["state"].as_str(), &fields["iss"]), (BACK, "a state & more", &issuer));
    let reply = scene.redeem(&scene.web, &fields["code"], &[]).await;
    assert_eq!((reply.status, reply.header("cache-control"), reply.header("pragma")), (200, "no-store", "no-cache"));
    let tokens = reply.json();
    assert_eq!(
        (&tokens["token_type"], &tokens["scope"]),
        (&json!("Bearer"), &json!("openid email offline_access session:role:READER"))
    );
    let (access, id) = (tokens["access_token"].as_str().unwrap(), tokens["id_token"].as_str().unwrap());
    let said = claims(access);
    assert_eq!(head(access)["typ"], "at+jwt");
    assert_eq!(
        (&said["aud"], &said["client_id"], &said["scope"], &said["sub"]),
        (
            &json!("https://lake.example.com"),
            &json!(scene.web.id),
            &json!("session:role:READER"),
            &json!(scene.person())
        )
    );
    assert!(said["sid"].is_string() && said["auth_time"].is_i64() && said["grant_id"].is_string());
    assert_eq!(tokens["expires_in"], said["exp"].as_i64().unwrap() - said["iat"].as_i64().unwrap());
    let told = claims(id);
    assert_eq!((&head(id)["typ"], &head(id)["alg"]), (&json!("JWT"), &json!("RS256")));
    assert_eq!(
        (&told["aud"], &told["nonce"], &told["iss"], &told["sid"]),
        (&json!(scene.web.id), &json!("n-0S6_WzA2Mj"), &json!(issuer), &said["sid"])
    );
    assert_eq!(told["at_hash"], habilis::tokens::id_token::at_hash(access));
    // The access token is the warehouse's, so that what the tool may know stands here.
    assert_eq!((&told["email"], &told["name"]), (&json!("ana.verano@example.com"), &Value::Null));

    // The record and its event were there before the signature; the log knows the tool.
    assert!(scene.house().events("token.minted").await >= 1 && scene.house().events("tool.connected").await == 1);
    let reply = scene.call(&scene.web, "/introspect", &[("token", access)]).await.json();
    assert_eq!(
        (&reply["active"], &reply["username"], &reply["role"]),
        (&json!(true), &json!("ANA.VERANO"), &json!("reader"))
    );
    assert!(!scene.lives(&tokens["id_token"]).await, "an ID token is no access token");
    assert!(scene.lives(&tokens["refresh_token"]).await);

    // What was agreed to once is not asked again, unless the tool wants it; a silent request goes through.
    let again =
        scene.get(&scene.cookie, &format!("/authorize?{}", scene.request(&scene.web, &[("prompt", "none")]))).await;
    assert!(again.answer().1.contains_key("code"));
    let asked = scene.request(&scene.web, &[("prompt", "consent")]);
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{asked}")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn native_tools_use_any_port_and_are_asked_about_each_time() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.native, &[]).await;
    assert!(tokens["refresh_token"].is_string());
    // Any program could stand behind the port: the person is asked again, and silence does not do.
    let query = scene.request(&scene.native, &[]);
    let page = scene.get(&scene.cookie, &format!("/authorize?{query}")).await;
    assert!(page.status == 200 && page.text.contains("127.0.0.1:51004"), "{}", page.text);
    let silent = scene.request(&scene.native, &[("prompt", "none")]);
    assert_eq!(scene.get(&scene.cookie, &format!("/authorize?{silent}")).await.error(), "consent_required");
    // Another port, a private scheme, and the house's own command line.
    let other = Tool { back: "http://127.0.0.1:4/callback", ..scene.native.clone() };
    scene.connect(&other, &[("redirect_uri", other.back)]).await;
    let scheme = Tool { back: "com.example.notebook:/back", ..scene.native.clone() };
    scene.connect(&scheme, &[("redirect_uri", scheme.back)]).await;
    let own = Tool { id: COMMAND_LINE.into(), secret: None, back: LOOPBACK };
    let said = claims(scene.connect(&own, &[("scope", "role:reader")]).await["access_token"].as_str().unwrap());
    // The scope is written as the warehouse spells it, however it was asked for.
    assert_eq!((&said["client_id"], &said["scope"]), (&json!(COMMAND_LINE), &json!("session:role:READER")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_a_person_is_comes_from_userinfo() {
    let scene = Scene::set().await;
    let scope = [("scope", "openid profile email")];
    let tokens = scene.connect(&scene.web, &scope).await;
    let (access, id) = (tokens["access_token"].as_str().unwrap(), tokens["id_token"].as_str().unwrap());
    let said = claims(access);
    assert_eq!((&said["aud"], &said["scope"]), (&said["iss"], &json!("openid profile email")));
    assert_eq!(claims(id)["email"], Value::Null, "asked for where it is told");
    let userinfo = |method, token: &str| scene.served.call(method, "/userinfo").bearer_auth(token);
    for method in [Method::GET, Method::POST] {
        let reply = scene.send(userinfo(method, access)).await;
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        let told = reply.json();
        assert_eq!(
            (&told["sub"], &told["name"], &told["email"], &told["email_verified"]),
            (&json!(scene.person()), &json!("Ana Verano"), &json!("ana.verano@example.com"), &json!(true))
        );
    }
    let form = scene.served.call(Method::POST, "/userinfo").form(&[("access_token", access)]);
    assert_eq!(scene.send(form).await.status, 200);
    assert!(scene.lives(&tokens["access_token"]).await);
    // A warehouse's token, an ID token, a refresh token, nonsense and none open nothing.
    let role = scene.connect(&scene.web, &[]).await;
    for other in [&role["access_token"], &role["id_token"], &role["refresh_token"], &json!("nonsense")] {
        let reply = scene.send(userinfo(Method::GET, other.as_str().unwrap())).await;
        assert!(reply.status == 401 && reply.header("www-authenticate").contains("invalid_token"), "{other}");
    }
    let reply = scene.send(scene.served.call(Method::GET, "/userinfo")).await;
    assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer realm=\"habilis\""));
    // A token of the session's own is none either.
    assert_eq!(scene.send(userinfo(Method::GET, &scene.cookie)).await.status, 401);
    scene.house().advance("PT11M");
    assert_eq!(scene.send(userinfo(Method::GET, access)).await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_gives_the_next_and_less_where_that_is_asked() {
    let scene = Scene::set().await;
    let first = scene.connect(&scene.web, &[]).await;
    scene.house().advance("PT20M");
    assert!(!scene.lives(&first["access_token"]).await, "its time is over");
    let second = scene.refresh(&scene.web, &first["refresh_token"], &[]).await;
    assert_eq!(second.status, 200, "{}", second.text);
    let second = second.json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let (old, new) = (claims(first["id_token"].as_str().unwrap()), claims(second["id_token"].as_str().unwrap()));
    assert_eq!((&old["sub"], &old["auth_time"], &new["nonce"]), (&new["sub"], &new["auth_time"], &Value::Null));
    assert!(scene.lives(&second["access_token"]).await);
    // Less: only who the person is; the next one may ask for all of it again.
    let less = scene.refresh(&scene.web, &second["refresh_token"], &[("scope", "openid email")]).await.json();
    assert_eq!(
        (&less["scope"], &claims(less["access_token"].as_str().unwrap())["aud"]),
        (&json!("openid email"), &new["iss"])
    );
    let whole = scene.refresh(&scene.web, &less["refresh_token"], &[]).await.json();
    assert_eq!(whole["scope"], first["scope"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_can_come_as_a_form() {
    let scene = Scene::set().await;
    let reply = scene.agree(&scene.web, &[("response_mode", "form_post")]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    for word in [
        &format!("action=\"{BACK}\""),
        "name=\"code\" value=\"hac_",
        "name=\"state\" value=\"a state &amp; more\"",
        "name=\"iss\"",
    ] {
        assert!(reply.text.contains(word), "{word}: {}", reply.text);
    }
    assert!(reply.header("content-security-policy").contains("form-action 'self' https://tool.example.com;"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discovery_states_what_works() {
    let scene = Scene::set().await;
    let issuer = scene.house().app.settings.issuer();
    let one = scene.get("", "/.well-known/openid-configuration").await;
    assert_eq!(one.header("access-control-allow-origin"), "*");
    let told = one.json();
    assert_eq!(told, scene.get("", "/.well-known/oauth-authorization-server").await.json());
    assert_eq!(told["issuer"], issuer.as_str());
    assert_eq!(told["code_challenge_methods_supported"], json!(["S256"]));
    for (name, method) in [
        ("authorization_endpoint", Method::GET),
        ("token_endpoint", Method::POST),
        ("device_authorization_endpoint", Method::POST),
        ("introspection_endpoint", Method::POST),
        ("revocation_endpoint", Method::POST),
        ("userinfo_endpoint", Method::GET),
        ("end_session_endpoint", Method::GET),
        ("jwks_uri", Method::GET),
    ] {
        let path = told[name].as_str().unwrap().strip_prefix(issuer.as_str()).unwrap().to_owned();
        let reply = scene.send(scene.served.call(method, &path)).await;
        assert!(reply.status < 500 && !reply.text.contains("no-such-page"), "{name}: {} {}", reply.status, reply.text);
    }
    let keys = scene.get("", "/jwks.json").await;
    assert_eq!(keys.header("access-control-allow-origin"), "*");
    let asked = scene.send(scene.served.call(Method::OPTIONS, "/token")).await;
    assert_eq!((asked.status, asked.header("access-control-allow-headers")), (204, "Authorization, Content-Type"));
    let page = scene.send(scene.served.call(Method::GET, "/authorize")).await;
    assert_eq!(page.header("access-control-allow-origin"), "", "no page of another site reads this one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_by_post_and_a_fresh_sign_in_lead_on() {
    let scene = Scene::set().await;
    let query = scene.request(&scene.web, &[]);
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let post = scene.served.call(Method::POST, "/authorize").header("origin", "https://tool.example.com").form(&fields);
    let reply = scene.send(post).await;
    assert!(reply.status == 303 && reply.header("location").starts_with("/authorize?response_type=code&"));
    assert_eq!(scene.get(&scene.cookie, reply.header("location")).await.status, 200);
    // `prompt=login`: the form although there is a session; what follows counts only with a newer session.
    scene.house().advance("PT5S");
    let login = format!("/authorize?{}", scene.request(&scene.web, &[("prompt", "login")]));
    let reply = scene.get(&scene.cookie, &login).await;
    let form = reply.header("location").to_owned();
    assert!(form.contains("again=1"), "{form}");
    assert_eq!(scene.get(&scene.cookie, &form).await.status, 200);
    let next = url::Url::parse(&format!("http://x{form}")).unwrap();
    let next = next.query_pairs().find(|(name, _)| name == "next").unwrap().1.into_owned();
    assert!(scene.get(&scene.cookie, &next).await.header("location").contains("/sign-in?"), "still the old session");
    let newer = scene.house().bearer(&scene.ana).await;
    assert_eq!(scene.get(&newer, &next).await.status, 200);
    // The verifier of the example is what the rest of the suite uses.
    assert_eq!(VERIFIER.len(), 43);
}
