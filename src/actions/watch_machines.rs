//! Watching over service accounts: who answers for one is told before the access ends that it rests on, and when it has.
//!
//! Told are the owner and their teams (the leads, where there are), and admins where there is nobody else; fourteen days and
//! three days before the end of the grant or the certificate, and at the end, however it came. Each once; what is told later
//! takes the place of what was told before. Nothing waits for this: a token is refused at the moment itself.

use super::{
    About, act, notify,
    read_machines::{Holding, holding},
};
use crate::{
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification::{
        self,
        notice::{About as Told, NoticeKind},
    },
    db::{Reading, Writing},
    identity::{self, actor::Actor, person::State},
    tokens::{
        client::Client,
        rows::{self, AccessRow},
    },
};
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};

/// How many days before the end of an access it is told of.
pub const LEADS: [i64; 2] = [14, 3];
/// An access begins, is told of and is lost: more follows in the next round.
const MOST_STEPS: usize = 3;

/// What is to be done about an access that a service account uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It is there, until then.
    Begin(Time),
    /// It ends in so many days.
    Tell(i64),
    /// It is gone.
    Lose,
}

/// Tells what is due of every service account.
///
/// # Errors
/// The database is away.
pub async fn watch(app: &App, content: &Arc<Content>) -> Result<(), Fault> {
    let kept = Arc::clone(content);
    let due = app
        .db
        .read(app.now(), move |r| {
            let mut due = Vec::new();
            // Nobody is told of what is not used.
            for client in rows::machines(r)?.into_iter().filter(|client| client.accepted_at.is_some()) {
                let (Some(owner), seen) = (client.owner, rows::access_seen(r, &client.id)?) else { continue };
                for role in client.roles.iter().flatten() {
                    if step(r, &kept, owner, role, &seen)?.is_some() {
                        due.push((client.id.clone(), owner, role.clone()));
                    }
                }
            }
            Ok(due)
        })
        .await?;
    for (client, owner, role) in due {
        let (kept, about) = (Arc::clone(content), About::person(owner).role(&role).named(client.clone()));
        act(app, &Actor::system("sweep"), "watch_machines", about, move |w, by| {
            identity::rows::hold(w, owner, false)?;
            // Whoever handed it over or removed it meanwhile was first.
            let held =
                rows::hold_client(w, &client)?.filter(|held| held.owner == Some(owner) && held.accepted_at.is_some());
            let Some(held) = held else { return Ok(()) };
            for _ in 0..MOST_STEPS {
                let seen = rows::access_seen(w, &client)?;
                let Some(step) = step(w, &kept, owner, &role, &seen)? else { break };
                let seen = seen.into_iter().find(|seen| seen.role_id == role.as_str());
                take(w, by, &held, (owner, &role), seen.as_ref(), step)?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// The step that is due, if one is.
fn step(
    r: &mut Reading<'_>,
    content: &Content,
    owner: Id<ids::Person>,
    role: &Slug,
    seen: &[AccessRow],
) -> Result<Option<Step>, Broken> {
    let held = match content.catalogue.roles.get(role) {
        Some(role) => holding(r, owner, role)?,
        None => None,
    };
    Ok(due(held, seen.iter().find(|seen| seen.role_id == role.as_str()), r.at()))
}

/// What is due at an instant, by what is there and what was seen last.
fn due(held: Option<Holding>, seen: Option<&AccessRow>, now: Time) -> Option<Step> {
    let seen = seen.filter(|seen| seen.held);
    let (held, seen) = match (held, seen) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Step::Lose),
        (Some(held), Some(seen)) if seen.until_at == held.until => (held, seen),
        (Some(held), _) => return Some(Step::Begin(held.until)),
    };
    // Where several leads have begun while nobody looked, the latest says it all. One that had begun before the access did
    // is nobody's news.
    let begins = |days: i64| held.until.plus_seconds(-days * 86_400);
    let begun = |days: &&i64| begins(**days) <= now && held.since < begins(**days);
    let days = *LEADS.iter().rfind(begun)?;
    seen.told_days.is_none_or(|told| told > days).then_some(Step::Tell(days))
}

fn take(
    w: &mut Writing<'_>,
    by: &By,
    client: &Client,
    (owner, role): (Id<ids::Person>, &Slug),
    seen: Option<&AccessRow>,
    step: Step,
) -> Result<(), Broken> {
    let entry = |what| Entry::new(what).person(owner).role(role).about(client.id.clone());
    match (step, seen) {
        (Step::Begin(until), seen) => {
            if seen.is_some_and(|seen| seen.told_days.is_some() || !seen.held) {
                // It goes on, or is back: its end is no news any more.
                certification::rows::outdate_service(w, &client.id, role)?;
            }
            rows::begin_access(w, &client.id, role, until)
        }
        (Step::Tell(days), Some(seen)) => {
            if !rows::tell_access(w, seen, days)? {
                return Ok(());
            }
            let once = format!("{}:{days}", seen.until_at.micros());
            let told = tell(w, by, client, (owner, role), NoticeKind::ServiceEnds, seen.until_at, &once)?;
            let data = json!({ "days": days, "until": seen.until_at, "people_told": told });
            audit::rows::append(w, by, entry(What::ClientAccessEnding).data(data))
        }
        (Step::Lose, Some(seen)) => {
            if !rows::lose_access(w, seen)? {
                return Ok(());
            }
            let now = w.now();
            let once = format!("{}:stopped", now.micros());
            let told = tell(w, by, client, (owner, role), NoticeKind::ServiceStopped, now, &once)?;
            audit::rows::append(w, by, entry(What::ClientAccessEnded).data(json!({ "people_told": told })))
        }
        (Step::Tell(_) | Step::Lose, None) => Ok(()),
    }
}

/// Writes a notice to everybody who answers for an account; returns how many they are.
fn tell(
    w: &mut Writing<'_>,
    by: &By,
    client: &Client,
    (owner, role): (Id<ids::Person>, &Slug),
    kind: NoticeKind,
    until: Time,
    once: &str,
) -> Result<usize, Broken> {
    certification::rows::outdate_service(w, &client.id, role)?;
    let about =
        Told::Service { client: client.id.clone(), name: client.name.clone(), role: role.clone(), owner, until };
    let people = who_answers(w, owner)?;
    for person in &people {
        let once = format!("{}:{once}:{person}", certification::rows::service_key(&client.id, role));
        notify::tell(w, by, *person, kind, &once, &about)?;
    }
    Ok(people.len())
}

/// The owner and the people of their teams who can act; admins, where there is nobody.
fn who_answers(r: &mut Reading<'_>, owner: Id<ids::Person>) -> Result<BTreeSet<Id<ids::Person>>, Broken> {
    let own = identity::rows::person(r, owner)?.filter(|person| person.state == State::Active);
    let mut people: BTreeSet<Id<ids::Person>> = own.map(|person| person.id).into_iter().collect();
    for team in identity::rows::teams_of(r, owner)? {
        let leads = identity::rows::leads(r, &team)?;
        if leads.is_empty() {
            people.extend(identity::rows::members(r, &team)?);
        } else {
            people.extend(leads.into_iter().map(|lead| lead.id));
        }
    }
    if people.is_empty() {
        people.extend(identity::rows::admins(r)?);
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(days: i64) -> Time {
        Time::from_micros(1_800_000_000_000_000).plus_seconds(days * 86_400)
    }

    fn seen(held: bool, until: i64, told_days: Option<i64>) -> AccessRow {
        AccessRow { client_id: "cli_1".into(), role_id: "reader".into(), held, until_at: at(until), told_days }
    }

    #[test]
    fn each_end_is_told_of_at_its_leads_once() {
        let held = Some(Holding { since: at(0), until: at(60) });
        assert_eq!(due(held, None, at(1)), Some(Step::Begin(at(60))));
        for (now, told, step) in [
            (45, None, None),
            (46, None, Some(Step::Tell(14))),
            (56, None, Some(Step::Tell(14))),
            (57, None, Some(Step::Tell(3))),
            (57, Some(14), Some(Step::Tell(3))),
            (50, Some(14), None),
            (59, Some(3), None),
        ] {
            assert_eq!(due(held, Some(&seen(true, 60, told)), at(now)), step, "{now} {told:?}");
        }
        // Renewed: told anew of the new end; lost: told of that, once.
        assert_eq!(due(held, Some(&seen(true, 50, Some(3))), at(49)), Some(Step::Begin(at(60))));
        assert_eq!(due(None, Some(&seen(true, 60, None)), at(10)), Some(Step::Lose));
        assert_eq!(due(None, Some(&seen(false, 60, None)), at(10)), None);
        assert_eq!(due(None, None, at(10)), None);
        assert_eq!(due(held, Some(&seen(false, 10, None)), at(12)), Some(Step::Begin(at(60))));
    }

    #[test]
    fn an_access_that_is_shorter_than_a_lead_is_not_told_of_at_it() {
        let held = Some(Holding { since: at(0), until: at(10) });
        assert_eq!(due(held, Some(&seen(true, 10, None)), at(1)), None);
        assert_eq!(due(held, Some(&seen(true, 10, None)), at(7)), Some(Step::Tell(3)));
    }
}
