//! Tokens that somebody made up, signed with a key of their own or bent, and genuine ones in the wrong place.

use super::scene::{Scene, claims, head};
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::{
    actions::{prove, read_certificates, rotate_keys},
    tokens::rows::Purpose,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{io::ErrorKind, net::TcpListener};

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Somebody's own key.
struct Forger {
    key: EcdsaKeyPair,
    random: SystemRandom,
}

impl Forger {
    fn new() -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref()).unwrap();
        Self { key, random }
    }

    fn jwk(&self, kid: &Value) -> Value {
        // Uncompressed: 4, x, y.
        let point = self.key.public_key().as_ref();
        let [x, y] = [&point[1..33], &point[33..65]].map(|half| URL_SAFE_NO_PAD.encode(half));
        json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid, "x": x, "y": y })
    }

    fn sign(&self, header: &Value, said: &Value) -> String {
        let signed = format!("{}.{}", part(header), part(said));
        let signature = self.key.sign(&self.random, signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl Scene {
    /// Whether anything takes a token: introspection, userinfo, the API, a proxy that asks.
    async fn taken_anywhere(&self, token: &str) -> bool {
        let asked = self.call(&self.web, "/introspect", &[("token", token)]).await;
        assert_eq!(asked.status, 200, "{}", asked.text);
        let mut statuses = Vec::new();
        for path in ["/userinfo", "/api/v1/me", "/verify"] {
            statuses.push(self.send(self.served.call(Method::GET, path).bearer_auth(token)).await.status);
        }
        assert!(statuses.iter().all(|status| matches!(status, 200 | 204 | 401)), "{statuses:?}");
        asked.json()["active"] == true || statuses.iter().any(|status| *status != 401)
    }
}

/// RFC 8725, sections 2.1, 3.1 and 3.10: the header does not choose the key, and nobody's address is asked for one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_ones_own_opens_nothing() {
    let scene = Scene::set().await;
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let there = format!("http://{}/jwks.json", trap.local_addr().unwrap());
    let forger = Forger::new();
    for scope in ["openid email", "openid session:role:READER"] {
        let tokens = scene.connect(&scene.web, &[("scope", scope)]).await;
        let real = tokens["access_token"].as_str().unwrap();
        let (said, kid) = (claims(real), head(real)["kid"].clone());
        let headers = [
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": kid }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": "mine" }),
            json!({ "alg": "ES256", "typ": "at+jwt" }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": kid, "jwk": forger.jwk(&kid) }),
            json!({ "alg": "ES256", "typ": "at+jwt", "jwk": forger.jwk(&json!("mine")) }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": kid, "jku": there }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": there, "jku": there }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": kid, "x5u": there }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": kid, "x5c": ["MIIB"] }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": "../../../../dev/null" }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": "' OR '1'='1" }),
            json!({ "alg": "ES256", "typ": "at+jwt", "kid": [kid] }),
            json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": kid }),
        ];
        for header in headers {
            assert!(!scene.taken_anywhere(&forger.sign(&header, &said)).await, "{header}");
        }
        // The signature that every broken verifier of ECDSA takes, and none at all.
        let stem = real.rsplit_once('.').unwrap().0;
        for signature in [URL_SAFE_NO_PAD.encode([0_u8; 64]), String::new(), "AA".to_owned()] {
            assert!(!scene.taken_anywhere(&format!("{stem}.{signature}")).await, "{signature}");
        }
        for alg in ["none", "None", "NONE", "nOnE", ""] {
            let stem = format!("{}.{}", part(&json!({ "alg": alg, "typ": "at+jwt", "kid": kid })), part(&said));
            for signature in ["", real.rsplit('.').next().unwrap()] {
                assert!(!scene.taken_anywhere(&format!("{stem}.{signature}")).await, "{alg}");
            }
        }
        assert!(scene.lives(&tokens["access_token"]).await, "the real one is no worse for it");
    }
    assert_eq!(trap.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "somebody went there for a key");
}

