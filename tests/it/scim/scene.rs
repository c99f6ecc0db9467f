//! A served house with a provisioning credential, and calls as a directory makes them.

use crate::support::{House, web::Served};

pub use crate::support::web::{Reply, sent};
use habilis::actions::provision;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
pub const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

pub struct Scene {
    pub served: Served,
    pub token: String,
}

impl Reply {
    /// An error as RFC 7644, section 3.12, has it: the status as a text, and the word where there is one.
    #[track_caller]
    pub fn is_error(&self, status: u16, word: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/scim+json");
        assert_eq!(self.body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]));
        assert_eq!(self.body["status"], status.to_string(), "a text");
        assert_eq!(self.body["scimType"].as_str().unwrap_or_default(), word, "{self:?}");
        assert!(!self.body["detail"].as_str().unwrap_or_default().is_empty());
    }

    #[track_caller]
    pub fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_else(|| panic!("{self:?}")).to_owned()
    }
}

impl Scene {
    pub async fn set() -> Self {
        Self::on(House::new().await).await
    }

    pub async fn on(house: House) -> Self {
        let made = provision::make_credential(&house.app, &house.admin, "Entra ID".to_owned()).await.unwrap();
        Self { served: Served::start(house).await, token: made.secret.reveal().to_owned() }
    }

    pub fn house(&self) -> &House {
        &self.served.house
    }

    /// A request with the credential.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.served.call(method, &format!("/scim/v2{path}")).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Reply {
        sent(self.request(Method::GET, path)).await
    }

    /// What a filter finds.
    pub async fn find(&self, place: &str, filter: &str) -> Reply {
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("filter", filter).finish();
        self.get(&format!("{place}?{query}")).await
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).header("content-type", "application/scim+json");
        sent(request.body(body.to_string())).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, body).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, body).await
    }

    pub async fn patch(&self, path: &str, operations: Value) -> Reply {
        self.send(Method::PATCH, path, &json!({ "schemas": [PATCH], "Operations": operations })).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        sent(self.request(Method::DELETE, path)).await
    }

    /// A new person of this address.
    pub async fn person(&self, email: &str) -> String {
        self.post("/Users", &user(email)).await.is(201).id()
    }

    /// A new team with these members.
    pub async fn team(&self, name: &str, members: &[&str]) -> String {
        let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
        let body = json!({ "schemas": [GROUP], "displayName": name, "members": members });
        self.post("/Groups", &body).await.is(201).id()
    }

    /// The actors of the lines of one kind in the log.
    pub async fn actors(&self, kind: &'static str) -> Vec<String> {
        let app = &self.house().app;
        app.db
            .read(app.now(), move |r| {
                let query = "SELECT actor AS word FROM events WHERE kind = ? ORDER BY seq";
                Ok(habilis::db::sql(query).bind(&kind).all::<String>(r)?)
            })
            .await
            .unwrap()
    }
}

/// A person as a directory describes them.
pub fn user(email: &str) -> Value {
    let name = email.split('@').next().unwrap();
    json!({
        "schemas": [USER], "userName": email, "externalId": format!("ext-{name}"), "active": true,
        "displayName": name, "name": { "givenName": name, "familyName": "Verano" },
        "emails": [{ "value": email, "type": "work", "primary": true }],
    })
}
