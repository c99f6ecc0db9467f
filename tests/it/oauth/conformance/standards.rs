//! What the RFCs want of tokens, introspection and revocation, where no journey shows it.

use crate::oauth::scene::{BACK, Scene, Tool, claims, head, register};
use habilis::tokens::client::ClientKind;
use reqwest::Method;
use serde_json::{Value, json};

/// RFC 9068, sections 2.1 and 2.2: both kinds of access token have the claims of the profile, and are never unsigned.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn access_tokens_have_the_claims_of_their_profile() {
    let scene = Scene::set().await;
    let mut seen = std::collections::BTreeSet::new();
    for scope in ["openid email", "openid session:role:READER", "role:reader"] {
        let tokens = scene.connect(&scene.web, &[("scope", scope)]).await;
        let token = tokens["access_token"].as_str().unwrap();
        let (said, header) = (claims(token), head(token));
        assert_eq!(header["typ"], "at+jwt");
        assert!(matches!(header["alg"].as_str(), Some("RS256" | "ES256")) && header["kid"].is_string(), "{header}");
        for claim in ["iss", "aud", "sub", "client_id", "jti", "scope"] {
            assert!(said[claim].as_str().is_some_and(|text| !text.is_empty()), "{scope}: {claim}");
        }
        for claim in ["exp", "iat", "auth_time"] {
            assert!(said[claim].is_i64(), "{scope}: {claim}");
        }
        assert!(seen.insert(said["jti"].to_string()), "an id of its own");
        assert_eq!((&said["client_id"], &said["sub"]), (&json!(scene.web.id), &json!(scene.person())));
        // A person is never named like a client, and neither like the other (RFC 9700, section 4.15).
        assert!(said["sub"].as_str().unwrap().starts_with("per_"));
        // What opens a warehouse opens nothing here, and the other way round (section 3).
        let here = scene.house().app.settings.issuer();
        assert_eq!(said["aud"] == here, scope == "openid email");
    }
}

/// RFC 7662, sections 2.1 to 2.3: by POST, for those who prove who they are; what is not live is `active: false` and no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn introspection_tells_whoever_may_know_and_nobody_else() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let access = tokens["access_token"].as_str().unwrap();
    let reply = scene.call(&scene.web, "/introspect", &[("token", access), ("token_type_hint", "nonsense")]).await;
    assert_eq!(
        (reply.status, reply.header("content-type"), reply.header("cache-control")),
        (200, "application/json", "no-store")
    );
    let (told, said) = (reply.json(), claims(access));
    for claim in ["iss", "sub", "aud", "client_id", "jti", "iat", "nbf", "exp", "scope"] {
        assert_eq!(told[claim], said[claim], "{claim}");
    }
    assert_eq!((&told["active"], &told["token_type"]), (&json!(true), &json!("Bearer")));
    let wrong = Tool { secret: Some("hcs_wrong".into()), ..scene.web.clone() };
    for tool in [&wrong, &scene.native, &Tool { id: "cli_nobody".into(), ..wrong.clone() }] {
        let reply = scene.call(tool, "/introspect", &[("token", access)]).await;
        assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_client")));
        assert!(!reply.text.contains("active"), "{}", reply.text);
    }
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let call = scene.served.call(method, &format!("/introspect?token={access}"));
        assert_eq!(scene.send(call.basic_auth(&scene.web.id, scene.web.secret.clone())).await.status, 405);
    }
    // A bearer token proves nothing here: a tool could look at others with what it got.
    let call = scene.served.call(Method::POST, "/introspect").bearer_auth(access).form(&[("token", access)]);
    assert_eq!(scene.send(call).await.status, 401);
    for dead in ["", "x", "hrt_nothing", &access[..access.len() - 2]] {
        let reply = scene.call(&scene.web, "/introspect", &[("token", dead)]).await;
        let expected = if dead.is_empty() { json!("invalid_request") } else { Value::Null };
        assert_eq!(reply.json()["error"], expected, "{dead}");
        assert!(dead.is_empty() || reply.json() == json!({ "active": false }), "{}", reply.text);
    }
    // A refresh token is told of to its own tool alone.
    let other = register(&scene.served, "Other", ClientKind::Confidential, &[BACK], None).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(scene.call(&other, "/introspect", &[("token", refresh)]).await.json(), json!({ "active": false }));
    assert_eq!(scene.call(&scene.web, "/introspect", &[("token", refresh)]).await.json()["active"], true);
}

