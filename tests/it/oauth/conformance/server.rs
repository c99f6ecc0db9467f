//! What every answer of the provider must be: `oidcc-server`, `oidcc-discovery-endpoint-verification`, the ways in which a
//! client proves itself.

use crate::oauth::scene::{BACK, Scene, claims, head};
use serde_json::json;

/// `oidcc-server`, `oidcc-ensure-request-with-valid-pkce-succeeds`: the ID token, part by part (Core, section 2).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_token_says_what_core_wants_of_it() {
    let scene = Scene::set().await;
    let issuer = scene.house().app.settings.issuer();
    let reply = scene.agree(&scene.web, &[("scope", "openid")]).await;
    let (to, answer) = reply.answer();
    let keys: Vec<&str> = answer.keys().map(String::as_str).collect();
    assert_eq!((to.as_str(), keys), (BACK, vec!["code", "iss", "state"]), "nothing else comes in a query");
    let reply = scene.redeem(&scene.web, &answer["code"], &[]).await;
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
    let tokens = reply.json();
    let token = tokens["id_token"].as_str().unwrap();
    let (said, now) = (claims(token), scene.house().clock.now().seconds());
    let subject = said["sub"].as_str().unwrap();
    assert!(!subject.is_empty() && subject.len() <= 255 && subject.is_ascii());
    assert_eq!((&said["iss"], &said["aud"]), (&json!(issuer), &json!(scene.web.id)));
    let (issued, expires) = (said["iat"].as_i64().unwrap(), said["exp"].as_i64().unwrap());
    assert!((issued - now).abs() <= 1 && expires > now && said["auth_time"].as_i64().unwrap() <= now);
    assert_eq!(said["nonce"], "n-0S6_WzA2Mj");
    assert!(said.get("azp").is_none(), "there is one audience, and it is the client");
    // RS256, by a key that the set has under that name, and has once.
    assert_eq!(head(token)["alg"], "RS256");
    let keys = scene.get("", "/jwks.json").await.json();
    let named = |kid: &serde_json::Value| {
        let keys = keys["keys"].as_array().unwrap();
        keys.iter().filter(|key| key["kid"] == *kid).cloned().collect::<Vec<_>>()
    };
    let found = named(&head(token)["kid"]);
    assert_eq!(
        (found.len(), &found[0]["kty"], &found[0]["use"], &found[0]["alg"]),
        (1, &json!("RSA"), &json!("sig"), &json!("RS256"))
    );
    // Anybody can check it with nothing but that.
    let (n, e) = (found[0]["n"].as_str().unwrap(), found[0]["e"].as_str().unwrap());
    let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    rules.set_audience(&[&scene.web.id]);
    rules.set_issuer(&[&issuer]);
    rules.validate_exp = false;
    let key = jsonwebtoken::DecodingKey::from_rsa_components(n, e).unwrap();
    assert!(jsonwebtoken::decode::<serde_json::Value>(token, &key, &rules).is_ok());
    assert_eq!(named(&head(tokens["access_token"].as_str().unwrap())["kid"]).len(), 1);
}

/// `oidcc-discovery-endpoint-verification` (Discovery, section 3; RFC 8414, sections 2 and 3.2).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discovery_has_what_it_must_have_and_nothing_empty() {
    let scene = Scene::set().await;
    let issuer = scene.house().app.settings.issuer();
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
        let reply = scene.get("", path).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"), "{path}");
        let told = reply.json();
        assert_eq!(told["issuer"], issuer, "byte for byte");
        assert!(!issuer.contains(['?', '#']) && !issuer.ends_with('/'));
        for endpoint in ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"] {
            let url = url::Url::parse(told[endpoint].as_str().unwrap()).unwrap();
            assert!(url.fragment().is_none() && url.as_str().starts_with(&issuer), "{endpoint}");
        }
        let has = |name: &str, value: &str| {
            assert!(told[name].as_array().unwrap().contains(&json!(value)), "{name}: {value}");
        };
        has("response_types_supported", "code");
        has("subject_types_supported", "public");
        has("id_token_signing_alg_values_supported", "RS256");
        has("scopes_supported", "openid");
        has("code_challenge_methods_supported", "S256");
        has("token_endpoint_auth_methods_supported", "client_secret_basic");
        for claim in ["sub", "iss", "auth_time"] {
            has("claims_supported", claim);
        }
        let fields = told.as_object().unwrap();
        assert!(fields.values().all(|value| !value.is_null() && value != &json!([])), "what is empty is left out");
        assert_eq!(told["authorization_response_iss_parameter_supported"], true);
        // What is not done is said where the default would be to do it (Discovery, section 3).
        assert_eq!(
            (&told["request_uri_parameter_supported"], &told["claims_parameter_supported"]),
            (&json!(false), &json!(false))
        );
    }
}

/// `oidcc-server-client-secret-post`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_may_prove_itself_in_the_body() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[]).await;
    let secret = scene.web.secret.clone().unwrap();
    let bare = crate::oauth::scene::Tool { secret: None, ..scene.web.clone() };
    let reply = scene.redeem(&bare, &code, &[("client_secret", &secret)]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

/// What a scope opens is told where it opens something, in the spelling of the warehouse (RFC 6749, section 5.1).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_names_the_scope_that_was_given() {
    let scene = Scene::set().await;
    let tokens = scene.connect(&scene.web, &[("scope", "openid address phone custom email")]).await;
    assert_eq!((&tokens["scope"], &tokens["token_type"]), (&json!("openid email"), &json!("Bearer")));
    assert!(tokens["expires_in"].is_u64());
}
