//! A served house with a receiver, and calls as receivers make them.

use crate::support::{House, START, content, web::Served};
use habilis::{
    actions::signals::{self, WantedReceiver},
    base::{
        clock::{Clock, Time},
        ids::{self, Id},
    },
    signals::event::Event,
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub use crate::{
    oauth::scene::{claims, head},
    support::web::{Reply, sent},
};

pub const AUDIENCE: &str = "https://lake.example.com/signals";

pub struct Scene {
    pub served: Served,
    pub id: Id<ids::Receiver>,
    pub token: String,
}

impl Reply {
    /// An error with its word.
    #[track_caller]
    pub fn is_refused(&self, status: u16, word: &str) {
        assert_eq!((self.status, self.body["err"].as_str()), (status, Some(word)), "{self:?}");
        assert!(!self.body["description"].as_str().unwrap_or_default().is_empty(), "{self:?}");
        assert_eq!(self.header("content-type"), "application/json");
    }
}

/// A house that may call this machine; where the clock is the system's, waits are real.
pub async fn house(clock: Clock) -> House {
    House::set(content::small(), clock, |settings| {
        settings.outbound_networks = habilis::base::outbound::Networks(vec!["127.0.0.0/8".parse().unwrap()]);
    })
    .await
}

pub fn held() -> Clock {
    Clock::held(Time::parse(START).unwrap())
}

/// A receiver and its credential.
pub async fn receiver(house: &House, audience: &str, warehouse: Option<&str>) -> (Id<ids::Receiver>, String) {
    let warehouse = warehouse.map(str::to_owned);
    let wanted = WantedReceiver { name: "Lake".to_owned(), audience: audience.to_owned(), warehouse };
    let (receiver, made) = signals::make_receiver(&house.app, &house.admin, wanted).await.unwrap();
    (receiver.id, made.secret.reveal().to_owned())
}

impl Scene {
    /// With a receiver that has not subscribed yet.
    pub async fn set() -> Self {
        Self::on(house(held()).await).await
    }

    pub async fn on(house: House) -> Self {
        let (id, token) = receiver(&house, AUDIENCE, None).await;
        Self { served: Served::start(house).await, id, token }
    }

    /// The same with another receiver as its own.
    pub async fn and(&self, audience: &str, warehouse: Option<&str>) -> Other<'_> {
        let (_, token) = receiver(self.house(), audience, warehouse).await;
        Other { served: &self.served, token }
    }

    pub fn house(&self) -> &House {
        &self.served.house
    }

    pub fn own(&self) -> Other<'_> {
        Other { served: &self.served, token: self.token.clone() }
    }

    /// A step of the held clock: actions at one instant follow each other by microseconds.
    pub fn tick(&self) {
        let clock = &self.house().clock;
        clock.set(clock.now().plus_micros(1_000));
    }
}

/// A receiver's calls.
pub struct Other<'s> {
    pub served: &'s Served,
    pub token: String,
}

impl Other<'_> {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.served.call(method, path).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Reply {
        sent(self.request(Method::GET, path)).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Value) -> Reply {
        sent(self.request(method, path).json(&body)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, body).await
    }

    /// Subscribes by poll; gives the stream's id.
    pub async fn subscribe(&self) -> String {
        self.subscribe_to(json!({})).await
    }

    pub async fn subscribe_to(&self, body: Value) -> String {
        self.post("/ssf/streams", body).await.is(201).body["stream_id"].as_str().unwrap().to_owned()
    }

    /// Subscribes by push to an address.
    pub async fn subscribe_push(&self, endpoint: &str) -> String {
        self.subscribe_to(json!({ "delivery": { "method": "urn:ietf:rfc:8935", "endpoint_url": endpoint } })).await
    }

    pub async fn poll(&self, stream: &str, body: Value) -> Reply {
        self.post(&format!("/ssf/streams/{stream}/events"), body).await
    }

    /// Fetches and acknowledges until so many events came; gives their claims in order, and sees that no more are there.
    pub async fn take(&self, stream: &str, many: usize) -> Vec<Value> {
        let mut taken: Vec<Value> = Vec::new();
        while taken.len() < many {
            let fetched = self.poll(stream, json!({})).await.is(200);
            let sets = fetched.body["sets"].as_object().unwrap().clone();
            assert!(!sets.is_empty(), "waited for {many} and got {taken:#?}");
            let ids: Vec<&String> = sets.keys().collect();
            self.poll(stream, json!({ "ack": ids, "maxEvents": 0, "returnImmediately": true })).await.is(200);
            taken.extend(sets.values().map(|set| claims(set.as_str().unwrap())));
        }
        assert_eq!(taken.len(), many, "{taken:#?}");
        taken
    }
}

/// The name of the one event of a token, and what it says.
#[track_caller]
pub fn event(claims: &Value) -> (&'static str, Value) {
    let events = claims["events"].as_object().unwrap();
    assert_eq!(events.len(), 1, "{claims}");
    let (address, body) = events.iter().next().unwrap();
    (Event::from_word(address).unwrap().name(), body.clone())
}

/// The names of the events of tokens.
pub fn names(claims: &[Value]) -> Vec<&'static str> {
    claims.iter().map(|claims| event(claims).0).collect()
}
