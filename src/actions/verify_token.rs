//! Letting a request through for a reverse proxy: the token lives, and is for what stands behind the proxy.

use super::{
    About, refuse,
    weigh_token::{Weighed, weigh},
};
use crate::{
    app::App,
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::actor::Actor,
    tokens::{memory::Live, refusal::OauthRefusal},
};
use std::sync::Arc;

/// What a proxy wants of a token; every field narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The warehouse, by the catalogue's id.
    pub warehouse: Option<String>,
    /// The audience, as the token names it.
    pub audience: Option<String>,
    /// The roles, by the catalogue's ids: one of them.
    pub roles: Vec<String>,
}

impl Wanted {
    /// Why a token that lives is not for this.
    fn refuses(&self, live: &Live) -> Option<OauthRefusal> {
        let elsewhere = |why| Some(OauthRefusal::TokenElsewhere { why });
        let Some(opens) = &live.opens else { return elsewhere("it opens no warehouse") };
        if self.warehouse.as_ref().is_some_and(|wanted| *wanted != opens.warehouse)
            || self.audience.as_deref().is_some_and(|wanted| live.text("aud") != Some(wanted))
        {
            return elsewhere("it is for another warehouse");
        }
        if !self.roles.is_empty() && !self.roles.contains(&opens.role) {
            return elsewhere("it is for another role");
        }
        None
    }
}

/// Verifies a token for a proxy. A refusal of somebody whom the token names is written down once, however often a browser
/// asks again.
///
/// # Errors
/// The token is none of ours, over or ended, or for something else; or it can't be known now.
pub async fn verify_token(app: &App, actor: &Actor, token: &str, wanted: &Wanted) -> Result<Arc<Live>, Fault> {
    let (refusal, id, person) = match weigh(app, token).await? {
        Weighed::Live(live) => match wanted.refuses(&live) {
            None => {
                app.metrics.outcome("verify_token", "done");
                app.memory.used(&live, app.now());
                return Ok(live);
            }
            Some(refusal) => (refusal, live.token, Some(live.person)),
        },
        Weighed::Dead { token, claims } => {
            // Of a service account it is whoever answers for it.
            let named = |claim: &str| claims.get(claim).and_then(serde_json::Value::as_str)?.parse().ok();
            let person = named("owner").or_else(|| named("sub"));
            (OauthRefusal::TokenDead, token, person)
        }
        Weighed::NotOurs => {
            app.metrics.outcome("verify_token", "oauth-token-dead");
            return Err(OauthRefusal::TokenDead.into());
        }
    };
    Err(once(app, actor, refusal, id, person).await)
}

/// The refusal, written down where it was not before.
async fn once(
    app: &App,
    actor: &Actor,
    refusal: OauthRefusal,
    token: Id<ids::Token>,
    person: Option<Id<ids::Person>>,
) -> Fault {
    let name = format!("{token} {refusal}");
    if app.memory.noted.get(&name).is_some() {
        app.metrics.outcome("verify_token", crate::base::refusal::Refusal::code(&refusal));
        return refusal.into();
    }
    let about = person.map_or_else(About::nothing, About::person).subject(token);
    let fault = refuse(app, actor, "verify_token", about, refusal.into()).await;
    if matches!(fault, Fault::Refused(_)) {
        app.memory.noted.keep(&name, ());
    }
    fault
}
