//! A served house that knows identity providers, and browsers that go from it to a provider and back.

use super::provider::Idp;
use crate::support::{House, settings, web::Served};
use habilis::{
    actions::{load_content, rotate_keys},
    app::App,
    identity::{actor::Actor, provider::Provider},
    settings::Settings,
    web::server::Application,
};
use reqwest::{Client, header::HeaderMap};
use serde_json::{Value, json};
use std::net::TcpListener;

pub struct Scene {
    pub served: Served,
    pub idp: Idp,
    settings: Settings,
    ana: Option<Actor>,
}

/// A provider as a test's settings name it.
pub fn provider(id: &str, idp: &Idp, other: Value) -> Provider {
    let mut told = json!({
        "id": id, "name": "Example staff", "issuer": idp.base, "client_id": "habilis", "secret": "a secret: 1",
        "timeout_seconds": 1,
    });
    for (name, value) in other.as_object().unwrap() {
        told[name] = value.clone();
    }
    serde_json::from_value(told).unwrap()
}

/// Serves a house under other settings, at the address that they name.
pub async fn serve(mut house: House, change: impl FnOnce(&mut Settings)) -> (Served, Settings) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = settings(&house.engine);
    settings.public_url = Some(format!("http://{}", listener.local_addr().unwrap()));
    change(&mut settings);
    house.app = open(settings.clone(), &house).await;
    let base = settings.issuer();
    let application = Application::on(listener, house.app.clone(), None).unwrap();
    (Served::by(house, application, base), settings)
}

async fn open(settings: Settings, house: &House) -> App {
    let clock = house.clock.clone();
    let app = tokio::task::spawn_blocking(|| App::open(settings, clock)).await.unwrap().unwrap();
    rotate_keys::ensure_keys(&app).await.unwrap();
    load_content::follow(&app).await.unwrap();
    app
}

impl Scene {
    /// A house with one provider, `staff`, with something else in its table.
    pub async fn with(other: Value) -> Self {
        let house = House::new().await;
        let idp = Idp::start(house.clock.clone());
        let own = provider("staff", &idp, other);
        let (served, settings) = serve(house, |settings| settings.provider = vec![own]).await;
        Self { served, idp, settings, ana: None }
    }

    /// With Ana in it, and other settings beside the provider's; Ana came before them.
    pub async fn set(other: Value, change: impl FnOnce(&mut Settings)) -> Self {
        let house = House::new().await;
        let ana = house.person("Ana Verano").await;
        let idp = Idp::start(house.clock.clone());
        let own = provider("staff", &idp, other);
        let (served, settings) = serve(house, |settings| {
            settings.provider = vec![own];
            change(settings);
        })
        .await;
        Self { served, idp, settings, ana: Some(ana) }
    }

    /// Another replica of the same house: its address.
    pub async fn replica(&self) -> String {
        let app = open(self.settings.clone(), &self.served.house).await;
        let application = Application::build(app, None).unwrap();
        let base = format!("http://{}", application.address());
        std::thread::spawn(move || actix_web::rt::System::new().block_on(application.run()));
        base
    }

    /// Ana, who came before the settings.
    pub fn ana(&self) -> &Actor {
        self.ana.as_ref().unwrap()
    }

    pub fn house(&self) -> &House {
        &self.served.house
    }

    /// Actions at one held instant follow each other by single microseconds: step past them.
    pub fn tick(&self) {
        self.house().clock.set(self.house().clock.now().plus_micros(1_000));
    }

    /// One value of the database.
    pub async fn read(&self, query: &'static str) -> String {
        self.house()
            .app
            .db
            .read(self.house().app.now(), move |r| Ok(habilis::db::sql(query).maybe::<String>(r)?.unwrap_or_default()))
            .await
            .unwrap()
    }

