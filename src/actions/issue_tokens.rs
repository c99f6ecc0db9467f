//! What a family gets when something is exchanged for tokens: recorded with its events in the running transaction, signed
//! after the commit.

use super::mint_token::{self, Bearer, For};
use crate::{
    access::{catalogue::Signing, rows as access_rows},
    app::{App, Content},
    audit::event::By,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    db::Writing,
    identity::{
        self,
        person::{Person, State},
        secret::Secret,
    },
    tokens::{
        claims::AccessClaims,
        client::{Client, GrantType},
        id_token::{self, LIFETIME, Said},
        refusal::OauthRefusal,
        rows::{self, AuthorizationRow, IdentityToken, Purpose, TokenRow},
        scope::{self, Scopes},
    },
};
use serde_json::{Map, Value, json};

/// How long a refresh token waits to be used, in seconds.
const REFRESH_IDLE: i64 = 14 * 86_400;

/// The answer of the token endpoint (RFC 6749, section 5.1).
#[derive(Clone)]
pub struct Issued {
    pub access_token: String,
    pub expires_in: i64,
    pub scope: String,
    pub refresh_token: Option<String>,
    pub id_token: Option<String>,
    /// What it is, where it was exchanged (RFC 8693, section 2.2.1).
    pub issued_token_type: Option<&'static str>,
}

/// What was recorded and is to be signed.
pub(super) struct Draft {
    access: Access,
    id_token: Option<(String, Map<String, Value>)>,
    refresh: Option<Secret>,
    scope: String,
}

enum Access {
    /// For a warehouse.
    Warehouse(Box<(TokenRow, AccessClaims)>),
    /// For the userinfo endpoint: the name of the key, and what it says.
    Identity(String, Map<String, Value>),
}

/// The person of a family, held, and the family as it stands under that hold: whoever ends it waits, or was first.
///
/// # Errors
/// The family has ended, its session is over, the person is shut out, or the database is away.
pub(super) fn hold_family(
    w: &mut Writing<'_>,
    client: &Client,
    id: Id<ids::Authorization>,
) -> Result<(AuthorizationRow, Person), Fault> {
    let gone = |why| Fault::from(OauthRefusal::Grant { why });
    let family = rows::hold_authorization(w, id)?.filter(|family| family.client_id == client.id);
    let family = family.ok_or_else(|| gone("it was issued to somebody else"))?;
    if family.ended_at.is_some() {
        return Err(gone("what it belongs to has ended"));
    }
    let person = identity::rows::person(w, family.person_id)?.filter(|person| person.state == State::Active);
    let person = person.ok_or_else(|| gone("the person has no active account"))?;
    // Without offline_access a tool is there as long as the person is (OpenID Connect Core, section 11).
    let stays = Scopes::read(&family.scope)?.has("offline_access");
    if let (false, Some(session)) = (stays, family.session_id)
        && !rows::session_open(w, session)?
    {
        return Err(gone("the person has signed out"));
    }
    Ok((family, person))
}

/// Holds a resource that a client names with its code or refresh token against what the person allowed (RFC 8707,
/// section 2.2).
///
/// # Errors
/// It is another one.
pub(super) fn same_resource(
    (app, content): (&App, &Content),
    family: &AuthorizationRow,
    scopes: &Scopes,
    resource: Option<&str>,
) -> Result<(), Fault> {
    if resource.is_none() {
        return Ok(());
    }
    let named = scopes.resolve(&content.catalogue, &app.settings.issuer(), resource)?;
    let allowed = family.role_id.as_deref().filter(|_| scopes.role.is_some());
    if named.map(|(role, _)| role.id.as_str()) == allowed {
        return Ok(());
    }
    Err(OauthRefusal::Target { why: "it is not the resource that the person allowed" }.into())
}

