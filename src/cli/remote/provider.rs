//! A Habilis as its discovery document tells of it (RFC 8414), and the calls of a public client to it.

use super::{
    super::Failed,
    http::{self, Http},
};
use crate::tokens::client::{COMMAND_LINE, GrantType};
use serde::Deserialize;
use serde_json::Value;

/// Why a call gave nothing.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There was no answer, or one that makes no sense: it may work later.
    Away(String),
    /// The server said no.
    Refused(Refusal),
}

/// What the server said no with: the error of the RFCs, and what a Habilis adds.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Refusal {
    pub(super) error: String,
    #[serde(default)]
    pub(super) error_description: String,
    /// The stable code of the refusal.
    #[serde(default)]
    pub(super) code: String,
    /// What is missing.
    #[serde(default)]
    pub(super) missing: Vec<Missing>,
}

/// One thing that is missing, and the page that leads there.
#[derive(Debug, Deserialize)]
pub(super) struct Missing {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) href: String,
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Away(words) => Self::words(words),
            Trouble::Refused(refusal) => {
                Self::words(format!("the server refuses: {} ({})", refusal.error_description, refusal.error))
            }
        }
    }
}

/// The codes of a device (RFC 8628, section 3.2).
#[derive(Debug, Deserialize)]
pub(super) struct Codes {
    pub(super) device_code: String,
    pub(super) user_code: String,
    pub(super) verification_uri: String,
    pub(super) verification_uri_complete: Option<String>,
    pub(super) expires_in: u64,
    #[serde(default = "five")]
    pub(super) interval: u64,
}

fn five() -> u64 {
    5
}

/// Tokens (RFC 6749, section 5.1).
#[derive(Debug, Deserialize)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) expires_in: i64,
    pub(super) refresh_token: Option<String>,
    pub(super) id_token: Option<String>,
}

/// A Habilis.
pub(super) struct Provider {
    /// Its name for itself: the address, without a slash at the end.
    pub(super) issuer: String,
    token: String,
    device: Option<String>,
    revocation: Option<String>,
    http: Http,
}

impl Provider {
    /// Reads the document of a server, which must call itself by the very address that it was asked at (section 3.3).
    pub(super) fn discover(server: &str) -> Result<Self, Failed> {
        let issuer = server.trim_end_matches('/');
        let url = http::address(issuer)?;
        if url.query().is_some() {
            return Err(Failed::words(format!("{server} has a query: leave it out")));
        }
        let http = Http::to(&url);
        let path = url.path().trim_end_matches('/');
        let origin = url.origin().ascii_serialization();
        // Where the address has a path, one standard puts it behind the well-known part, and the other one before.
        let mut places = vec![format!("{origin}/.well-known/oauth-authorization-server{path}")];
        if !path.is_empty() {
            places.push(format!("{issuer}/.well-known/openid-configuration"));
        }
        let mut document = Value::Null;
        let mut status = 0;
        for place in &places {
            let answer = http.get(place).map_err(|why| Failed::words(format!("{server} does not answer: {why}")))?;
            status = answer.status;
            if status == 200 && answer.body.is_object() {
                document = answer.body;
                break;
            }
        }
        let field = |name: &str| document.get(name).and_then(Value::as_str);
        let Some(named) = field("issuer") else {
            return Err(Failed::words(format!(
                "{server} is no Habilis, or none that is set up: it has no discovery document (status {status})"
            )));
        };
        if named != issuer {
            return Err(Failed::words(format!(
                "what answers at {issuer} calls itself {named}, and is not believed. Where that is the one you mean, use \
                 --server {named}"
            )));
        }
        let endpoint = |name: &str| field(name).map(|url| http::address(url).map(|_| url.to_owned())).transpose();
        let token = endpoint("token_endpoint")?;
        Ok(Self {
            issuer: issuer.to_owned(),
            token: token.ok_or_else(|| Failed::words(format!("{server} gives no tokens")))?,
            device: endpoint("device_authorization_endpoint")?,
            revocation: endpoint("revocation_endpoint")?,
            http,
        })
    }

    /// Asks for the codes of a device.
    pub(super) fn begin(&self, scope: &str, resource: Option<&str>) -> Result<Codes, Trouble> {
        let Some(endpoint) = &self.device else {
            return Err(Trouble::Away(format!("{} lets in no devices: it is too old a version", self.issuer)));
        };
        let mut form = vec![("scope", scope)];
        form.extend(resource.map(|resource| ("resource", resource)));
        self.call(endpoint, form)
    }

    /// Asks whether the person has answered.
    pub(super) fn poll(&self, device_code: &str) -> Result<Tokens, Trouble> {
        self.call(&self.token, vec![("grant_type", GrantType::DeviceCode.word()), ("device_code", device_code)])
    }

    /// Exchanges a refresh token.
    pub(super) fn refresh(&self, token: &str) -> Result<Tokens, Trouble> {
        self.call(&self.token, vec![("grant_type", GrantType::RefreshToken.word()), ("refresh_token", token)])
    }

    /// Gives a refresh token back, and whatever hangs on it (RFC 7009).
    pub(super) fn revoke(&self, token: &str) -> Result<(), Trouble> {
        let Some(endpoint) = &self.revocation else {
            return Err(Trouble::Away(format!("{} takes nothing back", self.issuer)));
        };
        self.send(endpoint, vec![("token", token), ("token_type_hint", "refresh_token")]).map(|_| ())
    }

    fn call<T: serde::de::DeserializeOwned>(&self, endpoint: &str, form: Vec<(&str, &str)>) -> Result<T, Trouble> {
        let body = self.send(endpoint, form)?;
        serde_json::from_value(body)
            .map_err(|error| Trouble::Away(format!("{endpoint} answers something that is not understood: {error}")))
    }

    fn send(&self, endpoint: &str, mut form: Vec<(&str, &str)>) -> Result<Value, Trouble> {
        form.push(("client_id", COMMAND_LINE));
        let answer = self.http.post(endpoint, &form);
        let answer = answer.map_err(|why| Trouble::Away(format!("{} does not answer: {why}", self.issuer)))?;
        match answer.status {
            200 => Ok(answer.body),
            400 | 401 => match serde_json::from_value(answer.body) {
                Ok(refusal) => Err(Trouble::Refused(refusal)),
                Err(_) => Err(Trouble::Away(format!("{endpoint} answers {} without saying why", answer.status))),
            },
            status => {
                let why = answer.body.get("error_description").and_then(Value::as_str).unwrap_or("no reason given");
                Err(Trouble::Away(format!("{endpoint} answers {status} ({why}): try again later")))
            }
        }
    }
}
