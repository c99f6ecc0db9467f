//! snowflake-connector-python, as far as it goes without Snowflake: its own code flow against Habilis, its refresh, a service
//! account's client credentials, and a token of the command line. It speaks to an authorization server over TLS alone, which Apache ends here.

use super::{
    apache::{Apache, certificate, free_port, tls_in_front_of},
    foreign::Foreign,
    stage::Stage,
};
use crate::oauth::{machines::account, scene::claims};
use habilis::tokens::client::ClientKind::Confidential;
use serde_json::json;
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// A token as somebody gets it in their terminal.
async fn of_the_command_line(stage: &Stage) -> String {
    let home = tempfile::tempdir().unwrap();
    let command = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command.args(arguments).current_dir(home.path()).env("HOME", home.path()).env("XDG_CONFIG_HOME", home.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        command
    };
    let mut login = command(&["login", "--server", stage.base(), "--role", "reader", "--no-browser"]).spawn().unwrap();
    let mut lines = BufReader::new(login.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    stage.approve(line.trim().rsplit(' ').next().unwrap()).await;
    assert!(lines.all(|line| line.is_ok()) && login.wait().unwrap().success());
    let printed = command(&["token", "reader"]).output().unwrap();
    assert!(printed.status.success());
    String::from_utf8(printed.stdout).unwrap().trim_end().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_snowflake_connector_signs_in_by_its_own_code_flow() {
    let stage = Stage::set().await;
    let token = of_the_command_line(&stage).await;
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let pair = certificate(folder.path());
    let _front = Apache::start(&[port], &tls_in_front_of(stage.base(), port, &pair)).await;
    let tool = stage.tool("Snowflake connector", Confidential, &["http://127.0.0.1/"]).await;
    let machine = account(stage.house(), &stage.scene.ana, &["reader"]).await;
    let settings = json!({
        "issuer": stage.base(), "front": format!("https://localhost:{port}"), "certificate": pair.0,
        "tool": { "id": tool.id, "secret": tool.secret }, "token": token,
        "machine": { "id": machine.id, "secret": machine.secret },
    });
    let done = stage.play(Foreign::python("snowflake_connector.py", &settings)).await;
    assert_eq!(done["handed"], json!(["OAUTH", "ANA.VERANO", token]));
    assert_eq!(done["coded"][0], "OAUTH_AUTHORIZATION_CODE");
    let said = claims(done["coded"][1].as_str().unwrap());
    let expected = json!(["https://lake.example.com", tool.id, "session:role:READER", "ANA.VERANO"]);
    assert_eq!(json!([said["aud"], said["client_id"], said["scope"], said["preferred_username"]]), expected);
    let kept: Vec<_> = done["kept"].as_array().unwrap().iter().map(|token| claims(token.as_str().unwrap())).collect();
    assert!(kept.len() == 2 && kept[0]["jti"] != kept[1]["jti"], "{kept:?}");
    assert_eq!((&kept[0]["sid"], &kept[1]["role"]), (&kept[1]["sid"], &json!("reader")), "by a refresh");
    assert_eq!(done["served"][0], "OAUTH_CLIENT_CREDENTIALS");
    let said = claims(done["served"][1].as_str().unwrap());
    let expected = json!([machine.id, machine.id, "session:role:READER", stage.scene.person()]);
    assert_eq!(json!([said["sub"], said["client_id"], said["scope"], said["owner"]]), expected);
    assert_eq!(stage.house().events("tool.ended").await, 0, "nobody took it for a theft");
    let refused = done["refused"]["another state"].as_str().unwrap();
    assert!(refused.contains("state"), "{refused}");
}
