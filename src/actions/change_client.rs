//! Changing a tool or service account that is registered: what it may no longer use ends at that moment, and the owner of an
//! account that is to use more is asked anew.

use super::{About, act};
use crate::{
    access::request::AccessRefusal,
    app::{App, Content},
    audit::{
        self,
        event::{Entry, What},
    },
    base::{refusal::Fault, text::Slug},
    certification,
    db::Reading,
    identity::actor::Actor,
    tokens::{
        claims::FIRST_PARTY,
        client::{Client, ClientRefusal, GrantType, Registration},
        refusal::OauthRefusal,
        rows, scope,
    },
};
use serde_json::json;

/// What is to be another way; the rest stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub name: Option<String>,
    pub redirect_uris: Option<Vec<String>>,
    pub post_logout_uris: Option<Vec<String>>,
    /// Where it is not said, token exchange comes and goes with `exchanges`.
    pub grant_types: Option<Vec<GrantType>>,
    /// In it, none means every role.
    pub roles: Option<Option<Vec<Slug>>>,
    pub exchanges: Option<Vec<String>>,
}

/// Refuses roles that are not in the catalogue.
///
/// # Errors
/// One is not.
pub(super) fn known_roles(content: &Content, roles: Option<&Vec<Slug>>) -> Result<(), Fault> {
    match roles.into_iter().flatten().find(|role| !content.catalogue.roles.contains_key(*role)) {
        Some(role) => Err(AccessRefusal::NoSuchRole { id: role.to_string() }.into()),
        None => Ok(()),
    }
}

/// Refuses clients to exchange from that are not there.
///
/// # Errors
/// One is not, or the database is away.
pub(super) fn known_clients(r: &mut Reading<'_>, exchanges: &[String]) -> Result<(), Fault> {
    for client in exchanges {
        // Those that the house's own pages show are named by its own name.
        if client != FIRST_PARTY && rows::client(r, client)?.is_none() {
            return Err(ClientRefusal::Exchange { what: "unknown", why: "one of the tools is not there" }.into());
        }
    }
    Ok(())
}

/// What a client becomes, in its kept form.
fn changed(client: &Client, changes: Changes) -> Result<(Registration, Vec<String>), ClientRefusal> {
    let exchanges = changes.exchanges.unwrap_or_else(|| client.exchanges.clone());
    let grant_types = changes.grant_types.unwrap_or_else(|| {
        let others = client.grant_types.iter().copied().filter(|way| *way != GrantType::TokenExchange);
        others.chain((!exchanges.is_empty()).then_some(GrantType::TokenExchange)).collect()
    });
    let wanted = Registration {
        name: changes.name.unwrap_or_else(|| client.name.clone()),
        kind: client.kind,
        redirect_uris: changes.redirect_uris.unwrap_or_else(|| client.redirect_uris.clone()),
        post_logout_uris: changes.post_logout_uris.unwrap_or_else(|| client.post_logout_uris.clone()),
        grant_types,
        roles: changes.roles.unwrap_or_else(|| client.roles.clone()),
    };
    let new = if client.owner.is_some() { wanted.checked_service()? } else { wanted.checked()? };
    let exchanges = new.checked_exchanges(exchanges)?;
    Ok((new, exchanges))
}

/// Whether an account may do what it could not before: its owner has not agreed to that.
fn widens(before: &Client, new: &Registration, exchanges: &[String]) -> bool {
    new.roles.iter().flatten().any(|role| !scope::allowed(before.roles.as_ref(), role))
        || exchanges.iter().any(|client| !before.exchanges.contains(client))
}

/// Changes a tool or a service account. Tokens and sign-ins for roles that it may no longer use end in the same transaction,
/// and so does what it got for tokens of a tool that it may no longer exchange. An account that is to use more waits for its
/// owner, unless they say so themselves. What is as it was leaves no line.
///
/// # Errors
/// The actor is no admin, there is no such tool, it is the house's own, a value is refused, or the database is away.
pub async fn change_client(app: &App, actor: &Actor, client: String, changes: Changes) -> Result<(), Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    act(app, actor, "change_client", About::nothing().named(client.clone()), move |w, by| {
        caller.as_admin()?;
        // Whoever issues for it has ended, and is seen below; or waits, and finds the new state.
        let before = rows::take_client(w, &client)?.ok_or(OauthRefusal::NoSuchClient)?;
        if before.first_party {
            return Err(ClientRefusal::FirstParty.into());
        }
        let (new, exchanges) = changed(&before, changes.clone())?;
        known_roles(&content, new.roles.as_ref().filter(|roles| before.roles.as_ref() != Some(roles)))?;
        let fresh: Vec<_> = exchanges.iter().filter(|one| !before.exchanges.contains(one)).cloned().collect();
        known_clients(w, &fresh)?;
        let fields = differing(&before, &new, &exchanges);
        if fields.is_empty() {
            return Ok(());
        }
        let own = caller.signed().is_ok_and(|signed| before.owner == Some(signed.person.id));
        let asks = before.owner.filter(|_| widens(&before, &new, &exchanges) && !own);
        rows::change_client(w, &client, &new, &exchanges)?;
        let (mut sign_ins, mut tokens) = (0, 0);
        for role in rows::roles_in_use(w, &client)? {
            if !scope::allowed(new.roles.as_ref(), &role) {
                sign_ins += rows::end_families(w, rows::Whose::ClientRole(&client, &role), rows::Ending::RoleTaken)?;
                tokens += rows::end_tokens_of_role(w, &client, &role)?;
            }
        }
        for gone in before.exchanges.iter().filter(|one| !exchanges.contains(one)) {
            tokens += rows::end_exchanged(w, &client, gone)?;
        }
        if let Some(owner) = asks {
            rows::accept(w, &client, owner, false)?;
            tokens += rows::end_service_tokens(w, &client)?;
            certification::rows::outdate_asking(w, &client)?;
            certification::rows::ask_owner(w, owner, &client, &new.name)?;
        }
        let mut entry = Entry::new(What::ClientChanged).about(client.clone()).data(json!({
            "changed": fields, "redirect_uris": new.redirect_uris, "post_logout_redirect_uris": new.post_logout_uris,
            "grant_types": new.grant_types, "roles": new.roles, "exchanges": exchanges, "asks_owner": asks.is_some(),
            "sign_ins_ended": sign_ins, "tokens_ended": tokens,
        }));
        if let Some(owner) = before.owner {
            entry = entry.person(owner);
        }
        Ok(audit::rows::append(w, by, entry.texts(json!({ "name": new.name, "name_before": before.name })))?)
    })
    .await
}

/// The names of what is another way, as the API calls them.
fn differing(before: &Client, new: &Registration, exchanges: &[String]) -> Vec<&'static str> {
    let compared = [
        ("name", before.name != new.name),
        ("redirect_uris", before.redirect_uris != new.redirect_uris),
        ("post_logout_redirect_uris", before.post_logout_uris != new.post_logout_uris),
        ("grant_types", before.grant_types != new.grant_types),
        ("roles", before.roles != new.roles),
        ("exchanges", before.exchanges != exchanges),
    ];
    compared.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}
