//! The kinds of warehouse: what each takes for a token and what it looks at, all of it in this one place.

use super::{Signing, TokenType};
use serde::{Deserialize, Serialize};

/// The kinds of warehouse, which differ in their tokens' claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WarehouseKind {
    /// Snowflake, External OAuth.
    Snowflake,
    /// Trino, JWT authentication.
    Trino,
    /// PostgreSQL 18, OAuth.
    Postgres,
    /// PostgREST.
    Postgrest,
    /// Databricks, token federation.
    Databricks,
    /// BigQuery, workforce identity federation.
    Bigquery,
    /// ClickHouse.
    Clickhouse,
    /// StarRocks, JSON Web Token authentication.
    Starrocks,
    /// Anything that reads JSON Web Tokens.
    Generic,
}

/// Whether a verifier looks at a part of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// It has to be there, and right.
    Needs,
    /// Where it is there, it has to be right.
    IfThere,
    /// It does not look.
    No,
    /// The vendor does not say.
    Untold,
}

/// Where a verifier finds the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleClaim {
    /// In `scp`, as one scope that it can not do without.
    Scope,
    /// In `scope`, which the validator has to hold against what `pg_hba.conf` asks for.
    Validator,
    /// In `role`, as the name of a database role.
    Name,
    /// In a claim of its own, a list of names.
    Names(&'static str),
    /// In `roles`, a list of our ids, taken for groups.
    Groups,
    /// Nowhere: it has roles of its own for people.
    Nowhere,
}

/// What a kind of warehouse takes for a token, and what it looks at.
#[derive(Debug)]
pub struct Profile {
    /// The product as it writes its own name.
    pub product: &'static str,
    /// The vendor's page on it.
    pub page: &'static str,
    /// The signatures that it verifies, our default first.
    pub takes: &'static [Signing],
    /// A signature that it verifies only from a version on.
    pub since: Option<(Signing, &'static str)>,
    /// The `typ` that its tokens have unless the file says another.
    pub typ: TokenType,
    /// The claim that says which user it is, as our set-up tells it.
    pub user: &'static str,
    /// Where it finds the role.
    pub role: RoleClaim,
    /// `kid`.
    pub kid: Looks,
    /// `typ`.
    pub looks_at_typ: Looks,
    /// `iss`.
    pub iss: Looks,
    /// `aud`.
    pub aud: Looks,
    /// `sub`.
    pub sub: Looks,
    /// `exp`.
    pub exp: Looks,
    /// `nbf`.
    pub nbf: Looks,
    /// `iat`: not in the future.
    pub iat: Looks,
    /// By how many seconds its clock may differ; none where the vendor does not say.
    pub leeway: Option<i64>,
    /// The longest time from `iat` to `exp` that it takes, in seconds.
    pub longest: Option<i64>,
    /// Names of roles that rule the whole warehouse, or that it keeps for itself; in capitals.
    pub reserved: &'static [&'static str],
    /// Whether the names of its roles are the same in upper and lower case.
    pub folds: bool,
}

use Looks::{IfThere, Needs, No, Untold};
use Signing::{ES256, EdDSA, RS256};

/// <https://docs.snowflake.com/en/user-guide/oauth-ext-custom> for the claims, and
/// <https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-oauth-external> for the roles it blocks.
static SNOWFLAKE: Profile = Profile {
    product: "Snowflake",
    page: "https://docs.snowflake.com/en/user-guide/oauth-ext-custom",
    takes: &[ES256, RS256],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Scope,
    kid: Untold,
    looks_at_typ: Untold,
    iss: Needs,
    aud: Needs,
    sub: No,
    exp: Needs,
    nbf: IfThere,
    iat: Needs,
    leeway: None,
    longest: None,
    reserved: &["ACCOUNTADMIN", "ORGADMIN", "GLOBALORGADMIN", "SECURITYADMIN"],
    folds: true,
};

