//! Answers to lines, all or none of them, and in time; what no line asks about; and what becomes of lines whose reviewer leaves.

use super::Cast;
use crate::support::{code, person_id, slug};
use habilis::{
    access::{
        review::{Line, LineState, State, Verdict},
        rows::{self, LineFilter},
    },
    actions::{
        break_glass::{self, Taking},
        disable_person, mint_token, notify,
        reviews::{answer, cancel, delegate, read as reviews},
        revoke_grant, sweep,
    },
    base::{
        ids::{self, Id},
        paging::Paging,
        refusal::Fault,
    },
    certification::notice::{About, NoticeKind},
    identity::actor::Actor,
};

async fn answered(
    cast: &Cast,
    who: &Actor,
    review: Id<ids::Review>,
    lines: &[&Line],
    verdict: Verdict,
) -> Result<usize, Fault> {
    let lines = lines.iter().map(|line| line.id).collect();
    let said = answer::Answer { verdict, comment: "a word".into() };
    answer::answer_lines(&cast.house().app, who, review, lines, said).await
}

async fn works(cast: &Cast, who: &Actor) -> bool {
    mint_token::mint_token(&cast.house().app, who, slug("reader")).await.is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_are_answered_all_or_none() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let review = cast.begin("P7D", "P5D").await;
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    // One of them has lost its grant: that is noted, and nothing is decided.
    revoke_grant::revoke_grant(app, &house.admin, bobs.grant_id, "a mistake".into()).await.unwrap();
    let refused = answered(&cast, &cast.owner, review, &[&anas, &bobs], Verdict::Remove).await.unwrap_err();
    assert_eq!(code(&refused), "grant-ended-already");
    assert_eq!(cast.line_of(review, &cast.ana).await.state, LineState::Pending);
    assert_eq!(cast.line_of(review, &cast.bob).await.state, LineState::Gone);
    assert!(works(&cast, &cast.ana).await);
    // One of them is answered already.
    let refused = answered(&cast, &cast.owner, review, &[&anas, &bobs], Verdict::Remove).await.unwrap_err();
    assert_eq!(code(&refused), "review-line-answered");
    assert_eq!(cast.line_of(review, &cast.ana).await.state, LineState::Pending);
    assert!(works(&cast, &cast.ana).await);
    // One of them is somebody else's to answer.
    let owners = cast.line_of(review, &cast.owner).await;
    let refused = answered(&cast, &house.admin, review, &[&owners, &anas], Verdict::Remove).await.unwrap_err();
    assert_eq!(code(&refused), "review-not-yours");
    assert_eq!(cast.line_of(review, &cast.owner).await.state, LineState::Pending);
    assert_eq!((house.events("review.line_answered").await, house.events("review.line_gone").await), (0, 1));
    assert_eq!(answered(&cast, &cast.owner, review, &[&anas], Verdict::Keep).await.unwrap(), 1);
    assert_eq!(house.events("review.line_answered").await, 1);
}

/// Once what is overdue ends nothing is kept any more, whether or not a sweep came by.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_lapsed_is_not_kept() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let review = cast.begin("P1D", "P1D").await;
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    house.advance("P1D");
    sweep::sweep(app).await.unwrap();
    answered(&cast, &cast.owner, review, &[&bobs], Verdict::Keep).await.expect("late, and in time still");
    house.advance("P1D");
    let case = |page: reviews::ReviewPage| page.lines.items.into_iter().find(|case| case.line.id == anas.id).unwrap();
    let page = reviews::read_review(app, &cast.owner, review, LineFilter::default(), Paging::first(10)).await.unwrap();
    assert_eq!((page.figures.overdue, page.figures.lapsed, page.mine.lines), (0, 2, 0), "Ana's, and the owner's own");
    let shown = case(page);
    assert_eq!((shown.standing, shown.may_answer, shown.may_delegate), (LineState::Lapsed, false, false));
    let refused = answered(&cast, &cast.owner, review, &[&anas], Verdict::Keep).await.unwrap_err();
    assert_eq!(code(&refused), "review-line-answered");
    let to = "petra@example.com".to_owned();
    let refused = delegate::delegate_line(app, &cast.owner, review, anas.id, to, String::new()).await.unwrap_err();
    assert_eq!(code(&refused), "review-line-answered");
    sweep::sweep(app).await.unwrap();
    assert_eq!(cast.line_of(review, &cast.ana).await.state, LineState::Lapsed);
    assert!(!works(&cast, &cast.ana).await && works(&cast, &cast.bob).await);
}

