//! openid-client, the library of most tools on Node.js: every way to a token that Habilis has, and what it refuses.

use super::{foreign::Foreign, stage::Stage};
use crate::oauth::scene::{BACK, Tool};
use habilis::tokens::client::ClientKind::{Confidential, Public};
use serde_json::{Value, json};

fn told(tool: &Tool) -> Value {
    json!({ "id": tool.id, "secret": tool.secret })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn openid_client_goes_every_way() {
    let stage = Stage::set().await;
    let web = stage.tool("Lantern BI", Confidential, &[BACK]).await;
    let other = stage.tool("Other BI", Confidential, &[BACK]).await;
    let (native, lamp) =
        (stage.tool("Notebook", Public, &["http://127.0.0.1/callback"]).await, stage.tool("Lamp", Public, &[]).await);
    let settings = json!({
        "issuer": stage.base(), "resource": "https://lake.example.com", "back": BACK, "bye": BACK,
        "web": told(&web), "other": told(&other), "native": told(&native), "lamp": told(&lamp),
    });
    let done = stage.play(Foreign::node("openid_client.mjs", &settings)).await;
    assert_eq!((&done["alg"], &done["bye"]), (&json!("ES256"), &json!(format!("{BACK}?state=a%20state"))));
    let refused = json!({
        "a refresh token that was used twice": "invalid_grant",
        "somebody else at userinfo": "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED",
        "an ID token with one bit turned over": "OAUTH_INVALID_RESPONSE",
        "an ID token for somebody else": "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
        "another nonce": "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
        "another state": "OAUTH_INVALID_RESPONSE",
        "another issuer": "OAUTH_INVALID_RESPONSE",
        "no issuer": "OAUTH_INVALID_RESPONSE",
        "another verifier": "invalid_grant",
        "an access token with one bit turned over": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
        "an access token for another warehouse": "ERR_JWT_CLAIM_VALIDATION_FAILED",
        "an ID token in place of an access token": "ERR_JWT_CLAIM_VALIDATION_FAILED",
    });
    assert_eq!(done["refused"], refused);
}
