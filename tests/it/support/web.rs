//! A house behind its web face: the same server as the program's, in process, on a free port.

use super::House;
use actix_web::dev::ServerHandle;
use habilis::{app::App, identity::actor::Actor, web::server::Application};
use reqwest::{Client, Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::Value;

pub struct Served {
    // Before the house, whose database goes with it.
    _ends: Ends,
    pub house: House,
    pub base: String,
    pub client: Client,
}

impl Served {
    pub async fn start(house: House) -> Self {
        let application = Application::build(house.app.clone(), None).unwrap();
        let base = format!("http://{}", application.address());
        Self::by(house, application, base)
    }

    /// The house behind a server that is built already.
    pub fn by(house: House, application: Application, base: String) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { _ends: Ends::run(&house.app, application), house, base, client }
    }

    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Calls the API as somebody; the body may be null.
    pub async fn api(&self, bearer: &str, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let mut request = self.call(method, path).bearer_auth(bearer);
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// A page as somebody who is signed in by cookie.
    pub async fn page(&self, secret: &str, path: &str) -> (StatusCode, String) {
        let answer = self.call(Method::GET, path).header("cookie", format!("habilis={secret}")).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    pub async fn person(&self, name: &str) -> (Actor, String) {
        self.house.joined(name, &[]).await
    }
}

/// Stops the server and its jobs with the test: those of a hundred tests that are over would keep the database busy.
pub struct Ends(App, ServerHandle);

impl Ends {
    /// Runs a server until this goes.
    pub fn run(app: &App, application: Application) -> Self {
        let ends = Self(app.clone(), application.handle());
        std::thread::spawn(move || actix_web::rt::System::new().block_on(application.run()));
        ends
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.stop();
        // The order to stop is given by the call; nobody waits for its end.
        drop(self.1.stop(false));
    }
}

/// What came back to a program, as JSON where it is.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}

/// Sends a call of a program.
pub async fn sent(request: RequestBuilder) -> Reply {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await.unwrap();
    Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
}
