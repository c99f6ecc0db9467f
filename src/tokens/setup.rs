//! What to tell each kind of warehouse so that it accepts our tokens: statements and settings, ready to paste.

use crate::access::catalogue::{Role, Warehouse, WarehouseKind};

/// One statement or file for the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is and where it goes: the message is `setup-<what>`, a note on it `setup-<what>-note`.
    pub what: &'static str,
    /// The text.
    pub text: String,
}

/// The set-up of a warehouse, in the order in which to do it.
#[must_use]
pub fn statements(issuer: &str, warehouse: &Warehouse, roles: &[&Role]) -> Vec<Statement> {
    let audience = &warehouse.audience;
    let jwks = format!("{issuer}/jwks.json");
    let one = |what, text| Statement { what, text };
    match warehouse.kind {
        WarehouseKind::Snowflake => vec![
            one("snowflake", snowflake(issuer, &jwks, audience)),
            one("snowflake-roles", snowflake_roles(roles)),
            one("snowflake-try", "SELECT SYSTEM$VERIFY_EXTERNAL_OAUTH_TOKEN('<a token>');".to_owned()),
        ],
        WarehouseKind::Trino => vec![
            one(
                "trino",
                format!(
                    "http-server.authentication.type=JWT\n\
                     http-server.authentication.jwt.key-file={jwks}\n\
                     http-server.authentication.jwt.required-issuer={issuer}\n\
                     http-server.authentication.jwt.required-audience={audience}\n\
                     http-server.authentication.jwt.principal-field=preferred_username"
                ),
            ),
            one("trino-roles", trino_roles(warehouse, roles)),
        ],
        WarehouseKind::Postgrest => vec![
            one(
                "postgrest",
                format!(
                    "# what {jwks} answers, fetched again after every rotation\n\
                     jwt-secret = \"@/etc/postgrest/habilis-jwks.json\"\n\
                     jwt-aud = \"{audience}\"\n\
                     jwt-role-claim-key = \".role\""
                ),
            ),
            one("postgrest-roles", postgrest_roles(roles)),
        ],
        WarehouseKind::Postgres => vec![
            one(
                "postgres",
                format!(
                    "# pg_hba.conf\n\
                     hostssl all all 0.0.0.0/0 oauth issuer=\"{issuer}\" scope=\"{}\"\n\
                     # postgresql.conf\n\
                     oauth_validator_libraries = '<a validator for JSON Web Tokens>'",
                    roles.iter().map(|role| format!("role:{}", role.id)).collect::<Vec<_>>().join(" ")
                ),
            ),
            one("generic", generic(issuer, &jwks, audience)),
        ],
        WarehouseKind::Databricks => vec![
            one(
                "databricks",
                format!(
                    "databricks account federation-policy create --json '{{\n  \
                     \"oidc_policy\": {{\n    \"issuer\": \"{issuer}\",\n    \"audiences\": [\"{audience}\"],\n    \
                     \"subject_claim\": \"email\"\n  }}\n}}'"
                ),
            ),
            one("generic", generic(issuer, &jwks, audience)),
        ],
        WarehouseKind::Bigquery => vec![
            one(
                "bigquery",
                format!(
                    "gcloud iam workforce-pools providers create-oidc habilis \\\n  \
                     --workforce-pool=<pool> --location=global \\\n  --issuer-uri='{issuer}' \\\n  \
                     --client-id='{audience}' \\\n  \
                     --attribute-mapping='google.subject=assertion.preferred_username,google.groups=assertion.roles'"
                ),
            ),
            one("generic", generic(issuer, &jwks, audience)),
        ],
        WarehouseKind::Clickhouse => vec![one("clickhouse", generic(issuer, &jwks, audience))],
        WarehouseKind::Generic => vec![one("generic", generic(issuer, &jwks, audience))],
    }
}

fn generic(issuer: &str, jwks: &str, audience: &str) -> String {
    format!(
        "issuer (iss):    {issuer}\naudience (aud):  {audience}\npublic keys:     {jwks}\n\
         user claim:      preferred_username\nroles claim:     roles"
    )
}

/// Snowflake, "External OAuth: custom clients": the identifiers are those of its own documentation.
fn snowflake(issuer: &str, jwks: &str, audience: &str) -> String {
    format!(
        "CREATE SECURITY INTEGRATION habilis\n  TYPE = EXTERNAL_OAUTH\n  ENABLED = TRUE\n  \
         EXTERNAL_OAUTH_TYPE = CUSTOM\n  EXTERNAL_OAUTH_ISSUER = '{issuer}'\n  \
         EXTERNAL_OAUTH_JWS_KEYS_URL = '{jwks}'\n  EXTERNAL_OAUTH_AUDIENCE_LIST = ('{audience}')\n  \
         EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = 'preferred_username'\n  \
         EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE = 'LOGIN_NAME'\n  \
         EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE = 'scp'\n  EXTERNAL_OAUTH_ANY_ROLE_MODE = 'DISABLE';"
    )
}

fn snowflake_roles(roles: &[&Role]) -> String {
    let lines: Vec<String> = roles.iter().map(|role| format!("CREATE ROLE IF NOT EXISTS {};", role.name)).collect();
    format!("{}\n-- and for each person who is to use one:\nGRANT ROLE <role> TO USER <login name>;", lines.join("\n"))
}

fn trino_roles(warehouse: &Warehouse, roles: &[&Role]) -> String {
    let catalogue = warehouse.database.as_deref().unwrap_or("<catalogue>");
    roles.iter().map(|role| format!("CREATE ROLE {} IN {catalogue};", role.name)).collect::<Vec<_>>().join("\n")
}

fn postgrest_roles(roles: &[&Role]) -> String {
    roles
        .iter()
        .map(|role| format!("CREATE ROLE {0} NOLOGIN;\nGRANT {0} TO authenticator;", role.name))
        .collect::<Vec<_>>()
        .join("\n")
}
