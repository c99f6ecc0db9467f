//! What a token is worth now: introspection (RFC 7662), giving one back (RFC 7009), and whose it is (OpenID Connect Core,
//! section 5.3).

use super::{
    About, act, look, refuse,
    weigh_token::{self, Weighed},
};
use crate::{
    access,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::refusal::Fault,
    identity::{self, actor::Actor, person::Person, secret::Secret},
    tokens::{
        client::{Client, ClientKind},
        id_token,
        refusal::OauthRefusal,
        rows::{self, Ending, Whose},
        scope::Scopes,
    },
};
use serde_json::{Map, Value, json};

/// What a token is worth: its claims, or nothing.
///
/// # Errors
/// The asking client can keep no secret, or the database is away.
pub async fn introspect_token(
    app: &App,
    actor: &Actor,
    client: Client,
    token: String,
) -> Result<Option<Map<String, Value>>, Fault> {
    if client.kind == ClientKind::Public {
        let about = About::nothing().named(client.id);
        return Err(refuse(app, actor, "introspect_token", about, OauthRefusal::ClientUnproven.into()).await);
    }
    let weighed = weigh_token::weigh(app, &token).await?;
    if !matches!(weighed, Weighed::NotOurs) {
        return Ok(weighed.live().map(|live| {
            app.memory.used(&live, app.now());
            let mut claims = live.claims.clone();
            if let Some(login) = claims.get("preferred_username").cloned() {
                claims.insert("username".to_owned(), login);
            }
            claims.insert("active".to_owned(), json!(true));
            claims.insert("token_type".to_owned(), json!("Bearer"));
            claims
        }));
    }
    // A refresh token is told of to nobody but its own client.
    let (hash, issuer) = (Secret::presented(&token).hash(), app.settings.issuer());
    app.db
        .read(app.now(), move |r| {
            let now = r.at();
            let found = rows::refresh(r, &hash)?
                .filter(|token| token.rotated_at.is_none() && token.replaced_at.is_none() && now < token.expires_at);
            let Some(token) = found else { return Ok(None) };
            let family = rows::family(r, token.authorization_id)?;
            let Some(family) = family.filter(|family| family.ended_at.is_none() && family.client_id == client.id)
            else {
                return Ok(None);
            };
            if let (Some(role), Some(slug)) =
                (&family.role_id, family.role_id.as_ref().and_then(|role| role.parse().ok()))
                && access::rows::effective(r, family.person_id, &slug)?.is_none()
            {
                tracing::debug!(role, "a refresh token waits for an access that is not effective");
                return Ok(None);
            }
            let told = json!({
                "active": true, "iss": issuer, "client_id": family.client_id, "sub": family.person_id,
                "scope": family.scope, "iat": token.created_at.seconds(), "exp": token.expires_at.seconds(),
            });
            Ok(told.as_object().cloned())
        })
        .await
}

/// Gives a token back. What is unknown, over or another client's is as good as given back.
///
/// # Errors
/// The database is away.
pub async fn revoke_token(app: &App, actor: &Actor, client: Client, token: String) -> Result<(), Fault> {
    let access = weigh_token::access_token(app, &token).map(|read| read.id);
    let hash = Secret::presented(&token).hash();
    let own = client.id.clone();
    // What is not there is found out without a place among those who write.
    let there = app
        .db
        .look_up(app.now(), move |r| {
            Ok(match access {
                Some(id) => rows::token_standing(r, id)?.is_some_and(|standing| standing.client_id == own),
                None => rows::refresh(r, &hash)?.is_some(),
            })
        })
        .await?;
    if !there {
        return Ok(());
    }
    let hash = Secret::presented(&token).hash();
    act(app, actor, "revoke_token", About::nothing().named(client.id.clone()), move |w, by| {
        if let Some(id) = access {
            let Some(standing) = rows::token_standing(w, id)?.filter(|standing| standing.client_id == client.id) else {
                return Ok(());
            };
            if rows::revoke_token(w, id)? {
                let entry = Entry::new(What::TokenRevoked).person(standing.person_id).subject(id);
                audit::rows::append(w, by, entry.data(json!({ "client": client.id })))?;
            }
            return Ok(());
        }
        let Some(token) = rows::refresh(w, &hash)? else { return Ok(()) };
        let family = rows::family(w, token.authorization_id)?.filter(|family| family.client_id == client.id);
        let Some(family) = family else { return Ok(()) };
        identity::rows::hold(w, family.person_id, false)?;
        if rows::end_families(w, Whose::One(family.id), Ending::Revoked)? > 0 {
            let entry = Entry::new(What::ToolEnded).person(family.person_id).about(client.id.clone());
            let data = json!({ "reason": Ending::Revoked, "authorization": family.id });
            audit::rows::append(w, by, entry.data(data))?;
        }
        Ok(())
    })
    .await
}

/// What a tool is told of a person for an access token that was made for this.
///
/// # Errors
/// The token is for something else, over or revoked, or the database is away.
pub async fn read_userinfo(app: &App, actor: &Actor, token: &str) -> Result<Map<String, Value>, Fault> {
    // The type, too (RFC 9068, section 4): some warehouses get tokens that say they are any JWT.
    if app.keyring.read(token).is_none_or(|read| read.typ != "at+jwt") {
        return Err(refuse(app, actor, "read_userinfo", About::nothing(), OauthRefusal::TokenDead.into()).await);
    }
    let issuer = app.settings.issuer();
    let here = |claims: &Map<String, Value>| claims.get("aud") == Some(&json!(issuer));
    let read = weigh_token::access_token(app, token).filter(|read| here(&read.claims));
    let scopes = read.as_ref().and_then(|read| read.claims.get("scope")).and_then(Value::as_str).unwrap_or_default();
    let scopes = Scopes::read(scopes).ok().filter(|scopes| scopes.has("openid"));
    let (Some(read), Some(scopes)) = (read, scopes) else {
        return Err(refuse(app, actor, "read_userinfo", About::nothing(), OauthRefusal::TokenDead.into()).await);
    };
    let person: Person = look(app, actor, "read_userinfo", About::nothing().subject(read.id), move |r| {
        let (standing, ..) = weigh_token::lives(r, &read)?.ok_or(OauthRefusal::TokenDead)?;
        Ok(identity::rows::person(r, standing.person_id)?.ok_or(OauthRefusal::TokenDead)?)
    })
    .await?;
    Ok(id_token::about(&person, &scopes))
}
