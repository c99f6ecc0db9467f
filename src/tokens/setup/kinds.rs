//! The statements of each kind, filled in; every value goes through the quotes of the language that it is written into.

use super::{
    Ours, Statement,
    quote::{comment, dotted, escaped, hba, json, literal, name, property, shell, snowflake_name, ticked, xml},
};
use crate::access::catalogue::{Role, WarehouseKind};
use serde_json::json as value;

pub(super) fn statements(ours: &Ours<'_>) -> Vec<Statement> {
    let pairs: Vec<(&'static str, String)> = match ours.warehouse.kind {
        WarehouseKind::Snowflake => vec![
            ("snowflake", snowflake(ours)),
            ("snowflake-roles", snowflake_roles(ours)),
            ("snowflake-secondary", SECONDARY.to_owned()),
            ("snowflake-try", "SELECT SYSTEM$VERIFY_EXTERNAL_OAUTH_TOKEN('<a token>');".to_owned()),
        ],
        WarehouseKind::Trino => vec![("trino", trino(ours)), ("trino-roles", trino_roles(ours))],
        WarehouseKind::Postgrest => vec![
            ("postgrest", postgrest(ours)),
            ("postgrest-keys", postgrest_keys(ours)),
            ("postgrest-roles", postgrest_roles(ours)),
        ],
        WarehouseKind::Postgres => vec![
            ("postgres-hba", postgres_hba(ours)),
            ("postgres-ident", postgres_ident(ours)),
            ("postgres-conf", "oauth_validator_libraries = '<your validator>'".to_owned()),
            ("postgres-validator", validator(ours)),
            ("postgres-roles", postgres_roles(ours)),
        ],
        WarehouseKind::Databricks => {
            vec![("databricks", databricks(ours)), ("databricks-try", databricks_try(ours))]
        }
        WarehouseKind::Bigquery => vec![
            ("bigquery", bigquery(ours)),
            ("bigquery-session", SESSION.to_owned()),
            ("bigquery-roles", bigquery_roles(ours)),
        ],
        WarehouseKind::Clickhouse => vec![
            ("clickhouse", generic(ours)),
            ("clickhouse-roles", clickhouse_roles(ours)),
            ("clickhouse-antalya", antalya(ours)),
        ],
        WarehouseKind::Starrocks => vec![
            ("starrocks", starrocks(ours)),
            ("starrocks-chain", "ADMIN SET FRONTEND CONFIG (\"authentication_chain\" = \"habilis\");".to_owned()),
            ("starrocks-user", starrocks_user(ours)),
        ],
        WarehouseKind::Generic => vec![("generic", generic(ours))],
    };
    pairs.into_iter().map(|(what, text)| Statement { what, text }).collect()
}

fn lines(roles: &[&Role], line: impl Fn(&Role) -> String) -> String {
    roles.iter().map(|role| line(role)).collect::<Vec<_>>().join("\n")
}

/// What any verifier needs to know.
fn generic(ours: &Ours<'_>) -> String {
    let Ours { issuer, jwks, warehouse, user, .. } = ours;
    let roles = if warehouse.kind == WarehouseKind::Clickhouse { "clickhouse:roles" } else { "roles" };
    format!(
        "issuer (iss):    {}\naudience (aud):  {}\npublic keys:     {}\nuser claim:      {user}\nroles claim:     {roles}",
        comment(issuer),
        comment(&warehouse.audience),
        comment(jwks)
    )
}

/// <https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-oauth-external>
fn snowflake(ours: &Ours<'_>) -> String {
    let blocked: Vec<String> = ours.warehouse.kind.profile().reserved.iter().map(|role| literal(role)).collect();
    format!(
        "CREATE SECURITY INTEGRATION habilis\n  TYPE = EXTERNAL_OAUTH\n  ENABLED = TRUE\n  \
         EXTERNAL_OAUTH_TYPE = CUSTOM\n  EXTERNAL_OAUTH_ISSUER = {}\n  EXTERNAL_OAUTH_JWS_KEYS_URL = {}\n  \
         EXTERNAL_OAUTH_AUDIENCE_LIST = ({})\n  EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = {}\n  \
         EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE = 'LOGIN_NAME'\n  \
         EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE = 'scp'\n  EXTERNAL_OAUTH_BLOCKED_ROLES_LIST = ({})\n  \
         EXTERNAL_OAUTH_ANY_ROLE_MODE = 'DISABLE';",
        escaped(ours.issuer),
        escaped(&ours.jwks),
        escaped(&ours.warehouse.audience),
        literal(ours.user),
        blocked.join(", ")
    )
}

