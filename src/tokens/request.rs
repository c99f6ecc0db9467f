//! What a tool sends: parameters, each at most once, and the authorization request that they make.

use super::{pkce, refusal::OauthRefusal, scope::Scopes};
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes of one parameter.
const MOST: usize = 4_096;
/// The most parameters of a request.
const MOST_PARAMETERS: usize = 64;

/// Parameters as they came, in their order.
#[derive(Clone, Debug, Default)]
pub struct Params(pub Vec<(String, String)>);

impl Params {
    /// The parameters as a query, without those of these names.
    #[must_use]
    pub fn query_without(&self, names: &[&str]) -> String {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        kept.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// The first value of a parameter; one without a value counts as left out (RFC 6749, section 3.1).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// How often a parameter is there.
    #[must_use]
    pub fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(known, _)| known == name).count()
    }

    /// Refuses what is repeated, too long or too much (RFC 6749, sections 3.1 and 3.2).
    ///
    /// # Errors
    /// It is.
    pub fn check(&self) -> Result<(), OauthRefusal> {
        let mut seen = BTreeMap::new();
        for (name, value) in &self.0 {
            if name.len() > 100 || value.len() > MOST {
                return Err(OauthRefusal::Request { why: "a parameter is longer than 4096 bytes" });
            }
            *seen.entry(name.as_str()).or_insert(0) += 1;
        }
        if seen.get("resource").is_some_and(|n| *n > 1) {
            return Err(OauthRefusal::Target { why: "one token is for one resource" });
        }
        if seen.values().any(|n| *n > 1) {
            return Err(OauthRefusal::Request { why: "a parameter is there more than once" });
        }
        if seen.len() > MOST_PARAMETERS {
            return Err(OauthRefusal::Request { why: "too many parameters" });
        }
        Ok(())
    }

    /// A parameter that must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn need(&self, name: &str, why: &'static str) -> Result<&str, OauthRefusal> {
        self.get(name).ok_or(OauthRefusal::Request { why })
    }
}

/// How the browser brings the answer (OAuth 2.0 Multiple Response Type Encoding Practices; Form Post Response Mode).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseMode {
    #[default]
    Query,
    FormPost,
}

/// Where an answer goes, and what comes back with it unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    pub redirect_uri: String,
    pub state: Option<String>,
    pub mode: ResponseMode,
}

impl Back {
    /// Where the answer to these parameters goes, once the address is known to be the tool's.
    #[must_use]
    pub fn of(params: &Params, redirect_uri: &str) -> Self {
        let state = params.get("state").filter(|state| params.count("state") == 1 && state.len() <= MOST);
        let form = params.get("response_mode") == Some("form_post");
        Self {
            redirect_uri: redirect_uri.to_owned(),
            state: state.map(str::to_owned),
            mode: if form { ResponseMode::FormPost } else { ResponseMode::Query },
        }
    }
}

/// What a tool may ask of the pages on the way (OpenID Connect Core, section 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prompt {
    /// Show nothing.
    None,
    /// Let the person sign in anew.
    Login,
    /// Ask anew.
    Consent,
}

/// A request to `/authorize` that reads.
#[derive(Clone, Debug)]
pub struct AuthRequest {
    pub scopes: Scopes,
    pub resource: Option<String>,
    pub challenge: String,
    pub nonce: Option<String>,
    pub prompt: BTreeSet<Prompt>,
    /// In seconds.
    pub max_age: Option<i64>,
    pub login_hint: Option<String>,
    pub id_token_hint: Option<String>,
    /// A moment of ours, in seconds: the person must have signed in since.
    pub signed_in_since: Option<i64>,
}

/// The parameter that carries [`AuthRequest::signed_in_since`] over the sign-in page.
pub const SINCE: &str = "signed_in_since";

