//! A tool sends a person to be signed in: judged step by step until there is a code, a page to show, or a refusal.

use super::{
    About, act,
    connect_tool::{self, Connecting},
    mint_token, refuse,
};
use crate::{
    access,
    app::{App, Content},
    base::{
        clock::Time,
        refusal::{Broken, Fault, Refused},
        text::Slug,
    },
    identity::{
        actor::{Actor, Signed},
        secret::Secret,
    },
    tokens::{
        client::{Client, GrantType},
        keyring::Read,
        redirect,
        refusal::OauthRefusal,
        request::{AuthRequest, Back, Params, Prompt, SINCE},
        rows::{self, CodeRow},
        scope,
    },
};
use serde_json::json;
use std::sync::Arc;

/// How long a code works, in seconds.
pub const CODE_SECONDS: i64 = 60;
/// How long a tool's request is kept for a person who lacks the role, in seconds.
pub const KEPT_SECONDS: i64 = 30 * 86_400;

const VERB: &str = "authorize";

/// What is to happen next.
pub enum Turn {
    /// The browser takes a code to the tool.
    Code { back: Back, code: Secret },
    /// The browser takes a refusal to the tool.
    Refused { back: Back, refused: Box<Refused> },
    /// The person signs in first.
    SignIn { hint: Option<String>, anew: bool },
    /// The person is asked.
    Ask(Box<Sheet>),
    /// The person lacks the role.
    Missing { client: Box<Client>, role: Slug, back: Back, refused: Box<Refused> },
}

/// What a person is asked to agree to.
pub struct Sheet {
    pub client: Client,
    pub back: Back,
    pub request: AuthRequest,
    /// The role, and until when the person has it.
    pub role: Option<(Slug, Time)>,
}

/// What the person said on the page that asked them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    Yes,
    No,
}

/// A request that is right in itself, with the client that it came from.
struct Judged {
    client: Client,
    back: Back,
    request: AuthRequest,
    role: Option<Slug>,
}

/// A client by its name, for whoever draws a page on its way.
///
/// # Errors
/// The database is away.
pub async fn client(app: &App, id: String) -> Result<Option<Client>, Fault> {
    app.db.look_up(app.now(), move |r| Ok(rows::client(r, &id)?)).await
}

/// Where the answers to a request go: the client, and an address that is its own.
///
/// # Errors
/// The client is unknown or the address is not registered: then nobody is sent anywhere. Or the database is away.
pub async fn destination(app: &App, actor: &Actor, params: &Params) -> Result<(Client, Back), Fault> {
    let one = |name: &str| (params.count(name) == 1).then(|| params.get(name).map(str::to_owned)).flatten();
    let id = one("client_id").filter(|id| id.len() <= 100).unwrap_or_default();
    let about = About::nothing().told(id.clone());
    let found = app.db.look_up(app.now(), move |r| Ok(rows::client(r, &id)?)).await?;
    let Some(client) = found else {
        return Err(refuse(app, actor, VERB, about, OauthRefusal::NoSuchClient.into()).await);
    };
    match one("redirect_uri").filter(|uri| client.redirects_to(uri)) {
        Some(uri) => Ok((client, Back::of(params, &uri))),
        None => {
            let about = About::nothing().named(client.id);
            Err(refuse(app, actor, VERB, about, OauthRefusal::RedirectForeign.into()).await)
        }
    }
}