/// <https://trino.io/docs/current/security/jwt.html>; what the page does not say, from `JwtAuthenticator` and
/// `JwkSigningKeyLocator` in its sources: `typ` and `iat` are not read, the clocks may not differ.
static TRINO: Profile = Profile {
    product: "Trino",
    page: "https://trino.io/docs/current/security/jwt.html",
    takes: &[ES256, RS256],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Nowhere,
    kid: Needs,
    looks_at_typ: No,
    iss: Needs,
    aud: Needs,
    sub: No,
    exp: IfThere,
    nbf: IfThere,
    iat: No,
    leeway: Some(0),
    longest: None,
    reserved: &[],
    folds: true,
};

/// <https://www.postgresql.org/docs/18/oauth-validator-design.html>: the server looks at nothing itself, and asks of a
/// validator what stands here. Names that begin with `pg_` are its own (`CREATE ROLE`).
static POSTGRES: Profile = Profile {
    product: "PostgreSQL",
    page: "https://www.postgresql.org/docs/18/auth-oauth.html",
    takes: &[ES256, RS256, EdDSA],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Validator,
    kid: Untold,
    looks_at_typ: Untold,
    iss: Needs,
    aud: Needs,
    sub: Untold,
    exp: Needs,
    nbf: IfThere,
    iat: Untold,
    leeway: None,
    longest: None,
    reserved: &["POSTGRES", "PUBLIC", "NONE"],
    folds: false,
};

/// <https://docs.postgrest.org/en/stable/references/auth.html>; `iss` and `typ` are not among what it validates.
static POSTGREST: Profile = Profile {
    product: "PostgREST",
    page: "https://docs.postgrest.org/en/stable/references/auth.html",
    takes: &[ES256, RS256],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Name,
    kid: IfThere,
    looks_at_typ: No,
    iss: No,
    aud: IfThere,
    sub: No,
    exp: IfThere,
    nbf: IfThere,
    iat: IfThere,
    leeway: Some(30),
    longest: None,
    reserved: &["POSTGRES", "PUBLIC", "NONE", "AUTHENTICATOR"],
    folds: false,
};

/// <https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-policy>, and
/// <https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange> for the algorithms.
static DATABRICKS: Profile = Profile {
    product: "Databricks",
    page: "https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-policy",
    takes: &[ES256, RS256],
    since: None,
    typ: TokenType::AtJwt,
    user: "email",
    role: RoleClaim::Nowhere,
    kid: Untold,
    looks_at_typ: Untold,
    iss: Needs,
    aud: Needs,
    sub: No,
    exp: Needs,
    nbf: Untold,
    iat: Untold,
    leeway: None,
    longest: None,
    reserved: &[],
    folds: false,
};

/// <https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token>, `subjectToken`.
static BIGQUERY: Profile = Profile {
    product: "BigQuery",
    page: "https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token",
    takes: &[ES256, RS256],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Groups,
    kid: Needs,
    looks_at_typ: Untold,
    iss: Needs,
    aud: Needs,
    sub: Needs,
    exp: Needs,
    nbf: Untold,
    iat: Needs,
    leeway: None,
    longest: Some(48 * 3_600),
    reserved: &[],
    folds: false,
};

/// <https://clickhouse.com/docs/products/cloud/guides/security/cloud-access-management/jwt-authentication-setup> and
/// <https://clickhouse.com/docs/concepts/features/security/external-authenticators/jwt>: the Cloud's verifier.
static CLICKHOUSE: Profile = Profile {
    product: "ClickHouse",
    page: "https://clickhouse.com/docs/products/cloud/guides/security/cloud-access-management/jwt-authentication-setup",
    takes: &[RS256, ES256],
    since: Some((ES256, "26.8")),
    typ: TokenType::AtJwt,
    user: "sub",
    role: RoleClaim::Names("clickhouse:roles"),
    kid: Needs,
    looks_at_typ: Untold,
    iss: Needs,
    aud: Needs,
    sub: Needs,
    exp: Needs,
    nbf: Untold,
    iat: Needs,
    leeway: None,
    longest: None,
    reserved: &[],
    folds: false,
};

