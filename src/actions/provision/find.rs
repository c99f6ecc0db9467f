//! Reading people and teams for the directory: one, or a page of those that fit a filter (RFC 7644, section 3.4).

use super::{
    super::{About, look},
    base, told,
};
use crate::{
    academy::assignment::TeamRefusal,
    app::App,
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Email,
    },
    db::Reading,
    identity::{actor::Actor, person::IdentityRefusal},
    provisioning::{
        document::Document,
        filter::Filter,
        matching::fits,
        person::Known,
        refusal::{self, ScimRefusal},
        rows::{self, PersonBy},
        schema::{PERSON, TEAM},
        team::KnownTeam,
    },
};
use std::collections::BTreeMap;

/// The most people that are looked through for a filter without a name, an id or an external id.
const MOST_SCANNED: i64 = 50_000;
/// How many are looked through at a time.
const STRETCH: i64 = 1_000;

/// Which part of which resources is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub filter: Option<Filter>,
    /// The place of the first one on the page, from 1.
    pub start: usize,
    /// How many the page holds at most.
    pub count: usize,
    /// Whether the members of teams are to be told.
    pub members: bool,
}

/// A page of resources, and how many there are in all.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub total: usize,
    pub page: Vec<Document>,
}

impl Found {
    /// Counts one that fits, and keeps it where it stands on the page.
    fn take(&mut self, asked: &Asked, document: Document) {
        self.total += 1;
        if self.total >= asked.start && self.page.len() < asked.count {
            self.page.push(document);
        }
    }
}

/// One person.
///
/// # Errors
/// The actor is not the directory, there is no such person, or the database is away.
pub async fn read_person(app: &App, actor: &Actor, id: Id<ids::Person>) -> Result<Document, Fault> {
    let (caller, base) = (actor.clone(), base(app));
    look(app, actor, "scim_read_person", About::person(id), move |r| {
        caller.as_directory()?;
        let known = rows::known_person(r, &PersonBy::Id(id))?.ok_or(IdentityRefusal::NoSuchPerson)?;
        told(r, &known, &base)
    })
    .await
}

/// The people who fit a filter, in the order of their ids.
///
/// # Errors
/// The actor is not the directory, the filter compares what can not be compared or looks through too many, or the database
/// is away.
pub async fn find_people(app: &App, actor: &Actor, asked: Asked) -> Result<Found, Fault> {
    let (caller, base) = (actor.clone(), base(app));
    look(app, actor, "scim_find_people", About::nothing(), move |r| {
        caller.as_directory()?;
        let Some(filter) = &asked.filter else {
            let total = usize::try_from(rows::count_people(r)?).unwrap_or(0);
            let skip = i64::try_from(asked.start.saturating_sub(1)).unwrap_or(i64::MAX);
            let most = i64::try_from(asked.count).unwrap_or(0);
            let people = rows::known_people(r, skip, most)?;
            return Ok(Found { total, page: all_told(r, &people, &base)? });
        };
        let mut found = Found::default();
        if let Some(narrow) = narrowed(r, filter)? {
            sieve(r, &narrow, filter, &asked, &base, &mut found)?;
            return Ok(found);
        }
        if rows::count_people(r)? > MOST_SCANNED {
            let why = "too many people to look through: ask for a userName, an id or an externalId";
            return Err(ScimRefusal::of(refusal::Fault::TooMany, why).into());
        }
        let mut after = None;
        loop {
            let people = rows::people_after(r, after, STRETCH)?;
            let Some(last) = people.last() else { return Ok(found) };
            after = Some(last.id);
            sieve(r, &people, filter, &asked, &base, &mut found)?;
        }
    })
    .await
}

/// The one person whom a filter can mean, or nobody, where it names one; none where it does not.
fn narrowed(r: &mut Reading<'_>, filter: &Filter) -> Result<Option<Vec<Known>>, Fault> {
    let one = if let Some(id) = filter.demands("id", None) {
        match id.parse() {
            Ok(id) => rows::known_person(r, &PersonBy::Id(id))?,
            Err(_) => None,
        }
    } else if let Some(name) = filter.demands("userName", None) {
        match name.parse::<Email>() {
            Ok(email) => rows::known_person(r, &PersonBy::Email(&email))?,
            Err(_) => None,
        }
    } else if let Some(id) = filter.demands("externalId", None) {
        // No text with a NUL was ever taken, and PostgreSQL reads none.
        if id.contains('\0') { None } else { rows::known_person(r, &PersonBy::ExternalId(id))? }
    } else {
        return Ok(None);
    };
    Ok(Some(one.into_iter().collect()))
}

