//! A served house with a person who holds a role, two tools, and the steps that both take.

use crate::support::{House, person_id, web::Served};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::{
    actions::register_client::{self, Registered},
    identity::{actor::Actor, secret::Secret},
    tokens::{
        client::{ClientKind, GrantType, Registration},
        pkce,
    },
};
use reqwest::{Method, header::HeaderMap};
use serde_json::Value;
use std::collections::BTreeMap;

/// The confidential tool's address.
pub const BACK: &str = "https://tool.example.com/back";
/// The native tool's address, whatever its port.
pub const LOOPBACK: &str = "http://127.0.0.1:51004/callback";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A tool, as it knows itself.
#[derive(Clone)]
pub struct Tool {
    pub id: String,
    pub secret: Option<String>,
    pub back: &'static str,
}

pub struct Scene {
    pub served: Served,
    pub ana: Actor,
    /// The secret of Ana's session: her cookie.
    pub cookie: String,
    pub web: Tool,
    pub native: Tool,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }
    /// Where the browser is sent, with what.
    #[track_caller]
    pub fn answer(&self) -> (String, BTreeMap<String, String>) {
        assert_eq!(self.status, 303, "{}", self.text);
        let location = self.header("location");
        let parsed = url::Url::parse(location).unwrap_or_else(|_| panic!("{location}"));
        let pairs = parsed.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        (location.split('?').next().unwrap().to_owned(), pairs)
    }
    /// The error that the browser carries back to the tool.
    #[track_caller]
    pub fn error(&self) -> String {
        let (_, fields) = self.answer();
        assert!(fields.contains_key("iss"), "{fields:?}");
        fields.get("error").unwrap_or_else(|| panic!("{fields:?}")).clone()
    }
}

/// What a token says.
#[track_caller]
pub fn claims(token: &str) -> Value {
    part(token, 1)
}

/// What its header says.
#[track_caller]
pub fn head(token: &str) -> Value {
    part(token, 0)
}

fn part(token: &str, place: usize) -> Value {
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3, "{token}");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[place]).unwrap()).unwrap()
}

impl Scene {
    pub async fn set() -> Self {
        Self::on(House::new().await).await
    }

    /// In a house with other content.
    pub async fn on(house: House) -> Self {
        let (ana, cookie) = Self::settle(&house).await;
        Self::at(Served::start(house).await, ana, cookie).await
    }

    /// Ana moves in, is certified and holds a role.
    pub async fn settle(house: &House) -> (Actor, String) {
        let (ana, cookie) = house.joined("Ana Verano", &[]).await;
        house.certify(&ana, "alpha").await;
        house.ask(&ana, "reader").await.unwrap();
        (ana, cookie)
    }

    /// In a house that is served already, with Ana in it.
    pub async fn at(served: Served, ana: Actor, cookie: String) -> Self {
        let web = register(&served, "Lantern BI", ClientKind::Confidential, &[BACK], None).await;
        let native = register(
            &served,
            "Notebook",
            ClientKind::Public,
            &["http://127.0.0.1/callback", "com.example.notebook:/back"],
            None,
        )
        .await;
        let web = Tool { back: BACK, ..web };
        let native = Tool { back: LOOPBACK, ..native };
        Self { served, ana, cookie, web, native }
    }

    pub fn house(&self) -> &House {
        &self.served.house
    }

    /// Actions at one held instant follow each other by single microseconds: step past them.
    pub fn tick(&self) {
        let clock = &self.house().clock;
        clock.set(clock.now().plus_micros(1_000));
    }

    pub fn person(&self) -> String {
        person_id(&self.ana).to_string()
    }

    /// A request with some parameters in another way; an empty value leaves one out.
    pub fn request(&self, tool: &Tool, other: &[(&str, &str)]) -> String {
        let challenge = pkce::challenge(VERIFIER);
        let plain = [
            ("response_type", "code"),
            ("client_id", tool.id.as_str()),
            ("redirect_uri", tool.back),
            ("scope", "openid email offline_access session:role:READER"),
            ("state", "a state & more"),
            ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        let kept = plain.iter().filter(|(name, _)| !other.iter().any(|(named, _)| named == name));
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        kept.chain(other).filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| {
            out.append_pair(name, value);
        });
        out.finish()
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        self.tick();
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Reply { status, headers, text: answer.text().await.unwrap() }
    }

    /// A page, with a session or without.
    pub async fn get(&self, cookie: &str, path: &str) -> Reply {
        let mut request = self.served.call(Method::GET, path);
        if !cookie.is_empty() {
            request = request.header("cookie", format!("habilis={cookie}"));
        }
        self.send(request).await
    }