/// Judges a request to `/authorize`, as far as it goes without asking the person anything; or with what they said.
///
/// # Errors
/// As [`destination`].
pub async fn authorize(app: &App, actor: &Actor, params: &Params, say: Option<Say>) -> Result<Turn, Fault> {
    let content = app.content()?;
    let (client, back) = destination(app, actor, params).await?;
    let about = About { person: actor.signed().map(|signed| signed.person.id).ok(), ..About::nothing() };
    let about = about.named(client.id.clone());
    match step(app, actor, &content, params, say, (client, back.clone())).await {
        // Whoever is not known yet is not sent on to a tool, not even with an error (RFC 9700, section 4.11.2).
        Err(Stop::Told(_)) if actor.signed().is_err() && !silent(params) => {
            Ok(Turn::SignIn { hint: None, anew: false })
        }
        Err(Stop::Told(refusal)) => {
            let refused: Refused = refusal.into();
            match refuse(app, actor, VERB, about, refused).await {
                Fault::Refused(refused) => Ok(Turn::Refused { back, refused }),
                broken => Err(broken),
            }
        }
        Err(Stop::Broken(fault)) => Err(fault),
        Ok(turn) => Ok(turn),
    }
}

/// Whether nobody is to be shown anything, as far as that can be read.
fn silent(params: &Params) -> bool {
    params.get("prompt").is_some_and(|prompt| prompt.split(' ').any(|word| word == "none"))
}

/// Why a request goes no further.
enum Stop {
    /// The tool is told.
    Told(OauthRefusal),
    Broken(Fault),
}

impl From<OauthRefusal> for Stop {
    fn from(refusal: OauthRefusal) -> Self {
        Self::Told(refusal)
    }
}
impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Broken(fault)
    }
}

async fn step(
    app: &App,
    actor: &Actor,
    content: &Arc<Content>,
    params: &Params,
    say: Option<Say>,
    (client, back): (Client, Back),
) -> Result<Turn, Stop> {
    let request = AuthRequest::read(params)?;
    if !client.may(GrantType::AuthorizationCode) {
        return Err(OauthRefusal::ClientMayNot { why: "it is not registered for authorization_code" }.into());
    }
    let issuer = app.settings.issuer();
    let named = request.scopes.resolve(&content.catalogue, &issuer, request.resource.as_deref())?;
    let role = named.map(|(role, _)| role.id.clone());
    if role.as_ref().is_some_and(|role| !scope::allowed(client.roles.as_ref(), role)) {
        return Err(OauthRefusal::Scope { why: "this tool may not use that role" }.into());
    }
    let judged = Judged { client, back, request, role };
    let Some(signed) = present(app, actor, &judged.request)? else {
        if judged.request.silent() {
            return Err(OauthRefusal::LoginRequired.into());
        }
        let hint = judged.request.login_hint.clone();
        return Ok(Turn::SignIn { hint, anew: actor.signed().is_ok() });
    };
    if say == Some(Say::No) {
        return Err(OauthRefusal::Denied.into());
    }
    onward(app, actor, content, params, judged, signed, say).await
}

/// The person, where they are signed in as the request wants it.
fn present(app: &App, actor: &Actor, request: &AuthRequest) -> Result<Option<Signed>, OauthRefusal> {
    let Ok(signed) = actor.signed() else { return Ok(None) };
    if let Some(hint) = &request.id_token_hint {
        // Access tokens have an id, and are no hints.
        let ours = |read: &Read| read.says("iss", &app.settings.issuer()) && read.text("jti").is_none();
        let read = app.keyring.read(hint).filter(ours);
        let read = read.ok_or(OauthRefusal::Request { why: "id_token_hint is no ID token of this service" })?;
        if !read.says("sub", &signed.person.id.to_string()) {
            return Ok(None);
        }
    }
    let recent = request.recent_enough(signed.since.seconds(), app.now().seconds());
    Ok(recent.then(|| signed.clone()))
}

