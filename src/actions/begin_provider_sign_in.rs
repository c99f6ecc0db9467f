//! Beginning a sign-in at an identity provider, or linking an account with one: the address there, and what binds the way
//! back to this browser.
//!
//! Of a sign-in under way, the database holds hashes only. The browser keeps a secret in a cookie; nonce and code verifier
//! are made of it, so that nobody who reads the database or the address bar can finish it.

use super::{About, act, change_password::prove_password, noted};
use crate::{
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    identity::{
        actor::Actor,
        provider::{Known, UNDER_WAY_SECONDS},
        rows::{self, UnderWay},
        secret::Secret,
    },
    tokens::pkce,
};
use std::sync::Arc;

/// Where the browser goes, and what it keeps meanwhile.
pub struct Onward {
    /// The address at the provider.
    pub url: String,
    /// What stands on the provider's button.
    pub provider: String,
    /// The secret for the browser's cookie.
    pub browser: Secret,
    /// The name by which the cookie is found again: a part of the state's hash.
    pub way: String,
}

/// A request to sign in at a provider.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// A path of this service to go to afterwards.
    pub next: String,
    /// Whether the person is to prove themselves afresh, whatever session the provider has.
    pub anew: bool,
    /// The address that is likely the person's.
    pub hint: String,
}

/// The name by which a browser's cookie is found again.
#[must_use]
pub fn way_of(state: &Secret) -> String {
    state.hash().chars().take(16).collect()
}

/// The nonce of an ID token that a browser waits for.
pub(super) fn nonce(browser: &Secret, state: &Secret) -> String {
    browser.derived(&format!("nonce {}", state.hash()))
}

/// The verifier of the code that a browser waits for (RFC 7636, section 4.1).
pub(super) fn verifier(browser: &Secret, state: &Secret) -> String {
    browser.derived(&format!("verifier {}", state.hash()))
}

/// Begins a sign-in.
///
/// # Errors
/// There is no such provider, it does not answer, or the database is away.
pub async fn begin_sign_in(app: &App, actor: &Actor, provider: &str, wish: Wish) -> Result<Onward, Fault> {
    begin(app, actor, "begin_provider_sign_in", provider, wish, None).await
}

/// Begins to link the signed-in person with a provider. They type their password again: whoever finds an open browser must
/// not make a way in that lasts.
///
/// # Errors
/// Nobody is signed in, the password is wrong, there is no such provider, it does not answer, or the database is away.
pub async fn begin_link(app: &App, actor: &Actor, provider: &str, password: String) -> Result<Onward, Fault> {
    let session = actor.signed()?.session;
    prove_password(app, actor, "link_identity", password).await?;
    let wish = Wish { next: "/account".to_owned(), ..Wish::default() };
    begin(app, actor, "link_identity", provider, wish, Some(session)).await
}

async fn begin(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    provider: &str,
    wish: Wish,
    session: Option<Id<ids::Session>>,
) -> Result<Onward, Fault> {
    let about = match actor.signed() {
        Ok(signed) => About::person(signed.person.id),
        Err(_) => About::nothing(),
    };
    let about = about.named(provider);
    let now = app.now();
    let asked = async {
        let known: Arc<Known> = Arc::clone(app.providers.get(provider)?);
        let document = known.ask(move |known| known.document(now)).await?;
        Ok::<_, Fault>((known, document))
    };
    let (known, document) = match asked.await {
        Ok(asked) => asked,
        Err(fault) => return Err(noted(app, actor, verb, about, fault).await),
    };
    let (state, browser) = (Secret::new("hp")?, Secret::new("hw")?);
    let row = UnderWay {
        browser_hash: browser.hash(),
        provider_id: known.provider.id.to_string(),
        next: wish.next,
        anew: wish.anew,
        session_id: session,
        created_at: now,
        expires_at: now.plus_seconds(UNDER_WAY_SECONDS),
    };
    let hash = state.hash();
    act(app, actor, verb, about, move |w, _| Ok::<(), Fault>(rows::insert_under_way(w, &hash, &row)?)).await?;
    let challenge = pkce::challenge(&verifier(&browser, &state));
    let (back, nonce) = (known.provider.redirect_uri(&app.settings.issuer()), nonce(&browser, &state));
    let mut fields = vec![
        ("redirect_uri", back.as_str()),
        ("state", state.reveal()),
        ("nonce", &nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    if wish.anew {
        fields.extend([("prompt", "login"), ("max_age", "0")]);
    }
    if !wish.hint.is_empty() {
        fields.push(("login_hint", &wish.hint));
    }
    let url = known.way_there(&document, &fields);
    if url.len() > 16_000 {
        return Err(Broken::defect("the address of a sign-in is too long").into());
    }
    Ok(Onward { url, provider: known.provider.name.clone(), way: way_of(&state), browser })
}
