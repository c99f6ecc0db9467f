//! The line to an identity provider: calls that take no longer and answer no more than they may, and follow nobody elsewhere.

use super::{Provider, is_guarded};
use crate::base::{
    outbound::{self, Reply},
    refusal::Broken,
};
use std::time::Duration;
use ureq::Agent;

/// The line to one provider.
pub(super) struct Line {
    agent: Agent,
}

impl Line {
    /// The line to a provider. Blocks: it may read a file.
    pub(super) fn to(provider: &Provider) -> Result<Self, Broken> {
        let wrong = |why: Broken| Broken::defect(format!("provider {}: {why}", provider.id));
        let line = outbound::line(Duration::from_secs(provider.timeout_seconds), provider.ca_file.as_deref());
        let mut agent = line.map_err(wrong)?.https_only(provider.issuer.starts_with("https://"));
        if provider.issuer.starts_with("http://") {
            // This machine: no proxy stands between.
            agent = agent.proxy(None);
        }
        Ok(Self { agent: agent.build().new_agent() })
    }

    /// Reads an address, with an access token where one is given.
    ///
    /// # Errors
    /// What went wrong, in words for whoever runs the service.
    pub(super) fn get(&self, address: &str, bearer: Option<&str>) -> Result<Reply, String> {
        let mut request = self.agent.get(guarded(address)?);
        if let Some(token) = bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        outbound::read(address, request.call())
    }

    /// Sends a form, with the header that proves who sends it where one is given.
    ///
    /// # Errors
    /// As [`Line::get`].
    pub(super) fn post(&self, address: &str, proof: Option<&str>, form: &[(&str, &str)]) -> Result<Reply, String> {
        let mut request = self.agent.post(guarded(address)?);
        if let Some(proof) = proof {
            request = request.header("authorization", proof);
        }
        outbound::read(address, request.send_form(form.iter().copied()))
    }
}

fn guarded(address: &str) -> Result<&str, String> {
    if is_guarded(address) { Ok(address) } else { Err(format!("{address} is not an https address")) }
}

/// The JSON of a successful answer.
///
/// # Errors
/// It is none, in words for whoever runs the service.
pub(super) fn json(reply: &Reply, address: &str) -> Result<serde_json::Value, String> {
    if reply.status != 200 {
        return Err(format!("{address} answers with status {}", reply.status));
    }
    serde_json::from_str(&reply.body).map_err(|_| format!("{address} does not answer with JSON"))
}