fn snowflake_roles(ours: &Ours<'_>) -> String {
    let roles = lines(ours.roles, |role| {
        let name = snowflake_name(&role.name);
        format!("CREATE ROLE IF NOT EXISTS {name};\nGRANT ROLE {name} TO USER \"<user>\";")
    });
    format!("CREATE USER IF NOT EXISTS \"<user>\" LOGIN_NAME = '<login here>';\n{roles}")
}

/// <https://docs.snowflake.com/en/sql-reference/sql/create-session-policy>
const SECONDARY: &str = "CREATE SESSION POLICY habilis_one_role ALLOWED_SECONDARY_ROLES = ();\n\
                         ALTER USER \"<user>\" SET SESSION POLICY habilis_one_role;";

/// <https://trino.io/docs/current/security/jwt.html>
fn trino(ours: &Ours<'_>) -> String {
    format!(
        "http-server.authentication.type=JWT\n\
         http-server.authentication.jwt.key-file={}\n\
         http-server.authentication.jwt.required-issuer={}\n\
         http-server.authentication.jwt.required-audience={}\n\
         http-server.authentication.jwt.principal-field={}",
        property(&ours.jwks),
        property(ours.issuer),
        property(&ours.warehouse.audience),
        ours.user
    )
}

/// <https://trino.io/docs/current/sql/create-role.html>, <https://trino.io/docs/current/sql/grant-roles.html>
fn trino_roles(ours: &Ours<'_>) -> String {
    let catalogue = name(ours.warehouse.database.as_deref().unwrap_or("<catalog>"));
    lines(ours.roles, |role| {
        let name = name(&role.name);
        format!("CREATE ROLE {name} IN {catalogue};\nGRANT {name} TO USER \"<login>\" IN {catalogue};")
    })
}

/// <https://docs.postgrest.org/en/stable/references/configuration.html>
fn postgrest(ours: &Ours<'_>) -> String {
    format!(
        "jwt-secret = \"@/etc/postgrest/habilis-jwks.json\"\njwt-aud = {}\njwt-role-claim-key = \".role\"",
        json(&ours.warehouse.audience)
    )
}

fn postgrest_keys(ours: &Ours<'_>) -> String {
    format!(
        "curl -fsS {} -o /etc/postgrest/habilis-jwks.new \\\n  \
         && mv /etc/postgrest/habilis-jwks.new /etc/postgrest/habilis-jwks.json \\\n  \
         && psql -c \"NOTIFY pgrst, 'reload config'\"",
        shell(&ours.jwks)
    )
}

fn postgrest_roles(ours: &Ours<'_>) -> String {
    lines(ours.roles, |role| {
        let name = name(&role.name);
        format!("CREATE ROLE {name} NOLOGIN;\nGRANT {name} TO authenticator;{}", reads(role, &name))
    })
}

/// What a role lets read, as grants of PostgreSQL.
fn reads(role: &Role, to: &str) -> String {
    role.data.iter().map(|data| format!("\nGRANT SELECT ON {} TO {to};", dotted(&data.dataset))).collect()
}

/// <https://www.postgresql.org/docs/18/auth-oauth.html>: a line a role, for a token carries one role's scope.
fn postgres_hba(ours: &Ours<'_>) -> String {
    let database = ours.warehouse.database.as_deref().map_or_else(|| "all".to_owned(), hba);
    lines(ours.roles, |role| {
        let scope = format!("role:{}", role.id);
        let (user, issuer) = (hba(&role.name), hba(ours.issuer));
        format!("hostssl {database} {user} all oauth issuer={issuer} scope={} map=\"habilis\"", hba(&scope))
    })
}

/// <https://www.postgresql.org/docs/18/auth-username-maps.html>
fn postgres_ident(ours: &Ours<'_>) -> String {
    lines(ours.roles, |role| format!("habilis \"/^.+$\" {}", hba(&role.name)))
}

/// <https://www.postgresql.org/docs/18/oauth-validator-design.html>
fn validator(ours: &Ours<'_>) -> String {
    format!("{}\nscope:           role:<id>, the one of the line in pg_hba.conf", generic(ours))
}

fn postgres_roles(ours: &Ours<'_>) -> String {
    lines(ours.roles, |role| {
        let name = name(&role.name);
        format!("CREATE ROLE {name} LOGIN;{}", reads(role, &name))
    })
}

/// <https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-policy>; the members are those of
/// `OidcFederationPolicy` in its API.
fn databricks(ours: &Ours<'_>) -> String {
    let policy = value!({ "oidc_policy": {
        "issuer": ours.issuer,
        "audiences": [ours.warehouse.audience],
        "subject_claim": ours.user,
        "jwks_uri": ours.jwks,
    }});
    let policy = serde_json::to_string_pretty(&policy).unwrap_or_default();
    format!("databricks account federation-policy create --json {}", shell(&policy))
}

