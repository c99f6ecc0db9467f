//! A warehouse's own page, with everything to set up on the other side; and a token checked against it.

use serde::Serialize;

use super::parts::Fact;
use super::warehouses::{Setup, Warehouse};
use super::{Sample, Title, View, sample_at, warehouses};

/// `/warehouses/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct WarehousePage {
    /// Our own address as tokens say it (`iss`).
    pub issuer: String,
    /// Where our public keys are.
    pub jwks: String,
    /// The `typ` of its tokens.
    pub typ: String,
    /// The claim that names the user.
    pub user: String,
    /// The vendor's page.
    pub page: String,
    /// The warehouse.
    pub warehouse: Warehouse,
    /// What to run or to set on the other side, in order.
    pub setup: Vec<Setup>,
    /// What to know about its verifier.
    pub caveats: Vec<Caveat>,
}

/// Something to know about a verifier.
#[derive(Debug, Clone, Serialize)]
pub struct Caveat {
    /// `version`, `unchecked`, `session` or `care`.
    pub concern: String,
    /// The sentence, in the reader's language.
    pub text: String,
}

/// `/warehouses/{id}/check`
#[derive(Debug, Clone, Serialize)]
pub struct CheckPage {
    /// The warehouse's slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The product as it writes its own name.
    pub kind: String,
    /// Whether the reader may see the warehouse's own page.
    pub linked: bool,
    /// What came of the token that was sent.
    pub result: Option<CheckResult>,
}

/// What came of a token.
#[derive(Debug, Clone, Serialize)]
pub struct CheckResult {
    /// Whether the warehouse would take it.
    pub accepted: bool,
    /// Its parts.
    pub lines: Vec<CheckLine>,
    /// Whether the house would let it pass now.
    pub live: bool,
    /// What the house says, in the reader's language.
    pub house: String,
    /// Why there is no access, in the reader's language; may be empty.
    pub why: String,
    /// What the house knows of it.
    pub facts: Vec<Fact>,
    /// The evidence of its grant, where the reader may see it.
    pub grant: Option<String>,
}

/// One part of a token.
#[derive(Debug, Clone, Serialize)]
pub struct CheckLine {
    /// `structure`, `signature`, `role`, `others`, or the name of a header or claim.
    pub part: String,
    /// `accepted`, `refused` or `unchecked`.
    pub verdict: String,
    /// The badge's code.
    pub status: String,
    /// What the token says there.
    pub value: Option<String>,
    /// Why, and what to do, in the reader's language.
    pub why: String,
}

impl CheckLine {
    /// A line with the badge that shows its verdict.
    #[must_use]
    pub fn new(part: &str, verdict: &str, value: Option<String>, why: impl Into<String>) -> Self {
        let status = match verdict {
            "accepted" => "verified",
            "refused" => "refused",
            _ => "unknown",
        };
        Self { part: part.to_owned(), verdict: verdict.to_owned(), status: status.to_owned(), value, why: why.into() }
    }
}

impl View for WarehousePage {
    const TEMPLATE: &'static str = "warehouses/show";
    const NAV: &'static str = "warehouses";

    fn title(&self) -> Title {
        Title::of("warehouse-title").with("name", &self.warehouse.title)
    }
}

impl View for CheckPage {
    const TEMPLATE: &'static str = "warehouses/check";
    const NAV: &'static str = "warehouses";

    fn title(&self) -> Title {
        Title::of("check-title").with("name", &self.title)
    }
}

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let asked = CheckPage { result: None, linked: false, ..sample_check() };
    vec![
        Sample::of("warehouse", &sample()),
        Sample::of("warehouse-check", &asked),
        Sample::of("warehouse-checked", &sample_check()),
    ]
}

/// A warehouse with its set-up.
#[must_use]
pub fn sample() -> WarehousePage {
    let list = warehouses::sample();
    let warehouse = list.warehouses.into_iter().next().unwrap_or_else(warehouses::sample_locked);
    let caveat = |concern: &str, text: &str| Caveat { concern: concern.into(), text: text.into() };
    WarehousePage {
        issuer: list.issuer,
        jwks: list.jwks,
        typ: "at+jwt".into(),
        user: "preferred_username".into(),
        page: "https://docs.snowflake.com/en/user-guide/oauth-ext-custom".into(),
        warehouse,
        setup: vec![
            Setup {
                label: "As ACCOUNTADMIN, in a worksheet".into(),
                text: "CREATE SECURITY INTEGRATION habilis\n  TYPE = EXTERNAL_OAUTH\n  ENABLED = TRUE\n  EXTERNAL_OAUTH_TYPE = CUSTOM\n  \
                       EXTERNAL_OAUTH_ISSUER = 'https://academy.example.com'\n  \
                       EXTERNAL_OAUTH_JWS_KEYS_URL = 'https://academy.example.com/jwks.json'\n  \
                       EXTERNAL_OAUTH_AUDIENCE_LIST = ('https://marketplace-eu.snowflakecomputing.com')\n  \
                       EXTERNAL_OAUTH_ANY_ROLE_MODE = 'DISABLE';"
                    .into(),
                note: "It reads the public keys from our address.".into(),
            },
            Setup {
                label: "To try it with a token of your own".into(),
                text: "SELECT SYSTEM$VERIFY_EXTERNAL_OAUTH_TOKEN('<a token>');".into(),
                note: String::new(),
            },
        ],
        caveats: vec![
            caveat("version", "Since January 2026 an External OAuth integration takes a NETWORK_POLICY of its own."),
            caveat("unchecked", "typ and iat are not looked at."),
            caveat("session", "Tokens that live go on until they expire: at most 15 minutes."),
            caveat("care", "EXTERNAL_OAUTH_ANY_ROLE_MODE stays at DISABLE."),
        ],
    }
}

/// A token whose access has ended, and that was made for another warehouse.
#[must_use]
pub fn sample_check() -> CheckPage {
    let line = |part: &str, verdict: &str, value: &str, why: &str| {
        CheckLine::new(part, verdict, (!value.is_empty()).then(|| value.to_owned()), why)
    };
    CheckPage {
        id: "marketplace".into(),
        title: "Marketplace warehouse".into(),
        kind: "Snowflake".into(),
        linked: true,
        result: Some(CheckResult {
            accepted: false,
            lines: vec![
                line("structure", "accepted", "", "Three parts of base64url, two of them JSON objects."),
                line("alg", "accepted", "ES256", "ES256 is what tokens for this warehouse are signed with."),
                line("typ", "unchecked", "at+jwt", "Its vendor does not say whether typ is looked at."),
                line("kid", "accepted", "NzbDFQa2ZxV2hBd0xtZ3JZb1Z4c0t0NzbDFQa2ZxV2hB", "This key signs now."),
                line("signature", "accepted", "", "Our key made it, and nothing was changed since."),
                line("iss", "accepted", "https://academy.example.com", "It is our address, byte for byte."),
                line(
                    "aud",
                    "refused",
                    "https://trino.example.com",
                    "It should be https://marketplace-eu.snowflakecomputing.com: this token is for another place.",
                ),
                line("exp", "accepted", "1804927500", "It lasts until 13 Mar 2027, 08:45."),
                line("role", "accepted", "[\"session:role:ANALYST\"]", "ANALYST is a role of this warehouse."),
            ],
            live: false,
            house: "The access that it was made for is not in effect any more.".into(),
            why: "You do not hold this role.".into(),
            facts: vec![Fact::of("role", "analyst"), Fact::of("minted", "13 Mar 2027, 08:30")],
            grant: Some(format!("gra_{:032x}", sample_at(0))),
        }),
    }
}
