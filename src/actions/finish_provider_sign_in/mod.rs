//! Coming back from an identity provider: the answer is held against what was begun in this browser, and then somebody is
//! signed in, or an account is linked.

mod teams;
mod who;

use super::{
    About, act,
    begin_provider_sign_in::{nonce, verifier},
    noted,
    sign_in::Begun,
    tell_seats,
};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Writing,
    identity::{
        actor::Actor,
        person::State,
        provider::{Answered, Known, Proof, Provider, ProviderRefusal, Wanted},
        rows::{self, ProviderSession, SessionRow, UnderWay},
        secret::Secret,
    },
};
use serde_json::json;
use std::sync::Arc;

const VERB: &str = "finish_provider_sign_in";

/// What came of it, and where to go.
pub enum Came {
    /// A session has begun.
    In { begun: Begun, next: String },
    /// The account is linked.
    Linked { next: String },
}

/// Finishes what was begun in this browser. `browser` is the secret that it kept.
///
/// # Errors
/// Nothing was begun there, or it is over; the provider says no, does not answer, or its answer is not sound; or it does not
/// open an account here. Or the database is away.
pub async fn finish(
    app: &App,
    actor: &Actor,
    provider: &str,
    answer: Answered,
    browser: Option<Secret>,
    agent: &str,
) -> Result<Came, Fault> {
    let begun = taken(app, actor, provider, &answer, browser).await?;
    let link = begun.row.session_id;
    let next = begun.row.next.clone();
    let known = Arc::clone(&begun.known);
    let proof = match proof(app, answer, begun).await {
        Ok(proof) => proof,
        Err(fault) => return Err(noted(app, actor, VERB, about(actor, provider), fault).await),
    };
    match link {
        Some(session) => {
            link_account(app, actor, &known.provider, proof, session).await?;
            Ok(Came::Linked { next })
        }
        None => {
            let begun = sign_in(app, actor, &known.provider, proof, agent).await?;
            Ok(Came::In { begun, next })
        }
    }
}

fn about(actor: &Actor, provider: &str) -> About {
    let about = match actor.signed() {
        Ok(signed) => About::person(signed.person.id),
        Err(_) => About::nothing(),
    };
    about.named(provider)
}

/// A sign-in that was taken out of the database: it does not come back a second time.
struct Taken {
    known: Arc<Known>,
    row: UnderWay,
    state: Secret,
    browser: Secret,
}

async fn taken(
    app: &App,
    actor: &Actor,
    provider: &str,
    answer: &Answered,
    browser: Option<Secret>,
) -> Result<Taken, Fault> {
    let known = match app.providers.get(provider) {
        Ok(known) => Arc::clone(known),
        Err(refusal) => return Err(super::refuse(app, actor, VERB, about(actor, provider), refusal.into()).await),
    };
    let state = Secret::presented(&answer.state);
    let browser = browser.unwrap_or_else(|| Secret::presented(""));
    let (state_hash, browser_hash) = (state.hash(), browser.hash());
    let (id, session) = (known.provider.id.to_string(), actor.signed().map(|signed| signed.session).ok());
    let row = act(app, actor, VERB, about(actor, provider), move |w, _| {
        let row = rows::take_under_way(w, (&state_hash, &browser_hash), &id)?.ok_or(ProviderRefusal::Over)?;
        // Who links is who began to, still signed in.
        match row.session_id {
            Some(own) if session != Some(own) => Err(ProviderRefusal::Over.into()),
            _ => Ok(row),
        }
    })
    .await?;
    Ok(Taken { known, row, state, browser })
}

/// What the provider vouches for. Its calls are made outside of any transaction.
async fn proof(app: &App, answer: Answered, begun: Taken) -> Result<Proof, Fault> {
    let now = app.now();
    let back = begun.known.provider.redirect_uri(&app.settings.issuer());
    let (nonce, verifier) = (nonce(&begun.browser, &begun.state), verifier(&begun.browser, &begun.state));
    let row = begun.row;
    begun
        .known
        .ask(move |known| {
            let document = known.document(now)?;
            let code = known.code(&document, &answer)?;
            let wanted = Wanted {
                issuer: &known.provider.issuer,
                client_id: &known.provider.client_id,
                nonce: &nonce,
                begun: row.created_at,
                now,
                anew: row.anew,
                access_token: None,
            };
            known.redeem(&code, &verifier, &back, &wanted)
        })
        .await
}

