//! A person lets a tool in: the family that its tokens will belong to begins, the same way whether a browser brings a code or
//! a device waits for one.

use super::mint_token;
use crate::{
    access::{self, request::AccessRefusal},
    app::Content,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{ids::Id, refusal::Fault, text::Slug},
    db::Writing,
    identity::{self, actor::Signed},
    tokens::{
        client::GrantType,
        refusal::OauthRefusal,
        rows::{self, AuthorizationRow},
        scope::{self, Scopes},
    },
};
use serde_json::{Value, json};

/// What a tool is let in for.
pub(super) struct Connecting<'a> {
    pub(super) client: &'a str,
    pub(super) scopes: &'a Scopes,
    pub(super) role: Option<&'a Slug>,
    /// How it is let in.
    pub(super) way: GrantType,
    /// Where the browser is sent back to, where it is.
    pub(super) back: Option<&'a str>,
    pub(super) resource: Option<&'a str>,
    pub(super) nonce: Option<&'a str>,
}

/// Begins the family, with the person held: nothing that ends what it rests on comes between.
///
/// # Errors
/// The tool was removed, the person signed out, the role is not effective at this instant, or the database is away.
pub(super) fn begin(
    w: &mut Writing<'_>,
    content: &Content,
    signed: &Signed,
    wanted: &Connecting<'_>,
) -> Result<AuthorizationRow, Fault> {
    let who = signed.person.id;
    identity::rows::hold(w, who, false)?;
    let client = rows::hold_client(w, wanted.client)?.ok_or(OauthRefusal::NoSuchClient)?;
    // As the tool is now: an admin may have changed it since the request was judged.
    if !client.may(wanted.way) || wanted.back.is_some_and(|uri| !client.redirects_to(uri)) {
        return Err(OauthRefusal::ClientMayNot { why: "it was changed meanwhile" }.into());
    }
    if wanted.role.is_some_and(|role| !scope::allowed(client.roles.as_ref(), role)) {
        return Err(OauthRefusal::Scope { why: "this tool may not use that role" }.into());
    }
    if wanted.role.is_none() && access::rows::person_locked(w, who)? {
        return Err(AccessRefusal::Locked { missing: Vec::new() }.into());
    }
    if !rows::session_open(w, signed.session)? {
        return Err(OauthRefusal::LoginRequired.into());
    }
    if let Some(role) = wanted.role {
        if access::rows::effective(w, who, role)?.is_none()
            && let Some(known) = content.catalogue.roles.get(role)
        {
            return Err(mint_token::why_not(w, content, who, known)?.into());
        }
        rows::forget_request(w, who, &client.id, role)?;
    }
    let family = AuthorizationRow {
        id: Id::new(w.now()),
        client_id: client.id.clone(),
        person_id: who,
        session_id: Some(signed.session),
        scope: wanted.scopes.text(),
        role_id: wanted.role.map(ToString::to_string),
        resource: wanted.resource.map(str::to_owned),
        auth_at: signed.since,
        nonce: wanted.nonce.map(str::to_owned),
        ended_at: None,
    };
    rows::consent(w, who, &client.id, &wanted.scopes.agreed(wanted.role))?;
    rows::insert_authorization(w, &family)?;
    Ok(family)
}

/// Writes the line of it; `more` says how it came about.
///
/// # Errors
/// The database is away.
pub(super) fn note(w: &mut Writing<'_>, by: &By, family: &AuthorizationRow, more: Value) -> Result<(), Fault> {
    let mut entry = Entry::new(What::ToolConnected).person(family.person_id).about(family.client_id.clone());
    if let Some(role) = family.role_id.as_ref().and_then(|role| role.parse::<Slug>().ok()) {
        entry = entry.role(&role);
    }
    let mut data = json!({ "authorization": family.id, "scope": family.scope });
    if let (Value::Object(data), Value::Object(more)) = (&mut data, more) {
        data.extend(more);
    }
    Ok(audit::rows::append(w, by, entry.data(data))?)
}
