//! Sign-in through identity providers: the whole way there and back, what a provider's answer may not do, whose account it
//! opens, and signing out on both sides.

mod attacks;
pub mod codes;
mod doctor;
mod flows;
mod hands;
mod house_to_house;
mod logout;
mod only;
mod provider;
pub mod scene;
mod unsound;

use crate::support::House;
use habilis::{
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::rows::{self, IdentityRow},
};

/// Links somebody with a provider, as a sign-in there would; gives the identity.
pub async fn link(house: &House, person: Id<ids::Person>, subject: &str) -> String {
    let subject = subject.to_owned();
    house
        .app
        .db
        .write(house.app.now(), move |w| {
            let row = IdentityRow {
                id: Id::new(w.now()),
                person_id: person,
                provider_id: "staff".to_owned(),
                issuer: "https://id.example.com".to_owned(),
                subject: subject.clone(),
                linked_at: w.now(),
                used_at: None,
            };
            assert!(rows::insert_identity(w, &row)?);
            Ok::<_, Fault>(row.id.to_string())
        })
        .await
        .unwrap()
}
