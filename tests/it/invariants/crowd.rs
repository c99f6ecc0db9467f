//! A crowd whose certificates end together: every step is written down for everybody, however many they are.

use crate::support::{House, person_id, slug};
use habilis::{
    access::{
        self,
        grant::{Grant, State as GrantState},
        request::{Request, State as RequestState},
        rows::{Bulk, Serial},
    },
    actions::{fill, sweep},
    audit::{
        self,
        event::{By, Entry, Line, What},
        rows::{Filter, Way},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
    },
    certification::certificate::{Certificate, Evidence, State},
    identity::{
        actor::Actor,
        person::{Capabilities, Person, State as PersonState},
    },
};

/// More than two rounds of the sweep.
const CROWD: usize = 450;

/// Adds people who are certified in `alpha` until tomorrow and hold `reader` for two months more.
pub async fn crowd(house: &House) {
    let content = house.app.content().unwrap();
    let (course, role) = (&content.curriculum.courses[&slug("alpha")], &content.catalogue.roles[&slug("reader")]);
    let now = house.app.now();
    let day = |days: i64| now.plus_seconds(days * 86_400);
    let mut serial = Serial { run: 7, next: 0 };
    fn id<K: ids::Kind>(serial: &mut Serial, at: Time) -> Id<K> {
        serial.id(at).unwrap()
    }
    let mut bulk = Bulk::default();
    for number in 0..CROWD {
        let person = Person {
            id: id(&mut serial, day(-99)),
            email: format!("one.{number:03}@example.com").parse().unwrap(),
            name: format!("One {number:03}"),
            office: String::new(),
            language: None,
            zone: "Europe/Paris".to_owned(),
            capabilities: Capabilities::default(),
            state: PersonState::Active,
            created_at: day(-99),
        };
        let certificate = Certificate {
            id: id(&mut serial, day(-99)),
            person_id: person.id,
            certification_id: slug("alpha"),
            course_id: slug("alpha"),
            course_version: course.version,
            state: State::Valid,
            issued_at: day(-99),
            valid_from: day(-99),
            expires_at: day(1),
            ends_at: day(1),
            ended_reason: None,
            evidence: Evidence {
                course: slug("alpha"),
                version: course.version,
                content: course.hash.clone(),
                modules: std::collections::BTreeMap::new(),
                exams: Vec::new(),
                renews: None,
            },
        };
        let request = Request {
            id: id(&mut serial, day(-1)),
            person_id: person.id,
            role_id: role.id.clone(),
            policy_id: role.policy().hash(),
            state: RequestState::Approved,
            reason: "Generated".to_owned(),
            wanted_micros: role.max_duration.approximate_micros(),
            submitted_at: day(-1),
            lapses_at: day(30),
            closed_at: Some(day(-1)),
            starts_at: None,
        };
        bulk.grants.push(Grant {
            withdrawn_at: None,
            claim_by_at: None,
            claimed_at: None,
            emergency: false,
            id: id(&mut serial, day(-1)),
            person_id: person.id,
            role_id: role.id.clone(),
            warehouse_id: role.warehouse.clone(),
            request_id: request.id,
            policy_id: request.policy_id.clone(),
            state: GrantState::Active,
            starts_at: day(-1),
            ends_at: day(59),
            granted_at: day(-1),
            grace_micros: role.grace_after_lapse.approximate_micros(),
            ended_reason: None,
        });
        let attempt = id(&mut serial, day(-99));
        bulk.certificates.push((certificate, attempt));
        bulk.requests.push(request);
        bulk.people.push((person, None));
    }
    bulk.serial = serial;
    fill::fill(&house.app, &Actor::operator("test"), bulk).await.unwrap();
}

