//! What a person sees of their own account: teams, sessions, and whether there is a password to change.

use super::{About, look, provider_only};
use crate::{
    academy::{self, accommodation::Accommodation},
    app::App,
    base::refusal::Fault,
    identity::{
        actor::Actor,
        rows::{self, IdentityRow, SessionRow},
    },
};

/// The signed-in person's account.
#[derive(Clone, Debug)]
pub struct Mine {
    pub teams: Vec<String>,
    /// Open ones, the newest first.
    pub sessions: Vec<SessionRow>,
    /// Whether a password opens anything.
    pub has_password: bool,
    /// How they are known at identity providers.
    pub identities: Vec<IdentityRow>,
    /// What was granted to them beyond the rules.
    pub accommodations: Vec<Accommodation>,
    /// Teams they lead.
    pub leads: Vec<String>,
}

/// Looks at the signed-in person's account.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_account(app: &App, actor: &Actor) -> Result<Mine, Fault> {
    let (house, person) = (app.clone(), actor.signed()?.person.clone());
    let who = person.id;
    look(app, actor, "my_account", About::person(who), move |r| {
        let opens = provider_only::password_opens(r, &house.settings, &person);
        if let Err(Fault::Broken(broken)) = opens {
            return Err(broken.into());
        }
        Ok(Mine {
            teams: rows::teams_of(r, who)?,
            sessions: rows::sessions_of(r, who)?,
            has_password: rows::password_hash(r, who)?.is_some() && opens.is_ok(),
            identities: rows::identities_of(r, who)?,
            accommodations: academy::rows::accommodations_of(r, who)?,
            leads: rows::led_by(r, who)?,
        })
    })
    .await
}
