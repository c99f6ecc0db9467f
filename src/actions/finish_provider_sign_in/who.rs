//! Whose account a provider's proof opens: the rules of [`crate::identity::provider`], one after the other.

use crate::{
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Email,
    },
    db::Writing,
    identity::{
        person::{Capabilities, Person, State},
        provider::{self, Proof, Provider, ProviderRefusal},
        rows::{self, IdentityRow},
    },
    settings::Settings,
};
use serde_json::json;

/// Somebody who may come in.
pub(super) struct Settled {
    pub(super) person: Person,
    pub(super) identity: Id<ids::Identity>,
    /// Whether they come in for the first time: until now they could not act.
    pub(super) first: bool,
}

/// Finds, links or makes the account of a proof, and holds it to the end of the transaction.
///
/// # Errors
/// It opens none, or the database is away.
pub(super) fn settle(
    w: &mut Writing<'_>,
    settings: &Settings,
    provider: &Provider,
    proof: &Proof,
    address: &str,
) -> Result<Settled, Fault> {
    let name = || provider.name.clone();
    if let Some(identity) = rows::identity(w, &proof.issuer, &proof.subject)? {
        rows::hold(w, identity.person_id, true)?;
        // Read under the hold: it may have been unlinked, or the person shut out, meanwhile.
        let still = rows::identity(w, &proof.issuer, &proof.subject)?.filter(|one| one.id == identity.id);
        let person = rows::person(w, identity.person_id)?;
        let (Some(identity), Some(person)) = (still, person) else { return Err(ProviderRefusal::Over.into()) };
        admitted(w, settings, provider, &person)?;
        let first = person.state == State::Invited;
        let person = activated(w, provider, person, address)?;
        return Ok(Settled { person, identity: identity.id, first });
    }
    let email = believed(provider, proof)?;
    let Some(found) = rows::person_by_email(w, &email)? else {
        return made(w, settings, provider, proof, email, address);
    };
    rows::hold(w, found.id, true)?;
    let person = rows::person(w, found.id)?.ok_or(ProviderRefusal::Over)?;
    let only = admitted(w, settings, provider, &person)?;
    if rows::issuers_of(w, person.id)?.contains(&proof.issuer) {
        return Err(ProviderRefusal::OtherIdentity { provider: name() }.into());
    }
    let may = person.capabilities;
    if (may.admin || may.auditor || may.author) && !only {
        return Err(ProviderRefusal::LinkFirst { provider: name() }.into());
    }
    let by = By { actor: person.id.to_string(), address: address.to_owned() };
    let identity = link(w, &by, provider, proof, person.id, "address")?;
    let first = person.state == State::Invited;
    let person = activated(w, provider, person, address)?;
    Ok(Settled { person, identity, first })
}

/// The address that a provider's word is taken for.
///
/// # Errors
/// It names none, has not verified it, or does not speak for it.
fn believed(provider: &Provider, proof: &Proof) -> Result<Email, ProviderRefusal> {
    let name = || provider.name.clone();
    let email = proof.email.clone().ok_or_else(|| ProviderRefusal::Unverified { provider: name() })?;
    let own = provider.has_domain_of(&email);
    if !provider.domains.is_empty() && !own {
        return Err(ProviderRefusal::ForeignAddress { provider: name() });
    }
    match proof.verified {
        Some(true) => Ok(email),
        // Many a company's provider says nothing of addresses that it gave out itself.
        None if own => Ok(email),
        _ => Err(ProviderRefusal::Unverified { provider: name() }),
    }
}

/// Whether somebody may come in through this provider; tells whether it is their only way.
fn admitted(w: &mut Writing<'_>, settings: &Settings, provider: &Provider, person: &Person) -> Result<bool, Fault> {
    if person.state == State::Disabled {
        return Err(ProviderRefusal::Inactive { provider: provider.name.clone() }.into());
    }
    let issuers = rows::issuers_of(w, person.id)?;
    match provider::only_way(&settings.provider, &settings.break_glass, &person.email, &issuers) {
        None => Ok(false),
        Some(only) if only.id == provider.id => Ok(true),
        Some(only) => Err(ProviderRefusal::Only { provider: only.name.clone() }.into()),
    }
}