fn all_told(r: &mut Reading<'_>, people: &[Known], base: &str) -> Result<Vec<Document>, Fault> {
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let mut teams = rows::belongings(r, &ids)?;
    Ok(people.iter().map(|person| person.told(&teams.remove(&person.id).unwrap_or_default(), base)).collect())
}

/// Keeps those who fit.
fn sieve(
    r: &mut Reading<'_>,
    people: &[Known],
    filter: &Filter,
    asked: &Asked,
    base: &str,
    found: &mut Found,
) -> Result<(), Fault> {
    for document in all_told(r, people, base)? {
        if fits(filter, &PERSON, &document)? {
            found.take(asked, document);
        }
    }
    Ok(())
}

/// One team, with its members where they are asked for.
///
/// # Errors
/// The actor is not the directory, there is no such team, or the database is away.
pub async fn read_team(app: &App, actor: &Actor, id: String, members: bool) -> Result<Document, Fault> {
    let (caller, base) = (actor.clone(), base(app));
    look(app, actor, "scim_read_team", About::nothing().named(id.clone()), move |r| {
        caller.as_directory()?;
        let known = rows::known_team(r, &id)?.ok_or_else(|| TeamRefusal::NoSuchTeam { id: id.clone() })?;
        let members = members.then(|| rows::known_members(r, std::slice::from_ref(&known.id))).transpose()?;
        let members = members.map(|mut members| members.remove(&known.id).unwrap_or_default());
        Ok(known.told(members.as_deref(), &base))
    })
    .await
}

/// The teams that fit a filter, in the order of their ids.
///
/// # Errors
/// The actor is not the directory, the filter compares what can not be compared, or the database is away.
pub async fn find_teams(app: &App, actor: &Actor, asked: Asked) -> Result<Found, Fault> {
    let (caller, base) = (actor.clone(), base(app));
    look(app, actor, "scim_find_teams", About::nothing(), move |r| {
        caller.as_directory()?;
        let filter = asked.filter.as_ref();
        let member =
            filter.and_then(|filter| filter.demands("members", Some("value")).or(filter.demands("members", None)));
        let teams = match member.map(str::parse) {
            None => rows::known_teams(r, None)?,
            Some(Ok(person)) => rows::known_teams(r, Some(person))?,
            Some(Err(_)) => Vec::new(),
        };
        let Some(filter) = filter else {
            let page: Vec<KnownTeam> =
                teams.iter().skip(asked.start.saturating_sub(1)).take(asked.count).cloned().collect();
            return Ok(Found { total: teams.len(), page: teams_told(r, page, asked.members, &base)? });
        };
        // What is only looked at in a filter is loaded for all; what is told, for the page alone.
        let looks = filter.asks_about("members");
        let mut found = Found::default();
        let mut page = Vec::new();
        let mut members = members_of(r, &teams, looks)?;
        for team in teams {
            let here = looks.then(|| members.remove(&team.id).unwrap_or_default());
            if fits(filter, &TEAM, &team.told(here.as_deref(), &base))? {
                found.total += 1;
                if found.total >= asked.start && page.len() < asked.count {
                    page.push(team);
                }
            }
        }
        found.page = teams_told(r, page, asked.members, &base)?;
        Ok(found)
    })
    .await
}

fn members_of(
    r: &mut Reading<'_>,
    teams: &[KnownTeam],
    wanted: bool,
) -> Result<BTreeMap<String, Vec<Id<ids::Person>>>, Fault> {
    let ids: Vec<String> = teams.iter().filter(|_| wanted).map(|team| team.id.clone()).collect();
    Ok(rows::known_members(r, &ids)?)
}

fn teams_told(
    r: &mut Reading<'_>,
    teams: Vec<KnownTeam>,
    with_members: bool,
    base: &str,
) -> Result<Vec<Document>, Fault> {
    let mut members = members_of(r, &teams, with_members)?;
    Ok(teams
        .into_iter()
        .map(|team| {
            let here = with_members.then(|| members.remove(&team.id).unwrap_or_default());
            team.told(here.as_deref(), base)
        })
        .collect())
}
