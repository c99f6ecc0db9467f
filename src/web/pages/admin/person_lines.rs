//! The lines of a person's file: logins, certificates, attempts, courses, requests, grants, tokens, sessions.

use super::shown::{Shown, count, request_state};
use crate::{
    academy::{
        attempt::{Attempt, State as AttemptState},
        mark::basis_percent,
    },
    access::{
        grant::{Grant, State as GrantState},
        rows::{Lock, LockKind},
    },
    actions::person_file::File,
    base::{clock::Time, text::Slug},
    certification::certificate::State as CertificateState,
    curriculum::quiz::QuizKind,
    tokens::claims,
    web::views::person_lines::{
        FileAttempt, FileCertificate, FileCourse, FileGrant, FileLogin, FileRequest, FileSession, FileToken,
    },
};

/// Attempts in a file.
const ATTEMPTS: usize = 20;
/// Requests in a file.
const REQUESTS: usize = 20;
/// Tokens in a file.
const TOKENS: usize = 10;

pub(super) fn logins(shown: &Shown, file: &File) -> Vec<FileLogin> {
    let by_hand = |id: &str| file.logins.iter().find(|(warehouse, _)| warehouse == id).map(|(_, login)| login.clone());
    shown
        .content
        .catalogue
        .warehouses
        .values()
        .map(|warehouse| {
            let set = by_hand(warehouse.id.as_str());
            FileLogin {
                warehouse: warehouse.id.to_string(),
                title: warehouse.title.get(shown.teller.language).to_owned(),
                by_hand: set.is_some(),
                login: set.unwrap_or_else(|| claims::login(warehouse, &file.person.email)),
            }
        })
        .collect()
}

pub(super) fn certificates(shown: &Shown, file: &File) -> Vec<FileCertificate> {
    let at = file.picture.at;
    file.picture
        .certificates
        .iter()
        .map(|certificate| {
            let standing = certificate.standing_at(at);
            let counts = certificate.counts_at(at);
            let state = match standing {
                CertificateState::Valid if shown.is_expiring(certificate, at) => "expiring",
                CertificateState::Superseded if !counts => "expired",
                other => other.word(),
            };
            FileCertificate {
                id: certificate.id.to_string(),
                name: shown.certification(&certificate.certification_id),
                state: state.to_owned(),
                from: certificate.valid_from.micros(),
                until: certificate.ends_at.micros(),
                version: certificate.course_version.to_string(),
                why: shown.why_ended(certificate, at),
                may_revoke: counts && matches!(standing, CertificateState::Valid | CertificateState::Superseded),
            }
        })
        .collect()
}

fn quiz_title(shown: &Shown, course: &Slug, quiz: &Slug) -> String {
    let language = shown.teller.language;
    let found = shown.content.curriculum.courses.get(course);
    let course_title = found.map_or_else(|| course.to_string(), |course| course.title.get(language).to_owned());
    let known = found.and_then(|course| course.quiz(quiz));
    let quiz_title = known.map_or_else(|| quiz.to_string(), |quiz| quiz.title.get(language).to_owned());
    format!("{course_title} · {quiz_title}")
}

pub(super) fn attempts(shown: &Shown, file: &File) -> Vec<FileAttempt> {
    let mut all: Vec<&Attempt> = file.picture.progress.values().flat_map(|progress| progress.attempts.iter()).collect();
    all.sort_by_key(|attempt| std::cmp::Reverse((attempt.started_at, attempt.id)));
    all.into_iter()
        .take(ATTEMPTS)
        .map(|attempt| FileAttempt {
            id: attempt.id.to_string(),
            title: quiz_title(shown, &attempt.course_id, &attempt.quiz_id),
            kind: if attempt.kind == QuizKind::Exam { "exam" } else { "practice" }.to_owned(),
            state: match attempt.state {
                AttemptState::Graded if attempt.kind == QuizKind::Practice => "done",
                AttemptState::Graded if attempt.passed == Some(true) => "passed",
                AttemptState::Graded => "failed",
                AttemptState::InProgress if !attempt.is_open(file.picture.at) => "expired",
                other => other.word(),
            }
            .to_owned(),
            at: attempt.started_at.micros(),
            percent: attempt.basis_points.map(basis_percent),
            may_void: attempt.kind == QuizKind::Exam && attempt.state != AttemptState::Voided,
        })
        .collect()
}

