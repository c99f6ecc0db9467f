//! The sentence that explains an access: yes or no, until when, and because of what; the same on pages and in the API.

use super::teller::Teller;
use crate::{
    access::{hours, rows::LockKind},
    actions::{explain_access::Explanation, request_role::certification_title},
    app::Content,
    base::{
        clock::{Tense, Time},
        text::Slug,
    },
    certification::{
        certificate::Certificate,
        requirement::{ClauseStanding, met_until},
    },
};
use serde_json::Value;

/// Until when the access holds, all conditions together; none where it does not.
#[must_use]
pub fn until(explanation: &Explanation) -> Option<Time> {
    let grant = explanation.grant.as_ref().filter(|_| explanation.effective)?;
    let shuts = explanation.policy.as_ref().and_then(|policy| hours::open_until(&policy.hours, explanation.at));
    let bounds = met_until(&explanation.clauses).into_iter().chain(shuts);
    Some(bounds.fold(grant.ends_at, Time::min))
}

/// The word that chooses the tense of a sentence about a moment: `yes` for the past, `ahead`, or `no` for now.
fn tense(explanation: &Explanation) -> &'static str {
    match explanation.tense {
        Tense::Past => "yes",
        Tense::Ahead => "ahead",
        Tense::Now => "no",
    }
}

/// The certificate that came nearest to meeting a clause: the one that ended last.
#[must_use]
pub fn nearest<'a>(explanation: &'a Explanation, clause: &ClauseStanding) -> Option<&'a Certificate> {
    explanation
        .certificates
        .iter()
        .filter(|certificate| clause.any_of.contains(&certificate.certification_id))
        .max_by_key(|certificate| certificate.ends_at)
}

/// The name of a role in its warehouse; its slug where it has left the catalogue.
#[must_use]
pub fn role_name(content: &Content, role: &Slug) -> String {
    content.catalogue.roles.get(role).map_or_else(|| role.to_string(), |role| role.name.clone())
}

/// The whole sentence in the reader's language.
#[must_use]
pub fn sentence(teller: &Teller, content: &Content, explanation: &Explanation) -> String {
    let past = tense(explanation);
    let person = explanation.person.name.as_str();
    let role = role_name(content, &explanation.role);
    let at = teller.moment(explanation.at);
    let name = |id: &Slug| teller.quoted(&certification_title(content, id, teller.language));
    if let Some(until) = until(explanation) {
        let mut names: Vec<String> = Vec::new();
        for met in explanation.clauses.iter().filter_map(|clause| clause.met_by.as_ref()) {
            let name = name(&met.certification_id);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let certificates = teller.say(
            "explain-certificates",
            &[("past", past.into()), ("n", names.len().into()), ("names", teller.all_of(&names).into())],
        );
        return teller.say(
            "explain-yes",
            &[
                ("past", past.into()),
                ("person", person.into()),
                ("role", role.into()),
                ("at", at.into()),
                ("until", teller.day(until).into()),
                ("certificates", certificates.into()),
            ],
        );
    }
    let reasons = reasons(teller, explanation, past, &name);
    teller.say(
        "explain-no",
        &[
            ("past", past.into()),
            ("person", person.into()),
            ("role", role.into()),
            ("at", at.into()),
            ("reasons", teller.all_of(&reasons).into()),
        ],
    )
}

fn reasons(teller: &Teller, explanation: &Explanation, past: &str, name: &dyn Fn(&Slug) -> String) -> Vec<String> {
    let at = explanation.at;
    // What ends before a moment to come may not have ended yet.
    let ended = |end: Time| Value::from(if teller.now < end { "ahead" } else { "yes" });
    let mut reasons = Vec::new();
    if explanation.disabled {
        reasons.push(teller.say("explain-why-disabled", &[("past", past.into())]));
    }
    for lock in &explanation.locks {
        let kind = match lock.kind {
            LockKind::Person => "person",
            LockKind::Role => "role",
            LockKind::Warehouse => "warehouse",
        };
        let reason = lock.reason.trim_end_matches('.');
        let said = [("past", past.into()), ("kind", kind.into()), ("reason", reason.into())];
        reasons.push(teller.say("explain-why-lock", &said));
    }
    match &explanation.grant {
        None => reasons.push(teller.say("explain-why-never", &[("past", past.into())])),
        // What was ended before it began is over, and does not begin.
        Some(grant) if at >= grant.over_at() => {
            let why = grant.ended_reason.map_or("expired", |reason| reason.word());
            let why = teller.say("grant-ended", &[("why", why.into())]);
            let over = grant.over_at();
            let said = [("past", ended(over)), ("at", teller.moment(over).into()), ("why", why.into())];
            reasons.push(teller.say("explain-why-ended", &said));
        }
        Some(grant) if at < grant.starts_at => {
            reasons.push(teller.say("explain-why-not-begun", &[("at", teller.not_before(grant.starts_at).into())]));
        }
        Some(_) => {}
    }
    for suspension in &explanation.suspensions {
        let said = [
            ("past", past.into()),
            ("cause", suspension.cause.word().into()),
            ("at", teller.moment(suspension.from_at).into()),
        ];
        reasons.push(teller.say("explain-why-suspended", &said));
    }
    if !explanation.open {
        let opens = explanation.opens.map(|at| teller.not_before(at)).unwrap_or_default();
        reasons.push(teller.say("explain-why-hours", &[("at", opens.into())]));
    }
    if let Some(until) =
        explanation.grant.as_ref().and_then(crate::access::grant::Grant::unclaimed_until).filter(|until| *until <= at)
    {
        reasons.push(teller.say("explain-why-unclaimed", &[("at", teller.moment(until).into())]));
    }
    for clause in explanation.clauses.iter().filter(|clause| clause.met_by.is_none()) {
        reasons.push(match nearest(explanation, clause) {
            Some(last) if last.ends_at <= at => teller.say(
                "explain-why-lapsed",
                &[
                    ("past", ended(last.ends_at)),
                    ("name", name(&last.certification_id).into()),
                    ("at", teller.moment(last.ends_at).into()),
                ],
            ),
            _ => {
                let names: Vec<String> = clause.any_of.iter().map(name).collect();
                teller.say("explain-why-uncertified", &[("names", teller.any_of(&names).into())])
            }
        });
    }
    reasons
}
