//! A service account gets a token for itself (RFC 6749, section 4.4): on the access that its owner has at that moment, for one
//! role of its list. No person is signed in, so the token names none but who answers for it; and there is no refresh token
//! (section 4.4.3).

use super::{
    About, act,
    issue_tokens::Issued,
    mint_token::{self, Bearer, For},
    refuse,
};
use crate::{
    access::catalogue::Role,
    app::{App, Content},
    base::{
        refusal::{Broken, Fault, Missing, Refused},
        text::Slug,
    },
    identity::{self, actor::Actor, person::State},
    tokens::{
        client::{Client, ClientKind, GrantType},
        refusal::OauthRefusal,
        rows,
        scope::{STANDARD, Scopes, allowed},
    },
};

/// Mints a token for a service account. Without a scope it is for the one role that the account may use.
///
/// # Errors
/// The client is none, the role is not on its list, the resource is another one, the owner has not agreed to it or has no such
/// access at this instant, or the database is away.
pub async fn service_token(
    app: &App,
    actor: &Actor,
    client: Client,
    scope: Option<String>,
    resource: Option<String>,
) -> Result<Issued, Fault> {
    const VERB: &str = "service_token";
    let content = app.content()?;
    let about = client.owner.map_or_else(About::nothing, About::person).named(client.id.clone());
    let asked = owner_of(&client).and_then(|owner| {
        let role = wanted(app, &content, &client, scope.as_deref(), resource.as_deref())?;
        Ok((owner, role.id.clone()))
    });
    let (owner, role) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return Err(refuse(app, actor, VERB, about, refusal.into()).await),
    };
    let (kept, issuer) = (content.clone(), app.settings.issuer());
    let about = about.role(&role);
    let (record, claims) = act(app, actor, VERB, about, move |w, by| {
        // Whoever ends something of the owner waits, or was first; the same for whoever removes the account or hands it over.
        identity::rows::hold(w, owner, false)?;
        let held = rows::hold_client(w, &client.id)?.filter(|held| held.may(GrantType::ClientCredentials));
        let held = held.ok_or(OauthRefusal::ClientUnproven)?;
        if held.owner != Some(owner) {
            return Err(OauthRefusal::Grant { why: "the account was handed over at this moment; ask again" }.into());
        }
        if held.accepted_at.is_none() {
            return Err(OauthRefusal::Grant { why: "the owner of this account has not agreed to it" }.into());
        }
        if !listed(&held, &role) {
            return Err(OauthRefusal::Scope { why: "this account may not use that role" }.into());
        }
        let person = identity::rows::person(w, owner)?.ok_or_else(|| Broken::defect("an owner who never was"))?;
        if person.state != State::Active {
            return Err(lacks("account-inactive", &person.id.to_string(), Vec::new()).into());
        }
        let wanted = For { person: &person, role: &role, client: &client.id, bearer: Bearer::Machine };
        mint_token::mint(w, by, &kept, &issuer, &wanted).map_err(|fault| match fault {
            Fault::Refused(refused) => of_owner(*refused, &person.id.to_string()),
            broken => broken,
        })
    })
    .await?;
    let (access_token, ..) = mint_token::sign_access(app, &content, &record, &claims).await?;
    let expires_in = claims.exp - claims.iat;
    Ok(Issued {
        access_token,
        expires_in,
        scope: claims.scope,
        refresh_token: None,
        id_token: None,
        issued_token_type: None,
    })
}

/// The owner of a client that may get tokens for itself.
fn owner_of(client: &Client) -> Result<crate::base::ids::Id<crate::base::ids::Person>, OauthRefusal> {
    if client.kind == ClientKind::Public {
        return Err(OauthRefusal::ClientMayNot { why: "it can keep no secret" });
    }
    let owner = client.owner.filter(|_| client.may(GrantType::ClientCredentials));
    owner.ok_or(OauthRefusal::ClientMayNot { why: "it is not registered for client_credentials" })
}

