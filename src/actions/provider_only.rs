//! Where a provider is somebody's only way in: passwords, and links that set one, open nothing.

use crate::{
    base::refusal::Fault,
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
    if !settings.provider.iter().any(|one| one.only) {
        return Ok(());
    }
    let issuers = rows::issuers_of(r, person.id)?;
    match provider::only_way(&settings.provider, &settings.break_glass, &person.email, &issuers) {
        None => Ok(()),
        Some(only) => Err(ProviderRefusal::Only { provider: only.name.clone() }.into()),
    }
}
