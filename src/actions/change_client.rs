//! Changing a tool or service account that is registered: what it may no longer use ends at that moment, and the owner of an
//! account that is to use more is asked anew.

use super::{About, act, notify};
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
    identity::{self, actor::Actor},
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
    /// Where they are not said, codes of browsers come and go with the redirect addresses, and token exchange with `exchanges`.
    pub grant_types: Option<Vec<GrantType>>,
    /// Whether it gets refresh tokens, and whether it is let in by a code that people type; for those who do not say all.
    pub refreshes: Option<bool>,
    pub devices: Option<bool>,
    /// In it, none means every role.
    pub roles: Option<Option<Vec<Slug>>>,
    pub exchanges: Option<Vec<String>>,
}

/// Refuses roles that are not in the catalogue; those that it has already may have left it since.
///
/// # Errors
/// One is not.
pub(super) fn known_roles(
    content: &Content,
    roles: Option<&Vec<Slug>>,
    before: Option<&Vec<Slug>>,
) -> Result<(), Fault> {
    let known =
        |role: &Slug| content.catalogue.roles.contains_key(role) || before.is_some_and(|before| before.contains(role));
    match roles.into_iter().flatten().find(|role| !known(role)) {
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
    let redirect_uris = changes.redirect_uris.unwrap_or_else(|| client.redirect_uris.clone());
    let some = |list: &[String]| list.iter().any(|one| !one.trim().is_empty());
    let grant_types = changes.grant_types.unwrap_or_else(|| {
        let moved = redirect_uris != client.redirect_uris;
        let switches = [
            (GrantType::AuthorizationCode, moved.then(|| some(&redirect_uris))),
            (GrantType::RefreshToken, changes.refreshes),
            (GrantType::DeviceCode, changes.devices),
            (GrantType::ClientCredentials, None),
            (GrantType::TokenExchange, Some(some(&exchanges))),
        ];
        let on = switches.into_iter().filter(|(way, wanted)| wanted.unwrap_or_else(|| client.may(*way)));
        on.map(|(way, _)| way).collect()
    });
    let wanted = Registration {
        name: changes.name.unwrap_or_else(|| client.name.clone()),
        kind: client.kind,
        redirect_uris,
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
        // An owner is held before their account, as everywhere.
        let owner = rows::client(w, &client)?.and_then(|found| found.owner);
        if let Some(owner) = owner {
            identity::rows::hold(w, owner, false)?;
        }
        // Whoever issues for it has ended, and is seen below; or waits, and finds the new state.
        let before = rows::take_client(w, &client)?.ok_or(OauthRefusal::NoSuchClient)?;
        if before.first_party {
            return Err(ClientRefusal::FirstParty.into());
        }
        let (new, exchanges) = changed(&before, changes.clone())?;
        known_roles(&content, new.roles.as_ref(), before.roles.as_ref())?;
        let fresh: Vec<_> = exchanges.iter().filter(|one| !before.exchanges.contains(one)).cloned().collect();
        known_clients(w, &fresh)?;
        let fields = differing(&before, &new, &exchanges);
        if fields.is_empty() {
            return Ok(());
        }
        let own = caller.signed().is_ok_and(|signed| before.owner == Some(signed.person.id));
        let asks = before.owner.filter(|_| widens(&before, &new, &exchanges) && !own);
        if asks.is_some() {
            // On their access it rested with what it could use so far, and with nothing more.
            rows::await_owner(w, &client)?;
        }
        rows::change_client(w, &client, &new, &exchanges)?;
        if new.redirect_uris.iter().any(|uri| !before.redirect_uris.contains(uri)) {
            // People agreed to a tool that sent them elsewhere.
            rows::forget_all_consents(w, &client)?;
        }
        let (mut sign_ins, mut tokens) = (0, 0);
        let in_use = if before.roles == new.roles { Vec::new() } else { rows::roles_in_use(w, &client)? };
        for role in in_use.iter().filter(|role| !scope::allowed(new.roles.as_ref(), role)) {
            sign_ins += rows::end_families(w, rows::Whose::ClientRole(&client, role), rows::Ending::RoleTaken)?;
            tokens += rows::end_held(w, &client, Some(role))?;
        }
        for role in before.roles.iter().flatten().filter(|role| !scope::allowed(new.roles.as_ref(), role)) {
            certification::rows::outdate_service(w, &client, role)?;
            rows::forget_access(w, &client, role)?;
        }
        for gone in before.exchanges.iter().filter(|one| !exchanges.contains(one)) {
            tokens += rows::end_exchanged(w, &client, gone)?;
        }
        if let Some(owner) = asks {
            tokens += rows::end_held(w, &client, None)?;
            certification::rows::outdate_asking(w, &client)?;
            notify::ask_owner(w, by, owner, &client, &new.name)?;
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
