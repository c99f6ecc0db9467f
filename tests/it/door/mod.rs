//! The door of the house: guesses at passwords that come all at once, and who is kept out by them and who is not; where a
//! request comes from; what becomes of the mail with a link; and what the doctor says of a house that is open to anybody.

mod commands;
mod doctor;
mod forwarded;
mod guesses;
mod leaving;
mod mail;
mod metrics;
mod rehash;

use crate::support::{House, settings};
use habilis::{
    actions::{load_content, rotate_keys},
    app::App,
    settings::Settings,
};

/// A house whose settings are changed.
async fn house_with(change: impl FnOnce(&mut Settings)) -> House {
    let mut house = House::new().await;
    let mut settings = settings(&house.engine);
    change(&mut settings);
    let clock = house.clock.clone();
    let app = tokio::task::spawn_blocking(|| App::open(settings, clock)).await.unwrap().unwrap();
    rotate_keys::ensure_keys(&app).await.unwrap();
    load_content::follow(&app).await.unwrap();
    house.app = app;
    house
}