async fn onward(
    app: &App,
    actor: &Actor,
    content: &Arc<Content>,
    params: &Params,
    judged: Judged,
    signed: Signed,
    say: Option<Say>,
) -> Result<Turn, Stop> {
    let who = signed.person.id;
    let (role, client) = (judged.role.clone(), judged.client.id.clone());
    let agreed = judged.request.scopes.agreed(role.as_ref());
    let (until, consented) = app
        .db
        .read(app.now(), move |r| {
            let effective = match &role {
                Some(role) => access::rows::effective(r, who, role)?,
                None => None,
            };
            Ok((effective.map(|held| held.ends_at), rows::consented(r, who, &client, &agreed)?))
        })
        .await?;
    let role = match (judged.role.clone(), until) {
        (Some(role), None) => return missing(app, actor, content, params, judged, role).await,
        (Some(role), Some(until)) => Some((role, until)),
        (None, _) => None,
    };
    let request = &judged.request;
    let remembered =
        consented && redirect::proves_identity(&judged.back.redirect_uri) && !request.prompt.contains(&Prompt::Consent);
    if say != Some(Say::Yes) && !remembered {
        if request.silent() {
            return Err(OauthRefusal::ConsentRequired.into());
        }
        let Judged { client, back, request, .. } = judged;
        return Ok(Turn::Ask(Box::new(Sheet { client, back, request, role })));
    }
    Ok(give(app, actor, content, judged, signed).await?)
}

/// The person lacks the role: the tool's request is kept for the day when they have it.
async fn missing(
    app: &App,
    actor: &Actor,
    content: &Arc<Content>,
    params: &Params,
    judged: Judged,
    role: Slug,
) -> Result<Turn, Stop> {
    let who = actor.signed().map_err(Fault::from)?.person.id;
    let (kept, client, silent) = (Arc::clone(content), judged.client.id.clone(), judged.request.silent());
    // A hint may name the person, and what was wanted of their sign-in is over.
    let query = params.query_without(&["login_hint", "id_token_hint", "prompt", "max_age", SINCE]);
    let wanted = role.clone();
    let about = About::person(who).role(&role).named(client.clone());
    let fault = act(app, actor, VERB, about, move |w, _| {
        if !silent {
            rows::keep_request(w, who, &client, &wanted, &query)?;
        }
        match kept.catalogue.roles.get(&wanted) {
            Some(known) => Err::<(), Fault>(mint_token::why_not(w, &kept, who, known)?.into()),
            None => Err(OauthRefusal::Scope { why: "there is no such role" }.into()),
        }
    })
    .await;
    match fault {
        Err(Fault::Refused(mut refused)) => {
            if silent {
                // Said in the RFCs' word; what is missing stays with it.
                let said = Refused::from(OauthRefusal::Scope { why: "the person has no such access now" });
                refused = Box::new(Refused { missing: refused.missing, ..said });
                return Ok(Turn::Refused { back: judged.back, refused });
            }
            Ok(Turn::Missing { client: Box::new(judged.client), role, back: judged.back, refused })
        }
        Err(broken) => Err(broken.into()),
        Ok(()) => Err(Fault::from(Broken::defect("a refusal refused nothing")).into()),
    }
}

/// Begins the family and gives the code that opens it.
async fn give(app: &App, actor: &Actor, content: &Arc<Content>, judged: Judged, signed: Signed) -> Result<Turn, Fault> {
    let (code, kept, content) = (Secret::new("hac")?, judged.back.clone(), Arc::clone(content));
    let made = code.clone();
    let who = signed.person.id;
    let about = About::person(who).named(judged.client.id.clone());
    act(app, actor, VERB, about, move |w, by| {
        let wanted = Connecting {
            client: &judged.client.id,
            scopes: &judged.request.scopes,
            role: judged.role.as_ref(),
            resource: judged.request.resource.as_deref(),
            nonce: judged.request.nonce.as_deref(),
            way: GrantType::AuthorizationCode,
            back: Some(&judged.back.redirect_uri),
        };
        let family = connect_tool::begin(w, &content, &signed, &wanted)?;
        let now = w.now();
        let code = CodeRow {
            authorization_id: family.id,
            challenge: judged.request.challenge.clone(),
            redirect_uri: judged.back.redirect_uri.clone(),
            expires_at: now.plus_seconds(CODE_SECONDS),
            redeemed_at: None,
        };
        rows::insert_code(w, &made.hash(), &code)?;
        connect_tool::note(w, by, &family, json!({}))
    })
    .await?;
    Ok(Turn::Code { back: kept, code })
}
