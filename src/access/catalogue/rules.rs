//! Sensitivity rules: what the data's sensitivity asks of every role that opens it. The strictest wins, and is part of the
//! role's policy.

use super::{
    Approval, Approver, Clause, Role, Sensitivity,
    read::{clause, token_lifetime},
};
use crate::{
    access::{
        emergency::LONGEST_SECONDS,
        hours::{self, Clock, Hours},
    },
    base::span::Span,
    curriculum::{report::Report, yaml::Value},
};
use std::collections::{BTreeMap, BTreeSet};

/// What the file calls the levels.
pub(super) const LEVELS: [(&str, Sensitivity); 4] = [
    ("public", Sensitivity::Public),
    ("internal", Sensitivity::Internal),
    ("confidential", Sensitivity::Confidential),
    ("personal", Sensitivity::Personal),
];

/// What is asked of every role of one sensitivity, beyond what the role itself asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensitivityRule {
    /// No access lasts longer.
    pub max_duration: Option<Span>,
    /// No token lasts longer.
    pub token_lifetime: Option<Span>,
    /// A person must say what for.
    pub reason_required: bool,
    /// These must agree, too.
    pub approval: Vec<Clause>,
    /// The owner confirms at least so often who has it.
    pub review_every: Option<Span>,
    /// It is used within these hours only.
    pub hours: Option<Hours>,
    /// It is claimed at least so soon.
    pub claim_by: Option<Span>,
}

/// Who takes a role without approval in an emergency, besides admins, and for how long at the most.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakGlass {
    /// People and teams.
    pub of: Vec<Approver>,
    /// Four hours at the most.
    pub at_most: Span,
}

impl Default for BreakGlass {
    fn default() -> Self {
        Self { of: Vec::new(), at_most: Span::seconds(LONGEST_SECONDS) }
    }
}

/// `{of: [team:oncall], at_most: PT4H}`
pub(super) fn break_glass(value: Value<'_>, report: &mut Report) -> BreakGlass {
    let plain = BreakGlass::default();
    let Some(fields) = value.fields(&["of", "at_most"], report) else { return plain };
    let one = |item: Value<'_>, report: &mut Report| {
        let approver: Approver = item.parse("bad-approver", report)?;
        if matches!(approver, Approver::Owners | Approver::Manager) {
            let message = "name people, or teams like `team:oncall`: nobody is asked here";
            report.error(&item.place(), "bad-approver", message);
            return None;
        }
        Some(approver)
    };
    let of = fields.get("of").map(|of| of.list(report, one)).unwrap_or_default();
    let at_most = match fields.get("at_most") {
        None => plain.at_most,
        Some(span) => match span.positive_span(report) {
            Some(read) if (60..=LONGEST_SECONDS).contains(&read.approximate_seconds()) => read,
            Some(_) => {
                report.error(&span.place(), "bad-break-glass", "a role is taken so for a minute to four hours");
                plain.at_most
            }
            None => plain.at_most,
        },
    };
    BreakGlass { of, at_most }
}

/// The shorter of two lengths of time; the first where they are equal.
fn shorter(one: Span, other: Option<&Span>) -> Span {
    match other {
        Some(other) if other.approximate_seconds() < one.approximate_seconds() => other.clone(),
        _ => one,
    }
}

fn shortest(one: Option<Span>, other: Option<&Span>) -> Option<Span> {
    match one {
        Some(one) => Some(shorter(one, other)),
        None => other.cloned(),
    }
}

impl SensitivityRule {
    /// Makes a role as strict as this: the shorter length of time, every clause, every window. The role knows what of it came so.
    pub fn bind(&self, role: &mut Role) {
        let before = role.clone();
        role.max_duration = shorter(role.max_duration.clone(), self.max_duration.as_ref());
        role.token_lifetime = shorter(role.token_lifetime.clone(), self.token_lifetime.as_ref());
        role.reason_required |= self.reason_required;
        role.review_every = shortest(role.review_every.take(), self.review_every.as_ref());
        role.claim_by = shortest(role.claim_by.take(), self.claim_by.as_ref());
        role.hours.extend(self.hours.clone().filter(|hours| !role.hours.contains(hours)));
        role.hours.sort();
        if !self.approval.is_empty() {
            let mut all = match &role.approval {
                Approval::Auto => Vec::new(),
                Approval::Clauses(clauses) => clauses.clone(),
            };
            // A clause that both ask for is asked for once; one that either asks for twice, twice.
            let mut own = all.clone();
            for clause in &self.approval {
                match own.iter().position(|one| one == clause) {
                    Some(found) => drop(own.swap_remove(found)),
                    None => all.push(clause.clone()),
                }
            }
            role.approval = Approval::Clauses(all);
        }
        role.by_rule = stricter(&before, role);
    }
}