/// Links the signed-in person's account: they have proved both sides.
async fn link_account(
    app: &App,
    actor: &Actor,
    provider: &Provider,
    proof: Proof,
    session: Id<ids::Session>,
) -> Result<(), Fault> {
    let (who, own) = (actor.signed()?.person.id, provider.clone());
    let content = app.content().ok();
    act(app, actor, VERB, about(actor, provider.id.as_str()), move |w, by| {
        rows::hold(w, who, true)?;
        if !crate::tokens::rows::session_open(w, session)? {
            return Err(ProviderRefusal::Over.into());
        }
        who::link(w, by, &own, &proof, who, "hand")?;
        let moved = teams::follow(w, by, &own, &proof, who)?;
        if let Some(content) = &content {
            tell_seats::teams_move(w, by, &content.catalogue, &[who], &moved)?;
        }
        Ok(())
    })
    .await
}

/// Signs in whoever the proof is of.
async fn sign_in(app: &App, actor: &Actor, provider: &Provider, proof: Proof, agent: &str) -> Result<Begun, Fault> {
    let secret = Secret::new("hs")?;
    let (kept, house, own) = (secret.clone(), app.clone(), provider.clone());
    let agent: String = agent.chars().take(200).collect();
    let told = proof.email.as_ref().map_or_else(|| proof.subject.clone(), ToString::to_string);
    let about = About::nothing().named(provider.id.as_str()).told(told);
    act(app, actor, VERB, about, move |w, by| {
        let settled = who::settle(w, &house.settings, &own, &proof, &by.address)?;
        let by = By { actor: settled.person.id.to_string(), address: by.address.clone() };
        let moved = teams::follow(w, &by, &own, &proof, settled.person.id)?;
        if let Ok(content) = house.content() {
            // Whoever comes in for the first time may be asked for their word already, and not by their teams alone.
            if settled.first {
                tell_seats::place_moves(w, &by, &content.catalogue, settled.person.id)?;
            } else {
                tell_seats::teams_move(w, &by, &content.catalogue, &[settled.person.id], &moved)?;
            }
        }
        let expires_at = begin_session(w, &house, &by, &own, &proof, &settled, (&kept, &agent))?;
        Ok(Begun { secret: kept.clone(), expires_at, person: settled.person })
    })
    .await
}

fn begin_session(
    w: &mut Writing<'_>,
    app: &App,
    by: &By,
    provider: &Provider,
    proof: &Proof,
    settled: &who::Settled,
    (secret, agent): (&Secret, &str),
) -> Result<crate::base::clock::Time, Broken> {
    debug_assert_eq!(settled.person.state, State::Active);
    let now = w.now();
    let session = SessionRow {
        id: Id::new(now),
        person_id: settled.person.id,
        created_at: now,
        seen_at: now,
        expires_at: now.plus(&app.settings.session_absolute),
        ended_at: None,
        agent: agent.to_owned(),
        address: by.address.clone(),
    };
    rows::insert_session(w, &session, &secret.hash())?;
    rows::use_identity(w, settled.identity)?;
    let theirs = ProviderSession {
        session_id: session.id,
        identity_id: settled.identity,
        provider_id: provider.id.to_string(),
        issuer: proof.issuer.clone(),
        sid: proof.sid.clone(),
        hint: Some(app.keyring.seal(&session.id.to_string(), proof.id_token.as_bytes())?),
    };
    rows::insert_provider_session(w, &theirs)?;
    let idle = &app.settings.session_idle;
    let data =
        json!({ "by": "provider", "provider": provider.id, "identity": settled.identity, "idle": idle.to_string() });
    let entry = Entry::new(What::SignedIn).person(settled.person.id).subject(session.id).data(data);
    audit::rows::append(w, by, entry.texts(json!({ "agent": agent })))?;
    Ok(session.expires_at)
}
