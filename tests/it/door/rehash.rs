//! A password that was hashed when less was thought enough is hashed anew as its person signs in.

use crate::support::{House, PASSWORD, person_id};
use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use habilis::{
    actions::sign_in,
    db::sql,
    identity::{actor::Actor, rows},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_weaker_hash_is_replaced_at_the_next_sign_in_and_not_by_a_wrong_guess() {
    let house = House::new().await;
    let who = house.person("Ana Verano").await;
    let (app, id) = (&house.app, person_id(&who));
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1_024, 1, 1, None).unwrap());
    let weak = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    let kept = weak.clone();
    app.db
        .write(app.now(), move |w| {
            Ok(sql("UPDATE persons SET password_hash = ? WHERE id = ?").bind(&kept).bind(&id).run(w)?)
        })
        .await
        .unwrap();
    let hash = async || app.db.read(app.now(), move |r| Ok(rows::password_hash(r, id)?)).await.unwrap().unwrap();
    let nobody = Actor::anonymous("192.0.2.1");
    let sign_in = async |password: &str| {
        sign_in::sign_in(app, &nobody, "ana.verano@example.com", password.into(), "test").await.is_ok()
    };
    assert!(!sign_in("something else altogether").await);
    assert_eq!(hash().await, weak);
    assert!(sign_in(PASSWORD).await);
    let fresh = hash().await;
    assert!(fresh.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{fresh}");
    assert!(sign_in(PASSWORD).await);
    assert_eq!(hash().await, fresh, "once");
}