/// RFC 7009, section 2: who gives a token back proves who they are first, and gives back what is theirs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revocation_is_for_the_tool_itself() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let wrong = Tool { secret: Some("hcs_wrong".into()), ..scene.web.clone() };
    let bare = Tool { secret: None, ..scene.web.clone() };
    for tool in [&wrong, &bare] {
        let reply = scene.call(tool, "/revoke", &[("token", refresh)]).await;
        assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_client")));
    }
    assert_eq!(scene.send(scene.served.call(Method::GET, &format!("/revoke?token={refresh}"))).await.status, 405);
    assert!(scene.lives(&tokens["refresh_token"]).await);
    // A public client gives back its own by its name.
    let own = scene.connect(&scene.native, &[]).await;
    let reply = scene.call(&scene.native, "/revoke", &[("token", own["refresh_token"].as_str().unwrap())]).await;
    assert_eq!((reply.status, reply.text.as_str()), (200, ""));
    assert!(!scene.lives(&own["access_token"]).await && scene.lives(&tokens["access_token"]).await);
    // Twice is as good as once.
    let again = scene.call(&scene.native, "/revoke", &[("token", own["refresh_token"].as_str().unwrap())]).await;
    assert_eq!(again.status, 200);
}

/// RFC 6749, section 5.2, and 2.3.1: who tries the header is told of the header's scheme; two ways at once are one too many.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_tries_the_header_is_told_of_its_scheme() {
    let scene = Scene::set().await;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", "x")];
    for path in ["/token", "/device_authorization", "/introspect", "/revoke"] {
        let call = || scene.served.call(Method::POST, path);
        let reply = scene.send(call().basic_auth(&scene.web.id, Some("wrong")).form(&fields)).await;
        assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("invalid_client")), "{path}");
        assert!(reply.header("www-authenticate").starts_with("Basic realm="), "{path}");
        let secret = scene.web.secret.clone().unwrap();
        let mut both = fields.to_vec();
        both.push(("client_secret", &secret));
        let reply = scene.send(call().basic_auth(&scene.web.id, Some(&secret)).form(&both)).await;
        assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_request")), "{path}");
    }
}

/// RFC 6749, section 10.10: what cannot be guessed is not guessed: 256 bits, and kept as a hash.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_long_and_kept_as_hashes() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[]).await;
    let tokens = scene.redeem(&scene.web, &code, &[]).await.json();
    let secrets = [code.as_str(), tokens["refresh_token"].as_str().unwrap(), scene.web.secret.as_deref().unwrap()];
    for secret in secrets {
        let (prefix, rest) = secret.split_once('_').unwrap();
        assert!(prefix.len() == 3 && rest.len() >= 43, "256 bits in base64url: {}", rest.len());
    }
    let app = &scene.house().app;
    let counted = async |table: &str, secret: String| {
        let query = format!("SELECT COUNT(*) AS n FROM {table} WHERE hash = ?");
        app.db.read(app.now(), move |r| Ok(habilis::db::sql(&query).bind(&secret).one::<i64>(r)?)).await.unwrap()
    };
    for (table, secret) in ["authorization_codes", "refresh_tokens", "client_secrets"].into_iter().zip(secrets) {
        let hash = habilis::identity::secret::Secret::presented(secret).hash();
        assert_eq!(counted(table, hash).await, 1, "{table}");
        assert_eq!(counted(table, secret.to_owned()).await, 0, "{table} holds a secret as it is");
    }
}
