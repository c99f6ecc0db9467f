//! The conditions of an access and the chain behind it, as lines of the evidence page.

use super::shown::Shown;
use crate::{
    academy::mark::basis_percent,
    access::{
        catalogue::Approval,
        grant::{Cause, EndReason},
        request::Verdict,
        rows::{Lock, LockKind, Suspension},
    },
    actions::explain_access::{ChainPart, Explanation},
    base::{clock::Time, text::Slug},
    web::{
        kit::{explain, words::percent},
        views::evidence::{Condition, Link},
    },
};

/// What has to hold, and whether it did.
pub(super) fn conditions(shown: &Shown, explanation: &Explanation) -> Vec<Condition> {
    let blank = |kind: &str, met: bool| Condition {
        kind: kind.to_owned(),
        name: String::new(),
        met,
        from: None,
        until: None,
        detail: String::new(),
        id: String::new(),
        href: None,
    };
    let micros = |at: Time| Some(at.micros());
    let mut all = vec![match &explanation.grant {
        None => blank("grant", false),
        Some(grant) => Condition {
            from: micros(grant.starts_at),
            until: micros(grant.ends_at),
            id: grant.id.to_string(),
            href: Some(format!("/holders/{}", grant.id)),
            ..blank("grant", explanation.within)
        },
    }];
    for suspension in &explanation.suspensions {
        all.push(Condition {
            name: suspension.cause.word().to_owned(),
            from: micros(suspension.from_at),
            detail: suspension.reason.clone(),
            id: suspension.id.to_string(),
            ..blank("suspension", false)
        });
    }
    for clause in &explanation.clauses {
        let names: Vec<String> = clause.any_of.iter().map(|id| shown.certification(id)).collect();
        let line = Condition { name: shown.teller.any_of(&names), ..blank("certification", clause.met_by.is_some()) };
        all.push(match clause.met_by.as_ref().or_else(|| explain::nearest(explanation, clause)) {
            None => line,
            Some(certificate) => Condition {
                from: micros(certificate.valid_from),
                until: micros(certificate.ends_at),
                detail: if names.len() > 1 {
                    shown.certification(&certificate.certification_id)
                } else {
                    String::new()
                },
                id: certificate.id.to_string(),
                href: Some(format!("/certificates/{}", certificate.id)),
                ..line
            },
        });
    }
    all.push(match &explanation.shut_out {
        None => Condition { from: micros(explanation.person.created_at), ..blank("person", !explanation.disabled) },
        Some((since, reason)) => {
            Condition { from: micros(*since), detail: reason.clone(), ..blank("person", !explanation.disabled) }
        }
    });
    if let Some(policy) = explanation.policy.as_ref().filter(|policy| !policy.hours.is_empty()) {
        let hours = super::shown::hours(&shown.teller, &policy.hours);
        all.push(Condition { detail: hours.join("; "), ..blank("hours", explanation.open) });
    }
    if explanation.locks.is_empty() {
        all.push(blank("lock", true));
    }
    for lock in &explanation.locks {
        all.push(Condition {
            from: micros(lock.placed_at),
            until: lock.lifted_at.and_then(micros),
            detail: lock.reason.clone(),
            id: lock.id.to_string(),
            href: shown.overseen(format!("/locks#{}", lock.id)),
            ..blank("lock", false)
        });
    }
    all
}

fn link(kind: &str, tone: &str, at: Time, name: String) -> Link {
    Link {
        kind: kind.to_owned(),
        tone: tone.to_owned(),
        at: at.micros(),
        until: None,
        by: String::new(),
        name,
        detail: String::new(),
        id: String::new(),
        href: None,
    }
}

/// How one thing led to the next, the oldest first.
pub(super) fn steps(shown: &Shown, explanation: &Explanation) -> Vec<Link> {
    let mut steps = learning(shown, explanation);
    steps.extend(asking(shown, explanation));
    steps.extend(holding(shown, explanation));
    for lock in &explanation.locks_since {
        steps.extend(stopping(shown, explanation, lock));
    }
    if let (Some((since, reason)), Some(by)) = (&explanation.shut_out, &explanation.shut_out_by) {
        steps.push(Link {
            by: shown.actor(by, &explanation.names),
            detail: reason.clone(),
            id: explanation.person.id.to_string(),
            href: shown.overseen(format!("/people/{}", explanation.person.id)),
            ..link("disabled", "bad", *since, explanation.person.name.clone())
        });
    }
    // What happened at one instant is told in the order of cause and effect.
    let place = |kind: &str| match kind {
        "attempt" => 0,
        "certificate" => 1,
        "request" => 2,
        "blocked" => 3,
        "decision" => 4,
        "policy" => 5,
        "grant" => 6,
        "tokens" => 8,
        _ => 7,
    };
    steps.sort_by_key(|step| (step.at, place(&step.kind)));
    steps
}

