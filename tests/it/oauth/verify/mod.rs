//! `/verify` and introspection answered from memory: on the replica that ends a token at once, on another one soon; and the
//! token status list for those who ask nobody.

mod answers;
mod ends;
mod follows;
pub mod lists;
mod proxies;

use super::scene::{Reply, Scene, Tool};
use crate::support::web::Ends;
use habilis::{
    actions::mint_token,
    app::App,
    identity::actor::Actor,
    tokens::memory::{Began, PERIOD, Recalled},
    web::server::Application,
};
use std::time::Instant;

/// A served house and a second replica of it, served, too.
pub struct Two {
    // Before the scene, whose database goes with it.
    _ends: Ends,
    pub scene: Scene,
    pub other: App,
    pub other_base: String,
}

/// Serves a replica until what comes with its address goes.
pub fn serve(app: &App) -> (String, Ends) {
    let served = Application::build(app.clone(), None).unwrap();
    let base = format!("http://{}", served.address());
    (base, Ends::run(app, served))
}

/// A token of somebody for a role, from the API's own action.
pub async fn minted(scene: &Scene, who: &Actor, role: &str) -> String {
    scene.tick();
    mint_token::mint_token(&scene.house().app, who, role.parse().unwrap()).await.unwrap().token
}

/// Asks for a token to be let through.
pub async fn ask(scene: &Scene, base: &str, query: &str, token: &str) -> Reply {
    scene.send(scene.served.client.get(format!("{base}/verify{query}")).bearer_auth(token)).await
}

impl Two {
    pub async fn set() -> Self {
        let scene = Scene::set().await;
        let other = scene.house().replica().await;
        let (other_base, ends) = serve(&other);
        Self { _ends: ends, scene, other, other_base }
    }

    /// What each replica says of a token: `/verify`, and introspection.
    async fn said(&self, base: &str, token: &str) -> (u16, bool) {
        let Tool { id, secret, .. } = &self.scene.web;
        let asked = self.scene.served.client.post(format!("{base}/introspect")).basic_auth(id, secret.as_deref());
        let told = self.scene.send(asked.form(&[("token", token)])).await;
        assert_eq!(told.status, 200, "{}", told.text);
        (ask(&self.scene, base, "", token).await.status, told.json()["active"] == true)
    }

    /// Both replicas let a token through, and remember it.
    pub async fn lives(&self, token: &str) {
        for (base, app) in [(&self.scene.served.base, &self.scene.house().app), (&self.other_base, &self.other)] {
            for round in 0.. {
                assert_eq!(self.said(base, token).await, (204, true), "{base}");
                // A look may come just now and see what was changed before: then it is asked for once more.
                if remembers(app, token) {
                    break;
                }
                assert!(round < 120, "it is never answered from memory");
            }
        }
    }

    /// What ended a token on the first replica is known there at once, and on the other one soon. What is asserted is that it
    /// comes, by looking as often as the replica itself does.
    pub async fn ended(&self, token: &str, how: &str) {
        assert_eq!(self.said(&self.scene.served.base, token).await, (401, false), "{how}");
        for _ in 0..120 {
            if self.said(&self.other_base, token).await == (401, false) {
                return;
            }
            tokio::time::sleep(PERIOD).await;
        }
        panic!("{how}: the other replica never heard of it");
    }
}

/// Whether an app would let a token through from memory now.
pub fn remembers(app: &App, token: &str) -> bool {
    let name = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes());
    let now = Began { instant: Instant::now(), at: app.now(), touched: app.db.touched() };
    matches!(app.memory.recall(name.as_ref().try_into().unwrap(), now), Recalled::Live(_))
}
