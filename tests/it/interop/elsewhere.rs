//! The command line and a Habilis elsewhere: over TLS, by the authority that the company names, and by no other.

use super::apache::{Apache, certificate, free_port, tls_in_front_of};
use crate::{
    identity_provider::scene::serve,
    oauth::scene::{Scene, claims},
    support::{House, content},
};
use habilis::{
    actions::{
        authorize::Say,
        confirm_device::{Turn, confirm_device},
    },
    base::clock::Clock,
};
use serde_json::json;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// The program at somebody's own place, far from the house and its database.
fn program(home: &Path, authority: Option<&Path>, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
    command.args(arguments).current_dir(home).env_clear().env("HOME", home).env("XDG_CONFIG_HOME", home);
    command.envs(authority.map(|file| ("SSL_CERT_FILE", file)));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_signs_in_to_a_habilis_elsewhere() {
    let house = House::on(content::small(), Clock::System).await;
    let (ana, _) = Scene::settle(&house).await;
    let (folder, home, port) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), free_port());
    let front = format!("https://localhost:{port}");
    let mut plain = String::new();
    let (served, _) = serve(house, |settings| plain = settings.public_url.replace(front.clone()).unwrap()).await;
    let pair = certificate(folder.path());
    let _front = Apache::start(&[port], &tls_in_front_of(&plain, port, &pair)).await;
    let login = ["login", "--server", &front, "--role", "reader", "--no-browser"];
    // Whom nobody vouches for is told nothing.
    let stranger = program(home.path(), None, &login).output().unwrap();
    let complaint = String::from_utf8_lossy(&stranger.stderr).into_owned();
    assert!(!stranger.status.success() && complaint.contains("certificate"), "{complaint}");

    let mut child = program(home.path(), Some(&pair.0), &login).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let code = line.trim().rsplit(' ').next().unwrap();
    assert!(matches!(confirm_device(&served.house.app, &ana, code, Say::Yes).await.unwrap(), Turn::Allowed { .. }));
    assert!(lines.all(|line| line.is_ok()) && child.wait().unwrap().success());
    let printed = program(home.path(), Some(&pair.0), &["token", "reader"]).output().unwrap();
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let said = claims(String::from_utf8(printed.stdout).unwrap().trim_end());
    assert_eq!(
        (&said["iss"], &said["client_id"], &said["role"]),
        (&json!(front), &json!("habilis-cli"), &json!("reader"))
    );
    assert!(program(home.path(), Some(&pair.0), &["logout"]).output().unwrap().status.success());
    assert_eq!(served.house.events("tool.ended").await, 1, "what the machine was given is given back");
}
