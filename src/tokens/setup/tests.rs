//! Statements hold our values and nothing that a value could add to them.

use super::{quote, *};
use crate::{
    access::catalogue::{DataSet, Signing},
    base::text::Slug,
    curriculum::samples,
};
use proptest::prelude::*;
use std::{process::Command, sync::LazyLock};

const ISSUER: &str = "https://academy.example.com";

static SAMPLE: LazyLock<(Warehouse, Role)> = LazyLock::new(|| {
    let catalogue = samples::read(samples::files()).1;
    let slug = |text: &str| text.parse::<Slug>().unwrap();
    (catalogue.warehouses[&slug("snow")].clone(), catalogue.roles[&slug("analyst")].clone())
});

fn parts(kind: WarehouseKind) -> (Warehouse, Role) {
    let (mut warehouse, role) = SAMPLE.clone();
    warehouse.kind = kind;
    warehouse.signing = kind.signing();
    warehouse.audience = "https://wh.example.com".to_owned();
    warehouse.database = Some("sales".to_owned());
    (warehouse, role)
}

fn texts(issuer: &str, warehouse: &Warehouse, role: &Role) -> Vec<(&'static str, String)> {
    statements(issuer, warehouse, &[role]).into_iter().map(|one| (one.what, one.text)).collect()
}

fn text(kind: WarehouseKind, what: &str) -> String {
    let (warehouse, role) = parts(kind);
    texts(ISSUER, &warehouse, &role).into_iter().find(|(name, _)| *name == what).unwrap().1
}

#[test]
fn every_kind_is_told_who_we_are() {
    for (word, kind) in WarehouseKind::ALL {
        let (warehouse, role) = parts(kind);
        let all: String = texts(ISSUER, &warehouse, &role).into_iter().map(|(_, text)| text + "\n").collect();
        let user = kind.profile().user;
        // PostgREST does not look at `iss`.
        let issuer = if kind == WarehouseKind::Postgrest { "/jwks.json" } else { ISSUER };
        for value in [issuer, "https://wh.example.com"] {
            assert!(all.contains(value), "{word} is not told {value}:\n{all}");
        }
        assert!(all.contains(user) || kind == WarehouseKind::Postgrest, "{word}: {user}");
        assert!(kind == WarehouseKind::Bigquery || all.contains("jwks.json"), "{word} is not told our keys");
    }
}

#[test]
fn statements_are_these() {
    assert_eq!(
        text(WarehouseKind::Snowflake, "snowflake"),
        "CREATE SECURITY INTEGRATION habilis\n  TYPE = EXTERNAL_OAUTH\n  ENABLED = TRUE\n  EXTERNAL_OAUTH_TYPE = CUSTOM\n  \
         EXTERNAL_OAUTH_ISSUER = 'https://academy.example.com'\n  \
         EXTERNAL_OAUTH_JWS_KEYS_URL = 'https://academy.example.com/jwks.json'\n  \
         EXTERNAL_OAUTH_AUDIENCE_LIST = ('https://wh.example.com')\n  \
         EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = 'preferred_username'\n  \
         EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE = 'LOGIN_NAME'\n  \
         EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE = 'scp'\n  \
         EXTERNAL_OAUTH_BLOCKED_ROLES_LIST = ('ACCOUNTADMIN', 'ORGADMIN', 'GLOBALORGADMIN', 'SECURITYADMIN')\n  \
         EXTERNAL_OAUTH_ANY_ROLE_MODE = 'DISABLE';"
    );
    assert_eq!(
        text(WarehouseKind::Trino, "trino"),
        "http-server.authentication.type=JWT\n\
         http-server.authentication.jwt.key-file=https://academy.example.com/jwks.json\n\
         http-server.authentication.jwt.required-issuer=https://academy.example.com\n\
         http-server.authentication.jwt.required-audience=https://wh.example.com\n\
         http-server.authentication.jwt.principal-field=preferred_username"
    );
    assert_eq!(
        text(WarehouseKind::Trino, "trino-roles"),
        "CREATE ROLE \"ANALYST\" IN \"sales\";\nGRANT \"ANALYST\" TO USER \"<login>\" IN \"sales\";"
    );
    assert_eq!(
        text(WarehouseKind::Postgrest, "postgrest"),
        "jwt-secret = \"@/etc/postgrest/habilis-jwks.json\"\njwt-aud = \"https://wh.example.com\"\njwt-role-claim-key = \".role\""
    );
    assert_eq!(
        text(WarehouseKind::Postgrest, "postgrest-roles"),
        "CREATE ROLE \"ANALYST\" NOLOGIN;\nGRANT \"ANALYST\" TO authenticator;\n\
         GRANT SELECT ON \"business\".\"orders\" TO \"ANALYST\";\nGRANT SELECT ON \"business\".\"returns\" TO \"ANALYST\";"
    );
    assert_eq!(
        text(WarehouseKind::Postgres, "postgres-hba"),
        "hostssl \"sales\" \"ANALYST\" all oauth issuer=\"https://academy.example.com\" scope=\"role:analyst\" map=\"habilis\""
    );
    assert_eq!(text(WarehouseKind::Postgres, "postgres-ident"), "habilis \"/^.+$\" \"ANALYST\"");
    assert!(text(WarehouseKind::Bigquery, "bigquery").contains("--client-id='https://wh.example.com'"));
    assert!(
        text(WarehouseKind::Clickhouse, "clickhouse-antalya")
            .contains("<jwks_uri>https://academy.example.com/jwks.json<")
    );
    assert!(text(WarehouseKind::Starrocks, "starrocks").contains("\"required_audience\" = \"https://wh.example.com\""));
    assert_eq!(WarehouseKind::Starrocks.signing(), Signing::RS256);
}

