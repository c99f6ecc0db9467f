//! Marks and what comes between: voiding late, a lab that is taken, corrections under way, what an exam withholds.

use crate::support::{House, slug};
use habilis::{
    actions::void_attempt,
    base::ids::{self, Id},
    db::sql,
};

async fn state(house: &House, attempt: Id<ids::Attempt>) -> String {
    let asked = move |r: &mut habilis::db::Reading<'_>| {
        Ok(sql("SELECT state AS word FROM attempts WHERE id = ?").bind(&attempt).one::<String>(r)?)
    };
    house.app.db.read(house.app.now(), asked).await.unwrap()
}

#[tokio::test]
async fn an_attempt_is_voided_after_its_certificate_ended_and_that_is_no_refusal() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.read_all(&ana, "alpha").await;
    let attempt = house.take(&ana, "alpha", "final", true).await.unwrap();
    // Nobody has swept since: the certificate is still called valid.
    house.advance("P101D");
    void_attempt::void_attempt(&house.app, &house.admin, attempt, "shared answers".into()).await.unwrap();
    assert_eq!(state(&house, attempt).await, "voided");
    assert_eq!((house.events("attempt.voided").await, house.events("refused").await), (1, 0));
    assert_eq!(house.events("certificate.revoked").await, 0, "its time was over by itself");
}