/// RFC 8725, section 2.1: a public key is no shared secret, in whatever spelling.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_key_is_no_secret() {
    let scene = Scene::set().await;
    let keys = scene.get("", "/jwks.json").await;
    let set = keys.json();
    for scope in ["openid email", "openid session:role:READER"] {
        let tokens = scene.connect(&scene.web, &[("scope", scope)]).await;
        let real = tokens["access_token"].as_str().unwrap();
        let kid = head(real)["kid"].as_str().unwrap().to_owned();
        let jwk = set["keys"].as_array().unwrap().iter().find(|key| key["kid"] == kid.as_str()).unwrap();
        let mut secrets = vec![keys.text.clone().into_bytes(), jwk.to_string().into_bytes()];
        for member in ["n", "x", "y"] {
            let text = jwk[member].as_str().unwrap_or_default();
            secrets.extend([text.as_bytes().to_vec(), URL_SAFE_NO_PAD.decode(text).unwrap()]);
        }
        for (secret, alg) in secrets.iter().flat_map(|secret| {
            use jsonwebtoken::Algorithm::{HS256, HS384, HS512};
            [HS256, HS384, HS512].map(|alg| (secret, alg))
        }) {
            let mut header = jsonwebtoken::Header::new(alg);
            (header.kid, header.typ) = (Some(kid.clone()), Some("at+jwt".to_owned()));
            let forged = jsonwebtoken::encode(&header, &claims(real), &jsonwebtoken::EncodingKey::from_secret(secret));
            assert!(!scene.taken_anywhere(&forged.unwrap()).await, "{alg:?}");
        }
    }
}

/// What was issued for one place is worth nothing in another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_secret_is_good_in_its_own_place() {
    let scene = Scene::set().await;
    let code = scene.code(&scene.web, &[]).await;
    let tokens = scene.connect(&scene.web, &[]).await;
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let (id, secret) = (tokens["id_token"].as_str().unwrap(), scene.web.secret.clone().unwrap());
    for other in [access, refresh, id, &secret, &scene.cookie] {
        assert_eq!(scene.redeem(&scene.web, other, &[]).await.json()["error"], "invalid_grant", "as a code");
    }
    for other in [access, &code, id, &secret, &scene.cookie] {
        let reply = scene.refresh(&scene.web, &json!(other), &[]).await;
        assert_eq!(reply.json()["error"], "invalid_grant", "as a refresh token");
    }
    for other in [code.as_str(), refresh, id, &secret, access] {
        let reply = scene.send(scene.served.call(Method::GET, "/api/v1/me").bearer_auth(other)).await;
        assert_eq!(reply.status, 401, "as a session");
        let page = scene.get(other, "/account").await;
        assert_eq!(page.status, 303, "as a cookie");
    }
    for other in [code.as_str(), id, &secret, &scene.cookie] {
        assert!(!scene.lives(&json!(other)).await, "as an access token");
    }
    assert_eq!(scene.redeem(&scene.web, &code, &[]).await.status, 200, "none of it used the code up");
}

/// A key that signs badges signs no tokens, and a token for any JWT's place is none for ours (RFC 9068, section 4).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_keys_sign_what_they_are_for() {
    let scene = Scene::set().await;
    let app = &scene.house().app;
    let tokens = scene.connect(&scene.web, &[("scope", "openid email")]).await;
    let real = tokens["access_token"].as_str().unwrap();
    let (said, kid) = (claims(real), head(real)["kid"].as_str().unwrap().to_owned());
    let ask =
        async |token: &str| scene.send(scene.served.call(Method::GET, "/userinfo").bearer_auth(token)).await.status;
    assert_eq!(ask(&app.keyring.sign(&kid, "at+jwt", &said).unwrap()).await, 200, "the same once more");
    for typ in ["JWT", "jwt", "", "logout+jwt", "at+jwt "] {
        assert_eq!(ask(&app.keyring.sign(&kid, typ, &said).unwrap()).await, 401, "{typ:?}");
    }
    // The key of badges is at hand once a badge was signed.
    let certificate = read_certificates::my_certificates(app, &scene.ana).await.unwrap().remove(0).id;
    prove::prove(app, &scene.ana, certificate).await.unwrap().token(app).unwrap();
    let keys = rotate_keys::list_keys(app, &scene.house().admin).await.unwrap();
    let badges: Vec<_> = keys.iter().filter(|key| key.purpose == Purpose::Badge).collect();
    assert!(!badges.is_empty());
    for key in badges {
        let token = app.keyring.sign(&key.kid, "at+jwt", &said).unwrap();
        assert!(!scene.taken_anywhere(&token).await, "signed by the key of badges");
    }
}