/// <https://docs.starrocks.io/docs/administration/user_privs/authentication/jwt_authentication>; what the page does not say,
/// from `OpenIdConnectVerifier` in its sources: only RSA keys, no `nbf`, no `iat`, `exp` where it is there.
static STARROCKS: Profile = Profile {
    product: "StarRocks",
    page: "https://docs.starrocks.io/docs/administration/user_privs/authentication/security_integration",
    takes: &[RS256],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Nowhere,
    kid: Needs,
    looks_at_typ: No,
    iss: Needs,
    aud: Needs,
    sub: No,
    exp: IfThere,
    nbf: No,
    iat: No,
    leeway: Some(0),
    longest: None,
    reserved: &["ROOT", "CLUSTER_ADMIN", "DB_ADMIN", "USER_ADMIN", "PUBLIC"],
    folds: false,
};

/// What RFC 9068, section 4, asks of whoever takes an access token.
static GENERIC: Profile = Profile {
    product: "JWT",
    page: "https://www.rfc-editor.org/rfc/rfc9068#section-4",
    takes: &[ES256, RS256, EdDSA],
    since: None,
    typ: TokenType::AtJwt,
    user: "preferred_username",
    role: RoleClaim::Groups,
    kid: Untold,
    looks_at_typ: Untold,
    iss: Needs,
    aud: Needs,
    sub: Untold,
    exp: Needs,
    nbf: IfThere,
    iat: Untold,
    leeway: None,
    longest: None,
    reserved: &[],
    folds: false,
};

impl WarehouseKind {
    /// Every kind, by its word in the file.
    pub const ALL: [(&'static str, Self); 9] = [
        ("snowflake", Self::Snowflake),
        ("trino", Self::Trino),
        ("postgres", Self::Postgres),
        ("postgrest", Self::Postgrest),
        ("databricks", Self::Databricks),
        ("bigquery", Self::Bigquery),
        ("clickhouse", Self::Clickhouse),
        ("starrocks", Self::Starrocks),
        ("generic", Self::Generic),
    ];

    /// Its word in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("generic", |(word, _)| word)
    }

    /// What it takes for a token.
    #[must_use]
    pub fn profile(self) -> &'static Profile {
        match self {
            Self::Snowflake => &SNOWFLAKE,
            Self::Trino => &TRINO,
            Self::Postgres => &POSTGRES,
            Self::Postgrest => &POSTGREST,
            Self::Databricks => &DATABRICKS,
            Self::Bigquery => &BIGQUERY,
            Self::Clickhouse => &CLICKHOUSE,
            Self::Starrocks => &STARROCKS,
            Self::Generic => &GENERIC,
        }
    }

    /// The signature that is used unless the file says another.
    #[must_use]
    pub fn signing(self) -> Signing {
        self.profile().takes.first().copied().unwrap_or(RS256)
    }

    /// Whether it keeps the name of a role for itself, so that no token may say it.
    #[must_use]
    pub fn reserves(self, role: &str) -> bool {
        let name = role.to_uppercase();
        let postgres = matches!(self, Self::Postgres | Self::Postgrest);
        self.profile().reserved.contains(&name.as_str()) || postgres && name.starts_with("PG_")
    }

    /// A role's name as the warehouse compares it.
    #[must_use]
    pub fn folded(self, role: &str) -> String {
        if self.profile().folds { role.to_uppercase() } else { role.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_signs_by_default_with_what_it_takes() {
        for (word, kind) in WarehouseKind::ALL {
            let profile = kind.profile();
            assert_eq!(kind.as_str(), word);
            assert!(profile.takes.contains(&kind.signing()), "{word}");
            assert!(
                profile.since.is_none_or(|(signing, _)| signing != kind.signing()),
                "{word} signs with what is new there"
            );
            assert!(profile.page.starts_with("https://"), "{word}");
            assert!(profile.reserved.iter().all(|name| kind.reserves(&name.to_lowercase())), "{word}");
        }
        assert!(
            WarehouseKind::Postgres.reserves("pg_read_all_data") && !WarehouseKind::Trino.reserves("pg_read_all_data")
        );
    }
}
