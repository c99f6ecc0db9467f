//! The line to an identity provider: calls that take no longer and answer no more than they may, and follow nobody elsewhere.

use super::{Provider, is_guarded};
use crate::base::refusal::Broken;
use std::{sync::Arc, time::Duration};
use ureq::{
    Agent,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

/// The most bytes that an answer may have.
const MOST: u64 = 256 * 1024;
/// The most bytes that the head of an answer may have.
const MOST_HEAD: usize = 32 * 1024;

/// The line to one provider.
pub(super) struct Line {
    agent: Agent,
}

/// What came over it.
pub(super) struct Reply {
    pub(super) status: u16,
    /// The media type, in lower case and without parameters.
    pub(super) kind: String,
    pub(super) body: String,
}

impl Line {
    /// The line to a provider. Blocks: it may read a file.
    pub(super) fn to(provider: &Provider) -> Result<Self, Broken> {
        let roots = match &provider.ca_file {
            None => RootCerts::WebPki,
            Some(file) => {
                let wrong = |why: String| {
                    Broken::defect(format!("provider {}: ca_file {}: {why}", provider.id, file.display()))
                };
                let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
                let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
                    .filter_map(|item| match item {
                        Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate)),
                        Ok(_) => None,
                        Err(error) => Some(Err(wrong(error.to_string()))),
                    })
                    .collect::<Result<_, _>>()?;
                if certificates.is_empty() {
                    return Err(wrong("it holds no certificate".to_owned()));
                }
                RootCerts::new_with_certs(&certificates)
            }
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let time = Duration::from_secs(provider.timeout_seconds);
        let mut agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .https_only(provider.issuer.starts_with("https://"))
            .max_redirects(0)
            .max_response_header_size(MOST_HEAD)
            .timeout_global(Some(time))
            .user_agent(concat!("habilis/", env!("CARGO_PKG_VERSION")))
            .accept("application/json");
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
        read(address, request.call())
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
        read(address, request.send_form(form.iter().copied()))
    }
}

fn guarded(address: &str) -> Result<&str, String> {
    if is_guarded(address) { Ok(address) } else { Err(format!("{address} is not an https address")) }
}

fn read(address: &str, called: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Reply, String> {
    let failed = |error: ureq::Error| format!("{address}: {error}");
    let mut answer = called.map_err(failed)?;
    let kind = answer.body().mime_type().unwrap_or_default().to_ascii_lowercase();
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(MOST).read_to_string().map_err(failed)?;
    Ok(Reply { status, kind, body })
}

impl Reply {
    /// The JSON of a successful answer.
    ///
    /// # Errors
    /// It is none, in words for whoever runs the service.
    pub(super) fn json(&self, address: &str) -> Result<serde_json::Value, String> {
        if self.status != 200 {
            return Err(format!("{address} answers with status {}", self.status));
        }
        serde_json::from_str(&self.body).map_err(|_| format!("{address} does not answer with JSON"))
    }
}
