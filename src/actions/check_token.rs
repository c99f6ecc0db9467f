//! Checking a token: what a warehouse would say of each part of it, and what the house itself says now. It is kept nowhere.

use super::{About, look, mint_token, warehouse_setup};
use crate::{
    access::{catalogue::WarehouseKind, request::AccessRefusal, rows},
    app::{App, Content},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault, Refused},
        text::Slug,
    },
    db::Reading,
    identity::{actor::Actor, person::IdentityRefusal},
    tokens::{
        inspect::{self, Inspection, Known, Verifier},
        rows::{TokenRow, keys, token, working_tokens},
    },
};

/// What the house says of a token now.
#[derive(Clone, Debug)]
pub enum House {
    /// No key of the house has signed it: nothing that it says is known to be true.
    NotOurs,
    /// The house signed it and has no record of it.
    NoRecord,
    /// It is somebody else's.
    Another,
    /// Its record.
    Record(Box<Record>),
}

/// The record of a token, and how the access stands that it was made for.
#[derive(Clone, Debug)]
pub struct Record {
    pub token: TokenRow,
    /// Whether its time is over.
    pub over: bool,
    /// Whether its grant opens the warehouse at this instant: what the one view says.
    pub effective: bool,
    /// Whether it works at this instant: introspection would say so.
    pub works: bool,
    /// Why there is no access to the role at all, where there is none.
    pub refused: Option<Refused>,
}

impl House {
    /// The message on it: `check-house-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotOurs => "foreign",
            Self::NoRecord => "no-record",
            Self::Another => "another",
            Self::Record(record) if record.over => "over",
            Self::Record(record) if record.works => "live",
            Self::Record(record) if record.effective => "ended",
            Self::Record(_) => "stopped",
        }
    }

    /// Whether the house would let it pass now.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self, Self::Record(record) if record.works)
    }
}

/// What came of a check.
#[derive(Clone, Debug)]
pub struct Checked {
    pub warehouse: Slug,
    pub kind: WarehouseKind,
    pub inspection: Inspection,
    pub house: House,
    pub at: Time,
}

/// Whether the actor may check tokens against a warehouse.
///
/// # Errors
/// Nobody is signed in, or there is no such warehouse.
pub async fn may_check(app: &App, actor: &Actor, id: &Slug) -> Result<(), Fault> {
    let content = app.content()?;
    let (caller, id) = (actor.clone(), id.clone());
    let about = About::nothing().named(id.to_string());
    look(app, actor, "check_token", about, move |_| {
        may(&caller)?;
        Ok(warehouse_setup::known(&content, &id).map(drop)?)
    })
    .await
}

/// Whoever is signed in, or works on the machine.
fn may(actor: &Actor) -> Result<(), IdentityRefusal> {
    actor.as_auditor().map(drop).or_else(|_| actor.signed().map(drop))
}

/// Checks a token against a warehouse. Whoever is signed in may look at a token that they hold; what the house knows of it is
/// for the person it was made for, and for those who may read everything.
///
/// # Errors
/// Nobody is signed in, there is no such warehouse, or the database is away.
pub async fn check_token(app: &App, actor: &Actor, id: Slug, text: String) -> Result<Checked, Fault> {
    let content = app.content()?;
    let (caller, issuer) = (actor.clone(), app.settings.issuer());
    look(app, actor, "check_token", About::nothing().named(id.to_string()), move |r| {
        may(&caller)?;
        let own = caller.signed().ok().map(|signed| signed.person.id);
        let reads_all = caller.as_auditor().is_ok();
        let warehouse = warehouse_setup::known(&content, &id)?;
        let keys: Vec<Known> = keys(r)?.into_iter().map(Known::from).collect();
        let roles = warehouse_setup::roles(&content, warehouse);
        let inspection =
            inspect::inspect(&text, &Verifier { issuer: &issuer, warehouse, roles, keys: &keys, now: r.at() });
        let house = match said(r, &content, &inspection)? {
            House::Record(record) if !reads_all && own != Some(record.token.person_id) => House::Another,
            said => said,
        };
        Ok(Checked { warehouse: id, kind: warehouse.kind, inspection, house, at: r.at() })
    })
    .await
}

fn said(r: &mut Reading<'_>, content: &Content, inspection: &Inspection) -> Result<House, Broken> {
    if !inspection.ours {
        return Ok(House::NotOurs);
    }
    let id = inspection.jti.as_deref().and_then(|jti| jti.parse::<Id<ids::Token>>().ok());
    let found = match id {
        Some(id) => token(r, id)?,
        None => None,
    };
    let Some(record) = found else { return Ok(House::NoRecord) };
    let effective = rows::is_effective(r, record.grant_id)?;
    let role = content.catalogue.roles.values().find(|role| role.id.as_str() == record.role_id);
    let refused = match role {
        None => Some(AccessRefusal::NoSuchRole { id: record.role_id.clone() }),
        Some(role) if mint_token::effective_for(r, record.person_id, &role.id, record.service)?.is_none() => {
            Some(mint_token::why_none_for(r, content, record.person_id, role, record.service)?)
        }
        Some(_) => None,
    };
    let over = r.at() >= record.expires_at;
    let works = working_tokens(r, &[record.id])?.contains(&record.id);
    Ok(House::Record(Box::new(Record { over, effective, works, refused: refused.map(Refused::from), token: record })))
}
