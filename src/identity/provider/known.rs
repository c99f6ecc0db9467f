//! The providers of this service with what is known of them: documents and keys that are read when they are needed, and kept
//! for a while.

use super::{
    Document, Proof, Provider, ProviderRefusal, Unsound, Wanted,
    claims::{self, LogoutClaims},
    document::Keys,
    line::{Line, json},
};
use crate::base::{
    clock::Time,
    refusal::{Broken, Fault},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// How long a document or a key set is kept, in seconds.
const FRESH_SECONDS: i64 = 3_600;
/// A key that nobody knows has the key set read again, once in so many seconds.
const AGAIN_SECONDS: i64 = 60;
/// How many calls to one provider there may be at once: a slow one takes no more threads than these.
const AT_ONCE: usize = 8;

/// All of them.
#[derive(Default)]
pub struct Providers(Vec<Arc<Known>>);

/// A provider, and what is known of it.
pub struct Known {
    pub provider: Provider,
    line: Line,
    seen: Mutex<Seen>,
    slots: Semaphore,
}

#[derive(Default)]
struct Seen {
    document: Option<(Time, Arc<Document>)>,
    keys: Option<(Time, Arc<Keys>)>,
}

/// What a provider sends the browser back with (RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207).
#[derive(Clone, Debug, Default)]
pub struct Answered {
    pub state: String,
    pub code: Option<String>,
    pub iss: Option<String>,
    pub error: Option<String>,
    pub said: Option<String>,
}

impl Providers {
    /// Those of the settings. Blocks: it may read files. No provider is asked yet.
    ///
    /// # Errors
    /// A file of certificates does not read.
    pub fn of(providers: &[Provider]) -> Result<Self, Broken> {
        let known = |provider: &Provider| {
            Ok(Arc::new(Known {
                provider: provider.clone(),
                line: Line::to(provider)?,
                seen: Mutex::default(),
                slots: Semaphore::new(AT_ONCE),
            }))
        };
        Ok(Self(providers.iter().map(known).collect::<Result<_, Broken>>()?))
    }

    /// All of them, in the order of the settings.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Known>> {
        self.0.iter()
    }

    /// The one with this id.
    ///
    /// # Errors
    /// There is none.
    pub fn get(&self, id: &str) -> Result<&Arc<Known>, ProviderRefusal> {
        let found = self.0.iter().find(|known| known.provider.id.as_str() == id);
        found.ok_or_else(|| ProviderRefusal::NoSuchProvider { id: id.to_owned() })
    }
}