/// Reviewers hear once that their lines are overdue, and of how many.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_overdue_is_told_with_its_number() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    cast.begin("P1D", "P3D").await;
    house.advance("P1D");
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    for (who, expected) in [(&cast.owner, 2), (&house.admin, 1)] {
        let told = notify::my_notices(app, who).await.unwrap().1;
        let overdue: Vec<_> = told.iter().filter(|one| one.kind == NoticeKind::ReviewOverdue).collect();
        assert_eq!(overdue.len(), 1);
        assert!(matches!(overdue[0].about, About::Review { lines, .. } if lines == expected), "{:?}", overdue[0].about);
    }
}

/// What is taken in an emergency is in no review, and does not stand for what a review asked about.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emergency_is_not_under_review() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let admin = &house.admin;
    house.certify(admin, "alpha").await;
    house.ask(admin, "reader").await.unwrap();
    let review = cast.begin("P7D", "P5D").await;
    let own = cast.line_of(review, admin).await;
    revoke_grant::revoke_grant(app, admin, own.grant_id, "not needed".into()).await.unwrap();
    let taking = Taking { person: None, role: slug("reader"), reason: "a fire".into(), duration: None };
    break_glass::break_glass(app, admin, taking, None).await.unwrap();
    sweep::sweep(app).await.unwrap();
    assert_eq!(cast.line_of(review, admin).await.state, LineState::Gone, "nothing came in its place");
    assert!(works(&cast, admin).await);
    cancel::cancel_review(app, admin, review, "anew".into()).await.unwrap();
    assert!(works(&cast, admin).await);
    let again = cast.begin("P7D", "P5D").await;
    let read = app
        .db
        .read(app.now(), move |r| Ok(rows::review_lines(r, again, &LineFilter::default(), &Paging::first(100))?.items));
    let lines = read.await.unwrap();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.person_id != person_id(admin)));
}

/// A reviewer who leaves takes nobody's access with them: the admins are asked, and told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_admins_are_asked_for_whoever_leaves() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let review = cast.begin("P7D", "P5D").await;
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    assert_eq!(anas.reviewer_id, Some(person_id(&cast.owner)));
    assert_eq!(cast.notices(&house.admin, "review_asks").await, 1, "the owner's own line");
    disable_person::disable_person(app, &house.admin, person_id(&cast.owner), "left".into()).await.unwrap();
    for who in [&cast.ana, &cast.bob] {
        assert_eq!(cast.line_of(review, who).await.reviewer_id, None);
    }
    assert_eq!(house.events("review.line_delegated").await, 2);
    assert_eq!(cast.notices(&house.admin, "review_asks").await, 2);
    assert_eq!(answered(&cast, &house.admin, review, &[&anas, &bobs], Verdict::Keep).await.unwrap(), 2);
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    let found = app.db.read(app.now(), move |r| Ok(rows::review(r, review)?)).await.unwrap().unwrap();
    assert_eq!(found.state, State::Closed);
    house.advance("P13D");
    sweep::sweep(app).await.unwrap();
    assert!(works(&cast, &cast.ana).await && works(&cast, &cast.bob).await);
}

/// Whoever was told of a review before is told of a line that they are handed later, and that it is overdue.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_is_handed_on_late_is_told() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let review = cast.begin("P7D", "P5D").await;
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    let hand = async |line: &Line, who: &Actor, to: &str| {
        house.advance("1s");
        delegate::delegate_line(app, who, review, line.id, to.into(), "she knows him".into()).await.unwrap();
    };
    let looked = async |who: &Actor| {
        for told in notify::my_notices(app, who).await.unwrap().1 {
            notify::see_notice(app, who, told.id).await.unwrap();
        }
    };
    hand(&anas, &cast.owner, "petra@example.com").await;
    assert_eq!(cast.notices(&cast.petra, "review_asks").await, 1);
    hand(&bobs, &cast.owner, "petra@example.com").await;
    assert_eq!(cast.notices(&cast.petra, "review_asks").await, 1, "she has not looked yet");
    hand(&bobs, &cast.petra, "owner@example.com").await;
    looked(&cast.petra).await;
    hand(&bobs, &cast.owner, "petra@example.com").await;
    assert_eq!(cast.notices(&cast.petra, "review_asks").await, 2);
    // All are told that it is overdue; what is handed on afterwards is told to whoever has it then.
    house.advance("P7D");
    sweep::sweep(app).await.unwrap();
    let overdue = cast.notices(&cast.owner, "review_overdue").await;
    hand(&bobs, &cast.petra, "owner@example.com").await;
    assert_eq!(cast.notices(&cast.owner, "review_overdue").await, overdue + 1);
}
