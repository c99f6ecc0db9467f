//! What differs between two versions of a role: field by field, as plain texts that say the same in every language.

use super::{Approval, BreakGlass, Catalogue, LoginCase, LoginRule, LoginSource, Policy, Role, Sensitivity, Warehouse};
use crate::{access::hours::Hours, base::text::Slug};
use std::collections::BTreeSet;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FieldChange {
    /// `requires`, `approval`, `max_duration`, …: as the file names it.
    pub field: &'static str,
    /// Empty where there was none.
    pub before: String,
    /// Empty where there is none any more.
    pub after: String,
}

/// What differs between two policies.
#[must_use]
pub fn policies(before: &Policy, after: &Policy) -> Vec<FieldChange> {
    let reason = |policy: &Policy| if policy.reason_required { "required" } else { "optional" }.to_owned();
    let claim = |policy: &Policy| policy.claim_by.as_ref().map(ToString::to_string).unwrap_or_default();
    let pairs = [
        ("requires", requires(before), requires(after)),
        ("approval", approval(&before.approval), approval(&after.approval)),
        ("max_duration", before.max_duration.to_string(), after.max_duration.to_string()),
        ("token_lifetime", before.token_lifetime.to_string(), after.token_lifetime.to_string()),
        ("reason", reason(before), reason(after)),
        ("grace_after_lapse", before.grace_after_lapse.to_string(), after.grace_after_lapse.to_string()),
        ("undecided_for", before.undecided_for.to_string(), after.undecided_for.to_string()),
        ("hours", hours(&before.hours), hours(&after.hours)),
        ("claim_by", claim(before), claim(after)),
    ];
    different(pairs)
}

/// What differs between two catalogues beside their roles: who breaks the glass, and what the tokens for each warehouse are like.
/// What sensitivities ask is in the roles themselves.
#[must_use]
pub fn catalogues(before: &Catalogue, after: &Catalogue) -> Vec<FieldChange> {
    let glass = different([("break_glass", break_glass(&before.break_glass), break_glass(&after.break_glass))]);
    let ids: BTreeSet<&Slug> = before.warehouses.keys().chain(after.warehouses.keys()).collect();
    let beside = ids.into_iter().flat_map(|id| match (before.warehouses.get(id), after.warehouses.get(id)) {
        (Some(was), Some(is)) => warehouse(was, is),
        (was, is) => {
            let named = |one: Option<&Warehouse>| one.map(|one| one.id.to_string()).unwrap_or_default();
            different([("warehouse", named(was), named(is))])
        }
    });
    glass.into_iter().chain(beside).collect()
}

/// What differs between two versions of a warehouse, each part with its id.
fn warehouse(before: &Warehouse, after: &Warehouse) -> Vec<FieldChange> {
    let pairs = parts(before).into_iter().zip(parts(after));
    let differs = pairs.filter(|((_, before), (_, after))| before != after);
    differs.map(|((field, before), (_, after))| FieldChange { field, before, after }).collect()
}

