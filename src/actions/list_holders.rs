//! Who holds which access, now or as of a moment.

use super::{About, look_at};
use crate::{
    access::rows::{self, Holder, HolderFilter},
    app::App,
    base::{
        clock::Time,
        paging::{Listing, Paging},
        refusal::Fault,
        text::Email,
    },
    identity::{self, actor::Actor, person::IdentityRefusal},
};

/// Lists holders by filter; `person` may be an id or an e-mail address.
///
/// # Errors
/// The actor may not read everybody's records, the person is unknown, or the database is away.
pub async fn list_holders(
    app: &App,
    actor: &Actor,
    filter: HolderFilter,
    person: Option<String>,
    as_of: Option<Time>,
    paging: Paging,
) -> Result<Listing<Holder>, Fault> {
    let caller = actor.clone();
    let at = as_of.unwrap_or_else(|| app.now());
    look_at(app, actor, "list_holders", About::nothing(), at, move |r| {
        caller.as_auditor()?;
        let mut filter = filter;
        if let Some(text) = person.filter(|text| !text.trim().is_empty()) {
            filter.person = Some(find_person(r, &text)?);
        }
        Ok(rows::holders(r, &filter, &paging)?)
    })
    .await
}

/// A person by id or e-mail address.
///
/// # Errors
/// There is none, or the database is away.
pub fn find_person(
    r: &mut crate::db::Reading<'_>,
    text: &str,
) -> Result<crate::base::ids::Id<crate::base::ids::Person>, Fault> {
    let text = text.trim();
    if let Ok(id) = text.parse() {
        return Ok(identity::rows::person(r, id)?.ok_or(IdentityRefusal::NoSuchPerson)?.id);
    }
    let email: Email = text.parse().map_err(|_| IdentityRefusal::NoSuchPerson)?;
    Ok(identity::rows::person_by_email(r, &email)?.ok_or(IdentityRefusal::NoSuchPerson)?.id)
}
