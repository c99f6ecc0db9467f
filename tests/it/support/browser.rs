//! A real browser: headless Chromium behind chromedriver, both started here and ended with the test.

use fantoccini::{Client, ClientBuilder, Locator, error::CmdError, wd::TimeoutConfiguration};
use std::{
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

pub struct Browser {
    pub client: Client,
    base: String,
    driver: Driver,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a browser on the service at `base`, in English.
    pub async fn open(base: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let program = std::env::var("HABILIS_TEST_DRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let driver = Driver::start(&program, port);
        let binary = std::env::var("HABILIS_TEST_BROWSER").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=en",
            &format!("--user-data-dir={}", profile.path().display()),
        ];
        let wanted = serde_json::json!({ "goog:chromeOptions": { "binary": binary, "args": arguments } });
        let serde_json::Value::Object(wanted) = wanted else { unreachable!("an object was written") };
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(wanted);
        for _ in 0..100 {
            if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
                // A page that has all its work to do beside other tests takes as long as it takes.
                client.update_timeouts(patience()).await.unwrap();
                return Self { client, base: base.to_owned(), driver, _profile: profile };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the browser did not start");
    }

    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    pub async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    #[track_caller]
    pub fn says(&self, text: &str, words: &str) {
        assert!(text.contains(words), "the page does not say `{words}`:\n{text}");
    }

    pub async fn fill(&self, name: &str, value: &str) {
        let field = self.client.find(Locator::Css(&format!("[name='{name}']"))).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Presses the button of the form that is sent to `action`, and waits for the next page.
    pub async fn press(&self, action: &str) {
        let css = format!("form[action='{action}'] button:not([type='button'])");
        let button = self.client.find(Locator::Css(&css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        let page = self.client.find(Locator::Css("html")).await.unwrap();
        // A click by script lands on the button whatever scrolls or fades above it.
        let button = serde_json::to_value(&button).unwrap();
        self.client.execute("arguments[0].click()", vec![button]).await.unwrap();
        for _ in 0..100 {
            // The old page's root goes stale when the new page is there.
            if page.tag_name().await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing followed the button of {action}");
    }

    pub async fn sign_in(&self, email: &str) {
        self.go("/sign-in").await;
        self.fill("email", email).await;
        self.fill("password", super::PASSWORD).await;
        self.press("/sign-in").await;
    }

    pub async fn sign_out(&self) {
        self.client.delete_all_cookies().await.unwrap();
    }

    /// Keeps pictures of the page, narrow and wide, light and dark, where `HABILIS_TEST_PICTURES` names a folder.
    pub async fn pictures(&self, name: &str) {
        let Ok(folder) = std::env::var("HABILIS_TEST_PICTURES") else { return };
        std::fs::create_dir_all(&folder).unwrap();
        for (size, width, height) in [("wide", 1280, 900), ("narrow", 390, 844)] {
            self.client.set_window_size(width, height).await.unwrap();
            for scheme in ["light", "dark"] {
                self.scheme(scheme).await.unwrap();
                let picture = self.client.screenshot().await.unwrap();
                std::fs::write(PathBuf::from(&folder).join(format!("{name}-{size}-{scheme}.png")), picture).unwrap();
            }
        }
        self.scheme("light").await.unwrap();
        self.client.set_window_size(1280, 900).await.unwrap();
    }

    /// How large the page's window is, without the frame that a browser has around it.
    pub async fn size(&self, width: u32, height: u32) -> Result<(), CmdError> {
        self.size_of_next(width, height).await?;
        self.client.execute_async(SETTLED, vec![width.into()]).await?;
        Ok(())
    }

    /// How large it is for the page that is gone to next.
    pub async fn size_of_next(&self, width: u32, height: u32) -> Result<(), CmdError> {
        let params = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", params).await
    }

    /// Has every page that is gone to run a script of ours before its own.
    pub async fn bring(&self, script: &str) -> Result<(), CmdError> {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": script })).await
    }

    async fn chromium(&self, command: &str, params: serde_json::Value) -> Result<(), CmdError> {
        self.client.issue_cmd(Chromium(serde_json::json!({ "cmd": command, "params": params }))).await?;
        Ok(())
    }

    /// Which colours the reader prefers: `light` or `dark`.
    pub async fn scheme(&self, scheme: &str) -> Result<(), CmdError> {
        let features = serde_json::json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.chromium("Emulation.setEmulatedMedia", serde_json::json!({ "features": features })).await
    }

    pub async fn close(self) {
        let _ = self.client.clone().close().await;
        drop(self.driver);
    }
}

/// How long a browser may take for a page or a script before it counts as broken down.
fn patience() -> TimeoutConfiguration {
    let long = Some(Duration::from_secs(180));
    TimeoutConfiguration::new(long, long, Some(Duration::ZERO))
}

/// Answers once the window is as wide as was asked for, and the page has heard of it and drawn itself again. A browser
/// that has nothing new to draw may owe a frame for ever: then a moment without one will do.
const SETTLED: &str = "
const [width, done] = arguments;
const frame = () => new Promise(go => { requestAnimationFrame(go); setTimeout(go, 250); });
(async () => {
  do await frame(); while (innerWidth !== width);
  await frame();
  done();
})();";

/// chromedriver as a child, ended when dropped.
struct Driver(Child);

impl Driver {
    fn start(program: &str, port: u16) -> Self {
        let started =
            Command::new(program).arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self(started.expect("chromedriver: run tests/run, which installs it"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A command of Chromium's own, sent through chromedriver.
#[derive(Debug)]
struct Chromium(serde_json::Value);

impl fantoccini::wd::WebDriverCompatibleCommand for Chromium {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }
    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}
