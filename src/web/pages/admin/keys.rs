//! `/keys`: the keys that sign tokens, and their rotation.

use super::shown::{Shown, correctable, wrong};
use crate::{
    access::catalogue::Signing,
    actions::rotate_keys::{self, Haste},
    base::{clock::Time, refusal::Fault},
    tokens::{
        keyring::SERIES,
        rows::{KeyRow, KeyState, Purpose},
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            FieldError,
            keys::{Key, KeySet, Keys},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, post},
};

/// Keys that are gone, shown of each algorithm.
const GONE: usize = 3;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/keys", get().to(list)).route("/keys/rotation", post().to(rotate));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn rotate(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let outcome = match (Signing::from_word(form.text("algorithm")), form.text("confirm")) {
        (Some(algorithm), "yes") => {
            let purpose = Purpose::from_word(form.text("purpose")).unwrap_or(Purpose::Token);
            let haste = if form.ticked("now") { Haste::Now } else { Haste::OncePublished };
            rotate_keys::rotate_keys(&desk.app, &caller.actor, purpose, Some(algorithm), haste).await
        }
        (None, _) => Err(BodyRefusal::Field { field: "algorithm" }.into()),
        _ => Err(BodyRefusal::Field { field: "confirm" }.into()),
    };
    match outcome {
        Ok(_) => Ok(see_other_with("/keys", "notice-keys-rotated")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let Ok(view) = view(&desk, &caller, wrong("", said)).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn view(desk: &Desk, caller: &Caller, errors: Vec<FieldError>) -> Result<Keys, Failure> {
    let keys = rotate_keys::list_keys(&desk.app, &caller.actor).await?;
    let shown = Shown::of(desk, caller)?;
    let now = desk.app.now();
    let sets = SERIES
        .into_iter()
        .map(|(purpose, algorithm)| {
            let takes = |warehouse: &&crate::access::catalogue::Warehouse| {
                purpose == Purpose::Token && warehouse.signing == algorithm
            };
            let of = |state: KeyState, most: usize| {
                keys.iter()
                    .filter(move |key| key.purpose == purpose && key.algorithm == algorithm && key.state == state)
                    .take(most)
                    .map(move |row| key(row, now))
            };
            KeySet {
                purpose: purpose.word().to_owned(),
                algorithm: algorithm.word().to_owned(),
                used_by: shown
                    .content
                    .catalogue
                    .warehouses
                    .values()
                    .filter(takes)
                    .map(|warehouse| warehouse.title.get(caller.language).to_owned())
                    .collect(),
                keys: of(KeyState::Next, 1)
                    .chain(of(KeyState::Active, 1))
                    .chain(of(KeyState::Retiring, 20))
                    .chain(of(KeyState::Gone, GONE))
                    .collect(),
                due: keys
                    .iter()
                    .filter(|key| key.purpose == purpose && key.algorithm == algorithm)
                    .find_map(|key| rotate_keys::due(&desk.app, key))
                    .map(Time::micros),
                ready: of(KeyState::Next, 1).find_map(|next| next.ready),
            }
        })
        .filter(|set| !set.keys.is_empty())
        .collect();
    Ok(Keys {
        jwks: format!("{}/jwks.json", desk.app.settings.issuer()),
        sets,
        may_change: caller.signed().is_some_and(|signed| signed.person.capabilities.admin),
        errors,
    })
}

fn key(row: &KeyRow, now: Time) -> Key {
    let ready = Some(rotate_keys::can_sign_from(row)).filter(|from| row.state == KeyState::Next && now < *from);
    let until = (row.state == KeyState::Retiring && row.purpose == Purpose::Token)
        .then(|| row.changed_at.plus_seconds(rotate_keys::RETIRING_SECONDS).micros());
    Key {
        kid: row.kid.clone(),
        state: row.state.word().to_owned(),
        made: row.created_at.micros(),
        since: row.changed_at.micros(),
        until,
        ready: ready.map(Time::micros),
    }
}