impl AuthRequest {
    /// Reads the parameters.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(params: &Params) -> Result<Self, OauthRefusal> {
        let wrong = |why| OauthRefusal::Request { why };
        params.check()?;
        if params.get("request").is_some() {
            return Err(OauthRefusal::RequestObject);
        }
        if params.get("request_uri").is_some() {
            return Err(OauthRefusal::RequestUri);
        }
        if params.need("response_type", "response_type is missing")? != "code" {
            return Err(OauthRefusal::ResponseTypeUnknown);
        }
        if !matches!(params.get("response_mode"), None | Some("query" | "form_post")) {
            return Err(wrong("response_mode is query or form_post"));
        }
        let challenge = params.need("code_challenge", "code_challenge is missing: PKCE is needed (RFC 7636)")?;
        if params.get("code_challenge_method") != Some("S256") {
            return Err(wrong("code_challenge_method is S256"));
        }
        if !pkce::well_formed(challenge) {
            return Err(wrong("code_challenge is not the SHA-256 of a verifier in base64url"));
        }
        let mut prompt = BTreeSet::new();
        for word in params.get("prompt").unwrap_or_default().split(' ').filter(|word| !word.is_empty()) {
            prompt.insert(match word {
                "none" => Prompt::None,
                // Whoever wants to be somebody else signs in as them.
                "login" | "select_account" => Prompt::Login,
                "consent" => Prompt::Consent,
                _ => return Err(wrong("prompt is none, login, consent or select_account")),
            });
        }
        if prompt.contains(&Prompt::None) && prompt.len() > 1 {
            return Err(wrong("prompt is none, or something else"));
        }
        let number = |name: &str, why| match params.get(name) {
            None => Ok(None),
            Some(text) => match text.parse::<u32>() {
                Ok(n) => Ok(Some(i64::from(n))),
                Err(_) => Err(wrong(why)),
            },
        };
        let own = |name: &str| params.get(name).map(str::to_owned);
        let scopes = Scopes::read(params.get("scope").unwrap_or_default())?;
        let resource = own("resource");
        if resource.as_ref().is_some_and(|resource| resource.contains('#') || !resource.contains(':')) {
            return Err(OauthRefusal::Target { why: "a resource is an absolute address without a fragment" });
        }
        Ok(Self {
            scopes,
            resource,
            challenge: challenge.to_owned(),
            nonce: own("nonce"),
            prompt,
            max_age: number("max_age", "max_age is a number of seconds")?,
            login_hint: own("login_hint"),
            id_token_hint: own("id_token_hint"),
            signed_in_since: number(SINCE, "signed_in_since is ours")?,
        })
    }

    /// Whether nothing may be shown.
    #[must_use]
    pub fn silent(&self) -> bool {
        self.prompt.contains(&Prompt::None)
    }

    /// Whether a sign-in at this moment (in seconds) is recent enough, as it is now.
    #[must_use]
    pub fn recent_enough(&self, signed_in: i64, now: i64) -> bool {
        match self.signed_in_since {
            Some(since) if signed_in >= since => true,
            Some(_) => false,
            None => !self.prompt.contains(&Prompt::Login) && self.max_age.is_none_or(|most| now - signed_in <= most),
        }
    }
}

/// A text for the query of an address (RFC 3986, section 2.1): everything but unreserved characters percent-encoded.
#[must_use]
pub fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(more: &[(&str, &str)]) -> Params {
        let plain = [
            ("response_type", "code"),
            ("scope", "openid"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"),
        ];
        let kept = plain.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
        Params(kept.chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn why(more: &[(&str, &str)]) -> &'static str {
        use crate::base::refusal::Refusal;
        AuthRequest::read(&params(more)).map_or_else(|refusal| refusal.code(), |_| "")
    }

    #[test]
    fn a_request_is_read_strictly() {
        assert_eq!(why(&[]), "");
        assert_eq!(why(&[("prompt", "login consent"), ("max_age", "0")]), "");
        for bad in [
            &[("code_challenge", "")][..],
            &[("code_challenge_method", "plain")],
            &[("code_challenge_method", "")],
            &[("code_challenge", "short")],
            &[("response_mode", "fragment")],
            &[("prompt", "none login")],
            &[("prompt", "dance")],
            &[("max_age", "-1")],
            &[("max_age", "soon")],
            &[("state", "a"), ("state", "b")],
            &[("nonce", "a"), ("nonce", "a")],
            &[("response_type", "")],
        ] {
            assert_eq!(why(bad), "oauth-request", "{bad:?}");
        }
        assert_eq!(why(&[("state", &"x".repeat(MOST + 1))]), "oauth-request");
        assert_eq!(why(&[("response_type", "token")]), "oauth-response-type");
        assert_eq!(why(&[("response_type", "code id_token")]), "oauth-response-type");
        assert_eq!(why(&[("request", "x")]), "oauth-request-object");
        assert_eq!(why(&[("request_uri", "x")]), "oauth-request-uri");
        assert_eq!(why(&[("scope", "")]), "oauth-scope");
        assert_eq!(why(&[("resource", "a:b"), ("resource", "a:c")]), "oauth-target");
        assert_eq!(why(&[("resource", "lake")]), "oauth-target");
        let many: Vec<(String, String)> = (0..70).map(|n| (format!("p{n}"), "x".to_owned())).collect();
        assert!(Params(many).check().is_err());
    }

    #[test]
    fn a_sign_in_is_fresh_or_it_is_asked_for() {
        let fresh = |more: &[(&str, &str)], at| AuthRequest::read(&params(more)).unwrap().recent_enough(at, 1_000);
        assert!(fresh(&[], 0));
        assert!(!fresh(&[("max_age", "60")], 900) && fresh(&[("max_age", "60")], 940));
        assert!(!fresh(&[("prompt", "login")], 1_000));
        assert!(fresh(&[("prompt", "login"), (SINCE, "990")], 995));
        assert!(!fresh(&[("prompt", "login"), (SINCE, "990")], 985));
    }
}
