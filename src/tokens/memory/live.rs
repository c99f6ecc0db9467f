//! A yes: what a token says, what it is good for, what that rests on, and how long it stands by itself.

use crate::{
    base::{
        clock::Time,
        ids::{Grant, Id, Person, Token},
    },
    tokens::rows::{Effective, TokenStanding, TokenSubject},
};
use serde_json::{Map, Value};
use std::sync::atomic::{AtomicI64, Ordering};

/// A token that lives.
#[derive(Debug)]
pub struct Live {
    pub token: Id<Token>,
    /// Whose access it rests on.
    pub person: Id<Person>,
    /// Whether it is about a service account, and the person its owner.
    pub machine: bool,
    pub client: String,
    pub expires_at: Time,
    /// What it opens; nothing where it only tells who somebody is.
    pub opens: Option<Opens>,
    /// What it says.
    pub claims: Map<String, Value>,
    pub(super) rests: Vec<String>,
    pub(super) from: Time,
    pub(super) until: Time,
    /// When its use was last handed on, in microseconds.
    pub(super) used: AtomicI64,
}

/// What a token opens, by the record of its grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opens {
    pub grant: Id<Grant>,
    pub role: String,
    pub warehouse: String,
}

/// What was read of a token that lives.
pub type Rests = (TokenStanding, Option<Effective>, Vec<Subject>);
/// A token that it was exchanged for, and what that one's grant opens where it is another grant.
pub type Subject = (TokenSubject, Option<Effective>);

impl Live {
    /// A yes that was asked for at `now`.
    #[must_use]
    pub fn new(claims: Map<String, Value>, (standing, effective, subjects): Rests, now: Time) -> Self {
        let mut rests = vec![
            format!("token:{}", standing.id),
            format!("person:{}", standing.person_id),
            format!("client:{}", standing.client_id),
            format!("key:{}", standing.kid),
        ];
        rests.extend(standing.authorization_id.map(|id| format!("family:{id}")));
        rests.extend(standing.session_id.map(|id| format!("session:{id}")));
        rests.extend(standing.grant_id.map(|id| format!("grant:{id}")));
        let mut until = standing.says_until();
        let mut rest_on = |access: &Effective| {
            until = until.min(access.until());
            [("policy", &access.policy_id), ("role", &access.role_id), ("warehouse", &access.warehouse_id)]
                .map(|(kind, id)| format!("{kind}:{id}"))
        };
        // The family and the session are the same; the person and the grant are not those of whoever acts.
        for (subject, access) in subjects {
            rests.push(format!("token:{}", subject.id));
            rests.push(format!("client:{}", subject.client_id));
            rests.push(format!("key:{}", subject.kid));
            rests.push(format!("person:{}", subject.person_id));
            rests.push(format!("grant:{}", subject.grant_id));
            rests.extend(access.iter().flat_map(&mut rest_on));
        }
        rests.extend(effective.iter().flat_map(&mut rest_on));
        let opens = standing.grant_id.zip(effective).map(|(grant, access)| Opens {
            grant,
            role: access.role_id,
            warehouse: access.warehouse_id,
        });
        Self {
            token: standing.id,
            person: standing.person_id,
            machine: claims.contains_key("owner"),
            client: standing.client_id,
            expires_at: standing.expires_at,
            opens,
            claims,
            rests,
            from: now,
            until,
            used: AtomicI64::new(i64::MIN),
        }
    }

    /// Whether it lives at an instant, as far as time goes.
    pub(super) fn lives_at(&self, now: Time) -> bool {
        self.from <= now && now < self.until
    }

    /// Whether this use is to be handed on: the last one was longer ago than uses are told apart. Asked for every use, and
    /// answered without a lock.
    pub(super) fn uses(&self, now: Time, apart: i64) -> bool {
        let last = self.used.load(Ordering::Relaxed);
        now.micros().saturating_sub(last) >= apart
            && self.used.compare_exchange(last, now.micros(), Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// A claim that is a text.
    #[must_use]
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str)
    }
}