/// What stands between the quotes that a quote put around it, or nothing where it can end early.
fn inside(text: &str, quote: char, escapes: bool) -> Option<String> {
    let body = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let (mut out, mut letters) = (String::new(), body.chars().peekable());
    while let Some(c) = letters.next() {
        match c {
            '\\' if escapes => out.push(letters.next()?),
            c if c == quote => {
                letters.next_if_eq(&quote)?;
                out.push(c);
            }
            c => out.push(c),
        }
    }
    Some(out)
}

/// Words that a POSIX shell reads in a text of single-quoted pieces.
fn shell_reads(text: &str) -> String {
    let output = Command::new("sh").arg("-c").arg(format!("printf %s {text}")).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn property_reads(text: &str) -> String {
    let (mut units, mut letters) = (Vec::new(), text.chars());
    while let Some(c) = letters.next() {
        let unit = match c {
            '\\' => match letters.next().unwrap() {
                'u' => {
                    let digits: String = letters.by_ref().take(4).collect();
                    u16::from_str_radix(&digits, 16).unwrap()
                }
                'n' => u16::from(b'\n'),
                'r' => u16::from(b'\r'),
                't' => u16::from(b'\t'),
                other => u16::try_from(u32::from(other)).unwrap(),
            },
            c => u16::try_from(u32::from(c)).unwrap(),
        };
        units.push(unit);
    }
    String::from_utf16(&units).unwrap()
}

const HOSTILE: [&str; 7] = [
    "x'); DROP ROLE a; --",
    "\\'; DROP ROLE a; --",
    "a\"; b",
    "`a\\`; b",
    "]]><evil a=\"b\">&amp;</x>",
    "$(touch /tmp/x) `id` ${ENV:HOME} '\\'' \"",
    "one\ntwo=three\r\n\\",
];

#[test]
fn a_shell_reads_back_what_was_quoted() {
    for text in HOSTILE {
        assert_eq!(shell_reads(&quote::shell(text)), text);
    }
    let (mut warehouse, role) = parts(WarehouseKind::Databricks);
    for text in HOSTILE {
        warehouse.audience = text.to_owned();
        let all = texts(ISSUER, &warehouse, &role);
        let policy = all[0].1.strip_prefix("databricks account federation-policy create --json ").unwrap();
        let policy: serde_json::Value = serde_json::from_str(&shell_reads(policy)).unwrap();
        assert_eq!(policy["oidc_policy"]["audiences"], serde_json::json!([text]));
    }
}

#[test]
fn a_user_of_starrocks_has_the_properties_that_were_meant() {
    let (mut warehouse, role) = parts(WarehouseKind::Starrocks);
    for hostile in HOSTILE {
        warehouse.audience = hostile.to_owned();
        let all = texts(ISSUER, &warehouse, &role);
        let (_, user) = all.iter().find(|(what, _)| *what == "starrocks-user").unwrap();
        let (start, end) = (user.find("AS ").unwrap() + 3, user.find(";\nCREATE ROLE").unwrap());
        let properties = inside(&user[start..end], '\'', true).unwrap();
        let properties: serde_json::Value = serde_json::from_str(&properties).unwrap();
        assert_eq!(properties["required_audience"], hostile);
    }
}

/// The quotes of the language that a statement is written in.
fn quotes(what: &str) -> &'static [fn(&str) -> String] {
    match what {
        "snowflake" | "snowflake-roles" | "snowflake-secondary" | "snowflake-try" => {
            &[quote::escaped, quote::snowflake_name]
        }
        "trino" => &[quote::property],
        "trino-roles" | "postgrest-roles" | "postgres-roles" => &[quote::dotted, quote::name],
        "postgrest" | "starrocks" | "starrocks-chain" => &[quote::json],
        "postgrest-keys" | "bigquery" | "bigquery-session" | "bigquery-roles" | "databricks-try" => &[quote::shell],
        "postgres-hba" | "postgres-ident" | "postgres-conf" => &[quote::hba],
        "clickhouse-roles" => &[quote::ticked],
        "clickhouse-antalya" => &[quote::xml],
        "generic" | "clickhouse" | "postgres-validator" => &[quote::comment],
        other => panic!("in which language is {other}?"),
    }
}

