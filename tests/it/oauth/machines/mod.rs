//! Service accounts: what they get on their owner's access, when that ends, who is told of it, and what they can't reach.

mod agrees;
mod answers;
mod attacks;
mod ends;
pub mod exchange;
mod faces;
mod notices;
mod owners;
mod races;

use super::scene::{Reply, Scene, Tool};
use crate::support::{House, person_id};
use habilis::{
    actions::{accept_client, register_client},
    base::refusal::Fault,
    identity::actor::Actor,
    tokens::{
        client::{ClientKind, GrantType, Registration},
        service::{More, Service},
    },
};

pub const GRANT: (&str, &str) = ("grant_type", "client_credentials");

/// What an admin writes down of an account for these roles.
pub fn wanted(roles: &[&str]) -> Registration {
    Registration {
        name: "Nightly load".into(),
        kind: ClientKind::Confidential,
        redirect_uris: Vec::new(),
        post_logout_uris: Vec::new(),
        grant_types: vec![GrantType::ClientCredentials],
        roles: Some(roles.iter().map(|role| role.parse().unwrap()).collect()),
    }
}

/// Registers an account.
pub async fn registered(house: &House, owner: &str, roles: &[&str], logins: &[(&str, &str)]) -> Result<Tool, Fault> {
    let logins = logins.iter().map(|(warehouse, login)| (warehouse.parse().unwrap(), (*login).to_owned())).collect();
    let service = Service { owner: owner.to_owned(), logins };
    let more = More { service: Some(service), exchanges: Vec::new() };
    let made = register_client::register(&house.app, &house.admin, wanted(roles), more, None).await?;
    Ok(Tool { id: made.0.to_string(), secret: made.1.map(|fresh| fresh.secret.reveal().to_owned()), back: "" })
}

/// Lets the owner of an account agree to it.
pub async fn accept(house: &House, owner: &Actor, tool: &Tool) {
    accept_client::accept_client(&house.app, owner, tool.id.clone(), accept_client::Shown::default()).await.unwrap();
}

/// An account of somebody for these roles, to which they have agreed.
pub async fn account(house: &House, owner: &Actor, roles: &[&str]) -> Tool {
    let tool = registered(house, &person_id(owner).to_string(), roles, &[]).await.unwrap();
    accept(house, owner, &tool).await;
    tool
}

impl Scene {
    /// Asks for a token for an account itself.
    pub async fn service(&self, tool: &Tool, other: &[(&str, &str)]) -> Reply {
        self.call(tool, "/token", &[&[GRANT], other].concat()).await
    }

    /// A token for an account itself.
    pub async fn service_token(&self, tool: &Tool, other: &[(&str, &str)]) -> String {
        let reply = self.service(tool, other).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// The error that an account gets, the house's own code for it, and what is missing.
    pub async fn service_error(&self, tool: &Tool, other: &[(&str, &str)]) -> (String, String, Vec<String>) {
        let reply = self.service(tool, other).await;
        assert_eq!(reply.status, if reply.text.contains("invalid_client") { 401 } else { 400 }, "{}", reply.text);
        let told = reply.json();
        let missing = told["missing"].as_array().into_iter().flatten();
        let missing = missing.map(|one| one["kind"].as_str().unwrap().to_owned()).collect();
        (told["error"].as_str().unwrap().to_owned(), told["code"].as_str().unwrap().to_owned(), missing)
    }
}
