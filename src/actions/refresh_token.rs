//! A refresh token becomes tokens and the next refresh token; whoever presents a used one ends the family (RFC 9700, section
//! 4.14.2).
//!
//! An answer can be lost on its way, and the tool then presents the same token again. That is told from theft by what came
//! of the first answer: within [`LOST_SECONDS`], while nobody has used the token that it carried, that one is replaced by
//! another. There is never more than one live token; if the first answer was not lost after all, its holder presents the
//! replaced token, two parties are known to hold the family, and it ends. A thief gains nothing that using the token at
//! once would not have given, and is found out the same way.

use super::{
    About, act,
    issue_tokens::{self, Issued},
};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{clock::Time, refusal::Fault},
    db::Reading,
    identity::{self, actor::Actor, secret::Secret},
    tokens::{
        client::Client,
        refusal::OauthRefusal,
        rows::{self, Ending, RefreshRow, Whose},
        scope::Scopes,
    },
};
use serde_json::json;

/// How long after its use a refresh token may come again because the answer was lost, in seconds.
pub const LOST_SECONDS: i64 = 10;

/// Exchanges a refresh token; `scope` may ask for less than was allowed.
///
/// # Errors
/// The token is unknown, another client's, over or used; the scope is wider; the access is not effective at this instant;
/// or the database is away.
pub async fn refresh_token(
    app: &App,
    actor: &Actor,
    client: Client,
    token: Secret,
    scope: Option<String>,
    resource: Option<String>,
) -> Result<Issued, Fault> {
    let content = app.content()?;
    let about = About::nothing().named(client.id.clone());
    let Some(next) = issue_tokens::refresh_for(&client)? else {
        let refusal = OauthRefusal::ClientMayNot { why: "it is not registered for refresh_token" };
        return Err(super::refuse(app, actor, "refresh_token", about, refusal.into()).await);
    };
    let (house, kept) = (app.clone(), content.clone());
    let draft = act(app, actor, "refresh_token", about, move |w, by| {
        let wrong = |why| Fault::from(OauthRefusal::Grant { why });
        let hash = token.hash();
        let found = rows::refresh(w, &hash)?.ok_or_else(|| wrong("there is no such refresh token"))?;
        let owner = rows::family(w, found.authorization_id)?.ok_or_else(|| wrong("there is no such refresh token"))?;
        if owner.client_id != client.id {
            return Err(wrong("it was issued to somebody else"));
        }
        identity::rows::hold(w, owner.person_id, false)?;
        let (family, person) = issue_tokens::hold_family(w, &client, owner.id)?;
        // Under the hold: another replica may have exchanged it meanwhile.
        let found = rows::refresh(w, &hash)?.ok_or_else(|| wrong("there is no such refresh token"))?;
        if found.rotated_at.is_some() || found.replaced_at.is_some() {
            if !answer_lost(w, &found)? {
                rows::end_families(w, Whose::One(family.id), Ending::RefreshReused)?;
                let entry = Entry::new(What::ToolEnded).person(person.id).about(client.id.clone());
                let data = json!({ "reason": Ending::RefreshReused, "authorization": family.id });
                audit::rows::append(w, by, entry.data(data))?;
                return Err(wrong("this refresh token was used before; what it belonged to has ended"));
            }
        } else if w.now() >= found.expires_at {
            return Err(wrong("the time of this refresh token is over"));
        }
        let allowed = Scopes::read(&family.scope)?;
        let scopes = match &scope {
            None => allowed.clone(),
            Some(narrower) => Scopes::read(narrower)?,
        };
        if !scopes.within(&allowed) {
            return Err(OauthRefusal::Scope { why: "it is wider than what the person allowed" }.into());
        }
        issue_tokens::same_resource((&house, &*kept), &family, &scopes, resource.as_deref())?;
        let extras = (None, Some(next.clone()));
        let draft = issue_tokens::draft(w, by, (&house, &*kept), &client, (&family, &person), &scopes, extras)?;
        rows::rotate(w, &found, &next.hash())?;
        Ok(draft)
    })
    .await?;
    issue_tokens::sign(app, &content, draft).await
}

/// Whether a used token comes again because its answer was lost.
fn answer_lost(r: &mut Reading<'_>, found: &RefreshRow) -> Result<bool, Fault> {
    let recent = |at: Time| r.at() < at.plus_seconds(LOST_SECONDS);
    let (None, Some(next), true) = (found.replaced_at, &found.next_hash, found.rotated_at.is_some_and(recent)) else {
        return Ok(false);
    };
    Ok(rows::refresh(r, next)?.is_some_and(|next| next.rotated_at.is_none()))
}
