//! Reading what content is in force: its version, its warnings, the last reload that failed, and the versions before it.

use super::{About, look};
use crate::{
    app::{App, Content, FailedLoad},
    base::refusal::Fault,
    curriculum::rows::{self, ContentVersion},
    identity::actor::Actor,
};
use std::sync::Arc;

/// The state of the content.
#[derive(Clone)]
pub struct ContentState {
    pub content: Arc<Content>,
    pub failed: Option<FailedLoad>,
    /// The latest versions, newest first.
    pub history: Vec<ContentVersion>,
}

/// The state of the content, for those who may see content reports.
///
/// # Errors
/// The actor is neither author, auditor nor admin, no content is loaded, or the database is away.
pub async fn read_content(app: &App, actor: &Actor) -> Result<ContentState, Fault> {
    let caller = actor.clone();
    let (content, failed) = (app.content()?, app.failed_load());
    let history = look(app, actor, "read_content", About::nothing().named("content"), move |r| {
        caller.as_author()?;
        Ok(rows::history(r, 50)?)
    })
    .await?;
    Ok(ContentState { content, failed, history })
}