/// What a rule may ask, as the file names it.
pub const BOUND: [&str; 7] =
    ["max_duration", "token_lifetime", "reason", "approval", "review_every", "hours", "claim_by"];

/// Which of these a rule has made stricter.
fn stricter(before: &Role, bound: &Role) -> BTreeSet<&'static str> {
    let differs = [
        before.max_duration != bound.max_duration,
        before.token_lifetime != bound.token_lifetime,
        before.reason_required != bound.reason_required,
        before.approval != bound.approval,
        before.review_every != bound.review_every,
        // They are sorted, whether or not there are more of them.
        before.hours.len() != bound.hours.len(),
        before.claim_by != bound.claim_by,
    ];
    BOUND.into_iter().zip(differs).filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// The rules by level.
pub(super) fn rules(value: Value<'_>, report: &mut Report) -> BTreeMap<Sensitivity, SensitivityRule> {
    let Some(fields) = value.fields(&LEVELS.map(|(word, _)| word), report) else { return BTreeMap::new() };
    let of = |(word, level): (&str, Sensitivity), report: &mut Report| Some((level, rule(fields.get(word)?, report)?));
    LEVELS.into_iter().filter_map(|level| of(level, report)).collect()
}

fn rule(value: Value<'_>, report: &mut Report) -> Option<SensitivityRule> {
    let fields = value.fields(&BOUND, report)?;
    let before = report.errors();
    let span = |key: &str, report: &mut Report| fields.get(key).and_then(|span| span.positive_span(report));
    let read = SensitivityRule {
        max_duration: span("max_duration", report),
        token_lifetime: fields.get("token_lifetime").and_then(|span| token_lifetime(span, report)),
        reason_required: fields
            .get("reason")
            .and_then(|reason| reason.choice(&[("required", true), ("optional", false)], report))
            .unwrap_or(false),
        approval: fields.get("approval").map(|clauses| clauses.list(report, clause)).unwrap_or_default(),
        review_every: span("review_every", report),
        hours: fields.get("hours").and_then(|hours| hours_of(hours, report)),
        claim_by: span("claim_by", report),
    };
    (report.errors() == before).then_some(read)
}

/// `{days: mon-fri, from: "08:00", until: "19:00", zone: Europe/Paris}`
pub(super) fn hours_of(value: Value<'_>, report: &mut Report) -> Option<Hours> {
    let fields = value.fields(&["days", "from", "until", "zone"], report)?;
    let days = match fields.get("days") {
        None => Some(hours::Day::ALL.to_vec()),
        Some(days) => {
            let text = if days.is_list() { Some(days.list(report, Value::text).join(",")) } else { days.text(report) };
            let read = text.as_deref().and_then(hours::days);
            if text.is_some() && read.is_none() {
                let message = "write days like `mon-fri` or `[mon, wed, fri]`, the first before the last";
                report.error(&days.place(), "bad-days", message);
            }
            read
        }
    };
    let clock = |key: &str, report: &mut Report| {
        let value = fields.require(key, report)?;
        let text = value.text(report)?;
        let read = Clock::read(&text);
        if read.is_none() {
            report.error(&value.place(), "bad-time-of-day", "write a time of day like \"08:00\", up to \"24:00\"");
        }
        read
    };
    let (from, until) = (clock("from", report), clock("until", report));
    let zone = fields.require("zone", report).and_then(|zone| {
        let name = zone.text(report)?;
        if jiff::tz::TimeZone::get(&name).is_err() {
            report.error(
                &zone.place(),
                "unknown-zone",
                format!("there is no time zone `{name}`; one is `Europe/Paris`"),
            );
            return None;
        }
        Some(name)
    });
    let (days, from, until) = (days?, from?, until?);
    if until <= from {
        let at = fields.get("until").map_or_else(|| fields.place(), Value::place);
        let message =
            "the hours end before they begin; hours over midnight are two: one to \"24:00\", one from \"00:00\"";
        report.error(&at, "bad-hours", message);
        return None;
    }
    Some(Hours { days, from, until, zone: zone? })
}
