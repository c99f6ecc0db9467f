//! Tools on devices that people let in by a code (RFC 8628): the endpoints, the page, and the command line as such a tool.

mod answers;
mod command_line;
mod limits;
mod pages;
mod races;

use super::scene::{Reply, Scene, Tool};
use habilis::{
    actions::register_client,
    tokens::client::{COMMAND_LINE, ClientKind, GrantType, Registration},
};

pub const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const SCOPE: &str = "openid email offline_access session:role:READER";

/// The codes of a device.
pub struct Codes {
    pub device: String,
    pub user: String,
}

/// The house's own command line.
pub fn command_line() -> Tool {
    Tool { id: COMMAND_LINE.into(), secret: None, back: "" }
}

impl Scene {
    /// Asks for codes.
    pub async fn begin(&self, tool: &Tool, fields: &[(&str, &str)]) -> Reply {
        self.call(tool, "/device_authorization", fields).await
    }

    /// The codes of a device that asks for a scope.
    pub async fn device(&self, tool: &Tool, scope: &str) -> Codes {
        let reply = self.begin(tool, &[("scope", scope)]).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let told = reply.json();
        let text = |name: &str| told[name].as_str().unwrap().to_owned();
        Codes { device: text("device_code"), user: text("user_code") }
    }

    /// Asks for the tokens.
    pub async fn poll(&self, tool: &Tool, codes: &Codes) -> Reply {
        self.call(tool, "/token", &[("grant_type", GRANT), ("device_code", &codes.device)]).await
    }

    /// The error that a device gets.
    pub async fn polled(&self, tool: &Tool, codes: &Codes) -> String {
        let reply = self.poll(tool, codes).await;
        assert_eq!((reply.status, reply.header("cache-control")), (400, "no-store"), "{}", reply.text);
        reply.json()["error"].as_str().unwrap().to_owned()
    }

    /// Types a code.
    pub async fn type_code(&self, cookie: &str, code: &str) -> Reply {
        self.post(cookie, "/device", &[("user_code", code)]).await
    }

    /// Answers.
    pub async fn say(&self, cookie: &str, code: &str, say: &str) -> Reply {
        self.post(cookie, "/device/confirm", &[("user_code", code), ("say", say)]).await
    }
}

/// Registers a tool that is let in by codes, or by `grants`.
pub async fn register(scene: &Scene, kind: ClientKind, grants: &[GrantType], roles: Option<&[&str]>) -> Tool {
    let wanted = Registration {
        name: "Lamp".into(),
        kind,
        redirect_uris: Vec::new(),
        post_logout_uris: Vec::new(),
        grant_types: grants.to_vec(),
        roles: roles.map(|roles| roles.iter().map(|role| role.parse().unwrap()).collect()),
    };
    let house = scene.house();
    let (id, fresh) = register_client::register_client(&house.app, &house.admin, wanted, None).await.unwrap();
    Tool { id: id.to_string(), secret: fresh.map(|fresh| fresh.secret.reveal().to_owned()), back: "" }
}
