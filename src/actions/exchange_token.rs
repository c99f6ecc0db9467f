//! A client acts on with a token that another client was given (RFC 8693), and never for more: the new token is about the
//! same, for the same role and warehouse, ends no later, and dies with the one that it was exchanged for.
//!
//! Who may exchange whose tokens is written down client by client (`Registration::checked_exchanges`). The token that is
//! presented is weighed at that moment as introspection does it, and once more in the transaction.

use super::{
    About, act,
    issue_tokens::Issued,
    mint_token::{self, Bearer, Exchanged, For},
    refuse,
    weigh_token::{self, Weighed},
};
use crate::{
    app::{App, Content},
    base::{
        refusal::{Broken, Fault},
        text::Slug,
    },
    identity::{self, actor::Actor},
    tokens::{
        client::{Client, ClientKind, GrantType},
        memory::Live,
        refusal::OauthRefusal,
        rows,
        scope::{STANDARD, Scopes, allowed},
    },
};
use serde_json::{Value, json};
use std::sync::Arc;

/// The type of access tokens (RFC 8693, section 3).
pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
/// The type of tokens that are JWTs: ours are.
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";
/// How many may act one after the other for the one that a token is about.
pub const MOST_ACTORS: usize = 3;

/// What a client presents and asks for (RFC 8693, section 2.1).
#[derive(Clone, Debug)]
pub struct Presented {
    pub subject_token: String,
    pub subject_token_type: String,
    pub actor_token: Option<String>,
    pub actor_token_type: Option<String>,
    pub requested_token_type: Option<String>,
    pub scope: Option<String>,
    pub resource: Option<String>,
    pub audience: Option<String>,
}

impl Presented {
    /// Refuses types of tokens that are not taken or given.
    fn check(&self) -> Result<(), OauthRefusal> {
        let wrong = |why| Err(OauthRefusal::Request { why });
        let taken = |kind: &str| [ACCESS_TOKEN, JWT].contains(&kind);
        if !taken(&self.subject_token_type) {
            return wrong("the subject token has to be an access token of this service");
        }
        match (&self.actor_token, &self.actor_token_type) {
            (None, None) => {}
            (Some(_), Some(kind)) if taken(kind) => {}
            (Some(_), Some(_)) => return wrong("the actor token has to be an access token of this service"),
            _ => return wrong("actor_token and actor_token_type come together"),
        }
        match self.requested_token_type.as_deref() {
            None | Some(ACCESS_TOKEN) => Ok(()),
            Some(_) => wrong("only access tokens are given"),
        }
    }
}

fn unfit(why: &'static str) -> OauthRefusal {
    OauthRefusal::Request { why }
}

/// Exchanges a token.
///
/// # Errors
/// The client may not, what it presents is no live token that it may exchange, it asks for more, or the database is away.
pub async fn exchange_token(app: &App, actor: &Actor, client: Client, shown: Presented) -> Result<Issued, Fault> {
    const VERB: &str = "exchange_token";
    let content = app.content()?;
    let about = About::nothing().named(client.id.clone());
    let may = if client.kind == ClientKind::Confidential && client.may(GrantType::TokenExchange) {
        shown.check()
    } else {
        Err(OauthRefusal::ClientMayNot { why: "it is not registered for token exchange" })
    };
    if let Err(refusal) = may {
        return Err(refuse(app, actor, VERB, about, refusal.into()).await);
    }
    let live = match weigh_token::weigh(app, &shown.subject_token).await? {
        Weighed::Live(live) => live,
        Weighed::Dead { claims, .. } => {
            let named = |claim: &str| claims.get(claim).and_then(Value::as_str)?.parse().ok();
            let person = named("owner").or_else(|| named("sub"));
            let about = person.map_or_else(About::nothing, About::person).named(client.id.clone());
            return Err(refuse(app, actor, VERB, about, unfit("the subject token is over or was ended").into()).await);
        }
        Weighed::NotOurs => {
            return Err(refuse(app, actor, VERB, about, unfit("the subject token is none of ours").into()).await);
        }
    };
    let about = About::person(live.person).named(client.id.clone());
    let role = match wanted(app, &content, &client, &live, &shown) {
        Ok(role) => role,
        Err(refusal) => return Err(refuse(app, actor, VERB, about, refusal.into()).await),
    };
    let reading = |token: &str| weigh_token::access_token(app, token).map(Arc::new);
    let subject = reading(&shown.subject_token).ok_or_else(|| Broken::defect("a live token that does not read"))?;
    let acting = match &shown.actor_token {
        None => None,
        Some(token) => match reading(token) {
            Some(read) => Some(read),
            None => {
                return Err(refuse(app, actor, VERB, about, unfit("the actor token is none of ours").into()).await);
            }
        },
    };
    let (kept, issuer, owner, about) = (content.clone(), app.settings.issuer(), live.person, about.role(&role));
    let (record, claims) = act(app, actor, VERB, about, move |w, by| {
        identity::rows::hold(w, owner, false)?;
        let held = rows::hold_client(w, &client.id)?.filter(|held| held.may(GrantType::TokenExchange));
        let held = held.ok_or(OauthRefusal::ClientUnproven)?;
        if held.owner.is_some() && held.accepted_at.is_none() {
            return Err(OauthRefusal::Grant { why: "the owner of this account has not agreed to it" }.into());
        }
        if !allowed(held.roles.as_ref(), &role) {
            return Err(not_its_role().into());
        }
        let found = weigh_token::lives(w, &subject)?;
        let (standing, _, before) = found.ok_or_else(|| unfit("the subject token is over or was ended"))?;
        if !held.exchanges.contains(&standing.client_id) {
            return Err(unfit("this client may not exchange tokens of that tool").into());
        }
        let mut subjects: Vec<_> = before.iter().map(|(subject, _)| subject.id).collect();
        subjects.push(standing.id);
        let mut until = standing.says_until();
        if let Some(acting) = &acting {
            let own = weigh_token::lives(w, acting)?.filter(|(own, ..)| own.service && own.client_id == client.id);
            let (own, ..) = own.ok_or_else(|| unfit("the actor token is no live token of the client itself"))?;
            until = until.min(own.says_until());
            if !subjects.contains(&own.id) {
                subjects.push(own.id);
            }
        }
        let person = identity::rows::person(w, owner)?.ok_or_else(|| Broken::defect("a token of nobody"))?;
        let act = acts(&client.id, subject.claims.get("act"))?;
        let exchanged = Exchanged { subject: standing, claims: subject.claims.clone(), act, until, subjects };
        let wanted = For { person: &person, role: &role, client: &client.id, bearer: Bearer::Exchanged(&exchanged) };
        mint_token::mint(w, by, &kept, &issuer, &wanted)
    })
    .await?;
    let (access_token, ..) = mint_token::sign_access(app, &content, &record, &claims).await?;
    Ok(Issued {
        access_token,
        expires_in: claims.exp - claims.iat,
        scope: claims.scope,
        refresh_token: None,
        id_token: None,
        issued_token_type: Some(ACCESS_TOKEN),
    })
}