/// A statement with every value taken out, as its language quotes it.
fn blank(what: &str, text: &str, values: &[String]) -> String {
    let pairs = quotes(what).iter().flat_map(|quote| values.iter().map(|value| quote(value)));
    pairs.fold(text.to_owned(), |text, quoted| text.replace(&quoted, "\u{0}"))
}

/// Any text that is long enough not to stand in a statement by itself.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
        "[ -~\\n'\"`\\\\$<&é]{0,20}".prop_map(|text| format!("q{text}~z")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_quoted_reads_back(text in any_value()) {
        prop_assert_eq!(inside(&quote::literal(&text), '\'', false), Some(text.clone()));
        prop_assert_eq!(inside(&quote::escaped(&text), '\'', true), Some(text.clone()));
        prop_assert_eq!(inside(&quote::name(&text), '"', false), Some(text.clone()));
        prop_assert_eq!(inside(&quote::ticked(&text), '`', true), Some(text.clone()));
        prop_assert_eq!(serde_json::from_str::<String>(&quote::json(&text)).unwrap(), text.clone());
        prop_assert!(!quote::hba(&text).contains('\n') && inside(&quote::hba(&text), '"', false).is_some());
        prop_assert!(!quote::comment(&text).contains('\n'));
        let property = quote::property(&text);
        prop_assert!(property.is_ascii() && !property.contains('\n'));
        prop_assert_eq!(property_reads(&property), text.clone());
        let xml = quote::xml(&text);
        prop_assert!(!xml.contains(['<', '>', '"', '\'', '\n']));
    }

    /// Whatever a value is, the statement around it stays the same.
    #[test]
    fn no_value_gets_out_of_its_place(audience in any_value(), name in any_value(), data in any_value()) {
        for (word, kind) in WarehouseKind::ALL {
            let made = |audience: &str, name: &str, data: &str| {
                let (mut warehouse, mut role) = parts(kind);
                warehouse.audience = audience.to_owned();
                role.name = name.to_owned();
                role.data = vec![DataSet { dataset: data.to_owned(), golden: false }];
                texts(ISSUER, &warehouse, &role)
            };
            let plain = ["AUDIENCE~Z".to_owned(), "NAME~Z".to_owned(), "DATA~Z".to_owned()];
            // A dot parts the name of a data set; what is between the dots is quoted.
            let (data, name) = (data.replace('.', ""), name.replace('.', ""));
            let tame = made(&plain[0], &plain[1], &plain[2]);
            let wild = made(&audience, &name, &data);
            let mut values = [audience.clone(), name, data];
            values.sort_by_key(|value| std::cmp::Reverse(value.len()));
            for ((what, tame), (_, wild)) in tame.into_iter().zip(wild) {
                // JSON inside of another language is read back in tests of its own.
                if matches!(what, "databricks" | "starrocks-user") {
                    continue;
                }
                prop_assert_eq!(blank(what, &wild, &values), blank(what, &tame, &plain), "{} {}", word, what);
            }
        }
    }
}