/// `lake: https://lake.example.com`, field by field; empty where there is none.
fn parts(one: &Warehouse) -> [(&'static str, String); 10] {
    let said = |part: Option<&str>| part.map(|part| format!("{}: {part}", one.id)).unwrap_or_default();
    [
        ("kind", said(Some(one.kind.as_str()))),
        ("audience", said(Some(one.audience.as_str()))),
        ("signing", said(Some(one.signing.word()))),
        ("typ", said(Some(one.typ.as_str()))),
        ("login", said(Some(login(one.login).as_str()))),
        ("host", said(one.host.as_deref())),
        ("account", said(one.account.as_deref())),
        ("database", said(one.database.as_deref())),
        ("schema", said(one.schema.as_deref())),
        ("compute", said(one.compute.as_deref())),
    ]
}

/// `email_local_part, upper`
fn login(rule: LoginRule) -> String {
    let from = match rule.from {
        LoginSource::EmailLocalPart => "email_local_part",
        LoginSource::Email => "email",
    };
    let case = match rule.case {
        LoginCase::Upper => "upper",
        LoginCase::Lower => "lower",
        LoginCase::Keep => "keep",
    };
    format!("{from}, {case}")
}

/// What differs between two roles: their policies, and what stands beside them.
#[must_use]
pub fn roles(before: &Role, after: &Role) -> Vec<FieldChange> {
    let review = |role: &Role| role.review_every.as_ref().map(ToString::to_string).unwrap_or_default();
    let unused = |role: &Role| role.end_unused_after.as_ref().map(ToString::to_string).unwrap_or_default();
    // A notice of what never ends is none.
    let notice =
        |role: &Role| role.end_unused_after.as_ref().map(|_| role.end_unused_notice.to_string()).unwrap_or_default();
    let owners = |role: &Role| {
        let people: Vec<&str> = role.owner.people.iter().map(crate::base::text::Email::as_str).collect();
        format!("{}: {}", role.owner.team, people.join(", "))
    };
    let data = |role: &Role| {
        let names: Vec<&str> = role.data.iter().map(|data| data.dataset.as_str()).collect();
        names.join(", ")
    };
    let mut all = policies(&before.policy(), &after.policy());
    all.extend(different([
        ("warehouse", before.warehouse.to_string(), after.warehouse.to_string()),
        ("name", before.name.clone(), after.name.clone()),
        ("sensitivity", level(before.sensitivity), level(after.sensitivity)),
        ("owner", owners(before), owners(after)),
        ("data", data(before), data(after)),
        ("review_every", review(before), review(after)),
        ("end_unused_after", unused(before), unused(after)),
        ("end_unused_notice", notice(before), notice(after)),
    ]));
    all
}

fn different<const N: usize>(pairs: [(&'static str, String, String); N]) -> Vec<FieldChange> {
    let differs = pairs.into_iter().filter(|(_, before, after)| before != after);
    differs.map(|(field, before, after)| FieldChange { field, before, after }).collect()
}

fn level(level: Sensitivity) -> String {
    match level {
        Sensitivity::Public => "public",
        Sensitivity::Internal => "internal",
        Sensitivity::Confidential => "confidential",
        Sensitivity::Personal => "personal",
    }
    .to_owned()
}

/// `(a | b) & c`
#[must_use]
pub fn requires(policy: &Policy) -> String {
    let clause = |any: &BTreeSet<Slug>| {
        let names: Vec<&str> = any.iter().map(Slug::as_str).collect();
        if names.len() == 1 { names.concat() } else { format!("({})", names.join(" | ")) }
    };
    policy.requires.iter().map(clause).collect::<Vec<_>>().join(" & ")
}

/// `auto`, or `1 of ana@example.com, team:privacy & 2 of role:owners`
#[must_use]
pub fn approval(approval: &Approval) -> String {
    let Approval::Clauses(clauses) = approval else { return "auto".to_owned() };
    let clause = |clause: &super::Clause| {
        let of: Vec<String> = clause.of.iter().map(ToString::to_string).collect();
        format!("{} of {}", clause.count, of.join(", "))
    };
    clauses.iter().map(clause).collect::<Vec<_>>().join(" & ")
}

/// `ana@example.com, team:oncall ≤ PT2H`; admins may without being named.
fn break_glass(glass: &BreakGlass) -> String {
    let of: Vec<String> = glass.of.iter().map(ToString::to_string).collect();
    format!("{} ≤ {}", of.join(", "), glass.at_most).trim_start().to_owned()
}

fn hours(all: &[Hours]) -> String {
    let one = |hours: &Hours| {
        let days: Vec<&str> = hours.days.iter().map(|day| day.word()).collect();
        format!("{} {}–{} {}", days.join(","), hours.from, hours.until, hours.zone)
    };
    all.iter().map(one).collect::<Vec<_>>().join(" & ")
}