pub(super) fn courses(shown: &Shown, file: &File) -> Vec<FileCourse> {
    shown
        .content
        .curriculum
        .courses
        .values()
        .filter_map(|course| {
            let progress = file.picture.progress.get(&course.id)?;
            let first = progress.attempts.first().map(|attempt| attempt.started_at);
            let at = progress.enrolled_at.or_else(|| progress.read.values().min().copied()).or(first)?;
            let (done, total) = (progress.read.len(), course.modules.len());
            Some(FileCourse {
                id: course.id.to_string(),
                title: course.title.get(shown.teller.language).to_owned(),
                at: at.micros(),
                done: count(done),
                total: count(total),
                percent: count((done * 100).checked_div(total).unwrap_or(0)),
            })
        })
        .collect()
}

pub(super) fn requests(shown: &Shown, file: &File) -> Vec<FileRequest> {
    file.picture
        .requests
        .iter()
        .take(REQUESTS)
        .map(|request| FileRequest {
            id: request.id.to_string(),
            role: shown.role(&request.role_id),
            state: request_state(request.standing_at(file.picture.at)),
            at: request.submitted_at.micros(),
            reason: request.reason.clone(),
        })
        .collect()
}

pub(super) fn grants(shown: &Shown, file: &File) -> Vec<FileGrant> {
    let at = file.picture.at;
    let stops = |lock: &&Lock, grant: &Grant| match lock.kind {
        LockKind::Person => lock.subject_id == grant.person_id.to_string(),
        LockKind::Role => lock.subject_id == grant.role_id.as_str(),
        LockKind::Warehouse => lock.subject_id == grant.warehouse_id.as_str(),
    };
    file.grants
        .items
        .iter()
        .map(|grant| {
            let over = at >= grant.over_at();
            let effective = file.picture.effective.get(&grant.role_id).is_some_and(|(id, _)| *id == grant.id);
            let state = if over {
                "ended"
            } else if effective {
                "effective"
            } else if file.picture.locks.iter().any(|lock| stops(&lock, grant)) {
                "locked"
            } else if at < grant.starts_at {
                "scheduled"
            } else {
                "suspended"
            };
            FileGrant {
                id: grant.id.to_string(),
                role: shown.role(&grant.role_id),
                state: state.to_owned(),
                from: grant.starts_at.micros(),
                until: grant.ends_at.micros(),
                ended: if over {
                    grant.ended_reason.map_or("expired", |why| why.word()).to_owned()
                } else {
                    String::new()
                },
                used: file.uses.get(&grant.id).and_then(|one| one.last()).map(Time::micros),
                may_revoke: !over && grant.state != GrantState::Ended,
            }
        })
        .collect()
}

pub(super) fn tokens(shown: &Shown, file: &File) -> Vec<FileToken> {
    file.tokens
        .iter()
        .take(TOKENS)
        .map(|token| FileToken {
            id: token.id.to_string(),
            role: token.role_id.parse().map_or_else(|_| token.role_id.clone(), |id: Slug| shown.role(&id).name),
            client: token.client_id.clone(),
            address: token.address.clone(),
            at: token.issued_at.micros(),
            until: token.expires_at.micros(),
            live: file.working.contains(&token.id),
        })
        .collect()
}

pub(super) fn sessions(file: &File) -> Vec<FileSession> {
    file.sessions
        .iter()
        .map(|session| FileSession {
            id: session.id.to_string(),
            agent: session.agent.clone(),
            address: session.address.clone(),
            at: session.created_at.micros(),
            seen: session.seen_at.micros(),
            open: session.ended_at.is_none() && file.picture.at < session.expires_at,
        })
        .collect()
}
