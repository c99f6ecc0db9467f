//! What would change if an access catalogue were loaded: role by role, which open requests and which grants, and for whom.

use super::{About, load_content, look};
use crate::{
    access::{
        catalogue::{
            Catalogue, Role,
            compare::{self, FieldChange},
        },
        request::AccessRefusal,
        rows::{self, PolicyVersion},
    },
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification::{self, certificate::Certificate, requirement},
    curriculum::{self, report::Report, source::Source},
    db::Reading,
    identity::{self, actor::Actor, person::Person},
};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// The file's name at the content root.
pub const FILE: &str = "access.yaml";
/// The most lines of requests, and of grants, that are told of one role; the figures count all of them.
const MOST: usize = 200;

/// What becomes of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It leaves the catalogue.
    Gone,
    /// It is in another warehouse.
    Moved,
    /// Something of it differs.
    Changed,
}

/// What becomes of a request or of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The request lapses.
    Lapses,
    /// The grant ends.
    Ends,
    /// It keeps the policy that was frozen with it; a request or a renewal after that is made under the new one.
    Keeps,
    /// It keeps its policy, too; but whoever it is of lacks what the new one requires, so that their next request would wait.
    Blocked,
}

/// A request or a grant that the change touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// `req_…` or `gra_…`
    pub id: String,
    pub person: Person,
    pub effect: Effect,
}

/// What becomes of one role, and of what was given and asked for of it.
#[derive(Clone, Debug)]
pub struct RoleChange {
    pub role: Slug,
    /// Its name in the warehouse.
    pub name: String,
    pub fate: Fate,
    pub fields: Vec<FieldChange>,
    /// The policy that is in force, and the one that would be; the same where only what stands beside it differs.
    pub policy_before: Option<String>,
    pub policy_after: Option<String>,
    /// At most 200 of each.
    pub requests: Vec<Touched>,
    pub requests_total: usize,
    pub grants: Vec<Touched>,
    pub grants_total: usize,
    /// How many people would lack what the new policy requires, who lack nothing now.
    pub blocked: usize,
}

/// What would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What the linter says; where it has errors, the file would not be taken, and nothing would change.
    pub report: Report,
    /// What differs beside the roles: who breaks the glass, and for how long; and the warehouses.
    pub catalogue: Vec<FieldChange>,
    pub roles: Vec<RoleChange>,
}

/// Tells what would change if this text were the access catalogue, with everything else as it is in force. Nothing is changed.
///
/// # Errors
/// The actor may not read everybody's records, or the database is away.
pub async fn preview_policy(app: &App, actor: &Actor, text: String) -> Result<Preview, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let seq = content.version.seq;
    let source = look(app, actor, "preview_policy", About::nothing().named("policy"), move |r| {
        caller.as_auditor()?;
        Ok(curriculum::rows::source(r, seq)?)
    })
    .await?;
    let checked = tokio::task::spawn_blocking(move || {
        let mut files = source.files().clone();
        files.insert(FILE.to_owned(), text.into_bytes());
        load_content::check(&Source::from_files(files))
    });
    let (_, after, report) = checked.await.map_err(Broken::defect)?;
    if report.has_errors() {
        return Ok(Preview { report, catalogue: Vec::new(), roles: Vec::new() });
    }
    let catalogue = compare::catalogues(&content.catalogue, &after);
    let roles = look(app, actor, "preview_policy", About::nothing().named("policy"), move |r| {
        let mut certificates = BTreeMap::new();
        let before = &content.catalogue;
        let ids: BTreeSet<&Slug> = before.roles.keys().chain(after.roles.keys()).collect();
        let mut changes = Vec::new();
        for id in ids {
            changes.extend(change(r, before, &after, id, &mut certificates)?);
        }
        Ok(changes)
    })
    .await?;
    Ok(Preview { report, catalogue, roles })
}

type Held = BTreeMap<Id<ids::Person>, Vec<Certificate>>;