fn learning(shown: &Shown, explanation: &Explanation) -> Vec<Link> {
    let language = shown.teller.language;
    let mut steps = Vec::new();
    for attempt in &explanation.attempts {
        let course = shown.content.curriculum.courses.get(&attempt.course_id);
        let course_title = course.map_or_else(|| attempt.course_id.to_string(), |c| c.title.get(language).to_owned());
        let quiz = course.and_then(|course| course.quiz(&attempt.quiz_id));
        let quiz_title = quiz.map_or_else(|| attempt.quiz_id.to_string(), |q| q.title.get(language).to_owned());
        let tone = if attempt.passed == Some(true) { "ok" } else { "bad" };
        let mark = attempt.basis_points.map(|points| percent(language.tag(), basis_percent(points)));
        steps.push(Link {
            detail: mark.unwrap_or_default(),
            id: attempt.id.to_string(),
            href: shown.overseen(format!("/people/{}#attempts", explanation.person.id)),
            ..link(
                "attempt",
                tone,
                attempt.finished_at.unwrap_or(attempt.started_at),
                format!("{course_title} · {quiz_title}"),
            )
        });
    }
    let needed: Vec<&Slug> = explanation.clauses.iter().flat_map(|clause| &clause.any_of).collect();
    for certificate in explanation.certificates.iter().filter(|c| needed.contains(&&c.certification_id)) {
        let tone = if certificate.counts_at(explanation.at) { "ok" } else { "bad" };
        let ended = certificate.ends_at <= explanation.at;
        steps.push(Link {
            until: Some(certificate.ends_at.micros()),
            detail: if ended { shown.why_ended(certificate, explanation.at) } else { String::new() },
            id: certificate.id.to_string(),
            href: Some(format!("/certificates/{}", certificate.id)),
            ..link("certificate", tone, certificate.issued_at, shown.certification(&certificate.certification_id))
        });
    }
    steps
}

fn asking(shown: &Shown, explanation: &Explanation) -> Vec<Link> {
    let Some(request) = &explanation.request else { return Vec::new() };
    let href = shown.overseen(format!("/decisions/{}", request.id));
    let role = shown.role(&request.role_id).name;
    let mut steps = vec![Link {
        by: explanation.person.name.clone(),
        detail: request.reason.clone(),
        id: request.id.to_string(),
        href: href.clone(),
        ..link("request", "", request.submitted_at, role)
    }];
    for (part, change) in &explanation.history {
        if *part == ChainPart::Request && change.to_state == "blocked" {
            let missing: Vec<String> = explanation
                .clauses
                .iter()
                .filter(|clause| {
                    let earned =
                        explanation.certificates.iter().filter(|c| clause.any_of.contains(&c.certification_id));
                    earned.clone().all(|c| !c.counts_at(change.at))
                })
                .map(|clause| {
                    let names: Vec<String> = clause.any_of.iter().map(|id| shown.certification(id)).collect();
                    shown.teller.any_of(&names)
                })
                .collect();
            steps.push(link("blocked", "warn", change.at, shown.teller.all_of(&missing)));
        }
        let approved = *part == ChainPart::Request && change.to_state == "approved";
        if approved && explanation.policy.as_ref().is_some_and(|p| matches!(p.approval, Approval::Auto)) {
            steps.push(link("policy", "ok", change.at, String::new()));
        }
    }
    for decision in explanation.decisions.iter().filter(|decision| decision.at <= explanation.at) {
        let tone = match decision.decision {
            Verdict::Approve => "ok",
            Verdict::Reject => "bad",
            Verdict::Return => "warn",
        };
        steps.push(Link {
            by: decision.person_name.clone(),
            detail: decision.comment.clone(),
            id: decision.id.to_string(),
            href: href.clone(),
            ..link("decision", tone, decision.at, String::new())
        });
    }
    steps
}

