//! Calls over HTTP: over TLS with the machine's own roots, or in the clear to this machine only; no redirect is followed.

use super::super::Failed;
use serde_json::Value;
use std::{net::IpAddr, sync::Arc, time::Duration};
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};
use url::{Host, Url};

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of an answer that are read.
const MOST: u64 = 1024 * 1024;

/// An answer: its status, and its body where that is JSON.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

/// Whether an address is of this machine itself.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// Reads an address to which secrets may be sent: https, or http to this machine.
pub(super) fn address(text: &str) -> Result<Url, Failed> {
    let url = Url::parse(text).map_err(|error| Failed::words(format!("{text} is no address: {error}")))?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    match url.scheme() {
        "https" if plain => Ok(url),
        "http" if plain && is_loopback(&url) => Ok(url),
        "http" if plain => Err(Failed::words(format!(
            "{text} is not protected on its way: use https (http is only for this machine itself)"
        ))),
        _ => {
            Err(Failed::words(format!("{text} is no address of a Habilis: write it like https://academy.example.com")))
        }
    }
}

/// What calls one server.
pub(super) struct Http(Agent);

impl Http {
    /// For a server.
    pub(super) fn to(server: &Url) -> Self {
        let own = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        // A company's own authority stands among the machine's roots, or where SSL_CERT_FILE says.
        let found = rustls_native_certs::load_native_certs().certs;
        let roots = if found.is_empty() {
            RootCerts::WebPki
        } else {
            RootCerts::from(found.iter().map(|root| Certificate::from_der(root).to_owned()))
        };
        let tls = TlsConfig::builder().unversioned_rustls_crypto_provider(own).root_certs(roots).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("habilis/", env!("CARGO_PKG_VERSION")));
        // What this machine itself serves is behind no proxy.
        let config = if is_loopback(server) { config.proxy(None) } else { config };
        Self(config.build().into())
    }

    /// Asks for a document. The error says why there is no answer.
    pub(super) fn get(&self, url: &str) -> Result<Answer, String> {
        read(self.0.get(url).header("accept", "application/json").call())
    }

    /// Posts a form. The error says why there is no answer.
    pub(super) fn post(&self, url: &str, form: &[(&str, &str)]) -> Result<Answer, String> {
        read(self.0.post(url).header("accept", "application/json").send_form(form.iter().copied()))
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, String> {
    let mut answer = answer.map_err(|error| error.to_string())?;
    let text = answer.body_mut().with_config().limit(MOST).read_to_string().map_err(|error| error.to_string())?;
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Answer { status: answer.status().as_u16(), body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_travel_protected_or_stay_here() {
        for fit in
            ["https://academy.example.com", "https://a.example.com:8443/x", "http://127.0.0.1:8080", "http://[::1]:1"]
        {
            assert!(address(fit).is_ok(), "{fit}");
        }
        assert!(address("http://localhost:8080").is_ok());
        for odd in [
            "http://academy.example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "https://me:secret@academy.example.com",
            "https://academy.example.com#x",
            "ftp://academy.example.com",
            "academy.example.com",
            "academy.example.com:8080",
            "",
        ] {
            assert!(address(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn the_client_is_made_with_the_roots_of_this_machine() {
        let server = address("https://academy.example.com").unwrap();
        // Nobody listens there: what comes back is an error in words, and no panic for want of a provider.
        let nobody = Http::to(&server).get("https://127.0.0.1:1/x");
        assert!(nobody.is_err_and(|words| !words.is_empty()));
    }
}
