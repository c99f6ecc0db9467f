//! The roles that a reader may ask about, as choices: those of the catalogue, and what was withdrawn from it.

use super::shown::Shown;
use crate::{
    actions::list_holders,
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::Choice,
    },
};

/// Every role of the catalogue, or the own ones of whoever only may ask about those; and for who oversees all what was given
/// once and has left the catalogue, marked as such. What was chosen stands among them in any case.
pub(super) async fn role_choices(
    shown: &Shown,
    desk: &Desk,
    caller: &Caller,
    chosen: &str,
) -> Result<Vec<Choice>, Failure> {
    let email = caller.actor.signed()?.person.email.clone();
    let open = shown.content.catalogue.roles.values().filter(|role| shown.oversees || role.is_owned_by(&email));
    let mut choices: Vec<Choice> =
        open.map(|role| Choice { value: role.id.to_string(), label: role.name.clone() }).collect();
    // What has come back since is in the catalogue that is shown here.
    let gone = list_holders::withdrawn_roles(&desk.app, &caller.actor).await?;
    for role in gone.into_iter().filter(|role| !shown.content.catalogue.roles.contains_key(role)) {
        let name = shown.role(&role).name;
        choices.push(Choice {
            value: role.to_string(),
            label: shown.teller.say("role-withdrawn", &[("name", name.into())]),
        });
    }
    if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
        choices.push(Choice { value: chosen.to_owned(), label: chosen.to_owned() });
    }
    Ok(choices)
}
