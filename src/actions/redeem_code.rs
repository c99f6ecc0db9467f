//! A code becomes tokens, once; whoever presents it again ends what it issued (RFC 6749, section 4.1.2).

use super::{
    About, act,
    issue_tokens::{self, Issued},
};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::refusal::{Broken, Fault},
    db::Writing,
    identity::{self, actor::Actor, secret::Secret},
    tokens::{
        client::{Client, GrantType},
        pkce,
        refusal::OauthRefusal,
        rows::{self, AuthorizationRow, Ending, Whose},
        scope::Scopes,
    },
};
use serde_json::json;

/// What a client presents.
#[derive(Clone, Debug)]
pub struct Presented {
    pub code: Secret,
    pub verifier: String,
    pub redirect_uri: String,
    /// Where the client repeats it (RFC 8707, section 2.2): it can not be another one now.
    pub resource: Option<String>,
}

/// Ends what a code issued that was presented again.
///
/// # Errors
/// The database is away.
pub(super) fn end_reused(
    w: &mut Writing<'_>,
    by: &By,
    client: &Client,
    owner: &AuthorizationRow,
) -> Result<(), Broken> {
    identity::rows::hold(w, owner.person_id, false)?;
    if rows::end_families(w, Whose::One(owner.id), Ending::CodeReused)? > 0 {
        let entry = Entry::new(What::ToolEnded).person(owner.person_id).about(client.id.clone());
        let data = json!({ "reason": Ending::CodeReused, "authorization": owner.id });
        audit::rows::append(w, by, entry.data(data))?;
    }
    Ok(())
}

/// Redeems a code.
///
/// # Errors
/// The code is unknown, another client's, used, over, or meant for another address; the verifier is not its; the access is
/// not effective at this instant; or the database is away.
pub async fn redeem_code(app: &App, actor: &Actor, client: Client, shown: Presented) -> Result<Issued, Fault> {
    let content = app.content()?;
    if !client.may(GrantType::AuthorizationCode) {
        let refusal = OauthRefusal::ClientMayNot { why: "it is not registered for authorization_code" };
        return Err(super::refuse(app, actor, "redeem_code", About::nothing().named(client.id), refusal.into()).await);
    }
    let (house, kept, refresh) = (app.clone(), content.clone(), issue_tokens::refresh_for(&client)?);
    let about = About::nothing().named(client.id.clone());
    let draft = act(app, actor, "redeem_code", about, move |w, by| {
        let wrong = |why| Fault::from(OauthRefusal::Grant { why });
        let hash = shown.code.hash();
        let found = rows::code(w, &hash)?.ok_or_else(|| wrong("there is no such code"))?;
        let owner = rows::family(w, found.authorization_id)?.ok_or_else(|| wrong("there is no such code"))?;
        if owner.client_id != client.id {
            return Err(wrong("it was issued to somebody else"));
        }
        identity::rows::hold(w, owner.person_id, false)?;
        // Proofs first: whoever only saw the code can neither use it nor end what it issued.
        if !pkce::proves(&shown.verifier, &found.challenge) {
            return Err(wrong("the code_verifier is not the one of this code"));
        }
        if found.redirect_uri != shown.redirect_uri {
            return Err(wrong("the redirect_uri is not the one of this code"));
        }
        let allowed = Scopes::read(&owner.scope)?;
        issue_tokens::same_resource((&house, &*kept), &owner, &allowed, shown.resource.as_deref())?;
        if !rows::redeem(w, &hash)? {
            end_reused(w, by, &client, &owner)?;
            return Err(wrong("this code was used before; what it issued has ended"));
        }
        if w.now() >= found.expires_at {
            return Err(wrong("the time of this code is over"));
        }
        let (family, person) = issue_tokens::hold_family(w, &client, owner.id)?;
        let scopes = Scopes::read(&family.scope)?;
        let extras = (family.nonce.as_deref(), refresh.clone());
        issue_tokens::draft(w, by, (&house, &*kept), &client, (&family, &person), &scopes, extras)
    })
    .await?;
    issue_tokens::sign(app, &content, draft).await
}
