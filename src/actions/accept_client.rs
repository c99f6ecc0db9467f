//! The owner of a service account agrees that it rests on their access, or takes that back: nobody else can say it for them.
//! Before that, and after, the account gets no token.

use super::{About, act};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{Id, Person},
        refusal::Fault,
        text::Slug,
    },
    certification,
    db::Writing,
    identity::{self, actor::Actor},
    tokens::{
        client::{Client, ClientRefusal},
        refusal::OauthRefusal,
        rows,
    },
};
use serde_json::json;

/// What its owner was shown of an account when they agreed, in any order; none where they do not say.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    pub roles: Option<Vec<Slug>>,
    pub exchanges: Option<Vec<String>>,
}

impl Shown {
    /// Refuses what is another by now: nobody agrees to what they did not see.
    fn is(&self, client: &Client) -> Result<(), ClientRefusal> {
        let sorted = |list: &[String]| {
            let mut list = list.to_vec();
            list.sort_unstable();
            list
        };
        let words = |roles: &[Slug]| roles.iter().map(ToString::to_string).collect::<Vec<_>>();
        let roles = words(client.roles.as_deref().unwrap_or_default());
        let same = self.roles.as_ref().is_none_or(|shown| sorted(&words(shown)) == sorted(&roles))
            && self.exchanges.as_ref().is_none_or(|shown| sorted(shown) == sorted(&client.exchanges));
        if same { Ok(()) } else { Err(ClientRefusal::Changed) }
    }
}

/// An account of this person, and the person, held; anybody else's is refused as if it were not there.
fn own(w: &mut Writing<'_>, client: &str, who: Id<Person>) -> Result<Client, Fault> {
    identity::rows::hold(w, who, false)?;
    let found = rows::take_client(w, client)?.filter(|found| found.owner == Some(who));
    Ok(found.ok_or(OauthRefusal::NoSuchClient)?)
}

/// Agrees to a service account of the signed-in person. Doing it again changes nothing.
///
/// # Errors
/// Nobody is signed in, they own no such account, it is another one than they were shown, or the database is away.
pub async fn accept_client(app: &App, actor: &Actor, client: String, shown: Shown) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "accept_client", About::person(who).named(client.clone()), move |w, by| {
        shown.is(&own(w, &client, who)?)?;
        certification::rows::outdate_asking(w, &client)?;
        if rows::accept(w, &client, who, true)? {
            audit::rows::append(w, by, Entry::new(What::ClientAccepted).person(who).about(client.clone()))?;
        }
        Ok(())
    })
    .await
}

/// Does not agree to a service account of the signed-in person, or no longer: what it holds ends. Doing it again changes
/// nothing.
///
/// # Errors
/// Nobody is signed in, they own no such account, or the database is away.
pub async fn decline_client(app: &App, actor: &Actor, client: String) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "decline_client", About::person(who).named(client.clone()), move |w, by| {
        own(w, &client, who)?;
        certification::rows::outdate_asking(w, &client)?;
        if rows::accept(w, &client, who, false)? {
            let ended = rows::end_held(w, &client, None)?;
            let entry = Entry::new(What::ClientDeclined).person(who).about(client.clone());
            audit::rows::append(w, by, entry.data(json!({ "tokens_ended": ended })))?;
        }
        Ok(())
    })
    .await
}