/// Records the tokens of a family for a scope that is no wider than what the person allowed.
///
/// # Errors
/// The role is not effective at this instant or no longer allowed to the tool, or the database is away.
pub(super) fn draft(
    w: &mut Writing<'_>,
    by: &By,
    (app, content): (&App, &Content),
    client: &Client,
    (family, person): (&AuthorizationRow, &Person),
    scopes: &Scopes,
    (nonce, refresh): (Option<&str>, Option<Secret>),
) -> Result<Draft, Fault> {
    let issuer = app.settings.issuer();
    let role: Option<Slug> = match (&scopes.role, &family.role_id) {
        (Some(_), Some(role)) => Some(role.parse().map_err(Broken::defect)?),
        _ => None,
    };
    if role.as_ref().is_some_and(|role| !scope::allowed(client.roles.as_ref(), role)) {
        return Err(OauthRefusal::Grant { why: "this tool may no longer use that role" }.into());
    }
    let minted = match &role {
        Some(role) => {
            let wanted = For {
                person,
                role,
                client: &client.id,
                bearer: Bearer::Person {
                    session: family.session_id,
                    signed_in_at: family.auth_at,
                    authorization: Some(family.id),
                },
            };
            Some(mint_token::mint(w, by, content, &issuer, &wanted)?)
        }
        // Who somebody is hangs on no certificate; a lock on them outranks that, too (I5).
        None if access_rows::person_locked(w, person.id)? => {
            return Err(OauthRefusal::Grant { why: "the person is locked" }.into());
        }
        None => None,
    };
    // Minting may have moved the transaction's instant.
    let now: Time = w.now();
    let said = Said {
        issuer: &issuer,
        client: &client.id,
        person,
        scopes,
        session: family.session_id,
        auth_at: family.auth_at,
        now,
        nonce,
    };
    // Every client of OpenID Connect takes RS256 (Core, section 15.1).
    let kid = match (&minted, scopes.has("openid")) {
        (Some(_), false) => None,
        _ => Some(rows::active_kid(w, Purpose::Token, Signing::RS256)?),
    };
    let access = match (minted, &kid) {
        (Some(minted), _) => Access::Warehouse(Box::new(minted)),
        (None, Some(kid)) => {
            let token = IdentityToken {
                id: Id::new(now),
                authorization_id: family.id,
                kid: kid.clone(),
                issued_at: now,
                expires_at: now.plus_seconds(LIFETIME),
                address: by.address.clone(),
            };
            let place = rows::insert_identity_token(w, &token)?;
            Access::Identity(kid.clone(), id_token::access(&said, token.id, place))
        }
        (None, None) => return Err(Broken::defect("a token for nothing").into()),
    };
    let id_token = kid.filter(|_| scopes.has("openid")).map(|kid| (kid, id_token::id_token(&said)));
    rows::use_authorization(w, family.id)?;
    if let Some(secret) = &refresh {
        rows::insert_refresh(w, &secret.hash(), family.id, now.plus_seconds(REFRESH_IDLE))?;
    }
    Ok(Draft { access, id_token, refresh, scope: scopes.text() })
}

/// A fresh refresh token, where the client may have one.
pub(super) fn refresh_for(client: &Client) -> Result<Option<Secret>, Broken> {
    client.may(GrantType::RefreshToken).then(|| Secret::new("hrt")).transpose()
}

/// Signs what was recorded.
///
/// # Errors
/// A key can't be read.
pub(super) async fn sign(app: &App, content: &Content, draft: Draft) -> Result<Issued, Fault> {
    let (access_token, expires_in) = match draft.access {
        Access::Warehouse(minted) => {
            let (record, claims) = *minted;
            let (token, ..) = mint_token::sign_access(app, content, &record, &claims).await?;
            (token, claims.exp - claims.iat)
        }
        Access::Identity(kid, claims) => {
            (mint_token::sign(app, &kid, "at+jwt", Signing::RS256, claims).await?, LIFETIME)
        }
    };
    let id_token = match draft.id_token {
        None => None,
        Some((kid, mut claims)) => {
            claims.insert("at_hash".to_owned(), json!(id_token::at_hash(&access_token)));
            Some(mint_token::sign(app, &kid, "JWT", Signing::RS256, claims).await?)
        }
    };
    Ok(Issued {
        access_token,
        expires_in,
        scope: draft.scope,
        refresh_token: draft.refresh.map(|secret| secret.reveal().to_owned()),
        id_token,
        issued_token_type: None,
    })
}
