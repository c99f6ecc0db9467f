//! Many lines at once while their reviewer is away: it takes as long as there are lines, and whoever answers instead hears no more
//! of what waits no more.

use super::Cast;
use crate::support::{House, alone, person_id, seen_on_sqlite};
use habilis::{
    access::{
        grant::Grant,
        request::{Request, State as RequestState},
        review::{Line, Verdict},
        rows,
    },
    actions::{
        delegate::{self, Delegating},
        notify,
        reviews::{answer, cancel},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::notice::NoticeKind,
    db::sql,
    identity::actor::Actor,
};
use std::time::{Duration, Instant};

/// As many as an admin may ask about in one review.
const MANY: usize = 5_000;

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

/// Plants so many more lines like this one, each with a person, a request and a grant of its own.
async fn plant(house: &House, like: Line, many: usize) {
    let planted = house.app.db.write(house.app.now(), move |w| {
        let held = rows::grant(w, like.grant_id)?.unwrap();
        let asked = rows::request(w, held.request_id)?.unwrap();
        let begun = rows::review(w, like.review_id)?.unwrap().started_at;
        for number in 0..many {
            let now = w.now();
            let (person, request) = (Id::<ids::Person>::new(now), Id::<ids::Request>::new(now));
            sql("INSERT INTO persons (id, email, name, state, created_at) VALUES (?, ?, ?, 'active', ?)")
                .bind(&person)
                .bind(&format!("holder{number}@example.com"))
                .bind(&format!("Holder {number}"))
                .bind(&now)
                .run(w)?;
            let asked = Request { id: request, person_id: person, state: RequestState::Submitted, ..asked.clone() };
            assert!(rows::insert_request(w, &asked, "{}")?);
            let held = Grant { id: Id::new(now), person_id: person, request_id: request, ..held.clone() };
            assert!(rows::insert_grant(w, &held)?);
            let line = Line { id: Id::new(now), grant_id: held.id, person_id: person, ..like.clone() };
            rows::insert_line(w, &line, begun)?;
        }
        Ok::<_, Fault>(())
    });
    planted.await.unwrap();
}

/// How many lines somebody may answer, and how long it takes to count them.
async fn counted(house: &House, who: &Actor) -> (i64, Duration) {
    let (who, begun) = (person_id(who), Instant::now());
    let lines = house.app.db.read(house.app.now(), move |r| Ok::<_, Fault>(rows::lines_to_answer(r, who, false)?));
    (lines.await.unwrap().iter().map(|one| one.n).sum(), begun.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_review_is_called_off_in_the_time_of_its_lines_though_their_reviewer_is_away() {
    if seen_on_sqlite() {
        return;
    }
    let _alone = alone().await;
    let (cast, review, anas, _) = away().await;
    let house = cast.house();
    plant(house, anas, MANY - 2).await;
    assert_eq!(news(house, &cast.petra).await, 1);
    let mut quickest = Duration::MAX;
    for _ in 0..5 {
        let (lines, took) = counted(house, &cast.petra).await;
        assert_eq!(usize::try_from(lines).unwrap(), MANY);
        quickest = quickest.min(took);
    }
    let begun = Instant::now();
    cancel::cancel_review(&house.app, &house.admin, review, "the wrong role".into()).await.unwrap();
    let took = begun.elapsed();
    assert_eq!((counted(house, &cast.petra).await.0, news(house, &cast.petra).await), (0, 0));
    // Counted anew for each line, it is that many times half of what counting all of them takes.
    let most = quickest * u32::try_from(MANY).unwrap() / 6;
    assert!(took < most, "{took:?}, and to count them all once takes {quickest:?}");
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
}
