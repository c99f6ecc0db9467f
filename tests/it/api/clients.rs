//! Tools: registered, given secrets, connected and let go; and every refusal of the authorization server by its code.

use super::stage::{Player, Stage, items, text};
use habilis::tokens::pkce;
use reqwest::Method;
use serde_json::{Value, json};

const BACK: &str = "https://tool.example.com/back";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn wanted(name: &str, kind: &str) -> Value {
    json!({ "name": name, "kind": kind, "redirect_uris": [BACK] })
}

pub async fn tour(stage: &Stage) {
    let admin = &stage.admin;
    let made = stage.ok(admin, "POST /clients", wanted("Lantern BI", "confidential")).await;
    let (id, secret) = (text(&made["id"]), text(&made["client_secret"]));
    assert!(secret.starts_with("hcs_") && made["client"]["roles"].is_null());
    let path = format!("/clients/{id}");
    let read = stage.get(&stage.auditor, &path).await;
    assert!(!read.to_string().contains(secret) && read["secrets"].as_array().unwrap().len() == 1);
    let listed = stage.get(&stage.auditor, "/clients").await;
    assert_eq!((&items(&listed)[0]["id"], &items(&listed)[1]["id"]), (&json!("habilis-cli"), &json!(id)));
    // Two secrets at a time: the old one works until it is ended.
    let second = stage.ok(admin, &format!("POST {path}/secrets"), Value::Null).await;
    for secret in [secret, text(&second["client_secret"])] {
        assert_eq!(exchange(stage, id, secret, &[]).await, (400, "invalid_grant".to_owned()));
    }
    let first = text(&read["secrets"][0]["id"]);
    stage.ok(admin, &format!("DELETE {path}/secrets/{first}"), Value::Null).await;
    assert_eq!(exchange(stage, id, secret, &[]).await, (401, "invalid_client".to_owned()));
    // Connected and let go.
    let ana = &stage.ana;
    connect(stage, ana, id).await;
    let mine = stage.get(ana, "/me/tools").await;
    assert_eq!((&items(&mine)[0]["name"], &items(&mine)[0]["scope"]), (&json!("Lantern BI"), &json!("openid")));
    stage.ok(ana, &format!("DELETE /me/tools/{id}"), Value::Null).await;
    assert!(items(&stage.get(ana, "/me/tools").await).is_empty());
    stage.ok(admin, &format!("DELETE {path}"), Value::Null).await;
    assert_eq!(items(&stage.get(admin, "/clients").await).len(), 1);
    machines(stage).await;
}

/// A service account: registered, named, handed over, and seen by its owner.
async fn machines(stage: &Stage) {
    let (admin, ana) = (&stage.admin, &stage.ana);
    let email = |who: &Player| who.actor.signed().unwrap().person.email.to_string();
    let wanted = json!({
        "name": "Nightly load", "kind": "confidential", "owner": email(ana), "roles": ["reader"],
        "logins": { "lake": "SVC_NIGHT" },
    });
    let made = stage.ok(admin, "POST /clients", wanted).await;
    let (id, service) = (text(&made["id"]), &made["client"]["service"]);
    assert!(text(&made["client_secret"]).starts_with("hcs_"));
    assert_eq!(made["client"]["grant_types"], json!(["client_credentials"]));
    assert_eq!((&service["owner"]["email"], &service["logins"][0]["login"]), (&json!(email(ana)), &json!("SVC_NIGHT")));
    assert_eq!(items(&stage.get(ana, "/me/services").await)[0]["client"], json!(id));
    // It waits for her, and for nobody else.
    let acceptance = format!("/me/services/{id}/acceptance");
    assert!(service["accepted_at"].is_null(), "{service}");
    assert!(stage.get(ana, "/notices").await.to_string().contains("service_asks"));
    for verb in ["POST", "DELETE"] {
        stage.refused(admin, &format!("{verb} {acceptance}"), Value::Null, 404, "no-such-client").await;
    }
    let accepted = async || items(&stage.get(ana, "/me/services").await)[0]["accepted_at"].clone();
    let shown = json!({ "roles": ["reader"], "exchanges": ["cli_other"] });
    stage.refused(ana, &format!("POST {acceptance}"), shown, 409, "client-changed").await;
    let shown = json!({ "roles": ["reader"], "exchanges": [] });
    stage.ok(ana, &format!("POST {acceptance}"), shown).await;
    assert!(accepted().await.is_string());
    stage.ok(ana, &format!("DELETE {acceptance}"), Value::Null).await;
    assert!(accepted().await.is_null());
    let exchanger = json!({ "name": "Report server", "kind": "confidential", "exchanges": [id],
        "grant_types": ["urn:ietf:params:oauth:grant-type:token-exchange"] });
    let exchanger = stage.ok(admin, "POST /clients", exchanger).await;
    assert_eq!(exchanger["client"]["exchanges"], json!([id]));
    let change = json!({ "name": "Night load", "grant_types": ["client_credentials"], "roles": ["reader", "either"] });
    let changed = stage.ok(admin, &format!("PUT /clients/{id}"), change).await;
    assert_eq!((&changed["name"], &changed["roles"]), (&json!("Night load"), &json!(["either", "reader"])));
    stage.ok(admin, &format!("PUT /clients/{id}/logins/lake"), json!({ "login": "" })).await;
    let read = stage.get(admin, &format!("/clients/{id}")).await;
    assert_eq!(read["service"]["logins"][0]["by_hand"], false);
    stage.ok(admin, &format!("PUT /clients/{id}/owner"), json!({ "owner": email(admin) })).await;
    assert!(items(&stage.get(ana, "/me/services").await).is_empty());
}

