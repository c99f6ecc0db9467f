//! A warehouse's set-up and a checked token, on the wire.

use super::{GrantId, PersonId, TokenId};
use crate::{
    access::catalogue::{Warehouse, WarehouseKind},
    actions::{
        check_token::{Checked, House, Record},
        read_warehouses::WarehouseFigures,
        warehouse_setup::{WarehouseSetup, roles},
    },
    base::{
        clock::Time,
        text::{Language, Slug},
    },
    tokens::inspect::Line,
    web::kit::{checked, teller::Teller},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A warehouse, in short.
#[derive(Serialize, ToSchema)]
#[schema(as = WarehouseLine, example = json!({
    "id": "marketplace", "kind": "snowflake", "title": "Marketplace warehouse",
    "audience": "https://marketplace-eu.snowflakecomputing.com", "signing": "ES256", "typ": "at+jwt",
    "host": "marketplace-eu.snowflakecomputing.com", "roles": ["analyst", "explorer"], "effective_grants": 812,
    "tokens_last_day": 1904, "locked": null,
}))]
pub(in crate::web::api) struct WarehouseLine {
    id: Slug,
    kind: WarehouseKind,
    title: String,
    /// What its tokens carry as `aud`.
    audience: String,
    /// `ES256` or `RS256`.
    signing: &'static str,
    /// The `typ` of its tokens.
    typ: &'static str,
    /// Its host name, where the catalogue knows it.
    host: Option<String>,
    /// Its roles, by their slugs.
    roles: Vec<Slug>,
    /// Grants in effect now.
    effective_grants: i64,
    /// Tokens minted in the last 24 hours.
    tokens_last_day: i64,
    /// Why it is locked; null where it is not.
    locked: Option<String>,
}

impl WarehouseLine {
    pub(in crate::web::api) fn of(language: Language, figures: &WarehouseFigures, warehouse: &Warehouse) -> Self {
        let figure = |of: &BTreeMap<Slug, i64>| of.get(&warehouse.id).copied().unwrap_or(0);
        Self {
            id: warehouse.id.clone(),
            kind: warehouse.kind,
            title: warehouse.title.get(language).to_owned(),
            audience: warehouse.audience.clone(),
            signing: warehouse.signing.word(),
            typ: warehouse.typ.as_str(),
            host: warehouse.host.clone(),
            roles: roles(&figures.content, warehouse).into_iter().map(|role| role.id.clone()).collect(),
            effective_grants: figure(&figures.effective),
            tokens_last_day: figure(&figures.minted),
            locked: figures.locked.get(warehouse.id.as_str()).cloned(),
        }
    }
}

/// What to tell a warehouse so that it accepts our tokens.
#[derive(Serialize, ToSchema)]
#[schema(as = WarehouseSetup)]
pub(in crate::web::api) struct SetupBody {
    warehouse: Slug,
    kind: WarehouseKind,
    issuer: String,
    jwks_uri: String,
    audience: String,
    /// The `typ` of its tokens.
    typ: &'static str,
    /// `ES256` or `RS256`.
    signing: &'static str,
    /// The claim that names the user.
    user_claim: &'static str,
    /// The vendor's page.
    page: &'static str,
    /// What to run or to set on the other side, in order.
    statements: Vec<StatementBody>,
    /// What to know about its verifier.
    caveats: Vec<CaveatBody>,
}

/// One statement or file for the other side.
#[derive(Serialize, ToSchema)]
#[schema(as = SetupStatement)]
struct StatementBody {
    /// A stable word.
    what: &'static str,
    /// What it is and where it goes.
    label: String,
    text: String,
    /// What to watch out for; may be empty.
    note: String,
}

/// Something to know about a verifier.
#[derive(Serialize, ToSchema)]
#[schema(as = SetupCaveat)]
struct CaveatBody {
    /// A stable word.
    key: &'static str,
    /// `version`, `unchecked`, `session` or `care`.
    concern: &'static str,
    text: String,
}

