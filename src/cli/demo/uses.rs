//! Tokens of generated grants: each grant is used evenly over its time, and every seventh is never used.

use crate::{
    access::{grant::Grant, rows::Serial},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    tokens::rows::TokenRow,
};

/// How long a generated token holds, in seconds.
const HOLDS: i64 = 900;
/// Every grant with this rest is left unused.
const UNUSED: usize = 7;

/// What generated tokens have in common.
pub(super) struct Uses {
    /// How many tokens are made in all, over so many grants.
    pub tokens: usize,
    pub grants: usize,
    pub kid: String,
    pub now: Time,
}

impl Uses {
    /// The tokens of grants that were numbered from `first` on; together as many as were asked for, where a grant is used at all.
    pub(super) fn of(&self, first: usize, grants: &[Grant], serial: &mut Serial) -> Result<Vec<TokenRow>, Broken> {
        let mut made = Vec::new();
        for (number, grant) in (first..).zip(grants) {
            let share = |until: usize| self.tokens.saturating_mul(until) / used(self.grants).max(1);
            if number % UNUSED == UNUSED - 1 {
                continue;
            }
            let many = share(used(number + 1)) - share(used(number));
            for issued_at in self.moments(grant, many) {
                made.push(self.token(grant, serial.id(issued_at)?, issued_at));
            }
        }
        Ok(made)
    }

    /// So many moments at equal distances, while the grant ran and not after now.
    fn moments(&self, grant: &Grant, many: usize) -> impl Iterator<Item = Time> + use<> {
        let (start, end) = (grant.starts_at, grant.ends_at.min(self.now));
        let step = end.micros_since(start).max(0) / (i64::try_from(many).unwrap_or(i64::MAX - 1) + 1);
        (1..).take(many).map(move |n: i64| start.plus_micros(step * n))
    }

    fn token(&self, grant: &Grant, id: Id<ids::Token>, issued_at: Time) -> TokenRow {
        TokenRow {
            id,
            grant_id: grant.id,
            person_id: grant.person_id,
            role_id: grant.role_id.to_string(),
            client_id: "habilis-cli".to_owned(),
            session_id: None,
            kid: self.kid.clone(),
            issued_at,
            expires_at: issued_at.plus_seconds(HOLDS).min(grant.ends_at),
            address: "192.0.2.1".to_owned(),
            authorization_id: None,
            revoked_at: None,
            service: false,
            act: None,
        }
    }
}

/// How many of the first `grants` grants are used.
fn used(grants: usize) -> usize {
    grants - grants / UNUSED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::grant::State, base::ids};

    const DAY: i64 = 86_400_000_000;

    fn grant(number: usize) -> Grant {
        let starts_at = Time::from_micros(1_700_000_000_000_000).plus_micros(DAY * i64::try_from(number).unwrap());
        Grant {
            withdrawn_at: None,
            claim_by_at: None,
            claimed_at: None,
            emergency: false,
            id: Id::new(starts_at),
            person_id: Id::<ids::Person>::new(starts_at),
            role_id: "analyst".parse().unwrap(),
            warehouse_id: "main".parse().unwrap(),
            request_id: Id::<ids::Request>::new(starts_at),
            policy_id: "policy".to_owned(),
            state: State::Active,
            starts_at,
            ends_at: starts_at.plus_micros(30 * DAY),
            granted_at: starts_at,
            grace_micros: 0,
            ended_reason: None,
        }
    }

    #[test]
    fn so_many_tokens_are_made_and_each_while_its_grant_runs() {
        let grants: Vec<Grant> = (0..20).map(grant).collect();
        let now = grants[19].starts_at.plus_micros(5 * DAY);
        let uses = Uses { tokens: 100, grants: grants.len(), kid: "key".to_owned(), now };
        let mut serial = Serial { run: 1, next: 0 };
        let first = uses.of(0, &grants[..10], &mut serial).unwrap();
        let rest = uses.of(10, &grants[10..], &mut serial).unwrap();
        assert_eq!(first.len() + rest.len(), 100);
        for (number, grant) in grants.iter().enumerate() {
            let own: Vec<_> = first.iter().chain(&rest).filter(|token| token.grant_id == grant.id).collect();
            assert_eq!(own.is_empty(), number % 7 == 6, "{number}");
            assert!(own.iter().all(|t| t.issued_at > grant.starts_at && t.issued_at < now.min(grant.ends_at)));
        }
        let mut ids: Vec<_> = first.iter().chain(&rest).map(|token| token.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 100);
    }
}