/// The role that a client asks for: one of its list.
fn wanted<'c>(
    app: &App,
    content: &'c Content,
    client: &Client,
    scope: Option<&str>,
    resource: Option<&str>,
) -> Result<&'c Role, OauthRefusal> {
    let catalogue = &content.catalogue;
    let Some(scope) = scope else {
        let [only] = client.roles.as_deref().unwrap_or_default() else {
            return Err(OauthRefusal::Scope { why: "the account may use more than one role: say which" });
        };
        let role = catalogue.roles.get(only).ok_or(OauthRefusal::Scope { why: "there is no such role" })?;
        let audience = catalogue.warehouses.get(&role.warehouse).map(|warehouse| warehouse.audience.as_str());
        return match resource {
            Some(resource) if audience != Some(resource) => {
                Err(OauthRefusal::Target { why: "that warehouse has no such role" })
            }
            _ => Ok(role),
        };
    };
    let scopes = Scopes::read(scope)?;
    if STANDARD.iter().any(|word| scopes.has(word)) {
        return Err(OauthRefusal::Scope { why: "nobody is signed in: ask for the role of a warehouse alone" });
    }
    let found = scopes.resolve(catalogue, &app.settings.issuer(), resource)?;
    let (role, _) = found.ok_or(OauthRefusal::Scope { why: "ask for the role of a warehouse" })?;
    if !listed(client, &role.id) {
        return Err(OauthRefusal::Scope { why: "this account may not use that role" });
    }
    Ok(role)
}

/// Whether a role is on the list of an account. Without a list it may use none.
fn listed(client: &Client, role: &Slug) -> bool {
    client.roles.is_some() && allowed(client.roles.as_ref(), role)
}

/// What an account is told of its owner's case: what is missing, and nothing that people wrote.
fn of_owner(refused: Refused, owner: &str) -> Fault {
    match refused.code {
        "account-inactive"
        | "locked"
        | "certification-missing"
        | "role-not-held"
        | "grant-not-yet"
        | "grant-suspended"
        | "outside-hours" => lacks(refused.code, owner, refused.missing).into(),
        _ => refused.into(),
    }
}

fn lacks(code: &str, owner: &str, mut missing: Vec<Missing>) -> OauthRefusal {
    let why = match code {
        "account-inactive" => "the account is not active",
        "locked" => "it is locked",
        "certification-missing" => "a certification is missing",
        "grant-not-yet" => "the grant has not begun",
        "grant-suspended" => "the grant is suspended",
        "outside-hours" => "it may be used within its hours only",
        _ => "the role is not held",
    };
    if code == "account-inactive" {
        let title = "an active account".to_owned();
        missing.push(Missing { kind: "account", id: owner.to_owned(), title, href: format!("/people/{owner}") });
    }
    for lock in missing.iter_mut().filter(|missing| missing.kind == "lock") {
        // Why it was placed is for those who may read locks.
        "a lock".clone_into(&mut lock.title);
    }
    OauthRefusal::OwnerLacks { why, missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::request::AccessRefusal;

    #[test]
    fn an_account_is_told_what_its_owner_lacks_and_no_words_of_people() {
        let lock = Missing { kind: "lock", id: "lck_1".into(), title: "Ana is suspected".into(), href: String::new() };
        let Fault::Refused(told) = of_owner(AccessRefusal::Locked { missing: vec![lock] }.into(), "per_1") else {
            panic!("refused")
        };
        assert_eq!(
            (told.code, told.missing[0].id.as_str(), told.missing[0].title.as_str()),
            ("oauth-owner-lacks", "lck_1", "a lock")
        );
        let Fault::Refused(told) = of_owner(AccessRefusal::AccountInactive.into(), "per_1") else { panic!("refused") };
        assert_eq!((told.missing[0].kind, told.missing[0].id.as_str()), ("account", "per_1"));
        let Fault::Refused(told) = of_owner(AccessRefusal::NoSuchRole { id: "x".into() }.into(), "per_1") else {
            panic!("refused")
        };
        assert_eq!(told.code, "no-such-role");
    }
}
