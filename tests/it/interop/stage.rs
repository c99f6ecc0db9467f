//! A Habilis on the machine's clock that calls itself by the address at which it is reached, and Ana, who is signed in there
//! with her browser and plays her part beside a foreign program.

use super::foreign::Foreign;
use crate::{
    identity_provider::scene::{Browser, Reply, field, serve},
    oauth::scene::{Scene, Tool},
    support::{House, PASSWORD, content},
};
use habilis::{
    actions::register_client,
    base::clock::Clock,
    tokens::client::{ClientKind, GrantType, Registration},
};
use serde_json::{Value, json};

/// The most steps from a tool's address to the way back.
const STEPS: usize = 8;

pub struct Stage {
    pub scene: Scene,
    ana: Browser,
}

impl Stage {
    /// Ana is certified, and holds `reader` at one warehouse and `either` at another.
    pub async fn set() -> Self {
        let house = House::on(content::small(), Clock::System).await;
        let (ana, cookie) = Scene::settle(&house).await;
        house.ask(&ana, "either").await.unwrap();
        let (served, _) = serve(house, |_| {}).await;
        let browser = Browser::at(&served.base);
        Self { scene: Scene::at(served, ana, cookie).await, ana: browser }
    }

    pub fn base(&self) -> &str {
        &self.scene.served.base
    }

    pub fn house(&self) -> &House {
        &self.scene.served.house
    }

    /// Registers a tool; without addresses, one that is let in by codes.
    pub async fn tool(&self, name: &str, kind: ClientKind, uris: &[&str]) -> Tool {
        let list = || uris.iter().map(|&uri| uri.to_owned()).collect::<Vec<_>>();
        let code = if uris.is_empty() { GrantType::DeviceCode } else { GrantType::AuthorizationCode };
        let wanted = Registration {
            name: name.to_owned(),
            kind,
            redirect_uris: list(),
            post_logout_uris: list(),
            grant_types: vec![code, GrantType::RefreshToken],
            roles: None,
        };
        let (app, admin) = (&self.house().app, &self.house().admin);
        let (id, fresh) = register_client::register_client(app, admin, wanted, None).await.unwrap();
        Tool { id: id.to_string(), secret: fresh.map(|fresh| fresh.secret.reveal().to_owned()), back: "" }
    }

    /// Goes with Ana's browser where a tool sends it: she signs in where she is asked to, and agrees. Gives the address to
    /// which she is sent away from here.
    pub async fn visit(&self, address: &str) -> String {
        let base = self.base();
        let mut address = address.to_owned();
        for _ in 0..STEPS {
            let reply = self.ana.go(&address).await;
            let reply = match reply.status {
                200 => self.agree(&address, &reply).await,
                _ => reply,
            };
            assert!(matches!(reply.status, 302 | 303), "{address}: {} {}", reply.status, reply.text);
            address = match reply.to() {
                path if path.starts_with('/') => format!("{base}{path}"),
                away if !away.starts_with(base) => return away,
                here => here,
            };
            if address.starts_with(&format!("{base}/sign-in?")) {
                let next = field(&address, "next");
                let fields = [("email", "ana.verano@example.com"), ("password", PASSWORD), ("next", next.as_str())];
                let entered = self.ana.post("/sign-in", &fields).await;
                assert_eq!(entered.status, 303, "{}", entered.text);
                address = format!("{base}{}", entered.to());
            }
        }
        panic!("no way back from {address}");
    }

    async fn agree(&self, address: &str, page: &Reply) -> Reply {
        assert!(page.text.contains("/authorize/consent"), "{address}: {}", page.text);
        let query = address.split_once('?').unwrap().1;
        self.ana.post("/authorize/consent", &[("query", query), ("say", "yes")]).await
    }

    /// Lets a device in that shows this code.
    pub async fn approve(&self, code: &str) {
        let done = self.scene.say(&self.scene.cookie, code, "yes").await;
        assert_eq!(done.status, 200, "{}", done.text);
    }

    /// Plays Ana's part beside a program until it is done; gives what it tells then.
    pub async fn play(&self, mut foreign: Foreign) -> Value {
        loop {
            let wish = foreign.wish().await;
            if let Some(address) = wish["visit"].as_str() {
                foreign.answer(&json!({ "to": self.visit(address).await }));
            } else if let Some(code) = wish["approve"].as_str() {
                self.approve(code).await;
                foreign.answer(&json!({}));
            } else if wish["done"].is_object() {
                return wish["done"].clone();
            } else {
                panic!("what does it want? {wish}");
            }
        }
    }
}
