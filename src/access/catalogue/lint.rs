//! Checks over the whole catalogue and against the curriculum.

use super::{Approval, Approver, Catalogue, Clause, Policy, Role, Sensitivity, WarehouseKind};
use crate::{
    access::hours,
    base::clock::Time,
    base::text::{Language, Slug, Words, folded, nearest},
    curriculum::{
        load::Curriculum,
        places::Places,
        report::{Place, Report},
    },
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(catalogue: &Catalogue, places: &Places, curriculum: &Curriculum, report: &mut Report) {
    audiences(catalogue, places, report);
    signatures(catalogue, places, report);
    connections(catalogue, places, report);
    names(catalogue, places, report);
    let teams: BTreeSet<String> = catalogue.roles.values().map(|role| slugged(&role.owner.team)).collect();
    for role in catalogue.roles.values() {
        requirement(role, places, curriculum, report);
        approval(role, &teams, places, report);
        lengths(role, places, report);
        owner(role, places, report);
    }
    translations(catalogue, places, report);
}

/// A token for one warehouse must be worthless in every other.
fn audiences(catalogue: &Catalogue, places: &Places, report: &mut Report) {
    let mut seen: BTreeMap<&str, &Slug> = BTreeMap::new();
    for warehouse in catalogue.warehouses.values() {
        let audience = warehouse.audience.trim_end_matches('/');
        if let Some(other) = seen.insert(audience, &warehouse.id) {
            let at = places.of(&["warehouse", warehouse.id.as_str(), "audience"]);
            let message =
                format!("the warehouse `{other}` has this audience too; a token for one would open the other");
            report.error(&at, "duplicate-audience", message);
        }
    }
}

/// A warehouse can verify what its tokens are signed with.
fn signatures(catalogue: &Catalogue, places: &Places, report: &mut Report) {
    for warehouse in catalogue.warehouses.values() {
        let at = places.of(&["warehouse", warehouse.id.as_str(), "signing"]);
        let (signing, profile) = (warehouse.signing, warehouse.kind.profile());
        let product = profile.product;
        if !profile.takes.contains(&signing) {
            let message = format!("{product} can not verify {}: no token would open it", signing.word());
            report.error(&at, "signing-not-taken", message);
        } else if let Some((_, version)) = profile.since.filter(|(new, _)| *new == signing) {
            let message = format!("{product} verifies {} from version {version} on", signing.word());
            report.warning(&at, "signing-needs-version", message);
        }
    }
}

/// Whoever gives a part of a connection gives what the ready-made examples need: a profile of dbt for Snowflake does not open
/// without a schema and a warehouse (<https://docs.getdbt.com/docs/local/connect-data-platform/snowflake-setup>).
fn connections(catalogue: &Catalogue, places: &Places, report: &mut Report) {
    let snowflake = |warehouse: &&super::Warehouse| warehouse.kind == WarehouseKind::Snowflake;
    for warehouse in catalogue.warehouses.values().filter(snowflake).filter(|found| found.database.is_some()) {
        let at = places.of(&["warehouse", warehouse.id.as_str(), "database"]);
        let parts = [
            ("host", &warehouse.host),
            ("account", &warehouse.account),
            ("schema", &warehouse.schema),
            ("compute", &warehouse.compute),
        ];
        for (key, _) in parts.into_iter().filter(|(_, part)| part.is_none()) {
            let message = format!("`{key}` is missing: people have to fill it into every example of this warehouse");
            report.warning(&at, "connection-incomplete", message);
        }
    }
}

/// Every role is in a warehouse, and one role of a warehouse has one entry.
fn names(catalogue: &Catalogue, places: &Places, report: &mut Report) {
    let mut seen: BTreeMap<(&Slug, String), &Slug> = BTreeMap::new();
    for role in catalogue.roles.values() {
        let id = role.id.as_str();
        let warehouse = catalogue.warehouses.get(&role.warehouse);
        if warehouse.is_none() && !places.has(&["warehouse", role.warehouse.as_str()]) {
            let near = nearest(role.warehouse.as_str(), catalogue.warehouses.keys().map(Slug::as_str));
            let message = format!("there is no warehouse `{}`", role.warehouse);
            report.error_near(&places.of(&["role", id, "warehouse"]), "unknown-warehouse", message, near);
        }
        let name = warehouse.map_or_else(|| role.name.clone(), |warehouse| warehouse.kind.folded(&role.name));
        let at = places.of(&["role", id, "name"]);
        if let Some(warehouse) = warehouse.filter(|warehouse| warehouse.kind.reserves(&role.name)) {
            let product = warehouse.kind.profile().product;
            let message =
                format!("`{name}` is a role of {product} itself or rules all of it; no role here may give it");
            report.error(&at, "system-role", message);
        }
        if let Some(other) = seen.insert((&role.warehouse, name), &role.id) {
            let message =
                format!("`{}` of the warehouse `{}` is the role `{other}` already", role.name, role.warehouse);
            report.error(&at, "duplicate-role-name", message);
        }
    }
}

fn requirement(role: &Role, places: &Places, curriculum: &Curriculum, report: &mut Report) {
    let at = places.of(&["role", role.id.as_str(), "requires"]);
    for certification in role.requires.certifications() {
        let declared = curriculum.places().has(&["", "certification", certification.as_str()]);
        if declared || curriculum.incomplete || !curriculum.certification(certification).is_empty() {
            continue;
        }
        let known = curriculum.courses.values().filter_map(|course| course.certification.as_ref());
        let near = nearest(certification.as_str(), known.map(|certification| certification.id.as_str()));
        report.error_near(&at, "unknown-certification", format!("no course earns `{certification}`"), near);
    }
    match role.requires.normal_form() {
        None => {
            let message = format!("written out, this requirement has more than {} clauses", super::MOST_CLAUSES);
            report.error(&at, "requirement-too-large", message);
        }
        Some(clauses) if clauses.is_empty() || clauses.iter().any(BTreeSet::is_empty) => {
            let message =
                "this requirement asks for nothing, or for what nobody can have: no valid certification, no access";
            report.error(&at, "empty-requirement", message);
        }
        Some(_) => {}
    }
}

fn approval(role: &Role, teams: &BTreeSet<String>, places: &Places, report: &mut Report) {
    let at = places.of(&["role", role.id.as_str(), "approval"]);
    match &role.approval {
        Approval::Auto if role.sensitivity >= Sensitivity::Confidential => {
            let word = if role.sensitivity == Sensitivity::Personal { "personal" } else { "confidential" };
            let message = format!("nobody is asked before access to {word} data is given");
            report.warning(&at, "automatic-approval", message);
        }
        Approval::Auto => {}
        Approval::Clauses(clauses) => {
            for clause in clauses {
                owners(role, clause, &at, report);
            }
            let named: BTreeSet<&Slug> = clauses
                .iter()
                .flat_map(|clause| &clause.of)
                .filter_map(|approver| if let Approver::Team(team) = approver { Some(team) } else { None })
                .collect();
            for team in named.into_iter().filter(|team| !teams.contains(team.as_str())) {
                // Teams are made of people, elsewhere: a name is only suspicious where it looks like another one here.
                let Some(near) = nearest(team.as_str(), teams.iter().map(String::as_str)) else { continue };
                let message = format!("no role here is owned by the team `{team}`");
                report.warning_near(&at, "unknown-team", message, Some(&format!("team:{near}")));
            }
        }
    }
}

/// A clause that asks the role's owners has as many people as it needs.
fn owners(role: &Role, clause: &Clause, at: &Place, report: &mut Report) {
    let asks = clause.of.contains(&Approver::Owners);
    if !asks || clause.of.iter().any(|approver| matches!(approver, Approver::Team(_))) {
        return;
    }
    let people = clause.of.iter().filter_map(|approver| match approver {
        Approver::Person(email) => Some(email),
        Approver::Team(_) | Approver::Owners | Approver::Manager => None,
    });
    let named: BTreeSet<_> = people.chain(&role.owner.people).collect();
    let may = named.len() + usize::from(clause.of.contains(&Approver::Manager));
    if clause.count as usize > may {
        let message =
            format!("{} must agree, and with its owners only {may} may: nobody could ever get this role", clause.count);
        report.error(at, "count-above-people", message);
    }
}

fn lengths(role: &Role, places: &Places, report: &mut Report) {
    let Policy { max_duration, token_lifetime, grace_after_lapse, claim_by, hours, .. } = role.policy();
    let id = role.id.as_str();
    if token_lifetime.approximate_seconds() > max_duration.approximate_seconds() {
        let message = "a token would outlast the access that it stands for".to_owned();
        report.error(&places.of(&["role", id, "token_lifetime"]), "bad-token-lifetime", message);
    }
    if claim_by.is_some_and(|claim| claim.approximate_seconds() > max_duration.approximate_seconds()) {
        let message = "the time to claim access is longer than access itself lasts";
        report.warning(&places.of(&["role", id, "claim_by"]), "long-claim", message);
    }
    // Any moment will do: windows repeat every week.
    let now = Time::from_micros(1_767_600_000_000_000);
    if !hours.is_empty() && hours::opens_after(&hours, now).is_none() {
        let message = "the hours of the role and those of its sensitivity are never open at the same time";
        report.error(&places.of(&["role", id, "hours"]), "hours-never-open", message);
    }
    if grace_after_lapse.approximate_seconds() > max_duration.approximate_seconds() {
        let message = "the grace after a lapse is longer than access itself lasts";
        report.warning(&places.of(&["role", id, "grace_after_lapse"]), "long-grace", message);
    }
}

fn owner(role: &Role, places: &Places, report: &mut Report) {
    let id = role.id.as_str();
    if role.owner.people.is_empty() {
        let message = format!("nobody in `{}` is named as an owner of this role", role.owner.team);
        report.warning(&places.of(&["role", id, "owner"]), "owner-without-people", message);
    }
    if role.data.is_empty() {
        let message = "a role says which datasets it lets read";
        report.warning(&places.of(&["role", id, "data"]), "role-without-data", message);
    }
    if role.incidents.channel.is_none() && role.incidents.contact.is_none() {
        let message = "this role names no channel and no contact for incidents";
        report.warning(&places.of(&["role", id, "incidents"]), "no-incident-contact", message);
    }
}

/// Every title and description is written in each language that any of them is written in.
fn translations(catalogue: &Catalogue, places: &Places, report: &mut Report) {
    let mut texts: Vec<(&Words, [&str; 3])> = Vec::new();
    for warehouse in catalogue.warehouses.values() {
        texts.push((&warehouse.title, ["warehouse", warehouse.id.as_str(), "title"]));
    }
    for role in catalogue.roles.values() {
        texts.push((&role.title, ["role", role.id.as_str(), "title"]));
        texts.push((&role.description, ["role", role.id.as_str(), "description"]));
    }
    for language in Language::ALL {
        if !texts.iter().any(|(words, _)| words.has(language)) {
            continue;
        }
        for (_, path) in texts.iter().filter(|(words, _)| !words.has(language)) {
            let [_, id, key] = path;
            let message = format!("the {key} of `{id}` is missing in `{}`", language.tag());
            report.warning(&places.of(path), "missing-translation", message);
        }
    }
}

/// A team's name as a slug: `Sales data` is `sales-data`.
fn slugged(team: &str) -> String {
    let folded = folded(team);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
