//! The claims, one by one, as the warehouse reads them.

use super::{Line, Verdict, Verifier, shortened, unseen};
use crate::{
    access::catalogue::{Looks, RoleClaim},
    base::clock::Time,
};
use serde_json::{Map, Value};

/// Claims that have a line of their own.
const KNOWN: [&str; 6] = ["iss", "aud", "sub", "exp", "nbf", "iat"];

pub(super) fn check(all: &Map<String, Value>, by: &Verifier<'_>, lines: &mut Vec<Line>) {
    let profile = by.warehouse.kind.profile();
    lines.push(issuer(all.get("iss"), profile.iss, by));
    lines.push(audience(all.get("aud"), profile.aud, by));
    lines.push(expiry(all, profile.exp, by));
    lines.push(begin("nbf", all.get("nbf"), profile.nbf, by));
    lines.push(begin("iat", all.get("iat"), profile.iat, by));
    lines.push(subject(all.get("sub"), profile.sub));
    // PostgREST runs as the role alone; who it is, only policies of the database read.
    if profile.role == RoleClaim::Name {
        lines.push(with(Line::unchecked(profile.user, "unread"), all.get(profile.user)).fact("part", profile.user));
    } else if profile.user != "sub" {
        lines.push(named(profile.user, all.get(profile.user), "user-missing").fact("claim", profile.user));
    }
    let (role, read) = role(all, by);
    lines.push(role);
    let mut rest: Vec<&str> = all
        .keys()
        .map(String::as_str)
        .filter(|name| !KNOWN.contains(name) && *name != profile.user && Some(*name) != read)
        .collect();
    if !rest.is_empty() {
        rest.truncate(40);
        lines.push(Line::unchecked("others", "others").fact("names", shortened(&rest.join(", "))));
    }
}

fn with(line: Line, value: Option<&Value>) -> Line {
    match value {
        Some(value) => line.told(value),
        None => line,
    }
}

fn issuer(value: Option<&Value>, looks: Looks, by: &Verifier<'_>) -> Line {
    if let Some(line) = unseen("iss", looks, value) {
        return line;
    }
    let line = match value.and_then(Value::as_str) {
        Some(issuer) if issuer == by.issuer => Line::accepted("iss", "iss-ok"),
        _ => Line::refused("iss", "iss-wrong"),
    };
    with(line, value).fact("wanted", by.issuer)
}

fn audience(value: Option<&Value>, looks: Looks, by: &Verifier<'_>) -> Line {
    let wanted = by.warehouse.audience.as_str();
    let line = match value {
        // PostgREST, "aud validation": where there is none, every audience is meant.
        None | Some(Value::Null) if looks == Looks::IfThere => Line::accepted("aud", "aud-none"),
        Some(Value::Array(none)) if none.is_empty() && looks == Looks::IfThere => Line::accepted("aud", "aud-none"),
        Some(Value::String(audience)) if audience == wanted => Line::accepted("aud", "aud-ok"),
        Some(Value::Array(several)) if several.iter().any(|one| one.as_str() == Some(wanted)) => {
            Line::accepted("aud", "aud-among")
        }
        _ => Line::refused("aud", "aud-wrong"),
    };
    with(line, value).fact("wanted", wanted)
}

/// A `NumericDate` (RFC 7519, section 2).
fn instant(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole seconds are what verifiers compare; the range is checked"
    )]
    let seconds = value
        .as_i64()
        .or_else(|| value.as_f64().filter(|seconds| seconds.abs() < 9.0e15).map(|seconds| seconds.floor() as i64))?;
    (0..=253_402_300_799).contains(&seconds).then_some(seconds)
}

fn moment(seconds: i64) -> Time {
    Time::from_micros(seconds.saturating_mul(1_000_000))
}

/// The line for an instant that is not there or is no instant; else the instant.
fn dated(part: &'static str, value: Option<&Value>, looks: Looks) -> Result<i64, Line> {
    if let Some(line) = unseen(part, looks, value) {
        return Err(line);
    }
    match value {
        None if looks == Looks::Needs => Err(Line::refused(part, "claim-missing").fact("claim", part)),
        None => Err(Line::accepted(part, "claim-none").fact("claim", part)),
        Some(value) => instant(value).ok_or_else(|| Line::refused(part, "no-instant").fact("claim", part).told(value)),
    }
}