/// Links an identity with a person, who is held.
///
/// # Errors
/// One of them is linked with another one already, or the database is away.
pub(super) fn link(
    w: &mut Writing<'_>,
    by: &By,
    provider: &Provider,
    proof: &Proof,
    person: Id<ids::Person>,
    through: &str,
) -> Result<Id<ids::Identity>, Fault> {
    let now = w.now();
    let row = IdentityRow {
        id: Id::new(now),
        person_id: person,
        provider_id: provider.id.to_string(),
        issuer: proof.issuer.clone(),
        subject: proof.subject.clone(),
        linked_at: now,
        used_at: None,
    };
    if !rows::insert_identity(w, &row)? {
        // Two sign-ins at once, or a second time by hand, of the same person: the first one has linked them.
        let same = rows::identity(w, &proof.issuer, &proof.subject)?.filter(|one| one.person_id == person);
        let other = || ProviderRefusal::OtherIdentity { provider: provider.name.clone() };
        return Ok(same.ok_or_else(other)?.id);
    }
    let entry = Entry::new(What::IdentityLinked).person(person).subject(row.id);
    let entry = entry.data(json!({ "provider": provider.id, "by": through }));
    audit::rows::append(w, by, entry.texts(json!({ "subject": proof.subject, "email": proof.email })))?;
    Ok(row.id)
}

/// A person who was invited is active from now on: the provider has proved what the invitation would have.
fn activated(w: &mut Writing<'_>, provider: &Provider, mut person: Person, address: &str) -> Result<Person, Fault> {
    if person.state == State::Invited && rows::activate(w, person.id)? {
        rows::end_links(w, person.id)?;
        person.state = State::Active;
        let by = By { actor: person.id.to_string(), address: address.to_owned() };
        let entry = Entry::new(What::PersonActivated).person(person.id);
        audit::rows::append(w, &by, entry.data(json!({ "by": "provider", "provider": provider.id })))?;
    }
    Ok(person)
}

/// Makes an account for somebody who has none, where the provider brings people.
fn made(
    w: &mut Writing<'_>,
    settings: &Settings,
    provider: &Provider,
    proof: &Proof,
    email: Email,
    address: &str,
) -> Result<Settled, Fault> {
    if !provider.create {
        return Err(ProviderRefusal::NoAccount { provider: provider.name.clone() }.into());
    }
    if let Some(only) = provider::only_way_of_domain(&settings.provider, &email).filter(|only| only.id != provider.id) {
        return Err(ProviderRefusal::Only { provider: only.name.clone() }.into());
    }
    let person = Person {
        id: Id::new(w.now()),
        name: proof.name.clone().unwrap_or_else(|| email.local_part().to_owned()),
        email,
        office: String::new(),
        language: proof.language,
        zone: proof.zone.clone().unwrap_or_else(|| "Europe/Paris".to_owned()),
        capabilities: Capabilities::default(),
        state: State::Active,
        created_at: w.now(),
    };
    if !rows::insert_person(w, &person, None)? {
        // Somebody else has just made it: the next try finds it.
        return Err(ProviderRefusal::Over.into());
    }
    let by = By { actor: person.id.to_string(), address: address.to_owned() };
    let entry = Entry::new(What::PersonActivated).person(person.id);
    let entry = entry.data(json!({ "by": "provider", "provider": provider.id, "created": true }));
    audit::rows::append(w, &by, entry.texts(json!({ "email": person.email })))?;
    let identity = link(w, &by, provider, proof, person.id, "creation")?;
    Ok(Settled { person, identity, first: true })
}
