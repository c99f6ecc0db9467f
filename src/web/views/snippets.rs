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
    /// The schema to open.
    pub schema: String,
    /// Snowflake's warehouse, which queries run on; empty elsewhere.
    pub compute: String,
    /// The reader's login there.
    pub login: String,
    /// The role's name there.
    pub role: String,
    /// The role's slug here.
    pub role_id: String,
    /// This service's address.
    pub public_url: String,
    /// The reader's address here.
    pub email: String,
}

impl Connection {
    /// A part that the catalogue may not know: what is to be filled in stands in angle brackets.
    #[must_use]
    pub fn part(known: Option<&String>, name: &str) -> String {
        known.cloned().unwrap_or_else(|| format!("<{name}>"))
    }
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
    all.push(of("habilis (command line)", command_line(to)));
    all.push(of("curl", curl(to)));
    all
}

/// The command line, which renews tokens by itself.
fn command_line(to: &Connection) -> String {
    let Connection { public_url, role_id, .. } = to;
    format!(
        "# once: let the command line in, in your browser\n\
         habilis login --server {public_url} --role {role_id}\n\
         # then: a token for whatever reads the variable, or in place of a password\n\
         export HABILIS_TOKEN=\"$(habilis token {role_id})\"{}",
        direct(to)
    )
}

/// How the warehouse's own tool takes the token from the command line at once.
fn direct(to: &Connection) -> String {
    let Connection { host, database, login, role_id, .. } = to;
    match to.kind.as_str() {
        "snowflake" => format!(
            "\n# in Python: token=subprocess.check_output([\"habilis\", \"token\", \"{role_id}\"], text=True).strip()"
        ),
        "postgres" | "postgresql" => format!(
            "\nPGPASSWORD=\"$(habilis token {role_id})\" psql \"host={host} dbname={database} user={login} sslmode=verify-full\""
        ),
        "trino" => {
            format!("\ntrino --server https://{host} --access-token \"$(habilis token {role_id})\" --user {login}")
        }
        _ => String::new(),
    }
}

/// A session by the API, and a token with it: the password is typed, and stands in no file and no history.
fn curl(to: &Connection) -> String {
    let Connection { public_url, role_id, email, .. } = to;
    // An address may have an apostrophe in it (RFC 5322, section 3.2.3).
    let email = email.replace('\'', "'\\''");
    format!(
        "# once: a session of yours\n\
         printf 'Password: ' && read -rs PASSWORD\n\
         HABILIS_SESSION=$(jq -n --arg email '{email}' --arg password \"$PASSWORD\" '{{$email, $password}}' \\\n  \
         | curl -s {public_url}/api/v1/session -H 'Content-Type: application/json' -d @- | jq -r .token)\n\
         # then: a new token whenever you need one\n\
         export HABILIS_TOKEN=$(curl -s {public_url}/api/v1/tokens \\\n  -H \"Authorization: Bearer $HABILIS_SESSION\" \\\n  \
         -H 'Content-Type: application/json' \\\n  -d '{{\"role\": \"{role_id}\"}}' | jq -r .access_token)"
    )
}

fn of(label: &str, text: String) -> Snippet {
    Snippet { label: label.to_owned(), text }
}

fn snowflake(to: &Connection) -> Vec<Snippet> {
    let Connection { host, account, database, schema, compute, login, role, .. } = to;
    vec![
        of(
            "Python",
            format!(
                "import os\nimport snowflake.connector\n\nconnection = snowflake.connector.connect(\n    \
                 account=\"{account}\",\n    authenticator=\"oauth\",\n    token=os.environ[\"HABILIS_TOKEN\"],\n    \
                 user=\"{login}\",\n    role=\"{role}\",\n    warehouse=\"{compute}\",\n    \
                 database=\"{database}\",\n    schema=\"{schema}\",\n)\n\
                 print(connection.cursor().execute(\"select current_role()\").fetchone())"
            ),
        ),
        of(
            "dbt (profiles.yml)",
            format!(
                "marketplace:\n  target: dev\n  outputs:\n    dev:\n      type: snowflake\n      account: {account}\n      \
                 user: {login}\n      authenticator: oauth\n      token: \"{{{{ env_var('HABILIS_TOKEN') }}}}\"\n      \
                 role: {role}\n      warehouse: {compute}\n      database: {database}\n      schema: {schema}\n      threads: 4"
            ),
        ),
        of(
            "JDBC",
            format!(
                "jdbc:snowflake://{host}/?authenticator=oauth&token=${{HABILIS_TOKEN}}&user={login}&role={role}\
                 &warehouse={compute}&db={database}&schema={schema}"
            ),
        ),
        of(
            "SnowSQL",
            format!(
                "snowsql -a {account} -u {login} -r {role} -w {compute} -d {database} -s {schema} \\\n  --authenticator oauth --token \"$HABILIS_TOKEN\""
            ),
        ),
    ]
}

fn trino(to: &Connection) -> Vec<Snippet> {
    let Connection { host, database, schema, login, role, .. } = to;
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
                 port: 443\n      database: {database}\n      schema: {schema}\n      threads: 4"
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
    let Connection { host, database, schema, login, role, .. } = to;
    vec![
        of(
            "psql",
            format!(
                "# where the server, or a proxy before it, takes the token for the password\n\
                 PGPASSWORD=\"$HABILIS_TOKEN\" psql \\\n  \"host={host} dbname={database} user={login} sslmode=verify-full\" \\\n  -c 'set role {role}'"
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
                 schema: {schema}\n      role: {role}\n      sslmode: verify-full\n      threads: 4"
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

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(kind: &str) -> Connection {
        Connection {
            kind: kind.into(),
            host: "h.example.com".into(),
            account: "acc".into(),
            database: "DB".into(),
            schema: "SALES".into(),
            compute: "ANALYSTS".into(),
            login: "ANA".into(),
            role: "ANALYST".into(),
            role_id: "analyst".into(),
            public_url: "https://academy.example.com".into(),
            email: "ana.o'neill@example.com".into(),
        }
    }

    fn named(kind: &str, label: &str) -> String {
        let all = snippets(&connection(kind));
        all.into_iter().find(|snippet| snippet.label.starts_with(label)).map(|snippet| snippet.text).unwrap()
    }

    /// <https://docs.getdbt.com/docs/local/connect-data-platform/snowflake-setup>: without these a profile does not open.
    #[test]
    fn a_profile_of_dbt_for_snowflake_has_all_that_it_needs() {
        let profile = named("snowflake", "dbt");
        for line in
            ["account: acc", "user: ANA", "role: ANALYST", "database: DB", "warehouse: ANALYSTS", "schema: SALES"]
        {
            assert!(profile.lines().any(|found| found.trim() == line), "{line}: {profile}");
        }
        assert!(named("postgres", "dbt").contains("\n      schema: SALES\n"));
        assert!(named("trino", "dbt").contains("\n      schema: SALES\n"));
    }

    #[test]
    fn the_api_snippet_begins_where_everybody_is() {
        let curl = named("generic", "curl");
        let (session, token) = curl.split_once("# then").unwrap();
        assert!(session.contains("/api/v1/session") && session.contains(r"'ana.o'\''neill@example.com'"), "{curl}");
        assert!(token.contains("/api/v1/tokens") && token.contains(r#"{"role": "analyst"}"#), "{curl}");
    }

    #[test]
    fn what_the_catalogue_does_not_know_is_to_be_filled_in() {
        assert_eq!(Connection::part(None, "schema"), "<schema>");
        assert_eq!(Connection::part(Some(&"X".to_owned()), "schema"), "X");
    }
}
