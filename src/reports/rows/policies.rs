//! Report 12: which policy a role had at a moment, and what changed since.

use super::{Page, Part, at_id};
use crate::{
    access::{
        self,
        catalogue::{Policy, compare},
    },
    base::{clock::Time, refusal::Broken, text::Slug},
    db::{Reading, sql, sql::row},
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};
use std::sync::Arc;

row! {
    struct Raw {
        policy_id: String,
        from_at: Time,
        until_at: Option<Time>,
    }
}

/// The policy in force at the moment, and every one since, up to now.
fn since(r: &mut Reading<'_>, asked: &Asked, role: &Slug) -> Result<Vec<Raw>, Broken> {
    sql("SELECT policy_id, from_at, until_at FROM role_policies WHERE role_id = ? \
         AND (until_at IS NULL OR until_at > ?) AND (until_at IS NULL OR from_at < until_at) ORDER BY from_at, policy_id LIMIT 2000")
    .bind(role)
    .bind(&asked.at)
    .all(r)
}

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let Some(role) = &asked.role else { return Ok(Page::default()) };
    let mut lines: Vec<(String, Line)> = Vec::new();
    let mut before: Option<Arc<Policy>> = None;
    for raw in since(r, asked, role)? {
        let policy = access::rows::policy(r, &raw.policy_id)?;
        let differs = before.as_deref().map(|before| compare::policies(before, &policy)).unwrap_or_default();
        let changed = differs.into_iter().map(|change| change.field.to_owned()).collect();
        lines.push((at_id(raw.from_at, &raw.policy_id), line(role, &raw, &policy, changed, asked.at)));
        before = Some(policy);
    }
    lines.retain(|(key, _)| part.after.is_none_or(|after| key.as_str() > after));
    Ok(Page::cut(lines, part.most))
}

fn line(role: &Slug, raw: &Raw, policy: &Policy, changed: Vec<String>, at: Time) -> Line {
    let then = raw.from_at <= at;
    vec![
        Cell::Role(role.clone()),
        Cell::word(if then { "then" } else { "since" }),
        Cell::Moment(raw.from_at),
        Cell::moment(raw.until_at),
        Cell::Words(changed),
        Cell::text(compare::requires(policy)),
        Cell::text(compare::approval(&policy.approval)),
        Cell::Span(policy.max_duration.approximate_micros()),
        Cell::Span(policy.token_lifetime.approximate_micros()),
        Cell::Span(policy.grace_after_lapse.approximate_micros()),
        Cell::Thing(raw.policy_id.clone()),
    ]
}

/// How often it changed since.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let Some(role) = &asked.role else { return Ok(Vec::new()) };
    let later = since(r, asked, role)?.iter().filter(|raw| raw.from_at > asked.at).count();
    Ok(vec![Figure::count("changes", i64::try_from(later).unwrap_or(i64::MAX))])
}
