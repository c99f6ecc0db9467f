//! A real reverse proxy (nginx, as Debian packages it) asks before it lets a request through.

use super::minted;
use crate::oauth::scene::Scene;
use habilis::{access::rows::LockKind, actions::lock};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The proxy, stopped with the test.
struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The snippet of `src/web/oauth/proxies.md`, between its fences.
fn snippet() -> String {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/oauth/proxies.md")).unwrap();
    let fenced = page.split("```nginx\n").nth(1).expect("a snippet for nginx");
    fenced.split("```").next().unwrap().to_owned()
}

fn start(folder: &Path, config: &str) -> Nginx {
    let file = folder.join("nginx.conf");
    std::fs::write(&file, config).unwrap();
    let program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"]
        .into_iter()
        .find(|path| Path::new(path).exists());
    let child = Command::new(program.unwrap_or("nginx"))
        .arg("-p")
        .arg(folder)
        .args(["-e", "stderr", "-c"])
        .arg(&file)
        .stderr(Stdio::null())
        .spawn()
        .expect("nginx: run tests/run, which installs it");
    Nginx(child)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_lets_through_who_may_and_nobody_else() {
    let scene = Scene::set().await;
    let folder = tempfile::tempdir().unwrap();
    let (front, back) = (free_port(), free_port());
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {}/{kind};\n", folder.path().display()))
        .concat();
    // The page's own lines; only the addresses are those of the test.
    let lines = snippet()
        .replace("https://academy.example.com", &scene.served.base)
        .replace("http://127.0.0.1:9000", &format!("http://127.0.0.1:{back}"));
    let config = format!(
        "daemon off;\nmaster_process off;\npid {pid};\nerror_log stderr;\nevents {{ worker_connections 64; }}\nhttp {{\n\
         {temporary}    access_log off;\n\
         server {{\n        listen 127.0.0.1:{front};\n{lines}\n    }}\n\
         server {{\n        listen 127.0.0.1:{back};\n        location / {{\n            \
         return 200 \"$http_x_habilis_person $http_x_habilis_user $http_x_habilis_role [$http_authorization]\";\n        }}\n    }}\n}}\n",
        pid = folder.path().join("nginx.pid").display(),
    );
    let _nginx = start(folder.path(), &config);
    let base = format!("http://127.0.0.1:{front}");
    let ask = async |token: Option<&str>| {
        let mut request = scene.served.client.post(format!("{base}/reports/7?warehouse=attic")).body("some body");
        // Headers that a caller makes up are worth nothing.
        request = request.header("x-habilis-person", "per_made_up").header("x-habilis-role", "guardian");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        scene.send(request).await
    };
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", front)).is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let token = minted(&scene, &scene.ana, "reader").await;
    let reply = ask(Some(&token)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let user = crate::oauth::scene::claims(&token)["preferred_username"].as_str().unwrap().to_owned();
    assert_eq!(
        reply.text,
        format!("{} {user} reader []", scene.person()),
        "and what stands behind never sees the token"
    );
    // Who brings none is told the way, in Habilis' words.
    let reply = ask(None).await;
    assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer realm=\"habilis\""));
    let reply = ask(Some("nonsense")).await;
    assert!(reply.status == 401 && reply.header("www-authenticate").contains("invalid_token"), "{:?}", reply.headers);
    // For another warehouse.
    let either = scene.house();
    either.ask(&scene.ana, "either").await.unwrap();
    let elsewhere = minted(&scene, &scene.ana, "either").await;
    assert_eq!(ask(Some(&elsewhere)).await.status, 403);
    // A lock bites with the next request.
    let (app, admin) = (&scene.house().app, &scene.house().admin);
    lock::place_lock(app, admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
    assert_eq!(ask(Some(&token)).await.status, 401);
}