fn change(
    r: &mut Reading<'_>,
    before: &Catalogue,
    after: &Catalogue,
    id: &Slug,
    certificates: &mut Held,
) -> Result<Option<RoleChange>, Broken> {
    let (was, is) = (before.roles.get(id), after.roles.get(id));
    let (fate, fields) = match (was, is) {
        (Some(was), Some(is)) => {
            let fields = compare::roles(was, is);
            let fate = if was.warehouse == is.warehouse { Fate::Changed } else { Fate::Moved };
            if fields.is_empty() {
                return Ok(None);
            }
            (fate, fields)
        }
        (Some(_), None) => (Fate::Gone, Vec::new()),
        (None, Some(_)) => (Fate::Added, Vec::new()),
        (None, None) => return Ok(None),
    };
    let hash = |role: Option<&Role>| role.map(|role| role.policy().hash());
    let mut made = RoleChange {
        role: id.clone(),
        name: is.or(was).map(|role| role.name.clone()).unwrap_or_default(),
        fate,
        fields,
        policy_before: hash(was),
        policy_after: hash(is),
        requests: Vec::new(),
        requests_total: 0,
        grants: Vec::new(),
        grants_total: 0,
        blocked: 0,
    };
    // Where only what stands beside the policy differs, nobody's request or grant does.
    if fate == Fate::Changed && made.policy_before == made.policy_after {
        return Ok(Some(made));
    }
    let over = matches!(fate, Fate::Gone | Fate::Moved);
    let mut blocked = BTreeSet::new();
    for asked in rows::open_requests_for(r, id)? {
        made.requests_total += 1;
        let effect = match over {
            true => Effect::Lapses,
            false if newly_blocked(r, was, is, asked.person_id, certificates)? => Effect::Blocked,
            false => Effect::Keeps,
        };
        blocked.extend(Some(asked.person_id).filter(|_| effect == Effect::Blocked));
        if made.requests.len() < MOST {
            made.requests.extend(touched(r, asked.id.to_string(), asked.person_id, effect)?);
        }
    }
    for held in rows::live_holders_of(r, id)? {
        made.grants_total += 1;
        let effect = match over {
            true => Effect::Ends,
            false if newly_blocked(r, was, is, held.person_id, certificates)? => Effect::Blocked,
            false => Effect::Keeps,
        };
        blocked.extend(Some(held.person_id).filter(|_| effect == Effect::Blocked));
        if made.grants.len() < MOST {
            made.grants.extend(touched(r, held.id.to_string(), held.person_id, effect)?);
        }
    }
    made.blocked = blocked.len();
    Ok(Some(made))
}

fn touched(
    r: &mut Reading<'_>,
    id: String,
    person: Id<ids::Person>,
    effect: Effect,
) -> Result<Option<Touched>, Broken> {
    Ok(identity::rows::person(r, person)?.map(|person| Touched { id, person, effect }))
}

/// Whether somebody has what the role requires now, and lacks what it would.
fn newly_blocked(
    r: &mut Reading<'_>,
    was: Option<&Role>,
    is: Option<&Role>,
    person: Id<ids::Person>,
    certificates: &mut Held,
) -> Result<bool, Broken> {
    let (Some(was), Some(is)) = (was, is) else { return Ok(false) };
    let held = match certificates.entry(person) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => place.insert(certification::rows::certificates_of(r, person)?),
    };
    let at = r.at();
    let meets = |role: &Role| requirement::met_until(&requirement::judge(&role.requires.clauses(), held, at)).is_some();
    Ok(meets(was) && !meets(is))
}

/// The access catalogue that is in force, as it was written; for those who may preview another.
///
/// # Errors
/// The actor may not read everybody's records, or the database is away.
pub async fn catalogue_in_force(app: &App, actor: &Actor) -> Result<String, Fault> {
    let seq = app.content()?.version.seq;
    let caller = actor.clone();
    let source = look(app, actor, "preview_policy", About::nothing().named("policy"), move |r| {
        caller.as_auditor()?;
        Ok(curriculum::rows::source(r, seq)?)
    })
    .await?;
    Ok(source.get(FILE).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default())
}

/// A policy of a role over time, and what it changed of the one before.
#[derive(Clone, Debug)]
pub struct Version {
    pub version: PolicyVersion,
    /// Against the one before it; empty for the first.
    pub changes: Vec<FieldChange>,
}

/// The policies that a role has had, the newest first, each with what it changed.
///
/// # Errors
/// The database is away.
pub(super) fn versions(r: &mut Reading<'_>, role: &Slug) -> Result<Vec<Version>, Broken> {
    let all = rows::policy_versions(r, role)?;
    let older: Vec<Option<PolicyVersion>> = all.iter().skip(1).cloned().map(Some).chain([None]).collect();
    let with = |(version, before): (PolicyVersion, Option<PolicyVersion>)| Version {
        changes: before.map(|before| compare::policies(&before.policy, &version.policy)).unwrap_or_default(),
        version,
    };
    Ok(all.into_iter().zip(older).map(with).collect())
}

/// The policies that a role has had, for those who may read everybody's records and for the role's owners; also of a role that
/// has left the catalogue.
///
/// # Errors
/// The actor may not, there never was such a role, or the database is away.
pub async fn policy_versions(app: &App, actor: &Actor, role: Slug) -> Result<Vec<Version>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "policy_versions", About::nothing().role(&role), move |r| {
        if !content.catalogue.is_owner(&caller, &role) {
            caller.as_auditor()?;
        }
        if !rows::knows_role(r, &role)? {
            return Err(AccessRefusal::NoSuchRole { id: role.to_string() }.into());
        }
        Ok(versions(r, &role)?)
    })
    .await
}