    pub async fn count(&self, query: &'static str) -> i64 {
        self.house()
            .app
            .db
            .read(self.house().app.now(), move |r| Ok(habilis::db::sql(query).one::<i64>(r)?))
            .await
            .unwrap()
    }
}

/// What a browser was answered.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn to(&self) -> String {
        self.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The stable code that a page of refusal shows.
    pub fn code(&self) -> String {
        let code = self.text.split("<code>").last().and_then(|rest| rest.split("</code>").next());
        code.unwrap_or_default().to_owned()
    }
}

/// A browser with its cookies.
pub struct Browser {
    pub client: Client,
    base: String,
}

impl Browser {
    pub fn open(scene: &Scene) -> Self {
        Self::at(&scene.served.base)
    }

    pub fn at(base: &str) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_store(true).build().unwrap();
        Self { client, base: base.to_owned() }
    }

    /// A browser in which somebody has planted a cookie.
    pub fn with_cookie(base: &str, cookie: &str) -> Self {
        let jar = reqwest::cookie::Jar::default();
        jar.add_cookie_str(cookie, &base.parse().unwrap());
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_provider(jar.into());
        Self { client: client.build().unwrap(), base: base.to_owned() }
    }

    pub async fn go(&self, address: &str) -> Reply {
        let address = if address.starts_with('/') { format!("{}{address}", self.base) } else { address.to_owned() };
        read(self.client.get(address).header("accept-language", "en").send().await.unwrap()).await
    }

    /// Sends a form of the house's own.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.form_token().await;
        let mut all = vec![("form_token", token.as_str())];
        all.extend(fields);
        let request = self.client.post(format!("{}{path}", self.base)).header("accept-language", "en");
        read(request.form(&all).send().await.unwrap()).await
    }

    async fn form_token(&self) -> String {
        let page = self.go("/account").await.text;
        let token = page.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        token.unwrap_or_default().to_owned()
    }

    /// Signs in with a password.
    pub async fn password(&self, email: &str) -> Reply {
        self.post("/sign-in", &[("email", email), ("password", crate::support::PASSWORD)]).await
    }

    /// Begins at the house: the address at the provider.
    pub async fn begin(&self, query: &str) -> String {
        let reply = self.go(&format!("/sign-in/with/staff{query}")).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        reply.to()
    }

    /// The whole way to the provider: the address with which it sends the browser back.
    pub async fn way_back(&self, query: &str) -> String {
        let there = self.begin(query).await;
        let reply = self.go(&there).await;
        assert_eq!(reply.status, 302, "{there}: {}", reply.text);
        reply.to()
    }

    /// The whole way to the provider and back.
    pub async fn sign_in(&self, query: &str) -> Reply {
        let back = self.way_back(query).await;
        self.go(&back).await
    }

    /// Who is signed in here, by address; nobody is empty.
    pub async fn who(&self) -> String {
        let reply = self.go("/api/v1/me").await;
        let told: Value = serde_json::from_str(&reply.text).unwrap();
        told["person"]["email"].as_str().or(told["email"].as_str()).unwrap_or_default().to_owned()
    }

    /// Refused on the way back, for this.
    pub async fn refused(&self, code: &str) -> Reply {
        let reply = self.sign_in("").await;
        assert_eq!(reply.code(), code, "{}: {}", reply.status, reply.text);
        assert_eq!(self.who().await, "", "{code}");
        reply
    }
}

async fn read(answer: reqwest::Response) -> Reply {
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Reply { status, headers, text: answer.text().await.unwrap() }
}

/// An address with another value in its query; none leaves it out.
pub fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let mut url = url::Url::parse(address).unwrap();
    let mut kept: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(own, _)| own != name).collect();
    kept.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    url.query_pairs_mut().clear().extend_pairs(kept);
    url.into()
}

/// A value of an address's query.
pub fn field(address: &str, name: &str) -> String {
    let url = url::Url::parse(address).unwrap();
    let found = url.query_pairs().find(|(own, _)| own == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
