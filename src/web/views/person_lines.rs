//! The lines of a person's file: logins, certificates, attempts, courses, requests, grants, tokens, sessions.

use serde::Serialize;

use super::parts::RoleRef;

/// A lock on the person.
#[derive(Debug, Clone, Serialize)]
pub struct FileLock {
    /// `lck_…`
    pub id: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub at: i64,
    /// By whom.
    pub by: String,
}

/// A name in a warehouse.
#[derive(Debug, Clone, Serialize)]
pub struct FileLogin {
    /// The warehouse's slug.
    pub warehouse: String,
    /// Its title.
    pub title: String,
    /// The name that tokens carry.
    pub login: String,
    /// Whether it was set by hand instead of following the rule.
    pub by_hand: bool,
}

/// A certificate.
#[derive(Debug, Clone, Serialize)]
pub struct FileCertificate {
    /// `crt_…`
    pub id: String,
    /// The certification's name.
    pub name: String,
    /// `valid`, `expiring`, `expired`, `superseded` or `revoked`.
    pub state: String,
    /// From when.
    pub from: i64,
    /// Until when it counts.
    pub until: i64,
    /// The course's version.
    pub version: String,
    /// Why it ended early; may be empty.
    pub why: String,
    /// Whether it can be revoked.
    pub may_revoke: bool,
}

/// An attempt.
#[derive(Debug, Clone, Serialize)]
pub struct FileAttempt {
    /// `att_…`
    pub id: String,
    /// The quiz's title, with its course.
    pub title: String,
    /// `practice` or `exam`.
    pub kind: String,
    /// `in_progress`, `submitted`, `expired`, `pending_review`, `passed`, `failed` or `voided`.
    pub state: String,
    /// When it began.
    pub at: i64,
    /// The mark in percent, never rounded up.
    pub percent: Option<f64>,
    /// Whether it can be voided.
    pub may_void: bool,
}

/// A course and how far they are.
#[derive(Debug, Clone, Serialize)]
pub struct FileCourse {
    /// The slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Since when.
    pub at: i64,
    /// Modules done.
    pub done: u32,
    /// Modules in all.
    pub total: u32,
    /// The same in percent.
    pub percent: u32,
}

/// A request.
#[derive(Debug, Clone, Serialize)]
pub struct FileRequest {
    /// `req_…`
    pub id: String,
    /// For which role.
    pub role: RoleRef,
    /// The request's state.
    pub state: String,
    /// When it was sent.
    pub at: i64,
    /// Why; may be empty.
    pub reason: String,
}

/// A grant.
#[derive(Debug, Clone, Serialize)]
pub struct FileGrant {
    /// `gra_…`
    pub id: String,
    /// Of which role.
    pub role: RoleRef,
    /// `effective`, `active` (but not in effect), `scheduled`, `suspended`, `locked` or `ended`.
    pub state: String,
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// Why it ended: `expired`, `revoked`, `certificate_lost`, `left`, `review_lapsed`, `withdrawn`, …; empty while it runs.
    pub ended: String,
    /// When it was last used, as far as that is known.
    pub used: Option<i64>,
    /// Whether it can be revoked.
    pub may_revoke: bool,
}

/// A token's record.
#[derive(Debug, Clone, Serialize)]
pub struct FileToken {
    /// `tok_…`
    pub id: String,
    /// The role's name.
    pub role: String,
    /// The client: `page`, `habilis-cli`, …
    pub client: String,
    /// From which address.
    pub address: String,
    /// When it was minted.
    pub at: i64,
    /// When it stopped, or stops, working.
    pub until: i64,
    /// Whether it still works.
    pub live: bool,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct FileSession {
    /// `ses_…`
    pub id: String,
    /// The browser or tool, as it named itself.
    pub agent: String,
    /// From which address.
    pub address: String,
    /// When it began.
    pub at: i64,
    /// When it was last used.
    pub seen: i64,
    /// Whether it is open.
    pub open: bool,
}
