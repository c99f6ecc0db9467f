//! `habilis login`, `habilis token` and `habilis logout`: the real program against a server in process.

use crate::{
    oauth::scene::{claims, head},
    support::{self, House, content},
};
use habilis::{
    access::rows::LockKind,
    actions::{load_content, lock, rotate_keys},
    app::App,
    base::clock::Clock,
    identity::secret::Secret,
    settings::Settings,
    web::server::Application,
};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Output, Stdio},
};
use tempfile::TempDir;

/// A Habilis that calls itself by the address at which it is reached, and somebody's own machine.
struct Desk {
    house: House,
    app: App,
    base: String,
    /// Ana's browser.
    cookie: String,
    home: TempDir,
}

impl Desk {
    async fn set() -> Self {
        let house = House::on(content::small(), Clock::System).await;
        let (ana, cookie) = house.joined("Ana Verano", &[]).await;
        house.certify(&ana, "alpha").await;
        house.ask(&ana, "reader").await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let settings = Settings { public_url: Some(base.clone()), ..support::settings(&house.engine) };
        let app = tokio::task::spawn_blocking(move || App::open(settings, Clock::System)).await.unwrap().unwrap();
        rotate_keys::ensure_keys(&app).await.unwrap();
        load_content::follow(&app).await.unwrap();
        let served = Application::on(listener, app.clone(), None).unwrap();
        std::thread::spawn(move || actix_web::rt::System::new().block_on(served.run()));
        Self { house, app, base, cookie, home: tempfile::tempdir().unwrap() }
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
        command.args(arguments).current_dir(self.home.path()).stdin(Stdio::null());
        command.env("XDG_CONFIG_HOME", self.home.path()).env("HOME", self.home.path());
        for variable in ["HABILIS_SERVER", "DISPLAY", "WAYLAND_DISPLAY"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().unwrap()
    }

    /// What a command prints that works.
    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command says that does not work; it prints nothing that could be taken for a token.
    #[track_caller]
    fn complains(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// Begins to sign in, up to the code.
    fn begins(&self, mut command: Command) -> (Child, BufReader<ChildStdout>, String) {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let code = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(line.contains(&format!("{}/device", self.base)) && code.len() == 9, "{line}");
        (child, lines, code)
    }

    /// What a person answers in their browser.
    async fn answers(&self, code: &str, say: &str) {
        let token = Secret::presented(&self.cookie).form_token();
        let form = [("form_token", token.as_str()), ("user_code", code), ("say", say)];
        let call = reqwest::Client::new().post(format!("{}/device/confirm", self.base)).form(&form);
        let reply = call.header("cookie", format!("habilis={}", self.cookie)).send().await.unwrap();
        assert_eq!(reply.status().as_u16(), 200);
    }

    async fn signs_in(&self, arguments: &[&str]) -> String {
        let (child, mut lines, code) = self.begins(self.program(arguments));
        self.answers(&code, "yes").await;
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut lines, &mut rest).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{rest} {}", String::from_utf8_lossy(&output.stderr));
        rest
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("habilis/credentials.json")
    }

    fn kept(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.file()).unwrap()).unwrap()
    }

    /// Lets the kept access tokens be over.
    fn age(&self) {
        let mut kept = self.kept();
        for one in kept["connections"].as_array_mut().unwrap() {
            (one["from"], one["until"]) = (json!(0), json!(1));
        }
        std::fs::write(self.file(), kept.to_string()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_signs_in_and_hands_out_tokens() {
    let desk = Desk::set().await;
    let said = desk.complains(&["token", "reader", "--server", &desk.base]);
    assert!(said.contains(&format!("habilis login --server {} --role reader", desk.base)), "{said}");
    // A browser is opened where there is one, at the address that carries the code.
    let tools = desk.home.path().join("tools");
    std::fs::create_dir(&tools).unwrap();
    let opened = desk.home.path().join("opened");
    let script = format!("#!/bin/sh\nprintf %s \"$1\" > {0}.new && mv {0}.new {0}\n", opened.display());
    std::fs::write(tools.join("xdg-open"), script).unwrap();
    std::fs::set_permissions(tools.join("xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut login = desk.program(&["login", "--server", &format!("{}/", desk.base), "--role", "reader"]);
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    login.env("PATH", path).env("DISPLAY", ":0");
    let (child, mut lines, code) = desk.begins(login);
    desk.answers(&code, "yes").await;
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut lines, &mut rest).unwrap();
    assert!(child.wait_with_output().unwrap().status.success(), "{rest}");
    assert!(rest.contains("as ana.verano@example.com") && rest.contains("habilis token reader"), "{rest}");
    assert_eq!(std::fs::read_to_string(&opened).unwrap(), format!("{}/device?user_code={code}", desk.base));
    assert_eq!(std::fs::metadata(desk.file()).unwrap().permissions().mode() & 0o777, 0o600);
    // The server need not be named again; nothing but the token is printed, and it is kept.
    let token = desk.prints(&["token", "reader"]);
    let said = claims(token.trim_end());
    assert!(token.ends_with('\n') && token.lines().count() == 1, "{token}");
    assert_eq!(head(token.trim_end())["typ"], "at+jwt");
    assert_eq!(
        (&said["aud"], &said["client_id"], &said["iss"]),
        (&json!("https://lake.example.com"), &json!("habilis-cli"), &json!(desk.base))
    );
    let minted = desk.house.events("token.minted").await;
    assert_eq!(desk.prints(&["token", "reader"]), token);
    assert_eq!(desk.house.events("token.minted").await, minted, "nobody was asked");
    // The other forms.
    let env = desk.prints(&["token", "reader", "--format", "env"]);
    assert_eq!(env, format!("export HABILIS_TOKEN='{}'\n", token.trim_end()));
    let told: Value = serde_json::from_str(&desk.prints(&["token", "reader", "--format", "json"])).unwrap();
    assert_eq!((&told["access_token"], &told["scope"]), (&json!(token.trim_end()), &json!("role:reader")));
    let told: Value = serde_json::from_str(&desk.prints(&["token", "reader", "--format", "exec-credential"])).unwrap();
    assert_eq!(told["apiVersion"], "client.authentication.k8s.io/v1");
    assert_eq!((&told["kind"], &told["status"]["token"]), (&json!("ExecCredential"), &json!(token.trim_end())));
    let until = told["status"]["expirationTimestamp"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert!((until.as_second() - said["exp"].as_i64().unwrap()).abs() <= 30, "{told}");
    // What it was given is given back, and nothing is kept.
    let refresh = desk.kept()["connections"][0]["refresh_token"].as_str().unwrap().to_owned();
    desk.prints(&["logout"]);
    assert_eq!(desk.house.events("tool.ended").await, 1);
    let text = std::fs::read_to_string(desk.file()).unwrap();
    assert!(!text.contains(&refresh) && !text.contains(token.trim_end()), "{text}");
    desk.complains(&["token", "reader", "--server", &desk.base]);
    assert!(desk.prints(&["logout"]).contains("signed in nowhere"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_side_by_side_never_use_one_refresh_token_twice() {
    let desk = Desk::set().await;
    desk.signs_in(&["login", "--server", &desk.base, "--role", "session:role:READER", "--no-browser"]).await;
    for _ in 0..2 {
        desk.age();
        let running: Vec<Child> = (0..4)
            .map(|_| {
                let mut command = desk.program(&["token", "session:role:READER"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let mut printed = Vec::new();
        for child in running {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            printed.push(String::from_utf8(output.stdout).unwrap());
        }
        printed.dedup();
        assert_eq!(printed.len(), 1, "one of them renewed, and the others got what it was given");
    }
    assert_eq!(desk.house.events("tool.ended").await, 0, "nobody took it for a theft");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_say_what_to_do_next() {
    let desk = Desk::set().await;
    // Not the server that it says it is; none at all; in the clear; no such role.
    let alias = desk.base.replace("127.0.0.1", "localhost");
    let said = desk.complains(&["login", "--server", &alias]);
    assert!(said.contains(&format!("--server {}", desk.base)), "{said}");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(desk.complains(&["login", "--server", &format!("http://{nobody}")]).contains("does not answer"));
    assert!(desk.complains(&["login", "--server", "http://academy.example.com"]).contains("https"));
    let said = desk.complains(&["login", "--server", &desk.base, "--role", "nothing"]);
    assert!(said.contains("there is no such role"), "{said}");
    assert!(desk.complains(&["token", "READER", "--server", &desk.base]).contains("no role's name"));
    // Denied.
    let (child, _lines, code) = desk.begins(desk.program(&["login", "--server", &desk.base, "--role", "reader"]));
    desk.answers(&code, "no").await;
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not allowed"));
    assert!(!desk.file().exists(), "nothing is kept");
    // Missing for now: it says what, and the connection outlives it.
    desk.signs_in(&["login", "--server", &desk.base, "--role", "reader", "--no-browser"]).await;
    let (app, admin) = (&desk.house.app, &desk.house.admin);
    let placed = lock::place_lock(app, admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
    assert_eq!(desk.prints(&["token", "reader"]).lines().count(), 1, "what is kept is printed until its end");
    desk.age();
    let said = desk.complains(&["token", "reader"]);
    assert!(said.contains("missing lock") && said.contains(&format!("{}/access/reader", desk.base)), "{said}");
    lock::lift_lock(app, admin, placed).await.unwrap();
    desk.prints(&["token", "reader"]);
    // Over: it says how to sign in again.
    habilis::actions::disconnect_client::disconnect_client(
        &desk.app,
        &support::actor(&desk.app, &Secret::presented(&desk.cookie)).await,
        "habilis-cli".into(),
    )
    .await
    .unwrap();
    desk.age();
    let said = desk.complains(&["token", "reader"]);
    assert!(said.contains(&format!("`habilis login --server {} --role reader`", desk.base)), "{said}");
    assert_eq!(desk.kept()["connections"], json!([]), "what is over is forgotten");
}
