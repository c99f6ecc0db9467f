//! The content in force as its authors see it: its version, its findings, and how many people each course has certified.

use super::{About, look, refuse};
use crate::{
    app::{App, Content, FailedLoad},
    base::{clock::Time, refusal::Fault, text::Slug},
    certification,
    curriculum::rows,
    identity::{self, actor::Actor},
};
use std::{collections::BTreeMap, sync::Arc};

/// The content in force, with names and figures.
pub struct AuthoringPage {
    pub content: Arc<Content>,
    pub failed: Option<FailedLoad>,
    /// How many files the version has.
    pub files: usize,
    /// When each course's version was first served.
    pub since: BTreeMap<(Slug, i64), Time>,
    /// How many people hold each certification now.
    pub certified: BTreeMap<Slug, i64>,
    /// Names of the people behind the load and the failed one.
    pub names: BTreeMap<String, String>,
}

/// The content in force as its authors see it before learners do, keys and all.
pub struct Preview {
    pub content: Arc<Content>,
    pub failed: Option<FailedLoad>,
}

/// Opens the content in force, with every key, for those who may see content reports.
///
/// # Errors
/// The actor may not, no content is loaded, or the refusal could not be noted.
pub async fn read_preview(app: &App, actor: &Actor) -> Result<Preview, Fault> {
    if let Err(refusal) = actor.as_author() {
        let about = About::nothing().named("content");
        return Err(refuse(app, actor, "read_preview", about, refusal.into()).await);
    }
    Ok(Preview { content: app.content()?, failed: app.failed_load() })
}

/// Reads the content in force for those who may see content reports.
///
/// # Errors
/// The actor may not, no content is loaded, or the database is away.
pub async fn read_authoring(app: &App, actor: &Actor) -> Result<AuthoringPage, Fault> {
    let content = app.content()?;
    let failed = app.failed_load();
    let caller = actor.clone();
    look(app, actor, "read_authoring", About::nothing().named("content"), move |r| {
        caller.as_author()?;
        let actors = [Some(content.version.loaded_by.as_str()), failed.as_ref().map(|failed| failed.by.as_str())];
        Ok(AuthoringPage {
            files: rows::file_count(r, content.version.seq)?,
            since: rows::served_since(r)?,
            certified: certification::rows::counting_by_certification(r)?,
            names: identity::rows::names_of(r, actors.into_iter().flatten())?,
            content,
            failed,
        })
    })
    .await
}
