//! Who answers for an account is told before its access ends, and when it has.

use super::{accept, account};
use crate::support::{House, person_id, slug};
use habilis::{
    access,
    actions::{change_team, disable_person, hand_over_client, notify, revoke_grant, sweep},
    certification::notice::{About, NoticeKind},
    identity::actor::Actor,
};

async fn told(house: &House, who: &Actor) -> Vec<NoticeKind> {
    let (_, notices) = notify::my_notices(&house.app, who).await.unwrap();
    let about = |about: &About| matches!(about, About::Service { .. });
    notices.iter().filter(|notice| about(&notice.about)).map(|notice| notice.kind).collect()
}

async fn swept(house: &House) -> (i64, i64) {
    sweep::sweep(&house.app).await.unwrap();
    (house.events("client.access_ending").await, house.events("client.access_ended").await)
}

/// An owner who holds `reader` for sixty days, in a team with somebody else, and an account of theirs.
async fn owned(house: &House) -> (Actor, Actor, crate::oauth::scene::Tool) {
    let ana = house.person_in("Ana Verano", &["sales"]).await;
    let mate = house.person_in("Mika Mate", &["sales"]).await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let tool = account(house, &ana, &["reader"]).await;
    (ana, mate, tool)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_and_their_team_are_told_before_the_end_and_at_the_end_once_each() {
    let house = House::new().await;
    let (ana, mate, _) = owned(&house).await;
    let stranger = house.person("Sam").await;
    assert_eq!(swept(&house).await, (0, 0));
    house.advance("P45D");
    assert_eq!(swept(&house).await, (0, 0), "fifteen days before the end of the grant");
    house.advance("P1D");
    assert_eq!(swept(&house).await, (1, 0));
    assert_eq!(swept(&house).await, (1, 0), "once");
    for who in [&ana, &mate] {
        assert_eq!(told(&house, who).await, [NoticeKind::ServiceEnds]);
    }
    let (_, notices) = notify::my_notices(&house.app, &mate).await.unwrap();
    assert_eq!(notices[0].owner.as_deref(), Some("Ana Verano"), "it says whose access it rests on");
    house.advance("P11D");
    assert_eq!(swept(&house).await, (2, 0), "three days before it");
    assert_eq!(told(&house, &ana).await, [NoticeKind::ServiceEnds], "the later takes the place of the earlier");
    house.advance("P3D");
    assert_eq!(swept(&house).await, (2, 1));
    assert_eq!(swept(&house).await, (2, 1), "once");
    for who in [&ana, &mate] {
        assert_eq!(told(&house, who).await, [NoticeKind::ServiceStopped]);
    }
    assert!(told(&house, &stranger).await.is_empty());
    // Mailed by the same ways as everything else: to each of the two.
    let mails = notify::take_mail(&house.app).await.unwrap();
    let to: Vec<_> =
        mails.iter().filter(|(one, _)| one.kind == NoticeKind::ServiceStopped).map(|(_, who)| who.id).collect();
    assert_eq!(to.len(), 2);
    // The access is back: that it had stopped is no news any more.
    house.ask(&ana, "reader").await.unwrap();
    house.advance("PT1M");
    assert_eq!(swept(&house).await, (2, 1));
    assert!(told(&house, &ana).await.is_empty() && told(&house, &mate).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leads_are_told_for_their_teams_and_a_renewal_is_the_end_of_it() {
    let house = House::new().await;
    let (ana, mate, _) = owned(&house).await;
    let lead = house.person("Lena").await;
    change_team::set_lead(&house.app, &house.admin, "sales".into(), person_id(&lead).to_string(), true).await.unwrap();
    swept(&house).await;
    house.advance("P50D");
    assert_eq!(swept(&house).await, (1, 0));
    assert_eq!((told(&house, &ana).await.len(), told(&house, &lead).await.len()), (1, 1));
    assert!(told(&house, &mate).await.is_empty(), "the team has a lead");
    // The grant is renewed: it goes on without a gap, and nothing ends.
    house.ask(&ana, "reader").await.unwrap();
    assert_eq!(swept(&house).await, (1, 0));
    assert!(told(&house, &ana).await.is_empty() && told(&house, &lead).await.is_empty());
    house.advance("P20D");
    assert_eq!(swept(&house).await, (1, 0));
    // Now the certificate is the first to end: on the hundredth day.
    house.advance("P17D");
    assert_eq!(swept(&house).await, (2, 0));
    assert_eq!(told(&house, &lead).await, [NoticeKind::ServiceEnds]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_that_nobody_saw_coming_is_told_at_once_and_never_to_nobody() {
    let house = House::new().await;
    let (ana, mate, tool) = owned(&house).await;
    swept(&house).await;
    let me = person_id(&ana);
    let read = house.app.db.read(house.app.now(), move |r| Ok(access::rows::effective(r, me, &slug("reader"))?)).await;
    let grant = read.unwrap().unwrap().grant_id;
    revoke_grant::revoke_grant(&house.app, &house.admin, grant, "moved on".into()).await.unwrap();
    house.advance("PT1M");
    assert_eq!(swept(&house).await, (0, 1));
    assert_eq!(
        (told(&house, &ana).await, told(&house, &mate).await),
        (vec![NoticeKind::ServiceStopped], vec![NoticeKind::ServiceStopped])
    );
    // Somebody without a team, who is shut out: the admins hear of it.
    let loner = house.person("Lou Lone").await;
    house.certify(&loner, "alpha").await;
    house.ask(&loner, "reader").await.unwrap();
    hand_over_client::hand_over_client(&house.app, &house.admin, tool.id.clone(), person_id(&loner).to_string())
        .await
        .unwrap();
    // Before they agree there is nothing to lose.
    let lives = async || {
        let seen = house.app.db.read(house.app.now(), {
            let id = tool.id.clone();
            move |r| Ok(habilis::tokens::rows::access_seen(r, &id)?)
        });
        seen.await.unwrap().iter().any(|seen| seen.held)
    };
    assert_eq!((swept(&house).await, lives().await), ((0, 1), false));
    accept(&house, &loner, &tool).await;
    assert_eq!((swept(&house).await, lives().await), ((0, 1), true));
    assert!(told(&house, &house.admin).await.is_empty());
    house.advance("PT1M");
    disable_person::disable_person(&house.app, &house.admin, person_id(&loner), "left".into()).await.unwrap();
    assert_eq!(swept(&house).await, (0, 2));
    assert_eq!(told(&house, &house.admin).await, [NoticeKind::ServiceStopped]);
    // Two replicas that sweep at once tell it once.
    let other = house.replica().await;
    let both = tokio::join!(sweep::sweep(&house.app), sweep::sweep(&other));
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(told(&house, &house.admin).await.len(), 1);
}