fn holding(shown: &Shown, explanation: &Explanation) -> Vec<Link> {
    let Some(grant) = &explanation.grant else { return Vec::new() };
    let role = shown.role(&grant.role_id).name;
    let mut steps = vec![Link {
        until: Some(grant.ends_at.micros()),
        id: grant.id.to_string(),
        href: Some(format!("/holders/{}", grant.id)),
        ..link("grant", "ok", grant.granted_at, role.clone())
    }];
    let mut told = Vec::new();
    for (_, change) in explanation.history.iter().filter(|(part, _)| *part == ChainPart::Grant) {
        let (kind, tone) = match (change.from_state.as_str(), change.to_state.as_str()) {
            (_, "suspended") => ("suspended", "warn"),
            ("suspended", "active") => ("resumed", "ok"),
            (_, "ended") => ("ended", "bad"),
            _ => continue,
        };
        let (by, detail) = match kind {
            "suspended" => {
                let cause = explanation.held_back.iter().rfind(|one| {
                    let stood = one.from_at <= change.at && one.until_at.is_none_or(|until| change.at < until);
                    stood && one.cause.word() == change.reason
                });
                told.extend(cause.map(|one| one.id));
                held_back(shown, explanation, cause)
            }
            "resumed" => {
                let lifted = explanation.held_back.iter().find(|one| one.until_at == Some(change.at));
                let word = lifted.and_then(|one| one.lifted_by.as_deref());
                let by = word.map(|word| shown.actor(word, &explanation.names)).unwrap_or_default();
                (by.clone(), by)
            }
            _ => {
                let by = explanation.names.get(&change.actor).cloned().unwrap_or_default();
                let why = grant.ended_reason.map_or("expired", |reason| reason.word());
                let why = shown.teller.say("grant-ended", &[("why", why.into())]);
                let reason = change.reason.as_str();
                // With a role's withdrawal comes no reason but the service's own.
                let own = grant.ended_reason.is_none_or(|r| r.word() != reason && r != EndReason::Withdrawn);
                let why = if own { format!("{why}: {reason}") } else { why };
                let others = by != explanation.person.name;
                let detail = signed(why, if others { &by } else { "" });
                (by, detail)
            }
        };
        steps.push(Link { by, detail, id: grant.id.to_string(), ..link(kind, tone, change.at, role.clone()) });
    }
    // What held it back while it was suspended already was no step of its own.
    let others = explanation.held_back.iter().filter(|one| !told.contains(&one.id));
    for one in others.filter(|one| one.until_at.is_none_or(|until| one.from_at < until)) {
        let (by, detail) = held_back(shown, explanation, Some(one));
        steps.push(Link {
            by,
            detail,
            id: grant.id.to_string(),
            ..link("suspended", "warn", one.from_at, role.clone())
        });
    }
    // The date is that of the token whose id stands beside it: the latest.
    if let (Some(latest), n @ 1..) = (explanation.tokens.first(), explanation.minting.n) {
        let mut clients: Vec<String> = explanation.tokens.iter().map(|token| token.client_id.clone()).collect();
        clients.sort();
        clients.dedup();
        #[expect(clippy::cast_precision_loss, reason = "a count of tokens to be written down")]
        let n = crate::web::kit::words::number(shown.teller.language.tag(), n as f64);
        let id = latest.id.to_string();
        steps.push(Link { detail: clients.join(", "), id, ..link("tokens", "", latest.issued_at, n) });
    }
    steps
}

/// Who held a grant back, and why; without a suspension it was a certificate that was missing. The house's own causes have words
/// and no name.
fn held_back(shown: &Shown, explanation: &Explanation, suspension: Option<&Suspension>) -> (String, String) {
    let own = |cause: &str| (String::new(), shown.teller.say("proof-held-back", &[("cause", cause.to_owned().into())]));
    match suspension {
        None => own("certificate"),
        Some(one) if one.cause == Cause::Admin => {
            let by = shown.actor(&one.placed_by, &explanation.names);
            let detail = signed(one.reason.clone(), &by);
            (by, detail)
        }
        Some(one) => own(one.cause.word()),
    }
}

/// Words with the name of whose they are.
fn signed(words: String, by: &str) -> String {
    if words.is_empty() {
        by.to_owned()
    } else if by.is_empty() {
        words
    } else {
        format!("{words} · {by}")
    }
}

fn stopping(shown: &Shown, explanation: &Explanation, lock: &Lock) -> Vec<Link> {
    let name = match lock.kind {
        LockKind::Person => explanation.person.name.clone(),
        LockKind::Role => shown.role(&explanation.role).name,
        LockKind::Warehouse => {
            lock.subject_id.parse().map_or_else(|_| lock.subject_id.clone(), |id| shown.warehouse_title(&id))
        }
    };
    let href = shown.overseen(format!("/locks#{}", lock.id));
    let mut steps = vec![Link {
        by: shown.actor(&lock.placed_by, &explanation.names),
        detail: lock.reason.clone(),
        id: lock.id.to_string(),
        href: href.clone(),
        ..link("lock", "bad", lock.placed_at, name.clone())
    }];
    if let Some(lifted) = lock.lifted_at.filter(|lifted| *lifted <= explanation.at) {
        steps.push(Link {
            by: shown.actor(lock.lifted_by.as_deref().unwrap_or_default(), &explanation.names),
            id: lock.id.to_string(),
            href,
            ..link("lifted", "ok", lifted, name)
        });
    }
    steps
}
