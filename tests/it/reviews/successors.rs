//! A grant whose predecessor is in one review and that another asks about by itself: each answer is about its own grant.

use super::Cast;
use crate::support::{code, person_id, slug};
use habilis::{
    access::{
        grant::{EndReason, Grant, State},
        review::{LineState, Verdict},
        rows,
    },
    actions::{
        mint_token,
        reviews::{answer, cancel},
        sweep,
    },
    base::ids::{self, Id},
};
use std::collections::BTreeSet;

/// Ana's grant in one review, what comes after it in another, and both reviews.
struct Chained {
    cast: Cast,
    first: Id<ids::Review>,
    second: Id<ids::Review>,
    earlier: Id<ids::Grant>,
    later: Id<ids::Grant>,
}

impl Chained {
    /// The first review is due in two days and leaves `grace`, the second in four and a month.
    async fn set(grace: &str) -> Self {
        Self::paused(grace, "PT1M").await
    }

    /// As [`Chained::set`], and the second begins a while after the grant that it asks about.
    async fn paused(grace: &str, pause: &str) -> Self {
        let cast = Cast::set().await;
        let house = cast.house();
        house.advance("P46D");
        let first = cast.begin("P2D", grace).await;
        house.advance("PT1M");
        house.ask(&cast.ana, "reader").await.unwrap();
        house.advance(pause);
        sweep::sweep(&house.app).await.unwrap();
        let second = cast.begin("P4D", "P30D").await;
        let (earlier, later) = (cast.line_of(first, &cast.ana).await, cast.line_of(second, &cast.ana).await);
        assert_ne!(earlier.grant_id, later.grant_id);
        Self { first, second, earlier: earlier.grant_id, later: later.grant_id, cast }
    }

    /// Calls the second review off, and looks a moment later.
    async fn call_off(&self) {
        let house = self.cast.house();
        cancel::cancel_review(&house.app, &house.admin, self.second, "the wrong roles".into()).await.unwrap();
        assert_eq!(self.state(self.second).await, LineState::Cancelled);
        house.advance("1s");
    }

