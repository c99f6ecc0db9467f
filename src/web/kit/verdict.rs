//! Whether somebody may use a role at a moment, and why, as one sentence in the reader's language.

use super::{
    caller::Caller,
    desk::Desk,
    failure::Failure,
    render::{Clockwork, Grain},
};
use crate::{
    actions::{explain_access::Explanation, request_role::certification_title},
    base::{
        clock::Time,
        refusal::{Broken, Fault},
    },
    certification::requirement,
};
use fluent_bundle::{FluentArgs, FluentValue};

/// The sentence of an explanation: the answer, and the first thing that decides it.
///
/// # Errors
/// No content is loaded, or the sentence is missing from the catalogue.
pub fn sentence(desk: &Desk, caller: &Caller, told: &Explanation) -> Result<String, Failure> {
    let content = desk.app.content()?;
    let words = desk.words()?;
    let (tag, now) = (caller.language.tag(), desk.app.now());
    let clockwork = Clockwork { words: &words, lang: tag, zone: &caller.zone, now: now.micros() };
    let moment = |at: Time| FluentValue::from(clockwork.absolute(at.micros(), Grain::Minute));
    let role = content.catalogue.roles.get(&told.role);
    let mut args = FluentArgs::new();
    // A moment of this very second is "now", not "then".
    args.set("past", if now.micros_since(told.at) > 1_000_000 { "yes" } else { "no" });
    args.set("at", moment(told.at));
    args.set("person", told.person.name.clone());
    args.set("role", role.map_or(told.role.as_str(), |role| role.title.get(caller.language)).to_owned());
    let missing = told.clauses.iter().find(|clause| clause.met_by.is_none());
    let key = match &told.grant {
        Some(grant) if told.effective => {
            let until = requirement::met_until(&told.clauses).map_or(grant.ends_at, |met| met.min(grant.ends_at));
            args.set("until", moment(until));
            "verdict-yes"
        }
        _ if told.disabled => "verdict-disabled",
        _ if !told.locks.is_empty() => "verdict-locked",
        None => "verdict-no-grant",
        Some(grant) if told.at < grant.starts_at => {
            args.set("from", moment(grant.starts_at));
            "verdict-not-yet"
        }
        Some(grant) if told.at >= grant.ends_at => {
            args.set("until", moment(grant.ends_at));
            "verdict-ended"
        }
        Some(_) => "verdict-no-certificate",
    };
    let names = missing.map(|clause| {
        let names = clause.any_of.iter().map(|id| certification_title(&content, id, caller.language));
        names.collect::<Vec<_>>().join(" / ")
    });
    args.set("certification", names.unwrap_or_default());
    words.say(tag, key, &args).map_err(|error| Fault::from(Broken::defect(error)).into())
}
