//! Authlib, as a Flask application has it: two tools that prove themselves in two ways.

use super::{foreign::Foreign, stage::Stage};
use crate::oauth::scene::BACK;
use habilis::tokens::client::ClientKind::Confidential;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authlib_signs_people_in_for_a_flask_application() {
    let stage = Stage::set().await;
    let (basic, post) =
        (stage.tool("Basic BI", Confidential, &[BACK]).await, stage.tool("Post BI", Confidential, &[BACK]).await);
    let settings = json!({
        "issuer": stage.base(), "resource": "https://lake.example.com", "back": BACK,
        "basic": { "id": basic.id, "secret": basic.secret }, "post": { "id": post.id, "secret": post.secret },
    });
    let done = stage.play(Foreign::python("authlib_flask.py", &settings)).await;
    let refused = json!({
        "a refresh token that was given back (basic)": "invalid_grant",
        "a refresh token that was given back (post)": "invalid_grant",
        "an ID token with one bit turned over": "bad_signature",
        // It misses the claim that would say that one is for the other (`azp`).
        "an ID token for somebody else": "missing_claim",
        "another nonce": "invalid_claim",
        "another access token beside it": "invalid_claim",
        "another state": "mismatching_state",
        "another code": "invalid_grant",
    });
    assert_eq!(done["refused"], refused);
}
