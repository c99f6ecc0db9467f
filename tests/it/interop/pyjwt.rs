//! PyJWT with the address of the keys and nothing else, as a warehouse verifies: access tokens of both algorithms.

use super::{foreign::Foreign, stage::Stage};
use crate::oauth::scene::head;
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pyjwt_verifies_tokens_of_both_algorithms() {
    let stage = Stage::set().await;
    let minted = async |role: &str, audience: &str, scope: &str| {
        let sent = json!({ "role": role });
        let (_, told) = stage.scene.served.api(&stage.scene.cookie, Method::POST, "/api/v1/tokens", sent).await;
        let token = told["access_token"].as_str().unwrap_or_else(|| panic!("{told}"));
        json!({ "token": token, "audience": audience, "scope": scope, "algorithm": head(token)["alg"] })
    };
    let tokens = [
        minted("reader", "https://lake.example.com", "session:role:READER").await,
        minted("either", "https://attic.example.com", "role:either").await,
    ];
    let settings = json!({ "issuer": stage.base(), "jwks": format!("{}/jwks.json", stage.base()), "tokens": tokens });
    let done = stage.play(Foreign::python("pyjwt_verifier.py", &settings)).await;
    assert_eq!(done["algorithms"], json!({ "ES256": "at+jwt", "RS256": "JWT" }));
    let refused = json!({
        "a token for another warehouse (ES256)": "InvalidAudienceError",
        "a token for another warehouse (RS256)": "InvalidAudienceError",
        "a token of another issuer (ES256)": "InvalidIssuerError",
        "a token of another issuer (RS256)": "InvalidIssuerError",
        "a token with one bit turned over (ES256)": "InvalidSignatureError",
        "a token with one bit turned over (RS256)": "InvalidSignatureError",
        "another algorithm (ES256)": "InvalidAlgorithmError",
        "another algorithm (RS256)": "InvalidAlgorithmError",
    });
    assert_eq!(done["refused"], refused);
}
