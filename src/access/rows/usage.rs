//! When a grant was last used: a token was made under it, or one of its tokens was verified where that is asked here.
//!
//! What was minted is read from the tokens, so it is known as of any moment. What was verified (introspection, `/verify`) is
//! kept to the hour, and only the last time: of a moment before that, only what was minted is told.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row},
    },
};
use std::collections::BTreeMap;

/// When the newest token of the grant `g` was made, by the instant of the transaction: one step into an index.
pub const MINTED: &str =
    "(SELECT MAX(t.issued_at) FROM tokens t WHERE t.grant_id = g.id AND t.issued_at <= habilis_at())";
/// When one of them was last verified.
pub const VERIFIED: &str =
    "(SELECT v.last_at FROM grant_verifications v WHERE v.grant_id = g.id AND v.last_at <= habilis_at())";

/// How close together two verifications are taken for one.
pub const VERIFIED_MICROS: i64 = 3_600 * 1_000_000;

row! {
    /// The last use of a grant.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
    pub struct Use {
        pub minted_at: Option<Time>,
        pub verified_at: Option<Time>,
    }
}

impl Use {
    /// The later of the two; none where it was never used.
    #[must_use]
    pub fn last(self) -> Option<Time> {
        self.minted_at.max(self.verified_at)
    }
}

/// The last use of each of these grants up to the instant of the transaction; one that is not there was never given.
///
/// # Errors
/// The database is away.
pub fn uses(r: &mut Reading<'_>, grants: &[Id<ids::Grant>]) -> Result<BTreeMap<Id<ids::Grant>, Use>, Broken> {
    row! { struct Raw { id: Id<ids::Grant>, minted_at: Option<Time>, verified_at: Option<Time> } }
    let mut found = BTreeMap::new();
    for some in grants.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let text = format!(
            "SELECT g.id, {MINTED} AS minted_at, {VERIFIED} AS verified_at FROM grants g WHERE g.id IN ({places})"
        );
        let statement = some.iter().fold(sql(text), Statement::bind);
        let rows: Vec<Raw> = statement.all(r)?;
        found.extend(
            rows.into_iter().map(|raw| (raw.id, Use { minted_at: raw.minted_at, verified_at: raw.verified_at })),
        );
    }
    Ok(found)
}

/// Notes that a token of a grant was verified at an instant. A later one that is known stays; one within the hour is the same.
///
/// # Errors
/// The database is away.
pub fn note_verified(w: &mut Writing<'_>, grant: Id<ids::Grant>, at: Time) -> Result<(), Broken> {
    sql("INSERT INTO grant_verifications (grant_id, first_at, last_at) VALUES (?, ?, ?) ON CONFLICT (grant_id) DO UPDATE \
         SET last_at = excluded.last_at WHERE grant_verifications.last_at <= excluded.last_at - ?")
        .bind(&grant)
        .bind(&at)
        .bind(&at)
        .bind(&VERIFIED_MICROS)
        .run(w)?;
    Ok(())
}