fn expiry(all: &Map<String, Value>, looks: Looks, by: &Verifier<'_>) -> Line {
    let profile = by.warehouse.kind.profile();
    let value = all.get("exp");
    let seconds = match dated("exp", value, looks) {
        Ok(seconds) => seconds,
        // A token without an end works for ever: worse than one that is refused.
        Err(line) if line.code == "claim-none" => return Line::accepted("exp", "exp-none"),
        Err(line) => return line,
    };
    let (now, leeway) = (by.now.seconds(), profile.leeway.unwrap_or(0));
    let begun = all.get("iat").and_then(instant);
    let line = match profile.longest {
        Some(longest) if begun.is_some_and(|begun| seconds - begun >= longest) => {
            Line::refused("exp", "exp-long").fact("hours", longest / 3_600)
        }
        _ if now < seconds => Line::accepted("exp", "exp-ok"),
        _ if now < seconds + leeway => Line::accepted("exp", "exp-leeway").fact("leeway", leeway),
        _ => Line::refused("exp", "exp-over"),
    };
    with(line, value).fact("at", moment(seconds))
}

fn begin(part: &'static str, value: Option<&Value>, looks: Looks, by: &Verifier<'_>) -> Line {
    let seconds = match dated(part, value, looks) {
        Ok(seconds) => seconds,
        Err(line) => return line,
    };
    let leeway = by.warehouse.kind.profile().leeway.unwrap_or(0);
    let line = if seconds <= by.now.seconds() + leeway {
        Line::accepted(part, "begun")
    } else {
        Line::refused(part, "not-begun")
    };
    with(line, value).fact("claim", part).fact("at", moment(seconds))
}

fn subject(value: Option<&Value>, looks: Looks) -> Line {
    match unseen("sub", looks, value) {
        Some(line) => line,
        None => named("sub", value, "claim-missing").fact("claim", "sub"),
    }
}

/// A claim that has to be a text with something in it.
fn named(part: &'static str, value: Option<&Value>, missing: &'static str) -> Line {
    let there = value.and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    with(if there { Line::accepted(part, "named") } else { Line::refused(part, missing) }, value)
}

/// The role, and the claim in which the warehouse reads it.
fn role(all: &Map<String, Value>, by: &Verifier<'_>) -> (Line, Option<&'static str>) {
    let (claim, names) = match by.warehouse.kind.profile().role {
        RoleClaim::Nowhere => return (Line::unchecked("role", "role-unread"), None),
        RoleClaim::Scope => ("scp", listed(all.get("scp"))),
        RoleClaim::Validator => ("scope", spaced(all.get("scope"))),
        RoleClaim::Name => ("role", all.get("role").and_then(Value::as_str).map(|role| vec![role]).unwrap_or_default()),
        RoleClaim::Names(claim) => (claim, listed(all.get(claim))),
        RoleClaim::Groups => ("roles", listed(all.get("roles"))),
    };
    let line = judged(&names, claim, by);
    (with(line, all.get(claim)).fact("claim", claim), Some(claim))
}

fn judged(names: &[&str], claim: &'static str, by: &Verifier<'_>) -> Line {
    let kind = by.warehouse.kind;
    let name = |said: &str| match kind.profile().role {
        RoleClaim::Scope => said.strip_prefix("session:role:").map(str::to_owned),
        RoleClaim::Validator => said.strip_prefix("role:").map(str::to_owned),
        _ => Some(said.to_owned()),
    };
    let roles: Vec<String> = names.iter().filter_map(|said| name(said)).filter(|role| !role.is_empty()).collect();
    if let Some(reserved) = roles.iter().find(|role| kind.reserves(role)) {
        return Line::refused("role", "role-reserved").fact("role", shortened(reserved));
    }
    let verdict = |role: &String| {
        let known = by.roles.iter().any(|ours| match kind.profile().role {
            RoleClaim::Scope | RoleClaim::Name | RoleClaim::Names(_) => kind.folded(&ours.name) == kind.folded(role),
            _ => ours.id.as_str() == role,
        });
        if known { Verdict::Accepted } else { Verdict::Unchecked }
    };
    match roles.iter().map(|role| (verdict(role), role)).min_by_key(|(verdict, _)| *verdict == Verdict::Accepted) {
        None if claim == "role" => Line::refused("role", "role-anonymous"),
        None if kind.profile().role == RoleClaim::Groups => Line::unchecked("role", "role-no-group"),
        None => Line::refused("role", "role-missing"),
        Some((Verdict::Accepted, role)) => Line::accepted("role", "role-ok").fact("role", shortened(role)),
        Some((_, role)) => Line::unchecked("role", "role-unknown").fact("role", shortened(role)),
    }
}

fn listed(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    }
}

fn spaced(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_str).map(|text| text.split(' ').collect()).unwrap_or_default()
}
