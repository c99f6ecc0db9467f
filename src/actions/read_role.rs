//! One role as the signed-in person stands to it: the standing, their grants, tokens and login, and who decides.

use super::{
    About, look,
    overview::{self, Picture, RoleStanding},
    preview_policy::{self, Version},
    read_decisions::approver_names,
};
use crate::{
    access::{
        grant::Grant,
        request::{AccessRefusal, Decision, Verdict},
        rows,
    },
    app::{App, Content},
    audit::{
        self,
        event::{Line, What},
        rows::Filter,
    },
    base::{
        paging::Paging,
        refusal::{Broken, Fault},
        text::{Email, Slug},
    },
    identity::{self, actor::Actor},
    tokens::{
        claims,
        rows::{Minting, minting_of_grant},
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// After how many days without use an access is told to the owner of its role.
pub const UNUSED_DAYS: i64 = 90;

/// A role, and everything that its page tells the signed-in person.
pub struct RoleFile {
    pub content: Arc<Content>,
    pub picture: Picture,
    pub standing: RoleStanding,
    /// The grant after the present one, given already.
    pub next_grant: Option<Grant>,
    /// Tokens under the present grant.
    pub minting: Minting,
    /// The person's name in the role's warehouse.
    pub login: String,
    /// Names of the owners and of the people in the approval clauses.
    pub names: BTreeMap<Email, String>,
    /// How many hold it effectively, how many of those have not used it for [`UNUSED_DAYS`], and when it was last used: for its
    /// owners, admins and auditors.
    pub usage: Option<rows::RoleUse>,
    /// Decisions on the open request.
    pub decisions: Vec<Decision>,
    /// For each approval clause of the open request: how many approvals it has, and how many it needs.
    pub progress: Vec<(u32, u32)>,
    /// The policies that it has had, the newest first: for admins, auditors and its owners.
    pub versions: Vec<Version>,
}

impl RoleFile {
    /// What was said when the open request was sent back.
    #[must_use]
    pub fn question(&self) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| decision.decision == Verdict::Return)
    }
}

/// Reads a role for the signed-in person.
///
/// # Errors
/// Nobody is signed in, there is no such role, or the database is away.
pub async fn read_role(app: &App, actor: &Actor, role: Slug) -> Result<RoleFile, Fault> {
    let content = app.content()?;
    let me = actor.signed()?.person.clone();
    let oversees = actor.as_auditor().is_ok();
    look(app, actor, "read_role", About::person(me.id).role(&role), move |r| {
        let found = content.catalogue.roles.get(&role);
        let known = found.ok_or_else(|| AccessRefusal::NoSuchRole { id: role.to_string() })?;
        let warehouse = content
            .catalogue
            .warehouses
            .get(&known.warehouse)
            .ok_or_else(|| Broken::defect(format!("the warehouse of {role} is not in the catalogue")))?;
        let picture = overview::picture(r, &content, me.id)?;
        let standing = picture.role(&content, known);
        let next_grant = picture
            .grants
            .iter()
            .filter(|grant| grant.role_id == role && standing.grant.as_ref().is_some_and(|now| now.id != grant.id))
            .find(|grant| r.at() < grant.starts_at)
            .cloned();
        let minting = match &standing.grant {
            Some(grant) => minting_of_grant(r, grant.id)?,
            None => Minting::default(),
        };
        let by_hand = identity::rows::warehouse_login(r, me.id, warehouse.id.as_str())?;
        let (decisions, progress) = match &standing.request {
            Some(asked) => {
                let policy = rows::policy(r, &asked.policy_id)?;
                let decisions = rows::decisions(r, asked.id)?;
                let seats = super::seats::approvers(r, &content.catalogue, &policy, asked)?;
                let progress = super::seats::progress(&seats, &decisions);
                (decisions, progress)
            }
            None => (Vec::new(), Vec::new()),
        };
        let mut names = approver_names(r, &known.approval)?;
        names.extend(identity::rows::names_by_email(r, &known.owner.people)?);
        let usage = match oversees || known.is_owned_by(&me.email) {
            true => rows::use_of_role(r, &role, UNUSED_DAYS)?,
            false => None,
        };
        Ok(RoleFile {
            usage,
            login: by_hand.unwrap_or_else(|| claims::login(warehouse, &me.email)),
            content: Arc::clone(&content),
            picture,
            standing,
            next_grant,
            minting,
            names,
            decisions,
            progress,
            versions: if oversees || known.is_owned_by(&me.email) {
                preview_policy::versions(r, &role)?
            } else {
                Vec::new()
            },
        })
    })
    .await
}

/// The line that the log has of the signed-in person's latest refusal.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn latest_refusal(app: &App, actor: &Actor) -> Result<Option<Line>, Fault> {
    let me = actor.signed()?.person.id;
    look(app, actor, "latest_refusal", About::person(me), move |r| {
        let filter = Filter { kind: Some(What::Refused), person: Some(me), ..Filter::default() };
        Ok(audit::rows::list(r, &filter, &Paging::first(1))?.items.into_iter().next())
    })
    .await
}