/// <https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange>
fn databricks_try(ours: &Ours<'_>) -> String {
    let host = ours.warehouse.host.as_deref().unwrap_or("<workspace>");
    format!(
        "curl --request POST {} \\\n  --data \"subject_token=$HABILIS_TOKEN\" \\\n  \
         --data 'subject_token_type=urn:ietf:params:oauth:token-type:jwt' \\\n  \
         --data 'grant_type=urn:ietf:params:oauth:grant-type:token-exchange' \\\n  --data 'scope=all-apis'",
        shell(&format!("https://{host}/oidc/v1/token"))
    )
}

/// <https://cloud.google.com/sdk/gcloud/reference/iam/workforce-pools/providers/create-oidc>
fn bigquery(ours: &Ours<'_>) -> String {
    format!(
        "gcloud iam workforce-pools providers create-oidc habilis \\\n  --workforce-pool='<pool>' --location=global \\\n  \
         --issuer-uri={} \\\n  --client-id={} \\\n  \
         --attribute-mapping='google.subject=assertion.{},google.groups=assertion.roles' \\\n  \
         --web-sso-response-type=id-token \\\n  --web-sso-assertion-claims-behavior=only-id-token-claims",
        shell(ours.issuer),
        shell(&ours.warehouse.audience),
        ours.user
    )
}

/// <https://cloud.google.com/sdk/gcloud/reference/iam/workforce-pools/update>
const SESSION: &str = "gcloud iam workforce-pools update '<pool>' --location=global --session-duration=900s";

/// <https://cloud.google.com/iam/docs/workforce-identity-federation>, "Represent workforce pool users in IAM policies".
fn bigquery_roles(ours: &Ours<'_>) -> String {
    lines(ours.roles, |role| {
        let member =
            format!("principalSet://iam.googleapis.com/locations/global/workforcePools/<pool>/group/{}", role.id);
        format!(
            "gcloud projects add-iam-policy-binding '<project>' --role='<an IAM role>' \\\n  --member={}",
            shell(&member)
        )
    })
}

fn clickhouse_roles(ours: &Ours<'_>) -> String {
    lines(ours.roles, |role| {
        let name = ticked(&role.name);
        let reads = role.data.iter().map(|data| {
            let dataset = data.dataset.split('.').map(ticked).collect::<Vec<_>>().join(".");
            format!("\nGRANT SELECT ON {dataset} TO {name};")
        });
        format!("CREATE ROLE IF NOT EXISTS {name};{}", reads.collect::<String>())
    })
}

/// <https://docs.altinity.com/altinityantalya/integrating-oauth/>; the names are those that `TokenProcessorsParse.cpp` of
/// Altinity's ClickHouse reads.
fn antalya(ours: &Ours<'_>) -> String {
    format!(
        "<clickhouse>\n  <token_processors>\n    <habilis>\n      <type>jwt_dynamic_jwks</type>\n      \
         <jwks_uri>{}</jwks_uri>\n      <expected_issuer>{}</expected_issuer>\n      \
         <expected_audience>{}</expected_audience>\n      <username_claim>preferred_username</username_claim>\n      \
         <groups_claim>clickhouse:roles</groups_claim>\n      <verifier_leeway>0</verifier_leeway>\n      \
         <token_cache_lifetime>60</token_cache_lifetime>\n    </habilis>\n  </token_processors>\n</clickhouse>",
        xml(&ours.jwks),
        xml(ours.issuer),
        xml(&ours.warehouse.audience)
    )
}

/// <https://docs.starrocks.io/docs/administration/user_privs/authentication/security_integration>
fn starrocks(ours: &Ours<'_>) -> String {
    format!(
        "CREATE SECURITY INTEGRATION habilis\nPROPERTIES (\n  \"type\" = \"authentication_jwt\",\n  \"jwks_url\" = {},\n  \
         \"principal_field\" = {},\n  \"required_issuer\" = {},\n  \"required_audience\" = {}\n);",
        json(&ours.jwks),
        json(ours.user),
        json(ours.issuer),
        json(&ours.warehouse.audience)
    )
}

/// <https://docs.starrocks.io/docs/administration/user_privs/authentication/jwt_authentication>
fn starrocks_user(ours: &Ours<'_>) -> String {
    let properties = value!({
        "jwks_url": ours.jwks,
        "principal_field": ours.user,
        "required_issuer": ours.issuer,
        "required_audience": ours.warehouse.audience,
    });
    let roles = lines(ours.roles, |role| {
        let name = ticked(&role.name);
        format!("CREATE ROLE {name};\nGRANT {name} TO USER '<login>';")
    });
    format!(
        "CREATE USER '<login>' IDENTIFIED WITH authentication_jwt AS {};\n{roles}",
        escaped(&properties.to_string())
    )
}
