//! Reviews that begin by a role's own rule: at most once in each period, whoever sweeps.

use crate::support::{House, content, slug};
use habilis::{
    access::{review::State, rows},
    actions::{
        reviews::{cancel, read},
        sweep,
    },
    base::paging::Paging,
    curriculum::source::Source,
};

/// The small academy where `either` is reviewed every 30 days.
fn reviewed() -> Source {
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    let access = access
        .replace("approval: auto, max_duration: P200D", "approval: auto, review_every: P30D, max_duration: P200D");
    files.insert("access.yaml".into(), access.into_bytes());
    Source::from_files(files)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_role_is_reviewed_once_in_its_period() {
    let house = House::with(reviewed()).await;
    let app = &house.app;
    house.person("Owner").await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    let count = async || read::list_reviews(app, &house.admin, Paging::first(50)).await.unwrap().items.len();
    sweep::sweep(app).await.unwrap();
    assert_eq!(count().await, 0, "nobody holds it");
    house.ask(&ana, "either").await.unwrap();
    house.advance("P29D");
    sweep::sweep(app).await.unwrap();
    assert_eq!(count().await, 0, "not yet");
    house.advance("P1D");
    let other = house.replica().await;
    let (one, two) = tokio::join!(sweep::sweep(app), sweep::sweep(&other));
    one.and(two).unwrap();
    sweep::sweep(app).await.unwrap();
    assert_eq!(count().await, 1, "once, whoever sweeps");
    let found = read::list_reviews(app, &house.admin, Paging::first(1)).await.unwrap().items.remove(0);
    assert!(found.review.by_cadence);
    assert_eq!((found.review.roles, found.review.started_by), (vec![slug("either")], "system:sweep".to_owned()));
    // The next one is counted from this one.
    house.advance("P29D");
    sweep::sweep(app).await.unwrap();
    assert_eq!(count().await, 1);
    let last = app.db.read(app.now(), |r| Ok(rows::last_review_of(r, &slug("either"))?)).await.unwrap();
    assert_eq!(last, Some(found.review.started_at));
}

/// One that an admin calls off has had its period; the next one comes in its time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_that_is_called_off_does_not_end_the_rule() {
    let house = House::with(reviewed()).await;
    let app = &house.app;
    house.person("Owner").await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "either").await.unwrap();
    let all = async || read::list_reviews(app, &house.admin, Paging::first(50)).await.unwrap().items;
    house.advance("P30D");
    sweep::sweep(app).await.unwrap();
    let begun = all().await.remove(0).review;
    cancel::cancel_review(app, &house.admin, begun.id, "a busy month".into()).await.unwrap();
    for _ in 0..2 {
        house.advance("P1D");
        sweep::sweep(app).await.unwrap();
    }
    assert_eq!(all().await.len(), 1, "not before the next period");
    house.advance("P28D");
    sweep::sweep(app).await.unwrap();
    let found = all().await;
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].review.state, found[1].review.state), (State::Open, State::Cancelled));
}