async fn sweeps(house: &House) {
    for _ in 0..4 {
        sweep::sweep(&house.app).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_step_is_lost_when_many_are_due_at_once() {
    let house = House::new().await;
    crowd(&house).await;
    let all = i64::try_from(CROWD).unwrap();
    sweeps(&house).await;
    assert_eq!(house.events("grant.suspended").await, 0);
    house.advance("P1D");
    sweeps(&house).await;
    assert_eq!((house.events("certificate.expired").await, house.events("grant.suspended").await), (all, all));

    // A suspended grant is looked at again when something is due for it, and not before.
    let due = house.app.db.read(house.app.now(), |r| Ok(access::rows::people_to_settle(r, None, 1_000)?));
    assert_eq!(due.await.unwrap(), []);
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("P12D");
    sweeps(&house).await;
    assert_eq!(house.events("grant.ended").await, 0);
    house.advance("P2DT1M");
    sweeps(&house).await;
    assert_eq!(house.events("grant.ended").await, all, "two weeks after the loss");
}

/// The lines of a long time are told page by page, the newest first, as those of a short one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_time_is_told_in_pages() {
    let house = House::new().await;
    let begun = house.app.now();
    let mut turns = Vec::new();
    for many in [700, 700, 3] {
        house.advance("PT1M");
        turns.push(house.app.now());
        let noted = house.app.db.write(house.app.now(), move |w| {
            let by = By { actor: "operator:test".to_owned(), address: String::new() };
            for _ in 0..many {
                audit::rows::append(w, &by, Entry::new(What::PersonChanged))?;
            }
            Ok(())
        });
        noted.await.unwrap();
    }
    let page = async |until: Time, paging: Paging| {
        let filter = Filter { from: Some(begun), until: Some(until), ..Filter::default() };
        house.app.db.read(house.app.now(), move |r| Ok(audit::rows::list(r, &filter, &paging)?)).await.unwrap()
    };
    // Two turns are many lines, one is few.
    let (mut seen, mut next) = (Vec::new(), Some(Paging::first(500)));
    while let Some(paging) = next {
        let found = page(turns[2], paging).await;
        seen.extend(found.items.iter().map(|line| (line.seq, line.at)));
        next = found.onward(500).unwrap();
    }
    assert!(seen.is_sorted_by(|one, other| one.0 > other.0), "the newest first, each once");
    assert!(seen.iter().all(|(_, at)| *at < turns[2]));
    assert_eq!(seen.iter().filter(|(_, at)| *at >= turns[0]).count(), 1_400);
    let few: Vec<i64> = page(turns[1], Paging::first(500)).await.items.iter().map(|line| line.seq).collect();
    let there: Vec<i64> = seen.iter().filter(|(_, at)| *at < turns[1]).map(|(seq, _)| *seq).collect();
    assert_eq!(few, there[..500]);
}

/// A page of a long time that lies far back is found by its time, and the next one from where it ended; the lines are the same by
/// every way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_time_that_lies_far_back_is_found_by_its_time() {
    let house = House::new().await;
    let ana = person_id(&house.person("Ana").await);
    let write = async |many: usize| {
        house.advance("PT1M");
        let now = house.app.now();
        let noted = house.app.db.write(now, move |w| {
            let by = By { actor: "operator:test".to_owned(), address: String::new() };
            let own = By { actor: ana.to_string(), address: String::new() };
            for n in 0..many {
                let what = if n % 2 == 0 { What::PersonChanged } else { What::ReviewReminded };
                let entry = Entry::new(what).about(if n == 0 { "seldom" } else { "often" });
                let (by, entry) = match n % 3 {
                    0 => (&by, entry.person(ana)),
                    1 => (&own, entry),
                    _ => (&by, entry),
                };
                audit::rows::append(w, by, entry)?;
            }
            Ok(())
        });
        noted.await.unwrap();
        now
    };
    let (begun, second) = (write(700).await, write(700).await);
    let until = write(999).await;
    let within = |from: Time, until: Time| Filter { from: Some(from), until: Some(until), ..Filter::default() };
    let old = within(begun, until);
    let way = async |filter: &Filter, paging: Paging| {
        let filter = filter.clone();
        house.app.db.read(house.app.now(), move |r| Ok(audit::rows::way_of(r, &filter, &paging)?)).await.unwrap()
    };
    let first = || Paging::first(500);
    assert_eq!(way(&old, first()).await, Way::Order, "few came after it");
    let last = write(1).await;
    assert_eq!(way(&old, first()).await, Way::Time);
    assert_eq!(way(&within(begun, second), first()).await, Way::Any, "there are few");
    assert_eq!(way(&within(begun, last), first()).await, Way::Order, "it is the newest");
    assert_eq!(way(&Filter { until: None, ..old.clone() }, first()).await, Way::Any);
    // What is rare in all is found by that; what is not, by its time.
    let changed = Filter { kind: Some(What::PersonChanged), ..old.clone() };
    let often = Filter { subject: Some("often".to_owned()), ..old.clone() };
    let seldom = Filter { subject: Some("seldom".to_owned()), ..old.clone() };
    let none = Filter { role: Some("reader".to_owned()), ..old.clone() };
    let of_ana = Filter { person: Some(ana), ..old.clone() };
    for (filter, expected) in [
        (&changed, Way::Time),
        (&often, Way::Time),
        (&of_ana, Way::Time),
        (&seldom, Way::Order),
        (&none, Way::Order),
        (&Filter { kind: Some(What::PersonChanged), ..seldom.clone() }, Way::Order),
    ] {
        assert_eq!(way(filter, first()).await, expected, "{filter:?}");
    }

    let page = async |filter: &Filter, paging: Paging| {
        let filter = filter.clone();
        house.app.db.read(house.app.now(), move |r| Ok(audit::rows::list(r, &filter, &paging)?)).await.unwrap()
    };
    let whole = async |filter: &Filter, limit: usize| -> Vec<Line> {
        let (mut seen, mut next) = (Vec::new(), Some(Paging::first(limit)));
        while let Some(paging) = next {
            let found = page(filter, paging).await;
            next = found.onward(limit).unwrap();
            seen.extend(found.items);
        }
        seen
    };
    // From where a page ended the next one goes on; from the newest line it would not.
    let next = page(&old, first()).await.onward(500).unwrap().unwrap();
    assert_eq!(way(&old, next).await, Way::Order);
    let all = whole(&Filter::default(), 1_000).await;
    let newest = Paging { after: Some(all[0].seq.to_string()), ..first() };
    assert_eq!(way(&old, newest).await, Way::Time);
    let asked = |line: &&Line, filter: &Filter| {
        begun <= line.at
            && line.at < until
            && filter.kind.is_none_or(|kind| line.kind == kind)
            && filter.subject.as_ref().is_none_or(|subject| line.subject_id.as_ref() == Some(subject))
            && filter.role.as_ref().is_none_or(|role| line.role_id.as_ref() == Some(role))
            && filter.person.is_none_or(|who| line.person_id == Some(who) || line.actor == who.to_string())
    };
    for filter in [&old, &changed, &often, &of_ana, &seldom, &none] {
        let expected: Vec<i64> = all.iter().filter(|line| asked(line, filter)).map(|line| line.seq).collect();
        for limit in [150, 1_000] {
            let found: Vec<i64> = whole(filter, limit).await.iter().map(|line| line.seq).collect();
            assert_eq!(found, expected, "{filter:?} by {limit}");
        }
    }
}