impl Known {
    /// Does what calls the provider, off the threads that answer requests.
    ///
    /// # Errors
    /// What `work` says, or too many wait for this provider already.
    pub async fn ask<T, F>(self: &Arc<Self>, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Known) -> Result<T, ProviderRefusal> + Send + 'static,
    {
        let patience = Duration::from_secs(self.provider.timeout_seconds);
        let slot = tokio::time::timeout(patience, self.slots.acquire()).await;
        let Ok(Ok(_slot)) = slot else {
            return Err(self.away("too many sign-ins wait for it already".to_owned()).into());
        };
        let known = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&known)).await;
        Ok(done.map_err(Broken::defect)??)
    }

    fn away(&self, why: String) -> ProviderRefusal {
        ProviderRefusal::Away { provider: self.provider.name.clone(), why }
    }

    /// What is wrong, as a refusal.
    #[must_use]
    pub fn unsound(&self, why: Unsound) -> ProviderRefusal {
        ProviderRefusal::Unsound { provider: self.provider.name.clone(), why }
    }

    /// What the provider says of itself. Blocks.
    ///
    /// # Errors
    /// It can not be reached, or says something that can not be used.
    pub fn document(&self, now: Time) -> Result<Arc<Document>, ProviderRefusal> {
        if let Some((at, document)) = &self.seen.lock().unwrap_or_else(PoisonError::into_inner).document
            && is_fresh(*at, now, FRESH_SECONDS)
        {
            return Ok(Arc::clone(document));
        }
        let address = Document::address(&self.provider);
        let read = self.line.get(&address, None).and_then(|reply| json(&reply, &address));
        let document = read.and_then(|value| Document::read(&self.provider, &value)).map_err(|why| self.away(why))?;
        let document = Arc::new(document);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).document = Some((now, Arc::clone(&document)));
        Ok(document)
    }

    /// The keys that the provider signs with, not older than this. Blocks.
    fn keys(&self, document: &Document, now: Time, seconds: i64) -> Result<Arc<Keys>, ProviderRefusal> {
        if let Some((at, keys)) = &self.seen.lock().unwrap_or_else(PoisonError::into_inner).keys
            && is_fresh(*at, now, seconds)
        {
            return Ok(Arc::clone(keys));
        }
        let read = self.line.get(&document.jwks_uri, None).and_then(|reply| json(&reply, &document.jwks_uri));
        let keys = Arc::new(read.and_then(|set| Keys::read(&set)).map_err(|why| self.away(why))?);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).keys = Some((now, Arc::clone(&keys)));
        Ok(keys)
    }

    /// The header and the claims of a token that the provider has signed. Where no key has its name, the keys are read again,
    /// but not more often than once a minute. Blocks.
    fn signed(&self, token: &str, now: Time) -> Result<(jsonwebtoken::Header, Value), ProviderRefusal> {
        let document = self.document(now)?;
        let header = claims::header(token, &document.algorithms).map_err(|why| self.unsound(why))?;
        let keys = self.keys(&document, now, FRESH_SECONDS)?;
        let read = match claims::signed(token, &header, &keys) {
            Err(Unsound::Key) => claims::signed(token, &header, &*self.keys(&document, now, AGAIN_SECONDS)?),
            read => read,
        };
        read.map(|claims| (header, claims)).map_err(|why| self.unsound(why))
    }

    /// The address at the provider where a sign-in begins (OpenID Connect Core, section 3.1.2.1; RFC 7636).
    #[must_use]
    pub fn way_there(&self, document: &Document, fields: &[(&str, &str)]) -> String {
        let scope = self.provider.scopes.join(" ");
        let own = [("response_type", "code"), ("client_id", &self.provider.client_id), ("scope", &scope)];
        with_query(&document.authorization_endpoint, own.iter().chain(fields).copied())
    }

    /// The address at the provider where its own session ends, where it has one (OpenID Connect RP-Initiated Logout).
    #[must_use]
    pub fn way_out(&self, document: &Document, hint: Option<&str>, back: &str) -> Option<String> {
        let endpoint = document.end_session_endpoint.as_deref()?;
        let own = [("client_id", self.provider.client_id.as_str()), ("post_logout_redirect_uri", back)];
        let hint = hint.map(|hint| ("id_token_hint", hint));
        Some(with_query(endpoint, own.into_iter().chain(hint)))
    }

    /// Holds an answer against the provider: it is its own (RFC 9207, section 2.4), and not a refusal. Gives the code.
    ///
    /// # Errors
    /// It is another's, or a refusal.
    pub fn code(&self, document: &Document, answer: &Answered) -> Result<String, ProviderRefusal> {
        match &answer.iss {
            Some(iss) if *iss != self.provider.issuer => return Err(self.unsound(Unsound::Issuer)),
            None if document.names_issuer => return Err(self.unsound(Unsound::Issuer)),
            _ => {}
        }
        if let Some(error) = &answer.error {
            return Err(self.denied(error, answer.said.as_deref().unwrap_or_default()));
        }
        let code = answer.code.clone().filter(|code| !code.is_empty() && code.len() <= 8_192);
        code.ok_or_else(|| self.unsound(Unsound::Form))
    }

    /// A refusal of the provider's, in words that can be shown: what looks like no error code is none.
    fn denied(&self, error: &str, said: &str) -> ProviderRefusal {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
        let error = if !error.is_empty() && error.len() <= 64 && error.chars().all(plain) { error } else { "unknown" };
        let said = said.chars().filter(|c| !c.is_control()).take(300).collect();
        ProviderRefusal::Denied { provider: self.provider.name.clone(), error: error.to_owned(), said }
    }

    /// Redeems a code and judges what comes for it. Blocks.
    ///
    /// # Errors
    /// The provider does not answer, refuses, or its answer is not sound.
    pub fn redeem(
        &self,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
        wanted: &Wanted<'_>,
    ) -> Result<Proof, ProviderRefusal> {
        let document = self.document(wanted.now)?;
        let own = &self.provider;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        let proof = match &own.secret {
            None => {
                form.push(("client_id", &own.client_id));
                None
            }
            Some(secret) if document.secret_in_body => {
                form.extend([("client_id", own.client_id.as_str()), ("client_secret", secret.reveal())]);
                None
            }
            Some(secret) => Some(basic(&own.client_id, secret.reveal())),
        };
        let endpoint = &document.token_endpoint;
        let reply = self.line.post(endpoint, proof.as_deref(), &form).map_err(|why| self.away(why))?;
        if (400..500).contains(&reply.status)
            && let Ok(told) = serde_json::from_str::<Value>(&reply.body)
            && let Some(error) = told.get("error").and_then(Value::as_str)
        {
            return Err(self.denied(error, told.get("error_description").and_then(Value::as_str).unwrap_or_default()));
        }
        let told = json(&reply, endpoint).map_err(|why| self.away(why))?;
        let id_token = told.get("id_token").and_then(Value::as_str).ok_or_else(|| self.unsound(Unsound::Form))?;
        let access_token = told.get("access_token").and_then(Value::as_str);
        let (header, mut claims) = self.signed(id_token, wanted.now)?;
        let wanted = Wanted { access_token, ..wanted.clone() };
        claims::judge(&claims, &header, &wanted).map_err(|why| self.unsound(why))?;
        let groups = (!own.teams.is_empty()).then_some(own.groups_claim.as_str());
        if let (true, Some(endpoint), Some(token)) =
            (claims::lacks(&claims, groups), &document.userinfo_endpoint, access_token)
        {
            let reply = self.line.get(endpoint, Some(token)).map_err(|why| self.away(why))?;
            // A signed answer (section 5.3.2) was not asked for.
            let more = json(&reply, endpoint).map_err(|why| self.away(format!("{why} ({})", reply.kind)))?;
            claims::complete(&mut claims, &more).map_err(|why| self.unsound(why))?;
        }
        Proof::of(&claims, &own.issuer, &own.groups_claim, id_token).map_err(|why| self.unsound(why))
    }

    /// Judges a logout token. Blocks.
    ///
    /// # Errors
    /// It is not sound, or the provider's keys can not be read.
    pub fn logout(&self, token: &str, now: Time) -> Result<LogoutClaims, ProviderRefusal> {
        let (header, claims) = self.signed(token, now)?;
        let own = (self.provider.issuer.as_str(), self.provider.client_id.as_str());
        claims::judge_logout(&claims, &header, own, now).map_err(|why| self.unsound(why))
    }
}

