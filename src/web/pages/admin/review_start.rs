//! The form that begins a review: what there is to choose from, and what was typed.

use super::shown::Shown;
use crate::{
    access::{catalogue::Sensitivity, review::Scope},
    actions::reviews::start::{self, Start},
    base::{
        span::Span,
        text::{Email, Slug},
    },
    web::{
        kit::forms::BodyRefusal,
        views::{Choice, reviews::StartForm},
    },
};
use std::collections::BTreeSet;

/// How delicate the data is, by the word in the form.
const LEVELS: [(&str, Sensitivity); 4] = [
    ("public", Sensitivity::Public),
    ("internal", Sensitivity::Internal),
    ("confidential", Sensitivity::Confidential),
    ("personal", Sensitivity::Personal),
];

/// The form, with what was typed.
pub(super) fn form(shown: &Shown, typed: StartForm) -> StartForm {
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let any = |key: &str| choice("", shown.teller.plain(key));
    let catalogue = &shown.content.catalogue;
    let owners: BTreeSet<&Email> = catalogue.roles.values().flat_map(|role| &role.owner.people).collect();
    let or = |text: String| if text.is_empty() { start::DAYS.to_string() } else { text };
    StartForm {
        due: or(typed.due),
        grace: or(typed.grace),
        roles: std::iter::once(any("any-role"))
            .chain(catalogue.roles.values().map(|role| choice(role.id.as_str(), role.name.clone())))
            .collect(),
        owners: std::iter::once(any("review-start-owner-any"))
            .chain(owners.into_iter().map(|owner| choice(owner.as_str(), owner.to_string())))
            .collect(),
        levels: std::iter::once(any("review-start-sensitivity-any"))
            .chain(LEVELS.map(|(word, _)| choice(word, shown.teller.say("sensitivity", &[("level", word.into())]))))
            .collect(),
        ..typed
    }
}

/// What was typed, as it is asked for.
///
/// # Errors
/// Something typed does not read.
pub(super) fn wanted(typed: &StartForm) -> Result<Start, BodyRefusal> {
    let optional = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let days = |text: &str, field: &'static str| match text.parse::<i32>() {
        Ok(days) => Ok(Some(Span::days(days))),
        Err(_) if text.is_empty() => Ok(None),
        Err(_) => Err(BodyRefusal::Field { field }),
    };
    let role = optional(&typed.role).map(|role| role.parse::<Slug>()).transpose();
    let owner = optional(&typed.owner).map(|owner| owner.parse::<Email>()).transpose();
    let level = |word: &String| LEVELS.iter().find(|(known, _)| known == word).map(|(_, level)| *level);
    let sensitivity = match optional(&typed.sensitivity) {
        None => None,
        Some(word) => Some(level(&word).ok_or(BodyRefusal::Field { field: "sensitivity" })?),
    };
    Ok(Start {
        title: typed.title.clone(),
        scope: Scope {
            roles: role.map_err(|_| BodyRefusal::Field { field: "role" })?.into_iter().collect(),
            owner: owner.map_err(|_| BodyRefusal::Field { field: "owner" })?,
            sensitivity,
        },
        due: days(&typed.due, "due")?,
        grace: days(&typed.grace, "grace")?,
    })
}