    /// A form from one of the house's own pages.
    pub async fn post(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = Secret::presented(cookie).form_token();
        let mut all = vec![("form_token", token.as_str())];
        all.extend(fields);
        let request = self.served.call(Method::POST, path).header("cookie", format!("habilis={cookie}"));
        self.send(request.form(&all)).await
    }

    /// Asks for a code and agrees where the house asks.
    pub async fn agree(&self, tool: &Tool, other: &[(&str, &str)]) -> Reply {
        let query = self.request(tool, other);
        let asked = self.get(&self.cookie, &format!("/authorize?{query}")).await;
        if asked.status != 200 {
            return asked;
        }
        assert!(asked.text.contains("/authorize/consent"), "{}", asked.text);
        self.post(&self.cookie, "/authorize/consent", &[("query", &query), ("say", "yes")]).await
    }

    /// A code for a tool.
    pub async fn code(&self, tool: &Tool, other: &[(&str, &str)]) -> String {
        let (_, fields) = self.agree(tool, other).await.answer();
        fields.get("code").unwrap_or_else(|| panic!("{fields:?}")).clone()
    }

    /// Calls an endpoint for programs as a tool.
    pub async fn call(&self, tool: &Tool, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut request = self.served.call(Method::POST, path);
        let mut all = fields.to_vec();
        match &tool.secret {
            Some(secret) => request = request.basic_auth(&tool.id, Some(secret)),
            None => all.push(("client_id", &tool.id)),
        }
        self.send(request.form(&all)).await
    }

    /// Exchanges a code.
    pub async fn redeem(&self, tool: &Tool, code: &str, other: &[(&str, &str)]) -> Reply {
        let plain = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", tool.back),
            ("code_verifier", VERIFIER),
        ];
        let kept = plain.iter().filter(|(name, _)| !other.iter().any(|(named, _)| named == name));
        let fields: Vec<(&str, &str)> = kept.chain(other).copied().filter(|(_, value)| !value.is_empty()).collect();
        self.call(tool, "/token", &fields).await
    }

    /// The whole way from the tool to its tokens.
    pub async fn connect(&self, tool: &Tool, other: &[(&str, &str)]) -> Value {
        let code = self.code(tool, other).await;
        let reply = self.redeem(tool, &code, &[]).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    pub async fn refresh(&self, tool: &Tool, token: &Value, other: &[(&str, &str)]) -> Reply {
        let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", token.as_str().unwrap())];
        fields.extend(other);
        self.call(tool, "/token", &fields).await
    }

    /// Whether a token is active, by introspection.
    pub async fn lives(&self, token: &Value) -> bool {
        let reply = self.call(&self.web, "/introspect", &[("token", token.as_str().unwrap())]).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let told = reply.json();
        if told["active"] == false {
            assert_eq!(told, serde_json::json!({ "active": false }), "nothing else is told");
        }
        told["active"] == true
    }

    /// How many refusals the log tells of, and the code of the latest.
    pub async fn refusals(&self) -> (i64, String) {
        let data: String = self
            .house()
            .app
            .db
            .read(self.house().app.now(), |r| {
                let query = "SELECT data AS word FROM events WHERE kind = 'refused' ORDER BY seq DESC LIMIT 1";
                Ok(habilis::db::sql(query).maybe::<String>(r)?.unwrap_or_else(|| "{}".into()))
            })
            .await
            .unwrap();
        let data: Value = serde_json::from_str(&data).unwrap();
        (self.house().events("refused").await, data["code"].as_str().unwrap_or_default().to_owned())
    }
}

/// Registers a tool.
pub async fn register(served: &Served, name: &str, kind: ClientKind, uris: &[&str], roles: Option<&[&str]>) -> Tool {
    let wanted = Registration {
        name: name.to_owned(),
        kind,
        redirect_uris: uris.iter().map(|&uri| uri.to_owned()).collect(),
        post_logout_uris: vec!["https://tool.example.com/bye".to_owned()],
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        roles: roles.map(|roles| roles.iter().map(|role| role.parse().unwrap()).collect()),
    };
    let (app, admin) = (&served.house.app, &served.house.admin);
    let (id, fresh) = register_client::register_client(app, admin, wanted, None).await.unwrap();
    let read: Registered = register_client::read_client(app, admin, id.to_string()).await.unwrap();
    assert_eq!(read.secrets.len(), usize::from(kind == ClientKind::Confidential));
    Tool { id: id.to_string(), secret: fresh.map(|fresh| fresh.secret.reveal().to_owned()), back: BACK }
}