fn is_fresh(at: Time, now: Time, seconds: i64) -> bool {
    (0..seconds * 1_000_000).contains(&now.micros_since(at))
}

/// The header with which a client proves itself (RFC 6749, section 2.3.1): both parts are encoded as in a form first.
fn basic(client_id: &str, secret: &str) -> String {
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(client_id), encoded(secret))))
}

/// An address with more in its query (RFC 6749, section 3.1: what was there stays).
fn with_query<'a>(address: &str, fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let Ok(mut url) = url::Url::parse(address) else { return address.to_owned() };
    url.query_pairs_mut().extend_pairs(fields);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};

    fn known() -> Known {
        let provider = sample();
        Known { line: Line::to(&provider).unwrap(), provider, seen: Mutex::default(), slots: Semaphore::new(1) }
    }

    fn document(names_issuer: bool) -> Document {
        let value = serde_json::json!({
            "issuer": "https://id.example.com",
            "authorization_endpoint": "https://id.example.com/authorize?tenant=1",
            "token_endpoint": "https://id.example.com/token",
            "jwks_uri": "https://id.example.com/jwks",
            "authorization_response_iss_parameter_supported": names_issuer,
        });
        Document::read(&sample(), &value).unwrap()
    }

    #[test]
    fn an_answer_is_its_own_provider_s() {
        let known = known();
        let answer = |iss: Option<&str>| Answered {
            iss: iss.map(str::to_owned),
            code: Some("c".to_owned()),
            ..Answered::default()
        };
        let own = Some("https://id.example.com");
        assert_eq!(known.code(&document(true), &answer(own)).unwrap(), "c");
        assert_eq!(known.code(&document(false), &answer(None)).unwrap(), "c");
        let wrong = |names: bool, iss| known.code(&document(names), &answer(iss)).unwrap_err();
        let issuer = known.unsound(Unsound::Issuer);
        assert_eq!(wrong(true, None), issuer);
        assert_eq!(wrong(false, Some("https://evil.example.com")), issuer);
        assert_eq!(wrong(true, Some("https://id.example.com/")), issuer);
    }

    #[test]
    fn a_refusal_is_shown_without_what_does_not_belong_there() {
        let denied = |error: &str, said: &str| match known().denied(error, said) {
            ProviderRefusal::Denied { error, said, .. } => (error, said),
            other => panic!("{other}"),
        };
        assert_eq!(denied("access_denied", "no"), ("access_denied".to_owned(), "no".to_owned()));
        assert_eq!(denied("<b>", "a\u{0}b\nc").0, "unknown");
        assert_eq!(denied("x", "a\u{0}b\nc").1, "abc");
        assert_eq!(denied("x", &"x".repeat(9_000)).1.len(), 300);
    }

    #[test]
    fn what_an_address_holds_already_stays() {
        let there = known().way_there(&document(false), &[("state", "a b")]);
        assert!(there.starts_with(
            "https://id.example.com/authorize?tenant=1&response_type=code&client_id=habilis&scope=openid+"
        ));
        assert!(there.ends_with("&state=a+b"), "{there}");
        assert_eq!(basic("a b", "c:d/e"), format!("Basic {}", STANDARD.encode("a+b:c%3Ad%2Fe")));
    }
}
