//! Teams: assigning, what is due when, who sees whom, and what is overdue.

use crate::support::{House, code, person_id, slug};
use habilis::{
    academy::assignment::Standing,
    actions::{
        assign_course::{self, Assigning},
        change_team, complete_module, read_teams, revoke_certificate,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification,
    identity::actor::Actor,
};

async fn assign(house: &House, by: &Actor, course: &str, days: i64) -> Result<Id<ids::Assignment>, Fault> {
    let due_at = house.app.now().plus_seconds(days * 86_400);
    let assigning = Assigning { team: "sales".into(), course: slug(course), due_at, note: "before the fair".into() };
    assign_course::assign_course(&house.app, by, assigning, None).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assignment_stands_for_each_as_they_stand() {
    let house = House::new().await;
    let done = house.person_in("Dora", &["sales"]).await;
    let begun = house.person_in("Bela", &["sales"]).await;
    let idle = house.person_in("Ida", &["sales"]).await;
    let lead = house.person("Lena").await;
    house.certify(&done, "alpha").await;
    assert_eq!(code(&assign(&house, &lead, "alpha", 20).await.unwrap_err()), "not-a-lead");
    change_team::set_lead(&house.app, &house.admin, "sales".into(), person_id(&lead).to_string(), true).await.unwrap();
    house.advance("PT1H");
    let id = assign(&house, &lead, "alpha", 20).await.unwrap();
    assert_eq!(code(&assign(&house, &house.admin, "alpha", 9).await.unwrap_err()), "assigned-already");
    assert_eq!(code(&assign(&house, &house.admin, "beta", -1).await.unwrap_err()), "assignment-due-past");
    assert_eq!(code(&assign(&house, &house.admin, "omega", 1).await.unwrap_err()), "no-such-content");
    complete_module::complete_module(&house.app, &begun, slug("alpha"), slug("first")).await.unwrap();

    let team = read_teams::read_team(&house.app, &lead, "sales".into()).await.unwrap();
    let board = &team.boards[0];
    let stands: Vec<_> = board.lines.iter().map(|line| (line.name.as_str(), line.standing)).collect();
    assert_eq!(stands, [("Bela", Standing::OnTheWay), ("Dora", Standing::Done), ("Ida", Standing::NotBegun)]);
    assert_eq!(board.lines[0].doing.percent, 50);
    // A learner sees their own line and no other; a stranger sees no team at all.
    let own = read_teams::read_team(&house.app, &idle, "sales".into()).await.unwrap();
    assert_eq!((own.boards[0].lines.len(), own.size, own.sees_all, own.may_assign), (1, 3, false, false));
    let stranger = house.person("Sam").await;
    assert_eq!(code(&read_teams::read_team(&house.app, &stranger, "sales".into()).await.unwrap_err()), "no-such-team");
    assert!(read_teams::read_teams(&house.app, &stranger).await.unwrap().is_empty());

    // Who joins later has thirty days from then.
    house.advance("P15D");
    let late = house.person("Lou").await;
    change_team::add_member(&house.app, &house.admin, "sales".into(), person_id(&late).to_string()).await.unwrap();
    house.advance("P6D");
    let overdue = read_teams::read_overdue(&house.app, &lead, None, None).await.unwrap();
    let names: Vec<_> = overdue.iter().map(|one| one.line.name.as_str()).collect();
    assert_eq!(names, ["Bela", "Ida"]);
    let hers = read_teams::my_assignments(&house.app, &late).await.unwrap();
    assert_eq!(
        (hers[0].standing, hers[0].due_at > house.app.now().plus_seconds(23 * 86_400)),
        (Standing::NotBegun, true)
    );
    let refused = read_teams::read_overdue(&house.app, &idle, Some("sales".into()), None).await.unwrap_err();
    assert_eq!(code(&refused), "not-a-lead");

    // Done after the day is done.
    house.take(&begun, "alpha", "final", true).await.unwrap();
    let team = read_teams::read_team(&house.app, &house.admin, "sales".into()).await.unwrap();
    assert_eq!(team.boards[0].count(Standing::Done), 2);
    assign_course::end_assignment(&house.app, &lead, id, "the fair is over".into()).await.unwrap();
    let again = assign_course::end_assignment(&house.app, &lead, id, "again".into()).await.unwrap_err();
    assert_eq!(code(&again), "assignment-ended");
    assert!(read_teams::read_overdue(&house.app, &house.admin, None, None).await.unwrap().is_empty());
    assert_eq!((house.events("course.assigned").await, house.events("assignment.ended").await), (1, 1));
    // Leaving a team and coming back begins anew.
    change_team::remove_member(&house.app, &house.admin, "sales".into(), person_id(&idle)).await.unwrap();
    let not = change_team::remove_member(&house.app, &house.admin, "sales".into(), person_id(&idle)).await.unwrap_err();
    assert_eq!(code(&not), "not-a-member");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_no_longer_counts_is_no_longer_done() {
    let house = House::new().await;
    let lapses = house.person_in("Dora", &["sales"]).await;
    let loses = house.person_in("Lois", &["sales"]).await;
    let renews = house.person_in("Rena", &["sales"]).await;
    assign(&house, &house.admin, "alpha", 40).await.unwrap();
    house.certify(&lapses, "alpha").await;
    house.certify(&renews, "alpha").await;
    house.advance("P10D");
    house.certify(&loses, "alpha").await;
    let stand = async || {
        let team = read_teams::read_team(&house.app, &house.admin, "sales".into()).await.unwrap();
        let line = |line: &read_teams::Line| (line.standing, line.doing.percent, line.lost_at().is_some());
        team.boards[0].lines.iter().map(line).collect::<Vec<_>>()
    };
    let done = (Standing::Done, 100, false);
    assert_eq!(stand().await, [done, done, done]);

    // Taken back before the day it is due: there is time to earn it again, and the exam is to be passed again.
    let who = person_id(&loses);
    let read = house.app.db.read(house.app.now(), move |r| Ok(certification::rows::certificates_of(r, who)?));
    let hers = read.await.unwrap().remove(0);
    house.advance("P1D");
    let reason = "taken with help".to_owned();
    revoke_certificate::revoke_certificate(&house.app, &house.admin, hers.id, reason).await.unwrap();
    assert_eq!(stand().await, [done, (Standing::OnTheWay, 50, true), done]);

    // Renewed in time: one stretch. Lapsed after the day it was due: overdue, and listed, and its history stays.
    house.advance("P74D");
    house.take(&renews, "alpha", "final", true).await.unwrap();
    house.advance("P20D");
    let lost = (Standing::Overdue, 50, true);
    assert_eq!(stand().await, [lost, lost, done]);
    let team = read_teams::read_team(&house.app, &house.admin, "sales".into()).await.unwrap();
    let (from, until) = team.boards[0].lines[0].lost_at().unwrap();
    assert_eq!(until, from.plus(&"P100D".parse().unwrap()));
    assert_eq!(team.boards[0].lines[2].doing.stretches.len(), 1);
    let overdue = read_teams::read_overdue(&house.app, &house.admin, None, None).await.unwrap();
    assert_eq!(overdue.iter().map(|one| one.line.name.as_str()).collect::<Vec<_>>(), ["Dora", "Lois"]);
    let mine = read_teams::my_assignments(&house.app, &lapses).await.unwrap();
    assert_eq!((mine[0].standing, mine[0].done_at()), (Standing::Overdue, None));
    house.certify(&lapses, "alpha").await;
    assert_eq!(stand().await[0], done);
}
