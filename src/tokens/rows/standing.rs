//! What a verdict on a token is made from, and the changes after which it has to be asked for again.

use crate::{
    access,
    base::{
        clock::Time,
        ids::{Authorization, Grant, Id, Person, Session, Token},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::BTreeSet;

row! {
    /// Where a token stands: whose it is, and whether something behind it has ended.
    #[derive(Clone, Debug)]
    pub struct TokenStanding {
        pub id: Id<Token>,
        pub client_id: String,
        pub person_id: Id<Person>,
        pub grant_id: Option<Id<Grant>>,
        pub authorization_id: Option<Id<Authorization>>,
        pub session_id: Option<Id<Session>>,
        /// The name of the key that signed it.
        pub kid: String,
        pub expires_at: Time,
        /// Whether it is a service account's own; the person is then the owner.
        pub service: bool,
        /// Whether it was exchanged for another one.
        pub exchanged: bool,
        /// Nothing that it rests on was revoked: token, family, session, client and its owner, person, key; nor of what it was
        /// exchanged for.
        pub stands: bool,
    }
}

impl TokenStanding {
    /// The end as the token says it, in whole seconds: from then on no verifier takes it (RFC 7519, section 4.1.4).
    #[must_use]
    pub fn says_until(&self) -> Time {
        Time::from_micros(self.expires_at.seconds().saturating_mul(1_000_000))
    }
}

/// What a token of the table `t` rests on but for its grant, with `p`, `s`, `a`, `k` and `y` joined as in [`joins`].
macro_rules! rests {
    ($n:literal) => {
        concat!(
            "t",
            $n,
            ".revoked_at IS NULL AND p",
            $n,
            ".state = 'active' AND (s",
            $n,
            ".id IS NULL OR s",
            $n,
            ".ended_at IS NULL) AND (a",
            $n,
            ".id IS NULL OR a",
            $n,
            ".ended_at IS NULL) AND (k",
            $n,
            ".id IS NULL OR k",
            $n,
            ".state = 'active') AND y",
            $n,
            ".state <> 'gone'"
        )
    };
}

/// What a service account's own token rests on, too: the account is still owned by whom it was made for, and they agree to it.
macro_rules! owned {
    ($n:literal) => {
        concat!(
            "(NOT t",
            $n,
            ".service OR (COALESCE(k",
            $n,
            ".owner_id, '') = t",
            $n,
            ".person_id AND k",
            $n,
            ".accepted_at IS NOT NULL))"
        )
    };
}

/// What a token for a warehouse rests on.
macro_rules! joins {
    ($n:literal) => {
        concat!(
            "JOIN keys y",
            $n,
            " ON y",
            $n,
            ".kid = t",
            $n,
            ".kid JOIN persons p",
            $n,
            " ON p",
            $n,
            ".id = t",
            $n,
            ".person_id LEFT JOIN authorizations a",
            $n,
            " ON a",
            $n,
            ".id = t",
            $n,
            ".authorization_id LEFT JOIN sessions s",
            $n,
            " ON s",
            $n,
            ".id = t",
            $n,
            ".session_id LEFT JOIN clients k",
            $n,
            " ON k",
            $n,
            ".id = t",
            $n,
            ".client_id"
        )
    };
}

pub(super) const RESTS: &str = rests!("");
pub(super) const JOINS: &str = joins!("");
/// What a token for a warehouse rests on beyond [`RESTS`]: the owner of a service account, and every token that it was
/// exchanged for; the token of whoever acts has a grant of its own, by which that one's owner may still act.
pub(super) const BESIDES: &str = concat!(
    owned!(""),
    " AND (t.act IS NULL OR NOT EXISTS (SELECT 1 FROM token_subjects x JOIN tokens t2 ON t2.id = x.subject_id ",
    joins!("2"),
    " WHERE x.token_id = t.id AND NOT (",
    rests!("2"),
    " AND ",
    owned!("2"),
    " AND (t2.grant_id = t.grant_id OR EXISTS (SELECT 1 FROM effective_access e2 WHERE e2.grant_id = t2.grant_id)))))"
);

/// What a token for the userinfo endpoint rests on beyond [`RESTS`]: nobody has locked its person. Tokens for warehouses have that
/// from the one view.
pub(super) fn unlocked() -> String {
    format!("NOT {}", access::rows::locks_person("p.id"))
}

/// What a token for the userinfo endpoint rests on.
pub(super) const IDENTITY_JOINS: &str = "JOIN keys y ON y.kid = t.kid JOIN authorizations a ON a.id = t.authorization_id \
                                         JOIN persons p ON p.id = a.person_id LEFT JOIN sessions s ON s.id = a.session_id \
                                         LEFT JOIN clients k ON k.id = a.client_id";

/// Where an access token stands at the instant of the transaction; whether its grant is effective is asked of the one view.
///
/// # Errors
/// The database is away.
pub fn token_standing(r: &mut Reading<'_>, id: Id<Token>) -> Result<Option<TokenStanding>, Broken> {
    let unlocked = unlocked();
    sql(format!(
        "SELECT t.id, t.client_id, t.person_id, t.grant_id, t.authorization_id, t.session_id, t.kid, t.expires_at, \
         t.service, t.act IS NOT NULL AS exchanged, {RESTS} AND {BESIDES} AS stands FROM tokens t {JOINS} WHERE t.id = ? \
         UNION ALL \
         SELECT t.id, a.client_id, a.person_id, NULL, t.authorization_id, a.session_id, t.kid, t.expires_at, \
         FALSE AS service, FALSE AS exchanged, {RESTS} AND {unlocked} AS stands FROM identity_tokens t {IDENTITY_JOINS} WHERE t.id = ?"
    ))
    .bind(&id)
    .bind(&id)
    .maybe(r)
}

/// Which tokens of the table `t` work at the instant that is bound to it: what [`token_standing`] and the one view say of each,
/// in one question.
fn working() -> String {
    format!(
        "t.expires_at - t.expires_at % 1000000 > ? AND {RESTS} AND {BESIDES} \
         AND EXISTS (SELECT 1 FROM effective_access e WHERE e.grant_id = t.grant_id)"
    )
}

/// Those of these tokens for warehouses that work at the instant of the transaction: introspection would say so of each.
///
/// # Errors
/// The database is away.
pub fn working_tokens(r: &mut Reading<'_>, tokens: &[Id<Token>]) -> Result<BTreeSet<Id<Token>>, Broken> {
    row! { struct Working { id: Id<Token> } }
    if tokens.is_empty() {
        return Ok(BTreeSet::new());
    }
    let now = r.at();
    let places = vec!["?"; tokens.len()].join(", ");
    let mut statement =
        sql(format!("SELECT t.id FROM tokens t {JOINS} WHERE {} AND t.id IN ({places})", working())).bind(&now);
    for token in tokens {
        statement = statement.bind(token);
    }
    let found: Vec<Working> = statement.all(r)?;
    Ok(found.into_iter().map(|one| one.id).collect())
}

/// How many tokens of a grant work at the instant of the transaction, and until when the last of them does.
///
/// # Errors
/// The database is away.
pub fn live_of_grant(r: &mut Reading<'_>, grant: Id<Grant>) -> Result<(i64, Option<Time>), Broken> {
    row! { struct Live { n: i64, until: Option<Time> } }
    let now = r.at();
    let live: Live = sql(format!(
        "SELECT COUNT(*) AS n, MAX(t.expires_at) AS until FROM tokens t {JOINS} WHERE {} AND t.grant_id = ?",
        working()
    ))
    .bind(&now)
    .bind(&grant)
    .one(r)?;
    Ok((live.n, live.until))
}

row! {
    /// A token that another one was exchanged for.
    #[derive(Clone, Debug)]
    pub struct TokenSubject {
        pub id: Id<Token>,
        pub client_id: String,
        pub person_id: Id<Person>,
        pub grant_id: Id<Grant>,
        pub kid: String,
    }
}

/// Every token that a token was exchanged for, and those that these were.
///
/// # Errors
/// The database is away.
pub fn subjects_of(r: &mut Reading<'_>, id: Id<Token>) -> Result<Vec<TokenSubject>, Broken> {
    sql("SELECT t.id, t.client_id, t.person_id, t.grant_id, t.kid FROM token_subjects x JOIN tokens t ON t.id = x.subject_id \
         WHERE x.token_id = ? ORDER BY t.id")
    .bind(&id)
    .all(r)
}

row! {
    /// A grant that is effective, what it is for, and when the one view may come to say otherwise by time alone.
    #[derive(Clone, Debug)]
    pub struct Effective {
        pub role_id: String,
        pub warehouse_id: String,
        pub policy_id: String,
        pub ends_at: Time,
        /// The next end of a certificate of the person, whichever it is.
        pub certificate_ends_at: Option<Time>,
        /// When a shutting-out begins that was written down with an instant that is still to come.
        pub shut_out_at: Option<Time>,
        /// When a lock begins that was placed so.
        pub locked_at: Option<Time>,
        /// When a suspension of the grant begins that was written down so.
        pub suspended_at: Option<Time>,
    }
}

impl Effective {
    /// The first instant at which a yes may become a no without any row changing.
    #[must_use]
    pub fn until(&self) -> Time {
        let others = [self.certificate_ends_at, self.shut_out_at, self.locked_at, self.suspended_at];
        others.into_iter().flatten().fold(self.ends_at, Ord::min)
    }
}

/// A grant, where the one view says at the instant of the transaction that it opens its warehouse.
///
/// # Errors
/// The database is away.
pub fn still_effective(r: &mut Reading<'_>, grant: Id<Grant>) -> Result<Option<Effective>, Broken> {
    sql("SELECT e.role_id, e.warehouse_id, e.policy_id, e.ends_at, \
         (SELECT MIN(c.ends_at) FROM certificates c WHERE c.person_id = e.person_id AND c.ends_at > habilis_at()) \
             AS certificate_ends_at, \
         (SELECT MIN(d.from_at) FROM disabled_periods d WHERE d.person_id = e.person_id AND d.from_at > habilis_at()) \
             AS shut_out_at, \
         (SELECT MIN(l.placed_at) FROM locks l WHERE l.placed_at > habilis_at() \
             AND ((l.kind = 'person' AND l.subject_id = e.person_id) OR (l.kind = 'role' AND l.subject_id = e.role_id) \
               OR (l.kind = 'warehouse' AND l.subject_id = e.warehouse_id))) AS locked_at, \
         (SELECT MIN(s.from_at) FROM grant_suspensions s WHERE s.grant_id = e.grant_id AND s.from_at > habilis_at()) \
             AS suspended_at \
         FROM effective_access e WHERE e.grant_id = ?")
    .bind(&grant)
    .maybe(r)
}

row! {
    /// Something that verdicts rest on has changed.
    #[derive(Clone, Debug)]
    pub struct Change {
        pub seq: i64,
        /// Its kind and its id: `person:per_…`, `role:analyst`.
        pub subject: String,
        /// The instant of the change, by the clock of whoever made it.
        pub at: Time,
    }
}

/// Where whoever has read everything in this transaction stands: the position from which to read on.
///
/// On SQLite it is the number of the last line: there is one writer, so lines become visible in the order of their numbers.
/// On PostgreSQL it is the oldest transaction that is under way: every older one has ended, and what it wrote is visible here.
///
/// # Errors
/// The database is away.
pub fn head(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql(r.engine_sql(
        "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'standing_changes'), 0) AS n",
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS n",
    ))
    .one(r)
}

/// The changes from a position on, at most `most`. On PostgreSQL, changes that were read before may come again.
///
/// # Errors
/// The database is away.
pub fn changes(r: &mut Reading<'_>, from: i64, most: i64) -> Result<Vec<Change>, Broken> {
    let since = r.engine_sql("seq > ?", "xact >= ?");
    sql(format!("SELECT seq, subject, at FROM standing_changes WHERE {since} LIMIT ?")).bind(&from).bind(&most).all(r)
}

/// Forgets changes that were noted more than so many seconds ago, by the database's own clock.
///
/// # Errors
/// The database is away.
pub fn forget_changes(w: &mut Writing<'_>, seconds: i64) -> Result<(), Broken> {
    let now = w.engine_sql(
        "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT",
    );
    let span = seconds.saturating_mul(1_000_000);
    sql(format!("DELETE FROM standing_changes WHERE noted_at < {now} - ?")).bind(&span).run(w)?;
    Ok(())
}
