//! A client proves who it is (RFC 6749, section 2.3): by a secret, or, where it can keep none, by its name alone.

use super::{About, refuse, weigh_token};
use crate::{
    app::App,
    base::refusal::Fault,
    identity::{
        actor::Actor,
        secret::{Secret, same},
    },
    tokens::{
        client::{Client, ClientKind},
        memory::Recalled,
        refusal::OauthRefusal,
        rows,
    },
};
use std::sync::Arc;

/// What a client presented.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub client_id: String,
    /// The secret, in every reading of what came: Basic authentication sends it percent-encoded or raw. None where there
    /// was none.
    pub secrets: Vec<String>,
}

/// The client that presented this, from memory where that can be believed: for those who ask often and change nothing. An ended
/// secret proves nothing any more within the time of [`crate::tokens::memory`].
///
/// # Errors
/// As [`prove_client`].
pub async fn recognise_client(app: &App, actor: &Actor, shown: Credentials) -> Result<Client, Fault> {
    // Every part with its length before it: no two presentations read alike.
    let parts = std::iter::once(&shown.client_id).chain(&shown.secrets);
    let name = weigh_token::named(&parts.map(|part| format!("{}:{part}", part.len())).collect::<String>())?;
    let mut recalled = app.memory.recall_client(&name, weigh_token::now(app));
    if matches!(recalled, Recalled::Stale) {
        weigh_token::look(app).await?;
        recalled = app.memory.recall_client(&name, weigh_token::now(app));
    }
    if let Recalled::Live(client) = recalled {
        return Ok((*client).clone());
    }
    let mark = app.memory.mark();
    let client = prove_client(app, actor, shown).await?;
    app.memory.keep_client(name, mark, Arc::new(client.clone()));
    Ok(client)
}

/// The client that presented this.
///
/// # Errors
/// It is unknown or did not prove who it is (one answer for both), or the database is away.
pub async fn prove_client(app: &App, actor: &Actor, shown: Credentials) -> Result<Client, Fault> {
    let id: String = shown.client_id.chars().take(100).collect();
    let asked = id.clone();
    let known = app
        .db
        .read(app.now(), move |r| {
            let Some(client) = rows::client(r, &asked)? else { return Ok(None) };
            let secrets = match client.kind {
                ClientKind::Confidential => rows::secrets(r, &asked)?,
                ClientKind::Public => Vec::new(),
            };
            Ok(Some((client, secrets)))
        })
        .await?;
    if let Some((client, secrets)) = known {
        let proven = match client.kind {
            // A public client with a secret takes itself for another one.
            ClientKind::Public => shown.secrets.is_empty(),
            ClientKind::Confidential => shown
                .secrets
                .iter()
                .map(|secret| Secret::presented(secret).hash())
                .any(|hash| secrets.iter().any(|secret| same(&secret.hash, &hash))),
        };
        if proven {
            return Ok(client);
        }
    }
    let about = About::nothing().told(id);
    Err(refuse(app, actor, "prove_client", about, OauthRefusal::ClientUnproven.into()).await)
}
