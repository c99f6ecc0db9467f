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

/// A stretch with one policy, or with none: the role was not in the catalogue then.
struct Stretch {
    policy: Option<String>,
    from: Time,
    until: Option<Time>,
}

/// What applied to the role at the moment, and everything since, up to now.
fn since(r: &mut Reading<'_>, asked: &Asked, role: &Slug) -> Result<Vec<Stretch>, Broken> {
    // The last one that was over then is read, too: where none followed it, the role had been withdrawn.
    let raws: Vec<Raw> = sql("SELECT policy_id, from_at, until_at FROM role_policies WHERE role_id = ? \
         AND (until_at IS NULL OR until_at > ? OR until_at = (SELECT MAX(p.until_at) FROM role_policies p \
         WHERE p.role_id = ? AND p.until_at <= ?)) AND (until_at IS NULL OR from_at < until_at) \
         ORDER BY from_at, policy_id LIMIT 2000")
    .bind(role)
    .bind(&asked.at)
    .bind(role)
    .bind(&asked.at)
    .all(r)?;
    let mut stretches = Vec::new();
    let mut raws = raws.into_iter().peekable();
    while let Some(Raw { policy_id, from_at, until_at }) = raws.next() {
        let next = raws.peek().map(|next| next.from_at);
        stretches.push(Stretch { policy: Some(policy_id), from: from_at, until: until_at });
        if let Some(end) = until_at.filter(|end| next.is_none_or(|next| *end < next)) {
            stretches.push(Stretch { policy: None, from: end, until: next });
        }
    }
    stretches.retain(|stretch| stretch.until.is_none_or(|until| until > asked.at));
    Ok(stretches)
}

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let Some(role) = &asked.role else { return Ok(Page::default()) };
    let mut lines: Vec<(String, Line)> = Vec::new();
    let mut before: Option<Arc<Policy>> = None;
    let mut withdrawn = false;
    for stretch in since(r, asked, role)? {
        let (mut changed, mut given) = (Vec::new(), terms(None));
        match &stretch.policy {
            None => changed.push("withdrawn".to_owned()),
            Some(id) => {
                let policy = access::rows::policy(r, id)?;
                changed.extend(withdrawn.then(|| "returned".to_owned()));
                let differs = before.as_deref().map(|before| compare::policies(before, &policy)).unwrap_or_default();
                changed.extend(differs.into_iter().map(|change| change.field.to_owned()));
                given = terms(Some(&policy));
                before = Some(policy);
            }
        }
        withdrawn = stretch.policy.is_none();
        let key = at_id(stretch.from, stretch.policy.as_deref().unwrap_or("withdrawn"));
        lines.push((key, line(role, stretch, changed, given, asked.at)));
    }
    lines.retain(|(key, _)| part.after.is_none_or(|after| key.as_str() > after));
    Ok(Page::cut(lines, part.most))
}

/// What a policy asks for and gives; nothing where there was none.
fn terms(policy: Option<&Policy>) -> [Cell; 5] {
    let Some(policy) = policy else { return [const { Cell::None }; 5] };
    [
        Cell::text(compare::requires(policy)),
        Cell::text(compare::approval(&policy.approval)),
        Cell::Span(policy.max_duration.approximate_micros()),
        Cell::Span(policy.token_lifetime.approximate_micros()),
        Cell::Span(policy.grace_after_lapse.approximate_micros()),
    ]
}

fn line(role: &Slug, stretch: Stretch, changed: Vec<String>, terms: [Cell; 5], at: Time) -> Line {
    let then = stretch.from <= at;
    let start = [
        Cell::Role(role.clone()),
        Cell::word(if then { "then" } else { "since" }),
        Cell::Moment(stretch.from),
        Cell::moment(stretch.until),
        Cell::Words(changed),
    ];
    start.into_iter().chain(terms).chain([Cell::thing(stretch.policy)]).collect()
}

/// How often it changed since; and since when the role is not in the catalogue any more, where it was withdrawn.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let Some(role) = &asked.role else { return Ok(Vec::new()) };
    let stretches = since(r, asked, role)?;
    let later = stretches.iter().filter(|stretch| stretch.from > asked.at).count();
    let mut figures = vec![Figure::count("changes", i64::try_from(later).unwrap_or(i64::MAX))];
    if let Some(gone) = stretches.last().filter(|last| last.policy.is_none()) {
        figures.push(Figure { name: "withdrawn", cell: Cell::Moment(gone.from), good: None });
    }
    Ok(figures)
}
