//! Calls to addresses outside: how long and how large they may be, whom they trust, and where they may lead.
//!
//! An address of the settings (an identity provider) was written by whoever runs the service, and may lead anywhere. An address
//! that came in from elsewhere (a receiver of signals) is called through a [`Guarded`] line only: whoever may name an address
//! must not reach, through this service, what only this service can reach.

mod guard;
mod network;

pub use guard::{Guarded, Unfit};
pub use network::{Network, Networks};

use super::refusal::Broken;
use std::{path::Path, sync::Arc, time::Duration};
use ureq::{
    Agent,
    config::ConfigBuilder,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    typestate::AgentScope,
};
use url::Url;

/// The most bytes that an answer may have.
pub const MOST: u64 = 256 * 1024;
/// The most bytes that the head of an answer may have.
const MOST_HEAD: usize = 32 * 1024;

/// What came over a line.
pub struct Reply {
    pub status: u16,
    /// The media type, in lower case and without parameters.
    pub kind: String,
    pub body: String,
}

/// What every line has: a limit of time and of size, no redirect that is followed, and certificates that it trusts: those of
/// a file (PEM), or those that browsers trust. Blocks: it may read a file.
///
/// # Errors
/// The file does not read, or holds no certificate.
pub fn line(time: Duration, ca_file: Option<&Path>) -> Result<ConfigBuilder<AgentScope>, Broken> {
    let tls = TlsConfig::builder()
        .root_certs(ca_file.map_or(Ok(RootCerts::WebPki), roots)?)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    Ok(Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_response_header_size(MOST_HEAD)
        .timeout_global(Some(time))
        .user_agent(concat!("habilis/", env!("CARGO_PKG_VERSION")))
        .accept("application/json"))
}

fn roots(file: &Path) -> Result<RootCerts, Broken> {
    let certificates: Vec<Certificate<'static>> =
        certificates(file)?.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    Ok(RootCerts::new_with_certs(&certificates))
}

/// The certificates of a file (PEM), each as DER.
///
/// # Errors
/// The file does not read, or holds no certificate.
pub fn certificates(file: &Path) -> Result<Vec<Vec<u8>>, Broken> {
    let wrong = |why: String| Broken::defect(format!("ca_file {}: {why}", file.display()));
    let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let certificates: Vec<Vec<u8>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate.der().to_vec())),
            Ok(_) => None,
            Err(error) => Some(Err(wrong(error.to_string()))),
        })
        .collect::<Result<_, _>>()?;
    if certificates.is_empty() { Err(wrong("it holds no certificate".to_owned())) } else { Ok(certificates) }
}

/// An address of the web as it may be shown and noted: its scheme, its host and its port. Its path and what it asks may hold a
/// secret.
#[must_use]
pub fn shown(address: &str) -> String {
    Url::parse(address).map_or_else(|_| "(unreadable)".to_owned(), |url| url.origin().ascii_serialization())
}

/// Reads an answer to its end.
///
/// # Errors
/// There is none, or it is larger than it may be; in words for whoever runs the service.
pub fn read(address: &str, called: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Reply, String> {
    let failed = |error: ureq::Error| format!("{address}: {error}");
    let mut answer = called.map_err(failed)?;
    let kind = answer.body().mime_type().unwrap_or_default().to_ascii_lowercase();
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(MOST).read_to_string().map_err(failed)?;
    Ok(Reply { status, kind, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_may_be_secret() {
        for (address, said) in [
            ("https://hooks.example.com/services/T000/SECRET?key=abc", "https://hooks.example.com"),
            ("http://127.0.0.1:8080/in", "http://127.0.0.1:8080"),
            ("https://me:SECRET@[::1]:8443/", "https://[::1]:8443"),
            ("SECRET", "(unreadable)"),
        ] {
            assert_eq!(shown(address), said);
        }
    }
}