    /// Whether Ana can take a token, and why not.
    async fn mint(&self) -> Result<(), &'static str> {
        let app = &self.cast.house().app;
        mint_token::mint_token(app, &self.cast.ana, slug("reader")).await.map(drop).map_err(|refused| code(&refused))
    }

    async fn grant(&self, id: Id<ids::Grant>) -> Grant {
        let app = &self.cast.house().app;
        app.db.read(app.now(), move |r| Ok(rows::grant(r, id)?)).await.unwrap().unwrap()
    }

    /// Whether anything holds the later one back.
    async fn held_back(&self) -> bool {
        let (app, id) = (&self.cast.house().app, self.later);
        !app.db.read(app.now(), move |r| Ok(rows::suspensions_of(r, id)?)).await.unwrap().is_empty()
    }

    async fn state(&self, review: Id<ids::Review>) -> LineState {
        self.cast.line_of(review, &self.cast.ana).await.state
    }

    async fn answer(&self, review: Id<ids::Review>, verdict: Verdict) {
        let line = self.cast.line_of(review, &self.cast.ana).await.id;
        let said = answer::Answer { verdict, comment: "a word".into() };
        let app = &self.cast.house().app;
        answer::answer_lines(app, &self.cast.owner, review, BTreeSet::from([line]), said).await.unwrap();
    }

    async fn pass(&self, span: &str) {
        self.cast.house().advance(span);
        sweep::sweep(&self.cast.house().app).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeping_the_grant_before_lets_nothing_go_on_that_is_overdue_elsewhere() {
    let chained = Chained::set("P30D").await;
    chained.pass("P2D").await;
    assert_eq!(chained.state(chained.first).await, LineState::Overdue);
    assert_eq!(chained.state(chained.second).await, LineState::Pending);
    assert!(!chained.held_back().await, "its own line is not due yet");
    chained.pass("P2D").await;
    assert_eq!(chained.state(chained.second).await, LineState::Overdue);
    assert!(chained.held_back().await);
    chained.answer(chained.first, Verdict::Keep).await;
    assert_eq!(chained.state(chained.second).await, LineState::Overdue);
    assert!(chained.held_back().await, "nobody has answered its own line");
    // Its time begins, and it opens nothing until somebody has.
    chained.pass("P11D").await;
    let (app, ana) = (&chained.cast.house().app, &chained.cast.ana);
    let late = mint_token::mint_token(app, ana, slug("reader")).await.map(|_| ()).unwrap_err();
    assert_eq!(code(&late), "grant-suspended");
    chained.answer(chained.second, Verdict::Keep).await;
    mint_token::mint_token(app, ana, slug("reader")).await.expect("kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removing_the_grant_before_ends_nothing_that_another_review_asks_about() {
    let chained = Chained::set("P30D").await;
    chained.answer(chained.first, Verdict::Remove).await;
    assert_eq!(chained.grant(chained.earlier).await.ended_reason, Some(EndReason::ReviewRemoved));
    assert_eq!(chained.grant(chained.later).await.state, State::Scheduled);
    assert_eq!(chained.state(chained.second).await, LineState::Pending);
    // And once it is over itself, nothing of it is left.
    chained.answer(chained.second, Verdict::Remove).await;
    assert_eq!(chained.grant(chained.later).await.state, State::Ended);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_kept_by_itself_does_not_lapse_with_the_grant_before() {
    let chained = Chained::set("P3D").await;
    chained.answer(chained.second, Verdict::Keep).await;
    chained.pass("P2D").await;
    assert_eq!(chained.state(chained.first).await, LineState::Overdue);
    assert!(!chained.held_back().await);
    chained.pass("P3D").await;
    assert_eq!(chained.state(chained.first).await, LineState::Lapsed);
    assert_eq!(chained.grant(chained.earlier).await.ended_reason, Some(EndReason::ReviewLapsed));
    assert_eq!(chained.grant(chained.later).await.state, State::Scheduled);
    // What the answer says is of the one grant, and the holder has it when its time comes.
    let (app, ana) = (&chained.cast.house().app, &chained.cast.ana);
    let who = person_id(ana);
    let live = app.db.read(app.now(), move |r| Ok(rows::live_grants(r, who, Some(&slug("reader")))?)).await.unwrap();
    assert_eq!(live.iter().map(|grant| grant.id).collect::<Vec<_>>(), [chained.later]);
    chained.pass("P10D").await;
    mint_token::mint_token(app, ana, slug("reader")).await.expect("kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calling_a_review_off_lets_nothing_go_on_that_is_overdue_elsewhere() {
    let chained = Chained::paused("P30D", "P2D").await;
    assert_eq!(chained.state(chained.first).await, LineState::Overdue);
    assert!(chained.held_back().await, "by the line of the grant before");
    chained.call_off().await;
    assert!(chained.held_back().await, "that line is overdue still");
    // Its time begins, and it opens nothing until somebody has answered that line.
    chained.pass("P13D").await;
    assert_eq!(chained.mint().await, Err("grant-suspended"));
    chained.answer(chained.first, Verdict::Keep).await;
    assert_eq!(chained.mint().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_called_off_leaves_what_is_due_elsewhere_and_nothing_where_that_is_answered() {
    // The line of the grant before is yet to be due: from then on it is held back, whether or not anybody sweeps.
    let chained = Chained::set("P30D").await;
    chained.call_off().await;
    assert!(!chained.held_back().await);
    chained.cast.house().advance("P2D");
    assert!(chained.held_back().await);
    // It was answered before: nothing is left to hold anything back.
    let chained = Chained::paused("P30D", "P2D").await;
    chained.answer(chained.first, Verdict::Keep).await;
    chained.call_off().await;
    assert!(!chained.held_back().await);
    chained.pass("P13D").await;
    assert_eq!(chained.mint().await, Ok(()));
}
