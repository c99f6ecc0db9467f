//! Where a provider is somebody's only way in: passwords, and links that set one, open nothing.

use crate::{
    base::refusal::{Broken, Fault},
    db::Reading,
    identity::{
        person::Person,
        provider::{self, ProviderRefusal},
        rows,
    },
    settings::Settings,
};

/// Refuses what has to do with a password where the person's only way in is a provider.
///
/// # Errors
/// It is, or the database is away.
pub(super) fn password_opens(r: &mut Reading<'_>, settings: &Settings, person: &Person) -> Result<(), Fault> {
    match only_way(r, settings, person)? {
        None => Ok(()),
        Some(provider) => Err(ProviderRefusal::Only { provider }.into()),
    }
}

/// The name of the provider that is a person's only way in, where there is one.
///
/// # Errors
/// The database is away.
pub(super) fn only_way(r: &mut Reading<'_>, settings: &Settings, person: &Person) -> Result<Option<String>, Broken> {
    if !settings.provider.iter().any(|one| one.only) {
        return Ok(None);
    }
    let issuers = rows::issuers_of(r, person.id)?;
    let only = provider::only_way(&settings.provider, &settings.break_glass, &person.email, &issuers);
    Ok(only.map(|only| only.name.clone()))
}