impl SetupBody {
    pub(in crate::web::api) fn told(teller: &Teller, setup: WarehouseSetup) -> Self {
        let minutes = [("minutes", setup.minutes.into())];
        let profile = setup.warehouse.kind.profile();
        Self {
            kind: setup.warehouse.kind,
            jwks_uri: format!("{}/jwks.json", setup.issuer),
            typ: setup.warehouse.typ.as_str(),
            signing: setup.warehouse.signing.word(),
            user_claim: profile.user,
            page: profile.page,
            statements: setup
                .statements
                .into_iter()
                .map(|statement| StatementBody {
                    what: statement.what,
                    label: teller.plain(&format!("setup-{}", statement.what)),
                    note: teller.said(&format!("setup-{}-note", statement.what), &[]).unwrap_or_default(),
                    text: statement.text,
                })
                .collect(),
            caveats: setup
                .caveats
                .iter()
                .map(|caveat| CaveatBody {
                    key: caveat.key,
                    concern: caveat.concern.word(),
                    text: teller.say(&format!("caveat-{}", caveat.key), &minutes),
                })
                .collect(),
            warehouse: setup.warehouse.id,
            audience: setup.warehouse.audience,
            issuer: setup.issuer,
        }
    }
}

/// A token to check: it is neither kept nor logged.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "eyJhbGciOiJFUzI1NiIs…"}))]
pub(in crate::web::api) struct TokenToCheck {
    pub(in crate::web::api) token: String,
}

/// What a warehouse would say of a token, part by part, and what the house says now.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenCheck)]
pub(in crate::web::api) struct CheckBody {
    warehouse: Slug,
    kind: WarehouseKind,
    at: Time,
    /// `accepted` or `refused`.
    verdict: &'static str,
    lines: Vec<LineBody>,
    house: HouseBody,
}

/// One part of a token.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenCheckLine)]
struct LineBody {
    /// `structure`, `signature`, `role`, `others`, or the name of a header or a claim.
    part: &'static str,
    /// `accepted`, `refused`, or `unchecked` where the warehouse does not look at it.
    verdict: &'static str,
    /// A stable word for the reason.
    code: &'static str,
    /// What the token says there, shortened.
    value: Option<String>,
    /// Why, and what to do.
    why: String,
}

/// What the house says of a token.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenCheckHouse)]
struct HouseBody {
    /// `foreign`, `no-record`, `another`, `over`, `live`, `ended` or `stopped`.
    state: &'static str,
    /// The same as a sentence.
    says: String,
    /// Its record, for the person it was made for and for those who may read everything.
    record: Option<RecordBody>,
}

/// The record of a token that was checked.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenCheckRecord)]
struct RecordBody {
    id: TokenId,
    person: PersonId,
    role: String,
    grant: GrantId,
    issued_at: Time,
    expires_at: Time,
    /// Whether its grant opens the warehouse now.
    effective: bool,
    /// The code of the reason why there is no access to the role.
    refusal: Option<&'static str>,
    /// The same as a sentence.
    why: Option<String>,
}

impl CheckBody {
    pub(in crate::web::api) fn told(teller: &Teller, check: Checked) -> Self {
        let line = |line: &Line| LineBody {
            part: line.part,
            verdict: line.verdict.word(),
            code: line.code,
            value: line.value.clone(),
            why: checked::sentence(teller, line),
        };
        Self {
            kind: check.kind,
            at: check.at,
            verdict: check.inspection.verdict().word(),
            lines: check.inspection.lines.iter().map(line).collect(),
            house: HouseBody {
                state: check.house.word(),
                says: teller.plain(&format!("check-house-{}", check.house.word())),
                record: match &check.house {
                    House::Record(record) => Some(RecordBody::told(teller, record)),
                    House::NotOurs | House::NoRecord | House::Another => None,
                },
            },
            warehouse: check.warehouse,
        }
    }
}

impl RecordBody {
    fn told(teller: &Teller, record: &Record) -> Self {
        Self {
            id: record.token.id,
            person: record.token.person_id,
            role: record.token.role_id.clone(),
            grant: record.token.grant_id,
            issued_at: record.token.issued_at,
            expires_at: record.token.expires_at,
            effective: record.effective,
            refusal: record.refused.as_ref().map(|refused| refused.code),
            why: record.refused.as_ref().map(|refused| checked::refusal(teller, refused)),
        }
    }
}
