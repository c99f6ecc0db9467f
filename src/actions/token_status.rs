//! Publishing which tokens were ended before their time, for verifiers that look at signatures only.
//!
//! A list is signed by a key of badges, under the address of that key: anybody can fetch one, and nothing that anybody can
//! fetch may be signed by a key that warehouses take tokens from.

use super::{
    About, look_at, noted,
    prove::{ProofRefusal, places},
    weigh_token,
};
use crate::{
    app::App,
    base::refusal::{Broken, Fault},
    identity::actor::Actor,
    tokens::{
        keyring::BADGES,
        rows::{self, Purpose, active_kid},
        status_list::{self, ListId},
    },
};
use std::sync::Arc;

/// For how many seconds a list is not made again while nothing changes.
const WINDOW_SECONDS: i64 = 15;

/// A status list, signed. It is made again when something has changed that tokens rest on: a revocation shows at once.
///
/// # Errors
/// There is no such list any more, or the database is away.
pub async fn token_status(app: &App, actor: &Actor, name: &str) -> Result<Arc<String>, Fault> {
    let list = name.parse::<ListId>().ok().filter(|list| list.is_live(app.now()));
    let Some(list) = list else {
        return Err(noted(app, actor, "token_status", About::nothing(), ProofRefusal::NoSuchList.into()).await);
    };
    weigh_token::fresh(app).await?;
    // What is read below is not older than this look.
    let (look, at) = (app.memory.changes(), app.memory.instant(app.now()));
    let kept = format!("{list} {look} {}", at.seconds().div_euclid(WINDOW_SECONDS));
    if let Some(signed) = app.memory.lists.get(&kept) {
        return Ok(signed);
    }
    let about = About::nothing().named(format!("tokens/{list}"));
    let (kid, ended) = look_at(app, actor, "token_status", about, at, move |r| {
        let ended = rows::ended_places(r, list)?.ok_or(ProofRefusal::NoSuchList)?;
        Ok((active_kid(r, Purpose::Badge, BADGES)?, ended))
    })
    .await?;
    let signer = app.clone();
    let signing = tokio::task::spawn_blocking(move || {
        let claims = status_list::claims(list, &signer.settings.issuer(), &ended, at)?;
        let signed = signer.keyring.sign_named(&kid, &places(&signer).key(&kid), "statuslist+jwt", &claims)?;
        Ok::<_, Broken>(signer.memory.lists.keep(&kept, signed))
    });
    Ok(signing.await.map_err(Broken::defect)??)
}

/// The addresses of all lists of tokens that may still live.
///
/// # Errors
/// The database is away.
pub async fn token_status_lists(app: &App, actor: &Actor) -> Result<Vec<String>, Fault> {
    let issuer = app.settings.issuer();
    look_at(app, actor, "token_status_lists", About::nothing(), app.now(), move |r| {
        Ok(rows::live_lists(r)?.into_iter().map(|list| list.address(&issuer)).collect())
    })
    .await
}