/// The role of the token, where no more than that is asked for and the client may use it.
fn wanted(app: &App, content: &Content, client: &Client, live: &Live, shown: &Presented) -> Result<Slug, OauthRefusal> {
    let opens = live.opens.as_ref().ok_or_else(|| unfit("the subject token opens no warehouse"))?;
    if !client.exchanges.contains(&live.client) {
        return Err(unfit("this client may not exchange tokens of that tool"));
    }
    let role = content.catalogue.roles.values().find(|role| role.id.as_str() == opens.role);
    let role = role.ok_or_else(|| unfit("the role of the subject token has left the catalogue"))?;
    let audience = live.text("aud");
    if [&shown.resource, &shown.audience].into_iter().flatten().any(|asked| audience != Some(asked)) {
        return Err(OauthRefusal::Target { why: "it is not the one of the subject token" });
    }
    let wider = OauthRefusal::Scope { why: "it is not the one of the subject token" };
    if let Some(scope) = &shown.scope {
        let scopes = Scopes::read(scope)?;
        if STANDARD.iter().any(|word| scopes.has(word)) {
            return Err(wider);
        }
        let found = scopes.resolve(&content.catalogue, &app.settings.issuer(), audience).map_err(|_| wider.clone())?;
        if found.is_none_or(|(asked, _)| asked.id != role.id) {
            return Err(wider);
        }
    }
    if !allowed(client.roles.as_ref(), &role.id) {
        return Err(not_its_role());
    }
    Ok(role.id.clone())
}

fn not_its_role() -> OauthRefusal {
    OauthRefusal::Scope { why: "this client may not use that role" }
}

/// Who acts now, before those who acted earlier (RFC 8693, section 4.1).
fn acts(client: &str, before: Option<&Value>) -> Result<Value, OauthRefusal> {
    let earlier = std::iter::successors(before, |act| act.get("act")).count();
    if earlier >= MOST_ACTORS {
        return Err(unfit("too many act one after the other already"));
    }
    Ok(match before {
        None => json!({ "sub": client }),
        Some(before) => json!({ "sub": client, "act": before }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_are_nested_and_their_number_is_bounded() {
        let mut act = acts("cli_1", None).unwrap();
        assert_eq!(act, json!({ "sub": "cli_1" }));
        for n in 2..=MOST_ACTORS {
            act = acts(&format!("cli_{n}"), Some(&act)).unwrap();
        }
        assert_eq!(act, json!({ "sub": "cli_3", "act": { "sub": "cli_2", "act": { "sub": "cli_1" } } }));
        assert!(acts("cli_4", Some(&act)).is_err());
    }

    #[test]
    fn types_of_tokens_are_read_strictly() {
        let plain = Presented {
            subject_token: "x".into(),
            subject_token_type: ACCESS_TOKEN.into(),
            actor_token: None,
            actor_token_type: None,
            requested_token_type: None,
            scope: None,
            resource: None,
            audience: None,
        };
        assert!(plain.check().is_ok());
        assert!(Presented { subject_token_type: JWT.into(), ..plain.clone() }.check().is_ok());
        assert!(Presented { requested_token_type: Some(ACCESS_TOKEN.into()), ..plain.clone() }.check().is_ok());
        let id_token = "urn:ietf:params:oauth:token-type:id_token";
        for bad in [
            Presented { subject_token_type: id_token.into(), ..plain.clone() },
            Presented { requested_token_type: Some(JWT.into()), ..plain.clone() },
            Presented { actor_token: Some("x".into()), ..plain.clone() },
            Presented { actor_token_type: Some(JWT.into()), ..plain.clone() },
            Presented { actor_token: Some("x".into()), actor_token_type: Some(id_token.into()), ..plain.clone() },
        ] {
            assert!(bad.check().is_err(), "{bad:?}");
        }
    }
}
