//! Deciding on several requests at once: each is decided by itself, and has an outcome of its own.

use super::{
    About,
    decide_request::{Say, decide_request},
    refuse,
};
use crate::{
    access::request::State,
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Fact, Fault, Kind, Refusal, Refused},
    },
    identity::actor::Actor,
};
use std::collections::BTreeMap;

/// The most that are decided at once.
pub const MOST: usize = 50;

/// Too many at once, or none.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("between one and {most} requests are decided at once")]
pub struct TooMany {
    most: i64,
}

impl Refusal for TooMany {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        "too-many-at-once"
    }
    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        BTreeMap::from([("most", Fact::from(self.most))])
    }
}

/// What became of one of them: where it stands, or why it was refused.
pub type Outcome = (Id<ids::Request>, Result<State, Box<Refused>>);

/// Decides on each of these requests as the signed-in person, one after the other. One that is refused keeps none of the others
/// back.
///
/// # Errors
/// There are none or too many, or something is broken: what was decided before stays decided.
pub async fn decide_many(app: &App, actor: &Actor, all: Vec<(Id<ids::Request>, Say)>) -> Result<Vec<Outcome>, Fault> {
    if all.is_empty() || all.len() > MOST {
        let refused = TooMany { most: i64::try_from(MOST).unwrap_or(i64::MAX) };
        return Err(refuse(app, actor, "decide_many", About::nothing(), refused.into()).await);
    }
    let mut outcomes = Vec::with_capacity(all.len());
    for (request, say) in all {
        let outcome = match decide_request(app, actor, request, say).await {
            Ok(state) => Ok(state),
            Err(Fault::Refused(refused)) => Err(refused),
            Err(broken) => return Err(broken),
        };
        outcomes.push((request, outcome));
    }
    Ok(outcomes)
}
