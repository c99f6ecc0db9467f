//! Ready-made ways to use a token: the warehouse's own tools, with the reader's own names filled in.

use serde::Serialize;

/// What a snippet needs to know of a warehouse and its reader.
#[derive(Debug, Clone)]
pub struct Connection {
    /// `snowflake`, `trino`, `postgres`, `postgrest` or another kind.
    pub kind: String,
    /// Its host name.
    pub host: String,
    /// Snowflake's account identifier; empty elsewhere.
    pub account: String,
    /// The database or catalogue to open.
    pub database: String,
    /// The reader's login there.
    pub login: String,
    /// The role's name there.
    pub role: String,
    /// The role's slug here.
    pub role_id: String,
    /// This service's address.
    pub public_url: String,
}

/// A piece of code for one tool.
#[derive(Debug, Clone, Serialize)]
pub struct Snippet {
    /// The tool's name.
    pub label: String,
    /// The code. It reads the token from the variable `HABILIS_TOKEN`, so that no file ever holds one.
    pub text: String,
}

/// The snippets for a warehouse, the most used first; the command line's and the API's last.
#[must_use]
pub fn snippets(to: &Connection) -> Vec<Snippet> {
    let mut all = match to.kind.as_str() {
        "snowflake" => snowflake(to),
        "trino" => trino(to),
        "postgrest" => postgrest(to),
        "postgres" | "postgresql" => postgres(to),
        _ => vec![],
    };
    all.push(of("habilis (command line)", format!("export HABILIS_TOKEN=\"$(habilis token {})\"", to.role_id)));
    all.push(of(
        "curl",
        format!(
            "# a new token whenever you need one; HABILIS_SESSION is a session of yours\n\
             curl -s {}/api/v1/tokens \\\n  -H \"Authorization: Bearer $HABILIS_SESSION\" \\\n  \
             -H 'Content-Type: application/json' \\\n  -d '{{\"role\": \"{}\"}}'",
            to.public_url, to.role_id
        ),
    ));
    all
}

fn of(label: &str, text: String) -> Snippet {
    Snippet { label: label.to_owned(), text }
}

fn snowflake(to: &Connection) -> Vec<Snippet> {
    let Connection { host, account, database, login, role, .. } = to;
    vec![
        of(
            "Python",
            format!(
                "import os\nimport snowflake.connector\n\nconnection = snowflake.connector.connect(\n    \
                 account=\"{account}\",\n    authenticator=\"oauth\",\n    token=os.environ[\"HABILIS_TOKEN\"],\n    \
                 user=\"{login}\",\n    role=\"{role}\",\n    database=\"{database}\",\n)\n\
                 print(connection.cursor().execute(\"select current_role()\").fetchone())"
            ),
        ),
        of(
            "dbt (profiles.yml)",
            format!(
                "marketplace:\n  target: dev\n  outputs:\n    dev:\n      type: snowflake\n      account: {account}\n      \
                 user: {login}\n      authenticator: oauth\n      token: \"{{{{ env_var('HABILIS_TOKEN') }}}}\"\n      \
                 role: {role}\n      database: {database}\n      threads: 4"
            ),
        ),
        of(
            "JDBC",
            format!(
                "jdbc:snowflake://{host}/?authenticator=oauth&token=${{HABILIS_TOKEN}}&user={login}&role={role}&db={database}"
            ),
        ),
        of(
            "SnowSQL",
            format!(
                "snowsql -a {account} -u {login} -r {role} -d {database} --authenticator oauth --token \"$HABILIS_TOKEN\""
            ),
        ),
    ]
}

fn trino(to: &Connection) -> Vec<Snippet> {
    let Connection { host, database, login, role, .. } = to;
    vec![
        of(
            "Trino CLI",
            format!(
                "trino --server https://{host} --access-token \"$HABILIS_TOKEN\" \\\n  \
                 --user {login} --catalog {database}\n# then, at its prompt: SET ROLE {role} IN {database};"
            ),
        ),
        of(
            "Python",
            format!(
                "import os\nimport trino\n\nconnection = trino.dbapi.connect(\n    host=\"{host}\", port=443, http_scheme=\"https\",\n    \
                 auth=trino.auth.JWTAuthentication(os.environ[\"HABILIS_TOKEN\"]),\n    user=\"{login}\",\n    \
                 catalog=\"{database}\",\n    roles={{\"{database}\": \"{role}\"}},\n)\n\
                 print(connection.cursor().execute(\"select current_user\").fetchone())"
            ),
        ),
        of(
            "dbt (profiles.yml)",
            format!(
                "{database}:\n  target: dev\n  outputs:\n    dev:\n      type: trino\n      method: jwt\n      \
                 jwt_token: \"{{{{ env_var('HABILIS_TOKEN') }}}}\"\n      user: {login}\n      host: {host}\n      \
                 port: 443\n      database: {database}\n      schema: {login}\n      threads: 4"
            ),
        ),
        of(
            "JDBC",
            format!(
                "jdbc:trino://{host}:443/{database}?SSL=true&user={login}&roles={database}:{role}&accessToken=${{HABILIS_TOKEN}}"
            ),
        ),
    ]
}

fn postgres(to: &Connection) -> Vec<Snippet> {
    let Connection { host, database, login, role, .. } = to;
    vec![
        of(
            "psql",
            format!(
                "PGPASSWORD=\"$HABILIS_TOKEN\" psql \\\n  \"host={host} dbname={database} user={login} sslmode=verify-full\" \\\n  -c 'set role {role}'"
            ),
        ),
        of(
            "Python",
            format!(
                "import os\nimport psycopg\n\nconnection = psycopg.connect(\n    host=\"{host}\", dbname=\"{database}\", user=\"{login}\",\n    \
                 password=os.environ[\"HABILIS_TOKEN\"], sslmode=\"verify-full\",\n    options=\"-c role={role}\",\n)"
            ),
        ),
        of(
            "dbt (profiles.yml)",
            format!(
                "{database}:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: {host}\n      port: 5432\n      \
                 user: {login}\n      password: \"{{{{ env_var('HABILIS_TOKEN') }}}}\"\n      dbname: {database}\n      \
                 schema: public\n      role: {role}\n      sslmode: verify-full\n      threads: 4"
            ),
        ),
        of(
            "JDBC",
            format!("jdbc:postgresql://{host}/{database}?user={login}&password=${{HABILIS_TOKEN}}&sslmode=verify-full"),
        ),
    ]
}

fn postgrest(to: &Connection) -> Vec<Snippet> {
    let host = &to.host;
    vec![
        of(
            "curl (PostgREST)",
            format!("curl -s https://{host}/orders?limit=5 \\\n  -H \"Authorization: Bearer $HABILIS_TOKEN\""),
        ),
        of(
            "Python",
            format!(
                "import os\nimport httpx\n\nanswer = httpx.get(\n    \"https://{host}/orders\",\n    params={{\"limit\": 5}},\n    \
                 headers={{\"Authorization\": f\"Bearer {{os.environ['HABILIS_TOKEN']}}\"}},\n)\nprint(answer.json())"
            ),
        ),
    ]
}
