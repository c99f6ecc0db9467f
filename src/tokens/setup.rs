//! What to tell each kind of warehouse so that it accepts our tokens: statements and settings, ready to paste, and what to
//! know about each verifier.

mod kinds;
mod quote;

use crate::access::catalogue::{Role, Warehouse, WarehouseKind};

/// One statement or file for the other side.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Statement {
    /// What it is and where it goes: the message is `setup-<what>`, a note on it `setup-<what>-note`.
    pub what: &'static str,
    /// The text.
    pub text: String,
}

/// What something to know is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// For which version it holds.
    Version,
    /// What the verifier does not look at.
    Unchecked,
    /// What ends a session, and what does not.
    Session,
    /// What else to take care of.
    Care,
}

impl Concern {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Unchecked => "unchecked",
            Self::Session => "session",
            Self::Care => "care",
        }
    }
}

/// Something to know about a verifier: the message is `caveat-<key>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Caveat {
    pub concern: Concern,
    pub key: &'static str,
}

/// Whose statements they are: what every one of them is filled in with.
struct Ours<'a> {
    issuer: &'a str,
    jwks: String,
    warehouse: &'a Warehouse,
    roles: &'a [&'a Role],
    user: &'static str,
}

/// The set-up of a warehouse, in the order in which to do it.
#[must_use]
pub fn statements(issuer: &str, warehouse: &Warehouse, roles: &[&Role]) -> Vec<Statement> {
    let user = warehouse.kind.profile().user;
    let ours = Ours { issuer, jwks: format!("{issuer}/jwks.json"), warehouse, roles, user };
    kinds::statements(&ours)
}

/// What to know about a warehouse's verifier, by concern.
#[must_use]
pub fn caveats(issuer: &str, kind: WarehouseKind) -> Vec<Caveat> {
    let mut all = vec![Caveat { concern: Concern::Session, key: "offline" }];
    if !issuer.starts_with("https://") {
        all.push(Caveat { concern: Concern::Care, key: "plain-http" });
    }
    all.extend(own_caveats(kind).iter().map(|(concern, key)| Caveat { concern: *concern, key }));
    all.sort_by_key(|caveat| caveat.concern);
    all
}

/// The caveats of one kind alone.
fn own_caveats(kind: WarehouseKind) -> &'static [(Concern, &'static str)] {
    use Concern::{Care, Session, Unchecked, Version};
    match kind {
        WarehouseKind::Snowflake => &[
            (Version, "snowflake-network"),
            (Session, "snowflake-session"),
            (Care, "snowflake-any-role"),
            (Care, "snowflake-blocked"),
            (Care, "snowflake-secondary"),
        ],
        WarehouseKind::Trino => {
            &[(Unchecked, "trino-unchecked"), (Unchecked, "trino-roles"), (Care, "trino-typ"), (Care, "trino-tls")]
        }
        WarehouseKind::Postgrest => &[
            (Unchecked, "postgrest-unchecked"),
            (Session, "postgrest-session"),
            (Care, "postgrest-anon"),
            (Care, "postgrest-keys"),
        ],
        WarehouseKind::Postgres => &[
            (Version, "postgres-version"),
            (Unchecked, "postgres-unchecked"),
            (Session, "postgres-session"),
            (Care, "postgres-scope"),
        ],
        WarehouseKind::Databricks => {
            &[(Unchecked, "databricks-roles"), (Session, "databricks-session"), (Care, "databricks-users")]
        }
        WarehouseKind::Bigquery => &[(Session, "bigquery-session"), (Care, "bigquery-keys"), (Care, "bigquery-sub")],
        WarehouseKind::Clickhouse => &[
            (Version, "clickhouse-version"),
            (Session, "clickhouse-session"),
            (Care, "clickhouse-user"),
            (Care, "clickhouse-cache"),
        ],
        WarehouseKind::Starrocks => &[
            (Version, "starrocks-version"),
            (Unchecked, "starrocks-unchecked"),
            (Unchecked, "starrocks-roles"),
            (Care, "starrocks-rsa"),
            (Care, "starrocks-ranger"),
        ],
        WarehouseKind::Generic => &[(Care, "generic-keys")],
    }
}

#[cfg(test)]
mod tests;
