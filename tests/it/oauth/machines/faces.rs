//! Where people meet accounts: the admin's page and command line, the owner's page, the file, the answer of explain.

use super::{accept, account};
use crate::{
    oauth::scene::Scene,
    support::{House, content, person_id, program::command, web::Served},
};
use habilis::base::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

/// The program on the scene's database.
fn cli(served: &Served, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = command(&served.house, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_registers_an_account_on_the_page_and_hands_it_over() {
    let scene = Scene::set().await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let page = scene.get(&admin, "/clients").await;
    assert!(page.text.contains("name=\"service_owner\""), "{}", page.text);
    let form = [("service", "yes"), ("service_name", "Nightly load"), ("service_owner", "ana.verano@example.com")];
    // What is missing is said, and what was typed stays.
    let reply = scene.post(&admin, "/clients", &form).await;
    assert!(reply.status == 422 && reply.text.contains("have to be named"), "{} {}", reply.status, reply.text);
    assert!(reply.text.contains("value=\"ana.verano@example.com\""), "{}", reply.text);
    let reply = scene
        .post(
            &admin,
            "/clients",
            &[&form[..2], &[("service_role", "reader"), ("service_owner", "nobody@example.com")]].concat(),
        )
        .await;
    assert!(reply.status == 404 && reply.text.contains("service_owner-error"), "{} {}", reply.status, reply.text);
    let reply = scene.post(&admin, "/clients", &[&form[..], &[("service_role", "reader")]].concat()).await;
    assert!(reply.status == 200 && reply.text.contains("hcs_"), "the secret is shown once: {}", reply.text);
    let listed = scene.served.api(&admin, Method::GET, "/api/v1/clients", Value::Null).await.1;
    let made = listed["items"].as_array().unwrap().iter().find(|one| one["name"] == "Nightly load").unwrap().clone();
    let id = made["id"].as_str().unwrap();
    assert_eq!(
        (&made["service"]["owner"]["email"], &made["roles"]),
        (&json!("ana.verano@example.com"), &json!(["reader"]))
    );
    let page = scene.get(&admin, "/clients").await.text;
    assert!(page.contains(&format!("/people/{}#grants", scene.person())) && page.contains("Access until"), "{page}");
    let named = [("warehouse", "lake"), ("login", "SVC_NIGHT")];
    assert_eq!(scene.post(&admin, &format!("/clients/{id}/logins"), &named).await.status, 303);
    assert!(scene.get(&admin, "/clients").await.text.contains("SVC_NIGHT"));
    scene.house().joined("Eve Marin", &[]).await;
    let reply = scene.post(&admin, &format!("/clients/{id}/owner"), &[("owner", "eve.marin@example.com")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    let page = scene.get(&admin, "/clients").await.text;
    assert!(page.contains("Eve Marin") && page.contains("The owner has no such access now"), "{page}");
    // A tool that exchanges the account's tokens, on the same page.
    let form = [("name", "Report server"), ("kind", "confidential"), ("redirects", ""), ("exchanges", "cli_nobody")];
    let reply = scene.post(&admin, "/clients", &form).await;
    assert!(reply.status == 422 && reply.text.contains("exchanges-error"), "{} {}", reply.status, reply.text);
    let reply = scene.post(&admin, "/clients", &[&form[..3], &[("exchanges", id)]].concat()).await;
    assert!(reply.status == 200 && reply.text.contains("May exchange tokens of"), "{}", reply.text);
    // Changed on a page of its own: what was typed stays where something is wrong.
    let path = format!("/clients/{id}/change");
    let page = scene.get(&admin, &path).await.text;
    assert!(page.contains("value=\"Nightly load\"") && page.contains("value=\"reader\" checked"), "{page}");
    let reply = scene.post(&admin, &path, &[("name", "Night load"), ("exchanges", "")]).await;
    assert!(reply.status == 422 && reply.text.contains("value=\"Night load\""), "{} {}", reply.status, reply.text);
    let form = [("name", "Night load"), ("role", "either"), ("exchanges", "")];
    assert_eq!(scene.post(&admin, &path, &form).await.header("location"), format!("/clients#{id}"));
    assert!(scene.get(&admin, "/clients").await.text.contains("Night load"));
    let path = format!("/clients/{}/change", scene.web.id);
    let page = scene.get(&admin, &path).await.text;
    assert!(page.contains("value=\"every\" checked") && page.contains("https://tool.example.com/"), "{page}");
    let form = [("name", "Web"), ("redirects", "http://t.example/"), ("which", "named"), ("refreshes", "yes")];
    let reply = scene.post(&admin, &path, &form).await;
    assert!(reply.status == 422 && reply.text.contains("redirects-error"), "{} {}", reply.status, reply.text);
    let fit = [&form[..1], &form[2..], &[("redirects", "https://t.example/")]].concat();
    assert_eq!(scene.post(&admin, &path, &fit).await.status, 303);
    assert_eq!(scene.post(&admin, "/clients/habilis-cli/change", &form).await.status, 409);
    assert_eq!(scene.get(&scene.cookie, &path).await.status, 403);
    assert_eq!(scene.get(&admin, "/clients/cli_no/change").await.status, 404);
    // Nobody else does.
    let reply =
        scene.post(&scene.cookie, &format!("/clients/{id}/owner"), &[("owner", "ana.verano@example.com")]).await;
    assert_eq!(reply.status, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_access_shows_the_machines_that_use_it() {
    let scene = Scene::set().await;
    let admin = scene.house().bearer(&scene.house().admin).await;
    let tool = account(scene.house(), &scene.ana, &["reader", "either"]).await;
    scene.service_token(&tool, &[("scope", "role:reader")]).await;
    let me = scene.person();
    // The owner's own page, and nobody else's.
    let own = scene.get(&scene.cookie, "/account").await.text;
    assert!(own.contains("Nightly load") && own.contains("last token") && own.contains("no token yet"), "{own}");
    let mine = scene.served.api(&scene.cookie, Method::GET, "/api/v1/me/services", Value::Null).await.1;
    let (either, reader) = (&mine["items"][0]["accesses"][0], &mine["items"][0]["accesses"][1]);
    assert_eq!((&reader["role"], &either["role"]), (&json!("reader"), &json!("either")));
    assert!(reader["until"].is_string() && reader["used_at"].is_string(), "{reader}");
    assert!(either["until"].is_null() && either["used_at"].is_null(), "she does not hold it: {either}");
    assert!(!scene.get(&admin, "/account").await.text.contains("Nightly load"));
    // The file, and the answers of explain and of the grant.
    let file = scene.get(&admin, &format!("/people/{me}")).await.text;
    assert!(file.contains("Access until") && file.contains(&format!("/clients#{}", tool.id)), "{file}");
    let told = scene.served.api(&admin, Method::GET, &format!("/api/v1/people/{me}"), Value::Null).await.1;
    assert_eq!(told["services"][0]["client"], json!(tool.id), "{told}");
    assert_eq!(told["tokens"][0]["service"], true);
    let query = format!("/api/v1/explain?person={me}&role=reader");
    let why = scene.served.api(&admin, Method::GET, &query, Value::Null).await.1;
    assert_eq!(why["chain"]["services"], json!([{ "client": tool.id, "name": "Nightly load" }]), "{why}");
    let page = scene.get(&admin, &format!("/explain?person={me}&role=reader")).await.text;
    assert!(page.contains("Nightly load"), "{page}");
    let past = format!("{query}&at=2026-03-02T08:00:00Z");
    let why = scene.served.api(&admin, Method::GET, &past, Value::Null).await.1;
    assert_eq!(why["chain"]["services"], json!([]), "it was not there yet");
    // The log says that it was a machine.
    let log = scene.get(&admin, "/events?kind=token.minted").await.text;
    assert!(log.contains("A service account of"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_registers_an_account_on_the_command_line() {
    // The program has the clock of the machine.
    let clock = Clock::held(Clock::System.now());
    let scene = Scene::on(House::on(content::small(), clock).await).await;
    let served = &scene.served;
    let add = ["clients", "add", "Nightly load", "--owner", "ana.verano@example.com", "--role", "reader"];
    let (code, out, complaint) = cli(served, &[&add[..], &["--login", "lake=SVC_CLI"]].concat());
    assert_eq!(code, Some(0), "{complaint}");
    let word = |name: &str| out.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    let tool = crate::oauth::scene::Tool { id: word("client_id"), secret: Some(word("client_secret")), back: "" };
    // The operator answers for nobody: it waits for its owner.
    assert!(out.contains("waits for its owner"), "{out}");
    assert!(cli(served, &["clients", "list"]).1.contains("ana.verano@example.com (waits for its owner)"));
    assert_eq!(scene.service_error(&tool, &[]).await.1, "oauth-grant");
    accept(scene.house(), &scene.ana, &tool).await;
    assert!(!cli(served, &["clients", "list"]).1.contains("waits for its owner"));
    let token = scene.service_token(&tool, &[]).await;
    assert_eq!(crate::oauth::scene::claims(&token)["preferred_username"], "SVC_CLI");
    let (_, out, _) = cli(served, &["clients", "list", "--format", "json"]);
    let listed: Value = serde_json::from_str(&out).unwrap();
    let one = listed.as_array().unwrap().iter().find(|one| one["id"] == json!(tool.id)).unwrap();
    assert_eq!(one["service"]["owner"], "ana.verano@example.com", "{one}");
    assert!(one["service"]["accepted_at"].is_string(), "{one}");
    let (code, _, complaint) = cli(served, &["clients", "login", &tool.id, "lake", "SVC_NEW"]);
    assert_eq!(code, Some(0), "{complaint}");
    assert_eq!(crate::oauth::scene::claims(&scene.service_token(&tool, &[]).await)["preferred_username"], "SVC_NEW");
    // Changed: what is not named stays, and an owner is asked about more.
    let change = |more: &[&str]| cli(served, &[&["clients", "change", &tool.id], more].concat());
    let (code, out, complaint) = change(&["--role", "reader", "--role", "either"]);
    assert_eq!((code, out.contains("waits for its owner")), (Some(0), true), "{out}{complaint}");
    let (code, out, complaint) = change(&["--role", "reader", "--name", "Night load"]);
    assert_eq!((code, out.contains("is changed")), (Some(0), true), "{out}{complaint}");
    assert!(cli(served, &["clients", "list"]).1.contains("Night load"));
    accept(scene.house(), &scene.ana, &tool).await;
    scene.service_token(&tool, &[]).await;
    for bad in [&[][..], &["--every-role", "--role", "reader"], &["--device", "maybe"]] {
        assert_eq!(change(bad).0, Some(2), "{bad:?}");
    }
    let (code, _, complaint) = change(&["--every-role"]);
    assert_eq!((code, complaint.contains("client-service")), (Some(1), true), "{complaint}");
    let web = &scene.web.id;
    let (code, _, complaint) = cli(served, &["clients", "change", web, "--refresh", "false", "--device", "true"]);
    assert_eq!(code, Some(0), "{complaint}");
    let (_, out, _) = cli(served, &["clients", "list", "--format", "json"]);
    let listed: Value = serde_json::from_str(&out).unwrap();
    let one = listed.as_array().unwrap().iter().find(|one| one["id"] == json!(web)).unwrap();
    assert_eq!(
        one["grant_types"],
        json!(["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"]),
        "{one}"
    );
    let (eve, _) = scene.house().joined("Eve Marin", &[]).await;
    let (code, _, complaint) = cli(served, &["clients", "owner", &tool.id, "eve.marin@example.com"]);
    assert_eq!(code, Some(0), "{complaint}");
    accept(scene.house(), &eve, &tool).await;
    assert_eq!(scene.service_error(&tool, &[]).await.1, "oauth-owner-lacks");
    let (_, out, _) = cli(served, &["explain", &person_id(&scene.ana).to_string(), "reader"]);
    assert!(!out.contains("service account"), "it is Eve's now: {out}");
    let (code, out, complaint) = cli(served, &["clients", "add", "Report server", "--exchange", &tool.id]);
    assert_eq!(code, Some(0), "{complaint}");
    assert!(out.contains("client_secret"), "{out}");
    // Without roles, or as a tool that is sent back somewhere, it is none.
    for bad in
        [&add[..5], &[&add[..], &["--redirect", "https://t.example/b"]].concat(), &[&add[..], &["--public"]].concat()]
    {
        assert_eq!(cli(served, bad).0, Some(2), "{bad:?}");
    }
    let (code, _, complaint) = cli(served, &[&add[..4], &["nobody@example.com", "--role", "reader"]].concat());
    assert_eq!((code, complaint.contains("no-such-person")), (Some(1), true), "{complaint}");
}
