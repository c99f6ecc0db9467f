//! Several lines at once while their reviewer is away: whoever answers instead hears no more of what waits no more.

use super::Cast;
use crate::support::House;
use habilis::{
    access::review::{Line, Verdict},
    actions::{
        delegate::{self, Delegating},
        notify,
        reviews::{answer, cancel},
    },
    base::ids::{self, Id},
    certification::notice::NoticeKind,
    identity::actor::Actor,
};

/// A review of two lines that wait for the owner, who is away and has Petra decide; and the two lines.
async fn away() -> (Cast, Id<ids::Review>, Line, Line) {
    let cast = Cast::set().await;
    let house = cast.house();
    let review = cast.begin("P7D", "P5D").await;
    let until = house.app.now().plus_seconds(5 * 86_400);
    let instead = "petra@example.com".to_owned();
    let wanted = Delegating { delegator: None, delegate: instead, from: None, until, note: String::new() };
    delegate::delegate(&house.app, &cast.owner, wanted, None).await.unwrap();
    house.advance("1s");
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    (cast, review, anas, bobs)
}

/// How many reviews are news to somebody.
async fn news(house: &House, who: &Actor) -> usize {
    let told = notify::my_notices(&house.app, who).await.unwrap().1;
    told.iter().filter(|told| told.kind == NoticeKind::ReviewAsks).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_answered_at_once_waits_no_more_and_what_is_left_does() {
    let answered = async |cast: &Cast, review: Id<ids::Review>, lines: &[&Line]| {
        let said = answer::Answer { verdict: Verdict::Keep, comment: String::new() };
        let lines = lines.iter().map(|line| line.id).collect();
        answer::answer_lines(&cast.house().app, &cast.owner, review, lines, said).await.unwrap()
    };
    let (cast, review, anas, bobs) = away().await;
    assert_eq!(news(cast.house(), &cast.petra).await, 1);
    assert_eq!(answered(&cast, review, &[&anas, &bobs]).await, 2);
    assert_eq!(news(cast.house(), &cast.petra).await, 0);
    let (cast, review, anas, _) = away().await;
    assert_eq!(answered(&cast, review, &[&anas]).await, 1);
    assert_eq!(news(cast.house(), &cast.petra).await, 1);
    // Nor of what is called off.
    cancel::cancel_review(&cast.house().app, &cast.house().admin, review, "the wrong role".into()).await.unwrap();
    assert_eq!(news(cast.house(), &cast.petra).await, 0);
}
