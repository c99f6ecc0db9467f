//! One-time links without a page: an invitation, a new password, and the first admin of an empty house.

use super::stage::{BASE, Player, Reply, Stage, text};
use crate::support::{PASSWORD, content, engine::Database, open};
use habilis::{
    actions::{load_content, rotate_keys, set_up},
    base::clock::Clock,
    curriculum::source::Source,
    identity::actor::Actor,
    web::server::Application,
};
use serde_json::{Value, json};

pub async fn tour(stage: &Stage) {
    let nobody = Player { actor: Actor::anonymous(""), bearer: String::new(), id: String::new() };
    let sent = json!({ "email": "lia@example.com", "name": "Lia Costa" });
    let invited = stage.ok(&stage.admin, "POST /people", sent).await;
    let link = text(&invited["link"]["url"]).to_owned();
    // The whole address, or only its last part; looking uses nothing up.
    for link in [link.as_str(), link.rsplit('/').next().unwrap()] {
        let seen = stage.ok(&nobody, "POST /links/inspection", json!({ "link": link })).await;
        assert_eq!(
            (text(&seen["purpose"]), text(&seen["email"]), text(&seen["name"])),
            ("invitation", "lia@example.com", "Lia Costa")
        );
    }
    let entered = redeem(stage, &nobody, &link, PASSWORD).await;
    assert_eq!(stage.get(&entered, "/me").await["person"]["state"], "active");
    let again = json!({ "link": link, "password": PASSWORD });
    stage.refused(&nobody, "POST /links/redemption", again, 410, "link-dead").await;
    stage.refused(&nobody, "POST /links/inspection", json!({ "link": link }), 410, "link-dead").await;

    // A reset ends every other session.
    let path = format!("POST /people/{}/link", text(&invited["person"]["id"]));
    let reset = stage.ok(&stage.admin, &path, Value::Null).await;
    let link = text(&reset["url"]);
    let seen = stage.ok(&nobody, "POST /links/inspection", json!({ "link": link })).await;
    assert_eq!(seen["purpose"], "reset");
    let weak = json!({ "link": link, "password": "short" });
    stage.refused(&nobody, "POST /links/redemption", weak, 422, "password-too-short").await;
    let new = "nine patient herons cross the ford";
    let second = redeem(stage, &nobody, link, new).await;
    stage.bounced(&entered.bearer, "GET /me", Value::Null, 401, "sign-in-first").await;
    stage.get(&second, "/me").await;

    let late = json!({ "link": "hl_none", "email": "b@example.com", "name": "B", "password": PASSWORD });
    stage.refused(&nobody, "POST /set-up", late, 410, "link-dead").await;
    first_admin(stage).await;
}

/// Uses a link, and gives whoever came in by it.
async fn redeem(stage: &Stage, nobody: &Player, link: &str, password: &str) -> Player {
    let sent = json!({ "link": link, "password": password });
    let reply = stage.call("", "POST /links/redemption", &sent, &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let bearer = text(&reply.body["token"]).to_owned();
    assert!(reply.header("set-cookie").starts_with(&format!("habilis={bearer};")));
    Player { actor: nobody.actor.clone(), id: text(&reply.body["person"]["id"]).to_owned(), bearer }
}

/// On a house without anybody.
async fn first_admin(stage: &Stage) {
    let engine = Database::migrated().await;
    let app = open(&engine, Clock::System).await;
    rotate_keys::ensure_keys(&app).await.unwrap();
    let source = Source::from_files(content::files());
    load_content::load_content(&app, &Actor::operator("test"), source).await.unwrap();
    let links = [set_up::set_up_link(&app).await.unwrap().unwrap(), set_up::set_up_link(&app).await.unwrap().unwrap()];
    let served = Application::build(app, None).unwrap();
    let base = format!("http://{}{BASE}", served.address());
    std::thread::spawn(move || actix_web::rt::System::new().block_on(served.run()));
    let call = async |path: &str, body: Value| {
        let answer = reqwest::Client::new().post(format!("{base}{path}")).json(&body).send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.unwrap();
        let reply = Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text };
        stage.judge(&format!("POST {path}"), &reply);
        reply
    };
    let seen = call("/links/inspection", json!({ "link": links[0] })).await;
    assert_eq!((seen.status, &seen.body["purpose"], &seen.body["email"]), (200, &json!("setup"), &Value::Null));
    let sent = |link: &str, email: &str| json!({ "link": link, "email": email, "name": "Alix", "password": PASSWORD });
    let odd = call("/set-up", sent(&links[0], "nowhere")).await;
    assert_eq!((odd.status, &odd.body["code"]), (422, &json!("bad-field")), "{}", odd.text);
    let made = call("/set-up", sent(&links[0], "alix@example.com")).await;
    assert_eq!((made.status, &made.body["person"]["capabilities"]["admin"]), (200, &json!(true)), "{}", made.text);
    let second = call("/set-up", sent(&links[1], "eve@example.com")).await;
    assert_eq!((second.status, &second.body["code"]), (410, &json!("set-up-done")), "{}", second.text);
}