/// Presents a refresh token that there never was: what comes back tells whether the client was believed.
async fn exchange(stage: &Stage, id: &str, secret: &str, more: &[(&str, &str)]) -> (u16, String) {
    let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", "hrt_nothing")];
    if !more.is_empty() {
        fields = more.to_vec();
    }
    let request = stage.served.call(Method::POST, "/token").basic_auth(id, Some(secret)).form(&fields);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, text(&body["error"]).to_owned())
}

fn request(id: &str, other: &[(&str, &str)]) -> String {
    let challenge = pkce::challenge(VERIFIER);
    let plain = [
        ("response_type", "code"),
        ("client_id", id),
        ("redirect_uri", BACK),
        ("scope", "openid"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let kept = plain.iter().filter(|(name, _)| !other.iter().any(|(named, _)| named == name));
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    kept.chain(other).for_each(|(name, value)| {
        out.append_pair(name, value);
    });
    out.finish()
}

/// Agrees to a tool in the person's browser.
pub async fn connect(stage: &Stage, who: &Player, id: &str) {
    let answer = say(stage, who, &request(id, &[]), "yes").await;
    assert!(answer.contains("code=hac_"), "{answer}");
}

async fn say(stage: &Stage, who: &Player, query: &str, say: &str) -> String {
    let token = habilis::identity::secret::Secret::presented(&who.bearer).form_token();
    let form = [("form_token", token.as_str()), ("query", query), ("say", say)];
    let call = stage.served.call(Method::POST, "/authorize/consent");
    let answer = call.header("cookie", format!("habilis={}", who.bearer)).form(&form).send().await.unwrap();
    answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// Provokes every code of tools and of the authorization server, each with its event.
pub async fn codes(stage: &Stage) {
    let (admin, none) = (&super::refusals::again(stage, &stage.admin).await, Value::Null);
    for (name, uris, code) in
        [("", json!([BACK]), "client-name"), ("T", json!(["http://tool.example.com/"]), "client-redirect")]
    {
        let body = json!({ "name": name, "kind": "public", "redirect_uris": uris });
        stage.refused(admin, "POST /clients", body, 422, code).await;
    }
    machine_codes(stage, admin).await;
    let made = stage.ok(admin, "POST /clients", wanted("Lantern BI", "confidential")).await;
    let (id, secret) = (text(&made["id"]), text(&made["client_secret"]));
    let public = stage.ok(admin, "POST /clients", wanted("Notebook", "public")).await;
    let public = text(&public["id"]);
    stage.ok(admin, &format!("POST /clients/{id}/secrets"), none.clone()).await;
    stage.refused(admin, &format!("POST /clients/{id}/secrets"), none.clone(), 409, "client-secrets-full").await;
    stage.refused(admin, &format!("POST /clients/{public}/secrets"), none.clone(), 409, "client-without-secrets").await;
    let gone = format!(
        "DELETE /clients/{id}/secrets/{}",
        habilis::base::ids::Id::<habilis::base::ids::ClientSecret>::new(stage.house().app.now())
    );
    stage.refused(admin, &gone, none.clone(), 404, "no-such-client-secret").await;
    stage.refused(admin, "GET /clients/nobody", none.clone(), 404, "no-such-client").await;
    stage.refused(admin, "DELETE /clients/habilis-cli", none.clone(), 409, "client-first-party").await;

    let token = async |fields: &[(&str, &str)], code: &str| {
        exchange(stage, id, secret, fields).await;
        said(stage, code).await;
    };
    token(&[("grant_type", "password")], "oauth-grant-type").await;
    token(&[("grant_type", "")], "oauth-request").await;
    token(&[("grant_type", "refresh_token"), ("refresh_token", "x")], "oauth-grant").await;
    exchange(stage, id, "wrong", &[]).await;
    said(stage, "oauth-client-unproven").await;
    let once = json!({ "name": "Once", "kind": "confidential", "redirect_uris": [BACK], "grant_types": ["authorization_code"] });
    let once = stage.ok(admin, "POST /clients", once).await;
    exchange(stage, text(&once["id"]), text(&once["client_secret"]), &[]).await;
    said(stage, "oauth-client-may-not").await;
    let userinfo = stage.served.call(Method::GET, "/userinfo").bearer_auth("nothing");
    assert_eq!(userinfo.send().await.unwrap().status().as_u16(), 401);
    said(stage, "oauth-token-dead").await;
    let holder = &stage.learner("Vida").await;
    stage.house().certify(&holder.actor, "alpha").await;
    stage.house().ask(&holder.actor, "reader").await.unwrap();
    let minted = stage.ok(holder, "POST /tokens", json!({ "role": "reader" })).await;
    let verify = stage.served.call(Method::GET, "/verify?warehouse=attic").bearer_auth(text(&minted["access_token"]));
    assert_eq!(verify.send().await.unwrap().status().as_u16(), 403);
    said(stage, "oauth-token-elsewhere").await;
    for (other, code) in [
        (&[("redirect_uri", "https://evil.example/")][..], "oauth-redirect-foreign"),
        (&[("response_type", "token")], "oauth-response-type"),
        (&[("scope", "role:nothing")], "oauth-scope"),
        (&[("resource", "https://elsewhere.example.com")], "oauth-target"),
        (&[("request", "x")], "oauth-request-object"),
        (&[("request_uri", "x")], "oauth-request-uri"),
        (&[("prompt", "none")], "oauth-consent-required"),
    ] {
        stage.served.page(&admin.bearer, &format!("/authorize?{}", request(id, other))).await;
        said(stage, code).await;
    }
    stage.served.page("", &format!("/authorize?{}", request(id, &[("prompt", "none")]))).await;
    said(stage, "oauth-login-required").await;
    assert!(say(stage, admin, &request(id, &[]), "no").await.contains("error=access_denied"));
    said(stage, "oauth-denied").await;
    devices(stage, admin).await;
}

/// Codes of service accounts.
async fn machine_codes(stage: &Stage, admin: &Player) {
    let invited = stage.ok(admin, "POST /people", json!({ "email": "late@example.com", "name": "Late" })).await;
    assert!(invited.is_object());
    let owner = admin.actor.signed().unwrap().person.email.to_string();
    let fit = json!({ "name": "Load", "kind": "confidential", "owner": owner, "roles": ["reader"] });
    let with = |name: &str, value: Value| {
        let mut body = fit.clone();
        body[name] = value;
        body
    };
    for (body, status, code) in [
        (with("kind", json!("public")), 422, "client-service"),
        (with("owner", json!("late@example.com")), 422, "client-owner-inactive"),
        (with("owner", json!("nobody@example.com")), 404, "no-such-person"),
        (with("logins", json!({ "lake": " " })), 422, "client-login"),
        (with("logins", json!({ "nosuch": "X" })), 404, "no-such-warehouse"),
        (with("logins", json!({ "lake": "late" })), 409, "client-login-taken"),
        (with("exchanges", json!(["cli_nobody"])), 422, "client-exchange"),
    ] {
        stage.refused(admin, "POST /clients", body, status, code).await;
    }
    let made = stage.ok(admin, "POST /clients", fit.clone()).await;
    let (acceptance, other) = (format!("POST /me/services/{}/acceptance", text(&made["id"])), json!({ "roles": [] }));
    stage.refused(admin, &acceptance, other, 409, "client-changed").await;
    let whole = json!({ "name": "Load", "grant_types": ["client_credentials"], "roles": ["reader"] });
    let path = format!("PUT /clients/{}", text(&made["id"]));
    for (name, value, status, code) in [
        ("name", json!(""), 422, "client-name"),
        ("roles", Value::Null, 422, "client-service"),
        ("roles", json!(["nosuch"]), 404, "no-such-role"),
        ("redirect_uris", json!(["https://t.example/"]), 422, "client-service"),
        ("exchanges", json!(["cli_nobody"]), 422, "client-exchange"),
    ] {
        let mut body = whole.clone();
        body[name] = value;
        stage.refused(admin, &path, body, status, code).await;
    }
    // Every role is nothing that is said by leaving it out, and the kind of a tool stays.
    let mut silent = whole.clone();
    silent.as_object_mut().unwrap().remove("roles");
    let mut public = whole.clone();
    public["kind"] = json!("public");
    for body in [silent, public] {
        let reply = stage.call(&admin.bearer, &path, &body, &[]).await;
        assert!(reply.status == 422 && reply.text.contains("body-unreadable"), "{}", reply.text);
    }
    stage.refused(admin, "PUT /clients/habilis-cli", whole, 409, "client-first-party").await;
    let (id, secret) = (text(&made["id"]), text(&made["client_secret"]));
    stage
        .refused(admin, &format!("PUT /clients/{id}/owner"), json!({ "owner": owner }), 409, "client-owned-already")
        .await;
    stage
        .refused(admin, "PUT /clients/habilis-cli/logins/lake", json!({ "login": "X" }), 409, "client-no-service")
        .await;
    assert_eq!(exchange(stage, id, secret, &[("grant_type", "client_credentials")]).await.1, "invalid_grant");
    said(stage, "oauth-owner-lacks").await;
    // Who comes later with an address that makes the same name gets no token under it.
    stage.ok(admin, &format!("PUT /clients/{id}/logins/lake"), json!({ "login": "newcomer" })).await;
    let later = stage.learner("Newcomer").await;
    stage.house().certify(&later.actor, "alpha").await;
    stage.house().ask(&later.actor, "reader").await.unwrap();
    stage.refused(&later, "POST /tokens", json!({ "role": "reader" }), 409, "named-like-machine").await;
    stage.ok(admin, &format!("DELETE /clients/{id}"), Value::Null).await;
}

/// Codes of devices: none, too many wrong ones, one whose time is over, and too many that wait.
async fn devices(stage: &Stage, who: &Player) {
    let token = habilis::identity::secret::Secret::presented(&who.bearer).form_token();
    let typed = async |code: &str| {
        let form = [("form_token", token.as_str()), ("user_code", code)];
        let call = stage.served.call(Method::POST, "/device").header("cookie", format!("habilis={}", who.bearer));
        call.form(&form).send().await.unwrap().status().as_u16()
    };
    for _ in 0..habilis::tokens::device::OF_PERSON {
        assert_eq!(typed("BBBB-BBBB").await, 404);
        said(stage, "device-code-unknown").await;
    }
    assert_eq!(typed("BBBB-BBBB").await, 429);
    said(stage, "device-code-throttled").await;
    let own = [("client_id", "habilis-cli"), ("scope", "openid")];
    let begun = stage.served.call(Method::POST, "/device_authorization").form(&own).send().await.unwrap();
    let begun: Value = begun.json().await.unwrap();
    stage.house().advance("PT11M");
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    let own = [("client_id", "habilis-cli"), ("grant_type", grant), ("device_code", text(&begun["device_code"]))];
    let polled = stage.served.call(Method::POST, "/token").form(&own).send().await.unwrap();
    assert_eq!(polled.json::<Value>().await.unwrap()["error"], "expired_token");
    said(stage, "oauth-device-expired").await;
    let own = [("client_id", "habilis-cli"), ("scope", "openid")];
    let begin =
        async || stage.served.call(Method::POST, "/device_authorization").form(&own).send().await.unwrap().status();
    for _ in 0..habilis::tokens::device::OPEN_OF_NETWORK {
        assert_eq!(begin().await.as_u16(), 200);
    }
    assert_eq!(begin().await.as_u16(), 429);
    // Nobody asked, so no line was written.
    stage.provoked("oauth-devices-full");
    stage.house().advance("PT11M");
}

async fn said(stage: &Stage, code: &str) {
    assert_eq!(stage.last_refused().await, code);
    stage.provoked(code);
}
